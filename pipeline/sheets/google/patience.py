"""Time as the Google edge needs it: waiting between attempts, and giving up."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pipeline.model.errors import SheetBusy
from pipeline.model.frozen import dataclass

LONGEST_WAIT = 32.0
"""Seconds between two attempts, at most, before they are scattered."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """The clocks of this machine; tests put others in their place. `scatter` gives a number from 0 to 1."""

    now: Callable[[], datetime] = _now
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    scatter: Callable[[], float] = random.random


class Patience:
    """The attempts at one thing: waits longer and longer between them, ends when it lasts too long or is no use."""

    def __init__(self, limit: timedelta, timing: Timing) -> None:
        self._limit, self._timing = limit.total_seconds(), timing
        self._began, self._attempts = timing.seconds(), 0

    def wait(self, why: str) -> None:
        """Wait before the next attempt; `why` is what failed the last. Raises SheetBusy when time is up.

        The wait is scattered, so that many clients do not come back together.
        """
        longest = min(LONGEST_WAIT, 2.0**self._attempts)
        pause = longest * (0.5 + self._timing.scatter() / 2)
        self._attempts += 1
        if self._timing.seconds() - self._began + pause > self._limit:
            raise SheetBusy(
                f"Google Sheets: {why}. Run again later; the next run goes on where this one stopped."
            )
        self._timing.sleep(pause)
