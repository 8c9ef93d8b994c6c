"""The definition of the best choice, tried out on every subset: slow, short, and nothing shared with the engine.

A set of contenders is a number whose highest bit is the first contender, so that of two sets the greater
number is the better by rank. Up to some 14 contenders.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.selection.contest import Contender, Contest, Limit, Minimum


@dataclass(frozen=True)
class Standing:
    """What is compared of two choices before the ranks, in this order; the less the better."""

    missing: int
    unfilled: int
    tiers: tuple[int, ...]
    wishes: int


class Oracle:
    """Every choice that a contest allows, with what each is worth."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self._people = tuple(person.reference for person in contest.contenders)
        self._bit = {reference: 1 << place for place, reference in enumerate(reversed(self._people))}
        self._seated = contest.seated
        taken = len(contest.seated) + contest.unknown
        self.free = max(0, contest.capacity - taken)

    def best(self, having: str = "") -> tuple[str, ...] | None:
        """Return the best choice (among those that have somebody); None if there is none."""
        sets = self._best_sets(having)
        return self._read(max(sets)) if sets else None

    def standing(self, having: str = "") -> Standing | None:
        """Return what the best choice (among those that have somebody) is worth, but for the ranks."""
        sets = self._best_sets(having)
        return self._standing(sets[0]) if sets else None

    def all_having(self) -> Iterator[frozenset[str]]:
        """Yield everybody with a place, for each choice that is allowed."""
        return (self._seated.union(self._read(chosen)) for chosen in self._allowed(0))

    def _best_sets(self, having: str) -> list[int]:
        """Return all choices that are as good as the best one in everything but the ranks."""
        sets = self._allowed(self._bit.get(having, 0))
        for cost in self._costs():
            found = [(cost(chosen), chosen) for chosen in sets]
            least = min((value for value, _ in found), default=0)
            sets = [chosen for value, chosen in found if value == least]
        return sets

    def _allowed(self, must_have: int) -> list[int]:
        teams = [
            self._mask(other.reference for other in self.contest.contenders if other.team == name)
            for name in {person.team for person in self.contest.contenders} - {""}
        ]
        bounds = [(self._mask(limit.members), self._room(limit)) for limit in self.contest.limits]
        return [
            chosen
            for chosen in range(1 << len(self._people))
            if chosen & must_have == must_have
            and chosen.bit_count() <= self.free
            and all(chosen & team in (0, team) for team in teams)
            and all((chosen & members).bit_count() <= room for members, room in bounds)
        ]

    def _costs(self) -> Iterable[Callable[[int], int]]:
        """Yield what there should be as little of as can be, the most important first."""
        yield self._missing(self.contest.minimums)
        yield lambda chosen: -chosen.bit_count()
        for tier in self._tiers():
            yield self._of_tier(tier)
        yield self._missing(self.contest.wishes)

    def _tiers(self) -> list[int]:
        return sorted({person.tier for person in self.contest.contenders})

    def _of_tier(self, tier: int) -> Callable[[int], int]:
        members = self._mask(person.reference for person in self.contest.contenders if person.tier == tier)
        return lambda chosen: -(chosen & members).bit_count()

    def _missing(self, minimums: tuple[Minimum, ...]) -> Callable[[int], int]:
        rules = [
            (self._mask(rule.members), rule.least - len(rule.members & self._seated), rule.weight)
            for rule in minimums
        ]
        return lambda chosen: sum(
            weight * max(0, least - (chosen & members).bit_count()) for members, least, weight in rules
        )

    def _standing(self, chosen: int) -> Standing:
        missing, unfilled, *tiers, wishes = (cost(chosen) for cost in self._costs())
        return Standing(missing, unfilled, tuple(tiers), wishes)

    def _room(self, limit: Limit) -> int:
        seated = len(limit.members & self._seated)
        return max(limit.most, seated) - seated

    def _mask(self, members: Iterable[str]) -> int:
        return sum(self._bit.get(member, 0) for member in frozenset(members))

    def _read(self, chosen: int) -> tuple[str, ...]:
        return tuple(reference for reference in self._people if chosen & self._bit[reference])


