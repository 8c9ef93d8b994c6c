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


PEOPLE = {
    "ana": ANA,
    "bea": BEA,
    "noa": NOA,
    "older": OLDER,
    "nobody": ANA.replace("ana@example.org", "nobody"),
}


def row(line: str, reference: str, status: str, last_message: str = "", **cells: str) -> str:
    """Write a row with what Convene wrote in it; a comma in a cell is written `;`, a `@` stands for the time."""
    told = last_message.replace("@", TIME).replace(",", ";")
    own = {"reference": reference, "status": status, "last message": told, "updated": TIME, **cells}
    return f"{line} > " + ", ".join(f"{key.replace('_', ' ')}={value}" for key, value in own.items())


def letter(kind: str = "invitation", when: str = "08-02 07:00", **changes: object) -> Posted:
    return replace(INVITED, kind=Kind(kind), at=at(when), **changes)  # type: ignore[arg-type]  # fields by name


def cases(table: str) -> list[tuple[str, ...]]:
    """Read a table, a case a line; a `@` stands for the time."""
    lines = filter(str.strip, table.replace("@", TIME).splitlines())
    return [tuple(part.strip() for part in line.split("|")) for line in lines]


def adopt(
    *lines: str, letters: tuple[Posted, ...] = (), history: History = NEW, stamp: Stamp | None = None
) -> Adoption:
    snapshot = responses(*lines)
    rows = tuple(
        replace(line, cells=tuple(cell._replace(text=cell.text.replace(";", ",")) for cell in line.cells))
        for line in snapshot.rows
    )
    return reconstruct(CALL, replace(snapshot, rows=rows, stamp=stamp), history, letters)


def standing(*lines: str, **more: object) -> Standing:
    (person,) = adopt(*lines, **more).adopted  # type: ignore[arg-type]  # fields by name
    assert person.standing is not None
    return person.standing


INVITED_ROW = row(ANA, "P-ANA222", "Offered", "Invitation, @", category="Management", reason="Because.")


def test_a_row_tells_applicant_response_decision_and_message() -> None:
    adopted = Adopted(
        "P-ANA222", "ana@example.org", 3, True, (f"{KEY[:-11]}09T09:00:00", KEY), OFFERED, (INVITED,)
    )
    assert adopt(row(OLDER, "P-ANA222", "Superseded"), INVITED_ROW, BEA) == Adoption(None, (adopted,))


STANDS = """
Received     |                              |                          | no decision  no message
Received     | Acknowledgement, @           |                          | no decision  received, @
Ineligible   | Acknowledgement, @           |                          | no decision  received, @
Ineligible   | Not selected, @              |                          | Ineligible  not_selected, @
Not selected | Not selected, @              |                          | Not selected  not_selected, @
Waiting list | Waiting list, @              |                          | Waiting list  waiting_list, @
Confirmed    | Invitation, @                |                          | Confirmed  invitation, @
Withdrawn    |                              |                          | Withdrawn  no message
On hold      | Acknowledgement, @           |                          | no decision  received, @
Offered      | Invitation: not sent yet     |                          | Offered  invitation, @, in doubt
Offered      | Invitation: not sent yet     | invitation 08-02 07:00   | Offered  invitation, @
Offered      | Invitation: in doubt since @ |                          | Offered  invitation, @, in doubt
Offered      | Invitation: refused by the mail server: 550 |           | Offered  invitation, @, refused
Offered      | Invitation, @                | invitation 08-02 07:00   | Offered  invitation, @
Waiting list | Waiting list, @ | invitation 08-02 09:00 | Offered  waiting_list, @; invitation, 2023-08-02 09:00
"""
HIDDEN_SAYS = "not shown what was decided, type it under Decision  invitation, @"
HIDING = "\n".join(
    f"{status} | Invitation, @ | | {HIDDEN_SAYS}" for status in ("To review", "On hold", "?", "")
)


@pytest.mark.parametrize(("status", "last_message", "letters", "said"), cases(STANDS + HIDING))
@pytest.mark.parametrize("reference", ["P-ANA222", "P-XXX222"])
def test_status_last_message_and_letters_tell_what_stands(
    status: str, last_message: str, letters: str, said: str, reference: str
) -> None:
    kind, _, when = letters.partition(" ")
    found = (letter(kind, when, reference=reference), letter(kind, when)) if kind else ()
    adopted = adopt(row(ANA, "P-ANA222", status, last_message), letters=found)
    assert list(adopted.lines()) == [f"P-ANA222  row 2  {said}"]


CATEGORIES = """
ana |        | Management             | eligible management
ana | Invite | Management             | eligible management
ana |        | External practitioners | unknown
noa |        |                        | ineligible
noa |        | Management             | unknown
"""


