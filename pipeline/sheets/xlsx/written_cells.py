"""A cell of Convene's as XML: what it is given, and how that is written.

Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.53 (is), 18.3.1.40 (f).
"""

from functools import lru_cache
from typing import TypeAlias

from pipeline.model.frozen import dataclass
from pipeline.sheets.cells import escape
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.escapes import escape as escape_xml
from pipeline.sheets.xlsx.escapes import quoteattr


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of Convene's own that gives a text, and what it shows until it is computed."""

    text: str
    shown: str


Stored: TypeAlias = str | float | bool | Formula | None
"""What a cell is given: a text (empty: nothing), a number, a logical value, a formula; None: only its style."""


def cell_xml(prefix: str, place: CellAt, value: Stored, style: str) -> str:
    """Write a cell with a value and a style (empty: none); without a value for None."""
    row, column = place
    styled = f" s={quoteattr(style)}" if style else ""
    head = f'<{prefix}c r="{column_letters(column)}{row}"{styled}'
    if value == "" or value is None:
        return f"{head}/>"
    if isinstance(value, str):
        return f"{head}{_text(prefix, value)}"
    if isinstance(value, Formula):
        said = (
            f"<{prefix}f>{escape_xml(value.text)}</{prefix}f><{prefix}v>{escape_xml(value.shown)}</{prefix}v>"
        )
        return f'{head} t="str">{said}</{prefix}c>'
    kind = ' t="b"' if isinstance(value, bool) else ""
    return f"{head}{kind}><{prefix}v>{_number(value)}</{prefix}v></{prefix}c>"


@lru_cache(maxsize=100)
def _text(prefix: str, value: str) -> str:
    space = ' xml:space="preserve"' if value != " ".join(value.split()) else ""
    body = f"<{prefix}t{space}>{escape_xml(escape(value))}</{prefix}t>"
    return f' t="inlineStr"><{prefix}is>{body}</{prefix}is></{prefix}c>'


def _number(value: float) -> str:
    return repr(int(value) if value == int(value) and abs(value) < 1e15 else float(value))
