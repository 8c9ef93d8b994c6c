"""Improve a choice without the solver: let a better-ranked person in where no rule gets worse; teams stay.

It makes the most of a choice when the solver ran out of time. The best choice cannot be improved in this way:
that is a test of every answer, and does not rest on the solver.
"""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from pipeline.selection.greedy import in_order
from pipeline.selection.reduced import Reduced, RulesOfOne


def bettered(board: Reduced, chosen: Iterable[int]) -> tuple[int, ...]:
    """Return a choice that is no worse in anything: swapped by rank, then filled up by whoever has room."""
    swaps = _Swaps(board, chosen)
    for person in range(max(swaps.chosen, default=0)):
        swaps.let_in(person)
    return in_order(board, start=sorted(swaps.chosen))


class _Swaps:
    """A choice while people are swapped; people under the very same rules are looked at once."""

    def __init__(self, board: Reduced, chosen: Iterable[int]) -> None:
        self._board = board
        self.chosen: set[int] = set()
        # Where nobody could give way, nobody can for those behind under the same rules, until there is a swap.
        self._hopeless: set[RulesOfOne] = set()
        self._limits: Counter[int] = Counter()
        self._minimums: Counter[int] = Counter()
        self._wishes: Counter[int] = Counter()
        self._groups: defaultdict[RulesOfOne, list[int]] = defaultdict(list)
        self._under: defaultdict[int, set[RulesOfOne]] = defaultdict(set)
        for person in sorted(chosen):
            self._add(person)

    def let_in(self, person: int) -> None:
        """Let somebody in for the last person behind who can give way at no cost, if there is one."""
        marks = self._board.marks[person]
        if person in self.chosen or marks.team or marks in self._hopeless:
            return
        leaver = max(
            (self._groups[other][-1] for other in self._rivals(marks) if self._is_free(marks, other)),
            default=-1,
        )
        if leaver > person:
            self._remove(leaver)
            self._add(person)
            self._hopeless.clear()
        else:
            self._hopeless.add(marks)

    def _rivals(self, marks: RulesOfOne) -> Iterator[RulesOfOne]:
        """Yield the rules of chosen people who would make room for somebody under the limits."""
        full = {limit for limit in marks.limits if self._limits[limit] >= self._board.limits[limit].places}
        among = min((self._under[limit] for limit in full), key=len, default=self._groups.keys())
        yield from (other for other in among if full <= other.limits and not other.team)

    def _is_free(self, marks: RulesOfOne, other: RulesOfOne) -> bool:
        """Whether no minimum and no wish that is met, or nearly so, needs the one who would leave."""
        return all(
            self._minimums[rule] > self._board.minimums[rule].places
            for rule in other.minimums - marks.minimums
        ) and all(
            self._wishes[rule] > self._board.wishes[rule].places for rule in other.wishes - marks.wishes
        )

    def _add(self, person: int) -> None:
        marks = self._board.marks[person]
        self.chosen.add(person)
        insort(self._groups[marks], person)
        for limit in marks.limits:
            self._under[limit].add(marks)
        self._count(marks, 1)

    def _remove(self, person: int) -> None:
        marks = self._board.marks[person]
        self.chosen.remove(person)
        self._groups[marks].remove(person)
        if not self._groups[marks]:
            del self._groups[marks]
            for limit in marks.limits:
                self._under[limit].remove(marks)
        self._count(marks, -1)

    def _count(self, marks: RulesOfOne, by: int) -> None:
        for counts, rules in (
            (self._limits, marks.limits),
            (self._minimums, marks.minimums),
            (self._wishes, marks.wishes),
        ):
            for rule in rules:
                counts[rule] += by
