"""A spreadsheet: tabs of rows, columns and cells, and all that hangs on them.

Rows and columns have a `uid` that stays whatever is moved, so that metadata follows them; sorting moves what
is in rows, not the rows. Every change of what is in a cell is written down with who did it (`Writing`).
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from itertools import count
from typing import Any, Literal

from tests.support.google_fake.errors import PROTECTED, Refused
from tests.support.google_fake.schema import Json
from tests.support.google_fake.values import EMPTY, Box, shown

Axis = Literal["ROWS", "COLUMNS"]

API = "api"

ACCOUNT = "convene@made-up-project.iam.gserviceaccount.com"
"""The service account that comes in through the API."""

_uids = count(1)


class World(StrEnum):
    """What nobody has measured, or few have: what a sort does to marks on rows, and when requests are validated."""

    STAYS = "stays"
    """Marks stay on the row's place when what is in the rows is sorted."""
    TRAVELS = "travels"
    """Marks go with what is in their row, as long as whole rows are sorted."""
    VALIDATES_FIRST = "validates first"
    """All requests of an update are validated before the first is carried out; marks stay."""


@dataclass(slots=True)
class Line:
    """A row (with its cells, as far as any were filled) or a column (whose cells are in the rows)."""

    cells: list[Box] = field(default_factory=list)
    hidden_by_user: bool = False
    hidden_by_filter: bool = False
    pixels: int = 100
    uid: int = field(default_factory=lambda: next(_uids))

    def box(self, column: int) -> Box:
        return self.cells[column] if column < len(self.cells) else EMPTY

    def copy(self) -> "Line":
        return Line(list(self.cells), self.hidden_by_user, self.hidden_by_filter, self.pixels, self.uid)


@dataclass(frozen=True, slots=True)
class Area:
    """Part of a tab; ends are exclusive."""

    top: int
    bottom: int
    left: int
    right: int

    def __contains__(self, place: tuple[int, int]) -> bool:
        return self.top <= place[0] < self.bottom and self.left <= place[1] < self.right


@dataclass(frozen=True, slots=True)
class Writing:
    """One change of what is in a cell: by whom, under which header, and what else stood in the row."""

    writer: str
    tab: int
    row: int
    column: int
    header: str
    before: Json
    after: Json


@dataclass(slots=True)
class Metadata:
    """A developer metadata entry; `uid` is the row's or column's that it hangs on, `tab` its tab."""

    id: int
    key: str
    value: str
    visibility: str
    tab: int | None = None
    axis: Axis | None = None
    uid: int | None = None


@dataclass(slots=True)
class Tab:
    """One sheet of the spreadsheet."""

    id: int
    title: str
    rows: list[Line]
    columns: list[Line]
    frozen_rows: int = 0
    hidden: bool = False
    protections: list[Json] = field(default_factory=list)
    colours: list[Json] = field(default_factory=list)
    filter: Json = field(default_factory=dict)
    charts: list[Json] = field(default_factory=list)

    def lines(self, axis: Axis) -> list[Line]:
        return self.rows if axis == "ROWS" else self.columns

    def copy(self) -> "Tab":
        return replace(
            self,
            rows=[line.copy() for line in self.rows],
            columns=[line.copy() for line in self.columns],
            protections=deepcopy(self.protections),
            colours=deepcopy(self.colours),
            filter=deepcopy(self.filter),
            charts=deepcopy(self.charts),
        )

    def area(self, given: Json) -> Area:
        """Return what a GridRange names; what it leaves out is unbounded. Raises Refused outside the grid."""
        heights, widths = len(self.rows), len(self.columns)
        area = Area(
            given.get("startRowIndex", 0),
            given.get("endRowIndex", heights),
            given.get("startColumnIndex", 0),
            given.get("endColumnIndex", widths),
        )
        if not (0 <= area.top < area.bottom <= heights and 0 <= area.left < area.right <= widths):
            raise Refused(
                400, f"Range exceeds grid limits. Max rows: {heights}, max columns: {widths} (asked: {area})"
            )
        return area

    def header(self, column: int, locale: str) -> str:
        return shown(self.rows[0].box(column), locale) if self.rows else ""


