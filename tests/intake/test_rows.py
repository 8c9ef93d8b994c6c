from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audience.conditions import Mentions
from pipeline.audience.vocabulary import Vocabulary
from pipeline.intake.rows import LONGEST_ANSWER, read_again, read_entries
from pipeline.model.applicant import Entry, Response
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.question import Question
from pipeline.model.sheet import BLANK, Cell, OwnCells, Row, Snapshot
from tests.support.build import CALL, HEADERS, MADRID, at, responses, sheet


def test_an_answer_over_the_bound_is_the_problem_of_its_row_alone() -> None:
    longest, too_long = "é" * LONGEST_ANSWER, "é" * (LONGEST_ANSWER + 1)
    snapshot = responses(
        "07-14 09:30 | ana@example.org | Ana Lopez | Manager | Yes",
        f"07-14 09:31 | bo@example.org | Bo Berg | {too_long} | Yes",
        f"07-14 09:32 | cy@example.org | Cy Cole | {longest} | Yes",
    )
    entries = read_entries(snapshot, CALL)
    assert [entry.response is None for entry in entries] == [False, True, False]
    assert entries[1].address == "bo@example.org"
    assert str(entries[1].problem) == (
        "row 3, column “Role”: the answer has 20,001 characters, more than 20,000. "
        "Shorten it; the next run reads the row again"
    )


def test_a_row_becomes_a_response() -> None:
    snapshot = responses(
        "07-14 09:30 | ANA@example.org | Ana  O'Brien | Manager | Yes > decision= Invite ,note=ok"
    )
    (entry,) = read_entries(snapshot, CALL)
    answers = {
        "timestamp": "2023-07-14 09:30",
        "email": "ANA@example.org",
        "first_name": "Ana",
        "family_name": "O'Brien",
        "country": "Spain",
        "role": "Manager",
        "vetos": "Yes",
        "english": "B2",
        "agreement": "I agree",
    }
    key = "ana@example.org|2023-07-14T09:30:00"
    response = Response(
        key, "ana@example.org", at("07-14 09:30"), answers, "Ana", "O'Brien", spelled="ANA@example.org"
    )
    assert (response.to, response.address) == ("ANA@example.org", "ana@example.org")
    assert entry == Entry(2, key, OwnCells(), "Invite", "ok", "ana@example.org", response)
    assert response.submitted.tzinfo is MADRID


def test_a_bad_row_is_a_problem_and_the_others_go_on() -> None:
    snapshot = responses(
        "07-14 09:30 | ana@example.org, eva@example.org | Ana | Manager | Yes",
        "someday | ana@example.org | Ana | Manager | Yes > reference=P-7K3F9Q",
        "07-14 09:31 | ana@example.org | Ana | Manager | Yes > country=#REF!",
        "07-14 09:32 | ana@example.org | Ana | Manager | Yes",
    )
    entries = read_entries(snapshot, CALL)
    assert [entry.problem for entry in entries] == [
        Problem(
            "row 2, column “Email Address”",
            "more than one e-mail address in the cell",
            "Leave the one to write to",
            2,
            kind=NeedKind.CHECK_ROW,
        ),
        Problem(
            "row 3, column “Timestamp”",
            "the time stamp cannot be read",
            "Type it as 2023-07-14 09:30:00, or set timestamp_formats in config/call.yaml (docs/form.md)",
            3,
            "P-7K3F9Q",
            NeedKind.CHECK_ROW,
        ),
        Problem(
            "row 4, column “Country”",
            "the cell shows #REF!",
            "Correct the cell; the next run reads the row again",
            4,
            kind=NeedKind.CHECK_ROW,
        ),
        None,
    ]
    assert [entry.response is None for entry in entries] == [True, True, True, False]


def test_blank_rows_are_passed_over_and_half_blank_ones_are_not() -> None:
    snapshot = sheet(
        """
        | Timestamp | Email Address | First name | Family name | Country | Role | VETOs | English | I agree | Extra |
        |           |               |            |             |         |      |       |         |         |       |
        |           |               |            |             |         |      |       |         |         | 0     |
        |           |               | Ana        |             |         |      |       |         |         |       |
        """
    )
    assert [(entry.row, str(entry.problem)) for entry in read_entries(snapshot, CALL)] == [
        (4, "row 4, column “Email Address”: no e-mail address. Type the address, or delete the row")
    ]


def test_rows_without_a_fingerprint_are_found_by_all_that_the_form_wrote() -> None:
    line = "someday | ana@example.org | Ana | Manager | Yes"
    one, two, three = read_entries(
        responses(line, f"{line} > decision=Invite", f"{line} > country=Italy"), CALL
    )
    assert one.key == two.key
    assert one.key != three.key