@pytest.mark.parametrize(("who", "word", "category", "found"), cases(CATEGORIES))
def test_where_the_sheet_shows_another_category_a_person_is_asked(
    who: str, word: str, category: str, found: str
) -> None:
    stands = standing(row(PEOPLE[who], "P-ANA222", "Offered", category=category, decision=word))
    assert (stands.found, stands.decision) == (found, word)


WORDS = """
Offered      | Invite             | Invite
Waiting list | Invite             |
Waiting list | Invite?            |
Waiting list | Hold               |
Waiting list | Eligible: external | Eligible: external
Not selected | Eligible: external |
"""


@pytest.mark.parametrize(("status", "word", "followed"), cases(WORDS))
def test_a_word_counts_as_followed_only_where_it_led_there(status: str, word: str, followed: str) -> None:
    stands = standing(row(ANA, "P-ANA222", status, "Not selected, @", decision=word, reason="Because."))
    assert stands.decision == followed
    assert (stands.reasons == (as_written("Because."),)) is (word != "Invite?")


def test_who_gave_an_offered_place_up_can_be_invited_again() -> None:
    stands = [standing(row(ANA, "P-ANA222", one, "Invitation, @")) for one in ("Withdrawn", "Confirmed")]
    assert [one.vacated for one in stands] == [True, False]


def test_those_who_wait_keep_their_order_and_the_hidden_fill_the_gaps() -> None:
    lines = (
        row(ANA, "P-ANA222", "Waiting list", waiting_list="3"),
        row(BEA, "P-BEA222", "On hold", "Waiting list, @"),
        row(NOA, "P-NEA222", "Waiting list", waiting_list="1"),
    )
    history = replace(NEW, standings={"P-XXX222": replace(OFFERED, reference="P-XXX222", order=10)})
    stands = [person.standing for person in adopt(*lines, history=history).adopted]
    assert [found and found.order for found in stands] == [13, 12, 11]


LETTERS = """
invitation   |     | no row  Offered
waiting_list |     | no row  Waiting list
not_selected |     | no row  Not selected
received     |     | no row  no decision
invitation   | Yes | row 2  Offered
not_selected | No  | row 2  Ineligible
"""


@pytest.mark.parametrize(("kind", "answer", "said"), cases(LETTERS))
def test_letters_alone_tell_who_was_told_what(kind: str, answer: str, said: str) -> None:
    rows = (ANA.replace("Yes", answer),) if answer else ()
    assert list(adopt(*rows, letters=(letter(kind),)).lines()) == [f"P-ANA222  {said}  {kind}, {TIME}"]


def test_a_row_without_its_reference_gets_the_one_that_it_would_get() -> None:
    line = row(ANA, "", "Offered", "Invitation, @", updated="yesterday")
    found = [adopt(line, letters=letters).adopted[0].reference for letters in ((), (letter(),))]
    assert found == [mint("s", "ana@example.org", ()), "P-ANA222"]


APART = "its Reference and its address do not belong together everywhere"
TWICE = "the sheet has its applicant more than once"
OTHER = "another row of the same address has to be checked first"


REFUSED = f"""
ana P-ANA222 Check row                                  | it says “Check row”
ana P-ANA222 Erased                                     | it says “Erased”
ana P-ANA222 Fine                                       | it shows neither a status nor a message of Convene's
ana Ana Offered                                         | what stands under Reference is not one that Convene gives
nobody P-ANA222 Offered                                 | not an e-mail address that mail can be sent to
ana P-ANA222 Offered / bea P-ANA222 Waiting list        | {APART} | {APART}
ana P-ANA222 Offered / older P-BEA222 Superseded        | {APART} | {APART}
ana P-ANA222 Offered / ana                              | the same response stands in the sheet more than once
ana P-ANA222 Offered / older P-ANA222 Waiting list      | {TWICE} | {TWICE}
ana P-ANA222 Superseded                                 | the row that took its place is gone
ana P-ANA222 Check row / older P-ANA222 Superseded      | it says “Check row” | {OTHER}
"""


@pytest.mark.parametrize("case", cases(REFUSED))
def test_rows_that_contradict_themselves_or_others_are_told_and_left(case: tuple[str, ...]) -> None:
    words = (line.split(" ", 2) for line in case[0].split(" / "))
    found = adopt(*(row(PEOPLE[who], *own) if own else PEOPLE[who] for who, *own in words))
    assert (found.is_empty, tuple(refusal.why for refusal in found.refused)) == (True, case[1:])


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
KNOWN = """
Offered   | Invitation, @                | accepted | Offered      | in time |   |
Offered   | Invitation, @                | accepted | Offered      | ahead   |   |
Offered   | Invitation, @                | accepted | Offered      |         |   |
Offered   | Invitation, @                | in doubt | Offered      | ahead   |   |
Offered   | Invitation, @                | held     |              | ahead   | 2 | Offered
Offered   | Invitation, 2023-08-09 07:00 | accepted | Offered      | ahead   | 2 | None
Offered   | Invitation, @                |          | Waiting list |         | 1 | Offered
On hold   | Invitation, @                |          | Waiting list |         | 1 | Offered
On hold   | Invitation, @                | accepted | Waiting list | ahead   |   |
Withdrawn |                              |          | Waiting list |         |   |
Withdrawn |                              |          | Waiting list | ahead   |   | Withdrawn
"""


