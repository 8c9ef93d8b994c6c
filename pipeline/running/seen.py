"""What needs a person now, and that somebody has seen it."""

from contextlib import closing

from pipeline.model.errors import UsageError
from pipeline.model.short_code import read_code
from pipeline.planning.needs import Need, mark_seen, newly_seen, note
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.run import plan_run
from pipeline.running.workspace import Workspace


def list_open(workspace: Workspace, clock: Clock) -> tuple[Need, ...]:
    """List what would need a person if a run were made now."""
    with closing(workspace.ledger()) as ledger:
        return plan_run(workspace, ledger, clock).needs


def see(workspace: Workspace, clock: Clock, named: tuple[str, ...], by: str) -> tuple[Need, ...]:
    """Remember that `by` has seen what is `named` by code or reference (all where nothing is); return the whole list.

    Raises UsageError for a name that nothing has, and then marks nothing; LockHeld while a run is going on.
    """
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        plan = plan_run(workspace, ledger, clock)
        if unknown := [name for name in named if not _is_known(name, plan.needs)]:
            raise UsageError(
                f"Nothing needs a person under {', '.join(unknown)}. `convene seen` lists what does."
            )
        marked = {need.code: need for need in mark_seen(plan.needs, named, clock.now(), by)}
        needs = tuple(marked.get(need.code, need) for need in plan.needs)
        notes = plan.history.notes
        ledger.note(note(needs, notes.marks, notes, is_whole=True), newly_seen(needs, notes))
    return needs


def _is_known(name: str, needs: tuple[Need, ...]) -> bool:
    code, reference = read_code(name), name.upper()
    return any(code == need.code or (reference and reference == need.reference) for need in needs)
