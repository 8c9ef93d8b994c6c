"""What stands in the tab of a reply form: whose each answer is, which one counts, and what is for a person."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.people import identify
from pipeline.intake.replies import (
    BOTH,
    NEITHER,
    NO_TIME,
    STRANGERS,
    WRONG_ADDRESS,
    WRONG_REFERENCE,
    read_replies,
)
from pipeline.intake.rows import read_entries
from pipeline.model.history import History, Standing, Typed
from pipeline.model.problem import NeedKind
from pipeline.model.replies import NO_REPLIES, FormReply, Replies, ReplyForm
from pipeline.model.sheet import Cell, Row, Snapshot
from tests.support.build import ANA, BEA, CALL, NEW, at, plan, responses, sheet
from tests.support.reply_form import CALL_WITH_FORM, answered

NOW = at("08-20 07:00")
ROLL = identify(read_entries(responses(ANA, BEA), CALL), NEW)
ANA_IS, BEA_IS = (each.reference for each in ROLL.applicants)
YES_ON_5, NO_ON_6 = "2023-08-05 10:00:00", "2023-08-06 10:00:00"


def read(*rows: str, history: History = NEW, tab: Snapshot | None = None) -> Replies:
    """Read a reply tab: `time | address | reference | answer`, with `ANA` and `BEA` for their references."""
    names = {"SMALL": ANA_IS.lower(), "ANA": ANA_IS, "BEA": BEA_IS}
    named = (re.sub("SMALL|ANA|BEA", lambda found: names[found[0]], row) for row in rows)
    snapshot = replace(responses(ANA, BEA), replies=tab or answered(*named))
    return read_replies(CALL_WITH_FORM, snapshot, ROLL, history, NOW)


def reply(text: str, *, is_yes: bool) -> FormReply:
    return FormReply(is_yes, at(text).astimezone(UTC))


YES, NO = reply("08-05 10:00", is_yes=True), reply("08-06 10:00", is_yes=False)


@pytest.mark.parametrize(
    ("rows", "counts"),
    [
        pytest.param((), {}, id="nobody answered"),
        pytest.param(("08-05 10:00 | ana@example.org | ANA | Yes",), {"ANA": YES}, id="a yes"),
        pytest.param(
            ("08-05 10:00 | Ana <Ana@Example.ORG> | my ref.: SMALL, I think | yes ",),
            {"ANA": YES},
            id="as people type it",
        ),
        pytest.param(("08-05 10:00 | ana+x@example.org | ANA | YES!",), {"ANA": YES}, id="the same mailbox"),
        pytest.param(
            ("08-06 10:00 | ana@example.org | ANA | No", "08-05 10:00 | ana@example.org | ANA | Yes"),
            {"ANA": NO},
            id="the newest, sorted anyhow",
        ),
        pytest.param(
            ("08-05 10:00 | ana@example.org | ANA | Yes",) * 2, {"ANA": YES}, id="a row that was copied"
        ),
        pytest.param(
            ("08-01 10:00 | ana@example.org | ANA | perhaps", "08-05 10:00 | ana@example.org | ANA | Yes"),
            {"ANA": YES},
            id="what is older is passed over, whatever it says",
        ),
        pytest.param(
            (
                "| | | ",
                "08-05 10:00 | ana@example.org | ANA | Yes",
                "08-06 10:00 | bea@example.org | BEA | No",
            ),
            {"ANA": YES, "BEA": NO},
            id="two people, and an empty row",
        ),
        pytest.param(
            ("08-04 10:00 | ana@example.org | P-222222 | Yes", "08-05 10:00 | ana@example.org | ANA | Yes"),
            {"ANA": YES},
            id="corrected by the person, with another reference at first",
        ),
    ],
)
def test_the_newest_answer_of_a_reference_at_its_address_counts(
    rows: tuple[str, ...], counts: dict[str, FormReply]
) -> None:
    named = {{"ANA": ANA_IS, "BEA": BEA_IS}[name]: each for name, each in counts.items()}
    assert read(*rows) == Replies(named)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (("08-05 10:00 | eve@example.net | ANA | No",), WRONG_ADDRESS),
        (("08-05 10:00 | | ANA | No",), WRONG_ADDRESS),
        (("08-05 10:00 | #REF! | ANA | No",), WRONG_ADDRESS),
        (("08-05 10:00 | ana@example.org | | Yes",), WRONG_REFERENCE),
        (("08-05 10:00 | ana@example.org | ANA BEA | Yes",), WRONG_REFERENCE),
        (("08-05 10:00 | ana@example.org | ANA | Perhaps",), NEITHER),
        (("08-05 10:00 | ana@example.org | ANA | #N/A!",), NEITHER),
        (("a day | ana@example.org | ANA | Yes",), NO_TIME),
        (("2033-08-05 10:00 | ana@example.org | ANA | Yes",), NO_TIME),
        (
            ("08-05 10:00 | ana@example.org | ANA | Yes", "08-05 10:00 | ana@example.org | ANA | No"),
            BOTH,
        ),
        (
            ("08-05 10:00 | ana@example.org | ANA | Yes", "08-06 10:00 | ana@example.org | ANA | Dunno"),
            NEITHER,
        ),
    ],
)
def test_what_is_not_surely_somebodys_is_for_a_person(rows: tuple[str, ...], what: str) -> None:
    found = read(*rows)
    (problem,) = found.problems
    last = len(rows) + 1
    assert (problem.what, problem.row) == (f"{what} (row {last} of the tab “RSVP”)", 2)
    assert (problem.reference, problem.kind) == (ANA_IS, NeedKind.REPLY)
    assert found == Replies(unclear=frozenset({ANA_IS}), problems=(problem,))
    assert "@" not in str(problem)


def test_a_reference_at_the_address_of_another_person_is_told_of_both() -> None:
    found = read("08-05 10:00 | bea@example.org | ANA | No")
    assert [(each.reference, each.facts[0]) for each in found.problems] == [
        (BEA_IS, WRONG_REFERENCE),
        (ANA_IS, WRONG_ADDRESS),
    ]
    assert found.unclear == {ANA_IS, BEA_IS}


def test_two_answers_in_the_hour_that_autumn_has_twice_are_asked_about() -> None:
    roll = replace(ROLL)
    rows = answered(
        f"2023-10-29 02:40 | ana@example.org | {ANA_IS} | Yes",
        f"2023-10-29 02:10 | ana@example.org | {ANA_IS} | No",
    )
    later = datetime(2023, 11, 2, tzinfo=UTC)
    found = read_replies(CALL_WITH_FORM, replace(responses(ANA), replies=rows), roll, NEW, later)
    assert [each.facts[0] for each in found.problems] == [BOTH]


def test_what_is_nobodys_is_one_problem_however_much_it_is() -> None:
    found = read(*(f"08-05 10:0{minute} | eve{minute}@example.net | P-222222 | No" for minute in range(8)))
    (problem,) = found.problems
    assert str(problem).startswith(f"tab “RSVP”, rows 2, 3, 4, 5, 6 and 3 more: {STRANGERS}. ")
    assert found.unclear == frozenset()
    (one,) = read("? | nobody | nothing | No").problems
    assert one.where == "tab “RSVP”, row 2"


@pytest.mark.parametrize("is_standing", [True, False])
def test_what_an_organiser_typed_since_ends_the_question(is_standing: bool) -> None:
    standing = Standing(ANA_IS, "Confirmed", "eligible", "", (), "Confirmed", at("08-06 07:00"))  # type: ignore[arg-type]  # read as text
    settled = (
        replace(NEW, standings={ANA_IS: standing})
        if is_standing
        else replace(NEW, words={ANA_IS: Typed("Confirmed", at("08-06 07:00"))})
    )
    assert read("08-05 10:00 | eve@example.net | ANA | No", history=settled) == Replies()
    assert len(read("08-07 10:00 | eve@example.net | ANA | No", history=settled).problems) == 1


def test_without_a_form_nothing_is_read_and_nothing_is_missing() -> None:
    assert read_replies(CALL, responses(ANA), ROLL, NEW, NOW) is NO_REPLIES


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Timestamp | Email Address | Your reference. | Coming?", "no column is headed “Will you come?”: "),
        (
            "Timestamp | Email Address | Reference number | Will you come?",
            "no column is headed “Your reference”: ",
        ),
        (
            "Timestamp | Email Address | Email address | Your reference | Will you come?",
            "more than one column is headed “Email Address”: ",
        ),
    ],
)
def test_a_column_that_is_missing_is_one_problem_and_nothing_is_read(header: str, said: str) -> None:
    found = read(tab=sheet(header))
    (problem,) = found.problems
    assert problem.what.startswith(said)
    assert found == Replies(problems=(problem,), are_read=False)


def test_a_tab_that_is_missing_is_one_problem_and_nothing_is_read() -> None:
    found = read_replies(CALL_WITH_FORM, responses(ANA, BEA), ROLL, NEW, NOW)
    assert [str(each) for each in found.problems] == [
        "test sheet: there is no tab “RSVP” with the replies: no reply counts in this run, and no offer lapses. "
        "Give the tab its name back, or correct replies.tab in config/call.yaml"
    ]
    assert not found.are_read


def test_columns_are_known_in_the_languages_of_forms() -> None:
    tab = answered(f"08-05 10:00 | ana@example.org | {ANA_IS} | Yes")
    german = replace(tab, headers=("Zeitstempel", "E-Mail-Adresse", "your  REFERENCE", "Will you come?"))
    assert read(tab=german) == Replies({ANA_IS: YES})


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            "https://example.org/f?usp=pp_url&entry.1=REFERENCE&x=1",
            "https://example.org/f?usp=pp_url&entry.1=P-1&x=1",
        ),
        ("https://example.org/f?entry.1=", "https://example.org/f?entry.1=P-1"),
        ("", ""),
    ],
)
def test_the_link_opens_the_form_with_the_reference(link: str, expected: str) -> None:
    assert (
        replace(CALL_WITH_FORM.replies or ReplyForm("", {}, frozenset(), frozenset()), link=link).link_for(
            "P-1"
        )
        == expected
    )


def test_a_plan_lists_what_is_wrong_with_replies() -> None:
    made = plan(responses(ANA), NOW, call=CALL_WITH_FORM)
    assert [each.what[:24] for each in made.problems] == ["there is no tab “RSVP” w"]
    assert not made.assessment.replies.are_read


CELLS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        (
            ANA_IS,
            BEA_IS,
            "ana@example.org",
            "bea@example.org",
            "Yes",
            "No",
            "#REF!",
            "2023-08-05 10:00:00",
            "",
        )
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(),
    st.booleans(),
).map(
    lambda value: Cell(str(value), value if value != "#REF!" else None, "#REF!" if value == "#REF!" else "")
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=5), st.randoms(use_true_random=False))
def test_any_text_in_any_cell_decides_only_by_reference_and_address(
    rows: list[list[Cell]], order: Random
) -> None:
    """Rows of any kind stop nobody, say nothing private, and mean the same in any order."""
    numbered = [Row(number, tuple(cells)) for number, cells in enumerate(rows, 2)]
    shuffled = sorted(numbered, key=lambda _: order.random())
    tab = answered()
    found, again = (read(tab=replace(tab, rows=tuple(each))) for each in (numbered, shuffled))
    assert (found.newest, found.unclear) == (again.newest, again.unclear)
    assert found.are_read
    for reference in found.newest:
        address = {ANA_IS: "ana@example.org", BEA_IS: "bea@example.org"}[reference]
        assert any({reference, address} <= {cell.text for cell in row.cells} for row in numbered)
    assert not any("@" in str(problem) for problem in found.problems)
