"""What cells of a workbook have stored, and what that means: shared texts, number formats, kinds of values.

One odd cell is a fault of that cell, whatever it says: a number that is none, a date that no calendar has, a
text or a style that is not there. Sources: ECMA-376 part 1, 18.18.11 (ST_CellType), 18.4 (shared strings),
18.8.30 (numFmt).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import isinf
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601
from openpyxl.xml.functions import fromstring, iterparse

from pipeline.model.sheet import BLANK, Cell
from pipeline.sheets.cells import read_logical, read_moment, read_number, read_text

NO_NUMBER = Cell(fault="a number that cannot be read")
NO_DATE = Cell("#VALUE!", None, "#VALUE!")
"""A date that no calendar has: what programs show as an error, or as a row of hashes."""

NO_TEXT = Cell(fault="a text that is missing in the file")
NO_LOGICAL = Cell(fault="a logical value that cannot be read")
GENERAL = "General"

LONGEST_NUMBER = 400
"""Characters of a number, more than the largest and the smallest need that a spreadsheet has."""

LONGEST_FORMAT = 255
"""Characters of a number format that Excel takes; a longer one is read as none."""

_NUMBER = re.compile(r"[+-]?(?:([0-9]+)|(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[Ee]))(?:[Ee][+-]?[0-9]+)?)")
_LOGICAL = {"1": True, "true": True, "0": False, "false": False}
_INDEX = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Values:
    """What the cells of one workbook refer to: `texts` by number, number `formats` by style."""

    texts: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    from_1904: bool = False

    def read(self, kind: str, stored: str, style: str) -> Cell:
        """Return a cell as a person sees it; `kind` is what its XML calls its type (empty: a number)."""
        match kind:
            case "inlineStr" | "str":
                return read_text(stored)
            case "s":
                return self._shared(stored)
            case "" | "n":
                return self._number(stored, self._format(style)) if stored else BLANK
            case "b":
                return _logical(stored)
            case "d":
                return _written_date(stored, self._format(style))
            case "e":
                return Cell(stored, None, stored) if stored else BLANK
        return read_text(stored)

    def _shared(self, stored: str) -> Cell:
        if not stored:
            return BLANK
        number = int(stored) if _INDEX.fullmatch(stored) else len(self.texts)
        return read_text(self.texts[number]) if number < len(self.texts) else NO_TEXT

    def _format(self, style: str) -> str:
        number = int(style) if _INDEX.fullmatch(style) else len(self.formats)
        return self.formats[number] if number < len(self.formats) else GENERAL

    def _number(self, stored: str, number_format: str) -> Cell:
        bare = stored.strip() if len(stored) <= LONGEST_NUMBER else ""
        found = _NUMBER.fullmatch(bare)
        value: int | float = float(bare) if found else float("inf")
        if found is None or isinf(value):
            return NO_NUMBER
        is_moment, is_length = _is_moment(number_format)
        if is_moment:
            return self._moment(value, number_format, is_length=is_length)
        return read_number(int(bare) if found[1] else value, number_format)

    def _moment(self, serial: float, number_format: str, *, is_length: bool) -> Cell:
        epoch = MAC_EPOCH if self.from_1904 else WINDOWS_EPOCH
        try:
            return read_moment(from_excel(serial, epoch, timedelta=is_length), number_format)
        except (OverflowError, ValueError):
            return NO_DATE


def read_formats(styles: bytes) -> tuple[str, ...]:
    """Return the number format of every cell style in the part of a workbook that has them."""
    root = fromstring(styles)
    own = {
        entry.attrib.get("numFmtId", ""): entry.attrib.get("formatCode", "")
        for entry in root.iterfind("{*}numFmts/{*}numFmt")
    }
    known = {str(number): code for number, code in BUILTIN_FORMATS.items()} | own
    codes = (known.get(style.attrib.get("numFmtId", ""), "") for style in root.iterfind("{*}cellXfs/{*}xf"))
    return tuple(code if 0 < len(code) <= LONGEST_FORMAT else GENERAL for code in codes)


def read_texts(strings: bytes) -> tuple[str, ...]:
    """Return the shared texts of a workbook, in their order; phonetic guides are no part of a text."""
    texts = []
    for _, entry in iterparse(BytesIO(strings)):
        if entry.tag.rpartition("}")[2] == "si":
            texts.append("".join(_pieces(entry)))
            entry.clear()
    return tuple(texts)


def _pieces(entry: Element) -> Iterable[str]:
    return (piece.text or "" for path in ("{*}t", "{*}r/{*}t") for piece in entry.iterfind(path))


@lru_cache(maxsize=1000)
def _is_moment(number_format: str) -> tuple[bool, bool]:
    """Whether numbers of a format are moments, and whether they are lengths of time."""
    return bool(is_date_format(number_format)), bool(is_timedelta_format(number_format))


def _logical(stored: str) -> Cell:
    if not stored:
        return BLANK
    value = _LOGICAL.get(stored.strip().lower())
    return NO_LOGICAL if value is None else read_logical(value)


def _written_date(stored: str, number_format: str) -> Cell:
    if not stored:
        return BLANK
    try:
        moment = from_ISO8601(stored[:LONGEST_NUMBER])  # type: ignore[no-untyped-call]  # not in its stubs
        return read_moment(moment, number_format)
    except (OverflowError, ValueError):
        return NO_DATE
