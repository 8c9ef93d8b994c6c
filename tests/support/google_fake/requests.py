"""The requests of `batchUpdate`: what each does to the document, and its reply."""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from tests.support.google_fake.charts import (
    add_chart,
    delete_embedded_object,
    update_chart_spec,
    update_position,
)
from tests.support.google_fake.document import ACCOUNT, API, Area, Axis, Document, Tab, World, make_tab
from tests.support.google_fake.errors import Refused
from tests.support.google_fake.masks import Mask, merge, read_mask
from tests.support.google_fake.metadata import create_metadata, delete_metadata, update_metadata
from tests.support.google_fake.ranges import grid_range, lines_of
from tests.support.google_fake.schema import Json
from tests.support.google_fake.values import Box, formula, sorted_by

_LINK = re.compile(r'=IFERROR\(HYPERLINK\(.*;"((?:[^"]|"")*)"\);"\1"\)', re.DOTALL)

Carry: TypeAlias = Callable[[Document, Json], Json]


def carry_out(document: Document, requests: list[Json]) -> list[Json]:
    """Carry out all requests or, when one is refused, none; return their replies."""
    earlier = document.copy()
    if document.world is World.VALIDATES_FIRST:
        _validate(document, requests)
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


def _validate(document: Document, requests: list[Json]) -> None:
    """Refuse numbers that are in use before anything is carried out."""
    known = {entry.id for entry in document.metadata}
    for number, request in enumerate(requests):
        made = request.get("createDeveloperMetadata", {}).get("developerMetadata", {})
        if made.get("metadataId") in known:
            raise Refused(
                400, f"Invalid requests[{number}].createDeveloperMetadata: {made['metadataId']} is in use."
            )


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
    """Work out a formula: that of a link shows its text, and the fake knows no other."""
    link = _LINK.fullmatch(entered.get("formulaValue", ""))
    if link:
        return {"stringValue": link[1].replace('""', '"')}
    return formula("", "#NAME?", API).result if "formulaValue" in entered else {}


def _set_data_validation(document: Document, body: Json) -> Json:
    tab, area = grid_range(document, body.get("range", {}))
    for row, column in _places(area):
        if body.get("filteredRowsIncluded") or not tab.rows[row].hidden_by_filter:
            box = replace(tab.rows[row].box(column), rule=body.get("rule", {}))
            document.put(tab, row, column, box, document.api)
    return {}


def _sort_range(document: Document, body: Json) -> Json:
    tab, area = grid_range(document, body.get("range", {}))
    (spec,) = body.get("sortSpecs", [])
    descending = spec.get("sortOrder") == "DESCENDING"
    order = partial(sorted_by, spec.get("dimensionIndex", 0) - area.left, descending, document.locale)
    document.sort(tab, area, order)
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
    for line in lines_of(document, place):
        if "pixelSize" in mask or not mask:
            line.pixels = wanted.get("pixelSize", 100)
        if "hiddenByUser" in mask or not mask:
            line.hidden_by_user = wanted.get("hiddenByUser", False)
    return {}


def _append_dimension(document: Document, body: Json) -> Json:
    tab = document.tab(body.get("sheetId", 0))
    axis: Axis = body["dimension"]
    document.insert(tab, axis, len(tab.lines(axis)), body["length"])
    return {}


def _insert_dimension(document: Document, body: Json) -> Json:
    place = body["range"]
    tab = document.tab(place.get("sheetId", 0))
    start = place.get("startIndex", 0)
    size, inherits = len(tab.lines(place["dimension"])), body.get("inheritFromBefore", False)
    if start > size or (start == size and not inherits):
        raise Refused(400, f"range.startIndex[{start}] must be less than the grid size[{size}]")
    document.insert(tab, place["dimension"], start, place["endIndex"] - start)
    return {}


def _delete_dimension(document: Document, body: Json) -> Json:
    place = body["range"]
    lines_of(document, place)
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


KINDS: Mapping[str, Carry] = {
    "updateCells": _update_cells,
    "repeatCell": _repeat_cell,
    "sortRange": _sort_range,
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
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "updateEmbeddedObjectPosition": update_position,
    "deleteEmbeddedObject": delete_embedded_object,
    "createDeveloperMetadata": create_metadata,
    "updateDeveloperMetadata": update_metadata,
    "deleteDeveloperMetadata": delete_metadata,
}
