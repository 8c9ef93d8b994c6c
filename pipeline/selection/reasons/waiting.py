"""The waiting list: who is next, what keeps others back, and who comes if somebody leaves. Pure.

For one free place counting is enough. It goes to whoever has room and is in most (by weight) of the minimums
that miss somebody; then by tier, by wishes, by rank. So a minimum that loses somebody gets like for like.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from pipeline.model.frozen import dataclass
from pipeline.model.text import listed, ordinal
from pipeline.selection.contest import Choice, Contest, Limit, Minimum, teams_of
from pipeline.selection.reduced import free_places, room
from pipeline.selection.score import RuleCount, shortfall
from pipeline.selection.select import select

Merit = tuple[int, int, int, int]
"""What sorts the waiting for one place, the best lowest: helped minimums, tier, helped wishes, rank."""


@dataclass(frozen=True, slots=True)
class PlaceInLine:
    """Where somebody waits: `position` by rank, from 1, and the full limits that keep them back.

    `position_if_freed` is the position if one place frees and with it one under exactly the limits in
    `blocked_by`, and none under any other: 1 means that `select` would then take this person, all others
    who have a place being seated. For one of a `team` of so many it is 0: no single place is enough.
    """

    reference: str
    position: int
    blocked_by: tuple[RuleCount, ...]
    position_if_freed: int
    team: int = 1


def seat(contest: Contest, choice: Choice, gone: Collection[str] = ()) -> Contest:
    """Return the contest for the places that are left once the chosen have theirs and `gone` have left."""
    taken = contest.seated | frozenset(choice.chosen)
    waiting = tuple(
        person
        for person in contest.contenders
        if person.reference not in taken and person.reference not in gone
    )
    return replace(contest, seated=taken - frozenset(gone), contenders=waiting)


def waiting_list(contest: Contest, choice: Choice) -> tuple[PlaceInLine, ...]:
    """Return everyone who was not chosen, in rank order."""
    queue = _Queue(seat(contest, choice))
    return tuple(queue.turn(rank) for rank in range(len(queue.contest.contenders)))


def next_if_leaves(
    contest: Contest, choice: Choice, seconds: float | None = None
) -> Mapping[str, tuple[str, ...]]:
    """Return for everyone who has a place who would come if they left; () if nobody could.

    Equal to what `select` does with that person gone and all others who have a place seated. Several come
    only where places had stayed empty.
    """
    queue = _Queue(seat(contest, choice))
    by_rules: dict[_Rules, tuple[str, ...]] = {}
    comes: dict[str, tuple[str, ...]] = {}
    for leaver in (*choice.chosen, *sorted(contest.seated)):
        rules = queue.rules[leaver]
        if rules not in by_rules:  # whoever is under the very same rules is followed by the same people
            by_rules[rules] = queue.followers(leaver, seconds)
        comes[leaver] = by_rules[rules]
    return comes


def say_turn(turn: PlaceInLine) -> str:
    """Say where somebody waits, and which full limits keep them back (the test shows how)."""
    if turn.team > 1:
        return f"{ordinal(turn.position)}; comes with a team of {turn.team}, once there is room for all"
    if not turn.blocked_by:
        return ordinal(turn.position)
    names = listed(tuple(full.name for full in turn.blocked_by))
    first = "first" if turn.position_if_freed == 1 else ordinal(turn.position_if_freed)
    counts = listed(tuple(f"{full.name} ({full.count} of {full.bound})" for full in turn.blocked_by))
    return (
        f"{ordinal(turn.position)}; {first} in line if a place for {names} becomes free; blocked by {counts}"
    )


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules that somebody is under, as numbers of rules."""

    limits: frozenset[int]
    minimums: frozenset[int]
    wishes: frozenset[int]


