"""Sentences as values: which phrase, with which facts. English is what they are as text, any language what they tell.

So commands, JSON and logs take them as they are, and what organisers read is told in their language at the very end.
Nothing reads a sentence back, but for the words that stand for something (a status, a kind of letter, yes and no).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from string import Formatter
from typing import TypeAlias

from pipeline.model.locales import ENGLISH, locale_of, write_day, write_list
from pipeline.model.phrases import de, en, es, fr
from pipeline.model.text import one_line, ordinal, quote, shorten

Phrase: TypeAlias = str | Mapping[str, str]
"""A text with places for facts; where it depends on the fact `number`, one for each of the language's plural forms."""

PHRASES: Mapping[str, Mapping[str, Phrase]] = {
    ENGLISH: en.PHRASES,
    "fr": fr.PHRASES,
    "de": de.PHRASES,
    "es": es.PHRASES,
}
"""The table of phrases of every language that Convene ships."""

_FOR_A_TERMINAL = re.compile(r"⟦[^⟦⟧]*⟧")
"""What a phrase says of commands, within marks that nobody sees; whoever reads the tab does without."""

_NO_MARKS = str.maketrans("", "", "⟦⟧")

_INNER = str.maketrans("“”«»„", "‘’‹›‚")


class Said(str):
    """A sentence, or a part of one: its text is English. Facts may be sentences, texts, numbers, days, or tuples.

    How a fact is written stands behind its name in the phrase (see `_MANNERS`).
    """

    __slots__ = ("facts", "key", "marked")

    key: str
    facts: Mapping[str, object]
    marked: str
    """Its English, with marks around what is only for a terminal: a sentence around it may leave that out."""

    def __new__(cls, key: str, /, **facts: object) -> "Said":
        marked = _fill(key, facts, ENGLISH)
        made = super().__new__(cls, _without_marks(marked))
        made.key, made.facts, made.marked = key, facts, marked
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.key,), dict(self.facts)


def tell(text: str, language: str) -> str:
    """Say in a language what was said by phrases, or is one of our fixed words; any other text stays as it is."""
    if isinstance(text, Said):
        return str(text) if language == ENGLISH else _without_marks(_fill(text.key, text.facts, language))
    return word(type(text).__name__.lower(), text, language) if isinstance(text, StrEnum) else str(text)


def word(group: str, name: str, language: str) -> str:
    """Return a fixed word of a group, such as a status, in a language; the name itself where there is none."""
    said = phrases(language).get(f"{group} {name}", name)
    return said if isinstance(said, str) else str(name)


def words_of(group: str, name: str) -> tuple[str, ...]:
    """Return a fixed word in every language that Convene ships, English first."""
    return tuple(dict.fromkeys(word(group, name, language) for language in PHRASES))


def phrases(language: str) -> Mapping[str, Phrase]:
    """Return the phrases that readers of a language get: English where there are none in theirs."""
    return PHRASES.get(language.partition("-")[0].lower(), en.PHRASES)


def is_phrase(key: str) -> bool:
    """Whether there is such a phrase."""
    return key in en.PHRASES


def is_shipped(language: str) -> bool:
    """Whether there are phrases in a language."""
    return language.partition("-")[0].lower() in PHRASES


def _without_marks(text: str) -> str:
    return text.translate(_NO_MARKS) if "⟦" in text else text


# --- how phrases are filled in -----------------------------------------------------------------------------


def _fill(key: str, facts: Mapping[str, object], language: str) -> str:
    there = phrases(language)
    phrase = there[key]
    if there is en.PHRASES:
        language = ENGLISH  # also its lists and days: no sentence is in two languages
    if not isinstance(phrase, str):
        form = _plural(facts["number"], language)
        phrase = phrase.get(form) or phrase["other"]
    return "".join(
        [
            text if name is None else text + _MANNERS[manner](facts[name], language)
            for text, name, manner in _parts_of(phrase)
        ]
    )


@lru_cache(maxsize=4096)
def _parts_of(phrase: str) -> tuple[tuple[str, str | None, str], ...]:
    """Take a phrase apart, once: texts, each with the name of the fact behind it (None: none) and its manner."""
    return tuple((text, name, manner or "") for text, name, manner, _ in Formatter().parse(phrase))


def _plural(number: object, language: str) -> str:
    """Return the name of the plural form (CLDR) that goes with a whole number."""
    assert isinstance(number, int)  # noqa: S101 - what a phrase with plural forms is given
    if language == ENGLISH:
        return "one" if number == 1 else "other"
    return str(locale_of(language).plural_form(number))


