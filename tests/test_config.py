"""The configuration as a whole: the shipped files, both files at once, files that cannot be read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipeline.audience import classify
from pipeline.call import CATEGORY, AtLeast, AtMost, Dates, Places, RankKey
from pipeline.config import Config, load
from pipeline.errors import ConfigError
from pipeline.model import Classification, Eligibility, Kind
from pipeline.service import (
    Limits,
    MailSettings,
    OutboxSettings,
    Sender,
    Service,
    SmtpSettings,
    WorkbookSettings,
)

SHIPPED = Path(__file__).parent.parent
MADRID = ZoneInfo("Europe/Madrid")

CALL = """\
call:
  id: demo
  title: A meeting
  timezone: Europe/Madrid
  reply_to: team@example.org
  facts:
    place: Barcelona
dates:
  deadline: 2023-08-01
  starts: 2023-09-12 09:00
  ends: 2023-09-13 12:30
columns:
  timestamp: Timestamp
  email: Email Address
  job: Job title
  vetos:
    header: Do you work with VETOs?
    options: ["Yes", "Not yet", "No"]
  english:
    header: Level of English
    scale: [A1, A2, B1, B2]
vocabulary:
  others: [psycholog*, nurse]
audience:
  ineligible:
    - id: no_work
      when: {vetos: {is: "No"}}
      reason: "Answered {vetos}."
  categories:
    - id: staff
      title: Staff
      when: {vetos: {is: "Yes"}}
      reason: Works there.
    - id: guests
      title: Guests
      when: {vetos: {is: Not yet}}
      reason: Comes in.
places:
  capacity: 10
  at_most:
    - {answer: job, places: 2}
  at_least:
    - {category: staff, places: 4}
  rank_by:
    - {answer: vetos, order: ["Yes", "Not yet"]}
messages:
  invitation: invitation.md
  waiting_list: waiting_list.md
  not_selected: not_selected.md
"""

SERVICE = """\
sheet:
  kind: workbook
  path: responses.xlsx
mail:
  from: {address: team@example.org, name: The team}
  kind: outbox
  outbox: {path: state/outbox}
  smtp:
    host: smtp.example.org
    port: 587
    security: starttls
    username: ${SMTP_USER}
    password: ${SMTP_PASSWORD}
