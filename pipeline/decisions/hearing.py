"""An answer that came by the reply form, against what organisers typed and what was heard before: does it count?

The newest counts, and what an organiser typed counts for more than an answer that is older. So an answer is followed
once; after a word of the organisers only a newer one is.
"""

from dataclasses import replace
from datetime import datetime

from pipeline.decisions.case import Case
from pipeline.decisions.timeline import TRANSITIONS, TYPED, Event
from pipeline.decisions.verdict import status_before
from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Status
from pipeline.model.replies import Replies

_WORDS = frozenset(TYPED.values())


def with_reply(case: Case, replies: Replies, now: datetime) -> Case:
    """Return a case with the newest answer by the reply form, and whether that is news."""
    reply, standing = replies.newest.get(case.reference), case.standing
    if reply is None:
        return case
    is_heard = standing is not None and standing.heard_until is not None and reply.at <= standing.heard_until
    has_replied = not is_heard and not _is_overruled(case, reply.at, now)
    return replace(case, reply=reply, has_replied=has_replied)


def _is_overruled(case: Case, at: datetime, now: datetime) -> bool:
    """Whether a word that decides was typed after an answer of that time, or holds the person back."""
    if not case.override or case.override.word is Word.ELIGIBLE:
        return False
    is_offer = case.standing is not None and case.standing.status is Status.OFFERED
    if is_offer and case.is_carried_out:
        return False  # by that word the place was offered, and this is the answer
    return case.override.word is Word.HOLD or (case.since or now) >= at


def heard_until(case: Case, event: Event, status: Status, now: datetime) -> datetime | None:
    """Return up to when answers are heard once an event is on record; a word that makes no offer overrules them all."""
    if event in _WORDS and status is not Status.OFFERED:
        return now
    known = case.standing.heard_until if case.standing else None
    return max(filter(None, (known, case.reply.at if case.reply else None)), default=None)


def event_of(case: Case) -> Event | None:
    """Return what an answer that is news is in the table of transitions; None where it is about no offer of ours."""
    reply, standing = case.reply, case.standing
    if not case.has_replied or reply is None:
        return None
    if standing and standing.status is Status.OFFERED and reply.at < standing.at:
        return None
    event = Event.SAID_YES if reply.is_yes else Event.SAID_NO
    return event if (status_before(case), event) in TRANSITIONS else None


def is_idle(case: Case) -> bool:
    """Whether an answer that is news is about no offer, and not only about nothing that could be given up."""
    has_offer = case.standing is not None and case.standing.status is Status.OFFERED
    return (
        case.has_replied
        and event_of(case) is None
        and (has_offer or (case.reply is not None and case.reply.is_yes))
    )
