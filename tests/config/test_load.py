"""The configuration as a whole: both files at once, and files that cannot be read."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.config.load import load
from pipeline.model.errors import ConfigError
from pipeline.model.message import Kind
from pipeline.model.settings import (
    LedgerSettings,
    Limits,
    MailSettings,
    Password,
    Retention,
    Sender,
    SmtpSettings,
    WorkbookSettings,
)
from tests.support.config_case import (
    CALL,
    SERVICE,
    WITH_SMTP,
    load_texts,
    make_workspace,
    mistakes,
    problems_of,
)


def test_load_reports_every_problem_of_both_files_in_the_order_of_their_lines(tmp_path: Path) -> None:
    call = (
        CALL.replace("timezone: Europe/Madrid", "timezone: Europe/Madird")
        .replace("capacity: 10", "capcity: 10")
        .replace("deadline: 2023-08-01", "deadline: 1 August")
        .replace('{vetos: {is: "Yes"}}', '{vetoes: {is: "Yes"}}')
        .replace("{answer: job, places: 2}", "{answer: jobs, places: 2}")
    )
    service = WITH_SMTP.replace("port: 587", "port: many").replace("kind: workbook", "kind: paper")
    problems = problems_of(make_workspace(tmp_path, call, service), {"SMTP_USER": "team"})
    assert problems == [
        "config/call.yaml:4: there is no time zone “Europe/Madird”. Did you mean “Europe/Madrid”?",
        "config/call.yaml:9: “deadline” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.",
        "config/call.yaml:32: there is no column “vetoes”. Did you mean “vetos”?",
        "config/call.yaml:38: “capacity” is missing in “places”. Add a line “capacity: …”.",
        "config/call.yaml:39: unknown key “capcity” in “places”. Did you mean “capacity”?",
        "config/service.yaml:2: “kind” has a value that Convene does not know. Write workbook or google.",
        "config/service.yaml:10: “port” must be a whole number. Write digits without quotes, as in 35.",
        "config/service.yaml:13: the environment variable SMTP_PASSWORD is not set. Set it.",
    ]


def test_load_of_the_example_texts_gives_plain_values(tmp_path: Path) -> None:
    config = load_texts(tmp_path)
    assert (config.call.id, config.call.title) == ("demo", "A meeting")
    assert config.call.reply_to == "team@example.org"
    assert config.call.facts == {"place": "Barcelona"}
    assert config.call.messages == {
        Kind.INVITATION: "invitation.md",
        Kind.WAITING_LIST: "waiting_list.md",
        Kind.NOT_SELECTED: "not_selected.md",
    }


def test_load_takes_a_relative_workspace_and_makes_paths_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    service = load(Path(), {}).service
    assert service.sheet == WorkbookSettings(tmp_path / "responses.xlsx")


def test_load_with_smtp_fills_in_the_environment(tmp_path: Path) -> None:
    service = load_texts(tmp_path, service=WITH_SMTP).service
    transport = SmtpSettings("smtp.example.org", 587, "starttls", Password("team", "letmein"))
    assert service.mail == MailSettings(Sender("team@example.org", "The team"), transport)
    assert "letmein" not in repr(service)


def test_load_reads_limits_and_times(tmp_path: Path) -> None:
    more = """
limits: {messages_per_run: 5, rows_may_shrink_percent: 50, read_again_after_minutes: 1, doubts_per_run: 2}
schedule: {at: ["18:30", "07:00"]}
retention: {letters_after_days: 30, warning_days: 7, answers: [job], answers_after_days: 5}
ledger: {group: 5}
"""
    service = load_texts(tmp_path, service=SERVICE + more).service
    assert service.limits == Limits(5, 0.5, timedelta(minutes=1), 2)
    assert service.run_at == ("07:00", "18:30")
    assert service.ledger == LedgerSettings(5)
    month, week, soon = (timedelta(days=number) for number in (30, 7, 5))
    assert service.retention == Retention(month, warning=week, answers=("job",), answers_for=soon)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (
            "answers: [job, shoe], answers_after_days: 5",
            "retention.answers: “shoe” is no column that can be erased by itself.",
        ),
        (
            "answers: [email], answers_after_days: 5",
            "retention.answers: “email” is no column that can be erased by itself.",
        ),
        ("answers: [job]", "retention: answers and answers_after_days go together. Write both, or neither."),
        (
            "answers_after_days: 5",
            "retention: answers and answers_after_days go together. Write both, or neither.",
        ),
    ],
)
def test_load_says_which_answers_cannot_go_by_themselves(tmp_path: Path, more: str, problem: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load_texts(tmp_path, service=f"{SERVICE}\nretention: {{{more}}}\n")
    (said,) = raised.value.problems
    assert said.partition(": ")[2].startswith(problem)


# --- files that cannot be read -----------------------------------------------------------------------------


NOT_YAML = """
# nothing yet⏎
  1: the file is empty. Copy it from the example and fill it in.
