"""What is believed of single rows and letters: small sheets, and what `convene adopt` says of them."""

from dataclasses import replace

import pytest

from pipeline.intake.people import mint
from pipeline.model.adoption import CAUTION, Adopted, Adoption, Refused
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.history import History, Posted, Standing
from pipeline.model.message import Kind, State
from pipeline.model.reason import as_written
from pipeline.model.sheet import Stamp
from pipeline.recovery.reconstruct import NOT_KNOWN, reconstruct
from tests.support.build import CALL, SELECTION, at, responses

ANA = "07-10 09:00 | ana@example.org | Ana Lopez | Manager | Yes"
BEA = "07-11 09:00 | bea@example.org | Bea Rossi | Psychologist | Yes"
NOA = "07-14 09:00 | noa@example.org | Noa Silva | Manager | No"
OLDER = f"07-09{ANA[5:]}"
KEY = "ana@example.org|2023-07-10T09:00:00"
TIME = "2023-08-02 07:00"
NEW = History(secret="s", ledger="ours")
OLD = replace(NEW, addresses={"P-ANA222": "ana@example.org"}, responses={KEY: "P-ANA222"}, run=3)
AHEAD = Stamp("ours", 7)
OFFERED = Standing(
    "P-ANA222", Status.OFFERED, Eligibility.ELIGIBLE, "management", (as_written("Because."),), "", SELECTION,
    found="eligible management",
)  # fmt: skip
INVITED = Posted(0, "P-ANA222", Kind.INVITATION, 1, State.ACCEPTED, SELECTION, "ana@example.org")


def row(line: str, reference: str, status: str, last_message: str = "", **cells: str) -> str:
    """Write a row with what Convene wrote in it; a comma in a cell is written `;`."""
    own = {"reference": reference, "status": status, "last message": last_message, "updated": TIME, **cells}
    return f"{line} > " + ", ".join(f"{key.replace('_', ' ')}={value}" for key, value in own.items())


def letter(kind: str = "invitation", when: str = "08-02 07:00", **changes: object) -> Posted:
    return replace(INVITED, kind=Kind(kind), at=at(when), **changes)  # type: ignore[arg-type]  # fields by name


def adopt(
    *lines: str, letters: tuple[Posted, ...] = (), history: History = NEW, stamp: Stamp | None = None
) -> Adoption:
    snapshot = responses(*lines)
    rows = tuple(
        replace(line, cells=tuple(replace(cell, text=cell.text.replace(";", ",")) for cell in line.cells))
        for line in snapshot.rows
    )
    return reconstruct(CALL, replace(snapshot, rows=rows, stamp=stamp), history, letters)


def standing(*lines: str, **more: object) -> Standing:
    (person,) = adopt(*lines, **more).adopted  # type: ignore[arg-type]  # fields by name
    assert person.standing is not None
    return person.standing


INVITED_ROW = row(ANA, "P-ANA222", "Offered", f"Invitation; {TIME}", category="Management", reason="Because.")


def test_a_row_tells_applicant_response_decision_and_message() -> None:
    adopted = Adopted("P-ANA222", "ana@example.org", 2, True, (KEY,), OFFERED, (INVITED,))
    assert adopt(INVITED_ROW, BEA) == Adoption(None, (adopted,))


