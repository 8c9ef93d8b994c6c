"""The columns and vocabulary in config/call.yaml: each kind of mistake with its line."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.audience.conditions import Mentions
from pipeline.audience.vocabulary import Vocabulary
from pipeline.model.call import Columns, Question
from tests.support.config_case import CALL, load_texts, make_workspace, mistakes, problems_of

LIST = "Write [one, two], or one entry a line, each behind a “- ”."

MISTAKES = """
timestamp: Timestamp → # gone
  12: the column “timestamp” is missing. Add “timestamp: …” with its header.
header: Level of English → # gone
  19: “header” is missing in “english”. Add a line “header: …”.
vocabulary: → timestamp_formats: ["%d/%m/%Y %H:%M", "%d/%m"]⏎vocabulary:
vocabulary: → timestamp_formats: ["%q"]⏎vocabulary:
vocabulary: → timestamp_formats: ["%Y %Y"]⏎vocabulary:
  22: an entry of “timestamp_formats” is not a pattern of a date. Write one such as "%d/%m/%Y %H:%M:%S".
vocabulary: → timestamp_language: klingon⏎vocabulary:
  22: “timestamp_language” is not the code of a language. Write one such as hr, pl or zh-Hant.
vocabulary: → timestamp_timezone: Europe/Madird⏎vocabulary:
  22: there is no time zone “Europe/Madird”. Did you mean “Europe/Madrid”?
vocabulary: → timestamp_formats: [5]⏎vocabulary:
  22: an entry of “timestamp_formats” must be a text. Put quotes around it: "…".
job: Job title → job: {header: Job title, exact: yes}
  15: “exact” must be true or false. Write true or false, without quotes.
job: Job title → job: {header: Job title, nth: 0}
  15: “nth” is too small. Write 1 or more.
job: Job title → job: {header: Job title, nth: 2, choices: {Governor: job/governor}}
  15: “job” has a column for each choice and another column as well.
    Keep “choices”, and the question's own words as its header.
job: Job title → job: {header: Job title, branches: [Timestamp]}
  15: the headers of “job” and “timestamp” cannot be told apart.
    Give each its own words, or say “nth: 2” in the second.
vocabulary: → no_response: {stamp: {is: Total}}⏎vocabulary:
  22: there is no column “stamp”. Did you mean “timestamp”?
vocabulary: → header_row: 0⏎vocabulary:
  22: “header_row” is too small. Write 1 or more.
vocabulary: → own_columns: {Statis: Convene status}⏎vocabulary:
  22: Convene has no column “Statis”. Did you mean “Status”?
vocabulary: → own_columns: {Status: reason}⏎vocabulary:
  22: “reason” is the name of another of these columns. Give each its own name.
vocabulary: → own_columns: {Status: Job title}⏎vocabulary:
  15: “Job title” is the header of a column that Convene adds to the sheet.
    Give Convene's another: own_columns: {Status: Convene status}.
vocabulary: → no_response: Total⏎vocabulary:
  22: “no_response” must be a condition. Write one such as {vetos: {is: "No"}}.
job: Job title → job: Status
  15: “Status” is the header of a column that Convene adds to the sheet.
    Give Convene's another: own_columns: {Status: Convene status}.
job: Job title → job: decision
  15: “decision” is the header of a column that Convene adds to the sheet.
    Give Convene's another: own_columns: {Decision: Convene decision}.
job: Job title → job: timestamp
  15: the headers of “job” and “timestamp” cannot be told apart.
    Give each its own words, or say “nth: 2” in the second.
job: Job title → all: Job title⏎  job: Job
  15: “all” cannot be the key of a column. Give it another key.
job: Job title → category: Job title⏎  job: Job
  15: “category” cannot be the key of a column. Give it another key.
job: Job title → Job-Title: Job title⏎  job: Job
  15: a key must be small letters, digits and _, a letter first.
    Write a name like that; it is for machines.
job: Job title → job: 5
  15: “job” must be a text. Put quotes around it: "…".
options: ["Yes", "Not yet", "No"] → options: ["Yes", "Not yet", "No", "yes!"]
  16: the answers “Yes” and “yes!” cannot be told apart.
    Make them differ in more than capitals, accents and signs.
options: ["Yes", "Not yet", "No"] → options: ["Yes", "Not yet", "No", 5]
  18: an entry of “options” must be a text. Put quotes around it: "…".
options: ["Yes", "Not yet", "No"] → options: ["Yes", "Not yet", "No", "?"]
  18: an entry of “options” has neither a letter nor a digit. Write a word.
options: ["Yes", "Not yet", "No"] → options: "Yes"
  18: “options” must be a list. Write [one, two], or one entry a line, each behind a “- ”.
options: ["Yes", "Not yet", "No"] → options: ["Yes", "Not yet", "No"]⏎    scale: ["Yes", "No"]
  16: “vetos” has both options and a scale. Keep the scale if the answers go from low to high.
options: ["Yes", "Not yet", "No"] → opitons: ["Yes", "Not yet", "No"]
  18: unknown key “opitons” in “vetos”. Did you mean “options”?
