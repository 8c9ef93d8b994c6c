"""One SMTP connection: bytes out, whole replies in, and the words that are shown of them.

`smtplib` writes the commands; what it leaves open is closed here. A reply counts only when it is whole, since
a line that a lost connection cut off says nothing, and every wait has an end.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from smtplib import SMTP, SMTPServerDisconnected
from socket import (
    EAI_NONAME,
    IPPROTO_TCP,
    SO_LINGER,
    SOL_SOCKET,
    TCP_NODELAY,
    create_connection,
    gaierror,
    socket,
)
from ssl import SSLContext, SSLWantReadError
from struct import pack
from time import monotonic

from pipeline.model.text import one_line, quote, without

Answer = tuple[int, bytes]
"""A reply's code (-1: it is none) and its words."""

_REPLY_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?")
_LONGEST_LINE, _MOST_LINES, _LONGEST_WORDS = 8192, 200, 300


class Wire(SMTP):
    """A connection on which only a reply that ends in CRLF counts, and no wait is endless."""

    def __init__(self, timeout: float) -> None:
        super().__init__(local_hostname="localhost", timeout=timeout)  # no host: does not connect yet
        self.command_encoding = "utf-8"  # beyond ASCII only where the relay offers SMTPUTF8
        self._unread = bytearray()

    @property
    def link(self) -> socket:
        """The socket; raises `SMTPServerDisconnected` where there is none any more."""
        if self.sock is None:
            raise SMTPServerDisconnected("not connected")
        return self.sock

    def open(self, host: str, port: int, local_hostname: str) -> None:
        """Connect; without `local_hostname` we introduce ourselves by address, which needs no name server."""
        self.sock = create_connection((host, port), self.timeout)
        # Without this, sending the dot apart from the body costs 40 ms a letter (delayed acknowledgement).
        self.sock.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        own = str(self.sock.getsockname()[0]).partition("%")[0]
        self.local_hostname = local_hostname or (f"[IPv6:{own}]" if ":" in own else f"[{own}]")

    def encrypt(self, context: SSLContext, host: str) -> None:
        """Begin TLS. Whatever the relay said ahead of it in the clear is not trusted: the connection ends."""
        if self._unread:
            raise SMTPServerDisconnected("spoke out of turn before TLS")
        self.sock = context.wrap_socket(self.link, server_hostname=host)

    @property
    def pipelines(self) -> bool:
        """Whether the relay takes several commands at once (RFC 2920)."""
        return "pipelining" in self.esmtp_features

    def ask(self, *commands: str) -> Iterator[Answer]:
        """Yield the answers to commands, which leave all at once where the relay takes that, else one by one."""
        together = self.pipelines
        if together:
            self.send("".join(f"{command}\r\n" for command in commands))
        for command in commands:
            if not together:
                self.putcmd(command)
            yield self.getreply()

    def rset(self) -> Answer:
        """Begin anew on this connection; `smtplib` itself would go back to ASCII here."""
        return self.docmd("RSET")

    def getreply(self) -> Answer:
        return self.reply_within(self.timeout)

    def reply_within(self, seconds: float) -> Answer:
        """Read one whole reply; code -1 with the line where it is none. Raises `OSError` where none comes."""
        deadline = monotonic() + seconds
        words: list[bytes] = []
        first = b""
        while len(words) < _MOST_LINES:
            line = self._read_line(deadline)
            found = _REPLY_LINE.fullmatch(line)
            if found is None or found[1] != (first or found[1]):
                return -1, line
            first = found[1]
            words.append(found[3] or b"")
            if found[2] != b"-":
                return int(first), b"\n".join(words)
        return -1, b"too many lines"

    def _read_line(self, deadline: float) -> bytes:
        while (end := self._unread.find(b"\r\n")) < 0:
            if len(self._unread) > _LONGEST_LINE:
                raise SMTPServerDisconnected("line without an end")
            self._receive(max(deadline - monotonic(), 0.001))
        line = bytes(self._unread[:end])
        del self._unread[: end + 2]
        return line

    def _receive(self, seconds: float) -> None:
        link = self.link
        link.settimeout(seconds)
        try:
            received = link.recv(_LONGEST_LINE)
        finally:
            link.settimeout(self.timeout)
        if not received:
            raise SMTPServerDisconnected("closed by the relay")
        self._unread += received

    def spoke_unasked(self) -> bool:
        """Whether something arrived before it was asked for; raises `OSError` where the relay hung up."""
        with suppress(BlockingIOError, SSLWantReadError):
            self._receive(0)
        return bool(self._unread)

    def drop(self) -> None:
        """End the connection at once (TCP reset), so that the relay cannot take what it has for whole."""
        with suppress(OSError):
            self.link.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
        with suppress(OSError):
            self.close()


def reason(error: OSError | UnicodeError) -> str:
    """Say in a few words, without names or numbers, why a connection did not come about or did not last."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, gaierror | UnicodeError):
        return "no address is known for this name"
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers there"
    return "the connection was lost"


def is_no_name(error: OSError | UnicodeError) -> bool:
    """Whether a host has no address at all, rather than none just now."""
    return isinstance(error, UnicodeError) or (isinstance(error, gaierror) and error.errno == EAI_NONAME)


def decoded(text: bytes) -> str:
    """Return a relay's words as text; what is not UTF-8 in them is replaced."""
    return text.decode("utf-8", "replace")


def words(code: int, text: bytes, private: tuple[str, ...]) -> str:
    """Return a reply as one line of at most 300 characters, without what is `private` (address, login)."""
    shown = without(decoded(text), private)
    line = one_line(f"{code} {shown}") if code > 0 else f"not a reply: {quote(shown)}"
    return line if len(line) <= _LONGEST_WORDS else f"{line[: _LONGEST_WORDS - 1]}…"
