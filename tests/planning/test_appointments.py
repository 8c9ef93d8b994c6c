"""Which appointments a letter carries: the same session has the same id, and each letter a higher sequence."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from pipeline.model.applicant import Status
from pipeline.model.appointment import CalendarMethod, CalendarSettings, Session, read_sessions, say_sessions
from pipeline.model.call import Call
from pipeline.model.history import History, Posted
from pipeline.model.kinds import KINDS, Occasion
from pipeline.model.languages import Languages
from pipeline.model.message import Attachment, Kind, Message, Rendered, State
from pipeline.model.settings import Sender
from pipeline.planning.appointments import add_appointments
from pipeline.planning.effects import words_of_content
from pipeline.planning.letters import write_letter
from pipeline.planning.make_plan import make_plan
from pipeline.planning.recheck import says_as_planned
from tests.support.build import (
    ANA,
    CALL,
    MADRID,
    NEW,
    SELECTION,
    TEMPLATES,
    at,
    carried_out,
    make_service,
    plan,
    responses,
)
from tests.support.reference_call import reference_call
from tests.support.shipped import read_shipped

TWO = (Session(at("09-12 09:00"), at("09-12 17:30")), Session(at("09-13 09:00"), at("09-13 12:30")))
SHIPPED = read_shipped()
WITH_SESSIONS = replace(CALL, dates=replace(CALL.dates, sessions=TWO), facts={"place": "Barcelona"})


def letter(
    history: History = NEW,
    call: Call = WITH_SESSIONS,
    now: datetime = SELECTION,
    row: str = ANA,
) -> Message:
    (message,) = plan(responses(row), now, history, call).messages
    return message


def files(message: Message) -> tuple[Attachment, ...]:
    return message.content.attachments


def events(message: Message) -> list[Mapping[str, object]]:
    return [event for file in files(message) for event in Calendar.from_ical(file.data).walk("VEVENT")]


def shown(message: Message, *keys: str) -> list[tuple[str, ...]]:
    return [tuple(str(event.get(key, "")) for key in keys) for event in events(message)]


def test_an_invitation_carries_every_session_and_keeps_when_they_are() -> None:
    invitation = letter()
    assert [file.name for file in invitation.content.attachments] == ["calendar-1.ics", "calendar-2.ics"]
    assert shown(invitation, "SUMMARY", "LOCATION", "STATUS", "SEQUENCE") == [
        ("A meeting (1/2)", "Barcelona", "TENTATIVE", "0"),
        ("A meeting (2/2)", "Barcelona", "TENTATIVE", "0"),
    ]
    assert dict(invitation.content.printed)["sessions"] == (
        "2023-09-12T09:00:00+02:00/2023-09-12T17:30:00+02:00, 2023-09-13T09:00:00+02:00/2023-09-13T12:30:00+02:00"
    )
    assert len({uid for (uid,) in shown(invitation, "UID")}) == 2


@pytest.mark.parametrize(
    "call",
    [
        CALL,
        replace(WITH_SESSIONS, calendar=CalendarSettings(is_used=False)),
    ],
)
def test_a_call_without_sessions_or_without_calendars_sends_no_appointment(call: Call) -> None:
    assert letter(call=call).content.attachments == ()


def test_an_acknowledgement_carries_none() -> None:
    message = letter(now=at("07-15 07:00"))
    assert (message.kind, message.content.attachments) == (Kind.RECEIVED, ())


def test_titles_and_places_are_those_of_the_letters_language_and_whole_days_only_days() -> None:
    day = Session(at("09-12 00:00"), at("09-12 23:59:59"), True, {"": "Visit"}, {"en": "Prison", "fr": "x"})
    call = replace(WITH_SESSIONS, dates=replace(CALL.dates, sessions=(day,)))
    invitation = letter(call=call)
    assert invitation.content.attachments[0].name == "calendar.ics"
    assert shown(invitation, "SUMMARY", "LOCATION") == [("A meeting: Visit", "Prison")]
    assert dict(invitation.content.printed)["sessions"] == "2023-09-12/2023-09-12"
    french = replace(call, dates=replace(CALL.dates, sessions=TWO[:1]), facts={"title_en": "Our meeting"})
    assert shown(letter(call=french), "SUMMARY", "LOCATION") == [("Our meeting", "")]


def withdrawn(state: State = State.ACCEPTED, call: Call = WITH_SESSIONS) -> History:
    """Return the history after Ana was invited, with an end of that letter, and withdrew."""
    told = carried_out(plan(responses(ANA), SELECTION, NEW, call), NEW, state)
    return carried_out(plan(responses(f"{ANA} > decision=Withdrawn"), at("08-03 07:00"), told, call), told)


def invited_again(history: History, call: Call = WITH_SESSIONS) -> Message:
    return letter(history, call, at("08-04 07:00"), f"{ANA} > decision=Invite")


def test_a_second_invitation_has_the_same_ids_and_a_higher_sequence() -> None:
    again = invited_again(withdrawn())
    assert shown(again, "UID") == shown(letter(), "UID")
    assert {number for (number,) in shown(again, "SEQUENCE")} == {"1"}


@pytest.mark.parametrize(
    ("state", "second"),
    [
        (State.ACCEPTED, [("A meeting (2/2)", "CANCELLED", "2023-09-13 09:00:00+02:00")]),
        (State.IN_DOUBT, [("A meeting (2/2)", "CANCELLED", "2023-09-13 09:00:00+02:00")]),
        (State.REFUSED, []),
    ],
)
def test_a_session_that_is_no_longer_held_is_taken_out_of_calendars_that_may_have_it(
    state: State, second: list[tuple[str, ...]]
) -> None:
    fewer = replace(WITH_SESSIONS, dates=replace(CALL.dates, sessions=TWO[:1]))
    again = invited_again(withdrawn(state), fewer)
    title = "A meeting (1/2)" if second else "A meeting"
    assert [
        (str(each["SUMMARY"]), str(each["STATUS"]), str(each["DTSTART"].dt))  # type: ignore[attr-defined]  # a property
        for each in events(again)
    ] == [(title, "TENTATIVE", "2023-09-12 09:00:00+02:00"), *second]
    methods = [
        (file.type.rpartition("=")[2], str(Calendar.from_ical(file.data)["METHOD"])) for file in files(again)
    ]
    assert methods == [("PUBLISH", "PUBLISH"), *[("CANCEL", "CANCEL")] * len(second)]


def after(kind: Kind, status: Status, posted: tuple[Posted, ...]) -> Message:
    """Return a message of a kind to Ana, with what it does to the calendar of who was sent `posted`."""
    content = add_appointments(
        WITH_SESSIONS, kind, "P-ANA222", status, Rendered("", "", ""), "en", posted, SELECTION
    )
    return Message("P-ANA222", "ana@example.org", kind, 1, content, "")


def invited(state: State = State.ACCEPTED) -> Posted:
    printed = after(Kind.INVITATION, Status.OFFERED, ()).content.printed
    return Posted(1, "P-ANA222", Kind.INVITATION, 1, state, SELECTION, printed=printed)


@pytest.mark.parametrize(
    "kind", [kind for kind, sort in KINDS.items() if sort.calendar is CalendarMethod.CANCEL]
)
def test_whoever_has_no_place_any_more_loses_the_sessions_once(kind: Kind) -> None:
    said = after(kind, Status.EXPIRED, (invited(),))
    uids = shown(after(Kind.INVITATION, Status.OFFERED, ()), "UID")
    assert shown(said, "UID") == uids
    assert shown(said, "STATUS", "SEQUENCE") == [("CANCELLED", "1")] * 2
    told = Posted(2, "P-ANA222", kind, 1, State.ACCEPTED, SELECTION, printed=said.content.printed)
    assert files(after(kind, Status.EXPIRED, (invited(), told))) == ()
    assert files(after(kind, Status.WAITING, ())) == ()
    assert files(after(kind, Status.EXPIRED, (invited(State.HELD),))) == ()


def test_a_change_is_told_to_calendars_of_those_who_have_a_place() -> None:
    said = after(Kind.CHANGED, Status.CONFIRMED, (invited(),))
    assert shown(said, "UID") == shown(after(Kind.INVITATION, Status.OFFERED, ()), "UID")
    assert shown(said, "STATUS", "SEQUENCE") == [("CONFIRMED", "1")] * 2
    assert files(after(Kind.CHANGED, Status.WAITING, ())) == ()


@pytest.mark.parametrize(
    "sessions",
    [
        (),
        TWO,
        (Session(at("09-12 00:00"), at("09-13 23:59:59"), is_whole_day=True),),
        (Session(at("10-29 01:30"), at("10-29 03:00:05")),),
    ],
)
def test_when_sessions_are_is_read_back_as_it_was_said(sessions: tuple[Session, ...]) -> None:
    found = read_sessions(say_sessions(sessions), MADRID)
    assert [(each.starts.date(), each.ends.date(), each.is_whole_day) for each in found] == [
        (each.starts.date(), each.ends.date(), each.is_whole_day) for each in sessions
    ]
    assert say_sessions(found) == say_sessions(sessions)


def test_what_is_released_is_the_same_on_another_day_and_another_where_a_session_moves() -> None:
    words = words_of_content(letter().content)
    assert words_of_content(letter(now=at("08-03 07:00")).content) == words
    moved = replace(TWO[0], starts=at("09-12 10:00"))
    other = replace(WITH_SESSIONS, dates=replace(CALL.dates, sessions=(moved, TWO[1])))
    assert words_of_content(letter(call=other).content) != words


def test_a_letter_leaves_only_with_the_appointments_that_were_planned() -> None:
    made = plan(responses(ANA), SELECTION, NEW, WITH_SESSIONS)
    (message,), (effect,) = made.messages, made.effects
    sender = Sender("team@example.org", "The team")
    written = write_letter(WITH_SESSIONS, sender, message, "s", SELECTION)
    other = replace(message.content.attachments[0], data=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    tampered = replace(message, content=replace(message.content, attachments=(other,)))
    assert says_as_planned(effect, written)
    assert not says_as_planned(effect, write_letter(WITH_SESSIONS, sender, tampered, "s", SELECTION))


def test_what_goes_along_with_a_letter_is_part_of_what_is_released() -> None:
    def made(data: bytes) -> Message:
        file = Attachment("programme.pdf", "application/pdf", data)
        templates = replace(TEMPLATES, attachments={(Kind.INVITATION, "en"): (file,)})
        (message,) = make_plan(
            WITH_SESSIONS, make_service(), templates, responses(ANA), NEW, SELECTION
        ).messages
        return message

    names = [file.name for file in files(made(b"one"))]
    assert names == ["programme.pdf", "calendar-1.ics", "calendar-2.ics"]
    words = [words_of_content(made(data).content) for data in (b"one", b"one", b"two")]
    assert words[0] == words[1] != words[2]


@pytest.mark.parametrize("zone", ["Europe/Madrid", "Europe/Helsinki"])
@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("en", "Your reference: P-"),
        ("fr", "Votre référence : P-"),
        ("de", "Ihr Kennzeichen: P-"),
        ("es", "Su referencia: P-"),
    ],
)
def test_the_shipped_invitation_carries_the_reference_call_in_every_language_and_zone(
    language: str, begins: str, zone: str
) -> None:
    reference, there = reference_call(), ZoneInfo(zone)
    sessions = tuple(
        replace(each, starts=each.starts.replace(tzinfo=there), ends=each.ends.replace(tzinfo=there))
        for each in reference.dates.sessions
    )
    call = replace(
        CALL,
        zone=there,
        title=reference.title,
        facts={**reference.facts, f"place_{language}": "Città"},
        dates=replace(CALL.dates, sessions=sessions),
        languages=Languages(language),
        reply_to=reference.reply_to,
    )
    templates = replace(
        SHIPPED,
        default=language,
        templates={
            kind: {language: SHIPPED.template(kind, language)}
            for kind in call.messages
            if kind in SHIPPED.templates
        },
    )
    (message,) = make_plan(call, make_service(), templates, responses(ANA), NEW, SELECTION).messages
    data = write_letter(call, Sender("team@example.org"), message, "s", SELECTION).data
    parsed = message_from_bytes(data, policy=default)
    attached = list(parsed.iter_attachments())
    calendars = [Calendar.from_ical(part.get_content()) for part in attached]
    (first, second) = (calendar.walk("VEVENT")[0] for calendar in calendars)
    offset = {"Europe/Madrid": 2, "Europe/Helsinki": 3}[zone]
    assert [event.decoded("DTSTART").astimezone(UTC) for event in (first, second)] == [
        datetime(2023, 9, 12, 9 - offset, tzinfo=UTC),
        datetime(2023, 9, 13, 9 - offset, tzinfo=UTC),
    ]
    assert str(first["DESCRIPTION"]).startswith(begins)
    assert (str(first["SUMMARY"]), str(first["LOCATION"])) == (f"{call.title} (1/2)", "Città")
    methods = {
        (part["Content-Type"].params["method"], str(calendar["METHOD"]))
        for part, calendar in zip(attached, calendars, strict=True)
    }
    assert methods == {("PUBLISH", "PUBLISH")}
    assert [defect for part in parsed.walk() for defect in part.defects] == []
    assert data.isascii()


def test_a_calendar_follows_from_the_invitation_to_the_withdrawal() -> None:
    reached = {
        Kind.CONFIRMED: Occasion(when=Status.CONFIRMED),
        Kind.WITHDRAWN: Occasion(when=Status.WITHDRAWN),
    }
    call, history, told = replace(WITH_SESSIONS, occasions=reached), NEW, []
    for day, word in (("08-02", ""), ("08-03", "Confirmed"), ("08-04", "Withdrawn"), ("08-05", "Withdrawn")):
        made = plan(responses(f"{ANA} > decision={word}"), at(f"{day} 07:00"), history, call)
        told += [
            (message.kind, shown(message, "STATUS", "SEQUENCE"), shown(message, "UID"))
            for message in made.messages
        ]
        history = carried_out(made, history)
    uids = told[0][2]
    assert told == [
        ("invitation", [("TENTATIVE", "0")] * 2, uids),
        ("confirmed", [("CONFIRMED", "1")] * 2, uids),
        ("withdrawn", [("CANCELLED", "2")] * 2, uids),
    ]
