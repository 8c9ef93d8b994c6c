"""The fakes keep the promises of the real edges."""

import pytest

from tests.support.fakes import FakeCase, FakeMailer
from tests.support.mailer_suite import MailerSuite, Post
from tests.support.sheet_suite import SheetSuite


class TestFakeSheet(SheetSuite):
    @pytest.fixture
    def sheet_case(self) -> FakeCase:
        return FakeCase()


class TestFakeMailer(MailerSuite):
    @pytest.fixture
    def post(self) -> Post:
        mailer = FakeMailer()
        return Post(mailer, lambda: tuple(letter.data for letter in mailer.delivered))
