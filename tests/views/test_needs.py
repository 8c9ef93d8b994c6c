"""What needs a person, as it is shown: short, oldest first, with what to do."""

from pipeline.model.history import Noted
from pipeline.model.problem import NeedKind, Problem
from pipeline.planning.needs import Need
from pipeline.views.needs import HINT, needs_json, needs_lines, needs_table
from pipeline.views.table import Table
from tests.support.build import BEFORE, LATER, MADRID


def need(number: int, *, seen: bool = False, what: str = "to review") -> Need:
    problem = Problem(
        f"P-{number:06} (row {number})", what, "Decide", number, f"P-{number:06}", NeedKind.TO_REVIEW
    )
    return Need(f"C{number}", problem, Noted(BEFORE, LATER if seen else None, "ben" if seen else ""))


def test_nothing_is_said_where_nothing_needs_a_person() -> None:
    assert needs_lines((), MADRID) == ()


def test_of_whom_the_same_is_to_be_said_one_line_speaks() -> None:
    needs = (need(2), need(3, what="no time stamp"), need(4), need(5, seen=True))
    assert needs_lines(needs, MADRID) == (
        "Needs a person (3; 1 seen), oldest first:",
        "- 2 × to review, since 15 July: P-000002 (row 2) and P-000004 (row 4). Decide.",
        "- P-000003 (row 3): no time stamp, since 15 July. Decide.",
        "- P-000005 (row 5): to review, seen. Decide.",
        HINT,
    )
    assert needs_lines(needs[3:], MADRID) == (
        "Needs a person (all seen):",
        "- P-000005 (row 5): to review, seen. Decide.",
    )


def test_of_many_twenty_are_named() -> None:
    (_, line, _) = needs_lines(tuple(map(need, range(10, 33))), MADRID)
    assert line.endswith("P-000029 (row 29) and 3 more. Decide.")


def test_a_table_has_the_codes_and_data_has_all() -> None:
    needs = (need(2), need(5, seen=True))
    assert needs_table(needs, MADRID) == Table(
        ("Code", "Since", "Seen", "What"),
        (
            ("C2", "2023-07-15", "", "P-000002 (row 2): to review. Decide."),
            ("C5", "2023-07-15", "seen", "P-000005 (row 5): to review. Decide."),
        ),
    )
    assert needs_json(needs[1:]) == [
        {
            "code": "C5",
            "kind": "to review",
            "where": "P-000005 (row 5)",
            "what": "to review",
            "next_step": "Decide",
            "row": 5,
            "reference": "P-000005",
            "since": BEFORE.isoformat(),
            "seen": LATER.isoformat(),
            "seen_by": "ben",
        }
    ]
    (unseen,) = needs_json(needs[:1])
    assert isinstance(unseen, dict)
    assert (unseen["code"], unseen["seen"], unseen["seen_by"]) == ("C2", None, "")
