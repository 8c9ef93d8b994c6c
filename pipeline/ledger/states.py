"""From one state of a message to the next, inside the caller's transaction: none is skipped; the diary hears of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from pipeline.ledger.diary import Diary
from pipeline.model.errors import LedgerError
from pipeline.model.history import Settlement
from pipeline.model.history_events import What
from pipeline.model.message import ASTRAY, UNSETTLED_STATES, State


class States:
    """The states of the messages in the file at `path`."""

    def __init__(self, db: Connection, path: Path, diary: Diary) -> None:
        self._db, self._path, self._diary = db, path, diary

    def move(
        self,
        message: int,
        state: State,
        expected: Collection[State],
        now: datetime,
        cause: str = "",
        said: str = "",
        also: Mapping[str, object] = {},
    ) -> None:
        """Let a message be in another state. Raises LedgerError where it is in none of those expected.

        What `also` changes goes along: SQLite writes a row anew, with its letter, each time.
        """
        marks = ", ".join("?" * len(expected))
        more = "".join(f", {change}" for change in also)
        moved = self._db.execute(
            f"UPDATE messages SET state = ?, changed_at = ?{more} WHERE id = ? AND state IN ({marks})",  # noqa: S608 - ours
            (state, now.isoformat(), *also.values(), message, *expected),
        )
        if moved.rowcount != 1:
            raise LedgerError(
                f"{self._path}: message {message} cannot become “{state}” now. Run `convene status`."
            )
        if state not in {State.SENDING, State.COMMITTING}:
            self._diary.note_letter(message, state, now, cause, said)

    def settle(self, settlements: Iterable[Settlement], now: datetime, cause: str = What.WORD) -> None:
        """Follow a person's words on messages in doubt or refused. Raises LedgerError out of turn."""
        for each in settlements:
            before = ASTRAY if each.state is State.REPLACED else UNSETTLED_STATES
            self.move(each.message, each.state, before, now, cause, each.why)
            said = f"a new one takes its place: {each.why}" if each.why else ""
            statement = """
                UPDATE messages SET next_attempt = NULL, deferred_at = NULL, reply = coalesce(nullif(?, ''), reply)
                WHERE id = ?
            """
            self._db.execute(statement, (said, each.message))
