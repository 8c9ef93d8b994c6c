"""The case of one applicant: all that a decision rests on, gathered from answers, organisers and ledger."""

from dataclasses import replace
from datetime import datetime

from pipeline.audience.classify import Classify
from pipeline.intake.decision_forms import SETTLING, Word
from pipeline.intake.decision_words import Misunderstood, Override, is_same_word, read_override
from pipeline.model.applicant import Applicant, Classification, Eligibility
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Standing, Typed
from pipeline.model.history_events import LONGEST_WORD
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.replies import FormReply
from pipeline.model.text import shorten

PUT_BY_ORGANISERS = (because(ReasonKind.PUT_IN_CATEGORY),)
"""Why somebody is in a category that an organiser's word gave, also once the word is gone from its cell."""

SILENCING = frozenset({Word.HOLD, Word.WITHDRAWN})
"""Words that keep Convene from writing to somebody."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that a decision for one applicant rests on.

    `found` is what the rules say of the answers, `classification` what holds for the call: an organiser's word, or
    what was decided before as long as the rules still say the same. `doubt` says what cannot be followed in the
    Decision column. `settling` is a word there that is about a message, and no override; `ok` one that releases what
    the row proposes. `settles` is until when a word there waits, in case it is changed; `since` is when a run first
    saw it (None: it is new). `reply` is the newest answer by the reply form, `has_replied` whether it is news (see
    `hearing`). `followed` is the word that led to the standing; the one in the cell says nothing new where it
    `is_carried_out`. `passed_by` is who gives this applicant a place by a word, if anybody does. `is_awaited` says
    that nobody is told about the places before an answer to come is there (`if_missing: wait`).
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
    since: datetime | None = None
    reply: FormReply | None = None
    has_replied: bool = False
    followed: Override | None = None
    is_carried_out: bool = False
    passed_by: str = ""
    is_awaited: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether organisers tell the person themselves what their word decides."""
        return self.override is not None and self.override.silent

    @property
    def category(self) -> str:
        """The category that somebody counts in: a place that was given, in the one it was given for."""
        given = self.standing if self.standing and not self.override else self.classification
        return given.category

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


def make_case(call: Call, applicant: Applicant, history: History, classify: Classify) -> Case:
    """Classify an applicant and read the organisers' word."""
    found = classify(applicant.response.answers)
    standing = history.standings.get(applicant.reference)
    override, doubt = _read_word(call, applicant, standing)
    settling = override.word if override and override.word in SETTLING and not override.silent else None
    is_ok = override is not None and override.word is Word.OK
    ok = override if is_ok else override.also if override else None
    said = None if override and override.word in SETTLING | {Word.OK} else override
    followed = _followed(call, standing)
    word = applicant.decision or applicant.older_decision
    since = _since(call, word, history.words.get(applicant.reference))
    case = Case(
        applicant,
        found,
        found,
        said,
        standing,
        call.late(applicant.response.submitted),
        doubt,
        settling,
        ok,
        followed=followed,
        since=since,
        is_carried_out=bool(said and _is_carried_out(said, followed, standing, since)),
    )
    return replace(case, classification=_hold_to(case))


def _followed(call: Call, standing: Standing | None) -> Override | None:
    """Return the word that led to a standing; None for none, and for one that this version does not know."""
    try:
        return read_override(standing.decision, call.audience) if standing else None
    except Misunderstood:
        return None


def _is_carried_out(
    said: Override, followed: Override | None, standing: Standing | None, since: datetime | None
) -> bool:
    """Whether a word stood in its cell when it was followed, and stands there still."""
    if standing is None or followed is None or followed.meaning != said.meaning:
        return False
    return since is not None and since <= standing.at


def _since(call: Call, word: str, typed: Typed | None) -> datetime | None:
    """Return since when a word stands in its cell, as far as runs have seen it; another comment makes it no other."""
    if typed is None:
        return None
    is_same = typed.text == shorten(word, LONGEST_WORD) or is_same_word(typed.text, word, call.audience)
    return typed.at if is_same else None


def settles_at(call: Call, case: Case, now: datetime) -> datetime | None:
    """Return until when the word in somebody's cell waits (`settle_minutes`); None where there is none, or it settled.

    It counts from when a run first saw it; a time that has not come is of a clock that went wrong.
    """
    if not case.applicant.decision:
        return None
    seen = case.since or now
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
        # What stands there may be a word that an earlier version knew, and followed.
        is_old = standing and applicant.decision and standing.decision == applicant.decision
        return None, None if is_old else misunderstood.reason
    if older is None or older.word is Word.OK or (standing and standing.decision == applicant.older_decision):
        return override, None
    if older.word in SILENCING | SETTLING:
        return older, None
    return None, because(ReasonKind.OLDER_WORD, word=shorten(applicant.older_decision, 30))


def _hold_to(case: Case) -> Classification:
    """Return what holds: the organisers' word, else what was decided, else what the rules say now."""
    if case.override and case.override.category:
        return Classification(Eligibility.ELIGIBLE, case.override.category, PUT_BY_ORGANISERS)
    if case.standing and not case.has_changed:
        held = Classification(case.standing.eligibility, case.standing.category, case.found.reasons)
        return held if finding(held) == finding(case.found) else replace(held, reasons=PUT_BY_ORGANISERS)
    return case.found
