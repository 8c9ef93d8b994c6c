"""Sending over SMTP where the relay takes sender, recipient and DATA at once (RFC 2920)."""

import pytest

from pipeline.mail.base import Handover, Reply
from tests.support.mailer_suite import letter
from tests.support.script import Peer, Script
from tests.support.smtp_case import GREETING, NEXT, To, sent

ENVELOPE = b"MAIL FROM:<team@example.org>\r\nRCPT TO:<anna@example.com>\r\nDATA\r\n"
REFUSED = b"550 5.1.1 no such user\r\n"


def ask(peer: Peer) -> None:
    """Hear the whole envelope before a word is said to it."""
    peer.say(GREETING)
    peer.answer(b"250-relay.example.org\r\n250 PIPELINING\r\n")
    peer.hear(b"DATA\r\n")


def take(peer: Peer) -> None:
    peer.hear(b"\r\n.\r\n")
    peer.say(b"250 Ok\r\n")


def agree(peer: Peer) -> None:
    ask(peer)
    peer.say(b"250 Ok\r\n250 Ok\r\n354 go ahead\r\n")
    take(peer)


def test_send_gives_the_envelope_at_once_and_the_text_only_when_all_of_it_is_answered(to: To) -> None:
    heard: list[bytes] = []

    def act(peer: Peer) -> None:
        ask(peer)
        for said in (b"250 Ok\r\n", b"250 Ok\r\n", b"354 go ahead\r\n"):
            heard.append(script.heard())
            peer.say(said)
        take(peer)
        peer.hear(b"DATA\r\n")
        peer.say(b"250 Ok\r\n250 Ok\r\n354 go ahead\r\n")
        take(peer)

    with Script(act) as script:
        mailer = to(script.settings())
        outcomes = [sent(mailer)[0].outcome, sent(mailer, NEXT)[0].outcome]

    start = b"ehlo [127.0.0.1]\r\n" + ENVELOPE
    assert (outcomes, heard) == ([Handover.ACCEPTED] * 2, [start] * 3)
    assert script.heard() == b"".join((start, letter().data, b".\r\n", ENVELOPE, NEXT.data, b".\r\n"))


@pytest.mark.parametrize(
    ("said", "connections"),
    [
        (REFUSED + b"503 5.5.1 need RCPT\r\n", 1),
        (REFUSED + b"554 5.5.1 no valid recipients\r\n", 1),
        (REFUSED + b"354 go ahead\r\n", 2),
        (REFUSED + b"250 Ok\r\n", 2),
        (REFUSED + b"421 4.3.2 bye\r\n", 2),
        (REFUSED + b"what?\r\n", 2),
        (REFUSED + b"55", 2),
        (REFUSED, 2),
    ],
)
def test_send_refused_hears_what_was_asked_with_it_and_never_sends_a_dot(
    said: bytes, connections: int, to: To
) -> None:
    def refuse(peer: Peer) -> None:
        ask(peer)
        peer.say(b"250 Ok\r\n" + said)
        peer.hear(b"RSET\r\n")
        peer.say(b"250 Ok\r\n")
        peer.hear(b"DATA\r\n")
        peer.say(b"250 Ok\r\n250 Ok\r\n354 go ahead\r\n")
        take(peer)

    with Script(refuse, agree) as script:
        mailer = to(script.settings(timeout=0.2))

        assert [sent(mailer), sent(mailer, NEXT)] == [
            (Reply(Handover.REFUSED, "550 5.1.1 no such user"), 0),
            (Reply(Handover.ACCEPTED, "250 Ok"), 1),
        ]
        last = script.heard(connections - 1)
        assert last.count(b"\r\n.\r\n") == 1
        assert connections == 1 or script.heard(0).endswith(ENVELOPE)
