"""The organisers' sheet as a local .xlsx workbook.

Reading walks the tab's own XML (see `rows`); writing changes single cells in it (see `patch`), so nothing
that people put in the workbook is lost; only `set_up` lets openpyxl save the workbook whole, and refuses
where that would lose something. A file is replaced whole or not at all, and never while somebody has it open.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from openpyxl import Workbook as NewWorkbook
from openpyxl.cell.cell import Cell as NewCell
from openpyxl.utils.cell import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.intake.columns import ColumnPositions, find_columns
from pipeline.model.call import Columns
from pipeline.model.errors import HeaderError, SheetError
from pipeline.model.sheet import (
    BLANK,
    ORGANISER_COLUMNS,
    OWN_COLUMNS,
    Cell,
    CellValue,
    OwnCells,
    Snapshot,
    Stamp,
)
from pipeline.model.text import listed
from pipeline.sheets.base import Project, SetUp
from pipeline.sheets.cells import escape, plain
from pipeline.sheets.differences import CellAt, find_differences
from pipeline.sheets.other_runs import KnownStamps
from pipeline.sheets.xlsx.files import (
    ChangedMeanwhile,
    create_file,
    prove_writable,
    read_bytes,
    refuse_if_open,
    replace_file,
)
from pipeline.sheets.xlsx.losses import find_losses
from pipeline.sheets.xlsx.package import UNREADABLE, read_part, with_parts
from pipeline.sheets.xlsx.patch import patch
from pipeline.sheets.xlsx.read import Book, all_cells, open_book, read_all_cells
from pipeline.sheets.xlsx.set_up import WouldLose, dress, style_header
from pipeline.sheets.xlsx.stamp import is_stamped_only, with_stamp

ATTEMPTS = 3
"""How often a write begins anew because the file changed meanwhile."""

RESPONSES_TAB = "Form responses 1"
"""What Google Forms calls the tab it writes to."""

TIMESTAMP_FORMAT = "yyyy-mm-dd hh:mm:ss"


class Workbook:
    """A `sheets.base.Sheet` on one tab of an .xlsx file (`tab` empty: the first tab)."""

    def __init__(self, path: Path, tab: str, setup: SetUp) -> None:
        self._path, self._tab, self._setup = path, tab, setup
        self._known: Book | None = None
        self._stamps, self._is_held = KnownStamps(), False

    @property
    def calls(self) -> int:
        """No requests: the file is on this machine."""
        return 0

    def read(self) -> Snapshot:
        """Read the tab once, whole; also while another program has the file open."""
        snapshot = self._open().snapshot
        if self._is_held:
            self._stamps.raise_if_another(snapshot, held=True)
        else:
            self._stamps.see(snapshot)
        return snapshot

    def lease(self, stamp: Stamp | None = None, *, set_up: bool = False) -> "WorkbookLease":
        """Prove that the file can be written, and leave a new stamp: see `sheets.base.Sheet.lease`.

        Changes no byte otherwise. Raises SheetBusy when somebody has the file open or keeps changing it, or another
        run left a stamp since it was read; HeaderError when a column of Convene's is missing; SheetError when the
        file, its folder or its format does not let Convene write.
        """
        if set_up:
            self.set_up()
        self._stamp(stamp)
        self._is_held = True
        return WorkbookLease(self._release)

    def _stamp(self, stamp: Stamp | None) -> None:
        for _ in range(ATTEMPTS - 1):
            with suppress(ChangedMeanwhile):
                return self._stamp_once(stamp)
        return self._stamp_once(stamp)

    def _release(self) -> None:
        self._is_held = False

    def write(self, project: Project, closing: Stamp | None = None) -> int:
        """Write the cells of Convene's columns that differ, and nothing at all when none does.

        Raises SheetBusy (nothing was written) when somebody has the file open or keeps changing it.
        """
        changed = self._write(project)
        if closing:
            self._stamp(closing)  # last: it says that the rows show all that was sent
            self._release()
        return changed

    def _write(self, project: Project) -> int:
        for _ in range(ATTEMPTS - 1):
            with suppress(ChangedMeanwhile):
                return self._write_once(project)
        return self._write_once(project)

    def set_up(self) -> bool:
        """Add the organisers' and Convene's columns where they are missing; return whether any was.

        Raises SheetError when saving the workbook would lose something that is in it.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(ChangedMeanwhile):
                return self._set_up_once()
        return self._set_up_once()

    def prove(self, *, again: bool = False) -> tuple[str, ...]:
        """Say nothing: a file needs no proof, however often."""
        del again
        return ()

    def _open(self, data: bytes | None = None) -> Book:
        """Read the tab in the file, or in what it is about to become; the same bytes only once."""
        data = read_bytes(self._path) if data is None else data
        if self._known is None or self._known.data != data:
            self._known = open_book(self._path, data, self._tab)
        return self._known

    def _stamp_once(self, stamp: Stamp | None) -> None:
        refuse_if_open(self._path)
        book = self._open()
        self._stamps.raise_if_another(book.snapshot, held=self._is_held)
        _find_places(book.snapshot)
        self._prove_patchable(book)
        if stamp is None or stamp == book.snapshot.stamp:
            prove_writable(self._path, book.data)
        else:
            self._leave(stamp, book)

    def _prove_patchable(self, book: Book) -> None:
        """Raise SheetError for a file whose cells could not be written later."""
        with self._refusing("its cells cannot be changed one by one"):
            xml, _ = patch(read_part(book.data, book.part), {})
            same = xml == read_part(with_parts(book.data, {book.part: xml}), book.part)
        if not same:
            raise self._unwritable("a copy of it would not be the same")

    def _leave(self, stamp: Stamp, book: Book) -> None:
        with self._refusing("its document properties cannot be changed"):
            fresh = with_stamp(book.data, stamp)
            kept = is_stamped_only(book.data, fresh, stamp)
        if not kept:
            raise self._unwritable("its document properties would read back differently")
        replace_file(self._path, fresh, book.data)
        self._stamps.leave(stamp)
        # The parts that hold cells have the same bytes: there is nothing to read anew.
        self._known = replace(book, data=fresh, snapshot=replace(book.snapshot, stamp=stamp))
        if self._open().snapshot.stamp != stamp:
            raise self._overwritten("Nothing was sent. Run again in a minute.")

    @contextmanager
    def _refusing(self, why: str) -> Iterator[None]:
        try:
            yield
        except UNREADABLE as error:
            raise self._unwritable(why) from error

    def _write_once(self, project: Project) -> int:
        refuse_if_open(self._path)
        book = self._open()
        self._stamps.raise_if_another(book.snapshot, held=self._is_held)
        positions = _find_places(book.snapshot)
        if not positions.own:
            raise HeaderError(book.snapshot.title, OWN_COLUMNS, ())
        changes = tuple(replace(change, after=_fit(change.after)) for change in project(book.snapshot))
        cells = find_differences(book.snapshot, positions.own, changes)
        if cells:
            fresh = self._patched(book, cells)
            replace_file(self._path, fresh, book.data)
            self._confirm(fresh, cells)
        return len({row for row, _ in cells})

    def _patched(self, book: Book, cells: Mapping[CellAt, str]) -> bytes:
        """Return the file with `cells` changed, read back and compared cell by cell."""
        with self._refusing("its cells cannot be changed one by one"):
            xml, formula_gone = patch(read_part(book.data, book.part), cells)
            fresh = with_parts(book.data, {book.part: xml}, formula_gone=formula_gone)
        expected = {**all_cells(book.snapshot), **_as_cells(cells)}
        found = all_cells(self._open(fresh).snapshot)
        if {place: cell for place, cell in expected.items() if cell != BLANK} != found:
            raise self._unwritable("what was written would read back differently")
        return fresh

    def _confirm(self, fresh: bytes, cells: Mapping[CellAt, str]) -> None:
        book = self._open()
        if book.data == fresh:
            return
        found = all_cells(book.snapshot)
        if any(found.get(place, BLANK) != cell for place, cell in _as_cells(cells).items()):
            raise self._overwritten("Run again: the next run writes what is missing.")

    def _set_up_once(self) -> bool:
        book = self._open()
        positions = _find_places(book.snapshot)
        headers = (
            *(() if positions.organisers else ORGANISER_COLUMNS),
            *(() if positions.own else OWN_COLUMNS),
        )
        if not headers:
            return False
        refuse_if_open(self._path)
        if losses := find_losses(book.data):
            raise self._would_lose(listed(losses), headers)
        first = max((column for _, column in all_cells(book.snapshot)), default=0) + 1
        replace_file(self._path, self._dressed(book, headers, first), book.data)
        return True

    def _dressed(self, book: Book, headers: tuple[str, ...], first: int) -> bytes:
        try:
            fresh = dress(book.data, book.tab, headers, first, self._setup)
            expected = {tab: dict(cells) for tab, cells in read_all_cells(book.data).items()}
            expected[book.tab] |= _as_cells({(1, first + at): name for at, name in enumerate(headers)})
            kept = read_all_cells(fresh) == expected
        except WouldLose as error:
            raise self._would_lose(str(error), headers) from error
        except UNREADABLE as error:
            raise self._would_lose("something Convene does not know", headers) from error
        if not kept:
            raise self._would_lose("some of its cells", headers)
        return fresh

    def _overwritten(self, next_step: str) -> SheetError:
        return SheetError(
            f"{self._path.name} was overwritten by another program right after Convene wrote to it. {next_step}"
        )

    def _unwritable(self, why: str) -> SheetError:
        return SheetError(
            f"{self._path.name} cannot be written: {why}. Nothing was changed. "
            "Save the workbook anew from Excel or LibreOffice and run again."
        )

    def _would_lose(self, what: str, headers: tuple[str, ...]) -> SheetError:
        return SheetError(
            f"{self._path.name} holds what would be lost if Convene added its columns: {what}. Nothing was "
            f"changed. Type the headers {listed(headers)} yourself into row 1, to the right of the last "
            "column, one a cell, and run again; or move what would be lost to another workbook."
        )


