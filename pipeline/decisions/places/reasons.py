"""Why somebody has a place, waits or has none: what the contest found, as reasons. Pure.

The person it speaks of may read it: rules are named, other people never. What a rule counts now is left out, so
that a reason is the same as long as it says the same.
"""

from collections.abc import Iterable
from datetime import datetime

from pipeline.decisions.case import Case, plain_reasons
from pipeline.decisions.places.line_up import waits
from pipeline.model.reason import Reason, ReasonKind, as_written, because
from pipeline.model.wordings import Causes, Rules, words
from pipeline.selection.contest import Contest
from pipeline.selection.reasons.waiting import PlaceInLine
from pipeline.selection.reasons.why import Cause, Ground, Why
from pipeline.selection.score import RuleCount

_COUNTED = frozenset({Ground.NO_PLACES, Ground.TAKEN})
_OLD_PASSING = "Passed over on "
"""How an earlier version began to say it, whatever it is called today."""
_UNSAID = frozenset({Ground.RANK, Ground.UNPROVED})
"""The rank is said anyway; that no time was left is for organisers, in full."""


def offer_reason(rank: int, why: Why | None, *, waited: bool, has_tiers: bool) -> Reason:
    """Say why somebody gets a place, such as “A place is offered: rank 7; needed for External (at least 10).”."""
    return because(
        ReasonKind.OFFERED,
        rank=0 if waited else rank,
        tier=why.tier if why and has_tiers else 0,
        causes=_facts(why.causes if why else ()),
    )


def obstacle(contest: Contest, causes: tuple[Cause, ...]) -> Reason:
    """Say what keeps somebody from a place: the full limits, else the first thing that is known."""
    limits = tuple(rule for cause in causes if cause.ground is Ground.LIMIT for rule in cause.rules)
    if limits:
        return because(ReasonKind.OBSTACLE, places=0, full=_named(limits), causes=())
    others = _facts(cause for cause in causes if cause.ground not in _COUNTED)
    is_counted = any(cause.ground in _COUNTED for cause in causes)
    places = contest.capacity if is_counted or not others else 0
    return because(ReasonKind.OBSTACLE, places=places, full=(), causes=others)


def _facts(causes: Iterable[Cause]) -> Causes:
    said = (cause for cause in causes if cause.ground not in _UNSAID)
    return tuple((cause.ground.value, cause.named, cause.beside) for cause in said)


def _named(rules: tuple[RuleCount, ...]) -> Rules:
    return tuple((rule.name, rule.bound) for rule in rules)


def waiting_reason(contest: Contest, turn: PlaceInLine) -> Reason:
    """Say what somebody waits for: what is full, and when they would be next."""
    if turn.team > 1:
        return because(ReasonKind.WAITING_AS_TEAM, number=turn.team)
    full, places = _named(turn.blocked_by), contest.capacity
    return because(
        ReasonKind.WAITING, places=0 if full else places, full=full, position=turn.position_if_freed
    )


def passed_over(
    contest: Contest, causes: tuple[Cause, ...], now: datetime, before: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """Say that somebody behind got a place, and why this one did not.

    Where `before` says the same of an earlier day, it stays: nothing new is written day after day.
    """
    why = obstacle(contest, causes)
    new = because(ReasonKind.PASSED_OVER, on=now.date().isoformat(), **dict(why.facts))
    return before if before and _says_the_same(before[0], new, why) else (new,)


def _says_the_same(before: Reason, new: Reason, why: Reason) -> bool:
    if before.kind is ReasonKind.AS_WRITTEN:
        return words((before,)).endswith(f": {words((why,))}.")
    return before.but(on=new.fact("on")) == new


def passed_before(case: Case) -> tuple[Reason, ...]:
    """Return what is on record of somebody who waits having been passed over."""
    if case.standing is None or not waits(case):
        return ()
    told = case.standing.reasons
    if [reason.kind for reason in told] == [ReasonKind.AS_WRITTEN]:
        return _in_old_words(words(told), words(plain_reasons(case)))
    return tuple(reason for reason in told if reason.kind is ReasonKind.PASSED_OVER)


def _in_old_words(told: str, found: str) -> tuple[Reason, ...]:
    """Return the same from the one sentence that the ledger of an earlier version has; it stays as written.

    That version put the waiting, the finding and the passing over behind each other. So it is what follows the
    finding, as long as the rules still find the same in the same words.
    """
    after = told[told.rfind(found) + len(found) :].strip() if found in told else ""
    return (as_written(after),) if after.startswith(_OLD_PASSING) else ()
