"""Reads tabs of a workbook file as snapshots.

Works on the bytes of a file, so that what was read can be compared with what is there later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pipeline.model.errors import SheetError
from pipeline.model.frozen import dataclass
from pipeline.model.sheet import BLANK, DAY_ZERO, Cell, Row, Snapshot
from pipeline.model.text import counted, fold, listed
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import parse
from pipeline.sheets.xlsx.own_tab_as_read import read_own_tab
from pipeline.sheets.xlsx.package import UNREADABLE, Package, TooLarge, raise_if_too_large, read_part
from pipeline.sheets.xlsx.rows import read_rows
from pipeline.sheets.xlsx.stamp import read_stamp
from pipeline.sheets.xlsx.values import Values, read_formats, read_texts

_DAY_ZERO_OF_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - the wall clock of the sheet
"""Day 0 of the other date system of workbooks (ECMA-376, part 1, 18.17.4.1)."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How compound files begin: old .xls workbooks, and .xlsx with a password ([MS-CFB] 2.2)."""


@dataclass(frozen=True, slots=True)
class Book:
    """One tab of a workbook as read once: the file's bytes, the tab, its part in the file, its rows.

    `header` is the row of the headers; `values` is what its cells refer to.
    """

    data: bytes
    tab: str
    part: str
    header: tuple[Cell, ...]
    snapshot: Snapshot
    values: Values

    def shows_plainly(self, style: str) -> bool:
        """Whether a number in a cell of that style (empty: none) shows as it is."""
        return self.values.read("n", "1000", style).text == "1000"

    def number_style(self, style: str) -> str:
        """Return the style that a number gets in a cell of that style: none where it would be shown otherwise."""
        return style if self.shows_plainly(style) else ""


def open_book(path: Path, data: bytes, tab: str, header_row: int = 1, replies: str = "") -> Book:
    """Read one tab (empty: the first) of the workbook in `data`, and with it that of the replies. Raises SheetError."""
    try:
        raise_if_too_large(data)
        package = Package(data)
        parts = package.tabs
    except TooLarge as error:
        raise too_large(path.name, error) from error
    except UNREADABLE as error:
        raise SheetError(_not_a_workbook(path, data)) from error
    if not parts:
        raise SheetError(_not_a_workbook(path, data))
    beside = next((part for part in parts if replies and fold(part) == fold(replies)), "")
    name = tab or next((part for part in parts if part != beside), beside)
    if name not in parts:
        there = listed(tuple(f"“{part}”" for part in parts))
        raise SheetError(
            f"{path.name} has no tab “{name}”; it has {counted(len(parts), 'tab')}: {there}. "
            "Correct the tab in config/service.yaml (or its name in the workbook) and run again."
        )
    title = f"{path.name}, tab “{name}”"
    try:
        values = read_values(package)
        rows = read_rows(package.read_xml(parts[name]), values)
        own = read_own_tab(package, values)
        replied = read_rows(package.read_xml(parts[beside]), values) if beside else ()
    except TooLarge as error:
        raise too_large(title, error) from error
    except UNREADABLE as error:
        raise SheetError(
            f"{title} cannot be read: the file is damaged, or of a kind Convene does not "
            "know. Open it in Excel or LibreOffice, save it as an .xlsx workbook and run again."
        ) from error
    header = _header(rows, header_row)
    snapshot = replace(_snapshot(title, rows, values, header_row), stamp=read_stamp(package))
    snapshot = replace(snapshot, controls=own.standing.controls) if own else snapshot
    if beside:
        snapshot = replace(snapshot, replies=_snapshot(f"{path.name}, tab “{beside}”", replied, values))
    return Book(data, name, parts[name], header, snapshot, values)


