"""Approval in a whole run: what is released leaves just as it was released, and who released it is on record."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.model.controls import Controls
from pipeline.model.effect import hash_of
from pipeline.model.errors import EffectsChanged, UsageError
from pipeline.model.history import How
from pipeline.model.message import Rendered
from pipeline.planning.choice import Pick
from pipeline.planning.letters import write_letter
from pipeline.planning.plan import Plan
from pipeline.running import run as running
from pipeline.running.approve import approve, find_waiting
from pipeline.running.clock import Clock
from pipeline.running.export import gather
from pipeline.running.history import find_story
from pipeline.views.approve import waiting_json, waiting_lines, waiting_table
from pipeline.views.history import say_happening
from pipeline.views.personal import personal_json
from tests.support.approval_play import APPROVED
from tests.support.build import ANA, BEA, CLO, NOA, SELECTION
from tests.support.desk import Desk, make_desk
from tests.support.fakes import blow_up

HOUR = timedelta(hours=1)
SOON, LATER, LAST = (SELECTION + nth * HOUR for nth in (1, 2, 3))


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "mo")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a workspace on selection day: everything that is concluded waits for approval."""
    desk = make_desk(tmp_path, ANA, BEA, CLO, NOA, call=APPROVED)
    assert desk.run(SELECTION).exit_code == 1
    return desk


def waiting(desk: Desk, now: timedelta = HOUR) -> Plan:
    return find_waiting(desk.workspace, Clock(SELECTION + now))


def test_a_run_asks_shows_and_does_it_once(desk: Desk) -> None:
    assert (desk.mail.delivered, set(desk.statuses().values())) == (
        [],
        {"Proposed: offer", "Proposed: waiting list", "Ineligible"},
    )
    before = desk.sheet.writes
    again = desk.run(SOON)
    assert (again.run_id, again.exit_code, desk.sheet.writes) == ("", 1, before)


def test_words_and_codes_in_the_sheet_release_and_history_says_so(desk: Desk) -> None:
    desk.type_into("ana@example.org", "Decision", "ok")
    desk.type_into("clo@example.org", "Decision", "Invite")
    desk.run(SOON)
    desk.sheet.controls = Controls(approve=desk.history().proposals[-1].code)
    assert desk.run(LATER).exit_code == 0
    assert desk.subjects() == [
        "ana@example.org invitation",
        "clo@example.org invitation",
        "bea@example.org waiting_list",
        "noa@example.org not_selected",
    ]
    told = {
        name: [
            say_happening(each)
            for each in find_story(desk.workspace, f"{name}@example.org")
            if each.what == "release"
        ]
        for name in ("ana", "bea", "clo")
    }
    assert told == {
        "ana": ["Invitation (Offered): released in the sheet, by ok in Decision; seen then."],
        "bea": ["Waiting list (Waiting list): released in the sheet, by Approve all; seen then."],
        "clo": ["Invitation (Offered): released in the sheet, by the word in Decision; seen then."],
    }
    story = [each.what for each in find_story(desk.workspace, "ana@example.org") if each.at == SOON]
    assert story == ["word", "decision", "release", "letter", "letter"]
    desk.sheet.on_write = blow_up
    assert desk.run(LAST).run_id == ""


