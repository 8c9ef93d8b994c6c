import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audience.answers import Closeness, Understood, canonical, find_slips, group, understand
from pipeline.model.question import Question
from pipeline.model.wordings import words

ROLE = Question(
    "Role",
    (
        "Prison management or administration",
        "Mental health practitioner",
        "Exit worker",
        "Local administration",
    ),
)
VETOS = Question("VETOs", ("Yes, directly", "Not yet, but I aim to", "No"), aliases={"No": ("Nope", "Never")})
COUNTRY = Question(
    "Country",
    ("Austria", "Belgium", "Czechia", "Malta", "Slovakia", "Slovenia", "Spain"),
    aliases={"Czechia": ("Czech Republic", "Česko")},
)
ENGLISH = Question("English", scale=("A1", "A2", "B1", "B2", "Native"))
ORGANISATION = Question("Organisation", aliases={"Ministry of Justice": ("MoJ", "Justice Ministry")})


@pytest.mark.parametrize(
    ("question", "answer", "how", "option"),
    [
        (VETOS, "  yes   DIRECTLY. ", Closeness.EXACT, "Yes, directly"),
        (VETOS, "Yes,\u00a0directly", Closeness.EXACT, "Yes, directly"),
        (VETOS, "nope", Closeness.ALIAS, "No"),
        (VETOS, "N\u043e", Closeness.EXACT, "No"),
        (VETOS, "Yes, direcly", Closeness.TYPO, "Yes, directly"),
        (VETOS, "Yes, directyl", Closeness.TYPO, "Yes, directly"),
        (VETOS, "yesdirectly", Closeness.TYPO, "Yes, directly"),
        (VETOS, " ", Closeness.EMPTY, ""),
        (VETOS, "Yes, indirectly", Closeness.OWN, ""),
        (VETOS, "Not yet, and I do not aim to", Closeness.OWN, ""),
        (VETOS, "Not", Closeness.OWN, ""),
        (ROLE, "Prison managment or adminstration", Closeness.TYPO, "Prison management or administration"),
        (ROLE, "mental health practicionner", Closeness.TYPO, "Mental health practitioner"),
        (ROLE, "Medical health practitioner", Closeness.OWN, ""),
        (ROLE, "Dental health practitioner", Closeness.OWN, ""),
        (ROLE, "Legal administration", Closeness.OWN, ""),
        (ROLE, "Ex-worker", Closeness.OWN, ""),
        (COUNTRY, "Cesko", Closeness.ALIAS, "Czechia"),
        (COUNTRY, "Blegium", Closeness.TYPO, "Belgium"),
        (COUNTRY, "Australia", Closeness.OWN, ""),
        (COUNTRY, "Slovania", Closeness.OWN, ""),
        (ENGLISH, "b2", Closeness.EXACT, "B2"),
        (ENGLISH, "B3", Closeness.OWN, ""),
        (ENGLISH, "Natvie", Closeness.TYPO, "Native"),
        (ENGLISH, "Naive", Closeness.OWN, ""),
        (VETOS, "Yess, directly", Closeness.TYPO, "Yes, directly"),
        (VETOS, "Not yet but i aim too", Closeness.TYPO, "Not yet, but I aim to"),
        (COUNTRY, "Spian", Closeness.TYPO, "Spain"),
        (COUNTRY, "Malat", Closeness.TYPO, "Malta"),
        (ORGANISATION, "moj", Closeness.ALIAS, "Ministry of Justice"),
        (ORGANISATION, "Ministry of Justise", Closeness.OWN, ""),
    ],
)
def test_answer_is_understood_only_where_it_can_mean_one_thing(
    question: Question, answer: str, how: Closeness, option: str
) -> None:
    found = understand(question, answer)
    assert (found.how, found.option) == (how, option)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("No, Yes, directly", Understood(Closeness.EXACT, ("Yes, directly", "No"))),
        ("Yes, directly; no\nYes, directly", Understood(Closeness.EXACT, ("Yes, directly", "No"))),
        ("No, with a friend", Understood(Closeness.OWN, ("No",), "with a friend")),
        ("Maybe, later", Understood(Closeness.OWN, (), "Maybe, later")),
    ],
)
def test_checkbox_is_read_by_its_options_and_not_by_commas(answer: str, expected: Understood) -> None:
    assert understand(VETOS, answer) == expected


@pytest.mark.parametrize(
    ("question", "answer", "folded"),
    [
        (COUNTRY, "Czech Republic", "czechia"),
        (COUNTRY, "Chile", "chile"),
        (COUNTRY, "", ""),
        (VETOS, "no, yes directly", "yes directly no"),
        (ORGANISATION, "Justice   ministry", "ministry of justice"),
        (ORGANISATION, "Sample House", "sample house"),
        (Question("Anything"), " Some-thing ", "some thing"),
    ],
)
def test_group_is_the_same_for_every_spelling(question: Question, answer: str, folded: str) -> None:
    assert group(question, answer) == folded


def test_canonical_keeps_own_words_as_they_were_written() -> None:
    said = ("Exit  WORKER", "exit wroker", "Chaplain, part-time", "Exit worker, retired")
    expected = ("Exit worker", "Exit worker", "Chaplain, part-time", "Exit worker, retired")
    assert tuple(canonical(ROLE, each) for each in said) == expected


def test_slips_are_told_in_one_sentence() -> None:
    questions = {"role": ROLE, "vetos": VETOS, "english": ENGLISH}
    answers = {"role": "exit wroker", "vetos": "Yes direcly", "english": "b2"}
    both = "“exit wroker” was read as “Exit worker” and “Yes direcly” was read as “Yes, directly”."
    assert words(find_slips(questions, answers)) == both
    assert find_slips(questions, {"role": "Exit worker"}) == ()


@given(
    st.sampled_from(ROLE.options), st.sampled_from(("upper", "lower", "title")), st.sampled_from(" \u00a0\n-")
)
def test_every_spelling_of_an_option_is_that_option(option: str, case: str, space: str) -> None:
    assert understand(ROLE, getattr(option, case)().replace(" ", space)).option == option


@given(st.text())
def test_any_text_is_understood_or_kept_whole(answer: str) -> None:
    found = understand(ROLE, answer)
    assert found.how is not Closeness.OWN or found.rest
    assert set(found.options) <= set(ROLE.options)
