"""The group of letters that may be leaving: written down ahead of them, for a power cut that takes all marks along."""

import json
from sqlite3 import Connection

from pipeline.ledger.boot import boot
from pipeline.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Announced:
    """The messages that are announced, by their ids. `number` counts each time that others are, or none any more.

    `boot` is the start of the machine in which they were, `via` the way by which they leave.
    """

    number: int = 0
    boot: str = ""
    via: str = ""
    messages: tuple[int, ...] = ()


def read_announced(db: Connection, call: str) -> Announced:
    """Read what is announced. Raises what values raise that were never written so."""
    found = db.execute("SELECT value FROM meta WHERE key = ?", (_key(call),)).fetchone()
    if not found:
        return Announced()
    number, boot_then, via, *messages = json.loads(found[0])
    return Announced(number, boot_then, via, tuple(messages))


def announce(db: Connection, call: str, messages: tuple[int, ...], via: str) -> Announced:
    """Say that these messages may be leaving, and no others, inside the caller's transaction."""
    group = Announced(read_announced(db, call).number + 1, boot(), via, messages)
    told = json.dumps((group.number, group.boot, via, *messages))
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_key(call), told))
    return group


def _key(call: str) -> str:
    return f"announced of {call}"
