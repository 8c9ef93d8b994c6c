"""The rules in config/call.yaml: conditions as predicates, and each kind of mistake in them with its line."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.audience.bounds import Amount, Between, OnScale, Words
from pipeline.audience.combined import All, Any, AnyText, Contradict, Not
from pipeline.audience.conditions import (
    Asks,
    Empty,
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
from pipeline.model.rules import Condition
from tests.support.config_case import CALL, load_texts, make_workspace, mistakes, problems_of

WHEN = '{vetos: {is: "No"}}'
JOB = Question("Job title")
VETOS = Question("Do you work with VETOs?", ("Yes", "Not yet", "No"))
SCALE = Question("Level of English", scale=("A1", "A2", "B1", "B2"))


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ('{vetos: {is: "No"}}', OneOf("vetos", ("No",), VETOS)),
        ('{vetos: {one_of: ["No", Not yet]}}', OneOf("vetos", ("No", "Not yet"), VETOS)),
        ("{job: {is: Nurse}}", OneOf("job", ("Nurse",), JOB)),
        ("{english: {is: B1}}", OneOf("english", ("B1",), SCALE)),
        ("{job: {mentions_surely: [nurse]}}", Mentions("job", Vocabulary(("nurse",)), surely=True)),
        ("{job: {asks: true}}", Asks("job")),
        (
            "{any_text: {asks: true}}",
            AnyText({"job": JOB, "vetos": VETOS, "english": SCALE}, Asks("any_text")),
        ),
        ("{job: {names_address: false}}", Not(NamesAddress("job", "email"))),
        ("{vetos: {own_words: true}}", OwnWords("vetos", VETOS)),
        ("{vetos: {own_words: false}}", Not(OwnWords("vetos", VETOS))),
        ("{job: {empty: true}}", Empty("job")),
        ("{job: {empty: false}}", Not(Empty("job"))),
        ("{job: {mentions: others}}", Mentions("job", Vocabulary(("psycholog*", "nurse"), title="others"))),
        ("{job: {mentions: [police, imam*]}}", Mentions("job", Vocabulary(("police", "imam*")))),
        ("{job: {words_at_least: 5}}", Words("job", 5)),
        ("{english: {at_least: b1}}", OnScale("english", SCALE, "B1", "B2")),
        ("{english: {at_most: A2}}", OnScale("english", SCALE, "A1", "A2")),
        ("{english: {at_least: A2, at_most: B1}}", OnScale("english", SCALE, "A2", "B1")),
        ("{job: {empty: false, words_at_least: 2}}", All((Not(Empty("job")), Words("job", 2)))),
        (
            "{vetos: {is: Not yet}, job: {empty: true}}",
            All((OneOf("vetos", ("Not yet",), VETOS), Empty("job"))),
        ),
        ("{job: {looks_like_code: true}}", LooksLikeCode("job")),
        ("{job: {words_at_most: 5}}", Words("job", 0, 5)),
        ("{job: {words_at_least: 2, words_at_most: 5}}", Words("job", 2, 5)),
        (
            "{vetos: {includes: [Not yet, Yes]}}".replace("Yes", '"Yes"'),
            Includes("vetos", ("Not yet", "Yes"), VETOS),
        ),
        ("{vetos: {includes: Not yet}}", Includes("vetos", ("Not yet",), VETOS)),
        ("{job: {says_only: [none]}}", SaysOnly("job", Vocabulary(("none",)))),
        ("{job: {at_least: 18}}", Amount("job", 18)),
        ("{job: {at_least: 1.5, at_most: 20}}", Amount("job", 1.5, 20)),
        ("{job: {after: 2006-07-08}}", Between("job", after=date(2006, 7, 8))),
        (
            "{job: {after: 2006-07-08, before: 2007-01-01}}",
            Between("job", date(2006, 7, 8), date(2007, 1, 1)),
        ),
        (
            "{contradicts: [{job: {empty: true}}, {english: {is: A1}}]}",
            Contradict((Empty("job"), OneOf("english", ("A1",), SCALE))),
        ),
        ("{not: {job: {empty: true}}}", Not(Empty("job"))),
        ("{all: [{job: {empty: true}}]}", All((Empty("job"),))),
        ("{any: [{job: {empty: true}}, {job: {is: x}}]}", Any((Empty("job"), OneOf("job", ("x",), JOB)))),
        (
            "{not: {job: {empty: true}, english: {is: A1}}}",
            Not(All((Empty("job"), OneOf("english", ("A1",), SCALE)))),
        ),
    ],
)
def test_condition_becomes_a_predicate(tmp_path: Path, written: str, condition: Condition) -> None:
    call = load_texts(tmp_path, CALL.replace(WHEN, written, 1)).call
    assert call.audience.ineligible[0].when == condition


MISTAKES_IN_WHEN = """
{veto: {is: "No"}}
  27: there is no column “veto”. Did you mean “vetos”?
{vetos: {is: "Nope"}}
  27: “Nope” is not an answer of “vetos”. Write “Yes”, “Not yet” or “No”.
{vetos: {is: Not yes}}
  27: “Not yes” is not an answer of “vetos”. Did you mean “Not yet”?
{vetos: {one_of: ["No", Maybe]}}
  27: “Maybe” is not an answer of “vetos”. Write “Yes”, “Not yet” or “No”.
{vetos: {iss: "No"}}
  27: unknown test “iss”. Did you mean “is”?
{vetos: {equals: "No"}}
  27: unknown test “equals”. Write one such as is, one_of or mentions (docs/audience.md).
{vetos: "No"}
  27: “vetos” does not say what the answer is compared with. Write a test such as vetos: {is: …}.
{vetos: {is: 5}}
  27: “is” must be text. Write one, in quotes if it looks like a number: "5".
{vetos: {is: ["No"]}}
  27: “is” takes one text. Write “one_of” for a list.
{vetos: {one_of: "No"}}
  27: “one_of” must be a list of texts. Write them as [one, two].
{vetos: {is: }}
  27: “is” must be text. Write one, in quotes if it looks like a number: "5".
{vetos: }
  27: “vetos” does not say what the answer is compared with. Write a test such as vetos: {is: …}.
{}
"vetos is No"
  27: “when” must be a condition. Write one such as {vetos: {is: "No"}}.
{al: [{vetos: {is: "No"}}]}
  27: there is no column “al”. Did you mean “all”?
{all: {vetos: {is: "No"}}}
  27: “all” must be a list of conditions. Write each on a line of its own behind a “- ”.
{any: []}
  27: “any” must be a list of conditions. Write each on a line of its own behind a “- ”.
{any: [vetos]}
  27: an entry of “any” must be a condition. Write one such as {vetos: {is: "No"}}.
{not: [{vetos: {is: "No"}}]}
  27: “not” must be a condition. Write one such as {vetos: {is: "No"}}.
{job: {own_words: true}}
  27: the column “job” offers no answers, so all are in the applicant's own words.
    Give “job” its “options”, or use another test.
{vetos: {own_words: "true"}}
  27: “own_words” must be true or false. Write true or false, without quotes.
{vetos: {empty: yes}}
  27: “empty” must be true or false. Write true or false, without quotes.
{job: {mentions: other}}
  27: there is no vocabulary “other”. Did you mean “others”?
{job: {mentions: [nur*se]}}
  27: “nur*se” has a * inside a word. Put it where the word begins or ends, as in “psycholog*”.
{job: {mentions: 5}}
  27: there is no vocabulary “5”. Write “others”.
{job: {words_at_most: 0}}
  27: “words_at_most” must be a whole number from 1 to 9999. Write it without quotes.
{job: {includes: x}}
  27: “includes” needs options, and the column “job” has none. Give “job” its “options”, or use “mentions”.
{vetos: {includes: Nope}}
  27: “Nope” is not an answer of “vetos”. Write “Yes”, “Not yet” or “No”.
{job: {after: spring}}
  27: “after” must be a date. Write one as 2023-08-01.
{job: {after: 2023-08-01, before: 2023-01-01}}
  27: no day is both after and before. Swap “after” and “before”.
{job: {at_least: many}}
  27: “at_least” must be a number, since the column “job” has no scale.
    Write digits without quotes, as in 18 or 1.5.
{job: {at_least: 5, at_most: 4}}
  27: no answer is so high and so low at once. Swap “at_least” and “at_most”.
{contradicts: [{vetos: {is: "No"}}]}
  27: “contradicts” compares different answers, and this looks at one.
    Name two answers or more, each behind a “- ”.
{job: {words_at_least: many}}
  27: “words_at_least” must be a whole number from 1 to 9999. Write it without quotes.
{vetos: {at_least: "No"}}
  27: “at_least” needs a scale, and the column “vetos” has none.
    Give “vetos” a “scale” in place of “options”, lowest first.
{english: {at_least: B3}}
  27: “B3” is not an answer of “english”. Write “A1”, “A2”, “B1” or “B2”.
{english: {at_least: B1, at_most: A2}}
  27: no answer is so high and so low at once. Swap “at_least” and “at_most”.
{english: {at_most: 5}}
  27: “at_most” must be text. Write one, in quotes if it looks like a number: "5".
