"""Sending over SMTP: logging in, by password or by token, with nothing secret in any word."""

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from responses import RequestsMock

from pipeline.mail.base import Handover, Reply
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.errors import MailRejectsUs, MailUnavailable
from pipeline.model.settings import GoogleToken, Password, SmtpSettings
from tests.support.mailer_suite import MailerSuite, Post, letter, nothing
from tests.support.relay import HOST, Certificates, Relay, Trick
from tests.support.script import Peer, Script
from tests.support.smtp_case import GREETING, NEXT, To, mailers, rejected, sent, unavailable
from tests.support.token_case import (
    APPLICATION,
    GOOGLE,
    GRANTED,
    MICROSOFT,
    TOKEN,
    secrets_in,
    sent_to,
    service_account,
    token_services,
    with_directory,
)
from tests.support.token_case import USER as MAILBOX


@pytest.fixture
def web() -> Iterator[RequestsMock]:
    """Give Google's token service; it gives tokens called token1, token2 and so on."""
    with token_services() as web:
        for number in range(1, 4):
            web.post(GOOGLE, json={**GRANTED, "access_token": f"token{number}"})
        yield web


@pytest.fixture
def google(tmp_path: Path) -> GoogleToken:
    return service_account(tmp_path)


# --- by password ---------------------------------------------------------------------------------------

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
        assert sent(mailer)[0].outcome == Handover.ACCEPTED


def test_send_with_a_wrong_password_is_rejected_without_a_secret() -> None:
    with Relay(login=(USER, PASSWORD)) as relay:
        said = rejected(relay.settings(login=Password(USER, PASSWORD + "!")))

    assert said == (
        f"127.0.0.1:{relay.port}: refuses the login (535 5.7.8 Authentication credentials invalid). Correct "
        "username and password under mail.smtp in config/service.yaml, then run again. "
        "Every message is kept."
    )


def test_send_without_the_login_that_is_asked_for_stops(to: To) -> None:
    with Relay(login=(USER, PASSWORD)) as relay:
        mailer = to(relay.settings(login=None))
        assert sent(mailer) == (Reply(Handover.STOPPED, "530 5.7.0 Authentication required"), 0)


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
        said = rejected(script.settings(login=Password(USER, PASSWORD)))

    assert said.startswith(f"127.0.0.1:{script.port}: refuses the login (535 no login for … … by …). ")
    assert [secret for secret in SECRETS if secret in said] == []


def test_send_where_no_login_by_password_is_offered_is_rejected() -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250-relay.example.org\r\n250 AUTH GSSAPI XOAUTH2\r\n")
        peer.hear(b"never")

    with Script(act) as script:
        assert "offers no login with a password (PLAIN or LOGIN)" in rejected(
            script.settings(login=Password(USER, PASSWORD))
        )


def test_settings_and_mailer_do_not_print_the_password() -> None:
    settings = SmtpSettings(HOST, 587, login=Password(USER, PASSWORD))

    assert PASSWORD not in repr(settings) + repr(SmtpMailer(settings))


def test_send_where_passwords_have_ended_says_what_takes_their_place() -> None:
    with Relay(login=(USER, PASSWORD)) as relay:
        relay.play(Trick(Stage.LOGIN, "550 5.7.30 Basic authentication is not supported"))
        said = rejected(relay.settings())

    assert said == (
        f"127.0.0.1:{relay.port}: refuses the login (550 5.7.30 Basic authentication is not supported). "
        "Passwords are no longer taken there: write login: microsoft (see docs/mail.md) under mail.smtp in "
        "config/service.yaml, then run again. Every message is kept."
    )


# --- by token ------------------------------------------------------------------------------------------


class TestSmtpMailerByToken(MailerSuite):
    @pytest.fixture(params=["starttls", "tls"])
    def post(
        self,
        request: pytest.FixtureRequest,
        tmp_path_factory: pytest.TempPathFactory,
        web: RequestsMock,
        google: GoogleToken,
        to: To,
    ) -> Iterator[Post]:
        certificates = Certificates(tmp_path_factory.mktemp("certificates"))
        with Relay(request.param, certificates, bearer=(MAILBOX, "token1")) as relay:
            yield Post(to(relay.settings(login=google)), lambda: tuple(each.data for each in relay.accepted))


