"""Keeps the diary of runs: begun before anything is read, ended with what became of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from pipeline import __version__
from pipeline.config.written import read_written
from pipeline.ledger.sqlite import Ledger
from pipeline.model.errors import ConveneError
from pipeline.model.history_events import Ending
from pipeline.model.text import one_line, without_addresses
from pipeline.planning.plan import Scope
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.workspace import Workspace


def say_how(scope: Scope, clock: Clock, *, force: bool) -> str:
    """Say how a run was asked for, where it was not the plain daily one; nobody is named."""
    asked = {
        "--as-of": clock.stands_still,
        "--force": force,
        "--only": bool(scope.only),
        f"--limit {scope.limit}": scope.limit is not None,
        "--newcomers": scope.newcomers,
    }
    return " ".join(word for word, is_so in asked.items() if is_so)


@contextmanager
def written_down(
    workspace: Workspace, ledger: Ledger, clock: Clock, how: str
) -> Iterator[Callable[[Result], None]]:
    """Keep a page of the diary around a run; give the function that ends it with a result.

    A failure ends it with its sentence. What is no failure (a kill) leaves it open, and the next run sees that.
    """
    written = read_written(workspace.root)
    ledger.diary.open(how, clock.now(), {"program": __version__, **written.shown}, written.hidden)

    def end(result: Result) -> None:
        said = _sentence(result.failure) if result.failure else ""
        ending = Ending.UNFINISHED if said else Ending.DONE if result.did_something else Ending.NOTHING
        ledger.diary.close(ending, clock.now(), result.counts, said)

    try:
        yield end
    except ConveneError as error:
        with suppress(ConveneError):  # what failed may be the ledger itself
            ledger.diary.close(Ending.NOT_RUN, clock.now(), {}, _sentence(error))
        raise


def _sentence(error: ConveneError) -> str:
    return without_addresses(one_line(str(error)))
