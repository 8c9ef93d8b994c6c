"""Cells of a workbook as what the person meant: text as displayed, value typed, faults named.

Also the other way: texts made fit for a cell. Finding and writing cells is left to others.
"""

import re
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import TypeAlias

from pipeline.model.sheet import BLANK, Cell
from pipeline.sheets.number_format import show_number

LONGEST_TEXT = 32_767
"""How many characters a cell of a workbook can hold."""

_ESCAPED_CONTROL = re.compile(r"_x(00[01][0-9A-Fa-f]|005[Ff])_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_DATE_PART = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


Moment: TypeAlias = datetime | date | time | timedelta


def read_text(stored: str) -> Cell:
    """Return a cell that holds a text as the workbook spells it."""
    text = unescape(stored)
    return Cell(text, text) if text else BLANK


def read_logical(value: bool) -> Cell:
    """Return a cell that holds a logical value, or a tick box."""
    return Cell("TRUE" if value else "FALSE", value)


def read_number(value: float, number_format: str) -> Cell:
    """Return a cell that holds a number, as its format shows it."""
    return Cell(show_number(value, number_format), float(value))


def read_moment(value: Moment, number_format: str) -> Cell:
    """Return a cell that holds a date, a time of day, both, or a length of time."""
    match value:
        case datetime():
            moment = _to_second(value)
        case date():
            moment = datetime.combine(value, time.min)
        case time():
            shown = _to_second(datetime.combine(date.min, value)).time().isoformat()
            return Cell(shown, shown)
        case _:
            shown = _show_length(round(value.total_seconds()))
            return Cell(shown, shown)
    if moment.time() == time.min and shows_date_only(number_format):
        return Cell(moment.date().isoformat(), moment)
    return Cell(moment.isoformat(" "), moment)


def _to_second(moment: datetime) -> datetime:
    if moment.microsecond < 500_000 or moment.year == MAXYEAR:
        return moment.replace(microsecond=0)
    return moment.replace(microsecond=0) + timedelta(seconds=1)


def _show_length(seconds: int) -> str:
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def shows_date_only(number_format: str) -> bool:
    """Whether a date format shows no time of day: no hours and no seconds."""
    signs = _NOT_DATE_PART.sub("", number_format.split(";")[0]).lower()
    return not set(signs) & set("hs")


def unescape(stored: str) -> str:
    """Undo the workbook's spelling of control characters (`_x000D_`); line ends become line feeds."""
    if "_x" in stored:
        stored = _ESCAPED_CONTROL.sub(lambda found: chr(int(found[1], 16)), stored)
    return plain(stored) if _NOT_XML.search(stored) else stored


def plain(text: str) -> str:
    """Return what a cell can hold of `text`: no control characters, line feeds alone, not too long."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_TEXT]


def escape(text: str) -> str:
    """Spell a plain text so that a spreadsheet shows exactly it, even where it looks like `_x0041_`."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)
