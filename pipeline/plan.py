"""The plan: all that a run would do, as plain sorted values that can be printed, restricted and refused."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.call import Call
from pipeline.decide import Verdict, decide, decision_problems
from pipeline.errors import UnsafePlan, UsageError
from pipeline.identity import Roll, identify, vanished
from pipeline.intake import read_entries
from pipeline.model import (
    Change,
    Entry,
    History,
    Message,
    Posted,
    Problem,
    Snapshot,
    Standing,
    State,
)
from pipeline.outgoing import Render, mail_problems, plan_mail
from pipeline.projection import project, show
from pipeline.service import Limits
from pipeline.text import counted, day
from pipeline.timeline import is_over


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person asked a run to be restricted to: one applicant, or the first so many messages."""

    only: str = ""
    limit: int | None = None


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class Plan:
    """All that would happen.

    `people` and `responses` are what the ledger does not know yet; `resumed` and `cancelled` are messages of
    earlier runs. `problems` are the sheet's, `doubts` those of messages that left before.
    """

    now: datetime
    entries: tuple[Entry, ...]
    roll: Roll
    verdicts: tuple[Verdict, ...]
    people: Mapping[str, str]
    responses: Mapping[str, str]
    standings: tuple[Standing, ...]
    messages: tuple[Message, ...]
    resumed: tuple[Posted, ...]
    cancelled: tuple[Posted, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    dangers: tuple[str, ...] = ()

    @property
    def sends(self) -> int:
        """How many messages would leave."""
        return len(self.messages) + len(self.resumed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do: no message, no change of the sheet, nothing new to remember."""
        return not (
            self.sends or self.changes or self.cancelled or self.standings or self.people or self.responses
        )

    def raise_if_unsafe(self) -> None:
        """Raise UnsafePlan if the plan would do what nobody can have meant."""
        if self.dangers:
            raise UnsafePlan(self.dangers)


def make_plan(
    call: Call,
    limits: Limits,
    render: Render,
    snapshot: Snapshot,
    history: History,
    now: datetime,
    scope: Scope = EVERYTHING,
) -> Plan:
    """Work out everything that is to be done. Pure: the same input gives the same plan.

    A message that cannot be rendered becomes a problem of its applicant, who is told nothing this time.
    Raises HeaderError, and UsageError if `scope.only` names nobody.
    """
    entries = read_entries(snapshot, call)
    roll = identify(entries, history)
    verdicts = decide(call, roll, history, now)
    if scope.only and scope.only not in {verdict.reference for verdict in verdicts}:
        raise UsageError(
            f"No applicant in the sheet has the reference {scope.only}. `convene status` lists them."
        )
    concerned = tuple(verdict for verdict in verdicts if scope.only in ("", verdict.reference))
    mail = plan_mail(call, concerned, history, now, render, scope.limit)
    plan = Plan(
        now=now,
        entries=entries,
        roll=roll,
        verdicts=verdicts,
        people=_new_people(history, concerned),
        responses=_new_responses(roll, history, concerned),
        standings=tuple(v.standing for v in concerned if v.standing and v.reference not in mail.put_off),
        messages=mail.messages,
        resumed=mail.resumed,
        cancelled=mail.cancelled,
        problems=_problems(call, roll, verdicts, history) + mail.problems,
        doubts=mail_problems(history),
    )
    return _complete(plan, call, limits, history, scope)


def _problems(call: Call, roll: Roll, verdicts: tuple[Verdict, ...], history: History) -> tuple[Problem, ...]:
    return (*roll.problems, *vanished(roll.absent, history.standings), *decision_problems(call, verdicts))


def _complete(plan: Plan, call: Call, limits: Limits, history: History, scope: Scope) -> Plan:
    """Add what follows from the rest: how the sheet would look, and what speaks against the plan."""
    foreseen = foresee(plan, history)
    changes = project(call, show(call, plan.entries, plan.roll, plan.verdicts, foreseen), plan.now)
    changes = tuple(change for change in changes if scope.only in ("", change.after.reference))
    return replace(plan, changes=changes, dangers=find_dangers(plan, call, limits, history))


def foresee(plan: Plan, history: History) -> History:
    """Return the history as it would be right after the plan was recorded and before anything was sent."""
    cancelled = {message.id for message in plan.cancelled}
    standings = {**history.standings, **{standing.reference: standing for standing in plan.standings}}
    last = max((message.id for message in history.posted), default=0)
    new = tuple(
        Posted(
            last + nth,
            message.reference,
            message.kind,
            message.revision,
            State.PREPARED,
            plan.now,
            message.to,
        )
        for nth, message in enumerate(plan.messages, 1)
    )
    kept = tuple(message for message in history.posted if message.id not in cancelled)
    return replace(history, standings=standings, posted=(*kept, *new))


def _new_people(history: History, concerned: tuple[Verdict, ...]) -> dict[str, str]:
    return {
        verdict.reference: verdict.case.applicant.response.address
        for verdict in concerned
        if verdict.reference not in history.addresses
    }


def _new_responses(roll: Roll, history: History, concerned: tuple[Verdict, ...]) -> dict[str, str]:
    here = {verdict.reference for verdict in concerned}
    return {
        key: reference
        for key, reference in roll.references.items()
        if key not in history.responses and reference in here
    }


def find_dangers(plan: Plan, call: Call, limits: Limits, history: History) -> tuple[str, ...]:
    """Say what speaks against the plan: vanished rows, an event that is over, more mail than is usual."""
    rows, before = len(plan.entries), history.rows
    dangers = []
    if before and rows < before * (1 - limits.rows_may_shrink):
        dangers.append(f"The sheet has {counted(rows, 'row')}; it had {before} at the last run.")
    if plan.sends and is_over(call.dates, plan.now):
        ended = f"The event ended on {day(call.dates.ends)}"
        dangers.append(f"{ended}, and {counted(plan.sends, 'message')} would go out.")
    if plan.sends > limits.messages_per_run:
        allowed = f"limits.messages_per_run in config/service.yaml allows {limits.messages_per_run}"
        dangers.append(f"{counted(plan.sends, 'message')} would go out; {allowed}.")
    return tuple(dangers)


def write_back(
    call: Call, plan: Plan, snapshot: Snapshot, history: History, scope: Scope = EVERYTHING
) -> tuple[Change, ...]:
    """Work out what the sheet should show after a run: by a new snapshot, for the rows that the plan knew."""
    entries = read_entries(snapshot, call)
    roll = identify(entries, history)
    verdicts = decide(call, roll, history, plan.now)
    known = {entry.key for entry in plan.entries}
    changes = project(call, show(call, entries, roll, verdicts, history), plan.now)
    return tuple(
        change for change in changes if change.key in known and scope.only in ("", change.after.reference)
    )


def moved_on(plan: Plan, call: Call, snapshot: Snapshot, history: History) -> frozenset[str]:
    """Name the applicants of a plan whose answers, row or Decision are no longer what the plan rests on."""
    fresh = identify(read_entries(snapshot, call), history)
    now = {applicant.reference: (applicant.response, applicant.decision) for applicant in fresh.applicants}
    before = {
        applicant.reference: (applicant.response, applicant.decision) for applicant in plan.roll.applicants
    }
    return frozenset(reference for reference, basis in before.items() if now.get(reference) != basis)
