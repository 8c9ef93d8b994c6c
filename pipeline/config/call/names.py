"""The names that a call's rules may use: its columns, the answers they offer, its vocabulary, its categories.

They are taken from the file before anything is cut out of it, so that a mistake in a column does not make
every rule that names the column look wrong too.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from pipeline.audience.vocabulary import Vocabulary
from pipeline.config.call.schema import Columns, Words
from pipeline.config.reading.file import ConfigFile
from pipeline.config.reading.nodes import Path
from pipeline.model.call import Question
from pipeline.model.frozen import dataclass
from pipeline.model.places import CATEGORY
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import fold, quote


@dataclass(frozen=True, slots=True)
class Names:
    """What is written in a call's file; empty where the section is missing, and then nothing is unknown."""

    columns: tuple[str, ...]
    vocabulary: tuple[str, ...]
    categories: tuple[str, ...]


def written_names(file: ConfigFile) -> Names:
    """Return the names in a call's file, whether or not what stands behind them is right."""
    entries = file.value(("audience", "categories"))
    ids = [each.get("id") for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
    return Names(
        _keys(file, "columns"),
        _keys(file, "vocabulary"),
        tuple(each for each in ids if isinstance(each, str)),
    )


def _keys(file: ConfigFile, section: str) -> tuple[str, ...]:
    found = file.value((section,))
    return tuple(found) if isinstance(found, dict) else ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """Looks names up for the rules and places of one call, and notes those that are unknown."""

    file: ConfigFile
    names: Names
    columns: Mapping[str, Question]
    vocabulary: Mapping[str, Vocabulary]

    def question(self, key: str) -> Question:
        """Return the question `key`, its aliases by the answers as offered; it offers nothing if it is wrong."""
        question = self.columns.get(key, Question(key))
        offered = {fold(answer): answer for answer in question.offered}
        aliases = {offered.get(fold(answer), answer): names for answer, names in question.aliases.items()}
        return replace(question, aliases=aliases)

    def is_broken(self, key: str) -> bool:
        """Whether something in the column `key` was wrong, so that nothing is known of its answers."""
        return any(path[:2] == ("columns", key) for path in self.file.lacking)

    def check_key(self, path: Path, key: str, also: tuple[str, ...] = ()) -> bool:
        """Note an answer key that is no column (nor in `also`); return whether it is one."""
        if key in self.names.columns or key in also:
            return True
        if self.names.columns:
            known = (*self.names.columns, *also)
            next_step = did_you_mean(key, known, "Write one of the keys under “columns”.")
            self.file.add(path, f"there is no column {quote(key)}", next_step)
        return False

    def check_answers(self, path: Path, key: str, answers: Iterable[str]) -> None:
        """Note answers that the question `key` does not have; every answer is right where it has no list."""
        question = self.question(key)
        offered = self.categories if key == CATEGORY else question.offered
        otherwise = f"Write one of the answers under “{key}”."
        known: Collection[str] = set(map(fold, offered))
        if question.countries and not offered:
            known, offered = question.known, tuple(question.known.values())
            otherwise = f"Write a country, or add it to the “aliases” of “{key}”."
        for answer in answers:
            if known and fold(answer) not in known:
                next_step = did_you_mean(answer, offered, otherwise)
                self.file.add(path, f"{quote(answer)} is not an answer of “{key}”", next_step)

    @property
    def categories(self) -> tuple[str, ...]:
        """The ids of the categories."""
        return self.names.categories

    def check_category(self, path: Path, category: str) -> None:
        """Note a category that does not exist."""
        if self.categories and category not in self.categories:
            next_step = did_you_mean(category, self.categories)
            self.file.add(path, f"there is no category {quote(category)}", next_step)


def look_up(
    file: ConfigFile, names: Names, shelf: Mapping[str, Vocabulary], usual: Mapping[str, Question]
) -> Lookup:
    """Make the lookup for a call's file as far as it can be read.

    `shelf` holds the vocabularies in files, `usual` the columns that are there though they are not written.
    """
    columns = file.read("columns", Columns) or {}
    if names.columns:
        unwritten = {key: column for key, column in usual.items() if key not in names.columns}
        columns = {**unwritten, **columns}
        names = replace(names, columns=(*unwritten, *names.columns))
    words = file.read("vocabulary", Words, usual={})
    for name in (name for name in words if name in shelf):
        what = f"the vocabulary {quote(name)} is a file in config/vocabulary/ as well"
        file.add(("vocabulary", name), what, "Rename one of the two.")
    own = {name: Vocabulary(phrases, title=name) for name, phrases in words.items()}
    known = replace(names, vocabulary=tuple(dict.fromkeys((*names.vocabulary, *shelf))))
    return Lookup(file, known, columns, {**shelf, **own})
