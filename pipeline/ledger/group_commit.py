"""Group commit: threads that wait for the disk at the same time share one transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock

from pipeline.model.errors import LedgerError


@dataclass(slots=True)
class _Request:
    act: Callable[[], object]
    is_done: bool = False
    error: Exception | None = None

    def carry_out(self) -> None:
        """Do it; what goes wrong concerns this request alone."""
        try:
            self.act()
        except Exception as error:  # noqa: BLE001 - raised again by the thread that asked
            self.error = error


class Together:
    """Carries out acts of several threads in one transaction.

    While one thread waits for the disk, others queue up; the next one takes all of theirs along. Every thread
    returns only when the transaction with its own act has been committed.
    """

    def __init__(self) -> None:
        self._queue: list[_Request] = []
        self._queue_lock, self._turn = Lock(), Lock()

    def do(self, act: Callable[[], object], transaction: Callable[[], AbstractContextManager[None]]) -> None:
        """Carry out `act` in a transaction; raise what it, or the transaction, fails with."""
        request = _Request(act)
        with self._queue_lock:
            self._queue.append(request)
        with self._turn:
            if not request.is_done:
                self._carry_out_all(transaction)
        if request.error:
            raise request.error
        if not request.is_done:  # the thread that took it along was stopped: it is not on disk
            raise LedgerError("A step was not recorded. Nothing more is sent; run again.")

    def _carry_out_all(self, transaction: Callable[[], AbstractContextManager[None]]) -> None:
        with self._queue_lock:
            requests, self._queue = self._queue, []
        if not requests:  # taken along by a thread that was stopped: see `do`
            return
        try:
            with transaction():
                for request in requests:
                    request.carry_out()
        except Exception as error:  # noqa: BLE001 - the commit failed for all of them
            for request in requests:
                request.error = request.error or error
        for request in requests:
            request.is_done = True
