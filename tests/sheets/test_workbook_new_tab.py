"""A tab that Convene adds to a workbook; every other part stays."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.sheets.xlsx.new_tab import add_tab, new_package
from pipeline.sheets.xlsx.package import Package
from tests.support.packages import BASE, ODDITIES, members, zipped
from tests.support.sheet_suite import NINE

ROWS = (("Status", "People", "Since"), ("Offered & told", 35, NINE), ("=1+1", 2.5, None), (True, None, " x"))
DIFFERING = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def with_tab(data: bytes, title: str = "Where it's at") -> bytes:
    package = Package(data)
    add_tab(package, title, ROWS)
    return package.build()


@pytest.mark.parametrize("oddity", ["plain", "strict", "a prefix", "no styles", "UTF-16", "absolute targets"])
def test_a_new_tab_stands_behind_the_others_and_changes_none(oddity: str) -> None:
    before = zipped(ODDITIES[oddity](BASE))
    after = with_tab(before)
    old, new = members(before), members(after)
    assert {name for name in old if old[name] != new[name]} <= DIFFERING
    assert list(Package(after).tabs) == ["Answers", "Where it's at"]
    assert {name for name in new if name not in old} - {"xl/styles.xml"} == {"xl/worksheets/sheet2.xml"}


def test_a_new_tab_holds_values_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(with_tab(zipped(BASE)))
    sheet = load_workbook(path).worksheets[1]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [list(row) for row in ROWS]
    assert sheet["A3"].data_type == "s"


def test_a_second_tab_has_parts_of_its_own() -> None:
    data = with_tab(with_tab(zipped(BASE)), "Once more")
    assert list(Package(data).tabs.values())[1:] == ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"]


@pytest.mark.parametrize("title", ["", "x" * 32, "a/b", "'a", "ANSWERS", "answers"])
def test_a_title_that_no_tab_can_have_is_refused(title: str) -> None:
    with pytest.raises(ValueError, match="title"):
        with_tab(zipped(BASE), title)


def test_a_new_workbook_has_nothing_but_its_tab() -> None:
    data = new_package("One", ROWS)
    assert list(Package(data).tabs) == ["One"]
    assert with_tab(data) != data
