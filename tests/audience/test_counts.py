from dataclasses import replace

from pipeline.audience.conditions import OneOf
from pipeline.audience.counts import AnswerCount, AudienceCounts, count_audience
from pipeline.model.call import Columns, Question
from pipeline.model.places import CATEGORY, AtMost
from pipeline.model.rules import Category
from pipeline.views.audience import counts_json, counts_sections
from tests.support.build import CALL, with_places

GOOD = {"agreement": "I agree", "vetos": "Yes", "role": "Manager", "english": "B2"}


def test_everybody_is_counted_by_outcome_category_and_rule() -> None:
    bosses = Category("bosses", "Bosses", OneOf("role", ("Psychologist",)), "Is a boss.")
    audience = replace(CALL.audience, categories=(*CALL.audience.categories, bosses))
    everybody = (
        GOOD,
        GOOD | {"agreement": ""},
        GOOD | {"vetos": "No"},
        GOOD | {"role": "Chaplain", "english": "A1"},
        GOOD | {"role": "Psychologist"},
        GOOD | {"role": "Governor"},
        GOOD | {"english": ""},
        GOOD | {"english": "  good "},
        GOOD | {"english": "Good"},
    )
    found = count_audience(replace(CALL, audience=audience), everybody)
    assert found == AudienceCounts(
        outcomes=(("eligible", 1), ("ineligible", 1), ("review", 6), ("held", 1)),
        categories=(("Management", 1), ("External practitioners", 0), ("Bosses", 0)),
        rules=(
            ("hold", "consent", 1),
            ("ineligible", "no-vetos", 1),
            ("review", "own-words", 1),
            ("review", "english", 1),
            ("categories", "management", 1),
            ("categories", "external", 0),
            ("categories", "bosses", 0),
            ("review", "more than one category", 1),
            ("review", "no category fits", 1),
            ("review", "not understood", 3),
        ),
        unknown=(AnswerCount("english", "English", "good", 2), AnswerCount("english", "English", "", 1)),
    )
    assert counts_sections(found)[3].lines == ("2 × “good” to “English”", "1 × no answer to “English”")
    assert counts_json(found)["unknown"][0] == {  # type: ignore[index, call-overload]  # JSON of any shape
        "key": "english",
        "header": "English",
        "answer": "good",
        "times": 2,
    }


def test_nobody_counts_nothing() -> None:
    sections = counts_sections(count_audience(CALL, ()))
    assert (sections[0].title, sections[3].lines) == ("0 applicants", ("None.",))


def test_answers_that_places_are_counted_by_are_listed_where_the_form_offers_no_such() -> None:
    country = Question("Country", ("Italy", "Spain"))
    call = with_places(replace(CALL, columns=Columns({**CALL.columns.questions, "country": country})))
    call = with_places(call, at_most=(AtMost("country", 2), AtMost(CATEGORY, 3)))
    found = count_audience(
        call, (GOOD | {"country": "Italia"}, GOOD | {"country": "italy"}, GOOD | {"country": ""})
    )
    assert (found.outcomes[0], found.unknown) == (
        ("eligible", 3),
        (AnswerCount("country", "Country", "Italia", 1),),
    )
    assert found.given == (
        AnswerCount("country", "Country", "Italia", 1),
        AnswerCount("country", "Country", "Italy", 1),
    )


def test_each_box_that_is_ticked_counts_as_in_a_limit() -> None:
    fields = Question("Fields", ("Law", "Art, music", "Crafts"), several=True)
    call = with_places(replace(CALL, columns=Columns({**CALL.columns.questions, "fields": fields})))
    call = with_places(call, at_most=(AtMost("fields", 2), AtMost(CATEGORY, 3)))
    ticked = ("art, music, law", "Law", "LAW, Crafts", "", "Weaving")
    everybody = (*(GOOD | {"fields": each} for each in ticked), GOOD | {"vetos": "No", "fields": "Law"})
    found = count_audience(call, everybody)
    assert [(each.answer, each.times) for each in found.given] == [
        ("Law", 3),
        ("Art, music", 1),
        ("Crafts", 1),
        ("Weaving", 1),
    ]
    section = counts_sections(found)[3]
    assert (section.title, section.lines[0]) == (
        "Answers that places are counted by, of the eligible",
        "    3  Fields: Law",
    )
    assert counts_json(found)["given"][0] == {  # type: ignore[index, call-overload]  # JSON of any shape
        "key": "fields",
        "header": "Fields",
        "answer": "Law",
        "times": 3,
    }
