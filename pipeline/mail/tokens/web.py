"""HTTP in which every wait has an end, for the libraries that fetch tokens (msal by itself sets none)."""

from typing import Any

from requests import Response, Session


class PatientSession(Session):
    """A session that waits `seconds` for a connection and for each part of an answer, and no longer."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def request(self, *args: Any, **named: Any) -> Response:
        return super().request(*args, **{**named, "timeout": self._seconds})