class WorkbookLease:
    """The proof that a workbook could be written a moment ago. Keeps nobody out: only the stamp tells of others."""

    def __init__(self, release: Callable[[], None]) -> None:
        self._release = release

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()


def _find_places(snapshot: Snapshot) -> ColumnPositions:
    return find_columns(snapshot, Columns({}))


def _fit(cells: OwnCells) -> OwnCells:
    return OwnCells(*map(plain, cells.texts()))


def _as_cells(texts: Mapping[CellAt, str]) -> Mapping[CellAt, Cell]:
    return {place: Cell(text, text) if text else BLANK for place, text in texts.items()}


def create_workbook(path: Path, headers: Sequence[str], rows: Iterable[Sequence[CellValue]] = ()) -> None:
    """Make a new workbook with one tab, `Form responses 1`: a header row, and rows as a form writes them.

    Texts stay texts, whatever they begin with; times are written as wall-clock times, their zone dropped.
    Raises SheetError if the file exists (it is never overwritten) or cannot be made.
    """
    book = NewWorkbook()
    sheet = book.worksheets[0]
    sheet.title = RESPONSES_TAB
    for values in (headers, *rows):
        sheet.append([_new_cell(sheet, value) for value in values])
    for column in range(1, len(headers) + 1):
        style_header(sheet, column, "F2F2F2")
        sheet.column_dimensions[get_column_letter(column)].width = 22
    sheet.freeze_panes = "A2"
    saved = BytesIO()
    book.save(saved)
    create_file(path, saved.getvalue())


def _new_cell(sheet: Worksheet, value: CellValue) -> NewCell:
    cell = NewCell(sheet, row=1, column=1)  # its place is given where it is appended
    if isinstance(value, str):
        cell.value = escape(plain(value))
        cell.data_type = "s"  # also for what looks like a formula or an error
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
        cell.number_format = TIMESTAMP_FORMAT
    else:
        cell.value = value
    return cell
