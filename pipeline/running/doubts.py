"""The breaker on doubt: a relay that goes silent at the final dot leaves a few messages in doubt, not all."""

from threading import Condition
from types import TracebackType
from typing import Self

from pipeline.model.errors import TooManyDoubts
from pipeline.model.text import counted


class DoubtLimit:
    """Lets as many messages to their final dot as may still become doubts, from all connections together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._changed = Condition()
        self._doubts = self._at_the_dot = 0

    def raise_if_reached(self) -> None:
        """Raise TooManyDoubts once the run has left as many as it may."""
        if self._doubts >= self._most:
            raise TooManyDoubts(
                f"The mail server left the last answer open for {counted(self._doubts, 'message')}, and sending "
                "stopped (limits.doubts_per_run in config/service.yaml). Everything unsent is kept. Look into the "
                "mail server's log; `convene resolve` lists what is in doubt. Then run again."
            )

    def turn(self) -> "Turn":
        """Return what one message needs to get to its dot."""
        return Turn(self)

    def enter(self) -> None:
        """Wait until one more message may be between its dot and the answer. Raises TooManyDoubts."""
        with self._changed:
            self._changed.wait_for(lambda: self._doubts >= self._most or self._has_room())
            self.raise_if_reached()
            self._at_the_dot += 1

    def leave(self, *, in_doubt: bool) -> None:
        """Say that a message has its answer, or will never have one."""
        with self._changed:
            self._at_the_dot -= 1
            self._doubts += in_doubt
            self._changed.notify_all()

    def _has_room(self) -> bool:
        return self._doubts + self._at_the_dot < self._most


class Turn:
    """One message's way over the dot. A context manager; until `is_answered` is set, it ends in doubt."""

    def __init__(self, limit: DoubtLimit) -> None:
        self._limit = limit
        self._is_at_the_dot = self.is_answered = False

    def begin(self) -> None:
        """Wait for the turn. Raises TooManyDoubts, and then the dot must not leave."""
        self._limit.enter()
        self._is_at_the_dot = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_at_the_dot:
            self._limit.leave(in_doubt=not self.is_answered)
