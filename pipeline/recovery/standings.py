"""What stands for an applicant: the status that the row shows, or the last decision that was told."""

from datetime import datetime, timedelta

from pipeline.decisions.case import Case, finding, make_case
from pipeline.decisions.timeline import CONCLUDED, TELLS, TRANSITIONS, TYPED
from pipeline.intake.decision_words import Misunderstood, Word, read_override
from pipeline.intake.own_cells import ShownMessage, read_message, read_moment, read_status
from pipeline.model.applicant import Applicant, Classification, Eligibility, Status
from pipeline.model.call import Call
from pipeline.model.history import SEATED, History, Standing
from pipeline.model.message import Kind
from pipeline.model.reason import ReasonKind, as_written, because
from pipeline.model.text import one_line
from pipeline.recovery.evidence import Evidence
from pipeline.recovery.found_letters import FoundLetter

MINUTE = timedelta(minutes=1)
"""What the sheet rounds a time down to."""

_CONCLUDED = frozenset(CONCLUDED) - {Status.INELIGIBLE}
"""The statuses that are shown only for what was concluded and recorded."""
_OPEN = frozenset({Status.OFFERED, Status.WAITING})
_UNKNOWN = "unknown"
"""A finding that the rules never make: the next run asks a person (see `Case.has_changed`)."""

_TOLD_BY = {
    Kind.INVITATION: Status.OFFERED,
    Kind.WAITING_LIST: Status.WAITING,
    Kind.NOT_SELECTED: Status.NOT_SELECTED,
}


def shown_message(call: Call, evidence: Evidence) -> ShownMessage | None:
    """Return the last message that the applicant's row shows."""
    return read_message(evidence.own.last_message, call.zone)


def shown_at(call: Call, evidence: Evidence) -> datetime | None:
    """Return up to when the applicant's row tells what happened: its last message, or its last change."""
    if evidence.current is None or evidence.current.response is None:
        return None
    told, updated = shown_message(call, evidence), read_moment(evidence.own.updated, call.zone)
    times = [moment for moment in (told and told.at, updated) if moment]
    return max(times, default=evidence.current.response.submitted)


def adopted_standing(call: Call, evidence: Evidence) -> Standing | None:
    """Return what stands for an applicant, its place in the queue left open; None where nothing was concluded.

    Where the row hides it (on hold, under review) or is behind the letters, the last decision told counts.
    """
    applicant = evidence.applicant
    case = make_case(call, applicant, History()) if applicant else None
    letter, told = _newer_letter(call, evidence), shown_message(call, evidence)
    status = _told(letter.kind, case) if letter else _shown(evidence, told, case)
    at = letter.date.astimezone(call.zone) if letter else shown_at(call, evidence)
    if status is None or at is None:
        return None
    held, found = _rests_on(call, evidence, status, case)
    kinds = {*(one.kind for one in evidence.letters), *((told.kind,) if told else ())}
    is_said = status is read_status(evidence.own) and not (case and case.doubt)
    why = because(ReasonKind.TAKEN_OVER, on=at.date().isoformat())
    return Standing(
        reference=evidence.reference,
        status=status,
        eligibility=held.eligibility,
        category=held.category,
        reasons=(as_written(one_line(evidence.own.reason)) if is_said else why,),
        decision=_decision(call, status, applicant),
        at=at,
        found=_UNKNOWN if is_hidden(call, evidence, status) else found,
        vacated=status not in SEATED and Kind.INVITATION in kinds,
    )


def is_hidden(call: Call, evidence: Evidence, status: Status) -> bool:
    """Whether a row shows another status than the one that stands: it is on hold, under review or changed."""
    is_told = _newer_letter(call, evidence) is not None or evidence.current is None
    return not is_told and read_status(evidence.own) is not status


def _newer_letter(call: Call, evidence: Evidence) -> FoundLetter | None:
    """Return the last decision that was told after what the row shows, if any."""
    shown = shown_at(call, evidence)
    told = [letter for letter in evidence.letters if letter.kind in _TOLD_BY]
    newer = [letter for letter in told if shown is None or letter.date >= shown + MINUTE]
    return newer[-1] if newer else None


def _told(kind: Kind, case: Case | None) -> Status | None:
    excluded = case is not None and case.found.eligibility is Eligibility.INELIGIBLE
    return Status.INELIGIBLE if kind is Kind.NOT_SELECTED and excluded else _TOLD_BY.get(kind)


def _shown(evidence: Evidence, told: ShownMessage | None, case: Case | None) -> Status | None:
    shown = read_status(evidence.own)
    if shown in _CONCLUDED or told is None:
        return shown if shown in _CONCLUDED else None
    return shown if (shown, told.kind) == (Status.INELIGIBLE, Kind.NOT_SELECTED) else _told(told.kind, case)


def _rests_on(
    call: Call, evidence: Evidence, status: Status, case: Case | None
) -> tuple[Classification, str]:
    """Return what was held of the applicant, as far as the sheet shows it, and what the rules had found.

    Where the sheet shows another category than today's, the finding was another one: a person is asked.
    """
    if case is None:
        return Classification(Eligibility.REVIEW), ""
    titles = {one_line(category.title): category.id for category in call.audience.categories}
    shown = one_line(evidence.own.category) if evidence.current else None
    if shown in (None, one_line(call.audience.title(case.classification.category))) or (
        shown and shown not in titles
    ):
        return case.classification, finding(case.found)
    if shown:
        held = Classification(Eligibility.ELIGIBLE, titles[shown])
        return held, finding(held)
    out = status is Status.INELIGIBLE
    return Classification(Eligibility.INELIGIBLE if out else Eligibility.REVIEW), _UNKNOWN


def _decision(call: Call, status: Status, applicant: Applicant | None) -> str:
    """Return the organisers' word if it was carried out: what they typed since is still to be done."""
    said = (applicant.decision or applicant.older_decision) if applicant else ""
    try:
        override = read_override(said, call.audience)
    except Misunderstood:
        return ""
    is_done = override and (
        TRANSITIONS[Status.RECEIVED, TYPED[override.word]].status is status
        or (override.word is Word.ELIGIBLE and status in _OPEN)
    )
    return said if is_done else ""


def is_known(before: Standing | None, found: Standing, evidence: Evidence) -> bool:
    """Whether a ledger knows already what was found, also where the row only hints at it."""
    if before is None or before.status is found.status:
        return before is not None
    is_shown = read_status(evidence.own) is found.status
    return not is_shown and TELLS.get(before.status) is TELLS.get(found.status)
