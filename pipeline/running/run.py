"""A run: gather, decide, apply. `plan_run` and `run` differ in the last step only."""

import logging
from contextlib import closing
from dataclasses import replace
from functools import partial

from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.sqlite import Ledger
from pipeline.model.errors import ConveneError
from pipeline.model.history import History, Posted, is_pausing
from pipeline.model.sheet import Stamp
from pipeline.model.witness import reached_by
from pipeline.planning.digest import find_news
from pipeline.planning.due import in_order
from pipeline.planning.letters import write_copies, write_letter
from pipeline.planning.mail_problems import mail_problems
from pipeline.planning.make_plan import make_plan
from pipeline.planning.needs import newly_seen, note
from pipeline.planning.plan import EVERYTHING, Plan, Scope
from pipeline.planning.recheck import says_as_planned
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.planning.waits import find_waits
from pipeline.running.clock import Clock
from pipeline.running.collector import collector_at_rest
from pipeline.running.copies import send_copies
from pipeline.running.diary import say_how, written_down
from pipeline.running.erasure import drop_unagreed, erase_due
from pipeline.running.keep_rest import keep_rest
from pipeline.running.lock import hold_lock
from pipeline.running.orders import ROUTINE as ROUTINE
from pipeline.running.orders import Orders as Orders
from pipeline.running.outside import Outside, look_outside, with_witness
from pipeline.running.preview_file import forget_preview
from pipeline.running.rest import mark_of
from pipeline.running.sending import Sending, Watch, recover
from pipeline.running.tab import told_in_tab
from pipeline.running.workspace import Workspace
from pipeline.running.write_back import SheetWatch, WriteBack

log = logging.getLogger("convene")


def plan_run(workspace: Workspace, ledger: Ledger, clock: Clock, scope: Scope = EVERYTHING) -> Plan:
    """Gather and decide: read the clock, the ledger, the sheet and the witness, and work out the plan."""
    with collector_at_rest():
        return _plan(workspace, ledger, clock, look_outside(workspace, clock), Orders(scope))


def _plan(workspace: Workspace, ledger: Ledger, clock: Clock, outside: Outside, orders: Orders) -> Plan:
    now, history, snapshot = clock.now(), ledger.history(), workspace.sheet.read()
    call, service, templates = workspace.call, workspace.service, workspace.templates
    is_rehearsal = clock.as_of is not None
    plan = make_plan(
        call, service, templates, snapshot, history, now, orders.scope, is_rehearsal=is_rehearsal
    )
    return with_witness(plan, outside, call.id, first_run_here=orders.first_run_here)


def run(workspace: Workspace, clock: Clock, orders: Orders = ROUTINE) -> Result:
    """Do all that is due, once. Running again with nothing new does nothing.

    Raises LockHeld, UnsafePlan, and whatever gathering raises, before anything was written or sent. What
    goes wrong later is in the result: results so far are on disk, and the next run goes on.
    """
    how = say_how(orders.scope, clock, force=orders.force)
    with (
        collector_at_rest(),
        hold_lock(workspace.state / "lock", clock.now()),
        closing(workspace.ledger()) as ledger,
        written_down(workspace, ledger, clock, how) as end,
        told_in_tab(workspace, ledger, clock) as tab,
    ):
        orders.begun()
        mark = mark_of(workspace, ledger, clock)
        calls = workspace.sheet.calls
        notes = erase_due(workspace, ledger, clock, force=orders.force)
        outside = look_outside(workspace, clock)
        how_ended = partial(outside.how_ended, ledger)
        tally = recover(ledger, workspace.mailer(), workspace.service.mail.via, clock, how_ended)
        plan = tab.plan = _plan(workspace, ledger, clock, outside, orders)
        plan.raise_if_stale()
        if not orders.force:
            _raise_if_unsafe(ledger, plan)
        witness = partial(outside.record, plan.history.ledger, workspace.call.id)
        # Before anything is sent: a kill between the first commit and its record must not make it look unwitnessed.
        if plan.sends or plan.is_first_here:
            witness(reached_by(plan.history))
        if plan.sends:
            forget_preview(workspace.state)
        ledger.be_witnessed(witness, outside.group(workspace.service))
        result, history = _apply(workspace, ledger, plan, clock, orders, tally)
        if not result.failure:
            notes = (*notes, *send_copies(workspace, ledger, plan, history, clock, orders, witness))
        drop_unagreed(ledger, plan)
        result = tab.show(replace(result, notes=notes), history)
        result = replace(result, api_calls=workspace.sheet.calls - calls)
        end(result)
        keep_rest(workspace, ledger, clock, orders, plan, result, mark)
    log.info("%s", result)
    return result


def _raise_if_unsafe(ledger: Ledger, plan: Plan) -> None:
    """Refuse an unsafe plan; what needs a person is remembered all the same, with since when."""
    if plan.dangers:
        known = plan.history.notes
        noted = note(plan.needs, plan.controls.seen, known, is_whole=plan.scope == EVERYTHING)
        ledger.note(noted, newly_seen(plan.needs, known))
    plan.raise_if_unsafe()


