"""The people by name with their status, those who are coming first; and what needs one of the organisers."""

import re

from pipeline.decisions.decide import ASK
from pipeline.model.applicant import Status
from pipeline.model.problem import NeedKind
from pipeline.model.tab import Look, TabCell
from pipeline.model.text import fold
from pipeline.model.wordings import words
from pipeline.planning.needs import Need
from pipeline.planning.projection import Shown
from pipeline.planning.tab.facts import NOT_PEOPLE, Facts, Line, date_of, heading, labels, name_of

_ASK = f" {words((ASK,))}"

COMING = frozenset({Status.OFFERED, Status.CONFIRMED})

_FOR_A_TERMINAL = re.compile(r" `[^`]*`, or(?= )|,? \(?(?:or (?:run )?)?`[^`]*`(?: or `[^`]*`)*\)?")
"""What people who never saw a terminal need not read: the command that does the same."""


def people_rows(facts: Facts) -> tuple[Line, ...]:
    """List everybody by name: those who are coming, as the hotel wants them, and everybody else."""
    named = (item for item in facts.shown if item.entry.response and item.cells.status not in NOT_PEOPLE)
    listed = sorted(named, key=_by_name)
    coming = [item for item in listed if item.cells.status in COMING]
    others = [item for item in listed if item.cells.status not in COMING]
    return (*_part("Who is coming", coming), *_part("Everybody else", others))


def _by_name(item: Shown) -> tuple[str, str, str]:
    response = item.entry.response
    assert response is not None  # noqa: S101 - who has none is not listed
    return fold(response.family_name), fold(response.first_name), item.entry.key


def _part(title: str, people: list[Shown]) -> tuple[Line, ...]:
    if not people:
        return ()
    return (
        heading(f"{title} ({len(people)})"),
        labels("Name", "Status", "Category"),
        *map(_person, people),
        (),
    )


def _person(item: Shown) -> Line:
    cells, name = item.cells, name_of(item.entry)
    who = TabCell(name, Look.LINK, cells.reference) if cells.reference else TabCell(name)
    return (who, TabCell(cells.status), TabCell(cells.category) if cells.category else None)


# --- needs -------------------------------------------------------------------------------------------------


def need_rows(facts: Facts) -> tuple[Line, ...]:
    """List what needs a person, oldest first; what somebody marked as seen comes last and in grey."""
    fresh = [need for need in facts.needs if not need.is_seen]
    seen = [need for need in facts.needs if need.is_seen]
    failed = (failed_row(facts.failure),) if facts.failure else ()
    if not (fresh or seen or failed):
        return (heading("Nothing needs you"),)
    return (
        heading(f"What needs you ({len(fresh) + len(failed)})"),
        labels("Who or what", "Code", "What", "What to do", "Since"),
        *failed,
        *(_need(facts, need, Look.TEXT) for need in fresh),
        *(_need(facts, need, Look.QUIET) for need in seen),
    )


def failed_row(failure: str) -> Line:
    """Say why the last run was not carried out, or not to its end."""
    return (TabCell("The last run", Look.ALERT), None, TabCell(failure, Look.ALERT), None, None)


def _need(facts: Facts, need: Need, look: Look) -> Line:
    name = facts.names.get(need.reference, "")
    who = TabCell(name, Look.LINK, need.reference) if name else TabCell(need.where, look)
    code = f"{need.code} (seen)" if need.is_seen else need.code
    what, advice = plain(need.what), plain(need.next_step)
    if need.kind is NeedKind.TO_REVIEW:  # why stands in the row already
        what, advice = facts.reasons.get(need.reference, what).removesuffix(_ASK), _ASK.strip()
    return (
        who,
        TabCell(code, look),
        TabCell(what, look),
        TabCell(advice, look),
        TabCell(date_of(facts.call, need.since), look),
    )


def plain(text: str) -> str:
    """Return a sentence without what is for a terminal, beginning in capitals and ending with a full stop."""
    said = _FOR_A_TERMINAL.sub("", text).strip().rstrip(".")
    return f"{said[:1].upper()}{said[1:]}."
