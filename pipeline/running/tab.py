"""Shows in the tab `Convene` what became of a run, also where it was refused: organisers look nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from pipeline.ledger.sqlite import Ledger
from pipeline.model.errors import ConveneError, SheetBusy, StaleLedger, UnsafePlan
from pipeline.model.exit_codes import Exit
from pipeline.model.history import History
from pipeline.model.said import Said
from pipeline.model.tab import Tab
from pipeline.model.text import one_line, without_addresses
from pipeline.planning.digest import say_failed
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import Plan
from pipeline.planning.projection import show
from pipeline.planning.result import Result
from pipeline.planning.tab.facts import Facts, date_of
from pipeline.planning.tab.make_tab import make_failed_tab, make_tab
from pipeline.running.clock import Clock
from pipeline.running.workspace import Workspace

LOOK_BACK = 40
"""So many pages of the diary are looked at for runs that did something."""


class RunInTab:
    """What the tab is to tell of one run; `plan` is set as soon as there is one."""

    def __init__(self, workspace: Workspace, ledger: Ledger, clock: Clock) -> None:
        self._workspace, self._ledger, self._clock = workspace, ledger, clock
        self.plan: Plan | None = None

    def show(self, result: Result, history: History) -> Result:
        """Show how the run ended. A sheet that is busy gets the tab by the next run; other trouble is the run's."""
        assert self.plan is not None  # noqa: S101 - a result is a plan's
        self._serve(self.plan, result.failure)
        if isinstance(result.failure, SheetBusy):  # nobody waits ten minutes more for the same sheet
            return result
        try:
            self._workspace.sheet.show(self._tab(self.plan, result, history))
        except SheetBusy:
            return result
        except ConveneError as error:
            return replace(result, failure=result.failure or error)
        return result

    def show_failure(self, error: ConveneError) -> None:
        """Show why the run was not carried out; in a sheet that may be another ledger's, nothing is shown."""
        if self.plan:
            self._serve(self.plan, error)
        is_ours = not isinstance(error, StaleLedger) or error.code
        if is_ours and not isinstance(error, SheetBusy):
            with suppress(ConveneError):
                self._workspace.sheet.show(self._failed_tab(error))

    def _serve(self, plan: Plan, failure: ConveneError | None) -> None:
        """Remember that what organisers asked was tried, unless the same may go well in some minutes."""
        if failure is None or failure.exit_code != Exit.LATER:
            self._ledger.serve(plan.asks)

    def _tab(self, plan: Plan, result: Result, history: History) -> Tab:
        failure = _sentence(result.failure) if result.failure else ""
        *before, this = self._ledger.diary.runs(LOOK_BACK)
        return make_tab(
            replace(
                _facts(self._workspace, self._ledger, self._clock, plan, history),
                plan=replace(plan, dangers=()),  # somebody accepted them, or there were none
                needs=result.needs,
                waits=result.waits,
                runs=(*before, replace(this, counts=result.counts, said=failure)),  # as it will be closed
                failure=failure,
            )
        )

    def _failed_tab(self, error: ConveneError) -> Tab:
        if self.plan is None:
            return make_failed_tab(
                _sentence(error),
                date_of(self._workspace.call, self._clock.now()),
                self._workspace.service.sheet.language,
            )
        # What speaks against the plan stands in the list of what needs a person.
        failure = "" if isinstance(error, UnsafePlan | StaleLedger) else _sentence(error)
        facts = _facts(self._workspace, self._ledger, self._clock, self.plan, self.plan.history)
        return make_tab(replace(facts, failure=failure))


@contextmanager
def told_in_tab(workspace: Workspace, ledger: Ledger, clock: Clock) -> Iterator[RunInTab]:
    """Let the tab tell of a run that is refused, too; what became of one that was carried out, it is to `show`."""
    tab = RunInTab(workspace, ledger, clock)
    try:
        yield tab
    except ConveneError as error:
        tab.show_failure(error)
        raise


def refresh(workspace: Workspace, ledger: Ledger, clock: Clock) -> None:
    """Bring the tab up to date between two runs. Raises what reading and writing the sheet raises."""
    snapshot, history = workspace.sheet.read(), ledger.history()
    plan = make_plan(workspace.call, workspace.service, workspace.templates, snapshot, history, clock.now())
    workspace.sheet.show(make_tab(_facts(workspace, ledger, clock, plan, history)))


def _facts(workspace: Workspace, ledger: Ledger, clock: Clock, plan: Plan, history: History) -> Facts:
    """Gather what is known now, as if the plan was not carried out; `history` is what the ledger holds."""
    return Facts(
        call=workspace.call,
        service=workspace.service,
        plan=plan,
        history=history,
        shown=show(workspace.call, plan.assessment, history),
        now=clock.now(),
        needs=plan.needs,
        runs=ledger.diary.runs(LOOK_BACK),
    )


def _sentence(error: ConveneError) -> Said:
    return say_failed(type(error).__name__, without_addresses(one_line(str(error))))
