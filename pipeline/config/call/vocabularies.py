"""The files in config/vocabulary/: one concept each, its words by language."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path as File

from pipeline.audience.nearness import Near
from pipeline.audience.phrases import Lexicon
from pipeline.audience.vocabulary import Vocabulary
from pipeline.config.call.schema import NearWords, Vocabularies, Words
from pipeline.config.reading.file import ConfigFile, open_file
from pipeline.model.frozen import dataclass
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import quote

FOLDER = "config/vocabulary"
_ENDING = ".yaml"
_OTHERS = ("denied_by", "explained_by", "yields_to")
"""What names other vocabularies."""


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
    lexicon = Lexicon(word for one in vocabularies.values() for word in (*one.words, *one.possible))
    whole = {name: _with_others(vocabularies[name], file, vocabularies) for name, file in sources.items()}
    # In sentences one letter can be a negation: “görüşüyorum” is not “görüşmüyorum”.
    whole |= {name: replace(one, lexicon=lexicon) for name, one in whole.items() if not one.near}
    problems = tuple(problem for file in sources.values() for problem in file.problems())
    return Shelf(whole, problems)


def _read(name: str, file: ConfigFile) -> Vocabulary:
    file.know("words", "unless", "possible", "near", "alone", "but", *_OTHERS)
    near = file.read("near", NearWords, usual={})
    words, unless, possible, alone, but = (
        _all((file.read(key, Words, usual=usual) or {}).values())
        for key, usual in (("words", None), ("unless", {}), ("possible", {}), ("alone", {}), ("but", {}))
    )
    pairs = tuple(Near(pair.words, pair.to, pair.then, pair.across) for pair in near.values())
    return Vocabulary(words, unless, name, possible, pairs, alone, but)


def _with_others(one: Vocabulary, file: ConfigFile, known: Mapping[str, Vocabulary]) -> Vocabulary:
    """Add the vocabularies that a file names; what they name themselves is not asked."""
    found: dict[str, tuple[Vocabulary, ...]] = {}
    for key in _OTHERS:
        names = file.read(key, Vocabularies, usual=())
        for name in names:
            if name not in known:
                file.add((key,), f"there is no vocabulary {quote(name)}", did_you_mean(name, known))
        found[key] = tuple(known[name] for name in names if name in known)
    denied_by, explained_by, yields_to = (found[key] for key in _OTHERS)
    return replace(one, denied_by=denied_by, explained_by=explained_by, yields_to=yields_to)


def _all(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for words in lists for word in words))
