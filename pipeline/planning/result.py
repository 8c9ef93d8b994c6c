"""What a run did, as it is shown to people and machines."""

from dataclasses import dataclass, replace

from pipeline.decisions.places.account import Account
from pipeline.model.errors import ConveneError
from pipeline.model.message import Kind, State
from pipeline.model.problem import Problem
from pipeline.model.text import one_line
from pipeline.planning.brake import Braked


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the messages of a run.

    `waiting` were left for a later run by the day's limit; `stopped` is why sending ended before the last.
    `outdated` tells of those that were held because they would have left after what they say had become untrue.
    """

    sent: int = 0
    deferred: int = 0
    refused: int = 0
    in_doubt: int = 0
    held: int = 0
    waiting: int = 0
    stopped: ConveneError | None = None
    outdated: tuple[Problem, ...] = ()

    def add(self, state: State) -> "Tally":
        """Count one message that ended in `state`."""
        return self._change(state, 1)

    def hold_outdated(self, reference: str, kind: Kind) -> "Tally":
        """Count one message that is held because it is no longer true, and tell of it."""
        problem = Problem(
            f"applicant {reference}, message “{kind}”",
            "not sent, because the day until which it is true has passed",
            "The next run decides anew and writes another one",
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


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did. `failure` is what kept it from finishing; the next run goes on where it stopped.

    `api_calls` is how many requests to the sheet's service it took (0 for a sheet on this machine).
    `account` tells of the selection, where one was made; `braked` are those who got no acknowledgement.
    """

    run_id: str
    tally: Tally
    changed: int
    problems: tuple[Problem, ...]
    failure: ConveneError | None = None
    api_calls: int = 0
    account: Account | None = None
    braked: tuple[Braked, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 done, 1 somebody has to look at something, 75 try again later (see docs/commands.md)."""
        if self.failure:
            return self.failure.exit_code
        return 1 if self.problems else 0

    def __str__(self) -> str:
        tally = self.tally
        counts = {
            "sent": tally.sent,
            "deferred": tally.deferred,
            "refused": tally.refused,
            "in_doubt": tally.in_doubt,
            "held": tally.held,
            "changed": self.changed,
            "problems": len(self.problems),
        }
        if tally.waiting:
            counts["waiting"] = tally.waiting
        if self.api_calls:
            counts["api_calls"] = self.api_calls
        said = " ".join(f"{name}={number}" for name, number in counts.items())
        ended = f"; unfinished: {one_line(str(self.failure))}" if self.failure else ""
        places = f"; places: {self.account}" if self.account else ""
        return f"{self.run_id or 'nothing to do'}: {said}{places}{ended}"
