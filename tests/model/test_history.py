from datetime import timedelta

import pytest

from pipeline.model.address import is_loopback
from pipeline.model.call import is_over, may_tell
from pipeline.model.history import next_attempt
from tests.support.build import CALL, at

HALF_HOUR, FIVE_DAYS = timedelta(minutes=30), timedelta(days=5)


def test_decisions_may_be_told_from_the_selection_date_on() -> None:
    assert [may_tell(CALL.dates, at(time)) for time in ("08-02 05:59", "08-02 06:00")] == [False, True]


def test_an_event_is_over_after_its_last_moment() -> None:
    assert [is_over(CALL.dates, at(time)) for time in ("09-13 12:30", "09-13 12:31")] == [False, True]


@pytest.mark.parametrize(
    ("now", "again"), [("08-02 07:00", "08-02 07:30"), ("08-07 06:30", "08-07 07:00"), ("08-07 06:31", None)]
)
def test_a_deferred_message_is_tried_for_five_days(now: str, again: str | None) -> None:
    found = next_attempt(at(now), at("08-02 07:00"), HALF_HOUR, FIVE_DAYS)
    assert found == (at(again) if again else None)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("smtp.example.org", False),
        ("127.example.org", False),
    ],
)
def test_loopback_is_this_machine_and_nothing_else(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
