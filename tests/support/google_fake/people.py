"""What the form and the organisers do to the spreadsheet, as they do it in their browsers: without the API.

Rows and columns are counted from 0, as the API does; row 0 holds the headers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from pipeline.model.sheet import CellValue
from tests.support.google_fake.document import Area, Document, Line, Tab, make_tab
from tests.support.google_fake.values import EMPTY, Box, box_of, shown, sorted_by, typed

FORM, ORGANISER = "form", "organiser"
RESPONSES_TAB = "Form responses 1"
SHEET_ID = 1_737_410_911


@dataclass
class Form:
    """A form linked to a tab: it writes one column a question, wherever the column has gone."""

    document: Document
    tab: Tab
    columns: tuple[int, ...]
    rows: set[int] = field(default_factory=set)
    """The uids of the rows that it made."""

    def submit(self, *answers: CellValue) -> None:
        """Insert a row after the last response, above rows that people added by hand, and fill it in."""
        last = len(self.tab.rows) - 1
        while last and self.tab.rows[last].uid not in self.rows:
            last -= 1
        at = last + 1
        self.document.insert(self.tab, "ROWS", at)
        self.rows.add(self.tab.rows[at].uid)
        self._fill(at, answers)

    def edit(self, row: int, moment: datetime, answers: dict[int, CellValue]) -> None:
        """Let an applicant change answers (by number of question): same row, new timestamp."""
        self._fill_some(row, {0: moment, **answers})

    def _fill(self, row: int, answers: Sequence[CellValue]) -> None:
        self._fill_some(row, dict(enumerate(answers)))

    def _fill_some(self, row: int, answers: dict[int, CellValue]) -> None:
        places = {column.uid: at for at, column in enumerate(self.tab.columns)}
        for question, answer in answers.items():
            column = places.get(self.columns[question])
            if column is not None:
                box = box_of(answer, FORM, self.document.locale)
                self.document.put(self.tab, row, column, box, FORM)


@dataclass
class Organisers:
    """The people who work in the spreadsheet."""

    document: Document
    tab: Tab

    # --- looking ---------------------------------------------------------------------------------------

    def texts(self) -> list[list[str]]:
        """Return all that the tab shows, blanks at the ends left out."""
        rows = self.tab.rows[: self.height()]
        return [_trimmed([shown(box, self.document.locale) for box in line.cells]) for line in rows]

    def headers(self) -> list[str]:
        return [self.tab.header(at, self.document.locale) for at in range(len(self.tab.columns))]

    def column(self, header: str) -> int:
        return self.headers().index(header)

    def said(self, row: int, header: str) -> str:
        return shown(self.tab.rows[row].box(self.column(header)), self.document.locale)

    def height(self) -> int:
        """Return how many rows there are up to the last in which anything stands, the header included."""
        filled = (n for n, line in enumerate(self.tab.rows, 1) if any(box.entered for box in line.cells))
        return max(filled, default=0)

    # --- cells -----------------------------------------------------------------------------------------

    def type(self, row: int, column: int, text: str) -> None:
        """Type into a cell: numbers, dates, truth values and formulas become what they look like."""
        self.put(row, column, typed(text, ORGANISER, self.document.locale) if text else EMPTY)

    def put(self, row: int, column: int, box: Box) -> None:
        """Leave this very value in a cell; its format, drop-down and note stay unless `box` brings some."""
        old = self.tab.rows[row].box(column)
        kept = replace(
            box, format=box.format or old.format, rule=box.rule or old.rule, note=box.note or old.note
        )
        self.document.put(self.tab, row, column, kept, ORGANISER)

    def paste(self, row: int, column: int, block: Sequence[Sequence[CellValue]]) -> None:
        for down, values in enumerate(block):
            for right, value in enumerate(values):
                self.put(row + down, column + right, box_of(value, ORGANISER, self.document.locale))

    def copy_row(self, source: int, target: int) -> None:
        """Copy a whole row over another one."""
        for column, box in enumerate(list(self.tab.rows[source].cells)):
            self.put(target, column, box)

    def protect(self, left: int, right: int, *, warning: bool = False) -> None:
        """Let nobody but the owner change some columns, or warn whoever does."""
        place = {"sheetId": self.tab.id, "startColumnIndex": left, "endColumnIndex": right}
        number = len(self.tab.protections) + 1
        self.tab.protections.append({"protectedRangeId": number, "range": place, "warningOnly": warning})

    # --- rows and columns ------------------------------------------------------------------------------

    def sort(self, column: int, left: int = 0, right: int | None = None, *, descending: bool = False) -> None:
        """Sort all rows below the header; with a part of the columns only, the rest stays where it is."""
        end = len(self.tab.columns) if right is None else right
        order = partial(sorted_by, column - left, descending, self.document.locale)
        self.document.sort(self.tab, Area(1, max(self.height(), 1), left, end), order)

    def filter(self, is_shown: Callable[[Line], bool]) -> None:
        """Set a basic filter that hides rows."""
        self.tab.filter = {
            "range": {"sheetId": self.tab.id, "startRowIndex": 0, "endRowIndex": self.height()}
        }
        for line in self.tab.rows[1 : self.height()]:
            line.hidden_by_filter = not is_shown(line)

    def unfilter(self) -> None:
        self.tab.filter = {}
        for line in self.tab.rows:
            line.hidden_by_filter = False

    def hide_row(self, row: int) -> None:
        self.tab.rows[row].hidden_by_user = True

    def hide_column(self, column: int) -> None:
        self.tab.columns[column].hidden_by_user = True

    def insert_row(self, row: int) -> None:
        self.document.insert(self.tab, "ROWS", row)

    def delete_row(self, row: int) -> None:
        self.document.delete(self.tab, "ROWS", row, row + 1)

    def insert_column(self, column: int) -> None:
        self.document.insert(self.tab, "COLUMNS", column)

    def delete_column(self, column: int) -> None:
        self.document.delete(self.tab, "COLUMNS", column, column + 1)

    def move_column(self, source: int, target: int) -> None:
        self.document.move(self.tab, "COLUMNS", source, target)

    def move_row(self, source: int, target: int) -> None:
        self.document.move(self.tab, "ROWS", source, target)

    def rename_header(self, old: str, new: str) -> None:
        self.put(0, self.column(old), box_of(new, ORGANISER))

    # --- tabs ------------------------------------------------------------------------------------------

    def rename_tab(self, title: str) -> None:
        self.tab.title = title

    def add_tab(self, title: str, at: int = 0) -> Tab:
        """Add a tab, to the left of all others unless told otherwise."""
        number = max(tab.id for tab in self.document.tabs) + 1
        self.document.tabs.insert(at, make_tab(number, title, 100, 26))
        return self.document.tabs[at]

    def delete_tab(self) -> None:
        """Delete the responses tab; a spreadsheet keeps one tab at least."""
        if len(self.document.tabs) == 1:
            self.add_tab("Sheet2", 1)
        self.document.delete_tab(self.tab)


def make_responses(
    number: str,
    headers: Sequence[str],
    rows: Sequence[Sequence[CellValue]] = (),
    spare: tuple[int, int] = (20, 0),
    locale: str = "en_GB",
) -> tuple[Document, Form, Organisers]:
    """Make a spreadsheet as a form links one: a row of questions, responses, `spare` rows and columns."""
    document = Document(number, locale=locale)
    tab = make_tab(SHEET_ID, RESPONSES_TAB, 1 + spare[0], len(headers) + spare[1])
    document.tabs.append(tab)
    for column, header in enumerate(headers):
        document.put(tab, 0, column, box_of(header, FORM), FORM)
    tab.frozen_rows = 1
    form = Form(document, tab, tuple(column.uid for column in tab.columns[: len(headers)]))
    for answers in rows:
        form.submit(*answers)
    return document, form, Organisers(document, tab)


def _trimmed(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts
