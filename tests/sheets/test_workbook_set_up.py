"""Adding the organisers' and Convene's columns to a workbook file, losing nothing."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.errors import SheetError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell
from pipeline.sheets.xlsx import workbook
from pipeline.sheets.xlsx.workbook import RESPONSES_TAB
from tests.support.sheet_suite import ALL, ANA, BO, FORM, OFFERED, change, finding
from tests.support.workbook_case import (
    WorkbookCase,
    add_chart,
    add_parts,
    change_parts,
    furnish,
    looks,
    parts_of,
    put,
)

ANAS = (change("ana@example.org", OFFERED),)


@pytest.fixture
def sheet_case(tmp_path: Path) -> WorkbookCase:
    return WorkbookCase(tmp_path / "responses.xlsx")


def test_set_up_again_changes_no_byte(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.open().set_up()
    before = sheet_case.path.read_bytes()
    assert not sheet_case.open().set_up()
    assert sheet_case.path.read_bytes() == before


def test_set_up_dresses_the_columns(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.open().set_up()
    sheet = load_workbook(sheet_case.path).worksheets[0]
    words = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    drop_down = words["D2:D1048576"]
    colours = [
        (str(cells.sqref), rule.formula, rule.dxf.fill.bgColor.rgb)
        for cells in sheet.conditional_formatting
        for rule in cells.rules
    ]
    assert (drop_down.formula1, drop_down.errorStyle, drop_down.allow_blank) == ('"offer,hold"', "stop", True)
    assert drop_down.error == "Please choose offer or hold, or leave the cell empty."
    assert [words[f"{letter}1"].promptTitle for letter in "DEFGHIJKL"] == [*ORGANISER_COLUMNS, *OWN_COLUMNS]
    assert colours == [
        ("H2:H1048576", ['"Offered"'], "00C6EFCE"),
        ("H2:H1048576", ['"Waiting list"'], "00FFEB9C"),
    ]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1])


def test_set_up_keeps_everything_else(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA, BO])
    sheet_case.edit(furnish)
    before = looks(sheet_case.path)
    sheet_case.open().set_up()
    after = looks(sheet_case.path)
    old, new = before[RESPONSES_TAB], after[RESPONSES_TAB]
    assert {name: new["cells"][name] for name in old["cells"]} == old["cells"]
    assert len(new["cells"]) == len(old["cells"]) + 9
    assert set(old["drop-downs"]) <= set(new["drop-downs"])
    assert set(old["colours"]) <= set(new["colours"])
    assert old["widths"].items() <= new["widths"].items()
    same = ("heights", "merged", "page", "tab")
    assert {name: new[name] for name in same} == {name: old[name] for name in same}
    assert {**after, RESPONSES_TAB: None} == {**before, RESPONSES_TAB: None}


def test_set_up_goes_right_of_the_last_used_column(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.edit(lambda sheet: sheet.cell(9, 6, "a remark without header"))
    sheet_case.open().set_up()
    assert sheet_case.cells()[0][:8] == (*FORM, "", "", "", *ORGANISER_COLUMNS)


def test_set_up_on_an_empty_tab_starts_at_the_left(sheet_case: WorkbookCase) -> None:
    sheet_case.make((), [])
    sheet_case.open().set_up()
    assert sheet_case.cells() == ((*ORGANISER_COLUMNS, *OWN_COLUMNS),)


def test_set_up_splits_settings_of_many_columns(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])

    def act(sheet: Worksheet) -> None:
        sheet.column_dimensions["C"].width = 9
        sheet.column_dimensions["C"].min, sheet.column_dimensions["C"].max = 3, 1024

    sheet_case.edit(act)
    sheet_case.open().set_up()
    columns = load_workbook(sheet_case.path).worksheets[0].column_dimensions
    settings = sorted((setting.min or 0, setting.max or 0, setting.width) for setting in columns.values())
    assert settings[2:4] == [(3, 3, 9.0), (4, 4, 14.0)]
    assert settings[-2:] == [(12, 12, 18.0), (13, 1024, 9.0)]
    assert all(left[1] < right[0] for left, right in pairwise(settings))


def test_set_up_widens_the_filter_and_the_table_beside_it(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA, BO])
    sheet_case.edit(lambda sheet: sheet.add_table(Table(displayName="Table1", ref="A1:C3")))
    sheet_case.open().set_up()
    table = load_workbook(sheet_case.path).worksheets[0].tables["Table1"]
    assert (table.ref, [one.name for one in table.tableColumns]) == ("A1:L3", list(ALL))
    assert [one.id for one in table.tableColumns] == list(range(1, 13))


def test_set_up_widens_the_filter(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA, BO])

    def act(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:C3"

    sheet_case.edit(act)
    sheet_case.open().set_up()
    assert load_workbook(sheet_case.path).worksheets[0].auto_filter.ref == "A1:L3"


def test_set_up_keeps_stored_results(sheet_case: WorkbookCase) -> None:
    sheet_case.make((*FORM, "Sum", "Text"), [(*ANA, "Yes", "a")])
    sheet_case.replace_part(
        "xl/worksheets/sheet1.xml",
        b'<c r="D2" t="inlineStr"><is><t>Yes</t></is></c>',
        b'<c r="D2"><f>1&lt;2</f><v>41.5</v></c>',
    )
    sheet_case.replace_part(
        "xl/worksheets/sheet1.xml",
        b'<c r="E2" t="inlineStr"><is><t>a</t></is></c>',
        b'<c r="E2" t="str"><f>"a"</f><v>a&amp;b</v></c>',
    )
    before = sheet_case.open().read().rows[0].cells
    sheet_case.open().set_up()
    assert sheet_case.open().read().rows[0].cells == before
    assert before[3:] == (Cell("41.5", 41.5), Cell("a&b", "a&b"))


def test_set_up_refuses_to_lose_a_chart_and_says_what_to_do(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.edit(add_chart)
    before = sheet_case.path.read_bytes()
    with pytest.raises(SheetError) as raised:
        sheet_case.open().set_up()
    assert str(raised.value) == (
        "responses.xlsx holds what would be lost if Convene added its columns: drawings and charts. "
        "Nothing was changed. Type the headers Decision, Organiser note, Reference, Category, "
        "Status, Reason, Waiting list, Last message and Updated yourself into row 1, to the right of the "
        "last column, one a cell, and run again; or move what would be lost to another workbook."
    )
    assert sheet_case.path.read_bytes() == before


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/media/image1.png", "pictures"),
        ("xl/pivotTables/pivotTable1.xml", "pivot tables"),
        ("xl/slicers/slicer1.xml", "slicers"),
        ("xl/ctrlProps/ctrlProp1.xml", "form controls"),
        ("xl/vbaProject.bin", "macros"),
        ("xl/threadedComments/threadedComment1.xml", "comments with replies"),
        ("xl/metadata.xml", "formulas that spill"),
        ("customXml/item1.xml", "document properties"),
        ("docMetadata/LabelInfo.xml", "sensitivity label"),
        ("xl/surprise/new.bin", "the part “xl/surprise/new.bin”"),
    ],
)
def test_set_up_refuses_to_lose_a_part(sheet_case: WorkbookCase, part: str, words: str) -> None:
    sheet_case.make(FORM, [ANA])
    add_parts(sheet_case.path, {part: b"<x/>"})
    before = sheet_case.path.read_bytes()
    with pytest.raises(SheetError, match=words):
        sheet_case.open().set_up()
    assert sheet_case.path.read_bytes() == before


@pytest.mark.parametrize(
    "element", [b"<extLst/>", b"<protectedRanges/>", b"<customSheetViews/>", b"<legacyDrawingHF/>"]
)
def test_set_up_refuses_to_lose_what_stands_in_a_tab(sheet_case: WorkbookCase, element: bytes) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.replace_part("xl/worksheets/sheet1.xml", b"</worksheet>", element + b"</worksheet>")
    with pytest.raises(SheetError, match="would be lost"):
        sheet_case.open().set_up()


def test_set_up_refuses_to_lose_a_date_outside_the_calendar(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    before = rb'<c r="A2" s="(\d+)" t="n"><v>[^<]*</v>'
    after = rb'<c r="A2" s="\1" t="n"><v>99999999</v>'
    change_parts(sheet_case.path, {"xl/worksheets/sheet1.xml": lambda xml: re.sub(before, after, xml)})
    assert sheet_case.open().read().rows[0].cells[0] == Cell("#VALUE!", None, "#VALUE!")
    with pytest.raises(SheetError, match="a date outside the calendar"):
        sheet_case.open().set_up()


def test_set_up_refuses_to_change_any_other_cell(
    sheet_case: WorkbookCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet_case.make(FORM, [ANA])
    other = WorkbookCase(tmp_path / "other.xlsx")
    other.make(ALL, [BO])
    monkeypatch.setattr(workbook, "dress", lambda *_: other.path.read_bytes())
    before = sheet_case.path.read_bytes()
    with pytest.raises(SheetError, match="some of its cells"):
        sheet_case.open().set_up()
    assert sheet_case.path.read_bytes() == before


def test_headers_typed_by_hand_are_enough(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])

    def act(sheet: Worksheet) -> None:
        put(sheet, [ALL], first=1)
        add_chart(sheet)

    sheet_case.edit(act)
    assert not sheet_case.open().set_up()
    assert sheet_case.open().write(finding(*ANAS)) == 1
    assert "xl/charts/chart1.xml" in parts_of(sheet_case.path)
