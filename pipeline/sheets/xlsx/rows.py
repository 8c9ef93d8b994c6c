"""Reads the rows of a tab in one pass; empty rows and cells are skipped, and none is counted up to.

Cells as nearly every program writes them are read by their tags; a row with any other is walked through as XML, as is
a tab that is written otherwise.

Source: ECMA-376 part 1, 18.3.1.73 (row), 18.3.1.4 (c), 18.3.1.40 (f), 18.3.1.96 (v), 18.3.1.53 (is).
"""

import re
from xml.parsers import expat

from pipeline.model.sheet import BLANK, Cell, Row
from pipeline.sheets.xlsx.escapes import unescape
from pipeline.sheets.xlsx.package import TooLarge
from pipeline.sheets.xlsx.places import LAST_COLUMN, LAST_ROW, column_number, last_content, row_number
from pipeline.sheets.xlsx.plain_rows import PlainCells, plain_cells, plain_rows
from pipeline.sheets.xlsx.values import Values

NO_RESULT = Cell(fault="a formula without a result")
"""A formula that no program has computed since it was written."""

MOST_CELLS = 10_000_000
"""Cells from the first column to the last filled one of each row; as many as a Google sheet may have."""

_SHORT, _LATELY = 100, 10_000
"""So many bytes at most of a cell are remembered, of so many cells: the same few answers stand in most rows."""

_TEXT = rb"([^<>\r\0-\x08\x0b\x0c\x0e-\x1f]*+)"
_BODY = re.compile(
    rb'(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]{1,9})")?'
    rb'(?:/>|>(<f(?: [\w:.]+="[^"<&]*")*+(?:/>|>%b</f>))?'
    rb'(?:<v>%b</v>|<v/>|<is><t(?: xml:space="preserve")?>%b</t></is>)?</c>)' % (_TEXT, _TEXT, _TEXT)
)
"""A cell behind its place: its style, its kind, its formula, the text of that, its value, its own text."""

_ODD_REFERENCE = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;)")


def read_rows(xml: bytes, values: Values) -> tuple[Row, ...]:
    """Return the rows of a tab that have a filled cell, in the order of their numbers.

    Raises TooLarge, and what `package.UNREADABLE` lists for XML that is damaged.
    """
    rows = _read_plainly(xml, values)
    if rows is not None:
        return tuple(rows)
    filled = _Walk(xml, values).walk()
    return tuple(Row(number, _laid_out(filled[number])) for number in sorted(filled))


def _laid_out(filled: dict[int, Cell]) -> tuple[Cell, ...]:
    cells = [BLANK] * max(filled)
    for column, cell in filled.items():
        cells[column - 1] = cell
    return tuple(cells)


# --- cells that are written plainly ----------------------------------------------------------------------


def _read_plainly(xml: bytes, values: Values) -> list[Row] | None:
    """Read the rows by their tags; None where they are not plain. A single odd row is walked through."""
    plainly, rows, laid_out = _Plainly(values), [], 0
    for row in plain_rows(xml):
        if row is None:
            return None
        cells = plainly.read(plain_cells(xml, row))
        if cells is None:
            odd = _Walk(xml[row.start : row.end] + b"</row>", values).walk() if row.end > row.inner else {}
            cells = _laid_out(odd[row.number]) if odd else ()
        if cells:
            laid_out += len(cells)
            _refuse_if_too_many(laid_out)
            rows.append(Row(row.number, cells))
    return rows


