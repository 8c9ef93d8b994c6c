"""Ranges: in A1 notation, as the API's GridRange, and as data filters."""

import re

from tests.support.google_fake.document import Area, Document, Line, Metadata, Tab
from tests.support.google_fake.errors import Refused
from tests.support.google_fake.schema import Json

_CORNER = re.compile(r"\$?([A-Za-z]*)\$?(\d*)")


def column_number(letters: str) -> int:
    """Return the index (from 0) of a column named by letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(index: int) -> str:
    """Return the letters of a column (from 0)."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_a1(document: Document, text: str) -> tuple[Tab, Area]:
    """Find what A1 notation names (developers.google.com/workspace/sheets/api/guides/concepts)."""
    whole = document.titled(_unquoted(text))
    if whole:
        return whole, whole.area({})
    title, mark, cells = text.rpartition("!")
    tab = document.titled(_unquoted(title)) if mark else document.tabs[0]
    if tab is None:
        raise Refused(400, f"Unable to parse range: {text}")
    return tab, tab.area(_read_cells(cells, text))


def _unquoted(title: str) -> str:
    if len(title) > 1 and title[0] == title[-1] == "'":
        return title[1:-1].replace("''", "'")
    return title


def _read_cells(cells: str, text: str) -> Json:
    first, mark, last = cells.partition(":")
    start, end = _CORNER.fullmatch(first), _CORNER.fullmatch(last if mark else first)
    if not (start and end and start[0] and end[0]):
        raise Refused(400, f"Unable to parse range: {text}")
    given: Json = {}
    if start[1]:
        given["startColumnIndex"] = column_number(start[1])
    if start[2]:
        given["startRowIndex"] = int(start[2]) - 1
    if end[1]:
        given["endColumnIndex"] = column_number(end[1]) + 1
    if end[2]:
        given["endRowIndex"] = int(end[2])
    return given


def name_a1(tab: Tab, area: Area) -> str:
    """Return an area in A1 notation, as answers repeat it."""
    title = tab.title if re.fullmatch(r"\w+", tab.title) else "'" + tab.title.replace("'", "''") + "'"
    first = f"{column_letters(area.left)}{area.top + 1}"
    last = f"{column_letters(area.right - 1)}{area.bottom}"
    return f"{title}!{first}" if first == last else f"{title}!{first}:{last}"


def grid_range(document: Document, given: Json) -> tuple[Tab, Area]:
    """Return the tab and part that a GridRange names; without a tab's id it is tab 0."""
    tab = document.tab(given.get("sheetId", 0))
    return tab, tab.area(given)


def lines_of(document: Document, place: Json) -> list[Line]:
    """Return the rows or columns that a DimensionRange names. Raises Refused outside the grid."""
    lines = document.tab(place.get("sheetId", 0)).lines(place["dimension"])
    start, end = place.get("startIndex", 0), place.get("endIndex", len(lines))
    if not 0 <= start < end <= len(lines):
        raise Refused(400, f"Cannot change {place}: it is not in the grid.")
    return lines[start:end]


def filtered(document: Document, wanted: Json) -> tuple[Metadata, ...]:
    """Return the developer metadata that a data filter names."""
    lookup = wanted.get("developerMetadataLookup")
    if lookup is None:
        raise Refused(400, "The fake finds metadata by developerMetadataLookup only.")
    return tuple(entry for entry in document.metadata if _fits(document, entry, lookup))


def _fits(document: Document, entry: Metadata, lookup: Json) -> bool:
    if lookup.get("metadataId", entry.id) != entry.id:
        return False
    told = describe(document, entry)
    names = ("metadataId", "metadataKey", "metadataValue", "visibility")
    if any(name in lookup and lookup[name] != told.get(name) for name in names):
        return False
    location = told["location"]
    if lookup.get("locationType", location["locationType"]) != location["locationType"]:
        return False
    place = lookup.get("metadataLocation")
    if place is None:
        return True
    if "sheetId" in place and lookup.get("locationMatchingStrategy") == "INTERSECTING_LOCATION":
        return bool(entry.tab == place["sheetId"])
    return all(location.get(name) == value for name, value in place.items() if name != "locationType")


def describe(document: Document, entry: Metadata) -> Json:
    """Return a metadata entry as the API gives it, with where it is now."""
    return {
        "metadataId": entry.id,
        "metadataKey": entry.key,
        **({"metadataValue": entry.value} if entry.value else {}),
        "visibility": entry.visibility,
        "location": _location(document, entry),
    }


def _location(document: Document, entry: Metadata) -> Json:
    if entry.tab is None:
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if entry.axis is None:
        return {"locationType": "SHEET", "sheetId": entry.tab}
    lines = document.tab(entry.tab).lines(entry.axis)
    at = next(index for index, line in enumerate(lines) if line.uid == entry.uid)
    place = {"sheetId": entry.tab, "dimension": entry.axis, "startIndex": at, "endIndex": at + 1}
    return {"locationType": entry.axis.removesuffix("S"), "dimensionRange": place}
