"""Decides all that a run is to do: the one function behind `convene plan` and `convene run`. Pure."""

from dataclasses import replace
from datetime import datetime

from pipeline.decisions.assess import Assessment, assess
from pipeline.decisions.places.account import Account, give_account
from pipeline.decisions.problems import (
    awaited,
    decision_problems,
    idle_replies,
    idle_rules,
    likenesses,
    open_reviews,
    over_capacity,
    place_problems,
    torn_teams,
    unanswered,
    vanished,
)
from pipeline.decisions.settling import after_settling, settle_by_words
from pipeline.decisions.verdict import Verdict
from pipeline.intake.columns import typed_under
from pipeline.intake.controls import asks, control_problems
from pipeline.intake.memory import Memory
from pipeline.intake.rows import stamp_problems
from pipeline.intake.staleness import find_stale, is_left_open
from pipeline.messages.reading import Templates
from pipeline.model.call import Call
from pipeline.model.errors import UsageError
from pipeline.model.history import History, Proposal, by_reference
from pipeline.model.problem import Problem
from pipeline.model.reason import ReasonKind, because
from pipeline.model.settings import Service
from pipeline.model.sheet import Snapshot
from pipeline.planning.changes import find_differences, not_under_way, told_otherwise
from pipeline.planning.dangers import find_dangers, find_emptied, reached_nobody
from pipeline.planning.due import Mail, in_order
from pipeline.planning.effects import by_person, code_of_set
from pipeline.planning.leaving import find_leaving
from pipeline.planning.mail_problems import mail_problems
from pipeline.planning.news import new_answers, new_people, new_responses, new_standings, new_words
from pipeline.planning.occasions import missed
from pipeline.planning.plan import EVERYTHING, Plan, Scope, foresee
from pipeline.planning.projection import project, show
from pipeline.planning.release import Gate
from pipeline.planning.unkept import find_unkept, keep_out
from pipeline.selection.select import PROVED


def make_plan(
    call: Call,
    service: Service,
    templates: Templates,
    snapshot: Snapshot,
    history: History,
    now: datetime,
    scope: Scope = EVERYTHING,
    *,
    is_rehearsal: bool = False,
) -> Plan:
    """Work out everything that is to be done. Pure: the same input gives the same plan.

    A message that cannot be rendered becomes a problem of its applicant, who is told nothing this time. In a
    rehearsal `now` is made up. Raises HeaderError, and UsageError if `scope.only` names nobody.
    """
    unkept = find_unkept(service.retention, call, now)
    assessed = assess(call, snapshot, history, now, None if scope.newcomers else service.limits)
    assessment = keep_out(unkept, call, assessed)
    _check_scope(scope, assessment)
    told = tuple(verdict.now for verdict in assessment.verdicts)
    concerned, others = _part(told, scope)
    settled = settle_by_words(call, (verdict.case for verdict in concerned), history, now)
    history = after_settling(history, settled)
    leaving = find_leaving(
        call, service, templates, snapshot, assessment, concerned, others, history, now, scope
    )
    mail, gate = leaving.mail, leaving.gate
    plan = Plan(
        now=now,
        scope=scope,
        history=history,
        assessment=_with_reasons(assessment, gate, mail),
        people=new_people(history, concerned),
        responses=new_responses(assessment.roll, history, concerned),
        answers=new_answers(assessment, Memory(history, unkept), history, concerned),
        words=new_words(call, history, concerned, now),
        standings=new_standings(told, leaving.in_turn, mail, history),
        messages=mail.messages,
        kept=leaving.kept,
        resumed=mail.resumed,
        cancelled=mail.cancelled,
        problems=mail.problems,
        braked=leaving.braked,
        left_out=mail.left_out,
        controls=snapshot.controls,
        settled=replace(settled, heard={**settled.heard, **gate.heard}),
    )
    return _complete(_with_gate(plan, gate), call, service, snapshot, is_rehearsal=is_rehearsal)


def _with_gate(plan: Plan, gate: Gate) -> Plan:
    """Add what was released, and what waits for a person."""
    leaving = {(one.reference, one.kind) for one in in_order(plan.resumed, plan.messages)}
    return replace(
        plan,
        effects=tuple(effect for effect in gate.effects if (effect.reference, effect.kind) in leaving),
        unreleased=gate.unreleased,
        releases=gate.releases,
        early=gate.early,
        proposal=_proposal(gate, plan.history, plan.scope),
        settling=gate.settling,
    )


def _asks(call: Call, snapshot: Snapshot) -> str:
    """Return a mark of what organisers ask; where a word counts as soon as it has settled, by every word, too."""
    words = typed_under(snapshot, call.columns, "Decision") if call.settle else ()
    return asks(snapshot.controls, words)


def _stale(snapshot: Snapshot, assessment: Assessment, history: History) -> tuple[str, ...]:
    """Say why ledger and sheet do not belong together."""
    behind = find_stale(snapshot, assessment.entries, history)
    return (*behind, *find_emptied(snapshot, assessment.filled_rows, history.rows))


