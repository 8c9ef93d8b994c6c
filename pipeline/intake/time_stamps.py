"""When a response was submitted: a time stamp as a form, an export or a person writes it.

Day and month are never guessed: `05/07/2023` needs a format. What a stamp says of its own zone counts for more than
the clock of the sheet.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.model.calendar_names import bare, halves, months
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.sheet import DAY_ZERO, Cell, Snapshot
from pipeline.model.text import one_line

LONGEST_STAMP = 100
"""Characters; a longer text is no time."""

YEARS = range(1900, 2200)
"""In another year nobody can have answered: at the ends of the calendar no other clock has a time for it."""

AHEAD = timedelta(hours=1)
"""So far may clocks be apart."""

_LAST = datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001 - the wall clock of the sheet
"""No second comes after it, in any calendar."""

_SERIALS = range(34_700, 73_051)
"""Serial numbers of the years 2000 to 2099, in either date system of workbooks."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")
_OFFSET = re.compile(r"(?:GMT|UTC|UT)? *([+\u2212-])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_SAYS_ZONE = re.compile(
    r"(?P<rest>.*?) *\(?(?P<zone>Z|(?:GMT|UTC|UT)? *[+\u2212-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}|[A-Z]\w+/[\w/+-]+)\)?"
    r"(?: \([^()]*\))?"
)
_HOURS = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "WEST"), 1),
    **dict.fromkeys(("CEST", "EET"), 2),
    **dict.fromkeys(("EEST", "MSK"), 3),
    "EDT": -4,
    "EST": -5,
    "CDT": -5,
    "CST": -6,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
}
"""Zones by their letters: those of Europe, and those of RFC 5322, 4.3."""

