"""A clock on which only waiting makes time pass, so that a run that pauses for twenty minutes takes no time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.running.clock import Clock


class _Passing:
    def __init__(self, start: datetime, on_wait: Callable[[], None]) -> None:
        self.as_of, self.stands_still = None, False
        self.moment, self.on_wait = start, on_wait
        self.waited: list[int] = []

    def now(self) -> datetime:
        return self.moment

    def wait(self, pause: timedelta, is_stopped: Callable[[], bool]) -> None:
        self.waited.append(round(pause / timedelta(minutes=1)))
        self.on_wait()
        self.moment += timedelta() if is_stopped() else pause


if TYPE_CHECKING:

    class Passing(_Passing, Clock): ...

else:
    Passing = _Passing


def passing(start: datetime, on_wait: Callable[[], None] = lambda: None) -> Passing:
    """Return such a clock. `waited` are the minutes of each pause; `on_wait` is called as one begins."""
    return Passing(start, on_wait)
