"""What a person asked of a run."""

from collections.abc import Callable
from datetime import datetime

from pipeline.model.frozen import dataclass
from pipeline.planning.plan import EVERYTHING, Scope
from pipeline.planning.result import Result


@dataclass(frozen=True, slots=True)
class Orders:
    """What a person asked of a run. `is_stopped` is asked before each message, `progress` told of each.

    `tell` hears why the run waits for the mail server, and for how long. `first_run_here` is said of a ledger that
    no witness on this machine knows. `begun` is called once no other run is going on; `notices` says when notices to
    organisers left in the 24 hours before a time: they count in the day's limit. `kept` is what to tell again of a run
    that had nothing to do (nothing: it is not kept, see `rest`).
    """

    scope: Scope = EVERYTHING
    force: bool = False
    is_stopped: Callable[[], bool] = lambda: False
    progress: Callable[[int, int], None] = lambda _done, _total: None
    tell: Callable[[str], None] = lambda _said: None
    first_run_here: bool = False
    begun: Callable[[], None] = lambda: None
    kept: Callable[[Result], str] = lambda _result: ""
    notices: Callable[[datetime], tuple[datetime, ...]] = lambda _now: ()


ROUTINE = Orders()
