"""Words that are known and do not fit where somebody stands: they decide nothing, and a person is asked. Pure."""

from dataclasses import replace
from datetime import datetime

from pipeline.decisions.case import Case
from pipeline.decisions.timeline import TRANSITIONS, TYPED, Event
from pipeline.decisions.verdict import status_before
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History, Posted, by_reference, knows_of_place
from pipeline.model.reason import ReasonKind, because

_WHY = {
    Event.TYPED_CANCEL: "no invitation",
    Event.TYPED_NO_SHOW: "no place",
    Event.TYPED_REPLACE: "no place",
    Event.TYPED_EXTEND: "no offer",
}
"""Why a word never fits."""


def fit(call: Call, cases: tuple[Case, ...], history: History, now: datetime) -> tuple[Case, ...]:
    """Turn each word that does not fit into a question."""
    posted = by_reference(history)
    return tuple(_fit(call, case, posted.get(case.reference, ()), now) for case in cases)


def _fit(call: Call, case: Case, posted: tuple[Posted, ...], now: datetime) -> Case:
    why = _misfit(call, case, posted, now)
    if not why or not case.override:
        return case
    return replace(case, override=None, doubt=because(ReasonKind.MISFIT, word=case.override.said, why=why))


def _misfit(call: Call, case: Case, posted: tuple[Posted, ...], now: datetime) -> str:
    """Say why a word does not fit; nothing where it does, or was followed."""
    if case.override is None or case.doubt or case.is_carried_out:
        return ""
    before, event, is_silent = status_before(case), TYPED[case.override.word], case.override.silent
    to = TRANSITIONS[before, event]
    if to.asks and to.status is before:
        return _WHY.get(event, "over")
    if to.asks and not is_silent and case.standing and knows_of_place(case.standing, posted):
        return "invited"
    if case.override.until and before is Status.OFFERED:
        return _misfit_day(call, case, case.override.until.end(call.zone), now)
    if event is Event.TYPED_NO_SHOW and to.status is not before and now < call.dates.starts:
        return "not begun"
    return "no template" if to.message and to.message not in call.messages and not is_silent else ""


def _misfit_day(call: Call, case: Case, until: datetime, now: datetime) -> str:
    """Say why an answer cannot be awaited until a day: it must lie ahead, before the meeting, and take nothing away."""
    promised = case.standing.reply_by if case.standing else None
    is_earlier = promised is not None and until < promised
    return "earlier" if is_earlier else "" if now < until < call.dates.starts else "no such day"
