"""What a letter puts into its reader's calendar: the sessions of the programme, one appointment each."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipeline.model.frozen import dataclass


class CalendarMethod(StrEnum):
    """What a calendar is to do with an appointment (RFC 5546, 1.4); only REQUEST asks for a reply."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Session:
    """A part of the programme without a break, aware, in the call's zone; of whole days only the days count.

    `titles` and `places` are by language, under the empty key in all others; without a place, it is that of the call.
    """

    starts: datetime
    ends: datetime
    is_whole_day: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def say_sessions(sessions: Iterable[Session]) -> str:
    """Say when sessions are, so that two programmes can be compared."""
    return ", ".join(
        "/".join(
            str(moment.date()) if session.is_whole_day else moment.isoformat()
            for moment in (session.starts, session.ends)
        )
        for session in sessions
    )


def read_sessions(said: str, zone: ZoneInfo) -> tuple[Session, ...]:
    """Read when sessions are, as `say_sessions` said it."""
    return tuple(_read_session(each, zone) for each in said.split(", ") if each)


def _read_session(said: str, zone: ZoneInfo) -> Session:
    first, last = map(datetime.fromisoformat, said.split("/"))
    if first.tzinfo is None:
        return Session(first.replace(tzinfo=zone), last.replace(tzinfo=zone), is_whole_day=True)
    return Session(first.astimezone(zone), last.astimezone(zone))


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """Whether letters carry appointments, and how long before each the calendar reminds (nothing: not at all)."""

    is_used: bool = True
    remind: timedelta = timedelta(hours=24)


AS_USUAL = CalendarSettings()


@dataclass(frozen=True, slots=True)
class Appointment:
    """One session as one reader's calendar shows it, in the language of their letter.

    A later one of the same `uid` with a higher `sequence` takes its place. `is_sure` once the reader said yes.
    `organiser` is an address; empty: none is named.
    """

    uid: str
    sequence: int
    method: CalendarMethod
    session: Session
    summary: str
    place: str = ""
    description: str = ""
    organiser: str = ""
    is_sure: bool = False
    remind: timedelta = timedelta()
