"""Who would be judged otherwise than the sheet says: after a rule was changed, or an answer corrected."""

from dataclasses import dataclass

from pipeline.model.sheet import Change, OwnCells, Status
from pipeline.planning.plan import Plan

_JUDGED = frozenset({Status.RECEIVED, Status.TO_REVIEW, Status.INELIGIBLE, Status.ON_HOLD})
"""What the sheet shows of people to whom nothing was decided but what the rules say."""


@dataclass(frozen=True, slots=True)
class Reclassified:
    """An applicant who is judged otherwise now: `before` and `after` are categories, or statuses without one."""

    row: int
    reference: str
    before: str
    after: str


def find_reclassified(plan: Plan) -> tuple[Reclassified, ...]:
    """Return everybody whom the rules now judge otherwise, by row. Whom organisers decide, they do not concern.

    Somebody who was already told something is among them as soon as the plan asks a person about it.
    """
    cases = {verdict.reference: verdict.case for verdict in plan.stand.verdicts}
    return tuple(
        Reclassified(change.row, change.after.reference, _outcome(change.before), _outcome(change.after))
        for change in plan.changes
        if (case := cases.get(change.after.reference))
        and change.before.status
        and not case.override
        and (_is_told_otherwise(change) if case.standing else _is_judged_otherwise(change))
    )


def _is_told_otherwise(change: Change) -> bool:
    return (change.after.status == Status.TO_REVIEW) != (change.before.status == Status.TO_REVIEW)


def _is_judged_otherwise(change: Change) -> bool:
    before, after = change.before, change.after
    return before.status in _JUDGED and _outcome(before) != _outcome(after)


def _outcome(cells: OwnCells) -> str:
    if cells.status == Status.TO_REVIEW:
        return cells.status
    return cells.category or cells.status
