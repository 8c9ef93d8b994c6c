"""`convene resolve`: say what became of a message in doubt, or what is to become of a refused one."""

from typing import TYPE_CHECKING

import click

from pipeline.commands import console
from pipeline.commands.base import Setting, command, raise_if_unknown
from pipeline.model.errors import UsageError

if TYPE_CHECKING:
    from pipeline.running.resolve import Order


def _run_number(_context: click.Context, _option: click.Parameter, run: str) -> int:
    """Read `run-7` or `7`; 0 where none is named."""
    number = run.removeprefix("run-")
    if run and not number.isdecimal():
        raise click.BadParameter("write it as run-7")
    return int(number or 0)


@command
@click.argument("reference", required=False, metavar="[REF]")
@click.option(
    "--delivered", is_flag=True, help="It arrived, or the person was told otherwise: count it as sent."
)
@click.option("--send-again", is_flag=True, help="It did not arrive: send it again.")
@click.option("--all-in-doubt", is_flag=True, help="Say it of every message in doubt.")
@click.option(
    "--all-refused", is_flag=True, help="Say it of every refused message, once the cause is removed."
)
@click.option("--kind", metavar="KIND", help="Only messages of this kind.")
@click.option("--reason", metavar="TEXT", default="", help="Only where the server's last words have TEXT.")
@click.option(
    "--run", metavar="RUN", default="", callback=_run_number, help="Only what this run wrote, as run-7."
)
def resolve(
    setting: Setting,
    reference: str | None,
    delivered: bool,
    send_again: bool,
    all_in_doubt: bool,
    all_refused: bool,
    kind: str | None,
    reason: str,
    run: int,
) -> int:
    """List the messages in doubt or refused, or say what became of those to REF."""
    from pipeline.running.resolve import Order, list_doubts, list_refused
    from pipeline.running.resolve import resolve as record

    order = Order(send_again, (reference or "").upper(), all_in_doubt, all_refused, kind or "", reason, run)
    _check(order, delivered=delivered)
    workspace, clock = setting.open()
    raise_if_unknown(workspace, kind)
    if delivered or send_again:
        console.say("\n".join(record(workspace, clock, order)))
        return 0
    found = (*list_doubts(workspace, order), *list_refused(workspace, order))
    console.say("\n".join(found) or "No message is in doubt.")
    return 1 if found else 0


def _check(order: "Order", *, delivered: bool) -> None:
    """Refuse words that contradict each other, or that nobody can mean."""
    in_bulk, is_said = order.all_in_doubt or order.all_refused, delivered or order.send_again
    if delivered and order.send_again:
        raise UsageError("It either arrived or it did not: say --delivered or --send-again.")
    if order.reference and in_bulk:
        raise UsageError("Name one REF, or say --all-in-doubt or --all-refused; not both.")
    if not is_said and in_bulk:
        raise UsageError(
            "Say with --all-in-doubt or --all-refused what became of them: --delivered or --send-again."
        )
    if is_said and not (order.reference or in_bulk or order.is_narrowed):
        raise UsageError(
            "Name the REF that it is said of, or say --all-in-doubt, --all-refused, --kind, --reason or --run."
        )
    if delivered and order.all_refused:
        raise UsageError(
            "What was refused did not arrive. Say --send-again once the cause is removed, or --delivered with the REF "
            "of each person whom you told another way."
        )
