"""What a run did, as it is shown to people and machines."""

from pipeline.decisions.places.account import Account
from pipeline.model.errors import ConveneError
from pipeline.model.exit_codes import Exit
from pipeline.model.frozen import dataclass
from pipeline.model.text import one_line
from pipeline.planning.brake import Braked
from pipeline.planning.digest import NO_NEWS, News
from pipeline.planning.needs import Need
from pipeline.planning.tally import Tally
from pipeline.planning.waits import NOTHING, Waits


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did. `failure` is what kept it from finishing; the next run goes on where it stopped.

    `needs` is what needs a person, oldest first. `api_calls` is how many requests to the sheet's service it took (0 for
    a sheet on this machine). `account` tells of the selection, where one was made; `braked` are those who got no
    acknowledgement; `waits` is what is owed; `notes` say what was erased, or will be soon; `news` is for the digest.
    """

    run_id: str
    tally: Tally
    changed: int
    needs: tuple[Need, ...]
    failure: ConveneError | None = None
    api_calls: int = 0
    account: Account | None = None
    braked: tuple[Braked, ...] = ()
    notes: tuple[str, ...] = ()
    waits: Waits = NOTHING
    news: News = NO_NEWS

    @property
    def exit_code(self) -> int:
        """A person comes before later; nothing that is owed is success (see `model.exit_codes`)."""
        failed = self.failure.exit_code if self.failure else Exit.DONE
        if failed not in {Exit.DONE, Exit.LATER}:
            return failed
        if any(not need.is_seen for need in self.needs):
            return Exit.PERSON
        return Exit.LATER if self.failure or self.waits.count else Exit.DONE

    @property
    def did_something(self) -> bool:
        """Whether anything was recorded or sent, or turned out to be in doubt."""
        return bool(self.run_id) or self.tally != Tally()

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of the report."""
        tally = self.tally
        counts = {
            "sent": tally.sent,
            "deferred": tally.deferred,
            "refused": tally.refused,
            "in_doubt": tally.in_doubt,
            "held": tally.held,
            "changed": self.changed,
            "needs": len(self.needs),
        }
        if self.waits.count:
            counts["waiting"] = self.waits.count
        if self.api_calls:
            counts["api_calls"] = self.api_calls
        return counts

    def __str__(self) -> str:
        said = " ".join(f"{name}={number}" for name, number in self.counts.items())
        ended = f"; unfinished: {one_line(str(self.failure))}" if self.failure else ""
        places = f"; places: {self.account}" if self.account else ""
        run = f"{self.run_id or 'nothing to do'}: {said}{places}{ended}"
        return f"{self.waits} {run}" if self.waits.count else run
