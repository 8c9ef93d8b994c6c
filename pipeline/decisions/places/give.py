"""Who gets the free places, who waits and who is turned away, and the reasons for it. Pure."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto
from math import inf

from pipeline.decisions.case import Case
from pipeline.decisions.places.line_up import Entrants, make_contest, waits
from pipeline.decisions.places.ranking import rank_key
from pipeline.decisions.places.reasons import (
    obstacle,
    offer_reason,
    passed_before,
    passed_over,
    waiting_reason,
)
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import Places
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.selection.contest import Choice, Contest, teams_of
from pipeline.selection.reasons.waiting import PlaceInLine, seat, waiting_list
from pipeline.selection.reasons.why import Cause, Ground, Why, find_reasons
from pipeline.selection.select import select

MANY = 250
"""Contests of more people are explained by counting alone: solving each opposite would take minutes."""
PATIENCE = 1.0
"""Seconds that one opposite may take to solve."""


class Outcome(Enum):
    """What the places come to for one person."""

    OFFER = auto()
    WAIT = auto()
    KEEP_WAITING = auto()
    TURN_AWAY = auto()
    ASK = auto()
    """A place is free, but nobody gets it by rank: people who applied before were turned away, or the quotas
    cannot be counted. Organisers decide."""


_WAITING = frozenset({Outcome.WAIT, Outcome.KEEP_WAITING})


@dataclass(frozen=True, slots=True)
class Placed:
    """One person's lot, and the reason for it; `passed` says why somebody behind got a place, if it is so."""

    lot: Outcome
    reason: Reason
    passed: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """Who competed for the places, and who was chosen; `seated` had a place before."""

    contest: Contest
    choice: Choice
    seated: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Seating:
    """Everybody's lot by reference, in rank order, and who competed.

    The selection is missing where nothing can be selected while rows are to be checked.
    """

    selection: Selection | None
    lots: Mapping[str, Placed]
    entrants: Entrants


@dataclass(frozen=True, slots=True)
class Openness:
    """Who may still join the waiting list: `room` more people; nobody new once people were turned away."""

    room: float = inf
    is_closed: bool = False

    def is_shut_to(self, case: Case) -> bool:
        """Whether no place goes to somebody by rank. For whom organisers call eligible, they speak."""
        return self.is_closed and not waits(case) and not case.override


def give_places(call: Call, entrants: Entrants, door: Openness, now: datetime) -> Seating:
    """Give the free places; the seated keep theirs whatever the rules say."""
    whole = make_contest(call, entrants, now)
    outside = frozenset(case.reference for case in entrants.queue if door.is_shut_to(case))
    contest = _without(whole, outside)
    choice = select(contest, call.places.time_limit)
    if choice.chosen and entrants.unknown and _counts_answers(call.places):
        return _put_off(entrants)
    late = replace(seat(contest, choice), contenders=_without(whole, _references(contest)).contenders)
    asked = frozenset(select(late, call.places.time_limit).chosen if late.contenders else ())
    lots = _cast(entrants.queue, frozenset(choice.chosen), asked, door, teams_of(whole.contenders))
    selection = Selection(contest, choice, entrants.seated)
    teller = _Reasons(call, entrants, selection, late, lots, now)
    return Seating(selection, {reference: teller.tell(reference) for reference in lots}, entrants)


def _counts_answers(places: Places) -> bool:
    return bool(places.quotas or places.like_follows_like)


def _put_off(entrants: Entrants) -> Seating:
    """Give no place by rank: whoever has one and cannot be read may count in any quota."""
    reason = because(ReasonKind.UNCOUNTED)
    lots = {
        case.reference: Placed(
            Outcome.KEEP_WAITING if waits(case) else Outcome.ASK, reason, passed_before(case)
        )
        for case in entrants.queue
    }
    return Seating(None, lots, entrants)


def _references(contest: Contest) -> frozenset[str]:
    return frozenset(person.reference for person in contest.contenders)


def _without(contest: Contest, references: Collection[str]) -> Contest:
    kept = tuple(person for person in contest.contenders if person.reference not in references)
    return replace(contest, contenders=kept)


def _cast(
    queue: Iterable[Case],
    chosen: frozenset[str],
    asked: frozenset[str],
    door: Openness,
    teams: Mapping[str, tuple[str, ...]],
) -> dict[str, Outcome]:
    """Give everybody their lot; a team waits as a whole, where its first does."""
    lots, room = dict[str, Outcome](), door.room
    for case in queue:
        team = teams.get(case.reference, (case.reference,))
        first = lots.get(team[0])
        here = room - len(team) + 1 if first is None else inf if first in _WAITING else 0
        lots[case.reference] = _lot(case, chosen, asked, here, door)
        room -= lots[case.reference] in _WAITING
    return lots


