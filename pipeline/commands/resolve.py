"""`convene resolve`: say what became of a message in doubt."""

import click

from pipeline.commands import console
from pipeline.commands.base import Setting, command
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
