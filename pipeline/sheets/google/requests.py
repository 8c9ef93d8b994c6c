"""Cells to requests and back: what is written, in updates that are not too large, and whether it came to stand there.

Only texts and numbers are written (`stringValue`, `numberValue`), never what a spreadsheet could take for a formula.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Generic, TypeAlias, TypeVar

from pipeline.model.sheet import Row
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt, Written
from pipeline.sheets.google.grid import CELL, Grid, read_rows
from pipeline.sheets.google.metadata import column_name, number_of

Json: TypeAlias = dict[str, Any]
Cells: TypeAlias = Mapping[CellAt, Written]

LARGEST_BODY = 1_800_000
"""Bytes of cells in one update; Google advises to stay below 2 MB (sheets/api/limits)."""

MOST_RANGES = 100
"""So many stretches of rows are asked back one by one; where there are more, all between first and last."""

ANSWER = f"updatedSpreadsheet.sheets(properties.sheetId,data(startRow,{CELL}))"
"""What is asked for in the answer to an update: what stands in the rows that were changed."""


_BLANK_ROW = Row(0, ())


T = TypeVar("T")


@dataclass(slots=True)
class CellBlock(Generic[T]):
    """Cells of one rectangle, row and column of its first counted from 1; `values` by row, more while it grows."""

    top: int
    left: int
    values: list[tuple[T, ...]]

    @property
    def rows(self) -> range:
        """The numbers of its rows."""
        return range(self.top, self.top + len(self.values))


def blocks(cells: Mapping[CellAt, T]) -> list[CellBlock[T]]:
    """Gather cells in rectangles: stretches of a row, and those of the rows right below with the same columns."""
    found: list[CellBlock[T]] = []
    growing: dict[tuple[int, int], CellBlock[T]] = {}
    for row, left, values in _stretches(cells):
        above = growing.get((left, len(values)))
        if above and above.rows.stop == row:
            above.values.append(values)
        else:
            growing[left, len(values)] = CellBlock(row, left, [values])
            found.append(growing[left, len(values)])
    return found


def _stretches(cells: Mapping[CellAt, T]) -> Iterator[tuple[int, int, tuple[T, ...]]]:
    """Yield cells that stand side by side: their row, the first one's column, what they are to hold."""
    stretch: list[T] = []
    start = end = (0, 0)
    for (row, column), value in sorted(cells.items()):
        if (row, column) != end:
            if stretch:
                yield (*start, tuple(stretch))
            start, stretch = (row, column), []
        stretch.append(value)
        end = (row, column + 1)
    if stretch:
        yield (*start, tuple(stretch))


def parts(cells: Mapping[CellAt, T], row_costs: int = 0) -> list[dict[CellAt, T]]:
    """Split cells, by rows, into what fits in one update each; `row_costs` bytes come with every row."""
    split: list[dict[CellAt, T]] = []
    size, last = LARGEST_BODY, 0
    for (row, column), value in sorted(cells.items()):
        cost = len(json.dumps(value)) + 60
        if row != last and size + 10 * cost + row_costs > LARGEST_BODY:
            split.append({})
            size = 0
        size += row_costs * (row != last)
        split[-1][row, column] = value
        size, last = size + cost, row
    return split


def requests(cells: Cells, sheet_id: int) -> list[Json]:
    """Return the requests that write cells."""
    return [_update(block, sheet_id) for block in blocks(cells)]


def _update(block: CellBlock[Written], sheet_id: int) -> Json:
    start = {"sheetId": sheet_id, "rowIndex": block.top - 1, "columnIndex": block.left - 1}
    rows = [{"values": [{"userEnteredValue": entered(value)} for value in values]} for values in block.values]
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def widen(sheet_id: int, column: int, pixels: int) -> Json:
    """Return the request that makes a column (from 0) so wide."""
    place = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    wide = {"range": place, "properties": {"pixelSize": pixels}, "fields": "pixelSize"}
    return {"updateDimensionProperties": wide}


def colour_of(digits: str) -> Json:
    """Return a colour of six digits as Google has it."""
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return {"red": red, "green": green, "blue": blue}


def by_columns(cells: Cells, grid: Grid, own: Mapping[str, int]) -> Json:
    """Return the body of a write that finds each of Convene's columns by its mark, wherever it is by then.

    A cell that is None is left alone (`values.batchUpdateByDataFilter`, `ValueRange`). Marks have numbers that are
    given once: a filter by number matches one column.
    """
    columns = {column + 1: header for header, column in own.items()}
    written = sorted({column for _, column in cells})
    data = [
        _column(cells, column, number_of(grid.sheet_id, column_name(columns[column]))) for column in written
    ]
    return {"valueInputOption": "RAW", "data": data}


def _column(cells: Cells, column: int, number: int) -> Json:
    wanted = {row: value for (row, at), value in cells.items() if at == column}
    values = [wanted.get(row) for row in range(1, max(wanted) + 1)]
    where = {"developerMetadataLookup": {"metadataId": number}}
    return {"dataFilter": where, "majorDimension": "COLUMNS", "values": [values]}


def entered(value: Written) -> Json:
    """Return what is written as a cell holds it; an empty text leaves the cell blank."""
    if isinstance(value, int):
        return {"numberValue": value}
    return {"stringValue": value} if value else {}


# --- what came to stand there --------------------------------------------------------------------------


def ranges(cells: Cells, grid: Grid) -> list[str]:
    """Return the rows that cells are in, whole, in A1 notation."""
    if not cells:
        return []
    numbers = sorted({row for row, _ in cells})
    stretches: list[tuple[int, int]] = []
    for number in numbers:
        if stretches and stretches[-1][1] + 1 == number:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    if len(stretches) > MOST_RANGES:
        stretches = [(numbers[0], numbers[-1])]
    tab, last = a1_title(grid.tab), column_letters(grid.width)
    return [f"{tab}!A{first}:{last}{final}" for first, final in stretches]


def a1_title(tab: str) -> str:
    """Return a tab's title as A1 notation has it."""
    return "'" + tab.replace("'", "''") + "'"


def is_as_meant(answer: Json, grid: Grid, cells: Cells, watched: Iterable[int]) -> bool:
    """Whether the rows that were written hold what was written, and in `watched` columns what stood there before.

    `watched` are Convene's columns and those by which a row is known, counted from 0: what people type elsewhere
    makes no row another.
    """
    found, wanted = _told(answer, grid.sheet_id), {row.number: row for row in grid.snapshot.rows}
    for row, column in product({row for row, _ in cells}, watched):
        is_there = found.get(row, _BLANK_ROW).cell(column)
        if is_there != wanted.get(row, _BLANK_ROW).cell(column) and (row, column + 1) not in cells:
            return False
    return all(
        found.get(row, _BLANK_ROW).cell(column - 1).text == str(value)
        for (row, column), value in cells.items()
    )


def _told(answer: Json, sheet_id: int) -> dict[int, Row]:
    """Return the rows of this tab that an answer tells of."""
    sheets = answer.get("updatedSpreadsheet", {}).get("sheets", ())
    return {
        number: row
        for sheet in sheets
        if sheet.get("properties", {}).get("sheetId", 0) == sheet_id
        for number, row in read_rows(sheet.get("data", ())).items()
    }
