"""A workspace opened: its configuration, sheet, templates, ledger and way of sending."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path

from pipeline.config.call.build import read_call
from pipeline.config.call.vocabularies import read_shelf
from pipeline.config.load import CALL_FILE, load
from pipeline.config.reading.file import open_file
from pipeline.intake.decision_words import drop_down
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.base import Mailer
from pipeline.mail.dns import Dns, Names
from pipeline.messages.layout import LAYOUT
from pipeline.messages.reading import Templates, make_templates
from pipeline.model.applicant import Status
from pipeline.model.call import Call, Columns
from pipeline.model.errors import ConfigError, TemplateError
from pipeline.model.languages import translated
from pipeline.model.message import Attachment, Kind, Picture, media_type
from pipeline.model.said import say_word, tell
from pipeline.model.settings import GoogleSettings, MailSettings, OutboxSettings, Service
from pipeline.sheets.base import SetUp, Sheet

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
    templates: Templates
    mailer: Callable[[], Mailer]
    """Returns the way of sending; nothing is connected before the first message."""
    names: Names = field(default_factory=Dns)
    """Answers what the sender's domain says of its mail."""

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
    """Read configuration and templates. Raises ConfigError and TemplateError, each with all problems found."""
    config = load(root, environ)
    call, service = config.call, config.service
    templates, sheet = read_templates(root, call), open_sheet(service, call)
    templates = replace(templates, attachments=read_attachments(root, call, service.limits.attachments_kb))
    return Workspace(root, call, service, sheet, templates, partial(open_mailer, service.mail))


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


def open_mailer(settings: MailSettings) -> Mailer:
    """Return the way of sending that the settings name."""
    if isinstance(settings.transport, OutboxSettings):
        from pipeline.mail.outbox import Outbox

        return Outbox(Path(settings.transport.path))
    from pipeline.mail.smtp.client import SmtpMailer
    from pipeline.model.address import ascii_address

    domain = ascii_address(settings.sender.address, "sender").rpartition("@")[2]
    return SmtpMailer(settings.transport, domain, settings.rate.per_connection)


def read_templates(root: Path, call: Call) -> Templates:
    """Read and compile every template that the call names, in each of its languages, and what they include."""
    files = _read_all(root / "templates")
    default, codes = call.languages.default, call.languages.codes
    ours = {(kind, code): translated(name, code) for kind, name in call.messages.items() for code in codes}
    there = {key: (f"templates/{name}", files[name]) for key, name in ours.items() if name in files}
    plain = {
        kind: (f"templates/{name}", _read(root / "templates" / name))
        for kind, name in call.messages.items()
        if (kind, default) not in there
    }
    sources = {kind: there.get((kind, default)) or plain[kind] for kind in call.messages}
    others = {key: source for key, source in there.items() if key[1] != default}
    pictures = _read_pictures(root / "templates")
    return make_templates(sources, _read(root / LAYOUT), others, files, default, pictures)


def read_attachments(
    root: Path, call: Call, most_kb: int
) -> Mapping[tuple[Kind, str], tuple[Attachment, ...]]:
    """Read the files that go along with each kind in each language. Raises ConfigError where they are too large."""
    read = lru_cache(None)(partial(_read_attachment, root))
    found = {
        (kind, code): tuple(map(read, names))
        for kind, by_language in call.attachments.items()
        for code, names in by_language.items()
    }
    sizes = {key: sum(len(file.data) for file in files) // 1000 for key, files in found.items()}
    if large := {kind: size for (kind, _), size in sizes.items() if size > most_kb}:
        advice = (
            f"Attach less, or smaller files: each letter carries at most {most_kb} kB (limits.attachments_kb)"
        )
        said = (
            f"{CALL_FILE}: what “{kind}” carries has {size} kB. {advice}." for kind, size in large.items()
        )
        raise ConfigError(tuple(said))
    return found


def _read_attachment(root: Path, name: str) -> Attachment:
    try:
        return Attachment(Path(name).name, media_type(name) or "", (root / name).read_bytes())
    except OSError as error:
        raise ConfigError(
            (f"{name}: cannot be read ({error.strerror}). Make it a file that you may read.",)
        ) from error


_PICTURES = (".png", ".jpg", ".jpeg", ".gif")
_PICTURE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")


def _read_pictures(folder: Path) -> tuple[Picture, ...]:
    """Read the pictures in a folder, as far as their names can stand in a letter."""
    there = sorted(folder.iterdir()) if folder.is_dir() else ()
    usable = (
        path for path in there if path.suffix.lower() in _PICTURES and _PICTURE_NAME.fullmatch(path.name)
    )
    found = []
    for path in usable:
        with suppress(OSError):
            found.append(Picture(path.name, path.read_bytes()))
    return tuple(found)


_TEXTS = (".md", ".html", ".txt")


def _read_all(folder: Path) -> dict[str, str]:
    """Read the texts in a folder by name; what is none is nothing to include."""
    files = (path for path in sorted(folder.iterdir()) if path.suffix in _TEXTS) if folder.is_dir() else ()
    found = {}
    for path in files:
        with suppress(OSError, UnicodeError):
            found[path.name] = path.read_text(encoding="utf-8")
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise TemplateError(
            f"{path.name}: cannot be read ({error.__class__.__name__}). Put the file back."
        ) from error


def example() -> Path:
    """Return the folder of the example workspace: in an installed package, or this repository."""
    package = Path(__file__).parent.parent
    packaged = package / "example"
    return packaged if packaged.is_dir() else package.parent
