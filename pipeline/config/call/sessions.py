"""The sessions of the programme, as letters put them into calendars: written ones, or one from start to end."""

from datetime import UTC
from zoneinfo import ZoneInfo

from pipeline.config.call.schema import DatesSection, SessionEntry
from pipeline.config.reading.file import ConfigFile
from pipeline.config.reading.nodes import Path
from pipeline.model.appointment import Session
from pipeline.model.call import Dates
from pipeline.model.written_time import exists

SESSIONS = ("dates", "sessions")


def build_sessions(
    file: ConfigFile, section: DatesSection, dates: Dates, zone: ZoneInfo
) -> tuple[Session, ...]:
    """Make the sessions of a call, noting those that cannot be; without any, the meeting is one.

    It is one of whole days where only days are known of its start or its end.
    """
    if not section.sessions:
        return (Session(dates.starts, dates.ends, section.starts.is_day or section.ends.is_day),)
    sessions = tuple(_session(entry, zone) for entry in section.sessions)
    for at, (entry, session) in enumerate(zip(section.sessions, sessions, strict=True)):
        if fault := _fault(entry, session):
            file.add((*SESSIONS, at), *fault)
    _note_disorder(file, sessions, dates)
    return sessions


def _session(entry: SessionEntry, zone: ZoneInfo) -> Session:
    is_day = entry.starts.is_day
    return Session(entry.starts.first(zone), entry.ends.end(zone), is_day, entry.title, entry.place)


def _fault(entry: SessionEntry, session: Session) -> tuple[str, str] | None:
    if entry.starts.is_day != entry.ends.is_day:
        return "a session has a time at one end only", "Write a time at both, or at none for whole days."
    if not (exists(session.starts) and exists(session.ends)):
        what = f"a session is in the hour that clocks in {session.starts.tzinfo} skip on that day"
        return what, "Write an hour earlier or later."
    return None


def _note_disorder(file: ConfigFile, sessions: tuple[Session, ...], dates: Dates) -> None:
    """Note what is not in order: each session after the one before, all of them within the meeting."""
    # In UTC: Python compares two times of one zone by what the clock shows.
    before = dates.starts.astimezone(UTC)
    for at, session in enumerate(sessions):
        path: Path = (*SESSIONS, at)
        starts, ends = session.starts.astimezone(UTC), session.ends.astimezone(UTC)
        if ends <= starts:
            file.add(path, "a session ends before it begins", "Correct one of its times.")
        elif starts < before:
            file.add(path, "a session begins before the meeting, or before the last one ends", _IN_ORDER)
        elif ends > dates.ends.astimezone(UTC):
            file.add(path, "a session ends after the meeting", _IN_ORDER)
        before = max(before, ends)


_IN_ORDER = (
    "Write sessions in order, from `starts` to `ends` of `dates`; correct those, too, if the meeting moves."
)
