"""The ledger's file: a transaction that returned is on disk, or at least in the file. What fails is a LedgerError."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from pipeline.ledger.erasure import scrub
from pipeline.ledger.meta import forget
from pipeline.ledger.schema import open_database
from pipeline.ledger.trouble import ledger_error


class LedgerFile:
    """The file at `path`, open; several threads may share it, one transaction at a time."""

    def __init__(self, path: Path) -> None:
        self.path, self.lock, self.is_changed = path, RLock(), False
        self._waits = True  # as it is opened: a commit waits for the disk
        try:
            self.db = open_database(path)
            (self.version,) = self.db.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error as error:
            raise ledger_error(path, error) from error

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the file; what was never written so is told as damage."""
        try:
            with self._transaction("BEGIN"):
                yield
        except (ValueError, KeyError, TypeError, AssertionError) as error:
            raise ledger_error(self.path, error) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Change all or nothing. After any change, what a run left that had nothing to do is no more (see `rest`)."""
        with self._changing(waits=True):
            yield

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Write what no run ever decides by: the diary, and that there was nothing to do."""
        with self.lock:
            self._wait_for_disk(True)
            with self._transaction("BEGIN IMMEDIATE"):
                yield

    def is_untouched(self) -> bool:
        """Whether nothing has changed since the file was opened, neither by us nor by anybody else."""
        (version,) = self.db.execute("PRAGMA data_version").fetchone()
        return not self.is_changed and version == self.version

    @contextmanager
    def unsynced(self) -> Iterator[None]:
        """Commit without waiting for the disk."""
        with self._changing(waits=False):
            yield

    def scrub(self) -> None:
        """Leave no byte of what was deleted in the file."""
        try:
            with self.lock:
                self._wait_for_disk(True)
                scrub(self.db)
        except sqlite3.Error as error:
            raise ledger_error(self.path, error) from error

    @contextmanager
    def _changing(self, *, waits: bool) -> Iterator[None]:
        with self.lock:
            self._wait_for_disk(waits)
            with self._transaction("BEGIN IMMEDIATE"):
                before = self.db.total_changes
                yield
                if self.db.total_changes != before:
                    self.is_changed = True
                    forget(self.db)

    def _wait_for_disk(self, waits: bool) -> None:
        """Say whether the next commit does, where that is new: SQLite takes time to understand it."""
        if waits is not self._waits:
            self.db.execute(f"PRAGMA synchronous = {'FULL' if waits else 'NORMAL'}")
            self._waits = waits

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            with self.lock:
                self.db.execute(begin)
                try:
                    yield
                    self.db.execute("COMMIT")
                except BaseException:
                    if self.db.in_transaction:  # a full disk ends it by itself
                        self.db.execute("ROLLBACK")
                    raise
        except sqlite3.Error as error:
            raise ledger_error(self.path, error) from error
