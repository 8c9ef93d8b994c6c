"""The slow way to write a letter: with the library's classes, one letter at a time. What is fast must mean the same."""

import re
from base64 import encodebytes
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.charset import QP, Charset
from email.header import Header, decode_header, make_header
from email.message import Message as Mime
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from pipeline.messages.compose import REF
from pipeline.messages.context import Context
from pipeline.messages.opened import Opened
from pipeline.messages.reading import Templates
from pipeline.messages.render import render
from pipeline.model.address import ascii_address, header_address, header_text
from pipeline.model.errors import TemplateError
from pipeline.model.message import Attachment, Kind, Message, Picture, Rendered
from pipeline.model.settings import Sender

_WIRE = compat32.clone(linesep="\r\n", max_line_length=76)
_SHORT_AND_PLAIN = re.compile(r"(?=.{1,60}\Z)[!-~]+(?: [!-~]+)*")
_PLAIN_NAME = re.compile(r"(?=.{1,60}\Z)[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")


def render_slowly(templates: Templates, kind: Kind, context: Context) -> Rendered:
    """Fill a template in as `render` does, each letter by itself."""
    whole = replace(templates)
    whole.shapes.only_shows = False
    return render(whole, kind, context)


def meaning(data: bytes) -> object:
    """Return all that a letter says, read back: headers, and of each part what it is and holds."""
    letter = message_from_bytes(data, policy=compat32)
    headers = [(name, re.sub(r"\r?\n(?=[ \t])", "", str(text))) for name, text in letter.items()]
    parts = [
        (
            part.get_content_type(),
            part.get_params(),
            part.get_filename(),
            part.get("Content-ID"),
            part.get("Content-Disposition"),
            part.get_payload(decode=True),
        )
        for part in letter.walk()
    ]
    return headers, parts, letter.defects


def open_slowly(data: bytes) -> Opened:
    """Read a letter as `open_letter` does."""
    found = message_from_bytes(data)
    parts = tuple(part for part in found.walk() if not part.is_multipart())
    files = tuple(part for part in parts if part.get_content_disposition() == "attachment")
    text, html = (
        next(
            (_held(part).decode() for part in parts if part.get_content_type() == kind and part not in files),
            "",
        )
        for kind in ("text/plain", "text/html")
    )
    name, address = parseaddr(found["From"])
    attached = (
        Attachment(part.get_filename("") or "", part.get_content_type(), _held(part)) for part in files
    )
    subject, reply_to = _decoded(found["Subject"]), found["Reply-To"] or ""
    return Opened(subject, _decoded(name), address, reply_to, text, html, tuple(attached))


def _decoded(header: str) -> str:
    return str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", header))))


def _held(part: Mime) -> bytes:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


def compose_slowly(
    message: Message, sender: Sender, reply_to: str, message_id: str, date: datetime, call_id: str
) -> bytes:
    """Write a letter as `compose` does."""
    where = f"message {message.kind} for {message.reference}"
    reference = f"{call_id}/{message.reference}/{message.kind}/{message.revision}"
    mark = REF, _unstructured(REF, reference, where)
    return _assemble(message.to, message.content, sender, reply_to, message_id, date, mark, where)


