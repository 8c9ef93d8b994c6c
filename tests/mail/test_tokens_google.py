"""Access tokens: how long one is kept, what is asked of Google and Microsoft, and what their refusals mean."""

import json
from base64 import urlsafe_b64decode
from logging import getLogger
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests import ConnectionError as NoConnection
from requests import ReadTimeout
from requests.exceptions import SSLError

from pipeline.mail.tokens.base import Token, Tokens
from pipeline.mail.tokens.google import fetch as fetch_google
from pipeline.model.errors import MailRejectsUs, MailUnavailable
from pipeline.model.settings import GoogleToken
from tests.support.token_case import (
    AGAIN,
    APPLICATION,
    CLIENT,
    GOOGLE,
    GRANTED,
    LATER,
    NO_ANSWER,
    SECRET,
    TOKEN,
    USER,
    account,
    failed,
    private_key,
    secrets_in,
    sent_to,
    service_account,
    token_services,
)

# --- keeping -----------------------------------------------------------------------------------------------


class Service:
    """Gives numbered tokens that hold `seconds`, and counts the time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.given = 0
        self.now = 1000.0

    def fetch(self) -> Token:
        self.given += 1
        return Token(f"token{self.given}", self.seconds)

    def clock(self) -> float:
        return self.now


def test_tokens_keep_one_until_shortly_before_its_end() -> None:
    service = Service(3600)
    tokens = Tokens(service.fetch, service.clock)

    before, first = tokens.kept(), tokens.fresh()
    service.now += 3299
    late = tokens.kept()
    service.now += 1

    assert (before, first, late, tokens.kept(), service.given) == ("", "token1", "token1", "", 1)


def test_tokens_fresh_replaces_the_one_that_is_kept() -> None:
    service = Service(3600)
    tokens = Tokens(service.fetch, service.clock)
    tokens.fresh()

    assert (tokens.fresh(), tokens.kept()) == ("token2", "token2")


def test_tokens_keep_nothing_after_a_fetch_that_failed() -> None:
    gives = [Token("token1", 3600)]
    tokens = Tokens(gives.pop, lambda: 0.0)
    tokens.fresh()

    with pytest.raises(IndexError):
        tokens.fresh()

    assert tokens.kept() == ""


@given(st.floats(-10, 10_000), st.floats(0, 20_000))
def test_tokens_never_keep_one_beyond_its_end(seconds: float, later: float) -> None:
    service = Service(seconds)
    tokens = Tokens(service.fetch, service.clock)
    tokens.fresh()
    service.now += later

    assert tokens.kept() == "" or later < seconds


def test_tokens_and_logins_do_not_print_secrets() -> None:
    shown = repr(Token(TOKEN, 1)) + repr(Tokens(lambda: Token(TOKEN, 1))) + repr(APPLICATION)

    assert (TOKEN in shown, SECRET in shown) == (False, False)


# --- Google ------------------------------------------------------------------------------------------------


def test_google_gives_a_token_for_mail_in_the_name_of_the_user(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("DEBUG")
    # As in a program that listens to the library's log, which it else keeps to itself.
    monkeypatch.setattr("google.auth._helpers._LOGGING_INITIALIZED", True)
    monkeypatch.setattr(getLogger("google"), "propagate", True)
    with token_services() as web:
        web.post(GOOGLE, json=GRANTED)
        token = fetch_google(service_account(tmp_path), 5.0)
        (form,) = sent_to(web, GOOGLE)
        waits = [call.request.req_kwargs["timeout"] for call in web.calls]  # type: ignore[attr-defined]  # added by responses

    claims = json.loads(urlsafe_b64decode(form["assertion"].split(".")[1] + "=="))
    asked = {key: claims[key] for key in ("iss", "sub", "scope", "aud")}
    assert asked == {
        "iss": "mail@convene.example.com",
        "sub": USER,
        "scope": "https://mail.google.com/",
        "aud": GOOGLE,
    }
    assert (token.value, round(token.seconds / 10), waits) == (TOKEN, 360, [5.0])
    assert secrets_in(ValueError(), caplog.records, form["assertion"]) == []


def test_google_token_without_a_time_is_not_kept(tmp_path: Path) -> None:
    with token_services() as web:
        web.post(GOOGLE, json={"access_token": TOKEN})
        assert fetch_google(service_account(tmp_path), 5.0) == Token(TOKEN, 0.0)


NEW_KEY = "Make a new key for the service account and put its file where key_file under mail.smtp says"
DELEGATE = (
    f"Let an administrator grant domain-wide delegation to the client id {CLIENT} "
    "for the scope https://mail.google.com/"
)
WRONG_USER = "Correct user under mail.smtp: it must be a mailbox of the domain that granted the delegation"
CLOCK = "Set this machine's clock right"
USUAL = "See that the clock is right, the key not deleted and user a mailbox of the domain"


@pytest.mark.parametrize(
    ("code", "words", "next_step"),
    [
        ("unauthorized_client", "Client is unauthorized to retrieve access tokens", DELEGATE),
        ("access_denied", "Requested client not authorized.", DELEGATE),
        ("invalid_grant", "Invalid email or User ID", WRONG_USER),
        ("invalid_grant", "Not a valid email.", WRONG_USER),
        ("invalid_grant", "Invalid JWT: Token must be a short-lived token in a reasonable timeframe.", CLOCK),
        ("invalid_grant", "Invalid JWT Signature.", NEW_KEY),
        ("invalid_grant", "Invalid grant: account not found", NEW_KEY),
        ("invalid_grant", "", USUAL),
        ("invalid_scope", "is not a valid scope", "Compare the key and the delegation with the steps"),
    ],
)
def test_google_refusal_says_what_to_do(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, code: str, words: str, next_step: str
) -> None:
    with token_services() as web:
        web.post(GOOGLE, status=400, json={"error": code, "error_description": words})
        error = failed(fetch_google, service_account(tmp_path), caplog)

    assert (type(error), str(error)) == (
        MailRejectsUs,
        f"Google gives no token ({code}). {next_step}{AGAIN}",
    )


def test_google_refusal_shows_no_client_id_that_is_none(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    login = service_account(tmp_path, json.dumps(account(client_id=SECRET)))
    with token_services() as web:
        web.post(GOOGLE, status=401, json={"error": "unauthorized_client"})
        error = failed(fetch_google, login, caplog)

    assert "grant domain-wide delegation to the key's client_id for the scope" in str(error)


@pytest.mark.parametrize(
    "body", [NoConnection("down"), ReadTimeout("slow"), SSLError("untrusted"), OSError("x")]
)
def test_google_out_of_reach_is_unavailable(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, body: Exception
) -> None:
    with token_services() as web:
        web.post(GOOGLE, body=body)
        error = failed(fetch_google, service_account(tmp_path), caplog)

    assert (type(error), str(error)) == (
        MailUnavailable,
        f"Google gives no token now ({NO_ANSWER}).{LATER}",
    )


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "{}"),
        (503, "<html>down</html>"),
        (400, '{"error": "server_error"}'),
        (400, "<html>no</html>"),
        (400, "[]"),
        (200, "<html>sign in to the hotel's network</html>"),
        (200, f'{{"id_token": "{TOKEN}"}}'),
        (200, f'["{TOKEN}"]'),
        (200, f'{{"access_token": "{TOKEN}", "expires_in": "soon"}}'),
        (200, f'{{"access_token": ["{TOKEN}"], "expires_in": 3599}}'),
        (200, f'{{"access_token": "{TOKEN}\\u0001auth=x", "expires_in": 3599}}'),
        (200, '{"access_token": "", "expires_in": 3599}'),
    ],
)
def test_google_in_trouble_is_unavailable(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    body: str,
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # between the library's three attempts
    with token_services() as web:
        web.post(GOOGLE, status=status, body=body)
        error = failed(fetch_google, service_account(tmp_path), caplog)

    assert isinstance(error, MailUnavailable)
    assert str(error).startswith("Google gives no token now (")


@pytest.mark.parametrize(
    ("content", "next_step"),
    [
        ("", "Name the key of a service account, as downloaded (JSON), in key_file"),
        ("[1]", "Name the key of a service account, as downloaded (JSON), in key_file"),
        ("{}", "Name the key of a service account, as downloaded (JSON), in key_file"),
        (
            json.dumps(account(token_uri="http://oauth2.example.com")),
            "Name the key of a service account, as downloaded (JSON), in key_file",
        ),
        (json.dumps({**account(), "client_email": None, "private_key": private_key()[:400]}), NEW_KEY),
        (json.dumps({"token_uri": GOOGLE, "private_key": private_key()}), NEW_KEY),
        (json.dumps(account(private_key="none")), NEW_KEY),
        (json.dumps(account(private_key=5)), NEW_KEY),
    ],
)
def test_google_key_file_that_is_none_is_rejected(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: str, next_step: str
) -> None:
    with token_services():
        error = failed(fetch_google, service_account(tmp_path, content), caplog)

    assert (type(error), str(error)) == (MailRejectsUs, f"Google gives no token. {next_step}{AGAIN}")


def test_google_key_file_that_has_gone_is_rejected(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    error = failed(fetch_google, GoogleToken(tmp_path / "gone.json", USER), caplog)

    next_step = "See that key_file under mail.smtp is there and may be read (No such file or directory)"
    assert (type(error), str(error)) == (MailRejectsUs, f"Google gives no token. {next_step}{AGAIN}")
