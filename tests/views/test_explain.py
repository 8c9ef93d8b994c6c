from dataclasses import replace

import pytest

from pipeline.decisions.assess import assess
from pipeline.model.call import Columns, Question
from pipeline.model.errors import UsageError
from pipeline.model.history import History
from pipeline.model.printed import Difference
from pipeline.planning.projection import Shown, show
from pipeline.views.explain import Section, explain, pick
from tests.support.build import BEFORE, CALL, responses

SHEET = responses(
    "07-14 09:30 | ana@example.org | Ana Lopez | Manager | Yes",
    "07-14 09:31 | bo@example.org | Bo Ek | Psychologist | No > decision=Hold, note=Ask his boss first",
    "07-14 09:32 | ana@example.org | Ana Lopez | manager | Yes > country=Spian",
    "07-14 09:33 | nobody | Cy Day | Manager | Yes",
)


def shown() -> tuple[Shown, ...]:
    history = History(secret="s")
    return show(CALL, assess(CALL, SHEET, history, BEFORE), history)


def test_row_is_explained_by_where_it_stands_what_the_rules_say_and_every_rule() -> None:
    explanation = explain(CALL, pick(shown(), "", 3))
    heading, said, *groups = explanation.sections
    assert heading == Section(
        f"{explanation.reference}, row 3: On hold",
        ("Held by the organisers.", "Decision: “Hold”", "Organiser note: “Ask his boss first”"),
    )
    reason = "Ineligible: Does not work with VETOs: answered “No”."
    assert said == Section("What the rules say of the answers", (reason,))
    assert [group.title for group in groups] == [
        "Rules that hold an application back",
        "Rules that exclude",
        "Rules that ask a person",
        "Categories",
    ]
    assert groups[1].lines == ("no-vetos: yes", "  “VETOs” is “No”: yes; answered “No”")
    assert [rule.id for rule in explanation.rules if rule.holds] == ["no-vetos"]


def test_newest_response_of_an_applicant_is_meant_by_the_reference() -> None:
    reference = pick(shown(), "", 2).cells.reference
    newest = pick(shown(), reference, None)
    assert newest.entry.row == 4
    country = Question("Country", ("Spain", "France"))
    call = replace(CALL, columns=Columns({**CALL.columns.questions, "country": country}))
    assert explain(call, newest).sections[1].lines == (
        "Eligible, category “Management”: Works in management: answered “manager”. “Spian” was read as “Spain”.",
    )


def test_row_that_cannot_be_used_says_why_and_nothing_of_rules() -> None:
    explanation = explain(CALL, pick(shown(), "", 5))
    assert (explanation.reference, explanation.found, explanation.rules) == ("", None, ())
    assert explanation.sections[0].title == "no reference, row 5: Check row"
    assert len(explanation.sections) == 1


def test_word_that_was_followed_is_shown_with_its_note_and_an_hour_that_was_there_twice() -> None:
    sheet = responses(
        "2023-10-29 02:30 | ana@example.org | Ana Lopez | Manager | Yes > decision=Confirmed, note=By telephone"
    )
    history = History(secret="s")
    assessment = assess(CALL, sheet, history, BEFORE)
    (standing,) = (verdict.standing for verdict in assessment.verdicts)
    assert standing
    explanation = explain(CALL, pick(show(CALL, assessment, history), "", 2), decided=standing)
    assert explanation.sections[0].lines[-2:] == (
        "Followed on 15 July 2023: “Confirmed”, with the note “By telephone”",
        "Sent at 02:30 on 29 October 2023, an hour that the clocks had twice that night: the first is taken.",
    )


def test_what_letters_said_otherwise_is_shown() -> None:
    told = (Difference("facts.place", "Ghent", "Bruges"),)
    explanation = explain(CALL, pick(shown(), "", 3), otherwise=told)
    assert explanation.sections[1] == Section(
        "What letters said otherwise", ("“place” is now “Bruges”, and was “Ghent”",)
    )


@pytest.mark.parametrize(
    ("reference", "row", "said"),
    [("P-AAAAAA", None, "Nobody has the reference P-AAAAAA."), ("", 99, "Row 99 holds no response.")],
)
def test_nobody_is_explained_by_a_wrong_name(reference: str, row: int | None, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        pick(shown(), reference, row)