"""

WITH_SMTP = SERVICE.replace("kind: outbox", "kind: smtp")
LOGIN = {"SMTP_USER": "team", "SMTP_PASSWORD": "letmein"}


def make_workspace(folder: Path, call: str | bytes = CALL, service: str | bytes = SERVICE) -> Path:
    """Write both files and an empty template of each kind."""
    for name in ("config", "templates"):
        (folder / name).mkdir(exist_ok=True)
    for name, text in (("call", call), ("service", service)):
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        (folder / "config" / f"{name}.yaml").write_bytes(data)
    for kind in Kind:
        (folder / "templates" / f"{kind}.md").touch()
    return folder


def problems_of(folder: Path, environ: Mapping[str, str] | None = None) -> list[str]:
    """Return the problems of a workspace; none if it loads."""
    try:
        load(folder, environ or {})
    except ConfigError as error:
        return list(error.problems)
    return []


def mistakes(text: str, old: str = "") -> list[tuple[str, str, str]]:
    """Read cases, a blank line between two: what is replaced (unless `old` is), by what, and the problem.

    The sign ⏎ stands for a new line; a problem goes on in indented lines.
    """
    cases = [block.splitlines() for block in text.strip().split("\n\n")]
    whole = [[*([old] if old else []), *lines] for lines in cases]
    return [(one, other.replace("⏎", "\n"), " ".join(map(str.strip, said))) for one, other, *said in whole]


def load_texts(folder: Path, call: str = CALL, service: str = SERVICE) -> Config:
    return load(make_workspace(folder, call, service), LOGIN)


# --- the shipped files -----------------------------------------------------------------------------------


def shipped(folder: Path) -> Config:
    texts = [(SHIPPED / "config" / f"{name}.yaml").read_text("utf-8") for name in ("call", "service")]
    return load_texts(folder, *texts)


def test_load_of_the_shipped_service_stays_on_this_machine(tmp_path: Path) -> None:
    service = shipped(tmp_path).service

    assert service == Service(
        sheet=WorkbookSettings(tmp_path / "responses.xlsx"),
        mail=MailSettings(
            Sender("ran-prisons@example.org", "RAN PRISONS"), OutboxSettings(tmp_path / "state" / "outbox")
        ),
        limits=Limits(),
        run_at=("07:00",),
    )


def test_load_of_the_shipped_call_has_the_dates_of_the_reference_call(tmp_path: Path) -> None:
    call = shipped(tmp_path).call

    assert call.zone == MADRID
    assert call.dates == Dates(
        opens=datetime(2023, 6, 19, tzinfo=MADRID),
        deadline=datetime(2023, 8, 1, 23, 59, 59, tzinfo=MADRID),
        selection=datetime(2023, 8, 2, 6, tzinfo=MADRID),
        reply_by=datetime(2023, 8, 20, 23, 59, 59, tzinfo=MADRID),
        starts=datetime(2023, 9, 12, 9, tzinfo=MADRID),
        ends=datetime(2023, 9, 13, 12, 30, tzinfo=MADRID),
    )


def test_load_of_the_shipped_call_has_every_question_of_the_form(tmp_path: Path) -> None:
    headers = shipped(tmp_path).call.columns.headers

    assert headers == {
        "timestamp": "Timestamp",
        "email": "Email Address",
        "first_name": "First name",
        "family_name": "Family name",
        "organisation": "Organisation",
        "job_title": "Job title",
        "country": "Country",
        "role": "Which of these describes you best?",
        "workplace": "Where do you work?",
        "vetos": "Do you work with violent extremist or terrorist offenders (VETOs)?",
        "experience": "Years of experience in P/CVE",
        "work": "Describe your work with VETOs in prison",
        "contribution": "What would you bring to the meeting?",
        "english": "Level of English",
        "attended_before": "Have you attended a RAN meeting before?",
        "needs": "Dietary or accessibility needs",
        "agreement": "I agree that my answers are used to select participants",
    }


def test_load_of_the_shipped_call_has_the_places_and_messages(tmp_path: Path) -> None:
    call = shipped(tmp_path).call

    assert call.places == Places(
        capacity=35,
        waiting_list=30,
        at_most=(AtMost("country", 4, ("Other",)), AtMost("organisation", 2)),
        at_least=(AtLeast(CATEGORY, "management", 15), AtLeast(CATEGORY, "external", 10)),
        rank_by=(
            RankKey("vetos", ("Yes, directly", "Not yet, but I aim to")),
            RankKey("attended_before", ("No", "Yes")),
        ),
        seed="barcelona-2023",
    )
    assert call.messages == {kind: f"{kind}.md" for kind in Kind}


MANAGER = {
    "job_title": "Governor",
    "role": "Prison management or administration",
    "workplace": "In a prison",
    "vetos": "Yes, directly",
    "work": "I lead a prison with six VETOs in it.",
    "english": "B2",
    "agreement": "I agree",
}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "management"),
        ({"role": "Prison governor"}, "management"),
        ({"role": "I lead one", "job_title": "Gefängnisdirektorin"}, "management"),
        ({"role": "Director de centre penitenciari", "job_title": ""}, "management"),
        ({"role": "Exit worker", "job_title": "Psychologist"}, "external"),
        ({"role": "Prison psychologist", "job_title": "Psychologist"}, "external"),
        ({"role": "Law enforcement", "workplace": "I come into prisons from outside"}, "external"),
        ({"role": "Prison governor", "workplace": "Outside prisons"}, "review"),
        ({"role": "Retired prison governor"}, "review"),
        ({"role": "former prison director"}, "review"),
        ({"role": "Student of prison psychology"}, "review"),
        ({"role": "Journalist"}, "review"),
        ({"role": "Researcher", "job_title": "Prison director"}, "review"),
        ({"role": "Prison governor", "job_title": "Prison psychologist"}, "review"),
        ({"job_title": "Prison nurse"}, "review"),
        ({"job_title": "Secretary of the director"}, "management"),
        ({"job_title": "Aumônier"}, "review"),
        ({"role": "Exit worker", "workplace": "Outside prisons"}, "review"),
        ({"english": "A2"}, "review"),
        ({"english": ""}, "review"),
        ({"vetos": "No"}, "review"),
        ({"vetos": "No", "work": "none"}, "ineligible"),
        ({"vetos": "No", "work": "", "role": "Baker", "english": "A1"}, "ineligible"),
        ({"agreement": ""}, "held"),
    ],
)
def test_shipped_rules_classify(tmp_path: Path, answers: dict[str, str], expected: str) -> None:
    call = shipped(tmp_path).call

    found = classify(call.audience, call.columns, {**MANAGER, **answers})

    assert (found.category or found.eligibility) == expected


def test_shipped_rules_give_the_reason_in_a_sentence(tmp_path: Path) -> None:
    call = shipped(tmp_path).call

    found = classify(call.audience, call.columns, {**MANAGER, "vetos": "No", "work": "-"})

    reason = "Does not work with violent extremist offenders and does not aim to: answered “No”."
    assert found == Classification(Eligibility.INELIGIBLE, reason=reason)


# --- both files ------------------------------------------------------------------------------------------


def test_load_reports_every_problem_of_both_files_in_the_order_of_their_lines(tmp_path: Path) -> None:
    call = (
        CALL.replace("timezone: Europe/Madrid", "timezone: Europe/Madird")
        .replace("capacity: 10", "capcity: 10")
        .replace("deadline: 2023-08-01", "deadline: 1 August")
        .replace('{vetos: {is: "Yes"}}', '{vetoes: {is: "Yes"}}')
        .replace("{answer: job, places: 2}", "{answer: jobs, places: 2}")
    )
    service = WITH_SMTP.replace("port: 587", "port: many").replace("kind: workbook", "kind: google")

    problems = problems_of(make_workspace(tmp_path, call, service), {"SMTP_USER": "team"})

    assert problems == [
        "config/call.yaml:4: there is no time zone “Europe/Madird”. Did you mean “Europe/Madrid”?",
        "config/call.yaml:9: “deadline” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.",
        "config/call.yaml:32: there is no column “vetoes”. Did you mean “vetos”?",
        "config/call.yaml:38: “capacity” is missing in “places”. Add a line “capacity: …”.",
        "config/call.yaml:39: unknown key “capcity” in “places”. Did you mean “capacity”?",
        "config/service.yaml:2: “kind” is none of those that Convene knows. Write workbook.",
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

    transport = SmtpSettings("smtp.example.org", 587, "starttls", "team", "letmein")
    assert service.mail == MailSettings(Sender("team@example.org", "The team"), transport)
    assert "letmein" not in repr(service)


def test_load_reads_limits_and_times(tmp_path: Path) -> None:
    more = """
