"""Changes single cells in the XML of a tab and leaves every other byte as it was.

Nothing that a spreadsheet program put in a workbook can be lost this way: what is not understood here is
not touched. Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.53 (is), 18.3.1.73 (row), 18.3.1.40 (f).
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from pipeline.model.errors import SheetError
from pipeline.sheets.cells import escape
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import START_TAG, Edit, splice, start_tag
from pipeline.sheets.xlsx.places import column_number, last_content, row_number

Stored: TypeAlias = str | float | bool | None
"""What a cell is given: a text (empty: nothing), a number, a logical value; None: only its style."""

Restyle: TypeAlias = Callable[[CellAt, str], str]
"""Which style a cell is to have, where it shows the one that is given (empty: none)."""

_ROWS = re.compile(rb"<!--.*?-->|<((?:[\w.-]+:)?)sheetData(?=[\s/>])", re.DOTALL)
_CONTENT = frozenset({"v", "f", "is"})


@dataclass(slots=True)
class CellSpan:
    """Where a cell stands in the XML, in bytes, its style, and its formula."""

    start: int
    end: int = 0
    style: str = ""
    formula: Mapping[str, str] | None = None


@dataclass(slots=True)
class RowSpan:
    """A row: its start tag, what is `inner` to it, its cells; `style` is that of cells that are not there."""

    tag: str
    start: int
    inner: int
    end: int
    is_empty: bool
    style: str = ""
    cells: dict[int, CellSpan] = field(default_factory=dict)


@dataclass(slots=True)
class Layout:
    """Where the wanted rows, and all formulas, stand in the XML of a tab; `starts` are of all rows, by number."""

    rows: dict[int, RowSpan] = field(default_factory=dict)
    starts: list[tuple[int, int]] = field(default_factory=list)
    formulas: dict[CellAt, CellSpan] = field(default_factory=dict)
    column_styles: list[tuple[int, int, str]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    """The last row and column with anything in it, formulas that show nothing included."""

    def style(self, place: CellAt) -> str:
        """Return the style that an empty cell shows: its row's, or else its column's."""
        row, column = place
        styles = (style for first, last, style in self.column_styles if first <= column <= last)
        return (self.rows[row].style if row in self.rows else "") or next(styles, "")


def read_layout(xml: bytes, rows: Iterable[int] | None = ()) -> Layout:
    """Find the cells of `rows` (None: of all) and all formulas in the XML of a tab. Raises expat.ExpatError."""
    reader = _Reader(xml, None if rows is None else frozenset(rows))
    reader.parser.Parse(xml, True)
    return reader.layout


def keep(_: CellAt, style: str) -> str:
    """Let every cell keep its style."""
    return style


def patch(
    xml: bytes, values: Mapping[CellAt, Stored], restyle: Restyle = keep, layout: Layout | None = None
) -> tuple[bytes, bool]:
    """Return the XML of a tab (in UTF-8) with `values` in its cells, and whether a formula went by that.

    Rows that are not there are made; `layout` is that of this very XML, where it was read already.
    Raises SheetError where a value would break a formula that fills several cells.
    """
    layout = layout or read_layout(xml, {row for row, _ in values})
    gone = {place for place, value in values.items() if value is not None and place in layout.formulas}
    _refuse_broken_formulas(layout, gone)
    return splice(xml, _edits(xml, layout, values, restyle)), bool(gone)


def in_frame(xml: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """Return the XML of a tab with all but its rows edited; `edit` is given the tab without any row."""
    prefix, start, end = _rows_span(xml)
    fresh = edit(xml[:start] + xml[end:])
    if start == end:
        return fresh
    at = fresh.rindex(f"</{prefix}sheetData".encode())
    return fresh[:at] + xml[start:end] + fresh[at:]


def _edits(xml: bytes, layout: Layout, values: Mapping[CellAt, Stored], restyle: Restyle) -> Iterator[Edit]:
    prefix, _, end = _rows_span(xml)
    is_empty = xml[end : end + 2] == b"/>"
    behind: list[str] = []
    # In the order of cells: several new cells of a row may have to be put in at the same byte.
    for row, places in groupby(sorted(values), key=lambda place: place[0]):
        cells = {
            column: _cell(xml, prefix, layout, (row, column), values[row, column], restyle)
            for _, column in places
        }
        if row in layout.rows:
            yield from _row_edits(xml, layout.rows[row], cells)
            continue
        fresh = f'<{prefix}row r="{row}">{"".join(cells.values())}</{prefix}row>'
        at = next((start for number, start in layout.starts if number > row), end)
        if at == end and is_empty:
            behind.append(fresh)
        else:
            yield at, at, fresh.encode()
    if behind:
        yield end, end + 2, f">{''.join(behind)}</{prefix}sheetData>".encode()


def _rows_span(xml: bytes) -> tuple[str, int, int]:
    """Return the prefix that rows have, and between which bytes they stand; before `/>` where there are none."""
    opened = next((found for found in _ROWS.finditer(xml) if found[1] is not None), None)
    if opened is None:
        raise ValueError("a tab without rows")
    prefix, start = opened[1], xml.index(b">", opened.end()) + 1
    end = xml.rfind(b"</%bsheetData" % prefix)
    return (prefix.decode(), start, end) if end >= 0 else (prefix.decode(), start - 2, start - 2)


def _row_edits(xml: bytes, span: RowSpan, cells: Mapping[int, str]) -> Iterator[Edit]:
    if span.is_empty:
        opened = xml[span.start : span.inner].removesuffix(b"/>")
        yield span.start, span.inner, opened + f">{''.join(cells.values())}</{span.tag}>".encode()
        return
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


class _Reader:
    """Walks the XML of a tab once, keeping byte positions."""

    def __init__(self, xml: bytes, wanted: frozenset[int] | None) -> None:
        self.layout = Layout()
        self._xml, self._wanted = xml, wanted
        self._last_row, self._last_content = max(wanted or (), default=0), last_content(xml)
        self._row = self._column = 0
        self._is_row = False
        self._row_span: RowSpan | None = None
        self._cell: CellSpan | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._cell is not None:
            self._open_in_cell(self._cell, name, attributes)
        elif name == "c" and self._is_row:
            self._open_cell(attributes)
        elif name == "row":
            self._open_row(tag, attributes)
        elif name == "col" and "style" in attributes:
            column = int(attributes["min"]), int(attributes["max"]), attributes["style"]
            self.layout.column_styles.append(column)

    def _open_row(self, tag: str, attributes: dict[str, str]) -> None:
        self._row = row_number(attributes.get("r"), self._row)
        self._column, start = 0, self.parser.CurrentByteIndex
        self.layout.starts.append((self._row, start))
        if self._row > self._last_row and start > self._last_content:
            # From here on rows were only styled: a person formatted the whole tab.
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
        self._row_span, self._is_row = None, True
        if self._wanted is None or self._row in self._wanted:
            style = attributes.get("s", "") if attributes.get("customFormat") in ("1", "true") else ""
            opened = START_TAG.match(self._xml, start)
            inner = opened.end() if opened else start
            is_empty = self._xml[inner - 2 : inner] == b"/>"
            self._row_span = self.layout.rows[self._row] = RowSpan(tag, start, inner, inner, is_empty, style)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column = column_number(attributes.get("r"), self._column)
        self._cell = CellSpan(self.parser.CurrentByteIndex, style=attributes.get("s", ""))

    def _open_in_cell(self, cell: CellSpan, name: str, attributes: dict[str, str]) -> None:
        if name in _CONTENT:
            self.layout.last_row = max(self.layout.last_row, self._row)
            self.layout.last_column = max(self.layout.last_column, self._column)
        if name == "f":
            cell.formula = attributes

    def _closed(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "c" and self._cell is not None:
            self._close_cell(tag, self._cell)
            self._cell = None
        elif name == "row":
            self._row_span, self._is_row = None, False
        elif name == "sheetData":
            # Form controls behind the rows stand in rows, too.
            self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def _close_cell(self, tag: str, cell: CellSpan) -> None:
        cell.end = self._end_of(tag)
        if cell.formula is not None:
            self.layout.formulas[self._row, self._column] = cell
        if self._row_span is not None:
            self._row_span.end = cell.end
            self._row_span.cells[self._column] = cell

    def _end_of(self, tag: str) -> int:
        # For <c .../> expat stands behind the tag already; for </c> it stands before it.
        at = self.parser.CurrentByteIndex
        closing = f"</{tag}".encode()
        rest = self._xml[at : at + len(closing) + 1]
        is_closing = rest[:-1] == closing and rest[-1:] in b" \t\r\n>"
        return self._xml.index(b">", at) + 1 if is_closing else at
