"""Sending over SMTP: what the relay does at every step, and above all around the final dot."""

import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import MailRejectsUs, MailUnavailable
from pipeline.mail.base import Letter, Outcome, Reply
from pipeline.mail.replies import Stage
from pipeline.mail.smtp import SmtpMailer
from pipeline.service import SmtpSettings
from tests.mailer_suite import HEADERS, MailerSuite, Post, letter, nothing
from tests.relay import HOST, LOST_REPLY, Certificates, Delivered, Relay, Trick
from tests.script import Peer, Script

To = Callable[[SmtpSettings], SmtpMailer]
NEXT = letter(b"next\r\n", 2)
GREETING = b"220 relay.example.org\r\n"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def relay() -> Iterator[Relay]:
    with Relay() as relay:
        yield relay


@pytest.fixture
def to() -> Iterator[To]:
    """Makes mailers, and closes them when the test is over."""
    made: list[SmtpMailer] = []

    def make(settings: SmtpSettings) -> SmtpMailer:
        made.append(SmtpMailer(settings))
        return made[-1]

    yield make
    for mailer in made:
        mailer.close()


@pytest.fixture
def mailer(relay: Relay, to: To) -> SmtpMailer:
    return to(relay.settings())


class TestSmtpMailer(MailerSuite):
    @pytest.fixture
    def post(self, relay: Relay, mailer: SmtpMailer) -> Post:
        return Post(mailer, lambda: tuple(each.data for each in relay.accepted))


class TestSmtpMailerEncrypted(MailerSuite):
    @pytest.fixture(params=["starttls", "tls"])
    def post(self, request: pytest.FixtureRequest, certificates: Certificates, to: To) -> Iterator[Post]:
        with Relay(request.param, certificates, ("team", "s3cret")) as relay:
            yield Post(to(relay.settings()), lambda: tuple(each.data for each in relay.accepted))


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


# --- the envelope and the connection -------------------------------------------------------------------


def test_send_gives_the_envelope_to_the_relay(relay: Relay, mailer: SmtpMailer) -> None:
    mailer.send(letter(to="bo+call@example.net"), nothing)

    assert relay.accepted == (Delivered("team@example.org", ("bo+call@example.net",), letter().data),)


def test_send_many_uses_one_connection_and_clears_it_between(relay: Relay, mailer: SmtpMailer) -> None:
    for number in range(3):
        mailer.send(letter(number=number), nothing)

    assert (relay.connections, relay.commands) == (1, ("MAIL", "RSET", "MAIL", "RSET", "MAIL"))


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
        Letter("team@example.org", "änna@example.org", "<1@x>", HEADERS),
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

    assert (reply.outcome, commits, relay.connections) == (Outcome.REFUSED, 0, 0)
    assert reply.words.startswith("not sent: ")


# --- explicit replies ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "says", "outcome"),
    [
        (Stage.MAIL, "450 4.2.1 Peak SMTP relay limit exceeded", Outcome.STOPPED),
        (Stage.MAIL, "550 5.4.5 Daily user sending limit exceeded", Outcome.STOPPED),
        (Stage.RCPT, "450 4.2.0 Greylisted", Outcome.DEFERRED),
        (Stage.RCPT, "550 5.1.1 no such user", Outcome.REFUSED),
        (Stage.DATA, "451 4.3.0 not now", Outcome.DEFERRED),
        (Stage.DATA, "554 no", Outcome.REFUSED),
    ],
)
def test_send_refused_before_the_dot_goes_by_the_reply(
    relay: Relay, mailer: SmtpMailer, stage: Stage, says: str, outcome: Outcome
) -> None:
    relay.play(Trick(stage, says))

    assert sent(mailer) == (Reply(outcome, says), 0)
    assert sent(mailer, NEXT) == (Reply(Outcome.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert ([each.data for each in relay.accepted], relay.connections) == ([NEXT.data], 1)


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ("250 2.0.0 Ok: queued as 4F1", Outcome.ACCEPTED),
        ("299 taken", Outcome.ACCEPTED),
        ("451 4.3.0 try again", Outcome.DEFERRED),
        ("454 Throttling failure: Daily message quota exceeded.", Outcome.STOPPED),
        ("550 5.7.1 looks like spam", Outcome.REFUSED),
        ("554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", Outcome.STOPPED),
    ],
)
def test_send_answered_after_the_dot_goes_by_the_reply(
    relay: Relay, mailer: SmtpMailer, says: str, outcome: Outcome
) -> None:
    relay.play(Trick(Stage.DOT, says))

    assert sent(mailer) == (Reply(outcome, says), 1)
    assert sent(mailer, NEXT)[0].outcome == Outcome.ACCEPTED
    assert relay.connections == 1