@dataclass(slots=True)
class Document:
    """A spreadsheet, who may edit it, and what was done to it."""

    id: str
    title: str = "Call for participants (responses)"
    locale: str = "en_GB"
    zone: str = "Europe/Madrid"
    tabs: list[Tab] = field(default_factory=list)
    metadata: list[Metadata] = field(default_factory=list)
    writings: list[Writing] = field(default_factory=list)
    dressed: set[int] = field(default_factory=set)
    """The uids of the columns in which the API changed looks, drop-downs or notes."""
    world: World = World.STAYS
    access: str = "writer"
    """What the service account may do: `writer`, `reader` or `none`."""
    api: str = API
    """The writer of whatever comes in through the API; a test may name each run."""

    def tab(self, sheet_id: int) -> Tab:
        for tab in self.tabs:
            if tab.id == sheet_id:
                return tab
        raise Refused(400, f"No grid with id: {sheet_id}")

    def titled(self, title: str) -> Tab | None:
        return next((tab for tab in self.tabs if tab.title == title), None)

    def copy(self) -> "Document":
        """Return what can be put back when the rest of a request is refused."""
        return replace(
            self,
            tabs=[tab.copy() for tab in self.tabs],
            metadata=[replace(entry) for entry in self.metadata],
            writings=list(self.writings),
            dressed=set(self.dressed),
        )

    def restore(self, earlier: "Document") -> None:
        """Put back what `copy` kept; tabs stay the same objects, for those who look at them."""
        known = {tab.id: tab for tab in self.tabs}
        self.tabs = [_put_back(known.get(tab.id, tab), tab) for tab in earlier.tabs]
        self.title, self.metadata = earlier.title, earlier.metadata
        self.writings, self.dressed = earlier.writings, earlier.dressed

    def put(self, tab: Tab, row: int, column: int, box: Box, writer: str) -> None:
        """Replace a cell, and write down who did it. Raises Refused where a protection keeps the API out."""
        if writer == self.api:
            self._refuse_protected(tab, row, column)
        line = tab.rows[row]
        before = line.box(column)
        if column >= len(line.cells):
            line.cells.extend([EMPTY] * (column + 1 - len(line.cells)))
        if before.entered != box.entered:
            header = tab.header(column, self.locale)
            self.writings.append(
                Writing(
                    writer, tab.id, line.uid, tab.columns[column].uid, header, before.entered, box.entered
                )
            )
        looks = (before.format, before.rule, before.note) != (box.format, box.rule, box.note)
        if looks and writer == self.api:
            self.dressed.add(tab.columns[column].uid)
        line.cells[column] = replace(box, writer=writer)

    def _refuse_protected(self, tab: Tab, row: int, column: int) -> None:
        for protection in tab.protections:
            free = any((row, column) in tab.area(part) for part in protection.get("unprotectedRanges", ()))
            inside = (row, column) in tab.area(protection.get("range", {}))
            if inside and not free and not may_edit(protection):
                raise Refused(400, PROTECTED)

    # --- rows and columns ------------------------------------------------------------------------------

    def insert(self, tab: Tab, axis: Axis, at: int, number: int = 1) -> None:
        tab.lines(axis)[at:at] = [Line(pixels=21 if axis == "ROWS" else 100) for _ in range(number)]
        if axis == "COLUMNS":
            for line in tab.rows:
                if at < len(line.cells):
                    line.cells[at:at] = [EMPTY] * number
        _shift(tab, axis, at, number)

    def delete(self, tab: Tab, axis: Axis, start: int, end: int) -> None:
        """Delete rows or columns with all that hangs on them."""
        gone = {line.uid for line in tab.lines(axis)[start:end]}
        del tab.lines(axis)[start:end]
        if axis == "COLUMNS":
            for line in tab.rows:
                del line.cells[start:end]
        self.metadata = [entry for entry in self.metadata if entry.uid not in gone]
        _shift(tab, axis, start, start - end)

    def move(self, tab: Tab, axis: Axis, source: int, target: int) -> None:
        """Move one row or column to `target`, counted once it has been taken out."""
        _move(tab.lines(axis), source, target)
        if axis == "COLUMNS":
            for line in tab.rows:
                line.cells.extend([EMPTY] * (len(tab.columns) - len(line.cells)))
                _move(line.cells, source, target)
        for stored in _stored_ranges(tab):
            _follow(stored, axis, source, target)

    def sort(self, tab: Tab, area: Area, order: Callable[[list[list[Box]]], list[int]]) -> None:
        """Sort what is in an area; `order` says which of its rows (from 0) comes first, second, ..."""
        rows = tab.rows[area.top : area.bottom]
        parts = [[line.box(at) for at in range(area.left, area.right)] for line in rows]
        chosen = order(parts)
        for line, source in zip(rows, chosen, strict=True):
            line.cells.extend([EMPTY] * (area.right - len(line.cells)))
            line.cells[area.left : area.right] = parts[source]
        used = max((len(line.cells) for line in tab.rows), default=0)
        if self.world is World.TRAVELS and area.left == 0 and area.right >= used:
            gone = {rows[source].uid: line.uid for line, source in zip(rows, chosen, strict=True)}
            for entry in self.metadata:
                if entry.axis == "ROWS" and entry.uid is not None:
                    entry.uid = gone.get(entry.uid, entry.uid)

    def delete_tab(self, tab: Tab) -> None:
        if len(self.tabs) == 1:
            raise Refused(400, "You can't remove all the sheets in a document.")
        self.tabs.remove(tab)
        self.metadata = [entry for entry in self.metadata if entry.tab != tab.id]


