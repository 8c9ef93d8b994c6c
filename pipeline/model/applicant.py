"""People: what they answered, who they are, and what the rules say of them."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from pipeline.model.frozen import dataclass
from pipeline.model.problem import Problem
from pipeline.model.reason import Reason
from pipeline.model.sheet import Cell, OwnCells
from pipeline.model.wordings import words


class Eligibility(StrEnum):
    """What the rules conclude of an applicant's answers."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    REVIEW = "review"
    HELD = "held"


class Status(StrEnum):
    """Where an applicant stands now, in the sheet's words."""

    RECEIVED = "Received"
    TO_REVIEW = "To review"
    INELIGIBLE = "Ineligible"
    OFFERED = "Offered"
    CONFIRMED = "Confirmed"
    WAITING = "Waiting list"
    NOT_SELECTED = "Not selected"
    WITHDRAWN = "Withdrawn"
    EXPIRED = "Expired"
    NO_SHOW = "No show"
    CANCELLED = "Cancelled"
    ON_HOLD = "On hold"
    SUPERSEDED = "Superseded"
    CHECK_ROW = "Check row"
    ERASED = "Erased"
    # What would be told: shown, never recorded.
    PROPOSED_OFFER = "Proposed: offer"
    PROPOSED_WAITING = "Proposed: waiting list"
    PROPOSED_NO = "Proposed: not selected"


PROPOSED = {
    Status.OFFERED: Status.PROPOSED_OFFER,
    Status.WAITING: Status.PROPOSED_WAITING,
    Status.NOT_SELECTED: Status.PROPOSED_NO,
}
"""What is shown of a conclusion until it is told."""


@dataclass(frozen=True, slots=True)
class Response:
    """One submitted form row, as read. `submitted` is aware, to the second, in the call's zone.

    By `address` the person is known; `spelled` is how it was typed, where that differs (see `to`). `is_ambiguous`
    says that its hour was there twice that night, and that the first is taken. `differing` are the keys of answers
    that the form has several columns for, filled with different ones.
    """

    key: str
    address: str
    submitted: datetime
    answers: Mapping[str, str]
    first_name: str = ""
    family_name: str = ""
    is_ambiguous: bool = False
    spelled: str = ""
    differing: tuple[str, ...] = ()

    @property
    def to(self) -> str:
        """Where letters go: the address as it was typed."""
        return self.spelled or self.address


@dataclass(frozen=True, slots=True)
class Entry:
    """One non-blank row: who it is found again by (`key`), what Convene wrote in it, what organisers typed.

    `response` is missing where the row cannot be used; `problem` then says why. `address` is there wherever
    it can be read, also in a row that cannot be used. `raw` is what the form wrote, as it stands in the cells.
    """

    row: int
    key: str
    own: OwnCells
    decision: str = ""
    note: str = ""
    address: str = ""
    response: Response | None = None
    problem: Problem | None = None
    raw: tuple[Cell, ...] = field(default=(), compare=False, repr=False)

    @property
    def is_blank(self) -> bool:
        """Whether neither the form nor people have anything in the row."""
        is_said = self.response or self.decision or self.note or self.address
        return not is_said and not any(cell.fault or cell.text.strip() for cell in self.raw)


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person: a reference for ever, and the newest response with the organisers' word on it.

    `older_decision` is a word that stands in the row of an older response and not in the newest one's; `note` is
    what they noted beside the word. `older` are the older responses by age. `alike` says of whom this may be another
    application, `beside` who waits because of this one; `unclear` that a person said it is, and not of whom.
    `is_vouched` says that organisers typed who this is.
    """

    reference: str
    response: Response
    decision: str = ""
    older_decision: str = ""
    row: int = 0
    note: str = ""
    older: tuple[Response, ...] = ()
    alike: tuple[Reason, ...] = ()
    beside: tuple[str, ...] = ()
    unclear: bool = False
    is_vouched: bool = False

    @property
    def name(self) -> str:
        """The name as typed, first name first; empty where neither was given."""
        return f"{self.response.first_name} {self.response.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Classification:
    """What the rules say of one applicant; the reasons quote the answers that decided."""

    eligibility: Eligibility
    category: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def reason(self) -> str:
        """The reasons in words."""
        return words(self.reasons)
