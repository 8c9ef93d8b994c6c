"""Reads all that a ledger knows of a call, inside the caller's transaction."""

from sqlite3 import Connection

from pipeline.ledger.announced import read_announced
from pipeline.ledger.diary_reading import read_words
from pipeline.ledger.erasure import read_erased
from pipeline.ledger.heard import read_heard
from pipeline.ledger.letters import read_letters
from pipeline.ledger.notes import read_notes
from pipeline.ledger.releases import read_proposals, read_releases
from pipeline.ledger.rows import POSTED, STANDING, read_posted, read_standing
from pipeline.model.history import History, Posted, Standing
from pipeline.model.message import VOID_STATES


def read_history(db: Connection, call: str) -> History:
    """Read the history. Raises what values raise that were never written so."""
    posted, group = _posted(db, call), read_announced(db, call)
    return History(
        secret=read_meta(db, "secret"),
        addresses=_pairs(db, call, "SELECT reference, address FROM applicants WHERE call = ?"),
        responses=_pairs(db, call, "SELECT key, reference FROM responses WHERE call = ?"),
        standings=_standings(db, call),
        posted=tuple(message for message in posted if not message.copy_of),
        copies=tuple(message for message in posted if message.copy_of),
        rows=int(read_meta(db, f"rows of {call}") or 0),
        ledger=read_id(db, call),
        run=read_last_run(db, call),
        erased=read_erased(db, call),
        answers=_pairs(db, call, "SELECT key, answers FROM responses WHERE call = ? AND answers != ''"),
        letters=read_letters(db, call),
        heard=read_heard(db, call),
        words=read_words(db, call),
        notes=read_notes(db, call),
        releases=read_releases(db, call),
        proposals=read_proposals(db, call),
        group=group.number,
        announced=group.messages,
    )


def read_meta(db: Connection, key: str) -> str:
    """Read one value; an empty text where there is none."""
    found = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def read_id(db: Connection, call: str) -> str:
    """Read the id under which the ledger goes on with a call."""
    return read_meta(db, f"ledger of {call}") or read_meta(db, "ledger")


def read_last_run(db: Connection, call: str) -> int:
    """Read the number of the last run; 0 where there was none."""
    query = "SELECT coalesce(max(id), 0) FROM runs WHERE call = ?"
    return int(db.execute(query, (call,)).fetchone()[0])


def _pairs(db: Connection, call: str, query: str) -> dict[str, str]:
    return {row[0]: row[1] for row in db.execute(query, (call,))}


def _standings(db: Connection, call: str) -> dict[str, Standing]:
    query = """
        FROM standings s LEFT JOIN messages m ON m.id = s.message WHERE s.call = ? ORDER BY s.id
    """
    query = f"SELECT m.state, {STANDING} {query}"
    return {row[1]: read_standing(row[1:]) for row in db.execute(query, (call,)) if row[0] not in VOID_STATES}


def _posted(db: Connection, call: str) -> tuple[Posted, ...]:
    query = f"SELECT {POSTED} FROM messages WHERE call = ? ORDER BY id"  # noqa: S608 - names are ours
    return tuple(map(read_posted, db.execute(query, (call,))))