def test_send_refused_for_one_recipient_goes_on_with_others(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.RCPT, "552 5.2.2 mailbox full", recipient="bo@example.net", times=0))
    people = ("anna@example.com", "bo@example.net", "cy@example.org", "bo@example.net")

    outcomes = [mailer.send(letter(to=each), nothing).outcome for each in people]

    assert outcomes == [Outcome.ACCEPTED, Outcome.REFUSED, Outcome.ACCEPTED, Outcome.REFUSED]
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

    assert sent(mailer)[0] == Reply(Outcome.STOPPED, "421 4.7.0 closing connection")
    assert sent(mailer, NEXT)[0].outcome == Outcome.ACCEPTED
    assert relay.connections == 2


def test_send_told_421_at_mail_on_a_used_connection_begins_another(relay: Relay, mailer: SmtpMailer) -> None:
    mailer.send(letter(), nothing)
    relay.play(Trick(Stage.MAIL, "421 4.7.0 too many letters in this connection"))

    assert sent(mailer, NEXT) == (Reply(Outcome.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert relay.connections == 2


def test_send_told_421_at_mail_on_a_new_connection_stops(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.MAIL, "421 4.7.0 too busy"))

    assert sent(mailer) == (Reply(Outcome.STOPPED, "421 4.7.0 too busy"), 0)
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

    assert sent(mailer) == (Reply(Outcome.DEFERRED, words), 0)
    assert sent(mailer, NEXT) == (Reply(Outcome.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert [each.data for each in relay.accepted] == [NEXT.data]


def test_send_with_the_connection_lost_in_the_body_is_deferred(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.DATA, in_body=True))
    big = letter(b"0123456789\r\n" * 1_000_000)

    reply, commits = sent(mailer, big)

    assert (reply.outcome, commits, relay.accepted) == (Outcome.DEFERRED, 0, ())


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
        (b"552 5.3.4 too big\r\n", Reply(Outcome.REFUSED, "552 5.3.4 too big")),
        (b"421 4.3.2 bye\r\n", Reply(Outcome.STOPPED, "421 4.3.2 bye")),
        (b"250 Ok\r\n", Reply(Outcome.DEFERRED, "250 Ok")),
        (b"354 go ahead\r\n", Reply(Outcome.DEFERRED, "the relay spoke before the letter was whole")),
        (b"25", Reply(Outcome.DEFERRED, "no answer in time before the letter was whole")),
    ],
)
def test_send_never_takes_what_was_said_before_the_dot_for_its_reply(
    said: bytes, reply: Reply, to: To
) -> None:
    with speaks_up(said) as script:
        assert sent(to(script.settings(timeout=0.5))) == (reply, 0)
        assert b"\r\n.\r\n" not in script.heard()


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
        assert reply == Reply(Outcome.ACCEPTED, "250 Ok")


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

    assert sent(mailer) == (Reply(Outcome.IN_DOUBT, words), 1)
    assert sent(mailer, NEXT) == (Reply(Outcome.ACCEPTED, "250 2.0.0 Ok: queued"), 1)
    assert [each.data for each in relay.accepted] == [letter().data] * trick.takes() + [NEXT.data]
    assert relay.connections == 2


def test_send_waits_for_the_reply_to_the_dot_alone_as_long_as_that_takes(relay: Relay, to: To) -> None:
    relay.play(Trick(Stage.DOT, delay=0.5))
    mailer = to(relay.settings(timeout=0.2, dot_timeout=5.0))

    assert sent(mailer)[0].outcome == Outcome.ACCEPTED


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

        assert reply == Reply(Outcome.IN_DOUBT, "no answer in time after the final dot")
        assert time.monotonic() - start < 2


