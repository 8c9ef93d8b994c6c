"""Commands that settle what only a person can: messages in doubt, a ledger behind its sheet."""

from pathlib import Path

import click

from pipeline.commands import console
from pipeline.commands.base import DIR, Setting, command
from pipeline.model.errors import UsageError


@command
@click.argument("reference", required=False, metavar="[REF]")
@click.option("--delivered", is_flag=True, help="It arrived: count it as sent.")
@click.option("--send-again", is_flag=True, help="It did not: send the same bytes again.")
def resolve(setting: Setting, reference: str | None, delivered: bool, send_again: bool) -> int:
    """List the messages in doubt, or say what became of the one to REF."""
    from pipeline.running.resolve import list_doubts, resolve_doubt

    if delivered and send_again:
        raise UsageError("It either arrived or it did not: say --delivered or --send-again.")
    workspace, clock = setting.open()
    if reference is None or not (delivered or send_again):
        doubts = list_doubts(workspace)
        console.say("\n".join(doubts) or "No message is in doubt.")
        return 1 if doubts else 0
    console.say(resolve_doubt(workspace, clock, reference.upper(), send_again=send_again))
    return 0


@command
@click.option("--outbox", metavar="DIR", type=DIR, help="A copy of the outbox: the letters that went out.")
@click.option("--yes", is_flag=True, help="Take it over; without this, it is only shown.")
def adopt(setting: Setting, outbox: Path | None, yes: bool) -> int:
    """Show, or take over, what the sheet knows and the ledger does not."""
    from pipeline.running.adopt import show_belief, take_over

    workspace, clock = setting.open()
    belief = take_over(workspace, clock, outbox) if yes else show_belief(workspace, outbox)
    for line in belief.lines():
        console.say(line)
    console.say(belief.say("were", "were not") if yes else str(belief))
    if yes:
        console.say("Look at `convene plan` now.")
    if not yes and not belief.is_empty:
        console.say("Nothing was changed. `convene adopt --yes` takes it over; then look at `convene plan`.")
    return 0
