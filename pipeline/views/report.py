"""What commands say: plans, results and standings as plain lines and rows, and as data for machines."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeAlias

from pipeline.decisions.places.account import Account
from pipeline.model.call import Call
from pipeline.model.sheet import OWN_COLUMNS, Change, Kind, Message, Posted, Problem
from pipeline.model.text import counted, day, listed
from pipeline.planning.plan import Plan
from pipeline.planning.projection import KIND_TITLES
from pipeline.running.run import Result
from pipeline.views.plan import find_reclassified
from pipeline.views.status import Standpoint

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table to show; the last column is the one that may take the room that is left."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


# --- a plan ------------------------------------------------------------------------------------------------


def plan_heading(call: Call, plan: Plan) -> str:
    """Say in one line when the plan is for and how much it would do."""
    now = plan.now.astimezone(call.zone)
    moment = f"{now:%A} {day(now)}, {now:%H:%M} ({call.zone.key})"
    rows = counted(len(plan.changes), "row")
    return f"{moment}: {_mails(plan)}; {rows} of the sheet would change."


def plan_reclassified(plan: Plan) -> tuple[str, ...]:
    """Say who would be judged otherwise than before, if anybody would: a heading line, and one for each."""
    found = find_reclassified(plan)
    if not found:
        return ()
    who = "applicant is" if len(found) == 1 else "applicants are"
    heading = f"{len(found)} {who} judged otherwise than before, by changed rules or answers:"
    return (
        heading,
        *(f"  {each.reference} (row {each.row}): {each.before} → {each.after}" for each in found),
    )


def _mails(plan: Plan) -> str:
    counts = Counter(kind for _, kind in _leaving(plan))
    named = tuple(f"{counts[kind]} × {KIND_TITLES[kind]}" for kind in Kind if counts[kind])
    return (
        f"{counted(plan.sends, 'message')} would go out ({listed(named)})"
        if named
        else "no message would go out"
    )


def _leaving(plan: Plan) -> tuple[tuple[str, Kind], ...]:
    earlier = tuple((message.reference, message.kind) for message in plan.resumed)
    return earlier + tuple((message.reference, message.kind) for message in plan.messages)


def plan_table(plan: Plan) -> Table:
    """List, per row, what changes and why, and which mail goes out."""
    mail = {reference: KIND_TITLES[kind] for reference, kind in _leaving(plan)}
    rows = tuple(_plan_row(change, mail) for change in plan.changes)
    shown = {change.after.reference for change in plan.changes}
    more = tuple(
        ("", reference, "", kind, "sent again where an earlier run stopped")
        for reference, kind in mail.items()
        if reference not in shown
    )
    return Table(("Row", "Reference", "Status", "Mail", "Why"), rows + more)


def _plan_row(change: Change, mail: dict[str, str]) -> tuple[str, ...]:
    before, after = change.before.status or "new", change.after.status
    status = after if before == after else f"{before} → {after}"
    places = [cells.waiting_list for cells in (change.before, change.after) if cells.waiting_list]
    place = f" ({' → '.join(dict.fromkeys(places))})" if change.after.waiting_list else ""
    reference = change.after.reference
    return (str(change.row), reference, f"{status}{place}", mail.get(reference, ""), change.after.reason)


def plan_json(call: Call, plan: Plan) -> Json:
    """Return a plan for machines; docs/commands.md describes the keys."""
    return {
        "now": plan.now.astimezone(call.zone).isoformat(),
        "changes": [cell for change in plan.changes for cell in _cells(change)],
        "reclassified": [asdict(each) for each in find_reclassified(plan)],
        "messages": [_message(message) for message in (*plan.resumed, *plan.messages)],
        "cancelled": [_message(message) for message in plan.cancelled],
        "problems": problems_json((*plan.problems, *plan.doubts)),
        "dangers": [*plan.stale, *plan.dangers],
        "selection": account_json(plan.account),
    }


def _cells(change: Change) -> list[Json]:
    return [
        {
            "row": change.row,
            "reference": change.after.reference,
            "column": column,
            "before": old,
            "after": new,
        }
        for column, old, new in zip(OWN_COLUMNS, change.before.texts(), change.after.texts(), strict=True)
        if old != new
    ]


def _message(message: Message | Posted) -> Json:
    subject = message.content.subject if isinstance(message, Message) else message.subject
    return {"reference": message.reference, "to": message.to, "kind": message.kind.value, "subject": subject}


def problems_json(problems: tuple[Problem, ...]) -> list[Json]:
    """Return problems for machines."""
    return [asdict(problem) for problem in problems]


# --- a run -------------------------------------------------------------------------------------------------


def result_json(result: Result) -> Json:
    """Return what a run did for machines; docs/commands.md describes the keys."""
    tally = result.tally
    return {
        "run_id": result.run_id,
        "sent": tally.sent,
        "deferred": tally.deferred,
        "refused": tally.refused,
        "in_doubt": tally.in_doubt,
        "held": tally.held,
        "waiting": tally.waiting,
        "changed": result.changed,
        "api_calls": result.api_calls,
        "problems": problems_json(result.problems),
        "failure": str(result.failure) if result.failure else None,
        "selection": account_json(result.account),
    }


# --- the selection of a plan or run ------------------------------------------------------------------------


def account_lines(account: Account | None) -> tuple[str, ...]:
    """Say how places were given, and what is not as the rules want it; nothing where no place was decided."""
    return (f"Places: {account}.", *account.notes()) if account else ()


def account_json(account: Account | None) -> Json:
    """Return how a selection was made for machines; null where none was."""
    if account is None:
        return None
    return {
        "seed": account.seed,
        "method": account.method.value,
        "is_proved": account.is_proved,
        "places": account.places,
        "overbooked": account.overbooked,
        "filled": account.filled,
        "offered": account.offered,
        "exceeded": [asdict(rule) for rule in account.exceeded],
        "missed": [asdict(rule) for rule in account.missed],
        "stuck": account.stuck,
    }


# --- standings ---------------------------------------------------------------------------------------------


def status_table(points: tuple[Standpoint, ...]) -> Table:
    """List where everybody stands."""
    rows = tuple(
        (
            str(point.row),
            point.reference,
            point.name,
            f"{point.status} ({point.waiting_list})" if point.waiting_list else point.status,
            point.reason,
        )
        for point in points
    )
    return Table(("Row", "Reference", "Name", "Status", "Reason"), rows)


def status_counts(points: tuple[Standpoint, ...]) -> str:
    """Count the rows by status, the most frequent first."""
    counts = Counter(point.status for point in points).most_common()
    said = ", ".join(f"{number} {status}" for status, number in counts)
    return f"{counted(len(points), 'row')}: {said}" if points else "No response yet."


def status_json(points: tuple[Standpoint, ...]) -> Json:
    """Return the standings for machines; docs/commands.md describes the keys."""
    return [{key: _plain(value) for key, value in asdict(point).items()} for point in points]


def _plain(value: object) -> Json:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int) or value is None else str(value)