def test_send_interrupted_while_waiting_for_the_reply_stops_at_once(
    relay: Relay, mailer: SmtpMailer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(self: object, seconds: float) -> tuple[int, bytes]:
        raise KeyboardInterrupt

    def commit() -> None:
        monkeypatch.setattr("pipeline.mail.wire.Wire.reply_within", interrupt)

    with pytest.raises(KeyboardInterrupt):
        mailer.send(letter(), commit)

    monkeypatch.undo()
    assert sent(mailer, NEXT)[0].outcome == Outcome.ACCEPTED
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
            (Reply(Outcome.ACCEPTED, "250 Ok"), 1),
            (Reply(Outcome.ACCEPTED, "250 Ok again"), 1),
        ]
        assert script.heard(1).endswith(NEXT.data + b".\r\nQUIT\r\n")


def test_send_where_clearing_is_refused_connects_again(to: To) -> None:
    def first(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok\r\n")
        peer.answer(b"502 what?\r\n")
        peer.hear(b"never")

    def second(peer: Peer) -> None:
        peer.agree_until_body()
        peer.hear(b"\r\n.\r\n")
        peer.say(b"250 Ok again\r\n")

    with Script(first, second) as script:
        mailer = to(script.settings())
        mailer.send(letter(), nothing)

        assert sent(mailer, NEXT) == (Reply(Outcome.ACCEPTED, "250 Ok again"), 1)


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


# --- connecting ----------------------------------------------------------------------------------------


def unavailable(settings: SmtpSettings) -> str:
    commit = Commit()
    with pytest.raises(MailUnavailable) as raised:
        SmtpMailer(settings).send(letter(), commit)
    assert commit.calls == 0
    return str(raised.value)


def rejected(settings: SmtpSettings) -> str:
    commit = Commit()
    with pytest.raises(MailRejectsUs) as raised:
        SmtpMailer(settings).send(letter(), commit)
    assert commit.calls == 0
    return str(raised.value)


def test_send_with_nobody_listening_is_unavailable() -> None:
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]

    assert unavailable(SmtpSettings(HOST, port, "none")) == (
        f"127.0.0.1:{port}: nothing answers there. Every message is kept; "
        "run again later, or correct host and port under mail.transport in config/service.yaml."
    )


@pytest.mark.parametrize("host", ["relay.invalid", "a..b", "x" * 64 + ".example"])
def test_send_to_a_name_without_address_is_unavailable(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(name: str, *rest: object, **more: object) -> object:
        name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", offline)
    assert unavailable(SmtpSettings(host, 587)).startswith(
        f"{host}:587: no address is known for this name. Every message is kept; "
    )


@pytest.mark.parametrize(
    ("trick", "words"),
    [
        ({"says": "421 4.7.0 too busy"}, "not now (421 4.7.0 too busy)"),
        ({"says": "hello"}, "not now (not a reply: “hello”)"),
        ({"drops": True}, "the connection was lost"),
        ({"raw": b"220 "}, "no answer in time"),
    ],
)
def test_send_to_a_relay_that_does_not_greet_is_unavailable(
    relay: Relay, trick: dict[str, object], words: str
) -> None:
    relay.play(Trick(Stage.CONNECT, **trick))  # type: ignore[arg-type]  # each row names fields of Trick

    assert unavailable(relay.settings(timeout=0.2)).startswith(f"127.0.0.1:{relay.port}: {words}. Every mess")


def test_send_to_a_relay_that_turns_us_away_is_rejected(relay: Relay) -> None:
    relay.play(Trick(Stage.CONNECT, "554 5.7.1 no SMTP service here"))

    assert rejected(relay.settings()) == (
        f"127.0.0.1:{relay.port}: turns us away (554 5.7.1 no SMTP service here). Ask who runs it, or "
        "correct host and port under mail.transport in config/service.yaml, then run again. "
        "Every message is kept."
    )


def test_send_after_the_relay_was_unavailable_connects_again(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.CONNECT, "421 4.7.0 too busy"))

    with pytest.raises(MailUnavailable):
        mailer.send(letter(), nothing)

    assert sent(mailer, NEXT)[0].outcome == Outcome.ACCEPTED


def test_send_introduces_itself_by_the_name_it_was_given() -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250 relay.example.org\r\n", b"250 Ok\r\n", b"221 Bye\r\n")

    with Script(act) as script:
        SmtpMailer(script.settings(), "convene.example.org").check()

        assert script.heard() == b"ehlo convene.example.org\r\nnoop\r\nQUIT\r\n"


