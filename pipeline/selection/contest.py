"""A contest for places as plain values: who stands in which order, and what limits the choice.

Nothing here knows answers, dates or the sheet: `decide` makes a contest of cases, `select` solves it.
A contender may say with whom it ties (`tie`), and a method may be doubtful; both are only told to people.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from pipeline.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who may get a place. `tier` 0 is the best; a tier never comes before a better one.

    Contenders of one tier with the same `tie` (if any) are equal in all that ranks but the drawn lot. Those with the
    same `team` (if any) come together: all of them or none.
    """

    reference: str
    tier: int = 0
    tie: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than `most` of `members` may have a place; `name` is what people read (“Country: Germany”).

    `members` are references of contenders and seated people alike. What the seated exceed already is not
    taken from them: the limit that binds is the greater of `most` and how many of them are seated. `perhaps` are people
    of whom it is open whether they are members (see `proof`); no choice counts them.
    """

    name: str
    members: frozenset[str]
    most: int
    perhaps: frozenset[str] = field(default=frozenset(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Minimum:
    """At least `least` of `members` should have a place; each one missing counts `weight`. `perhaps`: see `Limit`."""

    name: str
    members: frozenset[str]
    least: int
    weight: int = 1
    perhaps: frozenset[str] = field(default=frozenset(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Contest:
    """All that a choice rests on. `contenders` stand in strict rank order, the best first.

    Each contender stands once, and nobody seated is one. The `seated` have a place and keep it; `unknown` more
    places are held by people of whom nothing else is known.
    The best choice is unique among those that keep teams whole. In this order: least missing (by weight) of
    `minimums`; most places filled; most of tier 0, then of tier 1, ...; least missing of `wishes`; then strictly by
    rank: the first contender is chosen if any choice that is best so far allows it, then the second, and so on.
    """

    capacity: int
    contenders: tuple[Contender, ...]
    seated: frozenset[str] = frozenset()
    limits: tuple[Limit, ...] = ()
    minimums: tuple[Minimum, ...] = ()
    wishes: tuple[Minimum, ...] = ()
    unknown: int = 0


def teams_of(contenders: tuple[Contender, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return, for each who comes with others, the whole team in rank order."""
    teams: defaultdict[str, list[str]] = defaultdict(list)
    for person in contenders:
        if person.team:
            teams[person.team].append(person.reference)
    return {each: tuple(team) for team in teams.values() if len(team) > 1 for each in team}


def together(contest: Contest, reference: str) -> tuple[str, ...]:
    """Return all who come if a contender comes, in rank order."""
    return teams_of(contest.contenders).get(reference, (reference,))


class Method(StrEnum):
    """How a choice was found, as the report names it."""

    GREEDY = "in rank order, which is provably the best"
    EXACT = "by a solver, as the best there is"
    FALLBACK = "not proved to be the best: the time limit was reached"
    DOUBTFUL = "not proved to be the best: the solver's answer did not add up"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gets a place, in rank order (the seated are not named again), and how it was found."""

    chosen: tuple[str, ...]
    method: Method = Method.GREEDY
