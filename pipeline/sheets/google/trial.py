"""Tries on a hidden tab of its own, which is taken away again, what Convene leans on in Google Sheets."""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeAlias

from pipeline.model.errors import ConveneError, SheetBusy, SheetError
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.failures import Passing, Refusal
from pipeline.sheets.google.grid import CELL, read_rows
from pipeline.sheets.google.metadata import Mark, Marks, mark_row, put, read_handles, read_marks
from pipeline.sheets.google.proof import Proof
from pipeline.sheets.google.requests import a1_title

Json: TypeAlias = dict[str, Any]

TRIAL = Mark("trial", "trial")
"""The mark of such a tab, by which one that was left behind is known."""

HERE, ELSEWHERE = Mark("tried", "tried", "COLUMNS", 0), Mark("tried", "tried", "COLUMNS", 1)
"""A mark where it is, and where it is not."""

LETTERS = ("c", "a", "b")
"""What is sorted: the first, which bears the mark, ends as the third."""

_THERE = f"sheets(properties.sheetId,data(startRow,{CELL}))"
_WHERE = f"sheets(data(startRow,rowMetadata(developerMetadata(metadataId,metadataKey)),{CELL}))"


def try_out(api: Api) -> Proof:
    """Return what holds. Raises Passing and Refusal as `api` does; SheetError where numbers can be given twice.

    Nine requests, once for each spreadsheet.
    """
    tab = TabTrial(api)
    try:
        tab.make()
        return tab.prove()
    finally:
        tab.remove()


class TabTrial:
    """The tab, and what is done in it."""

    def __init__(self, api: Api) -> None:
        self._api, self._id = api, secrets.randbelow(2**31 - 1) + 1
        self._title = f"Convene is trying something ({self._id})"

    def make(self) -> None:
        """Make the tab, and take away what an earlier trial left behind."""
        left = [_delete(number) for number in self._left_behind()]
        size = {"rowCount": len(LETTERS) + 1, "columnCount": 2}
        properties = {"sheetId": self._id, "title": self._title, "hidden": True, "gridProperties": size}
        self._update([*left, {"addSheet": {"properties": properties}}])
        marks = (request for mark in (TRIAL, HERE) for request in self._put({}, mark))
        self._update([*self._write(1, *LETTERS), *marks, mark_row(self._id, 1)])

    def _left_behind(self) -> Iterator[int]:
        for sheet in self._api.get({"fields": "sheets(properties.sheetId,developerMetadata)"}).get(
            "sheets", ()
        ):
            if any(mark.name == TRIAL.name for mark in read_marks(sheet.get("developerMetadata", ()))):
                yield sheet["properties"]["sheetId"]

    def prove(self) -> Proof:
        """Try one guard after the other."""
        if self._is_done(self._put({}, HERE)):
            raise SheetError(
                "Google Sheets gave one number to two marks, against its own description: two runs of Convene could "
                "not be kept apart in this spreadsheet. Nothing was sent. Keep the responses in a workbook meanwhile."
            )
        exchanges, answers = self._exchange()
        return Proof(exchanges, self._sort(), answers)

    def _exchange(self) -> tuple[bool, bool]:
        """Whether a number can be exchanged where its mark is and not where it is not; what the answer shows."""
        shown = {"includeSpreadsheetInResponse": True, "responseRanges": [a1_title(self._title)]}
        try:
            anew = self._put({HERE.name: HERE}, HERE)
            body = {"requests": [*anew, *self._write(0, "new")], **shown, "responseIncludeGridData": True}
            answer = self._api.update(body, f"updatedSpreadsheet.{_THERE}")
        except Refusal:
            return False, False
        sheets = answer.get("updatedSpreadsheet", {}).get("sheets", ())
        first = [read_rows(sheet.get("data", ())).get(1) for sheet in sheets]
        answers = any(row is not None and row.cell(0).text == "new" for row in first)
        return not self._is_done(self._put({HERE.name: ELSEWHERE}, ELSEWHERE)), answers

    def _sort(self) -> bool:
        """Whether the mark of a row goes with it when rows are sorted."""
        place = {"sheetId": self._id, "startRowIndex": 1, "endRowIndex": len(LETTERS) + 1}
        spec = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
        place |= {"startColumnIndex": 0, "endColumnIndex": 2}
        self._update([{"sortRange": {"range": place, "sortSpecs": [spec]}}])
        try:
            (sheet,) = self._api.get({"ranges": a1_title(self._title), "fields": _WHERE})["sheets"]
        except Refusal:
            raise SheetBusy(
                "Somebody, or another run of Convene, took the tab away on which this one tried something. Run again."
            ) from None
        (data,) = sheet["data"]
        marked = [
            number
            for number, line in enumerate(data.get("rowMetadata", ()), 1)
            if read_handles(line.get("developerMetadata", ()))
        ]
        rows = read_rows([data])
        return [rows[number].cell(0).text for number in marked if number in rows] == [LETTERS[0]]

    def remove(self) -> None:
        """Take the tab away; one that is left behind is taken away by the next trial."""
        with suppress(ConveneError, Passing, Refusal):
            self._update([_delete(self._id)])

    def _put(self, marks: Marks, mark: Mark) -> list[Json]:
        return put(marks, mark, self._id, exchanges=True)

    def _write(self, row: int, *texts: str) -> list[Json]:
        start = {"sheetId": self._id, "rowIndex": row, "columnIndex": 0}
        rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]} for text in texts]
        return [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}]

    def _is_done(self, requests: list[Json]) -> bool:
        try:
            self._update(requests)
        except Refusal:
            return False
        return True

    def _update(self, requests: list[Json]) -> None:
        self._api.update({"requests": requests}, "spreadsheetId")


def _delete(sheet_id: int) -> Json:
    return {"deleteSheet": {"sheetId": sheet_id}}