@pytest.mark.parametrize(
    ("status", "last_message", "letters", "said"),
    [
        # The status counts, and what was told last where the row hides it.
        ("Received", "", (), "no decision  no message"),
        ("Received", f"Acknowledgement; {TIME}", (), f"no decision  received, {TIME}"),
        ("Ineligible", f"Acknowledgement; {TIME}", (), f"no decision  received, {TIME}"),
        ("Ineligible", f"Not selected; {TIME}", (), f"Ineligible  not_selected, {TIME}"),
        ("Not selected", f"Not selected; {TIME}", (), f"Not selected  not_selected, {TIME}"),
        ("Waiting list", f"Waiting list; {TIME}", (), f"Waiting list  waiting_list, {TIME}"),
        ("Confirmed", f"Invitation; {TIME}", (), f"Confirmed  invitation, {TIME}"),
        ("Withdrawn", "", (), "Withdrawn  no message"),
        ("On hold", f"Acknowledgement; {TIME}", (), f"no decision  received, {TIME}"),
        *(
            (status, f"Invitation; {TIME}", (), f"not shown what was decided, type it under Decision  invitation, {TIME}")
            for status in ("To review", "On hold", "Received", "Whatever", "")
        ),
        # What did not surely go out is in doubt, unless there is the letter.
        ("Offered", "Invitation: not sent yet", (), f"Offered  invitation, {TIME}, in doubt"),
        ("Offered", "Invitation: not sent yet", (letter(),), f"Offered  invitation, {TIME}"),
        ("Offered", f"Invitation: in doubt since {TIME}; it", (), f"Offered  invitation, {TIME}, in doubt"),
        ("Offered", "Invitation: refused by the mail server: 550", (), f"Offered  invitation, {TIME}, refused"),
        # A letter counts once, beside other messages, and over the row where it is newer.
        ("Offered", f"Invitation; {TIME}", (letter(), letter()), f"Offered  invitation, {TIME}"),
        ("Offered", f"Invitation; {TIME}", (letter(reference="P-XXX222"),), f"Offered  invitation, {TIME}"),
        (
            "Waiting list", f"Waiting list; {TIME}", (letter(when="08-02 09:00"), letter("received", "07-20 07:00")),
            f"Offered  received, 2023-07-20 07:00; waiting_list, {TIME}; invitation, 2023-08-02 09:00",
        ),
    ],
)  # fmt: skip
def test_status_last_message_and_letters_tell_what_stands(
    status: str, last_message: str, letters: tuple[Posted, ...], said: str
) -> None:
    found = adopt(row(ANA, "P-ANA222", status, last_message), letters=letters)
    assert list(found.lines()) == [f"P-ANA222  row 2  {said}"]


@pytest.mark.parametrize(
    ("line", "category", "found"),
    [
        (ANA, "Management", "eligible management"),
        (f"{ANA} > decision=Invite", "Management", "eligible management"),
        (ANA, "External practitioners", "unknown"),
        (NOA, "", "ineligible"),
        (NOA, "Management", "unknown"),
    ],
)
def test_where_the_sheet_shows_another_category_a_person_is_asked(
    line: str, category: str, found: str
) -> None:
    line, _, word = line.partition(" > decision=")
    stands = standing(row(line, "P-ANA222", "Offered", category=category, decision=word))
    assert (stands.found, stands.decision) == (found, word)


@pytest.mark.parametrize(
    ("status", "word", "followed"),
    [
        ("Offered", "Invite", True),
        ("Waiting list", "Invite", False),
        ("Waiting list", "Invite?", False),
        ("Waiting list", "Hold", False),
        ("Waiting list", "Eligible: external", True),
        ("Not selected", "Eligible: external", False),
        ("Ineligible", "Confirmed", False),
    ],
)
def test_a_word_counts_as_followed_only_where_it_led_there(status: str, word: str, followed: bool) -> None:
    stands = standing(row(ANA, "P-ANA222", status, f"Not selected; {TIME}", decision=word, reason="Because."))
    assert stands.decision == (word if followed else "")
    assert (stands.reasons == (as_written("Because."),)) is (word != "Invite?")


def test_who_gave_an_offered_place_up_can_be_invited_again() -> None:
    stands = [
        standing(row(ANA, "P-ANA222", one, f"Invitation; {TIME}")) for one in ("Withdrawn", "Confirmed")
    ]
    assert [one.vacated for one in stands] == [True, False]


def test_those_who_wait_keep_their_order_and_the_hidden_fill_the_gaps() -> None:
    lines = (
        row(ANA, "P-ANA222", "Waiting list", waiting_list="3"),
        row(BEA, "P-BEA222", "On hold", f"Waiting list; {TIME}"),
        row(NOA, "P-NEA222", "Waiting list", waiting_list="1"),
    )
    history = replace(NEW, standings={"P-XXX222": replace(OFFERED, reference="P-XXX222", order=10)})
    stands = [person.standing for person in adopt(*lines, history=history).adopted]
    assert [found and found.order for found in stands] == [13, 12, 11]


