from dataclasses import replace

import pytest

from pipeline.audience.bounds import OnScale
from pipeline.audience.classify import Classifier, classify, fill
from pipeline.audience.combined import ANY_TEXT, All, AnyText
from pipeline.audience.conditions import Mentions, NamesAddress, OneOf
from pipeline.audience.vocabulary import Vocabulary
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Columns, Question
from pipeline.model.rules import Answers, Audience, Category, Rule
from tests.support.build import AUDIENCE, CALL

GOOD = {"agreement": "I agree", "vetos": "Yes", "role": "Manager", "english": "B2"}
ELIGIBLE, INELIGIBLE, REVIEW, HELD = Eligibility


def classified(audience: Audience, columns: Columns, answers: Answers) -> tuple[Eligibility, str, str]:
    """Classify; return the conclusion with its reasons in words."""
    found = classify(audience, columns, answers)
    return found.eligibility, found.category, found.reason


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (ELIGIBLE, "management", "Works in management: answered “Manager”.")),
        (
            {"role": "exit  WORKER"},
            (ELIGIBLE, "external", "Works with VETOs from outside: answered “exit WORKER”."),
        ),
        ({"agreement": ""}, (HELD, "", "Did not agree.")),
        ({"vetos": "No"}, (INELIGIBLE, "", "Does not work with VETOs: answered “No”.")),
        ({"vetos": "No", "english": "A1"}, (INELIGIBLE, "", "Does not work with VETOs: answered “No”.")),
        ({"english": "A1"}, (REVIEW, "", "English at “A1”.")),
        ({"role": "Chaplain", "english": "A1"}, (REVIEW, "", "Own words: “Chaplain”. English at “A1”.")),
        ({"english": ""}, (REVIEW, "", "No answer to “English”, which the rules need.")),
        (
            {"english": "", "vetos": " "},
            (REVIEW, "", "No answer to “VETOs” and “English”, which the rules need."),
        ),
        ({"vetos": "Maybe"}, (REVIEW, "", "Not clear without a person: the answer “Maybe” to “VETOs”.")),
        (
            {"role": "Prison governor"},
            (REVIEW, "", "No category fits these answers: “Yes” to “VETOs” and “Prison governor” to “Role”."),
        ),
    ],
)
def test_rules_conclude_with_a_reason(
    changes: dict[str, str], expected: tuple[Eligibility, str, str]
) -> None:
    assert classified(AUDIENCE, CALL.columns, GOOD | changes) == expected


def test_two_categories_are_for_a_person_to_choose_from() -> None:
    more = Category("bosses", "Bosses", OneOf("role", ("Manager",)), "Is a boss.")
    audience = replace(AUDIENCE, categories=(*AUDIENCE.categories, more))
    expected = (REVIEW, "", "Fits more than one category: “Management” and “Bosses”.")
    assert classified(audience, CALL.columns, GOOD) == expected


def test_an_answer_that_only_a_category_needs_is_asked_for() -> None:
    audience = replace(AUDIENCE, ineligible=(), review=())
    expected = (REVIEW, "", "No answer to “VETOs”, which the rules need.")
    assert classified(audience, CALL.columns, GOOD | {"vetos": ""}) == expected


def test_a_reason_says_where_nothing_was_answered() -> None:
    assert fill("Answered {role} and {vetos}.", {"role": "x"}) == "Answered “x” and nothing."


def test_a_part_in_square_brackets_is_left_out_without_its_answer() -> None:
    sentence = "Is {role}[, job title: {job}]."
    said = (fill(sentence, {"role": "x", "job": "y"}), fill(sentence, {"role": "x", "job": " "}))
    assert said == ("Is “x”, job title: “y”.", "Is “x”.")


def test_an_eligible_applicant_is_told_of_every_slip_that_any_rule_read_over() -> None:
    english = Question("English", scale=("Beginner", "Advanced"))
    columns = replace(CALL.columns, questions={**CALL.columns.questions, "english": english})
    audience = replace(
        AUDIENCE, review=(Rule("low", OnScale("english", english, "Beginner", "Beginner"), "Low."),)
    )
    found = classified(audience, columns, GOOD | {"english": "Advancde"})
    reason = "Works in management: answered “Manager”. “Advancde” was read as “Advanced”."
    assert found == (ELIGIBLE, "management", reason)


def test_a_category_that_the_config_lost_keeps_its_id_as_title() -> None:
    assert (AUDIENCE.title("management"), AUDIENCE.title("gone")) == ("Management", "gone")


def test_somebody_who_may_belong_in_a_second_category_is_for_a_person() -> None:
    place = Question("Place", ("Inside", "Outside"))
    inside = OneOf("place", ("Inside",), place)
    external = Category(
        "external", "External", All((inside, Mentions("role", Vocabulary(("psychologist",))))), ""
    )
    manager = Category("management", "Management", Mentions("role", Vocabulary(("governor",))), "Governs.")
    audience = Audience((manager, external))
    columns = Columns({"role": Question("Role"), "place": place})
    both = {"role": "Psychologist and governor", "place": ""}
    asked = (REVIEW, "", "No answer to “Place”, which the rules need.")
    assert classified(audience, columns, both) == asked
    assert classify(audience, columns, {**both, "role": "Governor"}).category == "management"


def test_an_answer_that_may_be_a_further_name_of_another_is_not_told_apart() -> None:
    country = Question("Country", aliases={"Germany": ("Deutschland",)})
    condition = OneOf("country", ("Germany",), country)
    said = [condition.holds({"country": text}) for text in ("germany", "Deutschland", "Deutschlnad", "")]
    assert said == [True, True, None, None]


def test_a_reason_quotes_the_text_that_was_found() -> None:
    online = AnyText({"work": Question("Work")}, Mentions(ANY_TEXT, Vocabulary(("online",))))
    audience = replace(AUDIENCE, review=(Rule("online", online, "Wrote: {any_text}."),))
    found = classified(audience, CALL.columns, GOOD | {"work": "Only online, please"})
    assert found == (REVIEW, "", "Wrote: “Only online, please”.")


@pytest.mark.parametrize("key", ["agreement", "vetos", "role", "english", "work", "email", "name"])
def test_applicants_are_classified_together_only_where_the_rules_cannot_tell_them_apart(key: str) -> None:
    questions = {**CALL.columns.questions, "work": Question("Work"), "name": Question("Name")}
    columns = replace(CALL.columns, questions=questions)
    other = AnyText({"work": questions["work"]}, NamesAddress(ANY_TEXT, "email"))
    rules = (*AUDIENCE.review, Rule("other", other, "Names another address[ ({name})]: {any_text}."))
    audience = replace(AUDIENCE, review=rules)
    classified = Classifier(audience, columns)
    first = {**GOOD, "email": "ana@example.org", "work": "As bea@example.org knows", "name": "Ana"}
    for answers in (first, first | {key: "bea@example.org"}, first | {key: ""}, first):
        assert classified(answers) == classify(audience, columns, answers)


def test_equal_answers_are_classified_once() -> None:
    classified = Classifier(AUDIENCE, CALL.columns)
    ana, bea = ({**GOOD, "email": f"{name}@example.org", "first_name": name} for name in ("ana", "bea"))
    assert classified(ana) is classified(bea) is not classified(ana | {"english": "B1"})
