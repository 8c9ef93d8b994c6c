"""One run at a time in a workspace: a lock that says who holds it and that dies with its holder."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.model.errors import LockHeld


@contextmanager
def hold_lock(path: Path, now: datetime) -> Iterator[None]:
    """Hold the workspace's lock; raise LockHeld, naming the holder, if another run has it.

    `flock` is released by the kernel when its holder ends, however it ends: a lock is never left over.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = file.read().strip() or "another process"
            raise LockHeld(f"{path}: held by {holder}. Wait until it has ended and run again.") from None
        file.truncate()
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {now:%Y-%m-%d %H:%M:%S}")
        file.flush()
        yield
        file.truncate(0)
