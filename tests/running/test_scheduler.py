import logging
from datetime import datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from schedule import Scheduler

from pipeline.model.errors import SheetBusy
from pipeline.running.scheduler import keep_running
from tests.support.build import BEFORE

MADRID = ZoneInfo("Europe/Madrid")


class HastyEvent(Event):
    """A stop that makes every scheduled time come at once, and is set after a few rounds."""

    def __init__(self, scheduler: Scheduler, rounds: int) -> None:
        super().__init__()
        self.scheduler, self.rounds = scheduler, rounds

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        assert 0 < timeout <= 60
        self.rounds -= 1
        if self.rounds == 0:
            self.set()
        for job in self.scheduler.jobs:
            job.next_run = job.next_run.replace(year=2000) if job.next_run else None
        return self.is_set()


@pytest.mark.parametrize("failure", [SheetBusy("open in Excel"), ZeroDivisionError("a bug"), None])
def test_a_run_that_fails_is_logged_and_never_ends_the_loop(
    failure: Exception | None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler, runs = Scheduler(), []
    monkeypatch.setattr("pipeline.running.scheduler.Scheduler", lambda: scheduler)

    def job() -> datetime | None:
        runs.append(1)
        if failure:
            raise failure
        return None

    with caplog.at_level(logging.ERROR, "convene"):
        keep_running(("07:00",), MADRID, job, HastyEvent(scheduler, 3))
    assert len(runs) == 2
    said = ["not run"] * 2 if isinstance(failure, SheetBusy) else ["run failed"] * 2 if failure else []
    assert [record.getMessage().split(":")[0] for record in caplog.records] == said


class Minutes(Event):
    """A stop at which ten minutes pass at each look, for two hours; the day's run comes at the second look."""

    def __init__(self, scheduler: Scheduler) -> None:
        super().__init__()
        self.scheduler, self.passed = scheduler, 0

    def wait(self, timeout: float | None = None) -> bool:
        self.passed += 10
        for job in self.scheduler.jobs if self.passed == 10 else ():
            job.next_run = job.next_run.replace(year=2000) if job.next_run else None
        if self.passed == 120:
            self.set()
        return self.is_set()


@pytest.mark.parametrize(
    ("due", "runs"),
    [
        pytest.param(None, [10], id="nothing is owed"),
        pytest.param(30, [10, 40], id="the next attempt"),
        pytest.param(-5, [10, 20], id="at once, and not in a circle"),
    ],
)
def test_the_loop_wakes_when_the_next_attempt_is_due(
    due: int | None, runs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler = Scheduler()
    monkeypatch.setattr("pipeline.running.scheduler.Scheduler", lambda: scheduler)
    stop, began = Minutes(scheduler), []

    def now() -> datetime:
        return BEFORE + timedelta(minutes=stop.passed)

    def job() -> datetime | None:
        began.append(stop.passed)
        return now() + timedelta(minutes=due) if due and len(began) == 1 else None

    keep_running(("07:00",), MADRID, job, stop, now)
    assert began == runs


def test_times_are_in_the_calls_zone() -> None:
    scheduler = Scheduler()
    scheduler.every().day.at("07:00", "Europe/Madrid").do(print)
    (job,) = scheduler.jobs
    assert str(job.at_time_zone) == "Europe/Madrid"
