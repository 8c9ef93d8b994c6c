"""A letter opened: what its bytes tell, read back before it leaves.

Parts are taken apart at their boundaries (RFC 2046, 5.1.1) and not line by line; the heads that all letters have in
common are read once. `tests/support/slow_letters.py` reads the same with the library alone.
"""

import re
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr
from functools import lru_cache

from pipeline.model.frozen import dataclass
from pipeline.model.message import Attachment

_FOLD = re.compile(r"\r?\n(?=[ \t])")
_BOUNDARY = re.compile(
    rb'^Content-Type: *multipart/(?:[^\r\n]|\r\n[ \t])*?boundary="?([^"\r\n]+)', re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a letter shows: its subject, the name and address of its sender, where answers go, texts and files."""

    subject: str
    name: str
    address: str
    reply_to: str
    text: str
    html: str
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head of a part says; `read` returns what its body holds."""

    type: str
    is_file: bool
    name: str
    coding: str

    def read(self, body: bytes) -> bytes:
        match self.coding:
            case "quoted-printable":
                return a2b_qp(body)
            case "base64":
                return a2b_base64(body)
            case _:
                return body


def open_letter(data: bytes) -> Opened:
    """Read a letter that Convene wrote; no character is changed, whatever line breaks it takes.

    Raises ValueError for a part that is damaged.
    """
    head = data.partition(b"\r\n\r\n")[0]
    name, address = _sender(_header(head, b"From"))
    texts, files = {"text/plain": "", "text/html": ""}, []
    for part, body in _parts(data):
        if part.is_file:
            files.append(Attachment(part.name, part.type, part.read(body)))
        elif texts.get(part.type) == "":
            texts[part.type] = part.read(body).decode()
    subject, reply_to = _decoded(_header(head, b"Subject")), _header(head, b"Reply-To")
    return Opened(subject, name, address, reply_to, texts["text/plain"], texts["text/html"], tuple(files))


def _header(head: bytes, name: bytes) -> str:
    """Return a header as it stands; empty where there is none."""
    found = re.search(rb"^%b:[ \t]*((?:[^\r\n]|\r\n[ \t])*)" % name, head, re.MULTILINE | re.IGNORECASE)
    return found[1].decode() if found else ""


@lru_cache(maxsize=8)  # all letters come from the same
def _sender(header: str) -> tuple[str, str]:
    name, address = parseaddr(header)
    return _decoded(name), address


@lru_cache(maxsize=32)  # a letter of one kind mostly has the subject of the others
def _decoded(header: str) -> str:
    """Return a header as it is shown: unfolded, its encoded words read (RFC 2047)."""
    return str(make_header(decode_header(_FOLD.sub("", header))))


def _parts(data: bytes) -> Iterator[tuple[_Head, bytes]]:
    """Yield the head and the body of every part that holds no further parts."""
    head, _, body = data.partition(b"\r\n\r\n")
    boundary = _BOUNDARY.search(head)
    if boundary is None:
        yield _read_head(head), body
        return
    for piece in (b"\r\n" + body).split(b"\r\n--" + boundary[1])[1:]:
        if piece.startswith(b"\r\n"):  # the last is closed by two dashes
            yield from _parts(piece[2:])


@lru_cache(maxsize=32)
def _read_head(head: bytes) -> _Head:
    part = message_from_bytes(head + b"\r\n\r\n")
    is_file = part.get_content_disposition() == "attachment"
    coding = str(part.get("Content-Transfer-Encoding", "")).lower()
    return _Head(part.get_content_type(), is_file, part.get_filename("") or "", coding)
