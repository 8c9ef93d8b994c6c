"""What may be told while people wait for a person's word: only what holds whatever comes of their reviews. Pure.

Under review may be whether somebody is in the target audience, in which category, and by which answers they count.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime

from pipeline.decisions.case import Case
from pipeline.decisions.places.give import Outcome, Seating
from pipeline.decisions.places.known import needed, unknown
from pipeline.decisions.places.line_up import Entrants, make_contest, waits
from pipeline.decisions.places.ranking import Turns, count_turns, rank_key
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.places import CATEGORY
from pipeline.model.reason import ReasonKind
from pipeline.selection.proof import Field, stays_out, sure_to_come

_IN_DOUBT = frozenset({ReasonKind.TOO_EARLY, ReasonKind.TOO_LATE, ReasonKind.DISAGREE})
"""Reviews of what ranks: when somebody applied, and marks that may be changed."""

ANYTHING = ""
"""Stands for everything beside the answers."""

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestions:
    """Who waits for a person's word (`asked`), and who may turn out to be one of them (`doubles`)."""

    asked: tuple[Case, ...] = ()
    doubles: tuple[Case, ...] = ()

    @property
    def cases(self) -> tuple[Case, ...]:
        """Everybody of whom something is open."""
        return (*self.asked, *self.doubles)

    @property
    def references(self) -> frozenset[str]:
        """Of whom something is open."""
        return frozenset(case.reference for case in self.cases)


def find_open(asked: Iterable[Case], everybody: Iterable[Case]) -> OpenQuestions:
    """Add to those who wait for a person's word who is beside them: one person may have sent both responses."""
    waiting = tuple(asked)
    here = {case.reference for case in waiting}
    beside = (case for case in everybody if case.reference not in here)
    return OpenQuestions(
        waiting, tuple(case for case in beside if not here.isdisjoint(case.applicant.beside))
    )


def find_unproved(call: Call, seating: Seating, questions: OpenQuestions, now: datetime) -> frozenset[str]:
    """Name those who compete and are not to hear yet what came of it: an open review could change it.

    The list is told in order: who comes behind somebody who waits to hear waits, too. A no shuts the door to all who
    have heard nothing, and so it comes last.
    """
    if not questions.asked or seating.selection is None:
        return frozenset()
    if call.places.team:  # what somebody's answers change, may take a whole team along
        return frozenset(ref for ref, lot in seating.lots.items() if lot.lot is not Outcome.KEEP_WAITING)
    competing = frozenset(person.reference for person in seating.selection.contest.contenders)
    field = _field(call, seating.entrants, questions, competing, now)
    sure, told = sure_to_come(field), set[str]()
    is_settled = True
    for place, reference in enumerate(field.people):
        lot = seating.lots[reference].lot if reference in seating.lots else None
        is_settled = is_settled and reference not in field.open and field.depths[place] == place
        if lot is Outcome.OFFER:
            is_proved = reference in sure and reference not in field.open
            is_settled = is_settled and is_proved
        else:
            is_settled = is_settled and (lot is not Outcome.WAIT or stays_out(field, reference, sure))
            is_proved = lot is Outcome.KEEP_WAITING or (is_settled and lot is not Outcome.TURN_AWAY)
        if is_proved:
            told.add(reference)
    return frozenset(seating.lots) - told


def _field(
    call: Call, entrants: Entrants, questions: OpenQuestions, competing: frozenset[str], now: datetime
) -> Field:
    """Return the contest with all that is open in it: who ranks where at best, and how many may come before."""
    open_ = questions.references
    settled = competing - open_
    certain = tuple(case for case in entrants.queue if case.reference in settled)
    seated = frozenset(case.reference for case in entrants.seated)
    unclear = tuple(case for case in questions.cases if case.reference not in seated)
    firm = tuple(case for case in entrants.seated if case.reference not in open_)
    turns = count_turns(
        call,
        (case for case in certain if not waits(case)),
        (*firm, *filter(waits, certain)),
    )
    later = {key: turn + len(open_) for key, turn in turns.items()}
    doubles = frozenset(case.reference for case in questions.doubles)
    unsure = {case.reference: _unsure(call, case, case.reference in doubles) for case in questions.cases}
    firsts = {case.reference: _rank(call, case, turns) for case in certain}
    firsts |= {case.reference: _first_rank(call, case, unsure[case.reference]) for case in unclear}
    queue = tuple(sorted((*certain, *unclear), key=lambda case: firsts[case.reference]))
    keys = [firsts[case.reference] for case in queue]
    depths = (
        at if case.reference in open_ else bisect_right(keys, _rank(call, case, later)) - 1
        for at, case in enumerate(queue)
    )
    contest = make_contest(
        call, Entrants(queue, entrants.seated, turns, entrants.unknown, unsure, entrants.gone), now
    )
    return Field(contest, open_ - seated, open_ & seated, tuple(depths))


def _rank(call: Call, case: Case, turns: Turns) -> Key:
    """Return what those who compete are sorted by: the waiting as they were told, then by rank."""
    if case.standing and waits(case):
        return 0, case.standing.order, case.reference
    return 1, *rank_key(call, case, turns)


def _first_rank(call: Call, case: Case, unsure: frozenset[str]) -> Key:
    """Return where somebody under review ranks at best."""
    if waits(case):
        return (0,)
    ranks = (*call.places.tiers, *call.places.rank_by)
    return (
        (1,)
        if ANYTHING in unsure or unsure.intersection(*[{key for each in ranks for key in each.columns}])
        else (1, *rank_key(call, case))
    )


def _unsure(call: Call, case: Case, is_double: bool) -> frozenset[str]:
    """Return by which answers it is open where somebody counts and ranks.

    What they answered holds, unless the review is of whose the answers are, or of when they came.
    """
    applicant = case.applicant
    keys = {each.key for each in needed(call.places)}
    is_another = is_double or applicant.alike or applicant.unclear or applicant.older or case.standing
    if is_another or any(reason.kind in _IN_DOUBT for reason in case.classification.reasons):
        return frozenset({*keys, ANYTHING})
    return frozenset(each.key for each in unknown(call, applicant.response)) | (keys & {CATEGORY})
