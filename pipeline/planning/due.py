"""Which messages leave: those that are due, those of earlier runs that go on, and those called off.

A decision leaves alone: it takes the place of an acknowledgement that is still owed, and what a date or a status calls
for (see `occasions`) follows in another run. A message of an earlier run goes on only while it still says the truth.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from pipeline.decisions.timeline import TELLS
from pipeline.decisions.verdict import Verdict
from pipeline.messages.language import language_of
from pipeline.messages.reading import Templates
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.errors import TemplateError
from pipeline.model.frozen import dataclass
from pipeline.model.history import (
    History,
    Posted,
    Standing,
    by_reference,
    is_acknowledged,
    is_by_hand,
    last_posted,
    last_told,
)
from pipeline.model.kinds import NOTICES, sort_of, turn_of
from pipeline.model.message import DOUBTFUL_STATES, VOID_STATES, Kind, Message, State
from pipeline.model.printed import Difference, Differences
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.planning.changes import find_differences, owed_notice, unseen
from pipeline.planning.going_on import is_kept_back, is_silenced, is_untrue, open_messages
from pipeline.planning.letters import write_message
from pipeline.planning.occasions import Owed, called_for
from pipeline.planning.states import raise_if_unfit


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that could leave: new messages and those of earlier runs, in the order of leaving; what is called off."""

    messages: tuple[Message, ...]
    resumed: tuple[Posted, ...]
    cancelled: tuple[Posted, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Mail:
    """What leaves, what goes on, what is called off; `put_off` are applicants who are told another day.

    `left_out` is how many messages the limit leaves for another run; `behind` are applicants whose turn comes after
    somebody whose message waits for a person.
    """

    messages: tuple[Message, ...]
    resumed: tuple[Posted, ...]
    cancelled: tuple[Posted, ...]
    problems: tuple[Problem, ...]
    put_off: frozenset[str]
    left_out: int = 0
    behind: frozenset[str] = frozenset()


def write_drafts(
    call: Call,
    templates: Templates,
    verdicts: tuple[Verdict, ...],
    history: History,
    now: datetime,
    unacknowledged: Collection[str] = (),
    positions: Mapping[str, int] = MappingProxyType({}),
) -> Drafts:
    """Write every message that is due. `unacknowledged` are those who get no acknowledgement (see `brake`).

    `positions` are the places on the waiting list. Raises TemplateError for a template that fails for everybody.
    """
    posted = by_reference(history)
    resumed, cancelled = open_messages(call, verdicts, posted, now)
    promised = _day_promised(call, now)
    changes = find_differences(call, verdicts, posted, now)
    pressing = unseen(call, changes, history.notes, now)
    due = tuple(
        (owed, verdict)
        for verdict in verdicts
        for owed in _owed(
            call,
            verdict,
            posted.get(verdict.reference, ()),
            promised,
            now,
            changes.get(verdict.reference, ()),
            pressing,
        )
        if not (owed.kind == Kind.RECEIVED and verdict.reference in unacknowledged)
    )
    messages, problems = _write_messages(call, templates, due, posted, now, positions, changes)
    return Drafts(messages, resumed, cancelled, problems)


def choose(
    drafts: Drafts, in_turn: Collection[str], kept: Collection[str] = (), limit: int | None = None
) -> Mail:
    """Choose what leaves in this run, for those whose turn it is and who are not `kept` waiting.

    `limit` cuts it short: what is lighter first (see `kinds.Weight`), then new messages, the last by kind and time.
    """
    ready = tuple(one for one in drafts.messages if one.reference in in_turn and one.reference not in kept)
    resumed = tuple(one for one in drafts.resumed if one.reference in in_turn and one.reference not in kept)
    problems = tuple(problem for problem in drafts.problems if problem.reference in in_turn)
    leaving = in_order(resumed, ready)
    left = frozenset(leaving[:limit])
    cut = tuple(one for one in leaving if one not in left)
    unwritten = {problem.reference for problem in problems}
    put_off = {one.reference for one in cut if isinstance(one, Message) and not one.occasion}
    put_off |= unwritten | set(kept)
    # What takes a message's place is not recorded yet: until then the message stands.
    cancelled = tuple(
        one for one in drafts.cancelled if one.reference in in_turn and one.reference not in put_off
    )
    return Mail(
        tuple(one for one in ready if one in left),
        tuple(one for one in resumed if one in left),
        cancelled,
        problems,
        frozenset(put_off),
        len(cut),
    )


def in_order(resumed: tuple[Posted, ...], new: tuple[Message, ...]) -> tuple[Posted | Message, ...]:
    """Return all that leaves in its order: decisions, answers, reminders, thanks; of each, earlier messages first."""
    return tuple(sorted((*resumed, *new), key=lambda one: sort_of(one.kind).weight))


def _owed(
    call: Call,
    verdict: Verdict,
    posted: tuple[Posted, ...],
    promised: datetime | None,
    now: datetime,
    changes: Differences,
    pressing: Collection[Difference],
) -> tuple[Owed, ...]:
    """Return the messages that are due to an applicant: what tells a decision alone, else what occasions call for.

    None of these leaves beside a change that is `pressing`: it would contradict an earlier letter without saying so.
    """
    notice = owed_notice(call, changes, posted)
    kind = None if call.cancelled else _due(verdict, posted, promised)
    if kind and kind in call.messages:
        return (Owed(kind),)
    if call.cancelled or (notice and any(change in pressing for change in changes)):
        return notice
    standing = verdict.standing or verdict.case.standing
    if standing is None or is_silenced(verdict) or verdict.case.doubt:
        return notice
    return (*notice, *called_for(call, standing, posted, now))


def _due(verdict: Verdict, posted: tuple[Posted, ...], promised: datetime | None = None) -> Kind | None:
    """Return the one message about a decision, or an application, that is due to an applicant, if any.

    `promised` is when news was, if that day is over.
    """
    if verdict.case.is_silent:
        return None
    if verdict.standing:
        return due_kind(verdict.case.standing, verdict.standing, posted)
    latest = last_posted(posted)
    if latest and latest.state is State.REPLACED and not latest.occasion:
        is_kept = is_kept_back(verdict, latest) or is_untrue(verdict, latest)
        return None if is_kept else latest.kind
    if verdict.case.standing or is_silenced(verdict):
        return None
    if is_acknowledged(posted):
        return Kind.DELAYED if promised and _is_promised(verdict, posted, promised) else None
    return Kind.RECEIVED


def _is_promised(verdict: Verdict, posted: tuple[Posted, ...], day: datetime) -> bool:
    """Whether an acknowledgement promised somebody news by a day, and nothing was told since.

    Who applied late, or did not agree, was promised none.
    """
    heard = [message for message in posted if message.state not in VOID_STATES]
    known = {State.ACCEPTED, *DOUBTFUL_STATES}
    is_held = verdict.case.classification.eligibility is Eligibility.HELD
    return (
        not (verdict.case.late or is_held)
        and all(message.kind in {Kind.RECEIVED, *NOTICES} for message in heard)
        and any(message.state in known and message.at < day for message in heard)
    )


def _day_promised(call: Call, now: datetime) -> datetime | None:
    """Return by when acknowledgements promised news, once that day is over and as long as news are of use."""
    day = call.dates.selection
    is_over = now.astimezone(day.tzinfo).date() > day.date() and now < call.dates.starts
    return day if is_over else None


def owed_acknowledgement(verdicts: tuple[Verdict, ...], history: History) -> tuple[Verdict, ...]:
    """Return those who are owed an acknowledgement."""
    posted = by_reference(history)
    return tuple(one for one in verdicts if _due(one, posted.get(one.reference, ())) == Kind.RECEIVED)


def _write_messages(
    call: Call,
    templates: Templates,
    due: tuple[tuple[Owed, Verdict], ...],
    posted: Mapping[str, tuple[Posted, ...]],
    now: datetime,
    positions: Mapping[str, int],
    changes: Mapping[str, Differences],
) -> tuple[tuple[Message, ...], tuple[Problem, ...]]:
    """Render every message that is due, in the order of leaving: by kind, then by time of application."""
    messages, failures = [], []
    for owed, verdict in sorted(due, key=_leaving):
        before = posted.get(verdict.reference, ())
        kind, revision = owed.kind, _revision(owed.kind, before)
        position = positions.get(verdict.reference, 0)
        try:
            told = changes.get(verdict.reference, ())
            message = write_message(call, templates, verdict, kind, revision, now, position, before, told)
            messages.append(replace(message, occasion=owed.occasion))
        except TemplateError:
            # What fails for anybody is not this person's: no letter leaves before it is put right.
            raise_if_unfit(
                call,
                templates,
                kind,
                language_of(call.languages, verdict.case.applicant.response.answers),
                now,
            )
            failures.append(_unwritable(verdict, kind))
    return tuple(messages), tuple(failures)


def _leaving(pair: tuple[Owed, Verdict]) -> tuple[tuple[int, int, str], int, datetime, str]:
    """Order messages by kind, the waiting by their place: who is cut off by a limit stands behind the others."""
    owed, verdict = pair
    order = verdict.standing.order if verdict.standing else 0
    return turn_of(owed.kind), order, verdict.case.applicant.response.submitted, verdict.reference


def _revision(kind: Kind, posted: tuple[Posted, ...]) -> int:
    return 1 + max((message.revision for message in posted if message.kind == kind), default=0)


def _unwritable(verdict: Verdict, kind: Kind) -> Problem:
    where = Said("row", row=verdict.case.applicant.row)
    what, advice = Said("letter unwritable", kind=str(kind)), Said("letter unwritable: do")
    return Problem(where, what, advice, verdict.case.applicant.row, verdict.reference)


def due_kind(before: Standing | None, after: Standing, posted: tuple[Posted, ...]) -> Kind | None:
    """Return the message that tells a new standing, or None where nobody may or need be told by machine.

    Not told: what the applicant knows already, by a letter or from the organisers. An invitation is told again only
    to people who gave their place up, or from whom organisers took it, since the last one.
    """
    kind = TELLS.get(after.status)
    told = TELLS.get(before.status) if before and is_by_hand(before) else last_told(posted)
    if told == kind and not (kind == Kind.INVITATION and before is not None and before.vacated):
        return None
    return kind
