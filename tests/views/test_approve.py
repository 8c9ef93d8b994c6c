"""What waits for approval, as people and machines are shown it; what history says of a release."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model.effect import hash_of
from pipeline.model.history_events import Happening, What
from pipeline.model.kinds import NOTICES
from pipeline.model.short_code import short_code
from pipeline.planning.effects import code_of_set
from pipeline.views.approve import early_lines, waiting_json, waiting_lines, waiting_table
from pipeline.views.history import say_happening
from tests.support.approval_play import Play, code_of
from tests.support.build import ANA, CALL, CLO, NOA, SELECTION


def test_what_waits_is_listed_with_its_code() -> None:
    call = Play(rows=[ANA, CLO, NOA])
    made = call.run()
    code = code_of(made)
    assert waiting_lines(made) == (
        "3 messages (2 × Invitation and 1 × Not selected) wait for approval, code "
        f"{code}: convene approve --effects {code}",
    )
    assert [(row[0], *row[2:4]) for row in waiting_table(made, made.unreleased).rows] == [
        ("2", "Invitation", "Offered"),
        ("3", "Invitation", "Offered"),
        ("4", "Not selected", "Ineligible"),
    ]
    call.type(ana="ok", clo="ok")
    call.run()
    (noa,) = call.plan().unreleased
    assert waiting_lines(call.plan())[0].startswith("1 message (1 × Not selected) waits for approval, code ")
    assert waiting_json((noa,)) == {
        "code": code_of(call.plan()),
        "hash": hash_of((noa,)),
        "effects": [
            {
                "reference": noa.reference,
                "to": "noa@example.org",
                "kind": "not_selected",
                "conclusion": "Ineligible",
                "until": None,
                "code": short_code(noa.digest),
                "hash": noa.digest,
            }
        ],
    }


def test_what_is_proposed_before_selection_day_is_listed_apart() -> None:
    made = Play(rows=[ANA], now=SELECTION - timedelta(days=1)).run()
    code = code_of_set(made.early)
    assert (waiting_lines(made), early_lines(made)) == (
        (),
        (
            f"Proposed for selection day: 1 message (1 × Invitation), code {code}: "
            f"convene approve --early --effects {code}",
        ),
    )
    assert waiting_json((), made.early) == {**waiting_json(()), "early": waiting_json(made.early)}  # type: ignore[dict-item]  # an object
    assert [row[2] for row in waiting_table(made, made.early).rows] == ["Invitation"]


def test_beside_a_letter_that_tells_no_decision_stands_where_the_person_stands() -> None:
    call = Play(replace(CALL, approve=NOTICES), rows=[ANA, CLO, NOA], now=SELECTION)
    call.run()
    call.call = replace(call.call, title="Another meeting")
    made = call.run()
    assert {row[2:4] for row in waiting_table(made, made.unreleased).rows} == {("Change notice", "Offered")}
    happening = Happening(SELECTION, "P-ANA222", What.RELEASE, "changed", "Received", cause="code")
    assert say_happening(happening).startswith("Change notice: released in the sheet")


def test_nothing_that_waits_is_nothing() -> None:
    made = Play().run()
    assert (waiting_lines(made), early_lines(made)) == ((), ())
    assert waiting_json(()) == {"code": "", "hash": "", "effects": []}


@pytest.mark.parametrize(
    ("how", "who", "said"),
    [
        ("word", "", "in the sheet, by the word in Decision; seen then"),
        ("ok", "", "in the sheet, by ok in Decision; seen then"),
        ("code", "", "in the sheet, by Approve all; seen then"),
        ("command", "mo", "by mo, `convene approve`"),
    ],
)
def test_history_says_who_released_and_how(how: str, who: str, said: str) -> None:
    happening = Happening(SELECTION, "P-ANA222", What.RELEASE, "invitation", "Offered", cause=how, said=who)
    assert say_happening(happening) == f"Invitation (Offered): released {said}."
