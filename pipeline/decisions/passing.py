"""A place that passes from one person to another by a word, whatever the list says: both are told, in one run. Pure.

Who gives the place up and who gets it are two decisions, each with its letter. Where only the first was put on record
(its letter left, and the other was held back), the second follows with the next run, from the ledger alone.
"""

from collections import Counter
from dataclasses import replace
from typing import TypeAlias

from pipeline.decisions.case import Case
from pipeline.decisions.timeline import TRANSITIONS, Event
from pipeline.decisions.verdict import status_before
from pipeline.intake.decision_forms import Word
from pipeline.intake.decision_words import Override
from pipeline.model.applicant import Status
from pipeline.model.frozen import dataclass
from pipeline.model.reason import ReasonKind, because


@dataclass(frozen=True, slots=True)
class _Unclear:
    """Why no place passes on (see `wordings`)."""

    why: str


_Heir: TypeAlias = Case | _Unclear


def pass_places(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Let each place that a word passes on be given to whom it names; ask where that is not clear."""
    words = {case.reference: word for case in cases if (word := _passing(case))}
    heirs = {
        case.reference: _find_heir(case, words[case.reference], cases)
        for case in cases
        if case.reference in words
    }
    named = Counter(heir.reference for heir in heirs.values() if isinstance(heir, Case))
    passed: dict[str, Case] = {}
    for case in cases:
        heir = heirs.get(case.reference)
        if isinstance(heir, Case) and named[heir.reference] > 1:
            heir = _Unclear("twice")
        if isinstance(heir, _Unclear):
            passed[case.reference] = _ask(case, heir)
        elif heir and not _has_passed(case, heir):
            passed[heir.reference] = _give(case, heir, is_silent=words[case.reference].silent)
    return tuple(passed.get(case.reference, case) for case in cases)


def _passing(case: Case) -> Override | None:
    """Return the word by which somebody's place passes on: one that is new, or one of which only half was done."""
    word, standing = case.override, case.standing
    if word and word.word is Word.REPLACE and not case.is_carried_out:
        return word
    is_given_up = standing is not None and standing.status is Status.CANCELLED
    return case.followed if is_given_up and case.followed and case.followed.word is Word.REPLACE else None


def _find_heir(case: Case, word: Override, cases: tuple[Case, ...]) -> _Heir:
    """Find whom a word names: somebody who has a response and no place, and of whom no other word decides."""
    meant = [each for each in cases if word.whom in {each.reference, each.applicant.response.address}]
    if len(meant) != 1:
        return _Unclear("several" if meant else "nobody")
    heir = meant[0]
    if _has_passed(case, heir):
        return heir
    if (status_before(heir), Event.PLACE_PASSED_ON) not in TRANSITIONS:
        return _Unclear("has place")
    own = heir.override.word if heir.override and not heir.is_carried_out else None
    return _Unclear("own word") if heir.doubt or own not in {None, Word.INVITE, Word.ELIGIBLE} else heir


def _has_passed(case: Case, heir: Case) -> bool:
    """Whether somebody got the other one's place already, or was told something since that was given up."""
    known, given_up = heir.standing, case.standing
    if known is None:
        return False
    if because(ReasonKind.PLACE_PASSED, other=case.reference) in known.reasons:
        return True
    return given_up is not None and given_up.status is Status.CANCELLED and known.at > given_up.at


def _ask(case: Case, unclear: _Unclear) -> Case:
    """Ask whose the place is to be; what was half done is not asked about for ever."""
    if case.override is None or case.is_carried_out:
        return case
    doubt = because(ReasonKind.MISFIT, word=case.override.said, why=unclear.why)
    return replace(case, override=None, doubt=doubt)


def _give(case: Case, heir: Case, *, is_silent: bool) -> Case:
    category = heir.override.category if heir.override else ""
    word = Override(Word.INVITE, category, silent=is_silent, said=Word.INVITE.value)
    return replace(heir, override=word, is_carried_out=False, passed_by=case.reference, settles=case.settles)
