"""What speaks against a plan: each a sentence, all of them in one place."""

from collections.abc import Iterator

from pipeline.intake.admission import is_newcomer
from pipeline.intake.memory import Memory
from pipeline.model.address import is_loopback
from pipeline.model.call import Call, is_over
from pipeline.model.history import History
from pipeline.model.kinds import Kind
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.model.settings import Limits, Service, SmtpSettings
from pipeline.model.sheet import Snapshot
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
    return (Said("sheet emptied", title=snapshot.title, before=before),)


def _vanished_rows(plan: Plan, limits: Limits) -> Iterator[str]:
    rows, before = plan.assessment.filled_rows, plan.history.rows
    if rows and before - rows >= FEW_ROWS and rows < before * (1 - limits.rows_may_shrink):
        yield Said("rows vanished", number=rows, before=before)


def _taken_apart(plan: Plan, call: Call) -> Iterator[str]:
    """Warn of answers that came to stand beside other people: some columns were sorted, or a block pasted over."""
    if altered := Memory(plan.history).altered(plan.answers):
        columns = tuple(call.columns.question(key).header for key in altered)
        yield Said("answers altered", number=max(altered.values()), columns=columns)
    if (taken := plan.assessment.roll.taken) > 1:
        columns = tuple(call.columns.question(key).header for key in ("timestamp", "email"))
        yield Said("keys taken", number=taken, columns=columns)


def _is_for_after(call: Call, kind: Kind) -> bool:
    """Whether letters of a kind are called for by the end of the event or later: thanks, a survey."""
    occasion = call.occasions.get(kind)
    return occasion is not None and occasion.at is not None and occasion.at >= call.dates.ends


def _too_much_mail(plan: Plan, call: Call, limits: Limits) -> Iterator[str]:
    kinds = (*(one.kind for one in plan.messages), *(one.kind for one in plan.resumed))
    late = sum(not _is_for_after(call, kind) for kind in kinds)
    if late and is_over(call.dates, plan.now):
        yield Said("event over", number=late, on=call.dates.ends.date())
    # Those of earlier runs were let through once; how many newcomers there may be is decided before (`admission`).
    newcomers = {
        verdict.reference
        for verdict in plan.assessment.verdicts
        if is_newcomer(verdict.case.applicant, plan.history)
    }
    new = sum(message.reference not in newcomers for message in plan.messages)
    if new > limits.messages_per_run:
        yield Said("too much mail", number=new, most=limits.messages_per_run)


def _rehearsal(plan: Plan, service: Service, *, is_rehearsal: bool) -> Iterator[str]:
    """Warn of a rehearsal that would write to real people."""
    transport = service.mail.transport
    if not (is_rehearsal and plan.sends and isinstance(transport, SmtpSettings)):
        return
    if not is_loopback(transport.host):
        yield Said("rehearsal mails", host=transport.host)


def reached_nobody(service: Service, history: History) -> tuple[Problem, ...]:
    """Warn where a trial into the local outbox would be taken for mail that went out."""
    tried = [message for message in history.posted if message.via]
    if service.mail.via == "outbox" or not tried or tried[-1].via != "outbox":
        return ()
    count = sum(message.via == "outbox" for message in tried)
    return (Problem(Said("mail"), Said("reached nobody", number=count), Said("reached nobody: do")),)
