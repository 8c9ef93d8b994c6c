"""A Google spreadsheet in a test: made, edited as organisers and the form do, and read by the real client."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import PurePath

from pipeline.model.settings import GoogleSettings
from pipeline.model.sheet import CellValue, Stamp
from pipeline.sheets.base import SetUp
from pipeline.sheets.google.patience import Timing
from pipeline.sheets.google.sheet import GoogleSheet
from tests.support.google_fake import FakeGoogle, Form, Organisers, make_responses
from tests.support.google_fake.people import ORGANISER, RESPONSES_TAB
from tests.support.google_fake.values import box_of
from tests.support.sheet_suite import DRESSING

_numbers = count(1)


@dataclass
class FakeTime:
    """A clock that only waiting moves on; `slept` are the waits."""

    start: datetime = datetime(2023, 8, 2, 5, tzinfo=UTC)
    passed: float = 0.0
    slept: list[float] = field(default_factory=list)
    on_sleep: Callable[[], None] = lambda: None

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed += seconds
        self.on_sleep()

    def timing(self) -> Timing:
        """Return the clocks that the Google edge is given."""
        return Timing(
            now=lambda: self.start + timedelta(seconds=self.passed),
            seconds=lambda: self.passed,
            sleep=self.sleep,
            scatter=lambda: 1.0,
        )


class GoogleCase:
    """The suite's sheet as a tab of a made-up spreadsheet; organisers edit it without the API."""

    form: Form
    people: Organisers

    def __init__(self, google: FakeGoogle) -> None:
        self.google, self.time = google, FakeTime()
        self.id = f"spreadsheet-{next(_numbers)}"

    def make(self, headers: Sequence[str], rows: Sequence[Sequence[CellValue]]) -> None:
        document, self.form, self.people = make_responses(self.id, headers, rows, locale="sv_SE")
        self.google.add(document)

    def settings(self, tab: str = RESPONSES_TAB, timeout: float = 10.0) -> GoogleSettings:
        return GoogleSettings(self.id, tab, PurePath("key.json"), timeout, emulator=self.google.url)

    def open(self, tab: str = RESPONSES_TAB, setup: SetUp = DRESSING) -> GoogleSheet:
        return GoogleSheet(self.settings(tab), setup, self.time.timing())

    def sort(self, header: str) -> None:
        self.people.sort(self.people.column(header))

    def insert_row(self, row: int) -> None:
        self.people.insert_row(row - 1)

    def delete_row(self, row: int) -> None:
        self.people.delete_row(row - 1)

    def move_column(self, header: str) -> None:
        self.people.move_column(self.people.column(header), 0)

    def rename_header(self, old: str, new: str) -> None:
        self.people.rename_header(old, new)

    def type_into(self, row: int, header: str, text: str) -> None:
        self.people.put(row - 1, self.people.column(header), box_of(text, ORGANISER))

    def let_another_run(self, stamp: Stamp) -> None:
        self.time.passed += 3 * 3600
        other = self.open()
        with other.lease(stamp):
            other.write(lambda _snapshot: (), stamp)

    def cells(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(row) for row in self.people.texts())

    def titles(self) -> tuple[str, ...]:
        return tuple(tab.title for tab in self.people.document.tabs if tab is not self.people.tab)

    def cells_of(self, title: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(row) for row in self._people(title).texts())

    def put_in(self, title: str, row: int, column: int, text: str) -> None:
        if title not in self.titles():
            self.people.add_tab(title, len(self.people.document.tabs))
        self._people(title).put(row - 1, column - 1, box_of(text, ORGANISER))

    def insert_row_in(self, title: str, row: int) -> None:
        self._people(title).insert_row(row - 1)

    def delete_tab(self, title: str) -> None:
        self._people(title).delete_tab()

    def rename_tab(self, old: str, new: str) -> None:
        self._people(old).rename_tab(new)

    def _people(self, title: str) -> Organisers:
        tab = self.people.document.titled(title)
        assert tab is not None
        return Organisers(self.people.document, tab)
