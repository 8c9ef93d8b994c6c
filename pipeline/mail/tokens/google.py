"""A token from Google: a service account, by domain-wide delegation, speaks for a mailbox of its domain."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from logging import CRITICAL, getLogger
from pathlib import Path
from typing import Protocol

from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import Request
from google.oauth2.service_account import Credentials

from pipeline.mail.tokens.base import Token, read_token, refused, unavailable
from pipeline.mail.tokens.web import PatientSession
from pipeline.model.errors import ConveneError
from pipeline.model.google_account import Fault, fault_of, parse_key
from pipeline.model.settings import GoogleToken

SCOPE = "https://mail.google.com/"
_WHOM = "Google"
_NONSENSE = "it is in trouble, or its answer makes no sense"
_NEW_KEY = "Make a new key for the service account and put its file where key_file under mail.smtp says"
_CLOCK = "Set this machine's clock right"
_USER = "Correct user under mail.smtp: it must be a mailbox of the domain that granted the delegation"
_STEPS = {Fault.CLOCK: _CLOCK, Fault.USER: _USER, Fault.KEY: _NEW_KEY, Fault.ACCOUNT: _NEW_KEY}


class _Credentials(Protocol):
    """What is used of the library's credentials, for which it has no types; `expiry` is naive, in UTC."""

    token: object
    expiry: datetime | None

    def refresh(self, request: Request) -> None: ...


_read_key: Callable[..., _Credentials] = Credentials.from_service_account_info


def fetch(login: GoogleToken, timeout: float) -> Token:
    """Get a token for mail; `timeout` in seconds bounds each wait.

    Raises `MailUnavailable` where Google cannot be reached or is in trouble, `MailRejectsUs` for all that a
    person must put right.
    """
    info = _read_file(Path(login.key_file))
    try:
        credentials = _read_key(info, scopes=(SCOPE,), subject=login.user)
    except (GoogleAuthError, ValueError, TypeError, AttributeError) as error:
        raise refused(_WHOM, "", _NEW_KEY) from error
    with PatientSession(timeout) as session:
        _refresh(credentials, Request(session), str(info.get("client_id", "")))
    return read_token(_WHOM, credentials.token, _seconds_left(credentials.expiry))


def _read_file(path: Path) -> Mapping[str, object]:
    try:
        info = parse_key(path.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        next_step = f"See that key_file under mail.smtp is there and may be read ({error.strerror})"
        raise refused(_WHOM, "", next_step) from error
    if info is None:
        raise refused(_WHOM, "", "Name the key of a service account, as downloaded (JSON), in key_file")
    return info


def _refresh(credentials: _Credentials, request: Request, client_id: str) -> None:
    # Its log of what it sends, at the level DEBUG, has in it what a token is given for.
    getLogger(Request.__module__).setLevel(CRITICAL)
    # Causes are dropped: an answer that makes no sense, and what it was made of, could have a token in it.
    try:
        credentials.refresh(request)
    except RefreshError as error:
        raise _failure_of(error, client_id) from None
    except (GoogleAuthError, OSError):
        raise unavailable(_WHOM, "no secure connection, or no answer in time") from None
    except (ValueError, TypeError, AttributeError):
        raise unavailable(_WHOM, _NONSENSE) from None


def _failure_of(error: RefreshError, client_id: str) -> ConveneError:
    said = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], Mapping) else {}
    code, words = str(said.get("error", "")), str(said.get("error_description", ""))
    if error.retryable or not code:
        return unavailable(_WHOM, _NONSENSE)
    if code in {"unauthorized_client", "access_denied"}:
        whose = f"client id {client_id}" if re.fullmatch(r"\d{1,30}", client_id) else "key's client_id"
        next_step = f"Let an administrator grant domain-wide delegation to the {whose} for the scope {SCOPE}"
        return refused(_WHOM, code, next_step)
    if code == "invalid_grant":
        usual = "See that the clock is right, the key not deleted and user a mailbox of the domain"
        return refused(_WHOM, code, _STEPS.get(fault_of(words), usual))
    return refused(_WHOM, code, "Compare the key and the delegation with the steps")


def _seconds_left(expiry: datetime | None) -> float:
    """Return how long a token holds; no time at all where nobody knows."""
    return (expiry.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds() if expiry else 0.0
