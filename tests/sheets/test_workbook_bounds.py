"""Files that are far larger than they look: refused in a sentence, or skipped, without counting up to anything."""

import gc
import struct
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pipeline.model.errors import SheetError
from pipeline.model.sheet import BLANK, Cell
from pipeline.sheets.xlsx import copies, package, rows
from pipeline.sheets.xlsx.patch import patch
from pipeline.sheets.xlsx.places import LAST_COLUMN, LAST_ROW, column_number, row_number
from pipeline.sheets.xlsx.rows import read_rows
from pipeline.sheets.xlsx.values import Values
from tests.support.sheet_suite import ANA, FORM
from tests.support.workbook_case import WorkbookCase, add_parts, parts_of

PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def sheet_case(tmp_path: Path) -> WorkbookCase:
    case = WorkbookCase(tmp_path / "responses.xlsx")
    case.make(FORM, [ANA])
    return case


def sheet(body: str) -> bytes:
    return f"<worksheet><sheetData>{body}</sheetData></worksheet>".encode()


def calls_of(act: Callable[[], object]) -> int:
    """Count the calls that `act` makes, of functions in Python and in C; none of a collection of garbage."""
    made = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    gc.disable()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
        gc.enable()
    return made


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (None, 8),
        ("3", 3),
        ("3.0", 3),
        (" 3 ", 3),
        ("1048576", LAST_ROW),
        ("1048577", LAST_ROW + 1),
        ("99999999999", LAST_ROW + 1),
        ("1e400", LAST_ROW + 1),
        ("0", LAST_ROW + 1),
        ("-1", LAST_ROW + 1),
        ("", LAST_ROW + 1),
        ("9" * 5000, LAST_ROW + 1),
    ],
)
def test_a_row_number_is_one_that_a_sheet_has_or_outside(said: str | None, number: int) -> None:
    assert row_number(said, 7) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (None, 8),
        ("A1", 1),
        ("aa5", 27),
        ("$C$3", 3),
        ("XFD1", LAST_COLUMN),
        ("XFE1", LAST_COLUMN + 1),
        ("ZZZZ1", LAST_COLUMN + 1),
        ("1", LAST_COLUMN + 1),
        ("é1", LAST_COLUMN + 1),
        ("", LAST_COLUMN + 1),
    ],
)
def test_a_column_is_one_that_a_sheet_has_or_outside(said: str | None, number: int) -> None:
    assert column_number(said, 7) == number


def test_empty_rows_beyond_the_sheet_are_skipped(sheet_case: WorkbookCase) -> None:
    plain = sheet_case.open().read()
    far = b'<row r="99999999999" s="1" customFormat="1"><c r="A99999999999" s="1"/></row></sheetData>'
    sheet_case.replace_part(PART, b"</sheetData>", far)
    assert sheet_case.open().read() == plain


@pytest.mark.parametrize("row", ["99999999999", "1e400", "x"])
def test_a_filled_cell_beyond_the_sheet_is_refused(sheet_case: WorkbookCase, row: str) -> None:
    far = f'<row r="{row}"><c r="A1"><v>1</v></c></row></sheetData>'.encode()
    sheet_case.replace_part(PART, b"</sheetData>", far)
    with pytest.raises(SheetError) as raised:
        sheet_case.open().read()
    assert str(raised.value) == (
        "responses.xlsx, tab “Form responses 1” is too large for a sheet of responses: a cell stands beyond the "
        "last row (1,048,576) or column (XFD) of any sheet. Delete what is not needed (empty rows and columns, "
        "too, beneath and beside the responses), save it as an .xlsx workbook and run again."
    )


@pytest.mark.parametrize(
    "row", ['<row r="{}" s="1" customFormat="1"/>', '<row r="{0}"><c r="A{0}" s="1"/></row>']
)
def test_styled_rows_below_take_no_step_each(row: str) -> None:
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    few, many = (
        sheet(body + "".join(row.format(number) for number in range(3, last))) for last in (100, 10_000)
    )
    patch(few, {(2, 2): "x"})  # patterns are compiled once
    assert calls_of(partial(read_rows, few, Values())) == calls_of(partial(read_rows, many, Values()))
    assert calls_of(partial(patch, few, {(2, 2): "x"})) == calls_of(partial(patch, many, {(2, 2): "x"}))
    assert [row.cells for row in read_rows(many, Values())] == [(Cell("1", 1.0),), (Cell("2", 2.0),)]


def test_styled_rows_between_the_responses_are_no_rows() -> None:
    xml = sheet(
        '<row r="1"><c r="B1"><v>1</v></c></row><row r="2" s="1"/><row r="9"><c r="A9"><v>2</v></c></row>'
    )
    found = read_rows(xml, Values())
    assert [(row.number, row.cells) for row in found] == [
        (1, (BLANK, Cell("1", 1.0))),
        (9, (Cell("2", 2.0),)),
    ]


def test_rows_in_the_wrong_order_are_read_and_written() -> None:
    xml = sheet('<row r="3"><c r="A3"><v>3</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')
    fresh, _ = patch(xml, {(2, 2): "x"})
    found = read_rows(fresh, Values())
    assert [(row.number, row.cell(1).text) for row in found] == [(2, "x"), (3, "")]


def test_more_cells_than_any_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_CELLS", 2 * LAST_COLUMN)
    far = "".join(f'<row r="{at}"><c r="XFD{at}"><v>1</v></c></row>' for at in range(1, 4))
    with pytest.raises(package.TooLarge, match="it has more than 32,768 cells"):
        read_rows(sheet(far), Values())


def test_a_document_type_is_refused() -> None:
    with pytest.raises(ValueError, match="document type"):
        read_rows(b'<!DOCTYPE a [<!ENTITY b "c">]>' + sheet(""), Values())


def test_a_part_that_inflates_to_more_than_a_sheet_has_is_refused(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "LARGEST_PART", 2**20)
    add_parts(sheet_case.path, {"xl/bomb.xml": b"0" * (2**20 + 1)})
    with pytest.raises(
        SheetError, match="too large for a sheet of responses: a part of it has more than 1 MB"
    ):
        sheet_case.open().read()


def test_a_tab_without_room_for_what_convene_writes_is_refused_before_anything_is_sent(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = sheet_case.open()
    book.set_up()
    size = len(parts_of(sheet_case.path)[PART])
    monkeypatch.setattr(package, "LARGEST_PART", size + copies.ROOM)
    with book.lease():
        pass
    monkeypatch.setattr(package, "LARGEST_PART", size + copies.ROOM - 1)
    with pytest.raises(SheetError, match="too large for a sheet of responses: with what Convene writes"):
        book.lease()


def test_a_file_that_inflates_to_more_than_memory_is_refused(
    sheet_case: WorkbookCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "LARGEST_FILE", 2**20)
    add_parts(sheet_case.path, {"xl/media/image1.png": b"0" * 2**20})
    with pytest.raises(SheetError, match="unpacked it has more than 1 MB"):
        sheet_case.open().read()


def test_a_part_that_lies_about_its_size_is_never_inflated_beyond_it(sheet_case: WorkbookCase) -> None:
    size = 64 * 2**20
    with ZipFile(sheet_case.path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with ZipFile(sheet_case.path, "w", ZIP_DEFLATED) as fresh:
        for name, part in parts.items():
            fresh.writestr(name, part if name != PART else b" " * size)
    data = sheet_case.path.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 1000))
    sheet_case.path.write_bytes(data)
    tracemalloc.start()
    try:
        with pytest.raises(SheetError, match="cannot be read: the file is damaged"):
            sheet_case.open().read()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size / 8
