"""Cells to requests: every cell once, in updates of a bearable size, and a comparison that misses nothing."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.sheet import Cell, Row, Snapshot
from pipeline.sheets.google import requests
from pipeline.sheets.google.grid import Grid

GRID = Grid(7, "Ana's tab", 1000, 28, Snapshot("a sheet", (), ()), {}, 0)
PLACES = st.tuples(st.integers(1, 12), st.integers(1, 8))
CELLS = st.dictionaries(PLACES, st.sampled_from(["", "a", "b"]), max_size=60)


@given(CELLS)
def test_blocks_hold_every_cell_once(cells: dict[tuple[int, int], str]) -> None:
    found = [
        ((block.top + down, block.left + right), text)
        for block in requests.blocks(cells)
        for down, texts in enumerate(block.values)
        for right, text in enumerate(texts)
    ]
    assert sorted(found) == sorted(cells.items())


def test_a_column_of_cells_is_one_block() -> None:
    cells = {(row, column): f"{row} {column}" for row in range(2, 500) for column in (3, 4)}
    (block,) = requests.blocks(cells)
    assert (block.top, block.left, block.rows) == (2, 3, range(2, 500))


def test_only_texts_are_written() -> None:
    assert requests.requests({(2, 3): "=1+1", (2, 4): ""}, 7) == [
        {
            "updateCells": {
                "start": {"sheetId": 7, "rowIndex": 1, "columnIndex": 2},
                "rows": [
                    {"values": [{"userEnteredValue": {"stringValue": "=1+1"}}, {"userEnteredValue": {}}]}
                ],
                "fields": "userEnteredValue",
            }
        }
    ]


def test_much_is_split_by_rows_below_two_megabytes() -> None:
    cells = {(row, column): "é" * 300 for row in range(2, 2002) for column in range(3, 10)}
    parts = requests.parts(cells)
    assert len(parts) > 1
    assert {place: text for part in parts for place, text in part.items()} == cells
    assert all(len(json.dumps(requests.requests(part, 7))) < 2_000_000 for part in parts)
    rows = [{row for row, _ in part} for part in parts]
    assert sum(map(len, rows)) == len(set.union(*rows))


def test_nothing_is_no_part() -> None:
    assert (requests.parts({}), requests.ranges({}, GRID)) == ([], [])


def test_rows_are_asked_back_whole() -> None:
    cells = {(2, 3): "a", (3, 9): "b", (7, 3): "c"}
    assert requests.ranges(cells, GRID) == ["'Ana''s tab'!A2:AB3", "'Ana''s tab'!A7:AB7"]
    assert requests.ranges({(row, 1): "a" for row in range(2, 999, 2)}, GRID) == ["'Ana''s tab'!A2:AB998"]


def answer(*rows: list[Any], start: int = 1, sheet: int = 7) -> dict[str, Any]:
    """Return what Google tells of rows from `start` (from 0) on: one text a cell, None for a blank one."""
    lines = [{"values": [{"formattedValue": text} if text else {} for text in row]} for row in rows]
    told = {"properties": {"sheetId": sheet}, "data": [{"startRow": start, "rowData": lines}]}
    return {"updatedSpreadsheet": {"sheets": [told]}}


@pytest.mark.parametrize(
    ("told", "as_meant"),
    [
        (answer(["ana", "note", "Offered"]), True),
        (answer(["ana", "note", "Offered", None]), True),
        (answer(["ana", "another note", "Offered"]), True),
        (answer(["ana", "note", "Offered", "somebody's own column"]), True),
        (answer(["bea", "note", "Offered"]), False),
        (answer(["ana", "note"]), False),
        (answer(["ana", "note", "Offered"], start=2), False),
        (answer(["ana", "note", "Offered"], sheet=8), False),
        (answer(["ana", "note", "Offered", None, "a reason"]), False),
        ({}, False),
    ],
)
def test_only_what_a_row_is_known_by_and_convenes_columns_are_compared(
    told: dict[str, Any], as_meant: bool
) -> None:
    rows = (Row(2, (Cell("ana", "ana"), Cell("note", "note"))),)
    grid = replace(GRID, snapshot=replace(GRID.snapshot, rows=rows))
    assert requests.is_as_meant(told, grid, {(2, 3): "Offered"}, (0, 2, 4)) is as_meant


def test_a_row_of_which_everything_was_taken_is_blank() -> None:
    assert requests.is_as_meant(answer([None]), GRID, {(2, 1): "", (2, 3): ""}, (0, 2))
    assert requests.is_as_meant(answer(), GRID, {(2, 1): ""}, (0, 2))
