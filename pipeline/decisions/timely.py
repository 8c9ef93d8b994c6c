"""What is concluded and not to be told yet: before the selection date, and what an open review could change. Pure.

While the meeting is cancelled, that is all the news there is.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.decisions.places.give import Seating
from pipeline.decisions.places.proved import OpenQuestions, find_open, find_unproved
from pipeline.decisions.timeline import Event
from pipeline.decisions.verdict import Verdict, status_before
from pipeline.model.applicant import Status
from pipeline.model.call import Call, awaits_reviews, may_tell
from pipeline.model.reason import Fact, Reason, ReasonKind, because

_BY_PLACES = frozenset({Event.PLACE_GIVEN, Event.LISTED, Event.TURNED_AWAY, Event.PASSED_OVER})


def mark_early(
    call: Call, verdicts: tuple[Verdict, ...], seating: Seating | None, now: datetime
) -> tuple[Verdict, ...]:
    """Mark what is not to be told yet; of reviews and of a cancelled meeting, the reason says so."""
    if call.cancelled:
        return tuple(_without_news(verdict) for verdict in verdicts)
    if not may_tell(call.dates, now):
        return tuple(replace(verdict, is_early=_waits_for_the_day(verdict)) for verdict in verdicts)
    if awaited := sum(verdict.case.is_awaited for verdict in verdicts):
        return tuple(_gated(call, verdict, awaited) for verdict in verdicts)
    if not awaits_reviews(call.dates, now):
        return verdicts
    lots = seating.lots if seating else {}
    asked = (
        verdict.case
        for verdict in verdicts
        if verdict.reference not in lots and (verdict.status is Status.TO_REVIEW or verdict.case.doubt)
    )
    questions = find_open(asked, (verdict.case for verdict in verdicts))
    return _without_unproved(call, verdicts, questions, seating, now)


def _without_news(verdict: Verdict) -> Verdict:
    """Keep what would be told to oneself: the meeting does not take place. What is reported, is recorded."""
    if verdict.standing is None or verdict.is_reported:
        return verdict
    return replace(verdict, is_early=True, reasons=(*verdict.reasons, because(ReasonKind.CALLED_OFF)))


def _waits_for_the_day(verdict: Verdict) -> bool:
    """Whether something waits for the selection date. Who was told something moves on without it."""
    is_new = verdict.standing is not None and status_before(verdict.case) is Status.RECEIVED
    return is_new and not verdict.is_reported and verdict.event is not Event.PLACE_PASSED_ON


def _gated(call: Call, one: Verdict, number: int) -> Verdict:
    """Keep what came of the places to oneself as long as one of those who compete cannot be ranked."""
    if one.event not in _BY_PLACES:
        return one
    why = because(ReasonKind.GATED, number=number)
    return replace(one, is_early=True, reasons=(*_as_far_as_known(call, one.reasons), why))


def _without_unproved(
    call: Call,
    verdicts: tuple[Verdict, ...],
    questions: OpenQuestions,
    seating: Seating | None,
    now: datetime,
) -> tuple[Verdict, ...]:
    doubles = {case.reference for case in questions.doubles}
    unproved = find_unproved(call, seating, questions, now) if seating else frozenset[str]()
    is_given = any(one.event is Event.PLACE_GIVEN for one in verdicts if one.reference not in unproved)
    dates, number = call.dates, len(questions.asked)
    until = dates.reviews_by.date().isoformat() if dates.reviews_by else ""
    why = because(ReasonKind.REVIEWS, number=number, until=until)

    def early(one: Verdict) -> Verdict:
        if one.event is Event.PASSED_OVER:
            return one if is_given else replace(one, is_early=True)
        if one.reference in unproved or (one.event is Event.RULED_OUT and one.reference in doubles):
            return replace(one, is_early=True, reasons=(*_as_far_as_known(call, one.reasons), why))
        return one

    return tuple(early(one) if one.standing else one for one in verdicts)


def _as_far_as_known(call: Call, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Say of a place only what those who are told before do not change: what tipped the scales is known at the end."""
    known: Mapping[ReasonKind, Mapping[str, Fact]] = {
        ReasonKind.OFFERED: {"tier": 0, "causes": ()},
        ReasonKind.NO_PLACE: {"places": call.places.seats, "full": (), "causes": ()},
    }
    said = (reason for reason in reasons if reason.kind is not ReasonKind.PASSED_OVER)
    return tuple(reason.but(**known.get(reason.kind, {})) for reason in said)
