"""Where rows and cells of a tab stand, as their XML says it; they follow each other where it says nothing.

Source: ECMA-376 part 1, 18.3.1.73 (row) and 18.3.1.4 (c). A number is never counted up to: what no sheet can
have is outside, however far.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from pipeline.model.frozen import dataclass
from pipeline.sheets.column_letters import column_letters

LAST_ROW = 1_048_576
"""How many rows a tab of a workbook has."""

LAST_COLUMN = 16_384
"""How many columns it has: the last one is XFD."""

_CONTENTS = (b"<v", b"<is", b"<f", b":v", b":is", b":f")
_ROW = re.compile(r"0{0,9}([1-9][0-9]{0,6})(?:\.0{0,9})?")
_CORNER = re.compile(r"(?=.)([A-Z]{1,3})?([1-9][0-9]{0,6})?")
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?[0-9]{0,20}")


def row_number(said: str | None, before: int) -> int:
    """Return the number of a row behind row `before`; beyond LAST_ROW for one that no sheet has."""
    if said is None:
        return before + 1
    found = _ROW.fullmatch(said.strip())
    return min(int(found[1]), LAST_ROW + 1) if found else LAST_ROW + 1


def column_number(said: str | None, before: int) -> int:
    """Return the column of a cell behind column `before`; beyond LAST_COLUMN for one that no sheet has."""
    if said is None:
        return before + 1
    found = _CELL.fullmatch(said)
    return _column(found[1].upper()) if found else LAST_COLUMN + 1


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle of cells: its first and last column, its first and last row."""

    left: int
    top: int
    right: int
    bottom: int

    def __str__(self) -> str:
        first, last = f"{column_letters(self.left)}{self.top}", f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def without_columns(self, first: int, last: int) -> "tuple[Rectangle, ...]":
        """Return what is left of it beside the columns from `first` to `last`."""
        if self.right < first or self.left > last:
            return (self,)
        beside = (
            replace(self, right=min(self.right, first - 1)),
            replace(self, left=max(self.left, last + 1)),
        )
        return tuple(area for area in beside if area.left <= area.right)


def areas(said: str) -> tuple[Rectangle, ...]:
    """Read cells as a file names them (`A1:C9 F2 H:H`); what names none is left out."""
    return tuple(area for one in said.split() for area in _area(one))


def _area(said: str) -> Iterator[Rectangle]:
    first, _, last = said.upper().replace("$", "").partition(":")
    corners = [_CORNER.fullmatch(corner) for corner in (first, last or first)]
    if said and all(corners):
        lefts, tops = zip(*(corner.groups() for corner in corners if corner), strict=True)
        columns = (_column(lefts[0] or "A"), _column(lefts[1] or "XFD"))
        rows = (int(tops[0] or 1), int(tops[1] or LAST_ROW))
        yield Rectangle(min(columns), min(rows), max(columns), max(rows))


def last_content(xml: bytes) -> int:
    """Return behind which byte of a tab no cell has any content; the end of the XML where that cannot be told.

    Behind it may stand a million rows that were only styled.
    """
    end, at = xml.rfind(b"sheetData"), -1
    if end < 0:
        return len(xml)
    for mark in _CONTENTS:
        at = max(at, xml.rfind(mark, max(at, 0), end))
    return at


@lru_cache(maxsize=LAST_COLUMN)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return min(number, LAST_COLUMN + 1)
