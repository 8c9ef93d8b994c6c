"""Hand-written stand-ins for the edges: they run the same suites as the real ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self, TypeVar

from pipeline.intake.columns import find_columns, typed_under
from pipeline.mail.base import Handover, Letter, Reply
from pipeline.model.call import NO_QUESTIONS, Columns
from pipeline.model.controls import NO_CONTROLS, Controls, Glance
from pipeline.model.errors import HeaderError
from pipeline.model.sheet import BLANK, ORGANISER_COLUMNS, OWN_COLUMNS, Cell, CellValue, Row, Snapshot, Stamp
from pipeline.model.tab import Tab
from pipeline.model.text import fold
from pipeline.sheets.base import Project, SetUp
from pipeline.sheets.cells import plain
from pipeline.sheets.differences import CellAt
from pipeline.sheets.other_runs import KnownStamps
from pipeline.sheets.own_tab import NOTHING_YET, TabAsRead, free_title, place

T = TypeVar("T")


def shown(value: CellValue) -> str:
    """Return a cell's text as a sheet shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else f"{value:%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value


@dataclass
class FakeSheet:
    """A sheet in memory. `on_write` is called before each write, to meddle or to fail."""

    table: list[list[CellValue]] = field(default_factory=list)
    writes: int = 0
    on_write: Callable[[], None] = lambda: None
    stamp: Stamp | None = None
    calls: int = 0
    known: KnownStamps = field(default_factory=KnownStamps)
    is_held: bool = False
    ours: Columns = NO_QUESTIONS
    controls: Controls = NO_CONTROLS
    tabs: dict[str, dict[CellAt, CellValue]] = field(default_factory=dict)
    own: str = ""
    replies: str = ""
    state: str | None = None
    links: dict[CellAt, str] = field(default_factory=dict)
    tab: Tab | None = None
    shows: int = 0

    def read(self) -> Snapshot:
        snapshot = self.look()
        if self.is_held:
            self.known.raise_if_another(snapshot, held=True)
        else:
            self.known.see(snapshot)
        return snapshot

    def look(self) -> Snapshot:
        top = self.ours.header_row
        headers = tuple(shown(value) for value in self.table[top - 1])
        rows = (Row(n, tuple(map(_cell, values))) for n, values in enumerate(self.table[top:], top + 1))
        filled = tuple(row for row in rows if any(c != BLANK for c in row.cells))
        controls, replies = self._controls(), self._replies()
        return Snapshot("fake sheet", headers, filled, self.stamp, controls=controls, replies=replies)

    def _replies(self) -> Snapshot | None:
        cells = next((tab for title, tab in self.tabs.items() if fold(title) == fold(self.replies)), None)
        if cells is None:
            return None
        rows = []
        for number in sorted({row for row, _ in cells}):
            last = max(column for row, column in cells if row == number)
            rows.append(Row(number, tuple(_cell(cells.get((number, at))) for at in range(1, last + 1))))
        headers, *rows = rows
        return Snapshot("fake sheet", tuple(cell.text for cell in headers.cells), tuple(rows))

    def lease(self, stamp: Stamp | None = None, *, set_up: bool = False) -> "FakeLease":
        if set_up:
            self.set_up()
        find_columns(self.look(), self.ours)
        self.on_write()
        self._stamp(stamp)
        self.is_held = True
        return FakeLease(self)

    def _stamp(self, stamp: Stamp | None) -> None:
        self.known.raise_if_another(self.look(), held=self.is_held)
        if stamp:
            self.known.leave(stamp)
            self.stamp = stamp

    def write(self, project: Project, closing: Stamp | None = None) -> int:
        positions = find_columns(self.look(), self.ours).own
        if not positions:
            raise HeaderError("fake sheet", OWN_COLUMNS, ())
        changed = 0
        self.on_write()
        self.known.raise_if_another(self.look(), held=self.is_held)
        for change in project(self.look()):
            row = self.table[change.row - 1]
            row.extend([None] * (len(self.table[self.ours.header_row - 1]) - len(row)))
            before = list(row)
            for header, text in zip(OWN_COLUMNS, map(plain, change.after.texts()), strict=True):
                row[positions[header]] = text or None
            changed += before != row
        self.writes += bool(changed)
        if closing:
            self._stamp(closing)
            self.is_held = False
        return changed

    def set_up(self) -> bool:
        positions = find_columns(self.look(), self.ours)
        missing = (
            *(() if positions.organisers else ORGANISER_COLUMNS),
            *(() if positions.own else OWN_COLUMNS),
        )
        self.table[self.ours.header_row - 1].extend(map(self.ours.title, missing))
        return bool(missing)

    def mark(self) -> str:
        return ""

    def glance(self, *, words: bool = False) -> Glance:
        return Glance(self._controls(), typed_under(self.look(), self.ours, "Decision") if words else ())

    def _controls(self) -> Controls:
        """Return what a test set, or what stands in the tab `Convene`."""
        is_set = self.controls != NO_CONTROLS or self.own not in self.tabs
        return self.controls if is_set else self.standing().controls

    def standing(self) -> TabAsRead:
        cells = self.tabs.get(self.own, {})
        last = max((row for row, _ in cells), default=0)
        return TabAsRead({at: _cell(value) for at, value in cells.items()}, self.links, self.state, last)

    def show(self, tab: Tab) -> bool:
        """Show links as their texts, with the reference for a formula."""
        self.tab = tab
        is_there = self.own in self.tabs
        standing = self.standing() if is_there else NOTHING_YET
        placed = place(tab, standing)
        cells = placed.to_write(standing, lambda cell, formula: cell.to == formula)
        if is_there and not cells and placed.state == self.state:
            return False
        self.own = self.own if is_there else free_title(tab.title, self.tabs)
        there = self.tabs.setdefault(self.own, {})
        self.shows += 1
        for at, cell in cells.items():
            there.pop(at, None)
            self.links.pop(at, None)
            if cell is not None and cell.value != "":
                there[at] = float(cell.value) if isinstance(cell.value, int) else cell.value
                self.links |= {at: cell.to} if cell.to else {}
        self.state = placed.state
        return True

    def acknowledge(self) -> None:
        """Nothing is hidden in this sheet."""

    def prove(self, *, again: bool = False) -> tuple[str, ...]:
        return ()


