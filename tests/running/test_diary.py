"""The diary of whole runs: what a run, a failure and an organiser's word leave in it."""

from contextlib import closing
from pathlib import Path

import pytest

from pipeline.model.errors import SheetError
from pipeline.model.history_events import Ending, LoggedRun, What
from pipeline.model.sheet import Snapshot
from pipeline.planning.plan import Scope
from pipeline.running.clock import Clock
from pipeline.running.diary import say_how
from tests.support.build import ANA, BEA, BEFORE, LATER, SELECTION
from tests.support.desk import Desk, make_desk


def runs(desk: Desk) -> tuple[LoggedRun, ...]:
    with closing(desk.workspace.ledger()) as ledger:
        return ledger.diary.runs()


def story(desk: Desk, name: str) -> list[tuple[int, What, str, str, str]]:
    (reference,) = (ref for ref, address in desk.history().addresses.items() if address.startswith(name))
    with closing(desk.workspace.ledger()) as ledger:
        found = ledger.diary.happened([reference])
    return [(each.run, each.what, each.about, each.became, each.cause) for each in found]


def test_a_story_goes_from_the_response_to_the_letter(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    desk.run(BEFORE)
    desk.run(SELECTION)
    desk.type_into("ana@example.org", "Decision", "Withdrawn")
    desk.run(LATER)
    assert [each for each in story(desk, "ana") if each[1:3] != (What.LETTER, "received")] == [
        (1, What.APPLIED, "2023-07-10T09:00:00", "", ""),
        (3, What.DECISION, "Offered", "", "place_given"),
        (3, What.LETTER, "invitation", "prepared", ""),
        (3, What.LETTER, "invitation", "accepted", ""),
        (5, What.WORD, "Withdrawn", "typed", ""),
        (5, What.DECISION, "Withdrawn", "", "typed_withdrawn"),
    ]
    assert [(each.number, each.ending, each.counts["changed"]) for each in runs(desk)] == [
        (1, Ending.DONE, 2),
        (3, Ending.DONE, 2),
        (5, Ending.DONE, 1),
    ]


def test_a_word_that_changes_nothing_is_heard_too_and_once(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    desk.run(SELECTION)
    desk.type_into("ana@example.org", "Decision", "Invite")
    for _ in range(3):
        assert desk.run(LATER).run_id == ""
    assert story(desk, "ana")[-1] == (0, What.WORD, "Invite", "typed", "")
    assert [(each.ending, each.times) for each in runs(desk)] == [
        (Ending.DONE, 1),
        (Ending.NOTHING, 1),
        (Ending.NOTHING, 2),
    ]


def test_a_run_that_fails_says_why_without_an_address(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)

    def fail() -> Snapshot:
        raise SheetError("row of <ana@example.org>: cannot be read.")

    desk.sheet.read = fail  # type: ignore[method-assign]  # the fault
    for now in (SELECTION, LATER):
        with pytest.raises(SheetError):
            desk.run(now)
    said = "row of <(an address)>: cannot be read."
    assert runs(desk) == (LoggedRun(SELECTION, LATER, 0, "--as-of", Ending.NOT_RUN, 2, said=said),)


@pytest.mark.parametrize(
    ("scope", "force", "said"),
    [
        (Scope(), False, "--as-of"),
        (Scope(only="P-ANA222", limit=0), True, "--as-of --force --only --limit 0"),
        (Scope(newcomers=True), False, "--as-of --newcomers"),
    ],
)
def test_how_a_run_was_asked_for_names_nobody(scope: Scope, force: bool, said: str) -> None:
    assert say_how(scope, Clock(SELECTION), force=force) == said
    assert say_how(scope, Clock(), force=force) == said.removeprefix("--as-of").strip()
