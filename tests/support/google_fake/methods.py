"""The API's methods, each on a document: what is asked for in, what is answered out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.support.google_fake.answers import Named, tell
from tests.support.google_fake.document import Area, Document, Tab
from tests.support.google_fake.errors import NOT_FOUND, Refused
from tests.support.google_fake.masks import EVERYTHING, Mask, apply_mask, below, read_mask, wants
from tests.support.google_fake.ranges import describe, filtered, grid_range, name_a1, read_a1
from tests.support.google_fake.requests import carry_out
from tests.support.google_fake.schema import Json
from tests.support.google_fake.values import Box, plain_value, typed


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, taken apart."""

    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    body: Json
    response: str

    def one(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]

    def is_set(self, name: str) -> bool:
        return self.one(name).lower() == "true"

    def mask(self) -> Mask:
        fields = self.one("fields")
        return read_mask(fields, self.response) if fields else EVERYTHING


def _get(document: Document, asked: Asked) -> Json:
    areas = [read_a1(document, text) for text in asked.query.get("ranges", [])]
    return _told(document, areas, asked.mask(), grid=asked.is_set("includeGridData"))


def _get_by_filter(document: Document, asked: Asked) -> Json:
    areas = [area for one in asked.body.get("dataFilters", []) for area in _areas(document, one)]
    return _told(document, areas, asked.mask(), grid=asked.body.get("includeGridData", False))


def _told(document: Document, areas: Sequence[Named], mask: Mask, *, grid: bool) -> Json:
    """Return the spreadsheet; whether with cells, a mask says alone if there is one."""
    return tell(document, areas, mask, grid=wants(mask, "sheets", "data") if mask else grid)


def _areas(document: Document, one: Json) -> list[Named]:
    if "gridRange" in one:
        return [grid_range(document, one["gridRange"])]
    if "a1Range" in one:
        return [read_a1(document, one["a1Range"])]
    return [_area_of(document, describe(document, entry)) for entry in filtered(document, one)]


def _area_of(document: Document, told: Json) -> Named:
    place = told["location"].get("dimensionRange")
    if place is None:
        tab = document.tab(told["location"].get("sheetId", document.tabs[0].id))
        return tab, tab.area({})
    kind = place["dimension"].title().removesuffix("s")
    ends = {f"start{kind}Index": place["startIndex"], f"end{kind}Index": place["endIndex"]}
    return grid_range(document, {"sheetId": place["sheetId"], **ends})


