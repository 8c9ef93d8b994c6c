"""The words of Convene as values: what stages hand to each other. No behaviour beyond looking things up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo


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
    ON_HOLD = "On hold"
    SUPERSEDED = "Superseded"
    CHECK_ROW = "Check row"


class Kind(StrEnum):
    """The kinds of message, in the order in which they leave."""

    INVITATION = "invitation"
    WAITING_LIST = "waiting_list"
    NOT_SELECTED = "not_selected"
    RECEIVED = "received"


class State(StrEnum):
    """How far a message got (the sending protocol: see docs/sending.md)."""

    PREPARED = "prepared"
    SENDING = "sending"
    COMMITTING = "committing"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    IN_DOUBT = "in doubt"
    HELD = "held"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({State.PREPARED, State.SENDING, State.DEFERRED})
"""The relay surely does not have the message: it may still go out, or be cancelled."""

VOID_STATES = frozenset({State.HELD, State.CANCELLED})
"""The message never went out and never will: what it would have told was not told."""

DOUBTFUL_STATES = frozenset({State.COMMITTING, State.IN_DOUBT})
"""The message may have been delivered: a person decides."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Bad data, shown to people: where, what, and what to do next; nothing private in it."""

    where: str
    what: str
    next_step: str
    row: int | None = None
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.next_step}"


# --- the sheet -----------------------------------------------------------------------------------------

OWN_COLUMNS = ("Reference", "Category", "Status", "Reason", "Waiting list", "Last message", "Updated")
"""Convene's columns: it writes these and no other cell, ever."""

ORGANISER_COLUMNS = ("Decision", "Organiser note")
"""The organisers' columns: made once by Convene, written only by people."""

CellValue: TypeAlias = str | float | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text` as a person sees it, `value` typed; `fault` names a spreadsheet error (`#REF!`)."""

    text: str = ""
    value: CellValue = None
    fault: str = ""


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet; `number` is for people only (1 = the header) and never identifies anybody."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """Return the cell in column `index`; rows may be shorter than the header."""
        return self.cells[index] if index < len(self.cells) else BLANK


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which ledger wrote to the sheet last, and in which of its runs; hidden in the sheet (see `fence`).

    `sending` as long as that run sends: what it sent is shown in the rows only when it has ended.
    """

    ledger: str
    run: int
    sending: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The responses tab as read once. `title` names it in messages; blank rows may be left out.

    `stamp` is None where no run has left one, or where it cannot be read any more. `zone` is the time zone of
    the times in it (None: the call's); `problems` are what a person should put right in the sheet itself.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    stamp: Stamp | None = None
    zone: ZoneInfo | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnCells:
    """The texts of Convene's columns in one row, in the order of `OWN_COLUMNS`."""

    reference: str = ""
    category: str = ""
    status: str = ""
    reason: str = ""
    waiting_list: str = ""
    last_message: str = ""
    updated: str = ""

    def texts(self) -> tuple[str, ...]:
        """Return the texts in the order of `OWN_COLUMNS`."""
        return (
            self.reference,
            self.category,
            self.status,
            self.reason,
            self.waiting_list,
            self.last_message,
            self.updated,
        )


# --- people --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Response:
    """One submitted form row, as read. `submitted` is aware, to the second, in the call's zone.

    `is_ambiguous` says that its hour was there twice that night, and that the first is taken.
    """

    key: str
    address: str
    submitted: datetime
    answers: Mapping[str, str]
    first_name: str = ""
    family_name: str = ""
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One non-blank row: who it is found again by (`key`), what Convene wrote in it, what organisers typed.

    `response` is missing where the row cannot be used; `problem` then says why. `address` is there wherever
    it can be read, also in a row that cannot be used.
    """

    row: int
    key: str
    own: OwnCells
    decision: str = ""
    note: str = ""
    address: str = ""
    response: Response | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person: a reference for ever, and the newest response with the organisers' word on it.

    `older_decision` is a word that stands in the row of an older response and not in the newest one's; `note` is
    what they noted beside the word.
    """

    reference: str
    response: Response
    decision: str = ""
    older_decision: str = ""
    row: int = 0
    note: str = ""

    @property
    def name(self) -> str:
        """The name as typed, first name first; empty where neither was given."""
        return f"{self.response.first_name} {self.response.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Classification:
    """What the rules say of one applicant; `reason` is one sentence that quotes the answer which decided."""

    eligibility: Eligibility
    category: str = ""
    reason: str = ""


# --- what the ledger remembers ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """What was concluded for an applicant and is now frozen; `order` is the place in the frozen queue.

    `eligibility` and `category` are as decided, with the organisers' word; `found` is what the rules alone
    said (see `decide.finding`), to notice when answers or rules change. `vacated` is set once a place that
    was offered is held no longer, until a place is offered again. `note` is what organisers noted beside their
    word when it was followed: for themselves, never for the applicant.
    """

    reference: str
    status: Status
    eligibility: Eligibility
    category: str
    reason: str
    decision: str
    at: datetime
    order: int = 0
    found: str = ""
    vacated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message the ledger holds: what became of it, and when.

    `reply` is the relay's last word, `via` the way of sending that was used last (`outbox` or `smtp`).
    """

    id: int
    reference: str
    kind: Kind
    revision: int
    state: State
    at: datetime
    to: str = ""
    subject: str = ""
    next_attempt: datetime | None = None
    reply: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All that the ledger knows of this call, as plain values.

    `secret` makes references (see `identity.mint`); `addresses` maps reference to address, `responses`
    maps a row's key to its reference; `rows` is how many non-blank rows the last run saw. `ledger` is the
    ledger's id, `run` the number of the last run that it knows of (0: none).
    """

    secret: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    responses: Mapping[str, str] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    posted: tuple[Posted, ...] = ()
    rows: int = 0
    ledger: str = ""
    run: int = 0


# --- what a plan is made of ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template filled in: one subject line, a text part and an HTML part."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Message:
    """One e-mail to one applicant of one kind and revision, rendered and not yet sent."""

    reference: str
    to: str
    kind: Kind
    revision: int
    content: Rendered
    why: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as bytes with its envelope; the bytes never change once made."""

    sender: str
    to: str
    message_id: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """What a row's own cells become; found again by `key` and the reference in it, never by `row`."""

    row: int
    key: str
    before: OwnCells
    after: OwnCells
