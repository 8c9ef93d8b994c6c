"""config/call.yaml apart from rules and places: each kind of problem with its line, dates, columns."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.call import Columns, Dates
from tests.test_config import CALL, load_texts, make_workspace, mistakes, problems_of

LIST = "Write [one, two], or one entry a line, each behind a “- ”."
SCALE = "Give “english” a “scale” in place of “options”, lowest first."
MADRID = ZoneInfo("Europe/Madrid")

MISTAKES = """
capacity: 10
capacity: "10"
39: “capacity” must be a whole number. Write digits without quotes, as in 35.

capacity: 10
capacity: true
39: “capacity” must be a whole number. Write digits without quotes, as in 35.

capacity: 10
capacity: 1.5
39: “capacity” must be a whole number. Write digits without quotes, as in 35.

capacity: 10
capacity: 0
39: “capacity” is too small. Write 1 or more.

capacity: 10
capacity:
39: “capacity” has no value. Write one after the colon.

capacity: 10
capacity: 10⏎  whatever: 10
40: unknown key “whatever” in “places”.
  Write “capacity”, “waiting_list”, “at_most”, “at_least”, “rank_by” or “seed”.

title: A meeting
title: 2023
3: “title” must be a text. Put quotes around it: "…".

title: A meeting
title: [A]
3: “title” must be one text. Write it on one line after the colon.

title: A meeting
title: '  '
3: “title” is empty. Write a text.

title: A meeting
title: true
3: “title” must be a text. Put quotes around it: "…".

id: demo
id: The Demo
2: “id” must be small letters, digits and hyphens. Write a name like that; it is for machines.

place: Barcelona
Place: Barcelona
7: the key “Place” must be small letters, digits and _, a letter first.
  Write a name like that; it is for machines.

place: Barcelona
place: 7
7: “place” must be a text. Put quotes around it: "…".

place: Barcelona
place: {city: Barcelona}
7: “place” must be one text. Write it on one line after the colon.

place: Barcelona
place:
7: “place” has no value. Write one after the colon, or remove the line.

facts:
    place: Barcelona
facts: Barcelona
6: “facts” must hold keys of its own. Write them below it, indented, each as “key: value”.

reply_to: team@example.org
reply_to: team at example.org
5: “reply_to” is not an e-mail address. Write one such as team@example.org.

reply_to: team@example.org
reply_to: team@localhost
5: “reply_to” is not an e-mail address. Write one such as team@example.org.

timezone: Europe/Madrid
timezone: Madrid
4: there is no time zone “Madrid”. Did you mean “Europe/Madrid”?

timezone: Europe/Madrid
timezone: ../etc
4: there is no time zone “../etc”. Write one such as Europe/Madrid.

timezone: Europe/Madrid
timezone: Europe
4: there is no time zone “Europe”. Did you mean “Europe/Kiev”?

deadline: 2023-08-01
deadline: 1 August 2023
9: “deadline” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.

deadline: 2023-08-01
deadline: 2023-02-30
9: “deadline” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.

deadline: 2023-08-01
deadline: 20230801
9: “deadline” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.

deadline: 2023-08-01
deadline: 2023-03-26 02:30
9: “deadline” is in the hour that clocks in Europe/Madrid skip on that day.
  Write an hour earlier or later.

deadline: 2023-08-01
opens: 2023-08-02⏎  deadline: 2023-08-01
10: “deadline” (2023-08-01 23:59) is before “opens” (2023-08-02 00:00).
  Put the dates in the order opens, deadline, selection, starts, ends.

deadline: 2023-08-01
deadline: 2023-08-01⏎  selection: 2023-07-01
10: “selection” (2023-07-01 00:00) is before “deadline” (2023-08-01 23:59).
  Put the dates in the order opens, deadline, selection, starts, ends.

deadline: 2023-08-01
deadline: 2023-10-01
10: “starts” (2023-09-12 09:00) is before “deadline” (2023-10-01 23:59).
  Put the dates in the order opens, deadline, selection, starts, ends.

ends: 2023-09-13 12:30
ends: 2023-09-11
11: “ends” (2023-09-11 23:59) is before “starts” (2023-09-12 09:00).
  Put the dates in the order opens, deadline, selection, starts, ends.

deadline: 2023-08-01
deadline: 2023-08-01⏎  reply_by: 2023-07-20
10: “reply_by” (2023-07-20 23:59) is before “deadline” (2023-08-01 23:59).
  Put the dates in the order deadline, reply_by, starts.