class _Plainly:
    """Reads cells that hold one text, number or the like; what was read lately is known by its bytes."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._lately: dict[bytes, Cell] = {}

    def read(self, there: PlainCells | None) -> tuple[Cell, ...] | None:
        """Return the cells of a row up to the last that is filled; None where one of them is odd."""
        if there is None:
            return None
        cells: list[Cell] = []
        for known, body in zip(map(self._lately.get, there.bodies), there.bodies, strict=True):
            cell = self._cell(body) if known is None else known
            if cell is None:
                return None
            cells.append(cell)
        return _in_columns(cells, there.columns)

    def _cell(self, body: bytes) -> Cell | None:
        found = _BODY.fullmatch(body)
        if found is None:
            return None
        style, kind, formula, _, value, inline = found.groups(b"")
        text = (inline if kind == b"inlineStr" else value).decode()
        if b"&" in body:
            if _ODD_REFERENCE.search(body):
                return None
            text = unescape(text)
        if not text:
            return NO_RESULT if formula and kind != b"str" else BLANK
        cell = self._values.read(kind.decode(), text, style.decode())
        if len(body) <= _SHORT:
            if len(self._lately) > _LATELY:
                self._lately.clear()
            self._lately[body] = cell
        return cell


def _in_columns(there: list[Cell], columns: tuple[int, ...]) -> tuple[Cell, ...]:
    """Lay out the cells of a row, up to the last that is filled."""
    filled = len(there)
    while filled and there[filled - 1] == BLANK:
        filled -= 1
    if not filled or columns[filled - 1] == filled:
        return tuple(there[:filled])
    return _laid_out(dict(zip(columns[:filled], there, strict=False)))


# --- the walk through XML --------------------------------------------------------------------------------


class _Walk:
    """The state of one pass: the row and the cell it is in, and what that cell has stored."""

    def __init__(self, xml: bytes, values: Values) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self._xml, self._values, self._last = xml, values, last_content(xml)
        self._row = self._column = self._laid_out = 0
        self._kind = self._style = self._reading = ""
        self._is_cell = self._is_formula = self._is_guide = False
        self._pieces: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._add

    def walk(self) -> dict[int, dict[int, Cell]]:
        """Return the filled cells of each row that has any, by their columns."""
        self._parser.Parse(self._xml, True)
        del self._parser  # it holds this walk, and with it the XML
        return self.rows

    def _refuse(self, *_: object) -> None:
        raise ValueError("a workbook declares no document type")

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if self._is_cell:
            self._open_in_cell(name)
        elif name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._open_row(attributes)

    def _open_row(self, attributes: dict[str, str]) -> None:
        if self._parser.CurrentByteIndex > self._last:
            self._stop()  # from here on rows were only styled: a person formatted the whole tab
        self._row, self._column = row_number(attributes.get("r"), self._row), 0

    def _stop(self) -> None:
        self._parser.StartElementHandler = self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = None

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column = column_number(attributes.get("r"), self._column)
        self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
        self._is_cell, self._is_formula, self._is_guide, self._pieces = True, False, False, []

    def _open_in_cell(self, name: str) -> None:
        if name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._is_guide = True
        elif name == ("t" if self._kind == "inlineStr" else "v") and not self._is_guide:
            self._reading = name

    def _add(self, text: str) -> None:
        if self._reading:
            self._pieces.append(text)

    def _close(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == self._reading:
            self._reading = ""
        elif name == "rPh":
            self._is_guide = False
        elif name == "c" and self._is_cell:
            self._is_cell = False
            self._close_cell()
        elif name == "row" and self._row in self.rows:
            self._close_row(max(self.rows[self._row]))
        elif name == "sheetData":
            self._stop()  # form controls behind the rows stand in rows, too

    def _close_cell(self) -> None:
        if not self._pieces and not self._is_formula:
            return
        stored = "".join(self._pieces)
        cell = self._values.read(self._kind, stored, self._style)
        if self._is_formula and not stored and self._kind != "str":
            cell = NO_RESULT
        if cell == BLANK:
            return
        if self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise TooLarge("a cell stands beyond the last row (1,048,576) or column (XFD) of any sheet")
        self.rows.setdefault(self._row, {})[self._column] = cell

    def _close_row(self, width: int) -> None:
        self._laid_out += width
        _refuse_if_too_many(self._laid_out)


def _refuse_if_too_many(cells: int) -> None:
    if cells > MOST_CELLS:
        raise TooLarge(f"it has more than {MOST_CELLS:,} cells")
