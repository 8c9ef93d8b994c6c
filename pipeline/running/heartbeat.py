"""The heartbeat: tells a monitor that a run has begun, ended or failed, so that a machine that is off is noticed.

The convention is that of healthchecks.io (healthchecks.io/docs/http_api): the address by itself is success, `/start`
and `/fail` the rest. Nothing is sent but the request; its address is a secret. No run fails by it.
"""

from collections.abc import Callable
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

TIMEOUT = 5.0
"""Seconds that each step of the request may take."""

START, SUCCESS, FAIL = "/start", "", "/fail"


def beat(url: str, what: str, tell: Callable[[str], None]) -> None:
    """Tell the monitor at `url` (if any); `tell` hears why that failed, without the address."""
    if not url:
        return
    request = Request(f"{url}{what}", headers={"User-Agent": "convene"})  # noqa: S310 - the settings let https pass, and loopback
    try:
        with urlopen(request, timeout=TIMEOUT):  # noqa: S310 - see above
            pass
    except HTTPError as error:
        tell(f"The heartbeat was not taken: the monitor answered {error.code}. The run is not affected.")
    except (URLError, HTTPException, OSError, ValueError) as error:
        cause = type(getattr(error, "reason", error)).__name__
        tell(f"The heartbeat could not be sent ({cause}). The run is not affected.")
