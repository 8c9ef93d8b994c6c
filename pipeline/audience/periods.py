"""Dates of which people wrote a part: the days that they may be."""

import calendar
import re
from collections.abc import Iterable
from datetime import date

from pipeline.audience.numbers import read_date
from pipeline.model.calendar_names import bare, months
from pipeline.model.frozen import dataclass
from pipeline.model.text import one_line

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<m>\d{1,2})[-/.](?P<y>\d{4})")
_NAMED_MONTH = re.compile(r"(?:(?P<y>\d{4})\W+)?(?P<name>[^\W\d_]+)\W*(?P<year>\d{4})?")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a date may be: one, a month, a year."""

    first: date
    last: date


def read_period(text: str, formats: Iterable[str] = ()) -> Period | None:
    """Read a date, or a part of one as the days it may be: `2023`, `2023-09`, `09/2023`, `Sept 2023`."""
    if day := read_date(text, formats):
        return Period(day, day)
    line = one_line(text).strip(" .")
    if _YEAR.fullmatch(line):
        return _days(int(line), 1, 12)
    if found := _MONTH.fullmatch(line):
        month = int(found["month"] or found["m"])
        return _days(int(found["year"] or found["y"]), month, month)
    if (found := _NAMED_MONTH.fullmatch(line)) and bool(found["y"]) != bool(found["year"]):
        month = _month(found["name"])
        return _days(int(found["y"] or found["year"]), month, month)
    return None


def _month(name: str) -> int:
    """Return the number of a month by its name in any language, or by the beginning of one in English; 0 for none."""
    word = bare(name)
    english = [number for number in range(1, 13) if calendar.month_name[number].casefold().startswith(word)]
    return months("").get(word) or (english[0] if len(english) == 1 and len(word) > 2 else 0)


def _days(year: int, first: int, last: int) -> Period | None:
    if not (year and 1 <= first <= last <= 12):
        return None
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
