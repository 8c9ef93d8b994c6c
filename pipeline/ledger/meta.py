"""Single values that the ledger keeps by name."""

from sqlite3 import Connection

REST = "rest"


def keep_value(db: Connection, name: str, value: str) -> None:
    """Keep a value, inside the caller's transaction. One that is kept already is no change."""
    keep = """
        INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
        WHERE value IS NOT excluded.value
    """
    db.execute(keep, (name, value))


def forget(db: Connection) -> None:
    """Forget that there was nothing to do, inside the transaction of what changes anything."""
    db.execute("DELETE FROM meta WHERE key = ?", (REST,))
