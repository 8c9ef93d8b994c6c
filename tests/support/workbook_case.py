"""A workbook file in a test: made, edited as organisers and other programs do, and looked at."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.sheet import CellValue, Stamp
from pipeline.sheets.base import SetUp
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.sheet_suite import DRESSING


class WorkbookCase:
    """The suite's sheet as a file; organisers edit it with openpyxl."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self, headers: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> None:
        create_workbook(self.path, headers, rows)

    def open(self, tab: str = "", setup: SetUp = DRESSING) -> Workbook:
        return Workbook(self.path, tab, setup)

    def edit(self, act: Callable[[Worksheet], object]) -> None:
        book = load_workbook(self.path)
        act(book.worksheets[0])
        book.save(self.path)

    def sort(self, header: str) -> None:
        def act(sheet: Worksheet) -> None:
            at = index_of(sheet, header)
            rows = sorted(
                ([cell.value for cell in row] for row in sheet.iter_rows(2)), key=lambda r: str(r[at])
            )
            put(sheet, rows)

        self.edit(act)

    def insert_row(self, row: int) -> None:
        self.edit(lambda sheet: sheet.insert_rows(row))

    def delete_row(self, row: int) -> None:
        self.edit(lambda sheet: sheet.delete_rows(row))

    def move_column(self, header: str) -> None:
        def act(sheet: Worksheet) -> None:
            at = index_of(sheet, header)
            rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
            put(sheet, [[row[at], *row[:at], *row[at + 1 :]] for row in rows], first=1)

        self.edit(act)

    def rename_header(self, old: str, new: str) -> None:
        self.type_into(1, old, new)

    def type_into(self, row: int, header: str, text: str) -> None:
        self.edit(lambda sheet: sheet.cell(row, index_of(sheet, header) + 1, text))

    def let_another_run(self, stamp: Stamp) -> None:
        with self.open().lease(stamp):
            pass

    def cells(self) -> tuple[tuple[str, ...], ...]:
        sheet = load_workbook(self.path).worksheets[0]
        return tuple(trimmed([cell.value for cell in row]) for row in sheet.iter_rows())

    def titles(self) -> tuple[str, ...]:
        return tuple(load_workbook(self.path).sheetnames[1:])

    def cells_of(self, title: str) -> tuple[tuple[str, ...], ...]:
        sheet = load_workbook(self.path, data_only=True)[title]
        rows = [trimmed([_spelt_out(cell.value) for cell in row]) for row in sheet.iter_rows()]
        return tuple(rows[: max((at for at, row in enumerate(rows, 1) if row), default=0)])

    def put_in(self, title: str, row: int, column: int, text: str) -> None:
        def act(book: Book) -> None:
            sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
            sheet.cell(row, column).value = text or None

        self._edit_book(act)

    def insert_row_in(self, title: str, row: int) -> None:
        self._edit_book(lambda book: book[title].insert_rows(row))

    def delete_tab(self, title: str) -> None:
        self._edit_book(lambda book: book.remove(book[title]))

    def rename_tab(self, old: str, new: str) -> None:
        """Rename it with the names that mean it, as spreadsheet programs do."""

        def act(book: Book) -> None:
            book[old].title = new
            for name in book.defined_names.values():
                name.attr_text = (name.attr_text or "").replace(f"'{old}'", f"'{new}'")

        self._edit_book(act)

    def _edit_book(self, act: Callable[[Book], object]) -> None:
        book = load_workbook(self.path)
        act(book)
        book.save(self.path)

    def replace_part(self, part: str, old: bytes, new: bytes) -> None:
        """Change the XML as another program would have written it."""
        change_parts(self.path, {part: lambda xml: xml.replace(old, new)})


def index_of(sheet: Worksheet, header: str) -> int:
    return [cell.value for cell in sheet[1]].index(header)


def put(sheet: Worksheet, rows: Sequence[Sequence[object]], first: int = 2) -> None:
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value  # type: ignore[assignment]  # any value that was read


