from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions.problems import vanished
from pipeline.intake.memory import Memory
from pipeline.intake.people import Roll, identify, mint
from pipeline.intake.rows import read_entries
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.history import History, Standing
from pipeline.model.problem import Problem
from pipeline.model.sheet import Snapshot
from tests.support.build import CALL, at, responses

ANA = "07-14 09:30 | ana@example.org | Ana | Manager | Yes"
EVA = "07-15 10:00 | eva@example.org | Eva | Manager | Yes"
ANA_KEY, EVA_KEY = "ana@example.org|2023-07-14T09:30:00", "eva@example.org|2023-07-15T10:00:00"
HISTORY = History(
    secret="s",
    addresses={"P-ANA222": "ana@example.org", "P-EVA222": "eva@example.org"},
    responses={ANA_KEY: "P-ANA222", EVA_KEY: "P-EVA222"},
)


def roll_of(snapshot: Snapshot, history: History = HISTORY) -> Roll:
    return identify(read_entries(snapshot, CALL), history)


def found(*lines: str, history: History = HISTORY) -> dict[int, str]:
    """Return, per row, the reference it got, or what is wrong with it."""
    roll = roll_of(responses(*lines), history)
    entries = {entry.row: entry.key for entry in read_entries(responses(*lines), CALL)}
    checks = {entry.row: entry.problem.what for entry in roll.checks if entry.problem}
    return {row: checks.get(row) or roll.references[key] for row, key in entries.items()}


def test_a_new_applicant_gets_an_opaque_reference_that_stays() -> None:
    reference = mint("s", "ana@example.org", ())
    assert found(ANA, history=History(secret="s")) == {2: reference}
    assert reference != mint("t", "ana@example.org", ())
    assert reference != mint("s", "ana@example.org", {reference})


@given(st.text(), st.text())
def test_references_look_like_references(secret: str, address: str) -> None:
    reference = mint(
        secret.encode("utf-8", "replace").decode(), address.encode("utf-8", "replace").decode(), ()
    )
    assert len(reference) == 8
    assert reference.startswith("P-")
    assert not set("01IO") & set(reference[2:])


def test_rows_are_known_again_wherever_they_stand() -> None:
    known = (f"{EVA} > reference=P-EVA222", f"{ANA} > reference=P-ANA222")
    assert found(*known) == {2: "P-EVA222", 3: "P-ANA222"}


def test_a_lost_reference_is_restored_by_the_fingerprint() -> None:
    assert found(ANA) == {2: "P-ANA222"}


def test_a_response_edited_in_the_form_is_the_same_applicant() -> None:
    edited = ANA.replace("09:30", "11:45")
    assert found(f"{edited} > reference=P-ANA222") == {2: "P-ANA222"}


def test_a_second_response_supersedes_the_first_whatever_their_order() -> None:
    newer = "07-20 08:00 | Ana@Example.org | Ana | Psychologist | Yes"
    for lines in ((ANA, newer), (newer, ANA)):
        roll = roll_of(responses(*lines))
        (person,) = roll.applicants
        assert (person.reference, person.response.answers["role"]) == ("P-ANA222", "Psychologist")
        assert [entry.key for entry in roll.superseded] == [ANA_KEY]


def test_only_the_newest_row_has_the_organisers_word() -> None:
    newer = "07-20 08:00 | ana@example.org | Ana | Psychologist | Yes"
    (person,) = roll_of(responses(f"{ANA} > decision=Hold", newer)).applicants
    assert (person.decision, person.older_decision) == ("", "Hold")
    (person,) = roll_of(responses(f"{ANA} > decision=Hold", f"{newer} > decision=Invite")).applicants
    assert (person.decision, person.older_decision) == ("Invite", "")


