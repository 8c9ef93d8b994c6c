"""Writing to a workbook file: everything else in it stays, byte for byte."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.errors import SheetError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell, OwnCells
from pipeline.sheets.xlsx.workbook import RESPONSES_TAB
from tests.support.sheet_suite import ALL, ANA, BO, CY, FORM, NINE, OFFERED, WAITING, change, finding
from tests.support.workbook_case import (
    WorkbookCase,
    add_parts,
    change_parts,
    furnish,
    looks,
    parts_of,
    yes_cell,
)

ANAS = (change("ana@example.org", OFFERED),)


@pytest.fixture
def sheet_case(tmp_path: Path) -> WorkbookCase:
    return WorkbookCase(tmp_path / "responses.xlsx")


def test_write_changes_no_other_byte_of_the_package(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA, BO])
    sheet_case.edit(furnish)
    before = parts_of(sheet_case.path)
    sheet_case.open().write(finding(*ANAS))
    after = parts_of(sheet_case.path)
    changed = [name for name in after if after[name] != before.get(name)]
    assert list(after) == list(before)
    assert changed == ["xl/worksheets/sheet1.xml"]
    old, new = before[changed[0]], after[changed[0]]
    fresh = b"".join(re.findall(rb'<c r="[F-L]2".*?</c>|<c r="J2"[^>]*/>', new))
    assert new.replace(fresh, b"", 1) == old


def test_write_keeps_all_that_openpyxl_can_tell(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA, BO])
    sheet_case.edit(furnish)
    before = looks(sheet_case.path)
    sheet_case.open().write(finding(*ANAS))
    after = looks(sheet_case.path)
    tab = after[RESPONSES_TAB]
    for letter in "FGHIJKL":
        tab["cells"].pop(f"{letter}2", None)
    assert after == before


def test_write_keeps_the_style_of_cells_columns_and_rows(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA, BO, CY])

    def act(sheet: Worksheet) -> None:
        sheet["H2"].fill = PatternFill("solid", start_color="123456")
        sheet.column_dimensions["H"].fill = PatternFill("solid", start_color="654321")
        sheet.row_dimensions[4].fill = PatternFill("solid", start_color="ABCDEF")

    sheet_case.edit(act)
    changes = [change(str(row[1]), OFFERED) for row in (ANA, BO, CY)]
    sheet_case.open().write(finding(*changes))
    sheet = load_workbook(sheet_case.path).worksheets[0]
    colours = [sheet.cell(row, 8).fill.start_color.rgb for row in (2, 3, 4)]
    assert colours == ["00123456", "00654321", "00ABCDEF"]


def test_write_loses_nothing_that_only_other_programs_know(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA])
    extra = {"xl/charts/chart1.xml": b"<c/>", "xl/media/image1.png": b"png", "xl/vbaProject.bin": b"vba"}
    add_parts(sheet_case.path, extra)
    sheet_case.replace_part("xl/worksheets/sheet1.xml", b"</worksheet>", b"<extLst/></worksheet>")
    assert sheet_case.open().write(finding(*ANAS)) == 1
    after = parts_of(sheet_case.path)
    assert {name: after[name] for name in extra} == extra
    assert after["xl/worksheets/sheet1.xml"].endswith(b"<extLst/></worksheet>")


def test_write_keeps_stored_results_and_has_them_computed_again(sheet_case: WorkbookCase) -> None:
    sheet_case.make((*ALL, "Twice"), [(*ANA, *[None] * 9, "Yes")])
    stored = b'<c r="M2" t="str"><f>C2&amp;C2</f><v>YesYes</v></c>'
    sheet_case.replace_part(
        "xl/worksheets/sheet1.xml", yes_cell(sheet_case.path).replace(b"C2", b"M2"), stored
    )
    sheet_case.replace_part("xl/workbook.xml", b' fullCalcOnLoad="1"', b"")
    sheet_case.open().write(finding(*ANAS))
    assert sheet_case.open().read().rows[0].cells[12] == Cell("YesYes", "YesYes")
    assert parts_of(sheet_case.path)["xl/workbook.xml"].count(b'fullCalcOnLoad="1"') == 1


def test_write_to_prefixed_xml_without_cell_names(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA, BO])
    headers = "".join(f'<x:c t="inlineStr"><x:is><x:t>{header}</x:t></x:is></x:c>' for header in ALL)
    row = '<x:c><x:v>45121</x:v></x:c><x:c t="inlineStr"><x:is><x:t>ana@example.org</x:t></x:is></x:c>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f"<x:sheetData><x:row>{headers}</x:row><x:row>{row}<x:c/></x:row></x:sheetData>"
    xml = f'<x:worksheet xmlns:x="{space}">{body}</x:worksheet>'
    change_parts(sheet_case.path, {"xl/worksheets/sheet1.xml": lambda _: xml.encode()})
    assert sheet_case.open().write(finding(*ANAS)) == 1
    assert sheet_case.cells()[1][5:] == OFFERED.texts()


def test_write_nothing_new_leaves_the_file_alone(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA])
    sheet_case.open().write(finding(*ANAS))
    before = (sheet_case.path.read_bytes(), sheet_case.path.stat().st_mtime_ns, sheet_case.path.stat().st_ino)
    assert sheet_case.open().write(finding(*ANAS)) == 0
    assert before == (
        sheet_case.path.read_bytes(),
        sheet_case.path.stat().st_mtime_ns,
        sheet_case.path.stat().st_ino,
    )


def test_write_replaces_a_formula_in_an_own_column(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA])
    sheet_case.type_into(2, "Status", "=1+1")
    chain = b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    link = b'<Relationship Id="rId99" Type="x/calcChain" Target="calcChain.xml"/></Relationships>'
    change_parts(
        sheet_case.path,
        {
            "xl/calcChain.xml": lambda _: b'<calcChain><c r="H2" i="1"/></calcChain>',
            "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", chain),
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", link),
        },
    )
    assert sheet_case.open().write(finding(*ANAS)) == 1
    assert sheet_case.cells()[1][7] == "Offered"
    assert not [
        name for name, part in parts_of(sheet_case.path).items() if b"calcChain" in part + name.encode()
    ]


@pytest.mark.parametrize(
    "formula",
    [b'<f t="array" ref="H2:H3">A2:A3</f>', b'<f t="shared" ref="H2:H3" si="0">A2</f>'],
)
def test_write_refuses_to_break_a_formula_of_several_cells(sheet_case: WorkbookCase, formula: bytes) -> None:
    sheet_case.make(ALL, [ANA, BO])
    for row in (2, 3):
        sheet_case.type_into(row, "Status", "=1+1")
    old = b"<f>1+1</f>"
    follower = b'<f t="shared" si="0"></f>'
    change_parts(
        sheet_case.path,
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(old, formula, 1).replace(old, follower, 1)},
    )
    before = sheet_case.path.read_bytes()
    with pytest.raises(SheetError, match="row 2, column H: a formula that fills several cells"):
        sheet_case.open().write(finding(*ANAS))
    assert sheet_case.path.read_bytes() == before


def test_write_replaces_a_shared_formula_whole(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [ANA, BO])
    for row in (2, 3):
        sheet_case.type_into(row, "Status", "=1+1")
    first, follower = b'<f t="shared" ref="H2:H3" si="0">A2</f>', b'<f t="shared" si="0"/>'
    old = b"<f>1+1</f>"
    change_parts(
        sheet_case.path,
        {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(old, first, 1).replace(old, follower, 1)},
    )
    assert sheet_case.open().write(finding(*ANAS, change("bo@example.org", WAITING))) == 2


@pytest.mark.parametrize(("place", "value"), [("12", 12), ("1", 1), ("", None), ("soon", "soon")])
def test_a_place_on_the_waiting_list_is_a_number(
    sheet_case: WorkbookCase, place: str, value: int | str | None
) -> None:
    sheet_case.make(ALL, [ANA, BO])
    changes = (change("ana@example.org", replace(WAITING, waiting_list=place)),)
    counts = [sheet_case.open().write(finding(*changes)) for _ in range(2)]
    assert (load_workbook(sheet_case.path).worksheets[0]["J2"].value, counts) == (value, [1, 0])


def test_a_place_that_was_a_text_becomes_a_number(sheet_case: WorkbookCase) -> None:
    sheet_case.make(ALL, [(*BO, None, None, *WAITING.texts())])
    bo = finding(change("bo@example.org", WAITING))
    assert [sheet_case.open().write(bo) for _ in range(2)] == [1, 0]
    assert sheet_case.open().read().rows[0].cell(ALL.index("Waiting list")) == Cell("1", 1.0)


def test_places_that_an_earlier_version_wrote_are_put_right_without_a_change(
    sheet_case: WorkbookCase,
) -> None:
    rows = [
        (*BO, None, None, *WAITING.texts()),
        (*CY, None, None, *replace(WAITING, waiting_list="10").texts()),
    ]
    sheet_case.make(ALL, rows)
    before = sheet_case.cells()
    assert [sheet_case.open().set_up() for _ in range(2)] == [True, False]
    sheet = load_workbook(sheet_case.path).worksheets[0]
    assert ([sheet["J2"].value, sheet["J3"].value], sheet_case.cells()) == ([1, 10], before)


@pytest.mark.parametrize("first_style", ["General", "yyyy-mm-dd"])
def test_a_place_in_a_column_of_dates_is_no_date(sheet_case: WorkbookCase, first_style: str) -> None:
    sheet_case.make(ALL, [BO])
    sheet_case.edit(lambda sheet: setattr(sheet["J2"], "number_format", "d/m/yy"))
    if first_style != "General":
        sheet_case.replace_part(
            "xl/styles.xml", b'<cellXfs count="3"><xf numFmtId="0"', b'<cellXfs count="3"><xf numFmtId="14"'
        )
    bo = finding(change("bo@example.org", WAITING))
    assert [sheet_case.open().write(bo) for _ in range(2)] == [1, 0]
    assert sheet_case.open().read().rows[0].cell(ALL.index("Waiting list")).text == "1"


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["=1+1", "#REF!", "_x0041_", "_x000D_", "<a>&", " ", "\n", "P-1"]
)
own = st.builds(OwnCells, *[texts] * 7)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(texts, texts, texts, st.floats(-1e6, 1e6)), min_size=1, max_size=4), st.data())
def test_only_own_cells_ever_differ(rows: list[tuple[str, str, str, float]], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        case = WorkbookCase(Path(folder) / "responses.xlsx")
        people = [(NINE, f"p{number}@example.org", *row) for number, row in enumerate(rows)]
        case.make((*FORM, "A", "B", "C", *ORGANISER_COLUMNS, *OWN_COLUMNS), people)
        before = looks(case.path)
        changes = tuple(change(str(person[1]), data.draw(own)) for person in people)
        written = case.open().write(finding(*changes))
        after = looks(case.path)
        snapshot = case.open().read()
        again = case.open().write(finding(*changes))
    for told in (before, after):
        tab = told[RESPONSES_TAB]
        del tab["heights"]  # rows grow with their reasons
        tab["cells"] = {name: cell for name, cell in tab["cells"].items() if name[0] < "I" or name[1:] == "1"}
    assert after == before
    assert written <= len(people)
    assert again == 0
    assert len(snapshot.rows) == len(people)


def test_saved_bytes_open_in_the_library_without_warning(sheet_case: WorkbookCase) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.open().set_up()
    sheet_case.open().write(finding(*ANAS))
    book = load_workbook(BytesIO(sheet_case.path.read_bytes()))
    assert book.sheetnames == [RESPONSES_TAB]


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("row", "reason", "expected"),
    [
        ('r="2"', "short", 'r="2"'),
        ('r="2"', "long " * 40, 'r="2" ht="78.75"'),
        ('r="2"', "a\nb", 'r="2" ht="31.5"'),
        ('r="2" ht="12.8" customHeight="0"', "long " * 40, 'r="2" customHeight="0" ht="78.75"'),
        ('r="2" ht="78.75"', "short", 'r="2" ht="15.75"'),
        ('r="2" ht="60"', "short", 'r="2" ht="60"'),
        ('r="2" ht="90"', "long " * 40, 'r="2" ht="90"'),
        ('r="2" ht="20" customHeight="1"', "long " * 40, 'r="2" ht="20" customHeight="1"'),
    ],
)
def test_a_row_is_high_enough_for_its_reason_unless_a_person_chose_its_height(
    sheet_case: WorkbookCase, row: str, reason: str, expected: str
) -> None:
    sheet_case.make(FORM, [ANA])
    sheet_case.open().set_up()
    sheet_case.replace_part(SHEET, b'<row r="2">', f"<row {row}>".encode())
    sheet_case.open().write(finding(change("ana@example.org", OwnCells(reason=reason.strip()))))
    assert f"<row {expected}>".encode() in parts_of(sheet_case.path)[SHEET]