def _batch_update(document: Document, asked: Asked) -> Json:
    mask, body = asked.mask(), asked.body
    if not body.get("requests"):
        raise Refused(400, "Must specify at least one request.")
    replies = carry_out(document, body["requests"])
    told: Json = {"spreadsheetId": document.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        areas = [read_a1(document, text) for text in body.get("responseRanges", [])]
        part = (
            below(mask, "updatedSpreadsheet") if wants(mask, "updatedSpreadsheet") else {"spreadsheetId": {}}
        )
        grid = body.get("responseIncludeGridData", False)
        told["updatedSpreadsheet"] = _told(document, areas, part, grid=grid)
    masked: Json = apply_mask(mask, told)
    return masked


# --- values --------------------------------------------------------------------------------------------


def _values_get(document: Document, asked: Asked) -> Json:
    return _tell_values(document, asked.path["range"], asked)


def _values_batch_get(document: Document, asked: Asked) -> Json:
    told = [_tell_values(document, text, asked) for text in asked.query.get("ranges", [])]
    return {"spreadsheetId": document.id, "valueRanges": told}


def _tell_values(document: Document, text: str, asked: Asked) -> Json:
    tab, area = read_a1(document, text)
    render = asked.one("valueRenderOption", "FORMATTED_VALUE")
    dates = asked.one("dateTimeRenderOption", "SERIAL_NUMBER")
    rows = [
        [plain_value(box, render, dates, document.locale) for box in line.cells[area.left : area.right]]
        for line in tab.rows[area.top : area.bottom]
    ]
    rows = _trimmed([_trimmed(row) for row in rows])
    if asked.one("majorDimension") == "COLUMNS":
        width = max(map(len, rows), default=0)
        rows = [_trimmed([row[at] if at < len(row) else "" for row in rows]) for at in range(width)]
    told: Json = {"range": name_a1(tab, area), "majorDimension": asked.one("majorDimension", "ROWS")}
    return told | ({"values": rows} if rows else {})


def _trimmed(values: list[Any]) -> list[Any]:
    last = len(values)
    while last and values[last - 1] in ("", []):
        last -= 1
    return values[:last]


def _values_update(document: Document, asked: Asked) -> Json:
    given = {"range": asked.path["range"], **asked.body}
    return _put_values(document, given, asked.one("valueInputOption"))


def _values_batch_update(document: Document, asked: Asked) -> Json:
    told = _put_all(document, asked.body.get("data", []), asked.body.get("valueInputOption", ""))
    return {
        "spreadsheetId": document.id,
        "totalUpdatedCells": sum(one["updatedCells"] for one in told),
        "responses": told,
    }


def _put_all(document: Document, data: Sequence[Json], option: str) -> list[Json]:
    earlier = document.copy()
    try:
        return [_put_values(document, given, option) for given in data]
    except Refused:
        document.restore(earlier)
        raise


def _put_values(document: Document, given: Json, option: str) -> Json:
    if option not in {"RAW", "USER_ENTERED"}:
        raise Refused(400, "'valueInputOption' is required but not specified")
    tab, area = read_a1(document, given["range"])
    rows = given.get("values", [])
    if given.get("majorDimension") == "COLUMNS":
        rows = [list(row) for row in zip(*rows, strict=True)]
    count = 0
    for down, row in enumerate(rows):
        for right, value in enumerate(row):
            if value is not None:
                _put_value(document, tab, (area.top + down, area.left + right), value, option)
                count += 1
    wide = max(map(len, rows), default=1)
    done = Area(area.top, area.top + max(len(rows), 1), area.left, area.left + wide)
    told = {"spreadsheetId": document.id, "updatedRange": name_a1(tab, done), "updatedCells": count}
    return told | {"updatedRows": len(rows), "updatedColumns": wide}


def _put_value(document: Document, tab: Tab, place: tuple[int, int], value: object, option: str) -> None:
    row, column = place
    if not (row < len(tab.rows) and column < len(tab.columns)):
        limits = f"Max rows: {len(tab.rows)}, max columns: {len(tab.columns)}"
        raise Refused(400, f"Range ({name_a1(tab, tab.area({}))}) exceeds grid limits. {limits}")
    if isinstance(value, str):
        plain = Box({"stringValue": value} if value else {})
        box = typed(value, document.api, document.locale) if option == "USER_ENTERED" and value else plain
    else:
        box = Box({"boolValue": value} if isinstance(value, bool) else {"numberValue": value})
    old = tab.rows[row].box(column)
    kept = replace(old, entered=box.entered, result=box.result, format=box.format or old.format)
    document.put(tab, row, column, kept, document.api)


def _values_update_by_filter(document: Document, asked: Asked) -> Json:
    """Write to every range that a filter matches (the reference says so of `data`)."""
    named = [
        given | {"range": name_a1(tab, area)}
        for given in asked.body.get("data", [])
        for tab, area in _areas(document, given["dataFilter"])
    ]
    told = _put_all(document, named, asked.body.get("valueInputOption", ""))
    cells = sum(one["updatedCells"] for one in told)
    return {"spreadsheetId": document.id, **({"totalUpdatedCells": cells} if cells else {})}


# --- developer metadata --------------------------------------------------------------------------------


def _metadata_search(document: Document, asked: Asked) -> Json:
    filters = asked.body.get("dataFilters", [])
    found = {entry.id: entry for one in filters for entry in filtered(document, one)}
    told = [
        {"developerMetadata": describe(document, entry), "dataFilters": filters} for entry in found.values()
    ]
    return {"matchedDeveloperMetadata": told} if told else {}


def _metadata_get(document: Document, asked: Asked) -> Json:
    for entry in document.metadata:
        if str(entry.id) == asked.path["metadataId"]:
            return describe(document, entry)
    raise Refused(404, NOT_FOUND)


METHODS: Mapping[str, Callable[[Document, Asked], Json]] = {
    "spreadsheets.get": _get,
    "spreadsheets.getByDataFilter": _get_by_filter,
    "spreadsheets.batchUpdate": _batch_update,
    "spreadsheets.values.get": _values_get,
    "spreadsheets.values.batchGet": _values_batch_get,
    "spreadsheets.values.update": _values_update,
    "spreadsheets.values.batchUpdate": _values_batch_update,
    "spreadsheets.values.batchUpdateByDataFilter": _values_update_by_filter,
    "spreadsheets.developerMetadata.get": _metadata_get,
    "spreadsheets.developerMetadata.search": _metadata_search,
}

WRITING = frozenset(
    {
        "spreadsheets.batchUpdate",
        "spreadsheets.values.update",
        "spreadsheets.values.batchUpdate",
        "spreadsheets.values.batchUpdateByDataFilter",
    }
)
"""Methods that count as writes."""