def _cell(value: CellValue) -> Cell:
    return BLANK if value is None else Cell(shown(value), value)


class FakeLease:
    """The sheet, taken."""

    def __init__(self, sheet: FakeSheet) -> None:
        self.sheet = sheet

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sheet.is_held = False


class FakeCase:
    """The shared suite's sheet, in memory."""

    def __init__(self) -> None:
        self.sheet = FakeSheet()

    def make(self, headers: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> None:
        self.sheet.table = [list(headers), *(list(row) for row in rows)]

    def open(self, *, setup: SetUp | None = None) -> FakeSheet:
        self.sheet.ours = setup.ours if setup else NO_QUESTIONS
        self.sheet.replies = setup.replies if setup else ""
        return self.sheet

    def sort(self, header: str) -> None:
        headers, *rows = self.sheet.table
        index = headers.index(header)
        self.sheet.table = [headers, *sorted(rows, key=lambda row: shown(row[index]))]

    def insert_row(self, row: int) -> None:
        self.sheet.table.insert(row - 1, [])

    def delete_row(self, row: int) -> None:
        del self.sheet.table[row - 1]

    def move_column(self, header: str) -> None:
        index = self.sheet.table[0].index(header)
        for row in self.sheet.table:
            row.extend([None] * (len(self.sheet.table[0]) - len(row)))
            row.insert(0, row.pop(index))

    def rename_header(self, old: str, new: str) -> None:
        self.sheet.table[0][self.sheet.table[0].index(old)] = new

    def type_into(self, row: int, header: str, text: str) -> None:
        cells = self.sheet.table[row - 1]
        cells.extend([None] * (len(self.sheet.table[0]) - len(cells)))
        cells[self.sheet.table[0].index(header)] = text

    def let_another_run(self, stamp: Stamp) -> None:
        self.sheet.stamp = stamp

    def cells(self) -> tuple[tuple[str, ...], ...]:
        return tuple(_trimmed(tuple(map(shown, row))) for row in self.sheet.table)

    def titles(self) -> tuple[str, ...]:
        return tuple(self.sheet.tabs)

    def cells_of(self, title: str) -> tuple[tuple[str, ...], ...]:
        cells = self.sheet.tabs[title]
        rows, columns = (max((at[axis] for at in cells), default=0) for axis in (0, 1))
        return tuple(
            _trimmed(tuple(shown(cells.get((row, column))) for column in range(1, columns + 1)))
            for row in range(1, rows + 1)
        )

    def put_in(self, title: str, row: int, column: int, text: str) -> None:
        cells = self.sheet.tabs.setdefault(title, {})
        cells.pop((row, column), None)
        cells |= {(row, column): text} if text else {}

    def insert_row_in(self, title: str, row: int) -> None:
        self.sheet.tabs[title] = _pushed_down(self.sheet.tabs[title], row)
        self.sheet.links = _pushed_down(self.sheet.links, row)

    def delete_tab(self, title: str) -> None:
        del self.sheet.tabs[title]

    def rename_tab(self, old: str, new: str) -> None:
        self.sheet.tabs[new] = self.sheet.tabs.pop(old)
        self.sheet.own = new if self.sheet.own == old else self.sheet.own


def _pushed_down(cells: Mapping[CellAt, T], first: int) -> dict[CellAt, T]:
    return {(row + (row >= first), column): value for (row, column), value in cells.items()}


def _trimmed(texts: tuple[str, ...]) -> tuple[str, ...]:
    last = max((index for index, text in enumerate(texts, 1) if text), default=0)
    return texts[:last]


@dataclass
class FakeMailer:
    """A way of sending that keeps letters; `replies` maps an address to the answers it gets, in turn."""

    delivered: list[Letter] = field(default_factory=list)
    replies: dict[str, list[Reply | Exception]] = field(default_factory=dict)
    on_send: Callable[[Letter], None] = lambda _letter: None

    def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
        self.on_send(letter)
        answer = self.replies[letter.to].pop(0) if self.replies.get(letter.to) else None
        if isinstance(answer, Exception):
            raise answer
        if answer is None or answer.outcome in {Handover.ACCEPTED, Handover.IN_DOUBT}:
            commit()
            self.delivered.append(letter)
        return answer or Reply(Handover.ACCEPTED, "250 taken")

    def has(self, message_id: str) -> bool | None:
        return True if any(letter.message_id == message_id for letter in self.delivered) else None

    def check(self) -> str:
        return "a fake"

    def close(self) -> None:
        """There is nothing to end."""


def blow_up(*_: object) -> None:
    """Fail: this must not be called."""
    raise AssertionError("called where nothing was to be done")
