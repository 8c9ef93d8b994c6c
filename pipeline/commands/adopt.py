"""`convene adopt`: take over what the sheet knows and the ledger does not."""

from pathlib import Path

import click

from pipeline.commands import console
from pipeline.commands.base import DIR, Setting, command


@command
@click.option("--outbox", metavar="DIR", type=DIR, help="A copy of the outbox: the letters that went out.")
@click.option("--yes", is_flag=True, help="Take it over; without this, it is only shown.")
def adopt(setting: Setting, outbox: Path | None, yes: bool) -> int:
    """Show, or take over, what the sheet knows and the ledger does not."""
    from pipeline.running.adopt import show_adoption, take_over

    workspace, clock = setting.open()
    adoption = take_over(workspace, clock, outbox) if yes else show_adoption(workspace, clock, outbox)
    for line in adoption.lines():
        console.say(line)
    console.say(adoption.say("were", "were not") if yes else str(adoption))
    if yes:
        console.say("Look at `convene plan` now.")
    if not yes and not adoption.is_empty:
        console.say("Nothing was changed. `convene adopt --yes` takes it over; then look at `convene plan`.")
    return 0
