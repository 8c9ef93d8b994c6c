"""`convene plan`: what a run would do."""

from pipeline.commands import console
from pipeline.commands.base import JSON, LIMIT, NEWCOMERS, ONLY, Setting, command


@command
@ONLY
@LIMIT
@NEWCOMERS
@JSON
def plan(setting: Setting, only: str, limit: int | None, newcomers: bool, as_json: bool) -> int:
    """Show what a run would do, and why; write and send nothing."""
    from contextlib import closing

    from pipeline.planning.plan import Scope
    from pipeline.running.run import plan_run
    from pipeline.views.approve import waiting_lines
    from pipeline.views.plan import plan_heading, plan_json, plan_reclassified, plan_table
    from pipeline.views.run import account_lines, braked_lines

    workspace, clock = setting.open()
    with closing(workspace.ledger()) as ledger:
        planned = plan_run(workspace, ledger, clock, Scope(only, limit, newcomers))
    if as_json:
        console.show_json(plan_json(workspace.call, planned))
    else:
        console.say(plan_heading(workspace.call, planned))
        notes = (*account_lines(planned.account), *braked_lines(planned.braked), *waiting_lines(planned))
        for line in (*plan_reclassified(planned), *notes):
            console.say(line)
        console.show_table(plan_table(planned))
        console.show_needs(planned.needs_after(planned.doubts), workspace.call)
        for reason in planned.stale:
            console.warn(f"A run would stop: {reason}")
        for danger in planned.dangers:
            console.warn(f"A run would stop: {danger} (--force overrides)")
    return int(bool(planned.dangers) or any(not need.is_seen for need in planned.needs))
