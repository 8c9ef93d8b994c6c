"""Sending over SMTP: what the relay does at every step before the final dot, and after it in so many words."""

import time
from collections.abc import Iterator

import pytest

from pipeline.mail.base import Handover, Letter, Reply
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from tests.support.mailer_suite import HEADERS, MailerSuite, Post, letter, nothing
from tests.support.relay import Certificates, Delivered, Relay, Trick
from tests.support.script import Peer, Script
from tests.support.smtp_case import GREETING, NEXT, To, sent


class TestSmtpMailer(MailerSuite):
    @pytest.fixture
    def post(self, relay: Relay, mailer: SmtpMailer) -> Post:
        return Post(mailer, lambda: tuple(each.data for each in relay.accepted))


class TestSmtpMailerEncrypted(MailerSuite):
    @pytest.fixture(params=["starttls", "tls"])
    def post(self, request: pytest.FixtureRequest, certificates: Certificates, to: To) -> Iterator[Post]:
        with Relay(request.param, certificates, ("team", "s3cret")) as relay:
            yield Post(to(relay.settings()), lambda: tuple(each.data for each in relay.accepted))


# --- the envelope and the connection -------------------------------------------------------------------


def test_send_gives_the_envelope_to_the_relay(relay: Relay, mailer: SmtpMailer) -> None:
    mailer.send(letter(to="bo+call@example.net"), nothing)

    assert relay.accepted == (Delivered("team@example.org", ("bo+call@example.net",), letter().data),)


def test_send_many_uses_one_connection_and_clears_it_after_a_refusal_only(
    relay: Relay, mailer: SmtpMailer
) -> None:
    relay.play(Trick(Stage.RCPT, "550 5.1.1 no such user", recipient="bo@example.net"))
    for to in ("anna@example.com", "bo@example.net", "cy@example.org"):
        mailer.send(letter(to=to), nothing)

    assert (relay.connections, relay.commands) == (1, ("MAIL", "MAIL", "RSET", "MAIL"))


def test_send_many_is_not_held_up_by_delayed_acknowledgements(relay: Relay, mailer: SmtpMailer) -> None:
    mailer.send(letter(), nothing)
    start = time.monotonic()

    for number in range(20):
        mailer.send(letter(number=number), nothing)

    assert time.monotonic() - start < 20 * 0.035


def test_has_cannot_be_known(mailer: SmtpMailer) -> None:
    mailer.send(letter(), nothing)

    assert mailer.has(letter().message_id) is None


@pytest.mark.parametrize(
    "bad",
    [
        Letter("team@example.org", "a@example.org>\r\nRCPT TO:<b@example.org", "<1@x>", HEADERS),
        Letter("team@example.org", '"anna"b"@example.org', "<1@x>", HEADERS),
        Letter("team@example.org", "änna@example.org>", "<1@x>", HEADERS),
        Letter("team@example.org", "anna b@example.org", "<1@x>", HEADERS),
        Letter("", "anna@example.org", "<1@x>", HEADERS),
        Letter("team@example.org", "anna@example.org", "<1@x>", HEADERS + b"a\n.\nb\r\n"),
        Letter("team@example.org", "anna@example.org", "<1@x>", HEADERS + b"a\r.\r\n"),
        Letter("team@example.org", "anna@example.org", "<1@x>", HEADERS + b"no end"),
        Letter("team@example.org", "anna@example.org", "<1@x>", HEADERS + b"x" * 999 + b"\r\n"),
        Letter("team@example.org", "anna@example.org", "<1@x>", HEADERS + "é\r\n".encode()),
        Letter("team@example.org", "anna@example.org", "<1@x>", b""),
    ],
)
def test_send_of_what_could_be_mistaken_on_the_way_is_refused_unsent(
    relay: Relay, mailer: SmtpMailer, bad: Letter
) -> None:
    reply, commits = sent(mailer, bad)

    assert (reply.outcome, commits, relay.connections) == (Handover.REFUSED, 0, 0)
    assert reply.words.startswith("not sent: ")


# --- addresses that few have ---------------------------------------------------------------------------


def addressed_to(address: str) -> Letter:
    return Letter("team@example.org", address, "<1@x>", f"To: {address}\r\n\r\nHello\r\n".encode())


@pytest.mark.parametrize("address", ["Anna.B@example.org", '"anna b"@example.org', '"a>b"@example.org'])
def test_send_keeps_the_spelling_of_an_address(relay: Relay, mailer: SmtpMailer, address: str) -> None:
    assert sent(mailer, addressed_to(address))[0].outcome is Handover.ACCEPTED
    assert [letter.recipients for letter in relay.accepted] == [(address,)]