def _apply(
    workspace: Workspace, ledger: Ledger, plan: Plan, clock: Clock, orders: Orders, tally: Tally
) -> tuple[Result, History]:
    """Record what is new; send what is due; bring the sheet up to date. Return what the ledger holds then, too."""
    run_id, failure, sheet = "", None, WriteBack(workspace, ledger, plan)
    if not plan.is_empty:
        number = ledger.begin(plan.now)
        if plan.sends:
            run_id, tally, failure = _deliver(sheet, number, clock, orders, tally)
        else:
            workspace.sheet.set_up()
            run_id, _ = ledger.prepare(_records(workspace, plan), plan.now, number)
            failure = sheet.write(_closing(plan, number) if plan.left_open else None)
        if plan.proposal and not failure:
            ledger.propose(plan.proposal)
    workspace.sheet.acknowledge()
    needs = plan.needs_after(mail_problems(sheet.history), tally.outdated)
    notes = note(needs, plan.controls.seen, plan.history.notes, is_whole=plan.scope == EVERYTHING)
    answers, words = (plan.answers, plan.words) if plan.is_empty else ({}, ())
    happened = (*words, *newly_seen(needs, plan.history.notes))
    ledger.remember(plan.assessment.filled_rows, answers, notes, happened)
    waits = find_waits(plan, sheet.history, tally, clock.now(), workspace.service.mail.retry_after)
    again = waits.again and waits.again.astimezone(workspace.call.zone)
    result = Result(
        run_id,
        tally,
        len(sheet.changed),
        needs,
        tally.stopped or failure,
        account=plan.account,
        braked=plan.braked,
        waits=replace(waits, again=again),
        news=find_news(workspace.call, plan, sheet.history, plan.now),
    )
    return result, sheet.history


def _deliver(
    sheet: WriteBack, number: int, clock: Clock, orders: Orders, tally: Tally
) -> tuple[str, Tally, ConveneError | None]:
    """Take the sheet, record, send, write back; return the run's id, what became of the messages, what failed.

    Do not change the order: the run is counted before the sheet is stamped with it (a kill in between must not
    make this ledger look old); nothing is recorded before the sheet was written to, so that a ledger lost from
    now on is missed: the stamp says that a run is sending until the rows show what it sent. The closing stamp has
    a number of its own: a copy of the ledger that was made while this run was sending is behind.
    """
    workspace, ledger, plan = sheet.workspace, sheet.ledger, sheet.plan
    with workspace.sheet.lease(Stamp(plan.history.ledger, number, sending=True), set_up=True):
        run_id, new = ledger.prepare(_records(workspace, plan), plan.now, number)
        ids = _in_order(plan, new)
        tally = _send(sheet, ids, clock, orders, tally)
        failure = sheet.write(_closing(plan, ledger.begin(plan.now)))
    return run_id, tally, failure


def _in_order(plan: Plan, new: tuple[int, ...]) -> tuple[int, ...]:
    """Return the ids of all that leaves, in its order; `new` are those of the plan's new messages."""
    written = iter(new)
    return tuple(
        one.id if isinstance(one, Posted) else next(written) for one in in_order(plan.resumed, plan.messages)
    )


def _closing(plan: Plan, number: int) -> Stamp | None:
    """Return the stamp that says that the rows show all that was sent; none where they do for one person only."""
    return None if plan.left_open and plan.scope.only else Stamp(plan.history.ledger, number)


def _send(sheet: WriteBack, ids: tuple[int, ...], clock: Clock, orders: Orders, tally: Tally) -> Tally:
    ledger, workspace = sheet.ledger, sheet.workspace
    if any(is_pausing(message, clock.now()) for message in sheet.plan.history.posted):
        return tally
    effects = {(effect.reference, effect.kind): effect for effect in sheet.plan.effects}
    watch = Watch(
        *(orders.is_stopped, SheetWatch(sheet), orders.progress, orders.tell),
        says=lambda one: says_as_planned(effects.get((one.reference, one.kind)), one.letter),
    )
    mail, limits = workspace.service.mail, workspace.service.limits
    return Sending(ledger, workspace.mailer, mail, clock, watch, limits, orders.notices).send(ids, tally)


def _records(workspace: Workspace, plan: Plan) -> Records:
    """Return what the ledger is to hold; each letter is made as the ledger takes it, never all at once."""
    call, sender, secret = workspace.call, workspace.service.mail.sender, plan.history.secret
    effects = {(effect.reference, effect.kind): effect for effect in plan.effects}
    letters = (
        Prepared(
            message,
            write_letter(call, sender, message, secret, plan.now),
            effects[message.reference, message.kind],
            write_copies(call, sender, message, secret, plan.now),
        )
        for message in plan.messages
    )
    cancelled = tuple(message.id for message in plan.cancelled)
    settled = plan.settled
    return Records(
        plan.people,
        plan.responses,
        plan.standings,
        letters,
        cancelled,
        plan.answers,
        settled.settlements,
        settled.heard,
        plan.words,
        plan.releases,
    )
