"""Appointments as calendars read them: what was meant, in Madrid and in Helsinki, before and after clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from pipeline.messages.calendar import lasting, write_appointment
from pipeline.model.appointment import Appointment, CalendarMethod, Session
from pipeline.model.message import Attachment
from tests.support.build import MADRID, at

HELSINKI = ZoneInfo("Europe/Helsinki")
NOW = at("08-02 07:00")
MEETING = Appointment(
    uid="5c8d1f",
    sequence=2,
    method=CalendarMethod.PUBLISH,
    session=Session(at("09-12 09:00"), at("09-12 17:30")),
    summary="Étude; a, b",
    place="Barcelona, Spain",
    description="Your reference: P-7K3F9Q.",
    organiser="help@example.org",
    remind=timedelta(hours=24),
)


def test_write_appointment_writes_exactly_this() -> None:
    found = write_appointment(MEETING, "calendar.ics", NOW)
    assert (found.name, found.type) == ("calendar.ics", 'text/calendar; charset="utf-8"; method=PUBLISH')
    assert found.data.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Convene//Convene//EN",
        "METHOD:PUBLISH",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Madrid",
        *change("DAYLIGHT", "20220808T020000", "CEST", "+0200", "+0200"),
        *change("STANDARD", "20221030T030000", "CET", "+0200", "+0100"),
        *change("DAYLIGHT", "20230326T020000", "CEST", "+0100", "+0200"),
        *change("STANDARD", "20231029T030000", "CET", "+0200", "+0100"),
        *change("DAYLIGHT", "20240331T020000", "CEST", "+0100", "+0200"),
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:Étude\\; a\\, b",
        "DTSTART;TZID=Europe/Madrid:20230912T090000",
        "DTEND;TZID=Europe/Madrid:20230912T173000",
        "DTSTAMP:20230802T050000Z",
        "UID:5c8d1f",
        "SEQUENCE:2",
        "DESCRIPTION:Your reference: P-7K3F9Q.",
        "LOCATION:Barcelona\\, Spain",
        "ORGANIZER:mailto:help@example.org",
        "STATUS:TENTATIVE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Étude\\; a\\, b",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def change(kind: str, start: str, name: str, before: str, after: str) -> list[str]:
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{start}",
        f"TZNAME:{name}",
        f"TZOFFSETFROM:{before}",
        f"TZOFFSETTO:{after}",
        f"END:{kind}",
    ]


def test_a_cancellation_reminds_of_nothing() -> None:
    (event,) = read(replace(MEETING, method=CalendarMethod.CANCEL)).walk("VEVENT")
    assert (event["STATUS"], event.subcomponents) == ("CANCELLED", [])


def test_what_is_not_known_is_not_written() -> None:
    bare = replace(MEETING, place="", description="", organiser="", remind=timedelta(), is_sure=True)
    (event,) = read(bare).walk("VEVENT")
    assert event["STATUS"] == "CONFIRMED"
    assert not {"LOCATION", "DESCRIPTION", "ORGANIZER"} & {*event}
    assert event.subcomponents == []


def test_whole_days_have_no_clock_end_before_the_next_day_and_are_announced_at_nine() -> None:
    days = Session(at("09-12 00:00"), at("09-13 23:59:59"), is_whole_day=True)
    calendar = read(replace(MEETING, session=days))
    (event,) = calendar.walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2023, 9, 12), date(2023, 9, 14))
    assert calendar.walk("VTIMEZONE") == []
    assert event.subcomponents[0].decoded("TRIGGER") == timedelta(hours=-15)


def read(appointment: Appointment) -> Calendar:
    return Calendar.from_ical(write_appointment(appointment, "calendar.ics", NOW).data)


def moment(calendar: Calendar, clock: datetime) -> datetime:
    """Return when the clock that the file describes shows a time: its last change counts (RFC 5545, 3.6.5)."""
    (zone,) = calendar.walk("VTIMEZONE")
    parts = [(part.decoded("DTSTART"), part.decoded("TZOFFSETTO")) for part in zone.subcomponents]
    (_, offset) = max(part for part in parts if part[0] <= clock)
    found: datetime = clock - offset
    return found.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "clock", "meant"),
    [
        (MADRID, "2023-03-25 09:00", "2023-03-25 08:00"),
        (MADRID, "2023-03-26 03:00", "2023-03-26 01:00"),
        (MADRID, "2023-03-27 09:00", "2023-03-27 07:00"),
        (MADRID, "2023-10-28 09:00", "2023-10-28 07:00"),
        (MADRID, "2023-10-29 03:00", "2023-10-29 02:00"),
        (HELSINKI, "2023-03-26 02:59", "2023-03-26 00:59"),
        (HELSINKI, "2023-03-26 04:00", "2023-03-26 01:00"),
        (HELSINKI, "2023-10-29 04:00", "2023-10-29 02:00"),
        (HELSINKI, "2023-12-24 18:00", "2023-12-24 16:00"),
        (ZoneInfo("Europe/Dublin"), "2023-03-26 02:00", "2023-03-26 01:00"),
        (ZoneInfo("Australia/Lord_Howe"), "2023-10-01 02:30", "2023-09-30 15:30"),
        (ZoneInfo("Asia/Tokyo"), "2023-03-26 03:00", "2023-03-25 18:00"),
        (ZoneInfo("UTC"), "2023-03-26 03:00", "2023-03-26 03:00"),
    ],
)
def test_a_session_is_at_its_time_around_both_changes_of_the_clock(
    zone: ZoneInfo, clock: str, meant: str
) -> None:
    start = datetime.fromisoformat(clock).replace(tzinfo=zone)
    calendar = read(replace(MEETING, session=Session(start, start + timedelta(hours=3))))
    (event,) = calendar.walk("VEVENT")
    due = datetime.fromisoformat(meant).replace(tzinfo=UTC)
    assert moment(calendar, start.replace(tzinfo=None)) == due
    assert event.decoded("DTSTART").astimezone(UTC) == due


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=90).map(
    str.strip
)


@settings(max_examples=30)
@given(
    summary=TEXTS.filter(bool),
    place=TEXTS,
    said=TEXTS,
    start=st.datetimes(datetime(2001, 1, 1), datetime(2040, 1, 1)).map(
        lambda when: when.replace(microsecond=0)
    ),
    minutes=st.integers(1, 20_000),
    zone=st.sampled_from([MADRID, HELSINKI, ZoneInfo("UTC")]),
    sequence=st.integers(0, 99),
)
@example("\\n,;:\"'\\", "^n", "a" * 76, datetime(2023, 10, 29, 1), 90, MADRID, 0)
def test_any_session_is_read_back_as_it_is(
    summary: str, place: str, said: str, start: datetime, minutes: int, zone: ZoneInfo, sequence: int
) -> None:
    # A time in the hour that comes twice is the first of the two; one that no clock shows is refused before.
    begin = start.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(fold=0)
    end = (begin + timedelta(minutes=minutes)).astimezone(UTC).astimezone(zone).replace(fold=0)
    meant = replace(
        MEETING,
        session=Session(begin, end),
        summary=summary,
        place=place,
        description=said,
        sequence=sequence,
    )
    data = write_appointment(meant, "calendar.ics", NOW).data
    calendar = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (begin, end)
    assert moment(calendar, end.replace(tzinfo=None)) == end.astimezone(UTC)
    assert [str(event.get(key, "")) for key in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [
        summary,
        place,
        said,
    ]
    assert (event.decoded("SEQUENCE"), str(calendar["METHOD"])) == (sequence, "PUBLISH")


def test_what_lasts_of_an_appointment_is_all_but_when_and_how_often_it_was_written() -> None:
    first = write_appointment(MEETING, "calendar.ics", NOW)
    again = write_appointment(replace(MEETING, sequence=3), "calendar.ics", NOW + timedelta(days=1))
    other = write_appointment(replace(MEETING, place="Girona"), "calendar.ics", NOW)
    assert first != again
    assert lasting(first) == lasting(again) != lasting(other)
    assert lasting(Attachment("a.txt", "text/plain", b"SEQUENCE:1\r\n")) == b"SEQUENCE:1\r\n"
