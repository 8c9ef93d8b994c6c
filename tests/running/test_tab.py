"""What organisers see and set in the tab `Convene`, run by run, on a sheet in memory."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.model.controls import Controls
from pipeline.model.errors import ConveneError, HeaderError, SheetBusy, SheetError, StaleLedger, UnsafePlan
from pipeline.model.settings import Limits
from pipeline.model.tab import Tab
from pipeline.planning.plan import Scope
from pipeline.planning.waits import Waits
from pipeline.running.lookout import is_asked
from pipeline.running.run import Orders
from tests.support.build import ANA, BEA, BEFORE, CALL, CLO, SELECTION
from tests.support.desk import Desk, make_desk

ALL_NEW = Orders(Scope(newcomers=True))


def shown(desk: Desk) -> list[str]:
    """Return the tab's rows as lines of text."""
    assert desk.sheet.tab
    rows = (" | ".join(str(cell.value) if cell else "" for cell in row) for row in desk.sheet.tab.rows)
    return [row.rstrip(" |") for row in rows if row]


def hint(desk: Desk, name: str) -> str:
    assert desk.sheet.tab
    return next(control.hint for control in desk.sheet.tab.controls if control.name == name)


def fail(error: ConveneError) -> Callable[[Tab], bool]:
    def show(_tab: Tab) -> bool:
        raise error

    return show


def test_a_run_tells_in_the_tab_what_it_did_and_an_idle_one_writes_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.run(SELECTION)
    sent = "Sent: 2 invitations and 1 letter “waiting list”; 3 rows of the sheet brought up to date."
    assert f"2 August 2023, 07:00 |  | {sent}" in shown(desk)
    assert desk.sheet.shows == 1
    desk.run(SELECTION + timedelta(hours=3))
    assert desk.sheet.shows == 1
    desk.run(SELECTION + timedelta(days=1))
    assert desk.sheet.shows == 2
    assert desk.sheet.tab
    assert desk.sheet.tab.heading == "Convene looked here last on 3 August 2023"


def test_pause_holds_all_mail_and_lifting_it_sends(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    desk.sheet.controls = Controls(pause=True)
    result = desk.run(SELECTION)
    assert (desk.subjects(), result.waits) == ([], Waits(paused=2))
    assert hint(desk, "pause") == "Nothing is sent until you type no. 2 e-mails wait."
    assert set(desk.statuses().values()) == {"Proposed: offer"}
    desk.sheet.controls = Controls()
    assert desk.run(SELECTION).tally.sent == 2


def test_dangers_are_shown_with_a_code_and_the_code_goes_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, limits=Limits(messages_per_run=1))
    desk.run(BEFORE, ALL_NEW)
    with pytest.raises(UnsafePlan):
        desk.run(SELECTION)
    code = hint(desk, "accept").split()[1]
    assert any("2 messages would go out" in line for line in shown(desk))
    desk.sheet.controls = Controls(accept="ZZZZZZ")
    with pytest.raises(UnsafePlan):
        desk.run(SELECTION)
    assert hint(desk, "accept").startswith("“ZZZZZZ” is not the code.")
    desk.sheet.controls = Controls(accept=code)
    assert desk.run(SELECTION).tally.sent == 2
    # The code still stands there, and is good for nothing more.
    assert hint(desk, "accept") == "Nothing speaks against going on."
    del desk.sheet.table[1:]
    desk.submit(*(f"07-10 09:0{n} | x{n}@example.org | Xy {n} | Manager | Yes" for n in range(4)))
    assert desk.run(SELECTION + timedelta(days=1)).tally.sent == 0


