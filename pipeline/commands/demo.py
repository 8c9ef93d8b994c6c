"""`convene demo`: an invented call, lived through."""

from pathlib import Path

import click

from pipeline.commands.base import DIR, cli


@cli.command()
@click.argument("folder", metavar="[DIR]", default="convene-demo", type=DIR)
def demo(folder: Path) -> None:
    """Live through an invented call in DIR, from the first response to the thanks."""
    from pipeline.commands.demo_call.story import tell

    tell(folder.resolve())
