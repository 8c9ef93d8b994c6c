"""Access tokens from Microsoft: what is asked, and what the refusals mean."""

import sys

import pytest
from requests import ConnectionError as NoConnection
from requests import ReadTimeout
from responses import RequestsMock

from pipeline.mail.tokens.base import Token
from pipeline.mail.tokens.microsoft import fetch as fetch_microsoft
from pipeline.model.errors import MailRejectsUs, MailUnavailable
from tests.support.token_case import (
    AGAIN,
    APPLICATION,
    DIRECTORY,
    GRANTED,
    LATER,
    MICROSOFT,
    NO_ANSWER,
    SECRET,
    TOKEN,
    failed,
    secrets_in,
    sent_to,
    token_services,
    with_directory,
)


def test_microsoft_gives_a_token_to_the_application(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with token_services() as web:
        with_directory(web).post(MICROSOFT, json=GRANTED)
        token = fetch_microsoft(APPLICATION, 5.0)
        (form,) = sent_to(web, MICROSOFT)
        waits = {call.request.req_kwargs["timeout"] for call in web.calls}  # type: ignore[attr-defined]  # added by responses

    assert token == Token(TOKEN, 3599.0)
    assert (form["grant_type"], form["scope"]) == (
        "client_credentials",
        "https://outlook.office365.com/.default",
    )
    assert (waits, secrets_in(ValueError(), caplog.records)) == ({5.0}, [])


@pytest.mark.parametrize(
    ("code", "words", "said", "next_step"),
    [
        (
            "invalid_client",
            "AADSTS7000215: Invalid client secret provided.",
            "AADSTS7000215",
            "Correct client_secret under mail.smtp: it is the secret's value, not its id",
        ),
        (
            "invalid_client",
            "AADSTS7000222: The provided client secret keys are expired.",
            "AADSTS7000222",
            "The client secret has expired: make a new one and set it as client_secret under mail.smtp",
        ),
        (
            "unauthorized_client",
            "AADSTS700016: Application was not found in the directory.",
            "AADSTS700016",
            "Correct client_id and tenant under mail.smtp: there is no such application in that directory",
        ),
        (
            "invalid_request",
            "AADSTS90002: Tenant not found.",
            "AADSTS90002",
            "Correct tenant under mail.smtp",
        ),
        (
            "invalid_client",
            f"AADSTS1: {SECRET} is new to us",
            "AADSTS1",
            "Compare tenant, client_id and client_secret under mail.smtp with the application's pages",
        ),
        (
            "invalid_grant",
            "",
            "invalid_grant",
            "Compare tenant, client_id and client_secret under mail.smtp with the application's pages",
        ),
    ],
)
def test_microsoft_refusal_says_what_to_do(
    caplog: pytest.LogCaptureFixture, code: str, words: str, said: str, next_step: str
) -> None:
    with token_services() as web:
        answer = {"error": code, "error_description": words}
        with_directory(web).post(MICROSOFT, status=401, json=answer)
        error = failed(fetch_microsoft, APPLICATION, caplog)

    assert (type(error), str(error)) == (
        MailRejectsUs,
        f"Microsoft gives no token ({said}). {next_step}{AGAIN}",
    )


def test_microsoft_without_such_a_directory_is_rejected(caplog: pytest.LogCaptureFixture) -> None:
    with token_services() as web:
        web.get(DIRECTORY, status=400, json={"error": "invalid_tenant"})
        error = failed(fetch_microsoft, APPLICATION, caplog)

    assert (type(error), str(error)) == (
        MailRejectsUs,
        f"Microsoft gives no token. Correct tenant under mail.smtp{AGAIN}",
    )


def test_microsoft_out_of_reach_is_unavailable(caplog: pytest.LogCaptureFixture) -> None:
    said = f"Microsoft gives no token now ({NO_ANSWER}).{LATER}"
    with token_services() as web:
        web.get(DIRECTORY, body=NoConnection("down"))
        assert str(failed(fetch_microsoft, APPLICATION, caplog)) == said
    with token_services() as web:
        with_directory(web).post(MICROSOFT, body=ReadTimeout("slow"))
        assert str(failed(fetch_microsoft, APPLICATION, caplog)) == said


def trouble_at(web: RequestsMock, url: str, status: int, body: str) -> None:
    if url == MICROSOFT:
        with_directory(web).post(url, status=status, body=body)
    else:
        web.get(url, status=status, body=body)


@pytest.mark.parametrize(
    ("url", "status", "body"),
    [
        (DIRECTORY, 503, "down"),
        (DIRECTORY, 200, "<html>sign in to the hotel's network</html>"),
        (DIRECTORY, 200, "{}"),
        (DIRECTORY, 200, "[]"),
        (MICROSOFT, 503, "down"),
        (MICROSOFT, 200, f"access_token={TOKEN}"),
        (MICROSOFT, 200, "[]"),
        (MICROSOFT, 200, "{}"),
        (MICROSOFT, 400, '{"error": "temporarily_unavailable"}'),
        (MICROSOFT, 200, f'{{"access_token": "{TOKEN} ", "expires_in": 3599}}'),
    ],
)
def test_microsoft_in_trouble_is_unavailable(
    caplog: pytest.LogCaptureFixture, url: str, status: int, body: str
) -> None:
    with token_services() as web:
        trouble_at(web, url, status, body)
        error = failed(fetch_microsoft, APPLICATION, caplog)

    assert isinstance(error, MailUnavailable)
    assert str(error).startswith("Microsoft gives no token now (")


def test_microsoft_without_its_library_says_what_to_type(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "msal", None)

    error = failed(fetch_microsoft, APPLICATION, caplog)

    assert (type(error), str(error)) == (
        MailRejectsUs,
        "Login at Microsoft needs the library msal. Type: pip install 'convene[microsoft]', then run again. "
        "Every message is kept.",
    )
