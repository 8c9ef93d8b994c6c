"""Who was told otherwise: what letters printed of the call, against what the call says now. Pure.

The newest letter that printed a value counts. What a letter of an earlier version printed was not kept, and is never
claimed to differ.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import takewhile

from pipeline.decisions.verdict import Verdict
from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.call import SESSIONS, Call, is_over
from pipeline.model.history import Notes, Posted, is_open
from pipeline.model.kinds import DECISIONS, NOTICES, Kind
from pipeline.model.message import DOUBTFUL_STATES, State
from pipeline.model.printed import (
    CANCELLED,
    FACT,
    TIME,
    YES,
    Difference,
    Differences,
    is_as_printed,
    meanings,
)
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.said import Said
from pipeline.planning.needs import list_needs
from pipeline.planning.occasions import Owed

ROOM = 30
"""Characters that are shown before the place where two long values part."""

MOST_NAMED = 10
"""So many people are named; more are counted."""

EXPECTING = frozenset({Status.OFFERED, Status.CONFIRMED, Status.WAITING})
"""Where somebody stands whom a change concerns, once something was decided."""

_OF_NO_MATTER = frozenset({"opens", "deadline", "reply_by"})
"""Dates that change nothing for who has applied: an offer keeps the day that its letter named."""


# --- what differs, for whom --------------------------------------------------------------------------------


def find_differences(
    call: Call, verdicts: Iterable[Verdict], posted: Mapping[str, tuple[Posted, ...]], now: datetime
) -> Mapping[str, Differences]:
    """Return what each applicant was told otherwise, as far as it matters to them and the meeting is not over.

    While it is cancelled, nothing but that matters. Nobody who was refused or gave up is among them.
    """
    if is_over(call.dates, now):
        return {}
    values = meanings(call)
    found = {
        verdict.reference: _differ(call, verdict, values, _told(letters), now)
        for verdict in verdicts
        if is_concerned(verdict, letters := posted.get(verdict.reference, ()))
    }
    return {reference: differences for reference, differences in found.items() if differences}


def is_concerned(verdict: Verdict, posted: tuple[Posted, ...]) -> bool:
    """Whether somebody expects to come, or to hear from us. Whom organisers hold, they do not write to."""
    case = verdict.case
    if case.override and case.override.word is Word.HOLD:
        return False
    if standing := verdict.standing or case.standing:
        return standing.status in EXPECTING
    return any(map(_is_known, posted)) and case.classification.eligibility is not Eligibility.HELD


def _is_known(message: Posted) -> bool:
    """Whether somebody knows, or may know, what a message says. Of a notice that was refused, a person knows."""
    known = {State.ACCEPTED, *DOUBTFUL_STATES}
    return message.state in known or (message.kind in NOTICES and message.state is State.REFUSED)


def is_overtaken(message: Posted, posted: tuple[Posted, ...]) -> bool:
    """Whether somebody was told, since a letter was written that is still open, that the meeting is cancelled."""
    return any(
        each.id > message.id and _is_known(each) and (CANCELLED, YES) in each.printed for each in posted
    )


def _told(posted: tuple[Posted, ...]) -> Mapping[str, str]:
    """Return what was printed last under each name."""
    return {name: value for message in posted if _is_known(message) for name, value in message.printed}


def _differ(
    call: Call, verdict: Verdict, values: Mapping[str, str], told: Mapping[str, str], now: datetime
) -> Differences:
    if call.cancelled:
        return () if told.get(CANCELLED) == YES else (Difference(CANCELLED, "", YES),)
    return tuple(
        Difference(name, was, values.get(name, ""))
        for name, was in sorted(told.items())
        if values.get(name, "") != was and _matters(call, verdict, name, now)
    )


def _matters(call: Call, verdict: Verdict, name: str, now: datetime) -> bool:
    """Whether a value matters still: news by a day that is to come were promised to whom nothing was told."""
    if name.removesuffix(TIME) == "selection":
        return not (verdict.standing or verdict.case.standing) and now < call.dates.selection
    return may_matter(name)


def may_matter(name: str) -> bool:
    """Whether another value of this name is news to anybody who was told one."""
    return name.removesuffix(TIME) not in _OF_NO_MATTER


# --- the letter that tells it ------------------------------------------------------------------------------


def owed_notice(call: Call, differences: Differences, posted: tuple[Posted, ...]) -> tuple[Owed, ...]:
    """Return the letter that tells somebody what is no longer so; none where one that does is on its way."""
    kind = Kind.CANCELLED if call.cancelled else Kind.CHANGED
    under_way = {kind} if call.cancelled else {kind, *DECISIONS}
    is_under_way = any(
        each.kind in under_way and is_open(each) and is_as_printed(call, each.printed) for each in posted
    )
    if not differences or kind not in call.messages or is_under_way:
        return ()
    return (Owed(kind, f"{kind}: {', '.join(each.name for each in differences)}"),)


def unseen(
    call: Call, found: Mapping[str, Differences], notes: Notes, now: datetime
) -> frozenset[Difference]:
    """Return the differences that nobody has marked as seen: no other letter leaves to whom they concern."""
    needs = list_needs(told_otherwise(call, found), {}, notes, now)
    return frozenset(Difference(*map(str, need.problem.facts)) for need in needs if not need.is_seen)


# --- what a person is told of it ---------------------------------------------------------------------------


def not_under_way(
    call: Call, found: Mapping[str, Differences], posted: Iterable[Posted]
) -> Mapping[str, Differences]:
    """Leave out whom a notice is on its way to that says what holds: nobody needs to see to them any more."""
    told = {
        each.reference
        for each in posted
        if each.kind in NOTICES and is_open(each) and is_as_printed(call, each.printed)
    }
    return {reference: differences for reference, differences in found.items() if reference not in told}


def told_otherwise(call: Call, found: Mapping[str, Differences]) -> tuple[Problem, ...]:
    """Say of each value who was told otherwise, and what to do about it."""
    who: dict[Difference, list[str]] = {}
    for reference, differences in found.items():
        for difference in differences:
            who.setdefault(difference, []).append(reference)
    return tuple(
        Problem(
            Said("the call"),
            Said("told otherwise", difference=say_difference(difference), who=_named(references)),
            _next_step(call),
            kind=NeedKind.TOLD_OTHERWISE,
            facts=(difference.name, difference.was, difference.now),
        )
        for difference, references in who.items()
    )


def say_difference(difference: Difference) -> Said:
    """Say what is no longer as it was told: `“place” is now “Madrid”, and was “Barcelona”`."""
    if difference.name == CANCELLED:
        return Said("meeting cancelled" if difference.now else "meeting goes on")
    name = difference.name.removeprefix(FACT)
    was, now = _apart(*(_for_people(name, value) for value in (difference.was, difference.now)))
    return (
        Said("value differs", name=name, now=now, was=was) if now else Said("value gone", name=name, was=was)
    )


def _for_people(name: str, value: str) -> str:
    """Write sessions as people do (`2023-09-12 09:00–17:30`), without zones; any other value as it is."""
    if name != SESSIONS or not value:
        return value
    spans = (span.split("/") for span in value.split(", "))
    return ", ".join(f"{_clock(begin)}–{_clock(end).removeprefix(f'{begin[:10]} ')}" for begin, end in spans)


def _clock(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _apart(was: str, now: str) -> tuple[str, str]:
    """Return two values from where they part on, if they are long and begin alike."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False)))
    begin = was.rfind(" ", 0, max(0, same - ROOM)) + 1 if now else 0
    return (f"…{was[begin:]}", f"…{now[begin:]}") if begin else (was, now)


def _named(references: list[str]) -> tuple[str, ...]:
    more = len(references) - MOST_NAMED
    return (*references[:MOST_NAMED], *((Said("and more", number=more),) if more > 0 else ()))


def _next_step(call: Call) -> Said:
    kind = Kind.CANCELLED if call.cancelled else Kind.CHANGED
    if kind not in call.messages:
        return Said("no such letter: do", kind=kind)
    return Said("meeting cancelled: do" if call.cancelled else "told otherwise: do", kind=kind)
