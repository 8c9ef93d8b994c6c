"""The sheet as a local workbook: the shared suite, what is read from a file, and new files."""

import errno
import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.errors import SheetError
from pipeline.model.sheet import Cell
from pipeline.sheets.number_format import show_number
from pipeline.sheets.xlsx.workbook import create_workbook
from tests.support.sheet_suite import ANA, BO, CY, FORM, NINE, SheetSuite
from tests.support.workbook_case import WorkbookCase, names_beside, yes_cell

MIDNIGHT = datetime.fromisoformat("2023-07-14")


@pytest.fixture
def sheet_case(tmp_path: Path) -> WorkbookCase:
    return WorkbookCase(tmp_path / "responses.xlsx")


class TestWorkbook(SheetSuite):
    """The shared suite on a file."""


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (3, "General", "3"),
        (3.0, "General", "3"),
        (-3.5, "General", "-3.5"),
        (0.1 + 0.2, "General", "0.3"),
        (32470000000, "General", "32470000000"),
        (1e20, "General", "1E+20"),
        (42, "0000", "0042"),
        (-42, "0000", "-0042"),
        (470123456, "0000 00 00 00", "0470 12 34 56"),
        (32470123456, "+00 000 00 00 00", "+32 470 12 34 56"),
        (2.5, "0", "3"),
        (2, "0.00", "2.00"),
        (2.5, "0.0#", "2.5"),
        (2, "0.##", "2"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567, "#,##0,", "1,235"),
        (12, "#,##0", "12"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (12, '0" years"', "12 years"),
        (12, r"0\ \k\m", "12 km"),
        (9.5, "[$€-407]#,##0.00", "€9.50"),
        (-9.5, '0.00;[Red]"minus "0.00', "minus 9.50"),
        (0, '0;-0;"none"', "0"),
        (0, "0;-0;000", "000"),
        (0.25, "# ?/?", "0.25"),
        (12345, "0.00E+00", "12345"),
        (5, "[>3]0.0;0", "5"),
        (0.5, ".00", "0.5"),
        (1e300, "0.00", "1E+300"),
    ],
)
def test_numbers_are_shown_as_a_spreadsheet_shows_them(value: float, number_format: str, text: str) -> None:
    assert show_number(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "cell"),
    [
        (42, "0000", Cell("0042", 42.0)),
        (False, "General", Cell("FALSE", False)),
        (NINE, "yyyy-mm-dd hh:mm:ss", Cell("2023-07-14 09:12:33", NINE)),
        (NINE, "d/m/yy", Cell("2023-07-14 09:12:33", NINE)),
        (MIDNIGHT, "DD/MM/YYYY", Cell("2023-07-14", MIDNIGHT)),
        (MIDNIGHT, 'd "hours" mmm', Cell("2023-07-14", MIDNIGHT)),
        (MIDNIGHT, "d/m/yy h:mm", Cell("2023-07-14 00:00:00", MIDNIGHT)),
        (date(2023, 7, 14), "yyyy-mm-dd", Cell("2023-07-14", MIDNIGHT)),
        (NINE - timedelta(milliseconds=300), "h:mm", Cell("2023-07-14 09:12:33", NINE)),
        (time(9, 30), "h:mm", Cell("09:30:00", "09:30:00")),
        (timedelta(hours=30, seconds=5), "[h]:mm:ss", Cell("30:00:05", "30:00:05")),
        ("a_x000D_\nb", "General", Cell("a\nb", "a\nb")),
        ("#REF!", "General", Cell("#REF!", None, "#REF!")),
        ("=1+1", "General", Cell("", None, "a formula without a result")),
    ],
)
def test_read_takes_a_cell_as_it_was_meant(
    sheet_case: WorkbookCase, value: str | float | datetime, number_format: str, cell: Cell
) -> None:
    sheet_case.make(FORM, [ANA])

    def act(sheet: Worksheet) -> None:
        sheet["C2"].value = value
        sheet["C2"].number_format = number_format

    sheet_case.edit(act)
    assert sheet_case.open().read().rows[0].cells[2] == cell


