"""What a job title says beside the role: doubt is wide, and what is more specific counts (titles.yaml)."""

from pathlib import Path

import pytest

from tests.audience.test_denials import ANSWERS
from tests.support.reference_call import judge
from tests.support.yaml_texts import read_yaml

TITLES: dict[str, list[str]] = read_yaml(Path(__file__).with_name("titles.yaml").read_text(encoding="utf-8"))
INSIDE = ANSWERS | {"vetos": "Yes, directly", "workplace": "In a prison"}
MANAGEMENT = INSIDE | {"role": "Prison management or administration", "job_title": "Governor"}


def outcome(**answers: str) -> str:
    return judge(INSIDE | answers).eligibility.value


@pytest.mark.parametrize("language", TITLES)
def test_a_chief_of_nobody_knows_what_is_for_a_person_and_one_in_the_own_field_is_not(language: str) -> None:
    deputy, head, own, doctor = TITLES[language]
    minds = "Mental health practitioner"
    found = {
        "options": [outcome(role=minds, job_title=title) for title in (deputy, head, own)],
        "own words": [outcome(role="Psychologist", job_title=title) for title in (deputy, head, own)],
        "outside": outcome(role=minds, job_title=head, workplace="I come into prisons from outside"),
        "psychiatrist": outcome(role=doctor, job_title=""),
    }
    assert found == {
        "options": ["review", "review", "eligible"],
        "own words": ["review", "review", "eligible"],
        "outside": "eligible",
        "psychiatrist": "eligible",
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "eligible"),
        ({"organisation": "Ministry of Finance", "workplace": "Outside prisons", "job_title": "Adviser"}, "review"),
        ({"organisation": "Prison Service", "workplace": "Outside prisons", "job_title": "Adviser"}, "eligible"),
        ({"organisation": "University of the North", "job_title": "Head of unit"}, "review"),
        ({"organisation": "University of the North", "job_title": "Prison governor"}, "eligible"),
        ({"job_title": "Prison officer"}, "review"),
    ],
)  # fmt: skip
def test_management_needs_something_that_speaks_of_prisons(changes: dict[str, str], expected: str) -> None:
    assert judge(MANAGEMENT | changes).eligibility == expected


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("Exit worker, formerly police", "eligible"),
        ("Exit worker (formerly police)", "eligible"),
        ("Exit worker, retired", "review"),
        ("Formerly exit worker", "review"),
        ("Prison Governer", "eligible"),
        ("Governor of the old town prison", "eligible"),
        ("Intervention provider", "eligible"),
    ],
)
def test_additions_slips_and_words_in_between_hide_nothing(role: str, expected: str) -> None:
    assert outcome(role=role, job_title="") == expected
