"""What cells of a workbook have stored, and what that means: shared texts, number formats, kinds of values.

One odd cell is a fault of that cell, whatever it says: a number that is none, a date that no calendar has, a
text or a style that is not there. Sources: ECMA-376 part 1, 18.18.11 (ST_CellType), 18.4 (shared strings),
18.8.30 (numFmt).
"""

import re
from math import isinf
from xml.parsers import expat

from pipeline.model.frozen import dataclass
from pipeline.model.sheet import BLANK, Cell
from pipeline.sheets.cells import read_logical, read_moment, read_number, read_text
from pipeline.sheets.xlsx.elements import parse, refuse_document_type
from pipeline.sheets.xlsx.moments import BUILT_IN, from_iso, from_serial, is_moment

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
        number = int(style or 0) if _INDEX.fullmatch(style or "0") else len(self.formats)
        return self.formats[number] if number < len(self.formats) else GENERAL

    def _number(self, stored: str, number_format: str) -> Cell:
        bare = stored.strip() if len(stored) <= LONGEST_NUMBER else ""
        found = _NUMBER.fullmatch(bare)
        value: int | float = float(bare) if found else float("inf")
        if found is None or isinf(value):
            return NO_NUMBER
        shows_moment, is_length = is_moment(number_format)
        if shows_moment:
            return self._moment(value, number_format, is_length=is_length)
        return read_number(int(bare) if found[1] else value, number_format)

    def _moment(self, serial: float, number_format: str, *, is_length: bool) -> Cell:
        try:
            moment = from_serial(serial, from_1904=self.from_1904, is_length=is_length)
            return read_moment(moment, number_format)
        except (OverflowError, ValueError):
            return NO_DATE


def read_formats(styles: bytes) -> tuple[str, ...]:
    """Return the number format of every cell style in the part of a workbook that has them."""
    root = parse(styles)
    own = {
        entry.attributes.get("numFmtId", ""): entry.attributes.get("formatCode", "")
        for entry in root.find("numFmts", "numFmt")
    }
    known = BUILT_IN | own
    codes = (known.get(style.attributes.get("numFmtId", ""), "") for style in root.find("cellXfs", "xf"))
    return tuple(code if 0 < len(code) <= LONGEST_FORMAT else GENERAL for code in codes)


def read_texts(strings: bytes) -> tuple[str, ...]:
    """Return the shared texts of a workbook, in their order; phonetic guides are no part of a text."""
    reader = _TextReader()
    reader.parser.Parse(strings, True)
    return tuple(reader.texts)


class _TextReader:
    """Walks the shared texts once; a workbook may have a million of them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._is_guide = self._is_text = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_document_type
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._add

    def _open(self, tag: str, _: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._is_guide = self._is_guide or name == "rPh"
        self._is_text = name == "t" and not self._is_guide

    def _add(self, text: str) -> None:
        if self._is_text:
            self._pieces.append(text)

    def _close(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._is_text = False
        if name == "rPh":
            self._is_guide = False
        elif name == "si":
            self.texts.append("".join(self._pieces))
            self._pieces = []


def _logical(stored: str) -> Cell:
    if not stored:
        return BLANK
    value = _LOGICAL.get(stored.strip().lower())
    return NO_LOGICAL if value is None else read_logical(value)


def _written_date(stored: str, number_format: str) -> Cell:
    if not stored:
        return BLANK
    try:
        return read_moment(from_iso(stored[:LONGEST_NUMBER].strip()), number_format)
    except (OverflowError, ValueError):
        return NO_DATE
