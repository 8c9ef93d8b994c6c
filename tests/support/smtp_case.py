"""Sending over SMTP to `relay` or `script`: what every test of it starts from."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from pipeline.mail.base import Letter, Reply
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.model.errors import MailRejectsUs, MailUnavailable
from pipeline.model.settings import SmtpSettings
from tests.support.mailer_suite import letter

To = Callable[[SmtpSettings], SmtpMailer]
NEXT = letter(b"next\r\n", 2)
GREETING = b"220 relay.example.org\r\n"


@contextmanager
def mailers(per_connection: int | None = None) -> Iterator[To]:
    """Make mailers, and close them when the test is over."""
    made: list[SmtpMailer] = []

    def make(settings: SmtpSettings) -> SmtpMailer:
        made.append(SmtpMailer(settings, per_connection=per_connection))
        return made[-1]

    yield make
    for mailer in made:
        mailer.close()


class Commit:
    """A commit that counts."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> None:
        self.calls += 1


def sent(mailer: SmtpMailer, one: Letter | None = None) -> tuple[Reply, int]:
    """How sending ended, and how often it was committed."""
    commit = Commit()
    return mailer.send(one or letter(), commit), commit.calls


def unavailable(settings: SmtpSettings) -> str:
    """What is said where sending finds nobody; nothing may have been committed."""
    commit = Commit()
    with pytest.raises(MailUnavailable) as raised:
        SmtpMailer(settings).send(letter(), commit)
    assert commit.calls == 0
    return str(raised.value)


def rejected(settings: SmtpSettings) -> str:
    """What is said where sending is turned away; nothing may have been committed."""
    commit = Commit()
    with pytest.raises(MailRejectsUs) as raised:
        SmtpMailer(settings).send(letter(), commit)
    assert commit.calls == 0
    return str(raised.value)
