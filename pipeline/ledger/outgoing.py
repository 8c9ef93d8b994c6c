"""A message as it is handed over: read from the ledger with its bytes, which must be those that were written."""

import sqlite3
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection

from pipeline.model.errors import LedgerError
from pipeline.model.frozen import dataclass
from pipeline.model.message import Kind, Letter


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message about to be tried: its id, whose it is, its bytes, and what became of it before.

    `deferred_at` is when it was first put off, if it was; `reply` the relay's last words of it. `until` is how long
    what it says is true (None: for ever).
    """

    id: int
    reference: str
    kind: Kind
    letter: Letter
    deferred_at: datetime | None = None
    reply: str = ""
    until: datetime | None = None

    def is_true(self, now: datetime) -> bool:
        """Whether what it says is still true."""
        return self.until is None or now <= self.until


def checksum(letter: Letter) -> str:
    """Return the SHA-256 of a letter, its envelope included: a letter must not go to another address, either."""
    envelope = "\0".join((letter.sender, letter.to, letter.message_id, ""))
    return sha256(envelope.encode() + letter.data).hexdigest()


def read_outgoing(db: Connection, path: Path, call: str, message: int) -> Outgoing:
    """Read one message of a call. Raises LedgerError where it is not as it was written to the file at `path`."""
    try:
        return _read(db, call, message)
    except (sqlite3.Error, ValueError) as error:
        raise LedgerError(
            f"{path}: the stored letter of message {message} is not as it was written ({error}). Nothing "
            "more is sent. Check the disk, put a copy of the file from before in its place, and run "
            "`convene adopt`."
        ) from error


def _read(db: Connection, call: str, message: int) -> Outgoing:
    query = """
        SELECT reference, kind, sender, recipient, message_id, data, deferred_at, until, reply, checksum
        FROM messages
        WHERE id = ? AND call = ?
    """
    row = db.execute(query, (message, call)).fetchone()
    if row is None or ((row[9] or row[5]) and row[9] != checksum(Letter(*row[2:6]))):
        raise ValueError("the checksum is another one")
    deferred_at, until = (datetime.fromisoformat(moment) if moment else None for moment in row[6:8])
    return Outgoing(message, row[0], Kind(row[1]), Letter(*row[2:6]), deferred_at, row[8], until)
