"""config/examples.yaml: answers with the outcome that organisers expect, for `convene check`."""

from pathlib import Path as File
from typing import Annotated, ClassVar

from pydantic import Field

from pipeline.audience.examples import Example
from pipeline.audience.trace import GROUPS
from pipeline.config.reading.fields import Identifier, Key, Line, MaybeLine, Some, among
from pipeline.config.reading.section import Section, read_section
from pipeline.config.reading.source import Source, read_source
from pipeline.config.reading.suggest import did_you_mean
from pipeline.config.reading.tree import Path, line_at
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.errors import ConfigError
from pipeline.model.text import quote

EXAMPLES_FILE = "config/examples.yaml"

_Answers = dict[Key, MaybeLine]


class ExampleEntry(Section):
    """One example: what it shows, the answers that differ from the usual ones, and what becomes of it."""

    title: Line
    answers: _Answers = Field(default_factory=dict)
    outcome: Annotated[Line, among(*(outcome.value for outcome in Eligibility))]
    category: Identifier | None = None
    rule: Identifier | None = None


class ExamplesFile(Section):
    """The whole file: answers that most examples share, and the examples."""

    required: ClassVar[tuple[str, ...]] = ("examples",)

    usual: _Answers = Field(default_factory=dict)
    examples: Some[ExampleEntry] = ()


def read_examples(workspace: File, call: Call) -> tuple[Example, ...]:
    """Read the examples of a workspace; none where the file is missing. Raises ConfigError with all problems."""
    if not (workspace / EXAMPLES_FILE).exists():
        return ()
    source = read_source(workspace, EXAMPLES_FILE)
    file = None if source.is_unreadable else read_section(ExamplesFile, source)
    file = file or ExamplesFile()
    _note_unknown(source, file, call)
    if problems := source.problems():
        raise ConfigError(problems)
    return tuple(
        Example(
            f"{EXAMPLES_FILE}:{line_at(source.tree, ('examples', index))}",
            entry.title,
            {**file.usual, **entry.answers},
            Eligibility(entry.outcome),
            entry.category or "",
            entry.rule or "",
        )
        for index, entry in enumerate(file.examples)
    )


def _note_unknown(source: Source, file: ExamplesFile, call: Call) -> None:
    """Note every column, category and rule that the call does not have."""
    columns = tuple(call.columns.questions)
    categories = tuple(category.id for category in call.audience.categories)
    rules = tuple(rule.id for group in GROUPS for rule in getattr(call.audience, group))
    for key in file.usual:
        _note(source, ("usual", key), "column", key, columns)
    for index, entry in enumerate(file.examples):
        at: Path = ("examples", index)
        for key in entry.answers:
            _note(source, (*at, "answers", key), "column", key, columns)
        _note(source, (*at, "category"), "category", entry.category, categories)
        _note(source, (*at, "rule"), "rule", entry.rule, rules)


def _note(source: Source, path: Path, kind: str, name: str | None, known: tuple[str, ...]) -> None:
    if name is not None and name not in known:
        next_step = did_you_mean(name, known, f"Write a {kind} that config/call.yaml has.")
        source.add(path, f"there is no {kind} {quote(name)}", next_step)