@pytest.mark.parametrize(
    ("kind", "answers", "said"),
    [
        ("invitation", (), "no row  Offered"),
        ("waiting_list", (), "no row  Waiting list"),
        ("not_selected", (), "no row  Not selected"),
        ("received", (), "no row  no decision"),
        ("invitation", (ANA,), "row 2  Offered"),
        ("not_selected", (NOA.replace("noa@", "ana@"),), "row 2  Ineligible"),
    ],
)
def test_letters_alone_tell_who_was_told_what(kind: str, answers: tuple[str, ...], said: str) -> None:
    assert list(adopt(*answers, letters=(letter(kind),)).lines()) == [f"P-ANA222  {said}  {kind}, {TIME}"]


def test_a_row_without_its_reference_gets_the_one_that_it_would_get() -> None:
    line = row(ANA, "", "Offered", f"Invitation; {TIME}", updated="yesterday")
    found = [adopt(line, letters=letters).adopted[0].reference for letters in ((), (letter(),))]
    assert found == [mint("s", "ana@example.org", ()), "P-ANA222"]


APART = "its Reference and its address do not belong together everywhere"
TWICE = "the sheet has its applicant more than once"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ((row(ANA, "P-ANA222", "Check row"),), ["it says “Check row”"]),
        ((row(ANA, "P-ANA222", "Fine"),), ["it shows neither a status nor a message of Convene's"]),
        ((row(ANA, "Ana L.", "Offered"),), ["what stands under Reference is not one that Convene gives"]),
        ((row(ANA.replace("ana@example.org", "nobody"), "P-ANA222", "Offered"),), ["not an e-mail address that mail can be sent to"]),
        ((row(ANA, "P-ANA222", "Offered"), row(BEA, "P-ANA222", "Waiting list")), [APART, APART]),
        ((row(ANA, "P-ANA222", "Offered"), row(OLDER, "P-BEA222", "Superseded")), [APART, APART]),
        ((row(ANA, "P-ANA222", "Offered"), ANA), ["the same response stands in the sheet more than once"]),
        ((row(ANA, "P-ANA222", "Offered"), row(OLDER, "P-ANA222", "Waiting list")), [TWICE, TWICE]),
        ((row(ANA, "P-ANA222", "Superseded"),), ["the row that took its place is gone"]),
        (
            (row(ANA, "P-ANA222", "Check row"), row(OLDER, "P-ANA222", "Superseded")),
            ["it says “Check row”", "another row of the same address has to be checked first"],
        ),
    ],
)  # fmt: skip
def test_rows_that_contradict_themselves_or_others_are_told_and_left(
    lines: tuple[str, ...], why: list[str]
) -> None:
    found = adopt(*lines)
    assert (found.is_empty, [refusal.why for refusal in found.refused]) == (True, why)


def test_what_letters_or_this_ledger_contradict_is_left() -> None:
    history = replace(NEW, responses={KEY: "P-BEA222"})
    assert adopt(INVITED_ROW, history=history).refused[0].why == "the reference belongs to another response"
    torn = (letter(), letter("received", to="bea@example.org"))
    assert adopt(letters=torn).refused == (
        Refused("P-ANA222", 0, "its letters went to more than one person"),
    )
    assert adopt(INVITED_ROW, letters=torn).refused == (Refused("P-ANA222", 2, APART),)


def test_letters_count_for_a_row_that_is_not_believed() -> None:
    assert list(adopt(row(ANA, "P-ANA222", "Check row"), letters=(letter(),)).lines()) == [
        f"P-ANA222  no row  Offered  invitation, {TIME}",
        "P-ANA222  row 2  not taken over: it says “Check row”",
        CAUTION,
    ]


# --- what this ledger knows --------------------------------------------------------------------------------

SENT = replace(INVITED, id=1)
WAITING = replace(OFFERED, status=Status.WAITING, order=4)
HIDDEN = row(ANA, "P-ANA222", "On hold", f"Invitation; {TIME}")
SILENT = row(ANA, "P-ANA222", "Withdrawn", category="Management")
LATER = INVITED_ROW.replace(f"Invitation; {TIME}", "Invitation; 2023-08-09 07:00")


