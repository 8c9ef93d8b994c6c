"""What the call concludes for every applicant, and what it says in the sheet.

What has been told is frozen: a standing that the ledger holds stays, whatever the rules or the ranking would
say today. It moves on only by an organiser's override, or from the waiting list to a place that is free.
Where newer answers (or changed rules) contradict it, a person decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from pipeline.call import CATEGORY, Call
from pipeline.case import Case, finding, make_case
from pipeline.identity import Roll
from pipeline.model import (
    Eligibility,
    History,
    Problem,
    Standing,
    Status,
)
from pipeline.overrides import Word, drop_down
from pipeline.selection.ranking import rank_key
from pipeline.selection.seats import Candidate, give_places
from pipeline.text import day, fold
from pipeline.timeline import LEFT, SEATED, may_tell

FORCED = {
    Word.INVITE: Status.OFFERED,
    Word.WAITING: Status.WAITING,
    Word.DECLINE: Status.NOT_SELECTED,
    Word.CONFIRMED: Status.CONFIRMED,
    Word.WITHDRAWN: Status.WITHDRAWN,
}
AT_ONCE = frozenset({Status.CONFIRMED, Status.WITHDRAWN})
"""What organisers report rather than decide: it needs no selection date, and nobody is written to."""

ASK = "Type what is to happen in the Decision column."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is concluded for one applicant now; `standing` only where a new one is to be recorded."""

    case: Case
    status: Status
    reason: str
    standing: Standing | None = None

    @property
    def reference(self) -> str:
        return self.case.reference

    @property
    def holds_place(self) -> bool:
        """Whether the applicant holds a place, be it on hold or under review."""
        effective = self.standing or self.case.standing
        return effective is not None and effective.status in SEATED


def decide(call: Call, roll: Roll, history: History, now: datetime) -> tuple[Verdict, ...]:
    """Conclude for every applicant, in the order of the roll."""
    cases = tuple(make_case(call, applicant, history) for applicant in roll.applicants)
    settled = {case.reference: verdict for case in cases if (verdict := settle(call, case, now))}
    left = tuple(case for case in cases if case.reference not in settled)
    verdicts = settled | _seat(call, left, settled, history, now)
    ordered = _queue(call, verdicts.values(), history)
    return tuple(ordered[case.reference] for case in cases)


def settle(call: Call, case: Case, now: datetime) -> Verdict | None:
    """Conclude what needs no comparison with others; None leaves it to the places."""
    if case.doubt:
        return Verdict(case, case.standing.status if case.standing else Status.TO_REVIEW, case.doubt)
    if case.override and case.override.word is Word.HOLD:
        return Verdict(case, Status.ON_HOLD, "Held by the organisers.")
    if case.override and case.override.word in FORCED:
        return _force(call, case, FORCED[case.override.word], now)
    if case.standing and not _is_reopened(case, case.standing):
        return _keep(case, case.standing)
    if case.classification.eligibility is Eligibility.ELIGIBLE:
        return None if may_tell(call.dates, now) else Verdict(case, Status.RECEIVED, plain_reason(case))
    return _exclude(call, case, now)


def _is_reopened(case: Case, standing: Standing) -> bool:
    """Whether organisers said `Eligible` to somebody whose standing without it was a no."""
    word = case.override.word if case.override else None
    closed = standing.status in {Status.NOT_SELECTED, Status.INELIGIBLE} | LEFT
    return word is Word.ELIGIBLE and closed and standing.decision != case.applicant.decision


def _force(call: Call, case: Case, status: Status, now: datetime) -> Verdict:
    """Follow an override. What is to be told waits for the selection date; what is reported does not."""
    standing = case.standing
    if standing and (
        standing.status is status or (standing.status, status) == (Status.CONFIRMED, Status.OFFERED)
    ):
        return Verdict(case, standing.status, standing.reason)
    reason = f"Decided by the organisers: {case.applicant.decision or case.applicant.older_decision}."
    if standing and standing.status in SEATED and status not in SEATED | AT_ONCE:
        reason += " A place had been offered before: Convene does not write about this, please do."
    if not may_tell(call.dates, now) and status not in AT_ONCE and not standing:
        return Verdict(
            case, Status.RECEIVED, f"{reason} It will be told from {day(call.dates.selection)} on."
        )
    return _conclude(case, status, reason, now)


def _keep(case: Case, standing: Standing) -> Verdict | None:
    """Keep what was told; ask a person where something contradicts it; let the waiting be promoted."""
    since = f"Stands as “{standing.status}” since {day(standing.at)}"
    if standing.status in LEFT and not case.override and case.applicant.response.submitted > standing.at:
        return Verdict(case, Status.TO_REVIEW, f"{since}, and has applied again. {ASK}")
    if case.has_changed and not case.override and standing.status not in LEFT:
        change = f"and the answers or the rules now say otherwise: {case.found.reason}"
        return Verdict(case, Status.TO_REVIEW, f"{since}, {change} {ASK}")
    if standing.status is Status.WAITING and _awaits_turn(case, standing):
        return None
    return Verdict(case, standing.status, standing.reason)


def _awaits_turn(case: Case, standing: Standing) -> bool:
    """Whether somebody waits by rank. Whom organisers keep waiting, they alone call up."""
    kept = fold(standing.decision) == fold(Word.WAITING) and not case.override
    return case.classification.eligibility is Eligibility.ELIGIBLE and not kept


def _exclude(call: Call, case: Case, now: datetime) -> Verdict:
    match case.classification.eligibility:
        case Eligibility.HELD:
            return Verdict(case, Status.ON_HOLD, plain_reason(case))
        case Eligibility.INELIGIBLE if may_tell(call.dates, now):
            return _conclude(case, Status.INELIGIBLE, plain_reason(case), now)
        case Eligibility.INELIGIBLE:
            return Verdict(case, Status.INELIGIBLE, plain_reason(case))
        case _:
            return Verdict(case, Status.TO_REVIEW, plain_reason(case))


