"""The stamp in a workbook's document properties: hidden, kept by programs, and written like any cell."""

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.packaging.custom import StringProperty

from pipeline.model.errors import SheetBusy, SheetError
from pipeline.model.sheet import Stamp
from tests.support.sheet_suite import ALL, ANA, BO, STAMP
from tests.support.workbook_case import WorkbookCase, add_parts, furnish, names_beside, parts_of

PART, TYPES, RELATIONS = "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"
VALUE = f"{STAMP.ledger} {STAMP.run}"
ROOT = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)
FORMAT = 'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"'
OURS = f'<property {FORMAT} pid="%d" name="Convene"><vt:lpwstr>%s</vt:lpwstr></property>'
THEIRS = (
    f'<property {FORMAT} pid="2" name="Client &amp; co"><vt:lpwstr>A &lt;b&gt;</vt:lpwstr></property>'
    f'<property {FORMAT} pid="4" name="Checked"><vt:bool>true</vt:bool></property>'
)


@pytest.fixture
def sheet_case(tmp_path: Path) -> WorkbookCase:
    case = WorkbookCase(tmp_path / "responses.xlsx")
    case.make(ALL, [ANA, BO])
    return case


def with_properties(case: WorkbookCase, properties: str, root: str = ROOT) -> None:
    """Give the workbook document properties as another program would have."""
    with case.open().lease(STAMP):
        add_parts(case.path, {PART: f"{root}{properties}</{root[1:].split()[0]}>".encode()})


def properties_of(path: Path) -> list[tuple[str, str]]:
    """Return the document properties as the library reads them."""
    book: Any = load_workbook(path)  # the library's types leave them out
    return [(entry.name, entry.value) for entry in book.custom_doc_props.props]


def test_stamp_is_a_new_part_and_changes_no_other(sheet_case: WorkbookCase) -> None:
    sheet_case.edit(furnish)
    before = parts_of(sheet_case.path)
    with sheet_case.open().lease(STAMP):
        after = parts_of(sheet_case.path)
    assert after[PART].decode().endswith(f"{ROOT}{OURS % (2, VALUE)}</Properties>")
    differing = {name for name in after if after[name] != before.get(name)}
    assert differing == {PART, TYPES, RELATIONS}
    assert properties_of(sheet_case.path) == [("Convene", VALUE)]


def test_stamp_stands_behind_what_organisers_keep_in_properties(sheet_case: WorkbookCase) -> None:
    with_properties(sheet_case, THEIRS)
    before = parts_of(sheet_case.path)
    with sheet_case.open().lease(STAMP):
        after = parts_of(sheet_case.path)
    assert after == before | {PART: f"{ROOT}{THEIRS}{OURS % (3, VALUE)}</Properties>".encode()}


def test_a_later_stamp_takes_the_place_of_the_old_one(sheet_case: WorkbookCase) -> None:
    with_properties(sheet_case, THEIRS + OURS % (9, "old 1"))
    with sheet_case.open().lease(STAMP):
        after = parts_of(sheet_case.path)
    assert after[PART] == f"{ROOT}{THEIRS}{OURS % (3, VALUE)}</Properties>".encode()


def test_stamp_in_prefixed_properties(sheet_case: WorkbookCase) -> None:
    root = ROOT.replace("<Properties xmlns=", "<p:Properties xmlns:p=").replace("xmlns:vt", "xmlns:v")
    theirs = THEIRS.replace("property", "p:property").replace("vt:", "v:")
    with_properties(sheet_case, theirs, root)
    for stamp in (STAMP, Stamp("other", 8)):
        with sheet_case.open().lease(stamp):
            assert sheet_case.open().read().stamp == stamp
    assert theirs.encode() in parts_of(sheet_case.path)[PART]


def test_stamp_beside_properties_that_the_library_wrote(sheet_case: WorkbookCase) -> None:
    book: Any = load_workbook(sheet_case.path)
    book.custom_doc_props.append(StringProperty(name="Client", value="somebody"))
    book.save(sheet_case.path)
    with sheet_case.open().lease(STAMP):
        assert properties_of(sheet_case.path) == [("Client", "somebody"), ("Convene", VALUE)]


def test_a_part_that_nothing_points_to_is_used(sheet_case: WorkbookCase) -> None:
    add_parts(sheet_case.path, {PART: f"{ROOT}{THEIRS}</Properties>".encode()})
    with sheet_case.open().lease(STAMP):
        assert sheet_case.open().read().stamp == STAMP
    assert THEIRS.encode() in parts_of(sheet_case.path)[PART]


