"""What a person is asked before rules and ranking count: who somebody is, which answers hold, a time that cannot be.

Only as long as nothing was told, and no word of the organisers decides. What was told stands (see `decide`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from pipeline.audience.classify import Classify
from pipeline.decisions.case import Case
from pipeline.decisions.places.known import missing
from pipeline.decisions.places.measures import disagree
from pipeline.intake.time_stamps import AHEAD
from pipeline.model.applicant import Classification, Eligibility, Response
from pipeline.model.call import Call
from pipeline.model.ranks import IfMissing
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.text import fold, shorten

EARLY = timedelta(days=1)
"""So long before the call opened somebody may have tried the form, or been in another time zone."""

_WORSE = {Eligibility.ELIGIBLE: 0, Eligibility.REVIEW: 1, Eligibility.INELIGIBLE: 2, Eligibility.HELD: 2}


def with_questions(call: Call, case: Case, classify: Classify, now: datetime) -> Case:
    """Return a case as one for a person to look at, if there is anything to ask first."""
    if case.standing or case.override:
        return case
    is_held = case.found.eligibility is Eligibility.HELD
    response = case.applicant.response
    who = (
        ()
        if is_held
        else (*case.applicant.alike, *_odd_time(call, response, now), *_differing(call, response))
    )
    competes = case.found.eligibility is Eligibility.ELIGIBLE
    asked = (*who, *_worse(call, case, classify), *(_unknown(call, case) if competes else ()))
    if not asked:
        return case
    return replace(
        case,
        classification=Classification(Eligibility.REVIEW, "", (*asked, *case.found.reasons)),
        is_awaited=competes and bool(missing(call, response, IfMissing.WAIT)),
    )


def only_waits(case: Case) -> bool:
    """Whether nothing is asked of a person, and an answer is to come."""
    asked = case.classification.reasons[: len(case.classification.reasons) - len(case.found.reasons)]
    return case.is_awaited and all(reason.kind is ReasonKind.NOT_YET for reason in asked)


def _odd_time(call: Call, response: Response, now: datetime) -> Iterator[Reason]:
    """Ask about a time at which nobody can have applied: it decides who was in time, and who came first."""
    opens, sent = call.dates.opens, response.submitted
    if opens and sent < opens - EARLY:
        yield because(ReasonKind.TOO_EARLY, sent=_day(sent), opens=_day(opens))
    if sent > now + AHEAD:
        yield because(ReasonKind.TOO_LATE, sent=_day(sent))


def _differing(call: Call, response: Response) -> Iterator[Reason]:
    """Ask which answer counts, where a form has a question in several branches and more than one was filled."""
    if response.differing:
        questions = tuple(call.columns.headers[key] for key in response.differing)
        yield because(ReasonKind.DIFFERING, questions=questions)


def _worse(call: Call, case: Case, classify: Classify) -> Iterator[Reason]:
    """Ask where newer answers would take something away: they may be another's, or a slip."""
    mine = _WORSE[case.found.eligibility]
    for older in case.applicant.older:
        theirs = _WORSE[classify(older.answers).eligibility]
        if theirs < mine or (theirs == mine and case.late and not call.late(older.submitted)):
            yield because(ReasonKind.WORSE, sent=_day(older.submitted))
            return


def _unknown(call: Call, case: Case) -> Iterator[Reason]:
    """Ask for the answers that the places are given by: who is counted nowhere would come past a limit.

    What is waited for and has a figure in it (a mark that cannot be) will not come by waiting.
    """
    response, headers = case.applicant.response, call.columns.headers
    awaited = missing(call, response, IfMissing.WAIT)
    odd = (key for key in awaited if any(map(str.isdigit, response.answers.get(key, ""))))
    asked = tuple(dict.fromkeys((*missing(call, response, IfMissing.ASK), *odd)))
    said = {key: response.answers.get(key, "") for key in asked if key not in response.differing}
    if empty := tuple(headers[key] for key, answer in said.items() if not fold(answer)):
        yield because(ReasonKind.MISSING_ANSWER, questions=empty)
    if unread := tuple((shorten(answer), headers[key]) for key, answer in said.items() if fold(answer)):
        yield because(ReasonKind.UNKNOWN_ANSWER, answers=unread)
    for rank in call.places.rank_by:
        if rank.spread is not None and disagree(call, response, rank):
            questions = tuple(headers[key] for key in rank.columns)
            yield because(ReasonKind.DISAGREE, questions=questions, most=f"{float(rank.spread):g}")
    if to_come := tuple(headers[key] for key in awaited if key not in asked):
        yield because(ReasonKind.NOT_YET, questions=to_come)


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
