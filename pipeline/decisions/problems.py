"""What a person must see to: reviews, words that are not understood, rows that are gone, silence, places."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from pipeline.decisions.decide import Verdict
from pipeline.decisions.hearing import is_idle
from pipeline.decisions.places.give import Selection
from pipeline.intake.decision_words import SAME_PERSON, all_words
from pipeline.model.applicant import Status
from pipeline.model.call import Call, is_over, may_tell
from pipeline.model.history import SEATED, History, Posted, Standing, by_reference, last_posted
from pipeline.model.message import Kind, State
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.text import day
from pipeline.selection.score import missed
from pipeline.selection.select import PROVED


def decision_problems(call: Call, verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Tell of every Decision cell that cannot be followed: an unknown word, or one in an older response's row."""
    words = ", ".join(all_words(call.audience, approves=bool(call.approve)))
    unknown = "the word is not one that Convene knows, nothing was decided by it", f"Type one of: {words}"
    elsewhere = (
        "a word stands in the row of an older response of the same person, nothing was decided by it",
        "Type it in this row, or delete it there",
    )
    nobody = (
        "it does not say whose person is meant, or both were told something: nothing was decided by it",
        f"Type “{SAME_PERSON}: ” with the reference of the other row, or delete it",
    )
    return tuple(
        Problem(
            f"row {case.applicant.row}, column “Decision”",
            *(nobody if case.applicant.unclear else unknown if case.applicant.decision else elsewhere),
            case.applicant.row,
            case.reference,
            NeedKind.DECISION,
        )
        for case in (verdict.case for verdict in verdicts)
        if case.doubt
    )


def vanished(absent: tuple[str, ...], standings: Mapping[str, Standing]) -> tuple[Problem, ...]:
    """Tell of people who hold a place or wait for one and whose row is gone: the place stays held."""
    advice = "Put the row back; to give the place up, type Withdrawn in it and delete it after the next run"
    return tuple(
        Problem(
            f"applicant {reference}",
            f"is “{standings[reference].status}” and has no row any more",
            advice,
            None,
            reference,
        )
        for reference in absent
        if reference in standings and standings[reference].status in SEATED | {Status.WAITING}
    )


def open_reviews(verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Ask about everybody whom only a person can decide; not about words that are not understood (see above)."""
    advice = "Its Reason says why. Type what is to happen in the Decision column"
    return tuple(
        Problem(
            f"{verdict.reference} (row {verdict.case.applicant.row})",
            "to review",
            advice,
            verdict.case.applicant.row,
            verdict.reference,
            NeedKind.TO_REVIEW,
            tuple((reason.kind, reason.facts) for reason in verdict.reasons),
        )
        for verdict in verdicts
        if verdict.status is Status.TO_REVIEW and not verdict.case.doubt
    )


def idle_replies(verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Tell of every answer by the reply form that is news and about no offer: nothing was decided by it."""
    early = "answered by the reply form before the place was offered, as its time stamp says: nothing was decided by it"
    nothing = "said yes by the reply form, and no place is offered: nothing was decided by it"
    advice = "Ask the person, or type in the Decision column what is to happen"
    return tuple(
        Problem(
            f"{verdict.reference} (row {verdict.case.applicant.row})",
            early if verdict.status is Status.OFFERED else nothing,
            advice,
            verdict.case.applicant.row,
            verdict.reference,
            NeedKind.REPLY,
        )
        for verdict in verdicts
        if is_idle(verdict.case)
    )


def unanswered(
    call: Call, verdicts: tuple[Verdict, ...], history: History, now: datetime
) -> tuple[Problem, ...]:
    """Tell of every offer that was to be answered by now and is not; what did not arrive is told elsewhere."""
    if is_over(call.dates, now):
        return ()
    posted = by_reference(history)
    advice = "Ask the person; then type Confirmed or Withdrawn in the Decision column"
    return tuple(
        Problem(
            f"{verdict.reference} (row {verdict.case.applicant.row})",
            f"a place was offered, and there was no answer by {day(until.astimezone(call.zone))}",
            advice,
            verdict.case.applicant.row,
            verdict.reference,
            NeedKind.UNANSWERED,
        )
        for verdict in verdicts
        if verdict.status is Status.OFFERED
        and not verdict.standing
        and _has_arrived(letters := posted.get(verdict.reference, ()))
        and now > (until := answer_due(call, letters))
    )


def answer_due(call: Call, posted: tuple[Posted, ...]) -> datetime:
    """Return by when an offer is to be answered: as its letter says, whatever day the call names today.

    Where no letter says it (organisers told it, or a version that kept no day), as the call has it.
    """
    invited = last_posted(tuple(message for message in posted if message.kind == Kind.INVITATION))
    written = invited.until if invited else None
    return written or call.dates.reply_by or call.dates.starts


def _has_arrived(posted: tuple[Posted, ...]) -> bool:
    """Whether somebody was told, as far as anybody knows; who has no message was told by organisers."""
    latest = last_posted(posted)
    return latest is None or latest.state is State.ACCEPTED


def place_problems(call: Call, selection: Selection | None, now: datetime) -> tuple[Problem, ...]:
    """Tell where places are not as the rules want them, once they may be told."""
    return tuple(_place_problems(selection)) if selection and may_tell(call.dates, now) else ()


def _place_problems(selection: Selection) -> Iterator[Problem]:
    contest, choice = selection.contest, selection.choice
    have = contest.seated | frozenset(choice.chosen)
    for rule in missed(contest.minimums, have):
        what = f"{rule.name} has {rule.count}, at least {rule.bound} asked for"
        advice = (
            "No choice that is left does better. Invite somebody by a word in Decision, or lower the number"
        )
        yield Problem("places", what, advice, kind=NeedKind.QUOTA)
    if (filled := len(have) + contest.unknown) > contest.capacity:
        what = f"{filled} have a place, and there are {contest.capacity}"
        advice = "Nobody who was invited is displaced. Raise places.capacity in config/call.yaml, or ask who gives way"
        yield Problem("places", what, advice, kind=NeedKind.CAPACITY)
    if choice.method not in PROVED:
        advice = "Give it more seconds with places.time_limit in config/call.yaml"
        yield Problem("places", f"the choice is {choice.method}", advice, kind=NeedKind.NOT_PROVED)
