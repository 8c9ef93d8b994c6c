"""What needs a person, as the last run found it, in the ledger: codes and times, and nobody's name."""

import json
from datetime import datetime
from sqlite3 import Connection

from pipeline.ledger.meta import keep_value
from pipeline.model.history import NO_NOTES, Noted, Notes


def read_notes(db: Connection, call: str) -> Notes:
    """Read what is known. Raises what values raise that were never written so."""
    found = db.execute("SELECT value FROM meta WHERE key = ?", (_key(call),)).fetchone()
    if not found:
        return NO_NOTES
    told = json.loads(found[0])
    return Notes({code: _read(*each) for code, each in told["needs"].items()}, tuple(told["marks"]))


def _read(since: str, seen: str, by: str) -> Noted:
    return Noted(datetime.fromisoformat(since), datetime.fromisoformat(seen) if seen else None, by)


def write_notes(db: Connection, call: str, notes: Notes) -> None:
    """Write it anew, inside the caller's transaction."""
    needs = {code: _written(noted) for code, noted in sorted(notes.needs.items())}
    told = json.dumps({"needs": needs, "marks": notes.marks})
    keep_value(db, _key(call), told)


def _written(noted: Noted) -> tuple[str, str, str]:
    return noted.since.isoformat(), noted.seen.isoformat() if noted.seen else "", noted.by


def _key(call: str) -> str:
    return f"needs of {call}"
