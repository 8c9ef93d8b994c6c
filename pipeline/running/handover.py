"""Takes one message through every step of the protocol, and keeps the books of a run: what became of each.

The doubtful moment of a message is recorded on disk before it is entered, and is never resolved by sending
again. Nothing here decides anything: what to send was planned, what a reply means is `mail`'s knowledge.
"""

from collections.abc import Callable
from datetime import timedelta
from threading import Lock

from pipeline.ledger.outgoing import Outgoing
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.base import Handover, Mailer, Reply
from pipeline.model.errors import MailRejectsUs, MailUnavailable, StateError, StopRequested, TooManyDoubts
from pipeline.model.history import next_attempt
from pipeline.model.message import State
from pipeline.model.said import Said
from pipeline.model.settings import Limits, MailSettings
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.common_trouble import CommonTrouble, blocked
from pipeline.running.doubts import DoubtLimit


class Handovers:
    """The attempts of one run, from all its connections. `tally` says what became of the messages so far.

    `tried` are the ids of all that were begun, `put_off` of those that the relay puts off as things stand, `ended`
    of those that need no further attempt in this run.
    """

    def __init__(
        self,
        ledger: Ledger,
        settings: MailSettings,
        clock: Clock,
        is_stopped: Callable[[], bool],
        says: Callable[[Outgoing], bool],
        limits: Limits,
        tally: Tally,
    ) -> None:
        self._ledger, self._settings, self._clock, self._is_stopped = ledger, settings, clock, is_stopped
        self._says = says
        self._lock = Lock()
        self._common = CommonTrouble()
        self._doubts = DoubtLimit(limits.doubts_per_run)
        self.tally = tally
        self.tried: set[int] = set()
        self.put_off: set[int] = set()
        self.ended: set[int] = set()

    def raise_if_stopped(self) -> None:
        """Raise StopRequested once somebody asked the run to end."""
        if self._is_stopped():
            raise StopRequested("Stopped as asked. What was not sent is kept; the next run goes on.")

    def hold(self, outgoing: Outgoing) -> None:
        """Take a message back whose decision no longer rests on the sheet."""
        self._begin(outgoing)
        self._ledger.hold(outgoing.id, self._clock.now())
        self._count(outgoing, State.HELD)

    def send(self, outgoing: Outgoing, mailer: Mailer) -> None:
        """Take one message through the protocol. Raises what keeps the next one from being sent."""
        self.raise_if_stopped()  # waiting for a connection may have taken long
        self._doubts.raise_if_reached()
        self._begin(outgoing)
        if why := self._why_not(outgoing):
            self._hold_back(outgoing, why)
            return
        self._ledger.start(outgoing.id, self._settings.via, self._clock.now())
        try:
            reply = self._hand_over(outgoing, mailer)
        except (MailUnavailable, MailRejectsUs, TooManyDoubts, StateError) as error:
            words = "" if isinstance(error, TooManyDoubts) else str(error)
            self._ledger.conclude(outgoing.id, State.PREPARED, words, self._clock.now())
            raise
        self._conclude(outgoing, reply)

    def _why_not(self, outgoing: Outgoing) -> str:
        """Say why a letter must not leave as it is; empty where it may."""
        if not outgoing.is_true(self._clock.now()):  # of an earlier run, or it waited for its turn too long
            return Said("time is over")
        return "" if self._says(outgoing) else Said("not as planned")

    def _hold_back(self, outgoing: Outgoing, why: str) -> None:
        self._ledger.hold(outgoing.id, self._clock.now())
        with self._lock:
            self.tally = self.tally.hold_back(outgoing.reference, outgoing.kind, why)
            self.ended.add(outgoing.id)

    def put_back(self) -> None:
        """Free the people of an answer that turned out to be everybody's: it is as if they had not been tried."""
        booked = self._common.put_back()
        self._ledger.put_back((each.outgoing for each in booked), self._clock.now())
        for each in booked:
            self.tally = self.tally.take_back(each.state)
            self.ended.discard(each.outgoing.id)
            self.put_off.discard(each.outgoing.id)

    def _begin(self, outgoing: Outgoing) -> None:
        """Book a message that was put off in this run as one that is being tried."""
        with self._lock:
            self.tried.add(outgoing.id)
            if outgoing.id in self.put_off:
                self.put_off.remove(outgoing.id)
                self.tally = self.tally.take_back(State.DEFERRED)

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
                # Later runs wait, too; this one may go on over another connection, or after a pause.
                self._ledger.conclude(
                    outgoing.id, State.PREPARED, reply.words, now, now + settings.retry_after
                )
                raise MailUnavailable(_tell_stopped(reply, settings.retry_after), passes=reply.passes)
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
        self._count(outgoing, state)
        if trouble := self._common.book(outgoing, state, reply):
            raise trouble

    def _count(self, outgoing: Outgoing, state: State) -> None:
        with self._lock:
            self.tally = self.tally.add(state)
            (self.put_off if state is State.DEFERRED else self.ended).add(outgoing.id)


def _tell_stopped(reply: Reply, retry_after: timedelta) -> str:
    minutes = int(retry_after.total_seconds() // 60)
    return (
        f"The mail server is not accepting more mail for now: {reply.words.rstrip('.')}. Everything unsent is kept; "
        f"the next run goes on, {minutes} minutes from now at the earliest."
    )
