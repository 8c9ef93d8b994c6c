"""The stand-in for Google Sheets, through the real gspread client: it has to be as strict as Google is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import requests
from google.auth.credentials import AnonymousCredentials
from gspread.client import Client
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from gspread.spreadsheet import Spreadsheet

from tests.support.google_fake import (
    API,
    FORM,
    ORGANISER,
    Call,
    FakeGoogle,
    Form,
    Organisers,
    Writing,
    make_responses,
)
from tests.support.google_fake.errors import PROTECTED
from tests.support.google_fake.faults import BAD_GATEWAY, DOWN_AFTER, RESET, RESET_AFTER, TOO_MANY, slow
from tests.support.google_fake.people import SHEET_ID
from tests.support.google_fake.schema import Json, find_faults, methods
from tests.support.google_fake.values import Box, box_of, formula, number_format, shown, typed

NINE = datetime.fromisoformat("2023-07-14 09:12:33")
HEADERS = ("Timestamp", "Email", "Answer")
ANA = (NINE, "ana@example.org", "Yes")
BO = (datetime.fromisoformat("2023-07-15 10:00:00"), "bo@example.org", "No")
TAB = "Form responses 1"


class Desk:
    """A client of the fake, and the people on the other side."""

    def __init__(self, google: FakeGoogle, form: Form, people: Organisers) -> None:
        self.google, self.form, self.people = google, form, people
        self.document = form.document

        class Here(HTTPClient):
            def request(self, method: str, endpoint: str, *details: Any, **more: Any) -> Any:
                here = endpoint.replace("https://sheets.googleapis.com", google.url)
                return super().request(method, here, *details, **more)

        anybody = AnonymousCredentials()  # type: ignore[no-untyped-call]  # the library has no types
        self.client = Client(anybody, http_client=Here)
        self.client.set_timeout((2, 2))
        self.http = self.client.http_client

    def open(self) -> Spreadsheet:
        return self.client.open_by_key(self.document.id)

    def get(self, fields: str, *ranges: str) -> Json:
        params: Json = {"fields": fields, **({"ranges": list(ranges)} if ranges else {})}
        told: Json = self.http.spreadsheets_get(self.document.id, params)
        return told

    def update(self, *wanted: Json, fields: str = "", **more: Any) -> Json:
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{self.document.id}:batchUpdate"
        params: Json = {"fields": fields} if fields else {}
        answer = self.http.request("post", url, params=params, json={"requests": list(wanted), **more})
        told: Json = answer.json()
        return told


@pytest.fixture
def desk() -> Iterator[Desk]:
    document, form, people = make_responses("doc", HEADERS, [ANA, BO])
    with FakeGoogle() as google:
        google.add(document)
        yield Desk(google, form, people)


def write(row: int, column: int, *texts: str) -> Json:
    place = {"sheetId": SHEET_ID, "startRowIndex": row, "endRowIndex": row + 1}
    place |= {"startColumnIndex": column, "endColumnIndex": column + len(texts)}
    cells = [{"userEnteredValue": {"stringValue": text}} for text in texts]
    return {"updateCells": {"range": place, "rows": [{"values": cells}], "fields": "userEnteredValue"}}


def lock(number: int = 7, **location: Any) -> Json:
    entry = {"metadataId": number, "metadataKey": "lease", "metadataValue": "us", "visibility": "DOCUMENT"}
    return {
        "createDeveloperMetadata": {
            "developerMetadata": entry | {"location": location or {"spreadsheet": True}}
        }
    }


def by_id(number: int) -> Json:
    return {"developerMetadataLookup": {"metadataId": number}}


def test_gspread_reads_what_the_form_wrote(desk: Desk) -> None:
    tab = desk.open().worksheet(TAB)
    assert tab.get_all_values() == [
        list(HEADERS),
        ["14/07/2023 09:12:33", "ana@example.org", "Yes"],
        ["15/07/2023 10:00:00", "bo@example.org", "No"],
    ]
    assert tab.get(value_render_option="UNFORMATTED_VALUE")[1] == [45121.3837152778, "ana@example.org", "Yes"]  # type: ignore[arg-type]  # fields and values by name
    assert [call.method for call in desk.google.calls[:2]] == ["spreadsheets.get"] * 2


def test_cells_are_told_as_entered_as_effective_and_as_shown(desk: Desk) -> None:
    desk.people.put(2, 2, formula('=B3&"!"', "bo@example.org!", ORGANISER))
    desk.people.put(1, 2, formula("=Z99", "#REF!", ORGANISER))
    fields = "sheets.data.rowData.values(userEnteredValue,effectiveValue,formattedValue)"
    header, ana, bo = desk.get(fields, TAB)["sheets"][0]["data"][0]["rowData"]
    assert header["values"][1]["formattedValue"] == "Email"
    assert ana["values"] == [
        {
            "userEnteredValue": {"numberValue": 45121.3837152778},
            "effectiveValue": {"numberValue": 45121.3837152778},
            "formattedValue": "14/07/2023 09:12:33",
        },
        {
            "userEnteredValue": {"stringValue": "ana@example.org"},
            "effectiveValue": {"stringValue": "ana@example.org"},
            "formattedValue": "ana@example.org",
        },
        {
            "userEnteredValue": {"formulaValue": "=Z99"},
            "effectiveValue": {"errorValue": {"type": "REF", "message": "It does not work out."}},
            "formattedValue": "#REF!",
        },
    ]
    assert bo["values"][2]["effectiveValue"] == {"stringValue": "bo@example.org!"}


def test_a_mask_lets_through_what_it_names_only(desk: Desk) -> None:
    desk.people.hide_column(1)
    desk.people.filter(lambda line: line.box(2).entered == {"stringValue": "Yes"})
    fields = (
        "properties(timeZone,locale),sheets(properties/title,basicFilter,data(startRow,columnMetadata(hiddenByUser),"
        "rowMetadata.hiddenByFilter,rowData.values.note))"
    )
    told = desk.get(fields, f"'{TAB}'!A2:C3")
    assert told == {
        "properties": {"timeZone": "Europe/Madrid", "locale": "en_GB"},
        "sheets": [
            {
                "properties": {"title": TAB},
                "basicFilter": {"range": {"sheetId": SHEET_ID, "startRowIndex": 0, "endRowIndex": 3}},
                "data": [
                    {
                        "startRow": 1,
                        "rowData": [{"values": [{}, {}, {}]}, {"values": [{}, {}, {}]}],
                        "rowMetadata": [{}, {"hiddenByFilter": True}],
                        "columnMetadata": [{}, {"hiddenByUser": True}, {}],
                    }
                ],
            }
        ],
    }


def test_a_mask_for_what_does_not_exist_is_refused(desk: Desk) -> None:
    with pytest.raises(APIError, match="Invalid field mask"):
        desk.get("sheets.data.rowData.values.userEnterdValue", TAB)
    assert len(desk.google.violations) == 1
    desk.google.violations.clear()


def test_grid_data_comes_only_when_it_is_asked_for(desk: Desk) -> None:
    assert "data" not in desk.http.spreadsheets_get(desk.document.id)["sheets"][0]
    with_cells = desk.http.spreadsheets_get(desk.document.id, {"includeGridData": "true"})
    assert len(with_cells["sheets"][0]["data"][0]["rowData"]) == 3


def test_a_tab_is_found_by_its_number_whatever_its_title(desk: Desk) -> None:
    desk.people.rename_tab("Antworten")
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{desk.document.id}:getByDataFilter"
    body = {"dataFilters": [{"gridRange": {"sheetId": SHEET_ID}}]}
    told = desk.http.request("post", url, params={"fields": "sheets.properties.title"}, json=body).json()
    assert told == {"sheets": [{"properties": {"title": "Antworten"}}]}
    with pytest.raises(APIError, match="Unable to parse range"):
        desk.get("sheets.properties", TAB)


def test_a_write_answers_with_what_stands_there_then(desk: Desk) -> None:
    told = desk.update(
        write(1, 2, "=1+1"),
        fields="replies,updatedSpreadsheet.sheets.data(startRow,rowData.values.userEnteredValue)",
        includeSpreadsheetInResponse=True,
        responseRanges=[f"'{TAB}'!B2:C2"],
    )
    cells = [{"userEnteredValue": {"stringValue": text}} for text in ("ana@example.org", "=1+1")]
    grid = {"startRow": 1, "rowData": [{"values": cells}]}
    assert told == {"replies": [{}], "updatedSpreadsheet": {"sheets": [{"data": [grid]}]}}


def test_who_wrote_what_is_known(desk: Desk) -> None:
    before = len(desk.document.writings)
    desk.update(write(1, 2, "Yes"), write(2, 2, "Perhaps"))
    desk.people.type(1, 2, "7")
    tab = desk.people.tab
    uids, column = [tab.rows[row].uid for row in (2, 1)], tab.columns[2].uid
    assert desk.document.writings[before:] == [
        Writing(API, SHEET_ID, uids[0], column, "Answer", {"stringValue": "No"}, {"stringValue": "Perhaps"}),
        Writing(ORGANISER, SHEET_ID, uids[1], column, "Answer", {"stringValue": "Yes"}, {"numberValue": 7.0}),
    ]
    assert [tab.rows[row].box(2).writer for row in (1, 2)] == [ORGANISER, API]
    assert tab.rows[1].box(1).writer == FORM


def test_a_batch_is_all_or_nothing(desk: Desk) -> None:
    before, writings = desk.people.texts(), len(desk.document.writings)
    with pytest.raises(APIError, match=r"requests\[2\].updateCells"):
        desk.update(write(1, 2, "Perhaps"), lock(), write(1_000, 2, "x"))
    assert (desk.people.texts(), desk.document.metadata) == (before, [])
    assert len(desk.document.writings) == writings


def test_updating_cells_clears_what_the_mask_names_and_no_more(desk: Desk) -> None:
    desk.people.put(1, 2, Box({"stringValue": "x"}, {}, number_format("TEXT"), note="look"))
    cell = {"userEnteredFormat": {"backgroundColor": {"red": 1}}}
    start = {"sheetId": SHEET_ID, "rowIndex": 1, "columnIndex": 2}
    fields = "userEnteredFormat.backgroundColor,userEnteredValue"
    desk.update({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}})
    box = desk.people.tab.rows[1].box(2)
    both = {"numberFormat": {"type": "TEXT"}, "backgroundColor": {"red": 1}}
    assert (box.entered, box.format, box.note) == ({}, both, "look")


def test_metadata_with_a_number_is_there_once(desk: Desk) -> None:
    reply = desk.update(lock())["replies"][0]["createDeveloperMetadata"]["developerMetadata"]
    assert reply["location"] == {"locationType": "SPREADSHEET", "spreadsheet": True}
    with pytest.raises(APIError, match="already exists") as raised:
        desk.update(lock())
    assert raised.value.response.status_code == 400
    changed = {
        "dataFilters": [by_id(7)],
        "developerMetadata": {"metadataValue": "them"},
        "fields": "metadataValue",
    }
    desk.update({"updateDeveloperMetadata": changed})
    assert desk.get("developerMetadata(metadataId,metadataValue)") == {
        "developerMetadata": [{"metadataId": 7, "metadataValue": "them"}]
    }
    desk.update({"deleteDeveloperMetadata": {"dataFilter": by_id(7)}})
    assert desk.get("developerMetadata") == {}
    desk.update(lock())


def test_metadata_follows_its_column_and_dies_with_it(desk: Desk) -> None:
    place = {"sheetId": SHEET_ID, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    desk.update(lock(dimensionRange=place))
    desk.people.insert_column(0)
    desk.people.rename_header("Email", "E-Mail")
    desk.people.move_column(2, 3)
    fields = "sheets.data.columnMetadata.developerMetadata(metadataKey,location.dimensionRange.startIndex)"
    columns = desk.get(fields, TAB)["sheets"][0]["data"][0]["columnMetadata"]
    entry = {"metadataKey": "lease", "location": {"dimensionRange": {"startIndex": 3}}}
    assert columns == [{}, {}, {}, {"developerMetadata": [entry]}]
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{desk.document.id}/developerMetadata:search"
    found = desk.http.request("post", url, json={"dataFilters": [by_id(7)]}).json()
    assert [one["developerMetadata"]["metadataId"] for one in found["matchedDeveloperMetadata"]] == [7]
    desk.people.delete_column(3)
    assert desk.document.metadata == []


def test_drop_downs_reach_filtered_rows_only_when_told(desk: Desk) -> None:
    desk.people.filter(lambda line: False)
    place = {"sheetId": SHEET_ID, "startRowIndex": 1, "startColumnIndex": 2, "endColumnIndex": 3}
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}]}}
    desk.update({"setDataValidation": {"range": place, "rule": rule}})
    height = len(desk.people.tab.rows)
    assert [bool(line.box(2).rule) for line in desk.people.tab.rows] == [False] * 3 + [True] * (height - 3)
    desk.update({"setDataValidation": {"range": place, "rule": rule, "filteredRowsIncluded": True}})
    assert all(line.box(2).rule for line in desk.people.tab.rows[1:])


def test_a_hard_protection_keeps_the_api_out_and_a_warning_does_not(desk: Desk) -> None:
    place = {"sheetId": SHEET_ID, "startColumnIndex": 2, "endColumnIndex": 3}
    for warning in (True, False):  # who protects may still write
        desk.update({"addProtectedRange": {"protectedRange": {"range": place, "warningOnly": warning}}})
    desk.update(write(1, 2, "x"))
    desk.people.protect(2, 3, warning=True)
    desk.people.protect(2, 3)
    desk.people.insert_column(0)
    with pytest.raises(APIError, match=PROTECTED.split(".")[0]):
        desk.update(write(1, 3, "y"))
    told = desk.get("sheets.protectedRanges(range.startColumnIndex,requestingUserCanEdit)")
    may, may_not = (
        {"range": {"startColumnIndex": 3}, "requestingUserCanEdit": True},
        {"range": {"startColumnIndex": 3}},
    )
    assert told["sheets"][0]["protectedRanges"] == [may, may, may, may_not]


def test_rows_columns_and_colours(desk: Desk) -> None:
    colour = {"ranges": [{"sheetId": SHEET_ID, "startColumnIndex": 2, "endColumnIndex": 3}]}
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Yes"}]}
    colour["booleanRule"] = {"condition": condition, "format": {"backgroundColor": {"green": 1}}}  # type: ignore[assignment]  # JSON of any shape
    desk.update(
        {"appendDimension": {"sheetId": SHEET_ID, "dimension": "COLUMNS", "length": 2}},
        {"addConditionalFormatRule": {"rule": colour, "index": 0}},
        {
            "insertDimension": {
                "range": {"sheetId": SHEET_ID, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
            }
        },
        {
            "updateDimensionProperties": {
                "range": {"sheetId": SHEET_ID, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1},
                "properties": {"pixelSize": 300},
                "fields": "pixelSize",
            }
        },
        {
            "updateSheetProperties": {
                "properties": {"sheetId": SHEET_ID, "gridProperties": {"frozenRowCount": 2}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
    )
    told = desk.get("sheets(properties.gridProperties,conditionalFormats.ranges)")["sheets"][0]
    size = {"rowCount": len(desk.people.tab.rows), "columnCount": 6, "frozenRowCount": 2}
    assert told["properties"]["gridProperties"] == size
    assert told["conditionalFormats"][0]["ranges"][0]["startColumnIndex"] == 3
    assert desk.people.tab.columns[0].pixels == 300


def test_values_are_written_as_asked_for(desk: Desk) -> None:
    tab = desk.open().worksheet(TAB)
    tab.update_cell(2, 3, "007")
    tab.update([["007"]], "C3")
    tab.batch_update([{"range": "B2:B3", "values": [["=x"], [""]]}])
    assert [line.box(2).entered for line in desk.people.tab.rows[1:3]] == [
        {"numberValue": 7.0},
        {"stringValue": "007"},
    ]
    assert [line.box(1).entered for line in desk.people.tab.rows[1:3]] == [{"stringValue": "=x"}, {}]
    with pytest.raises(APIError, match="exceeds grid limits"):
        tab.update_cell(2, 99, "x")


def test_the_form_inserts_above_rows_that_were_added_by_hand(desk: Desk) -> None:
    desk.people.type(3, 1, "hand@example.org")
    desk.people.move_column(1, 0)
    desk.people.rename_header("Answer", "Réponse")
    desk.form.submit(NINE, "cy@example.org", "Perhaps")
    assert [row[0] for row in desk.people.texts()] == [
        "Email",
        "ana@example.org",
        "bo@example.org",
        "cy@example.org",
        "hand@example.org",
    ]
    desk.form.edit(1, datetime.fromisoformat("2023-07-20 08:00:00"), {2: "No"})
    assert desk.people.texts()[1] == ["ana@example.org", "20/07/2023 08:00:00", "No"]


def test_a_partial_sort_takes_rows_apart(desk: Desk) -> None:
    desk.people.sort(2, left=1)
    assert [row[1] for row in desk.people.texts()[1:]] == ["bo@example.org", "ana@example.org"]
    assert [row[0][:2] for row in desk.people.texts()[1:]] == ["14", "15"]
    desk.people.sort(0)
    assert [row[1] for row in desk.people.texts()[1:]] == ["bo@example.org", "ana@example.org"]


@pytest.mark.parametrize(("fault", "status"), [(TOO_MANY, 429), (DOWN_AFTER, 503), (BAD_GATEWAY, 502)])
def test_faults_are_answered_as_google_does(desk: Desk, fault: Any, status: int) -> None:
    desk.google.faults.append(fault)
    with pytest.raises(APIError) as raised:
        desk.update(write(1, 2, "x"))
    assert raised.value.response.status_code == status
    assert desk.people.said(1, "Answer") == ("x" if fault.applied else "Yes")
    assert desk.google.calls[-1].status == status


@pytest.mark.parametrize("fault", [RESET, RESET_AFTER])
def test_a_connection_can_break_before_and_after(desk: Desk, fault: Any) -> None:
    desk.google.faults.append(fault)
    with pytest.raises(requests.ConnectionError):
        desk.update(write(1, 2, "x"))
    assert desk.people.said(1, "Answer") == ("x" if fault.applied else "Yes")
    desk.update(write(1, 2, "y"))


def test_an_answer_can_come_too_late(desk: Desk) -> None:
    desk.client.set_timeout((1, 0.05))
    desk.google.faults.append(slow(5))
    with pytest.raises(requests.Timeout):
        desk.update(write(1, 2, "x"))
    assert desk.people.said(1, "Answer") == "x"


def test_people_act_in_the_gap_before_a_write(desk: Desk) -> None:
    def act(call: Call) -> None:
        if call.is_write:
            desk.people.sort(2)

    desk.google.gap = act
    desk.update(write(1, 2, "x"))
    assert [row[1:] for row in desk.people.texts()[1:]] == [
        ["bo@example.org", "x"],
        ["ana@example.org", "Yes"],
    ]


@pytest.mark.parametrize(
    ("access", "reading", "writing"), [("writer", 200, 200), ("reader", 200, 403), ("none", 403, 403)]
)
def test_access_is_as_the_sheet_was_shared(desk: Desk, access: str, reading: int, writing: int) -> None:
    desk.document.access = access
    url = f"{desk.google.url}/v4/spreadsheets/doc"
    read = requests.get(url, timeout=2)
    wrote = requests.post(f"{url}:batchUpdate", json={"requests": [write(1, 2, "x")]}, timeout=2)
    assert (read.status_code, wrote.status_code) == (reading, writing)
    assert requests.get(f"{desk.google.url}/v4/spreadsheets/other", timeout=2).status_code == 404
    desk.google.is_enabled = False
    assert requests.get(url, timeout=2).json()["error"]["details"][0]["reason"] == "SERVICE_DISABLED"


def test_what_the_api_does_not_describe_fails_the_test() -> None:
    google = FakeGoogle()
    body = {"requests": [{"updateCells": {"range": {"sheet_id": 1}}}]}
    answer = requests.post(f"{google.url}/v4/spreadsheets/doc:batchUpdate", json=body, timeout=2)
    assert answer.status_code == 400
    with pytest.raises(AssertionError, match="there is no field sheet_id"):
        google.__exit__()


def test_the_description_is_the_official_one() -> None:
    assert {"spreadsheets.get", "spreadsheets.batchUpdate"} < {method.name for method in methods()}
    assert find_faults("ValueRange", {"range": 1, "values": [["x", None]]}, nulls=False) == (
        "ValueRange.range: 1 is not string",
    )
    assert find_faults("DimensionRange", {"dimension": "ROW", "startIndex": None}, nulls=True) == (
        "DimensionRange.dimension: 'ROW' is not ['DIMENSION_UNSPECIFIED', 'ROWS', 'COLUMNS']",
    )


@pytest.mark.parametrize(
    ("box", "locale", "text"),
    [
        (box_of(3.0, FORM), "en_GB", "3"),
        (box_of(1.5, FORM), "de_DE", "1,5"),
        (box_of(True, FORM), "en_GB", "TRUE"),
        (box_of(False, FORM), "de_DE", "FALSCH"),
        (box_of(NINE, FORM), "en_GB", "14/07/2023 09:12:33"),
        (box_of(NINE, FORM, "de_DE"), "de_DE", "14.07.2023 09:12:33"),
        (box_of(NINE, FORM, "en_US"), "en_US", "7/14/2023 09:12:33"),
        (box_of(NINE.date(), FORM, "sv_SE"), "sv_SE", "2023-07-14"),
        (Box({"numberValue": 471}, {}, number_format("NUMBER", "00000")), "en_GB", "00471"),
        (Box({"numberValue": 0.125}, {}, number_format("PERCENT", "0.0%")), "en_GB", "12.5%"),
        (Box({"numberValue": 1234.5}, {}, number_format("NUMBER", "#,##0.00")), "en_GB", "1,234.50"),
        (formula("=1/0", "#DIV/0!", ORGANISER), "en_GB", "#DIV/0!"),
        (Box(), "en_GB", ""),
    ],
)
def test_cells_are_shown_in_the_ways_of_the_place(box: Box, locale: str, text: str) -> None:
    assert shown(box, locale) == text


@pytest.mark.parametrize(
    ("text", "entered"),
    [
        ("7", {"numberValue": 7.0}),
        ("'007", {"stringValue": "007"}),
        ("true", {"boolValue": True}),
        ("2023-07-14", {"numberValue": 45121.0}),
        ("2023-07-14 12:00:00", {"numberValue": 45121.5}),
        ("=A1", {"formulaValue": "=A1"}),
        ("+32 470", {"stringValue": "+32 470"}),
    ],
)
def test_typing_becomes_what_it_looks_like(text: str, entered: Json) -> None:
    assert typed(text, ORGANISER).entered == entered


def test_columns_are_inserted_before_another_one_only(desk: Desk) -> None:
    place = {"sheetId": SHEET_ID, "dimension": "COLUMNS", "startIndex": 3, "endIndex": 4}
    with pytest.raises(APIError, match="must be less than the grid size"):
        desk.update({"insertDimension": {"range": place, "inheritFromBefore": False}})
    desk.update({"insertDimension": {"range": place, "inheritFromBefore": True}})
    assert len(desk.people.tab.columns) == 4
