from dataclasses import replace

from pipeline.audience.bounds import OnScale
from pipeline.model.history import History
from pipeline.model.rules import Audience, Rule
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell, Row, Snapshot
from pipeline.planning.plan import Plan
from pipeline.views.plan import Reclassified, find_reclassified, plan_reclassified
from tests.support.build import BEFORE, CALL, ENGLISH, HEADERS, SELECTION, plan, responses

STRICTER = replace(
    CALL,
    audience=replace(
        CALL.audience,
        review=(Rule("english", OnScale("english", ENGLISH, "A1", "B1"), "English: {english}."),),
    ),
)
SHEET = responses(
    "07-14 09:30 | ana@example.org | Ana Lopez | Manager | Yes > english=B1",
    "07-14 09:31 | bo@example.org | Bo Ek | Manager | Yes",
    "07-14 09:32 | cy@example.org | Cy Day | Manager | Yes > english=B1, decision=Eligible: management",
)


def written(planned: Plan, snapshot: Snapshot) -> Snapshot:
    """Return the sheet as a run of the plan would leave it."""
    after = {change.row: change.after.texts() for change in planned.changes}
    form = len(HEADERS) + len(ORGANISER_COLUMNS)
    rows = [
        Row(row.number, (*row.cells[:form], *(Cell(text, text or None) for text in after[row.number])))
        if row.number in after
        else row
        for row in snapshot.rows
    ]
    return Snapshot(snapshot.title, (*snapshot.headers[:form], *OWN_COLUMNS), tuple(rows))


def recorded(planned: Plan) -> History:
    return History(
        secret="s",
        standings={standing.reference: standing for standing in planned.standings},
        addresses=planned.people,
        responses=planned.responses,
    )


def test_untold_applicants_whom_a_changed_rule_judges_otherwise_are_named() -> None:
    first = plan(SHEET, BEFORE)
    again = plan(written(first, SHEET), BEFORE, recorded(first), STRICTER)
    reference = first.changes[0].after.reference
    assert find_reclassified(again) == (Reclassified(2, reference, "Management", "To review"),)
    assert plan_reclassified(again) == (
        "1 applicant is classified differently than before, as rules, answers or Decisions changed:",
        f"  {reference} (row 2): Management → To review",
    )


def test_told_applicants_whom_a_changed_rule_judges_otherwise_are_named_and_reviewed() -> None:
    first = plan(SHEET, SELECTION)
    again = plan(written(first, SHEET), SELECTION, recorded(first), STRICTER)
    assert [(each.row, each.before, each.after) for each in find_reclassified(again)] == [
        (2, "Management", "To review")
    ]
    assert again.messages == ()


def test_the_same_rules_judge_nobody_otherwise() -> None:
    first = plan(SHEET, BEFORE)
    assert find_reclassified(first) == ()
    assert plan_reclassified(plan(written(first, SHEET), BEFORE, recorded(first))) == ()


def test_several_are_spoken_of_in_the_plural() -> None:
    nobody = replace(CALL, audience=Audience(categories=()))
    first = plan(SHEET, BEFORE)
    lines = plan_reclassified(plan(written(first, SHEET), BEFORE, recorded(first), nobody))
    assert (
        lines[0]
        == "3 applicants are classified differently than before, as rules, answers or Decisions changed:"
    )


def test_told_applicants_whom_rules_put_back_are_named_again() -> None:
    first = plan(SHEET, SELECTION)
    history = recorded(first)
    strict = plan(written(first, SHEET), SELECTION, history, STRICTER)
    asked = written(strict, written(first, SHEET))
    back = plan(asked, SELECTION, history)
    assert [(who.before, who.after) for who in find_reclassified(back)] == [("To review", "Management")]
