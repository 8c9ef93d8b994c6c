"""config/call.yaml apart from columns, rules and places: each kind of mistake with its line."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.config_case import CALL, load_texts, make_workspace, mistakes, problems_of

MISTAKES = """
capacity: 10 → capacity: "10"
capacity: 10 → capacity: true
capacity: 10 → capacity: 1.5
  39: “capacity” must be a whole number. Write digits without quotes, as in 35.
capacity: 10 → capacity: 0
  39: “capacity” is too small. Write 1 or more.
capacity: 10 → capacity:
  39: “capacity” has no value. Write one after the colon.
capacity: 10 → capacity: 10⏎  whatever: 10
  40: unknown key in “places”.
    Write “capacity”, “overbook”, “waiting_list”, “at_most”, “at_least”, “nice_to_have”, “held”, “tiers”, “rank_by”,
    “like_follows_like”, “team”, “draw”, “seed” or “time_limit”.
title: A meeting → title: 2023
  3: “title” must be a text. Put quotes around it: "…".
title: A meeting → title: "A \\ud800"
  3: not valid YAML (found invalid Unicode character escape code).
    Write the sign itself instead of \\u and a number.
place: Barcelona → place: "Barcelona\\0"
  7: “place” has an invisible control character. Delete it, or type the text again.
title: A meeting → title: [A]
  3: “title” must be one text. Write it on one line after the colon.
title: A meeting → title: '  '
  3: “title” is empty. Write a text.
title: A meeting → title: true
  3: “title” must be a text. Put quotes around it: "…".
id: demo → id: The Demo
  2: “id” must be small letters, digits and hyphens. Write a name like that; it is for machines.
place: Barcelona → Place: Barcelona
  7: a key must be small letters, digits and _, a letter first.
    Write a name like that; it is for machines.
place: Barcelona → place: 7
  7: “place” must be a text. Put quotes around it: "…".
place: Barcelona → place: {city: Barcelona}
  7: “place” must be one text. Write it on one line after the colon.
place: Barcelona → place:
  7: “place” has no value. Write one after the colon, or remove the line.
reply_to: team@example.org → reply_to: team at example.org
reply_to: team@example.org → reply_to: team@localhost
  5: “reply_to” is not an e-mail address. Write one such as team@example.org.
timezone: Europe/Madrid → timezone: Madrid
  4: there is no time zone “Madrid”. Did you mean “Europe/Madrid”?
timezone: Europe/Madrid → timezone: ../etc
  4: there is no time zone “../etc”. Write one such as Europe/Madrid.
timezone: Europe/Madrid → timezone: Europe
  4: there is no time zone “Europe”. Did you mean “Europe/Kiev”?
deadline: 2023-08-01 → deadline: 1 August 2023
deadline: 2023-08-01 → deadline: 2023-02-30
deadline: 2023-08-01 → deadline: 20230801
  9: “deadline” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.
deadline: 2023-08-01 → deadline: 2023-03-26 02:30
  9: “deadline” is in the hour that clocks in Europe/Madrid skip on that day. Write an hour earlier or later.
deadline: 2023-08-01 → opens: 2023-08-02⏎  deadline: 2023-08-01
  10: “deadline” (2023-08-01 23:59) is before “opens” (2023-08-02 00:00).
    Put the dates in the order opens, deadline, selection, starts, ends.
deadline: 2023-08-01 → deadline: 2023-08-01⏎  selection: 2023-07-01
  10: “selection” (2023-07-01 00:00) is before “deadline” (2023-08-01 23:59).
    Put the dates in the order opens, deadline, selection, starts, ends.
deadline: 2023-08-01 → deadline: 2023-10-01
  10: “starts” (2023-09-12 09:00) is before “deadline” (2023-10-01 23:59).
    Put the dates in the order opens, deadline, selection, starts, ends.
ends: 2023-09-13 12:30 → ends: 2023-09-11
  11: “ends” (2023-09-11 23:59) is before “starts” (2023-09-12 09:00).
    Put the dates in the order opens, deadline, selection, starts, ends.
deadline: 2023-08-01 → deadline: 2023-08-01⏎  reply_by: 2023-07-20
  10: “reply_by” (2023-07-20 23:59) is before “deadline” (2023-08-01 23:59).
    Put the dates in the order deadline, reply_by, starts.
