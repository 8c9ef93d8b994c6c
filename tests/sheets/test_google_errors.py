"""Every way in which Google can say no, through the real google-auth and gspread: one sentence, and no secret."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from requests.exceptions import ConnectionError as NoConnection
from requests.exceptions import ReadTimeout
from responses import RequestsMock

from pipeline.model.errors import ConveneError, SheetBusy, SheetError
from pipeline.model.settings import GoogleSettings
from pipeline.sheets.google.sheet import GoogleSheet
from tests.support.google_case import FakeTime
from tests.support.sheet_suite import DRESSING
from tests.support.token_case import GOOGLE, GRANTED, TOKEN, private_key, sent_to

ID = "1aB-cD_eF2345678901234567890"
SHEET = f"https://sheets.googleapis.com/v4/spreadsheets/{ID}"
ACCOUNT = "convene@a-project.iam.gserviceaccount.com"
KEY_SAYS = (
    "See that this machine's clock is right; if it is, make a new key for the service account, put its file where "
    "key_file under sheet in config/service.yaml says, and run again."
)


@pytest.fixture
def web() -> Iterator[RequestsMock]:
    with RequestsMock(assert_all_requests_are_fired=False) as web:
        yield web


def key(**changes: str) -> dict[str, str]:
    """Return a service account's key as Google gives it, made for the tests."""
    return {
        "type": "service_account",
        "project_id": "a-project",
        "private_key_id": "0123456789abcdef",
        "private_key": private_key(),
        "client_email": ACCOUNT,
        "token_uri": GOOGLE,
    } | changes


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "google-key.json"
    path.write_text(json.dumps(key()), encoding="utf-8")
    path.chmod(0o600)
    return path


def sheet(key_file: Path, time: FakeTime | None = None) -> GoogleSheet:
    settings = GoogleSettings(ID, "Form responses 1", key_file)
    return GoogleSheet(settings, DRESSING, (time or FakeTime()).timing())


def failure(key_file: Path) -> ConveneError:
    with pytest.raises(ConveneError) as raised:
        sheet(key_file).read()
    return raised.value


def refusal(code: int, message: str, reason: str = "") -> dict[str, Any]:
    """Return an answer as Google words it."""
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}] if reason else []
    return {"error": {"code": code, "message": message, "status": "X", "details": details}}


DISABLED = "Google Sheets API has not been used in project 12345 before or it is disabled."


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (
            403,
            refusal(403, "The caller does not have permission"),
            "The spreadsheet is not shared with Convene's account, or not for editing. In the sheet, press “Share”, "
            f"add {ACCOUNT} as Editor, and run again.",
        ),
        (
            403,
            refusal(403, DISABLED, "SERVICE_DISABLED"),
            "The Google Sheets API is not enabled in the project a-project of the service account. Enable it at "
            "console.cloud.google.com, “APIs & Services”, wait a few minutes and run again.",
        ),
        (
            404,
            refusal(404, "Requested entity was not found."),
            f"There is no spreadsheet {ID}. Copy its address from the browser into config/service.yaml, "
            "sheet.spreadsheet, and run again.",
        ),
        (
            400,
            refusal(400, "This operation is not supported for this document"),
            "The spreadsheet is an Excel file that Google only shows. In the sheet, choose “File”, “Save as Google "
            "Sheets”, share the new one, and put its address in config/service.yaml.",
        ),
        (
            405,
            None,
            "Google Sheets refused the request (status 405). Look whether the sheet opens in a browser and run again.",
        ),
    ],
)
def test_what_google_refuses_is_said_in_one_sentence(
    web: RequestsMock, key_file: Path, status: int, body: object, said: str
) -> None:
    web.post(GOOGLE, json=GRANTED)
    web.get(SHEET, status=status, **({"json": body} if body else {"body": "<html>no</html>"}))
    error = failure(key_file)
    assert (type(error), str(error)) == (SheetError, said)


def test_what_nobody_foresaw_is_said_in_googles_words(web: RequestsMock, key_file: Path) -> None:
    web.post(GOOGLE, json=GRANTED)
    web.get(SHEET, status=400, json=refusal(400, "Something\nnew"))
    assert str(failure(key_file)) == (
        "Google Sheets does not let the spreadsheet be read. See that it opens in a browser and run again. "
        "(Google says: Something new)"
    )


def test_a_key_that_is_refused_again_and_again(web: RequestsMock, key_file: Path) -> None:
    web.post(GOOGLE, json=GRANTED)
    web.get(SHEET, status=401, json=refusal(401, "Request had invalid authentication credentials."))
    assert str(failure(key_file)) == f"Google does not accept the key of {ACCOUNT}. {KEY_SAYS}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Invalid JWT Signature.", f"The key of {ACCOUNT} was deleted or has expired. {KEY_SAYS}"),
        (
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat "
            "and exp values in the JWT claim.",
            "Google does not accept the key: this machine's clock is wrong. Set it right and run again.",
        ),
        (
            "Invalid grant: account not found",
            f"Google knows no service account {ACCOUNT} any more, or it is disabled. Enable it at "
            "console.cloud.google.com, “Service accounts”, or make a new one with a new key, and run again.",
        ),
        ("Something new", f"Google does not accept the key of {ACCOUNT}. {KEY_SAYS}"),
    ],
)
def test_a_key_that_gets_no_token(web: RequestsMock, key_file: Path, words: str, said: str) -> None:
    web.post(GOOGLE, status=400, json={"error": "invalid_grant", "error_description": words})
    error = failure(key_file)
    assert (type(error), str(error)) == (SheetError, said)


