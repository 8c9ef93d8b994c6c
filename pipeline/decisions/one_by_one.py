"""What becomes of one applicant where nobody need be compared: words, replies, silence, and what was told before."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.decisions.case import Case, finding, plain_reasons
from pipeline.decisions.first_questions import only_waits
from pipeline.decisions.hearing import event_of, heard_until
from pipeline.decisions.offers import lacks_something
from pipeline.decisions.timeline import REPORTED, TRANSITIONS, TYPED, UNTOLD, Event
from pipeline.decisions.verdict import ASK, Verdict, is_reopened, status_before
from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.call import Call, may_tell, when
from pipeline.model.history import LEFT, SEATED, Posted, Standing, is_by_hand, is_told
from pipeline.model.kinds import Kind
from pipeline.model.reason import Reason, ReasonKind, because

BY_HAND = because(ReasonKind.TOLD_BY_HAND)


def settle(call: Call, case: Case, now: datetime, *, has_lapsed: bool = False) -> Verdict | None:
    """Conclude what needs no comparison with others; None leaves it to the places.

    `has_lapsed` says that silence has ended the applicant's offer.
    """
    if case.doubt:
        known = case.standing
        return Verdict(
            case,
            known.status if known else Status.TO_REVIEW,
            (case.doubt, *(known.reasons if known else ())),
        )
    if said := _hear(call, case, now):
        return said
    if has_lapsed and case.standing and case.standing.reply_by:
        why = because(ReasonKind.LAPSED, by=when(call, case.standing.reply_by))
        return conclude(case, Event.REPLY_DATE_PASSED, (why,), now)
    if case.override and case.override.word is not Word.ELIGIBLE:
        event = Event.PLACE_PASSED_ON if case.passed_by else TYPED[case.override.word]
        return _follow(call, case, event, now)
    if case.standing and not is_reopened(case, case.standing):
        return _keep(case, case.standing)
    if case.classification.eligibility is Eligibility.ELIGIBLE:
        return None
    return _exclude(case, now)


def let_go(case: Case, posted: Mapping[str, tuple[Posted, ...]]) -> Verdict | None:
    """Keep whoever waits and was told that the list is closed from getting a place by rank, whatever the dates say."""
    standing = case.standing
    if standing is None or standing.status is not Status.WAITING or case.override or case.doubt:
        return None
    if case.has_replied or not is_told(posted.get(case.reference, ()), Kind.WAITING_LIST_CLOSED):
        return None
    return Verdict(case, standing.status, (*standing.reasons, because(ReasonKind.CLOSED)))


def _hear(call: Call, case: Case, now: datetime) -> Verdict | None:
    """Follow an answer by the reply form that is news; nothing where it changes nothing."""
    event = event_of(case)
    if event is None or case.reply is None:
        return None
    before, status = status_before(case), TRANSITIONS[status_before(case), event].status
    if status is before:
        return None
    if event is Event.SAID_YES and lacks_something(call, case):
        return _lacking(call, case)
    kind = ReasonKind.SAID_YES if case.reply.is_yes else ReasonKind.SAID_NO
    why = because(kind, at=when(call, case.reply.at), status=before.value)
    if status is Status.TO_REVIEW:
        return Verdict(case, status, (why, ASK))
    return conclude(case, event, (why,), now)


def _follow(call: Call, case: Case, event: Event, now: datetime) -> Verdict:
    """Follow an organiser's word. What is to be told waits for the selection date, and says so."""
    standing, status = case.standing, TRANSITIONS[status_before(case), event].status
    if status is Status.ON_HOLD:
        return Verdict(case, status, (because(ReasonKind.HELD),))
    if standing and (standing.status is status or case.is_carried_out):
        return _say_again(call, case, standing, event, now)
    if event is Event.TYPED_CONFIRMED and lacks_something(call, case):
        return _lacking(call, case)
    reasons = [_why(case)]
    if not (may_tell(call.dates, now) or event in REPORTED or case.is_silent or case.passed_by or standing):
        reasons.append(because(ReasonKind.TOLD_FROM, on=call.dates.selection.date().isoformat()))
    return conclude(case, event, tuple(reasons), now)


