"""The ledger's diary: how each run went, and what would otherwise be overwritten of what happened to people.

Decisions stand in `standings`, letters in `messages`; here stand how far each letter got at which time, the words that
organisers typed and took away again, and which settings were changed. Nothing here decides anything.
"""

import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import astuple
from datetime import datetime
from math import inf
from sqlite3 import Connection

from pipeline.ledger.diary_reading import read_happenings, read_runs
from pipeline.ledger.rows import insert
from pipeline.model.history_events import Ending, Happening, LoggedRun, SettingChanged, What
from pipeline.model.message import State

DIARY = """
CREATE TABLE IF NOT EXISTS diary (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, run INTEGER NOT NULL DEFAULT 0, how TEXT NOT NULL,
    started_at TEXT NOT NULL, ended_at TEXT, ending TEXT NOT NULL DEFAULT '', times INTEGER NOT NULL DEFAULT 1,
    counts TEXT NOT NULL DEFAULT '{}', said TEXT NOT NULL DEFAULT '', settings TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE IF NOT EXISTS happenings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, call TEXT NOT NULL, diary INTEGER NOT NULL, at TEXT NOT NULL,
    reference TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL, became TEXT NOT NULL, cause TEXT NOT NULL,
    said TEXT NOT NULL, message INTEGER
) STRICT;
"""
"""A page a run; a happening names its page, 0 outside of any run."""

UPGRADE = f"""
{DIARY}
ALTER TABLE standings ADD COLUMN cause TEXT NOT NULL DEFAULT '';
INSERT INTO diary (id, call, run, how, started_at, ended_at, ending, counts)
    SELECT id, call, id, '', started_at, started_at, '{Ending.DONE}', json_object('sent', (
        SELECT count(*) FROM messages WHERE run = runs.id AND state = '{State.ACCEPTED}'))
    FROM runs WHERE id IN (
        SELECT run FROM standings UNION SELECT run FROM messages UNION SELECT run FROM responses);
INSERT INTO happenings (call, diary, at, reference, what, about, became, cause, said)
    SELECT call, run, at, reference, '{What.WORD}', decision, 'typed', '', ''
    FROM standings WHERE decision != '' ORDER BY id;
INSERT INTO happenings (call, diary, at, reference, what, about, became, cause, said, message)
    SELECT call, run, changed_at, reference, '{What.LETTER}', kind, state, '', reply, id
    FROM messages WHERE state NOT IN ('{State.PREPARED}', '{State.SENDING}', '{State.COMMITTING}') ORDER BY id;
"""  # noqa: S608 - words of ours
"""What an earlier version kept: the runs that left something, words that were followed, how letters ended."""

BY_COMMAND = "resolve"
"""The cause of what became of a letter at a person's word on the command line."""

_HIDDEN = "hash "
"""Before what is kept of a setting that may hold a secret."""

NOTHING: Mapping[str, str] = {}

_ORDER = {what: number for number, what in enumerate(What)}


Transaction = Callable[[], AbstractContextManager[None]]


