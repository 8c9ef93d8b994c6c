"""What languages call the months and the halves of the day, from the Unicode locale data (Babel).

Only read where a time stamp has such a word in it: a word that the languages use for different months
(`listopad` is October in Croatian and November in Polish) stands for none until a language is named.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

FORM_LANGUAGES = tuple(
    "af am ar az be bg bn bs ca cs cy da de el en en_GB es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja "  # noqa: SIM905 - a list of codes reads best so
    "ka kk km kn ko lo lt lv mk ml mn mr ms mt my nb ne nl pa pl pt ro ru si sk sl sq sr sr_Latn sv sw ta te th tr "
    "uk ur uz vi zh zh_Hant zu".split()
)
"""The languages of form services, as far as their months have names of their own."""


def bare(word: str) -> str:
    """Return a word without case, dots and spaces: `a. m.` and `AM` are the same."""
    return "".join(sign for sign in word.casefold() if not (sign.isspace() or sign in ".\u200c"))


@lru_cache(maxsize=8)
def months(language: str) -> Mapping[str, int]:
    """Return the number of each month by its name, in one language or (empty) in all."""
    return _told_apart(
        (name, int(number))
        for locale in _locales(language)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in locale.months[context][width].items()
    )


@lru_cache(maxsize=8)
def halves(language: str) -> Mapping[str, int]:
    """Return 0 for each word for the first half of a day and 12 for the second, in one language or in all."""
    return _told_apart(
        (name, hours)
        for locale in _locales(language)
        for names in locale.day_periods["format"].values()
        for half, hours in (("am", 0), ("pm", 12))
        if (name := names.get(half))
    )


def _locales(language: str) -> "Iterator[Locale]":
    from babel import Locale  # most time stamps have no word in them

    return map(Locale.parse, [language, "en"] if language else FORM_LANGUAGES)


def _told_apart(named: Iterator[tuple[str, int]]) -> Mapping[str, int]:
    meant: dict[str, set[int]] = {}
    for name, number in named:
        meant.setdefault(bare(name), set()).add(number)
    return {name: numbers.pop() for name, numbers in meant.items() if len(numbers) == 1}
