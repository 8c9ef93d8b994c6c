"""Adding the organisers' and Convene's columns to a workbook file, losing nothing."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.call import Columns
from pipeline.model.errors import SheetError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell
from pipeline.sheets.base import SetUp
from pipeline.sheets.xlsx import set_up
from pipeline.sheets.xlsx.new_columns import READ_FIRST
from pipeline.sheets.xlsx.package import Package
from pipeline.sheets.xlsx.workbook import RESPONSES_TAB, Workbook
from tests.support.sheet_suite import (
    ALL,
    ANA,
    BO,
    CY,
    DRESSING,
    FORM,
    IN_GERMAN,
    OFFERED,
    STAMP,
    change,
    finding,
)
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
TAB = "xl/worksheets/sheet1.xml"
NAMED = SetUp(("offer",), (), ("Timestamp", "First", "Family", "Answer"), ("First", "Family"))


def validations(path: Path) -> list[DataValidation]:
    found: list[DataValidation] = load_workbook(path).worksheets[0].data_validations.dataValidation
    return found


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
    assert (drop_down.formula1, drop_down.errorStyle, drop_down.allow_blank) == (
        '"offer,hold"',
        "warning",
        True,
    )
    assert [words[f"{letter}1"].promptTitle for letter in "DEFGHIJKL"] == [*ORGANISER_COLUMNS, *OWN_COLUMNS]
    assert colours == [
        ("H2:H1048576", ['"Offered"'], "FFC6EFCE"),
        ("H2:H1048576", ['"Waiting list"'], "FFFFEB9C"),
    ]
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.b and cell.alignment.wrap_text for cell in sheet[1][3:])
    assert sheet.auto_filter.ref == "A1:L2"


def test_another_language_has_its_words_and_colours_once(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.open().set_up()
    sheet = Workbook(sheet_case.path, "", IN_GERMAN)
    assert (sheet.set_up(), sheet.set_up(), sheet_case.open().set_up()) == (True, False, True)
    coloured = load_workbook(sheet_case.path).worksheets[0].conditional_formatting
    assert [rule.formula for cells in coloured for rule in cells.rules] == [
        ['"Offered"'],
        ['"Waiting list"'],
        ['"Platz angeboten"'],
    ]
    (drop_down,) = (one for one in validations(sheet_case.path) if one.type == "list")
    assert (drop_down.formula1, drop_down.errorTitle) == ('"offer,hold"', "Not a decision")


def test_who_wants_no_colours_gets_none_in_another_language(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    Workbook(sheet_case.path, "", replace(DRESSING, colours=())).set_up()
    Workbook(sheet_case.path, "", IN_GERMAN).set_up()
    assert not list(load_workbook(sheet_case.path).worksheets[0].conditional_formatting)


def test_a_sheet_is_set_up_in_its_language(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    Workbook(sheet_case.path, "", IN_GERMAN).set_up()
    said = [text for one in validations(sheet_case.path) for text in (one.prompt, one.error) if text]
    assert {each.partition(" ")[0] for each in said} == {"Convene", "Für"}
    assert not any("the" in each.split() for each in said)


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


def test_set_up_goes_right_of_all_that_is_there(sheet_case: WorkbookCase) -> None:
    """Also of a formula that shows nothing, of merged cells and of a table."""
    sheet_case.make((*FORM, "Plus"), [ANA])
    empty = b'<c r="E2" t="str"><f>""</f><v></v></c></row></sheetData>'
    sheet_case.replace_part(TAB, b"</row></sheetData>", empty)
    sheet_case.open().set_up()
    assert sheet_case.cells()[0][:6] == (*FORM, "Plus", "", "Decision")
    sheet_case.path.unlink()
    sheet_case.make(FORM, [ANA])
    sheet_case.edit(lambda sheet: sheet.merge_cells("D5:H6"))
    sheet_case.open().set_up()
    assert sheet_case.cells()[0][:9] == (*FORM, *[""] * 5, "Decision")


def test_set_up_splits_settings_of_many_columns(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])

    def act(sheet: Worksheet) -> None:
        sheet.column_dimensions["C"].width = 9
        sheet.column_dimensions["C"].min, sheet.column_dimensions["C"].max = 3, 1024

    sheet_case.edit(act)
    sheet_case.open().set_up()
    columns = load_workbook(sheet_case.path).worksheets[0].column_dimensions
    settings = sorted((setting.min or 0, setting.max or 0, setting.width) for setting in columns.values())
    assert settings[1:3] == [(3, 3, 9.0), (4, 4, 14.0)]
    assert settings[-2:] == [(12, 12, 18.0), (13, 1024, 9.0)]
    assert all(left[1] < right[0] for left, right in pairwise(settings))


def test_set_up_widens_the_filter_and_the_table_beside_it(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA, BO])
    sheet_case.edit(lambda sheet: sheet.add_table(Table(displayName="Table1", ref="A1:C3")))
    sheet_case.open().set_up()
    table = load_workbook(sheet_case.path).worksheets[0].tables["Table1"]
    assert (table.ref, [one.name for one in table.tableColumns]) == ("A1:L3", list(ALL))
    assert [one.id for one in table.tableColumns] == list(range(1, 13))


@pytest.mark.parametrize(
    ("header", "covered"),
    [("Many", "A1:M3"), ("Answer ", "A1:C3"), ("", "A1:C3"), (2023, "A1:C3")],
    ids=["a header beside it", "twice the same", "no header", "a number for a header"],
)
def test_set_up_widens_a_table_that_ends_early(
    sheet_case: WorkbookCase, header: str | int, covered: str
) -> None:
    sheet_case.make(FORM, [(*ANA, "x"), (*BO, "y")])
    sheet_case.edit(lambda sheet: sheet.cell(1, 4, header))
    sheet_case.edit(lambda sheet: sheet.add_table(Table(displayName="Table1", ref="A1:C3")))
    sheet_case.open().set_up()
    sheet = load_workbook(sheet_case.path).worksheets[0]
    assert (sheet.tables["Table1"].ref, sheet.auto_filter.ref) == (covered, None)


@pytest.mark.parametrize(
    ("before", "after"), [("A1:C3", "A1:L3"), ("A1:B2", "A1:L3"), ("A2:C3", "A2:C3"), ("A1:Z9", "A1:Z9")]
)
def test_set_up_widens_the_filter(sheet_case: WorkbookCase, before: str, after: str) -> None:
    sheet_case.make(FORM, [ANA, BO])
    sheet_case.edit(lambda sheet: setattr(sheet.auto_filter, "ref", before))
    sheet_case.open().set_up()
    book = load_workbook(sheet_case.path)
    assert book.worksheets[0].auto_filter.ref == after
    named = re.findall(rb"FilterDatabase[^>]*>([^<]*)<", parts_of(sheet_case.path)["xl/workbook.xml"])
    first, last = after.replace("A", "$A$").replace(":", ":$").partition(":$")[::2]
    assert [name.decode().partition("!")[2] for name in named] == [f"{first}:${last[0]}${last[1:]}"]


def test_rows_that_came_since_are_taken_into_the_filter(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [])
    sheet_case.open().set_up()
    sheet_case.edit(
        lambda sheet: put(sheet, [("1", "ana@example.org"), ("2", "bo@example.org"), ("3", "cy")])
    )
    assert [sheet_case.open().set_up() for _ in range(2)] == [True, False]
    assert load_workbook(sheet_case.path).worksheets[0].auto_filter.ref == "A1:L4"
    assert b"$A$1:$L$4" in parts_of(sheet_case.path)["xl/workbook.xml"]


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


@pytest.mark.parametrize(
    "part",
    [
        "xl/media/image1.png",
        "xl/pivotTables/pivotTable1.xml",
        "xl/vbaProject.bin",
        "xl/threadedComments/threadedComment1.xml",
        "xl/metadata.xml",
        "customXml/item1.xml",
        "xl/surprise/new.bin",
    ],
)
def test_set_up_loses_no_part_that_only_other_programs_know(sheet_case: WorkbookCase, part: str) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.edit(add_chart)
    add_parts(sheet_case.path, {part: b"<x/>"})
    before = parts_of(sheet_case.path)
    sheet_case.open().set_up()
    after = parts_of(sheet_case.path)
    differing = {name for name in before | after if before.get(name) != after.get(name)}
    assert differing == {TAB, "xl/styles.xml", "xl/workbook.xml"}
    assert list(after) == list(before)


@pytest.mark.parametrize(
    "element", [b"<extLst/>", b"<protectedRanges/>", b"<customSheetViews/>", b"<legacyDrawingHF/>"]
)
def test_set_up_keeps_what_stands_in_a_tab(sheet_case: WorkbookCase, element: bytes) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.replace_part(TAB, b"</worksheet>", element + b"</worksheet>")
    sheet_case.open().set_up()
    assert parts_of(sheet_case.path)[TAB].count(element) == 1


def test_set_up_keeps_an_odd_cell(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    change_parts(sheet_case.path, {TAB: lambda xml: re.sub(rb"<v>[^<]*</v>", b"<v>99999999</v>", xml)})
    sheet_case.open().set_up()
    assert sheet_case.open().read().rows[0].cells[0] == Cell("#VALUE!", None, "#VALUE!")


def test_set_up_refuses_to_change_any_other_cell(
    sheet_case: WorkbookCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet_case.make(FORM, [ANA])
    other = WorkbookCase(tmp_path / "other.xlsx")
    other.make(ALL, [BO])
    monkeypatch.setattr(set_up, "dress", lambda *_: other.path.read_bytes())
    before = sheet_case.path.read_bytes()
    with pytest.raises(SheetError, match="what was written would read back differently"):
        sheet_case.open().set_up()
    assert sheet_case.path.read_bytes() == before


SIGNED = (
    b'<Relationship Id="rId77" Target="_xmlsignatures/origin.sigs" '
    b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"/></Relationships>'
)


@pytest.mark.parametrize("headers", [FORM, ALL])
def test_a_signed_workbook_is_read_and_never_changed(
    sheet_case: WorkbookCase, headers: tuple[str, ...]
) -> None:
    sheet_case.make(headers, [ANA])
    sheet_case.replace_part("_rels/.rels", b"</Relationships>", SIGNED)
    before, sheet = sheet_case.path.read_bytes(), sheet_case.open()
    assert sheet.read().headers == headers
    acts: list[Callable[[], object]] = [
        lambda: sheet.prove(),
        lambda: sheet.lease(STAMP, set_up=True),
    ]
    acts.append((lambda: sheet.write(finding(*ANAS))) if headers == ALL else sheet.set_up)
    for act in acts:
        with pytest.raises(SheetError, match="carries a digital signature, which any change would break"):
            act()
    assert sheet_case.path.read_bytes() == before


def test_rehearsing_changes_nothing(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    before = sheet_case.path.read_bytes()
    sheet = sheet_case.open()
    assert sheet.prove() == ()
    assert (sheet.read().headers, sheet_case.path.read_bytes()) == (FORM, before)


@pytest.mark.parametrize("formula", [b'<f t="array" ref="H2:H3">A2:A3</f>'])
def test_rehearsing_meets_what_a_write_would(sheet_case: WorkbookCase, formula: bytes) -> None:
    sheet_case.make(ALL, [ANA, BO])
    sheet_case.type_into(2, "Status", "=1+1")
    sheet_case.replace_part(TAB, b"<f>1+1</f>", formula)
    with pytest.raises(SheetError, match="row 2, column H: a formula that fills several cells"):
        sheet_case.open().prove()


# --- usable afterwards --------------------------------------------------------------------------------------


def test_people_can_type_in_their_columns_of_a_protected_tab(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA, BO, CY])

    def act(sheet: Worksheet) -> None:
        sheet.protection.enable()
        sheet.row_dimensions[3].fill = PatternFill("solid", start_color="FF0000")
        sheet["D4"].fill = PatternFill("solid", start_color="00FF00")
        sheet.column_dimensions["E"].protection = Protection(locked=False)
        sheet.column_dimensions["E"].font = Font(italic=True)

    sheet_case.edit(act)
    sheet_case.open().set_up()
    sheet = load_workbook(sheet_case.path).worksheets[0]
    locked = {cell: sheet[cell].protection.locked for cell in ("C2", "D1", "D3", "D4", "E3", "F2", "F3")}
    assert locked == {"C2": True, "D1": True, "D3": False, "D4": False, "E3": False, "F2": True, "F3": True}
    assert [sheet.column_dimensions[letter].protection.locked for letter in "DEF"] == [False, False, True]
    assert (sheet.column_dimensions["E"].font.i, sheet["D4"].fill.start_color.rgb) == (True, "0000FF00")
    assert sheet.protection.sheet


def test_columns_of_a_tab_that_was_protected_later_are_unlocked(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [(*ANA, "offer", "a friend")])
    sheet_case.edit(lambda sheet: sheet.protection.enable())
    before = sheet_case.cells()
    assert sheet_case.open().set_up()
    assert sheet_case.cells() == before
    sheet = load_workbook(sheet_case.path).worksheets[0]
    assert [sheet.column_dimensions[letter].protection.locked for letter in "DE"] == [False, False]
    assert not sheet_case.open().set_up()


def test_hidden_and_grouped_columns_are_shown_and_stay_as_they_look(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])

    def act(sheet: Worksheet) -> None:
        sheet.column_dimensions.group("D", "F", outline_level=2, hidden=True)
        sheet.column_dimensions["G"].fill = PatternFill("solid", start_color="123456")

    sheet_case.edit(act)
    sheet_case.open().set_up()
    columns = load_workbook(sheet_case.path).worksheets[0].column_dimensions
    assert [(columns[letter].hidden, columns[letter].outlineLevel) for letter in "DEFG"] == [(False, 0)] * 4
    assert columns["G"].fill.start_color.rgb == "00123456"


def test_a_drop_down_that_forbids_is_relaxed_and_follows_the_words(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.open().set_up()
    warns = parts_of(sheet_case.path)[TAB]
    change_parts(sheet_case.path, {TAB: lambda xml: xml.replace(b'errorStyle="warning" ', b"")})
    assert parts_of(sheet_case.path)[TAB] != warns
    assert (sheet_case.open().set_up(), sheet_case.open().set_up()) == (True, False)
    assert parts_of(sheet_case.path)[TAB] == warns
    more = SetUp((*DRESSING.decisions, "invite"), DRESSING.colours)
    assert Workbook(sheet_case.path, "", more).set_up()
    assert b'"offer,hold,invite"' in parts_of(sheet_case.path)[TAB]


def test_a_drop_down_never_gets_too_long_for_excel(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    words = tuple(f"Eligible: group-{number:02}" for number in range(30))
    Workbook(sheet_case.path, "", SetUp(("Invite", *words), ())).set_up()
    (drop_down,) = (one for one in validations(sheet_case.path) if one.type == "list")
    assert drop_down.formula1 == '"{}"'.format(",".join(("Invite", *words[:13])))
    assert len(drop_down.formula1) <= 257


def test_limits_of_others_no_longer_reach_into_the_new_columns(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])

    def act(sheet: Worksheet) -> None:
        for cells in ("A2:XFD9", "C5 E5 F2:F9", "D2:D9"):
            sheet.add_data_validation(DataValidation(type="whole", formula1="7", sqref=cells))

    sheet_case.edit(act)
    newer = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations xmlns:x14="x" count="2">'
        b'<x14:dataValidation><xm:sqref xmlns:xm="y">B2:M9</xm:sqref></x14:dataValidation>'
        b'<x14:dataValidation><xm:sqref xmlns:xm="y">E2:E9</xm:sqref></x14:dataValidation>'
        b"</x14:dataValidations></ext></extLst></worksheet>"
    )
    sheet_case.replace_part(TAB, b"</worksheet>", newer)
    sheet_case.open().set_up()
    xml = parts_of(sheet_case.path)[TAB]
    theirs = [tag for tag in re.findall(rb"<dataValidation [^>]*", xml) if b'type="whole"' in tag]
    assert [re.findall(rb'sqref="([^"]*)"', tag) for tag in theirs] == [[b"A2:C9 M2:XFD9"], [b"C5"]]
    assert b'count="1"><x14:dataValidation><xm:sqref xmlns:xm="y">B2:C9 M2:M9</xm:sqref>' in xml
    assert xml.count(b"<x14:dataValidation>") == 1


@pytest.mark.parametrize(
    ("widths", "frozen"), [({}, "D2"), ({"A": 40, "B": 40, "C": 9}, "A2")], ids=["names fit", "too wide"]
)
def test_names_stay_in_view(sheet_case: WorkbookCase, widths: dict[str, float], frozen: str) -> None:
    sheet_case.make(("Timestamp", "First", "Family", "Answer"), [])

    def act(sheet: Worksheet) -> None:
        sheet.sheet_view.topLeftCell = "A40"
        for letter, width in widths.items():
            sheet.column_dimensions[letter].width = width

    sheet_case.edit(act)
    Workbook(sheet_case.path, "", NAMED).set_up()
    view = load_workbook(sheet_case.path).worksheets[0].sheet_view
    assert (view.pane and view.pane.topLeftCell, view.topLeftCell) == (frozen, "A1")


def test_a_tab_that_is_split_or_shown_as_pages_stays_so(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    view = b'<sheetViews><sheetView view="pageLayout" workbookViewId="0"/></sheetViews><sheetData>'
    sheet_case.replace_part(TAB, b"<sheetData>", view)
    sheet_case.open().set_up()
    assert view[:-11] in parts_of(sheet_case.path)[TAB]


def test_an_empty_tab_gets_a_whole_header_row(sheet_case: WorkbookCase) -> None:
    sheet_case.make((), [])
    Workbook(sheet_case.path, "", NAMED).set_up()
    assert sheet_case.cells() == (("First", "Family", *READ_FIRST, "Timestamp", "Answer"),)
    assert sorted(READ_FIRST) == sorted((*ORGANISER_COLUMNS, *OWN_COLUMNS))
    sheet = load_workbook(sheet_case.path).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:M2")
    assert not Workbook(sheet_case.path, "", NAMED).set_up()


def test_a_date_is_not_cut_and_a_reason_is_wrapped(sheet_case: WorkbookCase) -> None:
    sheet_case.make(("Email address", "Answer", "Timestamp"), [(ANA[1], ANA[2], ANA[0])])
    sheet_case.edit(lambda sheet: setattr(sheet.column_dimensions["A"], "width", 33))
    sheet_case.open().set_up()
    assert sheet_case.open().write(finding(*ANAS)) == 1
    sheet = load_workbook(sheet_case.path).worksheets[0]
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABCI"}
    assert widths == {"A": 33.0, "B": 13.0, "C": 19.0, "I": 48.0}
    assert (sheet["I2"].value, sheet["I2"].alignment.wrap_text) == (OFFERED.reason, True)


def test_the_time_stamp_is_not_cut_where_no_response_is_there_yet(sheet_case: WorkbookCase) -> None:
    sheet_case.make(("Email address", "Zeitstempel"), [])
    sheet_case.open(setup=replace(DRESSING, moment="Zeitstempel")).set_up()
    assert load_workbook(sheet_case.path).worksheets[0].column_dimensions["B"].width == 19.0


def test_there_is_no_room_beside_the_last_column(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.edit(lambda sheet: sheet.cell(1, 16_380, "far out"))
    with pytest.raises(SheetError, match="to the right of column XEZ"):
        sheet_case.open().set_up()


def test_headers_typed_by_hand_are_enough(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])

    def act(sheet: Worksheet) -> None:
        put(sheet, [ALL], first=1)
        add_chart(sheet)

    sheet_case.edit(act)
    assert not sheet_case.open().set_up()
    assert sheet_case.open().write(finding(*ANAS)) == 1
    assert "xl/charts/chart1.xml" in parts_of(sheet_case.path)


def test_a_table_that_begins_lower_is_widened_and_the_rows_above_are_frozen(sheet_case: WorkbookCase) -> None:
    sheet_case.make(("Export",), [("1 August",), FORM, ANA])
    sheet_case.edit(lambda sheet: sheet.add_table(Table(displayName="Answers", ref="A3:C4")))
    sheet_case.open(setup=replace(DRESSING, ours=Columns({}, header_row=3))).set_up()
    sheet = load_workbook(sheet_case.path).worksheets[0]
    (table,) = sheet.tables.values()
    assert (table.ref, sheet.freeze_panes) == ("A3:L4", "A4")
    assert {str(one.sqref) for one in validations(sheet_case.path)} >= {"D4:D1048576"}
    assert sheet["D3"].value == "Decision"


def test_columns_go_beside_what_a_formula_fills(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    filled = b'<c r="D2"><f t="array" ref="D2:F2">TRANSPOSE(A5:A7)</f><v>0</v></c></row>'
    change_parts(sheet_case.path, {TAB: lambda xml: filled.join(xml.rsplit(b"</row>", 1))})
    sheet_case.open().set_up()
    assert sheet_case.open().read().headers == (*FORM, "", "", "", *ORGANISER_COLUMNS, *OWN_COLUMNS)


@pytest.mark.parametrize(
    ("inside", "free"),
    [
        ('<location ref="E1:G9"/>', 4),
        (  # LibreOffice draws it anew: a column for the rows, one for each item, and their total
            '<location ref="E1"/><pivotFields><pivotField><items><item/><item/><item/></items></pivotField>'
            '</pivotFields><rowFields><field x="1"/></rowFields><colFields><field x="0"/></colFields>'
            "<dataFields><dataField/></dataFields>",
            7,
        ),
    ],
)
def test_columns_go_beside_a_pivot_table(sheet_case: WorkbookCase, inside: str, free: int) -> None:
    sheet_case.make(FORM, [ANA])
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = Package(sheet_case.path.read_bytes())
    pivot = f'<pivotTableDefinition xmlns="{space}" name="p">{inside}</pivotTableDefinition>'
    package.add(TAB, "pivotTable", "xl/pivotTables/pivotTable1.xml", "application/xml", pivot.encode())
    sheet_case.path.write_bytes(package.build())
    sheet_case.open().set_up()
    assert sheet_case.open().read().headers == (*FORM, *[""] * free, *ORGANISER_COLUMNS, *OWN_COLUMNS)
