"""Which of Convene's cells differ from what they should be."""

from collections.abc import Mapping
from typing import TypeAlias

from pipeline.model.sheet import OWN_COLUMNS, WAITING_LIST, Cell, Change, Snapshot

CellAt: TypeAlias = tuple[int, int]
"""Row and column of a cell, both counted from 1."""


Written: TypeAlias = str | int
"""What Convene writes in a cell: a text, or a number where people sort by it."""


def find_differences(
    snapshot: Snapshot, own: Mapping[str, int], changes: tuple[Change, ...], *, numbers: bool = True
) -> Mapping[CellAt, Written]:
    """Return what the own cells are to hold that do not hold it yet; `own` maps headers to columns.

    A place on the waiting list is a number, unless a sheet cannot show one plainly (`numbers`): texts sort 1, 10, 2.
    """
    rows = {row.number: row for row in snapshot.rows}
    return {
        (change.row, own[header] + 1): wanted
        for change in changes
        for header, text in zip(OWN_COLUMNS, change.after.texts(), strict=True)
        for wanted in [int(text) if numbers and header == WAITING_LIST and text.isdecimal() else text]
        if _differs(rows[change.row].cell(own[header]), wanted)
    }


def _differs(cell: Cell, wanted: Written) -> bool:
    return cell.text != str(wanted) or (isinstance(wanted, int) and not isinstance(cell.value, float))
