"""The target-audience rules of a call: conditions with the sentences that are their reasons."""

from collections.abc import Mapping
from typing import Protocol

from pipeline.model.frozen import dataclass
from pipeline.model.question import Question as Question

Answers = Mapping[str, str]


Holds = bool | None


class Condition(Protocol):
    """Something that can be asked of answers. `keys` are the answers it looks at, for quoting."""

    @property
    def keys(self) -> tuple[str, ...]: ...

    @property
    def says(self) -> str:
        """Say in words what is asked, to be read behind the question: `is “No”`."""
        ...

    def holds(self, answers: Answers) -> Holds:
        """Return True, False, or None where the answers do not tell."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition with the sentence that is its reason; `{key}` in the sentence quotes that answer."""

    id: str
    when: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class Category:
    """A group of the target audience; `reason` is the sentence for the people in it."""

    id: str
    title: str
    when: Condition
    reason: str


@dataclass(frozen=True, slots=True)
class Audience:
    """The target-audience rules, asked in this order: hold, ineligible, review, categories."""

    categories: tuple[Category, ...]
    hold: tuple[Rule, ...] = ()
    ineligible: tuple[Rule, ...] = ()
    review: tuple[Rule, ...] = ()

    def title(self, category: str) -> str:
        """Return a category's title, or the id itself for one that the config no longer has."""
        return next((known.title for known in self.categories if known.id == category), category)
