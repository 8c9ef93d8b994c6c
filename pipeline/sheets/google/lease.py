"""The lease of a spreadsheet: one run at a time, also from several machines; beside it the stamp.

Both are marks that can only be changed as they were read (see `metadata`). A lease that its run could not give
back ends by itself after a while.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, timedelta
from types import TracebackType
from typing import Any, Self, TypeAlias

from pipeline.model.errors import ConveneError, SheetBusy
from pipeline.model.sheet import Stamp
from pipeline.sheets.google.failures import Passing, Refusal
from pipeline.sheets.google.grid import Grid
from pipeline.sheets.google.metadata import (
    LEASE,
    STAMP,
    LeaseMark,
    Mark,
    Marks,
    lease_in,
    lease_mark,
    put,
    stamp_in,
    stamp_mark,
    take,
)
from pipeline.sheets.google.patience import Timing
from pipeline.sheets.other_runs import KnownStamps, lost

Json: TypeAlias = dict[str, Any]


class Holding:
    """Whether this run has the spreadsheet, and what must be written to take, keep and give it back."""

    def __init__(self, length: timedelta, timing: Timing) -> None:
        self._length, self._timing = length, timing
        self._holder = ""
        self._last: Mark | None = None
        self._known = KnownStamps()

    @property
    def is_held(self) -> bool:
        """Whether this run has taken the spreadsheet and not given it back."""
        return bool(self._holder)

    def begin(self) -> None:
        """Choose a word by which this run's lease is known from every other."""
        self._holder = secrets.token_hex(8)

    def end(self) -> None:
        """Know that the lease was given back."""
        self._holder, self._last = "", None

    def is_ours(self, marks: Marks) -> bool:
        """Whether the lease in the sheet is this run's."""
        held = lease_in(marks)
        return held is not None and held.holder == self._holder

    def see(self, grid: Grid) -> None:
        """Go by the stamp that was read; raise LeaseLost if this run has the spreadsheet no more."""
        if self.is_held:
            self.raise_if_lost(grid)
        else:
            self._known.see(grid.snapshot)

    def has_taken(self, grid: Grid, stamp: Stamp | None) -> bool:
        """Whether this run has the spreadsheet, and its stamp is there."""
        return self.is_ours(grid.marks) and (stamp is None or stamp_in(grid.marks) == stamp)

    def clear_with(self, grid: Grid) -> list[Json]:
        """Return the request that takes away a lease that has run out, where it cannot be exchanged for ours."""
        is_exchanged = grid.proof.exchanges or self.is_ours(grid.marks)
        return [] if is_exchanged else take(grid.marks, LEASE, grid.sheet_id)

    def take_with(self, grid: Grid, stamp: Stamp | None) -> tuple[Marks, list[Json]]:
        """Return the marks as they will be, and the requests for that: the lease taken, the stamp left."""
        marks, requests = self._hold(grid)
        if stamp is None:
            return marks, requests
        self._known.leave(stamp)
        return {**marks, STAMP: stamp_mark(stamp)}, [*requests, *self._stamp(grid, stamp)]

    def keep_with(self, grid: Grid, closing: Stamp | None) -> tuple[Marks, list[Json]]:
        """Return the same for a write: the lease lasts on, or with a closing stamp ends."""
        if not closing:
            return self._hold(grid) if self.is_held else (grid.marks, [])
        self._known.leave(closing)  # also if no answer comes: it may have been written
        ended = take(grid.marks, LEASE, grid.sheet_id) if self.is_ours(grid.marks) else []
        others = {name: mark for name, mark in grid.marks.items() if name != LEASE or not ended}
        # Anew even where it is the same: once the lease has ended, rows are not put right over another run.
        stamped = _put(grid, stamp_mark(closing))
        return {**others, STAMP: stamp_mark(closing)}, [*ended, *stamped]

    def is_settled(self, grid: Grid, closing: Stamp | None) -> bool:
        """Whether nothing has to be written for the sake of the lease or the stamp."""
        if closing:
            return stamp_in(grid.marks) == closing and not self.is_ours(grid.marks)
        held = lease_in(grid.marks)
        return not self.is_held or (held is not None and held.until - self._timing.now() > self._length / 2)

    def release(self, sheet_id: int) -> list[Json]:
        """Return the request that gives the lease back, as it was last known; none where this run has none."""
        return take({LEASE: self._last}, LEASE, sheet_id) if self._holder and self._last else []

    def raise_if_others_were_here(self, grid: Grid) -> None:
        """Raise SheetBusy while another run holds the spreadsheet, or if one left a stamp since it was read."""
        self.raise_if_taken(grid)
        self._known.raise_if_another(grid.snapshot, held=False)

    def raise_if_taken(self, grid: Grid) -> None:
        """Raise SheetBusy while another run holds the spreadsheet."""
        held = lease_in(grid.marks)
        if held and held.holder != self._holder and held.until > self._timing.now():
            until = held.until.astimezone(grid.snapshot.zone or UTC)
            raise SheetBusy(
                f"{grid.snapshot.title}: another run of Convene holds it until {until:%H:%M} ({until.tzname()}), on "
                "another machine or one that was cut off. Run again after that."
            )

    def raise_if_lost(self, grid: Grid) -> None:
        """Raise LeaseLost if another run has or had what this one took, SheetBusy if this one took nothing."""
        held = lease_in(grid.marks)
        if self._holder and held and held.holder != self._holder:
            raise lost(grid.snapshot.title)
        self.raise_if_taken(grid)
        self._known.raise_if_another(grid.snapshot, held=self.is_held)
        self._last = grid.marks.get(LEASE, self._last) if held else self._last

    def _hold(self, grid: Grid) -> tuple[Marks, list[Json]]:
        fresh = self._last = lease_mark(LeaseMark(self._holder, self._timing.now() + self._length))
        return {**grid.marks, LEASE: fresh}, _put(grid, fresh)

    def _stamp(self, grid: Grid, stamp: Stamp) -> list[Json]:
        same = stamp_in(grid.marks) == stamp
        return [] if same else _put(grid, stamp_mark(stamp))


def _put(grid: Grid, mark: Mark) -> list[Json]:
    return put(grid.marks, mark, grid.sheet_id, exchanges=grid.proof.exchanges)


class GoogleLease:
    """The spreadsheet, taken: gives it back at the end, unless the last write did so or the program is killed."""

    def __init__(self, release: Callable[[], None]) -> None:
        self._release = release

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None or isinstance(error, Exception):
            with suppress(ConveneError, Passing, Refusal):  # it ends by itself
                self._release()


def with_marks(grid: Grid, marks: Marks) -> Grid:
    """Return the grid with other marks, and the stamp that is in them."""
    return replace(grid, marks=marks, snapshot=replace(grid.snapshot, stamp=stamp_in(marks)))
