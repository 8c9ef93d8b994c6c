"""What became of the messages of a run."""

from dataclasses import field, replace
from datetime import datetime

from pipeline.model.errors import ConveneError
from pipeline.model.frozen import dataclass
from pipeline.model.message import Kind, State
from pipeline.model.problem import Problem
from pipeline.model.said import Said


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the messages of a run.

    `waiting` were left for a later run by the day's limit, which has room for them at `room_at`; `stopped` is why
    sending ended before the last. `outdated` tells of those that were held because they would have left after what they
    say had become untrue, or because they say something else than was planned.
    """

    sent: int = 0
    deferred: int = 0
    refused: int = 0
    in_doubt: int = 0
    held: int = 0
    waiting: int = 0
    stopped: ConveneError | None = None
    outdated: tuple[Problem, ...] = ()
    room_at: datetime | None = field(default=None, compare=False)

    def add(self, state: State) -> "Tally":
        """Count one message that ended in `state`."""
        return self._change(state, 1)

    def hold_back(self, reference: str, kind: Kind, why: str) -> "Tally":
        """Count one message that is held because of what it says, and tell of it."""
        problem = Problem(
            Said("message to applicant", reference=reference, kind=str(kind)),
            Said("not sent", why=why),
            Said("not sent: do"),
            reference=reference,
        )
        return replace(self.add(State.HELD), outdated=(*self.outdated, problem))

    def take_back(self, state: State) -> "Tally":
        """Count one message that ended in `state` no longer."""
        return self._change(state, -1)

    def _change(self, state: State, by: int) -> "Tally":
        field = _FIELDS[state]
        return replace(self, **{field: getattr(self, field) + by})


_FIELDS = {
    State.ACCEPTED: "sent",
    State.DEFERRED: "deferred",
    State.REFUSED: "refused",
    State.IN_DOUBT: "in_doubt",
    State.HELD: "held",
}