@pytest.mark.parametrize(
    "newer",
    [
        "someday | ana@example.org | Ana | Psychologist | No",
        "07-20 08:00 | ana@example.org | Ana | Psychologist | No > country=#NAME!",
        "07-20 08:00 | ana at example | Ana | Psychologist | No > reference=P-ANA222",
    ],
)
def test_answers_are_not_believed_while_a_newer_row_cannot_be_read(newer: str) -> None:
    second = {"ana@example.org|2023-07-20T08:00:00": "P-ANA222"}
    history = replace(HISTORY, responses={**HISTORY.responses, **second})
    assert found(ANA, newer, history=history)[2] == "another row of the same address has to be checked first"


def test_a_corrected_address_is_asked_about_and_a_word_in_the_sheet_answers() -> None:
    corrected = ANA.replace("ana@", "anna@") + " > reference=P-ANA222"
    asked = "the address is not the one that this reference belongs to"
    fresh = mint("s", "anna@example.org", ())
    assert found(corrected) == {2: asked}
    assert found(f"{corrected}, decision=Invite") == {2: asked}
    assert found(f"{corrected}, decision=Same person") == {2: "P-ANA222"}
    assert found(f"{corrected}, decision=Other person") == {2: fresh}
    assert found(corrected.partition(" >")[0]) == {2: fresh}


def test_a_column_of_time_stamps_sorted_by_itself_is_checked() -> None:
    swapped = (
        "07-15 10:00 | ana@example.org | Ana | Manager | Yes > reference=P-ANA222",
        "07-14 09:30 | eva@example.org | Eva | Manager | Yes > reference=P-EVA222",
    )
    what = "the time stamp is that of another person's response"
    assert found(*swapped) == {2: what, 3: what}


def test_a_response_edited_in_the_second_of_another_is_no_doubt() -> None:
    edited = "07-15 10:00 | ana@example.org | Ana | Manager | Yes > reference=P-ANA222"
    assert found(edited, f"{EVA} > reference=P-EVA222") == {2: "P-ANA222", 3: "P-EVA222"}


# --- what Convene wrote beside somebody else ---------------------------------------------------------------

MOVED = "Convene's cells here were another row's, and a Decision may have moved with them"
NEW = "07-20 08:00 | new@example.org | New | Manager | Yes"


def remembered(*lines: str) -> History:
    """Return the history with what the last run saw in these rows."""
    memory = Memory(HISTORY)
    entries = read_entries(responses(*lines), CALL)
    return replace(HISTORY, answers={entry.key: memory.note(entry) for entry in entries})


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((f"{ANA} > reference=P-EVA222", f"{EVA} > reference=P-ANA222"), {2: "P-ANA222", 3: "P-EVA222"}),
        ((f"{ANA} > reference=P-ANA222", f"{EVA} > reference=P-ANA222"), {2: "P-ANA222", 3: "P-EVA222"}),
        ((f"{ANA} > reference=what", EVA), {2: "P-ANA222", 3: "P-EVA222"}),
        ((f"{ANA} > reference=P-XXXXXX", EVA), {2: "P-ANA222", 3: "P-EVA222"}),
        ((ANA, f"{NEW} > reference=P-ANA222"), {2: "P-ANA222", 3: mint("s", "new@example.org", ())}),
        ((ANA, f"{NEW} > reference=x"), {2: "P-ANA222", 3: mint("s", "new@example.org", ())}),
    ],
)
def test_a_reference_beside_somebody_else_is_put_right(
    lines: tuple[str, ...], expected: dict[int, str]
) -> None:
    assert found(*lines) == expected


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        # Convene's columns were sorted alone: the word stands where it stood.
        (("Invite", ""), ("Invite", ""), ()),
        # The form's columns were: the word went to the other row with the cells.
        (("Invite", ""), ("", "Invite"), (2, 3)),
        # It was typed since: nobody can tell.
        (("", ""), ("Invite", ""), (2, 3)),
        # The same word in both is either's.
        (("Hold", "Hold"), ("Hold", "Hold"), ()),
    ],
)
def test_a_word_beside_misplaced_cells_is_asked_about_if_it_may_be_the_other_ones(
    before: tuple[str, str], after: tuple[str, str], asked: tuple[int, ...]
) -> None:
    history = remembered(f"{ANA} > decision={before[0]}", f"{EVA} > decision={before[1]}")
    ana, eva = f"{ANA} > reference=P-EVA222", f"{EVA} > reference=P-ANA222"
    lines = (f"{ana}, decision={after[0]}", f"{eva}, decision={after[1]}")
    assert found(*lines, history=history) == {2: "P-ANA222", 3: "P-EVA222"} | dict.fromkeys(asked, MOVED)
    emptied = (f"{ANA} > decision={after[0]}", f"{EVA} > decision={after[1]}")
    assert found(*emptied, history=history) == {2: "P-ANA222", 3: "P-EVA222"}  # the way out


