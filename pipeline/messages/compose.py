"""A rendered message as the bytes of one e-mail, and the id that it keeps for ever.

Headers are folded and encoded by the library's older header class: it gives every subject back unchanged, and a subject
cannot break out of it (CVE-2024-6923). What a relay does with the bytes is left to `mail`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from hmac import digest

from pipeline.messages.parts import LONGEST_LINE, write_body
from pipeline.model.address import AddressError, ascii_address, ascii_domain, header_address, header_text
from pipeline.model.errors import TemplateError
from pipeline.model.message import Message, Rendered
from pipeline.model.settings import Sender

_SHORT_AND_PLAIN = re.compile(r"(?=.{1,60}\Z)[!-~]+(?: [!-~]+)*")
_PLAIN_NAME = re.compile(r"(?=.{1,60}\Z)[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")


REF, TEST, COPY, NOTICE = "X-Convene-Ref", "X-Convene-Test", "X-Convene-Copy", "X-Convene-Notice"
"""The headers of letters to applicants, of those only tried, of organisers' copies, of notices: each has one."""


@contextmanager
def _as_template_error() -> Iterator[None]:
    try:
        yield
    except AddressError as error:
        raise TemplateError(str(error)) from None


@_as_template_error()
def compose(
    message: Message,
    sender: Sender,
    reply_to: str,
    message_id: str,
    date: datetime,
    call_id: str,
    header: str = REF,
) -> bytes:
    """Write `message` as RFC 5322 bytes: CRLF line ends, a text part and an HTML part, and ASCII only.

    Where the address has letters that need SMTPUTF8, `To` has them as they are (RFC 6532), and comes first.
    `date` is aware. An empty `reply_to` leaves that header out. The applicant's name is never a header: `To`
    is the bare address. `header` says what sort of letter it is. Raises `TemplateError` for a header that could not
    be shown as it was meant.
    """
    where = f"message {message.kind} for {message.reference}"
    reference = f"{call_id}/{message.reference}/{message.kind}/{message.revision}"
    mark = _line(header, reference, f"{where}, call id")
    return _assemble(message.to, message.content, sender, reply_to, message_id, date, mark, where)


@_as_template_error()
def compose_copy(
    message: Message, to: str, sender: Sender, message_id: str, date: datetime, call_id: str
) -> bytes:
    """Write an organiser's copy of a message, in the same form, without what is attached."""
    where = f"copy of {message.kind} for {message.reference}"
    subject = f"Copy for {message.reference}: {message.content.subject}"
    content = replace(message.content, subject=subject, attachments=())
    mark = _line(COPY, f"{call_id}/{message.reference}/{message.kind}/{message.revision}", where)
    return _assemble(to, content, sender, "", message_id, date, mark, where)


@_as_template_error()
def compose_notice(
    notice: str, to: str, content: Rendered, sender: Sender, message_id: str, date: datetime
) -> bytes:
    """Write a notice to an organiser as bytes, in the same form."""
    where = f"the {notice}"
    return _assemble(to, content, sender, "", message_id, date, _line(NOTICE, notice, where), where)


def _assemble(
    address: str,
    content: Rendered,
    sender: Sender,
    reply_to: str,
    message_id: str,
    date: datetime,
    mark: str,
    where: str,
) -> bytes:
    to = f"To: {header_address(address, f'{where}, address of the recipient')}"
    lines = (
        "" if to.isascii() else to,
        _from(sender, where),
        to if to.isascii() else "",
        f"Reply-To: {ascii_address(reply_to, f'{where}, reply address')}" if reply_to else "",
        _line("Subject", content.subject, f"{where}, subject"),
        f"Date: {format_datetime(date)}",
        f"Message-ID: {header_text(message_id, f'{where}, Message-ID')}",
        "Auto-Submitted: auto-generated",  # RFC 3834: no holiday replies
        "X-Auto-Response-Suppress: All",  # the same for Exchange
        mark,
        "MIME-Version: 1.0\r\n",
    )
    return "\r\n".join(filter(None, lines)).encode() + write_body(content, message_id, where)


@_as_template_error()
def make_message_id(reference: str, kind: str, revision: int, call_id: str, secret: str, domain: str) -> str:
    """Make the Message-ID of one (call, applicant, kind, revision), the same whenever it is asked for.

    HMAC-SHA-256 under the ledger's `secret`, so that it tells outsiders nothing; `domain` is the sender's and
    may be international. Raises `TemplateError` for a domain that is none.
    """
    named = "\0".join((call_id, reference, kind, str(revision)))
    token = digest(secret.encode(), named.encode(), "sha256").hex()[:40]
    return f"<{token}@{ascii_domain(domain, 'domain of the sender')}>"


def _from(sender: Sender, where: str) -> str:
    address = ascii_address(sender.address, f"{where}, sender")
    name = " ".join(header_text(sender.name, f"{where}, name of the sender").split())
    if not name:
        return f"From: {address}"
    if _PLAIN_NAME.fullmatch(name):
        return f"From: {_folded('From', f'{name} <{address}>')}"
    return f"From: {_folded('From', name, f'<{address}>')}"


def _line(header: str, text: str, where: str) -> str:
    """Write a header of free text: as it is where that is safe, or else in encoded words (RFC 2047)."""
    clean = header_text(text, where)
    return f"{header}: {clean if _SHORT_AND_PLAIN.fullmatch(clean) else _folded(header, clean, '')}"


@lru_cache(maxsize=32)  # a letter of one kind mostly has the subject, and always the sender, of the others
def _folded(header: str, text: str, behind: str | None = None) -> str:
    """Fold a header; with something `behind` it, if only an empty text, what stands before is encoded."""
    made = Header(text, "us-ascii" if behind is None else "utf-8", LONGEST_LINE, header)
    if behind:
        made.append(behind, "us-ascii")
    return made.encode(linesep="\r\n")
