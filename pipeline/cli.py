"""The command line. Everything heavy is imported where it is used, so that `--help` answers at once.

Exit codes: 0 done; 1 something needs a person; 2 wrong usage or configuration; 75 try again later.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__, console
from pipeline.errors import ConveneError, UsageError
from pipeline.text import one_line

if TYPE_CHECKING:
    from pipeline.clock import Clock
    from pipeline.run import Result
    from pipeline.workspace import Workspace

Command = Callable[..., int]


class Setting:
    """What every command can be told: the workspace's folder and the time to pretend."""

    def __init__(self, folder: Path, as_of: str | None) -> None:
        self.folder, self.as_of = folder, as_of

    def open(self) -> tuple["Workspace", "Clock"]:
        """Open the workspace, and the clock that the command goes by."""
        from pipeline.workspace import open_workspace

        workspace = open_workspace(self.folder.resolve(), os.environ)
        return workspace, self.clock(workspace)

    def clock(self, workspace: "Workspace") -> "Clock":
        """Return the machine's clock, or one that stands still at `--as-of` (in the call's zone)."""
        from pipeline.clock import Clock

        if self.as_of is None:
            return Clock()
        try:
            moment = datetime.fromisoformat(self.as_of)
        except ValueError:
            raise UsageError(f"--as-of {self.as_of}: not a time. Write it as 2023-08-02T07:00.") from None
        return Clock(moment if moment.tzinfo else moment.replace(tzinfo=workspace.call.zone))


_DIR = click.Path(path_type=Path, file_okay=False)
_FOLDER = click.option("-C", "folder", metavar="DIR", type=_DIR, help="The workspace (default: this folder).")
_AS_OF = click.option("--as-of", metavar="TIME", help="Pretend that it is this time, as 2023-08-02T07:00.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print data for a machine.")


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


@cli.command()
@click.argument("folder", metavar="DIR", type=_DIR)
def init(folder: Path) -> None:
    """Make a new workspace in DIR: configuration, templates and an empty workbook."""
    from pipeline.workspace import make_workspace

    workspace = make_workspace(folder.resolve())
    console.say(f"A workspace for “{workspace.call.title}” is in {folder}. Next:")
    console.say("  1. Read and change config/call.yaml, config/service.yaml and templates/.")
    console.say(f"  2. convene -C {folder} check")
    console.say(f"  3. convene -C {folder} plan")


@command
def check(setting: Setting) -> int:
    """Try everything and send nothing: configuration, sheet, templates, mail login."""
    from pipeline.check import check as attempts

    workspace, clock = setting.open()
    codes = set()
    for name, found in attempts(workspace, clock):
        if isinstance(found, ConveneError):
            codes.add(found.exit_code)
            console.warn(f"FAILED  {name}: {found}")
        else:
            console.say(f"ok      {name}: {found}")
    return (75 if codes == {75} else 1) if codes else 0


_ONLY = click.option(
    "--only",
    default="",
    metavar="REF",
    callback=lambda _context, _option, ref: ref.upper(),
    help="Only this applicant, as P-7K3F9Q.",
)
_LIMIT = click.option(
    "--limit", type=click.IntRange(min=0), metavar="N", help="At most N messages (start small)."
)


@command
@_ONLY
@_LIMIT
@_JSON
def plan(setting: Setting, only: str, limit: int | None, as_json: bool) -> int:
    """Show what a run would do, and why; write and send nothing."""
    from contextlib import closing

    from pipeline import report
    from pipeline.plan import Scope
    from pipeline.run import plan_run

    workspace, clock = setting.open()
    with closing(workspace.ledger()) as ledger:
        planned = plan_run(workspace, ledger, clock, Scope(only, limit))
    if as_json:
        console.show_json(report.plan_json(workspace.call, planned))
    else:
        console.say(report.plan_heading(workspace.call, planned))
        console.show_table(report.plan_table(planned))
        console.show_problems((*planned.problems, *planned.doubts))
        for reason in planned.stale:
            console.warn(f"A run would stop: {reason}")
        for danger in planned.dangers:
            console.warn(f"A run would stop: {danger} (--force overrides)")
    return 1 if planned.problems or planned.doubts or planned.dangers or planned.stale else 0


@command
@_ONLY
@_LIMIT
@click.option("--force", is_flag=True, help="Go on although the plan looks unsafe.")
@_JSON
def run(setting: Setting, only: str, limit: int | None, force: bool, as_json: bool) -> int:
    """Do all that is due, once: decide, send, write back."""
    from pipeline.plan import Scope
    from pipeline.run import Orders

    workspace, clock = setting.open()
    stop = _stop_on_signal()
    with console.progress(quiet=as_json) as progress:
        orders = Orders(Scope(only, limit), force, stop.is_set, progress)
        result = _run_logged(workspace, clock, orders)
    _show_result(result, as_json=as_json)
    return result.exit_code


