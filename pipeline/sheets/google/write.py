"""One write: what differs is worked out from a fresh reading, written, compared, and if need be done over."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any, TypeAlias

from pipeline.intake.columns import ColumnPositions, find_columns
from pipeline.model.errors import HeaderError
from pipeline.model.sheet import OWN_COLUMNS, Change, OwnCells, Snapshot, Stamp
from pipeline.sheets.base import Project
from pipeline.sheets.cells import plain
from pipeline.sheets.differences import CellAt, Written, find_differences
from pipeline.sheets.google import requests
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.failures import Passing, Refusal, protected, refuse_protected, restless
from pipeline.sheets.google.grid import Grid, is_locked
from pipeline.sheets.google.lease import Holding
from pipeline.sheets.google.metadata import Mark, Marks, column_mark, end_marks, hold_row, put
from pipeline.sheets.google.patience import Patience
from pipeline.sheets.google.repair import RowsBefore, form_columns
from pipeline.sheets.google.set_up import is_held_by_rows, row_marks

Json: TypeAlias = dict[str, Any]
Cells: TypeAlias = Mapping[CellAt, Written]

MOVED = (
    "rows were moved whenever Convene wrote, so that some may show what belongs in others until the next run puts "
    "them right"
)

_ROW_COSTS = 700
"""Bytes of the requests that hold one row."""


class Update:
    """A write under way. Once something was written that may be in wrong rows, it remembers how it was before.

    What happens meanwhile has a patience of its own each: trouble on Google's side; what people and the form do that
    keeps Google from writing at all (a response sent in, a row inserted); rows that were moved as they were written.
    """

    def __init__(
        self,
        api: Api,
        read: Callable[[], Grid],
        holding: Holding,
        patience: Callable[[], Patience],
        form: tuple[str, ...],
    ) -> None:
        self._api, self._read, self._holding, self._form = api, read, holding, form
        self._trouble, self._refused, self._moved = patience(), patience(), patience()
        self._memory: Callable[[], RowsBefore] | None = None
        self._unseen = False

    def write(self, project: Project, closing: Stamp | None) -> int:
        """Write until nothing differs; return how many rows changed."""
        changed = 0
        while True:
            grid = self._read()
            self._holding.raise_if_lost(grid)
            own = _own_columns(grid)
            snapshot = self._memory().restore(grid.snapshot, own) if self._memory else grid.snapshot
            cells = self._differences(grid, snapshot, own, project)
            changed = max(changed, len({row for row, _ in cells}))
            if not cells and self._holding.is_settled(grid, closing):
                break
            if cells and self._unseen:  # what was written is not there: rows were moved meanwhile
                self._unseen = False
                self._moved.wait(MOVED)
                continue
            refuse_locked(grid, cells)
            if self._has_written(grid, snapshot, cells, closing):
                break
        if closing:
            self._holding.end()
        return changed

    def _differences(self, grid: Grid, snapshot: Snapshot, own: Mapping[str, int], project: Project) -> Cells:
        """Return the cells to write; after a write that went astray, also those that it should not have touched."""
        changes = tuple(replace(change, after=fit(change.after)) for change in project(snapshot))
        if self._memory:
            named = {change.row for change in changes}
            others = (row for row in snapshot.rows if row.number not in named)
            texts = ((row, [row.cell(own[header]).text for header in OWN_COLUMNS]) for row in others)
            changes += tuple(Change(row.number, "", OwnCells(), OwnCells(*said)) for row, said in texts)
        return find_differences(grid.snapshot, own, changes)

    def _has_written(self, grid: Grid, snapshot: Snapshot, cells: Cells, closing: Stamp | None) -> bool:
        """Write, and say whether it is known for sure that all of it came to stand where it belongs."""
        own = _own_columns(grid)
        try:
            prepared = _preparations(grid, own, cells)
            if prepared:
                self._api.update({"requests": prepared}, "spreadsheetId")
                return False
            if cells:
                self._memory = partial(RowsBefore, snapshot, own, cells, self._form)
            if not grid.proof.exchanges:
                return self._write_by_columns(grid, own, cells, closing)
            if self._write_parts(grid, own, cells, closing):
                is_seen = grid.proof.answers and not self._are_alike(grid, cells)
                self._unseen = not is_seen
                return is_seen
            self._moved.wait(MOVED)
        except Passing as passing:
            self._trouble.wait(str(passing))
        except Refusal as refusal:
            refuse_protected(refusal)
            self._refused.wait(restless(refusal))
        return False

    def _are_alike(self, grid: Grid, cells: Cells) -> bool:
        """Whether rows are written in which nobody answered: an answer cannot tell one of them from another."""
        columns = form_columns(grid.snapshot, self._form)
        rows = {row.number: row for row in grid.snapshot.rows}
        return any(not any(rows[row].cell(at).text for at in columns) for row in {row for row, _ in cells})

    def _write_by_columns(
        self, grid: Grid, own: Mapping[str, int], cells: Cells, closing: Stamp | None
    ) -> bool:
        """Write cells by their columns' marks or, when all stand there, change the lease; the next reading shows."""
        for part in requests.parts(cells):
            self._api.write_values(requests.by_columns(part, grid, own))
        if not cells:
            self._api.update({"requests": self._holding.keep_with(grid, closing)[1]}, "spreadsheetId")
        self._unseen = bool(cells)
        return False

    def _write_parts(self, grid: Grid, own: Mapping[str, int], cells: Cells, closing: Stamp | None) -> bool:
        """Write all parts, the closing stamp with the last; return whether everything stands where it should."""
        by_rows = is_held_by_rows(grid)
        split = requests.parts(cells, _ROW_COSTS if by_rows else 0) or [{}]
        watched = (*own.values(), *form_columns(grid.snapshot, self._form))
        for number, part in enumerate(split, 1):
            ends = closing if number == len(split) else None
            marks, kept = self._holding.keep_with(grid, ends)
            guard_marks, guards = _guards(grid, own) if part else ({}, [])
            held = _held_rows(grid, part) if by_rows else []
            body = _body(
                [*guards, *held, *kept, *requests.requests(part, grid.sheet_id)], requests.ranges(part, grid)
            )
            answer = self._api.update(body, requests.ANSWER)
            if grid.proof.answers and not requests.is_as_meant(answer, grid, part, watched):
                return False
            grid = replace(grid, marks={**marks, **guard_marks})
        return True


