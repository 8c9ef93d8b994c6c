"""Changes single cells in the XML of a tab and leaves every other byte as it was.

Nothing that a spreadsheet program put in a workbook can be lost this way: what is not understood here is
not touched. Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.53 (is), 18.3.1.73 (row), 18.3.1.40 (f).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

from openpyxl.utils.cell import get_column_letter

from pipeline.model.errors import SheetError
from pipeline.sheets.cells import escape
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.places import column_number, last_content, row_number

_UTF8 = frozenset({"UTF-8", "UTF8", "US-ASCII", "ASCII"})


@dataclass(slots=True)
class CellSpan:
    """Where a cell stands in the XML, in bytes, and what it holds besides text."""

    start: int
    end: int = 0
    style: str = ""
    kind: str = ""
    formula: Mapping[str, str] | None = None
    result: bytes | None = None


@dataclass(slots=True)
class RowSpan:
    """A row's cells in order of columns; `end` is where the row's last cell ends."""

    tag: str
    end: int
    style: str = ""
    cells: list[tuple[int, CellSpan]] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """Where the wanted rows, and all formulas, stand in the XML of a tab, and how that is encoded."""

    encoding: str = "UTF-8"
    rows: dict[int, RowSpan] = field(default_factory=dict)
    formulas: dict[CellAt, CellSpan] = field(default_factory=dict)
    column_styles: list[tuple[int, int, str]] = field(default_factory=list)

    def style(self, place: CellAt) -> str:
        """Return the style that an empty cell shows: its row's, or else its column's."""
        row, column = place
        styles = (style for first, last, style in self.column_styles if first <= column <= last)
        return self.rows[row].style or next(styles, "")


def read_layout(xml: bytes, rows: Iterable[int] = ()) -> Layout:
    """Find the cells of `rows` and all formulas in the XML of a tab. Raises expat.ExpatError."""
    reader = _Reader(xml, frozenset(rows))
    reader.read()
    return reader.layout


def patch(xml: bytes, texts: Mapping[CellAt, str]) -> tuple[bytes, bool]:
    """Return the XML of a tab with `texts` in its cells, as texts, and whether a formula went by that.

    Cells keep their style. Raises SheetError where a text would break a formula that fills several cells,
    and ValueError for XML that is not in UTF-8.
    """
    layout = read_layout(xml, {row for row, _ in texts})
    if layout.encoding not in _UTF8:
        raise ValueError(layout.encoding)
    gone = {place for place in texts if place in layout.formulas}
    _refuse_broken_formulas(layout, gone)
    # In the order of cells: several new cells of a row may have to be put in at the same byte.
    edits = [_edit(layout, place, text) for place, text in sorted(texts.items())]
    return _splice(xml, edits), bool(gone)


def with_results(xml: bytes, results: Mapping[CellAt, CellSpan]) -> bytes:
    """Return the XML of a tab, as the library writes it, with the stored results of its formulas put back."""
    edits: list[tuple[int, int, bytes]] = []
    for place, cell in read_layout(xml).formulas.items():
        known = results.get(place)
        if known is not None and known.result is not None:
            kind = f' t="{known.kind}"'.encode() if known.kind else b""
            bare = xml[cell.start : cell.end].replace(b"<v />", b"").replace(b"<v></v>", b"")
            opened, _, rest = bare.removesuffix(b"</c>").partition(b">")
            edits.append((cell.start, cell.end, b"%b%b>%b<v>%b</v></c>" % (opened, kind, rest, known.result)))
    return _splice(xml, edits)


def _refuse_broken_formulas(layout: Layout, gone: set[CellAt]) -> None:
    for row, column in sorted(gone):
        if _fills_others(layout, (row, column), gone):
            raise SheetError(
                f"row {row}, column {get_column_letter(column)}: a formula that fills several cells "
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


def _edit(layout: Layout, place: CellAt, text: str) -> tuple[int, int, bytes]:
    row, column = place
    span = layout.rows[row]
    there = next((cell for number, cell in span.cells if number == column), None)
    if there is not None:
        return there.start, there.end, _cell(span.tag, place, there.style, text)
    at = next((cell.start for number, cell in span.cells if number > column), span.end)
    return at, at, _cell(span.tag, place, layout.style(place), text)


def _cell(row_tag: str, place: CellAt, style: str, text: str) -> bytes:
    prefix = row_tag[: -len("row")]
    styled = f" s={quoteattr(style)}" if style else ""
    head = f'<{prefix}c r="{get_column_letter(place[1])}{place[0]}"{styled}'
    if not text:
        return f"{head}/>".encode()
    body = f'<{prefix}t xml:space="preserve">{escape_xml(escape(text))}</{prefix}t>'
    return f'{head} t="inlineStr"><{prefix}is>{body}</{prefix}is></{prefix}c>'.encode()


def _splice(xml: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    pieces, at = [], 0
    for start, end, fresh in edits:
        pieces += [xml[at:start], fresh]
        at = end
    return b"".join((*pieces, xml[at:]))


class _Reader:
    """Walks the XML of a tab once, keeping byte positions."""

    def __init__(self, xml: bytes, wanted: frozenset[int]) -> None:
        self.layout = Layout()
        self._xml, self._wanted = xml, wanted
        self._last_row, self._last_content = max(wanted, default=0), last_content(xml)
        self._row = self._column = self._value_from = 0
        self._row_span: RowSpan | None = None
        self._cell: CellSpan | None = None
        self._parser = expat.ParserCreate()
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed

    def read(self) -> None:
        self._parser.Parse(self._xml, True)
        if self._xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.layout.encoding = "UTF-16"

    def _declared(self, *declaration: str | int | None) -> None:
        self.layout.encoding = str(declaration[1] or "UTF-8").upper()

    def _opened(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._cell is not None:
            self._open_in_cell(self._cell, name, attributes)
        elif name == "c" and self._row_span is not None:
            self._open_cell(attributes)
        elif name == "row":
            self._open_row(tag, attributes)
        elif name == "col" and "style" in attributes:
            column = int(attributes["min"]), int(attributes["max"]), attributes["style"]
            self.layout.column_styles.append(column)

    def _open_row(self, tag: str, attributes: dict[str, str]) -> None:
        self._row = row_number(attributes.get("r"), self._row)
        self._column = 0
        if self._row > self._last_row and self._parser.CurrentByteIndex > self._last_content:
            self._parser.StartElementHandler = self._parser.EndElementHandler = None
        style = attributes.get("s", "") if attributes.get("customFormat") in ("1", "true") else ""
        self._row_span = RowSpan(tag, self._parser.CurrentByteIndex, style)
        if self._row in self._wanted:
            self.layout.rows[self._row] = self._row_span

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column = column_number(attributes.get("r"), self._column)
        start = self._parser.CurrentByteIndex
        self._cell = CellSpan(start, style=attributes.get("s", ""), kind=attributes.get("t", ""))

    def _open_in_cell(self, cell: CellSpan, name: str, attributes: dict[str, str]) -> None:
        if name == "f":
            cell.formula = attributes
        elif name == "v":
            self._value_from = self._parser.CurrentByteIndex

    def _closed(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "c" and self._cell is not None:
            self._close_cell(tag, self._cell)
            self._cell = None
        elif name == "v" and self._cell is not None:
            raw = self._xml[self._value_from : self._parser.CurrentByteIndex]
            head, _, value = raw.partition(b">")
            self._cell.result = b"" if head.endswith(b"/") else value
        elif name == "row":
            self._row_span = None

    def _close_cell(self, tag: str, cell: CellSpan) -> None:
        cell.end = self._end_of(tag)
        if cell.formula is not None:
            self.layout.formulas[self._row, self._column] = cell
        if self._row_span is not None:
            self._row_span.end = cell.end
            if self._row in self._wanted:
                self._row_span.cells.append((self._column, cell))

    def _end_of(self, tag: str) -> int:
        # For <c .../> expat stands behind the tag already; for </c> it stands before it.
        at = self._parser.CurrentByteIndex
        closing = f"</{tag}".encode()
        rest = self._xml[at : at + len(closing) + 1]
        is_closing = rest[:-1] == closing and rest[-1:] in b" \t\r\n>"
        return self._xml.index(b">", at) + 1 if is_closing else at