BARE = "the reference of whoever answered here stands in another row, and a Decision may have moved with it"


@pytest.mark.parametrize(
    ("ana", "new", "what"),
    [
        # A word typed for the newcomer, whose answers were sorted away from it.
        ("decision=Decline", "reference=P-ANA222", {2: BARE, 3: MOVED}),
        # It stood beside these answers at the last run.
        ("decision=Invite", "reference=P-ANA222", {2: "P-ANA222"}),
        # A word typed for Ana, whose answers were sorted away from it.
        ("", "reference=P-ANA222, decision=Decline", {2: BARE, 3: MOVED}),
        # Nothing moved away from Ana: hers is a copy.
        ("reference=P-ANA222", "reference=P-ANA222, decision=Decline", {2: "P-ANA222", 3: MOVED}),
        ("decision=Decline", "", {2: "P-ANA222"}),  # the way out
    ],
)
def test_a_word_in_a_row_without_its_reference_is_asked_about_if_that_stands_elsewhere(
    ana: str, new: str, what: dict[int, str]
) -> None:
    history = remembered(f"{ANA} > decision=Invite", EVA)
    fresh = {3: mint("s", "new@example.org", ())}
    assert found(f"{ANA} > {ana}", f"{NEW} > {new}", history=history) == fresh | what


@pytest.mark.parametrize("older", ["reference=P-ANA222", ""])
@pytest.mark.parametrize(("name", "is_asked"), [("Ana", False), ("Ida", True)])
def test_a_word_beside_a_response_sent_in_during_the_last_run_is_its_own(
    older: str, name: str, is_asked: bool
) -> None:
    """That run showed whose it is, as a newer response of Ana's, and left it to the next one to record."""
    newer = f"07-20 08:00 | ana@example.org | {name} | Psychologist | Yes"
    lines = (f"{ANA} > {older}", f"{newer} > reference=P-ANA222, decision=Hold")
    asked = found(*lines, history=remembered(ANA, EVA))
    assert (asked[3] == MOVED) is is_asked
    assert is_asked or asked == {2: "P-ANA222", 3: "P-ANA222"}


def test_only_the_rows_of_a_word_that_may_have_moved_are_asked_about() -> None:
    third = "07-16 10:00 | ida@example.org | Ida | Manager | Yes"
    history = replace(
        HISTORY,
        addresses={**HISTORY.addresses, "P-TDA222": "ida@example.org"},
        responses={**HISTORY.responses, "ida@example.org|2023-07-16T10:00:00": "P-TDA222"},
    )
    lines = (
        f"{ANA} > reference=P-EVA222, decision=Withdrawn",
        f"{EVA} > reference=P-TDA222",
        f"{third} > reference=P-ANA222",
    )
    assert found(*lines, history=history) == {2: MOVED, 3: MOVED, 4: "P-TDA222"}


@pytest.mark.parametrize(
    ("more", "is_stray"),
    [
        ("reference=P-ANA222, status=Offered", True),
        ("status=Check row", True),
        ("reference=P-ANA222, decision=Hold", False),
        ("reference=P-EVA222", False),  # her response is gone: all that is left of her row
    ],
)
def test_a_row_with_nothing_but_convenes_cells_is_emptied(more: str, is_stray: bool) -> None:
    blank = f" |  |  |  |  > country=, english=, agreement=, {more}"
    roll = roll_of(responses(ANA, blank))
    assert ([entry.row for entry in roll.strays], [entry.row for entry in roll.checks]) == (
        ([3], []) if is_stray else ([], [3])
    )