_LONGEST_OFFSET = timedelta(hours=14)
_ZONE_IN_FORMAT = re.compile(r" *(?:GMT|UTC)? *%[zZ]")
_WITH_NAMES = re.compile("%[aAbBhp]")
_DIRECTIVES = {
    **dict.fromkeys("dmHIMSy", r"(?P<{}>\d{{1,2}})"),
    "Y": r"(?P<{}>\d{{4}})",
    "f": r"(?P<{}>\d{{1,6}})",
    "%": "%",
    **dict.fromkeys("Bp", r"(?P<{}>[^\d]+?)"),
    "A": r"[^\d]+?",
}
_SAME = {"b": "B", "h": "B", "a": "A"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How the stamps of a sheet are written: on which clock, in patterns of `strptime`, in which language.

    An empty language stands for any; `day_zero` is where the serial numbers of the sheet begin.
    """

    zone: ZoneInfo
    formats: tuple[str, ...] = ()
    language: str = ""
    day_zero: datetime = DAY_ZERO


def manner_of(call: Call, snapshot: Snapshot) -> Manner:
    """Return how the stamps of a call's sheet are written."""
    columns = call.columns
    zone = columns.timestamp_zone or snapshot.zone or call.zone
    return Manner(zone, columns.timestamp_formats, columns.timestamp_language, snapshot.day_zero)


def read_moment(cell: Cell, manner: Manner) -> datetime | None:
    """Read a stamp to the second: aware where it says its zone, else on the wall clock; None where it cannot be read.

    Takes a date cell, a serial number whose date format was lost, ISO 8601 text, and text in one of the formats.
    """
    if isinstance(cell.value, datetime):
        return _to_second(cell.value.replace(tzinfo=None))
    if isinstance(cell.value, float) and int(cell.value) in _SERIALS:
        return _to_second(manner.day_zero + timedelta(days=cell.value))
    return read_text(one_line(cell.text), manner)


def _to_second(moment: datetime) -> datetime:
    return (min(moment, _LAST) + timedelta(microseconds=500_000)).replace(microsecond=0)


def read_text(text: str, manner: Manner) -> datetime | None:
    """Read a stamp that is a text: the first of all ways in which it makes sense."""
    if len(text) > LONGEST_STAMP:
        return None
    ways = (*_with_zone(text, manner), _read_iso(text), *(_read(text, way, manner) for way in manner.formats))
    return next((moment for moment in ways if moment), None)


def idle_formats(cells: Iterable[Cell], manner: Manner) -> tuple[str, ...]:
    """Return the formats in which no stamp can be read, where there is a stamp that cannot be read at all."""
    texts = [text for cell in cells if isinstance(cell.value, str) and (text := one_line(cell.text))]
    if all(read_text(text, manner) for text in texts):
        return ()
    alone = {way: replace(manner, formats=(way,)) for way in manner.formats}
    return tuple(way for way in manner.formats if not any(read_text(text, alone[way]) for text in texts))


def _with_zone(text: str, manner: Manner) -> Iterator[datetime | None]:
    found = _SAYS_ZONE.fullmatch(text)
    zone = _zone(found["zone"]) if found else None
    if found is None or zone is None:
        return
    ways = (_ZONE_IN_FORMAT.sub("", way) for way in manner.formats)
    for moment in (_read_iso(found["rest"]), *(_read(found["rest"], way, manner) for way in ways)):
        yield moment and moment.replace(tzinfo=zone)


def _zone(name: str) -> tzinfo | None:
    """Return the zone that a stamp names; None for letters that may stand for several, or for none."""
    if found := _OFFSET.fullmatch(name):
        length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        ahead = length if found[1] == "+" else -length
        return timezone(ahead) if length <= _LONGEST_OFFSET else None
    if name.upper() in _HOURS:
        return timezone(timedelta(hours=_HOURS[name.upper()]))
    try:
        return ZoneInfo(name) if "/" in name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _read_iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    return _made(*(int(part or 0) for part in found.groups())) if found else None


def _read(text: str, pattern: str, manner: Manner) -> datetime | None:
    """Read a text by a pattern: as the library does, and with the names of other languages."""
    try:
        return datetime.strptime(text, pattern).replace(microsecond=0)  # noqa: DTZ007 - the wall clock of the sheet
    except ValueError:
        return _read_named(text, pattern, manner.language) if _WITH_NAMES.search(pattern) else None


def _read_named(text: str, pattern: str, language: str) -> datetime | None:
    """Read a text whose pattern has a name in it: of a month, of a day of the week, of a half of the day."""
    found = _compiled(pattern).fullmatch(text)
    if not found:
        return None
    parts = found.groupdict()
    number = {name: int(parts[name]) for name in parts.keys() & set("dmYyHIMS")}
    month = months(language).get(bare(parts["B"])) if "B" in parts else number.get("m")
    half = halves(language).get(bare(parts["p"])) if "p" in parts else 0
    year = number.get("Y", _century(number["y"]) if "y" in number else None)
    if month is None or half is None or year is None:
        return None
    hour = number["I"] % 12 + half if "I" in number else number.get("H", 0)
    return _made(year, month, number.get("d", 1), hour, number.get("M", 0), number.get("S", 0))


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of `strptime` as one that takes any word for a name, with a dot behind it or without."""
    parts = re.split(r"(%.)", pattern)
    made, seen = [], set()
    for part in parts:
        sign = _SAME.get(part[1:], part[1:]) if part.startswith("%") else ""
        if sign in _DIRECTIVES and sign not in seen:
            made.append(_DIRECTIVES[sign].format(sign))
            seen.add(sign)
        else:
            made.append(r"\s+".join(map(re.escape, re.split(r"\s+", part))))
    return re.compile("".join(made), re.IGNORECASE)


def _century(year: int) -> int:
    """Return a year of two figures as POSIX has it: 69 to 99 are of the last century."""
    return year + (1900 if year >= 69 else 2000)


def _made(*parts: int) -> datetime | None:
    try:
        return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - the wall clock of the sheet
    except ValueError:
        return None
