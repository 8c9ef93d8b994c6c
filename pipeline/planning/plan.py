"""The plan: all that a run would do, as plain sorted values that can be printed, restricted and refused."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.decisions.assess import Assessment, assess
from pipeline.decisions.decide import AT_ONCE, Verdict, decision_problems
from pipeline.decisions.places.account import Account, give_account
from pipeline.intake.people import Roll, identify, vanished
from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import find_stale, is_left_open
from pipeline.model.applicant import Response, Status
from pipeline.model.call import Call, is_over
from pipeline.model.errors import StaleLedger, UnsafePlan, UsageError
from pipeline.model.history import History, Posted, Standing
from pipeline.model.message import Message, State
from pipeline.model.problem import Problem
from pipeline.model.settings import Limits
from pipeline.model.sheet import Change, Snapshot
from pipeline.model.text import counted, day
from pipeline.planning.due import Mail, Render, mail_problems
from pipeline.planning.projection import project, show
from pipeline.planning.turns import plan_in_turn
from pipeline.selection.select import PROVED


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person asked a run to be restricted to: one applicant, or the first so many messages."""

    only: str = ""
    limit: int | None = None


EVERYTHING = Scope()

FEW_ROWS = 3
"""So many rows may always vanish between two runs: a test response, a copy that was to be deleted."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that would happen.

    `people` and `responses` are what the ledger does not know yet; `resumed` and `cancelled` are messages of
    earlier runs. `problems` are the sheet's, `doubts` those of messages that left before. `dangers` speak
    against the plan, `stale` against the ledger (see `fence`). `account` tells of a selection, where one was made.
    `left_open` says that an earlier run could not close its stamp in the sheet.
    """

    now: datetime
    assessment: Assessment
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
    stale: tuple[str, ...] = ()
    account: Account | None = None
    left_open: bool = False

    @property
    def sends(self) -> int:
        """How many messages would leave."""
        return len(self.messages) + len(self.resumed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do: no message, no change of the sheet, nothing new to remember."""
        is_known = not (self.cancelled or self.standings or self.people or self.responses)
        return is_known and not (self.sends or self.changes or self.left_open)

    def raise_if_stale(self) -> None:
        """Raise StaleLedger if the ledger is behind the sheet; no force overrides that."""
        if self.stale:
            raise StaleLedger(self.stale)

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
    assessment = assess(call, snapshot, history, now)
    _check_scope(scope, assessment)
    concerned, others = _part(assessment.verdicts, scope)
    in_turn, mail = plan_in_turn(call, concerned, others, history, now, render, scope.limit)
    plan = Plan(
        now=now,
        assessment=assessment,
        people=_new_people(history, concerned),
        responses=_new_responses(assessment.roll, history, concerned),
        standings=_new_standings(assessment.verdicts, in_turn, mail, history),
        messages=mail.messages,
        resumed=mail.resumed,
        cancelled=mail.cancelled,
        problems=(*snapshot.problems, *_problems(call, assessment, history), *mail.problems),
        doubts=mail_problems(history),
        stale=find_stale(snapshot, assessment.entries, history),
        account=_account(call, assessment),
        left_open=is_left_open(snapshot, history),
    )
    return _complete(plan, call, limits, history, scope)


def _account(call: Call, assessment: Assessment) -> Account | None:
    """Give an account of a selection that decided something new, or that is not known to be the best."""
    if assessment.selection is None:
        return None
    contest, choice = assessment.selection.contest, assessment.selection.choice
    competing = {person.reference for person in contest.contenders}
    is_new = any(verdict.standing and verdict.reference in competing for verdict in assessment.verdicts)
    return give_account(call, assessment.selection) if is_new or choice.method not in PROVED else None


def _check_scope(scope: Scope, assessment: Assessment) -> None:
    """Raise UsageError where a run is to be about somebody for whom nothing can be done."""
    if not scope.only or scope.only in {verdict.reference for verdict in assessment.verdicts}:
        return
    if scope.only in {entry.own.reference for entry in assessment.entries}:
        raise UsageError(f"The row of {scope.only} has to be checked first; its Reason says why.")
    raise UsageError(
        f"No applicant in the sheet has the reference {scope.only}. `convene status` lists them."
    )


def _part(verdicts: tuple[Verdict, ...], scope: Scope) -> tuple[tuple[Verdict, ...], tuple[Verdict, ...]]:
    """Part those whom a run is about from the others."""
    concerned = tuple(verdict for verdict in verdicts if scope.only in ("", verdict.reference))
    return concerned, tuple(v for v in verdicts if scope.only not in ("", v.reference))


def _new_standings(
    verdicts: tuple[Verdict, ...], in_turn: tuple[Verdict, ...], mail: Mail, history: History
) -> tuple[Standing, ...]:
    """Return what is concluded and told, and what organisers report of anybody known.

    A place that is given because somebody else withdrew is only free once the withdrawal is on record. Who was
    passed over by whom a place is offered now hears it whomever the run is about.
    """
    here = {verdict.reference for verdict in in_turn} - mail.put_off
    offers = any(_is_offered(verdict) for verdict in in_turn if verdict.reference in here)
    return tuple(
        verdict.standing
        for verdict in verdicts
        if verdict.standing
        and (
            (offers if _keeps_waiting(verdict) else verdict.reference in here)
            or (verdict.status in AT_ONCE and verdict.reference in history.addresses)
        )
    )


def _is_offered(verdict: Verdict) -> bool:
    return verdict.standing is not None and verdict.standing.status is Status.OFFERED


def _keeps_waiting(verdict: Verdict) -> bool:
    """Whether the new standing only says why somebody was passed over."""
    before, after = verdict.case.standing, verdict.standing
    return bool(before and after and after.order and before.order == after.order)


def _problems(call: Call, assessment: Assessment, history: History) -> tuple[Problem, ...]:
    roll = assessment.roll
    return (
        *roll.problems,
        *vanished(roll.absent, history.standings),
        *decision_problems(call, assessment.verdicts),
    )


def _complete(plan: Plan, call: Call, limits: Limits, history: History, scope: Scope) -> Plan:
    """Add what follows from the rest: how the sheet would look, and what speaks against the plan."""
    foreseen = foresee(plan, history)
    changes = project(call, show(call, plan.assessment, foreseen), plan.now)
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
    rows, before = len(plan.assessment.entries), history.rows
    dangers = []
    if before - rows >= FEW_ROWS and rows < before * (1 - limits.rows_may_shrink):
        dangers.append(f"The sheet has {counted(rows, 'row')}; it had {before} at the last run.")
    if plan.sends and is_over(call.dates, plan.now):
        ended = f"The event ended on {day(call.dates.ends)}"
        dangers.append(f"{ended}, and {counted(plan.sends, 'message')} would go out.")
    new = len(plan.messages)  # those of earlier runs were let through once
    if new > limits.messages_per_run:
        allowed = f"limits.messages_per_run in config/service.yaml allows {limits.messages_per_run}"
        dangers.append(f"{counted(new, 'message')} would go out; {allowed}.")
    return tuple(dangers)


def write_back(
    call: Call, plan: Plan, snapshot: Snapshot, history: History, scope: Scope = EVERYTHING
) -> tuple[Change, ...]:
    """Work out what the sheet should show after a run: by a new snapshot, for people whom the ledger knows.

    Applicants who came since the plan was made are the next run's: nobody is named whom no run has recorded. A
    row that contradicts itself is shown as one at once.
    """
    assessment = assess(call, snapshot, history, plan.now)
    changes = project(call, show(call, assessment, history), plan.now)
    return tuple(
        change
        for change in changes
        if scope.only in ("", change.after.reference)
        and (change.after.status == Status.CHECK_ROW or change.after.reference in history.addresses)
    )


def moved_on(plan: Plan, call: Call, snapshot: Snapshot, history: History) -> frozenset[str]:
    """Name the applicants of a plan whose answers, row or Decision are no longer what the plan rests on."""
    now = _bases(identify(read_entries(snapshot, call), history))
    before = _bases(plan.assessment.roll)
    return frozenset(reference for reference, basis in before.items() if now.get(reference) != basis)


def _bases(roll: Roll) -> dict[str, tuple[Response, str, str]]:
    """Return what the decision on each applicant rests on, as far as the sheet holds it."""
    return {each.reference: (each.response, each.decision, each.older_decision) for each in roll.applicants}
