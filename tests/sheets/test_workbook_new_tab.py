"""A tab that Convene adds to a workbook, with a chart; every other part stays."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.sheets.xlsx.new_tab import BarChart, add_tab, new_package
from pipeline.sheets.xlsx.package import Package
from pipeline.sheets.xlsx.places import Area
from tests.support.packages import BASE, ODDITIES, members, zipped
from tests.support.sheet_suite import NINE

ROWS = (("Status", "People", "Since"), ("Offered & told", 35, NINE), ("=1+1", 2.5, None), (True, None, " x"))
CHART = BarChart("How many <people>", Area(1, 2, 1, 3), Area(2, 2, 2, 3), Area(5, 2, 11, 16))
DIFFERING = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def with_tab(data: bytes, title: str = "Where it's at", chart: BarChart | None = CHART) -> bytes:
    package = Package(data)
    add_tab(package, title, ROWS, chart)
    return package.build()


@pytest.mark.parametrize("oddity", ["plain", "strict", "a prefix", "no styles", "UTF-16", "absolute targets"])
def test_a_new_tab_stands_behind_the_others_and_changes_none(oddity: str) -> None:
    before = zipped(ODDITIES[oddity](BASE))
    after = with_tab(before)
    old, new = members(before), members(after)
    assert {name for name in old if old[name] != new[name]} <= DIFFERING
    assert list(Package(after).tabs) == ["Answers", "Where it's at"]
    assert {name for name in new if name not in old} - {"xl/styles.xml"} == {
        "xl/worksheets/sheet2.xml", "xl/worksheets/_rels/sheet2.xml.rels", "xl/drawings/drawing1.xml",
        "xl/drawings/_rels/drawing1.xml.rels", "xl/charts/chart1.xml",
    }  # fmt: skip


def test_a_new_tab_holds_values_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(with_tab(zipped(BASE)))
    sheet = load_workbook(path).worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [list(row) for row in ROWS]
    assert sheet["A3"].data_type == "s"
    (chart,) = sheet._charts  # type: ignore[attr-defined]  # the library has no other way
    assert [chart.ser[0].cat.strRef.f, chart.ser[0].val.numRef.f] == [
        "'Where it''s at'!$A$2:$A$3",
        "'Where it''s at'!$B$2:$B$3",
    ]


def test_a_second_tab_has_parts_of_its_own() -> None:
    data = with_tab(with_tab(zipped(BASE)), "Once more")
    assert list(Package(data).tabs.values())[1:] == ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"]
    assert "xl/charts/chart2.xml" in members(data)


@pytest.mark.parametrize("title", ["", "x" * 32, "a/b", "'a", "ANSWERS", "answers"])
def test_a_title_that_no_tab_can_have_is_refused(title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        with_tab(zipped(BASE), title)


def test_a_new_workbook_has_nothing_but_its_tab() -> None:
    data = new_package("One", ROWS)
    assert list(Package(data).tabs) == ["One"]
    assert with_tab(data, chart=None) != data


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_tab_and_its_chart(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    books = {"new": new_package("One"), **{odd: zipped(ODDITIES[odd](BASE)) for odd in ("plain", "strict")}}
    for name, data in books.items():
        (made / f"{name}.xlsx").write_bytes(with_tab(data))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, made.iterdir()))
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for name in books:
        sheet = load_workbook(tmp_path / f"{name}.xlsx")["Where it's at"]
        assert [sheet["A2"].value, sheet["B2"].value, sheet["C2"].value] == list(ROWS[1])
        assert len(sheet._charts) == 1  # type: ignore[attr-defined]  # the library has no other way
