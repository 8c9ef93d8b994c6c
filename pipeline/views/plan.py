"""Who would be classified differently than the sheet says: after a rule was changed, or an answer corrected."""

from collections import Counter
from dataclasses import asdict

from pipeline.intake.own_cells import read_status
from pipeline.model.applicant import PROPOSED, Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import Posted
from pipeline.model.kinds import Kind, title_of, turn_of
from pipeline.model.message import Message
from pipeline.model.sheet import OWN_COLUMNS, Change, OwnCells
from pipeline.model.text import counted, day, listed
from pipeline.planning.effects import effects_hash
from pipeline.planning.plan import Plan
from pipeline.views.approve import waiting_json
from pipeline.views.needs import needs_json
from pipeline.views.run import account_json, braked_json
from pipeline.views.table import Json, Table

_JUDGED = frozenset(
    {Status.RECEIVED, Status.TO_REVIEW, Status.INELIGIBLE, Status.ON_HOLD, *PROPOSED.values()}
)
"""What the sheet shows of people to whom nothing was told yet."""


@dataclass(frozen=True, slots=True)
class Reclassified:
    """An applicant who is classified differently now: `before` and `after` are categories, or statuses without one."""

    row: int
    reference: str
    before: str
    after: str


def find_reclassified(plan: Plan) -> tuple[Reclassified, ...]:
    """Return everybody whom the rules now classify differently, by row. Whom organisers decide, they do not concern.

    Somebody who was already told something is among them as soon as the plan asks a person about it.
    """
    cases = {verdict.reference: verdict.case for verdict in plan.assessment.verdicts}
    return tuple(
        Reclassified(change.row, change.after.reference, _outcome(change.before), _outcome(change.english))
        for change in plan.changes
        if (case := cases.get(change.after.reference))
        and change.before.status
        and not case.override
        and (_is_told_otherwise(change) if case.standing else _is_judged_otherwise(change))
    )


def _is_told_otherwise(change: Change) -> bool:
    return (change.english.status == Status.TO_REVIEW) != (read_status(change.before) is Status.TO_REVIEW)


def _is_judged_otherwise(change: Change) -> bool:
    return read_status(change.before) in _JUDGED and _outcome(change.before) != _outcome(change.english)


def _outcome(cells: OwnCells) -> str:
    status = _status_of(cells)
    return status if status == Status.TO_REVIEW else cells.category or status


def _status_of(cells: OwnCells) -> str:
    """Return a status that stands in the sheet, in English."""
    return read_status(cells) or cells.status


def plan_heading(call: Call, plan: Plan) -> str:
    """Say in one line when the plan is for and how much it would do."""
    now = plan.now.astimezone(call.zone)
    moment = f"{now:%A} {day(now)}, {now:%H:%M} ({call.zone.key})"
    rows = counted(len(plan.changes), "row")
    return f"{moment}: {_mails(plan)}; {rows} of the sheet would change."


def plan_reclassified(plan: Plan) -> tuple[str, ...]:
    """Say who would be classified differently than before, if anybody would: a heading line, and one for each."""
    found = find_reclassified(plan)
    if not found:
        return ()
    who = "applicant is" if len(found) == 1 else "applicants are"
    heading = (
        f"{len(found)} {who} classified differently than before, as rules, answers or Decisions changed:"
    )
    return (
        heading,
        *(f"  {each.reference} (row {each.row}): {each.before} → {each.after}" for each in found),
    )


def _mails(plan: Plan) -> str:
    counts = Counter(kind for _, kind in _leaving(plan))
    named = tuple(f"{counts[kind]} × {title_of(kind)}" for kind in sorted(counts, key=turn_of))
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
    mail: dict[str, str] = {}
    for reference, kind in _leaving(plan):
        mail[reference] = ", ".join(filter(None, (mail.get(reference), title_of(kind))))
    rows = tuple(_plan_row(change, mail) for change in plan.changes)
    shown = {change.after.reference for change in plan.changes}
    more = tuple(
        ("", reference, "", kind, "sent again where an earlier run stopped")
        for reference, kind in mail.items()
        if reference not in shown
    )
    return Table(("Row", "Reference", "Status", "Mail", "Why"), rows + more)


def _plan_row(change: Change, mail: dict[str, str]) -> tuple[str, ...]:
    before, after = _status_of(change.before) or "new", change.english.status
    status = after if before == after else f"{before} → {after}"
    places = [cells.waiting_list for cells in (change.before, change.after) if cells.waiting_list]
    place = f" ({' → '.join(dict.fromkeys(places))})" if change.after.waiting_list else ""
    reference = change.after.reference
    return (str(change.row), reference, f"{status}{place}", mail.get(reference, ""), change.english.reason)


def plan_json(call: Call, plan: Plan) -> Json:
    """Return a plan for machines; docs/commands.md describes the keys."""
    return {
        "now": plan.now.astimezone(call.zone).isoformat(),
        "changes": [cell for change in plan.changes for cell in _cells(change)],
        "reclassified": [asdict(each) for each in find_reclassified(plan)],
        "messages": [_message(message) for message in (*plan.resumed, *plan.messages)],
        "cancelled": [_message(message) for message in plan.cancelled],
        "problems": needs_json(plan.needs),
        "braked": braked_json(plan.braked),
        "dangers": [*plan.stale, *plan.dangers],
        "selection": account_json(plan.account),
        "effects": effects_hash(plan),
        "unreleased": waiting_json(plan.unreleased),
        "told_otherwise": [
            {"reference": reference, **asdict(difference)}
            for reference, differences in plan.otherwise.items()
            for difference in differences
        ],
    }


def _cells(change: Change) -> list[Json]:
    """Return the cells that change: as they stand in the sheet, and what they become in English."""
    before, after, english = change.before.texts(), change.after.texts(), change.english.texts()
    return [
        {
            "row": change.row,
            "reference": change.after.reference,
            "column": column,
            "before": _status_of(change.before) if column == "Status" else old,
            "after": said,
        }
        for column, old, new, said in zip(OWN_COLUMNS, before, after, english, strict=True)
        if old != new
    ]


def _message(message: Message | Posted) -> Json:
    subject = message.content.subject if isinstance(message, Message) else message.subject
    return {"reference": message.reference, "to": message.to, "kind": message.kind, "subject": subject}
