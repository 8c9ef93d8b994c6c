"""What the tab is made of, and the words that all its parts share."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property

from pipeline.decisions.verdict import Verdict
from pipeline.model.applicant import Entry, Status
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.history_events import LoggedRun
from pipeline.model.kinds import title_of, turn_of
from pipeline.model.reason import Reason
from pipeline.model.said import Said, is_phrase
from pipeline.model.settings import Service
from pipeline.model.tab import Look, TabCell
from pipeline.planning.needs import Need
from pipeline.planning.plan import Plan
from pipeline.planning.projection import Shown
from pipeline.planning.waits import NOTHING, Waits

Line = tuple[TabCell | None, ...]

NOT_PEOPLE = frozenset({"", Status.SUPERSEDED, Status.ERASED})
"""Rows that are not listed as somebody: older responses, what was erased, and what Convene has not looked at."""


@dataclass(frozen=True)
class Facts:
    """All that the tab tells, after a run: `history` is the ledger's, `shown` what the rows of the sheet say then.

    `failure` is why the run was not carried out, or not to its end; `runs` are the last ones, the oldest first.
    """

    call: Call
    service: Service
    plan: Plan
    history: History
    shown: tuple[Shown, ...]
    now: datetime
    needs: tuple[Need, ...] = ()
    waits: Waits = NOTHING
    runs: tuple[LoggedRun, ...] = ()
    failure: str = ""

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return self.plan.assessment.verdicts

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What people are called, by reference, as far as they are in the sheet."""
        return {item.cells.reference: name_of(item.entry) for item in self.shown if item.cells.reference}

    @cached_property
    def reviews(self) -> Mapping[str, tuple[Reason, ...]]:
        """Why people are to be reviewed, by reference."""
        return {
            verdict.reference: verdict.reasons
            for verdict in self.verdicts
            if verdict.status is Status.TO_REVIEW
        }


def name_of(entry: Entry) -> str:
    """Return a person's name, or the address of somebody who gave none."""
    response = entry.response
    if response is None:
        return ""
    return f"{response.first_name} {response.family_name}".strip() or response.address


def date_of(call: Call, moment: datetime) -> Said:
    """Write a day as organisers read it: `2 August 2023`."""
    return Said("day", on=moment.astimezone(call.zone).date())


def moment_of(call: Call, moment: datetime) -> Said:
    """Write a time as organisers read it: `2 August 2023, 07:00`."""
    there = moment.astimezone(call.zone)
    return Said("moment", on=there.date(), at=f"{there:%H:%M}")


def say_kinds(kinds: Iterable[str]) -> str:
    """Count letters by their kind: `2 invitations and 1 rejection`; nothing where there are none."""
    counts = Counter(kinds)
    items = tuple(_count(kind, counts[kind]) for kind in sorted(counts, key=turn_of))
    return Said("listed", items=items) if items else ""


def _count(kind: str, number: int) -> Said:
    """Count letters of a kind as organisers call them; those of any other kind go by its title."""
    key = f"count {kind}"
    return (
        Said(key, number=number)
        if is_phrase(key)
        else Said("count letters", number=number, kind=title_of(kind))
    )


def heading(text: str) -> Line:
    """Begin a part of the tab."""
    return (TabCell(text, Look.HEADING),)


def labels(*names: str) -> Line:
    """Head the columns of a part."""
    return tuple(TabCell(Said(f"head {name}"), Look.LABEL) for name in names)
