"""`convene schedule`: the daily runs, in the call's zone, without cron; and one when the next attempt is due."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from schedule import Scheduler

from pipeline.model.errors import ConveneError
from pipeline.model.text import one_line

log = logging.getLogger("convene")

LONGEST_NAP = 60.0
"""Seconds between two looks at the clock: a laptop that slept wakes to a run that is due."""

SOONEST = timedelta(minutes=1)
"""From one run to the next, at least."""

Job = Callable[[], datetime | None]
"""Does one run; returns when the next attempt is due, if anything was left for later."""


class _Runs:
    """The runs, of which none may end the loop; `due` is when the last one left something to be tried again."""

    def __init__(self, job: Job, now: Callable[[], datetime]) -> None:
        self._job, self._now = job, now
        self.due: datetime | None = None

    def run(self) -> None:
        """Do one run. What fails is logged; the next daily run tries again."""
        self.due = None
        try:
            due = self._job()
        except ConveneError as error:
            log.error("not run: %s", one_line(str(error)))
        except Exception:
            log.exception("run failed")
        else:
            self.due = due and max(due, self._now() + SOONEST)

    def run_if_due(self) -> None:
        """Do one run where an attempt is due."""
        if self.due and self.due <= self._now():
            self.run()


def keep_running(
    times: tuple[str, ...],
    zone: ZoneInfo,
    job: Job,
    stop: Event,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Run `job` every day at each of `times` (`HH:MM` in `zone`), and when it is due again, until `stop` is set.

    A job that fails is logged; the library itself would end the loop
    (schedule.readthedocs.io/en/stable/exception-handling.html).
    """
    scheduler, runs = Scheduler(), _Runs(job, now)
    for time in times:
        scheduler.every().day.at(time, zone.key).do(runs.run)
    while not stop.is_set():
        scheduler.run_pending()
        runs.run_if_due()
        idle = scheduler.idle_seconds or 0.0
        stop.wait(min(max(idle, 0.1), LONGEST_NAP))
