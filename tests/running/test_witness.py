"""A whole folder that is older than what was sent, or that there are two of: sheet and ledger agree, and are wrong."""

import re
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.ledger import boot
from pipeline.ledger.witness import witness_folder
from pipeline.model.controls import Controls
from pipeline.model.errors import StaleLedger, UnsafePlan, UsageError
from pipeline.model.message import State
from pipeline.model.settings import WitnessSettings
from pipeline.running.adopt import show_adoption, take_over
from pipeline.running.resolve import list_doubts
from pipeline.running.run import ROUTINE, Orders, plan_run, run
from pipeline.running.workspace import Workspace
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.build import ANA, BEA, BEFORE, CLO, LATER, NOA, SELECTION
from tests.support.desk import DRESSING, make_workspace, table
from tests.support.fakes import FakeMailer
from tests.support.passing import passing

FIRST_RUN_HERE = Orders(first_run_here=True)


class Folder:
    """A workspace on disk whose mail is real, and what a careless person does with it."""

    def __init__(self, tmp_path: Path) -> None:
        self.mail, self.witness, self.root = FakeMailer(), tmp_path / "witness", tmp_path / "call"
        self.root.mkdir()
        headers, *rows = table(ANA, BEA, CLO, NOA)
        create_workbook(self.root / "responses.xlsx", tuple(map(str, headers)), rows)

    def workspace(self, root: Path | None = None) -> Workspace:
        root = root or self.root
        sheet = Workbook(root / "responses.xlsx", "", DRESSING)
        return make_workspace(root, sheet, lambda: self.mail, witness=self.witness)

    def run(self, at: datetime = SELECTION, orders: Orders = ROUTINE, root: Path | None = None) -> list[str]:
        """Run; return to whom mail went."""
        before = len(self.mail.delivered)
        run(self.workspace(root), passing(at), orders)
        return sorted(letter.to.partition("@")[0] for letter in self.mail.delivered[before:])

    def copy(self, name: str) -> Path:
        return shutil.copytree(self.root, self.root.with_name(name))

    def restore(self, backup: Path) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(backup, self.root)

    def letters(self, root: Path | None = None) -> int:
        with closing(self.workspace(root).ledger()) as ledger:
            return ledger.history().letters


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


ALL = ["ana", "bea", "clo", "noa"]


def test_a_folder_restored_from_a_backup_sends_nothing_not_even_by_force(folder: Folder) -> None:
    assert folder.run(BEFORE) == ALL
    backup = folder.copy("backup")
    assert folder.run() == ALL
    folder.restore(backup)
    for orders in (ROUTINE, Orders(force=True), FIRST_RUN_HERE):
        with pytest.raises(StaleLedger, match="an old copy: it knows of 4 letters, and 8 were sent by run 3"):
            folder.run(orders=orders)
    with closing(folder.workspace().ledger()) as ledger:
        assert len(plan_run(folder.workspace(), ledger, passing(SELECTION)).stale) == 1


def test_a_folder_restored_from_before_the_first_run_sends_nothing(folder: Folder) -> None:
    backup = folder.copy("backup")
    assert folder.run() == ALL
    folder.restore(backup)
    with pytest.raises(StaleLedger, match="Another ledger sent 4 letters of this call from this folder"):
        folder.run()
    assert folder.run(orders=FIRST_RUN_HERE) == ALL  # begun anew, and a person said so
    assert folder.run(LATER) == []


def test_a_backup_from_the_middle_of_a_run_is_found_out(folder: Folder) -> None:
    backups: list[Path] = []
    folder.mail.on_send = lambda _letter: backups.append(folder.copy(f"backup-{len(backups)}"))
    assert folder.run() == ALL
    folder.mail.on_send = lambda _letter: None
    for backup in backups:
        folder.restore(backup)
        with pytest.raises(StaleLedger):
            folder.run()
    assert len(folder.mail.delivered) == len(ALL) == len(backups)


