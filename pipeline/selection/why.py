"""Why somebody has a place or has none: facts that were each proved by counting or by solving the opposite.

No fact and no sentence names another person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.selection.contest import Choice, Contest


class Ground(StrEnum):
    """What speaks for or against somebody, and how that is proved."""

    RANK = "rank"
    """In. By rank: none of the minimums and wishes brought this person in."""
    NEEDED = "needed"
    """In. Without the named minimum (or wish) the best choice would be one without this person."""
    NEEDED_TOGETHER = "needed together"
    """In. Without all the named minimums and wishes together, the best choice would be one without this person."""
    NO_PLACES = "no places"
    """Out. No place was free: all are taken by people who were seated before (or unknown)."""
    TAKEN = "taken"
    """Out. Every place is taken, and everybody chosen stands before this person."""
    LIMIT = "limit"
    """Out. The named limit is full, and everybody under it is seated or stands before this person."""
    MINIMUM = "minimum"
    """Out. With this person the named minimums would miss more than they must; without them, they would not."""
    EMPTY = "empty"
    """Out. With this person fewer places could be filled, the minimums being met as well as they can be."""
    TIER = "tier"
    """Out. With this person fewer people of a better tier could come."""
    WISH = "wish"
    """Out. With this person the wishes would be met less well."""
    BETTER = "better"
    """Out. With this person somebody who stands before them would lose the place."""
    TIE = "tie"
    """Out. Placed first among those who tie with them, this person would have been chosen."""
    UNPROVED = "unproved"
    """The choice itself is not proved to be the best, so that nothing more can be said."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground, with the rules that it rests on: `count` have a place under a rule, `bound` is its number."""

    ground: Ground
    rules: tuple[str, ...] = ()
    count: int = 0
    bound: int = 0


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that is known about one contender's place; `rank` and `tier` count from 1."""

    reference: str
    is_in: bool
    rank: int
    tier: int
    reasons: tuple[Reason, ...]


def explain(contest: Contest, choice: Choice, seconds: float | None = None) -> Mapping[str, Why]:
    """Explain every contender. `seconds` limits each solution of an opposite."""
    raise NotImplementedError


def explain_one(contest: Contest, choice: Choice, reference: str, seconds: float | None = None) -> Why:
    """Explain one contender; raises KeyError if there is no such contender."""
    raise NotImplementedError


def say_why(why: Why) -> str:
    """Say it in a sentence that can be shown to the person."""
    raise NotImplementedError
