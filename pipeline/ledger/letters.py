"""How many letters of a call went as far as their final dot at a relay: what a witness compares."""

from sqlite3 import Connection


def read_letters(db: Connection, call: str) -> int:
    """Read how many."""
    found = db.execute("SELECT value FROM meta WHERE key = ?", (_key(call),)).fetchone()
    return int(found[0]) if found else 0


def count_letter(db: Connection, call: str, message: int) -> int:
    """Count an attempt, unless it goes into the outbox, which is asked for what it has; return how many there were."""
    count = """
        INSERT INTO meta SELECT ?, 1 FROM messages WHERE id = ? AND via = 'smtp'
        ON CONFLICT (key) DO UPDATE SET value = value + 1 RETURNING value
    """
    found = db.execute(count, (_key(call), message)).fetchone()
    return int(found[0]) if found else 0


def at_least(db: Connection, call: str, letters: int) -> None:
    """Count as many as are known outside to have left."""
    more = max(letters, read_letters(db, call))
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_key(call), str(more)))


def _key(call: str) -> str:
    return f"letters of {call}"
