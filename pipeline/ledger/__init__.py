"""The ledger: the durable record of every applicant, every decision that was told and every message.

SQLite in WAL mode with `synchronous=FULL`: a transaction that returned is on disk (sqlite.org/pragma.html).
The sending protocol lives in the order of `prepare`, `mark(SENDING)`, `mark(COMMITTING)` and `conclude`; each
is one transaction. One message per call, applicant, kind and revision: the database itself refuses a second.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import LedgerError
from pipeline.ledger.rows import read_posted, read_standing
from pipeline.ledger.schema import open_database
from pipeline.model import (
    OPEN_STATES,
    VOID_STATES,
    History,
    Kind,
    Letter,
    Message,
    Posted,
    Standing,
    State,
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that is ready to leave: what it is, and its bytes."""

    message: Message
    letter: Letter


@dataclass(frozen=True, slots=True)
class Records:
    """What one run adds to the ledger, all in one transaction."""

    people: Mapping[str, str]
    responses: Mapping[str, str]
    standings: tuple[Standing, ...]
    messages: tuple[Prepared, ...]
    cancelled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message about to be tried: its id, whose it is, its bytes, and when it was first prepared."""

    id: int
    reference: str
    kind: Kind
    letter: Letter
    prepared_at: datetime


class Ledger:
    """One call's ledger. Every method is one transaction; raises LedgerError where the file is of no use."""

    def __init__(self, path: Path, call: str) -> None:
        self.path, self.call = path, call
        try:
            self._db = open_database(path)
        except sqlite3.Error as error:
            raise LedgerError(
                f"{path}: the ledger cannot be opened ({error}). Restore it; nothing was sent."
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- reading -------------------------------------------------------------------------------------

    def history(self) -> History:
        """Read all that is known of this call, as one consistent view."""
        with self._transaction("BEGIN"):
            return History(
                secret=self._meta("secret"),
                addresses=dict(self._rows("SELECT reference, address FROM applicants WHERE call = ?")),
                responses=dict(self._rows("SELECT key, reference FROM responses WHERE call = ?")),
                standings=self._standings(),
                posted=self._posted(),
                rows=int(self._meta(f"rows of {self.call}") or 0),
            )

    def outgoing(self, ids: tuple[int, ...]) -> Iterator[Outgoing]:
        """Read messages to send, one by one, in the order of `ids`."""
        for message in ids:
            yield self._outgoing(message)

    def interrupted(self) -> tuple[tuple[int, str], ...]:
        """Return id and Message-ID of what was between its final dot and the answer when a run was killed."""
        query = "SELECT id, message_id FROM messages WHERE call = ? AND state = 'committing' ORDER BY id"
        return tuple((int(number), message_id) for number, message_id in self._rows(query))

    # --- writing -------------------------------------------------------------------------------------

    def prepare(self, records: Records, now: datetime) -> tuple[str, tuple[int, ...]]:
        """Record a run's new people, responses, decisions and messages at once; return its id and theirs.

        After this, what was decided is frozen, and a message is one that was meant to go out: a run that is
        killed now is completed by the next one.
        """
        with self._transaction("BEGIN IMMEDIATE"):
            run = self._insert("runs", call=self.call, started_at=now.isoformat())
            for reference, address in records.people.items():
                self._insert("applicants", call=self.call, reference=reference, address=address, run=run)
            for key, reference in records.responses.items():
                self._insert("responses", call=self.call, key=key, reference=reference, run=run)
            for message in records.cancelled:
                self._move(message, State.CANCELLED, OPEN_STATES, now)
            ids = {item.message.reference: self._insert_message(item, run, now) for item in records.messages}
            for standing in records.standings:
                self._insert_standing(standing, run, ids.get(standing.reference))
        return f"run-{run}", tuple(ids.values())

    def mark(self, message: int, state: State, now: datetime) -> None:
        """Enter the next step of the protocol; on disk when this returns. Raises LedgerError out of turn."""
        expected = OPEN_STATES if state is State.SENDING else frozenset({State.SENDING})
        with self._transaction("BEGIN IMMEDIATE"):
            self._move(message, state, expected, now)
            if state is State.SENDING:
                self._db.execute("UPDATE messages SET attempts = attempts + 1 WHERE id = ?", (message,))

    def conclude(
        self, message: int, state: State, words: str, now: datetime, next_attempt: datetime | None = None
    ) -> None:
        """Record how an attempt ended, with the relay's last words."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._move(message, state, {State.SENDING, State.COMMITTING}, now)
            again = next_attempt.isoformat() if next_attempt else None
            self._db.execute(
                "UPDATE messages SET reply = ?, next_attempt = ? WHERE id = ?", (words, again, message)
            )

    def hold(self, message: int, now: datetime) -> None:
        """Take back a message that has not left: the next run decides anew, as if it had never been."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._move(message, State.HELD, OPEN_STATES, now)

    def resolve(self, message: int, state: State, now: datetime) -> None:
        """Record a person's word on a message in doubt: ACCEPTED, or PREPARED (the same bytes again)."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._move(message, state, {State.IN_DOUBT}, now)
            self._db.execute("UPDATE messages SET next_attempt = NULL WHERE id = ?", (message,))

    def remember_rows(self, rows: int) -> None:
        """Remember how many rows the sheet had, to notice one that has lost many."""
        with self._transaction("BEGIN IMMEDIATE"):
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (f"rows of {self.call}", str(rows)))

    # --- inside --------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        try:
            self._db.execute(begin)
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            advice = "Nothing more is sent; free the disk or restore the file, and run again."
            raise LedgerError(f"{self.path}: the ledger cannot be used ({error}). {advice}") from error

    def _rows(self, query: str) -> list[tuple[str, str]]:
        return self._db.execute(query, (self.call,)).fetchall()

    def _meta(self, key: str) -> str:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def _insert(self, table: str, **values: object) -> int:
        columns, marks = ", ".join(values), ", ".join("?" * len(values))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - names are ours
        return int(self._db.execute(statement, tuple(values.values())).lastrowid or 0)

    def _insert_message(self, item: Prepared, run: int, now: datetime) -> int:
        message, letter, moment = item.message, item.letter, now.isoformat()
        return self._insert(
            "messages",
            call=self.call,
            reference=message.reference,
            kind=message.kind,
            revision=message.revision,
            run=run,
            state=State.PREPARED,
            sender=letter.sender,
            recipient=letter.to,
            subject=message.content.subject,
            message_id=letter.message_id,
            data=letter.data,
            prepared_at=moment,
            changed_at=moment,
        )

    def _insert_standing(self, standing: Standing, run: int, message: int | None) -> None:
        self._insert(
            "standings",
            call=self.call,
            reference=standing.reference,
            status=standing.status,
            eligibility=standing.eligibility,
            category=standing.category,
            reason=standing.reason,
            decision=standing.decision,
            queue=standing.order,
            at=standing.at.isoformat(),
            run=run,
            message=message,
        )

    def _move(
        self, message: int, state: State, expected: frozenset[State] | set[State], now: datetime
    ) -> None:
        marks = ", ".join("?" * len(expected))
        moved = self._db.execute(
            f"UPDATE messages SET state = ?, changed_at = ? WHERE id = ? AND state IN ({marks})",  # noqa: S608
            (state, now.isoformat(), message, *expected),
        )
        if moved.rowcount != 1:
            raise LedgerError(
                f"{self.path}: message {message} cannot become “{state}” now. Run `convene status`."
            )

    def _standings(self) -> dict[str, Standing]:
        query = """
            SELECT s.reference, s.status, s.eligibility, s.category, s.reason, s.decision, s.at, s.queue,
                   m.state
            FROM standings s LEFT JOIN messages m ON m.id = s.message WHERE s.call = ? ORDER BY s.id
        """
        return {
            row[0]: read_standing(row)
            for row in self._db.execute(query, (self.call,))
            if row[8] not in VOID_STATES
        }

    def _posted(self) -> tuple[Posted, ...]:
        query = """
            SELECT id, reference, kind, revision, state, changed_at, recipient, subject, next_attempt, reply
            FROM messages WHERE call = ? ORDER BY id
        """
        return tuple(map(read_posted, self._db.execute(query, (self.call,))))

    def _outgoing(self, message: int) -> Outgoing:
        query = """
            SELECT reference, kind, sender, recipient, message_id, data, prepared_at FROM messages
            WHERE id = ? AND call = ?
        """
        row = self._db.execute(query, (message, self.call)).fetchone()
        return Outgoing(message, row[0], Kind(row[1]), Letter(*row[2:6]), datetime.fromisoformat(row[6]))
