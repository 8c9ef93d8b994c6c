"""Vocabularies: the words and phrases of one concept, in many languages, and where a text has them.

Texts are folded once and looked at word by word. A vocabulary is indexed by the words that its phrases begin
with, so that its size hardly matters; there are no patterns of people's own, and nothing that could run away.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.model.text import fold, listed

_SENTENCE_ENDS = re.compile(r"[.,;:!?\n()]+")
_HYPHENS = re.compile(r"(?<=\w)[-\u2010-\u2012](?=\w)")
_OTHER_ENDING = re.compile(
    r"(?<=\w\w)[*:_·/.(]-?(?:in|innen|rice|trice|euse|ère|ne|fe|a|o|e|as|os)\)?(?!\w)", re.IGNORECASE
)
"""The second ending of an inclusive form: “Leiter*in”, “Directeur·rice”, “Director/a”, “Psicólogo(a)”."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a phrase; it may stand for all words that begin, end, or go on around it."""

    text: str
    any_before: bool = False
    any_after: bool = False

    def fits(self, word: str) -> bool:
        if self.any_before:
            return self.text in word if self.any_after else word.endswith(self.text)
        return word.startswith(self.text) if self.any_after else word == self.text


_Phrase = tuple[_Word, ...]


def _read(phrase: str) -> _Phrase:
    words: list[_Word] = []
    for written in phrase.split():
        parts = fold(written.strip("*")).split()
        last = len(parts) - 1
        words += [
            _Word(part, at == 0 and written.startswith("*"), at == last and written.endswith("*"))
            for at, part in enumerate(parts)
        ]
    return tuple(words)


class _Index:
    """Phrases by the word that they begin with."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._exact: dict[str, list[_Phrase]] = defaultdict(list)
        self._stems: dict[str, list[_Phrase]] = defaultdict(list)
        self._others: list[_Phrase] = []
        self._seen: dict[str, tuple[_Phrase, ...]] = {}
        for phrase in map(_read, dict.fromkeys(phrases)):
            self._place(phrase).append(phrase)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def _place(self, phrase: _Phrase) -> list[_Phrase]:
        first = phrase[0]
        if first.any_before:
            return self._others
        return (self._stems if first.any_after else self._exact)[first.text]

    def spans(self, words: list[str]) -> Iterator[Span]:
        """Yield where phrases stand in `words`: the first word, and the one behind the last."""
        for at, word in enumerate(words):
            for phrase in self._beginning_with(word):
                end = at + len(phrase)
                if end <= len(words) and all(map(_Word.fits, phrase[1:], words[at + 1 : end])):
                    yield at, end

    def _beginning_with(self, word: str) -> tuple[_Phrase, ...]:
        found = self._seen.get(word)
        if found is None:
            found = self._seen[word] = tuple(self._look_up(word))
        return found

    def _look_up(self, word: str) -> Iterator[_Phrase]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            yield from self._stems.get(word[:length], ()) if length <= len(word) else ()
        yield from (phrase for phrase in self._others if phrase[0].fits(word))


def spellings(text: str) -> tuple[str, ...]:
    """Return the ways to read a text: as it is, without hyphens in words, without second endings."""
    return tuple(dict.fromkeys((text, _HYPHENS.sub("", text), _OTHER_ENDING.sub("", text))))


@dataclass(frozen=True)
class Vocabulary:
    """The `words` of a concept. An occurrence that overlaps one of `unless` does not count.

    Words are compared folded (see `text.fold`); a `*` at the beginning or end of a word stands for any letters.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    title: str = ""

    @property
    def name(self) -> str:
        """What it is called: its title, or the words themselves."""
        return self.title or listed(tuple(f"“{word}”" for word in self.words), "or")

    @cached_property
    def _index(self) -> _Index:
        return _Index(self.words)

    @cached_property
    def _exceptions(self) -> _Index:
        return _Index(self.unless)

    @cached_property
    def _found(self) -> dict[str, str]:
        return {}

    def find(self, text: str) -> str:
        """Return the first words in `text` that belong to the concept, folded; empty where none do."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._find(text)
        return found

    def _find(self, text: str) -> str:
        for words in (fold(spelling).split() for spelling in spellings(text)):
            exceptions = tuple(self._exceptions.spans(words))
            for start, end in self._index.spans(words):
                if not any(start < beyond and begin < end for begin, beyond in exceptions):
                    return " ".join(words[start:end])
        return ""

    def is_all_of(self, text: str) -> bool:
        """Whether `text`, whole or each of its sentences, is nothing but one of the words or phrases."""
        parts = [part for part in _SENTENCE_ENDS.split(text) if any(map(str.isalnum, part))]
        return self._is_one(text) or all(map(self._is_one, parts))

    def _is_one(self, text: str) -> bool:
        words = fold(text).split()
        return (0, len(words)) in self._index.spans(words)


@dataclass(frozen=True)
class Vocabularies:
    """Several vocabularies asked as one: what one of them has in it is found, its own exceptions apart."""

    parts: tuple[Vocabulary, ...]

    @property
    def name(self) -> str:
        return listed(tuple(part.name for part in self.parts), "or")

    def find(self, text: str) -> str:
        """Return the first words in `text` that belong to one of the concepts, folded; empty where none do."""
        return next(filter(None, (part.find(text) for part in self.parts)), "")
