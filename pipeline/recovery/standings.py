"""What was concluded for an applicant, as far as it can be told from their row and from letters."""

from datetime import datetime

from pipeline.decisions.case import Case, finding, make_case
from pipeline.decisions.timeline import TELLS, TRANSITIONS, TYPED
from pipeline.intake.decision_words import Misunderstood, Word, read_override
from pipeline.intake.own_cells import (
    read_carried_out,
    read_hidden_since,
    read_hidden_status,
    read_status,
    was_put_in_category,
)
from pipeline.model.applicant import Classification, Eligibility, Status
from pipeline.model.call import Call
from pipeline.model.history import SEATED, History, Standing
from pipeline.model.message import Kind
from pipeline.model.reason import Reason, ReasonKind, as_written, because
from pipeline.model.sheet import OwnCells
from pipeline.model.text import one_line
from pipeline.model.wordings import words
from pipeline.recovery.evidence import Trace
from pipeline.recovery.found_letters import FoundLetter
from pipeline.recovery.past_messages import MINUTE, shown_at, shown_message

CONCLUDED = frozenset(
    {
        Status.OFFERED,
        Status.CONFIRMED,
        Status.WAITING,
        Status.NOT_SELECTED,
        Status.WITHDRAWN,
        Status.EXPIRED,
    }
)
"""The statuses that are shown only for what was concluded and recorded."""

_OPEN = frozenset({Status.OFFERED, Status.WAITING})
UNKNOWN = "unknown"
"""A finding that the rules never make: something was found once, and it is not what they find now."""

_TOLD_BY = {
    Kind.INVITATION: Status.OFFERED,
    Kind.WAITING_LIST: Status.WAITING,
    Kind.NOT_SELECTED: Status.NOT_SELECTED,
}


def believed_standing(call: Call, trace: Trace) -> Standing | None:
    """Return what stands for an applicant, its place in the queue left open; None where nothing was concluded.

    Where the row hides it (on hold, under review) or is behind the letters, the last decision told counts.
    """
    case, letter = _case(call, trace), _newer_letter(call, trace)
    status = _status_told(letter.kind, case) if letter else _status_shown(call, trace, case)
    if status is None:
        return None
    held, found = _rests_on(call, trace, status, case)
    at = letter.date.astimezone(call.zone) if letter else _since(call, trace)
    return Standing(
        reference=trace.reference,
        status=status,
        eligibility=held.eligibility,
        category=held.category,
        reasons=(_reason(trace, status, case, at),),
        decision=_decision(call, trace, status),
        at=at,
        found=found,
        vacated=status not in SEATED and Kind.INVITATION in _told_kinds(call, trace),
    )


def _own(trace: Trace) -> OwnCells:
    return trace.current.own if trace.current else OwnCells()


def _case(call: Call, trace: Trace) -> Case | None:
    """Classify by the answers that count, as if nothing stood; None for an applicant without a usable row."""
    return make_case(call, trace.applicant, History()) if trace.applicant else None


def _told_kinds(call: Call, trace: Trace) -> frozenset[Kind]:
    shown = shown_message(call, trace)
    return frozenset({*(letter.kind for letter in trace.letters), *((shown.kind,) if shown else ())})


def _since(call: Call, trace: Trace) -> datetime:
    """Return since when the status holds that the row shows or hides."""
    since = read_hidden_since(_own(trace), call.zone) or shown_at(call, trace)
    assert since is not None  # noqa: S101 - without a letter there is a row, and a row has a time
    return since


def _newer_letter(call: Call, trace: Trace) -> FoundLetter | None:
    """Return the last decision that was told after what the row shows, if any."""
    shown = shown_at(call, trace)
    told = [letter for letter in trace.letters if letter.kind in _TOLD_BY]
    newer = [letter for letter in told if shown is None or letter.date >= shown + MINUTE]
    return newer[-1] if newer else None


def _status_told(kind: Kind, case: Case | None) -> Status | None:
    excluded = case is not None and case.found.eligibility is Eligibility.INELIGIBLE
    if kind is Kind.NOT_SELECTED and excluded:
        return Status.INELIGIBLE
    return _TOLD_BY.get(kind)


def _status_shown(call: Call, trace: Trace, case: Case | None) -> Status | None:
    shown, told = read_status(_own(trace)), shown_message(call, trace)
    if shown in CONCLUDED:
        return shown
    if hidden := read_hidden_status(_own(trace)):
        return hidden
    if told is None or told.kind not in _TOLD_BY:
        return None
    return shown if shown is Status.INELIGIBLE else _status_told(told.kind, case)


def _rests_on(call: Call, trace: Trace, status: Status, case: Case | None) -> tuple[Classification, str]:
    """Return what was held of the applicant, as far as the sheet shows it, and what the rules had found.

    Where the sheet says something else than the rules say today, or that answers have changed, the finding is
    not today's either: the next run then asks a person (see `Case.has_changed`).
    """
    if case is None:
        return Classification(Eligibility.REVIEW), ""
    if read_hidden_status(_own(trace)):
        return case.found, UNKNOWN
    today = one_line(call.audience.title(case.classification.category))
    shown = one_line(trace.current.own.category) if trace.current else today
    titles = {one_line(category.title): category.id for category in call.audience.categories}
    if shown == today or (shown and shown not in titles):
        return case.classification, finding(case.found)
    if shown:
        held = Classification(Eligibility.ELIGIBLE, titles[shown])
        return held, finding(case.found if was_put_in_category(_own(trace)) else held)
    out = status is Status.INELIGIBLE
    return Classification(Eligibility.INELIGIBLE if out else Eligibility.REVIEW), UNKNOWN


def _reason(trace: Trace, status: Status, case: Case | None, at: datetime) -> Reason:
    """Return the reason that the row shows, if it is that of the status and not of a word typed since."""
    reason = one_line(_own(trace).reason)
    typed = one_line(words((case.doubt,))) if case and case.doubt else ""
    if read_status(_own(trace)) is status and reason != typed:
        return as_written(reason)
    return because(ReasonKind.TAKEN_OVER, on=at.date().isoformat())


def _decision(call: Call, trace: Trace, status: Status) -> str:
    """Return the organisers' word that was carried out: what they typed since is still to be done."""
    is_shown = read_status(_own(trace)) is status
    if is_shown and (carried_out := read_carried_out(_own(trace))):
        return carried_out
    said = (trace.applicant.decision or trace.applicant.older_decision) if trace.applicant else ""
    word = _word(call, said)
    done = (word and TRANSITIONS[Status.RECEIVED, TYPED[word]].status is status) or (
        word is Word.ELIGIBLE and status in _OPEN
    )
    return said if done or (is_shown and was_put_in_category(_own(trace))) else ""


def _word(call: Call, said: str) -> Word | None:
    try:
        override = read_override(said, call.audience)
    except Misunderstood:
        return None
    return override.word if override else None


def is_known(before: Standing | None, found: Standing, trace: Trace) -> bool:
    """Whether a ledger knows already what was found: also where the row only hints at it (see `_status_told`)."""
    if before is None or before.status is found.status:
        return before is not None
    is_shown = read_status(_own(trace)) is found.status
    return not is_shown and TELLS.get(before.status) is TELLS.get(found.status)
