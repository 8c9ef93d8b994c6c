"""A workbook file that people have open, change or lose meanwhile: replaced whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from pipeline.model.errors import SheetBusy, SheetError
from pipeline.model.sheet import Change, Snapshot
from tests.support.sheet_suite import ALL, ANA, BO, FORM, OFFERED, change, finding
from tests.support.workbook_case import WorkbookCase, names_beside

ANAS = (change("ana@example.org", OFFERED),)


@pytest.fixture
def sheet_case(tmp_path: Path) -> WorkbookCase:
    return WorkbookCase(tmp_path / "responses.xlsx")


@pytest.mark.parametrize(
    ("lock", "program"), [("~$responses.xlsx", "Excel"), (".~lock.responses.xlsx#", "LibreOffice")]
)
def test_open_in_a_program_is_busy(sheet_case: WorkbookCase, lock: str, program: str) -> None:
    sheet_case.make(FORM, [ANA])
    before = sheet_case.path.read_bytes()
    left_over = sheet_case.path.with_name(lock)
    left_over.write_text("Dana")
    sheet = sheet_case.open()
    for act in (sheet.lease, sheet.set_up, lambda: sheet.write(finding(*ANAS))):
        with pytest.raises(SheetBusy) as raised:
            act()
        assert str(raised.value) == (
            f"responses.xlsx is open in {program}. Close it there and run again; "
            f"if nobody has it open, delete the left-over file {left_over}."
        )
    assert sheet.read().headers == FORM
    assert sheet_case.path.read_bytes() == before


def test_opened_in_a_program_while_writing_is_busy(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA])
    before = sheet_case.path.read_bytes()

    def open_meanwhile(snapshot: Snapshot) -> tuple[Change, ...]:
        sheet_case.path.with_name("~$responses.xlsx").touch()
        return finding(*ANAS)(snapshot)

    with pytest.raises(SheetBusy):
        sheet_case.open().write(open_meanwhile)
    assert sheet_case.path.read_bytes() == before
    assert names_beside(sheet_case.path) == ["responses.xlsx", "~$responses.xlsx"]


def test_changed_while_writing_is_written_anew(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA, BO])
    calls: list[int] = []

    def change_meanwhile(snapshot: Snapshot) -> tuple[Change, ...]:
        calls.append(1)
        if len(calls) == 1:
            sheet_case.insert_row(2)
            sheet_case.type_into(4, "Decision", "offer")
        return finding(*ANAS)(snapshot)

    assert sheet_case.open().write(change_meanwhile) == 1
    assert len(calls) == 2
    assert sheet_case.cells()[2][5:] == OFFERED.texts()
    assert sheet_case.cells()[3][3] == "offer"


def test_changed_again_and_again_is_busy(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA])
    calls: list[int] = []

    def change_meanwhile(snapshot: Snapshot) -> tuple[Change, ...]:
        calls.append(1)
        sheet_case.type_into(2, "Organiser note", f"note {len(calls)}")
        return finding(*ANAS)(snapshot)

    with pytest.raises(SheetBusy, match="was changed while it was being written"):
        sheet_case.open().write(change_meanwhile)
    assert len(calls) == 3
    assert sheet_case.cells()[1][3:] == ("", "note 3")
    assert names_beside(sheet_case.path) == ["responses.xlsx"]


class Killed(BaseException):
    """Stands for whatever ends the program there and then."""


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace", "chown"])
@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), Killed()])
def test_a_write_that_dies_leaves_the_old_file(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch, step: str, failure: BaseException
) -> None:
    sheet_case.make(ALL, [ANA])
    before = sheet_case.path.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(os, step, fail)
    with pytest.raises((SheetError, Killed)) as raised:
        sheet_case.open().write(finding(*ANAS))
    assert isinstance(raised.value, Killed) or "No space left on device" in str(raised.value)
    assert sheet_case.path.read_bytes() == before
    assert names_beside(sheet_case.path) == ["responses.xlsx"]


def test_lease_says_that_the_disk_is_full(sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet_case.make(ALL, [ANA])

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SheetError, match="No space left on device"):
        sheet_case.open().lease()
    assert names_beside(sheet_case.path) == ["responses.xlsx"]


def test_lease_leaves_bytes_and_inode(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA])
    before = (sheet_case.path.read_bytes(), sheet_case.path.stat().st_ino, sheet_case.path.stat().st_mtime_ns)
    with sheet_case.open().lease():
        assert names_beside(sheet_case.path) == ["responses.xlsx"]
    after = (sheet_case.path.read_bytes(), sheet_case.path.stat().st_ino, sheet_case.path.stat().st_mtime_ns)
    assert after == before


def test_write_protected_file_is_refused(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.path.chmod(0o444)
    for act in (sheet_case.open().lease, sheet_case.open().set_up):
        with pytest.raises(SheetError, match="write-protected"):
            act()


def test_write_keeps_mode_and_symbolic_link(sheet_case: WorkbookCase, tmp_path: Path) -> None:
    real = WorkbookCase(tmp_path / "elsewhere" / "really.xlsx")
    real.path.parent.mkdir()
    real.make(ALL, [ANA])
    real.path.chmod(0o640)
    sheet_case.path.symlink_to(real.path)
    assert sheet_case.open().write(finding(*ANAS)) == 1
    assert sheet_case.path.is_symlink()
    assert stat.S_IMODE(real.path.stat().st_mode) == 0o640
    assert real.cells()[1][5:] == OFFERED.texts()


def test_lock_beside_the_linked_file_counts(sheet_case: WorkbookCase, tmp_path: Path) -> None:
    real = WorkbookCase(tmp_path / "elsewhere" / "really.xlsx")
    real.path.parent.mkdir()
    real.make(ALL, [ANA])
    sheet_case.path.symlink_to(real.path)
    real.path.with_name("~$really.xlsx").touch()
    with pytest.raises(SheetBusy):
        sheet_case.open().lease()


def test_overwritten_right_after_is_noticed(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet_case.make(ALL, [ANA])
    before = sheet_case.path.read_bytes()
    really = Path.replace

    def replace_and_lose(self: Path, target: Path) -> Path:
        moved = really(self, target)
        sheet_case.path.write_bytes(before)
        return moved

    monkeypatch.setattr(Path, "replace", replace_and_lose)
    with pytest.raises(SheetError, match="was overwritten by another program"):
        sheet_case.open().write(finding(*ANAS))
