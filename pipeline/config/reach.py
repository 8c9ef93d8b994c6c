"""Whom to tell that the configuration cannot be used, as far as it can: what of it is right is read by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.config.load import CALL_FILE, SERVICE_FILE
from pipeline.config.reading.file import ConfigFile, open_file
from pipeline.config.service import file_fault
from pipeline.model.fields import Around
from pipeline.model.notify import NOBODY, Notify
from pipeline.model.settings import MailSettings
from pipeline.model.text import one_line


@dataclass(frozen=True, slots=True)
class Reach:
    """Who is to be told, by which mail (None: its settings are not right), and what the call is titled."""

    notify: Notify
    mail: MailSettings | None
    title: str


def read_reach(workspace: Path, environ: Mapping[str, str]) -> Reach:
    """Read who can be told, though the rest may be wrong."""
    around = Around(environ, workspace.absolute(), file_fault)
    file, call = open_file(workspace, SERVICE_FILE), open_file(workspace, CALL_FILE)
    notify = _right(file, "notify", Notify, around)
    title = call.value(("call", "title"))
    return Reach(
        notify if isinstance(notify, Notify) else NOBODY,
        mail if isinstance(mail := _right(file, "mail", MailSettings, around), MailSettings) else None,
        one_line(title) if isinstance(title, str) else "",
    )


def _right(file: ConfigFile, key: str, kind: type, around: Around) -> object:
    """Return a section in which nothing is wrong; else None."""
    before = len(file.found)
    found: object = file.read(key, kind, around, usual=False)
    return found if len(file.found) == before else None
