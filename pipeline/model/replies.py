"""Answers to an offer that come by a form of their own: where they stand, and what somebody answered."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from pipeline.model.frozen import dataclass
from pipeline.model.problem import Problem
from pipeline.model.question import Question

PLACE = "REFERENCE"
"""What stands in a prefilled link where the reference of each person comes."""


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """The tab that a reply form writes to: its title, its columns, and which answers are a yes and a no, folded.

    The keys of `questions` are `timestamp`, `email`, `reference` and `answer`. `link` is the form's prefilled link.
    """

    tab: str
    questions: Mapping[str, Question]
    yes: frozenset[str]
    no: frozenset[str]
    link: str = ""

    def link_for(self, reference: str) -> str:
        """Return the link that opens the form with somebody's reference in it; nothing where there is none."""
        return (
            self.link.replace(PLACE, reference) if PLACE in self.link else self.link and self.link + reference
        )


@dataclass(frozen=True, slots=True)
class FormReply:
    """What somebody answered last: `at` by the stamp of the form."""

    is_yes: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Replies:
    """All answers of one reading: the newest of each person whose reference and address match.

    `unclear` are the references of people about whom an answer was given that counts for nothing until a person has
    looked. `are_read` is False where there is a form and its answers could not be read in this run: who is silent may
    have answered.
    """

    newest: Mapping[str, FormReply] = field(default_factory=dict)
    unclear: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    are_read: bool = True


NO_REPLIES = Replies()
