"""A whole call through a real mail server: Postfix, with TLS and login, mailboxes and a real delivery report."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from functools import partial
from pathlib import Path

import pytest

from pipeline.intake.rows import read_entries
from pipeline.mail.base import Letter
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.errors import MailRejectsUs
from pipeline.model.history import Posted
from pipeline.model.message import State
from pipeline.model.settings import Password, Rate, SmtpSettings
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.run import run
from pipeline.running.workspace import Workspace, open_mailer
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.build import ANA, BEA, CALL, CLO, LATER, NOA, SELECTION
from tests.support.desk import DRESSING, kind_of, make_workspace, table
from tests.support.mailer_suite import MailerSuite, Post
from tests.support.postfix import Postfix, as_sent, open_folder, report_of, why_not
from tests.support.relay import Certificates, Relay, Trick
from tests.support.smtp_case import mailers

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not())]

GUS = "07-12 10:00 | gus@example.org | Gus Gone | Exit worker | Yes"  # has no mailbox
BO = "07-12 11:00 | bo@bounce.example | Bo Away | Exit worker | Yes"  # is refused further on
MAILBOXES = ("ana@example.org", "bea@example.org", "clo@example.org", "noa@example.org")
TEAM = "team@example.org"


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    """Start Postfix, and a relay further on that knows nobody at bounce.example."""
    with open_folder() as folder, Relay() as further_on:
        further_on.play(Trick(Stage.RCPT, "550 5.1.1 no such user", times=0))
        boxes, routes = (*MAILBOXES, TEAM, "anna@example.com"), {"bounce.example": further_on.port}
        with Postfix(folder, Certificates(folder), boxes, routes) as postfix:
            yield postfix
        assert postfix.processes() == []


@dataclass(frozen=True)
class Sent:
    """The call after its run, and how that ended."""

    postfix: Postfix
    workspace: Workspace
    result: Result

    def posted(self) -> dict[str, Posted]:
        with closing(self.workspace.ledger()) as ledger:
            return {message.to: message for message in ledger.history().posted}

    def letter(self, address: str) -> Letter:
        """Return what was to be sent to an address, as the ledger holds it."""
        message = self.posted()[address]
        with closing(self.workspace.ledger()) as ledger:
            return next(iter(ledger.outgoing((message.id,)))).letter


@pytest.fixture(scope="module")
def sent(postfix: Postfix, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    workspace = open_call(tmp_path_factory.mktemp("call"), postfix.settings())
    result = run(workspace, Clock(SELECTION))
    postfix.settle()
    return Sent(postfix, workspace, result)


def open_call(folder: Path, relay: SmtpSettings) -> Workspace:
    """Make a workspace on a real workbook that sends over two connections to `relay`."""
    headers, *rows = table(ANA, BEA, CLO, GUS, BO, NOA)
    create_workbook(folder / "responses.xlsx", tuple(map(str, headers)), rows)
    sheet = Workbook(folder / "responses.xlsx", "", DRESSING)
    workspace = make_workspace(folder, sheet, lambda: SmtpMailer(relay))
    mail = replace(workspace.service.mail, transport=relay, rate=Rate(connections=2))
    service = replace(workspace.service, mail=mail)
    return replace(workspace, service=service, mailer=partial(open_mailer, mail))


def statuses(workspace: Workspace) -> dict[str, tuple[str, str]]:
    """Return status and last message of everybody, as the sheet shows them."""
    entries = read_entries(workspace.sheet.read(), CALL)
    return {entry.address: (entry.own.status, entry.own.last_message) for entry in entries}


def test_every_mail_arrives_once_with_the_bytes_that_were_composed(sent: Sent) -> None:
    arrived = {address: tuple(map(as_sent, sent.postfix.mailbox(address))) for address in MAILBOXES}

    assert arrived == {address: (sent.letter(address).data,) for address in MAILBOXES}


def test_what_arrives_is_what_the_decision_was(sent: Sent) -> None:
    kinds = {address: kind_of(sent.postfix.mailbox(address)[0]) for address in MAILBOXES}
    mail = message_from_bytes(sent.postfix.mailbox("ana@example.org")[0])
    parts = [(part.get_content_type(), part.get_payload(decode=True)) for part in mail.walk()][1:]

    assert list(kinds.values()) == ["invitation", "invitation", "waiting_list", "not_selected"]
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "The team <team@example.org>",
        "ana@example.org",
        "A meeting: invitation",
    )
    assert parts == [
        ("text/plain", b"Dear Ana Lopez, this is your invitation.\r\n"),
        (
            "text/html",
            b"<html><head></head><body><p>Dear Ana Lopez, this is your invitation.</p>\r\n</body></html>",
        ),
    ]


def test_an_address_that_is_refused_is_shown_and_the_others_get_theirs(sent: Sent) -> None:
    refused = "550 5.1.1 <…>: Recipient address rejected: User unknown in virtual mailbox table"

    assert sent.result.tally == Tally(sent=5, refused=1)
    assert (sent.result.exit_code, sent.result.failure) == (1, None)
    assert statuses(sent.workspace) == {
        "ana@example.org": ("Offered", "Invitation, 2023-08-02 07:00"),
        "bea@example.org": ("Offered", "Invitation, 2023-08-02 07:00"),
        "clo@example.org": ("Waiting list", "Waiting list, 2023-08-02 07:00"),
        "gus@example.org": ("Waiting list", f"Waiting list: refused by the mail server: {refused}"),
        "bo@bounce.example": ("Waiting list", "Waiting list, 2023-08-02 07:00"),
        "noa@example.org": ("Ineligible", "Not selected, 2023-08-02 07:00"),
    }


def test_a_delivery_report_tells_whose_letter_it_is_about(sent: Sent) -> None:
    message, letter = sent.posted()["bo@bounce.example"], sent.letter("bo@bounce.example")

    (mail,) = sent.postfix.mailbox(TEAM)
    recipient, returned = report_of(mail)

    assert (message.state, message.reply[:14]) == (State.ACCEPTED, "250 2.0.0 Ok: ")
    assert (recipient["Action"], recipient["Status"]) == ("failed", "5.1.1")
    assert recipient["Final-Recipient"] == "rfc822; bo@bounce.example"
    assert returned["Message-ID"] == letter.message_id
    assert returned["X-Convene-Ref"] == f"meeting/{message.reference}/waiting_list/1"


@pytest.mark.parametrize("now", [SELECTION, LATER])
def test_a_later_run_does_not_even_connect(sent: Sent, now: datetime) -> None:
    before = sent.postfix.log().count(": connect from")

    again = run(sent.workspace, Clock(now))
    sent.postfix.settle()

    assert (again.tally, again.changed, again.run_id) == (Tally(), 0, "")
    assert sent.postfix.log().count(": connect from") == before


def test_a_wrong_password_keeps_every_message(postfix: Postfix, tmp_path: Path) -> None:
    workspace = open_call(tmp_path, postfix.settings(login=Password("team", "forgotten")))

    result = run(workspace, Clock(SELECTION))
    with closing(workspace.ledger()) as ledger:
        posted = ledger.history().posted

    assert isinstance(result.failure, MailRejectsUs)
    assert "535 5.7.8 Error: authentication failed" in str(result.failure)
    assert [message.state for message in posted] == [State.PREPARED] * 6


def test_postfix_has_nothing_to_complain_of(sent: Sent) -> None:
    log = sent.postfix.log().splitlines()

    assert [line for line in log if "error: " in line or "fatal: " in line or "panic: " in line] == []


class TestThroughPostfix(MailerSuite):
    @pytest.fixture(params=["starttls", "tls"])
    def post(self, request: pytest.FixtureRequest, postfix: Postfix) -> Iterator[Post]:
        postfix.settle()
        before = len(postfix.mailbox("anna@example.com"))

        def delivered() -> tuple[bytes, ...]:
            postfix.settle()
            return tuple(map(as_sent, postfix.mailbox("anna@example.com")))[before:]

        with mailers() as to:
            yield Post(to(postfix.settings(request.param)), delivered)
