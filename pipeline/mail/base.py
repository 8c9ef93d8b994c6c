"""The interface of every way of sending: one letter at a time, a commit before the point of no return."""

from collections.abc import Callable
from dataclasses import field
from enum import StrEnum
from typing import Protocol

from pipeline.model.frozen import dataclass
from pipeline.model.message import Letter

__all__ = ["Handover", "Letter", "Mailer", "Reply"]


class Handover(StrEnum):
    """What the relay's words mean for one letter."""

    ACCEPTED = "accepted"  # the relay has it
    DEFERRED = "deferred"  # the relay surely does not have it; a later run tries again
    REFUSED = "refused"  # the relay will not take it for this recipient
    STOPPED = "stopped"  # quota, login or sender: nothing more now; the letter is kept
    BLOCKED = "blocked"  # content, client, policy or size: it would take no letter of ours; all are kept
    IN_DOUBT = "in doubt"  # it may have been delivered: a person decides


@dataclass(frozen=True, slots=True)
class Reply:
    """How one attempt ended, with the relay's last words (one line, for people).

    `likeness` is equal for replies that say the same, whoever the letter is for; it is empty where the relay
    would hardly say the same of everybody (it agrees, it puts off, or the words are our own). What `passes` is worth
    another try in some minutes (4xx), where sending stopped.
    """

    outcome: Handover
    words: str = ""
    likeness: str = field(default="", compare=False)
    passes: bool = field(default=False, compare=False)


class Mailer(Protocol):
    """A way of sending. Opened lazily, at the first letter."""

    def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
        """Send one letter; call `commit` once, immediately before the act that cannot be taken back.

        Whatever fails before `commit` was called is surely not accepted; after it, only an explicit reply
        is an answer and everything else is `IN_DOUBT`. Raises `MailUnavailable` (no connection) or
        `MailRejectsUs` (login, certificate) before anything was sent.
        """
        ...

    def has(self, message_id: str) -> bool | None:
        """Whether a letter was delivered, where that can be known for sure; None where it cannot."""
        ...

    def check(self) -> str:
        """Connect and log in without sending; return one line that says what was found."""
        ...

    def close(self) -> None:
        """End the connection; errors in doing so change nothing."""
        ...
