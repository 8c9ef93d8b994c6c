"""How long one run waits for a mail server: pauses that grow, and end within `mail.retry_for_minutes`."""

from datetime import datetime, timedelta

from pipeline.running.clock import Clock

FIRST = timedelta(minutes=5)
"""Most greylists open after five minutes (Postgrey's default)."""

LONGEST = timedelta(minutes=15)
"""Well within the half hour for which a run takes a Google sheet (`sheet.lease_minutes`)."""

SHORTEST = timedelta(minutes=1)


class RunPatience:
    """The pauses of one run, counted from its first trouble."""

    def __init__(self, retry_for: timedelta, clock: Clock) -> None:
        self._retry_for, self._clock = retry_for, clock
        self._next = FIRST
        self._ends: datetime | None = None

    def pause(self) -> timedelta | None:
        """Return how long to wait now; None where that is over, and on a clock that stands still."""
        if self._clock.stands_still:
            return None
        now = self._clock.now()
        self._ends = self._ends or now + self._retry_for
        left = self._ends - now
        if left < SHORTEST:
            return None
        pause, self._next = min(self._next, left), min(2 * self._next, LONGEST)
        return pause