def test_send_in_the_clear_to_another_machine_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(self: socket.socket) -> tuple[str, int]:
        return ("192.0.2.7", 25)

    class Elsewhere(socket.socket):
        getpeername = elsewhere

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        link = Elsewhere(socket.AF_INET)
        link.connect(address)
        return link

    monkeypatch.setattr("pipeline.mail.wire.create_connection", connect)
    with Relay() as relay:
        assert rejected(relay.settings()) == (
            f"127.0.0.1:{relay.port}: nothing is sent unencrypted but on this machine. Set security to "
            "starttls or tls under mail.transport in config/service.yaml, then run again. Every message is kept."
        )


# --- encryption ----------------------------------------------------------------------------------------


def test_send_where_starttls_is_not_offered_is_rejected(relay: Relay) -> None:
    assert rejected(relay.settings(security="starttls")) == (
        f"127.0.0.1:{relay.port}: does not offer STARTTLS, and nothing is sent unencrypted. Try security tls "
        "and port 465 under mail.transport in config/service.yaml, then run again. Every message is kept."
    )


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_send_to_a_certificate_of_unknown_origin_is_rejected(
    certificates: Certificates, security: str
) -> None:
    with Relay(security, certificates) as relay:
        assert rejected(relay.settings(ca_file="")) == (
            f"127.0.0.1:{relay.port}: its certificate is not trusted (unable to get local issuer "
            "certificate). Correct host, or name a ca_file, under mail.transport in config/service.yaml, "
            "then run again. Every message is kept."
        )


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_send_to_a_certificate_of_another_name_is_rejected(certificates: Certificates, security: str) -> None:
    with Relay(security, certificates, name="other.example.org") as relay:
        assert "its certificate is not trusted (" in rejected(relay.settings())


def test_send_with_tls_to_a_relay_without_it_is_rejected(relay: Relay) -> None:
    assert rejected(relay.settings(security="tls")) == (
        f"127.0.0.1:{relay.port}: does not speak TLS as was asked for. Correct security and port "
        "under mail.transport in config/service.yaml, then run again. Every message is kept."
    )


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_send_with_a_ca_file_that_is_none_is_rejected(
    relay: Relay, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content)

    assert "its ca_file cannot be read as certificates. Correct ca_file" in rejected(
        relay.settings(security="tls", ca_file=str(path))
    )


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (b"454 4.7.0 TLS not available\r\n", MailUnavailable, "not now (454 4.7.0 TLS not available)"),
        (b"501 no\r\n", MailRejectsUs, "turns us away (501 no)"),
        (b"220 go\r\n", MailUnavailable, "the connection was lost"),
    ],
)
def test_send_where_starttls_fails_sends_nothing(
    answer: bytes, kind: type[Exception], words: str, to: To
) -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250-relay.example.org\r\n250 STARTTLS\r\n", answer)

    with Script(act) as script, pytest.raises(kind) as raised:
        to(script.settings(security="starttls")).send(letter(), nothing)

    assert str(raised.value).startswith(f"127.0.0.1:{script.port}: {words}")
    assert b"MAIL" not in script.heard()


def test_send_believes_nothing_that_came_before_encryption() -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250-relay.example.org\r\n250 STARTTLS\r\n", b"220 go\r\n250 injected\r\n")
        peer.hear(b"never")

    with Script(act) as script:
        assert "the connection was lost" in unavailable(script.settings(security="starttls"))
        script.join()
        assert script.heard().endswith(b"STARTTLS\r\n")


def test_send_makes_one_context_that_verifies_certificates(certificates: Certificates, to: To) -> None:
    with Relay("tls", certificates) as relay:
        mailer = to(relay.settings())
        mailer.send(letter(), nothing)
        first = mailer._context
        mailer.close()
        mailer.send(letter(), nothing)
        mailer.close()

    assert first is not None
    assert mailer._context is first
    assert (first.verify_mode, first.check_hostname) == (ssl.CERT_REQUIRED, True)


# --- logging in ----------------------------------------------------------------------------------------

USER, PASSWORD = "team@example.org", "pässword wïth spaces"
SECRETS = (
    USER,
    PASSWORD,
    b64encode(USER.encode()).decode(),
    b64encode(PASSWORD.encode()).decode(),
    b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode(),
)


