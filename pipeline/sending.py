"""Sends what was prepared, one message after another, each through every step of the protocol.

The doubtful moment of a message is recorded on disk before it is entered, and is never resolved by sending
again. Nothing here decides anything: what to send was planned, what a reply means is `mail`'s knowledge.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.clock import Clock
from pipeline.errors import ConveneError, LedgerError, MailRejectsUs, MailUnavailable
from pipeline.ledger import Ledger, Outgoing
from pipeline.mail.base import Mailer, Outcome, Reply
from pipeline.model import State
from pipeline.service import MailSettings
from pipeline.timeline import next_attempt


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the messages of a run; `stopped` is why sending ended before the last one."""

    sent: int = 0
    deferred: int = 0
    refused: int = 0
    in_doubt: int = 0
    held: int = 0
    stopped: ConveneError | None = None

    def add(self, state: State) -> "Tally":
        """Count one message that ended in `state`."""
        field = _FIELDS.get(state)
        return replace(self, **{field: getattr(self, field) + 1}) if field else self


_FIELDS = {
    State.ACCEPTED: "sent",
    State.DEFERRED: "deferred",
    State.REFUSED: "refused",
    State.IN_DOUBT: "in_doubt",
    State.HELD: "held",
}


@dataclass(frozen=True, slots=True)
class Watch:
    """What is asked before each message: whether to stop, and whose decision no longer rests on the sheet."""

    is_stopped: Callable[[], bool] = lambda: False
    moved_on: Callable[[], frozenset[str]] = frozenset
    progress: Callable[[int, int], None] = lambda _done, _total: None


class StopRequested(ConveneError):
    """A person or the machine asked the run to end; everything unsent is kept for the next run."""

    exit_code = 75


def recover(ledger: Ledger, mailer: Mailer, clock: Clock) -> Tally:
    """Settle what an earlier run left between its final dot and the answer.

    Where the way of sending knows for sure what it delivered, that counts; otherwise the message is in doubt.
    """
    tally = Tally()
    for message, message_id in ledger.interrupted():
        state = {True: State.ACCEPTED, False: State.PREPARED, None: State.IN_DOUBT}[mailer.has(message_id)]
        ledger.conclude(message, state, "the run was ended before the answer came", clock.now())
        tally = tally.add(state) if state is State.IN_DOUBT else tally
    return tally


def send_all(
    ids: tuple[int, ...],
    ledger: Ledger,
    mailer: Mailer,
    settings: MailSettings,
    clock: Clock,
    watch: Watch,
    tally: Tally,
) -> Tally:
    """Send the messages `ids` in their order; stop early when the relay or a person says so."""
    try:
        for done, outgoing in enumerate(ledger.outgoing(ids)):
            watch.progress(done, len(ids))
            if watch.is_stopped():
                raise StopRequested("Stopped as asked. What was not sent is kept; the next run goes on.")
            if outgoing.reference in watch.moved_on():
                ledger.hold(outgoing.id, clock.now())
                tally = tally.add(State.HELD)
                continue
            tally = tally.add(_send(outgoing, ledger, mailer, settings, clock))
        watch.progress(len(ids), len(ids))
    except LedgerError:
        raise  # nothing is sent that cannot be recorded
    except ConveneError as stopped:
        tally = replace(tally, stopped=stopped)
    finally:
        mailer.close()
    return tally


def _send(outgoing: Outgoing, ledger: Ledger, mailer: Mailer, settings: MailSettings, clock: Clock) -> State:
    """Take one message through the protocol; return the state it ended in."""
    ledger.mark(outgoing.id, State.SENDING, clock.now())
    try:
        reply = mailer.send(
            outgoing.letter,
            # On disk before the final dot leaves: a kill from here on leaves a doubt, never a second mail.
            commit=lambda: ledger.mark(outgoing.id, State.COMMITTING, clock.now()),
        )
    except (MailUnavailable, MailRejectsUs) as error:
        ledger.conclude(outgoing.id, State.PREPARED, str(error), clock.now())
        raise
    return _conclude(outgoing, reply, ledger, settings, clock)


def _conclude(
    outgoing: Outgoing, reply: Reply, ledger: Ledger, settings: MailSettings, clock: Clock
) -> State:
    now = clock.now()
    again = next_attempt(now, outgoing.prepared_at, settings.retry_after, settings.give_up_after)
    match reply.outcome:
        case Outcome.ACCEPTED | Outcome.REFUSED | Outcome.IN_DOUBT:
            state = State(reply.outcome.value)
            ledger.conclude(outgoing.id, state, reply.words, now)
        case Outcome.DEFERRED if again is None:
            state = State.REFUSED
            ledger.conclude(outgoing.id, state, f"given up, the last answer was: {reply.words}", now)
        case Outcome.DEFERRED:
            state = State.DEFERRED
            ledger.conclude(outgoing.id, state, reply.words, now, again)
        case Outcome.STOPPED:
            ledger.conclude(outgoing.id, State.PREPARED, reply.words, now, now + settings.retry_after)
            raise MailUnavailable(
                f"The mail server takes no more for now: {reply.words} Everything unsent is kept; "
                f"run again after {settings.retry_after}."
            )
    return state
