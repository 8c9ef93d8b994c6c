"""Which of Convene's cells differ from what they should be."""

from collections.abc import Mapping
from typing import TypeAlias

from pipeline.model.sheet import OWN_COLUMNS, Change, Snapshot

CellAt: TypeAlias = tuple[int, int]
"""Row and column of a cell, both counted from 1."""


def find_differences(
    snapshot: Snapshot, own: Mapping[str, int], changes: tuple[Change, ...]
) -> Mapping[CellAt, str]:
    """Return the texts of the own cells that are not yet what is wanted; `own` maps headers to columns."""
    rows = {row.number: row for row in snapshot.rows}
    return {
        (change.row, own[header] + 1): text
        for change in changes
        for header, text in zip(OWN_COLUMNS, change.after.texts(), strict=True)
        if rows[change.row].cell(own[header]).text != text
    }
