"""Who does the work that is asked for, and who says that they do not: a table of 28 languages (denials.yaml)."""

from itertools import product
from pathlib import Path

import pytest

from pipeline.config.call.vocabularies import read_shelf
from tests.support.reference_call import ROOT, judge
from tests.support.yaml_texts import read_yaml

KINDS = ("now", "never", "longer", "yet", "planned", "others", "none", "other", "claims")
SAID: dict[str, dict[str, str]] = read_yaml(
    Path(__file__).with_name("denials.yaml").read_text(encoding="utf-8")
)
SHELF = read_shelf(ROOT).vocabularies
DENIALS = ("now", "never", "longer", "yet", "others", "none")
ANSWERS = {
    "organisation": "Sample Prison",
    "job_title": "Mentor",
    "country": "Spain",
    "role": "Exit worker",
    "workplace": "I come into prisons from outside",
    "english": "B2",
    "agreement": "I agree",
}
# What becomes of an answer to question 10 with each kind of description.
OUTCOMES = {
    "No": dict.fromkeys(KINDS, "ineligible") | {"claims": "review"},
    "Yes, directly": dict.fromkeys(DENIALS, "review") | {"other": "eligible", "claims": "eligible"},
    "Not yet, but I aim to": dict.fromkeys(KINDS, "eligible") | {"planned": "review"},
}


def test_every_language_says_all_of_it() -> None:
    assert len(SAID) == 28
    assert {tuple(sentences) for sentences in SAID.values()} == {KINDS}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("answer", OUTCOMES)
def test_denials_and_claims_are_held_against_the_answer(language: str, answer: str) -> None:
    found = {
        kind: judge({**ANSWERS, "vetos": answer, "work": SAID[language][kind]}).eligibility.value
        for kind in OUTCOMES[answer]
    }
    assert found == OUTCOMES[answer]


@pytest.mark.parametrize(("language", "kind"), tuple(product(SAID, KINDS)))
def test_a_sentence_denies_claims_or_plans_nothing_and_no_two_of_them(language: str, kind: str) -> None:
    text = SAID[language][kind]
    found = {name: SHELF[name].weigh(text) for name in ("no_such_work", "such_work", "no_plans")}
    denies = kind in DENIALS or (kind == "planned" and found["no_such_work"])
    assert found == {"no_such_work": denies, "such_work": kind == "claims", "no_plans": kind == "planned"}


@pytest.mark.parametrize("key", ["contribution", "needs", "job_title"])
@pytest.mark.parametrize("language", SAID)
def test_another_answer_that_describes_the_work_keeps_a_no_for_a_person(language: str, key: str) -> None:
    found = judge({**ANSWERS, "vetos": "No", "work": "-", key: SAID[language]["claims"]})
    assert found.eligibility == "review"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("I don't only work with terrorist offenders, I also run their unit.", "review"),
        ("I do not work with prisoners but I mentor convicted extremists.", "review"),
        ("I never work alone with terrorist offenders.", "review"),
        ("My thesis is about radicalisation.", "ineligible"),
        ("I write about extremism for a newspaper.", "ineligible"),
        ("I mentor people who left extremism.", "review"),
        ("Yes, every week.", "review"),
        ("私は刑務所で働いています", "review"),
        ("Four young men who came back from Syria.", "review"),
        ("I keep the accounts. My colleagues see the terrorist prisoners, not me.", "ineligible"),
    ],
)
def test_a_no_stands_unless_the_work_is_claimed(text: str, outcome: str) -> None:
    assert judge({**ANSWERS, "vetos": "No", "work": text}).eligibility == outcome


@pytest.mark.parametrize(
    ("vetos", "answers", "outcome"),
    [
        ("No", {"work": "Terápiás csoportot vezetek elítélteknek."}, "ineligible"),
        ("No", {"work": "Ik begeleid gedetineerden na hun straf."}, "ineligible"),
        ("No", {"job_title": "Deradicalisation coordinator (prisons)"}, "review"),
        ("No", {"job_title": "Radicalisation adviser, schools"}, "ineligible"),
        ("No", {"needs": "Jag jobbar ju med högerextrema."}, "review"),
        ("Yes, directly", {"work": "Tot 2019 sprak ik met veroordeelde jihadisten."}, "review"),
        ("Yes, directly", {"work": "Meillä ei ole tällaisia vankeja."}, "review"),
        ("Yes, directly", {"job_title": "Exit worker (former police officer)"}, "eligible"),
        ("Yes, directly", {"role": "Exit worker, früher Polizist"}, "eligible"),
        ("Yes, directly", {"job_title": "Former exit worker"}, "review"),
        ("Yes, directly", {"role": "ehem. Psychologe"}, "review"),
        ("Yes, directly", {"role": "Früher Polizist, jetzt Psychologe"}, "eligible"),
    ],
)
def test_other_work_and_other_posts_are_told_from_the_work_and_the_post(
    vetos: str, answers: dict[str, str], outcome: str
) -> None:
    assert judge({**ANSWERS, "vetos": vetos, "work": "", **answers}).eligibility == outcome
