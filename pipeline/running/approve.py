"""A person's release of what waits for approval, by a command: what waits, and what of it is to leave."""

import getpass
from contextlib import closing

from pipeline.model.effect import Effect
from pipeline.model.errors import UsageError
from pipeline.model.history import How, Release
from pipeline.planning.choice import Pick, choose_effects
from pipeline.planning.plan import Plan
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.run import plan_run
from pipeline.running.workspace import Workspace


def find_waiting(workspace: Workspace, clock: Clock) -> Plan:
    """Return the plan that says what waits for approval; nothing is changed."""
    with closing(workspace.ledger()) as ledger:
        return plan_run(workspace, ledger, clock)


def approve(workspace: Workspace, clock: Clock, choice: Pick) -> tuple[Effect, ...]:
    """Release what is chosen of all that waits, under the name of the shell's user; return it.

    Raises UsageError where nothing of it waits, EffectsChanged where what waits has another hash than is named,
    StaleLedger, and LockHeld while a run is going on.
    """
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        plan = plan_run(workspace, ledger, clock)
        plan.raise_if_stale()
        chosen = choose_effects(plan, choice)
        if missing := set(choice.references) - {effect.reference for effect in chosen}:
            raise UsageError(f"Nothing to {', '.join(sorted(missing))} waits for approval. {_LIST}")
        if not chosen:
            raise UsageError(f"Nothing of that waits for approval. {_LIST}")
        now, who = clock.now(), getpass.getuser()
        ledger.release(tuple(Release(effect, effect.digest, now, How.COMMAND, who) for effect in chosen), now)
    return chosen


_LIST = "`convene approve` lists what does, and what `--early` is about."
