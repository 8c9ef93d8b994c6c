"""What concerns everybody stops the run, not the people: told from what the relay says to several in a row.

A refusal is booked on a person only as long as it may be that person's. What turns out to be everybody's is put
back, as if it had not been tried.
"""

from threading import Lock

from pipeline.ledger.outgoing import Outgoing
from pipeline.mail.base import Handover, Reply
from pipeline.mail.smtp.replies import likeness
from pipeline.model.errors import ConveneError, MailRejectsUs, MailUnavailable
from pipeline.model.frozen import dataclass
from pipeline.model.message import State

IN_A_ROW = 3
"""So many people who get the same answer one after the other are no coincidence."""


@dataclass(frozen=True, slots=True)
class Booked:
    """An answer that was booked on a person in this run, and in which state."""

    outgoing: Outgoing
    state: State
    likeness: str


class CommonTrouble:
    """The answers of one run, from all its connections, in the order in which they came."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._booked: list[Booked] = []
        self._row: list[str] = []  # what the last people were told alike
        self._are_others_taken = False
        self._trouble = ""

    def is_theirs(self, outgoing: Outgoing, reply: Reply) -> bool:
        """Whether what would concern everybody concerns this letter alone.

        So it is where the relay said it of this letter in an earlier run, too, and has taken others in this one.
        """
        with self._lock:
            return (
                self._are_others_taken and bool(reply.likeness) and likeness(outgoing.reply) == reply.likeness
            )

    def book(self, outgoing: Outgoing, state: State, reply: Reply) -> ConveneError | None:
        """Remember how an attempt ended; return why sending must stop, if this was one too many."""
        with self._lock:
            if not reply.likeness:  # taken, or put off: the relay works
                self._are_others_taken |= state is State.ACCEPTED
                self._row = []
                return None
            self._booked.append(Booked(outgoing, state, reply.likeness))
            if self._are_others_taken and likeness(outgoing.reply) == reply.likeness:
                return None
            self._row = [told for told in self._row if told == reply.likeness] + [reply.likeness]
            if len(self._row) < IN_A_ROW:
                return None
            self._trouble = reply.likeness
            return _several(reply)

    def put_back(self) -> tuple[Booked, ...]:
        """Return what was booked on people and turned out to be everybody's; it is booked no longer."""
        with self._lock:
            found = tuple(booked for booked in self._booked if booked.likeness == self._trouble)
            self._booked = [booked for booked in self._booked if booked not in found]
            self._row, self._trouble = [], ""
            return found


def _several(reply: Reply) -> ConveneError:
    said = reply.words.rstrip(".")
    kept = "Nothing is held against anybody, everything unsent is kept"
    if reply.outcome is Handover.DEFERRED:
        return MailUnavailable(
            f"The mail server left {IN_A_ROW} people in a row waiting: {said}. {kept}.", passes=True
        )
    return MailRejectsUs(
        f"The mail server refused {IN_A_ROW} people in a row alike: {said}. {kept}. {_REMEDY}"
    )


def blocked(reply: Reply) -> MailRejectsUs:
    """Return why sending stops at the first letter: what was said of it, it would say of all."""
    said = reply.words.rstrip(".")
    return MailRejectsUs(
        f"The mail server takes none of our letters: {said}. Nothing is held against anybody, everything unsent "
        f"is kept. {_REMEDY}"
    )


_REMEDY = "Ask who runs it what is wrong (see docs/mail.md), then run again."
