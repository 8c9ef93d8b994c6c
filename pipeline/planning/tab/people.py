"""The people by name with their status, those who are coming first; and what needs one of the organisers."""

from pipeline.decisions.verdict import ASK
from pipeline.model.applicant import Status
from pipeline.model.problem import NeedKind
from pipeline.model.said import Said
from pipeline.model.tab import Look, TabCell
from pipeline.model.text import fold
from pipeline.model.wordings import words
from pipeline.planning.needs import Need
from pipeline.planning.projection import Shown
from pipeline.planning.tab.facts import NOT_PEOPLE, Facts, Line, date_of, heading, labels, name_of

COMING = frozenset({Status.OFFERED, Status.CONFIRMED})


def people_rows(facts: Facts) -> tuple[Line, ...]:
    """List everybody by name: those who are coming, as the hotel wants them, and everybody else."""
    named = (item for item in facts.shown if item.entry.response and item.cells.status not in NOT_PEOPLE)
    listed = sorted(named, key=_by_name)
    coming = [item for item in listed if item.cells.status in COMING]
    others = [item for item in listed if item.cells.status not in COMING]
    return (*_part("coming", coming), *_part("not coming", others))


def _by_name(item: Shown) -> tuple[str, str, str]:
    response = item.entry.response
    assert response is not None  # noqa: S101 - who has none is not listed
    return fold(response.family_name), fold(response.first_name), item.entry.key


def _part(key: str, people: list[Shown]) -> tuple[Line, ...]:
    if not people:
        return ()
    return (
        heading(Said(key, number=len(people))),
        labels("name", "status", "category"),
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
        return (heading(Said("nothing needs you")),)
    return (
        heading(Said("needs you", number=len(fresh) + len(failed))),
        labels("who or what", "code", "what", "what to do", "since"),
        *failed,
        *(_need(facts, need, Look.TEXT) for need in fresh),
        *(_need(facts, need, Look.QUIET) for need in seen),
    )


def failed_row(failure: str) -> Line:
    """Say why the last run was not carried out, or not to its end."""
    return (TabCell(Said("the last run"), Look.ALERT), None, TabCell(failure, Look.ALERT), None, None)


def _need(facts: Facts, need: Need, look: Look) -> Line:
    name = facts.names.get(need.reference, "")
    who = TabCell(name, Look.LINK, need.reference) if name else TabCell(need.where, look)
    code = Said("code seen", code=need.code) if need.is_seen else need.code
    what, advice = Said("for tab", text=need.what), Said("for tab", text=need.next_step)
    if need.kind is NeedKind.TO_REVIEW:  # why stands in the row already
        why = (reason for reason in facts.reviews.get(need.reference, ()) if reason != ASK)
        what, advice = words(tuple(why)) or what, words((ASK,))
    return (
        who,
        TabCell(code, look),
        TabCell(what, look),
        TabCell(advice, look),
        TabCell(date_of(facts.call, need.since), look),
    )