- call⏎
  1: the file does not begin with a key. Write “key: value” lines.
call:⏎\tid: x⏎
  2: not valid YAML (found character that cannot start any token). Use spaces instead of the tab.
call:⏎  title: Prisons: a meeting⏎
  2: not valid YAML (mapping values are not allowed in this context). Put quotes around a text that has a colon in it.
call:⏎  title: *secret⏎
  2: not valid YAML (found undefined alias). Put quotes around a text that begins with *.
call:⏎  id: 'x⏎  title: y⏎
  2: not valid YAML (found unexpected end of stream). Close the quote that was opened here.
call:⏎  id: \x07⏎
  2: an invisible control character stands here. Delete it, or type the line again.
a: {a: 1⏎
  2: not valid YAML (did not find expected ',' or '}').
    Close the bracket, and put quotes around a text in it that has brackets or braces.
a: }⏎
  1: not valid YAML (did not find expected node content).
    Compare the indentation, colons, brackets and quotes with the lines around it.
"""


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ("", "1: the file is empty. Copy it from the example and fill it in."),
        (b"call:\n  title: Caf\xe9\n", "2: the file is not in UTF-8. Save it with the encoding UTF-8."),
        ("[" * 100_000, "1: not valid YAML (exceeded maximum nesting depth). Take some of the levels out."),
        *((call, problem) for _, call, problem in mistakes(NOT_YAML, "the file")),
    ],
)
def test_load_of_a_file_that_is_not_yaml_says_where(tmp_path: Path, call: str | bytes, problem: str) -> None:
    assert problems_of(make_workspace(tmp_path, call)) == [f"config/call.yaml:{problem}"]


def test_load_without_the_files_says_how_to_make_them(tmp_path: Path) -> None:
    next_step = "Name the workspace with -C, or make one: convene init DIR."
    assert problems_of(tmp_path) == [
        f"config/call.yaml:1: the file does not exist. {next_step}",
        f"config/service.yaml:1: the file does not exist. {next_step}",
    ]


def test_load_of_a_folder_in_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    (workspace / "config" / "call.yaml").unlink()
    (workspace / "config" / "call.yaml").mkdir()
    problem = "the file cannot be read (Is a directory). Make it a file that you may read."
    assert problems_of(workspace) == [f"config/call.yaml:1: {problem}"]


def test_load_of_files_with_a_byte_order_mark_and_windows_lines_is_the_same(tmp_path: Path) -> None:
    plain = load_texts(tmp_path)
    windows = load_texts(tmp_path, call="\ufeff" + CALL.replace("\n", "\r\n"))
    assert windows.call == plain.call


OF_NO_USE = f"""
capacity: 10 → capacity: 10⏎  capacity: 12
  40: a key is here a second time (first in line 39). Keep one of the two.
id: demo → id: !mine demo
  2: a value begins with !. Put quotes around the text.
id: demo → {{a: 1}}: b⏎  id: demo
  2: a key is not a word. Write “key: value”.
others: [psycholog*, nurse] → others: &x [nurse]⏎  more: *x
others: [psycholog*, nurse] → others:⏎    - &x nurse⏎    - *x
  24: something is used again by an alias (*). Write it out in each place.
place: Barcelona → place: {"[" * 31 + "]" * 31}
  7: more than 30 levels stand inside each other. Take some of the levels out.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(OF_NO_USE))
def test_load_of_yaml_that_has_no_use_here_is_a_problem(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1))) == [f"config/call.yaml:{problem}"]
