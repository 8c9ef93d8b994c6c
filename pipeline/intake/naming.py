"""Somebody named in what organisers typed beside others: found by address and by name, and said by reference instead.

A cell must mean the same afterwards: a word that was followed stays followed, a question stays a question.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from pipeline.intake.decision_forms import Word
from pipeline.intake.decision_words import Override, find_word
from pipeline.model.address import Misread, read_address
from pipeline.model.applicant import Entry
from pipeline.model.frozen import dataclass
from pipeline.model.reason import Reason, ReasonKind
from pipeline.model.rules import Audience
from pipeline.model.text import fold

Name = tuple[str, ...]

_PIECE = re.compile(r"[^\s<>()\[\]“”„«»\"':;,]*@[^\s<>()\[\]“”„«»\"':;,]*")
_CUT = re.compile(r"([^\s<>()\[\]“”„«»\"':;,…]{3,})…")
_WORD = re.compile(r"\w+")
_WITHIN = r"(?:[,.]?\s+|[-'’])"
"""What stands between the words of a name."""

_NOBODY = "…"
"""Said where a reference would make a word of what was none."""

_LONGEST = 5
"""Words of a name that is only known by its hash."""

_SHORTEST = 3
"""Letters of a first or family name that is looked for alone."""


@dataclass(frozen=True, slots=True)
class Naming:
    """By what somebody is named (`addresses`, and `names` as words to compare), and the `reference` to say instead."""

    addresses: frozenset[str]
    names: frozenset[Name]
    reference: str
    audience: Audience

    def is_in(self, text: str) -> bool:
        """Whether a text names the person."""
        return self.without(text) != text

    def without(self, text: str) -> str:
        """Return what was typed without address and name."""
        found = find_word(text, self.audience)
        if found and found.whom in self.addresses:
            return self._passing(found)
        ways = (
            self._said(text, self.reference),
            self._said(text, _NOBODY),
            self._without_addresses(text, _NOBODY),
        )
        return next((way for way in ways if _meaning(find_word(way, self.audience)) == _meaning(found)), text)

    def _said(self, text: str, instead: str) -> str:
        return self._without_names(self._without_addresses(text, instead), instead)

    def reasons_without(self, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Return reasons that quote what was typed without address and name."""
        return tuple(map(self._reason_without, reasons))

    def _reason_without(self, reason: Reason) -> Reason:
        facts = dict(reason.facts)
        name = "text" if reason.kind is ReasonKind.AS_WRITTEN else "word"
        return reason.but(**{name: self.without(str(facts[name]))}) if name in facts else reason

    def _passing(self, found: Override) -> str:
        """Write a word that passes a place on to the person, in whatever way the address was typed."""
        comment = self._said(found.comment, self.reference)
        silent, behind = ", silent" if found.silent else "", f" - {comment}" if comment else ""
        return f"{Word.REPLACE} by {self.reference}{silent}{behind}"

    def _without_addresses(self, text: str, instead: str) -> str:
        for address in sorted(self.addresses):
            pattern = rf"(?<![\w.+-]){re.escape(address)}(?!-|\.?\w)"
            text = re.sub(pattern, lambda _: instead, text, flags=re.IGNORECASE)
        text = _PIECE.sub(lambda piece: instead if _address(piece[0]) in self.addresses else piece[0], text)
        return _CUT.sub(lambda piece: f"{instead}…" if self._begins(piece[1]) else piece[0], text)

    def _begins(self, piece: str) -> bool:
        """Whether an address begins so, of which the rest was cut off (see `text.shorten`)."""
        return any(address.startswith(piece.lower()) for address in self.addresses)

    def _without_names(self, text: str, instead: str) -> str:
        words = tuple(_WORD.finditer(text))
        said, end = [], 0
        for at in sorted(self._named(words)):
            said += [text[end : words[at].start()], instead]
            end = words[at].end()
        once = re.escape(instead)
        return re.sub(f"{once}(?:{_WITHIN}{once})+", lambda _: instead, "".join((*said, text[end:])))

    def _named(self, words: tuple[re.Match[str], ...]) -> set[int]:
        """Return which words belong to a name; one may belong to two."""
        sizes = {len(name) for name in self.names}
        spans = ((at, size) for at in range(len(words)) for size in sizes)
        names = (range(at, at + size) for at, size in spans if self._is_name(words[at : at + size]))
        return {at for name in names for at in name if at < len(words)}

    def _is_name(self, words: tuple[re.Match[str], ...]) -> bool:
        """Whether words are a name; a small word alone (`may`, `will`) is none."""
        is_word = len(words) == 1 and words[0][0][0].islower()
        return not is_word and tuple(fold(word[0]) for word in words) in self.names


def naming_of(
    theirs: Iterable[Entry],
    others: Iterable[Entry],
    addresses: Iterable[str],
    reference: str,
    audience: Audience,
    known: Iterable[Name] = (),
) -> Naming:
    """Say by what somebody is named. What others have, too, names nobody: an office's address, a common name.

    Names that are `known` are theirs although no row says so.
    """
    mine, rest = tuple(theirs), tuple(others)
    of_others = frozenset(map(_sorted_name, rest))
    words_of_others = frozenset(chain.from_iterable(of_others))
    full = {name for entry in mine for name in _full_names(entry)} | set(known)
    full = {name for name in full if tuple(sorted(name)) not in of_others}
    alone = {(word,) for name in full for word in name if len(word) >= _SHORTEST} - {
        (word,) for word in words_of_others
    }
    found = {*addresses, *(entry.address for entry in mine)} - {entry.address for entry in rest} - {""}
    return Naming(frozenset(found), frozenset(full | alone), reference, audience)


def possible_names(text: str) -> Iterator[Name]:
    """Yield all words in a row that can be a name, as they are compared."""
    words = tuple(fold(word) for word in _WORD.findall(text))
    for size in range(2, _LONGEST + 1):
        yield from (words[at : at + size] for at in range(len(words) - size + 1))


def _full_names(entry: Entry) -> Iterator[Name]:
    """Yield a name in both orders."""
    first, family = _parts(entry)
    if first and family:
        yield first + family
        yield family + first


def _parts(entry: Entry) -> tuple[Name, Name]:
    response = entry.response
    names = (response.first_name, response.family_name) if response else ("", "")
    first, family = (tuple(_WORD.findall(fold(name))) for name in names)
    return first, family


def _sorted_name(entry: Entry) -> Name:
    return tuple(sorted(chain.from_iterable(_parts(entry))))


def _address(piece: str) -> str:
    try:
        return read_address(piece).key
    except Misread:
        return ""


def _meaning(found: Override | None) -> Override | None:
    """Return what a cell means, whoever is named in it."""
    return replace(found.meaning, whom="") if found else None
