"""The files that go along with letters: in the folder of the call, of a kind that is meant to be read, by language."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.config.call.letters_schema import MessageEntry
from pipeline.config.reading.file import ConfigFile
from pipeline.model.kinds import Kind
from pipeline.model.languages import Languages, translated
from pipeline.model.message import ATTACHABLE, media_type
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import quote

OURS = ("state",)
"""Folders of a workspace that hold what is nobody else's."""

Attached = Mapping[str, tuple[str, ...]]
"""File names by the language of the letter."""


def find_attachments(
    file: ConfigFile, workspace: Path, languages: Languages, entries: Mapping[str, MessageEntry]
) -> Iterator[tuple[Kind, Attached]]:
    """Yield what goes along with each kind that has attachments, noting what cannot.

    In a French letter, `programme.fr.pdf` goes in the place of `programme.pdf`, if it is there.
    """
    for kind, entry in entries.items():
        found = {
            code: tuple(_in_language(workspace, name, code) for name in entry.attachments)
            for code in languages.codes
        }
        for nth in range(len(entry.attachments)):
            for each in dict.fromkeys(names[nth] for names in found.values()):
                if fault := _fault(workspace, each):
                    file.add(("messages", kind, "attachments", nth), *fault)
        if entry.attachments:
            yield Kind(kind), found


def _in_language(workspace: Path, name: str, code: str) -> str:
    path = Path(name)
    own = str(path.with_name(translated(path.name, code))) if path.name else name
    return own if (workspace / own).exists() else name


def _fault(workspace: Path, name: str) -> tuple[str, str] | None:
    """Say why a file cannot go along with letters, and what to do; None where it can."""
    if media_type(name) is None:
        return f"{quote(name)} cannot be attached", f"Attach a file that ends in {', '.join(ATTACHABLE)}."
    path, root = (workspace / name).resolve(), workspace.resolve()
    if not path.is_relative_to(root) or path.relative_to(root).parts[0] in OURS:
        advice = "Put a copy of it into the folder of the call, and name that."
        return f"{quote(name)} is not among the files of this call", advice
    if not path.is_file():
        there = tuple(
            sorted(each.name for each in root.iterdir() if each.is_file() and media_type(each.name))
        )
        next_step = did_you_mean(name, there, "Put it into the folder of the call, where `config` is.")
        return f"there is no file {quote(name)}", next_step
    return None
