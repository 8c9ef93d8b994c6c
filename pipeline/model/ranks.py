"""Who comes first: what the organisers rank people by, and what becomes of somebody who lacks it."""

import re
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, PlainValidator

from pipeline.model.fields import Line, Option, Plain, Some, among
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys, Written, adapter, made, read_part
from pipeline.model.refusals import refusal


class IfMissing(StrEnum):
    """What becomes of somebody whose answer to a rule of the places is not known."""

    ASK = "ask"
    WAIT = "wait"
    """Nobody is told what came of the places before it is there."""
    LAST = "last"
    UNCOUNTED = "uncounted"
    """They count in no group."""


def _one_of(*known: IfMissing) -> PlainValidator:
    def read(value: object) -> IfMissing:
        word: str = adapter(Annotated[Line, among(*known)]).validate_python(value)
        return IfMissing(word)

    return PlainValidator(read)


IfUncounted = Annotated[IfMissing, _one_of(IfMissing.ASK, IfMissing.UNCOUNTED)]
IfUnranked = Annotated[IfMissing, _one_of(IfMissing.ASK, IfMissing.WAIT, IfMissing.LAST)]


class By(StrEnum):
    """What a ranking key looks at."""

    ORDER = "order"
    HIGHEST = "highest"
    LOWEST = "lowest"
    EARLIEST = "earliest"
    LATEST = "latest"
    TURN = "turn"
    """How many with the same answer come before: the first from each country, then the second."""


NUMBERS = frozenset({By.HIGHEST, By.LOWEST})
"""The ranks that look at a number, or at a step of a scale."""
DAYS = frozenset({By.EARLIEST, By.LATEST})
"""The ranks that look at a day."""


class Middle(StrEnum):
    """What is made of the marks of several reviewers."""

    MEAN = "mean"
    MEDIAN = "median"


_First = Annotated[Line, among(By.HIGHEST, By.LOWEST, By.EARLIEST, By.LATEST)]


def _figure(value: object) -> Fraction:
    if isinstance(value, Plain) and _FIGURE.fullmatch(value):
        return Fraction(value)
    raise refusal("must be a number", "Write digits without quotes, as in 20 or 1.5.")


_FIGURE = re.compile(r"-?\d{1,9}(\.\d{1,4})?")
Figure = Annotated[Fraction, PlainValidator(_figure)]


def _from_to(ends: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    if ends[0] >= ends[1]:
        raise refusal("does not go from low to high", "Write the lowest first: [0, 20].")
    return ends


def _apart(figure: Fraction) -> Fraction:
    if figure < 0:
        raise refusal("is too small", "Write 0 or more.")
    return figure


@dataclass(frozen=True, slots=True)
class RankKey(Keys):
    """Prefer applicants by the answer `key`: those whose answer stands earlier in `order` come first.

    Or by the number that the answer is, its step on a scale or its day, or by turns (see `By`). Of the marks in `key`
    and `beside` the `middle` counts; where they lie more than `spread` apart, a person is asked. A number out of
    `range` is not known; “14/20” is 14 in one that ends at 20.
    """

    also = ("answer", "turn", "first", "mean", "median")

    key: Annotated[str, made]
    order: Some[Option] = ()
    by: Annotated[By, made] = By.ORDER
    if_missing: IfUnranked = IfMissing.ASK
    beside: Annotated[tuple[str, ...], made] = ()
    middle: Annotated[Middle | None, made] = None
    range: Annotated[tuple[Figure, Figure] | None, AfterValidator(_from_to)] = None
    spread: Annotated[Figure, AfterValidator(_apart)] | None = None
    line: Annotated[int, made] = field(default=0, compare=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of all answers that it looks at."""
        return (self.key, *self.beside)

    @classmethod
    def arranged(cls, written: Written, around: object) -> Written:
        whose = [name for name in ("answer", "turn", *Middle) if name in written]
        ways = [way for way in ("order", "first") if way in written]
        if len(whose) != 1 or len(ways) != (whose != ["turn"]) or ("order" in ways and whose != ["answer"]):
            raise refusal("must say who comes first", WHO_FIRST)
        by = By(read_part(_First, written, "first", around)) if ways == ["first"] else By(*ways or whose)
        if {"range", "spread"} & set(written) and by not in NUMBERS:
            raise refusal(
                "has a range or a spread, and ranks no number", "Remove it, or write first: highest."
            )
        if whose[0] in list(Middle):
            named = read_part(Some[Line], written, whose[0], around)
            return {**written, "key": named[0], "beside": named[1:], "middle": Middle(whose[0]), "by": by}
        if "spread" in written:
            raise refusal("has a spread, and one mark only", "Write mean: [one, two] for several columns.")
        return {**written, "key": read_part(Line, written, whose[0], around), "by": by}


WHO_FIRST = (
    "Write an answer with its order or with first: highest (lowest, earliest, latest), turn: country, or the mean or "
    "median of marks: {mean: [jury_1, jury_2], first: highest}."
)