deadline: 2023-08-01 → deadline: 2023-08-01⏎  reply_by: 2023-09-20
  11: “starts” (2023-09-12 09:00) is before “reply_by” (2023-09-20 23:59).
    Put the dates in the order deadline, reply_by, starts.
deadline: 2023-08-01 → deadline: 1023-08-01
  9: “deadline” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES))
def test_load_of_a_call_with_one_mistake_says_where_what_and_what_to_write(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1))) == [f"config/call.yaml:{problem}"]


def test_load_of_a_misspelt_section_names_both_sides(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, CALL.replace("dates:", "date:"))
    assert problems_of(workspace) == [
        "config/call.yaml:1: the section “dates” is missing. Add it; the example shows how.",
        "config/call.yaml:8: unknown key “date” in the file. Did you mean “dates”?",
    ]


def test_load_of_a_text_where_keys_are_wanted_says_so(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, CALL.replace("facts:\n    place: Barcelona", "facts: Barcelona"))
    assert problems_of(workspace) == [
        "config/call.yaml:6: “facts” must hold keys of its own. "
        "Write them below it, indented, each as “key: value”."
    ]


def test_load_without_an_audience_does_not_call_categories_unknown(tmp_path: Path) -> None:
    start, end = CALL.index("audience:"), CALL.index("places:")
    call = CALL[:start] + "audience: everybody\n" + CALL[end:]
    assert problems_of(make_workspace(tmp_path, call)) == [
        "config/call.yaml:24: “audience” must hold keys of its own. "
        "Write them below it, indented, each as “key: value”."
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


def test_empty_sections_count_as_left_out(tmp_path: Path) -> None:
    call = CALL.replace("    - {answer: job, places: 2}\n", "").replace("  others: [psycholog*, nurse]\n", "")
    assert load_texts(tmp_path, call).call.places.at_most == ()


SENDING = """
messages: → send: sometimes⏎messages:
  46: “send” has a value that Convene does not know. Write automatic or approve.
messages: → send: {default: sometimes}⏎messages:
  46: “default” has a value that Convene does not know. Write automatic or approve.
messages: → send: {letters: approve}⏎messages:
  46: a key is not one that Convene knows.
    Write default, or the name of a kind of message.
messages: → send: aprove⏎messages:
  46: “send” is “aprove”, which Convene does not know. Did you mean “approve”?
messages: → send: {invitatoin: approve}⏎messages:
  46: a key is “invitatoin”, which Convene does not know. Did you mean “invitation”?
messages: → send: [approve]⏎messages:
  46: “send” must hold keys of its own. Write them below it, indented, each as “key: value”.
messages: → settle_minutes: "10 minutes"⏎messages:
  46: “settle_minutes” must be a whole number. Write digits without quotes, as in 35.
messages: → settle_minutes: 1000⏎messages:
  46: “settle_minutes” is too large. Write 240 or less.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(SENDING))
def test_load_of_how_messages_leave_says_what_may_stand_there(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1))) == [f"config/call.yaml:{problem}"]


@pytest.mark.parametrize(
    ("lines", "approve"),
    [
        ("", set()),
        ("send: automatic", set()),
        ("send: approve", {"invitation", "waiting_list", "not_selected"}),
        ("send: {invitation: approve}", {"invitation"}),
        ("send: {default: approve, waiting_list: automatic}", {"invitation", "not_selected"}),
    ],
)
def test_what_waits_for_approval_is_among_what_the_call_sends(
    tmp_path: Path, lines: str, approve: set[str]
) -> None:
    assert load_texts(tmp_path, f"{CALL}{lines}\n").call.approve == approve


def test_words_settle_for_as_long_as_is_written(tmp_path: Path) -> None:
    assert load_texts(tmp_path, CALL).call.settle == timedelta()
    assert load_texts(tmp_path, f"{CALL}settle_minutes: 10\n").call.settle == timedelta(minutes=10)


def test_a_reminder_of_an_appointment_is_so_many_hours_before(tmp_path: Path) -> None:
    call = CALL.replace("\nplaces:", "\ncalendar:\n  remind_hours: 3\nplaces:", 1)
    assert load_texts(tmp_path, call).call.calendar.remind == timedelta(hours=3)
