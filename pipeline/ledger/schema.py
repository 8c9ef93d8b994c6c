"""The ledger's tables, and how its file is opened: private, in WAL mode, every commit on disk."""

import os
import secrets
import sqlite3
from pathlib import Path

from pipeline.ledger.diary import DIARY
from pipeline.ledger.diary import UPGRADE as DIARY_UPGRADE
from pipeline.ledger.outgoing import checksum
from pipeline.ledger.own_files import open_own
from pipeline.ledger.releases import RELEASES
from pipeline.ledger.releases import UPGRADE as RELEASES_UPGRADE
from pipeline.model.errors import LedgerError
from pipeline.model.message import Letter
from pipeline.model.text import one_line

SCHEMA_VERSION = 14
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE runs (id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, started_at TEXT NOT NULL) STRICT;
CREATE TABLE applicants (
    call TEXT NOT NULL, reference TEXT NOT NULL, address TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs,
    PRIMARY KEY (call, reference)
) STRICT;
CREATE TABLE responses (
    call TEXT NOT NULL, key TEXT NOT NULL, reference TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs,
    answers TEXT NOT NULL DEFAULT '', PRIMARY KEY (call, key)
) STRICT;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, reference TEXT NOT NULL, kind TEXT NOT NULL,
    revision INTEGER NOT NULL, run INTEGER NOT NULL REFERENCES runs, state TEXT NOT NULL,
    sender TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE, data BLOB NOT NULL, checksum TEXT NOT NULL DEFAULT '', until TEXT,
    prepared_at TEXT NOT NULL, changed_at TEXT NOT NULL, next_attempt TEXT, deferred_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0, via TEXT NOT NULL DEFAULT '', reply TEXT NOT NULL DEFAULT '',
    effect TEXT NOT NULL DEFAULT '', printed TEXT NOT NULL DEFAULT '{}',
    occasion TEXT NOT NULL DEFAULT '',
    copy_of INTEGER REFERENCES messages,
    UNIQUE (call, reference, kind, revision)
) STRICT;
CREATE TABLE standings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, reference TEXT NOT NULL, status TEXT NOT NULL,
    eligibility TEXT NOT NULL, category TEXT NOT NULL, reasons TEXT NOT NULL, decision TEXT NOT NULL,
    queue INTEGER NOT NULL, found TEXT NOT NULL, vacated INTEGER NOT NULL, at TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '', cause TEXT NOT NULL DEFAULT '', heard_until TEXT NOT NULL DEFAULT '',
    reply_by TEXT, owed TEXT NOT NULL DEFAULT '',
    run INTEGER NOT NULL REFERENCES runs, message INTEGER REFERENCES messages
) STRICT;
"""

ERASED = """
CREATE TABLE IF NOT EXISTS erased (
    call TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (call, kind, value)
) STRICT;
"""
"""What is left of people of whom all was erased: references, and hashes under the ledger's secret."""

UPGRADES = {
    1: "ALTER TABLE standings ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    # Reasons were one sentence; it is kept as it stands, as a value (see `rows`).
    2: """
    ALTER TABLE standings RENAME COLUMN reason TO reasons;
    UPDATE standings SET reasons = json_array(json_array('as written', json_object('text', reasons)))
    """,
    3: "ALTER TABLE messages ADD COLUMN checksum TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE messages ADD COLUMN until TEXT;"
    "UPDATE messages SET checksum = checksum_of(sender, recipient, message_id, data) WHERE data != x''",
    4: ERASED,
    # An address was one person's.
    5: """
    CREATE TABLE people (
        call TEXT NOT NULL, reference TEXT NOT NULL, address TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs,
        PRIMARY KEY (call, reference)
    ) STRICT;
    INSERT INTO people SELECT call, reference, address, run FROM applicants;
    DROP TABLE applicants;
    ALTER TABLE people RENAME TO applicants;
    ALTER TABLE responses ADD COLUMN answers TEXT NOT NULL DEFAULT ''
    """,
    # How many letters left was not counted: as many as are known to have left, or to be in doubt.
    6: """
    INSERT INTO meta SELECT 'letters of ' || call, count(*) FROM messages
    WHERE via = 'smtp' AND state IN ('accepted', 'in doubt', 'committing') GROUP BY call
    """,
    7: DIARY_UPGRADE,
    8: RELEASES_UPGRADE,
    # What letters printed of the call was not kept: of them nothing is known to differ.
    9: "ALTER TABLE messages ADD COLUMN printed TEXT NOT NULL DEFAULT '{}'",
    10: "ALTER TABLE standings ADD COLUMN heard_until TEXT NOT NULL DEFAULT ''",
    # Offers named no day of their own, and no letter was called for by a date.
    11: """
    ALTER TABLE messages ADD COLUMN occasion TEXT NOT NULL DEFAULT '';
    ALTER TABLE standings ADD COLUMN reply_by TEXT;
    ALTER TABLE standings ADD COLUMN owed TEXT NOT NULL DEFAULT ''
    """,
    12: "ALTER TABLE messages ADD COLUMN copy_of INTEGER REFERENCES messages",
    # Nothing is other; but a version that knows of no announced letters must not send from this file.
    13: "SELECT 1",
}
"""What makes the tables of a version those of the next one."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open the file, private to its owner; make the tables in a new one, and bring older ones up to date.

    Whoever had it open last ended well if the log of changes (the WAL) is gone; otherwise every page is looked at.
    """
    is_left_open = path.with_name(f"{path.name}-wal").exists()
    os.close(open_own(path))
    db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    try:
        _make_ready(db, path, is_left_open=is_left_open)
    except BaseException:
        db.close()
        raise
    return db


def _make_ready(db: sqlite3.Connection, path: Path, *, is_left_open: bool) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    # Until it is closed, the file alone is from before the run: a copy of it without its WAL is seen to be old.
    db.execute("PRAGMA wal_autocheckpoint = 0")
    db.execute("PRAGMA foreign_keys = ON")
    if is_left_open:
        raise_if_damaged(db)
    db.execute("PRAGMA secure_delete = ON")  # what is deleted or changed is not left in the file
    db.create_function("checksum_of", 4, lambda *parts: checksum(Letter(*parts)), deterministic=True)
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        script = (
            f"BEGIN IMMEDIATE; {SCHEMA} {ERASED} {DIARY} {RELEASES} PRAGMA user_version = {SCHEMA_VERSION};"
        )
        db.executescript(script)
        for key in ("ledger", "secret"):
            db.execute("INSERT INTO meta VALUES (?, ?)", (key, secrets.token_hex(16)))
        db.execute("COMMIT")
    elif version in UPGRADES:
        steps = (UPGRADES[step] for step in range(version, SCHEMA_VERSION))
        db.executescript(
            f"BEGIN IMMEDIATE; {'; '.join(steps)}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT"
        )
    elif version != SCHEMA_VERSION:
        raise LedgerError(
            f"{path}: made by another version of Convene ({version}). Update Convene; nothing was sent."
        )


def raise_if_damaged(db: sqlite3.Connection) -> None:
    """Look at every page and index (sqlite.org/pragma.html#pragma_integrity_check). Raises DatabaseError."""
    (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"the disk or a power cut has damaged it: {one_line(found)}")
