"""Keeps that a run had nothing to do, where the next one can be sure of it (see `rest`)."""

from pipeline.ledger.sqlite import Ledger
from pipeline.planning.next_moment import next_moment
from pipeline.planning.plan import EVERYTHING, Plan
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.diary import say_how
from pipeline.running.orders import Orders
from pipeline.running.rest import AtRest, mark_of
from pipeline.running.workspace import Workspace


def is_routine(orders: Orders) -> bool:
    """Whether a run is the plain one, with no restriction and no word beside it."""
    return orders.scope == EVERYTHING and not (orders.force or orders.first_run_here)


def keep_rest(
    workspace: Workspace,
    ledger: Ledger,
    clock: Clock,
    orders: Orders,
    plan: Plan,
    result: Result,
    before: str,
) -> None:
    """Keep it, if all is still as it was `before` the run: a mark of everything (see `rest.mark_of`).

    The ledger keeps nothing where the run changed anything in it. Replies that are asked about may count at any time.
    """
    is_idle = plan.is_empty and not (
        result.did_something or result.changed or result.failure or result.waits.count
    )
    if not (before and is_idle and is_routine(orders)) or plan.assessment.replies.problems:
        return
    shown = orders.kept(result)
    if shown and mark_of(workspace, ledger, clock) == before:
        until = next_moment(workspace.call, workspace.service, plan)
        how = say_how(orders.scope, clock, force=orders.force)
        ledger.rest.keep(AtRest(before, plan.now, until, how, result.counts, shown).to_text())
