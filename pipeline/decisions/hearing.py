"""An answer that came by the reply form, against what organisers typed and what was heard before: does it count?

The newest counts, and what an organiser typed counts for more than an answer that is older. So an answer is followed
once; after a word of the organisers only a newer one is.
"""

from dataclasses import replace
from datetime import datetime

from pipeline.decisions.case import Case
from pipeline.decisions.timeline import TRANSITIONS, TYPED, Event
from pipeline.decisions.verdict import status_before
from pipeline.intake.decision_words import Word, without_ok
from pipeline.model.applicant import Status
from pipeline.model.history import History
from pipeline.model.history_events import LONGEST_WORD
from pipeline.model.replies import Replies
from pipeline.model.text import shorten

_WORDS = frozenset(TYPED.values())


def with_reply(case: Case, replies: Replies, history: History, now: datetime) -> Case:
    """Return a case with the newest answer by the reply form, and whether that is news."""
    reply, standing = replies.newest.get(case.reference), case.standing
    if reply is None:
        return case
    is_heard = standing is not None and standing.heard_until is not None and reply.at <= standing.heard_until
    has_replied = not is_heard and not _is_overruled(case, reply.at, history, now)
    return replace(case, reply=reply, has_replied=has_replied)


def _is_overruled(case: Case, at: datetime, history: History, now: datetime) -> bool:
    """Whether a word that decides was typed after an answer of that time, or holds the person back."""
    if not case.override or case.override.word is Word.ELIGIBLE:
        return False
    is_offer = case.standing is not None and case.standing.status is Status.OFFERED
    if is_offer and is_carried_out(case):
        return False  # by that word the place was offered, and this is the answer
    typed = history.words.get(case.reference)
    is_seen = typed is not None and typed.text == shorten(_cell(case), LONGEST_WORD)
    since = typed.at if typed and is_seen else now
    return case.override.word is Word.HOLD or since >= at


def heard_until(case: Case, event: Event, status: Status, now: datetime) -> datetime | None:
    """Return up to when answers are heard once an event is on record; a word that makes no offer overrules them all."""
    if event in _WORDS and status is not Status.OFFERED:
        return now
    known = case.standing.heard_until if case.standing else None
    return max(filter(None, (known, case.reply.at if case.reply else None)), default=None)


def is_carried_out(case: Case) -> bool:
    """Whether the word in somebody's cell was followed already, whatever happened since."""
    standing, word = case.standing, without_ok(_cell(case))
    return standing is not None and bool(word) and without_ok(standing.decision) == word


def _cell(case: Case) -> str:
    return case.applicant.decision or case.applicant.older_decision


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


def is_overtaken(case: Case) -> bool:
    """Whether a word was carried out, and something else has moved the person on since: it is not followed again."""
    if not case.override or not case.standing or not is_carried_out(case):
        return False
    return TRANSITIONS[status_before(case), TYPED[case.override.word]].status is not case.standing.status