@pytest.mark.parametrize(
    ("line", "posted", "stands", "stamp", "messages", "status"),
    [
        (INVITED_ROW, (), None, Stamp("ours", 3), [], None),  # the stamp says that nothing is missing
        (INVITED_ROW, (SENT,), OFFERED, AHEAD, [], None),
        (INVITED_ROW, (SENT,), OFFERED, None, [], None),
        (HIDDEN, (SENT,), WAITING, AHEAD, [], None),
        (HIDDEN, (), WAITING, None, [1], "Offered"),
        (INVITED_ROW, (), WAITING, None, [1], "Offered"),
        (
            INVITED_ROW,
            (replace(SENT, state=State.HELD),),
            None,
            AHEAD,
            [2],
            "Offered",
        ),  # called off, written anew
        (INVITED_ROW, (replace(SENT, state=State.IN_DOUBT, at=at("07-20 07:00")),), OFFERED, AHEAD, [], None),
        (LATER, (SENT,), OFFERED, AHEAD, [2], None),  # invited once more
        (SILENT, (), WAITING, None, [], None),
        (SILENT, (), WAITING, AHEAD, [], "Withdrawn"),
    ],
)
def test_what_the_ledger_knows_stays_unless_the_sheet_is_surely_newer(
    line: str,
    posted: tuple[Posted, ...],
    stands: Standing | None,
    stamp: Stamp | None,
    messages: list[int],
    status: str | None,
) -> None:
    history = replace(OLD, posted=posted, standings={"P-ANA222": stands} if stands else {})
    adopted = adopt(line, history=history, stamp=stamp).adopted
    assert [message.revision for person in adopted for message in person.messages] == messages
    assert [person.standing and person.standing.status for person in adopted] == (
        [status] if status or messages else []
    )


BEFORE = at("08-02 06:00")


@pytest.mark.parametrize(
    ("last_message", "letters", "stamp", "state", "reply"),
    [
        (f"Invitation; {TIME}", (), None, State.ACCEPTED, ""),
        ("Invitation: not sent yet", (letter(),), AHEAD, State.ACCEPTED, ""),
        ("Invitation: not sent yet", (), None, State.IN_DOUBT, "not sent yet"),
        ("Invitation: refused by the mail server: 550 no", (), AHEAD, State.REFUSED, "550 no"),
        ("", (), AHEAD, State.IN_DOUBT, NOT_KNOWN),
        ("Invitation; 2023-08-01 07:00", (), AHEAD, State.IN_DOUBT, NOT_KNOWN),
        ("Invitation; 2023-08-01 07:00", (), None, None, ""),
        ("", (), None, None, ""),
    ],
)
def test_an_open_message_that_may_have_gone_out_is_not_sent_again(
    last_message: str, letters: tuple[Posted, ...], stamp: Stamp | None, state: State | None, reply: str
) -> None:
    opened = replace(SENT, id=4, state=State.DEFERRED, at=BEFORE)
    history = replace(
        OLD, posted=(opened, replace(SENT, id=5, kind=Kind.RECEIVED)), standings={"P-ANA222": OFFERED}
    )
    line = row(ANA, "P-ANA222", "Offered", last_message, category="Management")
    when = BEFORE if reply == NOT_KNOWN else SELECTION
    settled = (replace(opened, state=state, at=when, reply=reply),) if state else ()
    assert adopt(line, history=history, letters=letters, stamp=stamp) == Adoption(stamp, (), settled)


def test_all_is_counted_and_told_without_personal_data() -> None:
    lines = (
        INVITED_ROW,
        row(BEA, "P-BEA222", "Received", "Acknowledgement: not sent yet"),
        row(NOA, "Noa S.", "Offered"),
    )
    found = adopt(*lines, letters=(letter(reference="P-XXX222", to="eva@example.org"),))
    assert list(replace(found, settled=(replace(SENT, state=State.IN_DOUBT),)).lines()) == [
        f"P-ANA222  row 2  Offered  invitation, {TIME}",
        f"P-BEA222  row 3  no decision  received, {TIME}, in doubt",
        f"P-XXX222  no row  Offered  invitation, {TIME}",
        "P-ANA222  invitation of this ledger counts as in doubt",
        "no reference  row 4  not taken over: what stands under Reference is not one that Convene gives",
        CAUTION,
    ]
    assert (
        str(found)
        == "3 applicants, 2 decisions and 3 messages (1 in doubt) would be taken over, 1 row would not."
    )
