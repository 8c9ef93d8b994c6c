"""How a language writes days, times, lists and numbers.

English is written here as letters always had it; every other language by Babel (CLDR), which is imported where it is
needed. A code is as in HTML and in file names: `fr`, `pt-BR`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.model.text import day, listed

if TYPE_CHECKING:
    from babel.core import Locale

ENGLISH: Final = "en"
WIDTHS = ("full", "long", "medium", "short")

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@lru_cache(maxsize=32)
def locale_of(code: str) -> "Locale":
    """Return what Babel knows of a language; English is that of Europe, where no other is named.

    Raises ValueError for what is no code of a language.
    """
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse("en_GB" if code == ENGLISH else code.replace("-", "_"))
    except UnknownLocaleError as error:
        raise ValueError(str(error)) from None


def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    return code != ENGLISH and str(locale_of(code).character_order) == "right-to-left"


def write_day(at: date, code: str, width: str = "full") -> str:
    """Write a day in one of `WIDTHS`: `Friday 18 August 2023`, `18 August 2023`, `18 Aug 2023`, `18/08/2023`."""
    if code == ENGLISH and width in ("full", "long"):
        return f"{_DAYS[at.weekday()]} {day(at)}" if width == "full" else day(at)
    from babel.dates import format_date

    return str(format_date(at, width, locale=locale_of(code)))


def write_time(at: datetime, code: str) -> str:
    """Write a time to the minute: `09:00`."""
    if code == ENGLISH:
        return f"{at:%H:%M}"
    from babel.dates import format_time

    return str(format_time(at, "short", locale=locale_of(code)))


def write_zone(at: datetime, code: str) -> str:
    """Name the clock that a time is on, for readers who live by another: `Central European Summer Time`."""
    from babel.dates import get_timezone_name

    return str(get_timezone_name(at, locale=locale_of(code)))


def write_time_there(at: datetime, code: str) -> str:
    """Write a time with its clock: `23:59 (Central European Summer Time)`."""
    return f"{write_time(at, code)} ({write_zone(at, code)})"


def write_moment(at: datetime, code: str, width: str = "full") -> str:
    """Write day, time and clock: `Friday 18 August 2023, 23:59 (Central European Summer Time)`."""
    joined = "{1}, {0}" if code == ENGLISH else str(locale_of(code).datetime_formats["medium"])
    return joined.replace("{1}", write_day(at, code, width)).replace("{0}", write_time_there(at, code))


def write_list(items: Iterable[str], code: str, last: str = "and") -> str:
    """Join items as a sentence does: `a, b and c`; `last` is `and` or `or`."""
    if code == ENGLISH:
        return listed(tuple(items), last)
    from babel.lists import format_list

    return str(format_list(list(items), "or" if last == "or" else "standard", locale=locale_of(code)))


def write_number(number: int, code: str) -> str:
    """Write a whole number with its groups: `1,234`."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale_of(code)))


def nearest(code: str, there: Iterable[str]) -> str:
    """Return the language of `there` that a reader of `code` gets: itself, or the same without its region; or none."""
    known = {each.lower(): each for each in there}
    asked = code.lower()
    return known.get(asked) or known.get(asked.partition("-")[0], "")
