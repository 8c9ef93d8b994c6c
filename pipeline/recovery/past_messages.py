"""Which messages an applicant had: letters that were found, and the last message that the sheet shows."""

from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.intake.own_cells import Told, read_moment, read_told
from pipeline.model.adoption import Past, Source
from pipeline.model.call import Call
from pipeline.model.history import Posted
from pipeline.model.message import DOUBTFUL_STATES, OPEN_STATES, VOID_STATES, Kind, State
from pipeline.recovery.evidence import Trace
from pipeline.recovery.found_letters import FoundLetter

MINUTE = timedelta(minutes=1)
"""What the sheet rounds a time down to."""

LONGEST_WAY = timedelta(days=6)
"""How long after it was written a message may still be accepted: the days that it is tried for, and one more."""


def shown_message(call: Call, trace: Trace) -> Told | None:
    """Return the last message that the applicant's row shows."""
    return read_told(trace.current.own.last_message, call.zone) if trace.current else None


def shown_at(call: Call, trace: Trace) -> datetime | None:
    """Return up to when the applicant's row tells what happened: its last message, or its last change."""
    if trace.current is None:
        return None
    told, updated = shown_message(call, trace), read_moment(trace.current.own.updated, call.zone)
    if told and told.at:
        return max(told.at, updated or told.at)
    return updated or (trace.current.response.submitted if trace.current.response else None)


def past_messages(call: Call, trace: Trace, known: tuple[Posted, ...]) -> tuple[Past, ...]:
    """Return the messages that this ledger lacks, oldest first; `known` are those of this applicant in it."""
    there = {(message.kind, message.revision) for message in known}
    past = [_from_letter(call, letter) for letter in trace.letters]
    told = shown_message(call, trace)
    if told and (twin := _twin(told, trace.letters)):
        key = twin.kind, twin.revision
        past = [_as_shown(one, told) if (one.kind, one.revision) == key else one for one in past]
    elif told and not any(_is_same(told, message) for message in known):
        past.append(_from_sheet(call, trace, told, known))
    new = (message for message in past if (message.kind, message.revision) not in there)
    return tuple(sorted(new, key=lambda message: (message.at, message.kind is not Kind.RECEIVED)))


def _from_letter(call: Call, letter: FoundLetter) -> Past:
    at = letter.date.astimezone(call.zone)
    return Past(
        letter.reference,
        letter.to,
        letter.kind,
        letter.revision,
        State.ACCEPTED,
        at,
        Source.LETTERS,
        message_id=letter.message_id,
    )


def _from_sheet(call: Call, trace: Trace, told: Told, known: tuple[Posted, ...]) -> Past:
    at = told.at or shown_at(call, trace)
    assert at is not None  # noqa: S101 - a row that shows a message has a response, and that a time
    there = {(message.kind, message.revision) for message in known}
    there |= {(letter.kind, letter.revision) for letter in trace.letters}
    revision = 1 + max((number for kind, number in there if kind is told.kind), default=0)
    return Past(trace.reference, trace.address, told.kind, revision, told.state, at, Source.SHEET, told.reply)


def _twin(told: Told, letters: tuple[FoundLetter, ...]) -> FoundLetter | None:
    """Return the letter of the message that the sheet shows: the newest of its kind that can be it."""
    same = [letter for letter in letters if letter.kind is told.kind]
    if told.at is not None:
        same = [letter for letter in same if -LONGEST_WAY < letter.date - told.at < MINUTE]
    return same[-1] if same else None


def _as_shown(message: Past, told: Told) -> Past:
    """Add what the sheet knows better than the letter: when it was accepted, or that it was refused."""
    if told.state is State.REFUSED:
        return replace(message, state=State.REFUSED, reply=told.reply)
    return replace(message, at=told.at) if told.state is State.ACCEPTED and told.at else message


def _is_same(told: Told, message: Posted) -> bool:
    """Whether the message that the sheet shows is one that this ledger holds, whatever became of it."""
    if message.kind is not told.kind or message.state in VOID_STATES:
        return False
    unfinished = message.state in OPEN_STATES | DOUBTFUL_STATES
    return unfinished or told.at is None or told.at < message.at + MINUTE
