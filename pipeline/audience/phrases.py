"""Phrases, and where they stand in a text that is cut into words.

A slip of the pen in a longer word of a short text is forgiven, unless the word is itself one that is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from pipeline.model.frozen import dataclass
from pipeline.model.slips import one_letter_apart
from pipeline.model.text import fold

Span = tuple[int, int]
GAP = ".."
"""Stands between two words of a phrase for up to three others."""
_WIDEST = 3
_SHORTEST = 8
"""Letters that a word needs before one of them may be wrong."""
MOST_SEEN = 20_000
"""So many different words at most an index knows again: as many as there are in some thousand answers."""
_FEW = 12
"""Words of a text in which slips are looked for: a title or a profession, no paragraph."""


@dataclass(frozen=True, slots=True)
class PhraseWord:
    """One word of a phrase; it may stand for all words that begin, end, or go on around it."""

    text: str
    any_before: bool = False
    any_after: bool = False
    others_before: int = 0
    """How many other words may stand before it."""

    def fits(self, word: str) -> bool:
        if self.any_before:
            return self.text in word if self.any_after else word.endswith(self.text)
        return word.startswith(self.text) if self.any_after else word == self.text

    def is_meant_by(self, word: str) -> bool:
        """Whether one letter is wrong; the first is right, and the last where the word ends with it."""
        if min(len(word), len(self.text)) < _SHORTEST or self.any_before or word[0] != self.text[0]:
            return False
        if not self.any_after:
            return word[-1] == self.text[-1] and one_letter_apart(word, self.text)
        length = len(self.text)
        return any(one_letter_apart(word[:end], self.text) for end in (length, length + 1, length - 1))


Phrase = tuple[PhraseWord, ...]


@lru_cache(maxsize=16_384)  # a vocabulary is read for its index and for the lexicon
def read_phrase(phrase: str) -> Phrase:
    """Read a phrase as organisers write it: `prison director*`, `governor .. prison`; a lone * is any word."""
    words: list[PhraseWord] = []
    others = 0
    for written in phrase.split():
        if written == GAP:
            others = _WIDEST
            continue
        parts = fold(written.strip("*")).split() or [""]
        last = len(parts) - 1
        words += [
            PhraseWord(
                part,
                at == 0 and written.startswith("*"),
                at == last and written.endswith("*"),
                others if at == 0 else 0,
            )
            for at, part in enumerate(parts)
        ]
        others = 0
    return tuple(words)


class Lexicon:
    """Every word of some phrases: what is one of them is no slip of another."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = tuple(phrases)

    @cached_property
    def _words(self) -> tuple[frozenset[str], frozenset[str], tuple[int, ...]]:
        words = [word for phrase in map(read_phrase, self._phrases) for word in phrase if word.text]
        stems = frozenset(word.text for word in words if word.any_after)
        exact = frozenset(word.text for word in words if not word.any_after)
        return exact, stems, tuple(sorted({len(stem) for stem in stems}))

    def knows(self, word: str) -> bool:
        """Whether a word is written so in one of the phrases."""
        exact, stems, lengths = self._words
        return word in exact or any(word[:length] in stems for length in lengths)


class Index:
    """Phrases by the word that they begin with; slips of the pen are forgiven in words that `lexicon` does not know."""

    def __init__(self, phrases: Iterable[str], lexicon: Lexicon | None = None) -> None:
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._stems: dict[str, list[Phrase]] = defaultdict(list)
        self._others: list[Phrase] = []
        self._seen: dict[str, tuple[Phrase, ...]] = {}
        self._meant: dict[str, tuple[Phrase, ...]] = {}
        self._idle: set[str] = set()
        """Words that begin nothing: most of a text."""
        self._lexicon = lexicon
        for phrase in map(read_phrase, dict.fromkeys(phrases)):
            self._place(phrase).append(phrase)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._beginnings = {first[:2] for first in (*self._exact, *self._stems)}

    def _place(self, phrase: Phrase) -> list[Phrase]:
        first = phrase[0]
        if first.any_before or (len(first.text) < 2 and first.any_after):
            return self._others
        return (self._stems if first.any_after else self._exact)[first.text]

    def hits(self, words: list[str]) -> Iterator[tuple[int, int, Phrase]]:
        """Yield where phrases stand in `words`: the first word, the one behind the last, and the phrase."""
        if self._idle.issuperset(words):
            return
        forgiving = self._lexicon is not None and len(words) <= _FEW
        for at, word in enumerate(words):
            if word in self._idle:
                continue
            for phrase in self._beginning_with(word) or (self._meant_by(word) if forgiving else ()):
                if end := _end(phrase, words, at + 1, self._lexicon if forgiving else None):
                    yield at, end, phrase

    def _beginning_with(self, word: str) -> tuple[Phrase, ...]:
        found = self._seen.get(word)
        if found is None:
            self._forget_if_many()
            found = self._seen[word] = tuple(self._look_up(word))
            if not found and not (self._lexicon and self._meant_by(word)):
                self._idle.add(word)
        return found

    def _forget_if_many(self) -> None:
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
            self._meant.clear()
            self._idle.clear()

    def spans(self, words: list[str]) -> Iterator[Span]:
        """Yield where phrases stand in `words`: the first word, and the one behind the last."""
        return ((start, end) for start, end, _ in self.hits(words))

    def _look_up(self, word: str) -> Iterator[Phrase]:
        if word[:2] in self._beginnings:
            yield from self._exact.get(word, ())
            for length in self._lengths:
                yield from self._stems.get(word[:length], ()) if length <= len(word) else ()
        yield from (phrase for phrase in self._others if phrase[0].fits(word))

    def _meant_by(self, word: str) -> tuple[Phrase, ...]:
        found = self._meant.get(word)
        if found is None:
            found = self._meant[word] = tuple(self._look_up_slip(word)) if len(word) >= _SHORTEST else ()
        return found

    def _look_up_slip(self, word: str) -> Iterator[Phrase]:
        for first, phrases in self._long.get(word[0], ()):
            if _is_slip(first, word, self._lexicon):
                yield from phrases

    @cached_property
    def _long(self) -> dict[str, list[tuple[PhraseWord, list[Phrase]]]]:
        """The first words that are long enough for a slip, with their phrases, by their first letter."""
        found: dict[str, list[tuple[PhraseWord, list[Phrase]]]] = defaultdict(list)
        for phrases in (*self._exact.values(), *self._stems.values()):
            first = phrases[0][0]
            if len(first.text) >= _SHORTEST:
                found[first.text[0]].append((first, phrases))
        return found


def _end(phrase: Phrase, words: list[str], at: int, lexicon: Lexicon | None) -> int:
    """Return the place behind a phrase whose first word stands before `at`; 0 where the rest is not there."""
    for wanted in phrase[1:]:
        reach = words[at : at + wanted.others_before + 1]
        fitting = (
            step for step, word in enumerate(reach) if wanted.fits(word) or _is_slip(wanted, word, lexicon)
        )
        ahead = next(fitting, None)
        if ahead is None:
            return 0
        at += ahead + 1
    return at


def _is_slip(wanted: PhraseWord, word: str, lexicon: Lexicon | None) -> bool:
    return lexicon is not None and wanted.is_meant_by(word) and not lexicon.knows(word)
