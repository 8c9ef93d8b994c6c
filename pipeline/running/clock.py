"""The one place where time is read: what it is, and how much of it has passed."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

_GOES_ON_IN_SLEEP = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_REALTIME)
"""What `time.monotonic` reads stands still while a machine sleeps (Linux, macOS: clock_gettime(2))."""


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
