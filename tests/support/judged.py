"""How the rules do on labelled responses: the figures of a set, and nothing of what stands in it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.audience.classify import classify
from pipeline.config.load import load
from pipeline.model.applicant import Classification, Eligibility
from tests.audience.responses import Labelled, Outcome, read_responses
from tests.support.reference_call import ROOT, judge

SCHOOL = ROOT / "tests/audience/school"
Judge = Callable[[Mapping[str, str]], Classification]


@cache
def judge_by(workspace: Path) -> Judge:
    """Return what judges answers by the rules of a workspace."""
    call = load(workspace, {}).call
    return lambda answers: classify(call.audience, call.columns, answers)


SETS: Mapping[str, Judge] = {
    "responses.yaml": judge,
    "development.yaml": judge,
    "development_school.yaml": lambda answers: judge_by(SCHOOL)(answers),
    "unseen.yaml": judge,
    "unseen_school.yaml": lambda answers: judge_by(SCHOOL)(answers),
}
"""The files of labelled responses, and whose rules judge them."""


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one set. `wrong` are the pairs of expected and found, most frequent first."""

    responses: int
    right: int
    settled: int
    needless: int
    """Settled, and sent to a person all the same."""
    unasked: int
    """Needed a person, and decided."""
    wrongly_declined: int
    wrongly_let_in: int
    wrong: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        pairs = ", ".join(f"{pair} {times}" for pair, times in self.wrong)
        return (
            f"{self.right} of {self.responses} right ({self.right / self.responses:.1%}); needless "
            f"{self.needless} of {self.settled} settled ({self.needless / self.settled:.1%}); decided that needed "
            f"a person {self.unasked}; wrongly declined {self.wrongly_declined}, let in {self.wrongly_let_in}. {pairs}"
        )


def score(name: str) -> Score:
    """Judge every response of a set. Right is what the label names, or what it says is defensible."""
    found = [(one, SETS[name](one.answers)) for one in read_responses(name)]
    wrong = [(one, got) for one, got in found if not one.accepts(got.eligibility, got.category or None)]
    settled = [(one, got) for one, got in found if one.settled]

    def named(one: Labelled, got: Classification) -> str:
        return f"{one.outcome} > {got.eligibility}"

    return Score(
        len(found),
        len(found) - len(wrong),
        len(settled),
        sum(got.eligibility is Eligibility.REVIEW for _, got in settled),
        sum(one.outcome == Outcome.REVIEW for one, _ in wrong),
        sum(got.eligibility is Eligibility.INELIGIBLE for _, got in wrong),
        sum(got.eligibility is Eligibility.ELIGIBLE for _, got in wrong),
        tuple(Counter(named(*pair) for pair in wrong).most_common()),
    )
