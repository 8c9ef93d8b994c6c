"""Responses to the reference call as people really write them, each with the outcome a careful organiser expects.

The YAML files hold the sets and README.md says how they were labelled. This module only reads
them: what judges the responses is elsewhere, so that the labels owe nothing to the rules they examine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.support.yaml_texts import read_yaml

KEYS = (
    "timestamp",
    "email",
    "first_name",
    "family_name",
    "organisation",
    "job_title",
    "country",
    "role",
    "workplace",
    "vetos",
    "experience",
    "work",
    "contribution",
    "english",
    "attended_before",
    "needs",
    "agreement",
)
CATEGORIES = {"management": "Prison management and administration", "external": "External practitioners"}


class Outcome(StrEnum):
    """What becomes of a response: three outcomes of the rules, and kept out of them for want of agreement."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    REVIEW = "review"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One response with its label.

    `category` is a key of CATEGORIES, given wherever “eligible” is expected or would be defensible too. `also`
    are the outcomes that another careful person could defend. `settled`: the written rules leave no choice and
    decide, so that sending the response to a person would be one review too many.
    """

    id: str
    language: str
    answers: Mapping[str, str]
    outcome: Outcome
    category: str | None
    also: tuple[Outcome, ...]
    settled: bool
    because: str

    def accepts(self, outcome: str, category: str | None = None) -> bool:
        """Whether a careful person could defend this outcome; `category` is compared where it is eligible."""
        return outcome in (self.outcome, *self.also) and (
            outcome != Outcome.ELIGIBLE or category == self.category
        )


def read_responses(name: str = "responses.yaml") -> tuple[Labelled, ...]:
    """A whole set, in the order of the file. Raises KeyError, TypeError or ValueError where it is malformed."""
    raw = read_yaml(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    entries = raw["responses"] if isinstance(raw, dict) else raw
    return tuple(_labelled(**entry) for entry in entries)


def _labelled(
    id: str,  # noqa: A002 - the field's name in the file
    language: str,
    answers: dict[str, str],
    outcome: str,
    because: str,
    settled: bool = False,
    category: str | None = None,
    also: tuple[str, ...] = (),
) -> Labelled:
    others = tuple(Outcome(word) for word in also)
    return Labelled(id, language, answers, Outcome(outcome), category, others, settled, because)
