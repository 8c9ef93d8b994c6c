"""Reads both files of a workspace at once, so that every problem in them is told together."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.config.call.build import read_call
from pipeline.config.call.vocabularies import read_shelf
from pipeline.config.reading.file import ConfigFile, open_file
from pipeline.config.reading.nodes import Path as Place
from pipeline.config.service import read_service
from pipeline.model.call import Call
from pipeline.model.errors import ConfigError
from pipeline.model.frozen import dataclass
from pipeline.model.settings import Service
from pipeline.model.text import fold

CALL_FILE = "config/call.yaml"
SERVICE_FILE = "config/service.yaml"


MANY = 8
"""So many characters a secret has that is looked for in other texts."""

PASTED = (
    "a secret of config/service.yaml stands here, where it is shown or mailed. Remove it, and change the secret: "
    "others may have read it."
)


@dataclass(frozen=True, slots=True)
class Config:
    """Both files of a workspace, read and found right."""

    call: Call
    service: Service


def load(workspace: Path, environ: Mapping[str, str]) -> Config:
    """Read the files of a workspace; `environ` fills in `${NAME}` in service.yaml.

    Raises ConfigError with every problem of all files, each `file:line: what is wrong. what to do`,
    sorted by file and line. Paths in the service are absolute afterwards.
    """
    call_file, service_file = open_file(workspace, CALL_FILE), open_file(workspace, SERVICE_FILE)
    shelf = read_shelf(workspace)
    call = read_call(call_file, workspace, shelf.vocabularies)
    service = read_service(service_file, workspace, environ)
    problems = call_file.problems() + service_file.problems() + shelf.problems
    if not problems and service and call:
        problems = (
            *_pasted(workspace, service_file, service),
            *_unknown(service_file, service, call),
            *_same_tab(call_file, service, call),
        )
    if problems or call is None or service is None:
        raise ConfigError(problems)
    return Config(call, service)


def _pasted(workspace: Path, file: ConfigFile, service: Service) -> Iterator[str]:
    """Find the secrets that stand where they would be shown or mailed; a short one may be a word."""
    secrets = tuple(secret for secret in service.secrets if len(secret) >= MANY)
    sender = service.mail.sender
    shown: tuple[tuple[Place, str], ...] = (
        (("mail", "from", "name"), sender.name),
        (("mail", "from", "address"), sender.address),
        (("sheet", "tab"), service.sheet.tab),
    )
    for path, text in shown:
        if any(secret in text for secret in secrets):
            yield f"{SERVICE_FILE}:{file.line(path)}: {PASTED}"
    for place in (workspace / CALL_FILE, *sorted((workspace / "templates").glob("*"))) if secrets else ():
        for number, line in enumerate(_lines(place), 1):
            if any(secret in line for secret in secrets):
                yield f"{place.relative_to(workspace)}:{number}: {PASTED}"


_ALL_ALONG = frozenset({"timestamp", "email", "first_name", "family_name"})
"""Answers by which people are known: they go with everything."""


def _unknown(file: ConfigFile, service: Service, call: Call) -> Iterator[str]:
    """Find what cannot be erased by itself: no column of the call, or one that goes with everything."""
    retention = service.retention
    columns = call.columns.questions.keys() - _ALL_ALONG
    for number, name in enumerate(retention.answers):
        if name not in columns:
            where = f"{SERVICE_FILE}:{file.line(('retention', 'answers', number))}: retention.answers"
            advice = f"Write keys of columns in config/call.yaml: {', '.join(sorted(columns))}."
            yield f"{where}: “{name}” is no column that can be erased by itself. {advice}"
    if bool(retention.answers) != (retention.answers_for is not None):
        line = file.line(("retention",))
        yield f"{SERVICE_FILE}:{line}: retention: answers and answers_after_days go together. Write both, or neither."


def _same_tab(file: ConfigFile, service: Service, call: Call) -> Iterator[str]:
    """Find a reply form that is said to write where the responses are."""
    if call.replies and fold(call.replies.tab) == fold(service.sheet.tab):
        line = file.line(("replies", "tab"))
        said = f"“{call.replies.tab}” is the tab with the responses (sheet.tab in {SERVICE_FILE})"
        yield f"{CALL_FILE}:{line}: replies.tab: {said}. Name the tab that the reply form writes to."


def _lines(place: Path) -> list[str]:
    return place.read_text(encoding="utf-8", errors="replace").splitlines() if place.is_file() else []
