"""Conditions on answers: small frozen predicates that hold, do not hold, or cannot tell.

Three-valued on purpose (Kleene's logic): an empty answer, or one in the applicant's own words where options
were offered, makes a condition `None` (cannot tell), and what cannot be told is left to a person. `all`,
`any` and `not` combine conditions without ever turning `None` into a guess.
"""

import re
from functools import cached_property

from pipeline.audience.answers import Closeness, group, understand
from pipeline.audience.vocabulary import Vocabularies, Vocabulary
from pipeline.model.frozen import dataclass
from pipeline.model.question import Question
from pipeline.model.rules import Answers, Holds
from pipeline.model.text import fold, listed, quote

ANYTHING = Question("")
"""A question that offers nothing: every answer is as good as what was written."""


@dataclass(frozen=True)
class OfOneAnswer:
    """What all conditions on one answer share: its key, and the answer itself."""

    key: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def answer(self, answers: Answers) -> str:
        return answers.get(self.key, "")


@dataclass(frozen=True)
class OneOf(OfOneAnswer):
    """The answer is one of `options`; of several that were ticked, all are."""

    options: tuple[str, ...]
    question: Question = ANYTHING

    @property
    def says(self) -> str:
        return f"is {_either(self.options)}"

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(group(self.question, option) for option in self.options)

    def holds(self, answers: Answers) -> Holds:
        found = understand(self.question, self.answer(answers))
        if found.how is Closeness.EMPTY:
            return None
        if not self.question.offered:
            is_wanted = group(self.question, self.answer(answers)) in self._wanted
            # Where other names of answers are known, or countries, one that is not may be a further name of any.
            knows = self.question.aliases or self.question.countries
            return None if knows and found.how is Closeness.OWN and not is_wanted else is_wanted
        if found.rest:
            return None
        return all_or_none([fold(option) in self._wanted for option in found.options])


@dataclass(frozen=True)
class Includes(OfOneAnswer):
    """One of `options` is among those that were ticked, whatever else is."""

    options: tuple[str, ...]
    question: Question

    @property
    def says(self) -> str:
        return f"includes {_either(self.options)}"

    def holds(self, answers: Answers) -> Holds:
        found = understand(self.question, self.answer(answers))
        if not {fold(option) for option in self.options}.isdisjoint(map(fold, found.options)):
            return True
        return None if found.how is Closeness.EMPTY or found.rest else False


@dataclass(frozen=True)
class OwnWords(OfOneAnswer):
    """The answer is none of the question's options, or has a text beside them."""

    question: Question

    @property
    def says(self) -> str:
        return "is in own words"

    def holds(self, answers: Answers) -> Holds:
        found = understand(self.question, self.answer(answers))
        return None if found.how is Closeness.EMPTY else found.how is Closeness.OWN


@dataclass(frozen=True)
class Empty(OfOneAnswer):
    """Nothing was answered."""

    @property
    def says(self) -> str:
        return "is empty"

    def holds(self, answers: Answers) -> Holds:
        return not fold(self.answer(answers))


_CODE = re.compile(r"[={}<>;\\]|://")


@dataclass(frozen=True)
class LooksLikeCode(OfOneAnswer):
    """The answer has a formula, markup or an address of the web in it: nobody writes a profession so."""

    @property
    def says(self) -> str:
        return "looks like a formula or markup"

    def holds(self, answers: Answers) -> Holds:
        return _CODE.search(self.answer(answers)) is not None


_GREEK_QUESTION = re.compile("[α-ώ][;\u037e]")


_SHORTEST_QUESTION = 3
"""Words of a question; “where?” beside a question of the form is none."""


@dataclass(frozen=True)
class Asks(OfOneAnswer):
    """The answer has a question in it."""

    @property
    def says(self) -> str:
        return "asks something"

    def holds(self, answers: Answers) -> Holds:
        answer = self.answer(answers)
        before = answer.rpartition("?")[0].split()
        return len(before) >= _SHORTEST_QUESTION or _GREEK_QUESTION.search(answer) is not None


@dataclass(frozen=True)
class NamesAddress(OfOneAnswer):
    """The answer has an e-mail address in it that is not the one under `own`."""

    own: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key, self.own)

    @property
    def says(self) -> str:
        return "names another address"

    def holds(self, answers: Answers) -> Holds:
        pieces = (piece.strip("<>()[],;:.\"'").casefold() for piece in self.answer(answers).split())
        named = {piece for piece in pieces if "@" in piece[1:] and "." in piece.partition("@")[2]}
        return bool(named - {answers.get(self.own, "").strip().casefold()})


@dataclass(frozen=True)
class Mentions(OfOneAnswer):
    """The answer has words of a vocabulary in it; those that only may mean it leave it open, unless it is `surely`.

    An empty answer mentions nothing: that is known, so False.
    """

    vocabulary: Vocabulary | Vocabularies
    surely: bool = False

    @property
    def says(self) -> str:
        return f"{'surely ' if self.surely else ''}mentions {self.vocabulary.name}"

    def holds(self, answers: Answers) -> Holds:
        answer = self.answer(answers)
        return bool(self.vocabulary.find(answer)) if self.surely else self.vocabulary.weigh(answer)

    def found(self, answer: str) -> str:
        """Return the words that it finds in an answer, or may find."""
        return self.vocabulary.find(answer) or ("" if self.surely else self.vocabulary.suspect(answer))


@dataclass(frozen=True)
class SaysOnly(OfOneAnswer):
    """The answer is a phrase of a vocabulary (or some) and nothing else; so are an empty one and mere signs."""

    vocabulary: Vocabulary

    @property
    def says(self) -> str:
        return f"says only what the list {self.vocabulary.name} has"

    def holds(self, answers: Answers) -> Holds:
        return self.vocabulary.is_all_of(self.answer(answers))


@dataclass(frozen=True)
class HeaderLine:
    """A further line of headers: no figure where the time of a response stands, and no @ where its address does."""

    time: str
    address: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.time, self.address)

    @property
    def says(self) -> str:
        return "are headers"

    def holds(self, answers: Answers) -> Holds:
        time, address = answers.get(self.time, ""), answers.get(self.address, "")
        return "@" not in address and not any(map(str.isdigit, time))


def all_or_none(found: list[bool]) -> Holds:
    """Say whether all are true or none is; some are no answer."""
    return None if True in found and False in found else True in found


def _either(options: tuple[str, ...]) -> str:
    return listed(tuple(map(quote, options)), "or")