def test_the_same_stamp_again_changes_no_byte(sheet_case: WorkbookCase) -> None:
    with sheet_case.open().lease(STAMP):
        before = (sheet_case.path.read_bytes(), sheet_case.path.stat().st_ino)
    with sheet_case.open().lease(STAMP), sheet_case.open().lease():
        assert (sheet_case.path.read_bytes(), sheet_case.path.stat().st_ino) == before
    assert names_beside(sheet_case.path) == ["responses.xlsx"]


@pytest.mark.parametrize(
    "properties",
    [
        "",
        THEIRS,
        OURS % (2, ""),
        OURS % (2, "7"),
        OURS % (2, "ledger -7"),
        OURS % (2, "ledger ٧"),
        OURS % (2, "a ledger 7"),
        OURS % (2, "ledger 7") + OURS % (3, "ledger 8"),
    ],
)
def test_what_cannot_be_understood_is_no_stamp(sheet_case: WorkbookCase, properties: str) -> None:
    with_properties(sheet_case, properties)
    assert sheet_case.open().read().stamp is None


def test_a_comment_among_the_properties_stays(sheet_case: WorkbookCase) -> None:
    with_properties(sheet_case, f"{THEIRS}<!-- <property> -->{OURS % (8, 'ledger 7')}")
    with sheet_case.open().lease(STAMP):
        assert f"{THEIRS}<!-- <property> -->{OURS % (3, VALUE)}".encode() in parts_of(sheet_case.path)[PART]


def test_properties_in_another_encoding_are_written_in_utf_8(sheet_case: WorkbookCase) -> None:
    with_properties(sheet_case, "")
    text = f'<?xml version="1.0" encoding="UTF-16"?>{ROOT}{THEIRS}</Properties>'
    add_parts(sheet_case.path, {PART: text.encode("utf-16")})
    with sheet_case.open().lease(STAMP):
        assert sheet_case.open().read().stamp == STAMP
    assert properties_of(sheet_case.path)[:1] == [("Client & co", "A <b>")]


def test_damaged_properties_are_left_alone(sheet_case: WorkbookCase) -> None:
    with_properties(sheet_case, f"{THEIRS}<property>")
    before = sheet_case.path.read_bytes()
    with pytest.raises(SheetError, match="its document properties cannot be changed"):
        sheet_case.open().lease(STAMP)
    assert sheet_case.path.read_bytes() == before


def test_stamp_waits_while_the_file_is_open(sheet_case: WorkbookCase) -> None:
    before = sheet_case.path.read_bytes()
    sheet_case.path.with_name(".~lock.responses.xlsx#").touch()
    with pytest.raises(SheetBusy):
        sheet_case.open().lease(STAMP)
    assert sheet_case.path.read_bytes() == before


def test_stamp_is_put_in_what_was_saved_meanwhile(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_meanwhile(*_: int) -> None:
        monkeypatch.undo()
        sheet_case.type_into(2, "Decision", "offer")

    monkeypatch.setattr(os, "fsync", save_meanwhile)
    with sheet_case.open().lease(STAMP):
        assert sheet_case.open().read().stamp == STAMP
    assert sheet_case.cells()[1][3] == "offer"


def test_a_file_that_is_saved_again_and_again_gets_no_stamp(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[str] = []

    def save(*_: int) -> None:
        notes.append(f"note {len(notes)}")
        sheet_case.type_into(2, "Organiser note", notes[-1])

    monkeypatch.setattr(os, "fsync", save)
    with pytest.raises(SheetBusy, match="was changed while it was being written"):
        sheet_case.open().lease(STAMP)
    assert (len(notes), sheet_case.open().read().stamp) == (3, None)


def test_a_stamp_overwritten_right_after_is_noticed(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, replace = sheet_case.path.read_bytes(), os.replace

    def overwrite(source: Path, target: Path) -> None:
        replace(source, target)
        sheet_case.path.write_bytes(before)

    monkeypatch.setattr(os, "replace", overwrite)
    with pytest.raises(SheetError, match="was overwritten by another program right after"):
        sheet_case.open().lease(STAMP)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("theirs", ["", THEIRS])
def test_libreoffice_keeps_the_stamp_and_shows_the_same_cells(
    sheet_case: WorkbookCase, tmp_path: Path, theirs: str
) -> None:
    with_properties(sheet_case, theirs)
    with sheet_case.open().lease(STAMP):
        read = sheet_case.open().read()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = partial(subprocess.run, check=True, capture_output=True, timeout=120)
    convert(
        ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"),
         str(sheet_case.path)]
    )  # fmt: skip
    saved = WorkbookCase(tmp_path / "saved" / "responses.xlsx")
    assert saved.open().read() == read
    with saved.open().lease(Stamp(STAMP.ledger, 8)):
        assert saved.open().read().stamp == Stamp(STAMP.ledger, 8)
