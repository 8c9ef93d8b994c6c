"""What a tab of Convene's own is, before a kind of sheet writes it: cells, the organisers' controls, charts.

Row 1 of the tab has the title. The controls follow from `CONTROLS_ROW`: label in column A, the organisers' cell in B,
hint in C. Below them is a row for a notice, mostly blank; then come the rows. So `Area`s and the rows count from 0,
where the sheet's first is `Tab.first_row`.
"""

from enum import StrEnum

from pipeline.model.frozen import dataclass

CONTROLS_ROW = 2
"""The sheet's row (from 1) of the first control."""


class Look(StrEnum):
    """How a cell looks; the kind of sheet decides on colours and sizes."""

    HEADING = "heading"
    """The title of a part, bold and larger, over the whole width."""
    LABEL = "label"
    """The name of a column or a value, bold."""
    TEXT = "text"
    """Words, wrapped."""
    NUMBER = "number"
    LINK = "link"
    """Words that lead to a person's row."""
    ALERT = "alert"
    """Words that nobody should miss, wrapped, in a warm colour."""
    QUIET = "quiet"
    """Words that may be passed over, wrapped, in grey."""
    HINT = "hint"
    """Words beside a control, in grey and in one line, over the blank cells at their right."""
    THEIRS = "theirs"
    """The value of a control: marked as the organisers' to write in."""


@dataclass(frozen=True, slots=True)
class TabCell:
    """What stands in one cell, always as a value and never as somebody's formula.

    `to` is a reference: the cell leads to that person's row of the responses, found when it is clicked, also after a
    sort.
    """

    value: str | int
    look: Look = Look.TEXT
    to: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """One of the organisers' cells. `name` is the field of `Controls`; `choices` are what a drop-down offers."""

    name: str
    label: str
    hint: str
    choices: tuple[str, ...] = ()


class ChartKind(StrEnum):
    """How a chart is drawn: lying bars, standing columns, a line."""

    BAR = "bar"
    COLUMN = "column"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells: its first row and column, from 0 in `Tab.rows`, and how many of each."""

    row: int
    column: int
    rows: int
    columns: int = 1


@dataclass(frozen=True, slots=True)
class TabChart:
    """A native chart. `series` has name and cells of the values of each line or colour; `at` is where it lies."""

    title: str
    kind: ChartKind
    names: Area
    series: tuple[tuple[str, Area], ...]
    at: Area


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as it should be; `widths` are those of its columns, in pixels. `rows` may be shorter than `widths`.

    With `keeps`, only heading and notice are to be as they are here, and all else stays as it stands; the whole is
    for a sheet in which there is no such tab yet.
    """

    title: str
    heading: str
    controls: tuple[Control, ...]
    rows: tuple[tuple[TabCell | None, ...], ...]
    charts: tuple[TabChart, ...] = ()
    widths: tuple[int, ...] = ()
    notice: tuple[TabCell | None, ...] = ()
    keeps: bool = False

    @property
    def first_row(self) -> int:
        """The sheet's row (from 1) of `rows[0]`."""
        return CONTROLS_ROW + len(self.controls) + 1