deadline: 2023-08-01
deadline: 2023-08-01⏎  reply_by: 2023-09-20
11: “starts” (2023-09-12 09:00) is before “reply_by” (2023-09-20 23:59).
  Put the dates in the order deadline, reply_by, starts.

job: Job title
job: Status
15: “Status” is the header of a column that Convene adds to the sheet. Rename the form's question.

job: Job title
job: decision
15: “decision” is the header of a column that Convene adds to the sheet. Rename the form's question.

job: Job title
job: timestamp
15: the headers of “job” and “timestamp” cannot be told apart.
  Give each question of the form its own words.

job: Job title
all: Job title⏎  job: Job
15: “all” cannot be the key of a column. Give it another key.

job: Job title
category: Job title⏎  job: Job
15: “category” cannot be the key of a column. Give it another key.

job: Job title
Job-Title: Job title⏎  job: Job
15: the key “Job-Title” must be small letters, digits and _, a letter first.
  Write a name like that; it is for machines.

job: Job title
job: 5
15: “job” must be a text. Put quotes around it: "…".

options: ["Yes", "Not yet", "No"]
options: ["Yes", "Not yet", "No", "yes!"]
16: the answers “Yes” and “yes!” cannot be told apart.
  Make them differ in more than capitals, accents and signs.

options: ["Yes", "Not yet", "No"]
options: ["Yes", "Not yet", "No", 5]
18: an entry of “options” must be a text. Put quotes around it: "…".

options: ["Yes", "Not yet", "No"]
options: ["Yes", "Not yet", "No", "?"]
18: an entry of “options” has neither a letter nor a digit. Write a word.

options: ["Yes", "Not yet", "No"]
options: "Yes"
18: “options” must be a list. Write [one, two], or one entry a line, each behind a “- ”.

options: ["Yes", "Not yet", "No"]
options: ["Yes", "Not yet", "No"]⏎    scale: ["Yes", "No"]
16: “vetos” has both options and a scale. Keep the scale if the answers go from low to high.

options: ["Yes", "Not yet", "No"]
opitons: ["Yes", "Not yet", "No"]
18: unknown key “opitons” in “vetos”. Did you mean “options”?

[psycholog*, nurse]
[psych*log, nurse]
23: an entry of “others” has a * inside a word. Put the * at the end, as in “psycholog*”.

[psycholog*, nurse]
['*', nurse]
23: an entry of “others” has a word without a letter or digit. Write words, as in “prison governor”.

[psycholog*, nurse]
[R & D]
23: an entry of “others” has a word without a letter or digit. Write words, as in “prison governor”.

[psycholog*, nurse]
[]
23: “others” needs at least one entry. Write one, each on a line behind a “- ”.

