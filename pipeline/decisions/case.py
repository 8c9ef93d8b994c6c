"""The case of one applicant: all that a decision rests on, gathered from answers, organisers and ledger."""

from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.audience.classify import classify
from pipeline.intake.decision_words import SETTLING, Misunderstood, Override, Word, read_override
from pipeline.model.applicant import Applicant, Classification, Eligibility
from pipeline.model.call import Call
from pipeline.model.history import History, Standing
from pipeline.model.history_events import LONGEST_WORD
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.replies import Reply
from pipeline.model.text import shorten

PUT_BY_ORGANISERS = (because(ReasonKind.PUT_IN_CATEGORY),)
"""Why somebody is in a category that an organiser's word gave, also once the word is gone from its cell."""

SILENCING = frozenset({Word.HOLD, Word.WITHDRAWN})
"""Words that keep Convene from writing to somebody."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that a decision for one applicant rests on.

    `found` is what the rules say of the answers, `classification` what holds for the call: an organiser's
    word, or what was decided before as long as the rules still say the same. `doubt` says what cannot be
    followed in the Decision column. `settling` is a word there that is about a message, and no override; `ok` one that
    releases what the row proposes. `settles` is until when a word there waits, in case it is changed. `reply` is the
    newest answer by the reply form, `has_replied` whether it is news (see `hearing`).
    """

    applicant: Applicant
    found: Classification
    classification: Classification
    override: Override | None
    standing: Standing | None
    late: bool
    doubt: Reason | None = None
    settling: Word | None = None
    ok: Override | None = None
    settles: datetime | None = None
    reply: Reply | None = None
    has_replied: bool = False

    @property
    def reference(self) -> str:
        return self.applicant.reference

    @property
    def has_changed(self) -> bool:
        """Whether the rules now say something else than when the standing was concluded."""
        return self.standing is not None and self.standing.found not in ("", finding(self.found))


def finding(found: Classification) -> str:
    """Say in short what the rules found, to compare it with what they find another day."""
    return f"{found.eligibility} {found.category}".strip()


def plain_reasons(case: Case) -> tuple[Reason, ...]:
    """Say what the rules found, and whether the application came late."""
    return (*case.classification.reasons, *((because(ReasonKind.LATE),) if case.late else ()))


def make_case(call: Call, applicant: Applicant, history: History) -> Case:
    """Classify an applicant and read the organisers' word."""
    found = classify(call.audience, call.columns, applicant.response.answers)
    standing = history.standings.get(applicant.reference)
    override, doubt = _read_word(call, applicant, standing)
    settling = override.word if override and override.word in SETTLING else None
    is_ok = override is not None and override.word is Word.OK
    ok = override if is_ok else override.also if override else None
    late = call.late(applicant.response.submitted)
    said = None if settling or is_ok else override
    case = Case(applicant, found, found, said, standing, late, doubt, settling, ok)
    return replace(case, classification=_hold_to(case))


def settles_at(call: Call, applicant: Applicant, history: History, now: datetime) -> datetime | None:
    """Return until when the word in somebody's cell waits (`settle_minutes`); None where there is none, or it settled.

    It counts from when a run first saw it; a time that has not come is of a clock that went wrong.
    """
    if not applicant.decision:
        return None
    typed = history.words.get(applicant.reference)
    seen = typed.at if typed and typed.text == shorten(applicant.decision, LONGEST_WORD) else now
    return seen + call.settle if seen <= now < seen + call.settle else None


def _read_word(
    call: Call, applicant: Applicant, standing: Standing | None
) -> tuple[Override | None, Reason | None]:
    """Read the word in the newest row, and what cannot be followed.

    A word in the row of an older response was said about answers that no longer count. If it silences, it is
    followed; if it has been carried out, it is history; otherwise organisers are asked to move it.
    """
    if applicant.unclear:
        return None, because(ReasonKind.WHOSE_UNCLEAR)
    try:
        override, older = (
            read_override(word, call.audience, approves=bool(call.approve))
            for word in (applicant.decision, applicant.older_decision)
        )
    except Misunderstood as misunderstood:
        return None, misunderstood.reason
    if older is None or older.word is Word.OK or (standing and standing.decision == applicant.older_decision):
        return override, None
    if older.word in SILENCING | SETTLING:
        return older, None
    return None, because(ReasonKind.OLDER_WORD, word=shorten(applicant.older_decision, 30))


def _hold_to(case: Case) -> Classification:
    """Return what holds: the organisers' word, else what was decided, else what the rules say now."""
    if case.override and case.override.word is Word.ELIGIBLE:
        return Classification(Eligibility.ELIGIBLE, case.override.category, PUT_BY_ORGANISERS)
    if case.standing and not case.has_changed:
        held = Classification(case.standing.eligibility, case.standing.category, case.found.reasons)
        return held if finding(held) == finding(case.found) else replace(held, reasons=PUT_BY_ORGANISERS)
    return case.found
