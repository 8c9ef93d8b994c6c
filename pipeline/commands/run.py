"""`convene run` and `convene schedule`: do what is due, once or every day."""

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from pipeline.commands import console
from pipeline.commands.base import JSON, LIMIT, NEWCOMERS, ONLY, Setting, command, stop_on_signal, told_of
from pipeline.model.errors import ConveneError, UsageError
from pipeline.model.text import counted, one_line

if TYPE_CHECKING:
    from pipeline.model.report import Report
    from pipeline.running.clock import Clock
    from pipeline.running.orders import Orders
    from pipeline.running.workspace import Workspace

# What plans and sends takes longer to import than a run with nothing to do takes: it is imported where one has.


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
    is_routine = not (only or newcomers or first_run_here or force) and limit is None
    workspace, clock, report = _open(setting, may_rest=is_routine)
    if report is None:
        from pipeline.planning.plan import Scope
        from pipeline.running.orders import Orders

        stop = stop_on_signal()
        with console.progress(quiet=as_json) as progress:
            scope = Scope(only, limit, newcomers)
            orders = Orders(scope, force, stop.is_set, progress, console.warn, first_run_here)
            report = _go_the_whole_way(workspace, clock, orders)
    _show(report, as_json=as_json)
    return report.exit_code


def _open(setting: Setting, *, may_rest: bool) -> "tuple[Workspace, Clock, Report | None]":
    """Open workspace and log for a run; organisers hear of it where that fails. With a report, the run is done."""
    from pipeline.running.log import open_log
    from pipeline.running.opening import open_watched
    from pipeline.running.rest import repeat

    def open_it() -> "tuple[Workspace, Clock, Report | None]":
        workspace, clock = setting.open(letters=False)
        open_log(workspace.state, console.warn, console.clean)
        report = repeat(workspace, clock, console.warn) if may_rest else None
        if report is None:
            workspace.read_templates()
        return workspace, clock, report

    return open_watched(setting.folder.resolve(), os.environ, open_it, console.warn)


def _go_the_whole_way(workspace: "Workspace", clock: "Clock", orders: "Orders") -> "Report":
    from dataclasses import replace

    from pipeline.model.report import to_text
    from pipeline.running.watched import run_watched
    from pipeline.views.run import report

    try:
        kept = replace(orders, kept=lambda result: to_text(report(result, workspace.call)))
        return report(run_watched(workspace, clock, kept), workspace.call)
    except ConveneError as error:
        import logging

        logging.getLogger("convene").error("not run: %s", one_line(str(error)))
        raise


def _show(report: "Report", *, as_json: bool) -> None:
    if as_json:
        console.show_json(report.data)
        return
    for line in report.said:
        console.say(line)
    console.show_under_heading(report.needs)
    if report.failure:
        console.warn(report.failure)


@command
def schedule(setting: Setting) -> int:
    """Run every day at the times in config/service.yaml, when an attempt is due, and when the sheet asks for it."""
    from pipeline.running.lookout import is_asked
    from pipeline.running.orders import Orders
    from pipeline.running.scheduler import NEVER, keep_running

    if setting.as_of:
        raise UsageError("schedule goes by the real clock: --as-of is for single runs.")
    workspace, _, _ = _open(setting, may_rest=False)
    times = workspace.service.run_at
    if not times:
        raise UsageError('config/service.yaml names no time under schedule.at. Add one, as "07:00".')
    stop = stop_on_signal()

    def job() -> datetime | None:
        nonlocal workspace
        try:
            # The configuration may have changed since yesterday.
            workspace, clock, report = _open(setting, may_rest=True)
            orders = Orders(is_stopped=stop.is_set, tell=console.warn)
            report = report or _go_the_whole_way(workspace, clock, orders)
            _show(report, as_json=False)
        except (ConveneError, OSError) as error:
            told = told_of(error)
            console.warn(str(told))
            raise told from error
        return report.again

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
