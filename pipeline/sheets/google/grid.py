"""One tab as Google answers it, taken apart: cells as a snapshot, marks, protections; and the columns in it.

A column whose header somebody changed is known by its mark: it goes on under the header it had, with a problem
that says so. A header that stands there always counts more than a mark.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from pipeline.intake.form_headers import columns_headed
from pipeline.model.call import NO_QUESTIONS, Columns
from pipeline.model.frozen import dataclass
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell, Row, Snapshot
from pipeline.model.text import fold
from pipeline.sheets.differences import CellAt
from pipeline.sheets.google.cells import read_cell
from pipeline.sheets.google.metadata import COLUMN, Mark, Marks, as_value, read_handles, read_marks, stamp_in
from pipeline.sheets.google.proof import NOTHING, Proof, proof_in

Json: TypeAlias = dict[str, Any]

CELL = (
    "rowData(values(formattedValue,effectiveValue(numberValue,boolValue,errorValue(type)),"
    "userEnteredValue(formulaValue),effectiveFormat(numberFormat)))"
)
"""What is asked for of a cell: as shown; as counted with, where it is no text; as typed, where it is a formula.

So no text, of which there is most, comes more than once.
"""

_MARK = "developerMetadata(metadataId,metadataKey,metadataValue)"

FIELDS = (
    "properties(title,timeZone),"
    f"sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),charts(chartId),{_MARK},"
    "protectedRanges(range,unprotectedRanges,warningOnly,requestingUserCanEdit),"
    f"data(startRow,startColumn,columnMetadata({_MARK}),rowMetadata({_MARK}),{CELL}))"
)
"""All that is asked for: cells, and what hangs on rows and columns."""

GLANCED = f"sheets(properties(title,gridProperties(rowCount,columnCount)),data(startRow,{CELL}))"
"""What is asked for between two runs: cells."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One tab as read once.

    `used` is how many columns there are up to the last in which anything stands, `locked` are the protected areas that
    keep Convene out (`GridRange`, with what is left free in them). `handles` are the numbers of the marks on rows, by
    index (from 0). `proof` is what may be leaned on here. `wanted` is the tab's name in the configuration, `shown` its
    headers as they stand, `ours` what our columns are called.
    """

    sheet_id: int
    tab: str
    height: int
    width: int
    snapshot: Snapshot
    marks: Marks
    used: int
    locked: tuple[Json, ...] = ()
    handles: Mapping[int, int] = field(default_factory=dict)
    proof: Proof = NOTHING
    wanted: str = ""
    shown: tuple[str, ...] = ()
    ours: Columns = NO_QUESTIONS


def read_grid(answer: Json, known: Mapping[str, str], header_row: int = 1) -> Grid:
    """Take apart the answer's first tab; `known` are the headers that a mark may stand in for, by the mark's name."""
    sheet = answer["sheets"][0]
    properties = sheet["properties"]
    size = properties["gridProperties"]
    marks = {mark.name: mark for mark in _marks(sheet)}
    rows = read_rows(sheet.get("data", ()))
    shown = tuple(cell.text for cell in rows.pop(header_row, Row(header_row, ())).cells)
    title = f"{answer['properties']['title']}, tab “{properties['title']}”"
    headers, problems = _put_back(shown, marks, known, title)
    zone, zone_problems = _zone(str(answer["properties"].get("timeZone", "")), title)
    filled = tuple(row for row in rows.values() if row.cells and row.number > header_row)
    problems = (*problems, *zone_problems)
    snapshot = Snapshot(title, headers, filled, stamp_in(marks), zone, problems, header_row=header_row)
    return Grid(
        sheet_id=properties.get("sheetId", 0),
        tab=properties["title"],
        height=size["rowCount"],
        width=size["columnCount"],
        snapshot=snapshot,
        marks=marks,
        used=_used(sheet.get("data", ())),
        locked=tuple(_locked(sheet.get("protectedRanges", ()))),
        handles=dict(_handles(sheet.get("data", ()))),
        proof=proof_in(marks) or NOTHING,
        shown=shown,
    )


def _marks(sheet: Json) -> Iterator[Mark]:
    yield from read_marks(sheet.get("developerMetadata", ()))
    for part in sheet.get("data", ()):
        for axis, name, first in (
            ("ROWS", "rowMetadata", "startRow"),
            ("COLUMNS", "columnMetadata", "startColumn"),
        ):
            for index, line in enumerate(part.get(name, ()), part.get(first, 0)):
                yield from read_marks(line.get("developerMetadata", ()), axis, index)


def _handles(data: Iterable[Json]) -> Iterator[tuple[int, int]]:
    for part in data:
        for index, line in enumerate(part.get("rowMetadata", ()), part.get("startRow", 0)):
            yield from ((index, number) for number in read_handles(line.get("developerMetadata", ())))


def read_rows(data: Iterable[Json]) -> dict[int, Row]:
    """Return the rows of an answer by their numbers; blank cells at their ends are left out."""
    rows = {}
    for part in data:
        for number, line in enumerate(part.get("rowData", ()), part.get("startRow", 0) + 1):
            rows[number] = Row(number, _trimmed(tuple(map(read_cell, line.get("values", ())))))
    return rows


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = max((at for at, cell in enumerate(cells, 1) if cell.text or cell.fault), default=0)
    return cells[:last]


def _used(data: Iterable[Json]) -> int:
    """Return how many columns are in use: a formula may show nothing."""
    lines = (line.get("values", ()) for part in data for line in part.get("rowData", ()))
    return max((at for line in lines for at, cell in enumerate(line, 1) if _is_used(cell)), default=0)


def _is_used(cell: Json) -> bool:
    return bool(cell.get("formattedValue") or cell.get("userEnteredValue") or cell.get("effectiveValue"))


def _put_back(
    shown: tuple[str, ...], marks: Marks, known: Mapping[str, str], title: str
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the headers with renamed ones as they were, and the problems that tell of them."""
    headers, problems = list(shown), []
    all_known = {fold(header) for header in known.values()}
    for name, header in known.items():
        mark = marks.get(f"{COLUMN}.{name}")
        if mark is None or columns_headed(header, shown):
            continue
        headers.extend([""] * (mark.index + 1 - len(headers)))
        now = headers[mark.index]
        if fold(now) in all_known:
            continue
        if mark.value != as_value(now):  # it is told once
            problems.append(_renamed(title, name, header, now))
        headers[mark.index] = header
    return tuple(headers), tuple(problems)


