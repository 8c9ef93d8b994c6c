"""Changed copies of a workbook, in memory: made, read back and compared before any of them takes the file's place.

What would not read back as it was meant is refused, and nothing is changed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.intake.columns import find_columns
from pipeline.model.errors import SheetError
from pipeline.model.sheet import BLANK, OWN_COLUMNS, REASON, Cell, Snapshot, Stamp
from pipeline.model.tab import Tab
from pipeline.sheets.base import SetUp
from pipeline.sheets.differences import CellAt, Written
from pipeline.sheets.xlsx.files import read_bytes
from pipeline.sheets.xlsx.own_tab_as_read import read_own_tab
from pipeline.sheets.xlsx.package import (
    UNREADABLE,
    Package,
    TooLarge,
    raise_if_no_room,
    read_part,
    with_parts,
)
from pipeline.sheets.xlsx.read import Book, again, all_cells, open_book, read_values, too_large, with_cells
from pipeline.sheets.xlsx.stamp import read_stamp, with_stamp

# Most commands only read: what changes a workbook is imported where one is changed.
if TYPE_CHECKING:
    from pipeline.sheets.xlsx.patch import Heights

ROOM = 1000
"""Bytes of XML that Convene's cells in one row hardly exceed."""


class Copies:
    """Reads one tab of the file at `path`, and makes changed copies of it. Raises SheetError."""

    def __init__(self, path: Path, tab: str, setup: SetUp) -> None:
        self._path, self._tab, self._setup = path, tab, setup
        self.known: Book | None = None

    def open(self, data: bytes | None = None) -> Book:
        """Read the tab in the file, or in what it is about to become; the same bytes only once."""
        data = read_bytes(self._path) if data is None else data
        if self.known is None or self.known.data != data:
            self.known = open_book(
                self._path, data, self._tab, self._setup.ours.header_row, self._setup.replies
            )
        return self.known

    def prove_patchable(self, book: Book) -> None:
        """Raise SheetError for a file whose cells could not be written later."""
        from pipeline.sheets.xlsx.patch import patch

        with self._refusing("its cells cannot be changed one by one"):
            xml, _ = patch(read_part(book.data, book.part), {})
        own = find_columns(book.snapshot, self._setup.ours).own
        new = sum(not own or row.cell(own[OWN_COLUMNS[0]]) == BLANK for row in book.snapshot.rows)
        try:
            raise_if_no_room(len(xml) + new * ROOM)
        except TooLarge as error:
            raise too_large(book.snapshot.title, error) from error

    def patched(self, book: Book, cells: Mapping[CellAt, Written]) -> bytes:
        """Return the file with `cells` changed, read back and compared cell by cell."""
        from pipeline.sheets.xlsx.patch import patch

        def restyle(place: CellAt, style: str) -> str:
            return book.number_style(style) if isinstance(cells[place], int) else style

        self._refuse_if_signed(book)
        with self._refusing("its cells cannot be changed one by one"):
            old = read_part(book.data, book.part)
            xml, formula_gone = patch(old, cells, restyle, heights=self._heights(old, book, cells))
            fresh = with_parts(book.data, {book.part: xml}, formula_gone=formula_gone)
            found = again(book, fresh)
        expected = with_cells(book.snapshot.rows, as_cells(cells))
        if found.snapshot.headers != book.snapshot.headers or found.snapshot.rows != expected:
            raise self._unwritable("what was written would read back differently")
        # The rows that were expected share the cells that are as they were.
        self.known = replace(found, snapshot=replace(found.snapshot, rows=expected))
        return fresh

    def _heights(self, xml: bytes, book: Book, cells: Mapping[CellAt, Written]) -> "Heights":
        """Return how high rows must be for a new Reason to be read whole, where they are lower or it was longer."""
        from pipeline.sheets.xlsx.frame import DEFAULT_WIDTH, ColumnLook, column_looks
        from pipeline.sheets.xlsx.heights import LINE, height_of, is_own
        from pipeline.sheets.xlsx.patch import as_they_are, without_rows

        column = find_columns(book.snapshot, self._setup.ours).own[REASON] + 1
        reasons = {row: str(value) for (row, at), value in cells.items() if at == column and value}
        if not reasons:
            return as_they_are
        look = column_looks(without_rows(xml), column, column).get(column, ColumnLook(DEFAULT_WIDTH))

        def heights(row: int, there: float) -> float:
            high = height_of(reasons[row], look.width) if row in reasons else 0.0
            # What is higher for another reason stays: something else in the row may be long.
            return high if high > max(there, LINE) or is_own(there) else 0.0

        return heights

    def dressed(self, book: Book) -> bytes:
        """Return the file with all columns in it, read back and compared: nothing but new headers differs."""
        from pipeline.sheets.xlsx.set_up import dress

        with self._refusing("the columns cannot be added"):
            fresh = dress(book, self._setup)
        if fresh == book.data:
            return fresh
        self._refuse_if_signed(book)
        found = self.open(fresh)
        if not _is_kept(book.snapshot, found.snapshot):
            raise self._unwritable("what was written would read back differently")
        if found.snapshot.rows == book.snapshot.rows:  # they share their cells
            self.known = replace(found, snapshot=replace(found.snapshot, rows=book.snapshot.rows))
        return fresh

    def stamped(self, book: Book, stamp: Stamp) -> bytes:
        """Return the file with another stamp in it."""
        self._refuse_if_signed(book)
        with self._refusing("its document properties cannot be changed"):
            fresh = with_stamp(book.data, stamp)
        if read_stamp(Package(fresh)) != stamp:
            raise self._unwritable("its document properties would read back differently")
        return fresh

    def shown(self, book: Book, tab: Tab) -> bytes:
        """Return the file with the tab `Convene` as it should be; the responses and the controls as they were."""
        from pipeline.sheets.xlsx.own_tab import Links, show

        package = Package(book.data)
        own = find_columns(book.snapshot, self._setup.ours).own
        with self._refusing("the tab Convene cannot be written"):
            if not show(package, book.values, tab, Links(book.tab, own.get(OWN_COLUMNS[0], -1) + 1)):
                return book.data
            fresh = package.build()
            is_kept = Package(fresh).read(book.part) == Package(book.data).read(book.part)
            there = read_own_tab(Package(fresh), read_values(Package(fresh)))
        self._refuse_if_signed(book)
        if not is_kept or there is None or there.standing.controls != book.snapshot.controls:
            raise self._unwritable("what was written would read back differently")
        return fresh

    def _refuse_if_signed(self, book: Book) -> None:
        with self._refusing("its parts do not hang together"):
            is_signed = Package(book.data).is_signed
        if is_signed:
            raise SheetError(
                f"{self._path.name} carries a digital signature, which any change would break. Nothing was changed. "
                "Remove the signature (in Excel: File, Info, View Signatures) and run again."
            )

    @contextmanager
    def _refusing(self, why: str) -> Iterator[None]:
        try:
            yield
        except UNREADABLE as error:
            raise self._unwritable(why) from error

    def _unwritable(self, why: str) -> SheetError:
        return SheetError(
            f"{self._path.name} cannot be written: {why}. Nothing was changed. "
            "Save the workbook anew from Excel or LibreOffice and run again."
        )


def _is_kept(before: Snapshot, after: Snapshot) -> bool:
    """Whether all that stood in a tab stands there, and what is new only in the row of the headers."""
    if before.rows == after.rows and before.headers == after.headers[: len(before.headers)]:
        return True
    old, new = all_cells(before), all_cells(after)
    kept = {place: (cell.text, cell.fault) for place, cell in old.items()}
    found = {place: (new[place].text, new[place].fault) for place in old if place in new}
    return kept == found and all(row == before.header_row for row, _ in new.keys() - old.keys())


def as_cells(cells: Mapping[CellAt, Written]) -> Mapping[CellAt, Cell]:
    """Return cells that were written as they read back."""
    return {place: _as_cell(value) for place, value in cells.items()}


def _as_cell(value: Written) -> Cell:
    if isinstance(value, int):
        return Cell(str(value), float(value))
    return Cell(value, value) if value else BLANK
