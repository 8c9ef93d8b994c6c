"""`convene schedule`: the daily runs, in the call's zone, without cron; and one when it is due or asked for."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from pipeline.model.errors import ConveneError
from pipeline.model.text import one_line

log = logging.getLogger("convene")

LONGEST_NAP = 60.0
"""Seconds between two looks at the clock: a laptop that slept wakes to a run that is due."""

SOONEST = timedelta(minutes=1)
"""From one run to the next, at least."""

NEVER = timedelta(days=36_500)
"""Between two looks, where nobody wants any."""

Job = Callable[[], datetime | None]
"""Does one run; returns when the next attempt is due, if anything was left for later."""

Look = Callable[[], bool]
"""Says whether organisers ask for a run in their sheet."""


def next_time(times: tuple[str, ...], zone: ZoneInfo, after: datetime) -> datetime:
    """Return when the clock of `zone` next shows one of `times` (`HH:MM`).

    A time that the clock skips comes as much later as it skips; one that it shows twice counts the first time.
    """
    today = after.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(3))
    moments = (
        datetime.combine(day, time.fromisoformat(each), zone).astimezone(UTC)
        for day in days
        for each in times
    )
    return min(moment for moment in moments if moment > after)


def keep_running(
    times: tuple[str, ...],
    zone: ZoneInfo,
    job: Job,
    stop: Event,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    look: Look = lambda: False,
    look_every: timedelta = NEVER,
) -> None:
    """Run `job` every day at each of `times` (`HH:MM` in `zone`), and when it is due again, until `stop` is set.

    `look` is asked every so often whether it is due at once. A job that fails is logged, and never ends the loop. What
    a machine that slept has missed is caught up once.
    """
    daily, again = next_time(times, zone, now()), None
    glance = now() + look_every
    while not stop.is_set():
        due = min(daily, again or daily)
        if now() >= due or (now() >= glance and _asks(look)):
            again = _run(job)
            again = again and max(again, now() + SOONEST)
            daily, glance = next_time(times, zone, now()), now() + look_every
        elif now() >= glance:
            glance = now() + look_every
        else:
            stop.wait(min((min(due, glance) - now()).total_seconds(), LONGEST_NAP))


def _asks(look: Look) -> bool:
    """Look whether a run is asked for; where that cannot be read now, the next look will tell."""
    try:
        return look()
    except ConveneError as error:
        log.info("not looked: %s", one_line(str(error)))
    except Exception:
        log.exception("look failed")
    return False


def _run(job: Job) -> datetime | None:
    """Do one run; return when the next attempt is due. What fails is logged; the next daily run tries again."""
    try:
        return job()
    except ConveneError as error:
        log.error("not run: %s", one_line(str(error)))
    except Exception:
        log.exception("run failed")
    return None
