"""What is believed of single rows and letters, told as small sheets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.intake.people import mint
from pipeline.model.adoption import CAUTION, Adopted, Adoption, PastMessage, Refused, SettledMessage
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.history import History, Posted, Standing
from pipeline.model.message import Kind, State
from pipeline.model.reason import ReasonKind, as_written, because
from pipeline.model.sheet import Stamp
from pipeline.recovery.found_letters import FoundLetter
from pipeline.recovery.reconstruct import NOT_KNOWN as UNKNOWN, reconstruct
from tests.support.build import BEFORE, CALL, SELECTION, at, responses

ANA = "07-10 09:00 | ana@example.org | Ana Lopez | Manager | Yes"
BEA = "07-11 09:00 | bea@example.org | Bea Rossi | Psychologist | Yes"
NOA = "07-14 09:00 | noa@example.org | Noa Silva | Manager | No"
TIME = "2023-08-02 07:00"
HOUR = timedelta(hours=1)
NEW = History(secret="s", ledger="ours")
LATE_STAMP = Stamp("ours", 7)
KEY = "ana@example.org|2023-07-10T09:00:00"
OLD = replace(NEW, addresses={"P-ANA222": "ana@example.org"}, responses={KEY: "P-ANA222"}, run=3)
TAKEN_OVER = (because(ReasonKind.TAKEN_OVER, on="2023-08-02"),)
OFFERED = Standing(
    "P-ANA222", Status.OFFERED, Eligibility.ELIGIBLE, "management", (as_written("Because."),), "", SELECTION,
    found="eligible management",
)  # fmt: skip
INVITED = PastMessage("P-ANA222", "ana@example.org", Kind.INVITATION, 1, State.ACCEPTED, SELECTION)


def row(line: str, reference: str = "", status: str = "", **cells: str) -> str:
    """Write a row with what Convene wrote in it; a comma in a cell is written `;`."""
    named = {"reference": reference, "status": status, "updated": TIME, **cells}
    return f"{line} > " + ", ".join(f"{key.replace('_', ' ')}={value}" for key, value in named.items())


def adoption(
    *lines: str,
    history: History = NEW,
    letters: tuple[FoundLetter, ...] = (),
    stamp: Stamp | None = None,
) -> Adoption:
    snapshot = responses(*(line for line in lines))
    rows = tuple(
        replace(
            row,
            cells=tuple(replace(cell, text=cell.text.replace(";", ",")) for cell in row.cells),
        )
        for row in snapshot.rows
    )
    return reconstruct(CALL, replace(snapshot, rows=rows, stamp=stamp), history, letters)


def standing_of(*lines: str, **more: object) -> Standing | None:
    (person,) = adoption(*lines, **more).adopted  # type: ignore[arg-type]  # fields and values by name
    return person.standing


def letter(kind: Kind = Kind.INVITATION, **changes: object) -> FoundLetter:
    found = FoundLetter("meeting", "P-ANA222", kind, 1, "ana@example.org", SELECTION)
    return replace(found, **changes)  # type: ignore[arg-type]  # fields and values by name


INVITED_ROW = row(
    ANA, "P-ANA222", "Offered", category="Management", reason="Because.", last_message=f"Invitation; {TIME}"
)


def test_a_row_tells_applicant_response_decision_and_message() -> None:
    assert adoption(INVITED_ROW, BEA) == Adoption(
        None,
        (
            Adopted(
                "P-ANA222", "ana@example.org", 2, True, (KEY,), OFFERED, (INVITED,)
            ),
        ),
    )


def test_a_letter_adds_its_id_and_revision_to_what_the_row_tells() -> None:
    found = letter(revision=3, date=SELECTION - HOUR)
    (person,) = adoption(INVITED_ROW, letters=(found, found)).adopted
    assert person.messages == (replace(INVITED, revision=3),)


@pytest.mark.parametrize(
    ("text", "state", "reply"),
    [
        ("Invitation: refused by the mail server: 550 no", State.REFUSED, "550 no"),
        (f"Invitation: in doubt since {TIME}; it may have been delivered", State.IN_DOUBT, ""),
        ("Invitation: put off by the mail server", State.IN_DOUBT, "put off by the mail server"),
        ("Invitation: not sent yet", State.IN_DOUBT, "not sent yet"),
    ],
)
@pytest.mark.parametrize("found", [True, False])
def test_what_did_not_surely_go_out_is_never_sent_again(
    text: str, state: State, reply: str, found: bool
) -> None:
    line = row(ANA, "P-ANA222", "Offered", last_message=text)
    (person,) = adoption(line, letters=(letter(),) if found else ()).adopted
    (message,) = person.messages
    if found and state is State.IN_DOUBT:
        state, reply = State.ACCEPTED, ""
    assert (message.state, message.reply, message.at) == (state, reply, SELECTION)


# --- what stands -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "last_message", "stands"),
    [
        ("Received", f"Acknowledgement; {TIME}", None),
        ("Received", "", None),
        ("Ineligible", f"Acknowledgement; {TIME}", None),
        ("Ineligible", f"Not selected; {TIME}", Status.INELIGIBLE),
        ("On hold", f"Acknowledgement; {TIME}", None),
        ("On hold", f"Invitation; {TIME}", Status.OFFERED),
        ("To review", f"Waiting list; {TIME}", Status.WAITING),
        ("Whatever", f"Not selected; {TIME}", Status.NOT_SELECTED),
        ("", f"Invitation; {TIME}", Status.OFFERED),
        *(
            (status, "", status)
            for status in ("Offered", "Confirmed", "Waiting list", "Withdrawn", "Expired")
        ),
    ],
)
def test_status_and_last_message_tell_what_stands(
    status: str, last_message: str, stands: Status | None
) -> None:
    found = standing_of(row(ANA, "P-ANA222", status, category="Management", last_message=last_message))
    assert (found.status if found else None) == stands


def test_without_any_time_the_application_s_counts() -> None:
    found = standing_of(row(ANA, "P-ANA222", "Confirmed", updated="yesterday"))
    assert found is not None
    assert found.at == at("07-10 09:00")


def test_who_was_told_no_for_the_answers_is_ineligible() -> None:
    found = standing_of(row(NOA, "P-NEA222", "On hold", last_message=f"Not selected; {TIME}"))
    assert found == Standing(
        "P-NEA222", Status.INELIGIBLE, Eligibility.INELIGIBLE, "",
        TAKEN_OVER, "", SELECTION, found="unknown",
    )  # fmt: skip


@pytest.mark.parametrize("status", ["To review", "On hold", "Whatever", "Received"])
def test_who_was_told_something_that_the_status_does_not_show_is_for_a_person(status: str) -> None:
    found = adoption(row(ANA, "P-ANA222", status, last_message=f"Invitation; {TIME}"))
    (person,) = found.adopted
    assert person.standing is not None
    assert str(person) == (
        "P-ANA222  row 2  not shown what was decided, type it under Decision  invitation, 2023-08-02 07:00"
    )
    assert str(found).startswith("1 applicant, 0 decisions and 1 message (0 in doubt) would be taken over")
    assert (person.is_hidden, person.standing.status, person.standing.found) == (
        True,
        Status.OFFERED,
        "unknown",
    )


@pytest.mark.parametrize(
    ("category", "status", "expected"),
    [
        ("Management", "Offered", (Eligibility.ELIGIBLE, "management", "eligible management")),
        (
            "External practitioners",
            "Offered",
            (Eligibility.ELIGIBLE, "external", "eligible external"),
        ),
        ("Something else", "Offered", (Eligibility.ELIGIBLE, "management", "eligible management")),
        ("", "Offered", (Eligibility.REVIEW, "", "unknown")),
        ("", "Not selected", (Eligibility.REVIEW, "", "unknown")),
    ],
)
def test_the_category_shown_counts_where_the_call_has_it(
    category: str, status: str, expected: tuple[Eligibility, str, str]
) -> None:
    found = standing_of(row(ANA, "P-ANA222", status, category=category))
    assert found is not None
    assert (found.eligibility, found.category, found.found) == expected


@pytest.mark.parametrize(
    ("cells", "status", "decision"),
    [
        ({"decision": "Invite", "reason": "Decided by the organisers: Invite."}, "Offered", "Invite"),
        ({"decision": "Invite", "reason": "By rank."}, "Offered", "Invite"),
        ({"decision": "Invite", "reason": "By rank."}, "Waiting list", ""),
        ({"decision": "Invite?", "reason": "By rank."}, "Waiting list", ""),
        ({"decision": "Hold", "reason": "By rank."}, "Waiting list", ""),
        ({"decision": "Eligible: external", "reason": "x"}, "Waiting list", "Eligible: external"),
        ({"decision": "Eligible: external", "reason": "x"}, "Not selected", ""),
    ],
)
def test_a_word_counts_as_carried_out_only_where_it_was(
    cells: dict[str, str], status: str, decision: str
) -> None:
    found = standing_of(row(ANA, "P-ANA222", status, category="Management", **cells))
    assert found is not None
    assert found.decision == decision


def test_a_category_that_organisers_gave_is_not_held_against_the_answers() -> None:
    reason = "A place is offered. Put in this category by the organisers."
    cells = {"category": "Management", "reason": reason, "decision": "Eligible: management"}
    found = standing_of(row(NOA, "P-NEA222", "Offered", **cells))
    assert found is not None
    assert (found.category, found.found, found.decision) == (
        "management",
        "ineligible",
        "Eligible: management",
    )
    later = standing_of(row(NOA, "P-NEA222", "Offered", **{**cells, "decision": ""}))
    assert later is not None
    assert (later.category, later.found, later.decision) == ("management", "eligible management", "")


def test_a_reason_that_tells_of_an_unknown_word_is_not_taken_over() -> None:
    doubt = "The Decision “Invite?” is not one of: Invite; Waiting list; Decline; Hold; Confirmed; Withdrawn;"
    reason = f"{doubt} Eligible: management; Eligible: external."
    found = standing_of(row(ANA, "P-ANA222", "Offered", decision="Invite?", reason=reason))
    assert found is not None
    assert found.reasons == TAKEN_OVER


def test_who_gave_an_offered_place_up_can_be_invited_again() -> None:
    cells = {"last_message": f"Invitation; {TIME}", "category": "Management"}
    stands = [standing_of(row(ANA, "P-ANA222", status, **cells)) for status in ("Withdrawn", "Confirmed")]
    assert [found and found.vacated for found in stands] == [True, False]


def test_those_who_wait_keep_their_order_and_the_hidden_fill_the_gaps() -> None:
    lines = (
        row(ANA, "P-ANA222", "Waiting list", waiting_list="3"),
        row(BEA, "P-BEA222", "On hold", last_message=f"Waiting list; {TIME}"),
        row(NOA, "P-NEA222", "Waiting list", waiting_list="1"),
    )
    history = replace(NEW, standings={"P-XXX222": replace(OFFERED, reference="P-XXX222", order=10)})
    stands = [person.standing for person in adoption(*lines, history=history).adopted]
    assert [found and found.order for found in stands] == [13, 12, 11]


# --- letters without or beyond a row -----------------------------------------------------------------------


def test_letters_alone_tell_who_was_invited() -> None:
    found = adoption(ANA, letters=(letter(), letter(Kind.RECEIVED, date=BEFORE)))
    letters = tuple(
        replace(INVITED, kind=kind, at=moment)
        for kind, moment in ((Kind.RECEIVED, BEFORE), (Kind.INVITATION, SELECTION))
    )
    stands = replace(OFFERED, reasons=TAKEN_OVER)
    assert found.adopted == (
        Adopted("P-ANA222", "ana@example.org", 2, True, (), stands, letters),
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Kind.INVITATION, Status.OFFERED),
        (Kind.WAITING_LIST, Status.WAITING),
        (Kind.NOT_SELECTED, Status.NOT_SELECTED),
        (Kind.RECEIVED, None),
    ],
)
def test_letters_of_somebody_without_a_row(kind: Kind, status: Status | None) -> None:
    (person,) = adoption(letters=(letter(kind),)).adopted
    assert (person.row, person.standing and person.standing.status) == (0, status)
    assert person.standing is None or person.standing.eligibility is Eligibility.REVIEW


def test_a_letter_newer_than_the_row_counts() -> None:
    line = row(ANA, "P-ANA222", "Waiting list", waiting_list="1", last_message=f"Waiting list; {TIME}")
    (person,) = adoption(line, letters=(letter(date=SELECTION + HOUR),)).adopted
    assert person.standing is not None
    assert (person.standing.status, person.standing.at) == (Status.OFFERED, SELECTION + HOUR)
    assert [message.kind for message in person.messages] == [Kind.WAITING_LIST, Kind.INVITATION]


def test_letters_of_other_calls_are_left_aside() -> None:
    assert adoption(letters=(letter(call="other"),)) == Adoption()


def test_a_letter_is_its_addressees_whatever_reference_it_has() -> None:
    (person,) = adoption(INVITED_ROW, letters=(letter(reference="P-XXX222"),)).adopted
    assert (person.reference, len(person.messages)) == ("P-ANA222", 1)


def test_a_row_without_its_reference_gets_the_one_that_it_would_get() -> None:
    line = row(ANA, "", "Offered", last_message=f"Invitation; {TIME}")
    (person,) = adoption(line).adopted
    assert person.reference == mint("s", "ana@example.org", ())
    (person,) = adoption(line, letters=(letter(),)).adopted
    assert person.reference == "P-ANA222"


# --- what is not believed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "doubts"),
    [
        ((row(ANA, "P-ANA222", "Check row"),), [("P-ANA222", 2, "it says “Check row”")]),
        (
            (row(ANA, "P-ANA222", "Fine"),),
            [("P-ANA222", 2, "it shows neither a status nor a message of Convene's")],
        ),
        (
            (row(ANA, "Ana L.", "Offered"),),
            [("", 2, "what stands under Reference is not one that Convene gives")],
        ),
        (
            (row(ANA.replace("ana@example.org", "nobody"), "P-ANA222", "Offered"),),
            [("P-ANA222", 2, "not an e-mail address that mail can be sent to")],
        ),
        (
            (row(ANA, "P-ANA222", "Offered"), row(BEA, "P-ANA222", "Waiting list")),
            [
                ("P-ANA222", 2, "its Reference and its address do not belong together everywhere"),
                ("P-ANA222", 3, "its Reference and its address do not belong together everywhere"),
            ],
        ),
        (
            (row(ANA, "P-ANA222", "Offered"), row(f"07-09{ANA[5:]}", "P-BEA222", "Superseded")),
            [
                ("P-ANA222", 2, "its Reference and its address do not belong together everywhere"),
                ("P-BEA222", 3, "its Reference and its address do not belong together everywhere"),
            ],
        ),
        (
            (row(ANA, "P-ANA222", "Offered"), ANA),
            [("P-ANA222", 2, "the sheet has it, or its applicant, more than once")],
        ),
        (
            (row(ANA, "P-ANA222", "Offered"), row(f"07-09{ANA[5:]}", "P-ANA222", "Waiting list")),
            [
                ("P-ANA222", 2, "the sheet has it, or its applicant, more than once"),
                ("P-ANA222", 3, "the sheet has it, or its applicant, more than once"),
            ],
        ),
        (
            (row(ANA, "P-ANA222", "Offered"), row(f"07-09{ANA[5:]}", "P-ANA222", "Check row")),
            [
                ("P-ANA222", 2, "the sheet has it, or its applicant, more than once"),
                ("P-ANA222", 3, "it says “Check row”"),
            ],
        ),
        (
            (row(ANA, "P-ANA222", "Check row"), row(f"07-09{ANA[5:]}", "P-ANA222", "Superseded")),
            [
                ("P-ANA222", 2, "it says “Check row”"),
                ("P-ANA222", 3, "another row of the same applicant is not believed"),
            ],
        ),
    ],
)
def test_rows_that_contradict_themselves_or_others_are_told_and_left(
    lines: tuple[str, ...], doubts: list[tuple[str, int, str]]
) -> None:
    assert adoption(*lines) == Adoption(refused=tuple(Refused(*doubt) for doubt in doubts))


def test_a_response_that_this_ledger_knows_under_another_reference() -> None:
    history = replace(NEW, responses={KEY: "P-BEA222"})
    assert adoption(INVITED_ROW, history=history).refused == (
        Refused("P-ANA222", 2, "this ledger knows its response under another Reference"),
    )


def test_letters_of_one_reference_to_two_people_are_told_and_left() -> None:
    found = adoption(letters=(letter(), letter(Kind.RECEIVED, to="bea@example.org")))
    assert found == Adoption(refused=(Refused("P-ANA222", 0, "its letters went to more than one person"),))


def test_letters_count_for_a_row_that_is_not_believed() -> None:
    found = adoption(row(ANA, "P-ANA222", "Check row"), letters=(letter(),))
    assert [person.standing and person.standing.status for person in found.adopted] == [Status.OFFERED]
    assert [doubt.row for doubt in found.refused] == [2]


# --- what this ledger knows --------------------------------------------------------------------------------


@pytest.mark.parametrize("stamp", [Stamp("ours", 3), Stamp("ours", 1)])
def test_nothing_is_taken_over_where_the_stamp_says_that_nothing_is_missing(stamp: Stamp) -> None:
    assert adoption(INVITED_ROW, history=OLD, letters=(letter(),), stamp=stamp) == Adoption(stamp)


@pytest.mark.parametrize("stamp", [LATE_STAMP, None])
def test_what_the_ledger_knows_stays(stamp: Stamp | None) -> None:
    posted = (Posted(1, "P-ANA222", Kind.INVITATION, 1, State.ACCEPTED, SELECTION, "ana@example.org"),)
    history = replace(OLD, posted=posted, standings={"P-ANA222": OFFERED})
    assert adoption(INVITED_ROW, history=history, letters=(letter(),), stamp=stamp) == Adoption(stamp)


def test_a_message_that_was_called_off_is_not_the_one_that_went_out() -> None:
    posted = (Posted(1, "P-ANA222", Kind.INVITATION, 1, State.HELD, SELECTION, "ana@example.org"),)
    found = adoption(INVITED_ROW, history=replace(OLD, posted=posted))
    assert found.adopted == (
        Adopted(
            "P-ANA222",
            "ana@example.org",
            2,
            False,
            (),
            OFFERED,
            (replace(INVITED, revision=2),),
        ),
    )


def test_a_decision_that_the_ledger_does_not_know_takes_the_place_of_the_older_one() -> None:
    waiting = replace(OFFERED, status=Status.WAITING, order=4)
    history = replace(OLD, standings={"P-ANA222": waiting})
    assert standing_of(INVITED_ROW, history=history, stamp=LATE_STAMP) == OFFERED
    silent = row(ANA, "P-ANA222", "Withdrawn", category="Management")
    assert adoption(silent, history=history) == Adoption()
    found = standing_of(silent, history=history, stamp=LATE_STAMP)
    assert found is not None
    assert found.status is Status.WITHDRAWN


OPEN = Posted(4, "P-ANA222", Kind.INVITATION, 1, State.DEFERRED, SELECTION - HOUR, "ana@example.org")
SETTLED = SettledMessage(4, "P-ANA222", Kind.INVITATION, State.ACCEPTED, SELECTION)


@pytest.mark.parametrize(
    ("last_message", "letters", "stamp", "settled"),
    [
        (f"Invitation; {TIME}", (), None, (SETTLED,)),
        (f"Invitation; {TIME}", (), LATE_STAMP, (SETTLED,)),
        (f"Invitation; {TIME}", (letter(date=SELECTION - HOUR),), LATE_STAMP, (SETTLED,)),
        ("Invitation; 2023-08-01 07:00", (), None, ()),
        ("Invitation: not sent yet", (), None, ()),
        ("Invitation: not sent yet", (letter(),), None, (SETTLED,)),
        (
            "Invitation: not sent yet",
            (),
            LATE_STAMP,
            (replace(SETTLED, state=State.IN_DOUBT, at=SELECTION - HOUR, reply="not sent yet"),),
        ),
        (
            "Invitation: refused by the mail server: 550 no",
            (letter(),),
            LATE_STAMP,
            (replace(SETTLED, state=State.REFUSED, at=SELECTION - HOUR, reply="550 no"),),
        ),
        (
            "",
            (),
            LATE_STAMP,
            (replace(SETTLED, state=State.IN_DOUBT, at=SELECTION - HOUR, reply=UNKNOWN),),
        ),
        ("", (), None, ()),
    ],
)
def test_an_open_message_that_may_have_gone_out_is_not_sent_again(
    last_message: str,
    letters: tuple[FoundLetter, ...],
    stamp: Stamp | None,
    settled: tuple[SettledMessage, ...],
) -> None:
    history = replace(OLD, posted=(OPEN,), standings={"P-ANA222": OFFERED})
    line = row(ANA, "P-ANA222", "Offered", category="Management", last_message=last_message)
    assert adoption(line, history=history, letters=letters, stamp=stamp) == Adoption(stamp, (), settled)


# --- how it is told ----------------------------------------------------------------------------------------


def test_a_belief_prints_itself_without_personal_data() -> None:
    found = adoption(
        INVITED_ROW,
        row(BEA, "P-BEA222", "Received", last_message="Acknowledgement: not sent yet"),
        row(NOA, "Noa S.", "Offered"),
        letters=(letter(reference="P-XXX222", to="eva@example.org"),),
    )
    assert tuple(found.lines()) == (
        "P-ANA222  row 2  Offered  invitation, 2023-08-02 07:00",
        "P-BEA222  row 3  no decision  received, 2023-08-02 07:00, in doubt",
        "P-XXX222  no row  Offered  invitation, 2023-08-02 07:00",
        "no reference  row 4  not taken over: what stands under Reference is not one that Convene gives",
        CAUTION,
    )
    assert str(found) == (
        "3 applicants, 2 decisions and 3 messages (1 in doubt) would be taken over, 1 row would not."
    )
    assert not found.is_empty
    silent = Adoption(LATE_STAMP, (Adopted("P-ANA222", "ana@example.org", 2, True),), (SETTLED,))
    assert tuple(silent.lines()) == (
        "P-ANA222  row 2  no decision  no message",
        "P-ANA222  invitation of this ledger counts as accepted",
    )
    assert Adoption(LATE_STAMP, refused=(Refused("", 1, ""),)).is_empty
