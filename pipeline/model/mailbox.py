"""Which mailbox an address leads to: many spellings are one, as far as the big providers say so.

For counting what leaves, and for asking whether two people are one; nobody is ever written to at what is made here.
"""

from collections.abc import Mapping

_ALIASES: Mapping[str, str] = {
    "googlemail.com": "gmail.com",
    "me.com": "icloud.com",
    "mac.com": "icloud.com",
    "protonmail.com": "proton.me",
    "pm.me": "proton.me",
    "ya.ru": "yandex.ru",
    **{f"yandex.{end}": "yandex.ru" for end in ("by", "com", "kz", "ua")},
}
"""Domains that one provider takes for the same."""

_NOT_COUNTED: Mapping[str, str] = {"gmail.com": ".", "proton.me": ".-_"}
"""Signs before the @ that a provider looks past."""

_PROVIDERS = frozenset(
    (  # noqa: SIM905 - a list of words
        "gmail googlemail outlook hotmail live msn yahoo ymail rocketmail icloud me mac gmx web t-online "
        "freenet posteo mailbox orange wanadoo free laposte sfr libero virgilio tiscali alice mail yandex "
        "ya rambler proton protonmail pm tuta tutanota seznam centrum email wp o2 onet interia op abv "
        "sapo telenet skynet ziggo kpnmail xs4all hetnet planet home bluewin aol zoho fastmail qq 163 126 "
        "ukr i citromail freemail inbox hot net siol azet zoznam otenet eircom btinternet"
    ).split()
)
"""Providers for everybody, by the name before the ending: one domain, and people who do not know each other."""

_ROLES = frozenset(
    {
        *("abuse", "noc", "security", "postmaster", "hostmaster", "webmaster", "usenet"),
        *("mailer-daemon", "root", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce", "bounces"),
    }
)
"""Mailboxes of a machine or of whoever runs it (RFC 2142, 4 and 5), and those that nobody reads."""


def mailbox(address: str) -> str:
    """Return an address by which all spellings of one mailbox are known: no case, no tag behind a plus."""
    local, _, domain = address.lower().rpartition("@")
    domain = _ALIASES.get(domain, domain)
    tagless = local.partition("+")[0] or local
    bare = tagless.translate(dict.fromkeys(map(ord, _NOT_COUNTED.get(domain, ""))))
    return f"{bare or tagless}@{domain}"


def domain_of(address: str) -> str:
    """Return the domain that an address leads to."""
    return mailbox(address).rpartition("@")[2]


def is_for_everybody(domain: str) -> bool:
    """Whether a domain is that of a provider where anybody may have a mailbox."""
    name, *endings = domain.split(".")
    return name in _PROVIDERS and 1 <= len(endings) <= 2


def is_role(address: str) -> bool:
    """Whether an address is surely no person's. `info@` and `office@` are read by people."""
    return mailbox(address).partition("@")[0] in _ROLES
