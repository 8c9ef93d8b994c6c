"""Takes people and texts out of the ledger's file so that no byte of them is left in it."""

from collections.abc import Callable, Collection, Iterable, Iterator
from sqlite3 import Connection
from typing import TypeAlias

from pipeline.ledger.heard import remember_heard
from pipeline.ledger.rows import POSTED, STANDING, read_posted, read_reasons, read_standing, write_reasons
from pipeline.model.erased import Erased
from pipeline.model.frozen import dataclass
from pipeline.model.history_events import What
from pipeline.model.personal import Held
from pipeline.model.reason import Reason

Reasons: TypeAlias = tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What becomes of texts that organisers typed, and of reasons that quote them."""

    typed: Callable[[str], str]
    reasons: Callable[[Reasons], Reasons]


_PERSONAL = ("happenings", "releases", "proposals", "standings", "messages", "responses", "applicants")
"""The tables that hold rows of people, in an order in which they can be emptied."""

_A_WORD = f"what = '{What.WORD}'"
_TYPED = (
    *(("standings", "decision", "TRUE"), ("standings", "note", "TRUE")),
    *(("happenings", "about", _A_WORD), ("happenings", "said", _A_WORD)),
)
"""Where texts of organisers are kept: the table, the column, and which rows."""

_AT_ONCE = 500
"""So many values stand in one statement; SQLite takes no more than 32,766 (sqlite.org/limits.html)."""


def read_erased(db: Connection, call: str) -> Erased:
    """Read what is left of erased people."""
    rows = db.execute("SELECT kind, value FROM erased WHERE call = ?", (call,)).fetchall()
    references, tokens = (frozenset(v for k, v in rows if k == kind) for kind in ("reference", "token"))
    cells = (value.partition(" ") for kind, value in rows if kind == "cell")
    return Erased(references, tokens, {mark: said for mark, _, said in cells})


def erase_people(
    db: Connection, call: str, references: Collection[str], left: Erased, rewrite: Rewrite | None = None
) -> None:
    """Delete every row of people, and remember what is left of them; inside the caller's transaction.

    The cells in `left` are all that are known of, also of people erased before. `rewrite` is for what others keep.
    """
    for table in _PERSONAL:
        for some, marks in _portions(references):
            statement = f"DELETE FROM {table} WHERE call = ? AND reference IN ({marks})"  # noqa: S608 - names are ours
            db.execute(statement, (call, *some))
    remember_heard(db, call, dict.fromkeys(references))
    db.execute("DELETE FROM erased WHERE call = ? AND kind = 'cell'", (call,))
    cells = (f"{mark} {said}" for mark, said in left.cells.items())
    kinds = (("reference", left.references), ("token", left.tokens), ("cell", cells))
    rows = [(call, kind, value) for kind, values in kinds for value in sorted(values)]
    db.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?, ?)", rows)
    if rewrite:
        _rewrite_typed(db, call, rewrite.typed)
        rewrite_reasons(db, call, rewrite.reasons)


def drop_letters(db: Connection, call: str, messages: Collection[int]) -> tuple[str, ...]:
    """Empty the bytes and subjects of messages that still have them, and their copies; return their Message-IDs."""
    dropped: list[str] = []
    for some, marks in _portions(messages):
        statement = f"""
            UPDATE messages SET data = x'', checksum = '', subject = ''
            WHERE call = ? AND (id IN ({marks}) OR copy_of IN ({marks})) AND data != x'' RETURNING message_id
        """  # noqa: S608 - question marks only
        dropped += (row[0] for row in db.execute(statement, (call, *some, *some)).fetchall())
    return tuple(dropped)


def rewrite_reasons(db: Connection, call: str, rewrite: Callable[[Reasons], Reasons]) -> int:
    """Put other reasons in the place of those of every decision; return how many decisions that changed."""
    kept = db.execute("SELECT id, reasons FROM standings WHERE call = ?", (call,)).fetchall()
    written = ((write_reasons(rewrite(read_reasons(reasons))), number, reasons) for number, reasons in kept)
    changed = [(text, number) for text, number, reasons in written if text != reasons]
    db.executemany("UPDATE standings SET reasons = ? WHERE id = ?", changed)
    return len(changed)


def _rewrite_typed(db: Connection, call: str, rewrite: Callable[[str], str]) -> None:
    """Put other texts in the place of what organisers typed, wherever it is kept."""
    for table, column, where in _TYPED:
        kept = db.execute(f"SELECT DISTINCT {column} FROM {table} WHERE call = ? AND {where}", (call,))  # noqa: S608 - names are ours
        texts = ((rewrite(text), text) for (text,) in kept.fetchall() if text)
        changed = [(fresh, call, text) for fresh, text in texts if fresh != text]
        statement = f"UPDATE {table} SET {column} = ? WHERE call = ? AND {where} AND {column} = ?"  # noqa: S608 - names are ours
        db.executemany(statement, changed)


def scrub(db: Connection) -> None:
    """Write the file anew, without what was deleted, and empty its log. Outside any transaction."""
    db.execute("PRAGMA temp_store = MEMORY")  # the copy that VACUUM makes is on no disk
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def read_held(db: Connection, call: str, reference: str) -> Held:
    """Read all that the ledger holds of one person."""
    given = (call, reference)
    addresses = db.execute(
        "SELECT address FROM applicants WHERE call = ? AND reference = ?", given
    ).fetchall()
    keys = db.execute(
        "SELECT key FROM responses WHERE call = ? AND reference = ? ORDER BY key", given
    ).fetchall()
    standings = db.execute(
        f"SELECT {STANDING} FROM standings s WHERE call = ? AND reference = ? ORDER BY id",  # noqa: S608 - names are ours
        given,
    ).fetchall()
    messages = db.execute(
        f"SELECT data, {POSTED} FROM messages WHERE call = ? AND reference = ? AND copy_of IS NULL ORDER BY id",  # noqa: S608 - names are ours
        given,
    ).fetchall()
    return Held(
        reference,
        tuple(row[0] for row in addresses),
        tuple(row[0] for row in keys),
        tuple(map(read_standing, standings)),
        tuple((read_posted(row[1:]), row[0]) for row in messages),
    )


def _portions(values: Iterable[object]) -> Iterator[tuple[tuple[object, ...], str]]:
    """Return values in portions that fit into one statement, each with its question marks."""
    left = tuple(values)
    for start in range(0, len(left), _AT_ONCE):
        some = left[start : start + _AT_ONCE]
        yield some, ", ".join("?" * len(some))
