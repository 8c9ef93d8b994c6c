"""Requests to Google Sheets: counted, bounded in time; reading is tried again by itself, writing never.

A write without an answer may have been carried out: only who reads again and compares may repeat it.
"""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import AuthorizedSession
from gspread import Client
from gspread.http_client import HTTPClient
from requests import Response, Session
from requests.exceptions import RequestException

from pipeline.model.settings import GoogleSettings
from pipeline.sheets.google.failures import Passing, Whom, failure_of, grant_failure
from pipeline.sheets.google.key import make_credentials, no_credentials, read_key
from pipeline.sheets.google.patience import Patience, Timing

Json: TypeAlias = dict[str, Any]

HOST = "https://sheets.googleapis.com"
_NO_ANSWER = "no connection, or no answer in time"
_CONNECT = 10.0
_COMPACT = {"prettyPrint": "false"}  # spaces are most of what Google sends otherwise
_authorized: Callable[..., Session] = AuthorizedSession


class Http(HTTPClient):
    """gspread's client with another host where there is one, and every answer as it came."""

    host, calls = HOST, 0

    def request(self, method: str, endpoint: str, *args: Any, **named: Any) -> Response:
        self.calls += 1
        url = endpoint.replace(HOST, self.host, 1)
        return self.session.request(method, url, *args, **{**named, "timeout": self.timeout})


class Api:
    """One spreadsheet, as the service account sees it; nothing is read or connected before it is asked for."""

    def __init__(self, settings: GoogleSettings, timing: Timing) -> None:
        self._settings, self._timing = settings, timing
        self._whom = Whom("", "", settings.spreadsheet)
        self._http: Http | None = None

    @property
    def calls(self) -> int:
        """How many requests were made so far, those that failed included."""
        return self._http.calls if self._http else 0

    def get(self, params: Mapping[str, Any]) -> Json:
        """Read the spreadsheet (`spreadsheets.get`); what passes by itself is tried again.

        Raises Refusal, SheetBusy when time is up, SheetError for what a person must put right.
        """
        patience = Patience(self._settings.retry_for, self._timing)
        while True:
            try:
                return self._ask("get", "", params={**params, **_COMPACT})
            except Passing as passing:
                patience.wait(str(passing))

    def update(self, body: Json, fields: str) -> Json:
        """Change the spreadsheet (`spreadsheets.batchUpdate`): all of it or nothing. Once, whatever happens.

        Raises Passing (it may have been carried out, unless `was_refused`), Refusal, SheetError.
        """
        return self._ask("post", ":batchUpdate", params={"fields": fields, **_COMPACT}, json=body)

    def write_values(self, body: Json) -> None:
        """Write values where marks are (`spreadsheets.values.batchUpdateByDataFilter`). Once, whatever happens.

        Raises as `update` does.
        """
        self._ask(
            "post", "/values:batchUpdateByDataFilter", params={"fields": "totalUpdatedCells"}, json=body
        )

    def _ask(self, method: str, what: str, **named: Any) -> Json:
        http = self._open()
        url = f"{HOST}/v4/spreadsheets/{self._settings.spreadsheet}{what}"
        # Causes are dropped: what was sent and what came back could have a token or an answer in it.
        try:
            response = http.request(method, url, **named)
        except RefreshError as error:
            said = error.args[1] if len(error.args) > 1 else None
            if error.retryable or not said:
                raise Passing("its token service is in trouble", was_refused=True) from None
            raise grant_failure(said, self._whom.account) from None
        except (RequestException, GoogleAuthError, OSError):
            raise Passing(_NO_ANSWER) from None
        if response.ok:
            return self._read(response)
        raise failure_of(response.status_code, _json(response), self._whom)

    def _read(self, response: Response) -> Json:
        found = _json(response)
        if not isinstance(found, dict):
            raise Passing("its answer makes no sense")
        return found

    def _open(self) -> Http:
        if self._http is None:
            client = Client(no_credentials(), session=self._session(), http_client=Http)
            client.set_timeout((_CONNECT, self._settings.timeout))
            http = client.http_client
            assert isinstance(http, Http)  # noqa: S101 - just made
            http.host = self._settings.emulator or HOST
            self._http = http
        return self._http

    def _session(self) -> Session:
        # What the library logs at the level DEBUG has tokens in it.
        logging.getLogger("google.auth").setLevel(logging.CRITICAL)
        if self._settings.emulator:
            session = _authorized(no_credentials())
            session.trust_env = False  # a proxy knows nothing of this machine's own addresses
            return session
        info = read_key(Path(self._settings.key_file))
        self._whom = Whom(
            str(info.get("client_email", "")), str(info.get("project_id", "")), self._settings.spreadsheet
        )
        return _authorized(make_credentials(info), refresh_timeout=self._settings.timeout)


def _json(response: Response) -> object:
    try:
        return response.json()
    except ValueError:
        return None
