"""Adds the organisers' and Convene's columns to a tab: headers, drop-down, colours, a warning, marks.

What is added goes into new columns, inserted behind the last one in use in one update with what is written in
them: whatever people do meanwhile, nothing of theirs is written over.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from pipeline.intake.columns import ColumnPositions
from pipeline.model.locales import ENGLISH
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS
from pipeline.model.text import fold
from pipeline.sheets.base import SetUp
from pipeline.sheets.google.grid import Grid
from pipeline.sheets.google.metadata import (
    LANGUAGE,
    MOST_HANDLES,
    TAB,
    TITLE,
    Mark,
    as_value,
    column_mark,
    end_marks,
    mark_row,
    put,
)
from pipeline.sheets.google.proof import proof_mark
from pipeline.sheets.google.requests import colour_of, widen

Json: TypeAlias = dict[str, Any]

WIDTHS = {
    "Decision": 110,
    "Organiser note": 200,
    "Reference": 90,
    "Category": 150,
    "Status": 110,
    "Reason": 340,
    "Waiting list": 90,
    "Last message": 200,
    "Updated": 130,
}
"""Column widths, in pixels."""

_ORGANISERS_FILL, _OWN_FILL = "FFF2CC", "DDEBF7"


def missing_columns(positions: ColumnPositions) -> tuple[str, ...]:
    """Return the headers to add."""
    return (*(() if positions.organisers else ORGANISER_COLUMNS), *(() if positions.own else OWN_COLUMNS))


def set_up_requests(grid: Grid, positions: ColumnPositions, setup: SetUp) -> list[Json]:
    """Return the requests that add what is missing: columns, and marks by which they and the rows are known later."""
    headers, first = missing_columns(positions), _first_free(grid)
    requests = [*_add(grid, headers, first, setup)] if headers else []
    if setup.language != _language_of(grid):
        requests += () if headers else _in_language(grid, positions, setup)
        requests += put(
            grid.marks, Mark(LANGUAGE, setup.language), grid.sheet_id, exchanges=grid.proof.exchanges
        )
    rows = (row.number - 1 for row in grid.snapshot.rows)
    return [*requests, *_marks(grid, headers, first, setup), *row_marks(grid, rows)]


def _in_language(grid: Grid, positions: ColumnPositions, setup: SetUp) -> Iterator[Json]:
    """Offer words and colour statuses in another language than the columns were set up in; old colours stay."""
    for header, column in (*positions.organisers.items(), *positions.own.items()):
        below = _below(grid, column)
        if header == "Decision":
            yield _offer_words(below, setup)
        if header == "Status":
            yield from _colour(below, setup)


def _language_of(grid: Grid) -> str:
    """Return in which language the columns were set up last: without a mark that says it, in English."""
    mark = grid.marks.get(LANGUAGE)
    return mark.value if mark else ENGLISH


def told_marks(grid: Grid, setup: SetUp) -> list[Json]:
    """Return the requests that keep which headers and which title of the tab were told of."""
    return [*_marks(grid, (), 0, setup)]


def row_marks(grid: Grid, rows: Iterable[int]) -> list[Json]:
    """Return the requests that give handles to rows (from 0) that have none, where they are of use."""
    new = [row for row in rows if row not in grid.handles]
    if not is_held_by_rows(grid, len(new)):
        return []
    return [mark_row(grid.sheet_id, row) for row in new]


def is_held_by_rows(grid: Grid, more: int = 0) -> bool:
    """Whether a row that moves takes its mark with it, and there is room for so many more."""
    proof = grid.proof
    return proof.exchanges and proof.travels and len(grid.handles) + more <= MOST_HANDLES


def _first_free(grid: Grid) -> int:
    return max(len(grid.snapshot.headers), grid.used)


def _add(grid: Grid, headers: tuple[str, ...], first: int, setup: SetUp) -> Iterator[Json]:
    sheet = grid.sheet_id
    place = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": first, "endIndex": first + len(headers)}
    if first == grid.width:  # columns can be inserted before another one only
        yield {"appendDimension": {"sheetId": sheet, "dimension": "COLUMNS", "length": 1}}
    yield {"insertDimension": {"range": place, "inheritFromBefore": False}}
    header_row = grid.snapshot.header_row
    top = {"sheetId": sheet, "startRowIndex": header_row - 1, "endRowIndex": header_row}
    across = {"startColumnIndex": first, "endColumnIndex": first + len(headers)}
    cells = [_header(header, setup) for header in headers]
    fields = "userEnteredValue,userEnteredFormat(textFormat.bold,backgroundColor,wrapStrategy),note"
    yield {"updateCells": {"range": {**top, **across}, "rows": [{"values": cells}], "fields": fields}}
    for column, header in enumerate(headers, first):
        yield widen(sheet, column, WIDTHS[header])
        below = _below(grid, column)
        if header == "Decision":
            yield _offer_words(below, setup)
        if header == "Status":
            yield from _colour(below, setup)
    if OWN_COLUMNS[0] in headers:
        start = first + headers.index(OWN_COLUMNS[0])
        ours = {"sheetId": sheet, "startColumnIndex": start, "endColumnIndex": start + len(OWN_COLUMNS)}
        yield {
            "addProtectedRange": {
                "protectedRange": {
                    "range": ours,
                    "description": setup.note(OWN_COLUMNS[0]),
                    "warningOnly": True,
                }
            }
        }


def _below(grid: Grid, column: int) -> Json:
    return {
        "sheetId": grid.sheet_id,
        "startRowIndex": grid.snapshot.header_row,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }


def _header(header: str, setup: SetUp) -> Json:
    fill = _ORGANISERS_FILL if header in ORGANISER_COLUMNS else _OWN_FILL
    look = {"textFormat": {"bold": True}, "backgroundColor": colour_of(fill), "wrapStrategy": "WRAP"}
    return {
        "userEnteredValue": {"stringValue": setup.ours.title(header)},
        "userEnteredFormat": look,
        "note": setup.note(header),
    }


def _offer_words(below: Json, setup: SetUp) -> Json:
    """Offer the words in every row, those to come and those that a filter hides included; warn of others only."""
    values = [{"userEnteredValue": word} for word in setup.decisions]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True}
    return {"setDataValidation": {"range": below, "rule": rule, "filteredRowsIncluded": True}}


def _colour(below: Json, setup: SetUp) -> Iterator[Json]:
    for index, (status, colour) in enumerate(setup.colours):
        condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": status}]}
        rule = {"condition": condition, "format": {"backgroundColor": colour_of(colour)}}
        yield {"addConditionalFormatRule": {"rule": {"ranges": [below], "booleanRule": rule}, "index": index}}


def _marks(grid: Grid, new: tuple[str, ...], first: int, setup: SetUp) -> Iterator[Json]:
    """Mark the tab, its ends and every column that is known, where no mark is yet or columns were added."""
    wide = grid.width + len(new) + bool(new and first == grid.width)
    there = _after_inserting(grid, first, len(new))
    columns = _known(grid, setup) | {header: at for at, header in enumerate(new, first)}
    shown = (*grid.shown, *[""] * (wide - len(grid.shown)))
    marked = [column_mark(header, at, "" if header in new else shown[at]) for header, at in columns.items()]
    ends = end_marks(grid.height, wide) if grid.proof.exchanges else ()
    tab = (Mark(TAB, as_value(grid.wanted)), Mark(TITLE, as_value(grid.tab)), proof_mark(grid.proof))
    for mark in (*tab, *ends, *marked):
        old = there.get(mark.name)
        moves = new or not grid.proof.exchanges  # where a number can be exchanged, every write sets it right
        if old is None or old.value != mark.value or (moves and old != mark):
            yield from put(there, mark, grid.sheet_id, exchanges=grid.proof.exchanges)


def _after_inserting(grid: Grid, first: int, number: int) -> dict[str, Mark]:
    """Return the marks as they are once columns were inserted: those behind have moved."""
    return {
        name: Mark(name, mark.value, mark.axis, mark.index + number)
        if mark.axis == "COLUMNS" and mark.index >= first
        else mark
        for name, mark in grid.marks.items()
    }


def _known(grid: Grid, setup: SetUp) -> dict[str, int]:
    """Return the columns that a mark may stand in for, by the header they go under."""
    at = {fold(header): index for index, header in enumerate(grid.snapshot.headers)}
    return {name: at[fold(header)] for name, header in setup.titles.items() if fold(header) in at}
