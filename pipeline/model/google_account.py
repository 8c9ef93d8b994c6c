"""A Google service account: what a key file must be, and what Google's words mean where it gives no token.

See developers.google.com/identity/protocols/oauth2/service-account for the errors that are told apart here.
"""

import json
import re
from collections.abc import Mapping
from enum import Enum, auto


class Fault(Enum):
    """Why Google gives no token, as far as its words tell."""

    CLOCK = auto()
    USER = auto()
    """The mailbox that is spoken for is none of the domain."""
    KEY = auto()
    ACCOUNT = auto()
    UNKNOWN = auto()


_SIGNS = (
    (Fault.CLOCK, re.compile(r"short-lived|time ?frame|\biat\b|\bexp\b", re.IGNORECASE)),
    (Fault.USER, re.compile(r"email|user id", re.IGNORECASE)),
    (Fault.KEY, re.compile(r"signature|expired|deleted", re.IGNORECASE)),
    (Fault.ACCOUNT, re.compile(r"account|disabled", re.IGNORECASE)),
)


def parse_key(text: str) -> Mapping[str, object] | None:
    """Return what a key file holds; None where it is not the key of a service account."""
    try:
        info = json.loads(text)
    except ValueError:
        return None
    # What is sent to token_uri is signed with the key: never in the clear.
    is_key = isinstance(info, dict) and str(info.get("token_uri", "")).startswith("https://")
    return info if is_key else None


def fault_of(words: str) -> Fault:
    """Say what Google means by its `error_description`."""
    return next((fault for fault, signs in _SIGNS if signs.search(words)), Fault.UNKNOWN)
