"""Words of one language of which two mean something together: “not” and “work”, few words apart in one sentence."""

from collections import defaultdict
from collections.abc import Iterator

from pipeline.audience.phrases import Index, Phrase, Span, read_phrase
from pipeline.model.frozen import dataclass

_APART = 4
"""Words that may stand between the two."""


@dataclass(frozen=True, slots=True)
class Near:
    """One of `words` and one of `to` in either order, or of `then` behind it, with none of `across` between them."""

    words: tuple[str, ...]
    to: tuple[str, ...]
    then: tuple[str, ...] = ()
    across: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[tuple[str, ...], ...]:
        return self.words, self.to, self.then, self.across


class NearIndex:
    """The pairs of many languages, all looked for at once."""

    def __init__(self, pairs: tuple[Near, ...]) -> None:
        self._roles: dict[Phrase, list[tuple[int, int]]] = defaultdict(list)
        for language, near in enumerate(pairs):
            for role, phrases in enumerate(near.roles):
                for phrase in phrases:
                    self._roles[read_phrase(phrase)].append((language, role))
        self._index = Index(phrase for near in pairs for phrases in near.roles for phrase in phrases)

    def can_stand_in(self, words: list[str]) -> bool:
        """Whether some language has both words of a pair, wherever they stand."""
        return any(spans[0] and (spans[1] or spans[2]) for spans in self._found(words).values())

    def spans(self, words: list[str]) -> Iterator[Span]:
        """Yield where pairs stand in one part of a sentence: the first word, and the one behind the last."""
        for ones, others, behind, across in self._found(words).values():
            if ones and (others or behind):
                turns = frozenset(start for start, _ in across)
                yield from _joined(ones, dict([*others, *behind]), turns)
                yield from _joined(others, dict(ones), turns)

    def _found(self, words: list[str]) -> dict[int, tuple[list[Span], ...]]:
        """Return where words of each role stand, by language."""
        found: dict[int, tuple[list[Span], ...]] = {}
        for start, end, phrase in self._index.hits(words):
            for language, role in self._roles[phrase]:
                found.setdefault(language, ([], [], [], []))[role].append((start, end))
        return found


def _joined(firsts: list[Span], seconds: dict[int, int], turns: frozenset[int]) -> Iterator[Span]:
    """Yield from each of `firsts` to each second, by where it begins, that stands few words behind it."""
    for start, end in firsts:
        for begins in range(end, end + _APART + 1):
            if begins in seconds:
                yield start, seconds[begins]
            if begins in turns:
                break