limits: {messages_per_run: 5, rows_may_shrink_percent: 50, read_again_after_minutes: 1}
schedule: {at: ["18:30", "07:00"]}
"""
    service = load_texts(tmp_path, service=SERVICE + more).service

    assert service.limits == Limits(5, 0.5, timedelta(minutes=1))
    assert service.run_at == ("07:00", "18:30")


# --- files that cannot be read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "line", "what", "next_step"),
    [
        ("", 1, "the file is empty", "Copy it from the example and fill it in."),
        ("# nothing yet\n", 1, "the file is empty", "Copy it from the example and fill it in."),
        ("- call\n", 1, "the file does not begin with a key", "Write “key: value” lines."),
        (b"call:\n  title: Caf\xe9\n", 2, "the file is not in UTF-8", "Save it with the encoding UTF-8."),
        (
            "call:\n\tid: x\n",
            2,
            "not valid YAML (found character '\\t' that cannot start any token)",
            "Use spaces instead of the tab.",
        ),
        (
            "call:\n  title: Prisons: a meeting\n",
            2,
            "not valid YAML (mapping values are not allowed here)",
            "Put quotes around a text that has a colon in it.",
        ),
        (
            "call:\n  title: *secret\n",
            2,
            "not valid YAML (found undefined alias)",
            "Put quotes around a text that begins with *.",
        ),
        (
            "call:\n  id: 'x\n  title: y\n",
            2,
            "not valid YAML (found unexpected end of stream)",
            "Close the quote that was opened here.",
        ),
        (
            "call:\n  id: \x07\n",
            2,
            "an invisible control character stands here",
            "Delete it, or type the line again.",
        ),
        (
            "a: {a: 1\n",
            2,
            "not valid YAML (expected ',' or '}', but got '<stream end>')",
            "Close the bracket, and put quotes around a text in it that has brackets or braces.",
        ),
        (
            "a: }\n",
            1,
            "not valid YAML (expected the node content, but found '}')",
            "Compare the indentation, colons, brackets and quotes with the lines around it.",
        ),
        ("[" * 3000, 1, "more than 30 levels stand inside each other", "Take some of the levels out."),
    ],
)
def test_load_of_a_file_that_is_not_yaml_says_where(
    tmp_path: Path, call: str | bytes, line: int, what: str, next_step: str
) -> None:
    assert problems_of(make_workspace(tmp_path, call)) == [f"config/call.yaml:{line}: {what}. {next_step}"]


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

    assert replace(windows.call) == plain.call


DEEP = "[" * 31 + "]" * 31


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "  capacity: 10",
            "  capacity: 10\n  capacity: 12",
            "40: the key “capacity” is here a second time (first in line 39). Keep one of the two.",
        ),
        ("  id: demo", "  id: !mine demo", "2: a value begins with !. Put quotes around the text."),
        ("  id: demo", "  {a: 1}: b\n  id: demo", "2: a key is not a word. Write “key: value”."),
        (
            "  others: [psycholog*, nurse]",
            "  others: &x [nurse]\n  more: *x",
            "24: something is used again by an alias (*). Write it out in each place.",
        ),
        (
            "  others: [psycholog*, nurse]",
            "  others:\n    - &x nurse\n    - *x",
            "24: something is used again by an alias (*). Write it out in each place.",
        ),
        (
            "    place: Barcelona",
            f"    place: {DEEP}",
            "7: more than 30 levels stand inside each other. Take some of the levels out.",
        ),
    ],
)
def test_load_of_yaml_that_has_no_use_here_is_a_problem(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    found = problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1)))

    assert found == [f"config/call.yaml:{problem}"]