def _renamed(title: str, name: str, header: str, now: str) -> Problem:
    if not now:
        return Problem(title, Said("column lost", header=header), Said("column lost: do", header=header))
    what = Said("column renamed", header=header, now=now)
    if name in {*OWN_COLUMNS, *ORGANISER_COLUMNS}:
        return Problem(title, what, Said("own column renamed: do", header=header))
    return Problem(title, what, Said("column renamed: do", header=header, now=now))


def _zone(name: str, title: str) -> tuple[ZoneInfo | None, tuple[Problem, ...]]:
    try:
        return ZoneInfo(name), ()
    except (ValueError, OSError, KeyError):
        return None, (Problem(title, Said("unknown zone"), Said("unknown zone: do")),)


def _locked(protections: Iterable[Json]) -> Iterator[Json]:
    for one in protections:
        if not one.get("warningOnly") and not one.get("requestingUserCanEdit"):
            yield {"range": one.get("range", {}), "free": one.get("unprotectedRanges", ())}


def is_locked(grid: Grid, place: CellAt) -> bool:
    """Whether a protection keeps Convene from writing in a cell."""
    return any(
        _covers(one["range"], place) and not any(_covers(free, place) for free in one["free"])
        for one in grid.locked
    )


def _covers(area: Json, place: CellAt) -> bool:
    """Whether a cell is in an area (`GridRange`: counted from 0, open where an end is not named)."""
    row, column = (number - 1 for number in place)
    return bool(
        area.get("startRowIndex", 0) <= row < area.get("endRowIndex", row + 1)
        and area.get("startColumnIndex", 0) <= column < area.get("endColumnIndex", column + 1)
    )


def with_problems(grid: Grid, *more: Problem) -> Grid:
    """Return the grid with more to tell of."""
    return replace(grid, snapshot=replace(grid.snapshot, problems=(*grid.snapshot.problems, *more)))
