"""Other numbers for the rules of a contest. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from pipeline.model.frozen import dataclass
from pipeline.selection.contest import Contest, Minimum


class RuleKind(StrEnum):
    """The kinds of rules; there is one capacity, named “places”."""

    CAPACITY = "capacity"
    LIMIT = "limit"
    MINIMUM = "minimum"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Another number for one rule: the one at `index` among its kind in the contest."""

    kind: RuleKind
    name: str
    before: int
    after: int
    index: int = 0


def changed(contest: Contest, changes: Iterable[RuleChange]) -> Contest:
    """Return the contest with other numbers."""
    for change in changes:
        contest = _changed(contest, change)
    return contest


def _changed(contest: Contest, change: RuleChange) -> Contest:
    match change.kind:
        case RuleKind.CAPACITY:
            return replace(contest, capacity=change.after)
        case RuleKind.LIMIT:
            limits = list(contest.limits)
            limits[change.index] = replace(limits[change.index], most=change.after)
            return replace(contest, limits=tuple(limits))
        case RuleKind.MINIMUM:
            return replace(contest, minimums=_with_least(contest.minimums, change))
        case _:
            return replace(contest, wishes=_with_least(contest.wishes, change))


def _with_least(minimums: tuple[Minimum, ...], change: RuleChange) -> tuple[Minimum, ...]:
    other = list(minimums)
    other[change.index] = replace(other[change.index], least=change.after)
    return tuple(other)


def say_change(change: RuleChange) -> str:
    """Say it as “lower External practitioners from 10 to 8”."""
    verb = "raise" if change.after > change.before else "lower"
    name = "the places" if change.kind is RuleKind.CAPACITY else change.name
    return f"{verb} {name} from {change.before} to {change.after}"
