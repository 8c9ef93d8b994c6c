"""What speaks against a plan: each a sentence, all of them in one place."""

from collections.abc import Iterator

from pipeline.intake.admission import is_newcomer
from pipeline.intake.memory import Memory
from pipeline.model.address import is_loopback
from pipeline.model.call import Call, is_over
from pipeline.model.history import History
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.model.settings import Limits, Service, SmtpSettings
from pipeline.model.sheet import Snapshot
from pipeline.model.text import counted, day, listed
from pipeline.planning.plan import Plan

FEW_ROWS = 3
"""So many rows may always vanish between two runs: a test response, a copy that was to be deleted."""


def find_dangers(plan: Plan, call: Call, service: Service, *, is_rehearsal: bool = False) -> tuple[str, ...]:
    """Say all that speaks against a plan."""
    return (
        *_vanished_rows(plan, service.limits),
        *_taken_apart(plan, call),
        *_too_much_mail(plan, call, service.limits),
        *_rehearsal(plan, service, is_rehearsal=is_rehearsal),
        *(map(str, reached_nobody(service, plan.history)) if plan.sends else ()),
    )


def find_emptied(snapshot: Snapshot, rows: int, before: int) -> tuple[str, ...]:
    """Say that a sheet lost all its rows since the last run: another tab is meant, or somebody deleted them.

    No force goes on over that: there is nothing to go on with.
    """
    if rows or before < FEW_ROWS:
        return ()
    lost = f"{snapshot.title}: it has no response; at the last run it had {before}"
    ways = "name the tab that the form writes to as sheet.tab in config/service.yaml, or bring the rows back"
    return (f"{lost}. See whether this is the right tab: {ways}.",)


def _vanished_rows(plan: Plan, limits: Limits) -> Iterator[str]:
    rows, before = plan.assessment.filled_rows, plan.history.rows
    if rows and before - rows >= FEW_ROWS and rows < before * (1 - limits.rows_may_shrink):
        yield f"The sheet has {counted(rows, 'row')}; it had {before} at the last run."


def _taken_apart(plan: Plan, call: Call) -> Iterator[str]:
    """Warn of answers that came to stand beside other people: some columns were sorted, or a block pasted over."""
    undo = "as if columns had been sorted by themselves or a block pasted over. Undo that"
    if altered := Memory(plan.history).altered(plan.answers):
        columns = listed(tuple(f"“{call.columns.question(key).header}”" for key in altered))
        rows = counted(max(altered.values()), "row")
        yield f"Answers in {columns} changed in {rows}, {undo}; if you corrected them, run once with --force."
    if (taken := plan.assessment.roll.taken) > 1:
        keys = listed(tuple(f"“{call.columns.question(key).header}”" for key in ("timestamp", "email")), "or")
        yield f"{counted(taken, 'row')} have the {keys} of another response, {undo}."


def _too_much_mail(plan: Plan, call: Call, limits: Limits) -> Iterator[str]:
    if plan.sends and is_over(call.dates, plan.now):
        ended = f"The event ended on {day(call.dates.ends)}"
        yield f"{ended}, and {counted(plan.sends, 'message')} would go out."
    # Those of earlier runs were let through once; how many newcomers there may be is decided before (`admission`).
    newcomers = {
        verdict.reference
        for verdict in plan.assessment.verdicts
        if is_newcomer(verdict.case.applicant, plan.history)
    }
    new = sum(message.reference not in newcomers for message in plan.messages)
    if new > limits.messages_per_run:
        allowed = f"limits.messages_per_run in config/service.yaml allows {limits.messages_per_run}"
        yield f"{counted(new, 'message')} would go out; {allowed}."


def _rehearsal(plan: Plan, service: Service, *, is_rehearsal: bool) -> Iterator[str]:
    """Warn of a rehearsal that would write to real people."""
    transport = service.mail.transport
    if not (is_rehearsal and plan.sends and isinstance(transport, SmtpSettings)):
        return
    if not is_loopback(transport.host):
        yield f"--as-of sets a made-up date, and mail would really go out through {transport.host}."


def reached_nobody(service: Service, history: History) -> tuple[Problem, ...]:
    """Warn where a trial into the local outbox would be taken for mail that went out."""
    tried = [message for message in history.posted if message.via]
    if service.mail.via == "outbox" or not tried or tried[-1].via != "outbox":
        return ()
    count = sum(message.via == "outbox" for message in tried)
    return (Problem(Said("mail"), Said("reached nobody", number=count), Said("reached nobody: do")),)