"""

MISTAKES = """
when: {vetos: {is: "No"}} → when:
  27: “when” has no value. Write one after the colon.
"Answered {vetos}." → "Answered {veto}."
  28: there is no column “veto”. Did you mean “vetos”?
"Answered {vetos}." → "Answered {{ vetos }}."
"Answered {vetos}." → "Answered }vetos."
  28: a brace in “reason” does not belong to a key. Write the key of one answer in single braces, as in {email}.
"Answered {vetos}." → "Answered {vetos}[."
  28: a square bracket in “reason” stands alone. Write [ before a part that may be left out, and ] behind it.
"Answered {vetos}." → 5
  28: “reason” must be a text. Put quotes around it: "…".
id: guests → id: staff
  34: the id “staff” is used twice. Give each rule and category an id of its own.
id: guests → id: no_work
  34: the id “no_work” is used twice. Give each rule and category an id of its own.
id: guests → id: The guests
  34: “id” must be small letters, digits, - and _, a letter first. Write a name like that; it is for machines.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES_IN_WHEN, WHEN) + mistakes(MISTAKES))
def test_load_of_a_rule_with_one_mistake_says_where_what_and_what_to_write(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1))) == [f"config/call.yaml:{problem}"]


def test_load_of_a_misspelt_key_in_a_rule_names_both_sides(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, CALL.replace("when:", "wen:", 1))
    assert problems_of(workspace) == [
        "config/call.yaml:26: “when” is missing in an entry of “ineligible”. Add a line “when: …”.",
        "config/call.yaml:27: unknown key “wen” in an entry of “ineligible”. Did you mean “when”?",
    ]


def test_load_with_category_ids_too_long_for_the_drop_down_says_by_how_much(tmp_path: Path) -> None:
    # 52 characters of words, then “,Eligible: ” (11) and the id for each of staff (5) and the guests.
    fits = CALL.replace("id: guests", "id: " + "g" * 176)
    too_long = CALL.replace("id: guests", "id: " + "g" * 177)
    problem = "the ids of the categories make the Decision drop-down too long (256 characters)"
    next_step = "Shorten them by 1: Excel takes 255."
    assert problems_of(make_workspace(tmp_path, fits)) == []
    assert problems_of(make_workspace(tmp_path, too_long)) == [f"config/call.yaml:29: {problem}. {next_step}"]
