"""In which language a letter is, and a day as its template may show it in several ways."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Self

from pipeline.messages.printed import Named
from pipeline.model.languages import Languages
from pipeline.model.locales import ENGLISH, locale_of, write_day
from pipeline.model.text import fold


class Moment(Named):
    """A day as a letter shows it, which filters can show in another way. `at` is aware, in the call's zone.

    Empty where there is none: then it has no `at`. `clock` is what its time means.
    """

    __slots__ = ("at", "clock", "language")

    at: datetime | None
    clock: Mapping[str, str]
    language: str

    def __new__(cls, at: datetime | None, language: str, name: str = "") -> Self:
        """Write the day in full; `name` is what the call calls it."""
        named = name if at else ""
        made = super().__new__(
            cls, write_day(at, language) if at else "", named, f"{at:%Y-%m-%d}" if at else ""
        )
        made.at, made.language = at, language
        made.clock = {f"{name}_time": f"{at:%H:%M}"} if named else {}
        return made


def language_of(languages: Languages, answers: Mapping[str, str]) -> str:
    """Return in which language somebody is written to: as the answer says, else the call's own."""
    said = fold(answers.get(languages.answer, "")) if languages.answer else ""
    if not said:
        return languages.default
    meant = {fold(name): code for name, code in languages.means.items()}
    return meant.get(said) or _names(languages.codes).get(said, languages.default)


@lru_cache(maxsize=8)
def _names(codes: tuple[str, ...]) -> Mapping[str, str]:
    """Return the codes by what people call these languages, in each of them and in English."""
    names: dict[str, str] = {}
    for reader in (*codes, ENGLISH):
        for code in codes:
            said = locale_of(code).get_display_name(locale_of(reader)) or ""
            plain = locale_of(code).get_language_name(locale_of(reader)) or ""
            for name in (code, said, plain):
                names.setdefault(fold(name), code)
    return names
