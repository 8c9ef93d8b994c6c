"""Sends what was prepared: in their order, within what the relay allows, and again where a few minutes may help.

A run sends in rounds. What the relay puts off, or what a connection did not get to, is tried in the next one: at once
where something was not tried yet and a connection works, else after a pause. What can leave never waits for the rest.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from pipeline.ledger.announced import Announced
from pipeline.ledger.outgoing import Outgoing
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.base import Mailer
from pipeline.model.errors import ConveneError, LedgerError, MailUnavailable
from pipeline.model.frozen import dataclass
from pipeline.model.message import State
from pipeline.model.settings import Limits, MailSettings
from pipeline.model.text import counted
from pipeline.model.witness import Ended
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.connections import Connections
from pipeline.running.handover import Handovers
from pipeline.running.pace import Pace, group_size
from pipeline.running.patience import RunPatience

DAY = timedelta(days=1)
NOTHING_YET = Tally()


@dataclass(frozen=True, slots=True)
class Watch:
    """What is asked before each message: whether to stop, and whose decision no longer rests on the sheet.

    `tell` hears why the run pauses, and for how long; `says` is asked of each letter just before it leaves, whether it
    tells what the plan tells.
    """

    is_stopped: Callable[[], bool] = lambda: False
    moved_on: Callable[[], frozenset[str]] = frozenset
    progress: Callable[[int, int], None] = lambda _done, _total: None
    tell: Callable[[str], None] = lambda _said: None
    says: Callable[[Outgoing], bool] = lambda _outgoing: True


def recover(
    ledger: Ledger,
    mailer: Mailer,
    via: str,
    clock: Clock,
    how_ended: Callable[[Announced], Ended] = lambda _group: Ended.UNKNOWN,
) -> Tally:
    """Settle what an earlier run left between its final dot and the answer, or may have.

    Where the way of sending (`via`) knows for sure what it delivered, that counts; otherwise the message is in
    doubt. `how_ended` is asked where that run left a group open; an old copy is left as it is.
    """
    tally = Tally()
    if group := ledger.open_group():
        match how_ended(group):
            case Ended.KILLED:
                ledger.close_group()
            case Ended.UNKNOWN:
                ledger.mark_announced(clock.now())
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
        notices: Callable[[datetime], tuple[datetime, ...]] = lambda _now: (),
    ) -> None:
        self._ledger, self._open_mailer, self._settings = ledger, open_mailer, settings
        self._clock, self._watch, self._limits = clock, watch, limits
        self._notices = notices
        self._pace = Pace(settings.rate.per_minute)
        self._patience = RunPatience(settings.retry_for, clock)
        self._connections = settings.rate.connections
        self._group = group_size(ledger.group, settings.rate)

    def send(self, ids: tuple[int, ...], tally: Tally = NOTHING_YET) -> Tally:
        """Send the messages `ids`; stop early when the relay, the sheet, a limit or a person says so."""
        self._ids = ids
        self._books = Handovers(
            self._ledger,
            self._settings,
            self._clock,
            self._watch.is_stopped,
            self._watch.says,
            self._limits,
            tally,
        )
        stopped: ConveneError | None = None
        try:
            while self._send_round():
                pass
        except LedgerError:
            raise  # nothing is sent that cannot be recorded
        except ConveneError as error:
            stopped = error
            self._ledger.close_group()
            self._books.put_back()
        room, untried = self._room_today(), self._untried()
        waiting = max(0, len(untried) - room) if room is not None else 0
        tally = replace(self._books.tally, stopped=stopped, waiting=waiting)
        return replace(tally, room_at=self._room_at(waiting)) if waiting else tally

    def _send_round(self) -> bool:
        """Send all that may leave, and pause if that may help; return whether there is to be another round."""
        again = tuple(message for message in self._ids if message in self._books.put_off)
        ids = (*self._untried(), *again)[: self._room_today()]
        if not ids:
            return False
        busy = self._send_in_turn(ids)
        self._ledger.close_group()
        self._books.put_back()
        if self._untried() and not busy:  # a connection was given up, or the day's limit left room for others
            return True
        may_help = busy or (self._books.put_off and self._room_today() != 0)
        if may_help and (pause := self._patience.pause()):
            self._wait(pause, busy)
            return True
        if busy:
            raise busy
        return False

    def _untried(self) -> tuple[int, ...]:
        """Return what is neither at its end nor put off; what was begun comes last, so that it stops nobody else."""
        books = self._books
        done = books.ended | books.put_off
        left = (message for message in self._ids if message not in done)
        return tuple(sorted(left, key=books.tried.__contains__))

    def _room_today(self) -> int | None:
        """Count what may still leave: the day's limit less what left in the last 24 hours."""
        per_day = self._settings.rate.per_day
        return None if per_day is None else max(0, per_day - len(self._sent_today()))

    def _room_at(self, wanted: int) -> datetime | None:
        """Return when the day's limit has room for `wanted` messages, or for a whole day's; None where it has now."""
        sent, per_day = self._sent_today(), self._settings.rate.per_day or 0
        too_many = len(sent) - per_day + min(wanted, per_day)
        return sent[too_many - 1] + DAY if too_many > 0 else None

    def _sent_today(self) -> tuple[datetime, ...]:
        now = self._clock.now()
        letters = self._ledger.sent_between(now - DAY, now, self._settings.via)
        return tuple(sorted((*letters, *self._notices(now))))

    def _send_in_turn(self, ids: tuple[int, ...]) -> MailUnavailable | None:
        """Send `ids`; return why no connection works any more, where a pause may help. Later rounds use what works."""
        connections = Connections(self._open_mailer, self._connections)
        try:
            with connections:
                self._start_all(ids, connections)
                connections.finish()
        except MailUnavailable as error:
            if not error.passes:
                raise
            return error
        finally:
            self._connections = max(1, connections.alive)
        return None

    def _start_all(self, ids: tuple[int, ...], connections: Connections) -> None:
        for done, outgoing in enumerate(self._ledger.outgoing(ids)):
            self._watch.progress(done, len(ids))
            self._pace.wait(self._watch.is_stopped)
            self._books.raise_if_stopped()
            if outgoing.reference in self._watch.moved_on():
                self._books.hold(outgoing)
            else:
                if self._group > 1:
                    self._ledger.announce(ids[done:], self._group, self._settings.via)
                connections.start(partial(self._books.send, outgoing))
        self._watch.progress(len(ids), len(ids))

    def _wait(self, pause: timedelta, busy: MailUnavailable | None) -> None:
        """Let time pass. No connection is open meanwhile, and the ledger shows everything as it stands."""
        minutes = counted(round(pause / timedelta(minutes=1)), "minute")
        why = (
            str(busy) if busy else f"The mail server put off {counted(len(self._books.put_off), 'message')}."
        )
        self._watch.tell(f"{why} The next attempt is in {minutes}; Ctrl-C ends the run and loses nothing.")
        self._clock.wait(pause, self._watch.is_stopped)
        self._books.raise_if_stopped()
