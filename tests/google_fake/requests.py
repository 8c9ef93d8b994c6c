"""The requests of `batchUpdate`: what each does to the document, and its reply."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import TypeAlias

from tests.google_fake.document import ACCOUNT, API, Area, Axis, Document, Line, Metadata, Tab, make_tab
from tests.google_fake.errors import Refused
from tests.google_fake.masks import Mask, merge, read_mask
from tests.google_fake.ranges import describe, filtered, grid_range
from tests.google_fake.schema import Json
from tests.google_fake.values import Box, formula

Carry: TypeAlias = Callable[[Document, Json], Json]

MOST_METADATA = 30_000
"""How many characters of metadata a spreadsheet and a tab hold."""


def carry_out(document: Document, requests: list[Json]) -> list[Json]:
    """Carry out all requests or, when one is refused, none; return their replies."""
    earlier = document.copy()
    replies: list[Json] = []
    for number, request in enumerate(requests):
        try:
            replies.append(_carry_out(document, request))
        except Refused as refused:
            document.restore(earlier)
            name = next(iter(request), "?")
            message = f"Invalid requests[{number}].{name}: {refused.message}"
            raise Refused(refused.code, message, refused.reason) from refused
    return replies


def _carry_out(document: Document, request: Json) -> Json:
    if len(request) != 1:
        raise Refused(400, "Must specify exactly one request kind.")
    ((name, body),) = request.items()
    if name not in KINDS:
        raise Refused(400, f"The fake does not know this request: {name}")
    reply = KINDS[name](document, body)
    return {name: reply} if reply else {}


# --- cells ---------------------------------------------------------------------------------------------


def _update_cells(document: Document, body: Json) -> Json:
    rows, mask = body.get("rows", []), read_mask(body.get("fields", ""), "CellData")
    if "start" in body:
        start = body["start"]
        tab = document.tab(start.get("sheetId", 0))
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        for down, row in enumerate(rows):
            for right, cell in enumerate(row.get("values", [])):
                _change(document, tab, (top + down, left + right), cell, mask)
        return {}
    tab, area = grid_range(document, body.get("range", {}))
    values = [row.get("values", []) for row in rows]
    if len(values) > area.bottom - area.top or any(len(row) > area.right - area.left for row in values):
        raise Refused(400, "Attempting to write outside of the range.")
    for row, column in _places(area):
        line = values[row - area.top] if row - area.top < len(values) else []
        cell = line[column - area.left] if column - area.left < len(line) else {}
        _change(document, tab, (row, column), cell, mask)
    return {}


def _repeat_cell(document: Document, body: Json) -> Json:
    tab, area = grid_range(document, body.get("range", {}))
    mask = read_mask(body.get("fields", ""), "CellData")
    for place in _places(area):
        _change(document, tab, place, body.get("cell", {}), mask)
    return {}


def _places(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            yield row, column


def _change(document: Document, tab: Tab, place: tuple[int, int], cell: Json, mask: Mask) -> None:
    row, column = place
    if not (row < len(tab.rows) and column < len(tab.columns)):
        raise Refused(400, f"Attempting to write row {row}, column {column}, beyond the grid.")
    old = tab.rows[row].box(column)
    told: Json = {"userEnteredValue": old.entered, "userEnteredFormat": old.format}
    told |= {"dataValidation": old.rule, "note": old.note}
    new = merge({name: value for name, value in told.items() if value}, cell, mask)
    entered = _entered(new.get("userEnteredValue") or {})
    box = Box(
        entered,
        old.result if entered == old.entered else _result(entered),
        new.get("userEnteredFormat") or {},
        new.get("dataValidation") or {},
        new.get("note") or "",
    )
    document.put(tab, row, column, box, document.api)


def _entered(value: Json) -> Json:
    if len(value) > 1 or "errorValue" in value:
        raise Refused(400, "Invalid value: one kind of value, and no error, can be entered.")
    if len(str(value.get("stringValue", ""))) > 50_000:
        raise Refused(400, "Your input contains more than the maximum of 50000 characters in a single cell.")
    return {} if value == {"stringValue": ""} else value


def _result(entered: Json) -> Json:
    return formula("", "#NAME?", API).result if "formulaValue" in entered else {}


def _set_data_validation(document: Document, body: Json) -> Json:
    tab, area = grid_range(document, body.get("range", {}))
    for row, column in _places(area):
        if body.get("filteredRowsIncluded") or not tab.rows[row].hidden_by_filter:
            box = replace(tab.rows[row].box(column), rule=body.get("rule", {}))
            document.put(tab, row, column, box, document.api)
    return {}


# --- rows, columns, tabs -------------------------------------------------------------------------------


def _update_sheet_properties(document: Document, body: Json) -> Json:
    wanted, mask = body.get("properties", {}), read_mask(body.get("fields", ""), "SheetProperties")
    tab = document.tab(wanted.get("sheetId", 0))
    if "title" in mask:
        if document.titled(wanted["title"]) not in (None, tab):
            raise Refused(400, f"A sheet with the name “{wanted['title']}” already exists.")
        tab.title = wanted["title"]
    if "hidden" in mask:
        tab.hidden = wanted.get("hidden", False)
    grid = wanted.get("gridProperties", {})
    if "gridProperties" in mask and "frozenRowCount" in (mask["gridProperties"] or grid):
        tab.frozen_rows = grid.get("frozenRowCount", 0)
    if {"rowCount", "columnCount"} & set(mask.get("gridProperties", ())):
        raise Refused(
            400, "The fake does not resize a grid: an absolute size would cut off what the form added."
        )
    return {}


def _update_dimension_properties(document: Document, body: Json) -> Json:
    place, wanted = body.get("range", {}), body.get("properties", {})
    mask = read_mask(body.get("fields", ""), "DimensionProperties")
    for line in _lines(document, place):
        if "pixelSize" in mask or not mask:
            line.pixels = wanted.get("pixelSize", 100)
        if "hiddenByUser" in mask or not mask:
            line.hidden_by_user = wanted.get("hiddenByUser", False)
    return {}


def _lines(document: Document, place: Json) -> list[Line]:
    lines = document.tab(place.get("sheetId", 0)).lines(place["dimension"])
    start, end = place.get("startIndex", 0), place.get("endIndex", len(lines))
    if not 0 <= start < end <= len(lines):
        raise Refused(400, f"Cannot change {place}: it is not in the grid.")
    return lines[start:end]


def _append_dimension(document: Document, body: Json) -> Json:
    tab = document.tab(body.get("sheetId", 0))
    axis: Axis = body["dimension"]
    document.insert(tab, axis, len(tab.lines(axis)), body["length"])
    return {}


def _insert_dimension(document: Document, body: Json) -> Json:
    place = body["range"]
    tab = document.tab(place.get("sheetId", 0))
    start = place.get("startIndex", 0)
    if start > len(tab.lines(place["dimension"])):
        raise Refused(400, f"Cannot insert at {start}: it is beyond the grid.")
    document.insert(tab, place["dimension"], start, place["endIndex"] - start)
    return {}


def _delete_dimension(document: Document, body: Json) -> Json:
    place = body["range"]
    _lines(document, place)
    tab = document.tab(place.get("sheetId", 0))
    document.delete(tab, place["dimension"], place.get("startIndex", 0), place["endIndex"])
    return {}


def _add_sheet(document: Document, body: Json) -> Json:
    wanted = body.get("properties", {})
    title = wanted.get("title", f"Sheet{len(document.tabs) + 1}")
    if document.titled(title):
        raise Refused(400, f"A sheet with the name “{title}” already exists. Please enter another name.")
    grid = wanted.get("gridProperties", {})
    number = wanted.get("sheetId", zlib.crc32(title.encode()) % 2**31)
    tab = make_tab(number, title, grid.get("rowCount", 1000), grid.get("columnCount", 26))
    tab.hidden = wanted.get("hidden", False)
    document.tabs.append(tab)
    return {"properties": {"sheetId": number, "title": title, "index": len(document.tabs) - 1}}


def _delete_sheet(document: Document, body: Json) -> Json:
    document.delete_tab(document.tab(body.get("sheetId", 0)))
    return {}


# --- protections and colours ---------------------------------------------------------------------------


def _add_protected_range(document: Document, body: Json) -> Json:
    wanted = deepcopy(body.get("protectedRange", {}))
    tab, _ = grid_range(document, wanted.get("range", {}))
    known = {one["protectedRangeId"] for each in document.tabs for one in each.protections}
    number = wanted.setdefault("protectedRangeId", max(known, default=1_000) + 1)
    if number in known:
        raise Refused(400, f"A protected range with ID {number} already exists.")
    if not wanted.get("warningOnly"):  # who protects may edit
        wanted.setdefault("editors", {}).setdefault("users", []).append(ACCOUNT)
    tab.protections.append(wanted)
    return {"protectedRange": deepcopy(wanted)}


def _update_protected_range(document: Document, body: Json) -> Json:
    wanted, mask = body["protectedRange"], read_mask(body.get("fields", ""), "ProtectedRange")
    tab, old = _protection(document, wanted["protectedRangeId"])
    new = merge(old, deepcopy(wanted), mask)
    tab.protections[tab.protections.index(old)] = new | {"protectedRangeId": old["protectedRangeId"]}
    return {}


def _delete_protected_range(document: Document, body: Json) -> Json:
    tab, old = _protection(document, body["protectedRangeId"])
    tab.protections.remove(old)
    return {}


def _protection(document: Document, number: int) -> tuple[Tab, Json]:
    for tab in document.tabs:
        for one in tab.protections:
            if one["protectedRangeId"] == number:
                return tab, one
    raise Refused(400, f"No protected range with ID {number}.")


def _add_colours(document: Document, body: Json) -> Json:
    rule = deepcopy(body.get("rule", {}))
    places = [grid_range(document, given) for given in rule.get("ranges", [])]
    if not places:
        raise Refused(400, "ConditionalFormatRule.ranges must not be empty.")
    tab = places[0][0]
    tab.colours.insert(body.get("index", len(tab.colours)), rule)
    return {}


def _delete_colours(document: Document, body: Json) -> Json:
    tab, at = document.tab(body.get("sheetId", 0)), body.get("index", 0)
    if at >= len(tab.colours):
        raise Refused(400, f"No conditional format on sheet {tab.id} at index {at}.")
    return {"rule": tab.colours.pop(at)}


# --- developer metadata --------------------------------------------------------------------------------


def _create_metadata(document: Document, body: Json) -> Json:
    wanted = body.get("developerMetadata", {})
    if not wanted.get("metadataKey") or not wanted.get("visibility") or not wanted.get("location"):
        raise Refused(400, "developerMetadata needs a metadataKey, a visibility and a location.")
    known = {entry.id for entry in document.metadata}
    number = wanted.get("metadataId") or max(known, default=100) + 1
    if number in known:
        raise Refused(400, f"Developer metadata with ID {number} already exists.")
    made = Metadata(number, wanted["metadataKey"], wanted.get("metadataValue", ""), wanted["visibility"])
    _hang(document, made, wanted["location"])
    document.metadata.append(made)
    _refuse_too_much(document)
    return {"developerMetadata": describe(document, made)}


def _hang(document: Document, entry: Metadata, location: Json) -> None:
    place = location.get("dimensionRange")
    if place:
        if place.get("endIndex", 0) - place.get("startIndex", 0) != 1:
            raise Refused(400, "Developer metadata can be on a single row or column only.")
        (line,) = _lines(document, place)
        entry.tab, entry.axis, entry.uid = place.get("sheetId", 0), place["dimension"], line.uid
    elif "sheetId" in location:
        entry.tab, entry.axis, entry.uid = document.tab(location["sheetId"]).id, None, None
    elif location.get("spreadsheet"):
        entry.tab = entry.axis = entry.uid = None
    else:
        raise Refused(400, "developerMetadata.location names nothing.")


def _refuse_too_much(document: Document) -> None:
    for place in {entry.tab for entry in document.metadata}:
        entries = [entry for entry in document.metadata if entry.tab == place]
        if sum(len(entry.key) + len(entry.value) for entry in entries) > MOST_METADATA:
            raise Refused(400, "The developer metadata is longer than the quota allows.")


def _update_metadata(document: Document, body: Json) -> Json:
    wanted, mask = body.get("developerMetadata", {}), read_mask(body.get("fields", ""), "DeveloperMetadata")
    found = [entry for one in body.get("dataFilters", []) for entry in filtered(document, one)]
    for entry in found:
        if not mask or "metadataKey" in mask:
            entry.key = wanted.get("metadataKey", entry.key)
        if not mask or "metadataValue" in mask:
            entry.value = wanted.get("metadataValue", "")
        if not mask or "visibility" in mask:
            entry.visibility = wanted.get("visibility", entry.visibility)
        if "location" in wanted and (not mask or "location" in mask):
            _hang(document, entry, wanted["location"])
    _refuse_too_much(document)
    return {"developerMetadata": [describe(document, entry) for entry in found]} if found else {}


def _delete_metadata(document: Document, body: Json) -> Json:
    found = filtered(document, body.get("dataFilter", {}))
    told = [describe(document, entry) for entry in found]
    gone = {entry.id for entry in found}
    document.metadata = [entry for entry in document.metadata if entry.id not in gone]
    return {"deletedDeveloperMetadata": told} if told else {}


KINDS: Mapping[str, Carry] = {
    "updateCells": _update_cells,
    "repeatCell": _repeat_cell,
    "setDataValidation": _set_data_validation,
    "updateSheetProperties": _update_sheet_properties,
    "updateDimensionProperties": _update_dimension_properties,
    "appendDimension": _append_dimension,
    "insertDimension": _insert_dimension,
    "deleteDimension": _delete_dimension,
    "addSheet": _add_sheet,
    "deleteSheet": _delete_sheet,
    "addProtectedRange": _add_protected_range,
    "updateProtectedRange": _update_protected_range,
    "deleteProtectedRange": _delete_protected_range,
    "addConditionalFormatRule": _add_colours,
    "deleteConditionalFormatRule": _delete_colours,
    "createDeveloperMetadata": _create_metadata,
    "updateDeveloperMetadata": _update_metadata,
    "deleteDeveloperMetadata": _delete_metadata,
}
