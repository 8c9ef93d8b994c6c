"""Rows and cells of a tab as nearly every program writes them: found by their tags alone, without an XML parser.

Between the tags of rows stand no comments, instructions or marked sections, so a “<” always begins a tag. What is not
written in this way is told as such (None), and is for those who walk the XML (`rows`, `layout`). Source: ECMA-376
part 1, 18.3.1.73 (row), 18.3.1.4 (c).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.sheets.xlsx.elements import prove_well_formed
from pipeline.sheets.xlsx.places import LAST_COLUMN, LAST_ROW, column_number, last_content

_ROWS = re.compile(rb"<!--.*?-->|<((?:[\w.-]+:)?)sheetData(?=[\s/>])", re.DOTALL)
_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"((?: (?!r=)[\w:.]+="[^"<&]*")*+) ?(/?)>')
_CELL = re.compile(
    rb'(<c r="([A-Z]{1,3})[1-9][0-9]{0,6}")'
    rb'((?: [\w:.]+="[^"<&]*")*+(?:/>|>(?:<[vi][^<]*+(?:<t[^<]*+</t>)?</\w+></c>|.*?</c>)))',
    re.DOTALL,
)
_HEIGHT = re.compile(rb' ht="([0-9.]{1,20})"')
_SET = (b"1", b"true")
_FIXED = re.compile(rb' customHeight="([^"]*)"')


class PlainRow(NamedTuple):
    """A row: its number, where its tag begins, where its content does, where that ends; the attributes of its tag."""

    number: int
    start: int
    inner: int
    end: int
    said: bytes

    @property
    def height(self) -> float:
        """How high it is, in points; 0 where that is not said."""
        found = _HEIGHT.search(self.said)
        return float(found[1]) if found and found[1].count(b".") < 2 else 0.0

    @property
    def is_fixed(self) -> bool:
        """Whether a person chose its height."""
        found = _FIXED.search(self.said)
        return found is not None and found[1] in _SET


@dataclass(slots=True)
class PlainCells:
    """The cells of one row: what they begin with (`heads`), their columns, and the rest of them."""

    heads: list[bytes]
    columns: tuple[int, ...]
    bodies: list[bytes]


def rows_span(xml: bytes) -> tuple[str, int, int]:
    """Return the prefix that rows have, and between which bytes they stand; before `/>` where there are none."""
    opened = next((found for found in _ROWS.finditer(xml) if found[1] is not None), None)
    if opened is None:
        raise ValueError("a tab without rows")
    prefix, start = opened[1], xml.index(b">", opened.end()) + 1
    end = xml.rfind(b"</%bsheetData" % prefix)
    return (prefix.decode(), start, end) if end >= 0 else (prefix.decode(), start - 2, start - 2)


def plain_rows(xml: bytes) -> Iterator[PlainRow | None]:
    """Yield the rows of a tab by their numbers, up to the last with any content; None where they are not plain.

    Raises what is in `package.UNREADABLE`, in the end, where what is around those rows is no XML.
    """
    _, start, end = rows_span(xml)
    at, last, before = start, last_content(xml), 0
    if xml.find(b"<!", at, end) >= 0 or xml.find(b"<?", at, end) >= 0:
        yield None
        return
    while at < end and at <= last:
        opened = _ROW.match(xml, at)
        number = int(opened[1]) if opened else 0
        if opened is None or not before < number <= LAST_ROW:
            yield None
            return
        inner = stop = opened.end()
        if not opened[3]:
            stop = xml.index(b"</row>", inner)
        yield PlainRow(number, at, inner, stop, opened[2])
        before, at = number, stop if opened[3] else stop + len(b"</row>")
    prove_well_formed(xml[:start] + xml[at:])


def plain_cells(xml: bytes, row: PlainRow) -> PlainCells | None:
    """Return the cells of a row; None where there is anything between them, or they are not in order."""
    parts = _CELL.split(xml[row.inner : row.end])
    columns = _columns(tuple(parts[2::4]))
    return None if any(parts[::4]) or columns is None else PlainCells(parts[1::4], columns, parts[3::4])


def rows_from_column(xml: bytes, first: int) -> set[int] | None:
    """Return the rows with cells, or a style for cells, in column `first` or behind; None where any may have some."""
    found = set()
    for row in plain_rows(xml):
        cells = plain_cells(xml, row) if row else None
        if row is None or cells is None:
            return None
        if b" s=" in row.said or (cells.columns and cells.columns[-1] >= first):
            found.add(row.number)
    return found


@lru_cache(maxsize=1000)
def _columns(letters: tuple[bytes, ...]) -> tuple[int, ...] | None:
    """Return the columns of a row's cells, which nearly all rows have alike; None where they are odd."""
    found = tuple(column_number(each.decode() + "1", 0) for each in letters)
    is_odd = list(found) != sorted(set(found)) or max(found, default=0) > LAST_COLUMN
    return None if is_odd else found
