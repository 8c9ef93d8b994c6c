"""A ledger that is behind its sheet: restored from a backup, or begun anew on another machine."""

import shutil
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.intake.rows import read_entries
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.base import Mailer
from pipeline.mail.outbox import Outbox
from pipeline.model.adoption import CUT_OFF
from pipeline.model.errors import LeaseLost, SheetBusy, StaleLedger, UsageError
from pipeline.model.message import Letter
from pipeline.model.sheet import Change, Snapshot, Stamp
from pipeline.running import adopt
from pipeline.running.adopt import show_adoption, take_over
from pipeline.running.clock import Clock
from pipeline.running.resolve import list_doubts, resolve_doubt
from pipeline.running.run import Orders, run
from pipeline.running.workspace import Workspace
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.build import ANA, BEA, BEFORE, CALL, CLO, LATER, NOA, SELECTION
from tests.support.desk import DRESSING, make_workspace, table
from tests.support.fakes import FakeMailer


@pytest.fixture
def call(tmp_path: Path) -> Workspace:
    """Return a call on a real workbook and a real outbox, after its acknowledgements."""
    workspace = _open(tmp_path, lambda: Outbox(tmp_path / "outbox"))
    run(workspace, Clock(BEFORE))
    return workspace


def _open(root: Path, mailer: Callable[[], Mailer]) -> Workspace:
    headers, *rows = table(ANA, BEA, CLO, NOA)
    create_workbook(root / "responses.xlsx", tuple(map(str, headers)), rows)
    return make_workspace(root, Workbook(root / "responses.xlsx", "", DRESSING), mailer)


def letters(workspace: Workspace) -> int:
    return len(list((workspace.root / "outbox" / "new").iterdir()))


def test_a_restored_ledger_sends_nothing_not_even_by_force(call: Workspace) -> None:
    backup = call.root / "backup"
    shutil.copytree(call.state, backup)
    run(call, Clock(SELECTION))
    shutil.rmtree(call.state)
    shutil.copytree(backup, call.state)
    before = (letters(call), (call.root / "responses.xlsx").read_bytes())
    for orders in (Orders(), Orders(force=True)):
        with pytest.raises(StaleLedger, match="convene adopt"):
            run(call, Clock(SELECTION), orders)
    assert (letters(call), (call.root / "responses.xlsx").read_bytes()) == before


@pytest.mark.parametrize("killed", [True, False])
def test_a_ledger_lost_or_copied_in_the_middle_of_its_first_run_is_missed(
    tmp_path: Path, killed: bool
) -> None:
    mail = FakeMailer()
    workspace = _open(tmp_path, lambda: mail)

    class Killed(BaseException):
        pass

    def back_up(_letter: Letter) -> None:
        if len(mail.delivered) == 2:
            shutil.copytree(workspace.state, tmp_path / "backup")
            if killed:
                raise Killed

    mail.on_send = back_up
    with pytest.raises(Killed) if killed else nullcontext():
        run(workspace, Clock(BEFORE))
    sent, mail.on_send = len(mail.delivered), lambda _letter: None
    shutil.rmtree(workspace.state)
    if not killed:
        shutil.copytree(tmp_path / "backup", workspace.state)
    with pytest.raises(StaleLedger):
        run(workspace, Clock(BEFORE))
    assert len(mail.delivered) == sent


