"""What all commands share: the group, the workspace they are told, signals and the log."""

import os
import signal
from collections.abc import Callable
from datetime import datetime
from errno import EPIPE
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.commands import console
from pipeline.commands.named import HELP, module_of
from pipeline.model.errors import ConveneError, UsageError

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from pipeline.running.clock import Clock
    from pipeline.running.workspace import Workspace

Command = Callable[..., int]


class Setting:
    """What every command can be told: the workspace's folder and the time to pretend."""

    def __init__(self, folder: "Path", as_of: str | None) -> None:
        self.folder, self.as_of = folder, as_of

    def open(self, *, letters: bool = True) -> tuple["Workspace", "Clock"]:
        """Open the workspace, and the clock that the command goes by; with its templates, unless it needs no `letters`.

        Raises ConfigError and TemplateError.
        """
        from pipeline.running.credentials import with_credentials
        from pipeline.running.workspace import open_workspace

        workspace = open_workspace(self.folder.resolve(), with_credentials(os.environ))
        console.hide(workspace.service.secrets)
        if letters:
            workspace.read_templates()  # a fault in one is told before anything else is looked at
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


def raise_if_unknown(workspace: "Workspace", kind: str | None) -> None:
    """Raise UsageError for a kind of message that neither Convene nor the call has."""
    from pipeline.model.kinds import KINDS
    from pipeline.model.suggest import did_you_mean
    from pipeline.model.text import quote

    known = (*KINDS, *workspace.call.messages)
    if kind and kind not in known:
        raise UsageError(
            f"There is no kind of message {quote(kind)}. {did_you_mean(kind, dict.fromkeys(known))}"
        )


class Folder(click.Path):
    """A folder's path; `pathlib` is only imported where one is given."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        from pathlib import Path

        return Path(os.fsdecode(super().convert(value, parameter, context)))


DIR = Folder(file_okay=False)
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


class Commands(click.Group):
    """The commands; the module of one is imported when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(HELP)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in HELP:
            import_module(module_of(name))
        return super().get_command(context, name)

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table, as click would of the commands themselves."""
        width = formatter.width - 6 - max(map(len, HELP))
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, click.Command(name, help=text).get_short_help_str(width))
                    for name, text in HELP.items()
                ]
            )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="convene")
@_FOLDER
@_AS_OF
@click.pass_context
def cli(context: click.Context, folder: "Path | None", as_of: str | None) -> None:
    """Run a call for participants from the organisers' own spreadsheet."""
    context.obj = (folder, as_of)


def command(function: Command) -> click.Command:
    """Make a command of the workspace: `-C` and `--as-of` may stand before or after its name."""

    @wraps(function)
    def wrapped(context: click.Context, folder: "Path | None", as_of: str | None, **options: Any) -> None:
        from pathlib import Path

        earlier_folder, earlier_as_of = context.obj
        setting = Setting(folder or earlier_folder or Path(), as_of or earlier_as_of)
        try:
            code = function(setting, **options)
        except (ConveneError, OSError) as error:
            told = told_of(error)
            if options.get("as_json"):
                console.show_json({"failure": str(told)})
            raise told from error
        context.exit(code)

    handed: Callable[..., None] = wrapped
    return cli.command(function.__name__.replace("_", "-"))(_FOLDER(_AS_OF(click.pass_context(handed))))


def told_of(error: ConveneError | OSError) -> ConveneError:
    """Return what a person is told: every refusal of the operating system is a sentence, too."""
    if isinstance(error, ConveneError):
        return error
    if error.errno == EPIPE:  # whoever read what is shown has read enough: click ends quietly
        raise error
    from pipeline.model.disk import cannot_use

    return cannot_use(error.filename, error)


def shell_user() -> str:
    """Name the shell's user; where the machine does not know, the command line."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):  # a container whose user has no entry in its list of users
        return "the command line"


def stop_on_signal() -> "Event":
    """Let SIGTERM and Ctrl-C end a run between two messages; a second Ctrl-C ends it at once."""
    from threading import Event

    stop = Event()

    def ask(number: int, _frame: object) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop
