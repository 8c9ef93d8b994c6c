"""Changes cells of rows that are there already and written plainly: in one pass, row by row (see `plain_rows`).

What is not so simple is told as such (None), and is for `patch`: a new row, a formula to replace, an odd row.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import groupby

from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import start_tag
from pipeline.sheets.xlsx.layout import read_layout
from pipeline.sheets.xlsx.plain_rows import PlainRow, plain_cells, plain_rows, rows_span
from pipeline.sheets.xlsx.written_cells import Stored, cell_xml

_STYLE = re.compile(rb'<c(?: (?!s=)[\w:.]+="[^"<&]*")*+ s="([^"<&]*)"')
_STYLED_ROW = re.compile(rb' customFormat="(?:1|true)"')


def patch_plainly(
    xml: bytes,
    values: Mapping[CellAt, Stored],
    restyle: Callable[[CellAt, str], str],
    heights: Callable[[int, float], float],
) -> bytes | None:
    """Return the XML of a tab with `values` in its cells; see `patch`. None where that is not done plainly."""
    _, start, end = rows_span(xml)
    column_style = read_layout(xml[:start] + xml[end:]).style
    wanted = {row: list(places) for row, places in groupby(sorted(values), key=lambda place: place[0])}
    pieces, at = [], 0
    for row in plain_rows(xml):
        if row is None:
            return None
        if row.number not in wanted:
            continue
        places = wanted.pop(row.number)
        cells = _cells(xml, row, {place: values[place] for place in places}, restyle, column_style)
        if cells is None:
            return None
        pieces += [xml[at : row.start], _opened(xml, row, heights(row.number, row.height)), cells]
        at = row.end
    return None if wanted else b"".join((*pieces, xml[at:]))


def _opened(xml: bytes, row: PlainRow, height: float) -> bytes:
    """Return the tag of a row, with a new height unless a person chose the old one (0: none)."""
    if not height or height == row.height or row.is_fixed:
        return xml[row.start : row.inner]
    return start_tag(xml, row.start, {"ht": f"{height:g}"}) + b">"


def _cells(
    xml: bytes,
    row: PlainRow,
    values: Mapping[CellAt, Stored],
    restyle: Callable[[CellAt, str], str],
    column_style: Callable[[CellAt], str],
) -> bytes | None:
    there = plain_cells(xml, row)
    if there is None or row.inner == row.end or _STYLED_ROW.search(row.said):
        return None
    columns = list(there.columns)
    written = list(map(bytes.__add__, there.heads, there.bodies))
    for place, value in values.items():
        at = bisect_left(columns, place[1])
        is_there = at < len(columns) and columns[at] == place[1]
        if value is None or (is_there and b"<f" in written[at]):
            return None
        said = _STYLE.match(written[at]) if is_there else None
        style = (said[1].decode() if said else "") if is_there else column_style(place)
        fresh = cell_xml("", place, value, restyle(place, style)).encode()
        if is_there:
            written[at] = fresh
        else:
            columns.insert(at, place[1])
            written.insert(at, fresh)
    return b"".join(written)
