"""A relay on loopback for tests that can be told to misbehave.

    with Relay() as relay:
        relay.play(Trick(Stage.RCPT, "550 5.1.1 no such user", recipient="bo@example.org"))
        ...  # send to relay.settings()
        assert relay.accepted == (Delivered("team@example.org", ("anna@example.org",), b"..."),)

It is aiosmtpd, with tricks played where they are wanted. What no server would do is left to `script`.
"""

import asyncio
import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from socket import AF_INET, IPPROTO_TCP, SOCK_STREAM, socket
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from types import SimpleNamespace, TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from trustme import CA

from pipeline.mail.smtp.replies import Stage
from pipeline.model.settings import Password, SmtpSettings

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter that the relay took: its envelope and its bytes, dots unstuffed."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Trick:
    """What the relay does at `stage` instead of agreeing, `times` over (0: always).

    `says` is the line it answers with, without CRLF (“” is a blank line; None is what it would have said);
    `raw` are bytes sent as they are, and nothing more; `drops` hangs up without an answer, after any `raw`.
    At the dot, `keeps` takes the letter all the same: with `drops` that is the lost 250. At `DATA`, `in_body`
    agrees and hangs up after the first line of the letter. `delay` is in seconds and comes first.
    `recipient` limits this to letters for that address, from RCPT on.
    """

    stage: Stage
    says: str | None = None
    raw: bytes = b""
    drops: bool = False
    keeps: bool = False
    in_body: bool = False
    delay: float = 0.0
    recipient: str = ""
    times: int = 1

    def takes(self) -> bool:
        """Whether a letter counts as taken after this at the dot."""
        agrees = self.says is None or self.says.startswith("2")
        return self.keeps or (agrees and not self.drops and not self.raw)


REFUSAL = {"status": "400", "schemes": "Bearer", "scope": "https://mail.google.com/"}
"""What is said of a token that is refused, before the refusal itself."""

LOST_REPLY = Trick(Stage.DOT, drops=True, keeps=True)
"""The letter is taken, and the connection lost before the relay could say so."""


@dataclass(slots=True)
class Book:
    """What the relay knows: tricks still to be played, letters taken, commands heard, calls.

    `allowed` is how many connections may be `open` at once (0: any number). `bearer` are the user and the token that
    log in; `retorts` what was answered to a refusal's reasons.
    """

    tricks: list[Trick] = field(default_factory=list)
    accepted: list[Delivered] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    allowed: int = 0
    open: int = 0
    bearer: tuple[str, str] = ("", "")
    retorts: list[bytes] = field(default_factory=list)

    def draw(self, stage: Stage, recipients: tuple[str, ...] = ()) -> Trick | None:
        """Return the first trick for this moment, and cross it out unless it is for ever."""
        for trick in self.tricks:
            if trick.stage is stage and (not trick.recipient or trick.recipient in recipients):
                if trick.times:
                    self.tricks.remove(trick)
                return trick
        return None


