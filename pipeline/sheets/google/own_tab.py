"""The tab `Convene` in a Google spreadsheet: read from the answer that has the responses, and written where it differs.

Known by a mark of its own, whose value is what its looks were written as (`sheets.own_tab`); charts are known by their
numbers. What people change in looks stays. A mark on the row of the last control is the
guard of every write: rows that were inserted meanwhile let it fail, and no control can be written over.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from pipeline.model.frozen import dataclass
from pipeline.model.sheet import Cell
from pipeline.model.tab import Look, Tab, TabCell
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.google import requests
from pipeline.sheets.google.grid import read_rows
from pipeline.sheets.google.metadata import OWN, Mark, Marks, put, read_marks
from pipeline.sheets.google.own_charts import chart_requests, grid_range
from pipeline.sheets.google.own_controls import NOTHING_KEPT, Kept, keep
from pipeline.sheets.own_tab import (
    CONTROL_COLUMN,
    NOTHING_YET,
    PlacedTab,
    Span,
    TabAsRead,
    free_title,
    leads_to,
    literal,
    place,
)

Json: TypeAlias = dict[str, Any]

CONTROLS = "controls"
"""The name of the mark on the row of the last control."""

_UNFINISHED = "-"
_SPARE_ROWS = 50
_LOOK = (
    "userEnteredFormat(textFormat,backgroundColor,wrapStrategy,verticalAlignment,horizontalAlignment,borders)"
)


def _format(*, fill: str = "", **letters: Any) -> Json:
    look: Json = {"textFormat": letters, "wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
    return look | ({"backgroundColor": requests.colour_of(fill)} if fill else {})


_EDGE = {"style": "SOLID", "color": requests.colour_of("BF9000")}
FORMATS: Mapping[str, Json] = {
    Look.HEADING: _format(bold=True, fontSize=14, foregroundColor=requests.colour_of("1F3864"))
    | {"wrapStrategy": "OVERFLOW_CELL"},
    Look.LABEL: _format(bold=True),
    Look.TEXT: _format(),
    Look.NUMBER: _format() | {"horizontalAlignment": "LEFT"},
    Look.LINK: _format(underline=True, foregroundColor=requests.colour_of("0563C1")),
    Look.ALERT: _format(fill="FCE4D6"),
    Look.QUIET: _format(foregroundColor=requests.colour_of("7F7F7F")),
    Look.HINT: _format(foregroundColor=requests.colour_of("7F7F7F")) | {"wrapStrategy": "OVERFLOW_CELL"},
    Look.THEIRS: _format(fill="FFF2CC")
    | {"borders": dict.fromkeys(("top", "bottom", "left", "right"), _EDGE)},
}


@dataclass(frozen=True, slots=True)
class GoogleTab:
    """The tab as read: its number, its size, its marks, its cells, the numbers of the charts in it."""

    sheet_id: int
    height: int
    width: int
    marks: Marks
    standing: TabAsRead
    charts: frozenset[int]


def is_own(sheet: Json) -> bool:
    """Whether an outline tells of the tab `Convene`."""
    return any(mark.name == OWN for mark in read_marks(sheet.get("developerMetadata", ())))


def read_own_tab(sheet: Json) -> GoogleTab:
    """Take apart what an answer has of the tab."""
    properties, data = sheet["properties"], sheet.get("data", ())
    size = properties["gridProperties"]
    marks = {mark.name: mark for mark in read_marks(sheet.get("developerMetadata", ()))}
    for part in data:
        for index, line in enumerate(part.get("rowMetadata", ()), part.get("startRow", 0)):
            marks |= {
                mark.name: mark for mark in read_marks(line.get("developerMetadata", ()), "ROWS", index)
            }
    rows = read_rows(data)
    cells = {
        (number, column): cell
        for number, row in rows.items()
        for column, cell in enumerate(row.cells, 1)
        if cell.text or cell.fault
    }
    state = marks[OWN].value if OWN in marks else None
    standing = TabAsRead(cells, dict(_formulas(data)), state, max(rows, default=0))
    charts = frozenset(chart.get("chartId", 0) for chart in sheet.get("charts", ()))
    return GoogleTab(
        properties.get("sheetId", 0), size["rowCount"], size["columnCount"], marks, standing, charts
    )


def _formulas(data: Iterable[Json]) -> Iterator[tuple[CellAt, str]]:
    for part in data:
        for row, line in enumerate(part.get("rowData", ()), part.get("startRow", 0) + 1):
            for column, cell in enumerate(line.get("values", ()), 1):
                formula = cell.get("userEnteredValue", {}).get("formulaValue", "")
                if formula:
                    yield (row, column), formula


@dataclass(frozen=True, slots=True)
class GoogleLinks:
    """How a cell leads to a person's row: number and title of the tab of the responses, the column of Reference.

    Column 0: there is none. Semicolons part what a formula is given in every locale.
    """

    sheet_id: int
    tab: str
    column: int

    def formula(self, cell: TabCell) -> str:
        """Return what finds the row when it is clicked. A text from outside stands in it only between quotes."""
        letters, shown = column_letters(self.column), literal(str(cell.value))
        there = f"{requests.a1_title(self.tab)}!{letters}:{letters}"
        where = f"{literal(self._start)}&MATCH({literal(cell.to)};{there};0)"
        return f"=IFERROR(HYPERLINK({where};{shown});{shown})"

    def lead(self, cell: TabCell, formula: str) -> bool:
        """Whether a formula leads there, however Google spells it."""
        if not self.column:
            return not formula
        return leads_to(formula, (literal(cell.to), literal(self._start)), column_letters(self.column))

    @property
    def _start(self) -> str:
        return f"#gid={self.sheet_id}&range=A"


def show_requests(
    there: GoogleTab | None,
    tab: Tab,
    links: GoogleLinks,
    taken: Iterable[str],
    fresh_id: int,
    kept: Kept = NOTHING_KEPT,
    *,
    exchanges: bool,
) -> tuple[list[list[Json]], Kept]:
    """Return the updates that let the tab be as it should be, each a list of requests; none where nothing differs.

    Only the last says in the mark how the tab looks: until then it is not finished. `fresh_id` is the number of a tab
    that is made, `taken` are the titles that it cannot have. `kept` is what the last write returned.
    """
    placed = place(tab, there.standing if there else NOTHING_YET)
    own = there or _new(placed, fresh_id)
    cells = placed.to_write(own.standing, links.lead)
    known, lost = placed.has_kept_frame(own.standing), kept.lost(placed, own.standing)
    charts = chart_requests(own.sheet_id, own.charts, placed, is_known=known)
    if there and not (cells or charts or lost) and placed.state == own.standing.state:
        return [], kept
    first = [*(() if there else _make(own, placed, taken)), *_grow(own, placed)]
    contents = {at: _cell(cell, links) for at, cell in cells.items()}
    contents |= {(placed.controls[name], CONTROL_COLUMN): _theirs(cell) for name, cell in lost.items()}
    guard, marks, updates = _guard(placed), own.marks, list[list[Json]]()
    for part in requests.parts(contents) or [{}]:
        updates.append([*_hold(marks, guard, own.sheet_id, exchanges=exchanges), *_write(part, own.sheet_id)])
        marks = {**marks, CONTROLS: guard}
    framed = [] if known else _frame(own.sheet_id, placed)
    state = put(own.marks, Mark(OWN, placed.state), own.sheet_id, exchanges=exchanges)
    updates[0] = [*first, *updates[0]]
    updates[-1] += [*framed, *charts, *state]
    now = keep(placed, own.standing, cells)
    return updates, replace(now, before={**now.before, **lost})


def _new(placed: PlacedTab, sheet_id: int) -> GoogleTab:
    """Return the tab as it is once it was made."""
    spans = [placed.span(chart.at) for chart in placed.tab.charts]
    width = max(placed.width, *(span.right for span in spans), 10)
    marks = {OWN: Mark(OWN, _UNFINISHED)}
    return GoogleTab(sheet_id, placed.last_row + _SPARE_ROWS, width, marks, NOTHING_YET, frozenset())


def _make(own: GoogleTab, placed: PlacedTab, taken: Iterable[str]) -> Iterator[Json]:
    title = free_title(placed.tab.title, taken)
    size = {"rowCount": own.height, "columnCount": own.width, "hideGridlines": True}
    yield {"addSheet": {"properties": {"sheetId": own.sheet_id, "title": title, "gridProperties": size}}}
    yield from put({}, own.marks[OWN], own.sheet_id, exchanges=False)
    for column, pixels in enumerate(placed.tab.widths):
        yield requests.widen(own.sheet_id, column, pixels)


def _grow(own: GoogleTab, placed: PlacedTab) -> Iterator[Json]:
    for dimension, lacking in (("ROWS", placed.last_row - own.height), ("COLUMNS", placed.width - own.width)):
        if lacking > 0:
            yield {"appendDimension": {"sheetId": own.sheet_id, "dimension": dimension, "length": lacking}}


def _guard(placed: PlacedTab) -> Mark:
    return Mark(CONTROLS, CONTROLS, "ROWS", max(placed.controls.values(), default=1) - 1)


def _hold(marks: Marks, guard: Mark, sheet_id: int, *, exchanges: bool) -> list[Json]:
    """Return the requests that let a write fail if rows were inserted or deleted above since the tab was read."""
    return put(marks, guard, sheet_id, exchanges=exchanges) if exchanges or CONTROLS not in marks else []


def _cell(cell: TabCell | None, links: GoogleLinks) -> Json:
    if cell is None:
        return {}
    look = {"userEnteredFormat": FORMATS[cell.look]}
    if cell.to and links.column:
        return {"userEnteredValue": {"formulaValue": links.formula(cell)}, **look}
    return {"userEnteredValue": requests.entered(cell.value), **look}


def _theirs(cell: Cell) -> Json:
    return {"userEnteredValue": requests.entered(cell.text), "userEnteredFormat": FORMATS[Look.THEIRS]}


def _write(cells: Mapping[CellAt, Json], sheet_id: int) -> Iterator[Json]:
    for block in requests.blocks(cells):
        start = {"sheetId": sheet_id, "rowIndex": block.top - 1, "columnIndex": block.left - 1}
        rows = [{"values": list(values)} for values in block.values]
        yield {"updateCells": {"start": start, "rows": rows, "fields": f"userEnteredValue,{_LOOK}"}}


def _frame(sheet_id: int, placed: PlacedTab) -> list[Json]:
    """Mark the organisers' cells as theirs, whatever is in them, and offer words beside those that have some."""
    framed: list[Json] = []
    for control in placed.tab.controls:
        row = placed.controls[control.name]
        cell = grid_range(sheet_id, Span(row, row, 2, 2))
        look = {"userEnteredFormat": FORMATS[Look.THEIRS]}
        framed.append({"repeatCell": {"range": cell, "cell": look, "fields": _LOOK}})
        values = [{"userEnteredValue": word} for word in control.choices]
        rule = {"condition": {"type": "ONE_OF_LIST", "values": values}, "showCustomUi": True}
        framed.append({"setDataValidation": {"range": cell, **({"rule": rule} if values else {})}})
    return framed
