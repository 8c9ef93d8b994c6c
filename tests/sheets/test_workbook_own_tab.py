"""The tab `Convene` in workbooks as all kinds of programs write them: every other part stays, LibreOffice opens it."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from pipeline.model.tab import Tab
from pipeline.sheets.xlsx.own_tab import Links, show
from pipeline.sheets.xlsx.own_tab_as_read import read_own_tab
from pipeline.sheets.xlsx.package import Package
from pipeline.sheets.xlsx.read import read_values
from pipeline.sheets.xlsx.workbook import Workbook
from tests.support.own_tab import moved, own_tab
from tests.support.packages import BASE, ODDITIES, members, zipped
from tests.support.sheet_suite import ALL, ANA, BO, DRESSING, OFFERED, PEOPLE, WAITING, change, finding
from tests.support.workbook_case import WorkbookCase, parts_of

SHARED = {
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}
"""The parts that say of all others that they are there."""

TAB, CHART = "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml"


def shown(data: bytes, tab: Tab, links: Links = Links("Answers", 2)) -> bytes:  # noqa: B008 - frozen
    package = Package(data)
    show(package, read_values(package), tab, links)
    return package.build()


@pytest.mark.parametrize("oddity", ["plain", "strict", "a prefix", "no styles", "UTF-16", "absolute targets"])
def test_the_tab_leaves_every_other_part_as_it_was(oddity: str) -> None:
    before = zipped(ODDITIES[oddity](BASE))
    once = shown(before, own_tab(PEOPLE))
    old, new = members(before), members(once)
    assert {name for name in old if old[name] != new[name]} <= SHARED
    assert {name for name in new if name not in old} - {"xl/styles.xml"} == {
        "docProps/custom.xml", TAB, "xl/worksheets/_rels/sheet2.xml.rels", "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels", CHART, "xl/charts/chart2.xml", "xl/charts/chart3.xml",
    }  # fmt: skip
    assert shown(once, own_tab(PEOPLE)) == once
    later = members(shown(once, own_tab(PEOPLE, said="Later.")))
    assert {name for name in new if new[name] != later[name]} == {TAB}


def test_a_change_of_the_tab_adds_no_style_twice(tmp_path: Path) -> None:
    case = WorkbookCase(tmp_path / "book.xlsx")
    case.make(ALL, [ANA])
    sizes = []
    for number in range(4):
        case.open().show(own_tab(PEOPLE[: number % 2], said=str(number)))
        sizes.append(len(parts_of(case.path)["xl/styles.xml"]))
    assert len(set(sizes[1:])) == 1


def test_charts_lie_beside_what_they_show(tmp_path: Path) -> None:
    case = WorkbookCase(tmp_path / "book.xlsx")
    case.make(ALL, [ANA])
    tops = []
    for down in (0, 5, 2):
        case.open().show(moved(own_tab(PEOPLE), down))
        drawn = load_workbook(case.path)["Convene"]._charts  # type: ignore[attr-defined]  # the library has no other way
        tops.append([chart.anchor._from.row for chart in drawn])
    assert [[top - first for top, first in zip(some, tops[0], strict=True)] for some in tops] == [
        [0] * 3,
        [5] * 3,
        [2] * 3,
    ]


def test_charts_that_are_wanted_no_more_go_with_all_their_parts() -> None:
    full = shown(zipped(BASE), own_tab(PEOPLE))
    none, one = (shown(full, replace(own_tab(), charts=own_tab().charts[:number])) for number in (0, 1))
    assert [sum("charts/" in name for name in members(data)) for data in (full, one, none)] == [3, 1, 0]
    for data in (one, none):
        told = members(data)["[Content_Types].xml"] + members(data)["xl/drawings/_rels/drawing1.xml.rels"]
        assert told.count(b"charts/chart") == 2 * (data == one)


def test_a_chart_that_somebody_deleted_is_drawn_again(tmp_path: Path) -> None:
    case = WorkbookCase(tmp_path / "book.xlsx")
    case.make(ALL, [ANA])
    case.open().show(own_tab())
    book = load_workbook(case.path)
    del book["Convene"]._charts[1]  # type: ignore[attr-defined]  # the library has no other way
    book.save(case.path)
    assert [case.open().show(own_tab()), case.open().show(own_tab())] == [True, False]
    assert len(load_workbook(case.path)["Convene"]._charts) == 3  # type: ignore[attr-defined]  # as above


def test_a_name_that_means_another_tab_does_not_make_it_ours(tmp_path: Path) -> None:
    case = WorkbookCase(tmp_path / "book.xlsx")
    case.make(ALL, [ANA])
    case.open().show(own_tab())
    case.delete_tab("Convene")
    case.put_in("Convene", 3, 1, "our own notes")
    case.open().show(own_tab())
    assert case.titles() == ("Convene", "Convene (2)")
    assert case.cells_of("Convene") == ((), (), ("our own notes",))


def test_the_organisers_cells_can_be_typed_in_where_the_tab_is_protected(tmp_path: Path) -> None:
    case = WorkbookCase(tmp_path / "book.xlsx")
    case.make(ALL, [ANA])
    case.open().show(own_tab())
    sheet = load_workbook(case.path)["Convene"]
    assert [sheet[f"B{row}"].protection.locked for row in range(1, 9)] == [True, *[False] * 6, True]
    assert {sheet[f"B{row}"].fill.fgColor.rgb for row in range(2, 8)} == {"FFFFF2CC"}


@given(st.text(), st.text(alphabet="P-2\"&$ ,;()!'", min_size=1))
def test_no_text_breaks_out_of_a_link(text: str, reference: str) -> None:
    tab, links = own_tab(((text, reference, "Offered"),)), Links("It's here", 3)
    once = shown(zipped(BASE), tab, links)
    assert shown(once, tab, links) == once
    there = read_own_tab(Package(once), read_values(Package(once)))
    assert there is not None
    for formula in there.standing.formulas.values():
        rest = re.sub('"(?:[^"]|"")*"', "", formula)
        assert rest == "IFERROR(HYPERLINK(&MATCH(,'It''s here'!$C:$C,0),),)"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_keeps_the_tab_and_convene_knows_it_again(tmp_path: Path) -> None:
    made, kept = tmp_path / "made", tmp_path / "kept"
    made.mkdir()
    case = WorkbookCase(made / "book.xlsx")
    case.make(ALL, [ANA, BO])
    changes = finding(change("ana@example.org", OFFERED), change("bo@example.org", WAITING))
    case.open().write(changes)
    case.open().show(own_tab(PEOPLE))
    for odd in ("plain", "strict"):
        (made / f"{odd}.xlsx").write_bytes(shown(zipped(ODDITIES[odd](BASE)), own_tab(PEOPLE)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, made.iterdir()))
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(kept), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for file in files:
        sheet = load_workbook(kept / Path(file).name)["Convene"]
        assert len(sheet._charts) == 3  # type: ignore[attr-defined]  # the library has no other way
        assert sheet["A2"].value == "Pause"
    assert not Workbook(kept / "book.xlsx", "", DRESSING).show(own_tab(PEOPLE))
    values = load_workbook(kept / "book.xlsx", data_only=True)["Convene"]
    assert [row[0].value for row in values.iter_rows(min_row=16)] == [name for name, *_ in PEOPLE]
