"""What people released, and what the sheet showed as waiting for them, in the ledger."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from sqlite3 import Connection

from pipeline.model.effect import Effect
from pipeline.model.history import How, Proposal, Release

RELEASES = """
CREATE TABLE IF NOT EXISTS releases (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, reference TEXT NOT NULL, digest TEXT NOT NULL,
    effect TEXT NOT NULL, at TEXT NOT NULL, how TEXT NOT NULL, who TEXT NOT NULL, UNIQUE (call, digest, how)
) STRICT;
CREATE TABLE IF NOT EXISTS proposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, number INTEGER NOT NULL, code TEXT NOT NULL,
    reference TEXT NOT NULL, effect TEXT NOT NULL, early INTEGER NOT NULL
) STRICT;
"""

UPGRADE = f"{RELEASES} ALTER TABLE messages ADD COLUMN effect TEXT NOT NULL DEFAULT ''"
"""No earlier version asked for approval: nothing was released, and nothing waited."""

KEPT = 8
"""So many sets that waited are known by their codes: the code may be typed that stood in the tab a while ago."""

_FIELDS = {field.name for field in fields(Effect)}


def write_effect(effect: Effect | None) -> str:
    """Write an effect as JSON; an empty text for none."""
    return json.dumps(effect.facts, ensure_ascii=False) if effect else ""


def read_effect(text: str) -> Effect | None:
    """Read an effect as any version wrote it."""
    return (
        Effect(**{key: value for key, value in json.loads(text).items() if key in _FIELDS}) if text else None
    )


def read_releases(db: Connection, call: str) -> tuple[Release, ...]:
    """Read what was released, in the order in which it was seen."""
    query = "SELECT effect, digest, at, how, who FROM releases WHERE call = ? ORDER BY id"
    return tuple(
        Release(effect, digest, datetime.fromisoformat(at), How(how), who)
        for text, digest, at, how, who in db.execute(query, (call,))
        if (effect := read_effect(text))
    )


def remember_releases(db: Connection, call: str, releases: Iterable[Release]) -> None:
    """Remember what people released, inside the caller's transaction; what was released before stays as it was."""
    rows = (
        (
            call,
            one.effect.reference,
            one.digest,
            write_effect(one.effect),
            one.at.isoformat(),
            one.how,
            one.who,
        )
        for one in releases
    )
    db.executemany(
        "INSERT OR IGNORE INTO releases (call, reference, digest, effect, at, how, who) VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def read_proposals(db: Connection, call: str) -> tuple[Proposal, ...]:
    """Read what the sheet showed as waiting, the newest last."""
    query = "SELECT number, code, effect, early FROM proposals WHERE call = ? ORDER BY number, id"
    sets: dict[int, tuple[str, tuple[list[Effect], list[Effect]]]] = {}
    for number, code, text, is_early in db.execute(query, (call,)):
        _, parts = sets.setdefault(number, (code, ([], [])))
        parts[is_early].extend(filter(None, [read_effect(text)]))
    return tuple(Proposal(code, *map(tuple, parts)) for code, parts in sets.values())


def remember_proposal(db: Connection, call: str, proposal: Proposal) -> None:
    """Remember what the sheet shows now, and forget what it showed long ago; inside the caller's transaction."""
    (last,) = db.execute("SELECT coalesce(max(number), 0) FROM proposals WHERE call = ?", (call,)).fetchone()
    parts = ((proposal.effects, 0), (proposal.early, 1))
    rows = [(each.reference, write_effect(each), is_early) for part, is_early in parts for each in part]
    db.executemany(
        "INSERT INTO proposals (call, number, code, reference, effect, early) VALUES (?, ?, ?, ?, ?, ?)",
        [(call, last + 1, proposal.code, *row) for row in rows or [("", "", 0)]],
    )
    db.execute("DELETE FROM proposals WHERE call = ? AND number <= ?", (call, last + 1 - KEPT))
