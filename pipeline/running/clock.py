"""The one place where time is read: what it is, and how much of it has passed."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pipeline.model.frozen import dataclass

_GOES_ON_IN_SLEEP = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_REALTIME)
"""What `time.monotonic` reads stands still while a machine sleeps (Linux, macOS: clock_gettime(2))."""

NAP = 0.2
"""Seconds between two looks at whether to stop waiting."""


def seconds() -> float:
    """Return seconds since some moment, those included in which the machine slept."""
    return time.clock_gettime(_GOES_ON_IN_SLEEP)


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells the time: the machine's, or a fixed one for rehearsals, demonstrations and tests."""

    as_of: datetime | None = None

    def now(self) -> datetime:
        """Return the time, aware."""
        return self.as_of or datetime.now(UTC)

    @property
    def stands_still(self) -> bool:
        """Whether no waiting moves it on."""
        return self.as_of is not None

    def wait(self, pause: timedelta, is_stopped: Callable[[], bool]) -> None:
        """Let time pass, those minutes included in which the machine sleeps, until somebody asks to stop."""
        end = seconds() + pause.total_seconds()
        while not is_stopped() and (left := end - seconds()) > 0:
            time.sleep(min(left, NAP))
