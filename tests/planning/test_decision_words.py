"""What organisers type under Decision, told as cells and what follows from them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.model.applicant import Status
from pipeline.model.history import History, Standing
from pipeline.model.message import Kind, State
from pipeline.model.problem import NeedKind
from pipeline.planning.plan import EVERYTHING, Plan, Scope
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    DAN,
    LATER,
    NEW,
    SELECTION,
    at,
    carried_out,
    plan,
    responses,
    with_places,
)

ONE = with_places(capacity=1)
DAY = timedelta(days=1)
AFTER = CALL.dates.starts + DAY


class Sheet:
    """Three people and one place, and what runs make of the words in the sheet: Ana is invited, the others wait."""

    def __init__(self, *lines: str) -> None:
        self.words = dict.fromkeys(lines or (ANA, BEA, CLO), "")
        self.history: History = NEW
        self.live(SELECTION)

    def plan(self, now: datetime, scope: Scope = EVERYTHING) -> Plan:
        lines = (f"{line} > decision={word}" if word else line for line, word in self.words.items())
        return plan(responses(*lines), now, self.history, ONE, scope)

    def live(self, now: datetime, state: State = State.ACCEPTED, scope: Scope = EVERYTHING) -> dict[str, str]:
        """Let a run do what is due; return which letter goes to whom, by the first name of the address."""
        made = self.plan(now, scope)
        self.history = carried_out(made, self.history, state)
        letters = (
            *((one.to, one.kind) for one in made.resumed),
            *((one.to, one.kind) for one in made.messages),
        )
        return {to.partition("@")[0]: kind for to, kind in letters}

    def type(self, line: str, word: str, now: datetime = LATER) -> dict[str, str]:
        """Type a word and let a run follow; a second run then has nothing to do."""
        self.words[line] = word
        told = self.live(now)
        again = self.plan(now)
        assert (again.messages, again.standings, again.cancelled, again.words) == ((), (), (), ())
        return told

    def shown(self, now: datetime = LATER) -> dict[str, tuple[Status, str]]:
        made = self.plan(now)
        return {
            one.case.applicant.response.first_name: (one.status, one.reason)
            for one in made.assessment.verdicts
        }

    def status(self, name: str, now: datetime = LATER) -> Status:
        return self.shown(now)[name][0]

    def reference(self, name: str) -> str:
        return next(
            ref for ref, address in self.history.addresses.items() if address.startswith(name.lower())
        )

    def standing(self, name: str) -> Standing:
        return self.history.standings[self.reference(name)]

    def asked(self, now: datetime = LATER) -> Iterable[str]:
        """Return who is listed for a word in their row."""
        return [one.reference for one in self.plan(now).needs if one.kind is NeedKind.DECISION]


CELLS = [
    # cell, from which status, to which, letters
    ("Cancel", "Ana", Status.CANCELLED, {"ana": "place_withdrawn", "bea": "invitation"}),
    ("Cancel (two from one office)", "Ana", Status.CANCELLED, {"ana": "place_withdrawn", "bea": "invitation"}),
    ("Cancel, silent", "Ana", Status.CANCELLED, {"bea": "invitation"}),
    ("Decline, silent", "Ana", Status.NOT_SELECTED, {"bea": "invitation"}),
    ("Waiting list, silent", "Ana", Status.WAITING, {"bea": "invitation"}),
    ("Withdrawn - ill", "Ana", Status.WITHDRAWN, {"bea": "invitation"}),
    ("Confirmed, silent", "Ana", Status.CONFIRMED, {}),
    ("Invite as external", "Ana", Status.OFFERED, {}),
    ("Extend to 2023-08-25", "Ana", Status.OFFERED, {}),
    ("Invite", "Bea", Status.OFFERED, {"bea": "invitation"}),
    ("Invite, silent", "Bea", Status.OFFERED, {}),
    ("Invite as management", "Bea", Status.OFFERED, {"bea": "invitation"}),
    ("Decline (asked twice)", "Bea", Status.NOT_SELECTED, {"bea": "not_selected"}),
    ("Decline, silent", "Bea", Status.NOT_SELECTED, {}),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "name", "status", "told"), CELLS)
def test_a_cell_leads_where_it_says_and_deleting_or_moving_it_changes_nothing_told(
    cell: str, name: str, status: Status, told: dict[str, str]
) -> None:
    sheet = Sheet()
    line = {"Ana": ANA, "Bea": BEA}[name]
    assert sheet.type(line, cell) == told
    assert sheet.status(name) is status
    after = sheet.standing(name)
    assert sheet.type(line, f"{cell} - and a comment", LATER + DAY) == {}
    assert sheet.type(line, "", LATER + 2 * DAY) == {}
    assert sheet.standing(name) == after


def test_a_word_that_was_followed_may_move_to_the_row_of_an_older_response() -> None:
    sheet, newer = Sheet(), ANA.replace("07-10", "07-12")
    sheet.words[newer] = ""
    sheet.live(LATER)
    assert sheet.type(newer, "Cancel")["ana"] == "place_withdrawn"
    sheet.words[newer] = ""
    assert sheet.type(ANA, "Cancel", LATER + DAY) == {}
    assert (sheet.status("Ana"), sheet.asked()) == (Status.CANCELLED, [])


ASKED = [
    ("Decline", "Ana", "Do you mean Cancel? "),
    ("Waiting list", "Ana", "Do you mean Cancel? "),
    ("Cancel", "Bea", "Do you mean Decline? There is no invitation to take back."),
    ("Cancel, silent", "Bea", "Do you mean Decline? "),
    ("No show", "Ana", "Do you mean Withdrawn? The meeting has not begun."),
    ("No show", "Bea", "Is it the right row? "),
    ("Replace by P-XXXXXX", "Ana", "Who is meant? Nobody "),
    ("Replace by ana@example.org", "Ana", "Who is meant? Whoever that is has a place already"),
    ("Replace by clo@example.org", "Bea", "Is it the right row? "),
    ("Extend to 2023-08-01", "Ana", "Which day is meant? It must lie ahead"),
    ("Extend to 2023-09-12", "Ana", "Which day is meant? It must lie ahead"),
    ("Extend to 2023-08-25", "Bea", "Do you mean Invite? "),
    ("Inivte", "Ana", "Did you mean “Invite”? Convene does not know the Decision “Inivte”"),
    ("Decline?", "Bea", "Did you mean “Decline”? "),
]


@pytest.mark.parametrize(("cell", "name", "question"), ASKED)
def test_what_does_not_fit_is_asked_about_and_takes_nothing_away(cell: str, name: str, question: str) -> None:
    sheet = Sheet()
    before, (status, reason) = sheet.standing(name), sheet.shown()[name]
    assert sheet.type({"Ana": ANA, "Bea": BEA}[name], cell) == {}
    assert sheet.standing(name) == before
    now, said = sheet.shown()[name]
    assert now is status
    assert said.startswith(question)
    assert said.endswith(reason)
    assert sheet.asked() == [sheet.reference(name)]


def test_who_did_not_come_is_noted_from_the_meeting_on() -> None:
    sheet = Sheet()
    sheet.type(ANA, "Confirmed")
    assert sheet.type(ANA, "No show", AFTER) == {}
    assert sheet.status("Ana", AFTER) is Status.NO_SHOW
    sheet.type(ANA, "Invite", AFTER + DAY)
    assert sheet.shown(AFTER + DAY)["Ana"][1].startswith("Do you mean Confirmed? ")
    sheet.type(ANA, "Confirmed", AFTER + 2 * DAY)
    assert sheet.status("Ana", AFTER + 3 * DAY) is Status.CONFIRMED


def test_a_decline_of_somebody_whose_invitation_never_left_is_followed() -> None:
    sheet = Sheet()
    sheet.history = carried_out(plan(responses(ANA, BEA, CLO), SELECTION, NEW, ONE), NEW, State.PREPARED)
    assert sheet.type(ANA, "Decline")["ana"] == "not_selected"


def test_somebody_told_by_hand_is_told_what_comes_later() -> None:
    sheet = Sheet()
    sheet.type(BEA, "Invite, silent")
    assert sheet.shown()["Bea"][1].endswith(
        "Convene sends nothing about this: you tell the person yourselves."
    )
    assert sheet.type(BEA, "Decline") == {}
    assert sheet.asked() == [sheet.reference("Bea")]
    assert sheet.type(BEA, "Cancel") == {"bea": "place_withdrawn"}
    assert sheet.type(BEA, "Invite") == {"bea": "invitation"}
    assert sheet.type(BEA, "Cancel") == {"bea": "place_withdrawn"}
    assert sheet.type(BEA, "Waiting list") == {"bea": "waiting_list"}


def test_a_letter_that_is_on_its_way_is_called_off_where_organisers_tell_it_themselves() -> None:
    sheet = Sheet()
    sheet.history = carried_out(plan(responses(ANA, BEA, CLO), SELECTION, NEW, ONE), NEW, State.PREPARED)
    sheet.words[ANA] = "Invite, silent"
    made = sheet.plan(LATER)
    assert [message.kind for message in made.cancelled] == ["invitation"]
    sheet.live(LATER)
    assert (sheet.status("Ana"), sheet.type(ANA, "")) == (Status.OFFERED, {})


def test_told_by_hand_is_on_record_at_once_whatever_the_date() -> None:
    made = plan(responses(f"{ANA} > decision=Invite, silent"), BEFORE)
    history = carried_out(made, made.history)
    made = plan(responses(f"{ANA} > decision=Invite, silent"), BEFORE + DAY, history)
    assert [(one.status, one.decision) for one in (*history.standings.values(), *made.standings)] == [
        (Status.OFFERED, "Invite, silent")
    ]


def test_an_invitation_for_a_category_counts_there_also_for_somebody_who_has_a_place() -> None:
    sheet = Sheet()
    assert sheet.standing("Ana").category == "management"
    sheet.type(ANA, "Invite as external")
    assert sheet.standing("Ana").category == "external"
    sheet.type(ANA, "")
    assert sheet.standing("Ana").category == "external"


def test_an_extended_offer_is_unanswered_only_after_its_new_day() -> None:
    call = replace(ONE, dates=replace(ONE.dates, reply_by=at("08-20 23:59:59")))
    made = plan(responses(ANA), SELECTION, NEW, call)
    history, typed = carried_out(made, NEW), responses(f"{ANA} > decision=Extend to 2023-08-25")
    assert (
        plan(responses(ANA), LATER, history, call)
        .assessment.verdicts[0]
        .reason.endswith("To be answered until 20 August 2023.")
    )
    made = plan(typed, LATER, history, call)
    assert made.assessment.verdicts[0].reason.endswith("To be answered until 25 August 2023.")
    history = carried_out(made, history)
    (standing,) = made.standings
    assert (standing.status, standing.reply_by, made.messages) == (Status.OFFERED, at("08-25 23:59:59"), ())
    days = at("08-25 20:00"), at("08-26 07:00")
    needs = [[need.kind for need in plan(typed, day, history, call).needs] for day in days]
    assert needs == [[], [NeedKind.UNANSWERED]]
    earlier = plan(responses(f"{ANA} > decision=Extend to 2023-08-24"), LATER + DAY, history, call)
    assert earlier.assessment.verdicts[0].reason.startswith(
        "Which day is meant? The offer promised a later one."
    )


@pytest.mark.parametrize("state", [State.ACCEPTED, State.REFUSED, State.IN_DOUBT])
def test_a_letter_that_went_to_a_wrong_address_goes_to_the_corrected_one_once(state: State) -> None:
    made = plan(responses(ANA), SELECTION)
    history = carried_out(made, NEW, state)
    (reference,) = history.addresses
    corrected = ANA.replace("ana@example.org", "ana@example.net")
    asked = plan(responses(f"{corrected} > reference={reference}"), LATER, history)
    assert ([one.after.status for one in asked.changes], asked.messages) == (["Check row"], ())
    for cell, letters in (("Address corrected - a slip", 1), ("Address corrected, silent", 0)):
        typed = responses(f"{corrected} > reference={reference}, decision={cell}")
        made = plan(typed, LATER, history)
        told = [(one.reference, one.to, one.kind, one.revision) for one in made.messages]
        assert told == [(reference, "ana@example.net", Kind.INVITATION, 2)] * letters
        after = carried_out(made, history)
        again = plan(typed, LATER + DAY, after)
        assert (again.messages, again.standings, again.settled.settlements) == ((), (), ())


def test_an_address_that_is_as_it_was_sends_nothing_again() -> None:
    sheet = Sheet()
    assert sheet.type(ANA, "Address corrected") == {}
    assert "no message to this person" in sheet.shown()["Ana"][1]


# --- a place passes on -------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_address", [True, False])
def test_a_place_passes_to_whom_the_word_names_whatever_the_list_says(*, by_address: bool) -> None:
    sheet = Sheet()
    whom = "clo@example.org" if by_address else sheet.reference("clo")
    assert sheet.type(ANA, f"Replace by {whom} - ill") == {"ana": "place_withdrawn", "clo": "invitation"}
    statuses = {name: status for name, (status, _) in sheet.shown().items()}
    assert statuses == {"Ana": Status.CANCELLED, "Bea": Status.WAITING, "Clo": Status.OFFERED}
    assert sheet.shown()["Clo"][1] == (
        f"The place of {sheet.reference('ana')} passed to this person, by the organisers' word."
    )
    assert sheet.type(ANA, "", LATER + DAY) == {}
    assert sheet.type(CLO, "Withdrawn", LATER + 2 * DAY) == {"bea": "invitation"}
    assert sheet.type(CLO, "", LATER + 3 * DAY) == {}


def test_a_place_passes_silently_where_organisers_tell_both() -> None:
    sheet = Sheet()
    assert sheet.type(ANA, "Replace by clo@example.org, silent") == {}
    assert (sheet.status("Ana"), sheet.status("Clo")) == (Status.CANCELLED, Status.OFFERED)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ({BEA: "Hold"}, "What is to happen? "),
        ({BEA: "Inivte"}, "What is to happen? "),
        ({DAN: "Replace by bea@example.org"}, "Whose place is to pass on? "),
    ],
)
def test_a_place_passes_to_nobody_of_whom_another_word_decides(words: dict[str, str], question: str) -> None:
    sheet = Sheet(ANA, BEA, CLO, DAN)
    sheet.type(DAN, "Confirmed")
    sheet.words.update(words)
    assert sheet.type(ANA, "Replace by bea@example.org") == {}
    assert sheet.shown()["Ana"][1].startswith(question)
    assert (sheet.status("Ana"), sheet.standing("Bea").status) == (Status.OFFERED, Status.WAITING)


def test_a_place_passes_to_somebody_who_was_told_nothing_yet_and_is_not_asked_about_again() -> None:
    sheet = Sheet()
    sheet.words[DAN] = ""
    assert sheet.type(ANA, "Replace by dan@example.org")["dan"] == "invitation"
    del sheet.words[DAN]
    assert sheet.type(ANA, "Replace by dan@example.org", LATER + DAY) == {}
    assert (sheet.status("Ana"), sheet.asked()) == (Status.CANCELLED, [])


def test_a_word_of_another_version_that_was_followed_is_none_of_these() -> None:
    sheet = Sheet()
    standing = replace(sheet.standing("Ana"), decision="Beam up")
    known = {**sheet.history.standings, sheet.reference("ana"): standing}
    sheet.history = replace(sheet.history, standings=known)
    assert sheet.type(ANA, "Cancel") == {"ana": "place_withdrawn", "bea": "invitation"}


def test_two_people_with_one_address_are_asked_for_the_reference() -> None:
    sheet = Sheet(ANA, BEA, BEA.replace("07-11 09:00", "07-11 10:00").replace("Bea Rossi", "Leo Marini"))
    sheet.type(ANA, "Replace by bea@example.org")
    assert sheet.shown()["Ana"][1].startswith("Who is meant? More than one person has that address")


def test_neither_of_two_is_told_alone() -> None:
    sheet = Sheet()
    sheet.words[ANA] = "Replace by clo@example.org"
    for scope in (Scope(limit=1), Scope(only=sheet.reference("ana")), Scope(only=sheet.reference("clo"))):
        made = sheet.plan(LATER, scope)
        assert (made.messages, made.standings) == ((), ())
    assert "without the other one" in str(sheet.plan(LATER, Scope(only=sheet.reference("clo"))).problems)
    assert sheet.live(LATER, scope=Scope(limit=2)) == {"ana": "place_withdrawn", "clo": "invitation"}


@pytest.mark.parametrize("held", ["ana", "clo"])
def test_a_half_that_was_held_back_follows_with_the_next_run(held: str) -> None:
    sheet = Sheet()
    sheet.words[ANA] = "Replace by clo@example.org"
    sheet.history = without_letter(sheet, held)
    assert sheet.type(ANA, "Replace by clo@example.org", LATER + DAY) == {
        held: {"ana": "place_withdrawn", "clo": "invitation"}[held]
    }
    assert (sheet.status("Ana"), sheet.status("Clo")) == (Status.CANCELLED, Status.OFFERED)


def without_letter(sheet: Sheet, name: str) -> History:
    """Return the history after a run in which one letter was held, and with it what it told."""
    before, reference = sheet.history, sheet.reference(name)
    after = carried_out(sheet.plan(LATER), before)
    held = tuple(
        replace(one, state=State.HELD) if one.reference == reference and one not in before.posted else one
        for one in after.posted
    )
    return replace(after, posted=held, standings={**after.standings, reference: before.standings[reference]})


def test_a_word_typed_anew_is_followed_anew() -> None:
    sheet = Sheet()
    sheet.type(BEA, "Invite")
    sheet.type(BEA, "Withdrawn", LATER + DAY)
    sheet.type(BEA, "", LATER + 2 * DAY)
    assert sheet.type(BEA, "Invite", LATER + 3 * DAY) == {"bea": "invitation"}
