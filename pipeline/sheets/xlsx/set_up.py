"""Adds the organisers' and Convene's columns to a workbook: headers, drop-down, colours, a frozen header row.

Done once per workbook, with openpyxl, which saves the workbook whole: `losses` says when that would lose
something. Row 1 is the header row.
"""

from copy import copy
from io import BytesIO
from warnings import catch_warnings, simplefilter

from openpyxl import load_workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.table import TableColumn
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.model.sheet import ORGANISER_COLUMNS
from pipeline.model.text import listed
from pipeline.sheets.base import SetUp
from pipeline.sheets.xlsx.package import holds_formulas, read_part, tab_parts, with_parts
from pipeline.sheets.xlsx.patch import read_layout, with_results

LAST_ROW = 1_048_576
"""How many rows a tab of a workbook has."""

WIDTHS = {
    "Decision": 14,
    "Organiser note": 28,
    "Reference": 12,
    "Category": 20,
    "Status": 14,
    "Reason": 48,
    "Waiting list": 12,
    "Last message": 28,
    "Updated": 18,
}
"""Column widths, in characters."""

_ORGANISERS_FILL, _OWN_FILL = "FFF2CC", "DDEBF7"
_BENIGN_WARNING = "Workbook contains no default style"


class WouldLose(Exception):
    """The library warned while loading that it cannot keep something; names it, without its content."""


def dress(data: bytes, tab: str, headers: tuple[str, ...], first: int, setup: SetUp) -> bytes:
    """Return the workbook with `headers` added to row 1 of `tab` from column `first` (from 1) on.

    Formulas keep their stored results. Raises WouldLose, and what the library raises for a damaged file.
    """
    with catch_warnings(record=True) as warned:
        simplefilter("always")
        book = load_workbook(BytesIO(data), rich_text=True)
    if words := [str(one.message) for one in warned if _BENIGN_WARNING not in str(one.message)]:
        outside = any("outside the limits for dates" in said for said in words)
        raise WouldLose("a date outside the calendar" if outside else "something the library does not know")
    sheet = book[tab]
    _widen_tables(sheet, headers, first)
    _clear_way(sheet, first, first + len(headers) - 1)
    for column, header in enumerate(headers, start=first):
        _add_column(sheet, column, header, setup)
    if sheet.freeze_panes is None:
        sheet.freeze_panes = "A2"
    saved = BytesIO()
    book.save(saved)
    return _with_stored_results(saved.getvalue(), data)


def style_header(sheet: Worksheet, column: int, fill: str) -> None:
    """Make the header in `column` look like one: bold, on a light fill, wrapped."""
    cell = sheet.cell(1, column)
    cell.font = Font(name=cell.font.name, size=cell.font.size, bold=True)
    cell.fill = PatternFill("solid", start_color=fill, end_color=fill)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _add_column(sheet: Worksheet, column: int, header: str, setup: SetUp) -> None:
    letter = get_column_letter(column)
    sheet.cell(1, column, header)
    organisers = header in ORGANISER_COLUMNS
    style_header(sheet, column, _ORGANISERS_FILL if organisers else _OWN_FILL)
    sheet.column_dimensions[letter].width = WIDTHS[header]
    _add_comment(sheet, f"{letter}1", header, setup)
    if header == "Decision":
        _offer_words(sheet, f"{letter}2:{letter}{LAST_ROW}", setup.decisions)
    if header == "Status":
        _colour(sheet, f"{letter}2:{letter}{LAST_ROW}", setup.colours)


def _add_comment(sheet: Worksheet, cell: str, header: str, setup: SetUp) -> None:
    words = {
        "Decision": f"For the organisers: {listed(setup.decisions, 'or')}. It beats the rules and the "
        "ranking; leave it empty to let them decide.",
        "Organiser note": "For the organisers: write here what you like. Convene never changes it.",
    }
    own = "Convene writes this column. What you type here is overwritten; use Decision and Organiser note."
    prompt = DataValidation(promptTitle=header, prompt=words.get(header, own)[:255], showInputMessage=True)
    prompt.add(cell)
    sheet.add_data_validation(prompt)


def _offer_words(sheet: Worksheet, cells: str, words: tuple[str, ...]) -> None:
    drop_down = DataValidation(
        type="list",
        formula1='"{}"'.format(",".join(words).replace('"', '""')),
        allow_blank=True,
        errorStyle="stop",
        errorTitle="Not a decision",
        error=f"Please choose {listed(words, 'or')}, or leave the cell empty."[:225],
        showErrorMessage=True,
    )
    drop_down.add(cells)
    sheet.add_data_validation(drop_down)


def _colour(sheet: Worksheet, cells: str, colours: tuple[tuple[str, str], ...]) -> None:
    for status, colour in colours:
        fill = PatternFill(bgColor=colour, fill_type="solid")
        quoted = status.replace('"', '""')
        style = DifferentialStyle(fill=fill)
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{quoted}"'], dxf=style)
        sheet.conditional_formatting.add(cells, rule)


def _widen_tables(sheet: Worksheet, headers: tuple[str, ...], first: int) -> None:
    """Take the new columns into the filter or table that ends beside them: sorting then moves whole rows."""
    filtered = sheet.auto_filter.ref
    if filtered and _ends_before(filtered, first):
        sheet.auto_filter.ref = _widened(filtered, len(headers))
    for table in sheet.tables.values():
        if _ends_before(table.ref, first) and table.headerRowCount != 0:
            table.ref = _widened(table.ref, len(headers))
            if table.autoFilter is not None:
                table.autoFilter.ref = _widened(table.autoFilter.ref, len(headers))
            number = max((column.id for column in table.tableColumns), default=0)
            for header in headers:
                number += 1
                table.tableColumns.append(TableColumn(id=number, name=header))


def _ends_before(cells: str, first: int) -> bool:
    covered = CellRange(cells)
    return covered.min_row == 1 and covered.max_col == first - 1


def _widened(cells: str, columns: int) -> str:
    covered = CellRange(cells)
    covered.expand(right=columns)
    return str(covered.coord)


def _clear_way(sheet: Worksheet, first: int, last: int) -> None:
    """Split column settings that reach over the new columns: two settings for one column damage a file."""
    for letter, setting in list(sheet.column_dimensions.items()):
        start = setting.min or column_index_from_string(letter)
        end = setting.max or start
        if start <= last and end >= first:
            del sheet.column_dimensions[letter]
            _keep_setting(sheet, setting, start, first - 1)
            _keep_setting(sheet, setting, last + 1, end)


def _keep_setting(sheet: Worksheet, setting: ColumnDimension, start: int, end: int) -> None:
    if start <= end:
        kept = copy(setting)
        kept.index, kept.min, kept.max = get_column_letter(start), start, end
        sheet.column_dimensions[kept.index] = kept


def _with_stored_results(saved: bytes, old: bytes) -> bytes:
    old_parts, fresh = tab_parts(old), {}
    for tab, part in tab_parts(saved).items():
        xml = read_part(saved, part)
        if holds_formulas(xml):
            fresh[part] = with_results(xml, read_layout(read_part(old, old_parts[tab])).formulas)
    return with_parts(saved, fresh)
