"""Messages of earlier runs that have not left: which of them go on, and which no longer say the truth."""

from collections.abc import Mapping
from datetime import datetime

from pipeline.decisions.offers import time_left
from pipeline.decisions.timeline import TELLS
from pipeline.decisions.verdict import Verdict
from pipeline.intake.decision_forms import Word
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import DAY, Posted, is_due, is_open
from pipeline.model.kinds import NOTICES
from pipeline.model.message import DECISIONS, Kind
from pipeline.model.printed import is_as_printed
from pipeline.planning.changes import is_concerned, is_overtaken
from pipeline.planning.occasions import is_called_for


def open_messages(
    call: Call, verdicts: tuple[Verdict, ...], posted: Mapping[str, tuple[Posted, ...]], now: datetime
) -> tuple[tuple[Posted, ...], tuple[Posted, ...]]:
    """Part the open messages of earlier runs into those that still say the truth and those that do not."""
    resumed, cancelled = [], []
    for verdict in verdicts:
        letters = posted.get(verdict.reference, ())
        for message in filter(is_open, letters):
            is_late = _comes_too_late(verdict, message, now)
            if is_late or _contradicts(call, verdict, message, letters):
                cancelled.append(message)
            elif call.cancelled and message.kind != Kind.CANCELLED:
                continue
            elif is_due(message, now) and not is_kept_back(verdict, message):
                resumed.append(message)
    return tuple(sorted(resumed, key=_in_turn)), tuple(cancelled)


def _in_turn(message: Posted) -> tuple[bool, int]:
    """Order messages of earlier runs by age; what was tried before comes last, so that it stops nobody else."""
    return bool(message.reply), message.id


def _contradicts(call: Call, verdict: Verdict, message: Posted, posted: tuple[Posted, ...]) -> bool:
    """Whether an open message no longer says the truth: a new conclusion takes the place of what is unsent.

    So does what the call says by now: what an unsent letter concluded is then decided anew by the next run.
    """
    if not is_as_printed(call, message.printed) or is_overtaken(message, posted):
        return True
    if message.kind in NOTICES:
        return not is_concerned(verdict, posted)
    told = verdict.standing or verdict.case.standing
    if message.occasion:
        return told is None or not is_called_for(call, told, message)
    return is_untrue(verdict, message)


def _comes_too_late(verdict: Verdict, message: Posted, now: datetime) -> bool:
    """Whether an offer did not leave in time to be answered: it is made anew, with another day."""
    standing = verdict.case.standing
    due = standing.reply_by if standing and message.kind == Kind.INVITATION else None
    return due is not None and time_left(due, now) < DAY


def is_untrue(verdict: Verdict, message: Posted) -> bool:
    """Whether a decision, or an acknowledgement, is not what is concluded now."""
    told = verdict.standing or verdict.case.standing
    if verdict.standing or message.kind not in DECISIONS:
        return told is not None
    return told is None or TELLS.get(told.status) != message.kind


def is_kept_back(verdict: Verdict, message: Posted) -> bool:
    """Whether a message waits because its applicant is now on hold, under review or misunderstood."""
    unsettled = verdict.status in {Status.ON_HOLD, Status.TO_REVIEW} and message.kind in DECISIONS
    return unsettled or is_silenced(verdict) or bool(verdict.case.doubt)


def is_silenced(verdict: Verdict) -> bool:
    """Whether organisers said that an applicant is to hear nothing."""
    return verdict.case.override is not None and verdict.case.override.word is Word.HOLD
