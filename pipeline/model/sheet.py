"""The sheet as read, and what Convene writes in it: cells, rows, a snapshot, and the change of a row."""

from datetime import datetime
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from pipeline.model.controls import NO_CONTROLS, Controls
from pipeline.model.frozen import dataclass
from pipeline.model.problem import Problem

REASON, WAITING_LIST = "Reason", "Waiting list"
OWN_COLUMNS = ("Reference", "Category", "Status", REASON, WAITING_LIST, "Last message", "Updated")
"""Convene's columns: it writes these and no other cell, ever."""

ORGANISER_COLUMNS = ("Decision", "Organiser note")
"""The organisers' columns: made once by Convene, written only by people."""

DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - the wall clock of the sheet
"""Day 0 of spreadsheet serial dates (developers.google.com/workspace/sheets/api/guides/formats)."""

CellValue: TypeAlias = str | float | bool | datetime | None


class Cell(NamedTuple):
    """One cell: `text` as a person sees it, `value` typed; `fault` names a spreadsheet error (`#REF!`).

    A tuple: there are millions of them, made and compared.
    """

    text: str = ""
    value: CellValue = None
    fault: str = ""


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet; `number` is for people only (1 = the header) and never identifies anybody."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """Return the cell in column `index`; rows may be shorter than the header."""
        return self.cells[index] if index < len(self.cells) else BLANK


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which ledger wrote to the sheet last, and in which of its runs; hidden in the sheet (see `staleness`).

    `sending` as long as that run sends: what it sent is shown in the rows only when it has ended.
    """

    ledger: str
    run: int
    sending: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The responses tab as read once. `title` names it in messages; blank rows may be left out.

    `stamp` is None where no run has left one, or where it cannot be read any more. `zone` is the time zone of
    the times in it (None: the call's), `day_zero` the day of the serial number 0. `header_row` has the headers;
    `problems` are what a person should put right in the sheet itself; `controls` are set in the tab `Convene`.
    `replies` is the tab of the call's reply form, read with it (None: there is no form, or no such tab).
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    stamp: Stamp | None = None
    zone: ZoneInfo | None = None
    problems: tuple[Problem, ...] = ()
    day_zero: datetime = DAY_ZERO
    header_row: int = 1
    controls: Controls = NO_CONTROLS
    replies: "Snapshot | None" = None


@dataclass(frozen=True, slots=True)
class OwnCells:
    """The texts of Convene's columns in one row, in the order of `OWN_COLUMNS`."""

    reference: str = ""
    category: str = ""
    status: str = ""
    reason: str = ""
    waiting_list: str = ""
    last_message: str = ""
    updated: str = ""

    def texts(self) -> tuple[str, ...]:
        """Return the texts in the order of `OWN_COLUMNS`."""
        return (
            self.reference,
            self.category,
            self.status,
            self.reason,
            self.waiting_list,
            self.last_message,
            self.updated,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What a row's own cells become; found again by `key` and the reference in it, never by `row`.

    `meant` says the same as `after` in English, for commands (None: it is English).
    """

    row: int
    key: str
    before: OwnCells
    after: OwnCells
    meant: OwnCells | None = None

    @property
    def english(self) -> OwnCells:
        """What the cells become, in English."""
        return self.meant or self.after
