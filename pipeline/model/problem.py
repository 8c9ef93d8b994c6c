"""Bad data, shown to people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Bad data, shown to people: where, what, and what to do next; nothing private in it."""

    where: str
    what: str
    next_step: str
    row: int | None = None
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.next_step}"
