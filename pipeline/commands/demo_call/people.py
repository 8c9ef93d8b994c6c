"""What people do to the sheet in the demonstration: the form adds rows, organisers type and sort."""

import csv
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from pipeline.model.sheet import CellValue
from pipeline.running.by_hand import read_tab, type_in

LABEL = "expect"
"""The column of responses.csv that says what a careful person expects; the form does not have it."""


REPLY_TAB = "RSVP"
"""Where the answers of the reply form of the example arrive."""


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

    def reply(self, answers: tuple[tuple[datetime, str, str, str], ...]) -> None:
        """Add answers to the reply form's tab: when, from which address, with which reference, yes or no."""
        ...


class WorkbookHands:
    """Edits a workbook file as people's programs do."""

    def __init__(self, path: Path) -> None:
        self._path, self._replies = path, 1

    def submit(self, responses: tuple[dict[str, str], ...]) -> None:
        """Add responses below the last one, as the form does."""
        tab = read_tab(self._path)
        where = {header: column for column, header in enumerate(tab.headers, 1)}
        first = max((row.number for row in tab.rows), default=1) + 1
        type_in(
            self._path,
            {
                (number, where[header]): typed(header, answer)
                for number, response in enumerate(responses, first)
                for header, answer in response.items()
                if header in where
            },
        )

    def decide(self, words: Mapping[str, str]) -> None:
        """Type words into the Decision column."""
        tab = read_tab(self._path)
        address, decision = map(tab.headers.index, ("Email Address", "Decision"))
        said = ((row.number, row.cell(address).text) for row in tab.rows)
        type_in(self._path, {(number, decision + 1): words[text] for number, text in said if text in words})

    def sort(self, header: str) -> None:
        """Sort all rows, with everything in them."""
        tab = read_tab(self._path)
        at, numbers = tab.headers.index(header), [row.number for row in tab.rows]
        rows = sorted(tab.rows, key=lambda row: row.cell(at).text)
        type_in(
            self._path,
            {
                (number, column + 1): row.cell(column).value
                for number, row in zip(numbers, rows, strict=True)
                for column in range(len(tab.headers))
            },
            wrapped=tab.headers.index("Reason") + 1,
        )

    def reply(self, answers: tuple[tuple[datetime, str, str, str], ...]) -> None:
        """Add answers to the reply form's tab."""
        cells: dict[tuple[int, int], CellValue] = {}
        for row, answer in enumerate(answers, self._replies + 1):
            values: tuple[CellValue, ...] = answer
            cells |= {(row, column): value for column, value in enumerate(values, 1)}
        self._replies += len(answers)
        type_in(self._path, cells, REPLY_TAB)