def test_a_copy_from_the_middle_of_a_run_that_could_not_show_what_it_sent_is_behind(
    call: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def back_up(done: int, _total: int) -> None:
        if done == 2:
            shutil.copytree(call.state, call.root / "backup")

    def fail(*_: object) -> int:
        raise SheetBusy("the sheet cannot be reached")

    with monkeypatch.context() as patched:
        patched.setattr(Workbook, "write", fail)
        assert run(call, Clock(SELECTION), Orders(progress=back_up)).exit_code == 75
    run(call, Clock(LATER))
    assert not show_adoption(call, Clock(LATER), None).is_cut_off
    sent = letters(call)
    shutil.rmtree(call.state)
    shutil.copytree(call.root / "backup", call.state)
    with pytest.raises(StaleLedger):
        run(call, Clock(LATER))
    assert letters(call) == sent


@pytest.mark.parametrize("with_letters", [True, False])
@pytest.mark.parametrize("restored", [True, False])
def test_what_was_sent_is_taken_over_and_not_sent_again(
    call: Workspace, restored: bool, with_letters: bool
) -> None:
    backup = call.root / "backup"
    shutil.copytree(call.state, backup)
    run(call, Clock(SELECTION))
    before = (letters(call), _statuses(call))
    shutil.rmtree(call.state)
    if restored:
        shutil.copytree(backup, call.state)
    outbox = call.root / "outbox" if with_letters else None
    shown = show_adoption(call, Clock(LATER), outbox)
    assert len(shown.adopted) == 4
    assert "4 applicants" in str(shown)
    with pytest.raises(StaleLedger):
        run(call, Clock(LATER))
    take_over(call, Clock(LATER), outbox)
    result = run(call, Clock(LATER))
    assert (result.tally.sent, result.exit_code) == (0, 0)
    assert (letters(call), _statuses(call)) == before
    assert show_adoption(call, Clock(LATER), outbox).is_empty


def _statuses(workspace: Workspace) -> list[str]:
    snapshot = workspace.sheet.read()
    index = snapshot.headers.index("Status")
    return [row.cell(index).text for row in snapshot.rows]


def test_the_ordinary_day_is_not_held_up(call: Workspace) -> None:
    for now in (SELECTION, LATER):
        assert run(call, Clock(now)).exit_code == 0
    shutil.rmtree(call.state)  # the sheet on a machine with a ledger of its own
    with pytest.raises(StaleLedger):
        run(call, Clock(LATER))


@pytest.mark.parametrize("send_again", [True, False])
def test_a_doubt_that_was_taken_over_has_no_bytes_and_is_written_anew(
    call: Workspace, send_again: bool
) -> None:
    status = Workbook(call.root / "responses.xlsx", "", DRESSING)
    run(call, Clock(SELECTION))
    shutil.rmtree(call.state)

    def doubt(snapshot: Snapshot) -> tuple[Change, ...]:
        entry = read_entries(snapshot, CALL)[0]
        told = "Invitation: in doubt since 2023-08-02 07:00, it may have been delivered"
        return (Change(entry.row, entry.key, entry.own, replace(entry.own, last_message=told)),)

    assert status.write(doubt) == 1
    take_over(call, Clock(LATER), None)
    (listed,) = list_doubts(call)
    reference = listed.split()[0]
    said = resolve_doubt(call, Clock(LATER), reference, send_again=send_again)
    assert ("its text is not here" in said) == send_again
    assert run(call, Clock(LATER)).tally.sent == send_again


@pytest.mark.parametrize("during", ["the letters are read", "the ledger takes it over"])
def test_a_run_that_comes_between_reading_and_taking_over_is_not_passed_over(
    call: Workspace, monkeypatch: pytest.MonkeyPatch, during: str
) -> None:
    other = Workbook(call.root / "responses.xlsx", "", DRESSING)
    theirs = Stamp("another", 9)
    owner, name = (adopt, "reconstruct") if during == "the letters are read" else (Ledger, "adopt")
    real = getattr(owner, name)

    def come_between(*arguments: Any) -> Any:
        with other.lease(theirs):
            return real(*arguments)

    monkeypatch.setattr(owner, name, come_between)
    with pytest.raises(SheetBusy if owner is adopt else LeaseLost):
        take_over(call, Clock(LATER), None)
    assert call.sheet.read().stamp == theirs


def test_a_run_that_was_cut_off_is_taken_over_with_its_letters_only(call: Workspace) -> None:
    ahead = Stamp("another", 9, sending=True)
    with call.sheet.lease(ahead):
        pass
    shown = show_adoption(call, Clock(LATER), None)
    assert (shown.is_cut_off, list(shown.lines())[-1]) == (True, CUT_OFF)
    with pytest.raises(
        UsageError, match="with --outbox; an empty folder if you are sure that there were none"
    ):
        take_over(call, Clock(LATER), None)
    assert call.sheet.read().stamp == ahead
    assert take_over(call, Clock(LATER), call.root / "outbox").is_cut_off
    assert run(call, Clock(LATER)).exit_code == 0
