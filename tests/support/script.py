"""A bare socket on loopback for tests of what no mail server would do, and of the order in which bytes leave.

def act(peer: Peer) -> None:
    peer.agree_until_body()
    peer.hear(b"\\r\\n.\\r\\n")
    peer.say(b"250 O")  # cut off: the connection ends with the act

with Script(act) as script:
    ...  # send to script.settings()
"""

from collections.abc import Callable
from dataclasses import replace
from socket import SHUT_RDWR, create_server, socket
from threading import Condition, Thread
from types import TracebackType
from typing import Any, Self

from pipeline.model.settings import SmtpSettings

HOST = "127.0.0.1"


class Peer:
    """The relay's end of one connection, byte by byte."""

    def __init__(self, link: socket, heard: bytearray, changed: Condition) -> None:
        self._link, self._heard, self._changed = link, heard, changed
        self._read = 0

    def say(self, said: bytes) -> None:
        """Send these bytes and no others."""
        self._link.sendall(said)

    def hear(self, until: bytes = b"\r\n") -> bytes:
        """Return what comes up to and with `until`; raises `EOFError` where the other end hangs up first."""
        while (end := self._heard.find(until, self._read)) < 0:
            received = self._link.recv(65536)
            if not received:
                raise EOFError
            with self._changed:
                self._heard.extend(received)
                self._changed.notify_all()
        start, self._read = self._read, end + len(until)
        return bytes(self._heard[start : self._read])

    def answer(self, *replies: bytes) -> None:
        """Hear a line before each of `replies`."""
        for reply in replies:
            self.hear()
            self.say(reply)

    def agree_until_body(self, offers: bytes = b"") -> None:
        """Be a relay that agrees, up to the 354; `offers` are lines of its answer to EHLO."""
        self.say(b"220 relay.example.org\r\n")
        self.answer(offers + b"250 relay.example.org\r\n", b"250 Ok\r\n", b"250 Ok\r\n", b"354 go ahead\r\n")


class Script:
    """A listening socket that plays one act for each connection, in a thread, and records what it hears."""

    def __init__(self, *acts: Callable[[Peer], None]) -> None:
        self._acts = acts
        self._listener = create_server((HOST, 0))
        self._links: list[socket] = []
        self._changed = Condition()
        self._heard: list[bytearray] = []
        self._thread = Thread(target=self._run)
        self.port = int(self._listener.getsockname()[1])

    def _run(self) -> None:
        for act in self._acts:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            with link:
                self._links.append(link)
                self._heard.append(bytearray())
                try:
                    act(Peer(link, self._heard[-1], self._changed))
                except (OSError, EOFError):
                    continue

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for link in (self._listener, *self._links):
            try:
                link.shutdown(SHUT_RDWR)
            except OSError:
                continue
        self._listener.close()
        self.join()

    def join(self) -> None:
        """Wait until every act has come to its end."""
        self._thread.join(10)

    def settings(self, **changes: Any) -> SmtpSettings:
        """Return settings that reach this socket, in the clear and patient for half a second."""
        usual = SmtpSettings(HOST, self.port, "none", timeout=0.5, dot_timeout=0.5)
        return replace(usual, **changes)

    def heard(self, connection: int = 0) -> bytes:
        """Return all that came on a connection so far."""
        return bytes(self._heard[connection])

    def wait_for(self, end: bytes, connection: int = 0) -> bool:
        """Wait up to 5 seconds until what came on a connection ends with `end`; return whether it does."""
        with self._changed:
            return self._changed.wait_for(lambda: self._heard[connection].endswith(end), 5)