def test_send_to_letters_that_need_smtputf8_where_the_relay_offers_it(to: To) -> None:
    letter = addressed_to("jürgen@example.org")
    with Relay(utf8=True) as relay:
        mailer = to(relay.settings())
        assert [sent(mailer, letter)[0].outcome for _ in range(2)] == [
            Handover.ACCEPTED
        ] * 2  # over one connection
        assert {(taken.recipients, taken.data) for taken in relay.accepted} == {((letter.to,), letter.data)}
        assert relay.connections == 1


def test_send_to_letters_that_need_smtputf8_is_refused_where_the_relay_does_not_offer_it(
    relay: Relay, mailer: SmtpMailer
) -> None:
    reply, commits = sent(mailer, addressed_to("jürgen@example.org"))
    assert (reply.outcome, reply.words, reply.likeness, commits) == (
        Handover.REFUSED,
        "not sent: the address has letters that need a mail server with SMTPUTF8, and this one does not offer it; "
        "ask the person for another address",
        "",
        0,
    )
    assert sent(mailer, NEXT)[0].outcome is Handover.ACCEPTED
    assert relay.connections == 1


# --- explicit replies ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "says", "outcome"),
    [
        (Stage.MAIL, "450 4.2.1 Peak SMTP relay limit exceeded", Handover.STOPPED),
        (Stage.MAIL, "550 5.4.5 Daily user sending limit exceeded", Handover.STOPPED),
        (Stage.RCPT, "450 4.2.0 Greylisted", Handover.DEFERRED),
        (Stage.RCPT, "550 5.1.1 no such user", Handover.REFUSED),
        (Stage.DATA, "451 4.3.0 not now", Handover.DEFERRED),
        (Stage.DATA, "554 no", Handover.REFUSED),
    ],
)
def test_send_refused_before_the_dot_goes_by_the_reply(
    relay: Relay, mailer: SmtpMailer, stage: Stage, says: str, outcome: Handover
) -> None:
    relay.play(Trick(stage, says))

    assert sent(mailer) == (Reply(outcome, says), 0)
    assert sent(mailer, NEXT) == (Reply(Handover.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert ([each.data for each in relay.accepted], relay.connections) == ([NEXT.data], 1)


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ("250 2.0.0 Ok: queued as 4F1", Handover.ACCEPTED),
        ("299 taken", Handover.ACCEPTED),
        ("451 4.3.0 try again", Handover.DEFERRED),
        ("454 Throttling failure: Daily message quota exceeded.", Handover.STOPPED),
        ("550 5.7.1 looks like spam", Handover.BLOCKED),
        ("554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", Handover.STOPPED),
    ],
)
def test_send_answered_after_the_dot_goes_by_the_reply(
    relay: Relay, mailer: SmtpMailer, says: str, outcome: Handover
) -> None:
    relay.play(Trick(Stage.DOT, says))

    assert sent(mailer) == (Reply(outcome, says), 1)
    assert sent(mailer, NEXT)[0].outcome == Handover.ACCEPTED
    assert relay.connections == 1


def test_send_refused_for_one_recipient_goes_on_with_others(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.RCPT, "552 5.2.2 mailbox full", recipient="bo@example.net", times=0))
    people = ("anna@example.com", "bo@example.net", "cy@example.org", "bo@example.net")

    outcomes = [mailer.send(letter(to=each), nothing).outcome for each in people]

    assert outcomes == [Handover.ACCEPTED, Handover.REFUSED, Handover.ACCEPTED, Handover.REFUSED]
    assert [each.recipients for each in relay.accepted] == [("anna@example.com",), ("cy@example.org",)]


def test_send_shows_words_in_one_line_without_the_address(relay: Relay, mailer: SmtpMailer) -> None:
    said = "550-5.1.1 <Anna@example.com>: rejected\r\n550 5.1.1 \x1b[31m no " + "x" * 900
    relay.play(Trick(Stage.RCPT, said))

    words = sent(mailer)[0].words

    assert words[:54] == "550 5.1.1 <…>: rejected 5.1.1 [31m no xxxxxxxxxxxxxxxx"
    assert (len(words), words[-1]) == (300, "…")


@pytest.mark.parametrize("stage", [Stage.RCPT, Stage.DATA, Stage.DOT])
def test_send_told_421_stops_and_calls_again_next_time(
    relay: Relay, mailer: SmtpMailer, stage: Stage
) -> None:
    relay.play(Trick(stage, "421 4.7.0 closing connection"))

    assert sent(mailer)[0] == Reply(Handover.STOPPED, "421 4.7.0 closing connection")
    assert sent(mailer, NEXT)[0].outcome == Handover.ACCEPTED
    assert relay.connections == 2


