"""Keeps sending within a number of messages per minute, and announced letters within a second."""

import time
from collections import deque
from collections.abc import Callable

from pipeline.model.settings import Rate

MINUTE = 60.0
NAP = 0.5
"""Seconds between two looks at whether to stop."""


class Pace:
    """At most `per_minute` messages in any 60 seconds; None: as fast as it goes."""

    def __init__(
        self,
        per_minute: int | None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._now, self._sleep = now, sleep
        self._limited = per_minute is not None
        self._starts: deque[float] = deque(maxlen=per_minute or 0)

    def wait(self, is_stopped: Callable[[], bool]) -> None:
        """Wait until one more message may start, or somebody asks to stop."""
        if not self._limited:
            return
        while not is_stopped() and (left := self._left()) > 0:
            self._sleep(min(left, NAP))
        self._starts.append(self._now())

    def _left(self) -> float:
        is_full = len(self._starts) == self._starts.maxlen
        return self._starts[0] + MINUTE - self._now() if is_full else 0.0


def group_size(most: int, rate: Rate) -> int:
    """Return how many letters to announce at once: no more than leave in a second, and 1 where none would wait."""
    size = most if rate.per_minute is None else min(most, rate.per_minute // 60)
    return size if size > rate.connections else 1
