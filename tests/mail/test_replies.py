"""What relays really say, and what it means: the table of `pipeline.mail.smtp.replies` read from the outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mail.base import Handover
from pipeline.mail.smtp.replies import TABLE, Stage, likeness, read_reply

SAID = """
connect  220  mx.example.org ESMTP                                             accepted
connect  421  4.7.0 try again later, closing connection                        stopped
connect  554  5.7.1 no SMTP service here                                       stopped
login    235  2.7.0 Authentication successful                                  accepted
login    454  4.7.0 Temporary authentication failure                           stopped
login    535  5.7.8 Username and Password not accepted                         stopped
login    550  5.7.30 Basic authentication is not supported                     stopped
mail     250  2.1.0 Ok                                                         accepted
mail     421  4.4.2 idle for too long                                          stopped
mail     450  4.2.1 Peak SMTP relay limit exceeded for customer                stopped
mail     452  4.3.1 Insufficient system storage                                stopped
mail     530  5.7.0 Must issue a STARTTLS command first                        stopped
mail     550  5.4.5 Daily user sending limit exceeded                          stopped
mail     553  5.7.1 <x>: Sender address rejected: not owned by user            stopped
mail     554  5.2.2 mailbox full                                               stopped
mail     451  4.3.0 try again                                                  stopped
rcpt     250  2.1.5 Ok                                                         accepted
rcpt     251  user not local; will forward                                     accepted
rcpt     421  4.7.0 closing                                                    stopped
rcpt     432  4.3.2 Concurrent connections limit exceeded                      stopped
rcpt     432  4.3.2 STOREDRV.Deliver; recipient thread limit exceeded          deferred
rcpt     450  4.2.0 <x>: Recipient address rejected: Greylisted                deferred
rcpt     450  4.2.1 The user you are trying to contact is receiving too much   deferred
rcpt     450  4.2.1 Peak SMTP relay limit exceeded for customer                stopped
rcpt     450  4.1.8 <x>: Sender address rejected: Domain not found             stopped
rcpt     450  4.7.25 Client host rejected: cannot find your hostname           stopped
rcpt     451  4.7.1 Greylisting in action, please come back later              deferred
rcpt     451  4.7.500 Server busy. Please try again later                      stopped
rcpt     452  4.2.2 The email account that you tried to reach is over quota    deferred
rcpt     452  4.3.1 Insufficient system storage                                stopped
rcpt     452  too many recipients                                              deferred
rcpt     454  Throttling failure: Daily message quota exceeded                 stopped
rcpt     454  4.7.1 <x>: Relay access denied                                   stopped
rcpt     500  command not recognised                                           stopped
rcpt     501  5.1.3 Bad recipient address syntax                               refused
rcpt     503  5.5.1 bad sequence of commands                                   stopped
rcpt     504  5.5.2 <x>: Helo command rejected: need fully-qualified hostname  stopped
rcpt     504  5.5.2 <x>: Recipient address rejected: need an address           refused
rcpt     530  5.7.57 Client was not authenticated to send anonymous mail       stopped
rcpt     550  5.1.1 The email account that you tried to reach does not exist   refused
rcpt     530  5.7.0 Authentication Required                                    stopped
rcpt     538  5.7.11 Encryption required                                       stopped
rcpt     550  5.7.30 Basic authentication is not supported                     stopped
rcpt     550  no such user here                                                refused
rcpt     550  4.2.2 mailbox full                                               deferred
rcpt     550  5.4.5 Daily SMTP relay sending quota exceeded                    stopped
rcpt     550  5.7.0 Mail relay denied                                          stopped
rcpt     550  5.7.1 Daily SMTP relay limit exceeded for user                   stopped
rcpt     550  5.7.1 this recipient takes no mail from strangers                refused
rcpt     550  5.7.54 SMTP; Unable to relay recipient in non-accepted domain    stopped
rcpt     550  5.7.26 This mail is unauthenticated                              stopped
rcpt     550  5.1.8 Access denied, bad outbound sender                         stopped
rcpt     550  Sender verify failed                                             stopped
rcpt     552  5.2.2 The email account that you tried to reach is over quota    refused
rcpt     553  sorry, that domain isn't in my list of allowed rcpthosts         stopped
rcpt     554  5.7.1 <x>: Relay access denied                                   stopped
rcpt     554  5.7.1 Service unavailable; Client host [x] blocked using a list  stopped
rcpt     554  5.2.2 mailbox full                                               refused
rcpt     451  5.1.1 no such user                                               refused
rcpt     354  what                                                             deferred
rcpt     0    what                                                             deferred
data     354  go ahead                                                         accepted
data     250  go ahead                                                         deferred
data     451  4.3.0 queue file write error                                     deferred
data     452  4.3.1 Insufficient system storage                                stopped
data     554  5.5.1 Error: no valid recipients                                 refused
data     503  5.5.1 Error: need RCPT command                                   stopped
rcpt     550  5.5.1 user unknown                                               refused
rcpt     450  4.1.1 unverified address: host mx said: 550 5.7.1 Client host [192.0.2.1] blocked  deferred
rcpt     550  5.1.1 Recipient address rejected: host mx said: 554 5.7.1 Relay access denied  refused
data     554  no                                                               refused
data     -1   what                                                             deferred
dot      250  2.0.0 Ok: queued as 4F1                                          accepted
dot      250  5.0.0 yes, really                                                accepted
dot      299  unheard of, and still good                                       accepted
dot      421  4.3.2 shutting down                                              stopped
dot      450  4.7.1 try again                                                  deferred
dot      451  4.3.0 Mail server temporarily rejected message                   deferred
dot      452  4.3.1 Insufficient system storage                                stopped
dot      454  Throttling failure: Maximum sending rate exceeded                stopped
dot      550  5.7.1 looks like spam                                            blocked
dot      554  5.7.1 looks like spam                                            blocked
dot      450  4.7.1 looks like spam                                            deferred
dot      554  rejected: this content is not acceptable here                    blocked
dot      554  5.6.0 Message headers are malformed                              blocked
dot      550  5.7.1 not accepted                                               blocked
dot      552  message size exceeds the fixed limit                             blocked
rcpt     550  5.7.1 [192.0.2.1] found on one or more DNSBLs                    blocked
rcpt     550  rejected because 192.0.2.1 is in a block list                    blocked
rcpt     554  5.7.1 sent as spam before                                        blocked
rcpt     550  5.7.1 refused by the policy of this recipient                    refused
dot      550  5.7.60 SMTP; Client does not have permissions to send as this    stopped
dot      550  5.7.708 Access denied, traffic not accepted from this IP         stopped
dot      552  5.2.2 over quota                                                 refused
dot      552  5.3.4 Message size exceeds fixed limit                           blocked
dot      554  5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceeded      stopped
dot      554  5.2.2 mailbox full                                               stopped
dot      554  5.2.252 SendAsDenied                                             stopped
dot      554  Message rejected: Email address is not verified.                 stopped
dot      554  Transaction failed                                               refused
dot      590  unheard of                                                       refused
dot      354  go ahead                                                         in doubt
dot      199  what                                                             in doubt
dot      600  what                                                             in doubt
dot      -1   what                                                             in doubt
"""


def said() -> list[tuple[str, str, str, str]]:
    rows = []
    for line in SAID.strip().splitlines():
        stage, code, rest = line.split(maxsplit=2)
        text, outcome = rest.rsplit("  ", 1)
        rows.append((stage, code, text.rstrip(), outcome.strip()))
    return rows


@pytest.mark.parametrize(("stage", "code", "text", "outcome"), said())
def test_read_reply_says_whose_trouble_it_is(stage: str, code: str, text: str, outcome: str) -> None:
    assert read_reply(int(code), text, Stage(stage)) == Handover(outcome)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("see 4.2.2 in the manual", Handover.REFUSED),
        ("4.2.2\nmailbox full", Handover.DEFERRED),
        (" 4.2.2", Handover.DEFERRED),
        ("4.2.2.2 is my address", Handover.REFUSED),
        ("2.1.5 is fine", Handover.REFUSED),
        ("", Handover.REFUSED),
    ],
)
def test_read_reply_reads_a_status_only_where_it_stands_first(text: str, outcome: Handover) -> None:
    assert read_reply(550, text, Stage.RCPT) == outcome


def test_every_row_of_the_table_names_its_source() -> None:
    assert [row for row in TABLE if not row.source] == []


def test_every_row_of_the_table_decides_something_said_above() -> None:
    def decides(row: int) -> bool:
        others = TABLE[:row]
        return any(
            TABLE[row].fits(int(code), text.split()[0], text, Stage(stage))
            and not any(other.fits(int(code), text.split()[0], text, Stage(stage)) for other in others)
            for stage, code, text, _ in said()
        )

    assert [TABLE[row] for row in range(len(TABLE)) if not decides(row)] == []


@given(code=st.integers(-1, 700), text=st.text(max_size=60), stage=st.sampled_from(Stage))
def test_read_reply_of_anything_never_promises_more_than_was_said(code: int, text: str, stage: Stage) -> None:
    outcome = read_reply(code, text, stage)

    assert (outcome is Handover.ACCEPTED) == (code == 354 if stage is Stage.DATA else 200 <= code <= 299)
    assert (outcome is Handover.IN_DOUBT) == (
        stage is Stage.DOT and not (200 <= code <= 299 or 400 <= code <= 599)
    )
    if outcome in (Handover.REFUSED, Handover.STOPPED, Handover.BLOCKED):
        assert 400 <= code <= 599


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("550 5.7.1 no [id 4F1]", "550 5.7.1 no [id 4F2]", True),
        ("550 <anna@example.org>: unknown", "550 <bo@example.net>: unknown", True),
        ("550 <…>: unknown at 09:12", "550 <…>: unknown at 10:30", True),
        ("550 5.7.1 no", "550 5.1.1 no", False),
        ("550 no", "554 no", False),
        ("550 no", "550 never", False),
        ("no answer in time", "no answer in time", True),
    ],
)
def test_likeness_leaves_aside_what_differs_from_letter_to_letter(
    one: str, other: str, is_alike: bool
) -> None:
    assert (likeness(one) == likeness(other)) == is_alike
