"""Where rows, cells and formulas stand in the XML of a tab, in bytes. Nothing of their content is read.

Source: ECMA-376 part 1, 18.3.1.73 (row), 18.3.1.4 (c), 18.3.1.40 (f), 18.3.1.13 (col).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from xml.parsers import expat

from pipeline.model.frozen import dataclass
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import START_TAG, parse
from pipeline.sheets.xlsx.escapes import unescape
from pipeline.sheets.xlsx.places import Rectangle, areas, column_number, last_content, row_number
from pipeline.sheets.xlsx.plain_rows import plain_cells, plain_rows

_CONTENT = frozenset({"v", "f", "is"})
_FORMULA = re.compile(rb"<f>([^<&\r]*+(?:&(?:amp|lt|gt|quot|apos);[^<&\r]*+)*+)</f>")


@dataclass(slots=True)
class CellSpan:
    """Where a cell stands in the XML, in bytes, its style, and its formula."""

    start: int
    end: int = 0
    style: str = ""
    formula: Mapping[str, str] | None = None


@dataclass(slots=True)
class RowSpan:
    """A row: its start tag, what is `inner` to it, its cells; `style` is that of cells that are not there.

    `height` is in points, as a program saw fit (0: it is not said); a person's own is `is_fixed`.
    """

    tag: str
    start: int
    inner: int
    end: int
    is_empty: bool
    style: str = ""
    height: float = 0.0
    is_fixed: bool = False
    cells: dict[int, CellSpan] = field(default_factory=dict)


@dataclass(slots=True)
class RowLayout:
    """Where the wanted rows, and all formulas, stand in the XML of a tab; `starts` are of all rows, by number."""

    rows: dict[int, RowSpan] = field(default_factory=dict)
    starts: list[tuple[int, int]] = field(default_factory=list)
    formulas: dict[CellAt, CellSpan] = field(default_factory=dict)
    column_styles: list[tuple[int, int, str]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    """The last row and column with anything in it, formulas that show nothing included."""

    @property
    def filled(self) -> tuple[Rectangle, ...]:
        """The cells that formulas fill, which may not be there yet."""
        said = ((cell.formula or {}).get("ref", "") for cell in self.formulas.values())
        return tuple(area for one in said for area in areas(one))

    def style(self, place: CellAt) -> str:
        """Return the style that an empty cell shows: its row's, or else its column's."""
        row, column = place
        styles = (style for first, last, style in self.column_styles if first <= column <= last)
        return (self.rows[row].style if row in self.rows else "") or next(styles, "")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a tab is filled: its last row and column with anything in it, and the cells that formulas fill."""

    last_row: int = 0
    last_column: int = 0
    filled: tuple[Rectangle, ...] = ()


def find_extent(xml: bytes) -> Extent:
    """Find how far a tab is filled. Raises expat.ExpatError."""
    return _extent_of_values(xml) or _extent_of(read_layout(xml))


def _extent_of(layout: RowLayout) -> Extent:
    return Extent(layout.last_row, layout.last_column, layout.filled)


def _extent_of_values(xml: bytes) -> Extent | None:
    """Return how far a tab without formulas is filled; None for any other."""
    last_row = last_column = 0
    for row in plain_rows(xml):
        cells = plain_cells(xml, row) if row else None
        if row is None or cells is None or xml.find(b"<f", row.inner, row.end) >= 0:
            return None
        there = zip(reversed(cells.columns), reversed(cells.bodies), strict=True)
        last = next((column for column, body in there if b"<v" in body or b"<is" in body), 0)
        last_row, last_column = row.number if last else last_row, max(last, last_column)
    return Extent(last_row, last_column)


def read_formulas(xml: bytes) -> tuple[Mapping[CellAt, str], int]:
    """Return the formulas of a tab by their cells, and its last row with any cell. Raises expat.ExpatError."""
    plain = _plain_formulas(xml)
    if plain is not None:
        return plain
    layout = read_layout(xml, None)
    formulas = {place: _formula(xml[span.start : span.end]) for place, span in layout.formulas.items()}
    return formulas, max((number for number, row in layout.rows.items() if row.cells), default=0)


def _plain_formulas(xml: bytes) -> tuple[Mapping[CellAt, str], int] | None:
    """Return what `read_formulas` does for rows and formulas that are written plainly; None for any other."""
    formulas, last = {}, 0
    for row in plain_rows(xml):
        cells = plain_cells(xml, row) if row else None
        if row is None or cells is None:
            return None
        last = row.number if cells.columns else last
        for column, body in zip(cells.columns, cells.bodies, strict=True):
            if b"<f" in body:
                said = _FORMULA.search(body)
                if said is None:
                    return None
                formulas[row.number, column] = unescape(said[1].decode())
    return formulas, last


def _formula(cell: bytes) -> str:
    return next((child.text for child in parse(cell).children if child.name == "f"), "")


def read_layout(xml: bytes, rows: Iterable[int] | None = ()) -> RowLayout:
    """Find the cells of `rows` (None: of all) and all formulas in the XML of a tab. Raises expat.ExpatError."""
    reader = _Reader(xml, None if rows is None else frozenset(rows))
    reader.parser.Parse(xml, True)
    del reader.parser  # it holds the reader, and with it the XML
    return reader.layout


class _Reader:
    """Walks the XML of a tab once, keeping byte positions."""

    def __init__(self, xml: bytes, wanted: frozenset[int] | None) -> None:
        self.layout = RowLayout()
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
            style = attributes.get("s", "") if _is_set(attributes, "customFormat") else ""
            opened = START_TAG.match(self._xml, start)
            inner = opened.end() if opened else start
            is_empty = self._xml[inner - 2 : inner] == b"/>"
            self._row_span = self.layout.rows[self._row] = RowSpan(
                tag,
                start,
                inner,
                inner,
                is_empty,
                style,
                _height(attributes),
                _is_set(attributes, "customHeight"),
            )

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


def _is_set(attributes: Mapping[str, str], name: str) -> bool:
    return attributes.get(name) in ("1", "true")


def _height(attributes: Mapping[str, str]) -> float:
    try:
        return float(attributes.get("ht", 0))
    except ValueError:
        return 0.0
