"""Reading the tab: in one request by its name; by its mark where somebody gave it another name."""

from typing import Any, TypeAlias

from pipeline.model.errors import SheetError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS
from pipeline.model.text import counted, listed, one_line
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.failures import Refusal
from pipeline.sheets.google.grid import FIELDS, Grid, read_grid, renamed_tab
from pipeline.sheets.google.metadata import TAB, read_marks
from pipeline.sheets.google.requests import a1_title

Json: TypeAlias = dict[str, Any]

_OUTLINE = "sheets(properties(title),developerMetadata)"


class Tab:
    """The tab with the responses; `wanted` is its name in the configuration."""

    def __init__(self, api: Api, wanted: str, form: tuple[str, ...]) -> None:
        self._api, self._wanted, self._name = api, wanted, wanted
        self._known = (*form, *ORGANISER_COLUMNS, *OWN_COLUMNS)

    def read(self) -> Grid:
        """Read it whole. Raises SheetError where it is not there and no other tab bears its mark."""
        try:
            grid = read_grid(self._ask(), self._known)
        except Refusal:
            grid = read_grid(self._ask_again(), self._known)
        same = grid.tab.casefold() == self._wanted.casefold()
        return grid if same else renamed_tab(grid, self._wanted)

    def _ask(self) -> Json:
        return self._api.get({"ranges": a1_title(self._name), "fields": FIELDS})

    def _ask_again(self) -> Json:
        try:
            self._name = self._find()
            return self._ask()
        except Refusal as refusal:
            raise SheetError(
                "Google Sheets does not let the spreadsheet be read. See that it opens in a browser and run again. "
                f"(Google says: {one_line(str(refusal))[:200]})"
            ) from None

    def _find(self) -> str:
        """Return the name of the one tab that Convene has marked."""
        sheets = self._api.get({"fields": _OUTLINE}).get("sheets", ())
        titles = {str(sheet["properties"]["title"]): sheet.get("developerMetadata", ()) for sheet in sheets}
        marked = [
            title for title, found in titles.items() if any(mark.name == TAB for mark in read_marks(found))
        ]
        if len(marked) == 1:
            return marked[0]
        there = listed(tuple(f"“{title}”" for title in titles))
        raise SheetError(
            f"The spreadsheet has no tab “{self._wanted}”; it has {counted(len(titles), 'tab')}: {there}. "
            "Correct sheet.tab in config/service.yaml (or the tab's name) and run again."
        )
