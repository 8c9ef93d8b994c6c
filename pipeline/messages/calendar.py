"""An appointment as a file that calendars take in (RFC 5545), and what of it is compared between two runs.

A file has one event: Outlook opens several as a calendar of its own, Gmail shows the first. Times are on the clock of
the call's zone, whose changes around the event are in the file.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.model.appointment import Appointment, CalendarMethod, Session
from pipeline.model.message import Attachment

if TYPE_CHECKING:
    from icalendar import Alarm, Timezone

MEDIA_TYPE = "text/calendar"
_AROUND = timedelta(days=400)
"""So far before and after an event its zone is described: both changes of the clock are within it."""
_MORNING = timedelta(hours=9)
"""Of a day without times, calendars remind at nine."""
_MINUTE, _DAY = timedelta(minutes=1), 24 * 60
_RUNNING = re.compile(rb"^(?:DTSTAMP|SEQUENCE):[^\r\n]*\r\n", re.MULTILINE)


def write_appointment(appointment: Appointment, name: str, stamp: datetime) -> Attachment:
    """Write an appointment as an attachment called `name`; `stamp` is when it was written."""
    from icalendar import Calendar, Event, vCalAddress

    session, is_off = appointment.session, appointment.method is CalendarMethod.CANCEL
    event = Event()
    event.add("uid", appointment.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", appointment.sequence)
    event.add("summary", appointment.summary)
    event.add("dtstart", session.starts.date() if session.is_whole_day else session.starts)
    event.add("dtend", session.ends.date() + timedelta(days=1) if session.is_whole_day else session.ends)
    for key, text in (("location", appointment.place), ("description", appointment.description)):
        if text:
            event.add(key, text)
    if appointment.organiser:
        event.add("organizer", vCalAddress(f"mailto:{appointment.organiser}"))
    event.add("status", "CANCELLED" if is_off else "CONFIRMED" if appointment.is_sure else "TENTATIVE")
    if appointment.remind and not is_off:
        event.add_component(_alarm(appointment))  # last: Outlook refuses what stands behind it
    calendar = Calendar()
    calendar.add("prodid", "-//Convene//Convene//EN")
    calendar.add("version", "2.0")
    calendar.add("method", appointment.method.value)
    if not session.is_whole_day:
        calendar.add_component(_zone(str(session.starts.tzinfo), *_around(session)))
    calendar.add_component(event)
    return Attachment(name, f'{MEDIA_TYPE}; charset="utf-8"; method={appointment.method}', calendar.to_ical())


def _alarm(appointment: Appointment) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", appointment.summary)
    alarm.add("trigger", (_MORNING if appointment.session.is_whole_day else timedelta()) - appointment.remind)
    return alarm


def _around(session: Session) -> tuple[date, date]:
    return (session.starts - _AROUND).date(), (session.ends + _AROUND).date()


@lru_cache(maxsize=32)
def _zone(key: str, first: date, last: date) -> "Timezone":
    """Describe the clock of a zone between two days: as it is on the first, and each change (RFC 5545, 3.6.5).

    No repetition: calendars differ in how they read it.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone, start = ZoneInfo(key), datetime.combine(first, time(), UTC)
    made = Timezone()
    made.add("tzid", key)
    for moment in (start, *_changes(zone, start, (last - first).days)):
        before, after = ((moment - back).astimezone(zone) for back in (_MINUTE, timedelta()))
        was, is_now = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
        is_summer = (
            is_now > was or (after.dst() or timedelta()) > timedelta()
        )  # Dublin's winter has less than none
        part = TimezoneDaylight() if is_summer else TimezoneStandard()
        part.add("dtstart", (moment + was).replace(tzinfo=None))  # on the clock that it ends
        part.add("tzoffsetfrom", was)
        part.add("tzoffsetto", is_now)
        part.add("tzname", after.tzname())
        made.add_component(part)
    return made


def _changes(zone: ZoneInfo, start: datetime, days: int) -> Iterator[datetime]:
    """Find when the clock changes, to the minute."""

    def offset(minute: int) -> timedelta | None:
        return (start + minute * _MINUTE).astimezone(zone).utcoffset()

    for day in range(0, days * _DAY, _DAY):
        if offset(day) != offset(day + _DAY):
            old = offset(day)
            within = (offset(minute) != old for minute in range(day, day + _DAY))
            yield start + _MINUTE * (day + tuple(within).index(True))


def lasting(attachment: Attachment) -> bytes:
    """Return what an attachment says: of an appointment, without what differs each time that it is written."""
    return _RUNNING.sub(b"", attachment.data) if attachment.type.startswith(MEDIA_TYPE) else attachment.data
