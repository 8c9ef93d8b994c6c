"""Conditions with bounds: how long an answer is, where it stands on a scale, how much or when it is."""

from datetime import date
from functools import cached_property
from math import inf

from pipeline.audience.answers import understand
from pipeline.audience.conditions import OfOneAnswer, all_or_none
from pipeline.audience.numbers import read_number
from pipeline.audience.periods import read_period
from pipeline.model.frozen import dataclass
from pipeline.model.question import Question
from pipeline.model.rules import Answers, Holds
from pipeline.model.text import day, fold, listed


@dataclass(frozen=True)
class Words(OfOneAnswer):
    """The answer has from `at_least` to `at_most` words (no bound: None)."""

    at_least: int = 0
    at_most: int | None = None

    @property
    def says(self) -> str:
        bounds = ("at least", self.at_least or None), ("at most", self.at_most)
        return f"has {listed(tuple(f'{word} {bound}' for word, bound in bounds if bound is not None))} words"

    def holds(self, answers: Answers) -> Holds:
        number = len(fold(self.answer(answers)).split())
        return self.at_least <= number and (self.at_most is None or number <= self.at_most)


@dataclass(frozen=True)
class OnScale(OfOneAnswer):
    """The answer stands on the question's scale from `lowest` to `highest`, both included."""

    question: Question
    lowest: str
    highest: str

    @property
    def says(self) -> str:
        return f"is from “{self.lowest}” to “{self.highest}”"

    @cached_property
    def _steps(self) -> dict[str, int]:
        return {fold(step): number for number, step in enumerate(self.question.scale)}

    def holds(self, answers: Answers) -> Holds:
        found = understand(self.question, self.answer(answers))
        if not found.options or found.rest:
            return None
        low, high = self._steps[fold(self.lowest)], self._steps[fold(self.highest)]
        return all_or_none([low <= self._steps[fold(option)] <= high for option in found.options])


@dataclass(frozen=True)
class Amount(OfOneAnswer):
    """The answer is a number from `low` to `high`, both included; a range that is partly so cannot tell."""

    low: float = -inf
    high: float = inf

    @property
    def says(self) -> str:
        bounds = ("at least", self.low), ("at most", self.high)
        named = tuple(f"{word} {bound:g}" for word, bound in bounds if abs(bound) != inf)
        return f"is a number of {listed(named)}"

    def holds(self, answers: Answers) -> Holds:
        number = read_number(self.answer(answers))
        if (
            number is None
            or self._is_year(number.low)
            or (number.low < self.low <= number.high)
            or (number.low <= self.high < number.high)
        ):
            return None
        return self.low <= number.low and number.high <= self.high

    def _is_year(self, value: float) -> bool:
        """Whether a number is a year and not an amount: “2015” to a question for years of experience."""
        return value in _YEARS and not any(bound in _YEARS for bound in (self.low, self.high))


_YEARS = range(1900, 2101)


@dataclass(frozen=True)
class Between(OfOneAnswer):
    """The answer is a date after the one and before the other, both excluded; a month that is partly so cannot tell."""

    after: date = date.min
    before: date = date.max
    formats: tuple[str, ...] = ()

    @property
    def says(self) -> str:
        bounds = ("after", self.after), ("before", self.before)
        named = tuple(f"{word} {day(bound)}" for word, bound in bounds if bound not in (date.min, date.max))
        return f"is a date {listed(named)}"

    def holds(self, answers: Answers) -> Holds:
        days = read_period(self.answer(answers), self.formats)
        if days is None:
            return None
        if days.last <= self.after or days.first >= self.before:
            return False
        return True if self.after < days.first and days.last < self.before else None
