"""config/service.yaml, `mail`: rates and presets, and logins, each kind of problem with its line."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.model.presets import PRESETS
from pipeline.model.settings import GoogleToken, Login, MicrosoftToken, Password, Rate, SmtpSettings
from tests.support.config_case import (
    LOGIN,
    SERVICE,
    WITH_SMTP,
    load_texts,
    make_workspace,
    mistakes,
    problems_of,
)

HEAD = WITH_SMTP[: WITH_SMTP.index("  outbox:")]
PLAIN = HEAD + "  smtp:\n    host: smtp.example.org\n    port: 587\n"
ID = "00000000-1111-2222-3333-444444444444"


def smtp(folder: Path, service: str) -> SmtpSettings:
    transport = load_texts(folder, service=service).service.mail.transport
    assert isinstance(transport, SmtpSettings)
    return transport


def problems(folder: Path, service: str, environ: Mapping[str, str] | None = None) -> list[str]:
    workspace = make_workspace(folder, service=service)
    return [found.removeprefix("config/service.yaml:") for found in problems_of(workspace, environ)]


# --- rates and presets -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", ["", "  rate:\n", "  rate: {}\n"])
def test_rate_that_is_left_out_has_no_bound_and_one_connection(tmp_path: Path, rate: str) -> None:
    assert load_texts(tmp_path, service=PLAIN + rate).service.mail.rate == Rate()


def test_rate_is_read_for_the_outbox_too(tmp_path: Path) -> None:
    service = SERVICE + "  rate: {messages_per_minute: 5}\n"
    assert load_texts(tmp_path, service=service).service.mail.rate == Rate(per_minute=5)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("preset: gmail", Rate(None, None, 500, 1)),
        ("preset: google_workspace", Rate(None, None, 2_000, 1)),
        ("preset: google_relay", Rate(None, None, 10_000, 1)),
        ("preset: microsoft365", Rate(30, None, 10_000, 3)),
        ("preset: amazon_ses", Rate(60, None, 200, 1)),
        ("preset: microsoft365, messages_per_minute: 20", Rate(20, None, 10_000, 3)),
        ("preset: microsoft365, messages_per_day: 99, connections: 1", Rate(30, None, 99, 1)),
        ("preset: gmail, messages_per_connection: 50, connections: 2", Rate(None, 50, 500, 2)),
        ("messages_per_minute: 1, messages_per_connection: 2, messages_per_day: 3", Rate(1, 2, 3, 1)),
    ],
)
def test_rate_takes_the_numbers_of_the_preset_and_those_that_are_written(
    tmp_path: Path, written: str, rate: Rate
) -> None:
    assert load_texts(tmp_path, service=PLAIN + f"  rate: {{{written}}}\n").service.mail.rate == rate


@pytest.mark.parametrize(
    ("preset", "host"),
    [
        ("gmail", "smtp.gmail.com"),
        ("google_workspace", "smtp.gmail.com"),
        ("google_relay", "smtp-relay.gmail.com"),
        ("microsoft365", "smtp.office365.com"),
    ],
)
def test_preset_knows_where_its_relay_is(tmp_path: Path, preset: str, host: str) -> None:
    service = HEAD + f"  smtp: {{}}\n  rate: {{preset: {preset}}}\n"
    assert smtp(tmp_path, service) == SmtpSettings(host, 587, "starttls")


def test_preset_gives_way_to_what_is_written(tmp_path: Path) -> None:
    written = "  smtp: {host: relay.example.org, port: 465, security: tls}\n"
    found = smtp(tmp_path, HEAD + written + "  rate: {preset: gmail}\n")
    assert found == SmtpSettings("relay.example.org", 465, "tls")


def test_preset_of_amazon_takes_the_host_with_its_region(tmp_path: Path) -> None:
    host = "email-smtp.eu-west-1.amazonaws.com"
    found = smtp(tmp_path, HEAD + f"  smtp: {{host: {host}}}\n  rate: {{preset: amazon_ses}}\n")
    assert found == SmtpSettings(host, 587, "starttls")


def test_every_preset_stays_within_what_may_be_written() -> None:
    assert {name: n for name, preset in PRESETS.items() if (n := preset.rate.get("connections", 1)) > 1} == {
        "microsoft365": 3
    }


RATES = """
preset: outlook
  10: “preset” has a value that Convene does not know. Write gmail, google_workspace, google_relay,
    microsoft365 or amazon_ses.
preset: 365
  10: “preset” must be a text. Put quotes around it: "…".
connections: 5
  10: “connections” is too large. Write 4 or less.
connections: 0
  10: “connections” is too small. Write 1 or more.
messages_per_minute: 0
  10: “messages_per_minute” is too small. Write 1 or more.
messages_per_day: many
  10: “messages_per_day” must be a whole number. Write digits without quotes, as in 35.
