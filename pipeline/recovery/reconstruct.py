"""Works out what a ledger would take over: what the sheet shows of earlier runs, and what letters prove.

A person says whether it is taken over at all. What this ledger knows already stays, with one exception: a
message that it holds as open, and that may have gone out since, is never sent again by itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count

from pipeline.intake.own_cells import Told, read_position
from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import is_ahead
from pipeline.model.adoption import Belief, Believed, Settled
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History, Posted, by_reference
from pipeline.model.message import OPEN_STATES, Kind, State
from pipeline.model.sheet import Snapshot
from pipeline.recovery.evidence import Trace, find_traces
from pipeline.recovery.found_letters import FoundLetter
from pipeline.recovery.past_messages import MINUTE, past_messages, shown_message
from pipeline.recovery.standings import believed_standing, is_known

UNKNOWN = "what became of it is not known: this ledger was behind"


def believe(
    call: Call, snapshot: Snapshot, history: History, letters: tuple[FoundLetter, ...] = ()
) -> Belief:
    """Work out all that would be taken over, by rows; nothing where the stamp says that nothing is missing.

    `letters` may be of several calls, in any order, and there more than once. Raises HeaderError.
    """
    ahead = is_ahead(snapshot, history)
    if snapshot.stamp and not ahead:
        return Belief(snapshot.stamp)
    traces, doubted = find_traces(read_entries(snapshot, call), history, _ours(call, letters))
    posted = by_reference(history)
    known = {trace.reference: posted.get(trace.reference, ()) for trace in traces}
    believed = [_believe(call, trace, history, known[trace.reference], ahead=ahead) for trace in traces]
    settled = tuple(_settle(call, traces, history, ahead=ahead))
    is_cut_off = ahead and snapshot.stamp is not None and snapshot.stamp.sending
    return Belief(snapshot.stamp, _queued(believed, traces, history), settled, doubted, is_cut_off)


def _ours(call: Call, letters: tuple[FoundLetter, ...]) -> tuple[FoundLetter, ...]:
    """Return this call's letters, each once, by age: one Message-ID stands for one letter."""
    by_age = sorted((letter for letter in letters if letter.call == call.id), key=_age)
    once = {letter.message_id: letter for letter in reversed(by_age)}
    return tuple(letter for letter in by_age if not letter.message_id or once[letter.message_id] is letter)


def _age(letter: FoundLetter) -> tuple[datetime, str, int, str, str]:
    return letter.date, letter.reference, letter.revision, letter.kind, letter.to


def _believe(
    call: Call, trace: Trace, history: History, known: tuple[Posted, ...], *, ahead: bool
) -> Believed:
    is_new = trace.reference not in history.addresses
    messages = past_messages(call, trace, known)
    news = any(message.kind is not Kind.RECEIVED for message in messages)
    standing = None
    if is_new or news or (ahead and trace.current):
        standing = believed_standing(call, trace)
    if standing and is_known(history.standings.get(trace.reference), standing, trace):
        standing = None
    return Believed(
        trace.reference,
        trace.address,
        trace.applicant.row if trace.applicant else 0,
        is_new,
        tuple(entry.key for entry in trace.rows if entry.key not in history.responses),
        standing,
        messages,
    )


def _queued(believed: list[Believed], traces: tuple[Trace, ...], history: History) -> tuple[Believed, ...]:
    """Put those who wait in the frozen queue, behind all whom the ledger knows, in the order shown.

    Whoever waits without a number (on hold, say) has a place between the numbers, or behind them.
    """
    shown = {trace.reference: read_position(trace.current.own) for trace in traces if trace.current}
    free = (number for number in count(1) if number not in shown.values())
    last = max((standing.order for standing in history.standings.values()), default=0)
    queued = []
    for person in sorted(believed, key=lambda person: (person.row or float("inf"), person.reference)):
        if person.standing and person.standing.status is Status.WAITING:
            order = last + (shown.get(person.reference) or next(free))
            queued.append(replace(person, standing=replace(person.standing, order=order)))
        else:
            queued.append(person)
    return tuple(person for person in queued if not person.is_nothing)


def _settle(call: Call, traces: tuple[Trace, ...], history: History, *, ahead: bool) -> Iterator[Settled]:
    """Say what became of the messages that this ledger holds as open."""
    letters = (letter for trace in traces for letter in trace.letters)
    proofs = {(letter.reference, letter.kind, letter.revision): letter.date for letter in letters}
    told = {trace.reference: shown_message(call, trace) for trace in traces}
    for message in history.posted:
        if message.state in OPEN_STATES:
            proof = proofs.get((message.reference, message.kind, message.revision))
            outcome = _outcome(message, told.get(message.reference), proof, ahead=ahead)
            if outcome:
                state, at, reply = outcome
                at = at.astimezone(call.zone)
                yield Settled(message.id, message.reference, message.kind, state, at, reply)


def _outcome(
    message: Posted, told: Told | None, proof: datetime | None, *, ahead: bool
) -> tuple[State, datetime, str] | None:
    """Say how an open message ended: by the sheet, by its letter, or not known; None where it is still open."""
    said = _said_of(message, told, ahead=ahead)
    if said and (said.state is not State.IN_DOUBT or not proof):
        return said.state, said.at or message.at, said.reply
    if proof:
        return State.ACCEPTED, proof, ""
    return (State.IN_DOUBT, message.at, UNKNOWN) if ahead else None


def _said_of(message: Posted, told: Told | None, *, ahead: bool) -> Told | None:
    """Return what the sheet says, if it says it of this message and not of an earlier one."""
    if told is None or told.kind is not message.kind:
        return None
    is_it = message.at < told.at + MINUTE if told.at else ahead
    return told if is_it else None