@pytest.mark.parametrize(("name", "is_stray"), [("Ana", True), ("Ida", False)])
def test_what_was_written_for_somebody_whose_response_was_edited_meanwhile_is_emptied(
    name: str, is_stray: bool
) -> None:
    edited = f"07-16 11:00 | ana@example.org | {name} | Psychologist | Yes"
    blank = " |  |  |  |  > country=, english=, agreement=, reference=P-ANA222, status=Offered"
    roll = roll_of(responses(edited, blank), remembered(ANA, EVA))
    assert [entry.row for entry in roll.strays] == ([3] if is_stray else [])
    assert [entry.row for entry in roll.checks] == ([] if is_stray else [2, 3])
    assert [person.reference for person in roll.applicants] == (["P-ANA222"] if is_stray else [])


def test_what_was_written_for_somebody_with_another_response_is_emptied() -> None:
    """One of two was edited, and is known already: nobody has to look at a row of whoever is there."""
    responses_of_hers = {ANA_KEY: "P-ANA222", ANA_KEY.replace("09:30", "10:00"): "P-ANA222"}
    blank = " |  |  |  |  > country=, english=, agreement=, reference=P-ANA222, status=Offered"
    roll = roll_of(
        responses(f"{ANA} > reference=P-ANA222", blank), replace(HISTORY, responses=responses_of_hers)
    )
    assert ([entry.row for entry in roll.strays], roll.checks) == ([3], ())
    assert [person.reference for person in roll.applicants] == ["P-ANA222"]


def test_a_reference_that_nobody_gave_is_checked() -> None:
    assert found(f"{NEW} > reference=P-XXXXXX") == {2: "the reference is not one that this ledger gave"}


def test_a_row_copied_whole_is_checked_in_both_places() -> None:
    assert found(ANA, ANA) == {
        2: "the same response stands in the sheet more than once",
        3: "the same response stands in the sheet more than once",
    }


def test_nothing_is_decided_for_an_address_with_a_row_to_check() -> None:
    newer = "07-20 08:00 | ana@example.org | Ana | Psychologist | Yes > reference=P-EVA222"
    assert found(f"{ANA} > reference=P-ANA222", newer) == {
        2: "another row of the same address has to be checked first",
        3: "the address is not the one that this reference belongs to",
    }
    assert found(f"{ANA} > reference=P-ANA222", newer, EVA) == {2: "P-ANA222", 3: "P-ANA222", 4: "P-EVA222"}


def test_people_whose_row_is_gone_are_missed_if_they_hold_or_await_a_place() -> None:
    standing = Standing(
        "P-ANA222", Status.OFFERED, Eligibility.ELIGIBLE, "management", (), "", at("08-02 07:00")
    )
    history = replace(HISTORY, standings={"P-ANA222": standing})
    roll = roll_of(responses(EVA), history)
    assert roll.absent == ("P-ANA222",)
    assert vanished(roll.absent, history.standings) == (
        Problem(
            "applicant P-ANA222",
            "is “Offered” and has no row any more",
            "Put the row back; to give the place up, type Withdrawn in it and delete it after the next run",
            None,
            "P-ANA222",
        ),
    )
    assert vanished(("P-EVA222",), history.standings) == ()


def test_somebody_whose_address_broke_is_not_missed() -> None:
    broken = "07-14 09:30 | ana at example | Ana | Manager | Yes > reference=P-ANA222"
    assert roll_of(responses(broken, EVA)).absent == ()


@given(
    st.permutations((ANA, EVA, "07-20 08:00 | ana@example.org | Ana | Manager | Yes", "x | y | z | a | b"))
)
def test_the_order_of_rows_does_not_matter(lines: list[str]) -> None:
    roll = roll_of(responses(*lines), History(secret="s"))
    expected = roll_of(responses(*sorted(lines)), History(secret="s"))
    assert roll.references == expected.references
    assert {person.reference for person in roll.applicants} == {
        person.reference for person in expected.applicants
    }
