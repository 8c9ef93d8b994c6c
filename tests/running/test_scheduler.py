import logging
from datetime import UTC, datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from pipeline.model.errors import SheetBusy
from pipeline.running.scheduler import keep_running, next_time
from tests.support.build import BEFORE, MADRID


class Clock(Event):
    """A stop at which time passes as asked for, but no more than `step`; it is set after some hours."""

    def __init__(self, start: datetime, hours: float, step: timedelta = timedelta(minutes=1)) -> None:
        super().__init__()
        self.time, self.end, self.step = start, start + timedelta(hours=hours), step

    def now(self) -> datetime:
        return self.time

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        assert 0 < timeout <= 60
        self.time += max(self.step, timedelta(seconds=timeout))
        if self.time >= self.end:
            self.set()
        return self.is_set()


def runs_of(times: tuple[str, ...], zone: ZoneInfo, clock: Clock) -> list[datetime]:
    began: list[datetime] = []
    keep_running(times, zone, lambda: began.append(clock.time), clock, clock.now)
    return began


@pytest.mark.parametrize("failure", [SheetBusy("open in Excel"), ZeroDivisionError("a bug"), None])
def test_a_run_that_fails_is_logged_and_never_ends_the_loop(
    failure: Exception | None, caplog: pytest.LogCaptureFixture
) -> None:
    clock, runs = Clock(BEFORE, 49), []

    def job() -> datetime | None:
        runs.append(1)
        if failure:
            raise failure
        return None

    with caplog.at_level(logging.ERROR, "convene"):
        keep_running(("07:00",), MADRID, job, clock, clock.now)
    assert len(runs) == 2
    said = ["not run"] * 2 if isinstance(failure, SheetBusy) else ["run failed"] * 2 if failure else []
    assert [record.getMessage().split(":")[0] for record in caplog.records] == said


@pytest.mark.parametrize(
    ("due", "minutes"),
    [
        pytest.param(None, [10], id="nothing is owed"),
        pytest.param(30, [10, 40], id="the next attempt"),
        pytest.param(-5, [10, 11], id="at once, and not in a circle"),
    ],
)
def test_the_loop_wakes_when_the_next_attempt_is_due(due: int | None, minutes: list[int]) -> None:
    start = datetime(2023, 7, 14, 6, 50, tzinfo=MADRID)
    clock, began = Clock(start, 2), []

    def job() -> datetime | None:
        began.append(round((clock.time - start) / timedelta(minutes=1)))
        return clock.time + timedelta(minutes=due) if due and len(began) == 1 else None

    keep_running(("07:00",), MADRID, job, clock, clock.now)
    assert began == minutes


def looked(every: int, answers: dict[int, bool | Exception]) -> tuple[list[int], list[int]]:
    """Return at which minutes from 06:50 the loop looked and ran; `answers` are by the number of the look."""
    start = datetime(2023, 7, 14, 6, 50, tzinfo=MADRID)
    clock = Clock(start, 2)
    looks: list[int] = []
    runs: list[int] = []

    def look() -> bool:
        looks.append(round((clock.time - start) / timedelta(minutes=1)))
        answer = answers.get(len(looks), False)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def job() -> None:
        runs.append(round((clock.time - start) / timedelta(minutes=1)))

    keep_running(("07:00",), MADRID, job, clock, clock.now, look, timedelta(minutes=every))
    return looks, runs


def test_between_two_runs_the_sheet_is_looked_at_and_a_wish_is_a_run() -> None:
    looks, runs = looked(30, {})
    assert (looks, runs) == ([40, 70, 100], [10])
    looks, runs = looked(30, {1: True})
    assert (looks, runs) == ([40, 70, 100], [10, 40])


@pytest.mark.parametrize("failure", [SheetBusy("no network"), ZeroDivisionError("a bug")])
def test_a_look_that_fails_is_no_wish_and_never_ends_the_loop(failure: Exception) -> None:
    assert looked(30, {1: failure, 2: True}) == ([40, 70, 100], [10, 70])


def test_what_a_machine_that_slept_has_missed_is_caught_up_once() -> None:
    clock = Clock(datetime(2023, 7, 14, 6, 50, tzinfo=MADRID), 60, step=timedelta(hours=55))
    assert len(runs_of(("07:00", "19:00"), MADRID, clock)) == 1


@pytest.mark.parametrize(
    ("at", "zone", "day", "expected"),
    [
        # Spring: the clock goes from 02:00 to 03:00 in the night to 26 March.
        ("02:30", "Europe/Madrid", "2023-03-25", ["25 01:30", "26 01:30", "27 00:30", "28 00:30"]),
        ("07:00", "Europe/Madrid", "2023-03-25", ["25 06:00", "26 05:00", "27 05:00", "28 05:00"]),
        # Autumn: from 03:00 back to 02:00 in the night to 29 October.
        ("02:30", "Europe/Madrid", "2023-10-28", ["28 00:30", "29 00:30", "30 01:30", "31 01:30"]),
        ("00:05", "Europe/Madrid", "2023-10-28", ["27 22:05", "28 22:05", "29 23:05", "30 23:05"]),
        ("02:30", "Pacific/Auckland", "2023-09-23", ["22 14:30", "23 14:30", "24 13:30", "25 13:30"]),
    ],
)
def test_a_time_that_the_clock_skips_or_repeats_comes_once_a_day(
    at: str, zone: str, day: str, expected: list[str]
) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    clock = Clock(start.astimezone(UTC), 4 * 24)
    assert [f"{moment:%d %H:%M}" for moment in runs_of((at,), ZoneInfo(zone), clock)] == expected


def test_two_times_that_come_to_the_same_are_one_run() -> None:
    start = datetime(2023, 3, 26, tzinfo=MADRID).astimezone(UTC)
    assert len(runs_of(("02:30", "03:30"), MADRID, Clock(start, 20))) == 1


def test_the_next_time_is_never_the_present_one() -> None:
    now = datetime(2023, 7, 14, 7, 0, tzinfo=MADRID)
    assert next_time(("07:00", "19:30"), MADRID, now) == now + timedelta(hours=12.5)