[psycholog*, nurse]
nurse
23: “others” must be a list. Write [one, two], or one entry a line, each behind a “- ”.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES))
def test_load_of_a call_with_one_mistake_says_where_what_and_what_to_write(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    workspace = make_workspace(tmp_path, CALL.replace(old, new, 1))

    assert problems_of(workspace) == [f"config/call.yaml:{problem}"]


def test_load_of_a_misspelt_section_names_both_sides(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, CALL.replace("dates:", "date:"))

    assert problems_of(workspace) == [
        "config/call.yaml:1: the section “dates” is missing. Add it; the example shows how.",
        "config/call.yaml:8: unknown key “date” in the file. Did you mean “dates”?",
    ]


def test_load_with_a_mistake_in_a_column_does_not_blame_the_rules_that_use_it(tmp_path: Path) -> None:
    call = CALL.replace('options: ["Yes", "Not yet", "No"]', "options: none", 1)
    call = call.replace("scale: [A1, A2, B1, B2]", "scales: [A1]")
    call = call.replace('{vetos: {is: "No"}}', "{vetos: {own_words: true}, english: {at_least: B1}}")

    assert problems_of(make_workspace(tmp_path, call)) == [
        f"config/call.yaml:18: “options” must be a list. {LIST}",
        "config/call.yaml:21: unknown key “scales” in “english”. Did you mean “scale”?",
        f"config/call.yaml:27: “at_least” needs a scale, and the column “english” has none. {SCALE}",
    ]


def test_load_without_columns_does_not_call_every_answer_unknown(tmp_path: Path) -> None:
    start, end = CALL.index("columns:"), CALL.index("vocabulary:")

    problems = problems_of(make_workspace(tmp_path, CALL[:start] + CALL[end:]))

    assert problems == [
        "config/call.yaml:1: the section “columns” is missing. Add it; the example shows how."
    ]


def test_load_without_a_templates_folder_misses_every_template(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    for template in (workspace / "templates").iterdir():
        template.unlink()
    (workspace / "templates").rmdir()

    next_step = "Write the name of a file in that folder, without a path."
    assert problems_of(workspace) == [
        f"config/call.yaml:47: there is no file “invitation.md” in templates/. {next_step}",
        f"config/call.yaml:48: there is no file “waiting_list.md” in templates/. {next_step}",
        f"config/call.yaml:49: there is no file “not_selected.md” in templates/. {next_step}",
    ]


# --- dates -----------------------------------------------------------------------------------------------


def dates_of(tmp_path: Path, written: str) -> Dates:
    start, end = CALL.index("dates:"), CALL.index("columns:")
    return load_texts(tmp_path, CALL[:start] + f"dates: {{{written}}}\n" + CALL[end:]).call.dates


def test_dates_include_their_last_second_where_something_is_due(tmp_path: Path) -> None:
    dates = dates_of(
        tmp_path,
        "opens: 2023-06-19, deadline: 2023-08-01, selection: 2023-08-03, reply_by: 2023-08-20 12:00, "
        "starts: 2023-09-12, ends: 2023-09-13",
    )

    assert dates == Dates(
        opens=datetime(2023, 6, 19, tzinfo=MADRID),
        deadline=datetime(2023, 8, 1, 23, 59, 59, tzinfo=MADRID),
        selection=datetime(2023, 8, 3, tzinfo=MADRID),
        reply_by=datetime(2023, 8, 20, 12, 0, 59, tzinfo=MADRID),
        starts=datetime(2023, 9, 12, tzinfo=MADRID),
        ends=datetime(2023, 9, 13, 23, 59, 59, tzinfo=MADRID),
    )


@pytest.mark.parametrize(
    ("written", "deadline", "selection"),
    [
        ("2023-08-01 23:59", "2023-08-01T23:59:59+02:00", "2023-08-02T00:00:00+02:00"),
        ("2023-08-01T12:00", "2023-08-01T12:00:59+02:00", "2023-08-01T12:01:00+02:00"),
        ("2023-08-01 12:00:30", "2023-08-01T12:00:30+02:00", "2023-08-01T12:00:31+02:00"),
        ('"2023-08-01"', "2023-08-01T23:59:59+02:00", "2023-08-02T00:00:00+02:00"),
    ],
)
def test_selection_is_one_second_after_the_deadline_if_not_written(
    tmp_path: Path, written: str, deadline: str, selection: str
) -> None:
    dates = dates_of(tmp_path, f"deadline: {written}, starts: 2023-09-12 09:00, ends: 2023-09-13 12:30")

    assert (dates.deadline.isoformat(), dates.selection.isoformat()) == (deadline, selection)


def test_deadline_in_the_hour_that_comes_twice_is_the_later_one(tmp_path: Path) -> None:
    dates = dates_of(tmp_path, "deadline: 2023-10-29 02:30, starts: 2023-11-12, ends: 2023-11-12")

    assert dates.deadline.astimezone(UTC) == datetime(2023, 10, 29, 1, 30, 59, tzinfo=UTC)
    assert dates.selection.astimezone(UTC) == datetime(2023, 10, 29, 1, 31, tzinfo=UTC)


# --- columns ---------------------------------------------------------------------------------------------


def test_columns_keep_their_headers_and_formats(tmp_path: Path) -> None:
    call = CALL.replace("vocabulary:", 'timestamp_formats: ["%d/%m/%Y %H:%M:%S", "%d.%m.%y"]\nvocabulary:')

    assert load_texts(tmp_path, call).call.columns == Columns(
        {
            "timestamp": "Timestamp",
            "email": "Email Address",
            "job": "Job title",
            "vetos": "Do you work with VETOs?",
            "english": "Level of English",
        },
        ("%d/%m/%Y %H:%M:%S", "%d.%m.%y"),
    )


def test_empty_sections_count_as_left_out(tmp_path: Path) -> None:
    call = CALL.replace("    - {answer: job, places: 2}\n", "").replace("  others: [psycholog*, nurse]\n", "")

    assert load_texts(tmp_path, call).call.places.at_most == ()
