"""E-mail addresses and header texts as every relay takes them."""

import re
import unicodedata

_NOT_IN_HEADERS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")


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
    for char in text:
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
