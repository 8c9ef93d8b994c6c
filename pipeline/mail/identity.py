"""Whether receivers can know that our mail is the sender's: SPF, DKIM and DMARC of the domain in From.

Envelope and From are the same address, unless the relay puts its own there. Sources: RFC 7208 (SPF), RFC 6376 (DKIM),
RFC 7489 (DMARC, with the records of the domains above).
"""

import re
from collections.abc import Iterator

from pipeline.mail.dns import TextRecords
from pipeline.model.frozen import dataclass

_SELECTORS = {"google_workspace": "google", "google_relay": "google", "microsoft365": "selector1"}
"""The name under which a provider's key stands if nobody chose another one."""

_SPF_OF = {
    **dict.fromkeys(("google_workspace", "google_relay"), "_spf.google.com"),
    "microsoft365": "spf.protection.outlook.com",
}
"""What the domain's SPF record has to include for a relay."""

_OWN_ENVELOPE = frozenset({"amazon_ses"})
"""Relays that put a domain of their own into the envelope, unless told otherwise."""

_POLICY = re.compile(r"v=DMARC1\s*;.*?\bp\s*=\s*(\w+)", re.IGNORECASE)
_EMPTY_KEY = re.compile(r"(?:^|;)\s*p=\s*(?:;|$)")


@dataclass(frozen=True, slots=True)
class Identity:
    """What was found, a sentence each, and what speaks against it."""

    found: tuple[str, ...]
    faults: tuple[str, ...]


def look_up_identity(domain: str, names: TextRecords, preset: str = "", selector: str = "") -> Identity:
    """Look at the records of the domain in From; `selector` is that of DKIM. Raises NotLookedUp."""
    said = (
        *_spf(domain, names, preset),
        *_dkim(domain, names, selector or _SELECTORS.get(preset, "")),
        *_dmarc(domain, names),
        *_alignment(domain, preset),
    )
    return Identity(
        tuple(text for is_good, text in said if is_good),
        tuple(text for is_good, text in said if not is_good),
    )


def _spf(domain: str, names: TextRecords, preset: str) -> Iterator[tuple[bool, str]]:
    records = [text for text in names.texts(domain) if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]
    if len(records) != 1:
        number = "no SPF record" if not records else f"{len(records)} SPF records, which counts as none"
        yield False, f"{domain} has {number}"
        return
    (record,) = records
    wanted = _SPF_OF.get(preset, "")
    if re.search(r"(?:^|\s)\+?all\b", record, re.IGNORECASE):
        yield False, f"the SPF record of {domain} lets anybody send (+all)"
    elif wanted and wanted not in record and "redirect=" not in record:
        yield False, f"the SPF record of {domain} does not include {wanted}, and so not this relay"
    else:
        yield True, "SPF"


def _dkim(domain: str, names: TextRecords, selector: str) -> Iterator[tuple[bool, str]]:
    if not selector:
        yield True, "DKIM not looked up: name its selector in mail.dkim_selector"
        return
    name = f"{selector}._domainkey.{domain}"
    keys = [text for text in names.texts(name) if "p=" in text]
    if not keys or any(map(_EMPTY_KEY.search, keys)):
        yield False, f"no DKIM key at {name}"
    else:
        yield True, f"DKIM (selector {selector})"


def _dmarc(domain: str, names: TextRecords) -> Iterator[tuple[bool, str]]:
    labels = domain.split(".")
    for above in range(max(1, len(labels) - 1)):
        for text in names.texts(f"_dmarc.{'.'.join(labels[above:])}"):
            if policy := _POLICY.match(text):
                yield True, f"DMARC (p={policy[1].lower()})"
                return
    yield False, f"{domain} has no DMARC record"


def _alignment(domain: str, preset: str) -> Iterator[tuple[bool, str]]:
    if preset in _OWN_ENVELOPE:
        yield (
            True,
            f"this relay's envelope is its own: DKIM must be {domain}'s, or set a MAIL FROM domain there",
        )
    else:
        yield True, f"envelope and From are both {domain}, so they align"