messages_per_connection: -1
  10: “messages_per_connection” must be a whole number. Write digits without quotes, as in 35.
message_per_minute: 5
  10: unknown key “message_per_minute” in “rate”. Did you mean “messages_per_minute”?
"""


@pytest.mark.parametrize(("_", "written", "problem"), mistakes(RATES, "rate"))
def test_rate_with_a_mistake_says_where_and_what(tmp_path: Path, _: str, written: str, problem: str) -> None:
    assert problems(tmp_path, PLAIN + f"  rate: {{{written}}}\n") == [problem]


def test_rate_that_is_no_section_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, PLAIN + "  rate: gmail\n") == [
        "10: “rate” must hold keys of its own. Write them below it, indented, each as “key: value”."
    ]


MISSING_HOST = "7: “host” is missing in “smtp”. Add a line “host: …”."
MISSING_PORT = "7: “port” is missing in “smtp”. Add a line “port: …”."


@pytest.mark.parametrize(
    ("written", "rate", "found"),
    [
        ("{}", "", [MISSING_HOST, MISSING_PORT]),
        ("{port: 587}", "", [MISSING_HOST]),
        ("{}", "preset: amazon_ses", [MISSING_HOST]),
        ("{security: tls}", "preset: gmail", [MISSING_PORT]),
        ("{host: ''}", "preset: gmail", ["7: “host” is empty. Write a text."]),
    ],
)
def test_smtp_without_an_address_is_a_problem_unless_the_preset_has_one(
    tmp_path: Path, written: str, rate: str, found: list[str]
) -> None:
    assert problems(tmp_path, HEAD + f"  smtp: {written}\n  rate: {{{rate}}}\n") == found


SHIPPED = (Path(__file__).parent.parent.parent / "config" / "service.yaml").read_text("utf-8")


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("login", ["none", "password", "google", "microsoft"])
def test_the_shipped_file_only_needs_its_words_changed(tmp_path: Path, preset: str, login: str) -> None:
    (tmp_path / "google-key.json").touch(0o600)
    service = (
        SHIPPED.replace("  kind: outbox", "  kind: smtp")
        .replace("# preset: google_workspace", f"preset: {preset}")
        .replace("login: password\n", f"login: {login}\n", 1)
    )
    environ = {
        "password": {"CONVENE_SMTP_USERNAME": "team", "CONVENE_SMTP_PASSWORD": "letmein"},
        "microsoft": {"CONVENE_MICROSOFT_SECRET": "s3cr3t"},
    }
    assert problems(tmp_path, service, environ.get(login)) == []


# --- logins ------------------------------------------------------------------------------------------------

GOOGLE = "    google: {key_file: key.json, user: team@example.org}\n"
MICROSOFT = f"""\
    microsoft:
      tenant: example.org
      client_id: {ID}
      client_secret: ${{SECRET}}
      user: team@example.org
"""
BY_PASSWORD = "    username: ${SMTP_USER}\n    password: ${SMTP_PASSWORD}\n"
ALL = BY_PASSWORD + GOOGLE + MICROSOFT


def key_file(folder: Path, mode: int = 0o600) -> Path:
    path = folder / "key.json"
    path.write_text("{}")
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    ("written", "login"),
    [
        ("", None),
        ('    username: ""\n    password: ""\n', None),
        (BY_PASSWORD, Password("team", "letmein")),
        ("    login: password\n" + ALL, Password("team", "letmein")),
        ("    login: none\n" + ALL, None),
        ("    login: none\n", None),
    ],
)
def test_login_is_by_password_or_none_at_all(tmp_path: Path, written: str, login: Login) -> None:
    assert smtp(tmp_path, PLAIN + written).login == login


@pytest.mark.parametrize("written", [GOOGLE, ALL])
@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_login_at_google_needs_its_own_section_only(tmp_path: Path, written: str, mode: int) -> None:
    key = key_file(tmp_path, mode)
    service = PLAIN + "    login: google\n" + written
    assert problems(tmp_path, service, {}) == []
    assert smtp(tmp_path, service).login == GoogleToken(key, "team@example.org")


@pytest.mark.parametrize("written", [MICROSOFT, ALL])
def test_login_at_microsoft_needs_its_own_section_only(
    tmp_path: Path, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LOGIN, "SECRET", "s3cr3t ~")
    service = PLAIN + "    login: microsoft\n" + written
    assert problems(tmp_path, service, {"SECRET": "x"}) == []
    found = smtp(tmp_path, service)
    assert found.login == MicrosoftToken("example.org", ID, "s3cr3t ~", "team@example.org")
    assert "s3cr3t" not in repr(found)


def test_login_may_come_from_the_environment(tmp_path: Path) -> None:
    key_file(tmp_path)
    service = PLAIN + "    login: ${LOGIN}\n" + ALL
    assert problems(tmp_path, service, {"LOGIN": "google"}) == []
    assert problems(tmp_path, service, {"LOGIN": "none"}) == []
    assert problems(tmp_path, service, {**LOGIN, "LOGIN": "password"}) == []
    assert problems(tmp_path, service, {"LOGIN": "microsoft"}) == [
        "17: the environment variable SECRET is not set. Set it."
    ]


LOGINS = f"""
login: ldap
  10: “login” has a value that Convene does not know. Write none, password, google or microsoft.
