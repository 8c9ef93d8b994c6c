"""Works out what a ledger would take over: status and last message as the sheet shows them, and letters.

A person says whether it is taken over at all. What this ledger knows already stays, with one exception: a
message that it holds as open, and that may have gone out since, is never sent again by itself.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

from pipeline.decisions.case import Case, finding, make_case
from pipeline.decisions.timeline import CONCLUDED, TRANSITIONS, TYPED
from pipeline.intake.own_cells import ShownMessage, read_position, read_status
from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import is_ahead
from pipeline.model.adoption import Adopted, Adoption, PastMessage, SettledMessage
from pipeline.model.applicant import Classification, Eligibility, Status
from pipeline.model.call import Call
from pipeline.model.history import SEATED, History, Posted, Standing, by_reference
from pipeline.model.message import DOUBTFUL_STATES, OPEN_STATES, VOID_STATES, Kind, State
from pipeline.model.reason import ReasonKind, as_written, because
from pipeline.model.sheet import Snapshot
from pipeline.model.text import one_line
from pipeline.recovery.evidence import Evidence, gather_evidence
from pipeline.recovery.found_letters import FoundLetter

MINUTE = timedelta(minutes=1)
"""What the sheet rounds a time down to."""

NOT_KNOWN = "what became of it is not known: this ledger was behind"
UNKNOWN = "unknown"
"""A finding that the rules never make: the next run asks a person (see `Case.has_changed`)."""

_TOLD_BY = {
    Kind.INVITATION: Status.OFFERED,
    Kind.WAITING_LIST: Status.WAITING,
    Kind.NOT_SELECTED: Status.NOT_SELECTED,
}


def reconstruct(
    call: Call, snapshot: Snapshot, history: History, letters: tuple[FoundLetter, ...] = ()
) -> Adoption:
    """Work out all that would be taken over, by rows; nothing where the stamp says that nothing is missing.

    `letters` may be of several calls, in any order, and there more than once. Raises HeaderError.
    """
    ahead = is_ahead(snapshot, history)
    if snapshot.stamp and not ahead:
        return Adoption(snapshot.stamp)
    ours = sorted((one for one in letters if one.call == call.id), key=lambda one: (one.date, repr(one)))
    found, refused = gather_evidence(read_entries(snapshot, call), history, tuple(ours), call.zone)
    posted = by_reference(history)
    adopted = [_adopt(call, one, history, posted.get(one.reference, ()), ahead=ahead) for one in found]
    settled = tuple(_settle(found, history, ahead=ahead))
    is_cut_off = ahead and snapshot.stamp is not None and snapshot.stamp.sending
    return Adoption(snapshot.stamp, _queued(adopted, found, history), settled, refused, is_cut_off)


def _adopt(call: Call, one: Evidence, history: History, known: tuple[Posted, ...], *, ahead: bool) -> Adopted:
    """Return what the ledger lacks of one applicant; its own decision stays unless the sheet is surely newer."""
    messages = _past_messages(call, one, known)
    standing, is_hidden = _conclude(call, one)
    before = history.standings.get(one.reference)
    if standing and before:
        news = any(message.kind is not Kind.RECEIVED for message in messages)
        is_newer = news or (ahead and not is_hidden)
        standing = standing if is_newer and before.status is not standing.status else None
    return Adopted(
        reference=one.reference,
        address=one.address,
        row=one.applicant.row if one.applicant else 0,
        is_new=one.reference not in history.addresses,
        keys=tuple(key for key in one.keys if key not in history.responses),
        standing=standing,
        messages=messages,
        is_hidden=standing is not None and is_hidden,
    )


def _past_messages(call: Call, one: Evidence, known: tuple[Posted, ...]) -> tuple[PastMessage, ...]:
    """Return the messages that the ledger lacks, oldest first: the letters, and what the row shows beyond them."""
    there, told = {(message.kind, message.revision) for message in known}, one.told
    past = [
        PastMessage(
            one.reference,
            one.address,
            letter.kind,
            letter.revision,
            State.ACCEPTED,
            letter.date.astimezone(call.zone),
        )
        for letter in one.letters
        if (letter.kind, letter.revision) not in there
    ]
    at = told and (told.at or one.seen)
    if (
        told
        and at
        and not any(_is_same(told, message) for message in known)
        and told.kind not in {message.kind for message in past}
    ):
        revision = 1 + max((message.revision for message in known if message.kind is told.kind), default=0)
        past.append(PastMessage(one.reference, one.address, told.kind, revision, told.state, at, told.reply))
    return tuple(sorted(past, key=lambda message: (message.at, message.kind is not Kind.RECEIVED)))


def _is_same(told: ShownMessage, message: Posted) -> bool:
    """Whether the message that the sheet shows is one that this ledger holds, whatever became of it."""
    if message.kind is not told.kind or message.state in VOID_STATES:
        return False
    unfinished = message.state in OPEN_STATES | DOUBTFUL_STATES
    return unfinished or told.at is None or told.at < message.at + MINUTE


def _conclude(call: Call, one: Evidence) -> tuple[Standing | None, bool]:
    """Return what stands for an applicant, if anything, and whether the row hides it.

    A later letter counts, or else the status shown, or else (on hold, under review) what was told last.
    """
    case = make_case(call, one.applicant, History()) if one.applicant else None
    letter = _newer_letter(one)
    shown = None if letter else _shown(one)
    told = letter or one.told
    status = shown or (_told(told.kind, case) if told else None)
    at = letter.date.astimezone(call.zone) if letter else one.seen
    if status is None or at is None:
        return None, False
    is_hidden = not (letter or shown)
    held = case.classification if case else Classification(Eligibility.REVIEW)
    is_other = bool(one.keys) and one_line(one.own.category) != one_line(call.audience.title(held.category))
    found = finding(case.found) if case else ""
    why = because(ReasonKind.TAKEN_OVER, on=at.date().isoformat())
    kinds = {*(found.kind for found in one.letters), *((one.told.kind,) if one.told else ())}
    standing = Standing(
        reference=one.reference,
        status=status,
        eligibility=held.eligibility,
        category=held.category,
        reasons=(as_written(one_line(one.own.reason)) if shown and case and not case.doubt else why,),
        decision=_decision(case, status) if case else "",
        at=at,
        found=UNKNOWN if is_hidden or is_other else found,
        vacated=status not in SEATED and Kind.INVITATION in kinds,
    )
    return standing, is_hidden


def _newer_letter(one: Evidence) -> FoundLetter | None:
    """Return the last decision that was told after what the row shows, if any."""
    told = (letter for letter in reversed(one.letters) if letter.kind in _TOLD_BY)
    return next((letter for letter in told if one.seen is None or letter.date >= one.seen + MINUTE), None)


def _shown(one: Evidence) -> Status | None:
    """Return the status of the row if it was concluded: `Ineligible` is, once it was told."""
    status = read_status(one.own)
    untold = status is Status.INELIGIBLE and not (one.told and one.told.kind is Kind.NOT_SELECTED)
    return status if status in CONCLUDED and not untold else None


def _told(kind: Kind, case: Case | None) -> Status | None:
    excluded = case is not None and case.found.eligibility is Eligibility.INELIGIBLE
    return Status.INELIGIBLE if kind is Kind.NOT_SELECTED and excluded else _TOLD_BY.get(kind)


def _decision(case: Case, status: Status) -> str:
    """Return the organisers' word if it leads where things stand: any other is still to be followed."""
    to = TRANSITIONS.get((status, TYPED[case.override.word])) if case.override else None
    return case.applicant.decision if to and to.status is status else ""


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
            order = last + (shown[person.reference] or next(free))
            person = replace(person, standing=replace(person.standing, order=order))
        queued.append(person)
    return tuple(person for person in queued if not person.is_nothing)


def _settle(found: tuple[Evidence, ...], history: History, *, ahead: bool) -> Iterator[SettledMessage]:
    """Say what became of messages that this ledger holds as open: by a letter, by the sheet, or not known."""
    sent = {(one.reference, one.kind, one.revision): one.date for person in found for one in person.letters}
    shown = {one.reference: one.told for one in found}
    for message in history.posted:
        letter, told = (
            sent.get((message.reference, message.kind, message.revision)),
            shown.get(message.reference),
        )
        is_told = told and told.kind is message.kind and told.at and message.at < told.at + MINUTE
        if message.state not in OPEN_STATES:
            continue
        if letter:
            yield SettledMessage(message.id, message.reference, message.kind, State.ACCEPTED, letter)
        elif told and told.at and is_told:
            yield SettledMessage(message.id, message.reference, message.kind, told.state, told.at)
        elif ahead:
            yield SettledMessage(
                message.id, message.reference, message.kind, State.IN_DOUBT, message.at, NOT_KNOWN
            )
