"""Changes single cells in the XML of a tab and leaves every other byte as it was.

Nothing that a spreadsheet program put in a workbook can be lost this way: what is not understood here is
not touched. Source: ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.53 (is), 18.3.1.73 (row), 18.3.1.40 (f).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from typing import TypeAlias

from pipeline.model.errors import SheetError
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import START_TAG, Edit, splice, start_tag
from pipeline.sheets.xlsx.layout import CellSpan, RowLayout, RowSpan, read_layout
from pipeline.sheets.xlsx.plain_patch import patch_plainly
from pipeline.sheets.xlsx.plain_rows import rows_span
from pipeline.sheets.xlsx.written_cells import Stored, cell_xml

Restyle: TypeAlias = Callable[[CellAt, str], str]
"""Which style a cell is to have, where it shows the one that is given (empty: none)."""

Heights: TypeAlias = Callable[[int, float], float]
"""How high a row with new cells is to be, in points, given how high it is (0: that is not said; it is not to be)."""


def keep(_: CellAt, style: str) -> str:
    """Let every cell keep its style."""
    return style


def as_they_are(_: int, _there: float) -> float:
    """Let every row be as high as it is."""
    return 0.0


def patch(
    xml: bytes,
    values: Mapping[CellAt, Stored],
    restyle: Restyle = keep,
    layout: RowLayout | None = None,
    heights: Heights = as_they_are,
) -> tuple[bytes, bool]:
    """Return the XML of a tab (in UTF-8) with `values` in its cells, and whether a formula went by that.

    Rows that are not there are made; `layout` is that of this very XML, where it was read already. A row whose height
    a person chose keeps it.
    Raises SheetError where a value would break a formula that fills several cells.
    """
    plainly = patch_plainly(xml, values, restyle, heights) if layout is None else None
    if plainly is not None:
        return plainly, False
    layout = layout or read_layout(xml, {row for row, _ in values})
    gone = {place for place, value in values.items() if value is not None and place in layout.formulas}
    _refuse_broken_formulas(layout, gone)
    return splice(xml, _edits(xml, layout, values, restyle, heights)), bool(gone)


def without_rows(xml: bytes) -> bytes:
    """Return the XML of a tab without any row, for those who look at what is around them."""
    _, start, end = rows_span(xml)
    return xml[:start] + xml[end:]


def in_frame(xml: bytes, edit: Callable[[bytes], bytes]) -> bytes:
    """Return the XML of a tab with all but its rows edited; `edit` is given the tab without any row."""
    prefix, start, end = rows_span(xml)
    fresh = edit(xml[:start] + xml[end:])
    if start == end:
        return fresh
    at = fresh.rindex(f"</{prefix}sheetData".encode())
    return fresh[:at] + xml[start:end] + fresh[at:]


def _edits(
    xml: bytes,
    layout: RowLayout,
    values: Mapping[CellAt, Stored],
    restyle: Restyle,
    heights: Heights,
) -> Iterator[Edit]:
    prefix, _, end = rows_span(xml)
    is_empty = xml[end : end + 2] == b"/>"
    behind: list[str] = []
    # In the order of cells: several new cells of a row may have to be put in at the same byte.
    for row, places in groupby(sorted(values), key=lambda place: place[0]):
        cells = {
            column: _cell(xml, prefix, layout, (row, column), values[row, column], restyle)
            for _, column in places
        }
        if row in layout.rows:
            there = layout.rows[row]
            yield from _row_edits(xml, there, cells, heights(row, there.height))
            continue
        high = heights(row, 0.0)
        height = f' ht="{high:g}"' if high else ""
        fresh = f'<{prefix}row r="{row}"{height}>{"".join(cells.values())}</{prefix}row>'
        at = next((start for number, start in layout.starts if number > row), end)
        if at == end and is_empty:
            behind.append(fresh)
        else:
            yield at, at, fresh.encode()
    if behind:
        yield end, end + 2, f">{''.join(behind)}</{prefix}sheetData>".encode()


def _row_edits(xml: bytes, span: RowSpan, cells: Mapping[int, str], height: float) -> Iterator[Edit]:
    is_new = height and height != span.height and not span.is_fixed
    opened = start_tag(xml, span.start, {"ht": f"{height:g}"} if is_new else {})
    if span.is_empty:
        yield span.start, span.inner, opened + f">{''.join(cells.values())}</{span.tag}>".encode()
        return
    if is_new:
        yield span.start, span.inner, opened + b">"
    columns = sorted(span.cells)
    for column, fresh in cells.items():
        there = span.cells.get(column)
        if there is not None:
            yield there.start, there.end, fresh.encode()
            continue
        following = bisect_right(columns, column)
        at = span.cells[columns[following]].start if following < len(columns) else span.end
        yield at, at, fresh.encode()


def _cell(xml: bytes, prefix: str, layout: RowLayout, place: CellAt, value: Stored, restyle: Restyle) -> str:
    row, column = place
    there = layout.rows[row].cells.get(column) if row in layout.rows else None
    style = restyle(place, there.style if there else layout.style(place))
    if there and value is None:
        return (start_tag(xml, there.start, {"s": style}) + _behind_tag(xml, there)).decode()
    return cell_xml(prefix, place, value, style)


def _behind_tag(xml: bytes, span: CellSpan) -> bytes:
    opened = START_TAG.match(xml, span.start)
    end = opened.end() if opened else span.start
    return xml[end - (2 if end == span.end else 1) : span.end]


def _refuse_broken_formulas(layout: RowLayout, gone: set[CellAt]) -> None:
    for row, column in sorted(gone):
        if _fills_others(layout, (row, column), gone):
            raise SheetError(
                f"row {row}, column {column_letters(column)}: a formula that fills several cells "
                "stands in a column that Convene writes. Delete the formula and run again."
            )


def _fills_others(layout: RowLayout, place: CellAt, gone: set[CellAt]) -> bool:
    formula = layout.formulas[place].formula or {}
    if "ref" not in formula:
        return False
    if formula.get("t") != "shared":
        return len(set(formula["ref"].split(":"))) > 1
    formulas = ((other, cell.formula or {}) for other, cell in layout.formulas.items())
    followers = {other for other, shared in formulas if shared.get("si") == formula.get("si")}
    return not followers <= gone
