"""What a run leaves for a later one: how many messages, why, and when the next attempt is due."""

from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.model.exit_codes import Exit
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Posted, is_due, is_open
from pipeline.model.message import State
from pipeline.model.said import Said
from pipeline.planning.plan import Plan
from pipeline.planning.tally import Tally


@dataclass(frozen=True, slots=True)
class Waits:
    """Messages that are owed, by what they wait for; `again` is when the next attempt is due.

    The mail server put them off; or sending ended before their turn, or has to pause; or the sheet changed under
    them; or the day's limit was reached, or that of `--limit`; or organisers set Pause; or their word may still change.
    """

    put_off: int = 0
    stopped: int = 0
    held: int = 0
    day: int = 0
    asked: int = 0
    paused: int = 0
    settling: int = 0
    again: datetime | None = None

    @property
    def count(self) -> int:
        """How many messages wait."""
        late = self.put_off + self.stopped + self.held + self.day
        return late + self.asked + self.paused + self.settling

    @property
    def why(self) -> str:
        """What is owed, and what for, in a sentence; nothing where nothing is."""
        return Said("messages wait", number=self.count, why=self._reasons) if self.count else ""

    @property
    def in_short(self) -> str:
        """The same without how many there are in all, and when the next attempt is due."""
        return self._with_next(Said("wait, in short", why=self._reasons)) if self.count else ""

    @property
    def _reasons(self) -> tuple[Said, ...]:
        counts = {
            "put off": self.put_off,
            "stopped": self.stopped,
            "held": self.held,
            "day": self.day,
            "asked": self.asked,
            "paused": self.paused,
            "settling": self.settling,
        }
        return tuple(Said(f"wait {name}", number=number) for name, number in counts.items() if number)

    def _with_next(self, said: str) -> str:
        if not (self.again and said):
            return said
        return Said("wait again", waits=said, day=f"{self.again:%Y-%m-%d}", time=f"{self.again:%H:%M}")

    def __str__(self) -> str:
        return str(self._with_next(self.why))


NOTHING = Waits()


def find_waits(
    plan: Plan,
    history: History,
    tally: Tally,
    now: datetime,
    retry_after: timedelta,
) -> Waits:
    """Work out what waits after a run, from what the ledger holds then. Who is on hold is not waited for."""
    before = max((message.id for message in plan.history.posted), default=0)
    resumed = {message.id for message in plan.resumed}
    owed = [
        message
        for message in history.posted
        if is_open(message)
        and plan.scope.covers(message.reference)
        and (message.id > before or message.id in resumed or not is_due(message, now))
    ]
    day = min(tally.waiting, len(owed))
    put_off = min(sum(message.state is State.DEFERRED for message in owed), len(owed) - day)
    held = tally.held - len(tally.outdated)  # those are told as problems
    asked, paused = (0, plan.left_out) if plan.controls.pause else (plan.left_out, 0)
    waits = Waits(put_off, len(owed) - day - put_off, held, day, asked, paused, len(plan.settling))
    return replace(waits, again=_due_again(plan, waits, owed, tally, now, retry_after))


def _due_again(
    plan: Plan, waits: Waits, owed: list[Posted], tally: Tally, now: datetime, retry_after: timedelta
) -> datetime | None:
    """Return when the next attempt is due; None where a person comes first, or nothing waits."""
    times = [message.next_attempt for message in owed if message.next_attempt and not is_due(message, now)]
    times += plan.settling[:1]
    if tally.room_at:
        times.append(tally.room_at)
    is_later = tally.stopped is not None and tally.stopped.exit_code == Exit.LATER
    if waits.held or (is_later and any(is_due(message, now) for message in owed)):
        times.append(now + retry_after)
    return min(times, default=None)
