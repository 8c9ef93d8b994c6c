"""Answers: a spreadsheet as `spreadsheets.get` gives it, as far as the field mask asks for it."""

from collections.abc import Sequence
from copy import deepcopy
from typing import TypeAlias

from tests.support.google_fake.document import Area, Document, Line, Tab, may_edit
from tests.support.google_fake.masks import EVERYTHING, Mask, apply_mask, below, wants
from tests.support.google_fake.ranges import describe
from tests.support.google_fake.schema import Json
from tests.support.google_fake.values import Box, format_of, shown

CELL = ("sheets", "data", "rowData", "values")


Named: TypeAlias = tuple[Tab, Area]


def tell(document: Document, areas: Sequence[Named], mask: Mask, *, grid: bool) -> Json:
    """Return the spreadsheet: all tabs, or those that `areas` name, with cells if `grid` says so."""
    tabs = [tab for tab in document.tabs if not areas or any(tab is named for named, _ in areas)]
    told = {
        "spreadsheetId": document.id,
        "properties": {
            "title": document.title,
            "locale": document.locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": document.zone,
        },
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{document.id}/edit",
        "sheets": [_tell_tab(document, tab, areas, mask, grid=grid) for tab in tabs],
    }
    entries = [describe(document, entry) for entry in document.metadata if entry.tab is None]
    told |= {"developerMetadata": entries} if entries else {}
    masked: Json = apply_mask(_without_cells(mask), told)
    return masked


def _without_cells(mask: Mask) -> Mask:
    """Return the mask with cells let through whole: they are masked as they are made."""
    if not wants(mask, *CELL) or not below(mask, *CELL):
        return mask
    copied = deepcopy(dict(mask))
    part: Json = copied
    for name in CELL[:-1]:
        part = part[name]
    part[CELL[-1]] = {}
    return copied


def _tell_tab(document: Document, tab: Tab, areas: Sequence[Named], mask: Mask, *, grid: bool) -> Json:
    size: Json = {"rowCount": len(tab.rows), "columnCount": len(tab.columns)}
    size |= {"frozenRowCount": tab.frozen_rows} if tab.frozen_rows else {}
    properties: Json = {"sheetId": tab.id, "title": tab.title, "index": document.tabs.index(tab)}
    properties |= {"sheetType": "GRID", "gridProperties": size} | ({"hidden": True} if tab.hidden else {})
    told: Json = {"properties": properties}
    if grid:
        here = [area for named, area in areas if named is tab] or [tab.area({})]
        told["data"] = [_tell_grid(document, tab, area, mask) for area in here]
    entries = [entry for entry in document.metadata if entry.tab == tab.id and entry.axis is None]
    kept = {
        "conditionalFormats": deepcopy(tab.colours),
        "protectedRanges": [_tell_protection(one) for one in tab.protections],
        "basicFilter": deepcopy(tab.filter),
        "charts": deepcopy(tab.charts),
        "developerMetadata": [describe(document, entry) for entry in entries],
    }
    return told | {name: part for name, part in kept.items() if part}


def _tell_protection(protection: Json) -> Json:
    told = deepcopy(protection)
    return told | ({"requestingUserCanEdit": True} if may_edit(protection) else {})


def _tell_grid(document: Document, tab: Tab, area: Area, mask: Mask) -> Json:
    told: Json = {}
    if area.top:
        told["startRow"] = area.top
    if area.left:
        told["startColumn"] = area.left
    if wants(mask, *CELL):
        rows = _tell_rows(document, tab.rows[area.top : area.bottom], area, below(mask, *CELL))
        told |= {"rowData": rows} if rows else {}
    on_lines = _metadata_on_lines(document, tab)
    if wants(mask, "sheets", "data", "rowMetadata"):
        told["rowMetadata"] = [_tell_line(line, on_lines) for line in tab.rows[area.top : area.bottom]]
    if wants(mask, "sheets", "data", "columnMetadata"):
        told["columnMetadata"] = [_tell_line(line, on_lines) for line in tab.columns[area.left : area.right]]
    return told


def _metadata_on_lines(document: Document, tab: Tab) -> dict[int, list[Json]]:
    on_lines: dict[int, list[Json]] = {}
    for entry in document.metadata:
        if entry.tab == tab.id and entry.uid is not None:
            on_lines.setdefault(entry.uid, []).append(describe(document, entry))
    return on_lines


def _tell_line(line: Line, on_lines: dict[int, list[Json]]) -> Json:
    told: Json = {"pixelSize": line.pixels}
    if line.hidden_by_filter:
        told["hiddenByFilter"] = True
    if line.hidden_by_user:
        told["hiddenByUser"] = True
    if line.uid in on_lines:
        told["developerMetadata"] = on_lines[line.uid]
    return told


def _tell_rows(document: Document, rows: Sequence[Line], area: Area, mask: Mask) -> list[Json]:
    return [
        {"values": [_tell_cell(box, document.locale, mask) for box in cells]} if cells else {}
        for cells in (_trimmed(line.cells[area.left : area.right]) for line in rows[: _last_filled(rows)])
    ]


def _trimmed(cells: list[Box]) -> list[Box]:
    last = len(cells)
    while last and not (cells[last - 1].entered or cells[last - 1].format or cells[last - 1].rule):
        last -= 1
    return cells[:last]


def _tell_cell(box: Box, locale: str, mask: Mask = EVERYTHING) -> Json:
    told: Json = {}
    if box.entered:
        told["userEnteredValue"] = box.entered
        told["effectiveValue"] = box.effective
        told["formattedValue"] = shown(box, locale)
    if box.format:
        told["userEnteredFormat"] = box.format
    if wants(mask, "effectiveFormat") and (box.entered or box.format):
        told["effectiveFormat"] = _effective_format(box, locale)
    if box.rule:
        told["dataValidation"] = box.rule
    if box.note:
        told["note"] = box.note
    masked: Json = apply_mask(mask, told)
    return masked


def _effective_format(box: Box, locale: str) -> Json:
    number = format_of(box, locale)
    return (
        {"verticalAlignment": "BOTTOM", "wrapStrategy": "OVERFLOW_CELL"}
        | box.format
        | ({"numberFormat": number} if number else {})
    )


def _last_filled(lines: Sequence[Line]) -> int:
    """Return how many rows there are up to the last with anything in it."""
    return max(
        (number for number, line in enumerate(lines, 1) if any(map(_is_filled, line.cells))), default=0
    )


def _is_filled(box: Box) -> bool:
    return bool(box.entered or box.format or box.rule or box.note)
