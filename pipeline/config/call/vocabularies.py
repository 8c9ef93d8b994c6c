"""The files in config/vocabulary/: one concept each, its words by language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path as File

from pipeline.audience.vocabulary import Vocabulary
from pipeline.config.call.schema import Words
from pipeline.config.reading.file import ConfigFile, open_file

FOLDER = "config/vocabulary"
_ENDING = ".yaml"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The vocabularies of a workspace by name, and every problem of their files."""

    vocabularies: Mapping[str, Vocabulary]
    problems: tuple[str, ...] = ()


def read_shelf(workspace: File) -> Shelf:
    """Read every vocabulary of a workspace; one with a problem is there with the words that are right."""
    folder = workspace / FOLDER
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [file for file in there if file.suffix == _ENDING]
    sources = {file.stem: open_file(workspace, f"{FOLDER}/{file.name}") for file in files}
    vocabularies = {name: _read(name, file) for name, file in sources.items()}
    problems = tuple(problem for file in sources.values() for problem in file.problems())
    return Shelf(vocabularies, problems)


def _read(name: str, file: ConfigFile) -> Vocabulary:
    file.know("words", "unless")
    words, unless = file.read("words", Words) or {}, file.read("unless", Words, usual={})
    return Vocabulary(_all(words.values()), _all(unless.values()), name)


def _all(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in lists for word in words))
