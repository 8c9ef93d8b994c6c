"""`convene run` and `convene schedule`: do what is due, once or every day."""

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands import console
from pipeline.commands.base import JSON, LIMIT, NEWCOMERS, ONLY, Setting, command, stop_on_signal, told_of
from pipeline.model.errors import ConveneError, UsageError
from pipeline.model.text import counted, one_line

if TYPE_CHECKING:
    from pipeline.planning.result import Result
    from pipeline.running.clock import Clock
    from pipeline.running.workspace import Workspace


@command
@ONLY
@LIMIT
@NEWCOMERS
@click.option(
    "--first-run-here",
    is_flag=True,
    help="This folder is the newest, though no witness on this machine knows it.",
)
@click.option("--force", is_flag=True, help="Go on although the plan looks unsafe.")
@JSON
def run(
    setting: Setting,
    only: str,
    limit: int | None,
    newcomers: bool,
    first_run_here: bool,
    force: bool,
    as_json: bool,
) -> int:
    """Do all that is due, once: decide, send, write back."""
    from pipeline.planning.plan import Scope
    from pipeline.running.run import Orders

    workspace, clock = _open(setting)
    stop = stop_on_signal()
    with console.progress(quiet=as_json) as progress:
        orders = Orders(
            Scope(only, limit, newcomers), force, stop.is_set, progress, console.warn, first_run_here
        )
        result = _run_logged(workspace, clock, orders)
    _show_result(result, workspace, as_json=as_json)
    return result.exit_code


def _open(setting: Setting) -> "tuple[Workspace, Clock]":
    """Open workspace and log for a run; organisers hear of it where that fails."""
    from pipeline.running.log import open_log
    from pipeline.running.watched import open_watched

    def open_it() -> "tuple[Workspace, Clock]":
        workspace, clock = setting.open()
        open_log(workspace.state, console.warn, console.clean)
        return workspace, clock

    return open_watched(setting.folder.resolve(), os.environ, open_it, console.warn)


def _run_logged(workspace: "Workspace", clock: "Clock", orders: Any) -> "Result":
    from pipeline.running.watched import run_watched

    try:
        return run_watched(workspace, clock, orders)
    except ConveneError as error:
        import logging

        logging.getLogger("convene").error("not run: %s", one_line(str(error)))
        raise


def _show_result(result: "Result", workspace: "Workspace", *, as_json: bool) -> None:
    from pipeline.views.run import braked_lines, result_json

    if as_json:
        console.show_json(result_json(result))
        return
    console.say(str(result))
    for note in result.account.notes() if result.account else ():
        console.say(note)
    for note in (*result.notes, *braked_lines(result.braked)):
        console.say(note)
    console.show_needs(result.needs, workspace.call)
    if result.failure:
        console.warn(str(result.failure))


@command
def schedule(setting: Setting) -> int:
    """Run every day at the times in config/service.yaml, when an attempt is due, and when the sheet asks for it."""
    from pipeline.running.lookout import is_asked
    from pipeline.running.run import Orders
    from pipeline.running.scheduler import NEVER, keep_running
    from pipeline.running.watched import run_watched

    if setting.as_of:
        raise UsageError("schedule goes by the real clock: --as-of is for single runs.")
    workspace, _ = _open(setting)
    times = workspace.service.run_at
    if not times:
        raise UsageError('config/service.yaml names no time under schedule.at. Add one, as "07:00".')
    stop = stop_on_signal()

    def job() -> datetime | None:
        nonlocal workspace
        try:
            workspace, clock = _open(setting)  # the configuration may have changed since yesterday
            result = run_watched(workspace, clock, Orders(is_stopped=stop.is_set, tell=console.warn))
            _show_result(result, workspace, as_json=False)
        except (ConveneError, OSError) as error:
            told = told_of(error)
            console.warn(str(told))
            raise told from error
        return result.waits.again

    minutes = round(workspace.service.look_every / timedelta(minutes=1))
    looks = f", looking at the sheet every {counted(minutes, 'minute')}" if minutes else ""
    console.say(
        f"Running every day at {', '.join(times)} ({workspace.call.zone.key}){looks}; stop with Ctrl-C."
    )
    keep_running(
        times,
        workspace.call.zone,
        job,
        stop,
        look=lambda: is_asked(workspace),
        look_every=workspace.service.look_every or NEVER,
    )
    return 0
