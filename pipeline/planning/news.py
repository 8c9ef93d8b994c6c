"""What the ledger does not know yet and a plan puts on record: people, responses, words, answers, standings."""

from datetime import datetime

from pipeline.decisions.assess import Assessment
from pipeline.decisions.timeline import Event
from pipeline.decisions.verdict import Verdict
from pipeline.intake.decision_words import is_same_word
from pipeline.intake.memory import Memory
from pipeline.intake.people import Roll
from pipeline.model.applicant import Applicant, Status
from pipeline.model.call import Call
from pipeline.model.history import History, Standing
from pipeline.model.history_events import Happening, heard_word
from pipeline.planning.due import Mail


def new_standings(
    verdicts: tuple[Verdict, ...], in_turn: tuple[Verdict, ...], mail: Mail, history: History
) -> tuple[Standing, ...]:
    """Return what is concluded and told, and what organisers report of anybody known.

    A place that is given because somebody else withdrew is only free once the withdrawal is on record. Who was
    passed over by whom a place is offered now hears it whomever the run is about.
    """
    here = {verdict.reference for verdict in in_turn} - mail.put_off
    offers = any(_is_offered(verdict) for verdict in in_turn if verdict.reference in here)
    return tuple(
        verdict.standing
        for verdict in verdicts
        if verdict.standing
        and (
            (offers if verdict.event is Event.PASSED_OVER else verdict.reference in here)
            or (verdict.is_reported and verdict.reference in history.addresses and not verdict.case.settles)
        )
    )


def _is_offered(verdict: Verdict) -> bool:
    return verdict.standing is not None and verdict.standing.status is Status.OFFERED


def new_people(history: History, concerned: tuple[Verdict, ...]) -> dict[str, str]:
    """Return the address of everybody who is new, by reference."""
    return {
        verdict.reference: verdict.case.applicant.response.address
        for verdict in concerned
        if verdict.reference not in history.addresses
    }


def new_responses(roll: Roll, history: History, concerned: tuple[Verdict, ...]) -> dict[str, str]:
    """Return whose each response is, by its key, where that is new."""
    here = {verdict.reference for verdict in concerned}
    return {
        key: reference
        for key, reference in roll.references.items()
        if history.responses.get(key) != reference and reference in here
    }


def new_words(
    call: Call, history: History, concerned: tuple[Verdict, ...], now: datetime
) -> tuple[Happening, ...]:
    """Return what organisers typed, changed or took away in the Decision cells since the last run."""
    found = (_new_word(call, history, verdict.case.applicant, now) for verdict in concerned)
    return tuple(filter(None, found))


def _new_word(call: Call, history: History, person: Applicant, now: datetime) -> Happening | None:
    known, word = history.words.get(person.reference), person.decision or person.older_decision
    before = known.text if known else ""
    is_same = before != word and is_same_word(before, word, call.audience)
    return heard_word(now, person.reference, before, word, is_same=is_same)


def new_answers(
    assessment: Assessment, memory: Memory, history: History, concerned: tuple[Verdict, ...]
) -> dict[str, str]:
    """Return what is to be kept of responses that are new, or that somebody changed in the sheet."""
    here = {verdict.reference for verdict in concerned}
    references = assessment.roll.references
    usable = (entry for entry in assessment.entries if references.get(entry.key) in here)
    notes = ((entry.key, memory.note(entry)) for entry in usable)
    return {key: note for key, note in notes if history.answers.get(key) != note}
