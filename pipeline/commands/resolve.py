"""`convene resolve`: say what became of a message in doubt, or what is to become of a refused one."""

import click

from pipeline.commands import console
from pipeline.commands.base import Setting, command
from pipeline.model.errors import UsageError


@command
@click.argument("reference", required=False, metavar="[REF]")
@click.option(
    "--delivered", is_flag=True, help="It arrived, or the person was told otherwise: count it as sent."
)
@click.option("--send-again", is_flag=True, help="It did not arrive: send the same bytes again.")
@click.option("--all-in-doubt", is_flag=True, help="Say it of every message in doubt.")
@click.option(
    "--all-refused", is_flag=True, help="Say it of every refused message, once the cause is removed."
)
def resolve(
    setting: Setting,
    reference: str | None,
    delivered: bool,
    send_again: bool,
    all_in_doubt: bool,
    all_refused: bool,
) -> int:
    """List the messages in doubt or refused, or say what became of those to REF."""
    from pipeline.running.resolve import Order, list_doubts, list_refused
    from pipeline.running.resolve import resolve as record

    _check(reference, delivered=delivered, send_again=send_again, doubts=all_in_doubt, refused=all_refused)
    workspace, clock = setting.open()
    if delivered or send_again:
        order = Order(send_again, (reference or "").upper(), all_in_doubt, all_refused)
        console.say("\n".join(record(workspace, clock, order)))
        return 0
    found = (*list_doubts(workspace), *list_refused(workspace))
    console.say("\n".join(found) or "No message is in doubt.")
    return 1 if found else 0


def _check(reference: str | None, *, delivered: bool, send_again: bool, doubts: bool, refused: bool) -> None:
    """Refuse words that contradict each other, or that nobody can mean."""
    if delivered and send_again:
        raise UsageError("It either arrived or it did not: say --delivered or --send-again.")
    if reference and (doubts or refused):
        raise UsageError("Name one REF, or say --all-in-doubt or --all-refused; not both.")
    if not (delivered or send_again) and (doubts or refused):
        raise UsageError(
            "Say with --all-in-doubt or --all-refused what became of them: --delivered or --send-again."
        )
    if (delivered or send_again) and not (reference or doubts or refused):
        raise UsageError("Name the REF that it is said of, or say --all-in-doubt or --all-refused.")
    if delivered and refused:
        raise UsageError(
            "What was refused did not arrive. Say --send-again once the cause is removed, or --delivered with the REF "
            "of each person whom you told another way."
        )
