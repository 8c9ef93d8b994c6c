"""Rules that cannot all hold, what would make them, and what each rule costs. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.selection.contest import Choice, Contest


class Kind(StrEnum):
    """The kinds of rules; there is one capacity, named “places”."""

    CAPACITY = "capacity"
    LIMIT = "limit"
    MINIMUM = "minimum"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class Change:
    """Another number for one rule."""

    kind: Kind
    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all hold, none of which can be left out, and changes any one of which solves it all.

    `rules` are the smallest set in this sense: without any one of them, the others can hold. `remedies` are
    alternatives, the smallest first: each is a set of changes after which all minimums can hold.
    """

    rules: tuple[tuple[Kind, str], ...]
    remedies: tuple[tuple[Change, ...], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What another number would bring: who comes in, who goes out, and how many have a place then."""

    comes: tuple[str, ...]
    goes: tuple[str, ...]
    filled: int
    missing: int


@dataclass(frozen=True, slots=True)
class Effect:
    """A rule as it stands: `count` people have a place under it, `bound` is its number.

    `more` and `less` are what one more and one less would bring; None where nothing changes.
    """

    kind: Kind
    name: str
    count: int
    bound: int
    more: Outcome | None
    less: Outcome | None


def find_conflict(contest: Contest, seconds: float | None = None) -> Conflict | None:
    """Return what keeps the minimums from being met, and what would help; None if all can be met."""
    raise NotImplementedError


def places_stuck(contest: Contest, choice: Choice, seconds: float | None = None) -> int:
    """Return how many of the empty places could be filled only by moving somebody who is seated."""
    raise NotImplementedError


def effects(contest: Contest, choice: Choice, seconds: float | None = None) -> tuple[Effect, ...]:
    """Return each rule's count, bound and what one more or less would change: the capacity comes first."""
    raise NotImplementedError


def say_change(change: Change) -> str:
    """Say it as “lower External practitioners from 10 to 8”."""
    raise NotImplementedError
