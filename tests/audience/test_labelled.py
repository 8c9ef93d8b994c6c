"""The reference rules against the labelled responses: nobody wronged, and little left to people."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audience.examples import failures
from pipeline.config.call.examples import read_examples
from pipeline.intake.columns import find_columns
from pipeline.intake.people import identify
from pipeline.intake.rows import read_entries
from pipeline.model.applicant import Eligibility
from pipeline.model.history import History
from pipeline.model.sheet import Cell, Row, Snapshot
from tests.audience.responses import KEYS, Labelled, Outcome, read_responses
from tests.support.reference_call import ROOT, judge, reference_call

SHARE = 0.05
"""How many of the responses that the written rules settle may be sent to a person."""


@cache
def labelled() -> tuple[Labelled, ...]:
    return read_responses()


def test_nobody_is_wrongly_declined() -> None:
    declined = {one.id for one in labelled() if judge(one.answers).eligibility is Eligibility.INELIGIBLE}
    expected = {one.id for one in labelled() if one.accepts(Outcome.INELIGIBLE)}
    assert declined - expected == set()


def test_nobody_is_decided_whom_a_careful_person_would_review() -> None:
    found = {one.id: judge(one.answers) for one in labelled()}
    decided = {
        one.id: found[one.id]
        for one in labelled()
        if found[one.id].eligibility is not Eligibility.REVIEW
        and not one.accepts(found[one.id].eligibility, found[one.id].category or None)
    }
    assert decided == {}


def test_few_are_sent_to_review_although_the_rules_settle_it() -> None:
    settled = [one for one in labelled() if one.settled]
    sent = [one.id for one in settled if judge(one.answers).eligibility is Eligibility.REVIEW]
    print(f"{len(sent)} of {len(settled)} settled responses sent to review ({len(sent) / len(settled):.1%})")
    assert len(sent) < SHARE * len(settled), sent


@pytest.mark.parametrize(
    "one", [one for one in labelled() if one.answers["agreement"]], ids=lambda one: one.id
)
def test_reason_reads_alone_and_names_nothing_internal(one: Labelled) -> None:
    call = reference_call()
    reason = judge(one.answers).reason
    ids = {rule.id for rule in (*call.audience.ineligible, *call.audience.review) if "_" in rule.id}
    unquoted = re.sub("“[^”]*”", "", reason)
    assert reason == reason.strip()
    assert reason.endswith(".")
    assert "\n" not in reason
    assert not any(name in unquoted for name in (*ids, *(key for key in KEYS if "_" in key), "{", "}"))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "spaced": lambda text: " " + text.replace(" ", "\u00a0 ") + "\n",
    "thin": lambda text: text.replace(" ", "\u2009"),
}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_case_accents_and_spaces_of_an_answer_decide_nothing(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(labelled()))
    key = data.draw(st.sampled_from(KEYS))
    spell = SPELLINGS[data.draw(st.sampled_from(sorted(SPELLINGS)))]
    before, after = judge(one.answers), judge({**one.answers, key: spell(one.answers[key])})
    assert (after.eligibility, after.category) == (before.eligibility, before.category)


@settings(max_examples=50)
@given(st.sampled_from(labelled()), st.text())
def test_a_column_that_no_rule_names_decides_nothing(one: Labelled, text: str) -> None:
    assert judge({**one.answers, "shoe_size": text, "contribution": text}) == judge(one.answers)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(40)))
def test_the_order_of_rows_decides_nothing(order: list[int]) -> None:
    call = reference_call()
    keys = tuple(call.columns.questions)
    some = labelled()[::10][:40]
    cells = [tuple(Cell(one.answers[key], one.answers[key] or None) for key in keys) for one in some]
    headers = tuple(call.columns.headers.values())

    def everybody(positions: list[int]) -> dict[str, object]:
        rows = tuple(Row(number, cells[at]) for number, at in enumerate(positions[: len(cells)], 2))
        snapshot = Snapshot("sheet", headers, rows)
        assert find_columns(snapshot, call.columns)
        roll = identify(read_entries(snapshot, call), History(secret="s"))
        return {person.response.address: judge(person.response.answers) for person in roll.applicants}

    assert everybody([at for at in order if at < len(cells)]) == everybody(list(range(len(cells))))


def test_the_shipped_examples_are_judged_as_expected() -> None:
    call = reference_call()
    assert failures(call, read_examples(ROOT, call)) == ()


def test_a_slip_is_told_in_the_reason() -> None:
    one = replace(
        labelled()[0], answers={**labelled()[0].answers, "role": "Prison managment or administration"}
    )
    assert (
        "“Prison managment or administration” was read as “Prison management or administration”."
        in judge(one.answers).reason
    )
