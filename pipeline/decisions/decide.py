"""What the call concludes for every applicant, and what it says in the sheet.

What has been told is frozen: a standing that the ledger holds stays, whatever the rules or the ranking would
say today. It moves on only by an organiser's override, or from the waiting list to a place that is free.
Where newer answers (or changed rules) contradict it, a person decides. What is not told yet is concluded anew each
time, before the selection date as if it were that day.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from math import inf

from pipeline.audience.classify import Classifier
from pipeline.decisions.case import Case, make_case, plain_reasons, settles_at
from pipeline.decisions.first_questions import with_questions
from pipeline.decisions.fitting import fit
from pipeline.decisions.hearing import with_reply
from pipeline.decisions.offers import has_lapsed, is_too_short, promised
from pipeline.decisions.one_by_one import conclude, let_go, settle
from pipeline.decisions.passing import pass_places
from pipeline.decisions.places.give import Openness, Outcome, Placed, Seating, Selection, give_places
from pipeline.decisions.places.line_up import line_up, waits
from pipeline.decisions.places.ranking import rank_key
from pipeline.decisions.places.reasons import passed_before
from pipeline.decisions.places.teams import look_at_teams
from pipeline.decisions.settling import owed_a_word, word_reasons
from pipeline.decisions.timeline import TRANSITIONS, Event
from pipeline.decisions.timely import mark_early
from pipeline.decisions.verdict import ASK, Verdict, status_before
from pipeline.intake.people import Roll
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.call import Call, is_closed
from pipeline.model.history import SEATED, History, Standing, by_reference
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.replies import NO_REPLIES, Replies


def decide(
    call: Call,
    roll: Roll,
    history: History,
    now: datetime,
    replies: Replies = NO_REPLIES,
    *,
    is_frozen: bool = False,
) -> tuple[tuple[Verdict, ...], Selection | None]:
    """Conclude for every applicant, in the order of the roll; and say how places were given, if any were.

    `is_frozen` says that organisers want nobody promoted from the waiting list.
    """
    cases = _make_cases(call, roll, history, now, replies)
    settled = _settle(call, cases, history, now, replies)
    left = tuple(case for case in cases if case.reference not in settled)
    if is_frozen and any(map(waits, left)):
        placed, seating = {case.reference: _freeze(case) for case in left}, None
    else:
        placed, seating = _seat(call, left, settled, history, now)
    ordered = _queue(call, (settled | placed).values(), history, seating)
    owed = owed_a_word(history)
    concluded = tuple(_with_promises(call, ordered[case.reference], history, now) for case in cases)
    timely = mark_early(call, concluded, seating, now)
    verdicts = tuple(
        replace(
            verdict,
            reasons=(
                *verdict.reasons,
                *_answer_by(call, verdict),
                *word_reasons(call, verdict.case, owed, history, now),
            ),
        )
        for verdict in map(_with_likeness, timely)
    )
    return verdicts, seating.selection if seating else None


def _make_cases(
    call: Call, roll: Roll, history: History, now: datetime, replies: Replies
) -> tuple[Case, ...]:
    """Gather all that the decision on each applicant rests on, and what is to be asked first."""
    classify = Classifier(call.audience, call.columns)
    found = tuple(make_case(call, applicant, history, classify) for applicant in roll.applicants)
    fitting = fit(call, found, history, now)
    timed = (replace(case, settles=settles_at(call, case, now)) for case in fitting)
    heard = (with_reply(case, replies, now) for case in timed)
    return tuple(with_questions(call, case, classify, now) for case in pass_places(tuple(heard)))


def _settle(
    call: Call, cases: tuple[Case, ...], history: History, now: datetime, replies: Replies
) -> dict[str, Verdict]:
    """Conclude for those who do not compete for the places, by reference."""
    posted = by_reference(history)
    lapsed = {
        case.reference
        for case in cases
        if has_lapsed(call, case, posted.get(case.reference, ()), replies, now)
    }
    return {
        case.reference: verdict
        for case in cases
        if (verdict := let_go(case, posted) or settle(call, case, now, has_lapsed=case.reference in lapsed))
    }


def _with_promises(call: Call, verdict: Verdict, history: History, now: datetime) -> Verdict:
    """Put on record what reaching a status promises: letters that the call has by then, and the day of an offer."""
    standing, before = verdict.standing, verdict.case.standing
    if standing is None or (before and before.status is standing.status):
        return verdict
    occasions = () if verdict.case.is_silent else call.occasions.items()
    owed = tuple(kind for kind, occasion in occasions if occasion.when is standing.status)
    is_offer = standing.status is Status.OFFERED
    at = max(now, call.dates.selection)
    due = promised(call, verdict.reference, history, at) if is_offer else None
    return replace(verdict, standing=replace(standing, owed=owed, reply_by=due))


def _answer_by(call: Call, verdict: Verdict) -> tuple[Reason, ...]:
    """Say until when an offer is to be answered: what its letter says, or a later day that organisers gave."""
    standing = verdict.now.standing or verdict.case.standing
    has_said_yes = any(reason.kind is ReasonKind.LACKING for reason in verdict.reasons)
    if verdict.status is not Status.OFFERED or has_said_yes or standing is None or standing.reply_by is None:
        return ()
    return (because(ReasonKind.ANSWER_BY, on=standing.reply_by.astimezone(call.zone).date().isoformat()),)


def _with_likeness(verdict: Verdict) -> Verdict:
    """Name in the row of somebody to whom nothing was told who may be the same person and waits."""
    beside = verdict.case.applicant.beside
    if not beside or verdict.now.standing or verdict.case.standing:
        return verdict
    return replace(verdict, reasons=(*verdict.reasons, because(ReasonKind.WAITS_BEHIND, others=beside)))


# --- the places ------------------------------------------------------------------------------------------


def _seat(
    call: Call, left: tuple[Case, ...], settled: Mapping[str, Verdict], history: History, now: datetime
) -> tuple[dict[str, Verdict], Seating | None]:
    """Give the free places to those whom nothing else settles: the waiting in their order, then by rank.

    Before the selection date, as they are given on that day.
    """
    if is_closed(call.dates, now):
        why = because(ReasonKind.BEGUN if now >= call.dates.starts else ReasonKind.CLOSED)
        return {case.reference: _leave(case, why) for case in left}, None
    now = max(now, call.dates.selection)
    here = {case.reference for case in left} | settled.keys()
    unknown = sum(standing.status in SEATED for ref, standing in history.standings.items() if ref not in here)
    is_full = _is_anybody_turned_away(settled.values(), {case.reference for case in left}, history)
    room = inf if call.places.waiting_list is None else call.places.waiting_list
    room -= sum(_is_waiting(verdict.standing or verdict.case.standing) for verdict in settled.values())
    door = Openness(room, is_full)
    shut = frozenset(case.reference for case in left if door.is_shut_to(case))
    apart = look_at_teams(call, left, settled, shut)
    door = replace(door, room=room - sum(case.reference in apart for case in filter(waits, left)))
    competing = tuple(case for case in left if case.reference not in apart)
    seated = (
        *(verdict.case for verdict in settled.values() if verdict.holds_place),
        *(case for case in left if case.reference in apart and apart[case.reference].lot is Outcome.OFFER),
    )
    gone = filter(_is_to_be_followed, (*_given_up(settled.values()), *left))
    seating = give_places(call, line_up(call, competing, seated, unknown, gone), door, now)
    too_short = is_too_short(call, now)
    lots = {**apart, **seating.lots}
    return {
        case.reference: _place(case, lots[case.reference], now, is_full=is_full, too_short=too_short)
        for case in left
    }, seating


def _given_up(settled: Iterable[Verdict]) -> Iterator[Case]:
    """Yield those without a place, as they stand after this."""
    return (
        replace(verdict.case, standing=verdict.standing or verdict.case.standing)
        for verdict in settled
        if not verdict.holds_place
    )


def _is_to_be_followed(case: Case) -> bool:
    """Whether somebody gave up a place, and no word passed it on."""
    standing = case.standing
    return standing is not None and standing.vacated and standing.cause != Event.TYPED_REPLACE.name.lower()


def _is_anybody_turned_away(settled: Iterable[Verdict], left: Collection[str], history: History) -> bool:
    """Whether the ranking turned somebody away and that stands today: not those who compete again."""
    now = {verdict.reference: verdict.standing for verdict in settled if verdict.standing}
    standings = {**history.standings, **now}
    return any(_is_turned_away(standing) for ref, standing in standings.items() if ref not in left)


def _is_turned_away(standing: Standing) -> bool:
    by_rank = standing.eligibility is Eligibility.ELIGIBLE and not standing.decision
    return by_rank and standing.status is Status.NOT_SELECTED


def _freeze(case: Case) -> Verdict:
    """Give no place that became free; whoever applied late does not overtake those who wait."""
    status = Status.WAITING if waits(case) else Status.RECEIVED
    return Verdict(case, status, (because(ReasonKind.FROZEN), *plain_reasons(case), *passed_before(case)))


def _leave(case: Case, why: Reason) -> Verdict:
    """Give no place by rank any more: the last day for offers is over, or the meeting has begun."""
    status = TRANSITIONS[status_before(case), Event.MEETING_BEGAN].status
    if case.standing and case.standing.status is status:
        return Verdict(case, status, (*case.standing.reasons, why))
    return Verdict(case, status, (why, *plain_reasons(case), ASK))


def _place(case: Case, drawn: Placed, now: datetime, *, is_full: bool, too_short: bool) -> Verdict:
    """Turn what the places came to into a verdict. An offer that nobody could answer in time is for a person."""
    reasons = (drawn.reason, *plain_reasons(case), *drawn.passed)
    match drawn.lot:
        case Outcome.OFFER if too_short:
            return Verdict(case, Status.TO_REVIEW, (because(ReasonKind.TOO_SHORT), *plain_reasons(case), ASK))
        case Outcome.OFFER:
            return conclude(case, Event.PLACE_GIVEN, reasons, now)
        case Outcome.WAIT:
            return conclude(case, Event.LISTED, reasons, now)
        case Outcome.KEEP_WAITING:
            return _keep_waiting(case, reasons, drawn.passed)
        case Outcome.ASK:
            return Verdict(case, Status.TO_REVIEW, (*reasons, ASK))
        case _:
            no_place = because(ReasonKind.NO_PLACE, is_closed=is_full, **dict(drawn.reason.facts))
            return conclude(case, Event.TURNED_AWAY, (no_place,), now)


def _keep_waiting(case: Case, reasons: tuple[Reason, ...], passed: tuple[Reason, ...]) -> Verdict:
    """Refresh the reason of somebody who waits; record it when somebody behind got a place."""
    told = case.standing
    if told is None or passed_before(case) == passed:
        return Verdict(case, Status.WAITING, reasons)
    passed_over = Event.PASSED_OVER
    kept = replace(told, reasons=reasons, cause=passed_over.name.lower())
    return Verdict(case, Status.WAITING, reasons, kept, passed_over)


def _is_waiting(standing: Standing | None) -> bool:
    return standing is not None and standing.status is Status.WAITING


def _queue(
    call: Call, verdicts: Iterable[Verdict], history: History, seating: Seating | None
) -> dict[str, Verdict]:
    """Give those who newly wait their place in the frozen order: behind all before them, by rank."""
    last = max((standing.order for standing in history.standings.values()), default=0)
    ordered = {verdict.reference: verdict for verdict in verdicts}
    turns = seating.entrants.turns if seating else None
    new = [(v, v.standing) for v in ordered.values() if v.standing and _is_new_in_queue(v.standing)]
    new.sort(key=lambda pair: rank_key(call, pair[0].case, turns))
    for order, (verdict, standing) in enumerate(new, last + 1):
        ordered[verdict.reference] = replace(verdict, standing=replace(standing, order=order))
    return ordered


def _is_new_in_queue(standing: Standing) -> bool:
    return standing.status is Status.WAITING and not standing.order