def _spelt_out(value: object) -> object:
    """Return a text as programs show it; of what a formula comes to, the library leaves that to others."""
    return value.replace("_x005F_", "_") if isinstance(value, str) else value


def trimmed(values: Sequence[object]) -> tuple[str, ...]:
    texts = ["" if value is None else str(value) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def change_parts(path: Path, edits: dict[str, Callable[[bytes], bytes]]) -> None:
    """Apply `edits` to the parts of a package; a part that is not there yet begins empty."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w") as package:
        for name in dict.fromkeys((*parts, *edits)):
            part = parts.get(name, b"")
            package.writestr(name, edits[name](part) if name in edits else part)


def parts_of(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def add_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """Add parts as another program would have."""
    change_parts(path, {name: partial(_become, part) for name, part in parts.items()})


def _become(part: bytes, _: bytes) -> bytes:
    return part


def names_beside(path: Path) -> list[str]:
    """Return the names of all files in the folder of `path`."""
    return sorted(entry.name for entry in path.parent.iterdir())


def yes_cell(path: Path) -> bytes:
    return b'<c r="C2" t="inlineStr"><is><t>Yes</t></is></c>'


def furnish(sheet: Worksheet) -> None:
    """Put in a workbook what organisers put in one."""
    book = sheet.parent
    assert book is not None
    sheet.column_dimensions["A"].width = 33
    sheet.row_dimensions[2].height = 44
    sheet["B2"].fill = PatternFill("solid", start_color="FF0000")
    sheet["B2"].comment = Comment("Rang on Monday", "Dana")
    sheet["C2"].font = Font(italic=True, color="00FF00")
    sheet["N2"].value = '=C2&"!"'
    sheet.merge_cells("P2:Q3")
    words = DataValidation(type="list", formula1='"a,b"')
    words.add("O2:O9")
    sheet.add_data_validation(words)
    red = DifferentialStyle(font=Font(color="FF0000"))
    sheet.conditional_formatting.add("A2:A9", Rule(type="expression", dxf=red, formula=["$A2>0"]))
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.freeze_panes = "C2"
    book.defined_names["people"] = DefinedName("people", attr_text=f"'{sheet.title}'!$A$2:$A$9")
    other = book.create_sheet("Numbers")
    other["A1"] = "=COUNTA(people)"
    other["A2"] = 0.5
    other["A2"].number_format = "0%"
    other.sheet_properties.tabColor = "00FF00"


def looks(path: Path) -> dict[str, dict[str, Any]]:
    """Return all that openpyxl tells of a workbook, in a form that can be compared."""
    book = load_workbook(path, rich_text=True)
    told: dict[str, dict[str, Any]] = {
        "names": {name: entry.attr_text for name, entry in book.defined_names.items()}
    }
    for sheet in book.worksheets:
        told[sheet.title] = {
            "cells": {
                cell.coordinate: (cell.value, cell.data_type, cell.number_format, look(cell))
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None or cell.has_style
            },
            "widths": {letter: setting.width for letter, setting in sheet.column_dimensions.items()},
            "heights": {number: setting.height for number, setting in sheet.row_dimensions.items()},
            "merged": sorted(str(cells) for cells in sheet.merged_cells.ranges),
            "drop-downs": sorted(
                (str(one.sqref), one.formula1 or "") for one in sheet.data_validations.dataValidation
            ),
            "colours": sorted(str(cells.sqref) for cells in sheet.conditional_formatting),
            "page": (sheet.print_title_rows, sheet.page_setup.orientation, sheet.freeze_panes),
            "tab": str(sheet.sheet_properties.tabColor),
        }
    return told


def look(cell: Cell | MergedCell) -> tuple[str, ...]:
    styles = (cell.font, cell.fill, cell.border, cell.alignment)
    return (*map(repr, styles), cell.comment.text if cell.comment and cell.comment.text else "")


def add_chart(sheet: Worksheet) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart, "H5")
