"""Marks in a spreadsheet: developer metadata, which people do not see, with numbers that are given once.

Google refuses a whole update that gives a number twice. So taking a mark away *where it is known to be, as it is
known to be* and giving its number anew, in one update with what is written, is a guard: if the mark has moved
or changed since it was read, it is not taken away, the number is given twice, and nothing is written at all.
Columns' marks move with their columns; the last row's and the last column's tell of all that comes and goes
before them. See developers.google.com/workspace/sheets/api/guides/metadata.

Where Google does not work so (see `trial`), a mark is changed by an update that finds it only as it was read.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from pipeline.model.frozen import dataclass
from pipeline.model.sheet import Stamp
from pipeline.model.text import one_line
from pipeline.sheets.stamp_text import read_text, write_text

Json: TypeAlias = dict[str, Any]

STAMP, LEASE, TAB, TITLE, COLUMN, END, PROOF = "stamp", "lease", "tab", "title", "column", "end", "proof"
OWN = "own"
"""The mark of the tab `Convene`."""

LANGUAGE = "language"
"""The mark that says in which language the words of drop-down and colours are, where that is not English."""

_PREFIX = "convene."

LONGEST_VALUE = 60
"""Characters that are kept of a header or a tab's title."""

HANDLE = "cnv"
"""The key of marks that say nothing but that a row is the same as before; short, since there is one a row."""

MOST_HANDLES = 5_000
"""So many rows are marked at most: a tab holds 30,000 characters of metadata (guides/metadata)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: on the tab (`axis` empty), or on the row or column at `index`, counted from 0."""

    name: str
    value: str
    axis: str = ""
    index: int = 0


Marks: TypeAlias = Mapping[str, Mark]


def read_marks(found: Iterable[Json], axis: str = "", index: int = 0) -> Iterable[Mark]:
    """Pick Convene's marks out of metadata that hangs on one place."""
    for entry in found:
        key = str(entry.get("metadataKey", ""))
        if key.startswith(_PREFIX):
            yield Mark(key.removeprefix(_PREFIX), str(entry.get("metadataValue", "")), axis, index)


def read_handles(found: Iterable[Json]) -> list[int]:
    """Return the numbers of the handles that hang on one row."""
    return [int(entry["metadataId"]) for entry in found if entry.get("metadataKey") == HANDLE]


def put(marks: Marks, fresh: Mark, sheet_id: int, *, exchanges: bool) -> list[Json]:
    """Return the requests that set a mark, on condition that the old one is still as it was read.

    Where a number cannot be exchanged in one update, a mark that is elsewhere is only taken away: whoever asks reads
    again, and asks again.
    """
    old = marks.get(fresh.name)
    if old is None:
        return [_create(fresh, sheet_id)]
    if exchanges:
        return [*take(marks, fresh.name, sheet_id), _create(fresh, sheet_id)]
    if (old.axis, old.index) != (fresh.axis, fresh.index):
        return take(marks, fresh.name, sheet_id)
    found = {"developerMetadataLookup": _as_read(old, sheet_id)}
    changed = {
        "dataFilters": [found],
        "developerMetadata": {"metadataValue": fresh.value},
        "fields": "metadataValue",
    }
    return [{"updateDeveloperMetadata": changed}]


def take(marks: Marks, name: str, sheet_id: int) -> list[Json]:
    """Return the request that takes a mark away if it is still as it was read; none where there is none."""
    old = marks.get(name)
    if old is None:
        return []
    return [{"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": _as_read(old, sheet_id)}}}]


def _as_read(old: Mark, sheet_id: int) -> Json:
    """Return what finds a mark only as it was read."""
    return {
        "metadataId": number_of(sheet_id, old.name),
        "metadataKey": _PREFIX + old.name,
        "metadataValue": old.value,
        **_exactly_at(_location(old, sheet_id)),
    }


def _exactly_at(location: Json) -> Json:
    return {"metadataLocation": location, "locationMatchingStrategy": "EXACT_LOCATION"}


def hold_row(sheet_id: int, index: int, number: int) -> list[Json]:
    """Return the requests that fail if a row with this handle is not at `index` (from 0)."""
    location = _location(Mark(HANDLE, "", "ROWS", index), sheet_id)
    lookup = {"metadataId": number, **_exactly_at(location)}
    entry = {"metadataId": number, "metadataKey": HANDLE, "location": location, "visibility": "DOCUMENT"}
    return [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}},
        {"createDeveloperMetadata": {"developerMetadata": entry}},
    ]


def mark_row(sheet_id: int, index: int) -> Json:
    """Return the request that gives a row a handle, whose number Google chooses."""
    location = _location(Mark(HANDLE, "", "ROWS", index), sheet_id)
    entry = {"metadataKey": HANDLE, "location": location, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


def _create(mark: Mark, sheet_id: int) -> Json:
    entry = {
        "metadataId": number_of(sheet_id, mark.name),
        "metadataKey": _PREFIX + mark.name,
        "metadataValue": mark.value,
        "location": _location(mark, sheet_id),
        "visibility": "DOCUMENT",  # also for another machine with a key of another project
    }
    return {"createDeveloperMetadata": {"developerMetadata": entry}}


def _location(mark: Mark, sheet_id: int) -> Json:
    if not mark.axis:
        return {"sheetId": sheet_id}
    place = {"dimension": mark.axis, "startIndex": mark.index, "endIndex": mark.index + 1}
    return {"dimensionRange": {"sheetId": sheet_id, **place}}


def number_of(sheet_id: int, name: str) -> int:
    """Return the number of a mark: the same on every machine, another one in every tab."""
    return zlib.crc32(f"{_PREFIX}{name} {sheet_id}".encode()) & 0x7FFF_FFFF or 1


def column_mark(header: str, index: int, shown: str = "") -> Mark:
    """Return the mark that keeps a column known when somebody renames its header; it holds what was told last."""
    return Mark(column_name(header), as_value(shown or header), "COLUMNS", index)


def as_value(text: str) -> str:
    """Return what a mark keeps of a text that people type."""
    return one_line(text)[:LONGEST_VALUE]


def column_name(header: str) -> str:
    """Return the name of a column's mark."""
    return f"{COLUMN}.{header}"


def end_marks(rows: int, columns: int) -> tuple[Mark, Mark]:
    """Return the marks of the tab's last row and last column."""
    return Mark(f"{END}.rows", END, "ROWS", rows - 1), Mark(f"{END}.columns", END, "COLUMNS", columns - 1)


# --- stamp and lease ---------------------------------------------------------------------------------------


def stamp_in(marks: Marks) -> Stamp | None:
    """Return the stamp that the last run left; None where there is none that can be read."""
    return read_text(marks[STAMP].value) if STAMP in marks else None


def stamp_mark(stamp: Stamp) -> Mark:
    """Return a stamp as a mark."""
    return Mark(STAMP, write_text(stamp))


@dataclass(frozen=True, slots=True)
class LeaseMark:
    """A lease: whose it is (a word that no other run has), and until when it holds."""

    holder: str
    until: datetime


def lease_in(marks: Marks) -> LeaseMark | None:
    """Return the lease in the sheet; None where there is none that can be read."""
    found = re.fullmatch(r"(\S+) (\S+)", marks[LEASE].value) if LEASE in marks else None
    try:
        return LeaseMark(found[1], datetime.fromisoformat(found[2]).astimezone(UTC)) if found else None
    except ValueError:
        return None


def lease_mark(held: LeaseMark) -> Mark:
    """Return a lease as a mark."""
    return Mark(LEASE, f"{held.holder} {held.until.isoformat(timespec='seconds')}")
