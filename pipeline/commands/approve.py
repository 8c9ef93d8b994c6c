"""`convene approve`: show what waits for approval, and release it."""

from typing import TYPE_CHECKING

import click

from pipeline.commands import console
from pipeline.commands.base import JSON, Setting, command, raise_if_unknown
from pipeline.model.errors import UsageError

if TYPE_CHECKING:
    from pipeline.planning.plan import Plan


@command
@click.argument("references", nargs=-1, metavar="[REF]...")
@click.option("--all", "everything", is_flag=True, help="Release all that waits now.")
@click.option("--kind", metavar="KIND", help="Only messages of this kind.")
@click.option(
    "--effects", metavar="HASH", default="", help="Only if what waits has this hash, or short code."
)
@click.option(
    "--early", is_flag=True, help="Of what is proposed before selection day: it leaves on that day."
)
@JSON
def approve(
    setting: Setting,
    references: tuple[str, ...],
    everything: bool,
    kind: str | None,
    effects: str,
    early: bool,
    as_json: bool,
) -> int:
    """List what waits for approval, or release it: the next run sends it."""
    from pipeline.planning.choice import Pick
    from pipeline.planning.effects import count_kinds
    from pipeline.running.approve import approve as release
    from pipeline.running.approve import find_waiting
    from pipeline.views.approve import waiting_json

    choice = Pick(tuple(reference.upper() for reference in references), kind or "", effects, early)
    if references and everything:
        raise UsageError("Name the REFs, or say --all; not both.")
    workspace, clock = setting.open()
    raise_if_unknown(workspace, kind)
    if choice == Pick(early=early) and not everything:
        return _list(find_waiting(workspace, clock), as_json)
    released = release(workspace, clock, choice)
    if as_json:
        console.show_json(waiting_json(released))
    else:
        console.say(f"Released {count_kinds(released)}. The next run sends them, in turn.")
    return 0


def _list(plan: "Plan", as_json: bool) -> int:
    """Show what waits now, and what would wait on selection day."""
    from pipeline.views.approve import early_lines, waiting_json, waiting_lines, waiting_table

    if as_json:
        console.show_json(waiting_json(plan.unreleased, plan.early))
    else:
        console.say("\n".join(waiting_lines(plan)) or "Nothing waits for approval.")
        console.show_table(waiting_table(plan, plan.unreleased))
        for line in early_lines(plan):
            console.say(line)
        console.show_table(waiting_table(plan, plan.early))
    return 1 if plan.unreleased else 0