@pytest.mark.parametrize(("shown", "told", "sent", "stands", "stamp", "revision", "status"), cases(KNOWN))
def test_what_the_ledger_knows_stays_unless_the_sheet_is_surely_newer(
    shown: str, told: str, sent: str, stands: str, stamp: str, revision: str, status: str
) -> None:
    posted = (replace(SENT, state=State(sent)),) if sent else ()
    standings = {"P-ANA222": replace(OFFERED, status=Status(stands))} if stands else {}
    stamps = {"ahead": AHEAD, "in time": Stamp("ours", 3), "": None}
    line = row(ANA, "P-ANA222", shown, told, category="Management")
    history = replace(OLD, posted=posted, standings=standings)
    found = adopt(line, history=history, stamp=stamps[stamp])
    assert [str(one.revision) for person in found.adopted for one in person.messages] == revision.split()
    concluded = [str(person.standing and person.standing.status) for person in found.adopted]
    assert concluded == ([status] if status else [])


BEFORE = at("08-02 06:00")


OPEN = f"""
Invitation, @                                  |        |       | accepted |
Invitation: not sent yet                       | letter | ahead | accepted |
Invitation: not sent yet                       |        |       | in doubt | not sent yet
Invitation: refused by the mail server: 550 no |        | ahead | refused  | 550 no
                                               |        | ahead | in doubt | {NOT_KNOWN}
Invitation, 2023-08-01 07:00                   |        | ahead | in doubt | {NOT_KNOWN}
Invitation, 2023-08-01 07:00                   |        |       |          |
                                               |        |       |          |
"""


@pytest.mark.parametrize(("told", "found", "ahead", "state", "reply"), cases(OPEN))
def test_an_open_message_that_may_have_gone_out_is_not_sent_again(
    told: str, found: str, ahead: str, state: str, reply: str
) -> None:
    opened = replace(SENT, id=4, state=State.DEFERRED, at=BEFORE)
    posted = (opened, replace(SENT, id=5, kind=Kind.RECEIVED))
    history = replace(OLD, posted=posted, standings={"P-ANA222": OFFERED})
    line, stamp = row(ANA, "P-ANA222", "Offered", told, category="Management"), AHEAD if ahead else None
    when = BEFORE if reply == NOT_KNOWN else SELECTION
    settled = (replace(opened, state=State(state), at=when, reply=reply),) if state else ()
    letters = (letter(),) if found else ()
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


BOB = "07-12 09:00 | ana@example.org | Bob Lind | Manager | Yes"
SAME_NAME = "07-12 09:00 | ana@example.org | Lopez Ana | Manager | Yes"
AT_HOME = "07-12 09:00 | ana@example.net | Ana Lopez | Manager | Yes"
APART = "its Reference and its address do not belong together everywhere"


@pytest.mark.parametrize(
    ("second", "reference", "refused"),
    [
        (BOB, "P-BEB222", ()),  # two people, each with a name
        (SAME_NAME, "P-BEB222", (APART, APART)),
        (AT_HOME, "P-ANA222", ("the sheet has its applicant more than once",) * 2),
        (BOB, "P-ANA222", ("the sheet has its applicant more than once",) * 2),
        (BEA, "P-ANA222", (APART, APART)),  # one reference, two names, two addresses
    ],
)
def test_who_shares_an_address_or_a_reference_is_told_apart_by_name(
    second: str, reference: str, refused: tuple[str, ...]
) -> None:
    adoption = adopt(INVITED_ROW, row(second, reference, "Offered", "Invitation, @", reason="Because."))
    assert tuple(each.why for each in adoption.refused) == refused
    assert len(adoption.adopted) == (0 if refused else 2)


def test_a_person_with_two_addresses_is_taken_over_with_both() -> None:
    older = row(ANA, "P-ANA222", "Superseded")
    newer = row(AT_HOME, "P-ANA222", "Offered", "Invitation, @", category="Management", reason="Because.")
    (person,) = adopt(older, newer).adopted
    assert person.keys == (KEY, "ana@example.net|2023-07-12T09:00:00")
    assert person.messages[0].to == "ana@example.net"
