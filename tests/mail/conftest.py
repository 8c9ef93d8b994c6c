"""A relay on loopback and a mailer for it: what the tests of SMTP start from."""

from collections.abc import Iterator

import pytest

from pipeline.mail.smtp.client import SmtpMailer
from tests.support.relay import Certificates, Relay
from tests.support.smtp_case import To, mailers


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(params=[False, True], ids=["one by one", "pipelined"])
def relay(request: pytest.FixtureRequest) -> Iterator[Relay]:
    with Relay(pipelining=request.param) as relay:
        yield relay


@pytest.fixture
def to() -> Iterator[To]:
    with mailers() as to:
        yield to


@pytest.fixture
def mailer(relay: Relay, to: To) -> SmtpMailer:
    return to(relay.settings())
