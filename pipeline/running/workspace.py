"""A workspace opened: its configuration, sheet, templates, ledger and way of sending."""

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config.call.build import read_call
from pipeline.config.call.vocabularies import read_shelf
from pipeline.config.load import CALL_FILE, load
from pipeline.config.reading.file import open_file
from pipeline.intake.decision_words import drop_down
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.base import Mailer
from pipeline.mail.dns import Dns, TextRecords
from pipeline.model.applicant import Status
from pipeline.model.call import Call, Columns
from pipeline.model.errors import ConfigError
from pipeline.model.frozen import dataclass
from pipeline.model.said import say_word, tell
from pipeline.model.settings import GoogleSettings, MailSettings, OutboxSettings, Service
from pipeline.sheets.base import SetUp, Sheet

if TYPE_CHECKING:
    from pipeline.mail.smtp.host import Host
    from pipeline.messages.reading import Templates

NAMES = ("first_name", "family_name")
"""The answers that make a name: their columns stay in view."""

COLOURS = (
    (Status.RECEIVED, "DEEAF6"),
    (Status.TO_REVIEW, "FFE699"),
    (Status.INELIGIBLE, "D9D9D9"),
    (Status.OFFERED, "C6E0B4"),
    (Status.CONFIRMED, "70AD47"),
    (Status.WAITING, "BDD7EE"),
    (Status.NOT_SELECTED, "D9D9D9"),
    (Status.WITHDRAWN, "BFBFBF"),
    (Status.EXPIRED, "BFBFBF"),
    (Status.NO_SHOW, "C9B7A5"),
    (Status.CANCELLED, "BFBFBF"),
    (Status.ON_HOLD, "E4DFEC"),
    (Status.SUPERSEDED, "EDEDED"),
    (Status.CHECK_ROW, "F4B084"),
    (Status.ERASED, "D9D9D9"),
    (Status.PROPOSED_OFFER, "EDF5DC"),
    (Status.PROPOSED_WAITING, "DDE3F7"),
    (Status.PROPOSED_NO, "EFE9E1"),
)


OWN_FILES = ("lock", "convene.log", "notices.json")
"""What lies in `state` beside the ledger and the outbox."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything a command needs of one call's folder."""

    root: Path
    call: Call
    service: Service
    sheet: Sheet
    read_templates: Callable[[], "Templates"]
    """Reads and compiles the templates, once. Raises TemplateError and ConfigError, each with all problems found."""
    mailer: Callable[[], Mailer]
    """Returns the way of sending; nothing is connected before the first message."""
    names: TextRecords = field(default_factory=Dns)
    """Answers what the sender's domain says of its mail."""

    @property
    def templates(self) -> "Templates":
        """The templates, which are read where letters are: a list of people needs none."""
        return self.read_templates()

    @property
    def state(self) -> Path:
        """The folder that is Convene's own: ledger, outbox, lock and log. Never in git."""
        return self.root / "state"

    @property
    def ledger_path(self) -> Path:
        """The ledger's file."""
        return self.state / "ledger.sqlite"

    def ledger(self) -> Ledger:
        """Open the ledger; a new one is made where there is none."""
        return Ledger(self.ledger_path, self.call.id)


def open_workspace(root: Path, environ: Mapping[str, str]) -> Workspace:
    """Read the configuration. Raises ConfigError with all problems found."""
    config = load(root, environ)
    call, service = config.call, config.service
    templates = cache(partial(_read_templates, root, call, service.limits.attachments_kb))
    return Workspace(root, call, service, open_sheet(service, call), templates, Mailers(service.mail))


def _read_templates(root: Path, call: Call, most_kb: int) -> "Templates":
    # The template engine takes longer to import than most commands take.
    from pipeline.running.letter_files import read_attachments, read_templates

    return replace(read_templates(root, call), attachments=read_attachments(root, call, most_kb))


def with_call_as_it_stands(workspace: Workspace) -> Workspace:
    """Return a workspace with config/call.yaml read again. Raises ConfigError."""
    file = open_file(workspace.root, CALL_FILE)
    call = read_call(file, workspace.root, read_shelf(workspace.root).vocabularies)
    if call is None or file.problems():
        raise ConfigError(file.problems())
    return replace(workspace, call=call)


def open_sheet(service: Service, call: Call) -> Sheet:
    """Return the organisers' sheet; nothing is read yet."""
    headers = call.columns.headers
    names = tuple(headers[key] for key in NAMES if key in headers)
    columns = call.columns
    ours = Columns({}, header_row=columns.header_row, own_columns=columns.own_columns)
    tab = call.replies.tab if call.replies else ""
    moment, language = headers["timestamp"], service.sheet.language
    offered = drop_down(call.audience, approves=bool(call.approve))
    words = tuple(say_word(each, language) for each in offered)
    colours = tuple((tell(status, language), colour) for status, colour in COLOURS)
    setup = SetUp(words, colours, columns.form, names, columns.or_headed, moment, ours, tab, language)
    if isinstance(service.sheet, GoogleSettings):
        from pipeline.sheets.google.sheet import GoogleSheet

        return GoogleSheet(service.sheet, setup)
    from pipeline.sheets.xlsx.workbook import Workbook

    return Workbook(Path(service.sheet.path), service.sheet.tab, setup)


class Mailers:
    """Opens ways of sending, as the settings name them; those to one relay share its certificates and its token."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._host: Host | None = None

    def __call__(self) -> Mailer:
        settings = self._settings
        if isinstance(settings.transport, OutboxSettings):
            from pipeline.mail.outbox import Outbox

            return Outbox(Path(settings.transport.path))
        from pipeline.mail.smtp.client import SmtpMailer
        from pipeline.mail.smtp.host import Host
        from pipeline.model.address import ascii_address

        domain = ascii_address(settings.sender.address, "sender").rpartition("@")[2]
        self._host = self._host or Host(settings.transport, domain)
        return SmtpMailer(settings.transport, domain, settings.rate.per_connection, self._host)


def open_mailer(settings: MailSettings) -> Mailer:
    """Return the way of sending that the settings name."""
    return Mailers(settings)()


def example() -> Path:
    """Return the folder of the example workspace: in an installed package, or this repository."""
    package = Path(__file__).parent.parent
    packaged = package / "example"
    return packaged if packaged.is_dir() else package.parent
