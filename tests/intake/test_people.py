from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions.problems import vanished
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
    assert found(ANA, newer)[2] == "another row of the same address has to be checked first"


def test_rows_taken_apart_by_a_partial_sort_are_checked() -> None:
    assert found(f"{ANA} > reference=P-EVA222", f"{EVA} > reference=P-ANA222") == {
        2: "the reference belongs to another response",
        3: "the reference belongs to another response",
    }


def test_a_reference_copied_to_a_new_row_is_checked() -> None:
    new = "07-20 08:00 | new@example.org | New | Manager | Yes > reference=P-ANA222"
    assert found(f"{ANA} > reference=P-ANA222", new) == {
        2: "P-ANA222",
        3: "the address is not the one that this reference belongs to",
    }


def test_a_corrected_address_of_somebody_who_was_told_is_not_made_a_new_applicant() -> None:
    standing = Standing(
        "P-ANA222", Status.OFFERED, Eligibility.ELIGIBLE, "management", (), "", at("08-02 07:00")
    )
    corrected = ANA.replace("ana@", "anna@") + " > reference=P-ANA222"
    for standings, hint in (
        ({}, "or empty the Reference cell"),
        ({"P-ANA222": standing}, "put the old one back"),
    ):
        (entry,) = roll_of(responses(corrected), replace(HISTORY, standings=standings)).checks
        assert entry.problem
        assert hint in entry.problem.next_step


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


def test_a_reference_that_nobody_gave_is_checked() -> None:
    assert found(f"{ANA} > reference=P-XXXXXX", history=History(secret="s")) == {
        2: "the reference is not one that this ledger gave"
    }


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
