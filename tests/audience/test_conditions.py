from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audience.bounds import Amount, Between, OnScale, Words
from pipeline.audience.combined import ANY_TEXT, All, Any, AnyText, Contradict, Not, quoted, unclear
from pipeline.audience.conditions import (
    Asks,
    Empty,
    HeaderLine,
    Includes,
    LooksLikeCode,
    Mentions,
    NamesAddress,
    OneOf,
    OwnWords,
    SaysOnly,
)
from pipeline.audience.vocabulary import Vocabulary
from pipeline.model.question import Question
from pipeline.model.rules import Condition, Holds

ROLES = Question("Role", ("Manager", "Psychologist"))
SCALE = Question("English", scale=("A1", "A2", "B1", "B2"))
PRISON = Vocabulary(("governor",), possible=("manager",), title="prison")
NOTHING = Vocabulary(("none",), title="nothing")
YES, NO, OPEN = OneOf("yes", ("x",)), OneOf("no", ("y",)), OneOf("open", ("x",))
ANSWERS = {"yes": "x", "no": "x", "open": ""}


@pytest.mark.parametrize(
    ("condition", "answer", "holds"),
    [
        (OneOf("a", ("Manager",), ROLES), "  manager. ", True),
        (OneOf("a", ("Manager",), ROLES), "Psychologist", False),
        (OneOf("a", ("Manager",), ROLES), "Chaplain", None),
        (OneOf("a", ("Manager",)), "Chaplain", False),
        (OneOf("a", ("Spain",), Question("Country", countries=True)), "España", True),
        (OneOf("a", ("Spain",), Question("Country", countries=True)), "Italy", False),
        (OneOf("a", ("Spain",), Question("Country", countries=True)), "Atlantis", None),
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
        (Mentions("a", PRISON), "Governor", True),
        (Mentions("a", PRISON), "Manager", None),
        (Mentions("a", PRISON, surely=True), "Manager", False),
        (Asks("a"), "Paid? I wonder", False),
        (Asks("a"), "Will you pay for it?", True),
        (Asks("a"), "???", False),
        (Asks("a"), "Πληρώνετε το ταξίδι;", True),
        (Asks("a"), "none; nothing", False),
        (Words("a", 3), "one two three", True),
        (Words("a", 3), "n/a", False),
        (OnScale("a", SCALE, "A1", "A2"), "a2", True),
        (OnScale("a", SCALE, "A1", "A2"), "B1", False),
        (OnScale("a", SCALE, "A1", "A2"), "good", None),
        (OnScale("a", SCALE, "A1", "A2"), "", None),
        (OnScale("a", SCALE, "A1", "A2"), "A1/A2", True),
        (OnScale("a", SCALE, "A1", "A2"), "A2, B1", None),
        (OneOf("a", ("Manager",), ROLES), "mangaer", True),
        (OneOf("a", ("Manager",), ROLES), "Manager, retired", None),
        (OneOf("a", ("Manager",), ROLES), "Manager, Psychologist", None),
        (OneOf("a", ("Psychologist", "Manager"), ROLES), "Psychologist, Manager", True),
        (OwnWords("a", ROLES), "Manager, retired", True),
        (Includes("a", ("Manager",), ROLES), "Psychologist, Manager", True),
        (Includes("a", ("Manager",), ROLES), "Manager, retired", True),
        (Includes("a", ("Manager",), ROLES), "Psychologist", False),
        (Includes("a", ("Manager",), ROLES), "Psychologist, boss", None),
        (Includes("a", ("Manager",), ROLES), "", None),
        (LooksLikeCode("a"), '=IF(1=1,"Manager","")', True),
        (LooksLikeCode("a"), "see https://example.org", True),
        (LooksLikeCode("a"), "Manager (part-time), wing B/C", False),
        (LooksLikeCode("a"), "", False),
        (SaysOnly("a", NOTHING), "None.", True),
        (SaysOnly("a", NOTHING), "", True),
        (SaysOnly("a", NOTHING), "none of them", False),
        (Words("a", 0, 2), "one two three", False),
        (Words("a", 1, 3), "one two three", True),
        (Amount("a", 18), "18", True),
        (Amount("a", 18), "17", False),
        (Amount("a", 18, 25), "20 years", True),
        (Amount("a", 18), "15+", None),
        (Amount("a", 5), "2015", None),  # a year, and not so many of them
        (Amount("a", 2000, 2020), "2015", True),
        (Amount("a", 18), "16-20", None),
        (Amount("a", high=18), "16-20", None),
        (Amount("a", 18), "20+", True),
        (Amount("a", 18), "eighteenish", None),
        (Between("a", after=date(2000, 1, 1)), "2001-05-05", True),
        (Between("a", before=date(2000, 1, 1)), "1.1.2000", False),
        (Between("a", before=date(2000, 1, 1), formats=("%d/%m/%Y",)), "31/12/1999", True),
        (Between("a", before=date(2000, 1, 1)), "long ago", None),
        (Between("a", after=date(2023, 8, 31)), "Sept 2023", True),
        (Between("a", before=date(2023, 9, 1)), "09/2023", False),
        (Between("a", after=date(2023, 8, 31)), "2023", None),
        (Between("a", date(2023, 3, 5), date(2023, 3, 8)), "March 2023", None),
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


def test_a_line_of_headers_has_neither_a_time_nor_an_address() -> None:
    line = HeaderLine("at", "mail")
    answers = ({"at": "End Date"}, {"mail": "Response"}, {"at": "14 July"}, {"mail": "ana@example.org"})
    assert [line.holds(each) for each in answers] == [True, True, False, False]
    assert (line.keys, line.says) == (("at", "mail"), "are headers")


def test_contradiction_is_a_conjunction_of_its_own_name() -> None:
    held = Contradict((YES, Not(NO))).holds(ANSWERS)
    assert (held, Contradict((YES, NO)).holds(ANSWERS), Contradict((YES, OPEN)).holds(ANSWERS)) == (
        True,
        False,
        None,
    )


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (OneOf("a", ("Manager", "Chief")), "is “Manager” or “Chief”"),
        (Includes("a", ("Manager",), ROLES), "includes “Manager”"),
        (OwnWords("a", ROLES), "is in own words"),
        (Empty("a"), "is empty"),
        (LooksLikeCode("a"), "looks like a formula or markup"),
        (Mentions("a", NOTHING), "mentions nothing"),
        (SaysOnly("a", Vocabulary(("none", "nil"))), "says only what the list “none” or “nil” has"),
        (Words("a", 3), "has at least 3 words"),
        (Words("a", 0, 9), "has at most 9 words"),
        (Words("a", 3, 9), "has at least 3 and at most 9 words"),
        (OnScale("a", SCALE, "A1", "A2"), "is from “A1” to “A2”"),
        (Amount("a", 18), "is a number of at least 18"),
        (Amount("a", 1.5, 2), "is a number of at least 1.5 and at most 2"),
        (Between("a", date(2000, 1, 1)), "is a date after 1 January 2000"),
        (
            Between("a", date(2000, 1, 1), date(2001, 1, 1)),
            "is a date after 1 January 2000 and before 1 January 2001",
        ),
        (All((YES,)), "all of these"),
        (Any((YES,)), "any of these"),
        (Not(YES), "not"),
        (Contradict((YES, NO)), "these contradict each other"),
    ],
)
def test_conditions_can_be_read_aloud(condition: Condition, says: str) -> None:
    assert condition.says == says


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


def test_another_address_is_not_the_own_one() -> None:
    other = NamesAddress("text", "email")
    said = ("Write to me@Example.org", "Write to me.too@example.org, please", "at 10 @ home")
    assert [other.holds({"text": text, "email": "me@example.org "}) for text in said] == [False, True, False]
    assert (other.keys, other.says) == (("text", "email"), "names another address")
    assert Asks("text").says == "asks something"


ANYWHERE = AnyText({"role": ROLES, "work": Question("Work")}, Mentions(ANY_TEXT, Vocabulary(("manager",))))


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"role": "Manager", "work": "none"}, ""),  # as offered
        ({"role": "Psychologist, once a manager", "work": "manager"}, "once a manager"),
        ({"role": "Psychologist", "work": "I am a manager"}, "I am a manager"),
        ({"shoes": "manager"}, ""),
    ],
)
def test_any_text_is_asked_of_what_people_wrote_themselves(answers: dict[str, str], found: str) -> None:
    assert ANYWHERE.holds(answers) is bool(found)
    assert quoted(All((Not(YES), ANYWHERE)), answers) == found
    assert ANYWHERE.says == "mentions “manager” somewhere"
