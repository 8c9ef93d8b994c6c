"""A run: gather, decide, apply. `plan_run` and `run` differ in the last step only."""

import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.decisions.decide import Verdict
from pipeline.ledger.sqlite import Ledger, Prepared, Records
from pipeline.messages.compose import compose, make_message_id
from pipeline.messages.render import make_context, render
from pipeline.model.address import is_loopback
from pipeline.model.applicant import Eligibility
from pipeline.model.errors import ConveneError
from pipeline.model.history import History, is_pausing
from pipeline.model.message import Kind, Letter, Message, Rendered
from pipeline.model.problem import Problem
from pipeline.model.settings import SmtpSettings
from pipeline.model.sheet import Stamp
from pipeline.model.text import counted
from pipeline.planning.due import Render, mail_problems
from pipeline.planning.plan import EVERYTHING, Plan, Scope, make_plan
from pipeline.planning.result import Result, Tally
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.sending import Sending, Watch, recover
from pipeline.running.workspace import Workspace
from pipeline.running.write_back import SheetWatch, WriteBack

log = logging.getLogger("convene")


@dataclass(frozen=True, slots=True)
class Orders:
    """What a person asked of a run. `is_stopped` is asked before each message, `progress` told of each."""

    scope: Scope = EVERYTHING
    force: bool = False
    is_stopped: Callable[[], bool] = lambda: False
    progress: Callable[[int, int], None] = lambda _done, _total: None


ROUTINE = Orders()


def plan_run(workspace: Workspace, ledger: Ledger, clock: Clock, scope: Scope = EVERYTHING) -> Plan:
    """Gather and decide: read the clock, the ledger and the sheet once each, and work out the plan."""
    now = clock.now()
    history, snapshot = ledger.history(), workspace.sheet.read()
    limits = workspace.service.limits
    plan = make_plan(workspace.call, limits, _renderer(workspace, now), snapshot, history, now, scope)
    plan = replace(plan, dangers=(*plan.dangers, *_rehearsal(workspace, clock, plan)))
    nobody = _reached_nobody(workspace, history)
    if plan.sends:
        return replace(plan, dangers=(*plan.dangers, *map(str, nobody)))
    return replace(plan, problems=(*plan.problems, *nobody))


def run(workspace: Workspace, clock: Clock, orders: Orders = ROUTINE) -> Result:
    """Do all that is due, once. Running again with nothing new does nothing.

    Raises LockHeld, UnsafePlan, and whatever gathering raises, before anything was written or sent. What
    goes wrong later is in the result: results so far are on disk, and the next run goes on.
    """
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        calls = workspace.sheet.calls
        tally = recover(ledger, workspace.mailer(), workspace.service.mail.via, clock)
        plan = plan_run(workspace, ledger, clock, orders.scope)
        plan.raise_if_stale()
        if not orders.force:
            plan.raise_if_unsafe()
        result = _apply(workspace, ledger, plan, clock, orders, tally)
        result = replace(result, api_calls=workspace.sheet.calls - calls)
    log.info("%s", result)
    return result


def _apply(
    workspace: Workspace, ledger: Ledger, plan: Plan, clock: Clock, orders: Orders, tally: Tally
) -> Result:
    """Record what is new; send what is due; bring the sheet up to date."""
    run_id, failure, writer = "", None, WriteBack(workspace, ledger, plan, orders.scope)
    if not plan.is_empty:
        number = ledger.begin(plan.now)
        if plan.sends:
            run_id, tally, failure = _deliver(writer, number, clock, orders, tally)
        else:
            workspace.sheet.set_up()
            run_id, _ = ledger.prepare(_records(workspace, plan, ledger.history().secret), plan.now, number)
            failure = writer.write(_closing(plan, orders.scope, ledger, number) if plan.left_open else None)
    ledger.remember_rows(len(plan.assessment.entries))
    problems = (*plan.problems, *mail_problems(ledger.history()))
    failure = tally.stopped or failure
    return Result(run_id, tally, len(writer.changed), problems, failure, account=plan.account)


