"""What a choice is worth, counted in plain Python from the contest itself: no answer is believed without it."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from pipeline.model.frozen import dataclass
from pipeline.selection.contest import Contest, Limit, Minimum, teams_of
from pipeline.selection.reduced import free_places


class Score(NamedTuple):
    """What is compared of two choices, in this order; the greater is the better."""

    missing: int
    """Negative: how much the minimums miss, by weight."""
    filled: int
    tiers: tuple[int, ...]
    """How many of each tier that there is, the best first."""
    wishes: int
    """Negative, as `missing`."""
    ranks: tuple[int, ...]
    """Where the chosen stand, negative: who stands earlier counts more."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule as people read it: `count` of its members have a place, and `bound` is its number."""

    name: str
    count: int
    bound: int


def score(contest: Contest, chosen: Collection[str]) -> Score:
    """Return what a choice is worth. `chosen` are contenders."""
    have = contest.seated | frozenset(chosen)
    ranks = [place for place, person in enumerate(contest.contenders) if person.reference in have]
    tiers = [contest.contenders[place].tier for place in ranks]
    every = sorted({person.tier for person in contest.contenders})
    return Score(
        missing=-missing(contest.minimums, have),
        filled=len(ranks),
        tiers=tuple(map(tiers.count, every)),
        wishes=-missing(contest.wishes, have),
        ranks=tuple(-place for place in ranks),
    )


def missing(minimums: Iterable[Minimum], have: frozenset[str]) -> int:
    """Return how much minimums miss if exactly `have` have places, by weight."""
    return sum(max(0, minimum.weight) * shortfall(minimum, have) for minimum in minimums)


def shortfall(minimum: Minimum, have: frozenset[str]) -> int:
    """Return how many a minimum misses."""
    return max(0, minimum.least - len(minimum.members & have))


def broken(contest: Contest, chosen: Collection[str]) -> tuple[str, ...]:
    """Return what is wrong with a choice: limits exceeded beyond what the seated exceed, too many, a team in part."""
    have = contest.seated | frozenset(chosen)
    strangers = frozenset(chosen) - {person.reference for person in contest.contenders}
    wrong = [
        limit.name for limit in contest.limits if len(limit.members & have) > bound(limit, contest.seated)
    ]
    wrong += ["places"] if len(chosen) > free_places(contest) else []
    wrong += (
        ["teams"]
        if any(
            not have.issuperset(team) for each, team in teams_of(contest.contenders).items() if each in have
        )
        else []
    )
    wrong += ["contenders"] if strangers or len(have) < len(contest.seated) + len(chosen) else []
    return tuple(wrong)


def bound(limit: Limit, seated: frozenset[str]) -> int:
    """Return the number that binds: what the seated exceed is not taken from them."""
    return max(limit.most, len(limit.members & seated))


def narrow_limits(contest: Contest, team: Collection[str]) -> tuple[str, ...]:
    """Return the limits that are too small for a team, whoever else comes."""
    return tuple(limit.name for limit in contest.limits if len(limit.members.intersection(team)) > limit.most)


def exceeded(contest: Contest) -> tuple[RuleCount, ...]:
    """Return the limits that the seated alone exceed: what an organiser's word, or the past, has cost."""
    counts = ((limit, len(limit.members & contest.seated)) for limit in contest.limits)
    return tuple(RuleCount(limit.name, count, limit.most) for limit, count in counts if count > limit.most)


def missed(minimums: Iterable[Minimum], have: frozenset[str]) -> tuple[RuleCount, ...]:
    """Return the minimums (or wishes) that miss somebody if exactly `have` have places."""
    counts = ((minimum, len(minimum.members & have)) for minimum in minimums)
    return tuple(RuleCount(rule.name, count, rule.least) for rule, count in counts if count < rule.least)
