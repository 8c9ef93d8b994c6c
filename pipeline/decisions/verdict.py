"""A verdict: what is concluded for one applicant, and what the event that led to it met."""

from dataclasses import replace

from pipeline.decisions.case import Case
from pipeline.decisions.timeline import REPORTED, UNTOLD, Event
from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Status
from pipeline.model.frozen import dataclass
from pipeline.model.history import LEFT, SEATED, Standing
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.wordings import words

ASK = because(ReasonKind.ASK)
"""That a person decides."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is concluded for one applicant now; `standing` only where a new one is to be recorded.

    `event` is then what moved the applicant on. `is_early` says that it is not to be told yet: it is proposed.
    """

    case: Case
    status: Status
    reasons: tuple[Reason, ...]
    standing: Standing | None = None
    event: Event | None = None
    is_early: bool = False

    @property
    def now(self) -> "Verdict":
        """What holds and may be told now: nothing new where that would be early."""
        if not self.is_early:
            return self
        known, found = self.case.standing, self.case.classification
        status = known.status if known else UNTOLD[found.eligibility]
        return replace(self, status=status, standing=None, event=None)

    @property
    def is_reported(self) -> bool:
        """Whether a conclusion is reported rather than decided: no letter and no date is waited for."""
        word = self.case.override
        is_by_hand = word is not None and word.silent and word.word is not Word.ELIGIBLE
        return self.event in REPORTED or is_by_hand

    @property
    def reason(self) -> str:
        """The reasons in words, for people."""
        return words(self.reasons)

    @property
    def reference(self) -> str:
        return self.case.reference

    @property
    def holds_place(self) -> bool:
        """Whether the applicant holds a place, be it on hold or under review.

        A word that may change frees none, and an offer that lapses frees one once that is on record.
        """
        before, after = self.case.standing, self.standing
        is_unsure = self.case.settles or self.event is Event.REPLY_DATE_PASSED
        effective = (after, before) if is_unsure else (after or before,)
        return any(standing is not None and standing.status in SEATED for standing in effective)


def is_reopened(case: Case, standing: Standing) -> bool:
    """Whether organisers said `Eligible` to somebody whose standing without it was a no."""
    word = case.override.word if case.override else None
    closed = standing.status in {Status.NOT_SELECTED, Status.INELIGIBLE, Status.CANCELLED} | LEFT
    is_new = case.override and not (case.followed and case.followed.meaning == case.override.meaning)
    return word is Word.ELIGIBLE and closed and bool(is_new)


def status_before(case: Case) -> Status:
    """Return the status that an event meets: nothing is concluded for those who compete again."""
    standing = case.standing
    return standing.status if standing and not is_reopened(case, standing) else Status.RECEIVED
