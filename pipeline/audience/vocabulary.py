"""Vocabularies: the words and phrases of one concept, in many languages, and where a text has them.

Texts are folded once and looked at word by word. A vocabulary is indexed by the words that its phrases begin
with, so that its size hardly matters; there are no patterns of people's own, and nothing that could run away.

Proof is narrow, doubt is wide: what a text says for sure is found by `find`, what it may say by `suspect`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import cached_property, lru_cache
from itertools import pairwise

from pipeline.audience.nearness import Near, NearIndex
from pipeline.audience.phrases import Index, Lexicon, Span
from pipeline.model.frozen import dataclass
from pipeline.model.rules import Holds
from pipeline.model.text import fold, listed

_SHORT = ("ehem", "tidl", "fhv", "voorm", "leg", "stv", "stellv", "dr", "prof", "dipl", "mgr")
_DOT = r"(?<!\b\w)(?<!\b\d\d)" + "".join(rf"(?<!\b{word})" for word in _SHORT) + r"\."
"""One that ends something: not that of “12. September”, “F.d.” or “ehem.”."""
LATELY = 256
"""So many texts are known again: the rules ask of one applicant's several times, and then no more."""

_SENTENCE_ENDS = re.compile(rf"(?:{_DOT}|[,;:!?\n()])+", re.IGNORECASE)
_SENTENCES = re.compile(rf"(?:{_DOT}|[;!?\n])+", re.IGNORECASE)
_HYPHENS = re.compile(r"(?<=\w)[-\u2010-\u2012](?=\w)")
_OTHER_ENDING = re.compile(
    r"(?<=\w\w)[*:_·/.(]-?(?:in|innen|rice|trice|euse|ère|ne|fe|a|o|e|as|os)\)?(?!\w)", re.IGNORECASE
)
"""The second ending of an inclusive form: “Leiter*in”, “Directeur·rice”, “Director/a”, “Psicólogo(a)”."""
_KNOWN_LETTERS = re.compile("[A-Za-z\u00aa-\u024f\u0370-\u052f\u1e00-\u1fff]")
"""Latin, Greek and Cyrillic: what vocabularies are written in."""


def spellings(text: str) -> tuple[str, ...]:
    """Return the ways to read a text: as it is, without hyphens in words, without second endings."""
    return tuple(dict.fromkeys((text, _HYPHENS.sub("", text), _OTHER_ENDING.sub("", text))))


@lru_cache(maxsize=4096)  # every vocabulary looks at the same texts
def _words_of(text: str) -> tuple[list[str], ...]:
    return tuple(fold(spelling).split() for spelling in spellings(text))