login: google
  7: “google” is missing in “smtp”, though “login” chooses it. Add the section “google”; the example shows how.
login: microsoft
  7: “microsoft” is missing in “smtp”, though “login” chooses it.
    Add the section “microsoft”; the example shows how.
login: password
  10: “login” is password, but “username” and “password” are empty.
    Give both, or write “login: none” for a relay that wants none.
google: {{key_file: key.json, user: team@example.org}}
  10: “google” is given, but no “login” chooses it. Add a line “login: google”, or remove “google”.
microsoft: {{tenant: example.org}}
  10: “microsoft” is given, but no “login” chooses it. Add a line “login: microsoft”, or remove “microsoft”.
login: google⏎    google: {{key_file: key.json}}
  11: “user” is missing in “google”. Add a line “user: …”.
login: google⏎    google: {{key_file: key.json, user: team}}
  11: “user” is not an e-mail address. Write one such as team@example.org.
login: google⏎    google: {{key_file: nowhere.json, user: team@example.org}}
login: google⏎    google: {{key_file: config, user: team@example.org}}
login: google⏎    google: {{key_file: {"x" * 300}, user: team@example.org}}
  11: “key_file” does not exist. Correct the path, or put the file there.
login: google⏎    google: team@example.org
  11: “google” must hold keys of its own. Write them below it, indented, each as “key: value”.
login: google⏎    google: !x
  11: a value begins with !. Put quotes around the text.
login: microsoft⏎    microsoft: {{tenant: a/b, client_id: {ID}, client_secret: s3cr3t, user: team@example.org}}
  11: “tenant” must be the directory's id, or a domain of its own. Write a name like that; it is for machines.
login: microsoft⏎    microsoft: {{tenant: example.org, client_id: mine, client_secret: s3cr3t, user: team@example.org}}
  11: “client_id” must be the application's id (8-4-4-4-12 digits and letters a to f).
    Write a name like that; it is for machines.
login: microsoft⏎    microsoft: {{tenant: {ID}, client_id: {ID}, client_secret: "", user: team@example.org}}
  11: “client_secret” is empty. Write a text.
login: microsoft⏎    microsoft: {{tenant: {ID}, client_id: {ID}, client_secret: s3cr3t}}
  11: “user” is missing in “microsoft”. Add a line “user: …”.
login: microsoft⏎    microsoft: {{tenant: b.eu, client_id: {ID}, client_secrt: x, client_secret: y, user: b@c.org}}
  11: unknown key “client_secrt” in “microsoft”. Did you mean “client_secret”?
ca_file: {"x" * 300}
  10: “ca_file” does not exist. Correct the path, or leave it empty.
"""


@pytest.mark.parametrize(("_", "written", "problem"), mistakes(LOGINS, "login"))
def test_login_with_a_mistake_says_where_and_what(tmp_path: Path, _: str, written: str, problem: str) -> None:
    key_file(tmp_path)
    found = problems(tmp_path, PLAIN + f"    {written}\n")
    assert found == [problem]
    assert "s3cr3t" not in found[0]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o666, 0o777])
def test_key_file_that_others_may_use_is_a_problem(tmp_path: Path, mode: int) -> None:
    key_file(tmp_path, mode)
    assert problems(tmp_path, PLAIN + "    login: google\n" + GOOGLE) == [
        "11: “key_file” is open to others than its owner. Close it: chmod 600 and its name."
    ]


def test_key_file_that_we_may_not_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key_file(tmp_path)
    monkeypatch.setattr("pipeline.config.service.access", lambda *_: False)
    assert problems(tmp_path, PLAIN + "    login: google\n" + GOOGLE) == [
        "11: “key_file” may not be read. Give it to the user that runs Convene: chown."
    ]


def test_token_in_the_clear_is_a_problem(tmp_path: Path) -> None:
    key_file(tmp_path)
    service = PLAIN + "    security: none\n    login: google\n" + GOOGLE
    assert problems(tmp_path, service) == [
        "10: without encryption the relay must be on this machine (localhost), and “host” is not. "
        "Write starttls or tls."
    ]


def test_secret_that_is_not_set_is_the_only_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, PLAIN + "    login: microsoft\n" + ALL) == [
        "17: the environment variable SECRET is not set. Set it."
    ]
