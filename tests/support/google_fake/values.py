"""Cells as Google keeps and shows them: entered, effective and formatted values."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from pipeline.model.sheet import CellValue
from tests.support.google_fake.schema import Json

DAY_ZERO = datetime(1899, 12, 30)
"""Day 0 of serial dates (developers.google.com/workspace/sheets/api/guides/formats)."""

DATE_PATTERNS = {"en_US": "m/d/yyyy", "en_GB": "dd/mm/yyyy", "de_DE": "dd.MM.yyyy", "es_ES": "d/M/yyyy"}
TRUTHS = {"de": ("WAHR", "FALSCH"), "fr": ("VRAI", "FAUX"), "es": ("VERDADERO", "FALSO")}
ERRORS = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#ERROR!": "ERROR",
    "Loading...": "LOADING",
}
_SHOWN_ERRORS = {kind: shown for shown, kind in ERRORS.items()}
_DATE_PARTS = re.compile(r"yyyy|yy|MM|mm|M|m|dd|d|hh|h|ss|s|am/pm|[^a-zA-Z]")


@dataclass(frozen=True, slots=True)
class Box:
    """One cell. `result` is what a formula gave; `writer` is who last changed what is in it."""

    entered: Json = field(default_factory=dict)
    result: Json = field(default_factory=dict)
    format: Json = field(default_factory=dict)
    rule: Json = field(default_factory=dict)
    note: str = ""
    writer: str = ""

    @property
    def effective(self) -> Json:
        """Return the value that is shown and counted with."""
        return self.result if "formulaValue" in self.entered else self.entered


EMPTY = Box()


def box_of(value: CellValue | date, writer: str, locale: str = "en_GB") -> Box:
    """Return a value as a form leaves it: texts stay texts, times get a number format."""
    match value:
        case None | "":
            return Box(writer=writer)
        case bool():
            return Box({"boolValue": value}, writer=writer)
        case int() | float():
            return Box({"numberValue": value}, writer=writer)
        case datetime():
            pattern = DATE_PATTERNS.get(locale, "yyyy-mm-dd") + " hh:mm:ss"
            return Box({"numberValue": serial(value)}, {}, number_format("DATE_TIME", pattern), writer=writer)
        case date():
            pattern = DATE_PATTERNS.get(locale, "yyyy-mm-dd")
            whole = datetime.combine(value, time.min)
            return Box({"numberValue": serial(whole)}, {}, number_format("DATE", pattern), writer=writer)
    return Box({"stringValue": value}, writer=writer)


def number_format(kind: str, pattern: str = "") -> Json:
    """Return a cell format with a number format only."""
    return {"numberFormat": {"type": kind} | ({"pattern": pattern} if pattern else {})}


def formula(text: str, result: CellValue, writer: str) -> Box:
    """Return a formula cell and what it comes to; an error is named as it is shown (`#REF!`)."""
    if isinstance(result, str) and result in ERRORS:
        shown = {"errorValue": {"type": ERRORS[result], "message": "It does not work out."}}
        return Box({"formulaValue": text}, shown, writer=writer)
    made = box_of(result, writer)
    return Box({"formulaValue": text}, made.entered, made.format, writer=writer)


def typed(text: str, writer: str, locale: str = "en_GB") -> Box:
    """Return what a person's typing becomes: numbers, truth values, ISO dates and formulas are recognised."""
    if text.startswith("="):
        return formula(text, "#NAME?", writer)
    if text.startswith("'"):
        return box_of(text[1:], writer)
    if text.upper() in {"TRUE", "FALSE"}:
        return box_of(text.upper() == "TRUE", writer)
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return box_of(float(text), writer)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return box_of(date.fromisoformat(text), writer, locale)
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text):
        return box_of(datetime.fromisoformat(text), writer, locale)
    return box_of(text, writer)


def serial(moment: datetime) -> float:
    """Return a wall-clock time as days since day 0, with the ten decimals that Google gives."""
    return round((moment - DAY_ZERO) / timedelta(days=1), 10)