def _say_again(call: Call, case: Case, standing: Standing, event: Event, now: datetime) -> Verdict:
    """Keep what stands; put on record what a word adds: a category, a later day, that organisers tell it themselves."""
    kept, word = Verdict(case, standing.status, standing.reasons), case.override
    if word is None or case.is_carried_out:
        return kept
    is_offer = standing.status is Status.OFFERED
    until = word.until.end(call.zone) if word.until and is_offer else standing.reply_by
    is_newly_by_hand = word.silent and not is_by_hand(standing)
    if not is_newly_by_hand and word.category in ("", standing.category) and until == standing.reply_by:
        return kept
    reasons = (*standing.reasons, BY_HAND) if is_newly_by_hand else standing.reasons
    new = replace(
        standing,
        eligibility=case.classification.eligibility,
        category=case.classification.category,
        reasons=reasons,
        decision=_word(case),
        at=now,
        note=_note(case),
        cause=event.name.lower(),
        reply_by=until,
        owed=(),  # what the status called for has left; nobody gets it twice
    )
    return Verdict(case, standing.status, reasons, new, event)


def _why(case: Case) -> Reason:
    if case.passed_by:
        return because(ReasonKind.PLACE_PASSED, other=case.passed_by)
    return because(ReasonKind.DECIDED, word=case.override.said if case.override else "")


def _word(case: Case) -> str:
    """Return the cell in which organisers decided, or what somebody else's cell said about this one."""
    said = case.override.said if case.passed_by and case.override else ""
    return said or case.applicant.decision or case.applicant.older_decision


def _note(case: Case) -> str:
    """Return what organisers noted: behind their word, and beside it."""
    comment = case.override.comment if case.override else ""
    return " / ".join(filter(None, (comment, case.applicant.note)))


def _lacking(call: Call, case: Case) -> Verdict:
    """Keep an offer to which somebody said yes without what the call requires: the yes counts once it is there."""
    standing, requires = case.standing, call.offers.requires
    assert standing is not None  # noqa: S101 - `lacks_something` looked
    assert requires is not None  # noqa: S101 - nothing is lacking where the call requires nothing
    headers = tuple(call.columns.question(key).header for key in requires.keys)
    return Verdict(case, Status.OFFERED, (*standing.reasons, because(ReasonKind.LACKING, headers=headers)))


def _keep(case: Case, standing: Standing) -> Verdict | None:
    """Keep what was told; ask a person where something contradicts it; let the waiting be promoted."""
    since = {"status": standing.status.value, "since": standing.at.date().isoformat()}
    event = _met(case, standing)
    if event and TRANSITIONS[standing.status, event].status is Status.TO_REVIEW:
        again = (because(ReasonKind.APPLIED_AGAIN, **since),)
        contradicted = (because(ReasonKind.CONTRADICTED, **since), *case.found.reasons)
        why = again if event is Event.APPLIED_AGAIN else contradicted
        return Verdict(case, Status.TO_REVIEW, (*why, ASK))
    if standing.status is Status.WAITING and _awaits_turn(case):
        return None
    return Verdict(case, standing.status, standing.reasons)


def _met(case: Case, standing: Standing) -> Event | None:
    """Return what the form sent since, if it matters; an organiser's word beats it."""
    if case.override:
        return None
    if standing.status in LEFT and case.applicant.response.submitted > standing.at:
        return Event.APPLIED_AGAIN
    return Event.ANSWERS_CHANGED if case.has_changed else None


def _awaits_turn(case: Case) -> bool:
    """Whether somebody waits by rank. Whom organisers keep waiting, they alone call up."""
    kept = case.followed is not None and case.followed.word is Word.WAITING and not case.override
    return case.classification.eligibility is Eligibility.ELIGIBLE and not kept


def _exclude(case: Case, now: datetime) -> Verdict:
    """Say who is not in the target audience, or needs a person first; the former is told."""
    status = Status.RECEIVED if only_waits(case) else UNTOLD[case.classification.eligibility]
    if status is Status.INELIGIBLE:
        return conclude(case, Event.RULED_OUT, plain_reasons(case), now)
    return Verdict(case, status, plain_reasons(case))


def conclude(case: Case, event: Event, reasons: tuple[Reason, ...], now: datetime) -> Verdict:
    """Put on record where an event leads."""
    before, status = case.standing, TRANSITIONS[status_before(case), event].status
    had_place = before is not None and (before.status in SEATED or before.vacated)
    reasons = (*reasons, BY_HAND) if case.is_silent else reasons
    standing = Standing(
        reference=case.reference,
        status=status,
        eligibility=case.classification.eligibility,
        category=case.classification.category,
        reasons=reasons,
        decision=_word(case) if case.override else "",
        at=now,
        found=finding(case.found),
        vacated=had_place and status not in SEATED,
        note=_note(case) if case.override else "",
        heard_until=heard_until(case, event, status, now),
        cause=event.name.lower(),
    )
    return Verdict(case, status, reasons, standing, event)
