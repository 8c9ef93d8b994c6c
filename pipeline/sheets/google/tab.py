"""Which tab is meant: by its name, or by its mark where somebody gave that name to another; and its reading."""

from dataclasses import replace
from typing import Any, TypeAlias

from pipeline.intake.columns import typed_under
from pipeline.model.controls import NO_CONTROLS, Glance
from pipeline.model.errors import SheetBusy, SheetError
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.model.sheet import BLANK
from pipeline.model.text import counted, fold, listed, one_line
from pipeline.sheets.base import SetUp
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.elsewhere import newer_elsewhere
from pipeline.sheets.google.failures import Refusal
from pipeline.sheets.google.grid import FIELDS, GLANCED, Grid, read_grid, read_rows, with_problems
from pipeline.sheets.google.metadata import TAB, TITLE, as_value, read_marks
from pipeline.sheets.google.own_tab import GoogleTab, is_own, read_own_tab
from pipeline.sheets.google.requests import a1_title

Json: TypeAlias = dict[str, Any]

_LOOKED_AT = 40
"""So many rows of the tab `Convene` are looked through for controls between runs."""

_OUTLINE = "sheets(properties(sheetId,title,sheetType),developerMetadata(metadataKey,metadataValue))"


class ResponsesTab:
    """The tab with the responses; `wanted` is its name in the configuration."""

    def __init__(self, api: Api, wanted: str, setup: SetUp) -> None:
        self._api, self._wanted, self._name, self._setup = api, wanted, wanted, setup
        self._titles: tuple[str, ...] | None = None
        self._own: GoogleTab | None = None
        self._own_name = self._replies = ""
        self._words_at: tuple[int, str] | None = None

    def read(self) -> Grid:
        """Read it whole. Raises SheetError where it is not there and no other tab bears its mark."""
        return self._read(None)

    def look(self) -> Grid:
        """Read it with the tab `Convene`, and look at the others.

        That is, which tab is meant, and whether responses come to stand elsewhere.
        """
        outline = self._outline()
        own, self._own, self._replies = self._own_title(outline), None, self._replies_title(outline)
        grid = self._read(own)
        meant = [title for title, name in _marked(outline) if fold(name) == fold(as_value(self._wanted))]
        if TAB not in grid.marks and len(meant) == 1:
            self._name = meant[0]
            grid = self._read(own)
        others = tuple(
            _title(sheet)
            for sheet in outline
            if _may_hold_responses(sheet, grid) and _title(sheet) != self._replies
        )
        return with_problems(
            grid, *self._renamed(grid, others), *newer_elsewhere(self._api, grid, others, self._setup)
        )

    def look_at_own(self) -> None:
        """Read the tab `Convene`, and what all tabs are called; nothing of the responses."""
        own = self._own_title(self._outline())
        try:
            sheets = self._api.get({"ranges": a1_title(own), "fields": FIELDS})["sheets"] if own else ()
        except Refusal as refusal:
            raise SheetBusy(
                f"The tab “{own}” was renamed or deleted while it was read. Run again."
            ) from refusal
        self._own = next(map(read_own_tab, sheets), None)

    def known_own(self) -> tuple[GoogleTab | None, tuple[str, ...]]:
        """Return the tab `Convene` and the titles of all tabs, as read last."""
        if self._titles is None:
            self.look_at_own()
        return self._own, self._titles or ()

    def forget_own(self) -> None:
        """Know that what was read of the tab `Convene` is not what is there now."""
        self._titles = None

    def glance(self, *, words: bool) -> Glance:
        """Read what organisers set, of the first rows only, and the one column with their words.

        Where anything is elsewhere than it was, everything is read once, to know where.
        """
        if words and not self._words_at:
            return self._look_whole(words=words)
        if not self._own_name:  # the last run may have made it
            self._own_title(self._outline())
        try:
            return self._glance(words=words) or self._look_whole(words=words)
        except Refusal:  # a tab was renamed, or taken away
            return self._look_whole(words=words)

    def _glance(self, *, words: bool) -> Glance | None:
        own, (column, header) = self._own_name, self._words_at or (0, "")
        ranges = [f"{a1_title(own)}!A1:C{_LOOKED_AT}"] if own else []
        letter, first = column_letters(column), self._setup.ours.header_row
        ranges += [f"{a1_title(self._name)}!{letter}{first}:{letter}"] if words else []
        answer = self._api.get({"ranges": ranges, "fields": GLANCED}) if ranges else {"sheets": ()}
        sheets = {_title(sheet): sheet for sheet in answer["sheets"]}
        controls = read_own_tab(sheets[own]).standing.controls if own else NO_CONTROLS
        if not words:
            return Glance(controls)
        rows = read_rows(sheets[self._name].get("data", ()))
        cells = {number: row.cell(0) for number, row in rows.items()}
        if cells.pop(first, BLANK).text != header:
            return None
        return Glance(controls, tuple(said for cell in cells.values() if (said := cell.fault or cell.text)))

    def _look_whole(self, *, words: bool) -> Glance:
        snapshot, ours = self.look().snapshot, self._setup.ours
        return Glance(snapshot.controls, typed_under(snapshot, ours, "Decision") if words else ())

    def _own_title(self, outline: tuple[Json, ...]) -> str:
        self._titles = tuple(map(_title, outline))
        self._own_name = next((_title(sheet) for sheet in outline if is_own(sheet)), "")
        return self._own_name

    def _replies_title(self, outline: tuple[Json, ...]) -> str:
        """Return what the tab of the replies is called, if there is one; its case is free, as in a workbook."""
        tabs = (_title(sheet) for sheet in outline if sheet["properties"].get("sheetType", "GRID") == "GRID")
        wanted = fold(self._setup.replies)
        return next((title for title in tabs if wanted and fold(title) == wanted), "")

    def _read(self, own: str | None) -> Grid:
        try:
            return self._ask(own)
        except Refusal:
            return self._ask_again(own)

    def _ask(self, own: str | None = None) -> Grid:
        beside = self._replies if own is not None else ""
        ranges = [a1_title(title) for title in (self._name, own, beside) if title]
        answer, ours = self._api.get({"ranges": ranges, "fields": FIELDS}), self._setup.ours
        sheets = {_title(sheet): sheet for sheet in answer["sheets"]}
        responses = [sheet for title, sheet in sheets.items() if title not in (own, beside)] or answer[
            "sheets"
        ]
        grid = read_grid({**answer, "sheets": responses}, self._setup.titles, ours.header_row)
        snapshot, self._words_at = grid.snapshot, _place_of(ours.title("Decision"), grid)
        if own:
            self._own = read_own_tab(sheets[own]) if own in sheets else None
            controls = self._own.standing.controls if self._own else NO_CONTROLS
            snapshot = replace(snapshot, controls=controls)
        if beside in sheets:
            replies = read_grid({**answer, "sheets": [sheets[beside]]}, {}).snapshot
            snapshot = replace(snapshot, replies=replies)
        return replace(grid, snapshot=snapshot, wanted=self._wanted, ours=ours)

    def _ask_again(self, own: str | None) -> Grid:
        """Read what Convene has marked, whatever the tabs are called by now."""
        outline = self._outline()
        self._name = self._find(outline)
        if own is not None:
            own, self._replies = self._own_title(outline), self._replies_title(outline)
        try:
            return self._ask(own)
        except Refusal as refusal:
            raise _unreadable(refusal) from None

    def _outline(self) -> tuple[Json, ...]:
        try:
            return tuple(self._api.get({"fields": _OUTLINE}).get("sheets", ()))
        except Refusal as refusal:
            raise _unreadable(refusal) from None

    def _find(self, outline: tuple[Json, ...]) -> str:
        """Return the name of the one tab that Convene has marked."""
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
        is_replaced = any(fold(self._wanted) == fold(title) for title in others)
        key = "tab replaced" if is_replaced else "tab renamed"
        what, advice = Said(key, wanted=self._wanted, now=grid.tab), Said(f"{key}: do", now=grid.tab)
        return (Problem(grid.snapshot.title, what, advice),)


def _place_of(title: str, grid: Grid) -> tuple[int, str] | None:
    """Return a column, counted from 1, and the header that it shows, by which it is known to be there still."""
    headers = [*map(fold, grid.snapshot.headers)]
    at = headers.index(fold(title)) if fold(title) in headers else None
    return (at + 1, grid.shown[at]) if at is not None and at < len(grid.shown) else None


def _unreadable(refusal: Refusal) -> SheetError:
    return SheetError(
        "Google Sheets does not let the spreadsheet be read. See that it opens in a browser and run again. "
        f"(Google says: {one_line(str(refusal))[:200]})"
    )


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
