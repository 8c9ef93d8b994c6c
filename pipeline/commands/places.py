"""`convene places`: the quotas, what they cost, and what other numbers would bring."""

import click

from pipeline.commands import console
from pipeline.commands.base import JSON, Setting, command


@command
@click.option("--capacity", type=click.IntRange(min=0), metavar="N", help="What if there were N places?")
@click.option(
    "--set", "numbers", multiple=True, metavar="RULE=N", help="What if a rule had another number (country=5)?"
)
@click.option("--all", "every", is_flag=True, help="Try each rule, also where many people make it slow.")
@JSON
def places(
    setting: Setting, capacity: int | None, numbers: tuple[str, ...], every: bool, as_json: bool
) -> int:
    """Show each quota, what one place more or less would change, and what if; write nothing."""
    from contextlib import closing

    from pipeline.views import places_text
    from pipeline.views.places import try_numbers, view_places, with_numbers

    workspace, clock = setting.open(letters=False)
    call, now, limits = workspace.call, clock.now(), workspace.service.limits
    other = with_numbers(call, capacity, numbers)
    with closing(workspace.ledger()) as ledger:
        history, snapshot = ledger.history(), workspace.sheet.read()
    if other != call.places:
        tried = try_numbers(call, other, snapshot, history, now, limits)
        if as_json:
            console.show_json(places_text.what_if_json(tried))
        else:
            console.say("\n".join(places_text.what_if_lines(tried)))
        return 0
    view = view_places(call, snapshot, history, now, limits, every=every)
    if as_json:
        console.show_json(places_text.places_json(view))
    else:
        console.say("\n".join(places_text.places_heading(view)))
        console.show_table(places_text.places_table(view))
        console.say("\n".join(places_text.places_footer(view)))
    return 0
