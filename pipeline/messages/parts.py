"""What an e-mail holds below its headers (RFC 2045, 2046): text and HTML, pictures, and files that go along.

Written straight into bytes; `tests/support/slow_letters.py` does the same with the library's classes, which take a
hundred times as long, and every test letter must mean the same both ways.
"""

from base64 import encodebytes
from binascii import b2a_qp
from collections.abc import Iterable
from email.message import Message as Mime
from email.policy import compat32
from functools import lru_cache
from hashlib import sha256

from pipeline.model.address import header_text
from pipeline.model.errors import TemplateError
from pipeline.model.message import Attachment, Picture, Rendered

LONGEST_LINE = 76
"""Characters, of headers and of bodies (RFC 2045, 6.7 and 6.8)."""
_POLICY = compat32.clone(linesep="\r\n", max_line_length=LONGEST_LINE)


def write_body(content: Rendered, message_id: str, where: str) -> bytes:
    """Write a letter from its own Content-Type on: text and HTML, and beside them what is attached.

    `where` begins the error: raises TemplateError for what cannot be sent.
    """
    html = _text(content.html, "html", where)
    if content.pictures:
        shown = (html, *map(_picture, content.pictures))
        html = _multipart('related; type="text/html"', f"{message_id} related", shown)
    both = _multipart("alternative", message_id, (_text(content.text, "plain", where), html))
    if not content.attachments:
        return both
    files = (_file(attachment, where) for attachment in content.attachments)
    return _multipart("mixed", f"{message_id} mixed", (both, *files))


def _multipart(kind: str, name: str, parts: Iterable[bytes]) -> bytes:
    """Put parts between lines made from a name, which cannot stand in them: "=_" is not quoted-printable."""
    boundary = f"=_{sha256(name.encode()).hexdigest()[:40]}".encode()
    begins = b"--%s\r\n" % boundary
    head = b'Content-Type: multipart/%s;\r\n boundary="%s"\r\n\r\n' % (kind.encode(), boundary)
    return head + begins + (b"\r\n" + begins).join(parts) + b"\r\n--%s--\r\n" % boundary


def _text(text: str, subtype: str, where: str) -> bytes:
    try:
        data = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    except UnicodeEncodeError:
        raise TemplateError(
            f"{where}, {subtype} part: half a character cannot be sent. Correct the answer that has it."
        ) from None
    head = f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    return head.encode() + b2a_qp(data).replace(b"\n", b"\r\n")


def _picture(picture: Picture) -> bytes:
    """Write a picture that the HTML shows (RFC 2387)."""
    ending = picture.name.rpartition(".")[2].lower()
    return _picture_head({"jpg": "jpeg"}.get(ending, ending), picture.content_id) + _in_base64(picture.data)


@lru_cache(maxsize=32)  # every letter has the pictures and files of the others
def _picture_head(subtype: str, content_id: str) -> bytes:
    part = Mime(_POLICY)
    part["Content-Type"] = f"image/{subtype}"
    part["Content-ID"] = f"<{content_id}>"
    part["Content-Disposition"] = "inline"
    part["Content-Transfer-Encoding"] = "base64"
    return part.as_bytes()


def _file(attachment: Attachment, where: str) -> bytes:
    """Write a file that goes along; in base64, a calendar keeps its line ends (RFC 5545, 3.1)."""
    name = header_text(attachment.name, f"{where}, name of an attachment")
    return _file_head(name, attachment.type) + _in_base64(attachment.data)


@lru_cache(maxsize=32)
def _file_head(name: str, media: str) -> bytes:
    part = Mime(_POLICY)
    part["Content-Type"] = media
    # Another alphabet is written as RFC 2231 has it.
    shown = name if name.isascii() else ("utf-8", "", name)
    part.add_header("Content-Disposition", "attachment", filename=shown)
    part["Content-Transfer-Encoding"] = "base64"
    return part.as_bytes()


def _in_base64(data: bytes) -> bytes:
    return encodebytes(data).replace(b"\n", b"\r\n")
