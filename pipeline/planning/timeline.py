"""What is due for whom at a given time: which message follows from what was concluded and what was told."""

from datetime import datetime, timedelta

from pipeline.model.call import Dates
from pipeline.model.sheet import (
    DOUBTFUL_STATES,
    OPEN_STATES,
    VOID_STATES,
    History,
    Kind,
    Posted,
    Standing,
    State,
    Status,
)

TELLS = {
    Status.OFFERED: Kind.INVITATION,
    Status.WAITING: Kind.WAITING_LIST,
    Status.NOT_SELECTED: Kind.NOT_SELECTED,
    Status.INELIGIBLE: Kind.NOT_SELECTED,
}
"""Which message tells a status. The others are told by nobody but the applicant or the organisers."""

DAY = timedelta(days=1)

SEATED = frozenset({Status.OFFERED, Status.CONFIRMED})
"""Who holds a place."""

LEFT = frozenset({Status.WITHDRAWN, Status.EXPIRED})
"""Who gave a place up."""


def may_tell(dates: Dates, now: datetime) -> bool:
    """Whether decisions may be told: from the selection date on."""
    return now >= dates.selection


def is_over(dates: Dates, now: datetime) -> bool:
    """Whether the event has ended."""
    return now > dates.ends


def last_told(posted: tuple[Posted, ...]) -> Kind | None:
    """Return the last decision that an applicant knows of, or may know of (in doubt counts as known)."""
    known = {State.ACCEPTED, *DOUBTFUL_STATES}
    kinds = [
        message.kind for message in posted if message.state in known and message.kind is not Kind.RECEIVED
    ]
    return kinds[-1] if kinds else None


def due_kind(before: Standing | None, after: Standing, posted: tuple[Posted, ...]) -> Kind | None:
    """Return the message that tells a new standing, or None where nobody may or need be told by machine.

    Not told: what the applicant knows already; and that a place once offered is gone. No template can take
    an invitation back, so organisers do that in their own words. An invitation is told again only to people
    who gave their place up, or from whom organisers took it, since the last one.
    """
    kind, told = TELLS.get(after.status), last_told(posted)
    if told is Kind.INVITATION and kind is not Kind.INVITATION:
        return None
    if told is kind and not (kind is Kind.INVITATION and before is not None and before.vacated):
        return None
    return kind


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