def test_send_told_421_at_mail_on_a_used_connection_begins_another(relay: Relay, mailer: SmtpMailer) -> None:
    mailer.send(letter(), nothing)
    relay.play(Trick(Stage.MAIL, "421 4.7.0 too many letters in this connection"))

    assert sent(mailer, NEXT) == (Reply(Handover.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert relay.connections == 2


def test_send_told_421_at_mail_on_a_new_connection_stops(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.MAIL, "421 4.7.0 too busy"))

    assert sent(mailer) == (Reply(Handover.STOPPED, "421 4.7.0 too busy"), 0)
    assert relay.connections == 1


# --- before the dot, surely not accepted ---------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA])
@pytest.mark.parametrize(
    ("trick", "words"),
    [
        ({"drops": True}, "the connection was lost before the letter was whole"),
        ({"raw": b"250 O", "drops": True}, "the connection was lost before the letter was whole"),
        ({"raw": b"250 O"}, "no answer in time before the letter was whole"),
        ({"raw": b"250 Ok\n"}, "no answer in time before the letter was whole"),
        ({"says": ""}, "not a reply: “”"),
        ({"says": "yes"}, "not a reply: “yes”"),
        ({"says": "2_0 ok"}, "not a reply: “2_0 ok”"),
        ({"says": "199 ok"}, "not a reply: “199 ok”"),
        ({"says": "250-one\r\n354 two"}, "not a reply: “354 two”"),
    ],
)
def test_send_without_a_whole_reply_before_the_dot_is_deferred(
    relay: Relay, stage: Stage, trick: dict[str, object], words: str, to: To
) -> None:
    mailer = to(relay.settings(timeout=0.3 if "in time" in words else 5.0))
    relay.play(Trick(stage, **trick))  # type: ignore[arg-type]  # each row names fields of Trick

    assert sent(mailer) == (Reply(Handover.DEFERRED, words), 0)
    assert sent(mailer, NEXT) == (Reply(Handover.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert [each.data for each in relay.accepted] == [NEXT.data]


def test_send_with_the_connection_lost_in_the_body_is_deferred(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.DATA, in_body=True))
    big = letter(b"0123456789\r\n" * 1_000_000)

    reply, commits = sent(mailer, big)

    assert (reply.outcome, commits, relay.accepted) == (Handover.DEFERRED, 0, ())


def speaks_up(said: bytes) -> Script:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250 relay.example.org\r\n", b"250 Ok\r\n", b"250 Ok\r\n")
        peer.hear()
        peer.say(b"354 go ahead\r\n" + said)
        peer.hear(b"never")

    return Script(act)


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        (b"552 5.3.4 too big\r\n", Reply(Handover.BLOCKED, "552 5.3.4 too big")),
        (b"421 4.3.2 bye\r\n", Reply(Handover.STOPPED, "421 4.3.2 bye")),
        (b"250 Ok\r\n", Reply(Handover.DEFERRED, "250 Ok")),
        (b"354 go ahead\r\n", Reply(Handover.DEFERRED, "the relay spoke before the letter was whole")),
        (b"25", Reply(Handover.DEFERRED, "no answer in time before the letter was whole")),
    ],
)
def test_send_never_takes_what_was_said_before_the_dot_for_its_reply(
    said: bytes, reply: Reply, to: To
) -> None:
    with speaks_up(said) as script:
        assert sent(to(script.settings(timeout=0.5))) == (reply, 0)
        assert b"\r\n.\r\n" not in script.heard()


# --- the size that the relay takes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "is_sent"),
    [("SIZE 50", False), ("SIZE 5000", True), ("SIZE 0", True), ("SIZE", True), ("SIZE many", True)],
)
def test_send_heeds_the_size_that_the_relay_named(named: str, is_sent: bool, to: To) -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(f"250-relay.example.org\r\n250 {named}\r\n".encode())
        peer.answer(b"250 Ok\r\n", b"250 Ok\r\n", b"354 go ahead\r\n")
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n")

    with Script(act) as script:
        reply, commits = sent(to(script.settings()))
        asked = script.heard().count(b"MAIL")

    size = len(letter().data)
    too_large = Reply(Handover.BLOCKED, f"not sent: it has {size} bytes, and the relay takes 50 at most")
    assert (reply, commits, asked) == (
        (Reply(Handover.ACCEPTED, "250 Ok"), 1, 1) if is_sent else (too_large, 0, 0)
    )
