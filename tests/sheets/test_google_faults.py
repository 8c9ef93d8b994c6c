"""Whole runs on a Google Sheets that is in trouble: what is waited for, and what a run ends with.

Every fault is placed at every request of a run that sends mail: reading, taking the sheet, reading again, writing.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
import responses
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from pipeline.model.errors import SheetBusy, SheetError
from pipeline.model.message import State
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.run import run
from pipeline.sheets.google import api
from pipeline.sheets.google.sheet import GoogleSheet
from tests.support.build import ANA, BEA, CLO, NOA, SELECTION
from tests.support.desk import Desk, make_desk, make_workspace, table
from tests.support.fakes import FakeMailer
from tests.support.google_case import GoogleCase
from tests.support.google_fake import FakeGoogle, World
from tests.support.google_fake.faults import (
    BAD_GATEWAY,
    BAD_GATEWAY_AFTER,
    BROKEN,
    DOWN,
    DOWN_AFTER,
    RESET,
    RESET_AFTER,
    TOO_MANY,
    Fault,
)
from tests.support.sheet_suite import DRESSING

REQUESTS = ("read", "others", "lease", "read again", "write")
STEPWISE = ("read", "others", "lease", "look", "read again", "write", "look", "close", "look")
"""The same where no number can be exchanged."""

TAB = {False: ("tab",), True: ("look", "tab", "look", "look")}
"""What shows the run in the tab Convene then; in steps, or not."""

FAULTS = {
    "429": TOO_MANY,
    "500": BROKEN,
    "503": DOWN,
    "503 after applying": DOWN_AFTER,
    "reset": RESET,
    "reset after applying": RESET_AFTER,
    "HTML 502": BAD_GATEWAY,
    "HTML 502 after applying": BAD_GATEWAY_AFTER,
}
STATUSES = ["Offered", "Offered", "Waiting list", "Ineligible"]
TOLD = [
    "ana@example.org invitation",
    "bea@example.org invitation",
    "clo@example.org waiting_list",
    "noa@example.org not_selected",
]
GRANT = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
TOKENS = "https://oauth2.googleapis.com/token"


class Call:
    """The small call on a Google spreadsheet, with time that only waiting moves on."""

    def __init__(self, google: FakeGoogle, folder: Path) -> None:
        self.google, self.case, self.mail = google, GoogleCase(google), FakeMailer()
        self.folder = folder
        headers, *rows = table(ANA, BEA, CLO, NOA)
        self.case.make(tuple(map(str, headers)), rows)
        self.case.open().set_up()
        google.calls.clear()

    @property
    def requests(self) -> tuple[str, ...]:
        """What a run that sends asks for, in order, until the rows say what became of everybody."""
        return STEPWISE if self._is_stepwise else REQUESTS

    @property
    def tab(self) -> tuple[str, ...]:
        """What it asks for then."""
        return TAB[self._is_stepwise]

    @property
    def _is_stepwise(self) -> bool:
        return self.google.world is World.VALIDATES_FIRST

    def writes(self, *between: bool) -> list[bool]:
        """Which of these requests write; `between` are such before the tab."""
        rows, tab = (
            [name in {"lease", "write", "close", "tab"} for name in names]
            for names in (self.requests, self.tab)
        )
        return [*rows, *between, *tab]

    @property
    def first_after_mail(self) -> int:
        return self.requests.index("read again")

    def run(self, sheet: GoogleSheet | None = None) -> Result:
        workspace = make_workspace(self.folder, sheet or self.case.open(), lambda: self.mail)
        return run(workspace, Clock(SELECTION))

    def desk(self) -> Desk:
        """Return the same workspace as a desk, for what it tells of mail and ledger."""
        desk = make_desk(self.folder, ANA)
        return replace(desk, mail=self.mail)

    def statuses(self) -> list[str]:
        return [self.case.people.said(row, "Status") for row in range(1, self.case.people.height())]

    def check(self) -> None:
        """Everybody was told once, and the sheet shows it; the ledger knows every mail that went out."""
        assert (self.statuses(), self.desk().subjects()) == (STATUSES, TOLD)
        self.check_mail()

    def check_mail(self) -> None:
        posted = self.desk().history().posted
        known = [f"{message.to} {message.kind}" for message in posted if message.state is State.ACCEPTED]
        assert self.desk().subjects() == known


Calls: TypeAlias = Iterator[tuple[int, Call]]


@pytest.fixture
def calls(google: FakeGoogle, tmp_path: Path) -> Iterator[Calls]:
    """Yield a fresh call for every request of a run that sends, by its number."""
    google.faults.clear()

    def fresh() -> Calls:
        for position in range(len(Call(google, tmp_path / "first").requests)):
            yield position, Call(google, tmp_path / str(position))
            google.fault_for = lambda _method: None

    yield fresh()
    google.fault_for = lambda _method: None


@pytest.fixture
def call(google: FakeGoogle, tmp_path: Path) -> Iterator[Call]:
    google.faults.clear()
    yield Call(google, tmp_path)
    google.fault_for = lambda _method: None


def place(google: FakeGoogle, position: int, *faults: Fault) -> None:
    """Let the request at `position` (from 0), and those after it, fail in these ways."""
    waiting = [None] * position + list(faults)
    google.fault_for = lambda _method: waiting.pop(0) if waiting else None


def test_a_run_takes_as_few_requests_as_promised_and_one_where_nothing_is_due(call: Call) -> None:
    first, second = call.run(), call.run()
    assert (first.api_calls, first.failure, second.api_calls) == (len(call.writes()), None, 2)
    assert [one.is_write for one in call.google.calls] == [*call.writes(), False, False]
    call.check()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_is_waited_for(calls: Calls, fault: str) -> None:
    for position, call in calls:
        place(call.google, position, FAULTS[fault])
        result = call.run()
        assert (result.failure, result.tally.sent, len(call.case.time.slept)) == (None, 4, 1)
        assert result.api_calls <= len(call.writes()) + 4
        call.check()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_lasts_for_ten_minutes_ends_the_run(calls: Calls, fault: str) -> None:
    for position, call in calls:
        fail_for_ten_minutes(call, position, FAULTS[fault])
        if position < call.first_after_mail:
            with pytest.raises(SheetBusy) as raised:
                call.run()
            assert (raised.value.exit_code, call.mail.delivered) == (75, [])
        else:
            result = call.run()
            assert isinstance(result.failure, SheetBusy)
            assert (result.exit_code, result.tally.sent) == (75, 4)
        call.check_mail()
        assert 200 < call.case.time.passed < 310  # one patience for all attempts at one thing
        call.case.time.passed += timedelta(minutes=31).total_seconds()  # the lease has run out
        assert call.run().failure is None
        call.check()


def test_a_tab_that_cannot_be_shown_is_the_next_runs(call: Call) -> None:
    fail_for_ten_minutes(call, len(call.requests), DOWN)
    result = call.run()
    assert (result.failure, result.tally.sent) == (None, 4)
    call.check()
    call.google.fault_for = lambda _method: None
    second = call.run()
    assert (second.failure, second.api_calls) == (None, 2 + len(call.tab))


def fail_for_ten_minutes(call: Call, position: int, fault: Fault) -> None:
    passed = iter(range(position))
    call.google.fault_for = lambda _method: (
        fault if next(passed, None) is None and call.case.time.passed < 600 else None
    )


@pytest.mark.parametrize("seconds", [60, 200])
def test_a_quota_that_is_used_up_for_minutes_is_waited_for(call: Call, seconds: int) -> None:
    call.google.fault_for = lambda _method: TOO_MANY if call.case.time.passed < seconds else None
    result = call.run()
    assert (result.failure, call.case.time.passed < seconds + 33) == (None, True)
    call.check()


def test_an_answer_that_comes_too_late_may_have_been_carried_out(calls: Calls) -> None:
    for position, call in calls:
        place(call.google, position, Fault(200, applied=True, delay=1.0))
        sheet = GoogleSheet(call.case.settings(timeout=0.3), DRESSING, call.case.time.timing())
        assert call.run(sheet).failure is None
        call.check()


@pytest.mark.parametrize("fault", ["503 after applying", "reset after applying"])
def test_a_write_that_was_carried_out_is_not_carried_out_again(call: Call, fault: str) -> None:
    place(call.google, call.requests.index("write"), FAULTS[fault])
    before = len(call.case.people.document.writings)
    call.run()
    written = [(one.row, one.column) for one in call.case.people.document.writings[before:]]
    assert len(written) == len(set(written))
    looks = [] if "look" in call.requests else [False]
    assert [one.is_write for one in call.google.calls] == call.writes(*looks)


def test_a_sort_while_the_answer_was_lost_is_noticed(call: Call) -> None:
    """The write was carried out, people sorted before Convene could look: nothing is taken for granted."""
    place(call.google, call.requests.index("write"), RESET_AFTER)
    call.case.time.on_sleep = lambda: call.case.people.sort(call.case.people.column("Status"))
    assert call.run().failure is None
    told = {
        call.case.people.said(row, "Email Address"): status for row, status in enumerate(call.statuses(), 1)
    }
    assert told == dict(zip([line.split()[0] for line in TOLD], STATUSES, strict=True))


@pytest.fixture(scope="module")
def key() -> str:
    """A made-up service account's key, as Google's console gives it."""
    made = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    account = {"type": "service_account", "client_email": "convene@made-up.iam.gserviceaccount.com"}
    return json.dumps(
        account
        | {"project_id": "made-up", "private_key": made.decode(), "private_key_id": "1", "token_uri": TOKENS}
    )


def signed_in(call: Call, key: str, monkeypatch: pytest.MonkeyPatch) -> GoogleSheet:
    """Open the sheet with a key and the real google-auth; only the host of the API is another one."""
    path = call.folder / "key.json"
    path.write_text(key)
    path.chmod(0o600)
    monkeypatch.setattr(api, "HOST", call.google.url)
    settings = replace(call.case.settings(), emulator="", key_file=path)
    return GoogleSheet(settings, DRESSING, call.case.time.timing())


def test_a_run_with_a_real_key_asks_for_a_token_once(
    call: Call, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with responses.RequestsMock() as web:
        web.add_passthru(call.google.url)
        web.post(TOKENS, json={"access_token": "made-up", "expires_in": 3599, "token_type": "Bearer"})
        result = call.run(signed_in(call, key, monkeypatch))
        assert (result.failure, result.api_calls, len(web.calls)) == (None, len(call.writes()), 1)
    call.check()


def test_an_invalid_grant_sends_nothing(call: Call, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with responses.RequestsMock() as web:
        web.post(TOKENS, json=GRANT, status=400)
        with pytest.raises(SheetError, match=r"The key of convene@made-up.iam.gserviceaccount.com"):
            call.run(signed_in(call, key, monkeypatch))
    assert (call.mail.delivered, call.google.calls, call.desk().history().posted) == ([], [], ())


def test_an_invalid_grant_after_sending_keeps_every_result(
    call: Call, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is deleted while mail is going out: the ledger knows all of it, and the next run shows it."""
    with responses.RequestsMock() as web:
        web.add_passthru(call.google.url)
        for _ in range(
            call.first_after_mail
        ):  # reading, taking the sheet; such a token is never fresh enough for another request
            web.post(TOKENS, json={"access_token": "made-up", "expires_in": 1, "token_type": "Bearer"})
        web.post(TOKENS, json=GRANT, status=400)
        result = call.run(signed_in(call, key, monkeypatch))
    assert isinstance(result.failure, SheetError)
    assert (result.exit_code, result.tally.sent, call.statuses()) == (1, 4, [""] * 4)
    call.check_mail()
    call.case.time.passed += timedelta(minutes=31).total_seconds()
    assert call.run().failure is None
    call.check()


def test_a_tab_that_is_deleted_before_sending_stops_the_run(call: Call) -> None:
    call.google.before = lambda method: delete_tab(call, method)
    with pytest.raises(SheetError, match="has no tab"):
        call.run()
    call.google.before = lambda _method: None
    assert (call.mail.delivered, call.desk().history().posted) == ([], ())


def test_a_tab_that_is_deleted_while_mail_goes_out_keeps_every_result(call: Call) -> None:
    call.mail.on_send = lambda _letter: delete_tab(call, "spreadsheets.batchUpdate")
    result = call.run()
    assert (type(result.failure), result.exit_code, result.tally.sent) == (SheetError, 1, 4)
    call.check_mail()


def delete_tab(call: Call, method: str) -> None:
    """Delete the responses tab, unless that was done or the request only reads."""
    if "batchUpdate" in method and call.case.people.tab in call.case.people.document.tabs:
        call.case.people.delete_tab()
