"""A rendered message as the bytes of one e-mail, and the id that it keeps for ever.

Built with the library's older header classes: they give every subject back unchanged, and a subject cannot
break out of them (CVE-2024-6923). What a relay does with the bytes is left to `mail`.
"""

import re
import unicodedata
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.message import Message as Mime
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime
from hashlib import sha256
from hmac import digest

from pipeline.model.errors import TemplateError
from pipeline.model.settings import Sender
from pipeline.model.sheet import Kind, Message

_WIRE = compat32.clone(linesep="\r\n", max_line_length=76)
_NOT_IN_HEADERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ENCODED_WORD = re.compile(r"=\?.*\?=")
_SHORT_AND_PLAIN = re.compile(r"(?=.{1,60}\Z)[!-~]+(?: [!-~]+)*")
_PLAIN_NAME = re.compile(r"(?=.{1,60}\Z)[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")


def compose(
    message: Message, sender: Sender, reply_to: str, message_id: str, date: datetime, call_id: str
) -> bytes:
    """Write `message` as RFC 5322 bytes: ASCII only, CRLF line ends, a text part and an HTML part.

    `date` is aware. An empty `reply_to` leaves that header out. The applicant's name is never a header: `To`
    is the bare address. Raises `TemplateError` for a header that could not be shown as it was meant.
    """
    where = f"message {message.kind} for {message.reference}"
    mime: Mime[Header | str, Header | str] = Mime(_WIRE)
    mime["From"] = _mailbox(sender, where)
    mime["To"] = ascii_address(message.to, f"{where}, address of the applicant")
    if reply_to:
        mime["Reply-To"] = ascii_address(reply_to, f"{where}, reply address")
    mime["Subject"] = _unstructured("Subject", message.content.subject, f"{where}, subject")
    mime["Date"] = format_datetime(date)
    mime["Message-ID"] = _clean(message_id, f"{where}, Message-ID")
    mime["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
    mime["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    reference = f"{call_id}/{message.reference}/{message.kind}/{message.revision}"
    mime["X-Convene-Ref"] = _unstructured("X-Convene-Ref", reference, f"{where}, call id")
    mime["MIME-Version"] = "1.0"
    mime["Content-Type"] = f'multipart/alternative; boundary="{_boundary(message_id)}"'
    mime.attach(_part(message.content.text, "plain", where))
    mime.attach(_part(message.content.html, "html", where))
    return mime.as_bytes()


def make_message_id(reference: str, kind: Kind, revision: int, call_id: str, secret: str, domain: str) -> str:
    """Make the Message-ID of one (call, applicant, kind, revision), the same whenever it is asked for.

    HMAC-SHA-256 under the ledger's `secret`, so that it tells outsiders nothing; `domain` is the sender's and
    may be international. Raises `TemplateError` for a domain that is none.
    """
    named = "\0".join((call_id, reference, kind, str(revision)))
    token = digest(secret.encode(), named.encode(), "sha256").hex()[:40]
    return f"<{token}@{_ascii_domain(domain, 'domain of the sender')}>"


def ascii_address(address: str, where: str = "address") -> str:
    """Return `address` as every relay takes it, an international domain in punycode (IDNA 2008).

    Raises `TemplateError` unless it is one plain address: a display name, a second address, quotes, or
    letters before the @ that need SMTPUTF8 are refused. `where` begins the error, which shows no address.
    """
    local, _, domain = _clean(address, where).rpartition("@")
    if not _LOCAL_PART.fullmatch(local) or len(local) > 64:
        raise TemplateError(
            f"{where}: what stands before the @ is not what every relay takes (letters without accents, "
            "digits, dots, hyphens and the like). Correct the address and run again."
        )
    return f"{local}@{_ascii_domain(domain, where)}"


def _ascii_domain(domain: str, where: str) -> str:
    plain = domain if domain.isascii() else _punycode(domain)
    if not _DOMAIN.fullmatch(plain):
        raise TemplateError(
            f"{where}: what stands after the @ is no domain name. Correct the address and run again."
        )
    return plain


def _punycode(domain: str) -> str:
    from idna import IDNAError, encode

    try:
        return encode(domain, uts46=True).decode("ascii")
    except IDNAError:
        return ""


def _mailbox(sender: Sender, where: str) -> Header | str:
    address = ascii_address(sender.address, f"{where}, sender")
    name = " ".join(_clean(sender.name, f"{where}, name of the sender").split())
    if not name:
        return address
    if _PLAIN_NAME.fullmatch(name):
        return f"{name} <{address}>"
    header = Header(name, "utf-8", header_name="From")
    header.append(f"<{address}>", "us-ascii")
    return header


def _unstructured(header: str, text: str, where: str) -> Header | str:
    clean = _clean(text, where)
    return clean if _SHORT_AND_PLAIN.fullmatch(clean) else Header(clean, "utf-8", header_name=header)


def _clean(text: str, where: str) -> str:
    """Return `text` unless it has what hides, breaks or rewrites a header line."""
    for char in text:
        if unicodedata.category(char) in _NOT_IN_HEADERS:
            raise TemplateError(
                f"{where}: a line break, control or invisible character (U+{ord(char):04X}) cannot stand "
                "there. Take it out, or leave out the value that brings it in, and run again."
            )
    if _ENCODED_WORD.search(text):
        raise TemplateError(f"{where}: “=?…?=” would be shown as something else. Leave it out and run again.")
    return text


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