def _run_logged(workspace: "Workspace", clock: "Clock", orders: Any) -> "Result":
    from pipeline.run import run as run_once

    log = _open_log(workspace.state)
    try:
        return run_once(workspace, clock, orders)
    except ConveneError as error:
        log.error("not run: %s", one_line(str(error)))
        raise


def _show_result(result: "Result", *, as_json: bool) -> None:
    from pipeline import report

    if as_json:
        console.show_json(report.result_json(result))
        return
    console.say(str(result))
    console.show_problems(result.problems)
    if result.failure:
        console.warn(str(result.failure))


def _stop_on_signal() -> Event:
    """Let SIGTERM and Ctrl-C end a run between two messages; a second Ctrl-C ends it at once."""
    stop = Event()

    def ask(number: int, _frame: object) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop


def _open_log(state: Path) -> logging.Logger:
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


@command
def schedule(setting: Setting) -> int:
    """Run every day at the times in config/service.yaml, until stopped."""
    from pipeline.run import Orders
    from pipeline.run import run as run_once
    from pipeline.scheduler import keep_running

    if setting.as_of:
        raise UsageError("schedule goes by the real clock: --as-of is for single runs.")
    workspace, _ = setting.open()
    times = workspace.service.run_at
    if not times:
        raise UsageError('config/service.yaml names no time under schedule.at. Add one, as "07:00".')
    stop = _stop_on_signal()
    _open_log(workspace.state)

    def job() -> None:
        fresh, clock = setting.open()  # the configuration may have changed since yesterday
        try:
            _show_result(run_once(fresh, clock, Orders(is_stopped=stop.is_set)), as_json=False)
        except ConveneError as error:
            console.warn(str(error))
            raise

    console.say(f"Running every day at {', '.join(times)} ({workspace.call.zone.key}); stop with Ctrl-C.")
    keep_running(times, workspace.call.zone, job, stop)
    return 0


@command
@_JSON
def status(setting: Setting, as_json: bool) -> int:
    """Show where everybody stands; write nothing."""
    from contextlib import closing

    from pipeline import report
    from pipeline.overview import look

    workspace, clock = setting.open()
    with closing(workspace.ledger()) as ledger:
        points = look(workspace.call, workspace.sheet.read(), ledger.history(), clock.now())
    if as_json:
        console.show_json(report.status_json(points))
    else:
        console.show_table(report.status_table(points))
        console.say(report.status_counts(points))
    return 0


@command
@click.argument("reference", required=False, metavar="[REF]")
@click.option("--delivered", is_flag=True, help="It arrived: count it as sent.")
@click.option("--send-again", is_flag=True, help="It did not: send the same bytes again.")
def resolve(setting: Setting, reference: str | None, delivered: bool, send_again: bool) -> int:
    """List the messages in doubt, or say what became of the one to REF."""
    from pipeline.resolve import list_doubts, resolve_doubt

    if delivered and send_again:
        raise UsageError("It either arrived or it did not: say --delivered or --send-again.")
    workspace, clock = setting.open()
    if reference is None or not (delivered or send_again):
        doubts = list_doubts(workspace)
        console.say("\n".join(doubts) or "No message is in doubt.")
        return 1 if doubts else 0
    console.say(resolve_doubt(workspace, clock, reference.upper(), send_again=send_again))
    return 0


@command
@click.option("--outbox", metavar="DIR", type=_DIR, help="A copy of the outbox: the letters that went out.")
@click.option("--yes", is_flag=True, help="Take it over; without this, it is only shown.")
def adopt(setting: Setting, outbox: Path | None, yes: bool) -> int:
    """Show, or take over, what the sheet knows and the ledger does not."""
    from pipeline.takeover import show_belief, take_over

    workspace, clock = setting.open()
    belief = take_over(workspace, clock, outbox) if yes else show_belief(workspace, outbox)
    for line in belief.lines():
        console.say(line)
    console.say(str(belief))
    if not yes and not belief.is_empty:
        console.say("Nothing was changed. `convene adopt --yes` takes it over; then look at `convene plan`.")
    return 0


@cli.command()
@click.argument(
    "folder", metavar="[DIR]", default="convene-demo", type=click.Path(path_type=Path, file_okay=False)
)
def demo(folder: Path) -> None:
    """Live through an invented call in DIR, from the first response to the last place."""
    from pipeline.demo.story import tell

    tell(folder.resolve())


def main() -> None:
    """Run the command line; every failure ends here, as one message and an exit code."""
    try:
        cli()
    except ConveneError as error:
        console.warn(str(error))
        sys.exit(error.exit_code)
