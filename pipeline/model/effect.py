"""What one person would be told, in a canonical form: it can be compared, released, and found again."""

import json
from collections.abc import Iterable
from hashlib import sha256

from pipeline.model.frozen import dataclass

VERSION = 2
"""Of the canonical form. Hashes of two versions are never equal, so that what an older one released asks again."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where effects happen: in which sheet, on record in which ledger, through which relay."""

    sheet: str = ""
    ledger: str = ""
    relay: str = ""

    @property
    def digest(self) -> str:
        """The hash by which effects are bound to it."""
        return _digest({name: getattr(self, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Effect:
    """What one person is told. `words` is the SHA-256 of all that the letter says, or how a stored one is known.

    `conclusion` is the status that it tells, `until` when that stops being true (UTC, ISO 8601; empty: never), `sender`
    who it comes from and where answers go. What differs between two runs of the same plan (Date, Message-ID,
    boundaries) is no part of it. `target` is the hash of a `Target`.
    """

    reference: str
    to: str
    kind: str
    revision: int
    conclusion: str
    words: str
    until: str = ""
    sender: str = ""
    target: str = ""

    @property
    def facts(self) -> dict[str, str | int]:
        """All of it by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def digest(self) -> str:
        """The hash under which it is released."""
        return _digest(self.facts)


def hash_of(effects: Iterable[Effect]) -> str:
    """Return the one hash of effects: equal for equal ones, in whatever order they leave."""
    return _digest(sorted(effect.digest for effect in effects))


def words_of(subject: str, text: str, html: str, attached: Iterable[tuple[str, bytes]] = ()) -> str:
    """Return the hash of what a letter says, with the files that go along; how its lines end says nothing."""
    parts = ("\n".join(part.splitlines()) for part in (subject, text, html))
    files = (f"{name} {sha256(data).hexdigest()}" for name, data in attached)
    return sha256("\0".join((*parts, *files)).encode("utf-8", "surrogatepass")).hexdigest()


def _digest(value: object) -> str:
    form = json.dumps([VERSION, value], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(form.encode()).hexdigest()