def test_send_shows_a_token_as_it_is_wanted(web: RequestsMock, google: GoogleToken) -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250-relay.example.org\r\n250 AUTH LOGIN PLAIN XOAUTH2\r\n", b"235 2.7.0 Accepted\r\n")
        peer.answer(b"250 Ok\r\n", b"221 Bye\r\n")

    with Script(act) as script:
        SmtpMailer(script.settings(login=google)).check()

        shown = b64encode(f"user={MAILBOX}\x01auth=Bearer token1\x01\x01".encode())
        assert script.heard() == b"ehlo [127.0.0.1]\r\nAUTH XOAUTH2 " + shown + b"\r\nnoop\r\nQUIT\r\n"


def test_send_over_many_connections_asks_for_one_token(web: RequestsMock, google: GoogleToken) -> None:
    with Relay(bearer=(MAILBOX, "token1")) as relay, mailers(per_connection=1) as to:
        mailer = to(relay.settings(login=google))
        outcomes = [mailer.send(letter(number=number), nothing).outcome for number in range(3)]

    assert (outcomes, relay.connections) == ([Handover.ACCEPTED] * 3, 3)
    assert len(sent_to(web, GOOGLE)) == 1


def test_send_whose_kept_token_was_taken_back_asks_for_another(
    web: RequestsMock, google: GoogleToken
) -> None:
    with Relay(bearer=(MAILBOX, "token1")) as relay, mailers(per_connection=1) as to:
        mailer = to(relay.settings(login=google))
        mailer.send(letter(), nothing)
        relay.turn_to("token2")

        assert sent(mailer, NEXT)[0].outcome == Handover.ACCEPTED

    assert (relay.retorts, len(sent_to(web, GOOGLE))) == ((b"",), 2)


def test_send_whose_second_token_is_refused_too_is_rejected(web: RequestsMock, google: GoogleToken) -> None:
    with Relay(bearer=(MAILBOX, "token1")) as relay, mailers(per_connection=1) as to:
        mailer = to(relay.settings(login=google))
        mailer.send(letter(), nothing)
        relay.turn_to("another")

        with pytest.raises(MailRejectsUs):
            mailer.send(NEXT, nothing)

    assert (relay.retorts, len(sent_to(web, GOOGLE))) == ((b"", b""), 2)


def test_send_with_a_token_that_is_refused_says_why(web: RequestsMock, google: GoogleToken) -> None:
    with Relay(bearer=(MAILBOX, "another")) as relay:
        said = rejected(relay.settings(login=google))

    assert said == (
        f"127.0.0.1:{relay.port}: refuses the login (535 5.7.8 Username and Password not accepted. For more, "
        "see the manual (status 400, scope https://mail.google.com/)). Let the mailbox google.user use SMTP "
        "(see docs/mail.md), or correct it under mail.smtp in config/service.yaml, then run again. "
        "Every message is kept."
    )
    assert (relay.retorts, len(sent_to(web, GOOGLE))) == ((b"",), 1)


def test_send_with_a_token_of_microsoft_that_is_refused_says_what_to_give() -> None:
    with token_services() as web, Relay(bearer=(MAILBOX, "another")) as relay:
        with_directory(web).post(MICROSOFT, json=GRANTED)
        relay.play(Trick(Stage.LOGIN, "535 5.7.3 Authentication unsuccessful"))
        said = rejected(relay.settings(login=APPLICATION))

    assert said == (
        f"127.0.0.1:{relay.port}: refuses the login (535 5.7.3 Authentication unsuccessful (status 400, scope "
        "https://mail.google.com/)). Give the application SMTP.SendAsApp, and its service principal in "
        "Exchange the mailbox (see docs/mail.md), or correct microsoft under mail.smtp in "
        "config/service.yaml, then run again. Every message is kept."
    )


def test_send_with_a_token_of_microsoft_is_accepted(to: To) -> None:
    with token_services() as web, Relay(bearer=(MAILBOX, TOKEN)) as relay:
        with_directory(web).post(MICROSOFT, json=GRANTED)

        assert sent(to(relay.settings(login=APPLICATION)))[0].outcome == Handover.ACCEPTED


