"""What the organisers' controls do to a plan: pause, freeze, and the code that accepts dangers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model.controls import Controls
from pipeline.model.errors import UnsafePlan
from pipeline.model.history import History
from pipeline.model.message import Kind, State
from pipeline.model.settings import Limits
from pipeline.model.sheet import Snapshot
from pipeline.planning.plan import Plan
from pipeline.planning.tally import Tally
from pipeline.planning.waits import Waits, find_waits
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    DAN,
    LATER,
    NEW,
    NOA,
    SELECTION,
    carried_out,
    plan,
    responses,
    with_places,
)

PAUSED, FROZEN = Controls(pause=True), Controls(freeze=True)


def under(controls: Controls, *lines: str) -> Snapshot:
    return replace(responses(*lines), controls=controls)


def statuses(made: Plan) -> dict[str, str]:
    return {v.case.applicant.response.first_name: v.status.value for v in made.assessment.verdicts}


def test_while_paused_nothing_leaves_and_nothing_is_recorded_as_told() -> None:
    made = plan(under(PAUSED, ANA, BEA, NOA), SELECTION)
    assert (made.messages, made.resumed, made.standings, made.left_out) == ((), (), (), 3)
    assert statuses(made) == {"Ana": "Offered", "Bea": "Offered", "Noa": "Ineligible"}
    waits = find_waits(made, made.history, Tally(), SELECTION, timedelta(minutes=30))
    assert waits == Waits(paused=3)
    assert str(waits) == "3 messages wait: 3 because of Pause in the tab Convene."


def test_while_paused_what_people_report_is_recorded_and_mail_of_earlier_runs_waits() -> None:
    first = plan(responses(ANA, BEA), SELECTION)
    told = carried_out(first, NEW)
    withdrawn = plan(under(PAUSED, f"{ANA} > decision=Withdrawn", BEA), LATER, told)
    assert [standing.status.value for standing in withdrawn.standings] == ["Withdrawn"]
    stopped = plan(under(PAUSED, ANA, BEA), LATER, carried_out(first, NEW, state=State.PREPARED))
    assert (stopped.resumed, stopped.left_out) == ((), 2)


def test_a_call_without_that_letter_records_no_decision_while_paused() -> None:
    quiet = replace(CALL, messages={})
    assert plan(under(PAUSED, ANA), SELECTION, call=quiet).standings == ()
    assert len(plan(responses(ANA), SELECTION, call=quiet).standings) == 1


# --- freeze ------------------------------------------------------------------------------------------------


def after_selection() -> History:
    """Ana and Bea were invited, Clo waits."""
    return carried_out(plan(responses(ANA, BEA, CLO), SELECTION), NEW)


def test_while_frozen_a_place_that_became_free_goes_to_nobody() -> None:
    left = (f"{ANA} > decision=Withdrawn", BEA, CLO, DAN)
    assert [m.kind for m in plan(responses(*left), LATER, after_selection()).messages][:1] == [
        Kind.INVITATION
    ]
    made = plan(under(FROZEN, *left), LATER, after_selection())
    # Dan applied since and does not overtake Clo.
    assert statuses(made) == {
        "Ana": "Withdrawn", "Bea": "Offered", "Clo": "Waiting list", "Dan": "Received",
    }  # fmt: skip
    assert [message.kind for message in made.messages] == [Kind.RECEIVED]
    said = {v.case.applicant.response.first_name: v.reason for v in made.assessment.verdicts}
    for name in ("Clo", "Dan"):
        assert said[name].startswith("No place is given by rank: Freeze promotion is on in the tab Convene.")


def test_an_organisers_word_beats_the_freeze_and_the_first_selection_is_none() -> None:
    left = (f"{ANA} > decision=Withdrawn", BEA, f"{CLO} > decision=Invite")
    assert statuses(plan(under(FROZEN, *left), LATER, after_selection()))["Clo"] == "Offered"
    first = plan(under(FROZEN, ANA, BEA, CLO), SELECTION)
    assert len(first.messages) == 3


def test_when_it_thaws_the_one_who_waits_is_next() -> None:
    left = (f"{ANA} > decision=Withdrawn", BEA, CLO)
    history = carried_out(plan(under(FROZEN, *left), LATER, after_selection()), after_selection())
    assert statuses(plan(responses(*left), LATER, history))["Clo"] == "Offered"


# --- accept ------------------------------------------------------------------------------------------------


def dangerous(controls: Controls, history: History = NEW, *lines: str) -> Plan:
    """Two invitations where one is allowed."""
    return plan(
        under(controls, *(lines or (ANA, BEA))),
        SELECTION,
        history,
        with_places(),
        limits=Limits(messages_per_run=1),
    )


KNOWN = replace(carried_out(plan(responses(ANA, BEA, CLO), BEFORE), NEW), run=3)


def test_the_code_beside_accept_danger_goes_on_over_exactly_these() -> None:
    code = dangerous(Controls(), KNOWN).danger_code
    with pytest.raises(UnsafePlan, match=f"or type {code} at Accept danger in the tab Convene"):
        dangerous(Controls(), KNOWN).raise_if_unsafe()
    dangerous(Controls(accept=code), KNOWN).raise_if_unsafe()


def test_a_code_is_good_for_no_other_danger_no_other_ledger_and_once() -> None:
    accepted = Controls(accept=dangerous(Controls(), KNOWN).danger_code)
    others = (
        dangerous(accepted, KNOWN, ANA, BEA, CLO),  # three messages now
        dangerous(accepted, replace(KNOWN, run=4)),  # it was used: that run did something
        dangerous(accepted, replace(KNOWN, ledger="another")),
    )
    for made in others:
        with pytest.raises(UnsafePlan):
            made.raise_if_unsafe()