def test_a_second_copy_stops_while_the_first_is_there_and_a_moved_folder_is_none(folder: Folder) -> None:
    folder.run(BEFORE)
    second = folder.copy("second")
    with pytest.raises(StaleLedger, match="a second copy: the same ledger sends from"):
        folder.run(root=second)
    folder.root.rename(folder.root.with_name("archive"))  # the first is gone: this is the folder now
    assert folder.run(root=second) == ALL
    with pytest.raises(StaleLedger):
        folder.run(root=folder.root.with_name("archive"))


def test_another_call_in_the_old_place_is_no_first_copy(folder: Folder) -> None:
    folder.run(BEFORE)
    moved = folder.copy("moved")
    shutil.rmtree(folder.root / "state")
    with closing(folder.workspace().ledger()):
        pass
    assert folder.run(root=moved) == ALL


def test_the_same_folder_by_another_path_is_no_second_one(folder: Folder) -> None:
    folder.run(BEFORE)
    other = folder.root.with_name("link")
    other.symlink_to(folder.root)
    assert folder.run(root=other) == ALL


def test_a_machine_without_a_witness_asks_once(folder: Folder) -> None:
    folder.run(BEFORE)
    shutil.rmtree(folder.witness)
    with pytest.raises(StaleLedger, match=r"nothing on this machine witnessed it.*--first-run-here"):
        folder.run()
    assert folder.run(orders=Orders(first_run_here=True, scope=replace(ROUTINE.scope, limit=0))) == []
    assert folder.run() == ALL


