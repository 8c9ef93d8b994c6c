"""What is left of people of whom everything was erased: enough to send them nothing again, and to name nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from hmac import digest

from pipeline.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Erased:
    """References that are given to nobody else, and keyed hashes (`token`) of addresses and responses.

    `cells` has, by their hashes, what organisers typed beside others and named somebody with, and what is read instead.
    """

    references: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()
    cells: Mapping[str, str] = field(default_factory=dict)


def token(secret: str, text: str) -> str:
    """Return by what an address, or a response's key, is known again: HMAC-SHA-256 under the ledger's secret."""
    return digest(secret.encode(), text.encode("utf-8", "surrogatepass"), "sha256").hex()[:32]


def remember(secret: str, references: Iterable[str], texts: Iterable[str]) -> Erased:
    """Return what is to be left of people, by their references, and by their addresses and keys."""
    return Erased(frozenset(references), frozenset(token(secret, text) for text in texts))
