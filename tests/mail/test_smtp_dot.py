"""Sending over SMTP: the moment around the final dot, and connections that end between letters."""

import time

import pytest

from pipeline.mail.base import Handover, Reply
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from tests.support.mailer_suite import HEADERS, letter, nothing
from tests.support.relay import LOST_REPLY, Relay, Trick
from tests.support.script import Peer, Script
from tests.support.smtp_case import GREETING, NEXT, To, mailers, sent

# --- the dot -------------------------------------------------------------------------------------------


def test_send_commits_after_the_body_has_left_and_before_the_dot(to: To) -> None:
    def act(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n")
        peer.answer(b"221 Bye\r\n")

    body = letter(b".\r\nlast line\r\n")
    seen: list[bytes] = []

    with Script(act) as script:

        def commit() -> None:
            assert script.wait_for(b"last line\r\n")
            time.sleep(0.05)
            seen.append(script.heard())

        mailer = to(script.settings())
        reply = mailer.send(body, commit)
        mailer.close()

        stuffed = HEADERS + b"..\r\nlast line\r\n"
        start = b"ehlo [127.0.0.1]\r\nMAIL FROM:<team@example.org>\r\nRCPT TO:<anna@example.com>\r\nDATA\r\n"
        assert seen == [start + stuffed]
        assert script.heard() == start + stuffed + b".\r\nQUIT\r\n"
        assert reply == Reply(Handover.ACCEPTED, "250 Ok")


@pytest.mark.parametrize("kind", [RuntimeError, OSError, KeyboardInterrupt, SystemExit])
def test_send_whose_commit_fails_never_sends_the_dot(kind: type[BaseException], to: To) -> None:
    lost: list[str] = []

    def act(peer: Peer) -> None:
        peer.agree_until_body()
        try:
            peer.hear(b"\r\n.\r\n")
        except OSError as error:
            lost.append(type(error).__name__)
            raise

    def fail() -> None:
        raise kind

    with Script(act) as script:
        with pytest.raises(kind):
            to(script.settings()).send(letter(), fail)
        script.join()
        assert script.heard().endswith(letter().data)

    assert lost == ["ConnectionResetError"]


@pytest.mark.parametrize(
    ("trick", "words"),
    [
        (LOST_REPLY, "the connection was lost after the final dot"),
        (Trick(Stage.DOT, drops=True), "the connection was lost after the final dot"),
        (Trick(Stage.DOT, delay=5), "no answer in time after the final dot"),
        (Trick(Stage.DOT, raw=b"250 O", drops=True), "the connection was lost after the final dot"),
        (Trick(Stage.DOT, raw=b"250 Ok", drops=True), "the connection was lost after the final dot"),
        (Trick(Stage.DOT, raw=b"550 no\n", drops=True), "the connection was lost after the final dot"),
        (Trick(Stage.DOT, raw=b"250 Ok\n"), "no answer in time after the final dot"),
        (Trick(Stage.DOT, raw=b"250-one\r\n250", drops=True), "the connection was lost after the final dot"),
        (Trick(Stage.DOT, raw=b"x" * 20_000), "the connection was lost after the final dot"),
        (Trick(Stage.DOT, ""), "not a reply: “”"),
        (Trick(Stage.DOT, "\r\n250 Ok", keeps=True), "not a reply: “”"),
        (Trick(Stage.DOT, "OK"), "not a reply: “OK”"),
        (Trick(Stage.DOT, "25"), "not a reply: “25”"),
        (Trick(Stage.DOT, "2500 Ok"), "not a reply: “2500 Ok”"),
        (Trick(Stage.DOT, " 250 Ok"), "not a reply: “250 Ok”"),
        (Trick(Stage.DOT, "250-one\r\n550 two"), "not a reply: “550 two”"),
        (Trick(Stage.DOT, "\r\n".join(["250-more"] * 300)), "not a reply: “too many lines”"),
        (Trick(Stage.DOT, "354 go ahead"), "354 go ahead"),
        (Trick(Stage.DOT, "199 what"), "not a reply: “199 what”"),
        (Trick(Stage.DOT, "650 what"), "not a reply: “650 what”"),
    ],
)
def test_send_without_a_whole_reply_to_the_dot_is_in_doubt(
    relay: Relay, trick: Trick, words: str, to: To
) -> None:
    mailer = to(relay.settings(dot_timeout=0.3 if "in time" in words else 5.0))
    relay.play(trick)

    assert sent(mailer) == (Reply(Handover.IN_DOUBT, words), 1)
    assert sent(mailer, NEXT) == (Reply(Handover.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert [each.data for each in relay.accepted] == [letter().data] * trick.takes() + [NEXT.data]
    assert relay.connections == 2


def test_send_waits_for_the_reply_to_the_dot_alone_as_long_as_that_takes(relay: Relay, to: To) -> None:
    relay.play(Trick(Stage.DOT, delay=0.5))
    mailer = to(relay.settings(timeout=0.2, dot_timeout=5.0))

    assert sent(mailer)[0].outcome == Handover.ACCEPTED


def test_send_to_a_relay_that_dribbles_its_reply_does_not_wait_for_ever(to: To) -> None:
    def act(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        for _ in range(100):
            peer.say(b"2")
            time.sleep(0.05)

    with Script(act) as script:
        start = time.monotonic()
        reply, _ = sent(to(script.settings(dot_timeout=0.3)))

        assert reply == Reply(Handover.IN_DOUBT, "no answer in time after the final dot")
        assert time.monotonic() - start < 2


def test_send_interrupted_while_waiting_for_the_reply_stops_at_once(
    relay: Relay, mailer: SmtpMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(self: object, seconds: float) -> tuple[int, bytes]:
        raise KeyboardInterrupt

    def commit() -> None:
        monkeypatch.setattr("pipeline.mail.smtp.wire.Wire.reply_within", interrupt)

    with pytest.raises(KeyboardInterrupt):
        mailer.send(letter(), commit)

    monkeypatch.undo()
    assert sent(mailer, NEXT)[0].outcome == Handover.ACCEPTED
    assert relay.connections == 2


# --- a connection that ends while it is idle -----------------------------------------------------------


@pytest.mark.parametrize("farewell", [b"", b"421 4.4.2 idle for too long\r\n", b"42"])
def test_send_after_the_relay_hung_up_while_idle_connects_again(farewell: bytes, to: To) -> None:
    def first(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n" + farewell)

    def second(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok again\r\n")
        peer.answer(b"221 Bye\r\n")

    with Script(first, second) as script:
        mailer = to(script.settings())
        replies = [sent(mailer), sent(mailer, NEXT)]
        mailer.close()

        assert replies == [
            (Reply(Handover.ACCEPTED, "250 Ok"), 1),
            (Reply(Handover.ACCEPTED, "250 Ok again"), 1),
        ]
        assert script.heard(1).endswith(NEXT.data + b".\r\nQUIT\r\n")


def test_send_where_clearing_after_a_refusal_is_refused_connects_again(to: To) -> None:
    def first(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250 relay.example.org\r\n", b"250 Ok\r\n", b"550 5.1.1 no\r\n", b"502 what?\r\n")
        peer.hear(b"never")

    def second(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok again\r\n")

    with Script(first, second) as script:
        mailer = to(script.settings())
        replies = [sent(mailer), sent(mailer, NEXT)]

        assert replies == [
            (Reply(Handover.REFUSED, "550 5.1.1 no"), 0),
            (Reply(Handover.ACCEPTED, "250 Ok again"), 1),
        ]
        assert script.heard().endswith(b"\r\nRSET\r\n")


@pytest.mark.parametrize("farewell", [b"", b"25", b"421 4.3.2 bye\r\n", b"what?\r\n"])
@pytest.mark.parametrize("offers", [b"", b"250-PIPELINING\r\n"])
def test_send_over_a_used_connection_that_ends_at_mail_connects_again(
    offers: bytes, farewell: bytes, to: To
) -> None:
    def first(peer: Peer) -> None:
        peer.agree_until_body(offers)
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n")
        peer.answer(farewell)

    def second(peer: Peer) -> None:
        peer.agree_until_body(offers)
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok again\r\n")

    with Script(first, second) as script:
        mailer = to(script.settings())

        assert [sent(mailer), sent(mailer, NEXT)] == [
            (Reply(Handover.ACCEPTED, "250 Ok"), 1),
            (Reply(Handover.ACCEPTED, "250 Ok again"), 1),
        ]
        assert NEXT.data not in script.heard()


def test_close_where_quit_gets_no_answer_does_not_complain(to: To) -> None:
    def act(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n")
        peer.hear(b"never")

    with Script(act) as script:
        mailer = to(script.settings(timeout=0.1))
        mailer.send(letter(), nothing)
        mailer.close()

        assert script.heard().endswith(b".\r\nQUIT\r\n")


# --- a connection that has had its share of letters ----------------------------------------------------


@pytest.mark.parametrize(("share", "connections"), [(None, 1), (1, 5), (2, 3), (5, 1), (9, 1)])
def test_send_begins_another_connection_after_its_share(
    relay: Relay, share: int | None, connections: int
) -> None:
    with mailers(share) as to:
        mailer = to(relay.settings())
        outcomes = [mailer.send(letter(number=number), nothing).outcome for number in range(5)]

    assert (outcomes, relay.connections) == ([Handover.ACCEPTED] * 5, connections)


def test_send_counts_refused_letters_too(relay: Relay) -> None:
    relay.play(Trick(Stage.RCPT, "550 5.1.1 no such user", times=2))
    with mailers(2) as to:
        mailer = to(relay.settings())
        outcomes = [sent(mailer)[0].outcome for _ in range(3)]

    assert (outcomes, relay.connections) == ([Handover.REFUSED, Handover.REFUSED, Handover.ACCEPTED], 2)


def test_send_counts_anew_after_a_connection_was_lost(relay: Relay) -> None:
    relay.play(Trick(Stage.RCPT, drops=True))
    with mailers(2) as to:
        mailer = to(relay.settings())
        outcomes = [sent(mailer)[0].outcome for _ in range(3)]

    assert (outcomes, relay.connections) == ([Handover.DEFERRED, Handover.ACCEPTED, Handover.ACCEPTED], 2)


@pytest.mark.parametrize("farewell", [b"", b"221 B", b"421 4.4.2 too late\r\n", b"?\r\n221 Bye\r\n"])
def test_send_goes_on_whatever_the_old_connection_answers_to_quit(farewell: bytes) -> None:
    def act(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n")
        peer.hear(b"QUIT\r\n")
        peer.say(farewell)

    with Script(act, act) as script, mailers(1) as to:
        mailer = to(script.settings())
        replies = [sent(mailer), sent(mailer, NEXT)]
        mailer.close()

        assert replies == [(Reply(Handover.ACCEPTED, "250 Ok"), 1)] * 2
        assert script.heard(1).endswith(NEXT.data + b".\r\nQUIT\r\n")


def test_send_goes_on_where_the_old_connection_never_answers_quit() -> None:
    def silent(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n")
        peer.hear(b"never")

    with Script(silent, silent) as script, mailers(1) as to:
        mailer = to(script.settings(timeout=0.1))

        assert [sent(mailer), sent(mailer, NEXT)] == [(Reply(Handover.ACCEPTED, "250 Ok"), 1)] * 2