def _account(call: Call, assessment: Assessment) -> Account | None:
    """Give an account of a selection that decided something new, or that is not known to be the best."""
    if assessment.selection is None:
        return None
    contest, choice = assessment.selection.contest, assessment.selection.choice
    competing = {person.reference for person in contest.contenders}
    there = tuple(verdict for verdict in assessment.verdicts if verdict.reference in competing)
    if not any(verdict.now.standing for verdict in there) and choice.method in PROVED:
        return None
    times = [verdict.case.applicant.response.submitted for verdict in there]
    return give_account(call, assessment.selection, times)


def _check_scope(scope: Scope, assessment: Assessment) -> None:
    """Refuse `--only` for an unknown reference, or for one whose row must be checked first."""
    if not scope.only or scope.only in {verdict.reference for verdict in assessment.verdicts}:
        return
    if scope.only in {entry.own.reference for entry in assessment.entries}:
        raise UsageError(f"The row of {scope.only} has to be checked first; its Reason says why.")
    raise UsageError(
        f"No applicant in the sheet has the reference {scope.only}. `convene status` lists them."
    )


def _part(verdicts: tuple[Verdict, ...], scope: Scope) -> tuple[tuple[Verdict, ...], tuple[Verdict, ...]]:
    """Part those whom a run is about from the others."""
    concerned = tuple(verdict for verdict in verdicts if scope.covers(verdict.reference))
    return concerned, tuple(verdict for verdict in verdicts if not scope.covers(verdict.reference))


def _with_reasons(assessment: Assessment, gate: Gate, mail: Mail) -> Assessment:
    """Say in the rows of those who wait for a person, or behind one, why they do."""
    behind = because(ReasonKind.BEHIND)
    why = {**dict.fromkeys(mail.behind - gate.kept, behind), **gate.reasons}
    return replace(
        assessment,
        verdicts=tuple(
            replace(one, reasons=(*one.reasons, why[one.reference])) if one.reference in why else one
            for one in assessment.verdicts
        ),
    )


def _proposal(gate: Gate, history: History, scope: Scope) -> Proposal | None:
    """Return what the sheet is to show as waiting, where it shows something else; beyond the scope, as it does."""
    shown = history.proposals[-1] if history.proposals else Proposal("")
    effects, early = (
        tuple(sorted((*(each for each in before if not scope.covers(each.reference)), *new), key=by_person))
        for before, new in ((shown.effects, gate.unreleased), (shown.early, gate.early))
    )
    new = Proposal(code_of_set(effects), effects, early)
    return None if new == shown else new


def _problems(
    call: Call, snapshot: Snapshot, assessment: Assessment, history: History
) -> tuple[Problem, ...]:
    roll = assessment.roll
    return (
        *snapshot.problems,
        *stamp_problems(snapshot, call),
        *roll.problems,
        *vanished(roll.absent, history.standings),
        *decision_problems(call, assessment.verdicts),
        *assessment.replies.problems,
        *idle_replies(assessment.verdicts),
    )


def _asked(call: Call, assessment: Assessment, history: History, now: datetime) -> tuple[Problem, ...]:
    return (
        *open_reviews(assessment.verdicts),
        *unanswered(call, assessment.verdicts, history, now),
        *place_problems(call, assessment.selection, now),
        *likenesses(call, assessment.verdicts, now),
        *idle_rules(call, assessment.verdicts, now),
        *awaited(call, assessment.verdicts, now),
        *missed(call, assessment.verdicts, by_reference(history), now),
        *over_capacity(call, assessment.verdicts, history.standings, now),
        *torn_teams(call, assessment.verdicts, now),
    )


def _complete(plan: Plan, call: Call, service: Service, snapshot: Snapshot, *, is_rehearsal: bool) -> Plan:
    """Add what is found by the way: what needs a person, how the sheet would look, and what speaks against the plan."""
    assessment, history = plan.assessment, plan.history
    told = (verdict.now for verdict in assessment.verdicts)
    otherwise = find_differences(call, told, by_reference(history), plan.now)
    plan = replace(
        plan,
        problems=(*_problems(call, snapshot, assessment, history), *plan.problems),
        doubts=mail_problems(history),
        asked=(
            *_asked(call, assessment, history, plan.now),
            *told_otherwise(call, not_under_way(call, otherwise, foresee(plan).posted)),
        ),
        otherwise=otherwise,
        stale=_stale(snapshot, assessment, history),
        account=_account(call, assessment),
        left_open=is_left_open(snapshot, history),
        asks=_asks(call, snapshot),
        language=service.sheet.language,
    )
    changes = project(call, show(call, assessment, foresee(plan)), plan.now, plan.language)
    # What speaks against sending is only told where nothing would be sent.
    tried = () if plan.sends else reached_nobody(service, history)
    return replace(
        plan,
        changes=tuple(change for change in changes if plan.scope.covers(change.after.reference)),
        problems=(*plan.problems, *control_problems(plan.controls), *tried),
        dangers=find_dangers(plan, call, service, is_rehearsal=is_rehearsal),
    )
