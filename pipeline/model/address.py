"""E-mail addresses as people type them, and header texts as every relay takes them."""

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.model.frozen import dataclass
from pipeline.model.said import Said
from pipeline.model.text import JOINERS, one_line

if TYPE_CHECKING:
    from email_validator import ValidatedEmail

_NOT_IN_HEADERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")


_PLAIN = re.compile(
    r"(?=.{1,64}@.{1,190}\Z)[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[a-z0-9]{1,31}(?:-[a-z0-9]{1,31})?\.)+([a-z]{2,31})"
)
"""An address of the kind that nearly everybody has; its last group is the end of its domain."""
_SPECIAL = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})
"""Ends of domains at which nobody has mail (RFC 6761)."""

LONGEST_ADDRESS = 320
"""64 octets before the @, 255 after it (RFC 5321, 4.5.3.1)."""

_LONGEST_TYPED = 1000
"""Characters of a cell in which an address is looked for: with a name, with brackets around it."""

_NAMED = re.compile(r"([^<>]*)<([^<>]+)>")
_QUOTED_LOCAL = re.compile(r'"(?:[ !#-\[\]-~]|\\[ -~])+"')
_IN_QUOTES = re.compile(r'"[^"]*"@')
_AROUND = {
    "(": ")",
    "[": "]",
    "{": "}",
    "<": ">",
    '"': '"',
    "'": "'",
    "`": "`",
    "“": "”",
    "„": "“",
    "‘": "’",
    "«": "»",
}
_BEHIND = ".,;:"
"""What nobody means as a part of an address behind a domain."""


@dataclass(frozen=True, slots=True)
class TypedAddress:
    """An address that somebody typed: letters go to it as it is `spelled`, the person is known by the `key`.

    Both have the domain in ASCII and small letters (IDNA 2008). Before the @, case may matter to the relay (RFC 5321,
    2.4), and to nobody else: the key has none.
    """

    spelled: str
    key: str


class Misread(ValueError):
    """A cell without an address that mail could be sent to with certainty; says what is wrong, and what to do."""

    def __init__(self, key: str) -> None:
        self.what, self.next_step = Said(key), Said(f"{key}: do")
        super().__init__(self.what)


def read_address(text: str) -> TypedAddress:
    """Read an address as people type it: with a name, as a link, in brackets or quotes, with a dot behind it.

    Letters before the @ that need SMTPUTF8 (RFC 6531) and quoted ones are read, too. Raises Misread.
    """
    bare = _bare(one_line(text))
    if not bare:
        raise Misread("no address")
    if is_plain(bare):
        return TypedAddress(bare, bare.lower())
    if _IN_QUOTES.sub("@", bare).count("@") > 1:
        raise Misread("addresses")
    # The library takes longer to import than most commands take, and nearly every address is plain.
    from email_validator import validate_email

    try:
        found = validate_email(
            bare[: LONGEST_ADDRESS + 1], check_deliverability=False, strict=True, allow_quoted_local=True
        )
        spelled = _spelled(found)
    except ValueError:
        raise Misread("bad address") from None
    if unicodedata.normalize("NFKC", spelled) != spelled:
        raise Misread("odd letters")
    return TypedAddress(spelled, spelled.lower())


def is_plain(address: str) -> bool:
    """Whether an address is surely one, and written as it is: no library needs to look at it."""
    found = _PLAIN.fullmatch(address)
    return found is not None and found[1] not in _SPECIAL


def _bare(text: str) -> str:
    """Take away what people and mail programs put around an address; empty for what is far too long."""
    text = text.translate(dict.fromkeys(map(ord, JOINERS)))
    before = None
    while text != before and len(text) <= _LONGEST_TYPED:
        before = text
        text = text.strip().rstrip(_BEHIND).strip()
        if text[:7].lower() == "mailto:":
            text = one_line(unquote(text[7:].partition("?")[0]))
        if (found := _NAMED.fullmatch(text)) and _is_name(found[1], found[2]):
            text = found[2]
        if len(text) > 1 and _AROUND.get(text[0]) == text[-1]:
            text = text[1:-1]
    return text