class Session(SMTP):
    """One connection to the relay: aiosmtpd's, with a trick played before an answer."""

    def __init__(self, book: Book, needs_login: bool, offers: tuple[str, ...], **options: Any) -> None:
        hooks = SimpleNamespace(
            handle_EHLO=self._ehlo,
            handle_MAIL=self._mail,
            handle_RCPT=self._rcpt,
            handle_DATA=self._dot,
            auth_XOAUTH2=self._token,
        )
        super().__init__(hooks, **options)
        self._smtp_methods["DATA"] = self._data
        self._smtp_methods["AUTH"] = self._auth
        self._smtp_methods["RSET"] = self._rset
        self._book = book
        self._offers = [f"250-{each}" for each in offers]
        self._needs_login = needs_login
        self.command_size_limits["AUTH"] = 12288  # RFC 4954, 4: tokens are long
        self._to_answer: Stage | None = Stage.CONNECT
        self._is_counted = False

    async def push(self, status: str | bytes) -> None:
        """Say something; the greeting and the end of a login are told here, as no hook is."""
        stage, said = self._to_answer, status if isinstance(status, str) else status.decode()
        if stage and not said.startswith("334"):
            self._to_answer = None
            said = await self._answer(stage, self._greet(said) if stage is Stage.CONNECT else said)
        await super().push(said)

    def _greet(self, usual: str) -> str:
        self._book.connections += 1
        self._book.open += 1
        self._is_counted = True
        too_many = 0 < self._book.allowed < self._book.open
        return "421 4.7.0 Error: too many connections" if too_many else usual

    def connection_lost(self, error: Exception | None) -> None:
        self._book.open -= self._is_counted
        self._is_counted = False
        super().connection_lost(error)

    def hang_up(self) -> asyncio.Task[None] | None:
        """End the connection at once; return what is still to be waited for."""
        for transport in (self.transport, self._original_transport):
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        if self._handler_coroutine:
            self._handler_coroutine.cancel()
        return self._handler_coroutine

    async def _answer(self, stage: Stage, usual: str, recipients: tuple[str, ...] = ()) -> str:
        trick = self._book.draw(stage, recipients)
        return usual if trick is None else await self._play(trick, usual)

    async def _play(self, trick: Trick, usual: str) -> str:
        await asyncio.sleep(trick.delay)
        if trick.raw:
            self._writer.write(trick.raw)
            await self._writer.drain()
        if trick.drops:
            self._writer.close()
        if trick.drops or trick.raw:
            await asyncio.Event().wait()  # until the connection ends, which cancels this
        return usual if trick.says is None else trick.says

    async def _ehlo(self, _: SMTP, session: Any, __: Any, name: str, usual: list[str]) -> list[str]:
        session.host_name = name
        return [*usual[:-1], *self._offers, usual[-1]]

    async def _mail(self, _: SMTP, session: Any, envelope: Any, address: str, __: list[str]) -> str:
        self._book.commands.append("MAIL")
        if self._needs_login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        said = await self._answer(Stage.MAIL, "250 2.1.0 Ok")
        if said.startswith("250"):
            envelope.mail_from = address
        return said

    async def _rcpt(self, _: SMTP, __: Any, envelope: Any, address: str, ___: list[str]) -> str:
        said = await self._answer(Stage.RCPT, "250 2.1.5 Ok", (address,))
        if said.startswith("25"):
            envelope.rcpt_tos.append(address)
        return said

    async def _data(self, arg: str) -> None:
        trick = self._book.draw(Stage.DATA, self._recipients())
        if trick is None:
            await self.smtp_DATA(arg)
        elif trick.in_body:
            await self.push("354 go ahead")
            await self._reader.readuntil(b"\r\n")
            self.hang_up()
        else:
            await self.push(await self._play(trick, "451 4.3.0 not now"))

    async def _dot(self, _: SMTP, __: Any, envelope: Any) -> str:
        letter = Delivered(envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.content))
        trick = self._book.draw(Stage.DOT, self._recipients())
        if trick is None or trick.takes():
            self._book.accepted.append(letter)
        return "250 2.0.0 Ok: queued" if trick is None else await self._play(trick, "250 2.0.0 Ok: queued")

    async def _token(self, _: SMTP, args: list[str]) -> AuthResult:
        """Take the one token that is right; say why of any other, hear the retort, and refuse."""
        user, token = self._book.bearer
        right = f"user={user}\x01auth=Bearer {token}\x01\x01".encode()
        if user and b64decode(args[1]) == right:
            return AuthResult(success=True)
        retort = await self.challenge_auth(json.dumps(REFUSAL))
        self._book.retorts.append(retort if isinstance(retort, bytes) else b"?")
        said = "535 5.7.8 Username and Password not accepted. For more, see the manual"
        return AuthResult(success=False, handled=False, message=said)

    async def _auth(self, arg: str) -> None:
        self._to_answer = Stage.LOGIN
        await self.smtp_AUTH(arg)

    async def _rset(self, arg: str) -> None:
        self._book.commands.append("RSET")
        await self.smtp_RSET(arg)

    def _recipients(self) -> tuple[str, ...]:
        return tuple(self.envelope.rcpt_tos) if self.envelope else ()


class Port(Controller):
    """aiosmtpd's server thread, on a free port that is bound before anybody asks for it."""

    def __init__(self, make: Callable[[asyncio.AbstractEventLoop], Session], tls: SSLContext | None) -> None:
        # Named as TCP, for only then does asyncio send each line at once and not 40 ms later.
        self._listener = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP)
        self._listener.bind((HOST, 0))
        super().__init__(None, hostname=HOST, port=self._listener.getsockname()[1], ssl_context=tls)
        self._make = make
        self._sessions: list[Session] = []

    def factory(self) -> Session:
        self._sessions.append(self._make(self.loop))
        return self._sessions[-1]

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._listener, ssl=self.ssl_context)

    def stop(self, no_assert: bool = False) -> None:
        """Hang up on everybody, wait until they are gone, and stop: nothing is left to complain of."""
        asyncio.run_coroutine_threadsafe(self._clear(), self.loop).result(10)
        super().stop(no_assert)

    async def _clear(self) -> None:
        for _ in range(5):  # a call that came this very moment becomes a session first
            await asyncio.sleep(0.001)
        talks = [session.hang_up() for session in self._sessions]
        await asyncio.gather(*filter(None, talks), return_exceptions=True)
        for _ in range(5):  # and what was ended is closed
            await asyncio.sleep(0.001)


