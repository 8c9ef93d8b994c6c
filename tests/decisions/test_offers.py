"""Until when an offer is to be answered: by the call's day, by so many days, before the meeting, on any clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pipeline.decisions.offers import answer_by, is_too_short, remind_from
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.call import Call
from pipeline.model.history import Standing
from pipeline.model.offers import Offers
from tests.support.build import CALL, MADRID, at

REPLY_BY = at("08-20 23:59:59")


def call_with(
    within: int | None, reply_by: datetime | None = None, before: int = 1, call: Call = CALL
) -> Call:
    days = timedelta(days=within) if within else None
    offers = Offers(within=days, before_start=timedelta(days=before))
    return replace(call, dates=replace(call.dates, reply_by=reply_by), offers=offers)


@pytest.mark.parametrize(
    ("within", "reply_by", "now", "expected"),
    [
        (None, None, "08-02 07:00", None),
        (None, REPLY_BY, "08-02 07:00", "08-20 23:59:59"),
        (None, REPLY_BY, "08-19 23:59:59", "08-20 23:59:59"),  # a day and a night are left
        (
            None,
            REPLY_BY,
            "08-20 00:00:00",
            None,
        ),  # less: the letter names no day, and the offer does not lapse
        (None, REPLY_BY, "08-21 07:00", None),
        (5, None, "08-02 07:00", "08-07 23:59:59"),
        (5, None, "08-02 23:59", "08-07 23:59:59"),  # the day counts, not the hour
        (5, None, "08-03 00:01", "08-08 23:59:59"),
        (5, REPLY_BY, "08-02 07:00", "08-20 23:59:59"),  # the later of both
        (5, REPLY_BY, "08-17 07:00", "08-22 23:59:59"),
        (5, None, "09-08 07:00", "09-11 09:00"),  # a day before the meeting at the latest
        (5, None, "09-10 09:00", "09-11 09:00"),
    ],
)
def test_an_answer_is_due(
    within: int | None, reply_by: datetime | None, now: str, expected: str | None
) -> None:
    due = answer_by(call_with(within, reply_by), at(now))
    assert due == (at(expected) if expected else None)
    assert not is_too_short(call_with(within, reply_by), at(now))


@pytest.mark.parametrize("now", ["09-10 09:01", "09-11 08:00", "09-11 23:00", "09-12 08:59"])
def test_what_cannot_be_answered_in_a_day_and_a_night_is_for_a_person(now: str) -> None:
    assert is_too_short(call_with(5), at(now))
    assert not is_too_short(call_with(5, before=2), at("09-08 09:00"))


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        ("2023-10-27 23:59", 73),  # clocks go back in the night to the 29th: an hour more
        ("2023-03-24 23:59", 71),  # they go forward in the night to the 26th
        ("2023-06-24 23:59", 72),
    ],
)
def test_both_nights_in_which_clocks_change_have_their_own_length(now: str, hours: int) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=MADRID)
    call = call_with(3, call=replace(CALL, dates=replace(CALL.dates, starts=at("2024-01-10 09:00"))))
    due = answer_by(call, moment)
    assert due is not None
    utc = ZoneInfo("UTC")
    assert round((due.astimezone(utc) - moment.astimezone(utc)) / timedelta(hours=1)) == hours
    assert (due.hour, due.minute) == (23, 59)


@pytest.mark.parametrize(
    ("offered", "due", "expected"),
    [
        ("08-02 07:00", "08-20 23:59:59", "08-17 00:00"),
        ("08-15 07:00", "08-20 23:59:59", "08-18 03:29:59.500"),  # never before half of the time is over
        ("10-25 07:00", "10-31 23:59:59", "10-28 15:59:59.500"),  # also where clocks change
        ("10-20 07:00", "10-30 23:59:59", "10-27 00:00"),
    ],
)
def test_a_reminder_comes_some_days_before(offered: str, due: str, expected: str) -> None:
    standing = Standing(
        "P-ANA222", Status.OFFERED, Eligibility.ELIGIBLE, "", (), "", at(offered), reply_by=at(due)
    )
    half = remind_from(call_with(5), standing).astimezone(MADRID)
    assert abs(half - at(expected)) < timedelta(seconds=1)
