"""A power cut, as a ledger's folder shows it afterwards: what was not synced is lost, all of it or from some byte on.

A process that does `watch` writes down how long the ledger's log was when it was synced last. The machine's start is in
a file, too: after `cut` it is another one.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.ledger import boot
from pipeline.ledger.file import LedgerFile

_writing = LedgerFile.writing


def watch(folder: Path) -> None:
    """Write down from now on what of the ledger in `folder` is on disk; its log does not exist yet."""
    boot._BOOT = folder / "boot"
    if not boot._BOOT.exists():
        boot._BOOT.write_text("first")
    synced = os.open(folder / "synced", os.O_WRONLY | os.O_CREAT)
    os.pwrite(synced, _number(0), 0)

    @contextmanager
    def writing(self: LedgerFile) -> Iterator[None]:
        with self.lock:  # until it is written down, no other thread makes the log longer, or commits unsynced
            with _writing(self):
                yield
            if self.path.parent == folder and self.db.execute("PRAGMA synchronous").fetchone() == (2,):
                os.pwrite(synced, _number(_log(folder).stat().st_size), 0)

    LedgerFile.writing = writing  # type: ignore[method-assign]  # for the rest of this process


def cut(folder: Path, keep: Callable[[int, int], int]) -> None:
    """Lose what was not synced: `keep` is told how many bytes were, and how many there are; the machine starts anew."""
    if _log(folder).exists():
        size, synced = _log(folder).stat().st_size, int((folder / "synced").read_text())
        with _log(folder).open("r+b") as file:
            file.truncate(keep(synced, size))
    (folder / "boot").write_text(f"after {(folder / 'boot').read_text()}")


def _number(size: int) -> bytes:
    return b"%12d" % size


def _log(folder: Path) -> Path:
    return folder / "ledger.sqlite-wal"
