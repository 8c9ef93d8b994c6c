"""Why something was decided, as a value: decisions compare it, the ledger keeps it, `wordings` says it.

No sentence decides anything: a wording can change, or be translated, and every decision stays the same.
"""

from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from pipeline.model.frozen import dataclass

Fact: TypeAlias = str | int | tuple["Fact", ...]
"""What JSON can hold and what can be compared; a day is ISO text."""


class ReasonKind(StrEnum):
    """What can be said of a decision. The ledger keeps these words: none may ever be taken for another."""

    # What the rules find in the answers.
    RULE = "rule"
    SLIPS = "slips"
    UNANSWERED = "unanswered"
    UNCLEAR = "unclear"
    SEVERAL_CATEGORIES = "several categories"
    NO_CATEGORY = "no category"
    LATE = "late"

    # What organisers said.
    PUT_IN_CATEGORY = "put in category"
    HELD = "held"
    DECIDED = "decided"
    PLACE_TAKEN_BACK = "place taken back"
    TOLD_FROM = "told from"
    PLACE_PASSED = "place passed"
    TOLD_BY_HAND = "told by hand"
    UNKNOWN_WORD = "unknown word"
    MISFIT = "misfit"
    OLDER_WORD = "older word"
    NOTHING_TO_SETTLE = "nothing to settle"
    HEARD_BEFORE = "heard before"
    OVER = "over"
    REVIEWS = "reviews"
    SETTLES = "settles"
    CHANGED_SINCE = "changed since"
    OK_BEFORE = "ok before"
    BEHIND = "behind"
    CALLED_OFF = "called off"
    GATED = "gated"

    # What the applicant answered.
    SAID_YES = "said yes"
    SAID_NO = "said no"

    # What a person is asked about.
    APPLIED_AGAIN = "applied again"
    CONTRADICTED = "contradicted"
    BEGUN = "begun"
    TURNED_AWAY = "turned away"
    UNCOUNTED = "uncounted"
    FROZEN = "frozen"
    ASK = "ask"

    # Who somebody is, and which of their answers count.
    SAME_ADDRESS = "same address"
    SAME_NAME = "same name"
    WHOSE_UNCLEAR = "whose unclear"
    WAITS_BEHIND = "waits behind"
    WORSE = "worse"
    TOO_EARLY = "too early"
    TOO_LATE = "in the future"
    DIFFERING = "differing"
    UNKNOWN_ANSWER = "unknown answer"
    MISSING_ANSWER = "missing answer"
    DISAGREE = "disagree"
    NOT_YET = "not there yet"
    TEAM_ALONE = "team alone"
    TEAM_APART = "team apart"

    # What became of the places.
    OFFERED = "offered"
    ANSWER_BY = "answer by"
    WAITING = "waiting"
    WAITING_AS_TEAM = "waiting as a team"
    TEAM_FOLLOWED = "team followed"
    PASSED_OVER = "passed over"
    LAPSED = "lapsed"
    LACKING = "lacking"
    TOO_SHORT = "too short"
    CLOSED = "offers closed"
    OBSTACLE = "obstacle"
    NO_PLACE = "no place"

    # What only explains a row.
    NOT_KEPT = "not kept"
    NEWER_RESPONSE = "newer response"
    TAKEN_OVER = "taken over"
    AS_WRITTEN = "as written"
    """A sentence of an earlier version, or one that stood in the sheet: it is shown as it stands."""


BY_WORD = frozenset({ReasonKind.DECIDED, ReasonKind.PLACE_PASSED})
"""An organiser's word decided, and not the rules or the ranking."""

WAITS = frozenset(
    {
        ReasonKind.REVIEWS,
        ReasonKind.SETTLES,
        ReasonKind.CHANGED_SINCE,
        ReasonKind.OK_BEFORE,
        ReasonKind.BEHIND,
        ReasonKind.GATED,
        ReasonKind.CALLED_OFF,
    }
)
"""Why something that is concluded is not told yet; said beside whatever else is."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a decision. `facts` stand by name (see `because`); `wordings` says which."""

    kind: ReasonKind
    facts: tuple[tuple[str, Fact], ...] = ()
    said: list[str] = field(default_factory=list, init=False, repr=False, compare=False)
    """Its sentence, once it was said: a run says every reason several times (see `wordings`)."""

    def fact(self, name: str) -> Fact:
        """Return a fact. Raises KeyError where this kind of reason has none of that name."""
        return dict(self.facts)[name]

    def but(self, **facts: Fact) -> "Reason":
        """Return the same reason with some facts otherwise."""
        return because(self.kind, **{**dict(self.facts), **facts})


def because(kind: ReasonKind, **facts: Fact) -> Reason:
    """Make a reason."""
    return Reason(kind, tuple(sorted(facts.items())))


def as_written(text: str) -> Reason:
    """Make a reason of a sentence that is kept as it stands."""
    return because(ReasonKind.AS_WRITTEN, text=text)


def waits_of(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return those of reasons that say why something is not told yet."""
    return tuple(reason for reason in reasons if reason.kind in WAITS)