def _preparations(grid: Grid, own: Mapping[str, int], cells: Cells) -> list[Json]:
    """Return the requests that mark what the write of these cells leans on; none where all is marked."""
    if grid.proof.exchanges:
        return row_marks(grid, sorted({row - 1 for row, _ in cells}))
    columns = _column_marks(grid, own)
    wrong = [mark for mark in columns if cells and grid.marks.get(mark.name) != mark]
    return [request for mark in wrong for request in put(grid.marks, mark, grid.sheet_id, exchanges=False)]


def _held_rows(grid: Grid, cells: Cells) -> list[Json]:
    """Return the requests that let a write fail if any of these rows is elsewhere by now."""
    rows = sorted({row - 1 for row, _ in cells} & grid.handles.keys())
    return [one for row in rows for one in hold_row(grid.sheet_id, row, grid.handles[row])]


def _body(requests: list[Json], ranges: list[str]) -> Json:
    back = {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True, "responseRanges": ranges}
    return {"requests": requests, **(back if ranges else {})}


def _guards(grid: Grid, own: Mapping[str, int]) -> tuple[Marks, list[Json]]:
    """Return the requests that let a write fail if any of Convene's columns, or any row, is elsewhere by now."""
    columns = _column_marks(grid, own)
    fresh = (*columns, *end_marks(grid.height, grid.width))
    requests = [request for mark in fresh for request in put(grid.marks, mark, grid.sheet_id, exchanges=True)]
    return {mark.name: mark for mark in fresh}, requests


def _column_marks(grid: Grid, own: Mapping[str, int]) -> list[Mark]:
    """Return the marks of Convene's columns as they should be: where they are; what they hold stays."""
    fresh = (column_mark(header, column) for header, column in own.items())
    return [replace(mark, value=grid.marks.get(mark.name, mark).value) for mark in fresh]


def find_positions(grid: Grid) -> ColumnPositions:
    """Find the organisers' and Convene's columns. Raises HeaderError."""
    return find_columns(grid.snapshot, grid.ours)


def _own_columns(grid: Grid) -> Mapping[str, int]:
    own = find_positions(grid).own
    if not own:
        raise HeaderError(grid.snapshot.title, OWN_COLUMNS, ())
    return own


def refuse_locked(grid: Grid, positions: Iterable[CellAt]) -> None:
    """Raise SheetError where a protection keeps Convene from cells that it is to write."""
    if any(is_locked(grid, place) for place in positions):
        raise protected()


def own_cells(grid: Grid) -> Iterator[CellAt]:
    """Yield Convene's cells in every row with a response, and in the next one. Raises HeaderError."""
    first = grid.snapshot.header_row + 1
    last = max((row.number for row in grid.snapshot.rows), default=first - 1)
    return product(range(first, last + 2), [column + 1 for column in find_positions(grid).own.values()])


def fit(cells: OwnCells) -> OwnCells:
    """Return texts that a cell can hold."""
    return OwnCells(*map(plain, cells.texts()))
