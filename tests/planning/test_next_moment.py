"""Until when nothing else is due: no plan is another before that, and every moment of a ledger counts."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from types import UnionType
from typing import get_args, get_type_hints

import pytest

from pipeline.intake.time_stamps import AHEAD
from pipeline.model import history as values
from pipeline.model.call import Call
from pipeline.model.effect import Effect
from pipeline.model.history import (
    History,
    How,
    Noted,
    Notes,
    Posted,
    Proposal,
    Release,
    Typed,
)
from pipeline.model.kinds import KINDS, Kind, Occasion
from pipeline.model.message import State
from pipeline.model.offers import Offers
from pipeline.model.settings import Retention, Service
from pipeline.planning.next_moment import next_moment
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    DAN,
    NEW,
    SERVICE,
    at,
    carried_out,
    filled,
    plan,
    responses,
)

HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
NOON = at("08-20 12:00")
"""On a day on which the call has nothing of its own."""


def known(**changes: object) -> History:
    return replace(NEW, **changes)  # type: ignore[arg-type]  # fields by name


def letter(**changes: object) -> Posted:
    early = Posted(1, "P-AAAAAA", Kind("invitation"), 1, State.ACCEPTED, at("08-02 07:00"))
    return replace(early, **changes)  # type: ignore[arg-type]  # fields by name


def effect(until: datetime) -> Effect:
    return Effect(
        "P-AAAAAA", "ana@example.org", "invitation", 1, "Offered", "", until.astimezone(UTC).isoformat()
    )


def standing(reply_by: datetime) -> History:
    """Return a history in which somebody has an offer until a day."""
    history = live(at("08-02 07:00"))
    ref = next(iter(history.standings))
    return replace(
        history, standings={**history.standings, ref: replace(history.standings[ref], reply_by=reply_by)}
    )


def live(now: datetime) -> History:
    return carried_out(plan(responses(ANA), now), NEW)


SOON = NOON + HOUR

DATED = {
    **dict.fromkeys(("opens", "deadline", "selection", "starts", "ends", "reply_by"), SOON),
    **dict.fromkeys(("reviews_by", "last_offers"), SOON),
    "a day before it, nobody new is asked to answer by then": SOON + DAY,
    "the reminder": SOON + 3 * DAY,
}


def when(call: Call = CALL, history: History = NEW, service: Service = SERVICE, line: str = ANA) -> datetime:
    return next_moment(call, service, plan(responses(line), NOON, history, call))


@pytest.mark.parametrize("name", DATED)
def test_every_date_of_a_call_counts(name: str) -> None:
    dates = replace(CALL.dates, **{name if hasattr(CALL.dates, name) else "reply_by": DATED[name]})  # type: ignore[arg-type]  # fields by name
    assert when(replace(CALL, dates=dates, offers=Offers(remind_before=timedelta(days=3)))) == SOON


def test_a_date_for_a_letter_counts_and_so_does_the_end_of_its_time() -> None:
    for occasion in (Occasion(at=SOON), Occasion(until=SOON)):
        assert when(replace(CALL, occasions={next(iter(KINDS)): occasion})) == SOON


@pytest.mark.parametrize(
    "history",
    [
        known(posted=(letter(next_attempt=SOON),)),
        known(posted=(letter(until=SOON),)),
        known(posted=(letter(effect=effect(SOON)),)),
        known(copies=(letter(next_attempt=SOON),)),
        known(releases=(Release(effect(SOON), "digest", BEFORE, How.WORD),)),
        known(proposals=(Proposal("CODE", (effect(SOON),)),)),
        known(proposals=(Proposal("CODE", (), (effect(SOON),)),)),
        known(words={"P-AAAAAA": Typed("Invite", SOON - DAY)}),
        known(notes=Notes({"CODE": Noted(SOON - DAY, None, "")})),
        standing(SOON),
        standing(SOON + DAY),
    ],
)
def test_every_moment_in_the_ledger_counts(history: History) -> None:
    assert when(history=history) == SOON


@pytest.mark.parametrize("settle", [2 * HOUR, 5 * HOUR])
def test_a_word_that_settles_counts(settle: timedelta) -> None:
    word = Typed("Invite", SOON - settle)
    assert when(replace(CALL, settle=settle), known(words={"P-AAAAAA": word})) == SOON


@pytest.mark.parametrize(
    ("retention", "ends", "posted"),
    [
        (Retention(everything=5 * DAY, warning=2 * DAY), SOON - 5 * DAY, ()),
        (Retention(everything=5 * DAY, warning=2 * DAY), SOON - 3 * DAY, ()),
        (Retention(letters=40 * DAY), CALL.dates.ends, (letter(at=SOON - 40 * DAY),)),
    ],
)
def test_the_day_of_erasing_counts_and_that_of_its_warning(
    retention: Retention, ends: datetime, posted: tuple[Posted, ...]
) -> None:
    call = replace(CALL, dates=replace(CALL.dates, ends=ends))
    assert when(call, known(posted=posted), replace(SERVICE, retention=retention)) == SOON


def test_a_response_from_the_future_counts_until_it_is_believed() -> None:
    sent = SOON + AHEAD
    assert when(line=ANA.replace("07-10 09:00", f"{sent:%m-%d %H:%M}")) == SOON


def test_where_nothing_is_near_it_is_the_end_of_the_day_in_the_call_s_zone_or_in_utc() -> None:
    assert when() == at("08-20 23:59")
    for now, until in (("23:59:30", at("08-21 00:00")), ("00:30", datetime(2023, 8, 19, 23, 59, tzinfo=UTC))):
        assert next_moment(CALL, SERVICE, plan(responses(ANA), at(f"08-20 {now}"))) == until


def test_every_moment_that_the_ledger_can_hold_is_among_them() -> None:
    """A new field with a moment in it belongs into `moments_of`, and in the test above."""
    kinds = [
        each
        for each in vars(values).values()
        if isinstance(each, type) and hasattr(each, "__dataclass_fields__")
    ]
    dated = {
        (kind.__name__, field.name)
        for kind in kinds
        for field in fields(kind)
        if _is_moment(get_type_hints(kind)[field.name])
    }
    assert dated == {
        *(("Posted", name) for name in ("at", "next_attempt", "until")),
        *(("Standing", name) for name in ("at", "heard_until", "reply_by")),
        *(("Noted", name) for name in ("since", "seen")),
        *(("Typed", "at"), ("Release", "at")),
    }


def _is_moment(kind: object) -> bool:
    return datetime in (get_args(kind) if isinstance(kind, UnionType) else (kind,))


def test_up_to_the_next_moment_every_plan_is_the_same() -> None:
    """Around the deadline and selection day, the end of offers that nobody answers, and the meeting."""
    call = replace(
        CALL, dates=replace(CALL.dates, reply_by=at("08-20 23:59:59")), offers=Offers(remind_before=3 * DAY)
    )
    sheet, history = responses(ANA, BEA, DAN), NEW
    for begin, end in (("07-31", "08-04"), ("08-17", "08-19"), ("08-20", "08-22"), ("09-11", "09-15")):
        now = at(f"{begin} 07:00")
        while now < at(f"{end} 07:00"):
            made = plan(sheet, now, history, call)
            while not made.is_empty:
                history = carried_out(made, history)
                sheet = filled(sheet, {change.row: change.after for change in made.changes})
                made = plan(sheet, now, history, call)
            until = next_moment(call, SERVICE, made)
            if until > now:  # “after the deadline” begins a moment behind it
                last = plan(sheet, until - SECOND, history, call)
                assert replace(last, now=now) == made
            now = max(until, now + SECOND)
