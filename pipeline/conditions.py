"""Conditions on answers: small frozen predicates that hold, do not hold, or cannot tell.

Three-valued on purpose (Kleene's logic): an empty answer, or one in the applicant's own words where options
were offered, makes a condition `None` (cannot tell), and what cannot be told is left to a person. `all`,
`any` and `not` combine conditions without ever turning `None` into a guess.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from pipeline.text import fold

Answers = Mapping[str, str]
Holds = bool | None


class Condition(Protocol):
    """Something that can be asked of answers. `keys` are the answers it looks at, for quoting."""

    @property
    def keys(self) -> tuple[str, ...]: ...

    def holds(self, answers: Answers) -> Holds:
        """Return True, False, or None where the answers do not tell."""
        ...


@dataclass(frozen=True)
class OneOf:
    """The answer is one of `options`. `offered` are all options of the question, if it has a fixed list."""

    key: str
    options: tuple[str, ...]
    offered: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    @cached_property
    def _wanted(self) -> frozenset[str]:
        return frozenset(map(fold, self.options))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(map(fold, self.offered))

    def holds(self, answers: Answers) -> Holds:
        answer = fold(answers.get(self.key, ""))
        if not answer:
            return None
        if answer in self._wanted:
            return True
        return None if self._known and answer not in self._known else False


@dataclass(frozen=True)
class OwnWords:
    """The answer is none of the question's `offered` options: the applicant wrote a text instead."""

    key: str
    offered: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(map(fold, self.offered))

    def holds(self, answers: Answers) -> Holds:
        answer = fold(answers.get(self.key, ""))
        return answer not in self._known if answer else None


@dataclass(frozen=True)
class Empty:
    """Nothing was answered."""

    key: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def holds(self, answers: Answers) -> Holds:
        return not fold(answers.get(self.key, ""))


@dataclass(frozen=True)
class Mentions:
    """The answer has one of `phrases` in it, as whole words; a word ending in `*` matches what begins so.

    An empty answer mentions nothing: that is known, so it is False and not None.
    """

    key: str
    phrases: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(rf"\b{_stem(phrase)}" for phrase in self.phrases))

    def holds(self, answers: Answers) -> Holds:
        return self._pattern.search(fold(answers.get(self.key, ""))) is not None


def _stem(phrase: str) -> str:
    words = (re.escape(fold(word)) + (r"\w*" if word.endswith("*") else r"\b") for word in phrase.split())
    return " ".join(words)


@dataclass(frozen=True)
class Words:
    """The answer has at least `at_least` words: more than a dash or a “none”."""

    key: str
    at_least: int

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def holds(self, answers: Answers) -> Holds:
        return len(fold(answers.get(self.key, "")).split()) >= self.at_least


@dataclass(frozen=True)
class OnScale:
    """The answer stands on `scale` (lowest first) from `lowest` to `highest`, both included."""

    key: str
    scale: tuple[str, ...]
    lowest: str
    highest: str

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key,)

    def holds(self, answers: Answers) -> Holds:
        steps = [fold(step) for step in self.scale]
        answer = fold(answers.get(self.key, ""))
        if answer not in steps:
            return None
        return steps.index(fold(self.lowest)) <= steps.index(answer) <= steps.index(fold(self.highest))


@dataclass(frozen=True)
class All:
    """Every part holds; False as soon as one does not, whatever the others leave open."""

    parts: tuple[Condition, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return _keys(self.parts)

    def holds(self, answers: Answers) -> Holds:
        found = [part.holds(answers) for part in self.parts]
        return False if False in found else None if None in found else True


@dataclass(frozen=True)
class Any:
    """At least one part holds, whatever the others leave open."""

    parts: tuple[Condition, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return _keys(self.parts)

    def holds(self, answers: Answers) -> Holds:
        found = [part.holds(answers) for part in self.parts]
        return True if True in found else None if None in found else False


@dataclass(frozen=True)
class Not:
    """The part does not hold; what it leaves open stays open."""

    part: Condition

    @property
    def keys(self) -> tuple[str, ...]:
        return self.part.keys

    def holds(self, answers: Answers) -> Holds:
        found = self.part.holds(answers)
        return None if found is None else not found


def unclear(condition: Condition, answers: Answers) -> tuple[str, ...]:
    """Return the keys of the answers that leave `condition` open, in the order in which it looks at them."""
    if condition.holds(answers) is not None:
        return ()
    parts = (
        condition.parts
        if isinstance(condition, All | Any)
        else (condition.part,)
        if isinstance(condition, Not)
        else ()
    )
    if not parts:
        return condition.keys
    return tuple(dict.fromkeys(key for part in parts for key in unclear(part, answers)))


def _keys(parts: tuple[Condition, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for part in parts for key in part.keys))
