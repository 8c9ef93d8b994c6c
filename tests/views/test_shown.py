"""What plans, results, standings and explanations look like, as text and as data."""

from dataclasses import asdict, replace

from pipeline.decisions.assess import assess
from pipeline.model.errors import SheetBusy
from pipeline.model.message import State
from pipeline.model.report import from_text, to_text
from pipeline.planning.brake import Brake, Braked
from pipeline.planning.effects import effects_hash
from pipeline.planning.projection import show
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.planning.waits import Waits
from pipeline.views.audience import explanation_json
from pipeline.views.explain import explain
from pipeline.views.plan import plan_heading, plan_json, plan_table
from pipeline.views.run import braked_json, braked_lines, report, result_json
from pipeline.views.status import status_counts, status_json, status_rows, status_table
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    LATER,
    NEW,
    SELECTION,
    carried_out,
    plan,
    responses,
)


def test_a_plan_says_what_would_leave_and_what_would_change() -> None:
    made = plan(responses(ANA, CLO), SELECTION)
    ana, clo = (change.after.reference for change in made.changes)
    assert plan_heading(CALL, made) == (
        "Wednesday 2 August 2023, 07:00 (Europe/Madrid): 2 messages would go out (2 × Invitation); "
        "2 rows of the sheet would change."
    )
    assert [row[:4] for row in plan_table(made).rows] == [
        ("2", ana, "new → Offered", "Invitation"),
        ("3", clo, "new → Offered", "Invitation"),
    ]
    data = plan_json(CALL, made)
    assert isinstance(data, dict)
    assert data["messages"] == [
        {"reference": ana, "to": "ana@example.org", "kind": "invitation", "subject": "A meeting: invitation"},
        {"reference": clo, "to": "clo@example.org", "kind": "invitation", "subject": "A meeting: invitation"},
    ]
    assert data["effects"] == effects_hash(made)
    assert data["changes"] != []


def test_what_an_earlier_run_left_is_in_the_plan_too() -> None:
    first = plan(responses(ANA), SELECTION)
    history = carried_out(first, NEW, State.PREPARED)
    again = plan(responses(ANA), LATER, history)
    own = replace(again, changes=())
    assert [row[-1] for row in plan_table(own).rows] == ["sent again where an earlier run stopped"]
    idle = plan(responses(), LATER)
    assert plan_heading(CALL, idle).endswith("no message would go out; 0 rows of the sheet would change.")


def test_standings_are_listed_counted_and_given_as_data() -> None:
    snapshot = responses(ANA, BEA, CLO)
    made = plan(snapshot, SELECTION)
    rows = status_rows(CALL, snapshot, carried_out(made, NEW), LATER)
    assert [row[3] for row in status_table(rows).rows] == ["Offered", "Offered", "Waiting list (1)"]
    assert status_counts(rows) == "3 rows: 2 Offered, 1 Waiting list"
    assert status_counts(()) == "No response yet."
    data = status_json(rows)
    assert isinstance(data, list)
    first = data[0]
    assert isinstance(first, dict)
    assert (first["row"], first["late"], first["last_message_at"]) == (2, False, "2023-08-02T07:00:00+02:00")


def test_an_explanation_as_data_has_every_rule() -> None:
    snapshot = responses(ANA)
    assessment = assess(CALL, snapshot, NEW, BEFORE)
    (item,) = show(CALL, assessment, NEW)
    data = explanation_json(explain(CALL, item))
    assert isinstance(data, dict)
    assert (data["eligibility"], data["category"]) == ("eligible", "management")
    rules = data["rules"]
    assert isinstance(rules, list)
    assert len(rules) == 6


def test_a_result_says_what_waits_and_what_failed() -> None:
    waits = Waits(put_off=2, day=1, again=BEFORE)
    busy = SheetBusy("The sheet is open.")
    result = Result("run-1", Tally(sent=2, waiting=1), 2, (), busy, api_calls=4, waits=waits)
    assert str(result) == (
        "3 messages wait: 2 put off by the mail server and 1 for the day's limit (messages_per_day). "
        "The next attempt is due on 2023-07-15 at 07:00. "
        "run-1: sent=2 deferred=0 refused=0 in_doubt=0 held=0 changed=2 needs=0 waiting=3 api_calls=4; "
        "unfinished: The sheet is open."
    )
    assert result.exit_code == 75


def test_who_is_not_acknowledged_is_told_by_row() -> None:
    braked = [Braked("P-AAA222", 7, Brake.ROLE), *(Braked(f"P-B{n}", n, Brake.DAY) for n in range(10, 32))]
    shown = ", ".join(map(str, range(10, 30)))
    assert braked_lines(tuple(braked)) == (
        "Not acknowledged (no person's mailbox, or the call's own): row 7",
        f"Not acknowledged (limits.acknowledgements_per_day): rows {shown} and 2 more",
    )
    assert braked_json(tuple(braked[:1])) == [
        {"reference": "P-AAA222", "row": 7, "brake": "no person's mailbox, or the call's own"}
    ]


def test_a_result_as_data_has_all_that_is_told() -> None:
    result = Result("run-1", Tally(sent=2), 2, (), SheetBusy("The sheet is open."), notes=("Erased.",))
    data = result_json(result)
    assert isinstance(data, dict)
    assert (data["run_id"], data["sent"], data["notes"], data["failure"]) == (
        "run-1",
        2,
        ["Erased."],
        "The sheet is open.",
    )
    assert data["waits"] == {**asdict(result.waits), "again": None, "count": 0}


def test_a_report_is_told_again_as_it_was() -> None:
    told = report(Result("run-1", Tally(), 0, (), notes=("Erased.",)), CALL)
    assert (told.exit_code, told.said[-1], told.needs, told.failure) == (0, "Erased.", (), "")
    assert from_text(to_text(told)) == told
