"""Finds columns by their header, anywhere and in any order; case and spacing are free."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pipeline.model.call import Columns
from pipeline.model.errors import HeaderError
from pipeline.model.sheet import BLANK, ORGANISER_COLUMNS, OWN_COLUMNS, OwnCells, Row, Snapshot
from pipeline.model.text import fold


@dataclass(frozen=True, slots=True)
class ColumnPositions:
    """Where in a row what stands: `answers` maps an answer's key to its column, the others a header."""

    answers: Mapping[str, int]
    own: Mapping[str, int]
    organisers: Mapping[str, int]

    def own_cells(self, row: Row) -> OwnCells:
        """Return the texts of Convene's columns in `row`; blank where the columns are not there yet."""
        return OwnCells(*(row.cell(self.own[header]).text if self.own else "" for header in OWN_COLUMNS))

    def said(self, row: Row, header: str) -> str:
        """Return what organisers typed in one of their columns; a cell that shows an error says that."""
        cell = row.cell(self.organisers[header]) if self.organisers else BLANK
        return cell.fault or cell.text


def find_columns(snapshot: Snapshot, columns: Columns) -> ColumnPositions:
    """Find every column that the call names, and Convene's and the organisers' if they were made.

    Raises HeaderError for a column that is missing or there twice. Convene's columns may all be missing
    (a new sheet), but not some of them: one was renamed or deleted, and writing on would be a guess.
    """
    missing, duplicated = _faults(snapshot, tuple(columns.headers.values()))
    at = {fold(header): index for index, header in enumerate(snapshot.headers)}
    ours = [group for group in (OWN_COLUMNS, ORGANISER_COLUMNS) if any(fold(name) in at for name in group)]
    for group in ours:
        more_missing, more_duplicated = _faults(snapshot, group)
        missing, duplicated = missing + more_missing, duplicated + more_duplicated
    if missing or duplicated:
        raise HeaderError(snapshot.title, missing, duplicated, _hint(missing, snapshot.headers))
    answers = {key: at[fold(header)] for key, header in columns.headers.items()}
    own, organisers = (
        {name: at[fold(name)] for name in group} if group in ours else {}
        for group in (OWN_COLUMNS, ORGANISER_COLUMNS)
    )
    return ColumnPositions(answers, own, organisers)


def _faults(snapshot: Snapshot, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    there = [fold(header) for header in snapshot.headers]
    missing = tuple(header for header in wanted if fold(header) not in there)
    duplicated = tuple(header for header in wanted if there.count(fold(header)) > 1)
    return missing, duplicated


def _hint(missing: tuple[str, ...], headers: tuple[str, ...]) -> str:
    if set(missing) & {*OWN_COLUMNS, *ORGANISER_COLUMNS}:
        return "Put the header back, or type it into a free cell of row 1: Convene fills its columns again."
    near = [(name, close) for name in missing for close in get_close_matches(name, headers, n=1, cutoff=0.75)]
    if not near:
        return ""
    said = "; ".join(f"“{close}” may be the column “{name}”, renamed" for name, close in near)
    return f"{said}. Put the header back (or correct it in config/call.yaml) and run again."
