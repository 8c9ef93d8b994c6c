"""`convene schedule`: the daily runs, in the call's zone, without cron."""

import logging
from collections.abc import Callable
from threading import Event
from zoneinfo import ZoneInfo

from schedule import Scheduler

from pipeline.model.errors import ConveneError
from pipeline.model.text import one_line

log = logging.getLogger("convene")

LONGEST_NAP = 60.0
"""Seconds between two looks at the clock: a laptop that slept wakes to a run that is due."""


def keep_running(times: tuple[str, ...], zone: ZoneInfo, job: Callable[[], None], stop: Event) -> None:
    """Run `job` every day at each of `times` (`HH:MM` in `zone`) until `stop` is set.

    A job that fails is logged; the library itself would end the loop
    (schedule.readthedocs.io/en/stable/exception-handling.html).
    """
    scheduler = Scheduler()
    for time in times:
        scheduler.every().day.at(time, zone.key).do(_never_raising(job))
    while not stop.is_set():
        scheduler.run_pending()
        idle = scheduler.idle_seconds or 0.0
        stop.wait(min(max(idle, 0.1), LONGEST_NAP))


def _never_raising(job: Callable[[], None]) -> Callable[[], None]:
    def attempt() -> None:
        try:
            job()
        except ConveneError as error:
            log.error("not run: %s", one_line(str(error)))
        except Exception:
            log.exception("run failed")

    return attempt
