"""The files in config/vocabulary/: one concept each, its words by language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path as File

from pipeline.audience.vocabulary import Vocabulary
from pipeline.config.call.schema import VocabularyFile
from pipeline.config.reading.section import read_section
from pipeline.config.reading.source import Source, read_source

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
    sources = {file.stem: read_source(workspace, f"{FOLDER}/{file.name}") for file in files}
    vocabularies = {name: _read(name, source) for name, source in sources.items()}
    problems = tuple(problem for source in sources.values() for problem in source.problems())
    return Shelf(vocabularies, problems)


def _read(name: str, source: Source) -> Vocabulary:
    if source.is_unreadable:
        return Vocabulary((), title=name)
    file = read_section(VocabularyFile, source) or VocabularyFile()
    return Vocabulary(_all(file.words.values()), _all(file.unless.values()), name)


def _all(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in lists for word in words))
