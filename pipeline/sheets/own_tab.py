"""The tab `Convene` before a kind of sheet writes it: which cell goes where, and which differ from what stands there.

Organisers may insert rows there, too. So their cells are found by the labels beside them and stay where they are; what
Convene writes goes around and below them. What was last written is kept in the sheet, where people do not see it, as
`Placed.state`: content is compared with the cells themselves, looks and charts with that.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from itertools import groupby

from pipeline.intake.controls import read_controls
from pipeline.model.controls import LABELS, Controls
from pipeline.model.frozen import dataclass
from pipeline.model.said import words_of
from pipeline.model.sheet import BLANK, Cell
from pipeline.model.tab import CONTROLS_ROW, Area, Control, Look, Tab, TabCell
from pipeline.model.text import fold
from pipeline.sheets.cells import LONGEST_TEXT, plain
from pipeline.sheets.differences import CellAt

LONGEST_LINK = 255
"""Characters of a text in a formula (Excel specifications and limits)."""

_LABEL, CONTROL_COLUMN, _HINT = 1, 2, 3
_NAMES = {fold(label): name for name in LABELS for label in words_of("control", name)}
"""The controls by their labels, whatever the language they were written in."""
_BLANK_ROW = "-"


@dataclass(frozen=True, slots=True)
class TabAsRead:
    """The tab as it stands: its cells that are not blank, the formulas in some of them, what was written last.

    `state` is None where that is not known; `last_row` is the last that has any cell.
    """

    cells: Mapping[CellAt, Cell]
    formulas: Mapping[CellAt, str]
    state: str | None = None
    last_row: int = 0

    @property
    def controls(self) -> Controls:
        """Return what the organisers set. A link is nobody's label: people's names may stand in it."""
        rows = sorted(row for row, column in self.cells if column == _LABEL)
        return read_controls(
            (self.cells[row, _LABEL], self.cells.get((row, CONTROL_COLUMN), BLANK))
            for row in rows
            if (row, _LABEL) not in self.formulas
        )

    @property
    def is_ours(self) -> bool:
        """Whether it can be the tab that Convene wrote: a name or mark alone may have come to mean another."""
        return not self.cells or any(self._label(row) in _NAMES for row, _ in self.cells)

    def find(self, control: Control) -> int | None:
        """Return the first row with the label of a control."""
        return min(
            (row for row, _ in self.cells if _NAMES.get(self._label(row)) == control.name), default=None
        )

    def _label(self, row: int) -> str:
        place = (row, _LABEL)
        return "" if place in self.formulas else fold(self.cells.get(place, BLANK).text)


NOTHING_YET = TabAsRead({}, {})


@dataclass(frozen=True, slots=True)
class Span:
    """A rectangle of the tab: its first and last row, its first and last column, counted from 1."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class PlacedTab:
    """The tab as it should be, its cells by row and column (from 1); `controls` are the rows of the controls.

    `new` are the controls that had no row before: whatever stands in their cells is none of the organisers'. `kept` is
    the state of what only gets another heading and notice; None: everything is to be as `tab` says.
    """

    tab: Tab
    controls: Mapping[str, int]
    new: frozenset[str]
    heading: int
    kept: str | None = None

    @cached_property
    def width(self) -> int:
        """How many columns are Convene's."""
        return max(_HINT, len(self.tab.widths), *(len(row) for row in self.tab.rows), 0)

    @cached_property
    def first_row(self) -> int:
        """The sheet's row of the first of `Tab.rows`."""
        return self.notice + 1

    @cached_property
    def notice(self) -> int:
        """The sheet's row of the notice."""
        return max(self.controls.values(), default=CONTROLS_ROW - 1) + 1

    @cached_property
    def keeps(self) -> bool:
        """Whether only heading and notice are to be written."""
        return self.kept is not None

    @cached_property
    def theirs(self) -> frozenset[CellAt]:
        """The organisers' cells."""
        return frozenset((row, CONTROL_COLUMN) for row in self.controls.values())

    @cached_property
    def cells(self) -> Mapping[CellAt, TabCell]:
        """All that Convene writes; no more than a cell can hold."""
        cells: dict[CellAt, TabCell] = {}
        if self.heading > 0:
            cells[self.heading, _LABEL] = TabCell(plain(self.tab.heading), Look.HEADING)
        for control in () if self.keeps else self.tab.controls:
            row = self.controls[control.name]
            cells[row, _LABEL] = TabCell(control.label, Look.LABEL)
            cells[row, _HINT] = TabCell(control.hint, Look.HINT)
        rows = () if self.keeps else self.tab.rows
        for number, line in enumerate((self.tab.notice, *rows), self.notice):
            for column, cell in enumerate(line, 1):
                if cell is not None:
                    value = _fit(cell.value, LONGEST_LINK if cell.to else LONGEST_TEXT)
                    cells[number, column] = TabCell(value, cell.look, cell.to)
        return cells

    @cached_property
    def last_row(self) -> int:
        """The last row in which Convene writes."""
        return max((row for row, _ in (*self.cells, *self.theirs)), default=0)

    @cached_property
    def state(self) -> str:
        """What the looks come to, row by row, and a hash of all that is no cell: charts, drop-downs, widths."""
        rest = repr((self.tab.charts, self.tab.controls, sorted(self.controls.items()), self.tab.widths))
        frame, patterns = _hash(rest), [self._pattern(row) for row in range(1, self.last_row + 1)]
        if self.kept is not None:
            frame, before = self.kept.partition(" ")[0], _patterns(self.kept)
            rows, ours = range(1, max(len(before), self.notice) + 1), (self.heading, self.notice)
            patterns = [self._pattern(row) if row in ours else _at(before, row) for row in rows]
        runs = (f"{pattern}*{sum(1 for _ in run)}" for pattern, run in groupby(patterns))
        return " ".join((frame, *runs))

    def _pattern(self, row: int) -> str:
        looks = [self._look((row, column)) for column in range(1, self.width + 1)]
        return _hash(",".join(looks))[:4] if any(looks) else _BLANK_ROW

    def _look(self, place: CellAt) -> str:
        if place in self.theirs:
            return Look.THEIRS
        return self.cells[place].look if place in self.cells else ""

    def has_kept_frame(self, standing: TabAsRead) -> bool:
        """Whether charts, drop-downs and widths are as they were written last."""
        return (standing.state or "").partition(" ")[0] == self.state.partition(" ")[0]

    def restyled(self, standing: TabAsRead) -> frozenset[int]:
        """Return the rows whose cells look otherwise than when they were written last."""
        if standing.state is None:
            return frozenset(range(1, max(self.last_row, standing.last_row) + 1))
        before, after = _patterns(standing.state), _patterns(self.state)
        rows = range(1, max(len(before), len(after)) + 1)
        return frozenset(row for row in rows if _at(before, row) != _at(after, row))

    def to_write(
        self, standing: TabAsRead, leads: Callable[[TabCell, str], bool]
    ) -> Mapping[CellAt, TabCell | None]:
        """Return the cells to write, and those to empty (None); never one of the organisers' that is theirs already.

        `leads` says whether a formula is the link of a cell.
        """
        restyled, there = self.restyled(standing), standing.cells
        last = max((self.last_row, *(row for row, _ in there), *restyled))
        rows = {self.heading, self.notice} - {0} if self.keeps else range(1, last + 1)
        ours = ((row, column) for row in rows for column in range(1, self.width + 1))
        emptied = {(self.controls[name], CONTROL_COLUMN) for name in self.new} & there.keys()
        kept = self.theirs - emptied
        return {
            place: self.cells.get(place)
            for place in ours
            if place not in kept
            and (place in self.cells or place[0] <= standing.last_row)
            and (place[0] in restyled or not _is_same(self.cells.get(place), place, standing, leads))
        }

    def span(self, area: Area) -> Span:
        """Return where a part of `Tab.rows` stands."""
        top, left = self.first_row + area.row, area.column + 1
        return Span(top, top + area.rows - 1, left, left + area.columns - 1)


