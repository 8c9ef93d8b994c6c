"""Works out what a ledger would take over: status and last message as the sheet shows them, and letters.

A person says whether it is taken over at all. What this ledger knows already stays, with one exception: a
message that it holds as open, and that may have gone out since, is never sent again by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count

from pipeline.audience.classify import classify
from pipeline.decisions.case import Case, finding, make_case
from pipeline.decisions.timeline import CONCLUDED, REPORTED, TRANSITIONS, TYPED, Event
from pipeline.intake.decision_words import Misunderstood, read_override
from pipeline.intake.own_cells import read_position, read_status
from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import is_ahead
from pipeline.model.adoption import Adopted, Adoption
from pipeline.model.applicant import Applicant, Classification, Eligibility, Status
from pipeline.model.call import Call
from pipeline.model.history import SEATED, History, Posted, Standing, by_reference, is_open
from pipeline.model.message import DOUBTFUL_STATES, VOID_STATES, Kind, State
from pipeline.model.reason import ReasonKind, as_written, because
from pipeline.model.sheet import Snapshot
from pipeline.model.text import one_line
from pipeline.model.witness import Record, is_unshown
from pipeline.recovery.evidence import Evidence, gather_evidence

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
    call: Call,
    snapshot: Snapshot,
    history: History,
    letters: Iterable[Posted] = (),
    records: Iterable[Record] = (),
) -> Adoption:
    """Work out all that would be taken over, by rows; nothing where stamp and witness say that nothing is missing.

    `letters` may be in any order, and there more than once; `records` are the witness's, of the ledgers that are
    meant. Raises HeaderError.
    """
    is_unknown = any(is_unshown(history, record, snapshot.stamp) for record in records)
    ahead = is_ahead(snapshot, history) or is_unknown
    if snapshot.stamp and not ahead:
        return Adoption(snapshot.stamp)
    by_age = tuple(sorted(letters, key=lambda one: (one.at, repr(one))))
    found, refused = gather_evidence(read_entries(snapshot, call), history, by_age, call.zone)
    posted = by_reference(history)
    adopted = [_adopt(call, one, history, posted.get(one.reference, ()), ahead=ahead) for one in found]
    settled = tuple(_settle(found, history, ahead=ahead))
    is_cut_off = is_unknown or (ahead and snapshot.stamp is not None and snapshot.stamp.sending)
    return Adoption(snapshot.stamp, _queued(adopted, found, history), settled, refused, is_cut_off)


def _adopt(call: Call, one: Evidence, history: History, known: tuple[Posted, ...], *, ahead: bool) -> Adopted:
    """Return what the ledger lacks of one applicant; its decision stays unless another one was surely made."""
    messages = _past_messages(one, known)
    standing, is_hidden = _conclude(call, one)
    if standing and (before := history.standings.get(one.reference)):
        news = any(message.kind in _TOLD_BY for message in messages) or (ahead and not is_hidden)
        standing = standing if news and before.status is not standing.status else None
    return Adopted(
        one.reference,
        one.address,
        one.applicant.row if one.applicant else 0,
        one.reference not in history.addresses,
        tuple(key for key in (*one.keys, *one.untraced) if key not in history.responses),
        standing,
        messages,
        standing is not None and is_hidden,
    )


def _past_messages(one: Evidence, known: tuple[Posted, ...]) -> tuple[Posted, ...]:
    """Return the messages that the ledger lacks, oldest first: letters, and what the row shows beyond them."""
    there = {(message.kind, message.revision) for message in known}
    past = [letter for letter in one.letters if (letter.kind, letter.revision) not in there]
    alike = [message for message in (*known, *past) if one.told and message.kind == one.told.kind]
    if one.told and not any(message in past or _is_same(one.told, message) for message in alike):
        revision = 1 + max((message.revision for message in alike), default=0)
        past.append(replace(one.told, revision=revision))
    return tuple(sorted(past, key=lambda message: (message.at, message.kind != Kind.RECEIVED)))


def _is_same(told: Posted, message: Posted) -> bool:
    """Whether a message of the kind that the sheet shows is that very one, whatever became of it."""
    may_be = is_open(message) or message.state in DOUBTFUL_STATES or told.at < message.at + MINUTE
    return may_be and message.state not in VOID_STATES


def _conclude(call: Call, one: Evidence) -> tuple[Standing | None, bool]:
    """Return what stands for an applicant, if anything, and whether the row hides it: a person is asked then."""
    alone = partial(classify, call.audience, call.columns)
    case = make_case(call, one.applicant, History(), alone) if one.applicant else None
    decided = (letter for letter in reversed(one.letters) if letter.kind in _TOLD_BY)
    letter = next((each for each in decided if not one.seen or each.at >= one.seen + MINUTE), None)
    event = _typed(call, one.applicant)
    status, is_shown = _status(one, letter, case, event)
    at = letter.at if letter else one.seen
    if status is None or at is None:
        return None, False
    is_hidden = not (letter or is_shown)
    held = case.classification if case else Classification(Eligibility.REVIEW)
    is_other = bool(one.keys) and one_line(one.own.category) != one_line(call.audience.title(held.category))
    is_reason = is_shown and case and not case.doubt
    was_invited = any(each and each.kind == Kind.INVITATION for each in (one.told, *one.letters))
    standing = Standing(
        reference=one.reference,
        status=status,
        eligibility=held.eligibility,
        category=held.category,
        reasons=(
            as_written(one_line(one.own.reason))
            if is_reason
            else because(ReasonKind.TAKEN_OVER, on=at.date().isoformat()),
        ),
        decision=_followed_word(one.applicant, event, status) if one.applicant else "",
        at=at,
        found=UNKNOWN if is_hidden or is_other else finding(case.found) if case else "",
        vacated=was_invited and status not in SEATED,
        heard_until=one.seen if status is not Status.OFFERED else None,
    )
    return standing, is_hidden


def _status(
    one: Evidence, letter: Posted | None, case: Case | None, event: Event | None
) -> tuple[Status | None, bool]:
    """Return the status, and whether it is the row's: else a later letter tells it, or else what was told last.

    No letter tells what organisers report. Where the row hides it, their word in any row of the person does: who
    was confirmed keeps the place while a newer answer is under review.
    """
    told, shown = letter or one.told, read_status(one.own)
    is_no = told is not None and told.kind == Kind.NOT_SELECTED
    # Before the selection date the row says `Ineligible` of people who were not told.
    if not letter and shown in CONCLUDED and (is_no or shown is not Status.INELIGIBLE):
        return shown, True
    if is_no and case and case.found.eligibility is Eligibility.INELIGIBLE:
        return Status.INELIGIBLE, False
    is_reported = event in REPORTED and shown in {Status.TO_REVIEW, Status.ON_HOLD}
    reported = TRANSITIONS[Status.RECEIVED, event].status if event and is_reported else None
    by_letter = _TOLD_BY.get(told.kind) if told else None
    return reported if reported in SEATED else by_letter or reported, False


def _typed(call: Call, applicant: Applicant | None) -> Event | None:
    """Return the organisers' word that stands in a row of the person, as an event; None for none that is known."""
    try:
        override = read_override(_said(applicant), call.audience) if applicant else None
    except Misunderstood:
        return None
    return TYPED.get(override.word) if override else None


def _said(applicant: Applicant) -> str:
    return applicant.decision or applicant.older_decision


def _followed_word(applicant: Applicant, event: Event | None, status: Status) -> str:
    """Return the organisers' word if it leads where things stand: any other is still to be followed."""
    to = TRANSITIONS.get((status, event)) if event else None
    return _said(applicant) if to and to.status is status else ""


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


def _settle(found: tuple[Evidence, ...], history: History, *, ahead: bool) -> Iterator[Posted]:
    """Say what became of messages that this ledger holds as open: by a letter, by the sheet, or not known."""
    sent = {(one.reference, one.kind, one.revision): one for person in found for one in person.letters}
    told = {(one.reference, one.told.kind): one.told for one in found if one.told}
    for message in filter(is_open, history.posted):
        shown = told.get((message.reference, message.kind))
        shown = shown if shown and message.at < shown.at + MINUTE else None
        if proof := sent.get((message.reference, message.kind, message.revision), shown):
            yield replace(message, state=proof.state, at=proof.at, reply=proof.reply)
        elif ahead:
            yield replace(message, state=State.IN_DOUBT, reply=NOT_KNOWN)
