import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audience.answers import How, Understood, canonical, find_slips, group, understand
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
        (VETOS, "  yes   DIRECTLY. ", How.EXACT, "Yes, directly"),
        (VETOS, "Yes,\u00a0directly", How.EXACT, "Yes, directly"),
        (VETOS, "nope", How.ALIAS, "No"),
        (VETOS, "N\u043e", How.EXACT, "No"),
        (VETOS, "Yes, direcly", How.TYPO, "Yes, directly"),
        (VETOS, "Yes, directyl", How.TYPO, "Yes, directly"),
        (VETOS, "yesdirectly", How.TYPO, "Yes, directly"),
        (VETOS, " ", How.EMPTY, ""),
        (VETOS, "Yes, indirectly", How.OWN, ""),
        (VETOS, "Not yet, and I do not aim to", How.OWN, ""),
        (VETOS, "Not", How.OWN, ""),
        (ROLE, "Prison managment or adminstration", How.TYPO, "Prison management or administration"),
        (ROLE, "mental health practicionner", How.TYPO, "Mental health practitioner"),
        (ROLE, "Medical health practitioner", How.OWN, ""),
        (ROLE, "Dental health practitioner", How.OWN, ""),
        (ROLE, "Legal administration", How.OWN, ""),
        (ROLE, "Ex-worker", How.OWN, ""),
        (COUNTRY, "Cesko", How.ALIAS, "Czechia"),
        (COUNTRY, "Blegium", How.TYPO, "Belgium"),
        (COUNTRY, "Australia", How.OWN, ""),
        (COUNTRY, "Slovania", How.OWN, ""),
        (ENGLISH, "b2", How.EXACT, "B2"),
        (ENGLISH, "B3", How.OWN, ""),
        (ENGLISH, "Natvie", How.TYPO, "Native"),
        (ENGLISH, "Naive", How.OWN, ""),
        (VETOS, "Yess, directly", How.TYPO, "Yes, directly"),
        (VETOS, "Not yet but i aim too", How.TYPO, "Not yet, but I aim to"),
        (COUNTRY, "Spian", How.TYPO, "Spain"),
        (COUNTRY, "Malat", How.TYPO, "Malta"),
        (ORGANISATION, "moj", How.ALIAS, "Ministry of Justice"),
        (ORGANISATION, "Ministry of Justise", How.OWN, ""),
    ],
)
def test_answer_is_understood_only_where_it_can_mean_one_thing(
    question: Question, answer: str, how: How, option: str
) -> None:
    found = understand(question, answer)
    assert (found.how, found.option) == (how, option)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("No, Yes, directly", Understood(How.EXACT, ("Yes, directly", "No"))),
        ("Yes, directly; no\nYes, directly", Understood(How.EXACT, ("Yes, directly", "No"))),
        ("No, with a friend", Understood(How.OWN, ("No",), "with a friend")),
        ("Maybe, later", Understood(How.OWN, (), "Maybe, later")),
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
    assert found.how is not How.OWN or found.rest
    assert set(found.options) <= set(ROLE.options)
