"""A tab as Google answers it: headers, marks, zone and protections, also where something is odd."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipeline.model.sheet import Stamp
from pipeline.sheets.google.grid import is_locked, read_grid
from pipeline.sheets.google.metadata import Mark, put

TITLE = "Applications, tab “Responses”"


def row(*texts: str) -> dict[str, Any]:
    return {"values": [{"formattedValue": text} if text else {} for text in texts]}


def mark(name: str, value: str = "x") -> dict[str, Any]:
    return {"metadataId": 1, "metadataKey": name, "metadataValue": value}


def answer(*rows: dict[str, Any], zone: str = "Europe/Madrid", **sheet: Any) -> dict[str, Any]:
    properties = {"sheetId": 7, "title": "Responses", "gridProperties": {"rowCount": 100, "columnCount": 26}}
    columns = sheet.pop("columns", [])
    data = [{"rowData": list(rows), "columnMetadata": columns, "rowMetadata": []}]
    return {
        "properties": {"title": "Applications", "timeZone": zone},
        "sheets": [{"properties": properties, "data": data, **sheet}],
    }


def test_blank_rows_and_ends_are_left_out() -> None:
    grid = read_grid(answer(row("A", "B"), row(), row("x", "", ""), {}), {})
    assert [(one.number, len(one.cells)) for one in grid.snapshot.rows] == [(3, 1)]
    assert (grid.snapshot.title, grid.snapshot.headers, grid.snapshot.zone) == (
        TITLE,
        ("A", "B"),
        ZoneInfo("Europe/Madrid"),
    )


def test_an_empty_tab_has_no_headers() -> None:
    grid = read_grid(answer(), {"A": "A"})
    assert (grid.snapshot.headers, grid.snapshot.rows, grid.snapshot.problems) == ((), (), ())


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd"])
def test_a_zone_that_nobody_knows_is_the_calls(zone: str) -> None:
    (problem,) = read_grid(answer(row("A"), zone=zone), {}).snapshot.problems
    assert (problem.where, problem.what) == (
        TITLE,
        "its time zone is not one that Convene knows; times are taken for the call's",
    )


@pytest.mark.parametrize(
    ("value", "stamp"),
    [
        ("ledger 7", Stamp("ledger", 7)),
        ("ledger 7 sending", Stamp("ledger", 7, sending=True)),
        ("ledger 7 sleeping", None),
        ("", None),
    ],
)
def test_the_stamp_is_a_mark_on_the_tab(value: str, stamp: Stamp | None) -> None:
    grid = read_grid(answer(developerMetadata=[mark("convene.stamp", value), mark("somebody.else")]), {})
    assert (grid.snapshot.stamp, list(grid.marks)) == (stamp, ["stamp"])


def test_a_marked_column_with_a_strange_header_keeps_its_own() -> None:
    columns = [
        {},
        {"developerMetadata": [mark("convene.column.B")]},
        {"developerMetadata": [mark("convene.column.C")]},
    ]
    grid = read_grid(answer(row("A", "Beta"), columns=columns), dict(zip("ABCD", "ABCD", strict=True)))
    assert (grid.snapshot.headers, [problem.what for problem in grid.snapshot.problems]) == (
        ("A", "B", "C"),
        ["the column “B” has the header “Beta” now", "the column “C” lost its header"],
    )


def test_a_mark_never_takes_a_column_that_has_a_known_header() -> None:
    columns = [{"developerMetadata": [mark("convene.column.B")]}]
    grid = read_grid(answer(row("A"), columns=columns), {"A": "A", "B": "B"})
    assert (grid.snapshot.headers, grid.snapshot.problems) == (("A",), ())


@pytest.mark.parametrize(
    ("protection", "locked"),
    [
        ({"range": {"sheetId": 7, "endRowIndex": 1}}, []),
        ({"range": {"sheetId": 7, "startRowIndex": 4, "startColumnIndex": 2}}, []),
        ({"range": {"sheetId": 7, "startRowIndex": 3, "startColumnIndex": 5}}, [5]),
        ({"range": {"sheetId": 7}, "unprotectedRanges": [{"sheetId": 7, "startRowIndex": 1}]}, []),
        ({"range": {"sheetId": 7, "startColumnIndex": 3, "endColumnIndex": 5}}, [3, 4]),
        ({"range": {"sheetId": 7, "startColumnIndex": 3, "endColumnIndex": 5}, "warningOnly": True}, []),
        ({"range": {"sheetId": 7}, "requestingUserCanEdit": True}, []),
        ({"range": {"sheetId": 7}}, [0, 1, 2, 3, 4, 5]),
        (
            {
                "range": {"sheetId": 7},
                "unprotectedRanges": [{"sheetId": 7, "startColumnIndex": 2, "endColumnIndex": 6}],
            },
            [0, 1],
        ),
    ],
)
def test_what_is_protected(protection: dict[str, Any], locked: list[int]) -> None:
    grid = read_grid(answer(row("A"), protectedRanges=[protection]), {})
    assert [column for column in range(6) if is_locked(grid, (4, column + 1))] == locked


def test_a_mark_is_changed_only_where_and_as_it_was_read() -> None:
    old, new = Mark("column.Status", "Status", "COLUMNS", 3), Mark("column.Status", "Status", "COLUMNS", 4)
    away, anew = put({old.name: old}, new, 7, exchanges=True)
    lookup = away["deleteDeveloperMetadata"]["dataFilter"]["developerMetadataLookup"]
    made = anew["createDeveloperMetadata"]["developerMetadata"]
    place = {"sheetId": 7, "dimension": "COLUMNS", "startIndex": 3, "endIndex": 4}
    assert (lookup["metadataLocation"], lookup["locationMatchingStrategy"]) == (
        {"dimensionRange": place},
        "EXACT_LOCATION",
    )
    assert (lookup["metadataId"], lookup["metadataValue"]) == (made["metadataId"], "Status")
    assert made["location"] == {"dimensionRange": {**place, "startIndex": 4, "endIndex": 5}}
    assert put({}, new, 7, exchanges=True) == [anew]
    assert put({}, new, 8, exchanges=True)[0] != anew
