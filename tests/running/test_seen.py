"""What needs a person is listed by each run until it is settled; what somebody has seen no longer counts."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.model.controls import Controls
from pipeline.model.errors import UnsafePlan, UsageError
from pipeline.model.problem import NeedKind
from pipeline.model.sheet import Snapshot
from pipeline.running.clock import Clock
from pipeline.running.seen import list_open, see
from tests.support.build import ANA, BEA, BEFORE, CLO, LATER, SELECTION
from tests.support.desk import Desk, make_desk
from tests.support.fakes import FakeSheet

CHA = "07-09 09:00 | cha@example.org | Cha | Chaplain | Yes"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path, ANA, CHA)


def test_who_is_to_be_reviewed_is_listed_by_each_run_until_a_person_decides(desk: Desk) -> None:
    first, second = desk.run(BEFORE), desk.run(SELECTION)
    assert [(need.kind, need.since) for need in second.needs] == [(NeedKind.TO_REVIEW, BEFORE)]
    assert first.needs == second.needs
    assert (first.exit_code, second.exit_code) == (1, 1)
    desk.type_into("cha@example.org", "Decision", "Invite")
    settled = desk.run(LATER)
    assert (settled.needs, settled.exit_code) == ((), 0)
    assert desk.history().notes.needs == {}


def test_what_is_seen_stays_in_the_list_and_not_in_the_exit_code(desk: Desk) -> None:
    (need,) = desk.run(BEFORE).needs
    for name in (need.code.lower(), need.reference):
        (marked,) = see(desk.workspace, Clock(SELECTION), (name,), "ben")
        assert (marked.noted.seen, marked.noted.by, marked.since) == (SELECTION, "ben", BEFORE)
    result = desk.run(LATER)
    assert (result.needs, result.exit_code) == ((marked,), 0)
    assert list_open(desk.workspace, Clock(LATER)) == (marked,)


def test_a_name_that_nothing_has_marks_nothing(desk: Desk) -> None:
    (need,) = desk.run(BEFORE).needs
    with pytest.raises(UsageError, match=r"^Nothing needs a person under P-222222\. `convene seen` lists"):
        see(desk.workspace, Clock(BEFORE), (need.code, "P-222222"), "ben")
    assert list_open(desk.workspace, Clock(BEFORE)) == (need,)


def test_the_tabs_cell_marks_it_too(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, CHA)
    (need,) = desk.run(BEFORE).needs

    class WithTab(FakeSheet):
        def read(self) -> Snapshot:
            return replace(super().read(), controls=Controls(seen=(need.reference,)))

    sheet = WithTab(desk.sheet.table)
    tabbed = replace(desk, workspace=replace(desk.workspace, sheet=sheet), sheet=sheet)
    result = tabbed.run(SELECTION)
    assert (result.exit_code, result.needs[0].noted.by) == (0, "the sheet")
    assert desk.run(LATER).exit_code == 0  # also once the cell is empty


def test_since_when_a_danger_is_there_is_remembered_though_the_run_does_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *(ANA.replace("ana@", f"a{n}@") for n in range(9)), BEA, CLO)
    desk.run(BEFORE)
    desk.sheet.table[2:9] = []
    with pytest.raises(UnsafePlan):
        desk.run(SELECTION)
    dangers = [need for need in list_open(desk.workspace, Clock(LATER)) if need.kind is NeedKind.DANGER]
    assert [need.since for need in dangers] == [SELECTION]
