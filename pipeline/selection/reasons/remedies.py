"""The smallest changes of numbers after which all minimums can be met. Pure.

People under the very same rules are one unknown: how many of them are chosen. The other unknowns are by how
much each number gives way. What the solver finds is tried before it is believed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import inf

from pipeline.model.frozen import dataclass
from pipeline.selection.contest import Contest
from pipeline.selection.reasons.rule_changes import RuleChange, RuleKind, changed
from pipeline.selection.reduced import free_places, room
from pipeline.selection.score import bound
from pipeline.selection.select import can_meet
from pipeline.selection.solver import Budget, Contradiction, Inequality, Model, OutOfTime

LOWER = frozenset({RuleKind.MINIMUM})
RAISE = frozenset({RuleKind.CAPACITY, RuleKind.LIMIT})

Remedy = tuple[RuleChange, ...]
Like = tuple[tuple[RuleKind, int], ...]
"""The rules that some people are all under."""


@dataclass(frozen=True, slots=True)
class _Give:
    """A number that can give way: from `start` on by at most `most`; `places` are left, or missing, now."""

    kind: RuleKind
    index: int
    name: str
    before: int
    start: int
    most: int
    places: int

    def change(self, by: int) -> RuleChange:
        after = self.start - by if self.kind is RuleKind.MINIMUM else self.start + by
        return RuleChange(self.kind, self.name, self.before, after, self.index)


def find_remedies(contest: Contest, seconds: float | None = None) -> tuple[Remedy, ...]:
    """Return alternatives, the smallest first; after each alone, all minimums can be met.

    They are: minimums lowered and nothing else; limits and places raised and nothing else; the fewest people
    in all; the fewest rules. What took too long to find is left out.
    """
    elastic, budget = _Elastic(contest), Budget(seconds)
    ways = ((LOWER, False), (RAISE, False), (LOWER | RAISE, False), (LOWER | RAISE, True))
    found = [elastic.remedy(kinds, budget, by_rules=by_rules) for kinds, by_rules in ways]
    sound = {remedy for remedy in found if remedy and can_meet(changed(contest, remedy), seconds)}
    return tuple(sorted(sound, key=lambda remedy: (_size(remedy), len(remedy), found.index(remedy))))


def _size(remedy: Remedy) -> int:
    return sum(abs(change.after - change.before) for change in remedy)


class _Elastic:
    """A contest whose numbers give way: columns for people alike, for each give, for each give's use."""

    def __init__(self, contest: Contest) -> None:
        self._gives = tuple(_gives(contest))
        self._likes = Counter(_likes(contest, self._gives).values())
        self._give = {(give.kind, give.index): len(self._likes) + at for at, give in enumerate(self._gives)}
        first = len(self._likes) + len(self._gives)
        uses = range(first, first + len(self._gives))
        self._costs: tuple[Mapping[int, int], ...] = (
            dict.fromkeys(uses, 1),
            dict.fromkeys(self._give.values(), 1),
            # Of two that are as good in both, the one that changes rules which come first.
            {column: at for at, column in enumerate(self._give.values())},
        )
        self._rows = (
            *(self._row(give) for give in self._gives),
            *self._use_rows(uses),
            *map(Inequality, self._costs),
        )

    def remedy(self, kinds: frozenset[RuleKind], budget: Budget, *, by_rules: bool) -> Remedy | None:
        """Return the smallest change of rules of some kinds; None if there is none, or no time."""
        tops = [*self._likes.values(), *(give.most * (give.kind in kinds) for give in self._gives)]
        model = Model([*map(float, tops), *[1.0] * len(self._gives)], self._rows, budget, whole=self._size)
        try:
            return self._solve(model, (0, 1, 2) if by_rules else (1, 0, 2))
        except (OutOfTime, Contradiction):
            return None

    @property
    def _size(self) -> int:
        return len(self._likes) + 2 * len(self._gives)

    def _solve(self, model: Model, stages: tuple[int, ...]) -> Remedy | None:
        answer: tuple[float, ...] | None = None
        for stage in stages:
            costs = self._costs[stage]
            model.aim(costs)
            answer = model.solve()
            if answer is None:
                return None
            value = round(sum(cost * answer[column] for column, cost in costs.items()))
            model.bound_row(len(self._rows) - len(self._costs) + stage, -inf, value)
        by = [round(answer[column]) for column in self._give.values()] if answer else []
        return tuple(give.change(much) for give, much in zip(self._gives, by, strict=True) if much)

    def _row(self, give: _Give) -> Inequality:
        rule = (give.kind, give.index)
        people = {column: 1 for column, like in enumerate(self._likes) if rule in like}
        if give.kind is RuleKind.MINIMUM:
            return Inequality(people | {self._give[rule]: 1}, low=give.places)
        return Inequality(people | {self._give[rule]: -1}, high=give.places)

    def _use_rows(self, uses: range) -> Iterator[Inequality]:
        for give, use in zip(self._gives, uses, strict=True):
            yield Inequality({self._give[give.kind, give.index]: 1, use: -give.most}, high=0)


def _gives(contest: Contest) -> Iterator[_Give]:
    """Yield the numbers that can matter."""
    people = frozenset(person.reference for person in contest.contenders)
    taken, free = len(contest.seated) + contest.unknown, free_places(contest)
    start = max(contest.capacity, taken)
    yield _Give(RuleKind.CAPACITY, 0, "places", contest.capacity, start, max(0, len(people) - free), free)
    for index, limit in enumerate(contest.limits):
        places, members = room(limit, contest.seated), len(limit.members & people)
        if members > places:
            yield _Give(
                RuleKind.LIMIT,
                index,
                limit.name,
                limit.most,
                bound(limit, contest.seated),
                members - places,
                places,
            )
    for index, minimum in enumerate(contest.minimums):
        places = minimum.least - len(minimum.members & contest.seated)
        if places > 0 and minimum.weight > 0:
            yield _Give(RuleKind.MINIMUM, index, minimum.name, minimum.least, minimum.least, places, places)


def _likes(contest: Contest, gives: tuple[_Give, ...]) -> dict[str, Like]:
    """Return the rules that each contender is under, by reference."""
    under: dict[str, list[tuple[RuleKind, int]]] = {person.reference: [] for person in contest.contenders}
    for give in gives:
        for member in _members(contest, give) & under.keys():
            under[member].append((give.kind, give.index))
    return {reference: tuple(rules) for reference, rules in under.items()}


def _members(contest: Contest, give: _Give) -> frozenset[str]:
    match give.kind:
        case RuleKind.CAPACITY:
            return frozenset(person.reference for person in contest.contenders)
        case RuleKind.LIMIT:
            return contest.limits[give.index].members
        case _:
            return contest.minimums[give.index].members
