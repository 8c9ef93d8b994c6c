"""What people say beside the questions is for a person: a table of 28 languages (beside.yaml)."""

from pathlib import Path

import pytest

from pipeline.config.call.vocabularies import read_shelf
from tests.audience.test_denials import ANSWERS
from tests.audience.test_denials import SAID as OTHERS
from tests.support.reference_call import ROOT, judge
from tests.support.yaml_texts import read_yaml

KINDS = ("online", "day", "instead", "another", "leaving", "seconded", "withdraw", "consent")
SAID: dict[str, dict[str, str]] = read_yaml(
    Path(__file__).with_name("beside.yaml").read_text(encoding="utf-8")
)


def test_every_language_says_all_of_it() -> None:
    assert len(SAID) == 28
    assert {tuple(sentences) for sentences in SAID.values()} == {KINDS}


SHELF = read_shelf(ROOT).vocabularies
FILES = dict.fromkeys(("online", "day", "instead"), "attendance") | {
    "another": "in_post",
    "leaving": "in_post",
    "seconded": "in_post",
    "withdraw": "withdrawal",
    "consent": "withdrawal",
}
GOOD = ANSWERS | {"vetos": "Yes, directly"}


@pytest.mark.parametrize("language", SAID)
def test_what_is_said_beside_the_questions_is_found_for_what_it_is(language: str) -> None:
    found = {kind: bool(SHELF[FILES[kind]].find(text)) for kind, text in SAID[language].items()}
    assert found == dict.fromkeys(KINDS, True)


@pytest.mark.parametrize("key", ["work", "contribution", "needs", "organisation", "experience"])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_for_a_person_wherever_it_stands(kind: str, key: str) -> None:
    found = judge(GOOD | {key: SAID["en"][kind]})
    assert found.eligibility == "review"
    assert SAID["en"][kind].rstrip(".") in found.reason


@pytest.mark.parametrize("language", OTHERS)
def test_what_people_say_of_their_work_is_nothing_beside_it(language: str) -> None:
    texts = OTHERS[language].values()
    names = ("attendance", "in_post", "withdrawal")
    assert [(name, text) for name in names for text in texts if SHELF[name].find(text)] == []


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Am I eligible with two years in post?", "review"),
        ("Please write to anna.other@example.net instead.", "review"),
        ("Is the hotel near the station?", "eligible"),
        ("Is the hotel paid, or am I eligible for less?", "review"),
        ("Weiß noch nicht, ob ich darf.", "review"),
        ("Non posso essere presente mercoledì.", "review"),
        ("Mi mujer vendrá conmigo.", "review"),
        ("Ich kann nur am 12. September.", "review"),
        ("I do not want my answers to go to anybody else.", "review"),
        ("Vegetarian; my governor has approved it.", "eligible"),
        ("Court hearing on the 13th, so would have to skip that.", "review"),
        ("Vegetarian", "eligible"),
        ("=1+1", "eligible"),
    ],
)
def test_questions_and_addresses_are_for_a_person(text: str, outcome: str) -> None:
    assert judge(GOOD | {"email": "anna@example.org", "needs": text}).eligibility == outcome


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesdays I see convicted jihadists, only one day of the week is left for others.",
        "Je les vois seulement le mercredi, en détention.",
        "Acompaño a internos yihadistas solo los martes.",
        "Bislang habe ich nur online Kurse für inhaftierte Extremisten gegeben.",
        "We look at online radicalisation.",
        "We join the case conferences on extremist prisoners via video link.",
        "Inmates who cannot attend the group are seen alone.",
        "I was seconded to a prison with extremists in 2019 and stayed.",
    ],
)
def test_what_is_said_of_the_work_is_not_said_of_coming(text: str) -> None:
    assert judge(GOOD | {"work": text}).eligibility == "eligible"


@pytest.mark.parametrize(
    ("agreement", "outcome"),
    [
        ("Yes, of course", "eligible"),
        ("J'accepte", "eligible"),
        ("Zgadzam się", "eligible"),
        ("I agree, but not for the newsletter", "held"),
        ("I agree, provided that it is deleted", "review"),
        ("See my e-mail", "review"),
        ("Nie", "held"),
        ("I disagree", "held"),
        ("n/a", "held"),
    ],
)
def test_agreement_in_other_words_is_understood_or_asked_about(agreement: str, outcome: str) -> None:
    assert judge(GOOD | {"agreement": agreement}).eligibility == outcome