def may_edit(protection: Json) -> bool:
    """Whether a protection lets the service account through."""
    return bool(protection.get("warningOnly") or ACCOUNT in protection.get("editors", {}).get("users", ()))


def make_tab(sheet_id: int, title: str, rows: int, columns: int) -> Tab:
    """Return an empty tab."""
    return Tab(sheet_id, title, [Line(pixels=21) for _ in range(rows)], [Line() for _ in range(columns)])


def _put_back(tab: Tab, earlier: Tab) -> Tab:
    for entry in fields(Tab):
        setattr(tab, entry.name, getattr(earlier, entry.name))
    return tab


def _move(lines: list[Any], source: int, target: int) -> None:
    lines.insert(target, lines.pop(source))


def _names(axis: Axis) -> tuple[str, str]:
    kind = "Row" if axis == "ROWS" else "Column"
    return f"start{kind}Index", f"end{kind}Index"


def _stored_ranges(tab: Tab) -> Iterator[Json]:
    yield from (protection["range"] for protection in tab.protections if "range" in protection)
    for rule in tab.colours:
        yield from rule.get("ranges", ())
    if "range" in tab.filter:
        yield tab.filter["range"]


def _shift(tab: Tab, axis: Axis, at: int, number: int) -> None:
    """Let protections, colours and filters follow rows or columns that came (or, below zero, went)."""
    start, end = _names(axis)
    for stored in _stored_ranges(tab):
        for name, includes in ((start, at - 1), (end, at)):
            if stored.get(name, -1) > includes:
                stored[name] = max(stored[name] + number, at)
    _drop_empty(tab, start, end)


def _drop_empty(tab: Tab, start: str, end: str) -> None:
    def holds(given: Json) -> bool:
        return end not in given or bool(given.get(start, 0) < given[end])

    tab.protections = [one for one in tab.protections if holds(one.get("range", {}))]
    for rule in tab.colours:
        rule["ranges"] = [given for given in rule.get("ranges", ()) if holds(given)]
    tab.colours = [rule for rule in tab.colours if rule["ranges"]]


def _follow(stored: Json, axis: Axis, source: int, target: int) -> None:
    """Let a range of one line follow it; a wider one stays where it is, as long as its ends hold."""
    start, end = _names(axis)
    if (stored.get(start), stored.get(end)) == (source, source + 1):
        stored[start], stored[end] = target, target + 1