def _conclude(case: Case, status: Status, reason: str, now: datetime) -> Verdict:
    before = case.standing
    had_place = before is not None and (before.status in SEATED or before.vacated)
    standing = Standing(
        reference=case.reference,
        status=status,
        eligibility=case.classification.eligibility,
        category=case.classification.category,
        reason=reason,
        decision=case.applicant.decision or (case.applicant.older_decision if case.override else ""),
        at=now,
        found=finding(case.found),
        vacated=had_place and status not in SEATED,
    )
    return Verdict(case, status, reason, standing)


def plain_reason(case: Case) -> str:
    """Say what the rules found, and whether the application came late."""
    late = " Applied after the deadline." if case.late else ""
    return f"{case.classification.reason}{late}"


# --- the places ------------------------------------------------------------------------------------------


def _seat(
    call: Call, left: tuple[Case, ...], settled: Mapping[str, Verdict], history: History, now: datetime
) -> dict[str, Verdict]:
    """Give the free places to those whom nothing else settles: the waiting in their order, then by rank."""
    if now >= call.dates.starts:
        return {case.reference: _leave(case) for case in left}
    seated = tuple(verdict.case for verdict in settled.values() if verdict.holds_place)
    here = {case.reference for case in left} | settled.keys()
    unknown = sum(standing.status in SEATED for ref, standing in history.standings.items() if ref not in here)
    queue = sorted(left, key=lambda case: _turn(call, case))
    seating = give_places(call.places, tuple(map(_candidate, queue)), tuple(map(_candidate, seated)), unknown)
    is_closed = any(_is_turned_away(standing) for standing in history.standings.values())
    room = inf if call.places.waiting_list is None else call.places.waiting_list
    room -= sum(_is_waiting(verdict.standing or verdict.case.standing) for verdict in settled.values())
    verdicts = {}
    for case in queue:
        verdicts[case.reference] = _place(case, seating.waiting.get(case.reference), room, is_closed, now)
        room -= verdicts[case.reference].status is Status.WAITING
    return verdicts


def _is_turned_away(standing: Standing) -> bool:
    by_rank = standing.eligibility is Eligibility.ELIGIBLE and not standing.decision
    return by_rank and standing.status is Status.NOT_SELECTED


def _turn(call: Call, case: Case) -> tuple[object, ...]:
    if case.standing and case.standing.status is Status.WAITING:
        return (0, case.standing.order)
    return (1, *rank_key(call, case.applicant))


def _candidate(case: Case) -> Candidate:
    """Return what quotas look at; a place that was given counts in the category it was given for."""
    given = case.standing if case.standing and not case.override else case.classification
    return Candidate(case.reference, {**case.applicant.response.answers, CATEGORY: given.category})


def _leave(case: Case) -> Verdict:
    """Give no place by rank any more: the meeting has begun."""
    if case.standing and case.standing.status is Status.WAITING:
        return Verdict(case, Status.WAITING, case.standing.reason)
    return Verdict(case, Status.TO_REVIEW, f"The meeting has begun. {plain_reason(case)} {ASK}")


def _place(case: Case, obstacle: str | None, room: float, is_closed: bool, now: datetime) -> Verdict:
    """Turn one result of the seating into a verdict; `room` is how many more can wait.

    Once people were turned away (`is_closed`), no newcomer overtakes them; whom organisers call eligible this
    does not concern: they speak for this person.
    """
    waits = case.standing is not None and case.standing.status is Status.WAITING
    if obstacle is None and is_closed and not waits and not case.override:
        reason = (
            f"A place is free, but people who applied before were turned away. {plain_reason(case)} {ASK}"
        )
        return Verdict(case, Status.TO_REVIEW, reason)
    if obstacle is None:
        return _conclude(case, Status.OFFERED, f"A place is offered. {plain_reason(case)}", now)
    if case.standing and waits:
        return Verdict(case, Status.WAITING, case.standing.reason)
    if case.override or (room > 0 and not is_closed):
        return _conclude(case, Status.WAITING, f"On the waiting list: {obstacle}. {plain_reason(case)}", now)
    why = "the waiting list is closed" if is_closed else "the waiting list is full"
    return _conclude(case, Status.NOT_SELECTED, f"No place: {obstacle}, and {why}.", now)


def _is_waiting(standing: Standing | None) -> bool:
    return standing is not None and standing.status is Status.WAITING


def _queue(call: Call, verdicts: Iterable[Verdict], history: History) -> dict[str, Verdict]:
    """Give those who newly wait their place in the frozen order: behind all before them, by rank."""
    last = max((standing.order for standing in history.standings.values()), default=0)
    ordered = {verdict.reference: verdict for verdict in verdicts}
    new = [(v, v.standing) for v in ordered.values() if v.standing and _is_waiting(v.standing)]
    new.sort(key=lambda pair: rank_key(call, pair[0].case.applicant))
    for order, (verdict, standing) in enumerate(new, last + 1):
        ordered[verdict.reference] = replace(verdict, standing=replace(standing, order=order))
    return ordered


def decision_problems(call: Call, verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Tell of every Decision cell that holds an unknown word."""
    advice = f"Type one of: {', '.join(drop_down(call.audience))}"
    return tuple(
        Problem(
            f"row {case.applicant.row}, column “Decision”",
            "the word is not one that Convene knows, nothing was decided by it",
            advice,
            case.applicant.row,
            case.reference,
        )
        for case in (verdict.case for verdict in verdicts)
        if case.doubt
    )