def test_a_key_file_that_is_not_there(tmp_path: Path) -> None:
    assert str(failure(tmp_path / "google-key.json")) == (
        "The key file google-key.json (key_file under sheet in config/service.yaml) cannot be read (No such file or "
        "directory). Put it there as docs/google.md says and run again."
    )


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_file_that_others_can_read(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    assert str(failure(key_file)) == (
        "The key file google-key.json (key_file under sheet in config/service.yaml) can be read by others on this "
        "machine. Run `chmod 600 google-key.json`, and run again."
    )


@pytest.mark.parametrize(
    "content",
    [
        "not JSON",
        "[]",
        '{"installed": {"client_id": "x"}}',
        json.dumps({"client_email": ACCOUNT, "token_uri": "http://oauth2.googleapis.com/token"}),
    ],
)
def test_a_file_that_is_no_key(key_file: Path, content: str) -> None:
    key_file.write_text(content, encoding="utf-8")
    assert str(failure(key_file)) == (
        "The key file google-key.json (key_file under sheet in config/service.yaml) is not the key of a service "
        "account. Download one as JSON, as docs/google.md says, and run again."
    )


@pytest.mark.parametrize("broken", ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_is_damaged(key_file: Path, broken: str) -> None:
    key_file.write_text(json.dumps(key(private_key=broken)), encoding="utf-8")
    assert "is damaged. Download a new key" in str(failure(key_file))


# --- what passes by itself ---------------------------------------------------------------------------------

ANSWER = {
    "properties": {"title": "Applications", "timeZone": "Europe/Madrid"},
    "sheets": [
        {
            "properties": {
                "sheetId": 7,
                "title": "Form responses 1",
                "gridProperties": {"rowCount": 9, "columnCount": 9},
            }
        }
    ],
}


@pytest.mark.parametrize(
    "trouble",
    [
        {"status": 429, "json": refusal(429, "Quota exceeded")},
        {"status": 500, "json": refusal(500, "Internal error encountered.")},
        {"status": 503, "json": {"error": "no code in it"}},
        {"status": 502, "body": "<html>502</html>"},
        {"status": 408, "body": ""},
        {"status": 200, "body": "<html>a proxy asks you to log in</html>"},
        {"body": ReadTimeout("slow")},
        {"body": NoConnection("reset")},
    ],
)
def test_what_passes_is_waited_for(web: RequestsMock, key_file: Path, trouble: dict[str, Any]) -> None:
    time = FakeTime()
    web.post(GOOGLE, json=GRANTED)
    web.get(SHEET, **trouble)
    web.get(SHEET, **trouble)
    web.get(SHEET, json=ANSWER)
    found = sheet(key_file, time)
    assert found.read().title == "Applications, tab “Form responses 1”"
    assert (found.calls, time.slept) == (4, [1.0, 2.0])


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (
            {"status": 429, "json": refusal(429, "x")},
            "the quota for requests is used up (60 a minute for each account)",
        ),
        ({"status": 502, "body": "<html>"}, "it is in trouble or cannot be reached (status 502)"),
        ({"body": NoConnection("reset")}, "no connection, or no answer in time"),
    ],
)
def test_after_five_minutes_it_is_given_up_for_now(
    web: RequestsMock, key_file: Path, trouble: dict[str, Any], said: str
) -> None:
    time = FakeTime()
    web.post(GOOGLE, json=GRANTED)
    web.get(SHEET, **trouble)
    with pytest.raises(SheetBusy) as raised:
        sheet(key_file, time).read()
    assert (
        str(raised.value)
        == f"Google Sheets: {said}. Run again later; the next run goes on where this one stopped."
    )
    assert (raised.value.exit_code, 240 < time.passed <= 300) == (75, True)


@pytest.mark.parametrize("trouble", [{"status": 500, "body": "<html>"}, {"body": NoConnection("reset")}])
def test_a_token_service_in_trouble_passes_too(
    web: RequestsMock, key_file: Path, trouble: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # the library's own few attempts
    web.post(GOOGLE, **trouble)
    assert isinstance(failure(key_file), SheetBusy)


@pytest.mark.parametrize("status", [200, 403, 503])
def test_no_log_and_no_error_holds_a_token_or_a_key(
    web: RequestsMock, key_file: Path, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("google", "google.auth", "urllib3", "gspread", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)
    web.post(GOOGLE, json=GRANTED)
    web.get(SHEET, status=status, json=ANSWER if status == 200 else refusal(status, "no"))
    said = [repr(GoogleSettings(ID, "x", key_file, retry_for=timedelta(0)))]
    try:
        sheet(key_file).read()
    except ConveneError as error:
        said += [str(error), repr(error.__cause__), repr(error.__context__)]
    said += [record.getMessage() + repr(record.__dict__) for record in caplog.records]
    assertions = [form["assertion"] for form in sent_to(web, GOOGLE)]  # what a token is given for
    secrets = (TOKEN, private_key()[40:80], "Bearer ", *assertions)
    assert not [secret for secret in secrets if any(secret in text for text in said)]