def _assemble(
    address: str,
    content: Rendered,
    sender: Sender,
    reply_to: str,
    message_id: str,
    date: datetime,
    mark: tuple[str, Header | str],
    where: str,
) -> bytes:
    mime: Mime[Header | str, Header | str] = Mime(_WIRE)
    mime["From"] = _mailbox(sender, where)
    to = header_address(address, f"{where}, address of the recipient")
    if to.isascii():
        mime["To"] = to
    if reply_to:
        mime["Reply-To"] = ascii_address(reply_to, f"{where}, reply address")
    mime["Subject"] = _unstructured("Subject", content.subject, f"{where}, subject")
    mime["Date"] = format_datetime(date)
    mime["Message-ID"] = header_text(message_id, f"{where}, Message-ID")
    mime["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    mime["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    mime[mark[0]] = mark[1]
    mime["MIME-Version"] = "1.0"
    _write_parts(mime, content, message_id, where)
    return (b"" if to.isascii() else f"To: {to}\r\n".encode()) + mime.as_bytes()


def _write_parts(
    mime: "Mime[Header | str, Header | str]", content: Rendered, message_id: str, where: str
) -> None:
    """Write text and HTML, and beside them what is attached."""
    alternative = f'multipart/alternative; boundary="{_boundary(message_id)}"'
    html = _part(content.html, "html", where)
    parts: tuple[Mime, ...] = (
        _part(content.text, "plain", where),
        _related(html, content.pictures, message_id) if content.pictures else html,
    )
    if content.attachments:
        mime["Content-Type"] = f'multipart/mixed; boundary="{_boundary(f"{message_id} mixed")}"'
        body = _multipart(alternative, parts)
        parts = (body, *(_attached(attachment, where) for attachment in content.attachments))
    else:
        mime["Content-Type"] = alternative
    for part in parts:
        mime.attach(part)


def _multipart(media: str, parts: Iterable[Mime]) -> Mime:
    made: Mime = Mime(_WIRE)
    made["Content-Type"] = media
    for part in parts:
        made.attach(part)
    return made


def _mailbox(sender: Sender, where: str) -> Header | str:
    address = ascii_address(sender.address, f"{where}, sender")
    name = " ".join(header_text(sender.name, f"{where}, name of the sender").split())
    if not name:
        return address
    if _PLAIN_NAME.fullmatch(name):
        return f"{name} <{address}>"
    header = Header(name, "utf-8", header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return header


def _unstructured(header: str, text: str, where: str) -> Header | str:
    clean = header_text(text, where)
    return clean if _SHORT_AND_PLAIN.fullmatch(clean) else Header(clean, "utf-8", header_name=header)


def _related(html: Mime, pictures: tuple[Picture, ...], message_id: str) -> Mime:
    """Put an HTML part together with the pictures that it shows (RFC 2387)."""
    shown = []
    for picture in pictures:
        kind = picture.name.rpartition(".")[2].lower()
        part = MIMENonMultipart("image", {"jpg": "jpeg"}.get(kind, kind), policy=_WIRE)
        part["Content-ID"] = f"<{picture.content_id}>"
        part["Content-Disposition"] = "inline"
        del part["MIME-Version"]
        shown.append(_in_base64(part, picture.data))
    boundary = _boundary(f"{message_id} related")
    return _multipart(f'multipart/related; type="text/html"; boundary="{boundary}"', (html, *shown))


def _attached(attachment: Attachment, where: str) -> Mime:
    """Put a file into a part; as base64, a calendar keeps its line ends (RFC 5545, 3.1)."""
    name = header_text(attachment.name, f"{where}, name of an attachment")
    part: Mime = Mime(_WIRE)
    part["Content-Type"] = attachment.type
    # Another alphabet is written as RFC 2231 has it.
    shown = name if name.isascii() else ("utf-8", "", name)
    part.add_header("Content-Disposition", "attachment", filename=shown)
    return _in_base64(part, attachment.data)


def _in_base64(part: Mime, data: bytes) -> Mime:
    part.set_payload(encodebytes(data).decode("ascii"))
    part["Content-Transfer-Encoding"] = "base64"
    return part


def _part(text: str, subtype: str, where: str) -> Mime:
    charset = Charset("utf-8")
    charset.body_encoding = QP
    part = MIMENonMultipart("text", subtype, policy=_WIRE)
    try:
        part.set_payload(text.replace("\r\n", "\n").replace("\r", "\n"), charset)
    except UnicodeEncodeError:
        raise TemplateError(
            f"{where}, {subtype} part: half a character cannot be sent. Correct the answer that has it."
        ) from None
    del part["MIME-Version"]  # belongs to the message as a whole
    return part


def _boundary(message_id: str) -> str:
    """Make the line between parts from the id; “=_” cannot occur in quoted-printable text (RFC 2045, 6.7)."""
    return f"=_{sha256(message_id.encode()).hexdigest()[:40]}"