def test_a_command_lists_and_releases_in_the_name_of_the_shells_user(desk: Desk) -> None:
    plan = waiting(desk)
    code = desk.history().proposals[-1].code
    assert waiting_lines(plan) == (
        "4 messages (2 × Invitation, 1 × Waiting list and 1 × Not selected) wait for approval, "
        f"code {code}: convene approve --effects {code}",
    )
    assert [(row[0], *row[2:4]) for row in waiting_table(plan, plan.unreleased).rows] == [
        ("2", "Invitation", "Offered"),
        ("3", "Invitation", "Offered"),
        ("4", "Waiting list", "Waiting list"),
        ("5", "Not selected", "Ineligible"),
    ]
    assert waiting_json(plan.unreleased)["hash"] == hash_of(plan.unreleased)  # type: ignore[index,call-overload]  # an object
    released = approve(desk.workspace, Clock(SOON), Pick(kind="invitation", effects=code))
    assert sorted(effect.to for effect in released) == ["ana@example.org", "bea@example.org"]
    desk.run(LATER)
    assert desk.subjects() == ["ana@example.org invitation", "bea@example.org invitation"]
    assert {(one.how, one.who) for one in desk.history().releases} == {(How.COMMAND, "mo")}
    held = personal_json(APPROVED, gather(desk.workspace, Clock(LATER), "ana@example.org"))
    assert "Invitation (Offered): released by mo, `convene approve`." in str(held)
    with closing(desk.workspace.ledger()) as ledger:
        assert [run.how for run in ledger.diary.runs()] == ["--as-of", "approve", "--as-of"]


def test_a_command_that_names_nothing_that_waits_says_so(desk: Desk) -> None:
    clock = Clock(SOON)
    with pytest.raises(UsageError, match="Nothing to P-XXXXXX waits for approval"):
        approve(desk.workspace, clock, Pick(("P-XXXXXX",)))
    with pytest.raises(UsageError, match="Nothing of that waits"):
        approve(desk.workspace, clock, Pick(kind="received"))
    with pytest.raises(EffectsChanged, match="Nothing that waits for approval has the hash or code abcdef"):
        approve(desk.workspace, clock, Pick(effects="abcdef"))
    approve(desk.workspace, clock, Pick())
    assert waiting_lines(waiting(desk)) == ()
    with pytest.raises(EffectsChanged, match="nothing waits any more"):
        approve(desk.workspace, clock, Pick(effects="abcdef"))


def test_ok_that_is_typed_while_a_run_writes_another_thing_beside_it_releases_nothing(desk: Desk) -> None:
    """The organiser saw an offer; the run that was going on was about to write something else."""
    desk.submit("07-01 09:00 | dan@example.org | Dan Novak | Manager | Yes")
    desk.sheet.on_write = lambda: desk.type_into("bea@example.org", "Decision", "ok")
    desk.run(SOON)
    desk.sheet.on_write = lambda: None
    assert desk.statuses()["bea@example.org"] == "Proposed: offer"
    desk.run(LATER)
    assert desk.statuses()["bea@example.org"] == "Proposed: waiting list"
    desk.run(LAST)
    assert desk.mail.delivered == []


def test_a_letter_that_is_not_what_was_released_does_not_leave(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another(call, sender, message, secret, now):  # type: ignore[no-untyped-def]  # stands for the real one
        altered = replace(message, content=Rendered("Other", message.content.text, message.content.html))
        return write_letter(call, sender, altered, secret, now)

    approve(desk.workspace, Clock(SOON), Pick())
    with monkeypatch.context() as patched:
        patched.setattr(running, "write_letter", another)
        result = desk.run(SOON)
    assert (desk.mail.delivered, result.tally.held, result.exit_code) == ([], 4, 1)
    assert "not sent, because it is not what was planned and released" in str(
        [need.problem for need in result.needs]
    )
    assert desk.run(LATER).tally.sent == 4


def test_a_word_that_settles_is_waited_for(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, call=replace(APPROVED, approve=frozenset(), settle=HOUR / 6))
    desk.run(SELECTION)
    desk.type_into("clo@example.org", "Decision", "Decline")
    result = desk.run(SOON)
    assert (result.exit_code, result.waits.settling, result.waits.again) == (75, 1, SOON + HOUR / 6)
    assert str(result).startswith(
        "1 message waits: 1 in case a word in Decision is changed (settle_minutes). "
        "The next attempt is due on 2023-08-02 at 08:10. "
    )
    writes = desk.sheet.writes
    assert desk.run(SOON + HOUR / 12).exit_code == 75
    assert desk.sheet.writes == writes
    assert desk.run(SOON + HOUR / 6).exit_code == 0
    assert desk.subjects()[-1] == "clo@example.org not_selected"