class _Queue:
    """The waiting, by what blocks them; `contest` has everybody with a place seated."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.rules = _rules_of(contest)
        self.teams = teams_of(contest.contenders)
        self.full = frozenset(
            index for index, limit in enumerate(contest.limits) if not room(limit, contest.seated)
        )
        self.missing = _missed(contest.minimums, contest.seated), _missed(contest.wishes, contest.seated)
        self.blocks = [self.rules[person.reference].limits & self.full for person in contest.contenders]
        self.counts = [len(limit.members & contest.seated) for limit in contest.limits]
        self.queues: defaultdict[frozenset[int], list[Merit]] = defaultdict(list)
        # Of people with the same block and the same minimums and wishes, only the first can come for one place, and
        # nobody who comes with a team.
        self.firsts: defaultdict[frozenset[int], dict[tuple[frozenset[int], ...], int]] = defaultdict(dict)
        for rank, (person, blocks) in enumerate(zip(contest.contenders, self.blocks, strict=True)):
            if person.reference in self.teams:
                continue
            rules = self.rules[person.reference]
            self.queues[blocks].append(self._merit(rank, *self.missing))
            self.firsts[blocks].setdefault((rules.minimums, rules.wishes), rank)
        for queue in self.queues.values():
            queue.sort()

    def turn(self, rank: int) -> PlaceInLine:
        blocks, reference = self.blocks[rank], self.contest.contenders[rank].reference
        merit = self._merit(rank, *self.missing)
        before = sum(bisect_left(self.queues[some], merit) for some in self._within(blocks))
        limits = self.contest.limits
        full = tuple(
            RuleCount(limits[index].name, self.counts[index], limits[index].most) for index in sorted(blocks)
        )
        if team := self.teams.get(reference):
            return PlaceInLine(reference, rank + 1, full, 0, len(team))
        return PlaceInLine(reference, rank + 1, full, before + 1)

    def followers(self, leaver: str, seconds: float | None) -> tuple[str, ...]:
        """Return who comes if somebody leaves."""
        after = seat(self.contest, Choice(()), {leaver})
        free = free_places(after)
        if free > 1:
            return select(after, seconds).chosen
        freed = frozenset(
            index
            for index in self.rules[leaver].limits & self.full
            if room(after.limits[index], after.seated)
        )
        missing = _missed(after.minimums, after.seated), _missed(after.wishes, after.seated)
        able = (rank for some in self._within(freed) for rank in self.firsts[some].values())
        best = sorted(self._merit(rank, *missing) for rank in able)[:free]
        return tuple(self.contest.contenders[rank].reference for *_, rank in best)

    def _within(self, blocks: frozenset[int]) -> Iterator[frozenset[int]]:
        """Yield what blocks somebody who can come once these limits have room."""
        if 2 ** len(blocks) > len(self.queues):
            yield from (some for some in self.queues if some <= blocks)
            return
        for size in range(len(blocks) + 1):
            yield from (some for some in map(frozenset, combinations(blocks, size)) if some in self.queues)

    def _merit(self, rank: int, minimums: Mapping[int, int], wishes: Mapping[int, int]) -> Merit:
        person = self.contest.contenders[rank]
        rules = self.rules[person.reference]
        helps = sum(weight for index, weight in minimums.items() if index in rules.minimums)
        wished = sum(weight for index, weight in wishes.items() if index in rules.wishes)
        return (-helps, person.tier, -wished, rank)


def _missed(minimums: Collection[Minimum], have: frozenset[str]) -> dict[int, int]:
    """Return the weight of each minimum that misses somebody, by its number."""
    return {
        index: max(0, minimum.weight) for index, minimum in enumerate(minimums) if shortfall(minimum, have)
    }


def _rules_of(contest: Contest) -> dict[str, _Rules]:
    everybody = (*contest.seated, *(person.reference for person in contest.contenders))
    columns = []
    every: tuple[Sequence[Limit | Minimum], ...] = (contest.limits, contest.minimums, contest.wishes)
    for rules in every:
        under: dict[str, set[int]] = {reference: set() for reference in everybody}
        for index, rule in enumerate(rules):
            for member in rule.members & under.keys():
                under[member].add(index)
        columns.append(under)
    return {ref: _Rules(*(frozenset(under[ref]) for under in columns)) for ref in everybody}
