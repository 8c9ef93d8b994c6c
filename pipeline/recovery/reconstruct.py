"""Works out what a ledger would take over: what the sheet shows of earlier runs, and what letters prove.

A person says whether it is taken over at all. What this ledger knows already stays, with one exception: a
message that it holds as open, and that may have gone out since, is never sent again by itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count

from pipeline.decisions.timeline import TELLS
from pipeline.intake.own_cells import ShownMessage, read_position
from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import is_ahead
from pipeline.model.adoption import Adopted, Adoption, PastMessage, SettledMessage
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History, Posted, by_reference
from pipeline.model.message import DOUBTFUL_STATES, OPEN_STATES, VOID_STATES, Kind, State
from pipeline.model.sheet import Snapshot
from pipeline.recovery.evidence import Evidence, gather_evidence
from pipeline.recovery.found_letters import FoundLetter
from pipeline.recovery.standings import MINUTE, adopted_standing, is_hidden, is_known, shown_at, shown_message

UNKNOWN = "what became of it is not known: this ledger was behind"


def reconstruct(
    call: Call, snapshot: Snapshot, history: History, letters: tuple[FoundLetter, ...] = ()
) -> Adoption:
    """Work out all that would be taken over, by rows; nothing where the stamp says that nothing is missing.

    `letters` may be of several calls, in any order, and there more than once. Raises HeaderError.
    """
    ahead = is_ahead(snapshot, history)
    if snapshot.stamp and not ahead:
        return Adoption(snapshot.stamp)
    found, refused = gather_evidence(read_entries(snapshot, call), history, _ours(call, letters))
    posted = by_reference(history)
    adopted = [_adopt(call, one, history, posted.get(one.reference, ()), ahead=ahead) for one in found]
    settled = tuple(_settle(call, found, history, ahead=ahead))
    is_cut_off = ahead and snapshot.stamp is not None and snapshot.stamp.sending
    return Adoption(snapshot.stamp, _queued(adopted, found, history), settled, refused, is_cut_off)


def _ours(call: Call, letters: tuple[FoundLetter, ...]) -> tuple[FoundLetter, ...]:
    """Return this call's letters, each once, by age: one Message-ID stands for one letter."""
    by_age = sorted((letter for letter in letters if letter.call == call.id), key=_age)
    once = {letter.message_id: letter for letter in reversed(by_age)}
    return tuple(letter for letter in by_age if not letter.message_id or once[letter.message_id] is letter)


def _age(letter: FoundLetter) -> tuple[datetime, str, int, str, str]:
    return letter.date, letter.reference, letter.revision, letter.kind, letter.to


def _adopt(
    call: Call, evidence: Evidence, history: History, known: tuple[Posted, ...], *, ahead: bool
) -> Adopted:
    is_new = evidence.reference not in history.addresses
    messages = _past_messages(call, evidence, known)
    news = any(message.kind is not Kind.RECEIVED for message in messages)
    is_open = is_new or news or (ahead and evidence.current is not None)
    standing = adopted_standing(call, evidence) if is_open else None
    if standing and is_known(history.standings.get(evidence.reference), standing, evidence):
        standing = None
    return Adopted(
        evidence.reference,
        evidence.address,
        evidence.applicant.row if evidence.applicant else 0,
        is_new,
        tuple(entry.key for entry in evidence.rows if entry.key not in history.responses),
        standing,
        messages,
        standing is not None and is_hidden(call, evidence, standing.status),
        TELLS.get(standing.status) if standing else None,
    )