[psycholog*, nurse] → [psych*log, nurse]
  23: an entry of “others” has a * inside a word. Put it where the word begins or ends, as in “psycholog*”.
[psycholog*, nurse] → ['*', nurse]
[psycholog*, nurse] → [R & D]
  23: an entry of “others” has a word without a letter or digit. Write words, as in “prison governor”.
[psycholog*, nurse] → []
  23: “others” needs at least one entry. Write one, each on a line behind a “- ”.
[psycholog*, nurse] → nurse
  23: “others” must be a list. Write [one, two], or one entry a line, each behind a “- ”.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES))
def test_load_of_columns_with_one_mistake_says_where_what_and_what_to_write(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1))) == [f"config/call.yaml:{problem}"]


def test_load_with_a_mistake_in_a_column_does_not_blame_the_rules_that_use_it(tmp_path: Path) -> None:
    call = CALL.replace('options: ["Yes", "Not yet", "No"]', "options: none", 1)
    call = call.replace("scale: [A1, A2, B1, B2]", "scales: [A1]")
    call = call.replace('{vetos: {is: "No"}}', "{vetos: {own_words: true}, english: {at_least: B1}}")
    assert problems_of(make_workspace(tmp_path, call)) == [
        f"config/call.yaml:18: “options” must be a list. {LIST}",
        "config/call.yaml:21: unknown key “scales” in “english”. Did you mean “scale”?",
    ]


def test_load_without_columns_does_not_call_every_answer_unknown(tmp_path: Path) -> None:
    start, end = CALL.index("columns:"), CALL.index("vocabulary:")
    problems = problems_of(make_workspace(tmp_path, CALL[:start] + CALL[end:]))
    assert problems == [
        "config/call.yaml:1: the section “columns” is missing. Add it; the example shows how."
    ]


def test_a_question_can_have_several_columns(tmp_path: Path) -> None:
    job = "job: {header: Job title, exact: true, branches: [Role], or_headed: [Post]}"
    columns = load_texts(tmp_path, CALL.replace("job: Job title", job)).call.columns
    assert columns.questions["job"] == Question(
        "Job title", exact=True, branches=("Role",), or_headed=("Post",)
    )
    assert (columns.form[2:4], columns.or_headed) == (("Job title", "Role"), ("Post",))


def test_columns_keep_their_headers_and_formats(tmp_path: Path) -> None:
    more = """header_row: 4
own_columns: {status: Convene status}
no_response: {timestamp: {mentions: [total]}}
timestamp_formats: ["%d/%m/%Y %H:%M:%S", "%d.%m.%y"]
timestamp_language: zh-Hant
timestamp_timezone: UTC
"""
    call = CALL.replace("vocabulary:", f"{more}vocabulary:")
    assert load_texts(tmp_path, call).call.columns == Columns(
        {
            "timestamp": Question("Timestamp"),
            "email": Question("Email Address"),
            "job": Question("Job title"),
            "vetos": Question("Do you work with VETOs?", ("Yes", "Not yet", "No")),
            "english": Question("Level of English", scale=("A1", "A2", "B1", "B2")),
        },
        ("%d/%m/%Y %H:%M:%S", "%d.%m.%y"),
        "zh_Hant",
        ZoneInfo("UTC"),
        Mentions("timestamp", Vocabulary(("total",))),
        4,
        {"Status": "Convene status"},
    )


def test_aliases_stand_beside_options_and_also_where_there_are_none(tmp_path: Path) -> None:
    call = CALL.replace(
        "  job: Job title", "  job: {header: Job, aliases: {Guard: [Warder, prison officer]}}"
    ).replace(
        'options: ["Yes", "Not yet", "No"]',
        'options: ["Yes", "Not yet", "No"]\n    aliases: {"yes": [Yep, Oui]}',
    )
    questions = load_texts(tmp_path, call).call.columns.questions
    assert questions["job"] == Question("Job", aliases={"Guard": ("Warder", "prison officer")})
    assert questions["vetos"].aliases == {"Yes": ("Yep", "Oui")}


ALIAS_MISTAKES = """
aliases: {Nay: [Never]}
  19: “Nay” is not an answer of “vetos”. Write “Yes”, “Not yet” or “No”.
aliases: {"No": [yes]}
  19: “yes” stands for “Yes” already. Keep it in one place.
aliases: {"No": [Nope], "Yes": [nope]}
  19: “nope” stands for “No” already. Keep it in one place.
aliases: {"No": []}
  19: “No” needs at least one entry. Write one, each on a line behind a “- ”.
aliases: [Nope]
  19: “aliases” must hold keys of its own. Write them below it, indented, each as “key: value”.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(ALIAS_MISTAKES, "aliases"))
def test_load_of_a_wrong_alias_says_what_it_collides_with(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    options = 'options: ["Yes", "Not yet", "No"]'
    workspace = make_workspace(tmp_path, CALL.replace(options, f"{options}\n    {new}"))
    assert problems_of(workspace) == [f"config/call.yaml:{problem}"]