def again(book: Book, data: bytes) -> Book:
    """Read the tab in a copy of the workbook of which no other part that is read was changed.

    Raises what is in `package.UNREADABLE`, and SheetError where it has become too large.
    """
    there = book.snapshot
    try:
        raise_if_too_large(data)
        rows = read_rows(read_part(data, book.part), book.values)
    except TooLarge as error:
        raise too_large(there.title, error) from error
    fresh = _snapshot(there.title, rows, book.values, there.header_row)
    snapshot = replace(there, headers=fresh.headers, rows=fresh.rows)
    return replace(book, data=data, header=_header(rows, there.header_row), snapshot=snapshot)


def with_cells(rows: tuple[Row, ...], cells: Mapping[CellAt, Cell]) -> tuple[Row, ...]:
    """Return rows with some of their cells changed, as they are read: without what is blank at their ends."""
    changed: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in cells.items():
        changed.setdefault(row, {})[column - 1] = cell
    fresh = (_with(row, changed[row.number]) if row.number in changed else row for row in rows)
    return tuple(row for row in fresh if row.cells)


def _with(row: Row, changed: Mapping[int, Cell]) -> Row:
    cells = [*row.cells, *[BLANK] * (max(changed) + 1 - len(row.cells))]
    for at, cell in changed.items():
        cells[at] = cell
    while cells and cells[-1] == BLANK:
        cells.pop()
    return Row(row.number, tuple(cells))


def read_values(package: Package) -> Values:
    """Return what the cells of a workbook refer to: its shared texts, its number formats, its first day."""
    workbook = package.workbook
    texts, styles = (package.related(workbook, kind) for kind in ("/sharedStrings", "/styles"))
    settings = parse(package.read_xml(workbook)).first("workbookPr")
    return Values(
        tuple(text for part in texts for text in read_texts(package.read_xml(part))),
        tuple(code for part in styles for code in read_formats(package.read_xml(part))),
        settings is not None and settings.attributes.get("date1904", "") in ("1", "true"),
    )


def filled_cells(rows: Iterable[Row]) -> Mapping[CellAt, Cell]:
    """Return the cells of `rows` that are not blank, by row and column (from 1)."""
    return {
        (row.number, column): cell
        for row in rows
        for column, cell in enumerate(row.cells, start=1)
        if cell != BLANK
    }


def all_cells(snapshot: Snapshot) -> Mapping[CellAt, Cell]:
    """Return the cells of a snapshot that are not blank, its headers included."""
    headers = Row(
        snapshot.header_row, tuple(Cell(header, header) if header else BLANK for header in snapshot.headers)
    )
    return filled_cells((headers, *snapshot.rows))


def _header(rows: Iterable[Row], header_row: int) -> tuple[Cell, ...]:
    return next((row.cells for row in rows if row.number == header_row), ())


def _snapshot(title: str, rows: tuple[Row, ...], values: Values, header_row: int = 1) -> Snapshot:
    headers = next((tuple(cell.text for cell in row.cells) for row in rows if row.number == header_row), ())
    below = tuple(row for row in rows if row.number > header_row and row.cells)
    day_zero = _DAY_ZERO_OF_1904 if values.from_1904 else DAY_ZERO
    return Snapshot(title, headers, below, day_zero=day_zero, header_row=header_row)


def too_large(where: str, error: TooLarge) -> SheetError:
    """Return what is said of a sheet that is larger than any of responses."""
    return SheetError(
        f"{where} is too large for a sheet of responses: {error}. Delete what is not needed (empty rows and "
        "columns, too, beneath and beside the responses), save it as an .xlsx workbook and run again."
    )


def _not_a_workbook(path: Path, data: bytes) -> str:
    if not data.startswith(_OLE):
        return (
            f"{path.name} is not an .xlsx workbook, or it is damaged. "
            "Open it in Excel or LibreOffice, save it as “Excel Workbook (.xlsx)” and run again."
        )
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"{path.name} is protected with a password for opening. Remove the password and run again."
    return f"{path.name} is an old .xls workbook. Save it as “Excel Workbook (.xlsx)” and run again."
