"""The interface of every kind of sheet: read one snapshot, find rows again, write only our own cells."""

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from pipeline.model import Change, Located, Snapshot

__all__ = ["Dressing", "Lease", "Locate", "Located", "Sheet", "Written"]

Locate = Callable[[Snapshot], tuple[Located, ...]]
"""Finds who stands in which row of a snapshot; given to a sheet when it is opened (see `intake.locate`)."""


@dataclass(frozen=True, slots=True)
class Dressing:
    """What a new sheet is set up with: the words of the `Decision` drop-down, and each status's colour."""

    decisions: tuple[str, ...]
    colours: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: how many rows changed, and the keys of changes whose row was not found again."""

    rows: int
    missing: tuple[str, ...] = ()


class Sheet(Protocol):
    """The organisers' sheet. Errors raised: `SheetError`, `SheetBusy`, `HeaderError`."""

    def read(self) -> Snapshot:
        """Read the responses tab once, whole."""
        ...

    def lease(self) -> "Lease":
        """Take the sheet for one run by a write that changes nothing: proves that it can be written."""
        ...

    def write(self, changes: tuple[Change, ...]) -> Written:
        """Read again, find each change's row by key and reference, write what differs, verify.

        A row counts as found when its key is the change's and its reference is the change's, before or
        after. Only columns of `OWN_COLUMNS` are written, as text; nothing is written when nothing differs.
        """
        ...

    def set_up(self) -> bool:
        """Add Convene's and the organisers' columns to the right, once; return whether it did anything."""
        ...


class Lease(Protocol):
    """The sheet, taken: a context manager that gives it back."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