def _is_same(
    wanted: TabCell | None, place: CellAt, standing: TabAsRead, leads: Callable[[TabCell, str], bool]
) -> bool:
    there, formula = standing.cells.get(place, BLANK), standing.formulas.get(place, "")
    if wanted is None or wanted.value == "":
        return there == BLANK and not formula
    if wanted.to:
        return there.text == wanted.value and leads(wanted, formula)
    if isinstance(wanted.value, int):
        return there.value == wanted.value and not isinstance(there.value, bool) and not formula
    return there.text == wanted.value and isinstance(there.value, str) and not formula


def _fit(value: str | int, longest: int) -> str | int:
    return plain(value)[:longest] if isinstance(value, str) else value


def place(tab: Tab, standing: TabAsRead = NOTHING_YET) -> PlacedTab:
    """Say where everything goes; controls that are there stay in their rows."""
    found = {control.name: standing.find(control) for control in tab.controls}
    rows = {name: row for name, row in found.items() if row is not None}
    heading = min(rows.values(), default=CONTROLS_ROW) - 1
    if rows and tab.keeps:
        return PlacedTab(tab, rows, frozenset(), heading, standing.state or "")
    new = tuple(name for name, row in found.items() if row is None)
    below = max(rows.values(), default=CONTROLS_ROW - 1) + 1
    rows |= {name: row for row, name in enumerate(new, below)}
    return PlacedTab(tab, rows, frozenset(new), heading)


def free_title(wanted: str, taken: Iterable[str], longest: int = 31) -> str:
    """Return a title for the tab that no other has: `Convene (2)` where organisers have a tab `Convene`."""
    there, number, title = {fold(one) for one in taken}, 1, wanted
    while fold(title) in there:
        number += 1
        title = f"{wanted[: longest - 5]} ({number})"
    return title


_SIGNS = re.compile(r"[$\s]")


def literal(text: str) -> str:
    """Write a text as a formula has it: between quotes, those in it doubled, so that nothing in it is a formula's."""
    return '"{}"'.format(text.replace('"', '""'))


def leads_to(formula: str, pieces: Iterable[str], letters: str) -> bool:
    """Whether a formula has these pieces and looks in a column, however a program spells it."""
    said = _SIGNS.sub("", formula)
    is_there = re.search(rf"!{letters}1?:{letters}(?![A-Z])", said) is not None
    return is_there and all(_SIGNS.sub("", piece) in said for piece in pieces)


def _patterns(state: str) -> list[str]:
    runs = (run.partition("*") for run in state.split(" ")[1:])
    return [pattern for pattern, _, number in runs for _ in range(int(number) if number.isdecimal() else 0)]


def _at(patterns: list[str], row: int) -> str:
    return patterns[row - 1] if row <= len(patterns) else _BLANK_ROW


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
