"""The shared suite on a Google spreadsheet: the real gspread over HTTP, and a stand-in for Google."""

from itertools import groupby

import pytest

from tests.support.google_case import GoogleCase
from tests.support.google_fake import FakeGoogle
from tests.support.sheet_suite import DRESSING, FORM, IN_GERMAN, SheetSuite


@pytest.fixture
def sheet_case(google: FakeGoogle) -> GoogleCase:
    return GoogleCase(google)


class TestGoogleSheet(SheetSuite):
    """Runs the shared suite."""


def test_the_drop_down_warns_and_does_not_forbid(google: FakeGoogle, sheet_case: GoogleCase) -> None:
    sheet_case.make(FORM, [])
    sheet_case.open().set_up()
    asked = [one for call in google.calls for one in call.body.get("requests", ())]
    *_, rule = [
        one["setDataValidation"]["rule"] for one in asked if "rule" in one.get("setDataValidation", {})
    ]
    words = [{"userEnteredValue": word} for word in DRESSING.decisions]
    assert rule == {"condition": {"type": "ONE_OF_LIST", "values": words}, "showCustomUi": True}


def test_another_language_has_its_words_and_colours_once(google: FakeGoogle, sheet_case: GoogleCase) -> None:
    sheet_case.make(FORM, [])
    before = len(google.calls)
    sheet_case.open().set_up()
    german = sheet_case.open(setup=IN_GERMAN)
    for sheet in (german, german, sheet_case.open()):
        sheet.set_up()
    asked = [one for call in google.calls[before:] for one in call.body.get("requests", ())]
    lists = [one["setDataValidation"]["rule"] for one in asked if "rule" in one.get("setDataValidation", {})]
    offered = [[each["userEnteredValue"] for each in rule["condition"]["values"]] for rule in lists]
    assert [words for words, _ in groupby(offered)] == [["offer", "hold"], ["Einladen"], ["offer", "hold"]]
    assert offered.count(["Einladen"]) == 1
