"""Developer metadata in `batchUpdate`: created with a number of its own, changed and taken away by what it is."""

from tests.support.google_fake.document import Document, Metadata
from tests.support.google_fake.errors import Refused
from tests.support.google_fake.masks import read_mask
from tests.support.google_fake.ranges import describe, filtered, lines_of
from tests.support.google_fake.schema import Json

MOST_METADATA = 30_000
"""How many characters of metadata a spreadsheet and a tab hold."""


def create_metadata(document: Document, body: Json) -> Json:
    """Carry out `createDeveloperMetadata`."""
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
        (line,) = lines_of(document, place)
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


def update_metadata(document: Document, body: Json) -> Json:
    """Carry out `updateDeveloperMetadata`."""
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


def delete_metadata(document: Document, body: Json) -> Json:
    """Carry out `deleteDeveloperMetadata`."""
    found = filtered(document, body.get("dataFilter", {}))
    told = [describe(document, entry) for entry in found]
    gone = {entry.id for entry in found}
    document.metadata = [entry for entry in document.metadata if entry.id not in gone]
    return {"deletedDeveloperMetadata": told} if told else {}
