import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.settings import Rate
from pipeline.running.pace import MINUTE, Pace, group_size


class Time:
    """A clock that only sleeping moves on, and working."""

    def __init__(self) -> None:
        self.now = 1000.0

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def starts(per_minute: int | None, count: int, work: float = 0.0) -> list[float]:
    time = Time()
    pace, moments = Pace(per_minute, time.read, time.sleep), []
    for _ in range(count):
        pace.wait(lambda: False)
        moments.append(time.now - 1000.0)
        time.sleep(work)
    return moments


def test_without_a_limit_nobody_waits() -> None:
    assert starts(None, 3) == [0.0, 0.0, 0.0]


def test_with_a_limit_the_next_one_waits_for_the_minute() -> None:
    assert starts(2, 5) == pytest.approx([0, 0, 60, 60, 120])


@given(st.integers(1, 5), st.integers(1, 20), st.floats(0, 30))
def test_never_more_than_allowed_in_any_minute(per_minute: int, count: int, work: float) -> None:
    moments = starts(per_minute, count, work)
    for index, moment in enumerate(moments[per_minute:]):
        assert moment - moments[index] >= MINUTE - 1e-6


def test_a_stop_ends_the_waiting() -> None:
    time = Time()
    pace = Pace(1, time.read, time.sleep)
    pace.wait(lambda: False)
    pace.wait(lambda: time.now > 1003)
    assert time.now < 1004


@pytest.mark.parametrize(
    ("most", "rate", "size"),
    [
        (20, Rate(), 20),
        (1, Rate(), 1),
        (20, Rate(connections=3), 20),
        (3, Rate(connections=3), 1),  # none would ever wait for another
        (20, Rate(per_minute=300), 5),
        (20, Rate(per_minute=30), 1),
    ],
)
def test_no_more_letters_are_announced_at_once_than_leave_in_a_second(
    most: int, rate: Rate, size: int
) -> None:
    assert group_size(most, rate) == size