def _past_messages(call: Call, evidence: Evidence, known: tuple[Posted, ...]) -> tuple[PastMessage, ...]:
    """Return the messages that this ledger lacks, oldest first; `known` are those of this applicant in it.

    The last message that the row shows is the newest letter of its kind, where there is one.
    """
    past = {(letter.kind, letter.revision): _from_letter(call, letter) for letter in evidence.letters}
    told = shown_message(call, evidence)
    if told and any(kind is told.kind for kind, _ in past):
        newest = max(key for key in past if key[0] is told.kind)
        past[newest] = _as_shown(past[newest], told)
    elif told and not any(_is_same(told, message) for message in known):
        revision = 1 + max((message.revision for message in known if message.kind is told.kind), default=0)
        at = told.at or shown_at(call, evidence)
        assert at is not None  # noqa: S101 - a row that shows a message has a response, and that a time
        past[told.kind, revision] = PastMessage(
            evidence.reference, evidence.address, told.kind, revision, told.state, at, told.reply
        )
    new = past.keys() - {(message.kind, message.revision) for message in known}
    return tuple(sorted(map(past.__getitem__, new), key=lambda one: (one.at, one.kind is not Kind.RECEIVED)))


def _from_letter(call: Call, letter: FoundLetter) -> PastMessage:
    at = letter.date.astimezone(call.zone)
    return PastMessage(
        letter.reference,
        letter.to,
        letter.kind,
        letter.revision,
        State.ACCEPTED,
        at,
        message_id=letter.message_id,
    )


def _as_shown(message: PastMessage, told: ShownMessage) -> PastMessage:
    """Add what the sheet knows better than the letter: when it was accepted, or that it was refused."""
    if told.state is State.REFUSED:
        return replace(message, state=State.REFUSED, reply=told.reply)
    return replace(message, at=told.at) if told.state is State.ACCEPTED and told.at else message


def _is_same(told: ShownMessage, message: Posted) -> bool:
    """Whether the message that the sheet shows is one that this ledger holds, whatever became of it."""
    if message.kind is not told.kind or message.state in VOID_STATES:
        return False
    unfinished = message.state in OPEN_STATES | DOUBTFUL_STATES
    return unfinished or told.at is None or told.at < message.at + MINUTE


def _queued(adopted: list[Adopted], found: tuple[Evidence, ...], history: History) -> tuple[Adopted, ...]:
    """Put those who wait in the frozen queue, behind all whom the ledger knows, in the order shown.

    Whoever waits without a number (on hold, say) has a place between the numbers, or behind them.
    """
    shown = {one.reference: read_position(one.own) for one in found}
    free = (number for number in count(1) if number not in shown.values())
    last = max((standing.order for standing in history.standings.values()), default=0)
    queued = []
    for person in sorted(adopted, key=lambda person: (person.row or float("inf"), person.reference)):
        if person.standing and person.standing.status is Status.WAITING:
            order = last + (shown.get(person.reference) or next(free))
            person = replace(person, standing=replace(person.standing, order=order))
        queued.append(person)
    return tuple(person for person in queued if not person.is_nothing)


def _settle(
    call: Call, found: tuple[Evidence, ...], history: History, *, ahead: bool
) -> Iterator[SettledMessage]:
    """Say what became of the messages that this ledger holds as open."""
    letters = (letter for one in found for letter in one.letters)
    proofs = {(letter.reference, letter.kind, letter.revision): letter.date for letter in letters}
    told = {one.reference: shown_message(call, one) for one in found}
    for message in history.posted:
        if message.state in OPEN_STATES:
            proof = proofs.get((message.reference, message.kind, message.revision))
            if ended := _outcome(message, told.get(message.reference), proof, ahead=ahead):
                state, at, reply = ended
                at = at.astimezone(call.zone)
                yield SettledMessage(message.id, message.reference, message.kind, state, at, reply)


def _outcome(
    message: Posted, told: ShownMessage | None, proof: datetime | None, *, ahead: bool
) -> tuple[State, datetime, str] | None:
    """Say how an open message ended: by the sheet, by its letter, or not known; None where it is still open."""
    # What the sheet says of this message, and not of an earlier one, counts; of a doubt, its letter knows more.
    is_said = told and told.kind is message.kind and (message.at < told.at + MINUTE if told.at else ahead)
    if told and is_said and (told.state is not State.IN_DOUBT or not proof):
        return told.state, told.at or message.at, told.reply
    if proof:
        return State.ACCEPTED, proof, ""
    return (State.IN_DOUBT, message.at, UNKNOWN) if ahead else None
