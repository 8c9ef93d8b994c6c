"""config/service.yaml: each kind of problem with its line, and what comes from the environment."""

from pathlib import Path

import pytest

from pipeline.config.load import load
from pipeline.model.settings import OutboxSettings, Password, SmtpSettings, WorkbookSettings
from tests.support.config_case import (
    LOGIN,
    SERVICE,
    WITH_SMTP,
    load_texts,
    make_workspace,
    mistakes,
    problems_of,
)

NO_LOGIN = WITH_SMTP.replace("${SMTP_USER}", '""').replace("${SMTP_PASSWORD}", '""')

MISTAKES = """
kind: workbook → kind: paper
  2: “kind” has a value that Convene does not know. Write workbook or google.
path: responses.xlsx → path: responses.csv
  3: “path” is not the name of an .xlsx workbook. Save the sheet as .xlsx.
path: responses.xlsx → paht: responses.xlsx⏎  path: responses.xlsx
  3: unknown key “paht” in “sheet”. Did you mean “path”?
path: responses.xlsx → path:
  3: “path” has no value. Write one after the colon.
address: team@example.org → address: team
  5: “address” is not an e-mail address. Write one such as team@example.org.
address: team@example.org → adress: team@example.org, address: team@example.org
  5: unknown key “adress” in “from”. Did you mean “address”?
name: The team → name: 5
  5: “name” must be a text. Put quotes around it: "…".
from: {address: team@example.org, name: The team} → retry_after_minutes: 30
  4: “from” is missing in “mail”. Add a line “from: …”.
kind: smtp → kind: pigeon
  6: “kind” has a value that Convene does not know. Write outbox or smtp.
kind: smtp → retry_after_minutes: 0⏎  kind: smtp
  6: “retry_after_minutes” is too small. Write 1 or more.
kind: smtp → give_up_after_days: 90⏎  kind: smtp
  6: “give_up_after_days” is too large. Write 60 or less.
host: smtp.example.org → host: ""
  9: “host” is empty. Write a text.
port: 587 → port: 70000
  10: “port” is too large. Write 65535 or less.
port: 587 → port: "587"
  10: “port” must be a whole number. Write digits without quotes, as in 35.
security: starttls → security: ssl
  11: “security” has a value that Convene does not know. Write starttls, tls or none.
security: starttls → security: none
  11: without encryption the relay must be on this machine (localhost), and “host” is not.
    Write starttls or tls.
username: ${SMTP_USER} → username: ""
  13: “password” is given, but “username” is empty. Give both, or none for a relay that wants no login.
password: ${SMTP_PASSWORD} → password: ""
  12: “username” is given, but “password” is empty. Give both, or none for a relay that wants no login.
password: ${SMTP_PASSWORD} → password: 12345
  13: “password” must be a text. Put quotes around it: "…".
password: ${SMTP_PASSWORD} → password: *hunter
  13: not valid YAML (found undefined alias). Put quotes around a text that begins with *.
password: ${SMTP_PASSWORD} → password: !hunter x
  13: a value begins with !. Put quotes around the text.
password: ${SMTP_PASSWORD} → password: ${smtp password}
  13: “${” is not followed by a name and “}”.
    Write ${NAME} with letters, digits and _ only, or $${ for the signs themselves.
password: ${SMTP_PASSWORD} → password: ${SMTP_PASSWORT}
  13: the environment variable SMTP_PASSWORT is not set. Set it.
password: ${SMTP_PASSWORD} → password: ${SMTP_PASSWORD}⏎    ca_file: nowhere.pem
  14: “ca_file” does not exist. Correct the path, or leave it empty.
sheet: → schedule: {at: ["7:00"]}⏎sheet:
  1: an entry of “at” must be a time of day. Write hours and minutes in quotes, as in "07:00".
sheet: → schedule: {at: 07:00}⏎sheet:
  1: “at” must be a list. Write [one, two], or one entry a line, each behind a “- ”.
sheet: → notify: {digest: team}⏎sheet:
  1: “digest” must be a list. Write [one, two], or one entry a line, each behind a “- ”.
sheet: → notify: {alert: [team]}⏎sheet:
  1: an entry of “alert” is not an e-mail address. Write one such as team@example.org.
sheet: → notify: {heartbeat: "http://hc.example.org/1"}⏎sheet:
  1: “heartbeat” is not the address of a monitor. Copy its ping address, which begins with https://.
sheet: → notify: {heartbeat: "https://hc.example.org:99999/1"}⏎sheet:
  1: “heartbeat” is not the address of a monitor. Copy its ping address, which begins with https://.
sheet: → notify: {heartbeat: "https://hc.example.org/1?a=b"}⏎sheet:
  1: “heartbeat” is not the address of a monitor. Copy its ping address, which begins with https://.
sheet: → limits: {rows_may_shrink_percent: 120}⏎sheet:
  1: “rows_may_shrink_percent” is too large. Write 100 or less.
sheet: → limits: {messages_per_run: -1}⏎sheet:
  1: “messages_per_run” must be a whole number. Write digits without quotes, as in 35.
sheet: → limit: {messages_per_run: 1}⏎sheet:
  1: unknown key “limit” in the file. Did you mean “limits”?
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES))
def test_load_of_a_service_with_one_mistake_says_where_what_and_what_to_write(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    workspace = make_workspace(tmp_path, service=WITH_SMTP.replace(old, new, 1))
    assert problems_of(workspace, LOGIN) == [f"config/service.yaml:{problem}"]


def test_load_of_a_service_without_sections_names_those_it_needs(tmp_path: Path) -> None:
    assert problems_of(make_workspace(tmp_path, service="{}")) == [
        "config/service.yaml:1: the section “mail” is missing. Add it; the example shows how.",
        "config/service.yaml:1: the section “sheet” is missing. Add it; the example shows how.",
    ]


def test_load_of_mail_without_keys_says_so(tmp_path: Path) -> None:
    service = SERVICE[: SERVICE.index("mail:")] + "mail: outbox\n"
    assert problems_of(make_workspace(tmp_path, service=service)) == [
        "config/service.yaml:4: “mail” must hold keys of its own. "
        "Write them below it, indented, each as “key: value”."
    ]


@pytest.mark.parametrize("kind", ["smtp", "outbox"])
def test_load_without_the_section_of_the_chosen_kind_is_a_problem(tmp_path: Path, kind: str) -> None:
    service = SERVICE.replace("kind: outbox", f"kind: {kind}").replace(f"  {kind}:", f"  {kind}_off:")
    problems = problems_of(make_workspace(tmp_path, service=service), LOGIN)
    what = f"“{kind}” is missing in “mail”, though “kind” chooses it"
    assert f"config/service.yaml:4: {what}. Add the section “{kind}”; the example shows how." in problems


def test_load_with_the_outbox_needs_nothing_of_the_other_kind(tmp_path: Path) -> None:
    service = SERVICE.replace("port: 587", "port: ${NOT_SET}")
    assert problems_of(make_workspace(tmp_path, service=service), {}) == []


def test_load_with_the_kind_from_the_environment_chooses_by_it(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, service=SERVICE.replace("kind: outbox", "kind: ${MAIL}"))
    assert problems_of(workspace, {"MAIL": "outbox"}) == []
    assert problems_of(workspace, {"MAIL": "smtp"}) == [
        "config/service.yaml:12: the environment variable SMTP_USER is not set. Set it.",
        "config/service.yaml:13: the environment variable SMTP_PASSWORD is not set. Set it.",
    ]


@pytest.mark.parametrize(
    ("written", "password"),
    [
        ("${SMTP_PASSWORD}", "letmein"),
        ("'${SMTP_PASSWORD}'", "letmein"),
        ("a-${SMTP_PASSWORD}-${SMTP_USER}", "a-letmein-team"),
        ("$${SMTP_PASSWORD}", "${SMTP_PASSWORD}"),
        ("$SMTP_PASSWORD", "$SMTP_PASSWORD"),
        ('"12345"', "12345"),
    ],
)
def test_environment_fills_in_texts(tmp_path: Path, written: str, password: str) -> None:
    config = load_texts(tmp_path, service=WITH_SMTP.replace("${SMTP_PASSWORD}", written))
    transport = config.service.mail.transport
    assert transport == SmtpSettings("smtp.example.org", 587, "starttls", Password("team", password))


@pytest.mark.parametrize("value", ["x: y", "[1, 2]", "a\nport: 25", "${SMTP_USER}", "'", "#", "true", "5"])
def test_environment_never_changes_what_the_file_says(
    tmp_path: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LOGIN, "SMTP_PASSWORD", value)
    transport = load_texts(tmp_path, service=WITH_SMTP).service.mail.transport
    assert transport == SmtpSettings("smtp.example.org", 587, "starttls", Password("team", value))


def test_environment_may_hold_a_number(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, service=NO_LOGIN.replace("port: 587", "port: ${PORT}"))
    problem = "“port” must be a whole number. Write digits without quotes, as in 35."
    assert problems_of(workspace, {"PORT": "2525"}) == []
    assert problems_of(workspace, {"PORT": "secret"}) == [f"config/service.yaml:10: {problem}"]


def test_no_problem_shows_a_value_from_the_environment(tmp_path: Path) -> None:
    service = WITH_SMTP
    for key in ("path", "kind", "host", "security"):
        service = service.replace(f"  {key}: ", f"  {key}: ${{SECRET}}", 1)
    service = service.replace("587", "${SECRET}")
    problems = problems_of(make_workspace(tmp_path, service=service), {**LOGIN, "SECRET": "hunter2 {x} ${y}"})
    assert problems
    assert "hunter2" not in "".join(problems)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "[::1]", "127.1.2.3"])
def test_a_relay_on_this_machine_may_be_without_encryption(tmp_path: Path, host: str) -> None:
    service = NO_LOGIN.replace("smtp.example.org", f'"{host}"').replace("starttls", "none")
    transport = load_texts(tmp_path, service=service).service.mail.transport
    assert transport == SmtpSettings(host, 587, "none")


@pytest.mark.parametrize("host", ["localhost.example.org", "10.0.0.1", "0.0.0.0", "::", "notlocalhost"])
def test_a_relay_elsewhere_may_not_be_without_encryption(tmp_path: Path, host: str) -> None:
    service = NO_LOGIN.replace("smtp.example.org", f'"{host}"').replace("starttls", "none")
    what = "without encryption the relay must be on this machine (localhost), and “host” is not"
    assert problems_of(make_workspace(tmp_path, service=service)) == [
        f"config/service.yaml:11: {what}. Write starttls or tls."
    ]


def test_paths_are_absolute_and_those_that_are_stay(tmp_path: Path) -> None:
    ca_file = tmp_path / "authority.pem"
    ca_file.touch()
    service = NO_LOGIN.replace("responses.xlsx", "/srv/responses.XLSX") + "    ca_file: authority.pem\n"
    found = load_texts(tmp_path, service=service).service
    assert found.sheet == WorkbookSettings(Path("/srv/responses.XLSX"))
    assert found.mail.transport == SmtpSettings("smtp.example.org", 587, ca_file=str(ca_file))


def test_the_outbox_needs_no_smtp_section(tmp_path: Path) -> None:
    service = SERVICE[: SERVICE.index("  smtp:")]
    assert load_texts(tmp_path, service=service).service.mail.transport == OutboxSettings(
        tmp_path / "state" / "outbox"
    )


def test_who_is_told_of_runs(tmp_path: Path) -> None:
    notify = "notify:\n  digest: [eva@example.org]\n  heartbeat: ${BEAT}/\n"
    environ = {"BEAT": "https://hc.example.org/1"}
    service = load(make_workspace(tmp_path, service=SERVICE + notify), environ).service
    assert (service.notify.alerted, service.notify.heartbeat) == (
        ("eva@example.org",),
        "https://hc.example.org/1",
    )
    assert service.secrets == ("https://hc.example.org/1",)
