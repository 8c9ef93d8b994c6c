"""Sends what was prepared, each message through every step of the protocol, within what the relay allows.

The doubtful moment of a message is recorded on disk before it is entered, and is never resolved by sending
again. Nothing here decides anything: what to send was planned, what a reply means is `mail`'s knowledge.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from threading import Lock

from pipeline.ledger.outgoing import Outgoing
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.base import Handover, Mailer, Reply
from pipeline.model.errors import ConveneError, LedgerError, MailRejectsUs, MailUnavailable, TooManyDoubts
from pipeline.model.history import next_attempt
from pipeline.model.message import State
from pipeline.model.settings import Limits, MailSettings
from pipeline.planning.result import Tally
from pipeline.running.clock import Clock
from pipeline.running.common_trouble import CommonTrouble, blocked
from pipeline.running.connections import Connections
from pipeline.running.doubts import DoubtLimit
from pipeline.running.pace import Pace

DAY = timedelta(days=1)
NOTHING_YET = Tally()


@dataclass(frozen=True, slots=True)
class Watch:
    """What is asked before each message: whether to stop, and whose decision no longer rests on the sheet."""

    is_stopped: Callable[[], bool] = lambda: False
    moved_on: Callable[[], frozenset[str]] = frozenset
    progress: Callable[[int, int], None] = lambda _done, _total: None


class StopRequested(ConveneError):
    """A person or the machine asked the run to end; everything unsent is kept for the next run."""

    exit_code = 75


def recover(ledger: Ledger, mailer: Mailer, via: str, clock: Clock) -> Tally:
    """Settle what an earlier run left between its final dot and the answer.

    Where the way of sending (`via`) knows for sure what it delivered, that counts; otherwise the message is in
    doubt.
    """
    tally = Tally()
    for message, message_id, used in ledger.interrupted():
        evidence = mailer.has(message_id) if used == via else None
        state = {True: State.ACCEPTED, False: State.PREPARED, None: State.IN_DOUBT}[evidence]
        ledger.conclude(message, state, "the run was ended before the answer came", clock.now())
        tally = tally.add(state) if state is State.IN_DOUBT else tally
    return tally


class Sending:
    """The sending of one run: `send` takes messages in their order, over one connection or several."""

    def __init__(
        self,
        ledger: Ledger,
        open_mailer: Callable[[], Mailer],
        settings: MailSettings,
        clock: Clock,
        watch: Watch,
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        self._ledger, self._open_mailer, self._settings = ledger, open_mailer, settings
        self._clock, self._watch = clock, watch
        self._pace = Pace(settings.rate.per_minute)
        self._lock = Lock()
        self._common = CommonTrouble()
        self._doubts = DoubtLimit(limits.doubts_per_run)

    def send(self, ids: tuple[int, ...], tally: Tally = NOTHING_YET) -> Tally:
        """Send the messages `ids`; stop early when the relay, the sheet, a limit or a person says so."""
        self._tally = tally
        room = self._room_today()
        with Connections(self._open_mailer, self._settings.rate.connections) as connections:
            try:
                self._send_in_turn(ids[:room], connections)
                connections.finish()
            except LedgerError:
                raise  # nothing is sent that cannot be recorded
            except ConveneError as stopped:
                self._stop(stopped)
        self._put_back()
        return replace(self._tally, waiting=len(ids[room:]) if room is not None else 0)

    def _room_today(self) -> int | None:
        """Count what may still leave: the day's limit less what left in the last 24 hours."""
        per_day, now = self._settings.rate.per_day, self._clock.now()
        if per_day is None:
            return None
        return max(0, per_day - self._ledger.sent_between(now - DAY, now, self._settings.via))

    def _send_in_turn(self, ids: tuple[int, ...], connections: Connections) -> None:
        for done, outgoing in enumerate(self._ledger.outgoing(ids)):
            self._watch.progress(done, len(ids))
            self._pace.wait(self._watch.is_stopped)
            self._raise_if_stopped()
            if outgoing.reference in self._watch.moved_on():
                self._ledger.hold(outgoing.id, self._clock.now())
                self._count(State.HELD)
            else:
                connections.start(partial(self._send_one, outgoing))
        self._watch.progress(len(ids), len(ids))

    def _raise_if_stopped(self) -> None:
        if self._watch.is_stopped():
            raise StopRequested("Stopped as asked. What was not sent is kept; the next run goes on.")

    def _send_one(self, outgoing: Outgoing, mailer: Mailer) -> None:
        """Take one message through the protocol."""
        self._raise_if_stopped()  # waiting for a connection may have taken long
        self._doubts.raise_if_reached()
        if not outgoing.is_true(
            self._clock.now()
        ):  # written by an earlier run, or waited for its turn too long
            self._ledger.hold(outgoing.id, self._clock.now())
            with self._lock:
                self._tally = self._tally.hold_outdated(outgoing.reference, outgoing.kind)
            return
        self._ledger.start(outgoing.id, self._settings.via, self._clock.now())
        try:
            reply = self._hand_over(outgoing, mailer)
        except (MailUnavailable, MailRejectsUs, TooManyDoubts) as error:
            words = "" if isinstance(error, TooManyDoubts) else str(error)
            self._ledger.conclude(outgoing.id, State.PREPARED, words, self._clock.now())
            raise
        self._conclude(outgoing, reply)

    def _hand_over(self, outgoing: Outgoing, mailer: Mailer) -> Reply:
        with self._doubts.turn() as turn:

            def commit() -> None:
                turn.begin()
                # On disk before the final dot leaves: a kill from here on leaves a doubt, never a second mail.
                self._ledger.commit(outgoing.id, self._clock.now())

            reply = mailer.send(outgoing.letter, commit)
            turn.is_answered = reply.outcome is not Handover.IN_DOUBT
            return reply

    def _conclude(self, outgoing: Outgoing, reply: Reply) -> None:
        now, settings = self._clock.now(), self._settings
        first = outgoing.deferred_at or now
        again = next_attempt(now, first, settings.retry_after, settings.give_up_after)
        match reply.outcome:
            case Handover.STOPPED:
                self._ledger.conclude(
                    outgoing.id, State.PREPARED, reply.words, now, now + settings.retry_after
                )
                raise MailUnavailable(_tell_stopped(reply, settings.retry_after))
            case Handover.BLOCKED if not self._common.is_theirs(outgoing, reply):
                self._ledger.conclude(outgoing.id, State.PREPARED, reply.words, now)
                raise blocked(reply)
            case Handover.BLOCKED:
                state, words = State.REFUSED, reply.words
            case Handover.DEFERRED if again is None:
                state, words = State.REFUSED, f"given up, the last answer was: {reply.words}"
            case outcome:
                state, words = State(outcome.value), reply.words
        self._ledger.conclude(outgoing.id, state, words, now, again if state is State.DEFERRED else None)
        self._count(state)
        if trouble := self._common.book(outgoing, state, reply):
            raise trouble

    def _put_back(self) -> None:
        """Free the people of an answer that turned out to be everybody's: it is as if they had not been tried."""
        booked = self._common.put_back()
        self._ledger.put_back((each.outgoing for each in booked), self._clock.now())
        for each in booked:
            self._tally = self._tally.take_back(each.state)

    def _count(self, state: State) -> None:
        with self._lock:
            self._tally = self._tally.add(state)

    def _stop(self, stopped: ConveneError) -> None:
        with self._lock:
            self._tally = replace(self._tally, stopped=stopped)


def _tell_stopped(reply: Reply, retry_after: timedelta) -> str:
    minutes = int(retry_after.total_seconds() // 60)
    return (
        f"The mail server is not accepting more mail for now: {reply.words.rstrip('.')}. Everything unsent is kept; "
        f"the next run goes on, {minutes} minutes from now at the earliest."
    )
