"""Messages that need a person's word: in doubt, or refused; and copies that organisers did not get."""

from pipeline.model.history import History, Posted, unsettled
from pipeline.model.message import DOUBTFUL_STATES, State
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.said import Said


def mail_problems(history: History) -> tuple[Problem, ...]:
    """Tell of every message that needs a person's word, and of copies that did not reach organisers."""
    lost = {State.REFUSED, *DOUBTFUL_STATES}
    kinds = dict.fromkeys(copy.kind for copy in history.copies if copy.state in lost)
    copies = (
        tuple(copy for copy in history.copies if copy.kind == kind and copy.state in lost) for kind in kinds
    )
    return (*map(_mail_problem, unsettled(history)), *map(_copy_problem, copies))


def _copy_problem(copies: tuple[Posted, ...]) -> Problem:
    """Tell of all copies of a kind at once; nobody needs to settle them."""
    where = Said("copies of kind", kind=str(copies[0].kind))
    what = Said("copies lost", number=len(copies), reply=copies[-1].reply.rstrip(".") or "?")
    return Problem(where, what, Said("copies lost: do"), facts=tuple(copy.id for copy in copies))


def _mail_problem(message: Posted) -> Problem:
    where = Said("message to applicant", reference=message.reference, kind=str(message.kind))
    if message.state is State.REFUSED:
        advice, reply = Said("letter refused: do", reference=message.reference), message.reply.rstrip(".")
        what = Said("letter refused with", reply=reply) if message.reply else Said("letter refused")
        return Problem(where, what, advice, None, message.reference, NeedKind.REFUSED, (message.id,))
    what, advice = Said("letter in doubt"), Said("letter in doubt: do", reference=message.reference)
    return Problem(where, what, advice, None, message.reference, NeedKind.IN_DOUBT, (message.id,))
