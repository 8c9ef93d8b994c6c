"""Cells as Google gives them (`CellData`), as what the person meant: text as displayed, value typed, faults named.

Times are wall-clock times of the spreadsheet's zone; the hour that autumn has twice is read as its first.
"""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from pipeline.model.sheet import BLANK, Cell
from pipeline.sheets.number_format import show_number, show_plainly

DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - wall clock of the sheet
"""Day 0 of serial dates (developers.google.com/workspace/sheets/api/guides/formats)."""

FAULTS = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "ERROR": "#ERROR!",
    "LOADING": "Loading...",
}

_PHONE = re.compile(r"=\s*(\+[\d\s()./-]+)")
_MOMENTS = frozenset({"DATE", "DATE_TIME", "TIME"})
_AUTOMATIC = frozenset({"", "NUMBER_FORMAT_TYPE_UNSPECIFIED", "TEXT"})


def read_cell(data: Mapping[str, Any]) -> Cell:
    """Return a cell as a person sees it; a formula arrives as its result.

    A telephone number that was taken for a formula (`+32 470 ...`) arrives as it was typed.
    """
    formula = data.get("userEnteredValue", {}).get("formulaValue", "")
    phone = _PHONE.fullmatch(formula) if formula else None
    return _text(phone[1].strip()) if phone else _value(data)


def _value(data: Mapping[str, Any]) -> Cell:
    value, text = data.get("effectiveValue", {}), data.get("formattedValue", "")
    if "numberValue" in value:
        return _number(float(value["numberValue"]), data)
    if "boolValue" in value:
        return Cell("TRUE" if value["boolValue"] else "FALSE", bool(value["boolValue"]))
    if "errorValue" in value:
        shown = FAULTS.get(value["errorValue"].get("type", ""), "#ERROR!")
        return Cell(shown, None, shown)
    return _text(text) if text else BLANK


def _text(text: str) -> Cell:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Cell(text, text)


def _number(number: float, data: Mapping[str, Any]) -> Cell:
    shown = str(data.get("formattedValue", "")).strip()
    style = _style(data)
    kind, pattern = style.get("type", ""), style.get("pattern", "")
    if kind in _MOMENTS:
        return _moment(number, kind) or Cell(shown, shown)
    if not pattern and kind in _AUTOMATIC:
        return Cell(show_plainly(number), number)
    return Cell(shown or show_number(number, pattern), number)


def _style(data: Mapping[str, Any]) -> Mapping[str, str]:
    for name in ("effectiveFormat", "userEnteredFormat"):
        found: Mapping[str, str] = data.get(name, {}).get("numberFormat", {})
        if found:
            return found
    return {}


def _moment(serial: float, kind: str) -> Cell | None:
    """Return a date or time to the second; None for what no calendar has, and for lengths of time."""
    try:
        moment = DAY_ZERO + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return None
    if kind == "TIME":
        return Cell(moment.time().isoformat(), moment.time().isoformat()) if 0 <= serial < 1 else None
    if kind == "DATE" and moment.time() == time.min:
        return Cell(moment.date().isoformat(), moment)
    return Cell(moment.isoformat(" "), moment)
