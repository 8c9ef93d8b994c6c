"""Logging in at a relay: by password (PLAIN, LOGIN) or by access token (XOAUTH2).

What is said here is secret: every answer comes back with the texts that must not be shown of it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import field

from pipeline.mail.smtp.wire import Wire
from pipeline.mail.tokens.base import Token
from pipeline.model.frozen import dataclass
from pipeline.model.settings import GoogleToken, Login, MicrosoftToken, Password


@dataclass(frozen=True, slots=True)
class Answer:
    """The relay's reply to a login; `private` are the texts that it may repeat and nobody may see."""

    code: int
    text: bytes
    private: tuple[str, ...] = field(repr=False)


def by_password(wire: Wire, login: Password) -> Answer | None:
    """Log in by PLAIN or LOGIN, whichever is offered; None where neither is."""
    user, secret = login.username, login.secret
    answers = {"PLAIN": (f"\0{user}\0{secret}",), "LOGIN": (user, secret)}
    method = next((known for known in answers if known in _offered(wire)), "")
    if not method:
        return None
    reply = wire.docmd("AUTH", method)
    said = tuple(_base64(answer) for answer in answers[method])
    for each in said:
        reply = wire.docmd(each) if reply[0] == 334 else reply
    return Answer(*reply, (user, secret, *said))


def by_token(wire: Wire, user: str, token: str) -> Answer | None:
    """Log in by XOAUTH2 (developers.google.com/workspace/gmail/imap/xoauth2-protocol); None if not offered.

    A relay that refuses says why in a 334, waits for an empty line and only then replies: both are in the
    answer's text.
    """
    if "XOAUTH2" not in _offered(wire):
        return None
    said = _base64(f"user={user}\x01auth=Bearer {token}\x01\x01")
    private = (user, token, said)
    code, text = wire.docmd("AUTH", f"XOAUTH2 {said}")
    if code != 334:
        return Answer(code, text, private)
    why = _reasons(text)
    code, text = wire.docmd("")
    return Answer(code, text + why, private)


def _reasons(challenge: bytes) -> bytes:
    """Return the status and scope of a refusal as words to add to the reply; nothing where it has none."""
    try:
        told = json.loads(b64decode(challenge, validate=True))
    except (ValueError, RecursionError):
        return b""
    found = told if isinstance(told, dict) else {}
    named = ", ".join(f"{key} {found[key]}" for key in ("status", "scope") if key in found)
    return f" ({named})".encode("utf-8", "replace") if named else b""


def _offered(wire: Wire) -> tuple[str, ...]:
    return tuple(wire.esmtp_features.get("auth", "").upper().split())


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def fetcher(login: GoogleToken | MicrosoftToken, timeout: float) -> Callable[[], Token]:
    """Return what gets a token for `login`; its library is loaded when it is first asked."""

    def fetch() -> Token:
        if isinstance(login, GoogleToken):
            from pipeline.mail.tokens.google import fetch as ask_google

            return ask_google(login, timeout)
        from pipeline.mail.tokens.microsoft import fetch as ask_microsoft

        return ask_microsoft(login, timeout)

    return fetch


def remedy(login: Login, text: str) -> str:
    """Say what a person can do about a refused login; `text` is what the relay said."""
    if isinstance(login, GoogleToken):
        return "Let the mailbox google.user use SMTP (see docs/mail.md), or correct it"
    if isinstance(login, MicrosoftToken):
        return (
            "Give the application SMTP.SendAsApp, and its service principal in Exchange the mailbox "
            "(see docs/mail.md), or correct microsoft"
        )
    if "5.7.30" in text:  # Microsoft: basic authentication has ended
        return "Passwords are no longer taken there: write login: microsoft (see docs/mail.md)"
    return "Correct username and password"
