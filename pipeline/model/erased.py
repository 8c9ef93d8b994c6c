"""What is left of people of whom everything was erased: enough to send them nothing again, and to name nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from hmac import digest


@dataclass(frozen=True, slots=True)
class Erased:
    """References that are given to nobody else, and keyed hashes (`token`) of addresses and responses."""

    references: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()


def token(secret: str, text: str) -> str:
    """Return by what an address, or a response's key, is known again: HMAC-SHA-256 under the ledger's secret."""
    return digest(secret.encode(), text.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]


def remember(secret: str, references: Iterable[str], texts: Iterable[str]) -> Erased:
    """Return what is to be left of people, by their references, and by their addresses and keys."""
    return Erased(frozenset(references), frozenset(token(secret, text) for text in texts))