@given(st.lists(st.lists(st.text(), max_size=9), max_size=5))
def test_any_text_in_any_cell_gives_a_response_or_a_problem(rows: list[list[str]]) -> None:
    body = tuple(Row(number, tuple(map(Cell, row))) for number, row in enumerate(rows, 2))
    entries = read_entries(Snapshot("test sheet", tuple(HEADERS.values()), body), CALL)
    filled = [row.number for row in body if any(cell.text.strip() for cell in row.cells)]
    assert [entry.row for entry in entries] == filled
    assert all((entry.response is None) != (entry.problem is None) for entry in entries)


def test_times_in_the_spreadsheets_own_zone_become_the_calls() -> None:
    snapshot = replace(
        responses("07-14 09:30 | ana@example.org | Ana | Manager | Yes"), zone=ZoneInfo("America/New_York")
    )
    (entry,) = read_entries(snapshot, CALL)
    assert entry.response
    assert (entry.response.submitted, entry.response.submitted.tzinfo) == (at("07-14 15:30"), MADRID)
    assert entry.key == "ana@example.org|2023-07-14T09:30:00"  # as it stands in the cell


@pytest.mark.parametrize(
    ("time", "is_ambiguous"),
    [
        ("2023-10-29 02:30", True),  # the hour that autumn has twice
        ("2023-10-29 03:30", False),
        ("2023-03-26 02:30", False),  # and the one that spring leaves out
        ("2023-07-14 02:30", False),
    ],
)
def test_hour_that_was_there_twice_is_noted(time: str, is_ambiguous: bool) -> None:
    (entry,) = read_entries(responses(f"{time} | ana@example.org | Ana | Manager | Yes"), CALL)
    assert entry.response
    assert entry.response.is_ambiguous is is_ambiguous


def test_rows_that_the_call_says_are_no_responses_are_passed_over() -> None:
    snapshot = responses(
        "07-14 09:30 | ana@example.org | Ana Lopez | Manager | Yes",
        "Total: 1 | | | | ",
        "x | y | z | | ",
    )
    call = replace(
        CALL, columns=replace(CALL.columns, no_response=Mentions("timestamp", Vocabulary(("total",))))
    )
    assert [entry.row for entry in read_entries(snapshot, call)] == [2, 4]
    assert [entry.row for entry in read_again(snapshot, call, ())] == [2, 4]


def test_different_answers_to_a_question_in_two_branches_are_noted() -> None:
    lines = (
        "07-14 09:30 | ana@example.org | Ana | Manager | Yes",
        "07-14 09:31 | bo@example.org | Bo | Manager | Yes",
    )
    snapshot = responses(*lines)
    land = [Cell("Italy"), BLANK]
    rows = tuple(
        replace(row, cells=(*row.cells, *[BLANK] * (len(snapshot.headers) - len(row.cells)), cell))
        for row, cell in zip(snapshot.rows, land, strict=True)
    )
    snapshot = replace(snapshot, headers=(*snapshot.headers, "Land"), rows=rows)
    country = replace(CALL.columns.questions["country"], branches=("Land",))
    call = replace(
        CALL, columns=replace(CALL.columns, questions={**CALL.columns.questions, "country": country})
    )
    found = [entry.response for entry in read_entries(snapshot, call)]
    assert [each and (each.answers["country"], each.differing) for each in found] == [
        ("Spain / Italy", ("country",)),
        ("Spain", ()),
    ]


def test_a_number_of_its_own_tells_responses_apart_where_times_do_not() -> None:
    snapshot = responses(*["07-14 09:30 | ana@example.org | Ana Lopez | Manager | Yes"] * 3)
    numbers = [Cell("7", 7.0), Cell("a|b", "a|b"), BLANK]
    rows = tuple(
        replace(row, cells=(*row.cells, *[BLANK] * (len(snapshot.headers) - len(row.cells)), number))
        for row, number in zip(snapshot.rows, numbers, strict=True)
    )
    questions = {**CALL.columns.questions, "response_id": Question("ID")}
    call = replace(CALL, columns=replace(CALL.columns, questions=questions))
    entries = read_entries(replace(snapshot, headers=(*snapshot.headers, "ID"), rows=rows), call)
    assert [entry.key for entry in entries] == [
        "ana@example.org|#7",
        "ana@example.org|#a/b",
        "ana@example.org|2023-07-14T09:30:00",
    ]
