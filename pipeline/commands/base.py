"""What all commands share: the group, the workspace they are told, signals and the log."""

import logging
import os
import signal
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.commands import console
from pipeline.model.errors import ConveneError, UsageError

if TYPE_CHECKING:
    from pipeline.running.clock import Clock
    from pipeline.running.workspace import Workspace

Command = Callable[..., int]


class Setting:
    """What every command can be told: the workspace's folder and the time to pretend."""

    def __init__(self, folder: Path, as_of: str | None) -> None:
        self.folder, self.as_of = folder, as_of

    def open(self) -> tuple["Workspace", "Clock"]:
        """Open the workspace, and the clock that the command goes by."""
        from pipeline.running.workspace import open_workspace

        workspace = open_workspace(self.folder.resolve(), os.environ)
        return workspace, self.clock(workspace)

    def clock(self, workspace: "Workspace") -> "Clock":
        """Return the machine's clock, or one that stands still at `--as-of` (in the call's zone)."""
        from pipeline.running.clock import Clock

        if self.as_of is None:
            return Clock()
        try:
            moment = datetime.fromisoformat(self.as_of)
        except ValueError:
            raise UsageError(f"--as-of {self.as_of}: not a time. Write it as 2023-08-02T07:00.") from None
        return Clock(moment if moment.tzinfo else moment.replace(tzinfo=workspace.call.zone))


DIR = click.Path(path_type=Path, file_okay=False)
"""A folder, as an argument or an option."""

_FOLDER = click.option("-C", "folder", metavar="DIR", type=DIR, help="The workspace (default: this folder).")
_AS_OF = click.option("--as-of", metavar="TIME", help="Pretend that it is this time, as 2023-08-02T07:00.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print data for a machine.")
ONLY = click.option(
    "--only",
    default="",
    metavar="REF",
    callback=lambda _context, _option, ref: ref.upper(),
    help="Only this applicant, as P-7K3F9Q.",
)
LIMIT = click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="At most N messages (start small)."
)

NEWCOMERS = click.option(
    "--newcomers", is_flag=True, help="Let all in who applied since the last run, however many they are."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="convene")
@_FOLDER
@_AS_OF
@click.pass_context
def cli(context: click.Context, folder: Path | None, as_of: str | None) -> None:
    """Run a call for participants from the organisers' own spreadsheet."""
    context.obj = (folder, as_of)


def command(function: Command) -> click.Command:
    """Make a command of the workspace: `-C` and `--as-of` may stand before or after its name."""

    @wraps(function)
    def wrapped(context: click.Context, folder: Path | None, as_of: str | None, **options: Any) -> None:
        earlier_folder, earlier_as_of = context.obj
        setting = Setting(folder or earlier_folder or Path(), as_of or earlier_as_of)
        try:
            code = function(setting, **options)
        except ConveneError as error:
            if options.get("as_json"):
                console.show_json({"failure": str(error)})
            raise
        context.exit(code)

    handed: Callable[..., None] = wrapped
    return cli.command(function.__name__)(_FOLDER(_AS_OF(click.pass_context(handed))))


def stop_on_signal() -> Event:
    """Let SIGTERM and Ctrl-C end a run between two messages; a second Ctrl-C ends it at once."""
    stop = Event()

    def ask(number: int, _frame: object) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop


def open_log(state: Path) -> logging.Logger:
    """Log to state/convene.log: one line per run, no personal data, readable by its owner only."""
    log = logging.getLogger("convene")
    if not log.handlers:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = state / "convene.log"
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False
    return log
