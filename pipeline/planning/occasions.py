"""Letters that tell no decision: whom a date calls for, or a status that was reached. Pure.

Each leaves once for a person, a kind and an occasion. What was missed is caught up once; what would be nonsense by then
is not sent any more, and a person is told so.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from pipeline.decisions.offers import offer_of, remind_from
from pipeline.decisions.verdict import Verdict
from pipeline.model.applicant import Status
from pipeline.model.call import Call, when
from pipeline.model.frozen import dataclass
from pipeline.model.history import Posted, Standing, is_open, last_posted
from pipeline.model.kinds import DECISIONS, GROUPS, Kind, Occasion, title_of
from pipeline.model.message import VOID_STATES, State
from pipeline.model.problem import Problem
from pipeline.model.said import Said

LONG_PAST = timedelta(days=14)
"""So long it is told that a day was missed."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter that is due to somebody: its kind, and what called for it (empty: a decision, or an application)."""

    kind: Kind
    occasion: str = ""


def called_for(call: Call, standing: Standing, posted: tuple[Posted, ...], now: datetime) -> tuple[Owed, ...]:
    """Return the letters that are due to somebody now. None is before the decision that it follows has left."""
    latest = last_posted(posted)
    is_refused = latest is not None and latest.state is State.REFUSED
    if is_refused or any(is_open(each) and each.kind in DECISIONS for each in posted):
        return ()
    found = ((kind, _calls(call, kind, occasion, standing)) for kind, occasion in call.occasions.items())
    return tuple(
        Owed(kind, called.occasion)
        for kind, called in found
        if called and called.is_now(now) and not called.is_served(kind, posted)
    )


@dataclass(frozen=True, slots=True)
class _Called:
    """What calls for a letter to one person, from when on, and until when it would be of use."""

    occasion: str
    since: datetime
    until: datetime | None

    def is_now(self, now: datetime) -> bool:
        # In UTC: Python compares two times of one zone by what the clock shows.
        here = now.astimezone(UTC)
        return self.since.astimezone(UTC) <= here and (
            self.until is None or here < self.until.astimezone(UTC)
        )

    def is_served(self, kind: Kind, posted: tuple[Posted, ...]) -> bool:
        """Whether a letter of the kind left for this occasion, or since its day came, whatever called for it."""
        gone = VOID_STATES | {State.REPLACED}
        return any(
            each.kind == kind
            and each.state not in gone
            and (each.occasion == self.occasion or each.at.astimezone(UTC) >= self.since.astimezone(UTC))
            for each in posted
        )


def is_called_for(call: Call, standing: Standing, message: Posted) -> bool:
    """Whether what called for an open letter still does."""
    occasion = call.occasions.get(message.kind)
    called = _calls(call, message.kind, occasion, standing) if occasion else None
    return called is not None and called.occasion == message.occasion


def _calls(call: Call, kind: Kind, occasion: Occasion, standing: Standing) -> _Called | None:
    """Return what calls for a letter of a kind to somebody who stands so; None where nothing does."""
    if kind in standing.owed and occasion.when is standing.status:
        return _Called(f"{standing.status} {standing.at.isoformat()}", standing.at, occasion.until)
    if kind == Kind.REPLY_REMINDER:
        is_due = standing.status is Status.OFFERED and standing.reply_by
        return _Called(offer_of(standing), remind_from(call, standing), standing.reply_by) if is_due else None
    if occasion.to and occasion.at and standing.status in GROUPS[occasion.to]:
        return _Called(occasion.at.isoformat(), occasion.at, occasion.until)
    return None


def missed(
    call: Call, verdicts: tuple[Verdict, ...], posted: Mapping[str, tuple[Posted, ...]], now: datetime
) -> Iterator[Problem]:
    """Tell of every kind of letter that its day has made useless before it could leave to all whom it was for."""
    for kind, occasion in call.occasions.items():
        if not (occasion.until and occasion.until <= now < occasion.until + LONG_PAST):
            continue
        found = (
            (each.case.standing, posted.get(each.reference, ())) for each in verdicts if each.case.standing
        )
        number = sum(
            _has_missed(call, kind, occasion, standing, letters) for standing, letters in found if standing
        )
        if number:
            what = Said("letters missed", number=number, until=when(call, occasion.until))
            advice = Said("letters missed: do")
            yield Problem(
                Said("message of kind", kind=title_of(kind)), what, advice, facts=(kind, str(number))
            )


def _has_missed(
    call: Call, kind: Kind, occasion: Occasion, standing: Standing, posted: tuple[Posted, ...]
) -> bool:
    called = _calls(call, kind, occasion, standing)
    if called is None or called.until is None or standing.at >= called.until:
        return False
    return not called.is_served(kind, posted)