@dataclass(frozen=True)
class Vocabulary:
    """The `words` of a concept. An occurrence that overlaps one of `unless` does not count.

    Words are compared folded (see `text.fold`); a `*` at the beginning or end of a word stands for any letters.
    `near` are words that mean the concept two by two; `alone` those that mean it where they are a whole part of a
    sentence; `possible` are wider words, which leave it open. Nothing counts in a part of a sentence where one of
    `denied_by` is found; where one of `explained_by` is, what is near is only possible, and what is possible nothing.
    Nor does what lies inside a longer phrase of one of `yields_to`. Sentences have parts between commas, and before a
    word of `but`. Slips in words are forgiven where there is a `lexicon`, except in what that knows.
    """

    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    title: str = ""
    possible: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    alone: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    denied_by: tuple["Vocabulary", ...] = ()
    explained_by: tuple["Vocabulary", ...] = ()
    yields_to: tuple["Vocabulary", ...] = ()
    lexicon: Lexicon | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """What it is called: its title, or the words themselves."""
        return self.title or listed(tuple(f"“{word}”" for word in self.words), "or")

    @cached_property
    def _index(self) -> Index:
        return Index(self.words, self.lexicon)

    @cached_property
    def _wider(self) -> Index:
        return Index(self.possible)

    @cached_property
    def _pairs(self) -> NearIndex:
        return NearIndex(self.near)

    @cached_property
    def _alone(self) -> Index:
        return Index(self.alone)

    @cached_property
    def _exceptions(self) -> Index:
        return Index(self.unless)

    @cached_property
    def _turns(self) -> frozenset[str]:
        return frozenset(map(fold, self.but))

    @cached_property
    def _found(self) -> Callable[[str], str]:
        return lru_cache(maxsize=LATELY)(self._find)

    @cached_property
    def _suspected(self) -> Callable[[str], str]:
        return lru_cache(maxsize=LATELY)(lambda text: self._suspect(text) or _in_other_letters(text))

    def find(self, text: str) -> str:
        """Return the first words in `text` that belong to the concept, folded; empty where none do."""
        return self._found(text)

    def suspect(self, text: str) -> str:
        """Return the first words in `text` that may belong to the concept, where none do for sure."""
        return "" if not self.possible or self.find(text) else self._suspected(text)

    def weigh(self, text: str) -> Holds:
        """Say whether a text speaks of the concept: for sure, not at all, or only in words that leave it open."""
        return True if self.find(text) else None if self.suspect(text) else False

    def _find(self, text: str) -> str:
        if self._is_weighed_by_part(text):
            return next(filter(None, map(self._find_in_part, self._claims(text))), "")
        found = self._first(text, self._index.spans)
        words = _words_of(text)[0]
        if found or not (self._pairs.can_stand_in(words) or any(self._alone.spans(words))):
            return found
        return next(filter(None, map(self._find_in_part, _parts(text, self._turns))), "")

    def _find_in_part(self, part: str) -> str:
        found = self._whole(part) or self._first(part, self._index.spans)
        return found or ("" if self._is_explained(part) else self._pair_in(part))

    def _pair_in(self, part: str) -> str:
        return self._first(part, self._pairs.spans) if self.near and not self._has_exception(part) else ""

    def _is_explained(self, part: str) -> bool:
        return any(other.find(part) for other in self.explained_by)

    def _has_exception(self, part: str) -> bool:
        """Whether an exception stands anywhere: “not only” turns all that is near it."""
        return any(True for _ in self._exceptions.spans(fold(part).split()))

    def _whole(self, part: str) -> str:
        """Return a part of a sentence that is nothing but one of the phrases which count alone."""
        words = fold(part).split() if self.alone else []
        return " ".join(words) if (0, len(words)) in self._alone.spans(words) else ""

    def _suspect(self, text: str) -> str:
        found = (
            self._pair_in(part) if self._is_explained(part) else self._first(part, self._wider.spans)
            for part in (self._claims(text) if self._is_weighed_by_part(text) else (text,))
        )
        return next(filter(None, found), "")

    def _first(self, text: str, spans: Callable[[list[str]], Iterator[Span]]) -> str:
        for words in _words_of(text):
            for start, end in spans(words):
                if not self._is_excepted(words, start, end):
                    return " ".join(words[start:end])
        return ""

    def _is_excepted(self, words: list[str], start: int, end: int) -> bool:
        """Whether an exception lies over a place and not inside it, or a longer phrase of what is more specific."""
        length = end - start
        own = (
            (first, last)
            for first, last in self._exceptions.spans(words)
            if not (start <= first and last <= end and last - first < length)
        )
        others = (
            span
            for other in self.yields_to
            for span in other._index.spans(words)  # noqa: SLF001 - of the same class
            if span[1] - span[0] > length
        )
        return any(start < last and first < end for first, last in (*own, *others))

    def _is_weighed_by_part(self, text: str) -> bool:
        """Whether something in a text may be denied, or pairs in it explained; mere words are looked for at once."""
        return bool(self.denied_by) and (bool(self.near) or any(other.find(text) for other in self.denied_by))

    def _claims(self, text: str) -> Iterator[str]:
        """Yield the parts of sentences in which nothing is denied; what is denied alone denies its whole sentence."""
        turns = frozenset().union(*(other._turns for other in self.denied_by))  # noqa: SLF001 - of the same class
        for sentence in _SENTENCES.split(text):
            parts = _parts(sentence, turns)
            if not any(other._whole(part) for other in self.denied_by for part in parts):  # noqa: SLF001 - of its own class
                yield from (part for part in parts if not any(other.find(part) for other in self.denied_by))

    def is_all_of(self, text: str) -> bool:
        """Whether `text`, whole or each of its sentences, is nothing but one of the words or phrases."""
        parts = [part for part in _SENTENCE_ENDS.split(text) if any(map(str.isalnum, part))]
        return self._is_one(text) or all(map(self._is_one, parts))

    def _is_one(self, text: str) -> bool:
        words = fold(text).split()
        return (0, len(words)) in self._index.spans(words)


@lru_cache(maxsize=4096)
def _parts(text: str, turns: frozenset[str]) -> tuple[str, ...]:
    """Cut a text between commas, and before each word of `turns`."""
    found: list[str] = []
    for part in _SENTENCE_ENDS.split(text):
        words = part.split()
        cuts = [at for at, word in enumerate(words) if word[-1].isalnum() and fold(word) in turns]
        cut = (" ".join(words[start:end]) for start, end in pairwise((0, *cuts, len(words))))
        found += filter(None, cut)
    return tuple(found)


def _in_other_letters(text: str) -> str:
    """Return a text whose letters are none that vocabularies are written in: it may say anything."""
    letters = [char for char in text if char.isalpha()]
    return "" if not letters or any(_KNOWN_LETTERS.match(char) for char in letters) else fold(text)


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

    def suspect(self, text: str) -> str:
        """Return the first words in `text` that may belong to one of the concepts, where none do for sure."""
        return "" if self.find(text) else next(filter(None, (part.suspect(text) for part in self.parts)), "")

    def weigh(self, text: str) -> Holds:
        """Say whether a text speaks of one of the concepts."""
        return True if self.find(text) else None if self.suspect(text) else False
