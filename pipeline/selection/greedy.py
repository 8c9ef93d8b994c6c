"""Choices found by counting, and the proof that they are the best where there is one.

In rank order, whoever has room is taken, and with the first of a team all of it. That is the best choice by rank,
whatever the limits (no other has a better first, second, ... person). It is the best in all, if it also misses
nothing and has as many of the tiers as there can be. How many there can be is what the limits of one family allow,
where of two limits either one holds the other or they have nobody in common: there, taking in order also fills most
places.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from pipeline.selection.reduced import Reduced, ReducedRule


def by_counting(board: Reduced) -> tuple[int, ...] | None:
    """Return the best choice where counting proves that it is; None where it takes a search."""
    if board.free == 1:
        return best_one(board)
    taken = in_order(board)
    return taken if is_complete(board, taken) and _has_most(board, taken) else None


def in_order(
    board: Reduced, people: Iterable[int] | None = None, start: Collection[int] = ()
) -> tuple[int, ...]:
    """Take, after `start`, whoever has room, in order; return all in rank order."""
    left = [rule.places - len(rule.members.intersection(start)) for rule in board.limits]
    taken = set(start)
    for person in range(len(board.marks)) if people is None else people:
        if len(taken) >= board.free:
            break
        if person in taken:
            continue
        team = board.together(person)
        under = [limit for each in team for limit in board.marks[each].limits]
        if len(taken) + len(team) <= board.free and all(under.count(limit) <= left[limit] for limit in under):
            taken.update(team)
            for limit in under:
                left[limit] -= 1
    return tuple(sorted(taken))


def best_one(board: Reduced) -> tuple[int, ...]:
    """Return whom one free place goes to: who has room and is in most of what misses somebody, then by rank."""
    having_room = [
        person
        for person, marks in enumerate(board.marks)
        if all(board.limits[limit].places > 0 for limit in marks.limits)
    ]
    return tuple(sorted(having_room, key=lambda person: merit(board, person))[:1])


def merit(board: Reduced, person: int) -> tuple[int, int, int, int]:
    """Return what sorts contenders for a single free place, the best lowest."""
    marks = board.marks[person]
    helps = sum(board.minimums[index].weight for index in marks.minimums)
    wished = sum(board.wishes[index].weight for index in marks.wishes)
    return (-helps, board.tiers[person], -wished, person)


def is_complete(board: Reduced, chosen: Collection[int]) -> bool:
    """Whether no minimum and no wish misses anybody who could be had."""
    have = frozenset(chosen)
    return all(len(rule.members & have) >= rule.places for rule in (*board.minimums, *board.wishes))


def most(board: Reduced) -> tuple[int, ...]:
    """Return, for each place in the ranking, how many up to there can have a place at most.

    An upper bound: teams are not looked at.
    """
    families = _families(board)
    counts = [_counts(_in_order_of(board, family), len(board.marks)) for family in families]
    return tuple(min(column) for column in zip(*counts, strict=True))


def _has_most(board: Reduced, taken: tuple[int, ...]) -> bool:
    """Whether no choice can have more people up to the end of any tier."""
    ends = [place for place, tier in enumerate(board.tiers) if board.tiers[place + 1 : place + 2] != (tier,)]
    limits, counts = most(board), _counts(taken, len(board.marks))
    return all(counts[end] >= limits[end] for end in ends)


def _counts(taken: Collection[int], people: int) -> tuple[int, ...]:
    have = frozenset(taken)
    return tuple(accumulate(int(person in have) for person in range(people)))


def _families(board: Reduced) -> list[list[int]]:
    """Sort the limits into as few families as come easily; there is always one, be it of no limits."""
    families: list[tuple[list[int], dict[int, int]]] = [([], {})]
    for index in sorted(
        range(len(board.limits)), key=lambda index: (-len(board.limits[index].members), index)
    ):
        rule = board.limits[index]
        family = next((family for family in families if _is_nested(rule, family[1])), None)
        if family is None:
            family = ([], {})
            families.append(family)
        family[0].append(index)
        family[1].update(dict.fromkeys(rule.members, index))
    return [limits for limits, _ in families]


def _is_nested(rule: ReducedRule, innermost: dict[int, int]) -> bool:
    """Whether all members of a limit are in the same one of the (greater) limits seen before, or in none."""
    return len({innermost.get(member, -1) for member in rule.members}) == 1


def _in_order_of(board: Reduced, family: Sequence[int]) -> tuple[int, ...]:
    """Take in order, under the limits of one family alone."""
    chosen = frozenset(family)
    left = {index: board.limits[index].places for index in family}
    taken: list[int] = []
    for person, marks in enumerate(board.marks):
        under = marks.limits & chosen
        if len(taken) < board.free and all(left[limit] > 0 for limit in under):
            taken.append(person)
            for limit in under:
                left[limit] -= 1
    return tuple(taken)
