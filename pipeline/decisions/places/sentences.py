"""Why somebody has a place, waits or has none, in the words of the sheet. Pure.

The person it speaks of may read it: rules are named, other people never.
"""

import re
from datetime import datetime

from pipeline.model.text import blank_quotes, day, listed
from pipeline.selection.contest import Contest
from pipeline.selection.reasons.waiting import PlaceInLine, ordinal
from pipeline.selection.reasons.why import Ground, Reason, Why, say_reason
from pipeline.selection.score import RuleCount

_PASSED = re.compile(r" Passed over on \d{1,2} \w+ \d{4}: .*")
_COUNTED = (Ground.NO_PLACES, Ground.TAKEN)


def say_offer(rank: int, why: Why | None, *, waited: bool, has_tiers: bool) -> str:
    """Say why somebody gets a place, such as “A place is offered: rank 7; needed for External (at least 10).”."""
    tier = f"tier {why.tier}, " if why and has_tiers else ""
    first = "from the waiting list" if waited else f"{tier}rank {rank}"
    grounds = tuple(filter(None, map(say_reason, _proved(why.reasons if why else ()))))
    return f"A place is offered: {'; '.join((first, *grounds))}."


def say_obstacle(contest: Contest, reasons: tuple[Reason, ...]) -> str:
    """Say what keeps somebody from a place: the full limits, else the first thing that is known."""
    full = tuple(tally for reason in reasons if reason.ground is Ground.LIMIT for tally in reason.rules)
    if full:
        return say_full(full)
    counted = any(reason.ground in _COUNTED for reason in reasons)
    others = tuple(say_reason(reason) for reason in _proved(reasons) if reason.ground not in _COUNTED)
    return "; ".join((*((all_taken(contest),) if counted or not others else ()), *others))


def _proved(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Leave out that the time did not suffice: that is for organisers, in full."""
    return tuple(reason for reason in reasons if reason.ground is not Ground.UNPROVED)


def all_taken(contest: Contest) -> str:
    """Say that there is no place left."""
    return f"{_all_places(contest.capacity)} {'is' if contest.capacity == 1 else 'are'} taken"


def say_full(full: tuple[RuleCount, ...]) -> str:
    """Say which limits are full, such as “all 4 places for country “Spain” are taken”."""
    is_one = [rule.bound for rule in full] == [1]
    places = tuple(f"{_all_places(rule.bound)} for {rule.name}" for rule in full)
    return f"{listed(places)} {'is' if is_one else 'are'} taken"


def _all_places(number: int) -> str:
    return "the only place" if number == 1 else f"all {number} places"


def say_waiting(contest: Contest, turn: PlaceInLine) -> str:
    """Say what somebody waits for: what is full, and when they would be next."""
    next_one = ordinal(turn.position_if_freed)
    if not turn.blocked_by:
        return f"{all_taken(contest)}; {next_one} if a place frees"
    names = listed(tuple(rule.name for rule in turn.blocked_by))
    return f"{say_full(turn.blocked_by)}; {next_one} if a place for {names} frees"


def say_passed(contest: Contest, reasons: tuple[Reason, ...], now: datetime, before: str = "") -> str:
    """Say that somebody behind got a place, and why this one did not; begins with a space.

    Where `before` says the same of an earlier day, it stays: nothing new is written day after day.
    """
    why = f": {say_obstacle(contest, reasons)}."
    return before if before.endswith(why) else f" Passed over on {day(now)}{why}"


def read_passed(reason: str) -> str:
    """Return what a reason says of having been passed over, as `say_passed` wrote it; empty for nothing."""
    found = _PASSED.search(blank_quotes(reason))
    return reason[found.start() : found.end()] if found else ""