def _lot(case: Case, chosen: frozenset[str], asked: frozenset[str], room: float, door: Openness) -> Outcome:
    if case.reference in chosen:
        return Outcome.OFFER
    if case.reference in asked:
        return Outcome.ASK
    if waits(case):
        return Outcome.KEEP_WAITING
    return Outcome.WAIT if case.override or (room > 0 and not door.is_closed) else Outcome.TURN_AWAY


class _Reasons:
    """Gives the reasons; what is explained by solving is solved once for all."""

    def __init__(
        self,
        call: Call,
        entrants: Entrants,
        selection: Selection,
        late: Contest,
        lots: Mapping[str, Outcome],
        now: datetime,
    ) -> None:
        self._has_tiers = bool(call.places.tiers)
        self._cases = {case.reference: case for case in entrants.queue}
        self._contest, self._choice = selection.contest, selection.choice
        self._lots, self._now = lots, now
        self._ranks = _ranks(call, entrants, self._contest)
        after = seat(self._contest, self._choice)
        others = replace(after, contenders=(*after.contenders, *late.contenders))
        self._turns = _turns(others) | _turns(_without(after, {ref for ref in lots if not self._waits(ref)}))
        self._overtaken = self._find_overtaken()
        self._whys = self._explain()

    def tell(self, reference: str) -> Placed:
        """Return somebody's lot with its reason."""
        lot, case = self._lots[reference], self._cases[reference]
        if lot is Outcome.OFFER:
            why = self._whys.get(reference)
            return Placed(
                lot, offer_reason(self._ranks[reference], why, waited=waits(case), has_tiers=self._has_tiers)
            )
        if lot is Outcome.TURN_AWAY:
            return Placed(lot, self._obstacle(reference))
        if lot is Outcome.ASK:
            return Placed(lot, because(ReasonKind.TURNED_AWAY))
        waiting = waiting_reason(self._contest, self._turns[reference])
        return Placed(lot, waiting, self._passed(reference, passed_before(case)))

    def _waits(self, reference: str) -> bool:
        return self._lots[reference] in _WAITING

    def _find_overtaken(self) -> frozenset[str]:
        """Return who waits although somebody behind was chosen."""
        people = [person.reference for person in self._contest.contenders]
        teams = teams_of(self._contest.contenders)
        firsts = [people.index(teams.get(each, (each,))[0]) for each in self._choice.chosen]
        return frozenset(filter(self._waits, people[: max(firsts, default=0)]))

    def _explain(self) -> Mapping[str, Why]:
        new = {ref for ref, lot in self._lots.items() if lot in (Outcome.OFFER, Outcome.TURN_AWAY)}
        if not new or len(self._contest.contenders) > MANY:
            return {}
        return find_reasons(self._contest, self._choice, PATIENCE, new | self._overtaken)

    def _passed(self, reference: str, before: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Say why somebody was passed over, or was `before`; nothing where the limits that are full say it."""
        if reference not in self._overtaken:
            return before
        causes = self._causes(reference)
        is_said = self._lots[reference] is Outcome.WAIT and any(
            each.ground is Ground.LIMIT for each in causes
        )
        return before if is_said or not causes else passed_over(self._contest, causes, self._now, before)

    def _obstacle(self, reference: str) -> Reason:
        return obstacle(self._contest, self._causes(reference))

    def _causes(self, reference: str) -> tuple[Cause, ...]:
        """Return what keeps somebody from a place; of many people, counting alone says it."""
        if why := self._whys.get(reference):
            return why.causes
        return tuple(Cause(Ground.LIMIT, (rule,)) for rule in self._turns[reference].blocked_by)


def _ranks(call: Call, entrants: Entrants, contest: Contest) -> Mapping[str, int]:
    """Return the rank of each of those who compete, from 1, among them and all who have a place.

    So nobody's changes because others are told before, or get theirs by another way.
    """
    cases = {case.reference: case for case in entrants.queue}
    keys = {ref: rank_key(call, cases[ref], entrants.turns) for ref in _references(contest)}
    seated = (rank_key(call, case, entrants.turns) for case in entrants.seated)
    everybody = sorted((*keys.values(), *seated))
    return {reference: bisect_left(everybody, key) + 1 for reference, key in keys.items()}


def _turns(contest: Contest) -> dict[str, PlaceInLine]:
    return {turn.reference: turn for turn in waiting_list(contest, Choice(()))}