def _plain(value: object, language: str) -> str:
    if isinstance(value, tuple):
        return _list(value, language)
    if isinstance(value, Said):
        return value.marked if language == ENGLISH else _fill(value.key, value.facts, language)
    if isinstance(value, StrEnum):
        return tell(value, language)
    return write_day(value, language, "long") if isinstance(value, date) else one_line(str(value))


def _each(value: object, language: str) -> Iterable[str]:
    return (_plain(each, language) for each in (value if isinstance(value, tuple) else (value,)))


def _list(value: object, language: str, last: str = "and") -> str:
    return write_list(_each(value, language), language, last)


def _or(value: object, language: str) -> str:
    return _list(value, language, "or")


def _joined(value: object, language: str) -> str:
    return " ".join(filter(None, _each(value, language)))


def _parts(value: object, language: str) -> str:
    return str(phrases(language)["between parts"]).join(filter(None, _each(value, language)))


def _beginning(value: object, language: str) -> str:
    said = _plain(value, language)
    return said[:1].upper() + said[1:]


def _full_stop(value: object, language: str) -> str:
    """Begin in capitals and end with one full stop, as a sentence does."""
    return f"{_beginning(value, language).rstrip('.')}."


def _day(value: object, language: str) -> str:
    """Write a day that is ISO text, in full."""
    return write_day(date.fromisoformat(str(value)), language, "long")


def _named(value: object, language: str) -> str:
    """Put names into quotation marks."""
    return write_list((_in_marks(each, language) for each in _each(value, language)), language)


def _named_or(value: object, language: str) -> str:
    return write_list((_in_marks(each, language) for each in _each(value, language)), language, "or")


def _quoted(value: object, language: str) -> str:
    """Quote what somebody typed, cut at a word where it is long; no mark in it can end the quotation."""
    if language == ENGLISH:
        return write_list(map(quote, _each(value, language)), language)
    each = (shorten(one).translate(_INNER) for one in _each(value, language))
    return write_list((_in_marks(one, language) for one in each), language)


def _in_marks(text: str, language: str) -> str:
    return str(phrases(language)["quoted"]).format(text=text)


def _short(value: object, language: str) -> str:
    """Quote what somebody typed into a small cell."""
    said = shorten(str(value), 30)
    return _quoted(said, language)


def _kind(value: object, language: str) -> str:
    """Name a kind of message: in English, as files and commands do."""
    return str(value) if language == ENGLISH else word("kind", str(value), language)


def _control(value: object, language: str) -> str:
    return word("control", str(value), language)


def _brief(value: object, language: str) -> str:
    """Cut a sentence at a word, as a hint in the tab has little room."""
    return shorten(_FOR_A_TERMINAL.sub("", _plain(value, language)), 80)


def _lower(value: object, language: str) -> str:
    return _plain(value, language).lower()


def _commas(value: object, language: str) -> str:
    return ", ".join(filter(None, _each(value, language)))


def _tab(value: object, language: str) -> str:
    """Make a sentence for people who never saw a terminal: without the command that does the same."""
    said = _FOR_A_TERMINAL.sub("", _plain(value, language)).strip()
    return _full_stop(said, language)


def _bare(value: object, language: str) -> str:
    return _plain(value, language).rstrip(".")


def _status(value: object, language: str) -> str:
    return word("status", str(value), language)


def _words(value: object, language: str) -> str:
    """Write words for the Decision column, as they can be typed: `Eligible: management`."""
    return ", ".join(say_word(each, language) for each in _each(value, ENGLISH))


def say_word(text: str, language: str) -> str:
    """Say in a language a word that can be typed in the Decision column; what stands behind its colon stays."""
    said, colon, rest = text.partition(":")
    return f"{word('word', said, language)}{colon}{rest}"


def _nth(value: object, _language: str) -> str:
    return "first" if value == 1 else ordinal(int(str(value)))


def _ordinal(value: object, _language: str) -> str:
    return ordinal(int(str(value)))


_MANNERS: Mapping[str, Callable[[object, str], str]] = {
    "": _plain,
    "or": _or,
    "joined": _joined,
    "parts": _parts,
    "beginning": _beginning,
    "sentence": _full_stop,
    "day": _day,
    "named": _named,
    "quoted": _quoted,
    "short": _short,
    "bare": _bare,
    "brief": _brief,
    "lower": _lower,
    "commas": _commas,
    "tab": _tab,
    "named_or": _named_or,
    "status": _status,
    "kind": _kind,
    "control": _control,
    "words": _words,
    "nth": _nth,
    "ordinal": _ordinal,
}
"""How a fact is written, by what stands behind its name: `{since:day}`. Nothing there: as what it is."""
