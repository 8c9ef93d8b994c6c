"""`convene seen`: what needs a person, and that somebody knows of it."""

import click

from pipeline.commands import console
from pipeline.commands.base import JSON, Setting, command, shell_user
from pipeline.model.errors import UsageError


@command
@click.argument("names", nargs=-1, metavar="[CODE|REF]...")
@click.option("--all", "everything", is_flag=True, help="All that is listed now.")
@JSON
def seen(setting: Setting, names: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """List what needs a person, or mark as seen what you know of: it stays listed and runs end with 0."""
    from pipeline.running.seen import list_open, see
    from pipeline.views.needs import needs_json, needs_table

    if names and everything:
        raise UsageError("Name what you have seen, or say --all; not both.")
    workspace, clock = setting.open()
    needs = see(workspace, clock, names, shell_user()) if names or everything else list_open(workspace, clock)
    if as_json:
        console.show_json(needs_json(needs))
    elif needs:
        console.show_table(needs_table(needs, workspace.call.zone))
    else:
        console.say("Nothing needs a person.")
    return int(any(not need.is_seen for need in needs))
