"""Access tokens: what stands in for a password at relays that take none, and how long each may be used.

How a token is got is left to `google_token` and `microsoft_token`, how it is shown to a relay to `login`.
"""

import re
from collections.abc import Callable
from dataclasses import field
from time import monotonic

from pipeline.model.errors import MailRejectsUs, MailUnavailable
from pipeline.model.frozen import dataclass

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{1,16384}=*")  # RFC 6750, 2.1
_CODE = re.compile(r"\w{1,40}", re.ASCII)
_EARLY = 300.0  # seconds before its end that a token is no longer used: clocks differ, and a login takes time


@dataclass(frozen=True, slots=True)
class Token:
    """A token, never shown; `seconds` is how long it holds from now on."""

    value: str = field(repr=False)
    seconds: float


class Tokens:
    """Keeps the token that `fetch` got until shortly before its end; `clock` counts seconds, from anywhere."""

    def __init__(self, fetch: Callable[[], Token], clock: Callable[[], float] = monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._value = ""
        self._until = 0.0

    def kept(self) -> str:
        """Return the token at hand; empty where there is none, or none that holds long enough."""
        return self._value if self._clock() < self._until else ""

    def fresh(self) -> str:
        """Fetch a new token and keep it. Raises `MailUnavailable` or `MailRejectsUs` where none is given."""
        self._value = ""
        asked = self._clock()
        token = self._fetch()
        self._value, self._until = token.value, asked + token.seconds - _EARLY
        return token.value


def read_token(whom: str, value: object, seconds: float) -> Token:
    """Make a token of what `whom` gave; raises `MailUnavailable` where it cannot be one."""
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise unavailable(whom, "its answer makes no sense")
    return Token(value, seconds)


def unavailable(whom: str, why: str) -> MailUnavailable:
    """Say that `whom` gives no token now."""
    return MailUnavailable(
        f"{whom} gives no token now ({why}). Every message is kept; run again later.", passes=True
    )


def refused(whom: str, code: str, next_step: str) -> MailRejectsUs:
    """Say that `whom` gives no token until somebody does `next_step`; `code` is its word for the reason."""
    said = f" ({code})" if _CODE.fullmatch(code) else ""
    return MailRejectsUs(
        f"{whom} gives no token{said}. {next_step}, then run again (see docs/mail.md). Every message is kept."
    )
