"""A call that is run from its sheet alone: people type into cells, and the loop of `convene schedule` does the rest."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Protocol

from openpyxl import load_workbook

from pipeline.commands.demo_call.people import Hands, WorkbookHands
from pipeline.model.controls import LABELS
from pipeline.model.errors import ConveneError
from pipeline.planning.result import Result
from pipeline.running.by_hand import type_in
from pipeline.running.clock import Clock
from pipeline.running.lookout import is_asked
from pipeline.running.run import run
from pipeline.running.scheduler import keep_running
from pipeline.running.workspace import Workspace, open_workspace
from tests.support.fakes import FakeMailer
from tests.support.google_fake import Organisers
from tests.support.google_fake.document import Document

TAB = "Convene"


class Desktop(Protocol):
    """Where organisers see and type: a spreadsheet program, or a browser."""

    hands: Hands

    def table(self, tab: str) -> list[list[str]]:
        """Return what a tab shows."""
        ...

    def set(self, control: str, text: str) -> None:
        """Type into the cell beside the label of a control."""
        ...


class WorkbookDesktop:
    """A spreadsheet program, with the workbook on this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.hands: Hands = WorkbookHands(path)

    def table(self, tab: str) -> list[list[str]]:
        book = load_workbook(self.path)
        rows = (book[tab] if tab else book.worksheets[0]).iter_rows(values_only=True)
        return [["" if value is None else str(value) for value in row] for row in rows]

    def set(self, control: str, text: str) -> None:
        type_in(self.path, {(_row_of(control, self.table(TAB)) + 1, 2): text or None}, TAB)


class GoogleDesktop:
    """A browser with the spreadsheet."""

    def __init__(self, document: Document, hands: Hands) -> None:
        self.document, self.hands = document, hands

    def _tab(self, title: str) -> Organisers:
        tabs = {tab.title: tab for tab in self.document.tabs}
        return Organisers(self.document, tabs[title] if title else self.document.tabs[0])

    def table(self, tab: str) -> list[list[str]]:
        return self._tab(tab).texts()

    def set(self, control: str, text: str) -> None:
        self._tab(TAB).type(_row_of(control, self.table(TAB)), 1, text)


def _row_of(control: str, table: list[list[str]]) -> int:
    return next(number for number, row in enumerate(table) if row[:1] == [LABELS[control]])


class Weeks(Event):
    """The loop's stop, at which time passes; what people do happens in time, then the loop goes on."""

    def __init__(self, start: datetime, acts: list[tuple[datetime, Callable[[], None]]]) -> None:
        super().__init__()
        self.time, self.acts = start, acts

    def now(self) -> datetime:
        return self.time

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout
        end = self.time + timedelta(seconds=timeout)
        while self.acts and self.acts[0][0] <= end:
            moment, act = self.acts.pop(0)
            self.time = max(self.time, moment)
            act()
        self.time = max(end, self.time)
        if not self.acts:
            self.set()
        return self.is_set()


class Alone:
    """The workspace, its people, and what the loop did; nobody has a terminal."""

    def __init__(self, root: Path, environ: Mapping[str, str], desktop: Desktop) -> None:
        self.root, self.environ, self.desktop = root, environ, desktop
        self.mail = FakeMailer()
        self.runs: list[tuple[datetime, Result | ConveneError]] = []
        self._weeks: Weeks | None = None

    def live(self, start: datetime, acts: list[tuple[datetime, Callable[[], None]]]) -> None:
        """Let the loop run from `start` until everybody has done everything."""
        self._weeks = Weeks(start, acts)
        workspace = self.open()
        keep_running(
            workspace.service.run_at,
            workspace.call.zone,
            self._job,
            self._weeks,
            self._weeks.now,
            lambda: is_asked(workspace),
            workspace.service.look_every,
        )

    def open(self) -> Workspace:
        return replace(open_workspace(self.root, self.environ), mailer=lambda: self.mail)

    def _job(self) -> datetime | None:
        assert self._weeks
        try:
            result = run(self.open(), Clock(self._weeks.time))
        except ConveneError as error:
            self.runs.append((self._weeks.time, error))
            raise
        self.runs.append((self._weeks.time, result))
        return result.waits.again

    # --- what people see -------------------------------------------------------------------------------

    def hint(self, control: str) -> str:
        """Return what stands beside a control."""
        table = self.desktop.table(TAB)
        return table[_row_of(control, table)][2]

    def code(self, control: str) -> str:
        """Return the code that is to be typed there."""
        words = self.hint(control).split()
        return words[words.index("Type") + 1]

    def statuses(self) -> dict[str, str]:
        """Return the status of everybody, by address."""
        headers, *rows = self.desktop.table("")
        address, status = headers.index("Email Address"), headers.index("Status")
        return {row[address]: row[status] for row in rows if len(row) > status}

    def needs(self) -> list[list[str]]:
        """Return the lines of what needs somebody."""
        table = self.desktop.table(TAB)
        first = next(
            n for n, row in enumerate(table) if row and row[0].startswith(("What needs you", "Nothing needs"))
        )
        last = next(n for n, row in enumerate(table) if row and row[0] == "What happened last")
        return [row for row in table[first + 2 : last] if any(row)]
