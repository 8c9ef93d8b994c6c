"""Whom to tell that the configuration cannot be used, as far as it can: what of it is right is read by itself."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.config.load import CALL_FILE, SERVICE_FILE
from pipeline.config.reading.file import ConfigFile, open_file
from pipeline.config.service import file_fault
from pipeline.model.fields import Around
from pipeline.model.frozen import dataclass
from pipeline.model.locales import ENGLISH
from pipeline.model.notify import NOBODY, Notify
from pipeline.model.said import is_shipped
from pipeline.model.settings import MailSettings
from pipeline.model.text import one_line


@dataclass(frozen=True, slots=True)
class Reach:
    """Who is to be told, in which language, by which mail (None: its settings are not right), and the call's title."""

    notify: Notify
    mail: MailSettings | None
    title: str
    language: str = ENGLISH


def read_reach(workspace: Path, environ: Mapping[str, str]) -> Reach:
    """Read who can be told, though the rest may be wrong."""
    around = Around(environ, workspace.absolute(), file_fault)
    file, call = open_file(workspace, SERVICE_FILE), open_file(workspace, CALL_FILE)
    notify = _right(file, "notify", Notify, around)
    title, language = call.value(("call", "title")), file.value(("sheet", "language"))
    return Reach(
        notify if isinstance(notify, Notify) else NOBODY,
        mail if isinstance(mail := _right(file, "mail", MailSettings, around), MailSettings) else None,
        one_line(title) if isinstance(title, str) else "",
        language if isinstance(language, str) and is_shipped(language) else ENGLISH,
    )


def _right(file: ConfigFile, key: str, kind: type, around: Around) -> object:
    """Return a section in which nothing is wrong; else None."""
    before = len(file.found)
    found: object = file.read(key, kind, around, usual=False)
    return found if len(file.found) == before else None
