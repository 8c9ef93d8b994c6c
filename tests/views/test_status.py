from dataclasses import replace

from pipeline.model.history import History
from pipeline.model.message import State
from pipeline.views.status import StatusRow, status_rows
from tests.support.build import ANA, BEA, BEFORE, CALL, CLO, SELECTION, carried_out, plan, responses

NEW = History(secret="s")


def test_everybody_stands_somewhere() -> None:
    lines = [
        "07-09 09:00 | ana@example.org | Ana Lopez | Psychologist | Yes",
        ANA,
        BEA.replace("bea@example.org", "bea at example.org"),
    ]
    ana, older, broken = status_rows(CALL, responses(*lines[1::-1], lines[2]), NEW, BEFORE)
    reference = ana.reference
    assert ana == StatusRow(
        row=2,
        reference=reference,
        email="ana@example.org",
        name="Ana Lopez",
        category="management",
        eligibility="eligible",
        status="Proposed: offer",
        reason="A place is offered: rank 1. Works in management: answered “Manager”.",
        waiting_list=None,
        late=False,
        last_message=None,
        last_message_at=None,
        problem=None,
    )
    assert older == replace(
        ana,
        row=3,
        category="",
        eligibility="superseded",
        status="Superseded",
        reason="A newer response by the same person counts.",
    )
    assert broken == StatusRow(
        row=4,
        reference="",
        email="",
        name="",
        category="",
        eligibility="problem",
        status="Check row",
        reason="Not an e-mail address that mail can be sent to. Correct the address.",
        waiting_list=None,
        late=False,
        last_message=None,
        last_message_at=None,
        problem="Not an e-mail address that mail can be sent to. Correct the address.",
    )


def test_messages_and_queue_are_told_as_the_ledger_has_them() -> None:
    snapshot = responses(ANA, BEA, CLO)
    history = carried_out(plan(snapshot, SELECTION), NEW)
    points = status_rows(CALL, snapshot, history, SELECTION)
    assert [(point.status, point.waiting_list, point.last_message, point.problem) for point in points] == [
        ("Offered", None, "invitation", None),
        ("Offered", None, "invitation", None),
        ("Waiting list", 1, "waiting_list", None),
    ]
    assert {point.last_message_at for point in points} == {SELECTION}


def test_a_message_in_doubt_is_a_problem() -> None:
    history = carried_out(plan(responses(ANA), SELECTION), NEW, State.IN_DOUBT)
    (ana,) = status_rows(CALL, responses(ANA), history, SELECTION)
    assert ana.problem == "Invitation: in doubt since 2023-08-02 07:00, it may have been delivered"


def test_what_was_not_told_yet_is_not_shown_as_told() -> None:
    (ana,) = status_rows(CALL, responses(ANA), NEW, SELECTION)
    assert (ana.status, ana.last_message) == ("Proposed: offer", None)
