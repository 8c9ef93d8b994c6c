"""The ledger: the durable record of every applicant, every decision that was told and every message.

The sending protocol lives in `sending_steps`; every method is one transaction. One message per call, applicant, kind
and revision: the database itself refuses a second.

SQLite in WAL mode with `synchronous=FULL`: a transaction that returned is on disk (sqlite.org/pragma.html), except for
the steps of sending that need less.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.ledger.adoption import take_over
from pipeline.ledger.diary import BY_COMMAND
from pipeline.ledger.erasure import Rewrite, drop_letters, erase_people, read_held, rewrite_reasons
from pipeline.ledger.heard import remember_heard
from pipeline.ledger.letters import at_least
from pipeline.ledger.meta import keep_value
from pipeline.ledger.notes import write_notes
from pipeline.ledger.outgoing import Outgoing, read_outgoing
from pipeline.ledger.reading import read_history, read_id, read_last_run, read_meta
from pipeline.ledger.records import Records
from pipeline.ledger.releases import remember_proposal, remember_releases
from pipeline.ledger.rows import insert, insert_copies, insert_message, insert_response, insert_standing
from pipeline.ledger.schema import raise_if_damaged
from pipeline.ledger.sending_steps import SendingSteps
from pipeline.model.adoption import Adoption
from pipeline.model.erased import Erased
from pipeline.model.history import History, Notes, Proposal, Release, Settlement
from pipeline.model.history_events import Happening
from pipeline.model.message import OPEN_STATES, State
from pipeline.model.personal import Held
from pipeline.model.reason import Reason
from pipeline.model.sheet import Stamp


class Ledger(SendingSteps):
    """One call's ledger. Every method is one transaction; raises LedgerError where the file is of no use."""

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def raise_if_damaged(self) -> None:
        """Look at every page and index of the file. Raises LedgerError."""
        with self._file.reading():
            raise_if_damaged(self._db)

    # --- reading -------------------------------------------------------------------------------------

    def history(self) -> History:
        """Read all that is known of this call, as one consistent view."""
        with self._file.reading():
            return read_history(self._db, self.call)

    def held(self, reference: str) -> Held:
        """Read all that is held of one person, with the bytes of every letter."""
        with self._file.reading():
            held = read_held(self._db, self.call, reference)
        return replace(held, happenings=self.diary.happened((reference,)))

    def outgoing(self, ids: tuple[int, ...]) -> Iterator[Outgoing]:
        """Read messages to send, one by one, in the order of `ids`."""
        for message in ids:
            with self._file.lock:
                outgoing = read_outgoing(self._db, self.path, self.call, message)
            yield outgoing

    def sent_between(self, start: datetime, end: datetime, via: str) -> tuple[datetime, ...]:
        """Return when messages left, or may have, after `start` and up to `end`, by one way of sending; in order."""
        query = "SELECT changed_at, via FROM messages WHERE call = ? AND state IN ('accepted', 'in doubt')"
        with self._file.reading():
            moments = [datetime.fromisoformat(moment) for moment, used in self._rows(query) if used == via]
        return tuple(sorted(moment for moment in moments if start < moment <= end))

    # --- writing -------------------------------------------------------------------------------------

    def begin(self, now: datetime) -> int:
        """Count a new run; return its number, larger than all before and on disk.

        The sheet is stamped with it before anything is recorded or sent, so that a ledger which does not know
        of this run is found out (see `staleness`).
        """
        with self._file.writing():
            return self._count(now)

    def prepare(self, records: Records, now: datetime, run: int | None = None) -> tuple[str, tuple[int, ...]]:
        """Record a run's new people, responses, decisions and messages at once; return its id and theirs.

        `run` is what `begin` gave; without it the run is counted here. After this, what was decided is
        frozen, and a message is one that was meant to go out: a run that is killed now is completed by the
        next one.
        """
        with self._file.writing():
            run = run or self._count(now)
            for reference, address in records.people.items():
                insert(self._db, "applicants", call=self.call, reference=reference, address=address, run=run)
            for key, reference in records.responses.items():
                insert_response(self._db, self.call, key, reference, run)
            self._keep(records.answers)
            self._states.settle(records.settlements, now)
            remember_heard(self._db, self.call, records.heard)
            self.diary.note(records.words)
            remember_releases(self._db, self.call, records.releases)
            for message in records.cancelled:
                self._states.move(message, State.CANCELLED, OPEN_STATES, now)
            ids, tells = [], {}
            for item in records.messages:
                ids.append(
                    insert_message(self._db, self.call, item.message, item.letter, item.effect, run, now)
                )
                insert_copies(self._db, self.call, item.message, item.copies, run, now, ids[-1])
                if not item.message.occasion:
                    tells[item.message.reference] = ids[-1]
            for standing in records.standings:
                insert_standing(self._db, self.call, standing, run, tells.get(standing.reference))
        return f"run-{run}", tuple(ids)

    def release(self, releases: Iterable[Release], now: datetime) -> None:
        """Record what a person released by a command."""
        with self._file.writing():
            remember_releases(self._db, self.call, releases)
            self.diary.tell("approve", now)

    def propose(self, proposal: Proposal) -> None:
        """Record what the sheet shows as waiting for a person, once it shows it."""
        with self._file.writing():
            remember_proposal(self._db, self.call, proposal)

    def put_back(self, messages: Iterable[Outgoing], now: datetime) -> None:
        """Take back how attempts ended whose answer was not about these people: they are as before this run."""
        with self._file.writing():
            for each in messages:
                self._states.move(each.id, State.PREPARED, {State.REFUSED, State.DEFERRED}, now)
                first = each.deferred_at.isoformat() if each.deferred_at else None
                statement = "UPDATE messages SET next_attempt = NULL, deferred_at = ? WHERE id = ?"
                self._db.execute(statement, (first, each.id))

    def hold(self, message: int, now: datetime) -> None:
        """Take back a message that has not left: the next run decides anew, as if it had never been."""
        with self._file.writing():
            self._states.move(message, State.HELD, OPEN_STATES, now)
        self._has_ended(message)

    def settle(self, settlements: Iterable[Settlement], now: datetime) -> None:
        """Record a person's words on messages in doubt or refused, all at once. Raises LedgerError out of turn."""
        with self._file.writing():
            self._states.settle(settlements, now, BY_COMMAND)

    def remember(
        self, rows: int, answers: Mapping[str, str], notes: Notes, words: Iterable[Happening] = ()
    ) -> None:
        """Remember how many rows there were, to notice if many are lost; needs; what an empty plan did not record."""
        with self._file.writing():
            write_notes(self._db, self.call, notes)
            self._keep(answers)
            self.diary.note(words)
            keep_value(self._db, f"rows of {self.call}", str(rows))

    def note(self, notes: Notes, seen: Iterable[Happening]) -> None:
        """Remember what needs a person, and what of it somebody has `seen` just now."""
        with self._file.writing():
            write_notes(self._db, self.call, notes)
            self.diary.note(seen)

    def served(self) -> str:
        """Return the mark of what organisers asked when a run looked last (see `intake.controls.asks`)."""
        with self._file.reading():
            return read_meta(self._db, f"asked of {self.call}")

    def serve(self, asked: str) -> None:
        """Remember that a run has looked at what organisers asked."""
        with self._file.writing():
            keep_value(self._db, f"asked of {self.call}", asked)

    def adopt(self, adoption: Adoption, now: datetime, letters: int = 0) -> Stamp:
        """Take over what another ledger did, and how many letters left; return the stamp for the sheet."""
        with self._file.writing():
            at_least(self._db, self.call, letters)
            return take_over(self._db, self.call, self._stamp(), adoption, now, self.diary)

    def erase(
        self,
        references: Collection[str],
        left: Erased,
        asked: datetime | None = None,
        rewrite: Rewrite | None = None,
    ) -> None:
        """Erase all that is held of people; only what is `left` of them stays, and no byte in the file's slack.

        `asked` is when a command asked for it; None within a run. `rewrite` takes them out of what is kept of others.
        """
        with self._file.writing():
            erase_people(self._db, self.call, references, left, rewrite)
            if asked:
                self.diary.tell("erase", asked)
        self._file.scrub()

    def drop_letters(self, messages: Collection[int]) -> tuple[str, ...]:
        """Erase the texts of messages; return the Message-IDs of those that had one."""
        with self._file.writing():
            dropped = drop_letters(self._db, self.call, messages)
        if dropped:
            self._file.scrub()
        return dropped

    def rewrite_reasons(self, rewrite: Callable[[tuple[Reason, ...]], tuple[Reason, ...]]) -> int:
        """Put other reasons in the place of those that are kept; return of how many decisions."""
        with self._file.writing():
            changed = rewrite_reasons(self._db, self.call, rewrite)
        if changed:
            self._file.scrub()
        return changed

    # --- inside --------------------------------------------------------------------------------------

    def _count(self, now: datetime) -> int:
        run = insert(self._db, "runs", call=self.call, started_at=now.isoformat())
        self.diary.turn_to(run)
        return run

    def _stamp(self) -> Stamp:
        return Stamp(read_id(self._db, self.call), read_last_run(self._db, self.call))

    def _rows(self, query: str) -> list[tuple[str, ...]]:
        return self._db.execute(query, (self.call,)).fetchall()

    def _keep(self, answers: Mapping[str, str]) -> None:
        keep = "UPDATE responses SET answers = ? WHERE call = ? AND key = ?"
        self._db.executemany(keep, ((kept, self.call, key) for key, kept in answers.items()))
