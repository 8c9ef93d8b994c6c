"""The section `sheet` of config/service.yaml for a Google spreadsheet: what is given, and what is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.config.load import load
from pipeline.model.settings import GoogleSettings
from tests.support.config_case import CALL, SERVICE, make_workspace, problems_of

ID = "1aB-cD_eF2345678901234567890"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{ID}/edit?gid=0#gid=0"
LINES = (f"spreadsheet: {ADDRESS}", "tab: Form responses 1", "key_file: google-key.json")
STAND_IN = {"SHEETS_EMULATOR_HOST": "http://127.0.0.1:8085/"}


def service(*lines: str) -> str:
    """Return a service on a Google sheet with these lines."""
    written = "\n  ".join(("kind: google", *lines))
    return SERVICE.replace("kind: workbook", written, 1).replace("\n  path: responses.xlsx", "", 1)


def sheet_of(folder: Path, *lines: str, environ: dict[str, str] | None = None) -> object:
    return load(make_workspace(folder, CALL, service(*lines)), environ or {}).service.sheet


def problems(folder: Path, *lines: str, environ: dict[str, str] | None = None) -> list[str]:
    return problems_of(make_workspace(folder, CALL, service(*lines)), environ or {})


def test_what_is_left_out_has_its_usual_value(tmp_path: Path) -> None:
    assert sheet_of(tmp_path, *LINES) == GoogleSettings(
        spreadsheet=ID,
        tab="Form responses 1",
        key_file=tmp_path / "google-key.json",
        timeout=60,
        retry_for=timedelta(minutes=5),
        lease=timedelta(minutes=30),
    )


def test_limits_are_settings(tmp_path: Path) -> None:
    found = sheet_of(tmp_path, *LINES, "timeout_seconds: 20", "retry_for_minutes: 2", "lease_minutes: 45")
    assert isinstance(found, GoogleSettings)
    assert (found.timeout, found.retry_for, found.lease) == (20, timedelta(minutes=2), timedelta(minutes=45))


@pytest.mark.parametrize(
    "written",
    [
        ID,
        ADDRESS,
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/#gid=12",
    ],
)
def test_a_spreadsheet_is_named_by_id_or_address(tmp_path: Path, written: str) -> None:
    found = sheet_of(tmp_path, f"spreadsheet: {written}", *LINES[1:])
    assert isinstance(found, GoogleSettings)
    assert found.spreadsheet == ID


def test_a_stand_in_on_this_machine_needs_no_key(tmp_path: Path) -> None:
    found = sheet_of(tmp_path, *LINES[:2], environ=STAND_IN)
    assert isinstance(found, GoogleSettings)
    assert found.emulator == "http://127.0.0.1:8085"


@pytest.mark.parametrize("address", ["http://sheets.example.org:80", "127.0.0.1:80", "https://127.0.0.1:80"])
def test_a_stand_in_is_on_this_machine_only(tmp_path: Path, address: str) -> None:
    assert problems(tmp_path, *LINES, environ={"SHEETS_EMULATOR_HOST": address}) == [
        "config/service.yaml:1: the environment variable SHEETS_EMULATOR_HOST is not an address on this machine. "
        "Set it to one such as http://127.0.0.1:8085, or remove it."
    ]


def test_everything_that_is_missing_is_named(tmp_path: Path) -> None:
    assert sorted(problems(tmp_path)) == [
        f"config/service.yaml:1: “{key}” is missing in “sheet”. Add a line “{key}: …”."
        for key in ("key_file", "spreadsheet", "tab")
    ]


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/spreadsheets/d/1aB-cD_eF23456",
        "my sheet",
        "https://docs.google.com/forms/d/1aB-cD_eF23456",
    ],
)
def test_what_is_no_spreadsheet_is_said(tmp_path: Path, written: str) -> None:
    assert problems(tmp_path, f"spreadsheet: {written}", *LINES[1:]) == [
        "config/service.yaml:3: “spreadsheet” is not the address of a Google spreadsheet, nor its id. "
        "Open the sheet in a browser and copy its address."
    ]


def test_a_lease_is_longer_than_the_longest_wait_for_a_relay(tmp_path: Path) -> None:
    assert problems(tmp_path, *LINES, "lease_minutes: 10") == [
        "config/service.yaml:6: “lease_minutes” is too small. Write 15 or more."
    ]
