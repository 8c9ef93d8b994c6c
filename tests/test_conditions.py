import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.answers import Question
from pipeline.bounds import OnScale, Words
from pipeline.conditions import (
    All,
    Any,
    Condition,
    Empty,
    Holds,
    Mentions,
    Not,
    OneOf,
    OwnWords,
    unclear,
)
from pipeline.vocabulary import Vocabulary

ROLES = Question("Role", ("Manager", "Psychologist"))
SCALE = Question("English", scale=("A1", "A2", "B1", "B2"))
YES, NO, OPEN = OneOf("yes", ("x",)), OneOf("no", ("y",)), OneOf("open", ("x",))
ANSWERS = {"yes": "x", "no": "x", "open": ""}


@pytest.mark.parametrize(
    ("condition", "answer", "holds"),
    [
        (OneOf("a", ("Manager",), ROLES), "  manager. ", True),
        (OneOf("a", ("Manager",), ROLES), "Psychologist", False),
        (OneOf("a", ("Manager",), ROLES), "Chaplain", None),
        (OneOf("a", ("Manager",)), "Chaplain", False),
        (OneOf("a", ("Manager",), ROLES), " ", None),
        (OwnWords("a", ROLES), "Chaplain", True),
        (OwnWords("a", ROLES), "MANAGER", False),
        (OwnWords("a", ROLES), "", None),
        (Empty("a"), "\n", True),
        (Empty("a"), "-", False),
        (Mentions("a", Vocabulary(("psycholog*",))), "Gefängnis-Psychologin", True),
        (Mentions("a", Vocabulary(("prison director",))), "I am prison   director", True),
        (Mentions("a", Vocabulary(("direct",))), "prison director", False),
        (Mentions("a", Vocabulary(("étudiant",))), "ETUDIANT en droit", True),
        (Mentions("a", Vocabulary(("x",))), "", False),
        (Words("a", 3), "one two three", True),
        (Words("a", 3), "n/a", False),
        (OnScale("a", SCALE, "A1", "A2"), "a2", True),
        (OnScale("a", SCALE, "A1", "A2"), "B1", False),
        (OnScale("a", SCALE, "A1", "A2"), "good", None),
        (OnScale("a", SCALE, "A1", "A2"), "", None),
    ],
)
def test_condition_on_one_answer(condition: Condition, answer: str, holds: Holds) -> None:
    assert condition.holds({"a": answer}) is holds
    assert condition.keys == ("a",)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (All((YES, YES)), True),
        (All((YES, OPEN)), None),
        (All((NO, OPEN)), False),
        (Any((NO, YES, OPEN)), True),
        (Any((NO, OPEN)), None),
        (Any((NO, NO)), False),
        (Not(YES), False),
        (Not(NO), True),
        (Not(OPEN), None),
    ],
)
def test_combined_conditions_never_guess(condition: Condition, holds: Holds) -> None:
    assert condition.holds(ANSWERS) is holds


def test_keys_are_named_once_in_order() -> None:
    assert All((YES, Any((NO, YES)), Not(OPEN))).keys == ("yes", "no", "open")


@pytest.mark.parametrize(
    ("condition", "keys"),
    [
        (All((YES, OPEN, Not(OneOf("other", ("x",))))), ("open", "other")),
        (All((NO, OPEN)), ()),
        (OPEN, ("open",)),
        (YES, ()),
    ],
)
def test_unclear_names_the_answers_that_leave_it_open(condition: Condition, keys: tuple[str, ...]) -> None:
    assert unclear(condition, ANSWERS) == keys


@given(st.text(), st.sampled_from(ROLES.options))
def test_case_and_spacing_do_not_matter(padding: str, role: str) -> None:
    spaces = " " * (len(padding) % 5)
    assert OneOf("a", (role,)).holds({"a": f"{spaces}{role.upper()}{spaces}"}) is True
