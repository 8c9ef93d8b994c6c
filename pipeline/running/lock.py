"""One run at a time in a workspace: a lock that says who holds it and that dies with its holder."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from pipeline.ledger.own_files import open_own
from pipeline.model.disk import cannot_use
from pipeline.model.errors import LockHeld


@contextmanager
def hold_lock(path: Path, now: datetime) -> Iterator[None]:
    """Hold the workspace's lock; raise LockHeld, naming the holder, if another run has it.

    `flock` is released by the kernel when its holder ends, however it ends: a lock is never left over. Raises
    StateError where the file cannot be used.
    """
    file = open_own(path)
    try:
        _take(path, file, now)
        yield
        with suppress(OSError):
            os.ftruncate(file, 0)
    finally:
        os.close(file)


def _take(path: Path, file: int, now: datetime) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(file, 0)
        os.write(
            file, f"process {os.getpid()} on {socket.gethostname()} since {now:%Y-%m-%d %H:%M:%S}".encode()
        )
    except BlockingIOError:
        holder = os.read(file, 500).decode(errors="replace").strip() or "another process"
        raise LockHeld(f"{path}: held by {holder}. Wait until it has ended and run again.") from None
    except OSError as error:
        raise cannot_use(path, error) from error
