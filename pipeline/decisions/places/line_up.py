"""A contest made of the call's places and of cases: who competes in which order, under which limits. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations, groupby

from pipeline.decisions.case import Case
from pipeline.decisions.places.groups import Groups, limits, minimums
from pipeline.decisions.places.ranking import Turns, count_turns, merits, own_tier, rank_key
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.places import Reserved, number_of
from pipeline.model.text import listed
from pipeline.selection.contest import Contender, Contest, Limit


@dataclass(frozen=True, slots=True)
class Entrants:
    """Who competes and who has a place. `queue` stands in rank order: the waiting as they were told, then the new.

    `unknown` more places are held by people who are not in the sheet. `unsure` says, by reference, by which answers it
    is open where somebody counts (see `proved`).
    """

    queue: tuple[Case, ...]
    seated: tuple[Case, ...]
    turns: Turns
    unknown: int = 0
    unsure: Mapping[str, frozenset[str]] = field(default_factory=dict)


def waits(case: Case) -> bool:
    """Whether somebody was told to be on the waiting list."""
    return case.standing is not None and case.standing.status is Status.WAITING


def line_up(call: Call, left: Iterable[Case], seated: Iterable[Case], unknown: int = 0) -> Entrants:
    """Put those who compete in order."""
    people, sitting = tuple(left), tuple(seated)
    told = sorted(filter(waits, people), key=lambda case: (_order(case), case.reference))
    new = [case for case in people if not waits(case)]
    turns = count_turns(call, new, (*sitting, *told))
    new.sort(key=lambda case: rank_key(call, case, turns))
    return Entrants((*told, *new), sitting, turns, unknown)


def _order(case: Case) -> int:
    return case.standing.order if case.standing else 0


def make_contest(call: Call, entrants: Entrants, now: datetime) -> Contest:
    """Make the contest for the places that there are at `now`."""
    places, groups = call.places, Groups(call, (*entrants.queue, *entrants.seated), entrants.unsure)
    return Contest(
        capacity=places.seats,
        contenders=_contenders(call, entrants),
        seated=frozenset(case.reference for case in entrants.seated),
        limits=(
            *limits(places.at_most, groups, places.seats),
            *_holds(call, groups, entrants.unknown, now),
        ),
        minimums=tuple(minimums(places.at_least, groups, places.seats)),
        wishes=tuple(minimums(places.nice_to_have, groups, places.seats)),
        unknown=entrants.unknown,
    )


def _contenders(call: Call, entrants: Entrants) -> tuple[Contender, ...]:
    """Return who competes. Those told together share their tiers; who was told later comes after them all."""
    contenders: list[Contender] = []
    level = base = 0
    for moment, batch in groupby(entrants.queue, key=_told_at):
        for case in batch:
            level = max(level, base + own_tier(call, case))
            tie = "" if moment else str(merits(call, case, entrants.turns))
            contenders.append(Contender(case.reference, level, tie))
        base = level + 1
    return tuple(contenders)


def _told_at(case: Case) -> datetime | None:
    return case.standing.at if case.standing and waits(case) else None


def _holds(call: Call, groups: Groups, unknown: int, now: datetime) -> Iterator[Limit]:
    """Yield, for places held for somebody, the limit on everybody else."""
    held = sorted((hold for hold in call.places.held if now <= hold.until), key=_by_group)
    for _, same in groupby(held, key=_by_group):
        holds = tuple(same)
        for size in range(1, len(holds) + 1):
            for some in combinations(holds, size):
                meant = [groups.of(hold) for hold in some]
                perhaps = frozenset[str]().union(*(each.perhaps for each in meant))
                others = groups.everybody().difference(perhaps, *(each.members for each in meant))
                kept = sum(number_of(hold, call.places.seats) for hold in some)
                most = call.places.seats - unknown - kept
                name = f"everybody but {listed(tuple(each.name for each in meant))}"
                yield Limit(name, others, max(0, most), perhaps=perhaps)


def _by_group(hold: Reserved) -> str:
    return hold.group
