"""What ranks people: a number, a step of a scale, the middle of several marks, a day. Pure."""

import re
from fractions import Fraction
from math import isfinite
from typing import TypeAlias

from pipeline.audience.answers import understand
from pipeline.audience.numbers import read_number
from pipeline.audience.periods import read_period
from pipeline.model.applicant import Response
from pipeline.model.call import Call
from pipeline.model.ranks import By, Middle, RankKey
from pipeline.model.text import one_line

_OUT_OF = re.compile(r"(.+?)\s*/\s*(\d+)")

Place: TypeAlias = Fraction | int | float
"""What sorts people by one rank, the lowest first."""


def measure(call: Call, response: Response, rank: RankKey) -> Fraction | int | None:
    """Return what a rank sorts by, the lowest first; None where it is not known.

    “10+” and “5-7” count as the least they say; of a month or a year counts the day that is the worse for them.
    """
    if rank.by in (By.EARLIEST, By.LATEST):
        days = read_period(response.answers.get(rank.key, ""), call.columns.question(rank.key).date_formats)
        if days is None:
            return None
        return days.last.toordinal() if rank.by is By.EARLIEST else -days.first.toordinal()
    found = _middle(call, response, rank)
    if found is None:
        return None
    return found if rank.by is By.LOWEST else -found


def is_measured(call: Call, response: Response, rank: RankKey, key: str) -> bool:
    """Whether one of the answers that a rank looks at is known."""
    if rank.by in (By.EARLIEST, By.LATEST):
        return measure(call, response, rank) is not None
    return _mark(call, response, rank, key) is not None


def disagree(call: Call, response: Response, rank: RankKey) -> bool:
    """Whether marks lie further apart than the rank allows."""
    marks = [mark for key in rank.columns if (mark := _mark(call, response, rank, key)) is not None]
    return rank.spread is not None and bool(marks) and max(marks) - min(marks) > rank.spread


def _middle(call: Call, response: Response, rank: RankKey) -> Fraction | None:
    marks = [mark for key in rank.columns if (mark := _mark(call, response, rank, key)) is not None]
    if len(marks) < len(rank.columns):
        return None
    from statistics import mean, median  # longer to import than to count, and few calls have marks

    return median(marks) if rank.middle is Middle.MEDIAN else mean(marks)


def _mark(call: Call, response: Response, rank: RankKey, key: str) -> Fraction | None:
    """Read a number, or a step of a scale; several marks are one number each."""
    question, answer = call.columns.question(key), response.answers.get(key, "")
    if question.scale:
        step = understand(question, answer).option
        return Fraction(question.scale.index(step)) if step else None
    out_of = _OUT_OF.fullmatch(one_line(answer))
    if out_of and rank.range and Fraction(out_of[2]) == rank.range[1]:
        answer = out_of[1]
    number = read_number(answer)
    if number is None or (rank.middle and number.low != number.high):
        return None
    ends = [Fraction(str(end)) for end in (number.low, number.high) if isfinite(end)]
    is_plausible = rank.range is None or all(rank.range[0] <= end <= rank.range[1] for end in ends)
    return ends[0] if is_plausible else None
