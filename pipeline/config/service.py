"""config/service.yaml to a `Service`: environment filled in, paths absolute, files looked at."""

from collections.abc import Mapping
from os import R_OK, access
from pathlib import Path, PurePath
from stat import S_ISREG

from pipeline.config.reading.file import ConfigFile
from pipeline.model.fields import Around
from pipeline.model.notify import NOBODY, Notify
from pipeline.model.settings import (
    LedgerSettings,
    Limits,
    MailSettings,
    Retention,
    Schedule,
    Service,
    WitnessSettings,
)
from pipeline.model.sheet_settings import Sheet


def read_service(file: ConfigFile, workspace: Path, environ: Mapping[str, str]) -> Service | None:
    """Make a service of its file; None where a section is missing or wrong, and then `file` has problems."""
    around = Around(environ, workspace.absolute(), file_fault)
    file.know("sheet", "mail", "schedule", "limits", "retention", "witness", "notify", "ledger")
    sheet = file.read("sheet", Sheet, around)
    mail = file.read("mail", MailSettings, around)
    schedule = file.read("schedule", Schedule, around, usual=Schedule())
    limits = file.read("limits", Limits, around, usual=Limits())
    retention = file.read("retention", Retention, around, usual=Retention())
    witness = file.read("witness", WitnessSettings, around, usual=WitnessSettings())
    notify = file.read("notify", Notify, around, usual=NOBODY)
    ledger = file.read("ledger", LedgerSettings, around, usual=LedgerSettings())
    times = tuple(sorted(set(schedule.at)))
    every = schedule.look_every
    if not (sheet and mail):
        return None
    return Service(sheet, mail, limits, times, retention, witness, notify, every, ledger)


def file_fault(path: PurePath, is_secret: bool) -> tuple[str, str] | None:
    """Return what is wrong with a file: not there, or a secret that is open to others than its owner."""
    rights = _rights(Path(path))
    if rights is None:
        other = "put the file there" if is_secret else "leave it empty"
        return "does not exist", f"Correct the path, or {other}."
    if is_secret and rights & 0o077:
        return "is open to others than its owner", "Close it: chmod 600 and its name."
    if is_secret and not access(path, R_OK):
        return "may not be read", "Give it to the user that runs Convene: chown."
    return None


def _rights(path: Path) -> int | None:
    """Return the permission bits of a file; None where there is none, whatever the reason."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # ValueError: no name of a file at all
        return None
    return mode & 0o777 if S_ISREG(mode) else None
