"""The life of an offer: until when it is to be answered, what a yes still lacks, and when silence ends it. Pure.

Nothing lapses that its own letter did not say: the day stands in the standing as the letter has it. An offer whose
letter named no day is for a person, and so is one that cannot be answered in a day and a night.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipeline.decisions.case import Case
from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import DAY, History, Posted, Standing
from pipeline.model.kinds import Kind
from pipeline.model.message import State
from pipeline.model.offers import Silence
from pipeline.model.replies import Replies


def time_left(until: datetime, now: datetime) -> timedelta:
    """Return how much time passes until then. In UTC: Python subtracts times of one zone by what the clock shows."""
    return until.astimezone(UTC) - now.astimezone(UTC)


def answer_by(call: Call, now: datetime) -> datetime | None:
    """Return until when an offer of this moment is to be answered; None where the call names no day that is left.

    It is the later of the call's day and of so many days from today, but for the latter before the meeting.
    """
    fixed, within = call.dates.reply_by, call.offers.within
    if within is None:
        return fixed if fixed and time_left(fixed, now) >= DAY else None
    counted = _end_of(now.astimezone(call.zone).date() + within, call.zone)
    latest = call.dates.starts.astimezone(call.zone) - call.offers.before_start
    due = min(counted, latest, key=lambda moment: moment.astimezone(UTC))
    return max(due, fixed, key=lambda moment: moment.astimezone(UTC)) if fixed else due


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(23, 59, 59), zone)


def is_too_short(call: Call, now: datetime) -> bool:
    """Whether an offer of this moment could not be answered in a day and a night: a person is to ask."""
    due = answer_by(call, now)
    return due is not None and time_left(due, now) < DAY


def promised(call: Call, reference: str, history: History, now: datetime) -> datetime | None:
    """Return until when somebody is to answer who gets an offer now; None where its letter names no day.

    While an offer waits for approval, its day stays, and so does its letter: as long as enough of the time is left.
    """
    due = answer_by(call, now)
    if due is None or time_left(due, now) < DAY:
        return None
    shown = _shown(reference, history)
    enough = max(DAY, (call.offers.within or DAY) / 2)
    fixed = call.dates.reply_by
    is_kept = (
        shown is not None
        and time_left(shown, now) >= enough
        and time_left(due, shown) >= timedelta()
        and (fixed is None or time_left(shown, fixed) >= timedelta())
    )
    return shown.astimezone(call.zone) if shown and is_kept else due


def _shown(reference: str, history: History) -> datetime | None:
    """Return the day in the invitation that the sheet shows as waiting for a person."""
    last = history.proposals[-1] if history.proposals else None
    waiting = (*last.effects, *last.early) if last else ()
    meant = (each.until for each in waiting if (each.reference, each.kind) == (reference, Kind.INVITATION))
    until = next(meant, "")
    return datetime.fromisoformat(until) if until else None


def lacks_something(call: Call, case: Case) -> bool:
    """Whether a yes to an offer does not confirm it yet: what the call requires is not in the answers."""
    is_offer = case.standing is not None and case.standing.status is Status.OFFERED
    requires = call.offers.requires
    return is_offer and requires is not None and not requires.holds(case.applicant.response.answers)


def expires(call: Call) -> bool:
    """Whether offers lapse by themselves: only where their people can be told."""
    can_tell = Kind.OFFER_EXPIRED in call.messages and not call.cancelled
    return can_tell and call.offers.on_silence is Silence.EXPIRE


def has_lapsed(call: Call, case: Case, posted: tuple[Posted, ...], replies: Replies, now: datetime) -> bool:
    """Whether silence has ended an offer.

    Only where the person was told until when, was reminded, and may not have answered; a word of the organisers that
    is news comes first.
    """
    standing = case.standing
    if standing is None or standing.status is not Status.OFFERED or standing.reply_by is None:
        return False
    is_over = time_left(standing.reply_by, now) < timedelta() and expires(call)
    is_silent = replies.are_read and not case.has_replied and case.reference not in replies.unclear
    is_free = case.override is None or case.override.word is Word.ELIGIBLE or case.is_carried_out
    is_free = is_free and not case.has_changed
    return is_over and is_silent and is_free and _was_told(posted) and _was_reminded(call, standing, posted)


def _was_told(posted: tuple[Posted, ...]) -> bool:
    invitations = [each for each in posted if each.kind == Kind.INVITATION]
    return bool(invitations) and invitations[-1].state is State.ACCEPTED


def _was_reminded(call: Call, standing: Standing, posted: tuple[Posted, ...]) -> bool:
    """Whether the reminder of this very offer left, or the call has none."""
    return Kind.REPLY_REMINDER not in call.messages or any(
        each.kind == Kind.REPLY_REMINDER
        and each.state is State.ACCEPTED
        and each.occasion == offer_of(standing)
        for each in posted
    )


def offer_of(standing: Standing) -> str:
    """Return what a reminder is about: the day until which this offer is to be answered."""
    assert standing.reply_by is not None  # noqa: S101 - without a day, nobody is reminded of one
    return standing.reply_by.astimezone(UTC).isoformat()


def remind_from(call: Call, standing: Standing) -> datetime:
    """Return from when somebody is reminded: so many days before, and never before half of the time is over."""
    due = standing.reply_by
    assert due is not None  # noqa: S101 - without a day, nobody is reminded of one
    day = due.astimezone(call.zone).date() - call.offers.remind_before
    half = standing.at.astimezone(UTC) + time_left(due, standing.at) / 2
    return max(datetime.combine(day, time(), call.zone).astimezone(UTC), half)
