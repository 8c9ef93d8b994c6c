"""What a person must put right before it can be decided: a word that is not understood, a row that is gone."""

from collections.abc import Mapping

from pipeline.decisions.decide import Verdict
from pipeline.intake.decision_words import SAME_PERSON, drop_down
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import SEATED, Standing
from pipeline.model.problem import Problem


def decision_problems(call: Call, verdicts: tuple[Verdict, ...]) -> tuple[Problem, ...]:
    """Tell of every Decision cell that cannot be followed: an unknown word, or one in an older response's row."""
    words = ", ".join(drop_down(call.audience, approves=bool(call.approve)))
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
