"""Who can be left out of a search for the best choice, by counting alone.

One contender *leads* another who stands behind, is under every limit that the first is under, and in no
minimum or wish that the first is not in. The best choice has the leaders of everyone in it: else it would
be better with the leader in the other's place. So who has as many leaders as there are places is out. Who comes
with a team takes nobody's place alone, and leads nobody.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from pipeline.model.frozen import dataclass
from pipeline.selection.reduced import Reduced, RulesOfOne

Groups = Mapping[RulesOfOne, list[int]]

MANY = 8
"""Who is under more limits than this is compared only with those under the very same: 2**n subsets take long."""


@dataclass(frozen=True, slots=True)
class Hopefuls:
    """The only people, in rank order, that the best choice can be made of, and who leads whom by their marks."""

    people: tuple[int, ...]
    leaders: Mapping[RulesOfOne, tuple[RulesOfOne, ...]]


def find_hopefuls(board: Reduced) -> Hopefuls:
    """Leave out whom counting alone proves to be out."""
    groups = group_alike(board)
    by_limits: defaultdict[frozenset[int], list[RulesOfOne]] = defaultdict(list)
    for marks in groups:
        by_limits[marks.limits].append(marks)
    leaders = {
        marks: tuple(
            other
            for limits in _subsets(marks.limits)
            for other in by_limits.get(limits, ())
            if _leads(other, marks)
        )
        for marks in groups
    }
    kept = (person for marks in groups for person in _kept(board, marks, groups, leaders[marks]))
    return Hopefuls(tuple(sorted(kept)), leaders)


def group_alike(board: Reduced) -> Groups:
    """Return the people under the very same rules, in rank order."""
    groups: defaultdict[RulesOfOne, list[int]] = defaultdict(list)
    for person, marks in enumerate(board.marks):
        groups[marks].append(person)
    return groups


def _kept(
    board: Reduced, marks: RulesOfOne, groups: Groups, leading: tuple[RulesOfOne, ...]
) -> Iterator[int]:
    """Yield the people of one group who have fewer leaders than places, in all and under each limit."""
    rivals = [(board.free, [groups[other] for other in leading])]
    rivals += [
        (board.limits[limit].places, [groups[other] for other in leading if limit in other.limits])
        for limit in marks.limits
    ]
    for person in groups[marks]:
        if any(sum(bisect_left(group, person) for group in lists) >= places for places, lists in rivals):
            return  # and so is everybody behind in the group
        yield person


def _leads(other: RulesOfOne, marks: RulesOfOne) -> bool:
    is_alone = not (other.team or marks.team)
    return is_alone and other.minimums >= marks.minimums and other.wishes >= marks.wishes


def _subsets(rules: frozenset[int]) -> Iterator[frozenset[int]]:
    if len(rules) > MANY:
        yield rules
        return
    for size in range(len(rules) + 1):
        yield from map(frozenset, combinations(sorted(rules), size))
