"""Sending over SMTP: finding the relay, encryption, and the check of both."""

import socket
import ssl
from pathlib import Path

import pytest

from pipeline.mail.base import Handover
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.errors import MailRejectsUs, MailUnavailable
from pipeline.model.settings import MailSettings, Rate, Sender, SmtpSettings
from pipeline.running.workspace import Mailers, open_mailer
from tests.support.mailer_suite import letter, nothing
from tests.support.relay import HOST, Certificates, Relay, Trick
from tests.support.script import Peer, Script
from tests.support.smtp_case import GREETING, NEXT, To, rejected, sent, unavailable

# --- connecting ----------------------------------------------------------------------------------------


def test_send_with_nobody_listening_is_unavailable() -> None:
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]

    assert unavailable(SmtpSettings(HOST, port, "none")) == (
        f"127.0.0.1:{port}: nothing answers there. Every message is kept; "
        "run again later, or correct host and port under mail.smtp in config/service.yaml."
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
        "correct host and port under mail.smtp in config/service.yaml, then run again. "
        "Every message is kept."
    )


def test_send_after_the_relay_was_unavailable_connects_again(relay: Relay, mailer: SmtpMailer) -> None:
    relay.play(Trick(Stage.CONNECT, "421 4.7.0 too busy"))

    with pytest.raises(MailUnavailable):
        mailer.send(letter(), nothing)

    assert sent(mailer, NEXT)[0].outcome == Handover.ACCEPTED


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

    monkeypatch.setattr("pipeline.mail.smtp.wire.create_connection", connect)
    with Relay() as relay:
        assert rejected(relay.settings()) == (
            f"127.0.0.1:{relay.port}: nothing is sent unencrypted but on this machine. Set security to "
            "starttls or tls under mail.smtp in config/service.yaml, then run again. Every message is kept."
        )


# --- encryption ----------------------------------------------------------------------------------------


def test_send_where_starttls_is_not_offered_is_rejected(relay: Relay) -> None:
    assert rejected(relay.settings(security="starttls")) == (
        f"127.0.0.1:{relay.port}: does not offer STARTTLS, and nothing is sent unencrypted. Try security tls "
        "and port 465 under mail.smtp in config/service.yaml, then run again. Every message is kept."
    )


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_send_to_a_certificate_of_unknown_origin_is_rejected(
    certificates: Certificates, security: str
) -> None:
    with Relay(security, certificates) as relay:
        assert rejected(relay.settings(ca_file="")) == (
            f"127.0.0.1:{relay.port}: its certificate is not trusted (unable to get local issuer "
            "certificate). Correct host, or name a ca_file, under mail.smtp in config/service.yaml, "
            "then run again. Every message is kept."
        )


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_send_to_a_certificate_of_another_name_is_rejected(certificates: Certificates, security: str) -> None:
    with Relay(security, certificates, name="other.example.org") as relay:
        assert "its certificate is not trusted (" in rejected(relay.settings())


def test_send_with_tls_to_a_relay_without_it_is_rejected(relay: Relay) -> None:
    assert rejected(relay.settings(security="tls")) == (
        f"127.0.0.1:{relay.port}: does not speak TLS as was asked for. Correct security and port "
        "under mail.smtp in config/service.yaml, then run again. Every message is kept."
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
        mailers = Mailers(MailSettings(Sender("team@example.org"), relay.settings()))
        one, other = mailers(), mailers()
        assert isinstance(one, SmtpMailer)
        assert isinstance(other, SmtpMailer)
        one.send(letter(), nothing)
        first = one._host._context
        for mailer in (other, one):
            mailer.close()
            mailer.send(letter(), nothing)
            mailer.close()

    assert first is not None
    assert one._host._context is other._host._context is first
    assert (first.verify_mode, first.check_hostname) == (ssl.CERT_REQUIRED, True)


# --- what a workspace asks for -------------------------------------------------------------------------


def test_open_mailer_introduces_itself_by_the_domain_of_the_sender() -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250 relay.example.org\r\n", b"250 Ok\r\n", b"221 Bye\r\n")

    with Script(act) as script:
        open_mailer(MailSettings(Sender("team@bücher.example"), script.settings())).check()

        assert script.heard().startswith(b"ehlo xn--bcher-kva.example\r\n")


def test_open_mailer_sends_as_many_letters_in_a_connection_as_the_rate_allows(relay: Relay) -> None:
    mailer = open_mailer(MailSettings(Sender("team@example.org"), relay.settings(), Rate(per_connection=2)))
    for number in range(5):
        mailer.send(letter(number=number), nothing)
    mailer.close()

    assert relay.connections == 3


# --- check ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("security", "shown"), [("none", "not encrypted"), ("tls", "TLSv1.3"), ("starttls", "TLSv1.3")]
)
def test_check_says_what_was_found(certificates: Certificates, security: str, shown: str) -> None:
    with Relay(security, certificates) as relay:
        assert (
            SmtpMailer(relay.settings()).check() == f"127.0.0.1:{relay.port} accepts the connection ({shown})"
        )
    with Relay(security, certificates, ("team", "s3cret")) as relay:
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

    assert sent(mailer)[0].outcome == Handover.ACCEPTED
    assert relay.connections == 2
