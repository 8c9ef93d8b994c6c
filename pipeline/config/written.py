"""What is written in the files of a workspace, setting by setting: to see what somebody changed since the last run."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from pipeline.config.call.vocabularies import FOLDER
from pipeline.config.load import CALL_FILE, SERVICE_FILE
from pipeline.config.reading.file import open_file
from pipeline.config.reading.nodes import Value
from pipeline.model.frozen import dataclass

TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class Written:
    """Settings by the name under which people know them. What is `hidden` is a secret, or long."""

    shown: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)


def read_written(workspace: Path) -> Written:
    """Read what is written, not what it comes to: `${NAME}` stays. A file that cannot be read has nothing in it."""
    shown = dict(_flat("", open_file(workspace, CALL_FILE).value(())))
    service = {
        f"service: {key}": text for key, text in _flat("", open_file(workspace, SERVICE_FILE).value(()))
    }
    files = {
        str(path.relative_to(workspace)): path.read_text(encoding="utf-8", errors="replace")
        for folder in (TEMPLATES, FOLDER)
        for path in sorted((workspace / folder).glob("*"))
        if path.is_file()
    }
    return Written(shown, service | files)


def _flat(key: str, value: Value) -> Iterator[tuple[str, str]]:
    """Give every single value with its way from the top, as `places.at_most[country].places`."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(f"{key}.{name}" if key else name, each)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value, 1):
            yield from _flat(f"{key}[{_named(each) or number}]", each)
    elif isinstance(value, list):
        yield key, ", ".join(map(str, value))
    elif key:
        yield key, value or ""


def _named(value: Value) -> str:
    """Return by what people know an entry of a list, whose number changes when another one is put before it."""
    names = (
        [value.get(name) for name in ("id", "answer", "category", "name")] if isinstance(value, dict) else []
    )
    return next((name for name in names if isinstance(name, str)), "")
