"""`convene init`: make a new workspace."""

from pathlib import Path

import click

from pipeline.commands import console
from pipeline.commands.base import DIR, cli


@cli.command()
@click.argument("folder", metavar="DIR", type=DIR)
@click.option(
    "--like", metavar="CALL", default="", help="Make it like another call: school, exchange or residency."
)
def init(folder: Path, like: str) -> None:
    """Make a new workspace in DIR: configuration, templates and an empty workbook.

    With --like, it is one of three calls of other kinds, with invented responses in its workbook: a training school
    (three pools with their own money), a youth exchange (in German: a leader and five participants from each of four
    countries), a residency for artists (in French: a jury's marks, two rounds). Try it with plan --as-of.
    """
    from pipeline.running.new_workspace import make_workspace

    workspace = make_workspace(folder.resolve(), like)
    console.say(f"A workspace for “{workspace.call.title}” is in {folder}. Next:")
    console.say("  1. Read and change config/call.yaml, config/service.yaml and templates/.")
    console.say(f"  2. convene -C {folder} setup")
    console.say(f"  3. convene -C {folder} check")
    console.say(f"  4. convene -C {folder} plan")
