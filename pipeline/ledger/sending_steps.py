"""How a message leaves, as the ledger records it: announced, marked, ended. The order is what keeps the promises.

`announce` puts a group of messages on disk before the first of them leaves. `commit` marks one before its final dot:
in the file at once, so a kill loses no mark, and the group tells what may have left where a power cut took marks
along. How a message ended is in the file at once, too, and on disk with the next group. A message that was not
announced is marked on disk by itself. So a kill can leave in doubt what is marked and has no end, a power cut at most
a group; neither ever makes a second mail.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.ledger.announced import Announced, announce, read_announced
from pipeline.ledger.diary import Diary
from pipeline.ledger.file import LedgerFile
from pipeline.ledger.group_commit import Together
from pipeline.ledger.letters import count_letter, read_letters
from pipeline.ledger.reading import read_last_run
from pipeline.ledger.rest import Rest
from pipeline.ledger.states import States
from pipeline.model.errors import StateError
from pipeline.model.message import OPEN_STATES, State
from pipeline.model.witness import Reached

_TRIED = "attempts = attempts + 1, via = ?"
_BEGUN = frozenset({State.SENDING, State.COMMITTING})


class SendingSteps:
    """The steps of sending, on the file at `path`. `group` is how many messages may be announced at once."""

    def __init__(self, path: Path, call: str) -> None:
        self.path, self.call, self.group = path, call, 1
        self._file, self._together = LedgerFile(path), Together()
        self._db = self._file.db
        self._witness: Callable[[Reached], None] = lambda _reached: None
        self.diary = Diary(self._db, call, self._file.reading, self._file.noting)
        self.rest = Rest(self._file)
        self._states = States(self._db, path, self.diary)
        self._announced: set[int] = set()  # by this run, and without an end yet
        self._group, self._reached = Announced(), Reached(0, 0)

    def be_witnessed(self, witness: Callable[[Reached], None], group: int = 1) -> None:
        """Tell `witness` how far the ledger has come, before each dot; announce up to `group` messages at once."""
        self._witness, self.group = witness, group

    def announce(self, messages: tuple[int, ...], most: int, via: str) -> None:
        """Record which messages may leave next, by one way: so many of these that at most `most` have no end.

        On disk when this returns, with all that was recorded before, and witnessed. Nothing is done where the first
        one is announced already. Raises LedgerError, and StateError where it is not witnessed.
        """
        with self._file.lock:
            if messages[0] in self._announced:
                return
            new = messages[: max(1, most - len(self._announced))]
            with self._file.writing():
                self._tell_group((*sorted(self._announced), *new), via)
            self._announced.update(new)
            self._witness(self._reached)

    def sync(self) -> None:
        """Bring to the disk how messages ended that were announced; nothing where none was."""
        with self._file.lock:
            if self.open_group():
                with self._file.writing():
                    self._tell_group(tuple(sorted(self._announced)), self._group.via)
                self._witness(self._reached)

    def close_group(self) -> None:
        """Record that no message is leaving any more; nothing where none was announced."""
        with self._file.lock:
            if self.open_group():
                with self._file.writing():
                    self._tell_group(())
                self._announced.clear()
                with suppress(StateError):  # nothing leaves after this: it may stay behind
                    self._witness(self._reached)

    def mark_announced(self, now: datetime) -> None:
        """Mark all that are announced and have no end: marks, or endings, may be lost. None are announced then."""
        with self._file.writing():
            group = read_announced(self._db, self.call)
            for message in group.messages:
                if self._state(message) in OPEN_STATES:
                    self._mark(message, OPEN_STATES, now, {_TRIED: group.via})
            self._tell_group(())

    def start(self, message: int, via: str, now: datetime) -> None:
        """Record that a message is being sent, and by which way. Raises LedgerError out of turn."""
        if message in self._announced:
            return
        with self._file.unsynced():
            self._states.move(message, State.SENDING, OPEN_STATES, now, also={_TRIED: via})

    def commit(self, message: int, now: datetime) -> None:
        """Record that the final dot is about to leave, and have it witnessed.

        When this returns, it is on disk, or it is in the file and its group is on disk. Raises LedgerError out of turn,
        and StateError where it is not witnessed: then the dot must not leave.
        """
        if message not in self._announced:
            self._together.do(partial(self._mark, message, {State.SENDING}, now), self._witnessed)
            return
        with self._file.lock:
            with self._file.unsynced():
                letters = self._mark(message, OPEN_STATES, now, {_TRIED: self._group.via})
            self._reached = replace(self._reached, letters=letters, is_on_disk=False)
            self._witness(self._reached)

    def conclude(
        self, message: int, state: State, words: str, now: datetime, next_attempt: datetime | None = None
    ) -> None:
        """Record how an attempt ended, with the relay's last words."""
        expected = _BEGUN | OPEN_STATES if message in self._announced else _BEGUN
        with self._file.unsynced():
            again = next_attempt.isoformat() if next_attempt else None
            first = now.isoformat() if state is State.DEFERRED else None
            kept = "deferred_at = coalesce(deferred_at, ?)"
            also = {"reply = ?": words, "next_attempt = ?": again, kept: first}
            self._states.move(message, state, expected, now, said=words, also=also)
        self._has_ended(message)

    def open_group(self) -> Announced | None:
        """Return which messages may be leaving, or might when a run was killed; None where none."""
        with self._file.reading():
            group = read_announced(self._db, self.call)
        return group if group.messages else None

    def interrupted(self) -> tuple[tuple[int, str, str], ...]:
        """Return what was between its final dot and the answer when a run was killed: id, Message-ID, way."""
        query = "SELECT id, message_id, via FROM messages WHERE call = ? AND state = 'committing' ORDER BY id"
        with self._file.reading():
            return tuple(
                (int(row[0]), str(row[1]), str(row[2])) for row in self._db.execute(query, (self.call,))
            )

    # --- inside --------------------------------------------------------------------------------------

    def _mark(
        self,
        message: int,
        expected: Collection[State],
        now: datetime,
        also: Mapping[str, object] = {},
    ) -> int:
        """Mark a message, inside the caller's transaction; return how many letters were marked by now."""
        self._states.move(message, State.COMMITTING, expected, now, also=also)
        return count_letter(self._db, self.call, message)

    def _state(self, message: int) -> str:
        found = self._db.execute("SELECT state FROM messages WHERE id = ?", (message,)).fetchone()
        return str(found[0]) if found else ""  # erased meanwhile

    def _tell_group(self, messages: tuple[int, ...], via: str = "") -> None:
        self._group = announce(self._db, self.call, messages, via)
        self._reached = self._look(self._group.number)

    def _look(self, number: int) -> Reached:
        return Reached(read_last_run(self._db, self.call), read_letters(self._db, self.call), number)

    def _has_ended(self, message: int) -> None:
        with self._file.lock:
            self._announced.discard(message)

    @contextmanager
    def _witnessed(self) -> Iterator[None]:
        """Carry out a transaction, and only when it is on disk tell the witness: it must never be ahead of us."""
        with self._file.writing():
            yield
            reached = self._look(read_announced(self._db, self.call).number)
        self._witness(reached)
