"""Rows of erased people are set apart until organisers delete them, and a new application is for a person to see."""

from dataclasses import replace

import pytest

from pipeline.intake.people import identify
from pipeline.intake.rows import read_entries
from pipeline.model.erased import remember
from pipeline.model.history import History
from tests.support.build import ANA, BEA, CALL, NEW, responses

KEY = "ana@example.org|2023-07-10T09:00:00"
ERASED = replace(NEW, erased=remember("s", ["P-ANA222"], [KEY, "ana@example.org"]))
AGAIN = "07-20 09:00 | ana@example.org | Ana Lopez | Manager | Yes"


def key_of(line: str) -> str:
    return read_entries(responses(line), CALL)[0].key


def parted(*lines: str, history: History = ERASED) -> tuple[list[str], list[str]]:
    """Return the addresses of applicants, and what is said of erased rows."""
    roll = identify(read_entries(responses(*lines), CALL), history)
    problems = [str(entry.problem) for entry in roll.erased]
    return sorted(each.response.address for each in roll.applicants), problems


def test_the_key_is_the_rows() -> None:
    assert key_of(ANA) == KEY


@pytest.mark.parametrize("more", ["", " > decision=Invite", " > reference=P-ANA222"])
def test_the_row_of_an_erased_person_is_no_applicant_whatever_is_typed(more: str) -> None:
    told = "row 2: Erased: Convene holds nothing of this person any more. Delete the row"
    assert parted(ANA + more, BEA) == (["bea@example.org"], [told])


@pytest.mark.parametrize("history", [ERASED, NEW])
def test_a_row_with_the_reference_of_an_erased_person_is_nobodys_whatever_else_was_changed(
    history: History,
) -> None:
    moved = "07-19 09:00 | new@example.org | Ana Lopez | Manager | Yes > reference=P-ANA222, status=Erased"
    assert parted(moved, history=history) == ([], [])
    roll = identify(read_entries(responses(moved), CALL), history)
    assert [entry.problem.what for entry in roll.checks if entry.problem] == [
        "the reference is not one that this ledger gave"
    ]


def test_a_row_that_says_erased_is_believed_also_by_another_ledger() -> None:
    assert parted(f"{AGAIN} > status=Erased", history=NEW)[0] == []
    assert parted(f"{AGAIN} > status=Erased, decision=Invite", history=NEW)[0] == ["ana@example.org"]


def test_a_new_application_from_an_erased_address_waits_for_a_word() -> None:
    told = (
        "row 2: Somebody with this address was erased. "
        "If this is a new application, type a word in Decision; if not, delete the row"
    )
    assert parted(AGAIN) == ([], [told])
    assert parted(f"{AGAIN} > decision=Eligible: management") == (["ana@example.org"], [])


def test_once_it_is_let_in_it_is_an_application_like_any_other_under_a_new_reference() -> None:
    (entry,) = read_entries(responses(AGAIN), CALL)
    let_in = replace(ERASED, addresses={"P-NEW222": entry.address}, responses={entry.key: "P-NEW222"})
    assert parted(AGAIN, ANA, history=let_in)[0] == ["ana@example.org"]
    first = identify(read_entries(responses(ANA), CALL), NEW).applicants[0].reference
    again = replace(NEW, erased=remember("s", [first], [KEY]))
    assert identify(read_entries(responses(AGAIN), CALL), again).applicants[0].reference != first


def test_many_rows_share_one_problem() -> None:
    both = replace(NEW, erased=remember("s", [], [key_of(ANA), key_of(BEA)]))
    roll = identify(read_entries(responses(ANA, BEA), CALL), both)
    assert [problem.where for problem in roll.problems] == ["2 rows"]


def test_hashes_are_of_use_to_nobody_without_the_secret() -> None:
    assert parted(ANA, history=replace(ERASED, secret="another"))[0] == ["ana@example.org"]
