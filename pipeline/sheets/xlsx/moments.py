"""Dates and times as workbooks store them: numbers of days under a date format, or ISO 8601 in newer files.

Sources: ECMA-376 part 1, 18.8.30 (number formats that every program knows by number), 18.8.31 (their signs), 18.17.4
(serial numbers, both first days; 1900 is counted as a leap year).
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from pipeline.sheets.cells import Moment

BUILT_IN = {
    "0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00",
    "5": '"$"#,##0_);("$"#,##0)', "6": '"$"#,##0_);[Red]("$"#,##0)',
    "7": '"$"#,##0.00_);("$"#,##0.00)', "8": '"$"#,##0.00_);[Red]("$"#,##0.00)',
    "9": "0%", "10": "0.00%", "11": "0.00E+00", "12": "# ?/?", "13": "# ??/??",
    "14": "mm-dd-yy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy",
    "18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "m/d/yy h:mm",
    "37": "#,##0_);(#,##0)", "38": "#,##0_);[Red](#,##0)",
    "39": "#,##0.00_);(#,##0.00)", "40": "#,##0.00_);[Red](#,##0.00)",
    "41": r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', "43": r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    "42": r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    "44": r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)',
    "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss.0", "48": "##0.0E+0", "49": "@",
}  # fmt: skip
"""The number formats that a file does not spell out, by their number."""

_WINDOWS, _MAC = datetime.fromisoformat("1899-12-30"), datetime.fromisoformat("1904-01-01")
_DAY = 86_400_000
_NO_SIGN = re.compile(r'"[^"]*"|\[(?!h+\]|m+\]|s+\])[^\]]*\]|[\\_*].', re.IGNORECASE)
_LENGTH = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?(?:T?([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?))?Z?")
_DURATION = re.compile(r"PT(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?")


@lru_cache(maxsize=1000)
def is_moment(number_format: str) -> tuple[bool, bool]:
    """Whether numbers of a format are moments, and whether they are lengths of time."""
    signs = _NO_SIGN.sub("", number_format.split(";")[0])
    return bool(set(signs.casefold()) & set("dmhys")), _LENGTH.search(signs) is not None


def from_serial(serial: float, *, from_1904: bool, is_length: bool) -> Moment:
    """Return the moment that a number of days means, to the millisecond; below one day a time of day.

    Raises OverflowError and ValueError for what no calendar has.
    """
    if is_length:
        return timedelta(days=serial)
    days, rest = divmod(round(serial * _DAY), _DAY)
    if days == 0 and serial >= 0:
        return (_MAC + timedelta(milliseconds=rest)).time()
    if 0 < days < 60 and not from_1904:
        days += 1  # 29 February 1900, which never was, has the number 60
    return (_MAC if from_1904 else _WINDOWS) + timedelta(days=days, milliseconds=rest)


def to_serial(moment: datetime) -> float:
    """Return the number of days of a wall-clock time, counted from 1900, for times after February 1900."""
    return (moment.replace(tzinfo=None) - _WINDOWS) / timedelta(days=1)


def from_iso(stored: str) -> Moment:
    """Read a date, a time of day, both, or a length of time. Raises OverflowError and ValueError."""
    if found := _ISO.fullmatch(stored):
        day, clock = found.groups()
        if day and clock:
            return datetime.fromisoformat(f"{day} {clock}")
        return date.fromisoformat(day) if day else time.fromisoformat(clock or "")
    if found := _DURATION.fullmatch(stored):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    raise ValueError("no date")
