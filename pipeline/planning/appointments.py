"""Which appointments a letter carries: what of the programme goes into its reader's calendar, or out of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import chain

from pipeline.messages.calendar import write_appointment
from pipeline.messages.context import in_language
from pipeline.model.applicant import Status
from pipeline.model.appointment import Appointment, CalendarMethod, Session, read_sessions, say_sessions
from pipeline.model.call import SESSIONS, Call
from pipeline.model.history import SEATED, Posted
from pipeline.model.kinds import Kind, sort_of
from pipeline.model.locales import nearest
from pipeline.model.message import DOUBTFUL_STATES, Attachment, Rendered, State
from pipeline.model.text import one_line


def add_appointments(
    call: Call,
    kind: Kind,
    reference: str,
    status: Status,
    content: Rendered,
    language: str,
    posted: tuple[Posted, ...],
    now: datetime,
) -> Rendered:
    """Attach a file for each session that a letter of this kind puts into a calendar, moves, or takes out of it.

    The same session of the same person always has the same id, and each letter a higher sequence than those before
    (`posted`: all that this person was sent, oldest first). What was put there and is no longer in the programme goes.
    """
    method, there = sort_of(kind).calendar, _in_calendar(call, posted)
    to_come = () if method is CalendarMethod.CANCEL else call.dates.sessions
    is_meant = method is CalendarMethod.CANCEL or (call.calendar.is_used and status in SEATED)
    if method is None or not is_meant or not (there or to_come):
        return content
    usual = Appointment(
        uid="",
        sequence=sum(_carries(message) for message in posted),
        method=method,
        session=(to_come or there)[0],
        summary=one_line(_own_text(call, "title", call.title, language)),
        place=one_line(_own_text(call, "place", call.facts.get("place", ""), language)),
        description=content.calendar,
        organiser=call.reply_to,
        is_sure=status is Status.CONFIRMED,
        remind=call.calendar.remind,
    )
    off, number = replace(usual, method=CalendarMethod.CANCEL), max(len(to_come), len(there))
    every = chain(((usual, each) for each in to_come), ((off, each) for each in there[len(to_come) :]))
    made = tuple(
        _write(replace(like, session=session), nth, number, reference, call, language, now)
        for nth, (like, session) in enumerate(every, 1)
    )
    printed = {**dict(content.printed), SESSIONS: say_sessions(to_come)}
    return replace(content, attachments=(*content.attachments, *made), printed=tuple(sorted(printed.items())))


def _carries(message: Posted) -> bool:
    """Whether a letter may have brought appointments; of one of a recovered ledger only the kind is known."""
    return SESSIONS in dict(message.printed) or sort_of(message.kind).calendar is not None


def _in_calendar(call: Call, posted: tuple[Posted, ...]) -> tuple[Session, ...]:
    """Return the sessions that letters put into a reader's calendar, as far as is known."""
    known = {State.ACCEPTED, *DOUBTFUL_STATES}
    told = (dict(message.printed).get(SESSIONS) for message in reversed(posted) if message.state in known)
    return read_sessions(next((said for said in told if said is not None), ""), call.zone)


def _write(
    like: Appointment, nth: int, number: int, reference: str, call: Call, language: str, now: datetime
) -> Attachment:
    appointment = replace(
        like,
        uid=sha256(f"{call.id}/{reference}/{nth}".encode()).hexdigest()[:40],
        summary=_summary(like.summary, like.session, nth, number, language),
        place=_text(like.session.places, language) or like.place,
    )
    return write_appointment(appointment, f"calendar-{nth}.ics" if number > 1 else "calendar.ics", now)


def _own_text(call: Call, key: str, text: str, language: str) -> str:
    own = in_language(call, key, language)
    return text if own == key else call.facts[own]


def _summary(title: str, session: Session, nth: int, number: int, language: str) -> str:
    """Name the meeting, and which of its sessions it is."""
    if own := _text(session.titles, language):
        return f"{title}: {own}"
    return f"{title} ({nth}/{number})" if number > 1 else title


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(nearest(language, texts), "")