@pytest.mark.parametrize(
    ("stored", "cell"),
    [
        (b'<c r="C2"><f>1+1</f><v>2</v></c>', Cell("2", 2.0)),
        (b'<c r="C2" t="str"><f>"a"</f><v>a</v></c>', Cell("a", "a")),
        (b'<c r="C2" t="str"><f>""</f><v></v></c>', Cell()),
        (b'<c r="C2" t="b"><f>1=1</f><v>1</v></c>', Cell("TRUE", True)),
        (b'<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell("#DIV/0!", None, "#DIV/0!")),
        (b'<c r="C2"><f>1+1</f></c>', Cell("", None, "a formula without a result")),
        (b'<c r="C2"><f>1+1</f><v/></c>', Cell("", None, "a formula without a result")),
    ],
)
def test_read_takes_a_formula_as_its_stored_result(
    sheet_case: WorkbookCase, stored: bytes, cell: Cell
) -> None:
    sheet_case.make((*FORM, "Last"), [(NINE, "ana@example.org", "Yes", "end")])
    sheet_case.replace_part("xl/worksheets/sheet1.xml", yes_cell(sheet_case.path), stored)
    assert sheet_case.open().read().rows[0].cells[2] == cell


def test_read_is_not_troubled_by_merged_hidden_and_filtered(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA, BO, CY])
    plain = sheet_case.open().read()

    def act(sheet: Worksheet) -> None:
        sheet.merge_cells("E2:F3")
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.auto_filter.ref = "A1:C4"
        sheet.cell(500, 20).font = Font(bold=True)

    sheet_case.edit(act)
    assert sheet_case.open().read() == plain


def test_read_names_file_and_tab(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [])
    assert sheet_case.open().read().title == "responses.xlsx, tab “Form responses 1”"


def test_read_unknown_tab_says_which_there_are(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [])
    with pytest.raises(SheetError) as raised:
        sheet_case.open(tab="Answers").read()
    assert str(raised.value) == (
        "responses.xlsx has no tab “Answers”; it has 1 tab: “Form responses 1”. "
        "Correct the tab in config/service.yaml (or its name in the workbook) and run again."
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not an .xlsx workbook"),
        (b"Timestamp,Email address\n", "is not an .xlsx workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "is an old .xls workbook"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "is protected with a password",
        ),
    ],
)
def test_read_what_is_no_workbook(sheet_case: WorkbookCase, content: bytes, words: str) -> None:
    sheet_case.path.write_bytes(content)
    with pytest.raises(SheetError, match=words):
        sheet_case.open().read()


def test_read_missing_file(sheet_case: WorkbookCase) -> None:
    with pytest.raises(SheetError, match="there is no such file"):
        sheet_case.open().read()


def test_read_folder_instead_of_file(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="cannot be read"):
        WorkbookCase(tmp_path).open().read()


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_read_damaged_file(sheet_case: WorkbookCase, cut: float) -> None:
    sheet_case.make(FORM, [ANA])
    data = sheet_case.path.read_bytes()
    sheet_case.path.write_bytes(data[: int(len(data) * cut)])
    with pytest.raises(SheetError):
        sheet_case.open().read()


def test_read_damaged_xml(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.replace_part("xl/worksheets/sheet1.xml", b"</row>", b"")
    with pytest.raises(SheetError, match="cannot be read"):
        sheet_case.open().read()


def test_create_workbook_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "responses.xlsx"
    path.write_bytes(b"dear data")
    with pytest.raises(SheetError, match="is there already"):
        create_workbook(path, FORM)
    assert path.read_bytes() == b"dear data"
    assert names_beside(tmp_path / "any") == ["responses.xlsx"]


def test_create_workbook_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    case = WorkbookCase(tmp_path / "responses.xlsx")
    case.make(FORM, [ANA])
    with pytest.raises(SheetError, match="is there already"):
        case.make(FORM, [ANA])
    assert case.cells()[0] == FORM
    assert names_beside(tmp_path / "any") == ["responses.xlsx"]


def test_create_workbook_in_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="cannot be written"):
        create_workbook(tmp_path / "no" / "responses.xlsx", FORM)