def best(contest: Contest) -> tuple[str, ...]:
    """Return the best choice; with nobody in it, if need be."""
    found = Oracle(contest).best()
    assert found is not None, "nobody at all is always allowed"
    return found


# --- the waiting list ----------------------------------------------------------------------------------------


def after(contest: Contest, chosen: Iterable[str], gone: str = "") -> Contest:
    """Return what is left to choose once the chosen are seated, and one of those with a place has left."""
    have = contest.seated | frozenset(chosen)
    waiting = tuple(person for person in contest.contenders if person.reference not in have)
    return replace(contest, contenders=waiting, seated=have - {gone})


def followers(contest: Contest, chosen: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return who would come, for each person with a place who might leave."""
    have = sorted(contest.seated | frozenset(chosen))
    return {leaver: best(after(contest, chosen, leaver)) for leaver in have}


def full_limits(contest: Contest, chosen: Iterable[str], reference: str) -> tuple[Limit, ...]:
    """Return the limits that keep somebody back when all the chosen have their places."""
    have = contest.seated | frozenset(chosen)
    return tuple(
        limit
        for limit in contest.limits
        if reference in limit.members and len(limit.members & have) >= limit.most
    )


def position_if_freed(contest: Contest, chosen: Iterable[str], reference: str) -> int:
    """Return how many single places have to come free, of a kind that this person can have, until it is their turn."""
    left = after(contest, chosen)
    blocking = full_limits(contest, chosen, reference)
    open_for = replace(
        left,
        capacity=len(left.seated) + left.unknown + 1,
        limits=tuple(
            replace(limit, most=len(limit.members & left.seated) + 1) if limit in blocking else limit
            for limit in left.limits
        ),
    )
    position = 1
    while (next_one := best(open_for)) != (reference,):
        assert len(next_one) == 1, "the person themselves has room"
        waiting = tuple(person for person in open_for.contenders if person.reference not in next_one)
        open_for = replace(open_for, contenders=waiting)
        position += 1
    return position


# --- conflicts -----------------------------------------------------------------------------------------------


def can_meet(contest: Contest) -> bool:
    """Whether some choice misses nothing of the minimums."""
    standing = Oracle(contest).standing()
    return standing is not None and standing.missing == 0


def least_giving(contest: Contest, lowering_only: bool) -> int:
    """Return by how much numbers must give way in all, that all minimums can be met: from what binds now."""
    limits = () if lowering_only else contest.limits
    free = max(0, contest.capacity - len(contest.seated) - contest.unknown)
    oracle = Oracle(contest if lowering_only else replace(contest, limits=(), capacity=1000))
    return min(
        sum(max(0, rule.least - len(rule.members & have)) for rule in contest.minimums)
        + sum(
            max(0, len(rule.members & have) - max(rule.most, len(rule.members & contest.seated)))
            for rule in limits
        )
        + max(0, len(have) - len(contest.seated) - free)
        for have in oracle.all_having()
    )


def stuck(contest: Contest, chosen: Iterable[str]) -> int:
    """Return how many more could have a place if the seated could be moved, nothing being missed more than now."""
    have = contest.seated | frozenset(chosen)
    moving = replace(
        contest,
        contenders=(*map(Contender, sorted(contest.seated)), *contest.contenders),
        seated=frozenset(),
        capacity=max(contest.capacity, len(contest.seated) + contest.unknown),
        limits=tuple(
            replace(rule, most=max(rule.most, len(rule.members & contest.seated))) for rule in contest.limits
        ),
        minimums=(),
        wishes=(),
    )
    kept = [(rule.members, min(rule.least, len(rule.members & have))) for rule in contest.minimums]
    return max(
        len(other) - len(have)
        for other in Oracle(moving).all_having()
        if all(len(members & other) >= least for members, least in kept)
    )