def _is_name(name: str, address: str) -> bool:
    """Whether what stands before an address names its owner: no other address does."""
    return "@" not in name or name.strip(" \"'").casefold() == address.strip().casefold()


def _spelled(found: "ValidatedEmail") -> str:
    local, domain = found.local_part, ascii_domain((found.ascii_domain or "").lower(), "address")
    plain = found.ascii_email is not None and not local.startswith('"')
    if plain:
        return ascii_address(f"{local}@{domain}")
    is_quoted = local.startswith('"')
    if len(local.encode()) > 64 or (is_quoted and not _QUOTED_LOCAL.fullmatch(local)):
        raise AddressError("address: what stands before the @ cannot be sent to")
    return header_text(f"{local}@{domain}", "address")


class AddressError(ValueError):
    """An address or a header that relays would not take, or not show as it was meant; shows nothing private."""


def ascii_address(address: str, where: str = "address") -> str:
    """Return `address` as every relay takes it, an international domain in punycode (IDNA 2008).

    Raises `AddressError` unless it is one plain address: a display name, a second address, quotes, or
    letters before the @ that need SMTPUTF8 are refused. `where` begins the error, which shows no address.
    """
    local, _, domain = header_text(address, where).rpartition("@")
    if not _LOCAL_PART.fullmatch(local) or len(local) > 64:
        raise AddressError(
            f"{where}: what stands before the @ is not what every relay takes (letters without accents, "
            "digits, dots, hyphens and the like). Correct the address and run again."
        )
    return f"{local}@{ascii_domain(domain, where)}"


def header_address(address: str, where: str) -> str:
    """Return the address of somebody we write to, as it stands in a header; raises AddressError for what cannot.

    A quoted one stays quoted (RFC 5322, 3.4.1), one with letters that need SMTPUTF8 stays as it is (RFC 6532, 3.2).
    """
    local, _, domain = header_text(address, where).rpartition("@")
    if _QUOTED_LOCAL.fullmatch(local) or not local.isascii():
        return f"{local}@{ascii_domain(domain, where)}"
    return ascii_address(address, where)


def ascii_domain(domain: str, where: str) -> str:
    """Return `domain` in ASCII, an international one in punycode. Raises AddressError for one that is none."""
    plain = domain if domain.isascii() else _punycode(domain)
    if not _DOMAIN.fullmatch(plain):
        raise AddressError(
            f"{where}: what stands after the @ is no domain name. Correct the address and run again."
        )
    return plain


def _punycode(domain: str) -> str:
    from idna import IDNAError, encode

    try:
        return encode(domain, uts46=True).decode("ascii")
    except IDNAError:
        return ""


def header_text(text: str, where: str) -> str:
    """Return `text` unless it has what hides, breaks or rewrites a header line; raises AddressError."""
    for char in "" if text.isprintable() else text:
        if unicodedata.category(char) in _NOT_IN_HEADERS:
            raise AddressError(
                f"{where}: a line break, control or invisible character (U+{ord(char):04X}) cannot stand "
                "there. Take it out, or leave out the value that brings it in, and run again."
            )
    if has_encoded_word(text):
        raise AddressError(f"{where}: “=?…?=” would be shown as something else. Leave it out and run again.")
    return text


def is_loopback(host: str) -> bool:
    """Whether a host name or address is surely this machine itself (RFC 6761, 6.3; RFC 5735)."""
    return host in {"localhost", "::1", "[::1]"} or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def has_encoded_word(text: str) -> bool:
    """Whether mail programs could take some of `text` for an encoded word (RFC 2047), and show something else."""
    start = text.find("=?")
    return start >= 0 and text.find("?=", start + 2) >= 0