def format_of(box: Box, locale: str) -> Json:
    """Return the number format in effect; nothing for a cell that shows its value as it is."""
    chosen: Json = dict(box.format.get("numberFormat", {}))
    if chosen and "pattern" not in chosen:
        day = DATE_PATTERNS.get(locale, "yyyy-mm-dd")
        defaults = {"DATE": day, "DATE_TIME": f"{day} hh:mm:ss", "TIME": "hh:mm:ss", "PERCENT": "0.00%"}
        chosen |= {"pattern": defaults[chosen["type"]]} if chosen["type"] in defaults else {}
    return chosen


def shown(box: Box, locale: str) -> str:
    """Return what a person sees in a cell."""
    match box.effective:
        case {"stringValue": text}:
            return str(text)
        case {"boolValue": truth}:
            yes, no = TRUTHS.get(locale.partition("_")[0], ("TRUE", "FALSE"))
            return yes if truth else no
        case {"errorValue": error}:
            return _SHOWN_ERRORS.get(error["type"], "#ERROR!")
        case {"numberValue": number}:
            return _show_number(float(number), format_of(box, locale), locale)
    return ""


def _show_number(number: float, chosen: Json, locale: str) -> str:
    kind, pattern = chosen.get("type", ""), chosen.get("pattern", "")
    if kind in {"DATE", "DATE_TIME", "TIME"}:
        return _show_moment(DAY_ZERO + timedelta(seconds=round(number * 86_400)), pattern)
    places = re.search(r"\.(0+)", pattern)
    decimals = len(places[1]) if places else 0
    if pattern.endswith("%"):
        text = f"{number * 100:.{decimals}f}%"
    elif pattern and re.fullmatch(r"[0#,.]+", pattern):
        text = f"{number:{',' if ',' in pattern else ''}.{decimals}f}"
        text = text.zfill(pattern.count("0")) if "#" not in pattern else text
    else:
        text = f"{number:.15g}" if number == int(number) else f"{number:.10g}"
    return _with_comma(text) if locale.partition("_")[0] in TRUTHS else text


def _with_comma(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))


def _show_moment(moment: datetime, pattern: str) -> str:
    parts = _DATE_PARTS.findall(pattern)
    minutes = {at for at, part in enumerate(parts) if part.lower() in {"m", "mm"} and _beside_time(parts, at)}
    return "".join(_show_part(moment, part, at in minutes) for at, part in enumerate(parts))


def _beside_time(parts: list[str], at: int) -> bool:
    before = [part for part in parts[:at] if part.isalpha()][-1:]
    after = [part for part in parts[at + 1 :] if part.isalpha()][:1]
    return bool({"h", "hh"} & set(before) or {"s", "ss"} & set(after))


def _show_part(moment: datetime, part: str, minute: bool) -> str:
    numbers = {
        "y": moment.year if len(part) == 4 else moment.year % 100,
        "m": moment.minute if minute else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }
    number = numbers.get(part[:1].lower())
    return part if number is None else f"{number:0{len(part)}}"


def plain_value(box: Box, render: str, dates: str, locale: str) -> Any:
    """Return a cell as the values API gives it (`valueRenderOption`, `dateTimeRenderOption`)."""
    if render == "FORMULA" and "formulaValue" in box.entered:
        return box.entered["formulaValue"]
    is_moment = format_of(box, locale).get("type") in {"DATE", "DATE_TIME", "TIME"}
    if render == "FORMATTED_VALUE" or (is_moment and dates == "FORMATTED_STRING"):
        return shown(box, locale)
    match box.effective:
        case {"stringValue": value} | {"boolValue": value} | {"numberValue": value}:
            return value
    return shown(box, locale)


def sorted_by(column: int, descending: bool, locale: str, rows: list[list[Box]]) -> list[int]:
    """Return the numbers of rows in the order of a column: numbers before texts, blank ones last either way."""
    filled = [number for number, boxes in enumerate(rows) if boxes[column].entered]
    filled.sort(key=lambda number: _sort_key(rows[number][column], locale), reverse=descending)
    return filled + [number for number, boxes in enumerate(rows) if not boxes[column].entered]


def _sort_key(box: Box, locale: str) -> tuple[int, float, str]:
    match box.effective:
        case {"numberValue": number}:
            return 0, number, ""
    return 1, 0.0, shown(box, locale).casefold()
