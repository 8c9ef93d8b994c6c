"""Reads the rows of a tab from its XML in one pass; empty rows and cells are skipped, and none is counted up to.

Source: ECMA-376 part 1, 18.3.1.73 (row), 18.3.1.4 (c), 18.3.1.40 (f), 18.3.1.96 (v), 18.3.1.53 (is).
"""

from xml.parsers import expat

from pipeline.model.sheet import BLANK, Cell, Row
from pipeline.sheets.xlsx.package import TooLarge
from pipeline.sheets.xlsx.places import LAST_COLUMN, LAST_ROW, column_number, last_content, row_number
from pipeline.sheets.xlsx.values import Values

NO_RESULT = Cell(fault="a formula without a result")
"""A formula that no program has computed since it was written."""

MOST_CELLS = 10_000_000
"""Cells from the first column to the last filled one of each row; as many as a Google sheet may have."""


def read_rows(xml: bytes, values: Values) -> tuple[Row, ...]:
    """Return the rows of a tab that have a filled cell, in the order of their numbers.

    Raises TooLarge, and what `package.UNREADABLE` lists for XML that is damaged.
    """
    walk = _Walk(xml, values)
    walk.walk()
    return tuple(Row(number, _laid_out(walk.rows[number])) for number in sorted(walk.rows))


def _laid_out(filled: dict[int, Cell]) -> tuple[Cell, ...]:
    cells = [BLANK] * max(filled)
    for column, cell in filled.items():
        cells[column - 1] = cell
    return tuple(cells)


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

    def walk(self) -> None:
        self._parser.Parse(self._xml, True)

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
        if self._laid_out > MOST_CELLS:
            raise TooLarge(f"it has more than {MOST_CELLS:,} cells")
