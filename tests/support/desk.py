"""A small workspace in a test: the small call, a sheet in memory or in a file, and a way of sending."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.intake.decision_words import drop_down
from pipeline.intake.rows import read_entries
from pipeline.mail.base import Mailer
from pipeline.model.call import Call
from pipeline.model.history import History
from pipeline.model.settings import (
    Limits,
    MailSettings,
    OutboxSettings,
    Rate,
    Sender,
    Service,
    SmtpSettings,
    WitnessSettings,
    WorkbookSettings,
)
from pipeline.model.sheet import CellValue
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.run import ROUTINE, Orders, run
from pipeline.running.workspace import COLOURS, Workspace
from pipeline.sheets.base import SetUp, Sheet
from pipeline.views.status import StatusRow, status_rows
from tests.support.build import CALL, HEADERS, TEMPLATES, responses
from tests.support.fakes import FakeMailer, FakeSheet

DRESSING = SetUp(drop_down(CALL.audience), COLOURS)


def table(*lines: str) -> list[list[CellValue]]:
    """Return responses in short (see `build.responses`) as the form wrote them: no column of ours yet."""
    snapshot = responses(*lines)
    form = len(HEADERS)
    rows = [[cell.value for cell in row.cells[:form]] for row in snapshot.rows]
    return [list(snapshot.headers[:form]), *rows]


@dataclass(frozen=True)
class Desk:
    """A workspace, and what a test does with it."""

    workspace: Workspace
    sheet: FakeSheet
    mail: FakeMailer

    def run(self, now: datetime, orders: Orders = ROUTINE) -> Result:
        return run(self.workspace, Clock(now), orders)

    def history(self) -> History:
        with closing(self.workspace.ledger()) as ledger:
            return ledger.history()

    def status_rows(self, now: datetime) -> tuple[StatusRow, ...]:
        return status_rows(self.workspace.call, self.workspace.sheet.read(), self.history(), now)

    def statuses(self) -> dict[str, str]:
        """Return what the sheet says of everybody, by address."""
        entries = read_entries(self.sheet.read(), self.workspace.call)
        return {entry.response.address: entry.own.status for entry in entries if entry.response}

    def subjects(self) -> list[str]:
        """Return which mail went to whom, in order: `ana@example.org invitation`."""
        return [f"{letter.to} {kind_of(letter.data)}" for letter in self.mail.delivered]

    def type_into(self, address: str, header: str, text: str) -> None:
        """Let an organiser type into somebody's row."""
        headers = self.sheet.table[0]
        for row in self.sheet.table[1:]:
            if row and row[headers.index("Email Address")] == address:
                row.extend([None] * (len(headers) - len(row)))
                row[headers.index(header)] = text

    def submit(self, *lines: str) -> None:
        """Let the form add responses."""
        self.sheet.table.extend(table(*lines)[1:])


def kind_of(data: bytes) -> str:
    """Return the kind of a message by its own header."""
    return _own_header(data)[2]


def reference_of(data: bytes) -> str:
    """Return whose message it is by its own header."""
    return _own_header(data)[1]


def mark_of(data: bytes) -> str:
    """Return what no two letters share: whose it is, its kind and its revision."""
    return "/".join(_own_header(data))


def _own_header(data: bytes) -> list[str]:
    line = next(line for line in data.splitlines() if line.startswith(b"X-Convene-Ref:"))
    return line.decode().split("/")


def make_desk(
    folder: Path,
    *lines: str,
    call: Call = CALL,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    rate: Rate = Rate(),  # noqa: B008 - frozen
    witness: Path | None = None,
) -> Desk:
    """Make a workspace on fakes."""
    sheet, mail = FakeSheet(table(*lines)), FakeMailer()
    return Desk(make_workspace(folder, sheet, lambda: mail, call, limits, rate, witness), sheet, mail)


def make_workspace(
    folder: Path,
    sheet: Sheet,
    mailer: Callable[[], Mailer],
    call: Call = CALL,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    rate: Rate = Rate(),  # noqa: B008 - frozen
    witness: Path | None = None,
) -> Workspace:
    """Put a workspace together by hand, without configuration files; with a `witness`, its mail is real."""
    transport = SmtpSettings("127.0.0.1", 25, "none") if witness else OutboxSettings(folder / "outbox")
    mail = MailSettings(Sender("team@example.org", "The team"), transport, rate)
    service = Service(
        WorkbookSettings(folder / "responses.xlsx"), mail, limits, witness=WitnessSettings(witness)
    )
    return Workspace(folder, call, service, sheet, lambda: TEMPLATES, mailer)
