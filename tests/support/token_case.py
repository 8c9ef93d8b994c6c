"""Google's and Microsoft's token services, faked, and a service account's key made for the tests.

    with token_services() as web:
        web.post(GOOGLE, json=GRANTED)
        ...

Nothing leaves this machine: a request that was not foreseen is an error. `secrets_in` looks for secrets.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from logging import LogRecord
from pathlib import Path
from traceback import format_exception
from typing import Any
from urllib.parse import parse_qs

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from responses import RequestsMock

from pipeline.mail.tokens.base import Token
from pipeline.model.errors import ConveneError
from pipeline.model.settings import GoogleToken, MicrosoftToken

USER = "team@example.org"
TOKEN = "ya29.a0Af_this-is~secret+and/long" * 8 + "=="
GRANTED = {"access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer"}

GOOGLE = "https://oauth2.googleapis.com/token"
CLIENT = "102030405060708090100"

TENANT = "11111111-2222-3333-4444-555555555555"
MICROSOFT = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
DIRECTORY = f"https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration"
SECRET = "s3cr3t~of.the-application"
APPLICATION = MicrosoftToken(TENANT, "66666666-7777-8888-9999-000000000000", SECRET, USER)

KEPT = " Every message is kept."
AGAIN = f", then run again (see docs/mail.md).{KEPT}"
LATER = f"{KEPT[:-1]}; run again later."
NO_ANSWER = "no secure connection, or no answer in time"


def token_services() -> RequestsMock:
    return RequestsMock(assert_all_requests_are_fired=False)


def with_directory(web: RequestsMock) -> RequestsMock:
    """Let Microsoft's directory be found, as msal asks for it first."""
    web.get(
        DIRECTORY,
        json={
            "issuer": f"https://login.microsoftonline.com/{TENANT}/v2.0",
            "authorization_endpoint": MICROSOFT.replace("token", "authorize"),
            "token_endpoint": MICROSOFT,
        },
    )
    return web


@cache
def private_key() -> str:
    key = generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def account(**changes: object) -> dict[str, object]:
    """Return the content of a service account's key file, with `changes`."""
    return {
        "type": "service_account",
        "project_id": "convene",
        "private_key_id": "0123456789abcdef",
        "private_key": private_key(),
        "client_email": "mail@convene.example.com",
        "client_id": CLIENT,
        "token_uri": GOOGLE,
        **changes,
    }


def service_account(folder: Path, content: str | None = None) -> GoogleToken:
    """Write a key file (with another `content`, if given) and return the login by it."""
    path = folder / "key.json"
    path.write_text(json.dumps(account()) if content is None else content)
    path.chmod(0o600)
    return GoogleToken(path, USER)


def sent_to(web: RequestsMock, url: str) -> list[dict[str, str]]:
    """Return the forms that were sent to `url`."""
    bodies = [call.request.body for call in web.calls if call.request.url == url]
    texts = [body.decode() if isinstance(body, bytes) else str(body) for body in bodies]
    return [{key: values[0] for key, values in parse_qs(text).items()} for text in texts]


def secrets_in(error: BaseException, records: Iterable[LogRecord], *more: str) -> list[str]:
    """Return the secrets that an error, all it came from, or a record of ours or a library's shows."""
    key = private_key().splitlines()
    told = "".join(format_exception(error)) + repr(error)
    for record in records:
        # The relay of the tests keeps a diary of all it hears.
        if record.name != "mail.log":
            told += record.getMessage() + str(record.exc_info) + repr(record.__dict__)
    return [secret for secret in (TOKEN, SECRET, *key, *more) if secret in told]


def failed(
    fetch: Callable[[Any, float], Token],
    login: GoogleToken | MicrosoftToken,
    caplog: pytest.LogCaptureFixture,
) -> ConveneError:
    """Return the error that fetching raises; no secret may be in it, in what it came from, or in the log."""
    caplog.set_level("DEBUG")
    with pytest.raises(ConveneError) as raised:
        fetch(login, 5.0)
    assert secrets_in(raised.value, caplog.records) == []
    return raised.value