@dataclass(frozen=True)
class Certificates:
    """A certificate authority of our own; `ca_file` is written into `folder`."""

    folder: Path

    @cached_property
    def authority(self) -> CA:
        return CA()

    @cached_property
    def ca_file(self) -> str:
        path = self.folder / "authority.pem"
        self.authority.cert_pem.write_to_path(str(path))
        return str(path)

    def server(self, name: str = HOST) -> SSLContext:
        """Return what a server that is called `name` needs for TLS."""
        context = SSLContext(PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(name).configure_cert(context)
        return context


class Relay:
    """A relay on a free port of this machine, from `with` to its end.

    `security` is as in `SmtpSettings`; all but `none` need `certificates`. `login` is the user name and
    password that it asks for, `bearer` the user and the access token (see `turn_to`). It shows a certificate
    for `name`, which may be another than its own. With `utf8` it offers SMTPUTF8, with `pipelining` PIPELINING.
    """

    def __init__(
        self,
        security: str = "none",
        certificates: Certificates | None = None,
        login: tuple[str, str] = ("", ""),
        name: str = HOST,
        bearer: tuple[str, str] = ("", ""),
        *,
        utf8: bool = False,
        pipelining: bool = False,
    ) -> None:
        tls = certificates.server(name) if certificates and security != "none" else None
        self._book = Book(bearer=bearer)
        self._offers = ("PIPELINING",) if pipelining else ()
        self._security, self._login = security, login
        self._ca_file = certificates.ca_file if certificates else ""
        self._options = {
            "tls_context": tls if security == "starttls" else None,
            "hostname": "relay.example.org",
            "ident": "ready",
            "auth_require_tls": False,
            "authenticator": self._authenticate,
            "data_size_limit": None,
            "enable_SMTPUTF8": utf8,
        }
        self._port = Port(self._make_session, tls if security == "tls" else None)

    def _make_session(self, loop: asyncio.AbstractEventLoop) -> Session:
        needs_login = bool(self._login[0] or self._book.bearer[0])
        return Session(self._book, needs_login, self._offers, loop=loop, **self._options)

    def _authenticate(self, _: Any, __: Any, ___: Any, ____: str, given: Any) -> AuthResult:
        told = (given.login.decode(), given.password.decode())
        return AuthResult(success=told == self._login, handled=False)

    def __enter__(self) -> Self:
        self._port.start()
        self._book.connections = 0  # aiosmtpd calls itself once to see that it is there
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._port.stop()

    def play(self, *tricks: Trick) -> None:
        """Add tricks to be played, each at its next chance."""
        for trick in tricks:
            self._book.tricks.extend([trick] * max(trick.times, 1))

    def allow(self, connections: int) -> None:
        """Turn away every connection beyond so many at once (0: none)."""
        self._book.allowed = connections

    def turn_to(self, token: str) -> None:
        """Take `token` from now on, and no longer the one before."""
        self._book.bearer = (self._book.bearer[0], token)

    def settings(self, **changes: Any) -> SmtpSettings:
        """Return settings that reach this relay, patient for 5 seconds, for 1 at the dot; with `changes`."""
        login = Password(*self._login) if self._login[0] else None
        usual = SmtpSettings(HOST, self.port, self._security, login, 5.0, 1.0, self._ca_file)
        return replace(usual, **changes)

    @property
    def port(self) -> int:
        return self._port.port

    @property
    def accepted(self) -> tuple[Delivered, ...]:
        """The letters taken, in order; those whose sender never heard of it included."""
        return tuple(self._book.accepted)

    @property
    def commands(self) -> tuple[str, ...]:
        """The MAIL and RSET commands heard, in order."""
        return tuple(self._book.commands)

    @property
    def retorts(self) -> tuple[bytes, ...]:
        """What was answered to each refusal's reasons, in order."""
        return tuple(self._book.retorts)

    @property
    def connections(self) -> int:
        return self._book.connections
