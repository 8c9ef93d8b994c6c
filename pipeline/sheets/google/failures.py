"""Failures of Google as one sentence that says what to do, and which of them pass by themselves.

Sources: developers.google.com/workspace/sheets/api/troubleshoot-api-errors and
developers.google.com/identity/protocols/oauth2/service-account; tests/test_google_errors.py shows each.
"""

import re
from collections.abc import Mapping

from pipeline.model.errors import ConveneError, SheetError
from pipeline.model.frozen import dataclass
from pipeline.model.google_account import Fault, fault_of
from pipeline.model.text import one_line


class Passing(Exception):
    """Google is in trouble, out of reach or short of quota; `was_refused` where it surely did nothing."""

    def __init__(self, what: str, *, was_refused: bool = False) -> None:
        super().__init__(what)
        self.was_refused = was_refused


class Refusal(Exception):
    """Google did not carry out a request (status 400) and did nothing; holds its own words."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Who asked for what: the service account's address, its project, the spreadsheet."""

    account: str
    project: str
    spreadsheet: str


def failure_of(status: int, body: object, whom: Whom) -> Exception:
    """Turn an answer that is no success into what to raise; `body` is its JSON, None where it has none."""
    words, reason = _words(body)
    if status == 429:
        quota = "the quota for requests is used up (60 a minute for each account)"
        return Passing(quota, was_refused=True)
    if status == 408 or status >= 500:
        return Passing(f"it is in trouble or cannot be reached (status {status})")
    if status == 403:
        return _forbidden(words, reason, whom)
    if status == 400 and "not supported for this document" in words:
        return SheetError(
            "The spreadsheet is an Excel file that Google only shows. In the sheet, choose “File”, “Save as "
            "Google Sheets”, share the new one, and put its address in config/service.yaml."
        )
    return Refusal(words) if status == 400 else _lost(status, whom)


def _words(body: object) -> tuple[str, str]:
    """Return Google's message and its short reason; nothing where the answer has another shape."""
    error = body.get("error") if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping):
        return "", ""
    details = error.get("details")
    reasons = [str(one.get("reason", "")) for one in details or () if isinstance(one, Mapping)]
    return str(error.get("message", "")), next(filter(None, reasons), "")


def _forbidden(words: str, reason: str, whom: Whom) -> ConveneError:
    if reason == "SERVICE_DISABLED" or "has not been used in project" in words:
        number = re.search(r"project (\d+)", words)
        project = whom.project or (number[1] if number else "")
        return SheetError(
            f"The Google Sheets API is not enabled in the project {project} of the service account. Enable it "
            "at console.cloud.google.com, “APIs & Services”, wait a few minutes and run again."
        )
    if "rotected" in words:
        return protected()
    return SheetError(
        "The spreadsheet is not shared with Convene's account, or not for editing. In the sheet, press “Share”, "
        f"add {whom.account} as Editor, and run again."
    )


def _lost(status: int, whom: Whom) -> ConveneError:
    if status == 404:
        return SheetError(
            f"There is no spreadsheet {whom.spreadsheet}. Copy its address from the browser into "
            "config/service.yaml, sheet.spreadsheet, and run again."
        )
    if status == 401:
        return SheetError(f"Google does not accept the key of {whom.account}. {NEW_KEY}")
    return SheetError(
        f"Google Sheets refused the request (status {status}). Look whether the sheet opens in a browser and run again."
    )


NEW_KEY = (
    "See that this machine's clock is right; if it is, make a new key for the service account, put its file where "
    "key_file under sheet in config/service.yaml says, and run again."
)


def protected() -> SheetError:
    """Say that a protection keeps Convene from its own columns."""
    return SheetError(
        "A protected range keeps Convene from writing in its own columns. In the sheet, under “Data”, “Protect sheets "
        "and ranges”, allow Convene's account to edit it, or take the protection away, and run again."
    )


def refuse_protected(refusal: Refusal) -> None:
    """Raise SheetError where Google refused because of a protection: trying again is no use."""
    if "protected" in str(refusal).lower():
        raise protected() from None


def restless(refusal: Refusal) -> str:
    """Say that an update was refused again and again: people and the form are at work, as far as anybody can know."""
    return (
        "the spreadsheet was changed in the moment of every attempt, or Google does not allow what Convene asks for; "
        f"nothing was written (Google says: {one_line(str(refusal))[:200]})"
    )


def grant_failure(said: object, account: str) -> SheetError:
    """Explain why Google gave no token: what it said of the key (`error`, `error_description`)."""
    fields = said if isinstance(said, Mapping) else {}
    match fault_of(str(fields.get("error_description", ""))):
        case Fault.CLOCK:
            return SheetError(
                "Google does not accept the key: this machine's clock is wrong. Set it right and run again."
            )
        case Fault.KEY:
            return SheetError(f"The key of {account} was deleted or has expired. {NEW_KEY}")
        case Fault.ACCOUNT:
            return SheetError(
                f"Google knows no service account {account} any more, or it is disabled. Enable it at "
                "console.cloud.google.com, “Service accounts”, or make a new one with a new key, and run again."
            )
        case _:
            return SheetError(f"Google does not accept the key of {account}. {NEW_KEY}")
