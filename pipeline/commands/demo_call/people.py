"""What people do to the sheet in the demonstration: the form adds rows, organisers type and sort."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

LABEL = "expect"
"""The column of responses.csv that says what a careful person expects; the form does not have it."""


def read_responses() -> tuple[dict[str, str], ...]:
    """Return the invented responses, oldest first, as header to answer (and the label)."""
    text = (files("pipeline.commands.demo_call") / "responses.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(keepends=True)))


def typed(header: str, answer: str) -> str | datetime | None:
    """Return an answer as the form writes it: the time stamp as a date, the rest as text."""
    if header == "Timestamp":
        try:
            return datetime.fromisoformat(answer)
        except ValueError:
            return answer or None
    return answer or None


@contextmanager
def open_sheet(path: Path) -> Iterator[Worksheet]:
    """Open the workbook as a person does, and save it."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    yield sheet
    book.save(path)


def columns(sheet: Worksheet) -> dict[str, int]:
    """Return where each header stands."""
    return {str(cell.value): cell.column for cell in sheet[1] if cell.value}


class Hands(Protocol):
    """Everybody who edits the sheet, whatever kind of sheet it is."""

    def submit(self, responses: tuple[dict[str, str], ...]) -> None:
        """Add responses below the last one, as the form does."""
        ...

    def decide(self, words: Mapping[str, str]) -> None:
        """Type words into the Decision column; `words` maps e-mail address to word."""
        ...

    def sort(self, header: str) -> None:
        """Sort all rows by a column, with everything in them, as a person does with the menu."""
        ...


class WorkbookHands:
    """Edits a workbook file as people's programs do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def submit(self, responses: tuple[dict[str, str], ...]) -> None:
        """Add responses below the last one, as the form does."""
        with open_sheet(self._path) as sheet:
            where = columns(sheet)
            for number, response in enumerate(responses, last_row(sheet) + 1):
                for header, answer in response.items():
                    if header in where:
                        _fill_in(sheet, number, where[header], typed(header, answer))

    def decide(self, words: Mapping[str, str]) -> None:
        """Type words into the Decision column."""
        with open_sheet(self._path) as sheet:
            where = columns(sheet)
            for row in range(2, last_row(sheet) + 1):
                address = str(sheet.cell(row, where["Email Address"]).value)
                if address in words:
                    sheet.cell(row, where["Decision"]).value = words[address]

    def sort(self, header: str) -> None:
        """Sort all rows, with everything in them."""
        with open_sheet(self._path) as sheet:
            where = columns(sheet)
            last, width = last_row(sheet), max(where.values())
            rows = [
                [(cell.value, cell.data_type, cell.number_format) for cell in row]
                for row in sheet.iter_rows(2, last, 1, width)
            ]
            rows.sort(key=lambda row: str(row[where[header] - 1][0] or ""))
            for number, row in enumerate(rows, 2):
                for index, (value, data_type, number_format) in enumerate(row, 1):
                    cell = sheet.cell(number, index)
                    cell.value = value
                    cell.data_type, cell.number_format = data_type, number_format


def _fill_in(sheet: Worksheet, row: int, column: int, value: str | datetime | None) -> None:
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # an answer that begins with "=" is a text, as in the form
    elif value is not None:
        cell.number_format = "yyyy-mm-dd hh:mm:ss"


def last_row(sheet: Worksheet) -> int:
    """Return the number of the last row with anything in it."""
    rows = enumerate(sheet.iter_rows(values_only=True), 1)
    return max((number for number, row in rows if any(value is not None for value in row)), default=1)