def test_why_a_run_could_not_even_plan_stands_above_what_was_found_before(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(BEFORE)
    there = dict(desk.sheet.tabs["Convene"])
    desk.sheet.table[0][1] = "E-mail"
    with pytest.raises(HeaderError):
        desk.run(BEFORE)
    failed = desk.sheet.tabs["Convene"]
    new = {at: str(text) for at, text in failed.items() if there.get(at) != text}
    assert new.pop((1, 1)) == "Convene could not do its work on 15 July 2023"
    assert new.pop((8, 1)) == "The last run"
    assert "no column is headed “Email Address”" in new.pop((8, 3))
    assert (new, there.keys() - failed.keys()) == ({}, set())
    desk.sheet.table[0][1] = "Email Address"
    desk.run(BEFORE)
    assert desk.sheet.tabs["Convene"] == there


def test_what_kept_a_run_from_finishing_comes_first_until_one_goes_well(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(BEFORE)
    desk.mail.replies["ana@example.org"] = [SheetError("The mail is out.")]
    desk.run(SELECTION)
    assert shown(desk)[2] == "The last run |  | The mail is out."
    desk.run(SELECTION)
    assert shown(desk)[0] == "Nothing needs you"


def test_in_a_sheet_of_another_ledger_nothing_is_shown(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(BEFORE)
    told = desk.sheet.tab
    shutil.rmtree(tmp_path / "state")
    with pytest.raises(StaleLedger):
        desk.run(SELECTION)
    assert desk.sheet.tab is told


def test_a_busy_sheet_gets_its_tab_later_and_one_that_refuses_it_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path, ANA)
    monkeypatch.setattr(desk.sheet, "show", fail(SheetBusy("open in a program")))
    assert desk.run(BEFORE).failure is None
    refusal = SheetError("The tab is protected.")
    monkeypatch.setattr(desk.sheet, "show", fail(refusal))
    assert desk.run(BEFORE).failure is refusal
    desk.sheet.table[0][1] = "E-mail"
    with pytest.raises(HeaderError):
        desk.run(BEFORE)


def test_what_cannot_be_understood_is_asked_about(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.sheet.controls = Controls(pause=True, odd=(("pause", "until Monday"),))
    result = desk.run(BEFORE)
    assert desk.subjects() == []
    assert [str(need.problem) for need in result.needs] == [
        "tab Convene, Pause: “until Monday” is not understood. Type yes or no; until then nothing is sent"
    ]


# --- between two runs --------------------------------------------------------------------------------------


def test_a_wish_is_served_by_a_run_and_asked_no_more(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    assert not is_asked(desk.workspace)  # nobody set anything: the first run has its time
    desk.run(BEFORE)
    assert not is_asked(desk.workspace)
    for typed in (Controls(run_now="1"), Controls(run_now="2", pause=True), Controls(run_now="2")):
        desk.sheet.controls = typed
        assert is_asked(desk.workspace)
        desk.run(BEFORE)
        assert not is_asked(desk.workspace)


def test_a_wish_that_a_run_refused_is_served_and_one_that_met_a_busy_sheet_is_not(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, limits=Limits(messages_per_run=1))
    desk.run(BEFORE, ALL_NEW)
    desk.sheet.controls = Controls(run_now="now")

    def busy() -> None:
        raise SheetBusy("open in a program")

    desk.sheet.on_write = busy
    with pytest.raises(UnsafePlan):
        desk.run(SELECTION)
    assert not is_asked(desk.workspace)
    desk.sheet.controls = Controls(run_now="again")
    desk.submit(CLO)
    with pytest.raises(SheetBusy):
        desk.run(BEFORE)
    assert is_asked(desk.workspace)


def test_where_words_settle_a_new_word_is_a_wish_wherever_its_row_stands(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, call=replace(CALL, settle=timedelta(minutes=10)))
    desk.run(SELECTION)
    assert not is_asked(desk.workspace)
    desk.type_into("ana@example.org", "Decision", "Withdrawn")
    assert is_asked(desk.workspace)
    assert desk.run(SELECTION).waits.again == SELECTION + timedelta(minutes=10)
    desk.sheet.table[1:] = desk.sheet.table[:0:-1]
    assert not is_asked(desk.workspace)
