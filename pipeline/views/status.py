"""Where everybody stands: one line per response row, for `convene status` and for machines."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime

from pipeline.decisions.assess import assess
from pipeline.decisions.verdict import Verdict
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Posted, by_reference, last_posted
from pipeline.model.message import State
from pipeline.model.settings import Limits
from pipeline.model.sheet import Snapshot
from pipeline.model.text import counted
from pipeline.planning.projection import Shown, show
from pipeline.views.table import Json, Table

SUPERSEDED, PROBLEM = "superseded", "problem"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One response row as it stands now. The names of the fields are the keys of `status --json`."""

    row: int
    reference: str
    email: str
    name: str
    category: str
    eligibility: str
    status: str
    reason: str
    waiting_list: int | None
    late: bool
    last_message: str | None
    last_message_at: datetime | None
    problem: str | None


def status_rows(
    call: Call, snapshot: Snapshot, history: History, now: datetime, limits: Limits | None = None
) -> tuple[StatusRow, ...]:
    """Say where every response row stands by the ledger, whatever the sheet shows. Raises HeaderError."""
    assessment = assess(call, snapshot, history, now, limits)
    verdicts = {verdict.reference: verdict for verdict in assessment.verdicts}
    posted = by_reference(history)
    return tuple(_status_row(call, item, verdicts, posted) for item in show(call, assessment, history))


def _status_row(
    call: Call, item: Shown, verdicts: dict[str, Verdict], posted: dict[str, tuple[Posted, ...]]
) -> StatusRow:
    cells, response = item.cells, item.entry.response
    verdict = (
        verdicts.get(cells.reference) if cells.status not in {Status.CHECK_ROW, Status.SUPERSEDED} else None
    )
    latest = last_posted(posted.get(cells.reference, ())) if verdict else None
    found = verdict.case.classification if verdict else None
    apart = SUPERSEDED if cells.status == Status.SUPERSEDED else PROBLEM
    return StatusRow(
        row=item.entry.row,
        reference=cells.reference,
        email=response.address if response else "",
        name=f"{response.first_name} {response.family_name}".strip() if response else "",
        category=found.category if found else "",
        eligibility=found.eligibility if found else apart,
        status=cells.status,
        reason=cells.reason,
        waiting_list=int(cells.waiting_list) if cells.waiting_list else None,
        late=bool(response and call.late(response.submitted)),
        last_message=latest.kind if latest else None,
        last_message_at=latest.at.astimezone(call.zone) if latest else None,
        problem=_problem(item, latest),
    )


def _problem(item: Shown, latest: Posted | None) -> str | None:
    if item.cells.status == Status.CHECK_ROW:
        return item.cells.reason
    if latest and latest.state in {State.REFUSED, State.IN_DOUBT, State.COMMITTING, State.DEFERRED}:
        return item.cells.last_message
    return None


def status_table(points: tuple[StatusRow, ...]) -> Table:
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


def status_counts(points: tuple[StatusRow, ...]) -> str:
    """Count the rows by status, the most frequent first."""
    counts = Counter(point.status for point in points).most_common()
    said = ", ".join(f"{number} {status}" for status, number in counts)
    return f"{counted(len(points), 'row')}: {said}" if points else "No response yet."


def status_json(points: tuple[StatusRow, ...]) -> Json:
    """Return the standings for machines; docs/commands.md describes the keys."""
    return [{key: _plain(value) for key, value in asdict(point).items()} for point in points]


def _plain(value: object) -> Json:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, bool | int) or value is None else str(value)
