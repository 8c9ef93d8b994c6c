"""A whole workspace on a Google spreadsheet, from its configuration on: check, set-up and runs, counted."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.commands.demo_call.people import read_responses
from pipeline.commands.demo_call.scene import Scene
from pipeline.model.errors import SheetBusy, StaleLedger
from pipeline.model.sheet import Stamp
from pipeline.planning.plan import Scope
from pipeline.running.check import check
from pipeline.running.clock import Clock
from pipeline.running.lookout import is_asked
from pipeline.running.new_workspace import make_workspace
from pipeline.running.run import Orders, run
from pipeline.sheets.google.sheet import GoogleSheet
from pipeline.views.run import result_json
from tests.support.google_demo import GoogleHands, on_google
from tests.support.google_fake import FakeGoogle, World
from tests.support.google_fake.people import SHEET_ID

FIRST = read_responses()[0]["Email Address"]
JULY, AUGUST = "2023-07-15T07:00", "2023-08-02T07:00"


@pytest.fixture
def stage(google: FakeGoogle, tmp_path: Path) -> Scene:
    google.documents.clear()
    google.calls.clear()
    folder = tmp_path / "call"
    stage = on_google(google, folder, make_workspace(folder))
    stage.hands.submit(read_responses()[:12])
    return stage


def is_stepwise(google: FakeGoogle) -> bool:
    """Whether no number can be exchanged in one update, so that more requests are needed."""
    return google.world is World.VALIDATES_FIRST


def clock(stage: Scene, moment: str) -> Clock:
    return Clock(datetime.fromisoformat(moment).replace(tzinfo=stage.workspace.call.zone))


def test_check_proves_that_the_sheet_can_be_written_and_leaves_no_trace(
    google: FakeGoogle, stage: Scene
) -> None:
    (document,) = google.documents.values()
    found = dict(check(stage.workspace, clock(stage, JULY)))
    assert str(found["Sheet"]).endswith("the first run will add Convene's columns")
    tried_out = 6 if is_stepwise(google) else 7
    assert (google.count(writes=True), document.metadata, len(document.tabs)) == (2 + tried_out, [], 1)
    assert not [one for one in document.writings if one.writer == document.api and one.tab == SHEET_ID]


def test_check_says_that_the_sheet_may_only_be_read(google: FakeGoogle, stage: Scene) -> None:
    (document,) = google.documents.values()
    document.access = "reader"
    found = dict(check(stage.workspace, clock(stage, JULY)))
    assert str(found["Sheet"]).startswith(
        "The spreadsheet is not shared with Convene's account, or not for editing."
    )


def test_runs_take_as_few_requests_as_promised(google: FakeGoogle, stage: Scene) -> None:
    workspace, july = stage.workspace, clock(stage, JULY)
    first = run(workspace, july)
    told = result_json(first)
    assert isinstance(told, dict)
    assert (first.failure, told["api_calls"]) == (None, 9 + 13 if is_stepwise(google) else 5 + 11)
    assert f"api_calls={first.api_calls}" in str(first)
    second = run(workspace, july)
    assert (second.run_id, second.api_calls) == ("", 2)


def test_statuses_alone_take_five_requests_and_mail_one_more(google: FakeGoogle, stage: Scene) -> None:
    workspace, july = stage.workspace, clock(stage, JULY)
    run(workspace, july)
    stage.hands.decide({FIRST: "Hold"})
    before = google.count()
    held = run(workspace, july)
    taken = 10 if is_stepwise(google) else 5
    assert (held.failure, held.tally.sent, google.count() - before) == (None, 0, taken)
    assert held.changed > 0
    told = run(workspace, clock(stage, AUGUST))
    assert (told.tally.sent > 0, told.api_calls) == (True, 14 if is_stepwise(google) else 6)


@pytest.mark.parametrize("settle", [timedelta(), timedelta(minutes=10)])
def test_an_idle_look_takes_one_request_also_where_words_settle(
    google: FakeGoogle, stage: Scene, settle: timedelta
) -> None:
    workspace, july = (
        replace(stage.workspace, call=replace(stage.workspace.call, settle=settle)),
        clock(stage, JULY),
    )
    run(workspace, july)

    def look() -> tuple[bool, int]:
        before = google.count()
        return is_asked(workspace), google.count() - before

    assert [look()[0], look(), look()] == [False, (False, 1), (False, 1)]
    stage.hands.decide({FIRST: "Hold"})
    assert look() == (bool(settle), 1)
    run(workspace, july)
    assert [look(), look()] == [(False, 1)] * 2


def test_a_run_that_could_not_show_what_it_sent_is_closed_by_the_next(
    google: FakeGoogle, stage: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, july = stage.workspace, clock(stage, JULY)

    def fail(*_: object) -> int:
        raise SheetBusy("Google Sheets: no connection")

    with monkeypatch.context() as patched:
        patched.setattr(GoogleSheet, "write", fail)
        assert run(workspace, july).exit_code == 75
    left = workspace.sheet.read().stamp
    second = run(workspace, july)
    closed = workspace.sheet.read().stamp
    assert (second.failure, second.tally.sent, second.api_calls) == (
        None,
        0,
        11 if is_stepwise(google) else 5,
    )
    assert left
    assert left.sending
    assert closed == Stamp(left.ledger, left.run + 2)
    assert run(workspace, july).api_calls == 2


def test_a_renamed_question_is_told_by_one_run_and_ends_it_with_code_1_only_then(stage: Scene) -> None:
    workspace, july = stage.workspace, clock(stage, JULY)
    run(workspace, july)
    hands = stage.hands
    assert isinstance(hands, GoogleHands)
    hands.rename("Country", "Country of residence")
    codes = [run(workspace, july).exit_code for _ in range(3)]
    assert codes == [1, 0, 0]


def test_a_sheet_that_lost_all_its_rows_stops_and_no_force_is_offered(
    google: FakeGoogle, stage: Scene
) -> None:
    workspace, july = stage.workspace, clock(stage, JULY)
    run(workspace, july)
    (document,) = google.documents.values()
    document.delete(document.tabs[0], "ROWS", 1, 13)
    with pytest.raises(StaleLedger) as raised:
        run(workspace, july, Orders(force=True))
    assert "it has no response; at the last run it had 12" in str(raised.value)
    assert "--force" not in str(raised.value)


def test_a_late_decision_for_one(google: FakeGoogle, stage: Scene) -> None:
    workspace = stage.workspace
    run(workspace, clock(stage, JULY))
    stage.hands.decide({FIRST: "Invite"})
    person = next(point for point in stage.status_rows(AUGUST) if point.email == FIRST)
    result = run(workspace, clock(stage, AUGUST), Orders(Scope(only=person.reference)))
    assert (result.failure, result.tally.sent, result.changed) == (None, 1, 1)
