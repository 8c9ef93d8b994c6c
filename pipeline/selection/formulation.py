"""A board as columns and rows for a solver, and the way back: what an answer means and is worth.

One column per hopeful (1: chosen), then one per minimum and wish: how many it misses. One row per rule, and per
member of a team who comes with its first; then one per stage. A stage is something of which there should be as
little as can be; the order is the contest's.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate
from math import inf

from pipeline.selection.greedy import most
from pipeline.selection.reduced import Reduced, ReducedRule
from pipeline.selection.solver import Budget, Inequality, Model

NEARLY = 1e-6
"""How far a solver's numbers may be from whole ones (HiGHS's own tolerance)."""

Chosen = tuple[int, ...]
Worth = tuple[int, ...]


class Formulation:
    """A board in columns and rows, made once for all models of it."""

    def __init__(self, board: Reduced, people: Chosen) -> None:
        self.board = board
        self.people = people
        self.column = {person: column for column, person in enumerate(people)}
        self._reach = most(board)
        self._tiers = sorted({board.tiers[person] for person in people})[:-1]
        self.stages = self._make_stages()
        self._rows = (*self._make_rows(), *map(Inequality, self.stages))

    def model(self, budget: Budget, *, is_whole: bool) -> Model:
        """Make a model of it; without `is_whole`, people may be chosen in part."""
        tops = [1.0] * len(self.people) + [float(rule.places) for rule in self._missables()]
        return Model(tops, self._rows, budget, whole=len(self.people) * is_whole)

    def pin(self, model: Model, stage: int, value: int) -> None:
        """Hold a stage at a value, or below."""
        model.bound_row(len(self._rows) - len(self.stages) + stage, -inf, value)

    def worth(self, chosen: Collection[int]) -> Worth:
        """Count what a choice is worth, stage by stage: the least is the best."""
        have = frozenset(chosen)
        tiers = [self.board.tiers[person] for person in chosen]
        return (
            _missing(self.board.minimums, have),
            -len(have),
            *(-tiers.count(tier) for tier in self._tiers),
            _missing(self.board.wishes, have),
        )

    def value(self, stage: int, answer: tuple[float, ...]) -> float:
        """Return what an answer claims to be worth at one stage."""
        return sum(cost * answer[column] for column, cost in self.stages[stage].items())

    def nearness(self, chosen: Chosen, attempt: int) -> dict[int, int]:
        """Return costs that lead to choices near to another; each attempt prefers other people besides."""
        near = {column: (column * attempt * 7919) % 19 - 9 for column in range(len(self.people))}
        return near | {self.column[person]: -10 for person in chosen if person in self.column}

    def floors(self, worth: Worth) -> Worth:
        """Return what no choice can be below by counting, at each stage, if worth as much in all before it."""
        before = accumulate(worth[2:-1], initial=0)
        ends = [self._reach[bisect_right(self.board.tiers, tier) - 1] for tier in self._tiers]
        return (0, -self._reach[-1], *(-end - better for end, better in zip(ends, before, strict=False)), 0)

    def read(self, answer: tuple[float, ...]) -> Chosen | None:
        """Return whom an answer chooses; None if it chooses somebody in part."""
        shares = answer[: len(self.people)]
        if any(NEARLY < share < 1 - NEARLY for share in shares):
            return None
        return tuple(person for person, share in zip(self.people, shares, strict=True) if share > 0.5)

    def _missables(self) -> tuple[ReducedRule, ...]:
        return (*self.board.minimums, *self.board.wishes)

    def _make_stages(self) -> tuple[Mapping[int, int], ...]:
        weights = [rule.weight for rule in self._missables()]
        columns = range(len(self.people), len(self.people) + len(weights))
        costs = dict(zip(columns, weights, strict=True))
        wished = len(self.people) + len(self.board.minimums)
        return (
            {column: weight for column, weight in costs.items() if column < wished},
            dict.fromkeys(self.column.values(), -1),
            *(
                {column: -1 for person, column in self.column.items() if self.board.tiers[person] == tier}
                for tier in self._tiers
            ),
            {column: weight for column, weight in costs.items() if column >= wished},
        )

    def _make_rows(self) -> Iterator[Inequality]:
        yield Inequality(dict.fromkeys(self.column.values(), 1), high=self.board.free)
        for rule in self.board.limits:
            yield Inequality(self._ones(rule), high=rule.places)
        for column, rule in enumerate(self._missables(), len(self.people)):
            yield Inequality(self._ones(rule) | {column: 1}, low=rule.places)
        for person in self.people:
            first = self.board.together(person)[0]
            if first != person:
                yield Inequality({self.column[first]: 1, self.column[person]: -1}, low=0, high=0)

    def _ones(self, rule: ReducedRule) -> dict[int, int]:
        return {self.column[person]: 1 for person in sorted(rule.members) if person in self.column}


def _missing(rules: Iterable[ReducedRule], have: frozenset[int]) -> int:
    return sum(rule.weight * max(0, rule.places - len(rule.members & have)) for rule in rules)
