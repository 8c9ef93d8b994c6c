"""A contest made of the call's places and of cases: who competes in which order, under which limits. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from itertools import combinations, groupby

from pipeline.audience.answers import group
from pipeline.decisions.case import Case
from pipeline.decisions.places.groups import Groups, answers_of, limits, minimums
from pipeline.decisions.places.known import is_no_group
from pipeline.decisions.places.ranking import Turns, count_turns, merits, own_tier, rank_key
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import Reserved, number_of
from pipeline.model.said import Said
from pipeline.selection.contest import Contender, Contest, Limit, Minimum


@dataclass(frozen=True, slots=True)
class Entrants:
    """Who competes and who has a place. `queue` stands in rank order: the waiting as they were told, then the new.

    `unknown` more places are held by people who are not in the sheet. `gone` are those who had a place and gave it
    up. `unsure` says, by reference, by which answers it is open where somebody counts (see `proved`).
    """

    queue: tuple[Case, ...]
    seated: tuple[Case, ...]
    turns: Turns
    unknown: int = 0
    unsure: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gone: tuple[Case, ...] = ()


def waits(case: Case) -> bool:
    """Whether somebody was told to be on the waiting list."""
    return case.standing is not None and case.standing.status is Status.WAITING


def line_up(
    call: Call, left: Iterable[Case], seated: Iterable[Case], unknown: int = 0, gone: Iterable[Case] = ()
) -> Entrants:
    """Put those who compete in order."""
    people, sitting = tuple(left), tuple(seated)
    told = sorted(filter(waits, people), key=lambda case: (_order(case), case.reference))
    new = [case for case in people if not waits(case)]
    turns = count_turns(call, new, (*sitting, *told))
    new.sort(key=lambda case: rank_key(call, case, turns))
    return Entrants((*told, *new), sitting, turns, unknown, gone=tuple(gone))


def _order(case: Case) -> int:
    return case.standing.order if case.standing else 0


def team_of(call: Call, case: Case) -> str:
    """Return the team that somebody names, in any spelling the same; empty for whoever comes alone."""
    key = call.places.team
    if not key:
        return ""
    question, answer = call.columns.question(key), case.applicant.response.answers.get(key, "")
    return "" if is_no_group(question, answer) else group(question, answer)


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
        minimums=(*minimums(places.at_least, groups, places.seats), *_followed(call, entrants, groups)),
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
            contenders.append(Contender(case.reference, level, tie, team_of(call, case)))
        base = level + 1
    return tuple(contenders)


def _told_at(case: Case) -> datetime | None:
    return case.standing.at if case.standing and waits(case) else None


def _followed(call: Call, entrants: Entrants, groups: Groups) -> Iterator[Minimum]:
    """Yield, for the places that were given up and are free, that as many of a group come as before.

    The last who gave one up are those whom nobody has followed yet.
    """
    key, free = call.places.like_follows_like, call.places.seats - entrants.unknown - len(entrants.seated)
    if not key or free <= 0:
        return
    seated = frozenset(case.reference for case in entrants.seated)
    gone = sorted(entrants.gone, key=lambda case: (_since(case), case.reference))[-free:]
    counts = Counter(
        folded
        for case in gone
        for folded in {groups.fold(key, answer) for answer in answers_of(call, case, key)}
    )
    every = groups.every(key)
    for folded, number in sorted(counts.items()):
        if each := every.get(folded):
            least = len(each.members & seated) + number
            yield Minimum(each.name, each.members, least, perhaps=each.perhaps)


def _since(case: Case) -> datetime:
    assert case.standing is not None  # noqa: S101 - who gave up a place has one
    return case.standing.at


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
                name = Said("everybody but", names=tuple(each.name for each in meant))
                yield Limit(name, others, max(0, most), perhaps=perhaps)


def _by_group(hold: Reserved) -> str:
    return hold.group
