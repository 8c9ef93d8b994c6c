import logging
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from schedule import Scheduler

from pipeline.model.errors import SheetBusy
from pipeline.running.scheduler import keep_running

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

    def job() -> None:
        runs.append(1)
        if failure:
            raise failure

    with caplog.at_level(logging.ERROR, "convene"):
        keep_running(("07:00",), MADRID, job, HastyEvent(scheduler, 3))
    assert len(runs) == 2
    said = ["not run"] * 2 if isinstance(failure, SheetBusy) else ["run failed"] * 2 if failure else []
    assert [record.getMessage().split(":")[0] for record in caplog.records] == said


def test_times_are_in_the_calls_zone() -> None:
    scheduler = Scheduler()
    scheduler.every().day.at("07:00", "Europe/Madrid").do(print)
    (job,) = scheduler.jobs
    assert str(job.at_time_zone) == "Europe/Madrid"
