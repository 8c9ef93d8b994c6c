"""Marks in a spreadsheet: developer metadata, which people do not see, with numbers that are given once.

Google refuses a whole update that gives a number twice. So taking a mark away *where it is known to be, as it is
known to be* and giving its number anew, in one update with what is written, is a guard: if the mark has moved
or changed since it was read, it is not taken away, the number is given twice, and nothing is written at all.
Columns' marks move with their columns; the last row's and the last column's tell of all that comes and goes
before them. See developers.google.com/workspace/sheets/api/guides/metadata.
"""

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from pipeline.model.sheet import Stamp
from pipeline.sheets.stamp_text import read_text, write_text

Json: TypeAlias = dict[str, Any]

STAMP, LEASE, TAB, COLUMN, END = "stamp", "lease", "tab", "column", "end"
_PREFIX = "convene."


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


def put(marks: Marks, fresh: Mark, sheet_id: int) -> list[Json]:
    """Return the requests that set a mark, on condition that the old one is still as it was read."""
    return [*take(marks, fresh.name, sheet_id), _create(fresh, sheet_id)]


def take(marks: Marks, name: str, sheet_id: int) -> list[Json]:
    """Return the request that takes a mark away if it is still as it was read; none where there is none."""
    old = marks.get(name)
    if old is None:
        return []
    lookup = {
        "metadataId": _number(sheet_id, name),
        "metadataKey": _PREFIX + name,
        "metadataValue": old.value,
        "metadataLocation": _location(old, sheet_id),
        "locationMatchingStrategy": "EXACT_LOCATION",
    }
    return [{"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}]


def _create(mark: Mark, sheet_id: int) -> Json:
    entry = {
        "metadataId": _number(sheet_id, mark.name),
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


def _number(sheet_id: int, name: str) -> int:
    """Return the number of a mark: the same on every machine, another one in every tab."""
    return zlib.crc32(f"{_PREFIX}{name} {sheet_id}".encode()) & 0x7FFF_FFFF or 1


def column_mark(header: str, index: int) -> Mark:
    """Return the mark that keeps a column known when somebody renames its header."""
    return Mark(f"{COLUMN}.{header}", header, "COLUMNS", index)


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
