"""`convene init`: make a new workspace."""

from pathlib import Path

import click

from pipeline.commands import console
from pipeline.commands.base import DIR, cli


@cli.command()
@click.argument("folder", metavar="DIR", type=DIR)
def init(folder: Path) -> None:
    """Make a new workspace in DIR: configuration, templates and an empty workbook."""
    from pipeline.running.workspace import make_workspace

    workspace = make_workspace(folder.resolve())
    console.say(f"A workspace for “{workspace.call.title}” is in {folder}. Next:")
    console.say("  1. Read and change config/call.yaml, config/service.yaml and templates/.")
    console.say(f"  2. convene -C {folder} setup")
    console.say(f"  3. convene -C {folder} check")
    console.say(f"  4. convene -C {folder} plan")
