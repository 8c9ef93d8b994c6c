"""The organisers' sheet as a local .xlsx workbook.

Reading walks the tab's own XML (see `rows`); writing changes what is to be changed in it (see `patch`, `frame`), so
nothing that people put in the workbook is lost. A file is replaced whole or not at all, and never while somebody has it
open.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from pipeline.intake.columns import ColumnPositions, find_columns, typed_under
from pipeline.model.controls import LABELS, Glance
from pipeline.model.errors import HeaderError, SheetError
from pipeline.model.sheet import BLANK, OWN_COLUMNS, CellValue, OwnCells, Snapshot, Stamp
from pipeline.model.tab import Control, Tab
from pipeline.sheets.base import Project, SetUp
from pipeline.sheets.cells import plain
from pipeline.sheets.differences import CellAt, Written, find_differences
from pipeline.sheets.other_runs import KnownStamps
from pipeline.sheets.xlsx.copies import Copies, as_cells
from pipeline.sheets.xlsx.files import (
    ChangedMeanwhile,
    create_file,
    prove_writable,
    read_bytes,
    refuse_if_open,
    replace_file,
)
from pipeline.sheets.xlsx.package import Package
from pipeline.sheets.xlsx.read import Book, all_cells

ATTEMPTS = 3
"""How often a write begins anew because the file changed meanwhile."""

REHEARSAL = Tab("Convene", "-", tuple(Control(name, label, "-") for name, label in LABELS.items()), ())

ANSWERS_WIDTH = 36.0
"""Of the columns of further tabs, in characters."""

RESPONSES_TAB = "Form responses 1"
"""What Google Forms calls the tab it writes to."""


class Workbook:
    """A `sheets.base.Sheet` on one tab of an .xlsx file (`tab` empty: the first tab)."""

    def __init__(self, path: Path, tab: str, setup: SetUp) -> None:
        self._path, self._setup = path, setup
        self._copies = Copies(path, tab, setup)
        self._stamps, self._is_held = KnownStamps(), False

    @property
    def calls(self) -> int:
        """No requests: the file is on this machine."""
        return 0

    def read(self) -> Snapshot:
        """Read the tab once, whole; also while another program has the file open."""
        snapshot = self._copies.open().snapshot
        if self._is_held:
            self._stamps.raise_if_another(snapshot, held=True)
        else:
            self._stamps.see(snapshot)
        return snapshot

    def mark(self) -> str:
        """Return the hash of the file."""
        return sha256(read_bytes(self._path)).hexdigest()

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
        """Add the organisers' and Convene's columns where they are missing; put right what an earlier version made.

        Returns whether it did anything. Raises SheetError where the file does not let that be done.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(ChangedMeanwhile):
                return self._set_up_once()
        return self._set_up_once()

    def glance(self, *, words: bool = False) -> Glance:
        """Read what organisers set; a file that is as it was is not taken apart again."""
        snapshot, ours = self._copies.open().snapshot, self._setup.ours
        return Glance(snapshot.controls, typed_under(snapshot, ours, "Decision") if words else ())

    def show(self, tab: Tab) -> bool:
        """Let the tab `Convene` be as it should: see `sheets.base.Sheet.show`. Raises SheetBusy as `write` does."""
        for _ in range(ATTEMPTS - 1):
            with suppress(ChangedMeanwhile):
                return self._show_once(tab)
        return self._show_once(tab)

    def _show_once(self, tab: Tab) -> bool:
        book = self._copies.open()
        fresh = self._copies.shown(book, tab)
        if fresh == book.data:
            return False
        refuse_if_open(self._path)
        replace_file(self._path, fresh, book.data)
        # The responses have the same bytes: there is nothing to read anew.
        self._copies.known = replace(book, data=fresh)
        return True

    def acknowledge(self) -> None:
        """Do nothing: a column of a file is known by its header only."""

    def prove(self, *, again: bool = False) -> tuple[str, ...]:
        """Do all that a first run would do to the file, on a copy in memory; raise what that run would."""
        del again  # it costs little
        known, book = self._copies.known, self._copies.open()
        try:
            book = self._copies.open(self._copies.dressed(book))
            positions = self._places(book)
            rows = (row.number for row in book.snapshot.rows)
            cells = {(row, column + 1): "-" for row in rows for column in positions.own.values()}
            self._copies.patched(book, cells)
            self._copies.stamped(book, Stamp("rehearsal", 1, sending=True))
            self._copies.shown(book, REHEARSAL)
        finally:
            self._copies.known = known
        return ()

    def _places(self, book: Book) -> ColumnPositions:
        return find_columns(book.snapshot, self._setup.ours)

    def _stamp_once(self, stamp: Stamp | None) -> None:
        refuse_if_open(self._path)
        book = self._copies.open()
        self._stamps.raise_if_another(book.snapshot, held=self._is_held)
        self._places(book)
        self._copies.prove_patchable(book)
        if stamp is None or stamp == book.snapshot.stamp:
            prove_writable(self._path, book.data)
        else:
            self._leave(stamp, book)

    def _leave(self, stamp: Stamp, book: Book) -> None:
        fresh = self._copies.stamped(book, stamp)
        replace_file(self._path, fresh, book.data)
        self._stamps.leave(stamp)
        # The parts that hold cells have the same bytes: there is nothing to read anew.
        self._copies.known = replace(book, data=fresh, snapshot=replace(book.snapshot, stamp=stamp))
        if self._copies.open().snapshot.stamp != stamp:
            raise self._overwritten("Nothing was sent. Run again in a minute.")

    def _write_once(self, project: Project) -> int:
        refuse_if_open(self._path)
        book = self._copies.open()
        self._stamps.raise_if_another(book.snapshot, held=self._is_held)
        positions = self._places(book)
        if not positions.own:
            raise HeaderError(book.snapshot.title, OWN_COLUMNS, ())
        changes = tuple(replace(change, after=_fit(change.after)) for change in project(book.snapshot))
        cells = find_differences(book.snapshot, positions.own, changes, numbers=book.shows_plainly(""))
        if cells:
            fresh = self._copies.patched(book, cells)
            replace_file(self._path, fresh, book.data)
            self._confirm(fresh, cells)
        return len({row for row, _ in cells})

    def _confirm(self, fresh: bytes, cells: Mapping[CellAt, Written]) -> None:
        book = self._copies.open()
        if book.data == fresh:
            return
        found = all_cells(book.snapshot)
        if any(found.get(place, BLANK) != cell for place, cell in as_cells(cells).items()):
            raise self._overwritten("Run again: the next run writes what is missing.")

    def _set_up_once(self) -> bool:
        book = self._copies.open()
        fresh = self._copies.dressed(book)
        if fresh == book.data:
            return False
        refuse_if_open(self._path)
        replace_file(self._path, fresh, book.data)
        return True

    def _overwritten(self, next_step: str) -> SheetError:
        return SheetError(
            f"{self._path.name} was overwritten by another program right after Convene wrote to it. {next_step}"
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


def _fit(cells: OwnCells) -> OwnCells:
    return OwnCells(*map(plain, cells.texts()))


def create_workbook(
    path: Path,
    headers: Sequence[str] = (),
    rows: Iterable[Sequence[CellValue]] = (),
    tabs: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Make a new workbook with a tab `Form responses 1`: a header row, and rows as a form writes them.

    More `tabs` have only headers, in columns in which dates and addresses are seen whole.
    Texts stay texts, whatever they begin with; times are written as wall-clock times, their zone dropped.
    Raises SheetError if the file exists (it is never overwritten) or cannot be made.
    """
    from pipeline.sheets.xlsx.frame import ColumnLook, set_columns
    from pipeline.sheets.xlsx.new_tab import add_tab, new_package

    data = new_package(RESPONSES_TAB, (headers, *rows))
    for title, first in tabs.items():
        package = Package(data)
        part = add_tab(package, title, (first,))
        looks = dict.fromkeys(range(1, len(first) + 1), ColumnLook(ANSWERS_WIDTH))
        package.write(part, set_columns(package.read_xml(part), looks))
        data = package.build()
    create_file(path, data)
