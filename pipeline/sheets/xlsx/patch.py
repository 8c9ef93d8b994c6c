"""Changes single cells in the XML of a tab and leaves every other byte as it was.

Nothing that a spreadsheet program put in a workbook can be lost this way: what is not understood here is
not touched. Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.53 (is), 18.3.1.73 (row), 18.3.1.40 (f).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from pipeline.model.errors import SheetError
from pipeline.sheets.cells import escape
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import START_TAG, Edit, splice, start_tag
from pipeline.sheets.xlsx.layout import CellSpan, Layout, RowSpan, read_layout
from pipeline.sheets.xlsx.plain_rows import rows_span


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of Convene's own that gives a text, and what it shows until it is computed."""

    text: str
    shown: str


Stored: TypeAlias = str | float | bool | Formula | None
"""What a cell is given: a text (empty: nothing), a number, a logical value, a formula; None: only its style."""

Restyle: TypeAlias = Callable[[CellAt, str], str]
"""Which style a cell is to have, where it shows the one that is given (empty: none)."""

NO_HEIGHTS: Mapping[int, float] = {}


def keep(_: CellAt, style: str) -> str:
    """Let every cell keep its style."""
    return style


def patch(
    xml: bytes,
    values: Mapping[CellAt, Stored],
    restyle: Restyle = keep,
    layout: Layout | None = None,
    heights: Mapping[int, float] = NO_HEIGHTS,
) -> tuple[bytes, bool]:
    """Return the XML of a tab (in UTF-8) with `values` in its cells, and whether a formula went by that.

    Rows that are not there are made; `layout` is that of this very XML, where it was read already. `heights` are in
    points, for rows with new cells; a row whose height a person chose keeps it.
    Raises SheetError where a value would break a formula that fills several cells.
    """
    layout = layout or read_layout(xml, {row for row, _ in values})
    gone = {place for place, value in values.items() if value is not None and place in layout.formulas}
    _refuse_broken_formulas(layout, gone)
    return splice(xml, _edits(xml, layout, values, restyle, heights)), bool(gone)


def without_rows(xml: bytes) -> bytes:
    """Return the XML of a tab without any row, for those who look at what is around them."""
    _, start, end = rows_span(xml)
    return xml[:start] + xml[end:]


def in_frame(xml: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """Return the XML of a tab with all but its rows edited; `edit` is given the tab without any row."""
    prefix, start, end = rows_span(xml)
    fresh = edit(xml[:start] + xml[end:])
    if start == end:
        return fresh
    at = fresh.rindex(f"</{prefix}sheetData".encode())
    return fresh[:at] + xml[start:end] + fresh[at:]


def _edits(
    xml: bytes,
    layout: Layout,
    values: Mapping[CellAt, Stored],
    restyle: Restyle,
    heights: Mapping[int, float],
) -> Iterator[Edit]:
    prefix, _, end = rows_span(xml)
    is_empty = xml[end : end + 2] == b"/>"
    behind: list[str] = []
    # In the order of cells: several new cells of a row may have to be put in at the same byte.
    for row, places in groupby(sorted(values), key=lambda place: place[0]):
        cells = {
            column: _cell(xml, prefix, layout, (row, column), values[row, column], restyle)
            for _, column in places
        }
        if row in layout.rows:
            yield from _row_edits(xml, layout.rows[row], cells, heights.get(row, 0.0))
            continue
        height = f' ht="{heights[row]:g}"' if row in heights else ""
        fresh = f'<{prefix}row r="{row}"{height}>{"".join(cells.values())}</{prefix}row>'
        at = next((start for number, start in layout.starts if number > row), end)
        if at == end and is_empty:
            behind.append(fresh)
        else:
            yield at, at, fresh.encode()
    if behind:
        yield end, end + 2, f">{''.join(behind)}</{prefix}sheetData>".encode()


def _row_edits(xml: bytes, span: RowSpan, cells: Mapping[int, str], height: float) -> Iterator[Edit]:
    is_new = height and height != span.height and not span.is_fixed
    opened = start_tag(xml, span.start, {"ht": f"{height:g}"} if is_new else {})
    if span.is_empty:
        yield span.start, span.inner, opened + f">{''.join(cells.values())}</{span.tag}>".encode()
        return
    if is_new:
        yield span.start, span.inner, opened + b">"
    columns = sorted(span.cells)
    for column, fresh in cells.items():
        there = span.cells.get(column)
        if there is not None:
            yield there.start, there.end, fresh.encode()
            continue
        following = bisect_right(columns, column)
        at = span.cells[columns[following]].start if following < len(columns) else span.end
        yield at, at, fresh.encode()


def _cell(xml: bytes, prefix: str, layout: Layout, place: CellAt, value: Stored, restyle: Restyle) -> str:
    row, column = place
    there = layout.rows[row].cells.get(column) if row in layout.rows else None
    style = restyle(place, there.style if there else layout.style(place))
    if there and value is None:
        return (start_tag(xml, there.start, {"s": style}) + _behind_tag(xml, there)).decode()
    styled = f" s={quoteattr(style)}" if style else ""
    head = f'<{prefix}c r="{column_letters(column)}{row}"{styled}'
    if value == "" or value is None:
        return f"{head}/>"
    if isinstance(value, str):
        space = ' xml:space="preserve"' if value != " ".join(value.split()) else ""
        body = f"<{prefix}t{space}>{escape_xml(escape(value))}</{prefix}t>"
        return f'{head} t="inlineStr"><{prefix}is>{body}</{prefix}is></{prefix}c>'
    if isinstance(value, Formula):
        said = (
            f"<{prefix}f>{escape_xml(value.text)}</{prefix}f><{prefix}v>{escape_xml(value.shown)}</{prefix}v>"
        )
        return f'{head} t="str">{said}</{prefix}c>'
    kind = ' t="b"' if isinstance(value, bool) else ""
    return f"{head}{kind}><{prefix}v>{_number(value)}</{prefix}v></{prefix}c>"


def _behind_tag(xml: bytes, span: CellSpan) -> bytes:
    opened = START_TAG.match(xml, span.start)
    end = opened.end() if opened else span.start
    return xml[end - (2 if end == span.end else 1) : span.end]


def _number(value: float) -> str:
    return repr(int(value) if value == int(value) and abs(value) < 1e15 else float(value))


def _refuse_broken_formulas(layout: Layout, gone: set[CellAt]) -> None:
    for row, column in sorted(gone):
        if _fills_others(layout, (row, column), gone):
            raise SheetError(
                f"row {row}, column {column_letters(column)}: a formula that fills several cells "
                "stands in a column that Convene writes. Delete the formula and run again."
            )


def _fills_others(layout: Layout, place: CellAt, gone: set[CellAt]) -> bool:
    formula = layout.formulas[place].formula or {}
    if "ref" not in formula:
        return False
    if formula.get("t") != "shared":
        return len(set(formula["ref"].split(":"))) > 1
    formulas = ((other, cell.formula or {}) for other, cell in layout.formulas.items())
    followers = {other for other, shared in formulas if shared.get("si") == formula.get("si")}
    return not followers <= gone
