"""Connections side by side: each message takes one that is free, and has it to itself until its reply.

A connection's trouble is that connection's: where the relay allows fewer than are configured, or hangs up on one,
the others go on with what there is.
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

from pipeline.mail.base import Mailer
from pipeline.model.errors import MailUnavailable

T = TypeVar("T")
PATIENCE = 0.2
"""Seconds to wait for a free connection before looking again whether anything failed."""


class _Inline(Executor):
    """Does at once, in this thread, what it is given: one connection needs no other thread."""

    def submit(self, task: Callable[..., T], /, *args: object, **named: object) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(task(*args, **named))
        except Exception as error:  # noqa: BLE001 - handed on by the future
            done.set_exception(error)
        return done


class Connections:
    """`count` ways of sending. A context manager: leaving it waits for what is under way, and hangs up.

    `alive` is how many still work. One whose task fails with trouble that passes is given up; only that of the last
    one is raised. What the others failed with is their task's to remember.
    """

    def __init__(self, open_mailer: Callable[[], Mailer], count: int) -> None:
        self._mailers = tuple(open_mailer() for _ in range(count))
        self._free: SimpleQueue[Mailer] = SimpleQueue()
        for mailer in self._mailers:
            self._free.put(mailer)
        self._pool: Executor = ThreadPoolExecutor(count) if count > 1 else _Inline()
        self._under_way: list[Future[None]] = []
        self._lock, self.alive = Lock(), count

    def start(self, task: Callable[[Mailer], None]) -> None:
        """Give `task` a connection as soon as one is free; raise what an earlier task failed with."""
        mailer = self._take()
        self._under_way.append(self._pool.submit(self._do, task, mailer))

    def _do(self, task: Callable[[Mailer], None], mailer: Mailer) -> None:
        try:
            task(mailer)
        except MailUnavailable as error:
            with self._lock:
                self.alive -= 1
                is_last = self.alive == 0
            if is_last or not error.passes:
                raise
        except BaseException:
            self._free.put(mailer)
            raise
        else:
            self._free.put(mailer)

    def _take(self) -> Mailer:
        while True:
            self._raise_failures()
            try:
                return self._free.get(timeout=PATIENCE)
            except Empty:
                continue

    def _raise_failures(self) -> None:
        self._under_way, done = (
            [task for task in self._under_way if not task.done()],
            [task for task in self._under_way if task.done()],
        )
        for task in done:
            task.result()

    def finish(self) -> None:
        """Wait for every message under way; raise what the first failed one failed with."""
        self._pool.shutdown(wait=True)
        self._raise_failures()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True)
        for mailer in self._mailers:
            mailer.close()