class Diary:
    """The diary of one call, in the ledger's file; every method but `turn_to` and `note` is one transaction."""

    def __init__(self, db: Connection, call: str, reading: Transaction, writing: Transaction) -> None:
        self._db, self._call, self._reading, self._writing = db, call, reading, writing
        self._page = 0

    # --- writing -------------------------------------------------------------------------------------

    def open(
        self, how: str, now: datetime, settings: Mapping[str, str] | None, hidden: Mapping[str, str] = NOTHING
    ) -> None:
        """Begin a page for a run, and say which settings are others than last time. One left open was cut off.

        Of what is `hidden` only keyed hashes are kept. Without `settings` they are those of last time.
        """
        with self._writing():
            cut_off = "UPDATE diary SET ending = ? WHERE call = ? AND ended_at IS NULL"
            self._db.execute(cut_off, (Ending.CUT_OFF, self._call))
            changed = () if settings is None else self._compare(settings, hidden)
            told = json.dumps([astuple(each) for each in changed], ensure_ascii=False)
            self._page = insert(
                self._db, "diary", call=self._call, how=how, started_at=now.isoformat(), settings=told
            )

    def close(self, ending: Ending, now: datetime, counts: Mapping[str, int], said: str = "") -> None:
        """Say how the run ended. One that ended like the one before, with nothing to tell of, is told with it."""
        with self._writing():
            close = "UPDATE diary SET ended_at = ?, ending = ?, counts = ?, said = ? WHERE id = ?"
            self._db.execute(close, (now.isoformat(), ending, json.dumps(counts), said, self._page))
            if before := self._alike():
                again = "UPDATE diary SET ended_at = ?, times = times + 1 WHERE id = ?"
                self._db.execute(again, (now.isoformat(), before))
                self._db.execute("DELETE FROM diary WHERE id = ?", (self._page,))
        self._page = 0

    def tell(self, how: str, now: datetime) -> None:
        """Write a page for a command that changed the ledger, inside the caller's transaction."""
        insert(
            self._db,
            "diary",
            call=self._call,
            how=how,
            started_at=now.isoformat(),
            ended_at=now.isoformat(),
            ending=Ending.DONE,
        )

    def turn_to(self, run: int) -> None:
        """Say under which number the run that goes on is counted, inside the caller's transaction."""
        self._db.execute("UPDATE diary SET run = ? WHERE id = ? AND run = 0", (run, self._page))

    def note(self, happenings: Iterable[Happening]) -> None:
        """Write down what happened to people, inside the caller's transaction."""
        for each in happenings:
            insert(
                self._db,
                "happenings",
                call=self._call,
                diary=self._page,
                at=each.at.isoformat(),
                reference=each.reference,
                what=each.what,
                about=each.about,
                became=each.became,
                cause=each.cause,
                said=each.said,
            )

    def note_letter(self, message: int, state: State, now: datetime, cause: str, said: str) -> None:
        """Write down how far a letter got, inside the caller's transaction."""
        self._db.execute(
            """
            INSERT INTO happenings (call, diary, at, reference, what, about, became, cause, said, message)
            SELECT call, ?, ?, reference, ?, kind, ?, ?, ?, id FROM messages WHERE id = ? AND copy_of IS NULL
            """,
            (self._page, now.isoformat(), What.LETTER, state, cause, said, message),
        )

    def _compare(self, shown: Mapping[str, str], hidden: Mapping[str, str]) -> tuple[SettingChanged, ...]:
        """Return what is set otherwise than the last time, and remember how it is set now."""
        settings = {**shown, **{key: self._hash(text) for key, text in hidden.items()}}
        key = f"settings of {self._call}"
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        before = json.loads(found[0]) if found else settings
        if before != settings or not found:
            kept = json.dumps(settings, ensure_ascii=False)
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, kept))
        return tuple(
            SettingChanged(name, *(_told(values.get(name, "")) for values in (before, settings)))
            for name in sorted(before.keys() | settings.keys())
            if before.get(name) != settings.get(name)
        )

    def _hash(self, value: str) -> str:
        (secret,) = self._db.execute("SELECT value FROM meta WHERE key = 'secret'").fetchone()
        return _HIDDEN + hmac.new(secret.encode(), value.encode(), "sha256").hexdigest()[:16]

    def _alike(self) -> int:
        """Return the page before this one where both say the same, and neither tells of a person or a setting."""
        query = """
            SELECT b.id FROM diary a JOIN diary b ON b.call = a.call AND b.id < a.id WHERE a.id = ?
            AND (a.how, a.ending, a.counts, a.said) = (b.how, b.ending, b.counts, b.said)
            AND (a.settings, a.run, b.settings, b.run) = ('[]', 0, '[]', 0)
            AND NOT EXISTS (SELECT 1 FROM happenings WHERE diary IN (a.id, b.id))
            AND NOT EXISTS (SELECT 1 FROM diary c WHERE c.call = a.call AND c.id > b.id AND c.id < a.id)
        """
        found = self._db.execute(query, (self._page,)).fetchone()
        return int(found[0]) if found else 0

    # --- reading -------------------------------------------------------------------------------------

    def runs(self, last: int | None = None) -> tuple[LoggedRun, ...]:
        """Read the runs, the oldest first; only the `last` so many where that is given."""
        with self._reading():
            return read_runs(self._db, self._call, last)

    def happened(self, references: Iterable[str]) -> tuple[Happening, ...]:
        """Read all that happened to people, the oldest first."""
        with self._reading():
            found = [each for one in references for each in read_happenings(self._db, self._call, one)]
        return tuple(sorted(found, key=lambda each: (each.at, each.run or inf, _ORDER[each.what])))


def _told(value: str) -> str:
    return "" if value.startswith(_HIDDEN) else value
