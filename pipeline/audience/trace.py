"""Rules traced: every condition in order, the answer it looked at, and whether it held."""

from collections.abc import Iterator

from pipeline.audience.answers import Closeness, understand
from pipeline.audience.combined import AnyText, parts_of
from pipeline.audience.conditions import Mentions
from pipeline.model.call import Columns
from pipeline.model.frozen import dataclass
from pipeline.model.rules import Answers, Audience, Category, Condition, Holds, Rule
from pipeline.model.text import quote

GROUPS = ("hold", "ineligible", "review", "categories")
"""The groups of rules in the order in which they are asked; the keys of the configuration."""

_WORDS: dict[Holds, str] = {True: "yes", False: "no", None: "cannot tell"}


@dataclass(frozen=True, slots=True)
class Step:
    """One condition asked: how deep it stands inside others, what it asks, of which answer, and how it came out.

    `key`, `header` and `answer` are empty where it combines others; `found` are words of a vocabulary.
    """

    depth: int
    says: str
    holds: Holds
    key: str = ""
    header: str = ""
    answer: str = ""
    read_as: str = ""
    found: str = ""

    def line(self) -> str:
        """Say it in one line."""
        indent = "  " * self.depth
        if not self.key:
            return f"{indent}{self.says}: {_WORDS[self.holds]}"
        read = f" (read as {quote(self.read_as)})" if self.read_as else ""
        found = f", found {quote(self.found)}" if self.found else ""
        answer = f"{quote(self.answer)}{read}" if self.answer.strip() else "nothing"
        return f"{indent}“{self.header}” {self.says}: {_WORDS[self.holds]}; answered {answer}{found}"


@dataclass(frozen=True, slots=True)
class TracedRule:
    """One rule asked: its group (see `GROUPS`), id and sentence, whether it holds, and every step."""

    group: str
    id: str
    holds: Holds
    steps: tuple[Step, ...]

    def lines(self) -> tuple[str, ...]:
        """Say it in lines, the steps indented."""
        return (f"{self.id}: {_WORDS[self.holds]}", *(f"  {step.line()}" for step in self.steps))


def trace_rules(audience: Audience, columns: Columns, answers: Answers) -> tuple[TracedRule, ...]:
    """Trace every rule, in the order in which they are asked, also those that no longer matter."""
    rules: dict[str, tuple[Rule | Category, ...]] = {group: getattr(audience, group) for group in GROUPS}
    return tuple(
        TracedRule(group, rule.id, rule.when.holds(answers), tuple(trace(rule.when, columns, answers)))
        for group in GROUPS
        for rule in rules[group]
    )


def trace(condition: Condition, columns: Columns, answers: Answers, depth: int = 0) -> Iterator[Step]:
    """Yield the steps of a condition: itself, then what it combines."""
    parts, holds = parts_of(condition), condition.holds(answers)
    if parts:
        yield Step(depth, condition.says, holds)
        for part in parts:
            yield from trace(part, columns, answers, depth + 1)
        return
    if isinstance(condition, AnyText):
        key, text = condition.found(answers) or ("", "")
        header = columns.question(key).header if key else ""
        yield Step(depth, condition.says, holds, key, header, text)
        return
    for key in condition.keys:
        question, answer = columns.question(key), answers.get(key, "")
        read = understand(question, answer)
        yield Step(
            depth,
            condition.says,
            holds,
            key,
            question.header,
            answer,
            read.option if read.how in {Closeness.TYPO, Closeness.ALIAS} else "",
            condition.found(answer) if isinstance(condition, Mentions) else "",
        )