def test_a_cell_says_so_as_well(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.run(BEFORE)
    shutil.rmtree(folder.witness)
    read, typed = Workbook.read, ["ABC234"]
    monkeypatch.setattr(
        Workbook, "read", lambda sheet: replace(read(sheet), controls=Controls(accept=typed[-1]))
    )
    with pytest.raises(StaleLedger) as asked:
        folder.run()
    typed += re.findall(r"type (\w{6}) beside “Accept danger”", str(asked.value))
    assert folder.run(orders=Orders(scope=replace(ROUTINE.scope, limit=0))) == []
    assert folder.run() == ALL


def test_adopt_settles_an_old_copy_and_a_second_one(folder: Folder, tmp_path: Path) -> None:
    folder.run(BEFORE)
    backup = folder.copy("backup")
    folder.run()
    workspace = folder.workspace(backup)
    assert show_adoption(workspace, passing(SELECTION), None).is_cut_off
    with pytest.raises(UsageError, match="--outbox; an empty folder if you are sure"):
        take_over(workspace, passing(SELECTION), None)
    (tmp_path / "sent").mkdir()
    for number, letter in enumerate(folder.mail.delivered):
        (tmp_path / "sent" / f"{number}.eml").write_bytes(letter.data)
    take_over(workspace, passing(SELECTION), tmp_path / "sent")
    assert folder.run(LATER, root=backup) == []
    with pytest.raises(StaleLedger, match=r"a second copy: the same ledger sends from .*backup"):
        folder.run(LATER)


def test_adopt_takes_the_sheet_s_word_where_its_rows_tell_all(folder: Folder) -> None:
    folder.run(BEFORE)
    state = shutil.copytree(folder.root / "state", folder.root.with_name("state-of-before"))
    folder.run()
    shutil.rmtree(folder.root / "state")
    shutil.copytree(state, folder.root / "state")  # the sheet is the newest
    assert not show_adoption(folder.workspace(), passing(SELECTION), None).is_cut_off
    take_over(folder.workspace(), passing(SELECTION), None)
    assert folder.letters() == 8
    assert folder.run(LATER) == []


def test_the_outbox_and_rehearsals_leave_no_witness(folder: Folder) -> None:
    run(replace_mail(folder), passing(BEFORE))
    assert (folder.letters(), folder.witness.exists()) == (0, False)


def replace_mail(folder: Folder) -> Workspace:
    sheet = Workbook(folder.root / "responses.xlsx", "", DRESSING)
    return make_workspace(folder.root, sheet, lambda: folder.mail)


def _in_the_way(folder: Folder) -> None:
    folder.witness.write_text("a file where a folder is wanted")


def test_without_a_witness_mail_leaves_only_by_force_or_by_a_setting(folder: Folder) -> None:
    _in_the_way(folder)
    with pytest.raises(UnsafePlan, match=r"witness.*cannot be used.*unwitnessed: accepted"):
        folder.run(BEFORE)
    assert folder.run(BEFORE, Orders(force=True)) == ALL
    workspace = folder.workspace()
    accepted = WitnessSettings(folder.witness, "accepted")
    workspace = replace(workspace, service=replace(workspace.service, witness=accepted))
    assert run(workspace, passing(SELECTION)).tally.sent == len(ALL)


def test_a_witness_that_fails_in_the_middle_stops_before_the_dot(folder: Folder) -> None:
    def fail(count: int) -> Callable[[object], None]:
        def on_send(_letter: object) -> None:
            if len(folder.mail.delivered) == count and folder.witness.is_dir():
                folder.witness.rename(folder.witness.with_name("gone"))
                _in_the_way(folder)

        return on_send

    folder.mail.on_send = fail(2)
    result = run(folder.workspace(), passing(SELECTION))
    assert (result.tally.sent, result.tally.in_doubt, result.exit_code) == (2, 0, 1)
    assert "cannot be used" in str(result.failure)
    with closing(folder.workspace().ledger()) as ledger:
        assert [message.state for message in ledger.history().posted].count(State.PREPARED) == 2
    folder.mail.on_send = lambda _letter: None
    folder.witness.unlink()
    folder.witness.with_name("gone").rename(folder.witness)
    assert len(folder.run()) == 2


def test_a_damaged_record_is_told_of(folder: Folder) -> None:
    folder.run(BEFORE)
    (record,) = folder.witness.iterdir()
    record.write_text("{")
    with pytest.raises(Exception, match=r"\.json: cannot be read, though it was written whole"):
        folder.run()


def test_the_usual_place_is_the_user_s_state_directory(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/home/ana/.local/state")
    usual = replace(folder.workspace().service, witness=WitnessSettings())
    assert witness_folder(usual) == Path("/home/ana/.local/state/convene")


class Ended(BaseException):
    """The end of a run by a kill or a power cut."""


@pytest.mark.parametrize(
    ("is_power_cut", "left", "asked"),
    [(False, ["clo", "noa"], []), (True, [], ["clo", "noa"])],
    ids=["killed", "power cut"],
)
def test_what_may_have_left_before_a_power_cut_is_asked_about_and_after_a_kill_it_leaves(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, is_power_cut: bool, left: list[str], asked: list[str]
) -> None:
    def end(_letter: object) -> None:
        if len(folder.mail.delivered) == 2:
            raise Ended

    folder.mail.on_send = end
    with pytest.raises(Ended):
        folder.run()
    assert len(folder.mail.delivered) == 2
    folder.mail.on_send = lambda _letter: None
    if is_power_cut:
        monkeypatch.setattr(boot, "_BOOT", folder.root / "another boot")
    for later in (SELECTION, LATER):
        assert folder.run(later) == (left if later is SELECTION else [])
        doubts = list_doubts(folder.workspace())
        assert [re.findall(r"to (\w+)@", doubt)[0] for doubt in doubts] == asked


def test_where_nobody_could_tell_a_kill_from_a_copy_each_letter_is_committed_by_itself(
    folder: Folder,
) -> None:
    groups: list[tuple[int, ...]] = []
    workspace = folder.workspace()
    accepted = WitnessSettings(folder.root / "responses.xlsx", "accepted")  # a file: no folder to write to
    workspace = replace(workspace, service=replace(workspace.service, witness=accepted))

    def look(_letter: object) -> None:
        with closing(workspace.ledger()) as ledger:
            groups.append(ledger.history().announced)

    folder.mail.on_send = look
    run(workspace, passing(BEFORE))
    assert (groups, len(folder.mail.delivered)) == ([()] * 4, 4)
