"""From a verdict to the bytes that leave: what a message says, until when it is true, and its letter."""

from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.decisions.offers import time_left
from pipeline.decisions.verdict import Verdict
from pipeline.messages.compose import compose, compose_copy, make_message_id
from pipeline.messages.context import NOTHING_TOLD, Told, make_context
from pipeline.messages.language import language_of
from pipeline.messages.reading import Templates
from pipeline.messages.render import render
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.call import Call
from pipeline.model.history import Posted, Standing
from pipeline.model.kinds import NOTICES, sort_of
from pipeline.model.message import DECISIONS, Kind, Letter, Message, Rendered
from pipeline.model.printed import Differences
from pipeline.model.reason import BY_WORD
from pipeline.model.settings import Sender
from pipeline.planning.appointments import add_appointments


def write_message(
    call: Call,
    templates: Templates,
    verdict: Verdict,
    kind: Kind,
    revision: int,
    now: datetime,
    position: int = 0,
    posted: tuple[Posted, ...] = (),
    changes: Differences = (),
) -> Message:
    """Fill in the template of a kind for one applicant, in the language that they read.

    `position` is the place on the waiting list, 0 for none; `posted` is all that this person was sent, and `changes`
    what of it is not so any more. Raises TemplateError.
    """
    applicant, found = verdict.case.applicant, verdict.case.classification
    asked = language_of(call.languages, applicant.response.answers)
    told = _told(call, verdict, kind, now, position)
    language = templates.template(kind, asked).language
    context = make_context(
        call,
        applicant,
        category=found.category,
        late=verdict.case.late,
        held=found.eligibility is Eligibility.HELD,
        passed=passed_dates(call, kind, now),
        told=told,
        language=language,
        changes=changes,
    )
    content = _noting(changes if kind in NOTICES else (), render(templates, kind, context))
    return Message(
        reference=applicant.reference,
        to=applicant.response.to,
        kind=kind,
        revision=revision,
        content=add_appointments(
            call, kind, applicant.reference, told.status, content, language, posted, now
        ),
        why=verdict.reason,
        until=true_until(call, kind, verdict.standing or verdict.case.standing, now),
    )


def _noting(changes: Differences, content: Rendered) -> Rendered:
    """Note that a letter tells these changes, in whatever words it does."""
    if not changes:
        return content
    noted = {**dict(content.printed), **{change.name: change.now for change in changes}}
    return replace(content, printed=tuple(sorted(noted.items())))


def _told(call: Call, verdict: Verdict, kind: Kind, now: datetime, position: int) -> Told:
    """Return what a message tells: a decision with its reasons, or where somebody stands; nothing before one."""
    standing = verdict.standing or verdict.case.standing
    if standing is None or kind not in DECISIONS | NOTICES | call.occasions.keys():
        return NOTHING_TOLD
    waits = position if standing.status is Status.WAITING else 0
    if kind not in DECISIONS:
        return Told(standing.status, (), waits, reply_by(standing, now))
    by_word = any(reason.kind in BY_WORD for reason in standing.reasons)
    return Told(standing.status, standing.reasons, waits, reply_by(standing, now), by_word)


def reply_by(standing: Standing, now: datetime) -> datetime | None:
    """Return until when an offer is to be answered; None for what is none, names no day, or once that has passed."""
    due = standing.reply_by if standing.status is Status.OFFERED else None
    return due if due and time_left(due, now) >= timedelta() else None


def passed_dates(call: Call, kind: Kind, now: datetime) -> frozenset[str]:
    """Return which dates a message would promise though they have passed: they are not named any more.

    To whom news is promised by the selection date, it is a promise; to all others, it is how it was.
    """
    dates = call.dates
    promised = {"reply_by": dates.reply_by}
    if kind == Kind.RECEIVED:
        promised["selection"] = dates.selection
    return frozenset(key for key, date in promised.items() if date and date < now)


def true_until(call: Call, kind: Kind, standing: Standing | None, now: datetime) -> datetime | None:
    """Return until when what a message says is true; None where no date makes it untrue.

    An invitation asks for an answer by a day, or else for one before the meeting; an acknowledgement promises
    news by the selection date; a place on the waiting list, or news to come, means nothing once the meeting has begun.
    """
    is_offer = kind in {Kind.INVITATION, Kind.REPLY_REMINDER}
    if is_offer and standing and (due := reply_by(standing, now)):
        return due
    if occasion := call.occasions.get(kind):
        return occasion.until
    dates = (getattr(call.dates, name) for name in sort_of(kind).until)
    return next((date for date in dates if date and date >= now), None)


def write_letter(call: Call, sender: Sender, message: Message, secret: str, now: datetime) -> Letter:
    """Make the bytes that leave; they are stored before sending and never made again. Raises TemplateError."""
    domain = sender.address.rpartition("@")[2]
    message_id = make_message_id(message.reference, message.kind, message.revision, call.id, secret, domain)
    data = compose(message, sender, call.reply_to, message_id, now, call.id)
    return Letter(sender.address, message.to, message_id, data)


def write_copies(
    call: Call, sender: Sender, message: Message, secret: str, now: datetime
) -> tuple[Letter, ...]:
    """Make a letter of its own for each organiser who is to have a copy. Raises TemplateError."""
    domain, name = sender.address.rpartition("@")[2], f"copy of {message.kind}"
    copies = []
    for to in call.copies.get(message.kind, ()):
        named = f"{message.reference} {to}"
        message_id = make_message_id(named, name, message.revision, call.id, secret, domain)
        data = compose_copy(message, to, sender, message_id, now, call.id)
        copies.append(Letter(sender.address, to, message_id, data))
    return tuple(copies)