def test_send_after_a_login_is_accepted(to: To) -> None:
    with Relay(login=(USER, PASSWORD)) as relay:
        mailer = to(relay.settings())
        assert sent(mailer)[0].outcome == Outcome.ACCEPTED


def test_send_with_a_wrong_password_is_rejected_without_a_secret() -> None:
    with Relay(login=(USER, PASSWORD)) as relay:
        said = rejected(relay.settings(password=PASSWORD + "!"))

    assert said == (
        f"127.0.0.1:{relay.port}: refuses the login (535 5.7.8 Authentication credentials invalid). Correct "
        "username and password under mail.transport in config/service.yaml, then run again. "
        "Every message is kept."
    )


def test_send_without_the_login_that_is_asked_for_stops(to: To) -> None:
    with Relay(login=(USER, PASSWORD)) as relay:
        mailer = to(relay.settings(username=""))
        assert sent(mailer) == (Reply(Outcome.STOPPED, "530 5.7.0 Authentication required"), 0)


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        ("454 4.7.0 Temporary authentication failure", MailUnavailable),
        ("550 5.7.30 Basic authentication is not supported", MailRejectsUs),
        ("334 VXNlcg==", MailUnavailable),
    ],
)
def test_send_with_a_login_that_fails_goes_by_the_reply(says: str, kind: type[Exception], to: To) -> None:
    with Relay(login=(USER, PASSWORD)) as relay:
        relay.play(Trick(Stage.LOGIN, says))
        with pytest.raises(kind) as raised:
            to(relay.settings()).send(letter(), nothing)

    assert f"({says})" in str(raised.value)


@pytest.mark.parametrize("methods", [b"PLAIN LOGIN", b"LOGIN", b"CRAM-MD5 PLAIN", b"login"])
def test_send_with_a_relay_that_repeats_secrets_shows_none(methods: bytes) -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250-relay.example.org\r\n250 AUTH " + methods + b"\r\n", b"334 \r\n")
        if b"PLAIN" not in methods:
            peer.answer(b"334 \r\n")
        answer = peer.hear().strip()
        peer.say(b"535 no login for " + USER.encode() + b" " + PASSWORD.encode() + b" by " + answer + b"\r\n")
        peer.hear(b"never")

    with Script(act) as script:
        said = rejected(script.settings(username=USER, password=PASSWORD))

    assert said.startswith(f"127.0.0.1:{script.port}: refuses the login (535 no login for … … by …). ")
    assert [secret for secret in SECRETS if secret in said] == []


def test_send_where_no_login_by_password_is_offered_is_rejected() -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250-relay.example.org\r\n250 AUTH GSSAPI XOAUTH2\r\n")
        peer.hear(b"never")

    with Script(act) as script:
        assert "offers no login with a password (PLAIN or LOGIN)" in rejected(
            script.settings(username=USER, password=PASSWORD)
        )


def test_settings_and_mailer_do_not_print_the_password() -> None:
    settings = SmtpSettings(HOST, 587, username=USER, password=PASSWORD)

    assert PASSWORD not in repr(settings) + repr(SmtpMailer(settings))


# --- check ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("security", "shown"), [("none", "not encrypted"), ("tls", "TLSv1.3"), ("starttls", "TLSv1.3")]
)
def test_check_says_what_was_found(certificates: Certificates, security: str, shown: str) -> None:
    with Relay(security, certificates) as relay:
        assert (
            SmtpMailer(relay.settings()).check() == f"127.0.0.1:{relay.port} accepts the connection ({shown})"
        )
    with Relay(security, certificates, (USER, PASSWORD)) as relay:
        assert SmtpMailer(relay.settings()).check() == f"127.0.0.1:{relay.port} accepts the login ({shown})"


def test_check_where_the_relay_hangs_up_is_unavailable() -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250 relay.example.org\r\n")
        peer.hear()

    with Script(act) as script, pytest.raises(MailUnavailable, match="the connection was lost"):
        SmtpMailer(script.settings()).check()


def test_check_then_send_connects_anew(relay: Relay, mailer: SmtpMailer) -> None:
    mailer.check()

    assert sent(mailer)[0].outcome == Outcome.ACCEPTED
    assert relay.connections == 2
