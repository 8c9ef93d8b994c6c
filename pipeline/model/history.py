"""What the ledger remembers: what was concluded and told, and what became of each message."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from pipeline.model.applicant import Eligibility, Status
from pipeline.model.effect import Effect
from pipeline.model.erased import Erased
from pipeline.model.frozen import dataclass
from pipeline.model.message import DECISIONS, DOUBTFUL_STATES, OPEN_STATES, VOID_STATES, Kind, State
from pipeline.model.reason import Reason, ReasonKind


@dataclass(frozen=True, slots=True)
class Standing:
    """What was concluded for an applicant and is now frozen; `order` is the place in the frozen queue.

    `eligibility` and `category` are as decided, with the organisers' word; `found` is what the rules alone
    said (see `case.finding`), to notice when answers or rules change. `vacated` is set once a place that
    was offered is held no longer, until a place is offered again. `note` is what organisers noted beside their
    word when it was followed: for themselves, never for the applicant. Answers by the reply form up to
    `heard_until` were heard then, or overruled by a word. `cause` names the event that led here, for whoever reads the
    ledger: nothing is decided by it. `reply_by` is until when an offer is to be answered, as its letter says
    (None: it names no day). `owed` are the kinds of letter that reaching this status calls for.
    """

    reference: str
    status: Status
    eligibility: Eligibility
    category: str
    reasons: tuple[Reason, ...]
    decision: str
    at: datetime
    order: int = 0
    found: str = ""
    vacated: bool = False
    note: str = ""
    heard_until: datetime | None = None
    cause: str = field(default="", compare=False)
    reply_by: datetime | None = None
    owed: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Posted:
    """A message the ledger holds: what became of it, and when.

    `reply` is the relay's last word, `via` the way of sending that was used last (`outbox` or `smtp`). `run` wrote it;
    `until` is how long what it says is true (None: for ever); `is_stored` whether its bytes are here. `effect` is what
    it tells, as it was written, and `printed` what of the call stands in it, by name (None, and nothing: by a version
    that did not keep it). `occasion` is what called for it (empty: a decision, or an application).
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
    run: int = 0
    until: datetime | None = None
    is_stored: bool = True
    effect: Effect | None = None
    printed: tuple[tuple[str, str], ...] = ()
    occasion: str = ""
    copy_of: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person's word made of a message, by its id; `why` a new revision takes its place, if one does."""

    message: int
    state: State
    why: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that settles, as it was heard first in somebody's cell; `message` is which it was about (0: none).

    While it stands there it says nothing more, whatever becomes of that message or of others.
    """

    word: str
    message: int = 0


class How(StrEnum):
    """How somebody released an effect. The ledger keeps these words."""

    WORD = "word"
    OK = "ok"
    CODE = "code"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Release:
    """That a person let one effect leave, by its `digest`: in the sheet, seen `at`, or as the shell's user `who`."""

    effect: Effect
    digest: str
    at: datetime
    how: How
    who: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What waited for approval when the sheet was last written with another set of it, by the set's short code.

    `early` is what was proposed beside it, before selection day.
    """

    code: str
    effects: tuple[Effect, ...] = ()
    early: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in somebody's Decision cell, and when a run first saw it there."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """What earlier runs knew of something that needs a person: since when, and when and by whom it was seen."""

    since: datetime
    seen: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """What needs a person, by its code; `marks` stood in the tab's cell for what is seen (see `planning.needs`)."""

    needs: Mapping[str, Noted] = field(default_factory=dict)
    marks: tuple[str, ...] = ()


NO_NOTES = Notes()


@dataclass(frozen=True, slots=True)
class History:
    """All that the ledger knows of this call, as plain values.

    `secret` makes references (see `people.mint`); `addresses` maps reference to the address first seen, `responses`
    a row's key to its reference, `answers` a key to what is kept of it (see `intake.memory`); `rows` is how many
    non-blank rows the last run saw. `ledger` is the ledger's id, `run` the number of the last run that it knows
    of (0: none). `erased` is what is left of people of whom everything else is gone. `letters` is how many
    attempts went as far as their final dot at a relay; `announced` are the messages that may be leaving, `group` counts
    how often others were. `heard` are the words by which organisers settled a message and
    which still stand in their cells, by reference. `copies` are organisers' copies of letters. `releases` are in the
    order in which they were seen; of `proposals`, the last one is what the sheet shows. `words` is what stands in
    everybody's Decision cell, by reference. `notes` is what the last run found to need a person.
    """

    secret: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    responses: Mapping[str, str] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    posted: tuple[Posted, ...] = ()
    rows: int = 0
    ledger: str = ""
    run: int = 0
    erased: Erased = field(default_factory=Erased)
    answers: Mapping[str, str] = field(default_factory=dict)
    letters: int = 0
    heard: Mapping[str, Heard] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    words: Mapping[str, Typed] = field(default_factory=dict)
    notes: Notes = NO_NOTES
    copies: tuple[Posted, ...] = ()
    group: int = 0
    announced: tuple[int, ...] = ()


