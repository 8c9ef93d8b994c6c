from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model.history import History, Posted
from pipeline.model.message import Kind, State
from pipeline.model.settings import Retention
from pipeline.planning.retention import Due, find_due, say_erased
from tests.support.build import BEFORE, CALL, NEW, SELECTION

PEOPLE = replace(NEW, addresses={"P-B": "bea@example.org", "P-A": "ana@example.org"})
END = CALL.dates.ends
DAY = timedelta(days=1)
ALL = Retention(everything=30 * DAY)
WARNING = (
    "On 13 October 2023, all that Convene holds of 2 applicants is erased. "
    "What you still need, such as who came, copy it out before (docs/privacy.md)."
)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (15.9, Due()),
        (16, Due(warnings=(WARNING,))),
        (29.9, Due(warnings=(WARNING,))),
        (30, Due(people=("P-A", "P-B"))),
    ],
)
def test_everything_goes_so_many_days_after_the_event_and_is_told_before(days: float, due: Due) -> None:
    assert find_due(ALL, CALL, PEOPLE, END + days * DAY) == due


ROLES = Retention(everything=40 * DAY, answers=("role",), answers_for=30 * DAY)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (15.9, Due()),
        (
            16,
            Due(
                warnings=(
                    "On 13 October 2023, Convene's copies of the answers to “Role” are erased, and the text of "
                    "its letters.",
                )
            ),
        ),
        (
            30,
            Due(
                letters=frozenset({1}),
                answers=frozenset({"role"}),
                warnings=(WARNING.replace("13 O", "23 O"),),
            ),
        ),
        (40, Due(letters=frozenset({1}), people=("P-A", "P-B"), answers=frozenset({"role"}))),
    ],
)
def test_copies_of_single_answers_go_before_everything_and_letters_with_them(days: float, due: Due) -> None:
    posted = (
        Posted(1, "P-A", Kind.RECEIVED, 1, State.ACCEPTED, BEFORE),
        Posted(2, "P-A", Kind.RECEIVED, 2, State.DEFERRED, BEFORE),
    )
    assert find_due(ROLES, CALL, replace(PEOPLE, posted=posted), END + days * DAY) == due


@pytest.mark.parametrize(("retention", "history"), [(Retention(), PEOPLE), (ALL, NEW)])
def test_nothing_is_due_where_nothing_is_wanted_or_held(retention: Retention, history: History) -> None:
    assert find_due(retention, CALL, history, END + 99 * DAY) == Due()


def test_the_bytes_of_letters_go_by_the_age_of_what_became_of_them() -> None:
    posted = tuple(
        Posted(number, "P-A", Kind.RECEIVED, number, state, at)
        for number, (state, at) in enumerate(
            [
                (State.ACCEPTED, BEFORE),
                (State.ACCEPTED, SELECTION),
                (State.DEFERRED, BEFORE),
                (State.REFUSED, BEFORE),
            ],
            1,
        )
    )
    due = find_due(Retention(letters=10 * DAY), CALL, replace(PEOPLE, posted=posted), BEFORE + 10 * DAY)
    assert due == Due(letters=frozenset({1, 4}))


def test_what_was_erased_is_reported() -> None:
    assert say_erased(0, 0) == ()
    assert say_erased(1, 2) == (
        "Erased all that Convene held of 1 applicant (retention.everything_after_days).",
        "Erased the text of 2 letters (retention.letters_after_days).",
    )
    assert say_erased(0, 1, 3) == (
        "Erased what 3 decisions said of answers (retention.answers_after_days).",
        "Erased the text of 1 letter (retention.answers_after_days).",
    )
