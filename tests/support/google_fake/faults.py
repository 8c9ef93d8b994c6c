"""What can go wrong on the way to Google and back."""

from dataclasses import dataclass

from tests.support.google_fake.errors import QUOTA, UNAVAILABLE, Refused

PAGE = """<!DOCTYPE html>
<html lang=en><title>Error 502 (Server Error)!!1</title>
<p><b>502.</b> <ins>That's an error.</ins>
<p>The server encountered a temporary error and could not complete your request.</html>
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure: a `status` (0: the connection is reset), before or after the request was carried out.

    `delay` is how many seconds the answer keeps the client waiting; with status 200 that is all.
    """

    status: int
    message: str = ""
    applied: bool = False
    is_page: bool = False
    delay: float = 0.0

    def answer(self) -> Refused:
        """Return what Google says of it."""
        return Refused(self.status, self.message)


TOO_MANY = Fault(429, QUOTA)
DOWN = Fault(503, UNAVAILABLE)
DOWN_AFTER = Fault(503, UNAVAILABLE, applied=True)
BROKEN = Fault(500, "Internal error encountered.")
RESET = Fault(0)
RESET_AFTER = Fault(0, applied=True)
BAD_GATEWAY = Fault(502, is_page=True)
BAD_GATEWAY_AFTER = Fault(502, applied=True, is_page=True)


def slow(seconds: float) -> Fault:
    """Return a delay; the request is carried out, and answered when nobody may wait any more."""
    return Fault(200, applied=True, delay=seconds)
