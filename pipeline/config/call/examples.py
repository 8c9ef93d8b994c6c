"""config/examples.yaml: answers with the outcome that organisers expect, for `convene check`."""

from collections.abc import Iterable
from dataclasses import field
from pathlib import Path
from typing import Annotated

from pipeline.audience.examples import Example
from pipeline.audience.trace import GROUPS
from pipeline.config.reading.file import ConfigFile, open_file
from pipeline.config.reading.nodes import Path as Steps
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.errors import ConfigError
from pipeline.model.fields import Identifier, Key, Line, MaybeLine, Some, among
from pipeline.model.frozen import dataclass
from pipeline.model.keys import Keys
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import quote

EXAMPLES_FILE = "config/examples.yaml"

_Answers = dict[Key, MaybeLine]


@dataclass(frozen=True, slots=True)
class ExampleEntry(Keys):
    """One example: what it shows, the answers that differ from the usual ones, and what becomes of it."""

    title: Line
    outcome: Annotated[Line, among(*(outcome.value for outcome in Eligibility))]
    answers: _Answers = field(default_factory=dict)
    category: Identifier | None = None
    rule: Identifier | None = None


def read_examples(workspace: Path, call: Call) -> tuple[Example, ...]:
    """Read the examples of a workspace; none where the file is missing. Raises ConfigError with all problems."""
    if not (workspace / EXAMPLES_FILE).exists():
        return ()
    file = open_file(workspace, EXAMPLES_FILE)
    file.know("usual", "examples")
    usual = file.read("usual", _Answers, usual={})
    entries = file.read("examples", Some[ExampleEntry]) or ()
    _note_unknown(file, usual, entries, call)
    if problems := file.problems():
        raise ConfigError(problems)
    return tuple(
        Example(
            f"{EXAMPLES_FILE}:{file.line(('examples', index))}",
            entry.title,
            {**usual, **entry.answers},
            Eligibility(entry.outcome),
            entry.category or "",
            entry.rule or "",
        )
        for index, entry in enumerate(entries)
    )


def _note_unknown(
    file: ConfigFile, usual: Iterable[str], entries: Iterable[ExampleEntry], call: Call
) -> None:
    """Note every column, category and rule that the call does not have."""
    columns = tuple(call.columns.questions)
    categories = tuple(category.id for category in call.audience.categories)
    rules = tuple(rule.id for group in GROUPS for rule in getattr(call.audience, group))
    for key in usual:
        _note(file, ("usual", key), "column", key, columns)
    for index, entry in enumerate(entries):
        at: Steps = ("examples", index)
        for key in entry.answers:
            _note(file, (*at, "answers", key), "column", key, columns)
        _note(file, (*at, "category"), "category", entry.category, categories)
        _note(file, (*at, "rule"), "rule", entry.rule, rules)


def _note(file: ConfigFile, path: Steps, kind: str, name: str | None, known: tuple[str, ...]) -> None:
    if name is not None and name not in known:
        next_step = did_you_mean(name, known, f"Write a {kind} that config/call.yaml has.")
        file.add(path, f"there is no {kind} {quote(name)}", next_step)
