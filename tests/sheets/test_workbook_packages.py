"""Workbooks of other programs: whatever their XML is like, columns and cells are put in, and every other byte stays."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS
from pipeline.sheets.xlsx.workbook import Workbook
from pipeline.sheets.xlsx.zipped import replace_members
from tests.support.packages import BASE, ODDITIES, STYLES, TAB, WORKBOOK, members, streamed, zipped
from tests.support.sheet_suite import DRESSING, FORM, OFFERED, STAMP, change, finding

ALL = (*FORM, *ORGANISER_COLUMNS, *OWN_COLUMNS)
ANAS = (change("ana@example.org", OFFERED),)
MAY_DIFFER = {TAB, STYLES, WORKBOOK, "docProps/custom.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"}

NOT_FOR_LIBREOFFICE = (
    "members of Windows",
    "part names in capitals",
    "targets of Windows",
    "targets with dots",
    "types in capitals",
)
"""What LibreOffice does not open, or opens empty, before Convene has touched it, too."""


def canonical(name: str) -> str:
    known = {part.casefold(): part for part in (*BASE, *MAY_DIFFER)}
    return known.get(name.replace("\\", "/").casefold(), name)


def use(path: Path) -> None:
    """Do what the first run does, and see that a second one finds nothing to do."""
    sheet = Workbook(path, "", DRESSING)
    before = sheet.read()
    sheet.prove()
    with sheet.lease(STAMP, set_up=True):
        assert sheet.write(finding(*ANAS)) == 1
    after = Workbook(path, "", DRESSING).read()
    assert (before.headers, after.headers, after.stamp) == (FORM, ALL, STAMP)
    assert after.rows[0].cells[:3] == before.rows[0].cells
    assert tuple(cell.text for cell in after.rows[0].cells[5:]) == OFFERED.texts()
    assert not Workbook(path, "", DRESSING).set_up()
    assert Workbook(path, "", DRESSING).write(finding(*ANAS)) == 0


@pytest.mark.parametrize("oddity", ODDITIES)
def test_a_workbook_of_any_program_is_set_up_and_written(tmp_path: Path, oddity: str) -> None:
    path = tmp_path / "responses.xlsx"
    path.write_bytes(zipped(ODDITIES[oddity](BASE)))
    before = members(path.read_bytes())
    use(path)
    after = members(path.read_bytes())
    differing = {canonical(name) for name in before | after if before.get(name) != after.get(name)}
    assert differing <= {*MAY_DIFFER, "[Content_Types].xml"}
    assert list(after)[: len(before)] == list(before)


@pytest.mark.parametrize(
    "data",
    [streamed(BASE), b"\x7fELF" + bytes(60) + zipped(BASE)],
    ids=["sizes behind the data", "something before the zip"],
)
def test_a_zip_of_any_program_is_set_up_and_written(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "responses.xlsx"
    path.write_bytes(data)
    use(path)
    assert members(path.read_bytes())["xl/sharedStrings.xml"] == BASE["xl/sharedStrings.xml"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_every_one_with_its_drop_down(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    for number, odd in enumerate(ODDITIES.values()):
        path = tmp_path / "made" / f"{number}.xlsx"
        path.write_bytes(zipped(odd(BASE)))
        use(path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, (tmp_path / "made").iterdir()))
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    found = {}
    for number, oddity in enumerate(ODDITIES):
        if oddity in NOT_FOR_LIBREOFFICE:
            continue
        sheet = load_workbook(tmp_path / f"{number}.xlsx")["Answers"]
        words = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
        found[oddity] = ([cell.value for cell in sheet[1]], [(one.formula1, one.errorStyle) for one in words])
    usual = (list(ALL), [('"offer,hold"', "warning")])
    assert found == dict.fromkeys([name for name in ODDITIES if name not in NOT_FOR_LIBREOFFICE], usual)


# --- the zip -------------------------------------------------------------------------------------------------

SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc"])
NAMES = st.text(SIGNS, min_size=1, max_size=8)
PARTS = st.dictionaries(NAMES, st.binary(max_size=60), max_size=5)


@given(PARTS, st.dictionaries(NAMES, st.binary(max_size=60) | st.none(), max_size=3), st.booleans())
def test_replaced_members_are_new_and_the_others_as_they_were(
    parts: dict[str, bytes], fresh: dict[str, bytes | None], is_streamed: bool
) -> None:
    data = replace_members(streamed(parts) if is_streamed and parts else zipped(parts), fresh)
    expected = {name: part for name, part in (parts | fresh).items() if part is not None}
    with ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        assert list(package.namelist()) == list(expected)
        assert {name: package.read(name) for name in expected} == expected


def test_members_are_copied_as_they_are_compressed() -> None:
    written = BytesIO()
    with ZipFile(written, "w") as package:
        package.writestr("a", b"aaaa" * 99, ZIP_STORED)
    with ZipFile(BytesIO(replace_members(written.getvalue(), {"b": b"new"}))) as package:
        assert package.getinfo("a").compress_type == ZIP_STORED


@pytest.mark.parametrize("cut", [20, 60])
def test_a_damaged_zip_is_told(cut: int) -> None:
    data = zipped({"a": b"a" * 100, "b": b"b"})
    at = data.index(b"PK\x01\x02")
    with pytest.raises(BadZipFile):
        replace_members(data[cut:at] + data[at:], {"b": b""})
