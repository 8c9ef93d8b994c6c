"""Which tab is meant: by its name, or by its mark where somebody gave that name to another; and its reading."""

from dataclasses import replace
from typing import Any, TypeAlias

from pipeline.model.errors import SheetError
from pipeline.model.problem import Problem
from pipeline.model.text import counted, fold, listed, one_line
from pipeline.sheets.base import SetUp
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.elsewhere import newer_elsewhere
from pipeline.sheets.google.failures import Refusal
from pipeline.sheets.google.grid import FIELDS, Grid, read_grid, with_problems
from pipeline.sheets.google.metadata import TAB, TITLE, as_value, read_marks
from pipeline.sheets.google.requests import a1_title

Json: TypeAlias = dict[str, Any]

_OUTLINE = "sheets(properties(sheetId,title,sheetType),developerMetadata(metadataKey,metadataValue))"


class Tab:
    """The tab with the responses; `wanted` is its name in the configuration."""

    def __init__(self, api: Api, wanted: str, setup: SetUp) -> None:
        self._api, self._wanted, self._name, self._setup = api, wanted, wanted, setup

    def read(self) -> Grid:
        """Read it whole. Raises SheetError where it is not there and no other tab bears its mark."""
        try:
            return self._ask()
        except Refusal:
            return self._ask_again()

    def look(self) -> Grid:
        """Read it, and look at the other tabs: which one is meant, and whether responses come to stand elsewhere."""
        grid, outline = self.read(), self._outline()
        meant = [title for title, name in _marked(outline) if fold(name) == fold(as_value(self._wanted))]
        if TAB not in grid.marks and len(meant) == 1:
            self._name = meant[0]
            grid = self.read()
        others = tuple(_title(sheet) for sheet in outline if _may_hold_responses(sheet, grid))
        return with_problems(
            grid, *self._renamed(grid, others), *newer_elsewhere(self._api, grid, others, self._setup)
        )

    def _ask(self) -> Grid:
        answer, ours = self._api.get({"ranges": a1_title(self._name), "fields": FIELDS}), self._setup.ours
        return replace(read_grid(answer, self._setup.titles, ours.header_row), wanted=self._wanted, ours=ours)

    def _ask_again(self) -> Grid:
        try:
            self._name = self._find()
            return self._ask()
        except Refusal as refusal:
            raise SheetError(
                "Google Sheets does not let the spreadsheet be read. See that it opens in a browser and run again. "
                f"(Google says: {one_line(str(refusal))[:200]})"
            ) from None

    def _outline(self) -> tuple[Json, ...]:
        return tuple(self._api.get({"fields": _OUTLINE}).get("sheets", ()))

    def _find(self) -> str:
        """Return the name of the one tab that Convene has marked."""
        outline = self._outline()
        marked = [title for title, _ in _marked(outline)]
        if len(marked) == 1:
            return marked[0]
        there = listed(tuple(f"“{_title(sheet)}”" for sheet in outline))
        raise SheetError(
            f"The spreadsheet has no tab “{self._wanted}”; it has {counted(len(outline), 'tab')}: {there}. "
            "Correct sheet.tab in config/service.yaml (or the tab's name) and run again."
        )

    def _renamed(self, grid: Grid, others: tuple[str, ...]) -> tuple[Problem, ...]:
        """Tell, once, that the tab has another name now."""
        told = grid.marks[TITLE].value if TITLE in grid.marks else ""
        if fold(grid.tab) == fold(self._wanted) or told == as_value(grid.tab):
            return ()
        new_name = f"rite “{grid.tab}” as sheet.tab in config/service.yaml"
        what, ways = (
            f"the tab “{self._wanted}” is called “{grid.tab}” now",
            f"Give it its name back, or w{new_name}",
        )
        if any(fold(self._wanted) == fold(title) for title in others):
            what, ways = f"{what}, and another one bears its name", f"W{new_name}"
        return (Problem(grid.snapshot.title, what, f"{ways}; Convene goes by its mark, and says so once"),)


def _title(sheet: Json) -> str:
    return str(sheet["properties"]["title"])


def _marked(outline: tuple[Json, ...]) -> list[tuple[str, str]]:
    """Return the titles of the tabs that Convene has marked, and under which name each was set up."""
    marks = (
        (_title(sheet), mark) for sheet in outline for mark in read_marks(sheet.get("developerMetadata", ()))
    )
    return [(title, mark.value) for title, mark in marks if mark.name == TAB]


def _may_hold_responses(sheet: Json, grid: Grid) -> bool:
    properties = sheet["properties"]
    is_ours = (
        any(read_marks(sheet.get("developerMetadata", ()))) or properties.get("sheetId", 0) == grid.sheet_id
    )
    return not is_ours and properties.get("sheetType", "GRID") == "GRID"
