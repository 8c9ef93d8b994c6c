"""The words by which organisers settled a message and which still stand in their cells, in the ledger."""

import json
from collections.abc import Mapping
from sqlite3 import Connection

from pipeline.model.history import Heard


def read_heard(db: Connection, call: str) -> dict[str, Heard]:
    """Read what was heard, by reference. Raises what values raise that were never written so."""
    found = db.execute("SELECT value FROM meta WHERE key = ?", (_key(call),)).fetchone()
    return {reference: Heard(*told) for reference, told in json.loads(found[0]).items()} if found else {}


def remember_heard(db: Connection, call: str, changes: Mapping[str, Heard | None]) -> None:
    """Remember what is heard now, inside the caller's transaction; None: nothing stands in that cell any more."""
    if not changes:
        return
    heard = {**read_heard(db, call), **changes}
    told = {reference: (each.word, each.message) for reference, each in sorted(heard.items()) if each}
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_key(call), json.dumps(told)))


def _key(call: str) -> str:
    return f"heard of {call}"
