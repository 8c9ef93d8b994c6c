"""Until when nothing is due that is not due now: how long a run that did nothing may be taken for the next one. Pure.

Nothing here knows the rules. Every moment that call, settings or history name counts, also before and after each
period that call and retention name; so does the end of every day, as sentences count days. Far too many moments do no
harm: the next run looks at everything again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import chain, product

from pipeline.intake.time_stamps import AHEAD
from pipeline.model.call import Call
from pipeline.model.history import DAY, History
from pipeline.model.settings import Service
from pipeline.planning.occasions import LONG_PAST
from pipeline.planning.plan import Plan

_LAST = time(23, 59)
"""The last minute of a day is no longer it: days in settings end with their last second."""
_ANSWERS = ("audience", "columns")
"""What of a call only looks at answers."""


def next_moment(call: Call, service: Service, plan: Plan) -> datetime:
    """Return the first moment, within a day, at which anything could be due: that of the plan if it is one itself."""
    ours = (getattr(call, each.name) for each in fields(call) if each.name not in _ANSWERS)
    settings = tuple(chain.from_iterable(map(_leaves, (*ours, service.retention))))
    spans = {timedelta(), DAY, LONG_PAST, *(each for each in settings if isinstance(each, timedelta))}
    named = {each for each in settings if isinstance(each, datetime)}
    around, now = {one - other for one, other in product(spans, repeat=2)}, plan.now
    moments = chain(
        _ends_of_days(call, now),
        (moment + span for moment in _in_both_ways(named) for span in around),
        (
            moment + sign * span
            for moment in _in_both_ways(_recorded(plan))
            for span in spans
            for sign in (1, -1)
        ),
    )
    return min(moment for moment in moments if moment >= now)


def _in_both_ways(moments: Iterable[datetime]) -> set[datetime]:
    """Return each as it stands and in UTC: a day added to one or the other may be 23, 24 or 25 hours."""
    return {each.astimezone(zone) for each in moments for zone in (each.tzinfo, UTC)}


def _ends_of_days(call: Call, now: datetime) -> Iterator[datetime]:
    for zone in (call.zone, UTC):
        today = datetime.combine(now.astimezone(zone).date(), _LAST, zone)
        yield from (today, today + timedelta(minutes=1), today + DAY)


def _recorded(plan: Plan) -> set[datetime]:
    """Return what ledger and sheet name; of the times of responses, those to come: they are asked about until then."""
    submitted = (one.case.applicant.response.submitted - AHEAD for one in plan.assessment.verdicts)
    return {*moments_of(plan.history), *(each for each in submitted if each > plan.now)}


def moments_of(history: History) -> Iterator[datetime]:
    """Yield every moment that stands in what the ledger holds."""
    for message in (*history.posted, *history.copies):
        yield from filter(None, (message.at, message.next_attempt, message.until))
    for standing in history.standings.values():
        yield from filter(None, (standing.at, standing.reply_by, standing.heard_until))
    yield from (word.at for word in history.words.values())
    yield from (release.at for release in history.releases)
    for noted in history.notes.needs.values():
        yield from filter(None, (noted.since, noted.seen))
    posted = (message.effect for message in history.posted)
    shown = chain.from_iterable((*one.effects, *one.early) for one in history.proposals)
    effects = filter(None, (*posted, *(one.effect for one in history.releases), *shown))
    yield from (datetime.fromisoformat(effect.until) for effect in effects if effect.until)


def _leaves(value: object) -> Iterator[object]:
    """Yield all that a value consists of."""
    if is_dataclass(value):
        yield from chain.from_iterable(_leaves(getattr(value, each.name)) for each in fields(value))
    elif isinstance(value, Mapping):
        yield from chain.from_iterable(map(_leaves, value.values()))
    elif isinstance(value, tuple | list | frozenset):
        yield from chain.from_iterable(map(_leaves, value))
    else:
        yield value