def test_send_with_a_token_that_cannot_be_had_now_is_unavailable(google: GoogleToken) -> None:
    with token_services() as web, Relay(bearer=(MAILBOX, TOKEN)) as relay:
        web.post(GOOGLE, body=OSError("down"))

        assert unavailable(relay.settings(login=google)) == (
            "Google gives no token now (no secure connection, or no answer in time). Every message is kept; "
            "run again later."
        )
        assert relay.commands == ()


def test_send_with_a_login_put_off_is_unavailable(web: RequestsMock, google: GoogleToken) -> None:
    with Relay(bearer=(MAILBOX, "token1")) as relay:
        relay.play(Trick(Stage.LOGIN, "454 4.7.0 Temporary authentication failure"))

        assert "not now (454 4.7.0 Temporary authentication failure)" in unavailable(
            relay.settings(login=google)
        )


def test_send_where_no_login_by_token_is_offered_is_rejected(web: RequestsMock, google: GoogleToken) -> None:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(b"250-relay.example.org\r\n250 AUTH PLAIN LOGIN\r\n")
        peer.hear(b"never")

    with Script(act) as script:
        said = rejected(script.settings(login=google))

    assert said == (
        f"127.0.0.1:{script.port}: offers no login with an access token (XOAUTH2). Check host, security and "
        "port under mail.smtp in config/service.yaml, then run again. Every message is kept."
    )


def refusing(challenge: bytes, reply: bytes) -> Script:
    def act(peer: Peer) -> None:
        peer.say(GREETING)
        peer.answer(
            b"250-relay.example.org\r\n250 AUTH XOAUTH2\r\n", b"334 " + challenge + b"\r\n", reply + b"\r\n"
        )
        peer.hear(b"never")

    return Script(act)


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ({"status": "401", "scope": "mail"}, "535 no (status 401, scope mail)"),
        ({"status": 401}, "535 no (status 401)"),
        ({"status": "400\r\nQUIT\x07"}, "535 no (status 400 QUIT)"),
        ({"status": "x" * 400}, f"535 no (status {'x' * 284}…"),
        ({"else": TOKEN}, "535 no"),
        ({"status": TOKEN, "scope": MAILBOX}, "535 no (status …, scope …)"),
        ([1], "535 no"),
        ("status", "535 no"),
    ],
)
def test_send_with_a_token_shows_of_the_reasons_what_may_be_seen(
    google: GoogleToken, reasons: object, said: str
) -> None:
    with token_services() as web, refusing(b64encode(json.dumps(reasons).encode()), b"535 no") as script:
        web.post(GOOGLE, json=GRANTED)

        assert f"refuses the login ({said}). Let" in rejected(script.settings(login=google))
        assert script.heard().endswith(b"\r\n\r\n")


@pytest.mark.parametrize("challenge", [b"", b"not base64", b"\xff\xfe", b64encode(b"{"), b64encode(b"\xff")])
def test_send_with_a_token_takes_reasons_that_make_no_sense(google: GoogleToken, challenge: bytes) -> None:
    with token_services() as web, refusing(challenge, b"535 no") as script:
        web.post(GOOGLE, json=GRANTED)

        assert "refuses the login (535 no). Let" in rejected(script.settings(login=google))


def test_send_with_a_token_to_a_relay_that_repeats_it_shows_none(
    google: GoogleToken, caplog: pytest.LogCaptureFixture, to: To
) -> None:
    caplog.set_level("DEBUG")
    shown = b64encode(f"user={MAILBOX}\x01auth=Bearer {TOKEN}\x01\x01".encode()).decode()
    reply = f"535 x{TOKEN}x {shown} {MAILBOX} user={MAILBOX}\x01auth=Bearer {TOKEN}\x01\x01"
    with token_services() as web, refusing(b64encode(json.dumps(shown).encode()), reply.encode()) as script:
        web.post(GOOGLE, json=GRANTED)
        with pytest.raises(MailRejectsUs) as raised:
            to(script.settings(login=google)).send(letter(), nothing)

    assert "(535 x…x … … user=…auth=Bearer …)" in str(raised.value)
    assert secrets_in(raised.value, caplog.records, shown, MAILBOX) == []


def test_check_by_token_says_so(web: RequestsMock, google: GoogleToken) -> None:
    with Relay(bearer=(MAILBOX, "token1")) as relay:
        said = SmtpMailer(relay.settings(login=google)).check()

    assert said == f"127.0.0.1:{relay.port} accepts the login (not encrypted)"