def _deliver(
    writer: WriteBack, number: int, clock: Clock, orders: Orders, tally: Tally
) -> tuple[str, Tally, ConveneError | None]:
    """Take the sheet, record, send, write back; return the run's id, what became of the messages, what failed.

    Do not change the order: the run is counted before the sheet is stamped with it (a kill in between must not
    make this ledger look old); nothing is recorded before the sheet was written to, so that a ledger lost from
    now on is missed: the stamp says that a run is sending until the rows show what it sent. The closing stamp has
    a number of its own: a copy of the ledger that was made while this run was sending is behind.
    """
    workspace, ledger, plan = writer.workspace, writer.ledger, writer.plan
    history = ledger.history()
    records = _records(workspace, plan, history.secret)
    with workspace.sheet.lease(Stamp(history.ledger, number, sending=True), set_up=True):
        run_id, new = ledger.prepare(records, plan.now, number)
        ids = (*(message.id for message in plan.resumed), *new)
        tally = _send(writer, ids, clock, orders, tally)
        failure = writer.write(_closing(plan, orders.scope, ledger, ledger.begin(plan.now)))
    return run_id, tally, failure


def _closing(plan: Plan, scope: Scope, ledger: Ledger, number: int) -> Stamp | None:
    """Return the stamp that says that the rows show all that was sent; none where they do for one person only."""
    return None if plan.left_open and scope.only else Stamp(ledger.history().ledger, number)


def _send(writer: WriteBack, ids: tuple[int, ...], clock: Clock, orders: Orders, tally: Tally) -> Tally:
    ledger, workspace = writer.ledger, writer.workspace
    if any(is_pausing(message, clock.now()) for message in ledger.history().posted):
        return replace(tally, waiting=len(ids))
    watch = Watch(orders.is_stopped, SheetWatch(writer), orders.progress)
    return Sending(ledger, workspace.mailer, workspace.service.mail, clock, watch).send(ids, tally)


def _records(workspace: Workspace, plan: Plan, secret: str) -> Records:
    prepared = tuple(
        Prepared(message, _letter(workspace, message, secret, plan)) for message in plan.messages
    )
    cancelled = tuple(message.id for message in plan.cancelled)
    return Records(plan.people, plan.responses, plan.standings, prepared, cancelled)


def _letter(workspace: Workspace, message: Message, secret: str, plan: Plan) -> Letter:
    """Make the bytes that leave; they are stored before sending and never made again."""
    call, sender = workspace.call, workspace.service.mail.sender
    domain = sender.address.rpartition("@")[2]
    message_id = make_message_id(message.reference, message.kind, message.revision, call.id, secret, domain)
    data = compose(message, sender, call.reply_to, message_id, plan.now, call.id)
    return Letter(sender.address, message.to, message_id, data)


def _renderer(workspace: Workspace, now: datetime) -> Render:
    """Fill in templates; a reply-by date that has passed is not named any more."""
    call = workspace.call
    if call.dates.reply_by and call.dates.reply_by < now:
        call = replace(call, dates=replace(call.dates, reply_by=None))

    def fill_in(kind: Kind, verdict: Verdict) -> Rendered:
        found = verdict.case.classification
        held = found.eligibility is Eligibility.HELD
        person, late = verdict.case.applicant, verdict.case.late
        context = make_context(call, person, category=found.category, late=late, held=held)
        return render(workspace.templates, kind, context)

    return fill_in


def _rehearsal(workspace: Workspace, clock: Clock, plan: Plan) -> tuple[str, ...]:
    """Warn of a rehearsal that would write to real people."""
    transport = workspace.service.mail.transport
    if not (clock.as_of and plan.sends and isinstance(transport, SmtpSettings)):
        return ()
    if is_loopback(transport.host):
        return ()
    return (f"--as-of sets a made-up date, and mail would really go out through {transport.host}.",)


def _reached_nobody(workspace: Workspace, history: History) -> tuple[Problem, ...]:
    """Warn where a trial into the local outbox would be taken for mail that went out."""
    tried = [message for message in history.posted if message.via]
    if workspace.service.mail.via == "outbox" or not tried or tried[-1].via != "outbox":
        return ()
    count = sum(message.via == "outbox" for message in tried)
    what = f"{counted(count, 'message')} went to the local outbox only and reached nobody"
    way_out = "To begin anew, delete the folder state/ and Convene's columns in the sheet"
    return (Problem("mail", what, way_out),)
