"""Finds again the rows that changes are for, and which of Convene's cells differ in them."""

from collections.abc import Mapping
from typing import TypeAlias

from pipeline.model import OWN_COLUMNS, Change, Located, OwnCells, Snapshot

Place: TypeAlias = tuple[int, int]
"""Row and column of a cell, both counted from 1."""


def find_rows(
    changes: tuple[Change, ...], located: tuple[Located, ...]
) -> tuple[Mapping[int, OwnCells], tuple[str, ...]]:
    """Return what each found row's own cells become, and the keys of changes that no row is left for.

    A row is a change's when its key is, and its reference is the change's, before or after.
    """
    by_key: dict[str, list[Located]] = {}
    for row in located:
        by_key.setdefault(row.key, []).append(row)
    rows: dict[int, OwnCells] = {}
    missing = []
    for change in changes:
        references = (change.before.reference, change.after.reference)
        found = [row.row for row in by_key.get(change.key, ()) if row.reference in references]
        rows |= dict.fromkeys(found, change.after)
        missing += [] if found else [change.key]
    return rows, tuple(missing)


def find_differences(
    snapshot: Snapshot, own: Mapping[str, int], wanted: Mapping[int, OwnCells]
) -> Mapping[Place, str]:
    """Return the texts of the own cells that are not yet what is wanted; `own` maps headers to columns."""
    rows = {row.number: row for row in snapshot.rows}
    return {
        (number, own[header] + 1): text
        for number, cells in wanted.items()
        for header, text in zip(OWN_COLUMNS, cells.texts(), strict=True)
        if rows[number].cell(own[header]).text != text
    }