def due_copies(history: History, now: datetime) -> tuple[Posted, ...]:
    """Return the copies that may leave now: once the relay took the letter, and as long as their bytes are kept."""
    taken = {message.id for message in history.posted if message.state is State.ACCEPTED}
    return tuple(
        copy for copy in history.copies if copy.copy_of in taken and copy.is_stored and is_due(copy, now)
    )


def last_posted(posted: tuple[Posted, ...]) -> Posted | None:
    """Return the newest message that was not called off before it left."""
    return next((message for message in reversed(posted) if message.state not in VOID_STATES), None)


DAY = timedelta(days=1)


SEATED = frozenset({Status.OFFERED, Status.CONFIRMED})
"""Who holds a place."""


LEFT = frozenset({Status.WITHDRAWN, Status.EXPIRED})
"""Who gave a place up."""


def last_told(posted: tuple[Posted, ...]) -> Kind | None:
    """Return the last decision that an applicant knows of, or may know of (in doubt counts as known)."""
    known = {State.ACCEPTED, *DOUBTFUL_STATES}
    kinds = [message.kind for message in posted if message.state in known and message.kind in DECISIONS]
    return kinds[-1] if kinds else None


def is_by_hand(standing: Standing) -> bool:
    """Whether organisers told somebody themselves what stands."""
    return any(reason.kind is ReasonKind.TOLD_BY_HAND for reason in standing.reasons)


def knows_of_place(standing: Standing, posted: tuple[Posted, ...]) -> bool:
    """Whether somebody holds a place and knows it, or may know."""
    is_known = is_by_hand(standing) or last_told(posted) == Kind.INVITATION
    return standing.status is Status.CONFIRMED or (standing.status is Status.OFFERED and is_known)


def is_told(posted: tuple[Posted, ...], kind: Kind) -> bool:
    """Whether somebody has a letter of a kind, or may have."""
    known = {State.ACCEPTED, *DOUBTFUL_STATES}
    return any(message.kind == kind and message.state in known for message in posted)


def is_acknowledged(posted: tuple[Posted, ...]) -> bool:
    """Whether an applicant has heard of us at all, or will with a message that is on its way."""
    return any(message.state not in VOID_STATES for message in posted)


def is_open(message: Posted) -> bool:
    """Whether a message may still go out as it is, or be cancelled."""
    return message.state in OPEN_STATES


def is_due(message: Posted, now: datetime) -> bool:
    """Whether an open message may be tried now: a deferred one waits for its time.

    A time more than a day ahead was set by a clock that went wrong, and is not waited for.
    """
    return is_open(message) and not _is_ahead(message, now)


def is_pausing(message: Posted, now: datetime) -> bool:
    """Whether the relay asked, at this message, for a pause that lasts still."""
    return message.state is State.PREPARED and _is_ahead(message, now)


def _is_ahead(message: Posted, now: datetime) -> bool:
    return message.next_attempt is not None and now < message.next_attempt <= now + DAY


def by_reference(history: History) -> dict[str, tuple[Posted, ...]]:
    """Group the messages of the ledger by applicant, oldest first."""
    grouped: dict[str, tuple[Posted, ...]] = {}
    for message in sorted(history.posted, key=lambda message: message.id):
        grouped[message.reference] = (*grouped.get(message.reference, ()), message)
    return grouped


def next_attempt(
    now: datetime, first: datetime, retry_after: timedelta, give_up_after: timedelta
) -> datetime | None:
    """Return when a deferred message is tried again; None once that is too late (RFC 5321, 4.5.4.1)."""
    again = now + retry_after
    return again if again - first <= give_up_after else None


def unsettled(history: History) -> tuple[Posted, ...]:
    """Return every message in doubt, and of everybody the newest one if the mail server refused it."""
    newest = {last_posted(posted) for posted in by_reference(history).values()}
    return tuple(message for message in history.posted if _needs_person(message, message in newest, history))


def _needs_person(message: Posted, is_newest: bool, history: History) -> bool:
    standing = history.standings.get(message.reference)
    if message.state in DOUBTFUL_STATES:
        return True
    return is_newest and message.state is State.REFUSED and not (standing and standing.status in LEFT)
