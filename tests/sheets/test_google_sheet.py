"""The shared suite on a Google spreadsheet: the real gspread over HTTP, and a stand-in for Google."""

import pytest

from tests.support.google_case import GoogleCase
from tests.support.google_fake import FakeGoogle
from tests.support.sheet_suite import SheetSuite


@pytest.fixture
def sheet_case(google: FakeGoogle) -> GoogleCase:
    return GoogleCase(google)


class TestGoogleSheet(SheetSuite):
    """Runs the shared suite."""
