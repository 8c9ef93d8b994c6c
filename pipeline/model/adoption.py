"""What would be taken over from a sheet and from letters: plain sorted values that print themselves."""

from collections.abc import Iterator

from pipeline.model.frozen import dataclass
from pipeline.model.history import Posted, Standing
from pipeline.model.message import State
from pipeline.model.sheet import Stamp
from pipeline.model.text import counted

CAUTION = (
    "Whoever is not taken over may hold a place and may have been written to. Type Hold, or what was decided, "
    "under Decision before you repair these rows."
)
CUT_OFF = (
    "Letters left of which neither this ledger nor the rows of the sheet know: anyone without a letter in the copy "
    "would be mailed again."
)
"""Shown when the recovery is known to be incomplete."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """One applicant: what this ledger does not know of them yet.

    `row` is for people only, 0 where the applicant has no row; `keys` are the responses, `messages` stand
    oldest first; `is_new` says that the ledger has never heard of the reference. `is_hidden` says that the row
    does not show the status: the standing is what was told last, and a person is asked.
    """

    reference: str
    address: str
    row: int
    is_new: bool
    keys: tuple[str, ...] = ()
    standing: Standing | None = None
    messages: tuple[Posted, ...] = ()
    is_hidden: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether the ledger knows all of it already."""
        return not (self.is_new or self.keys or self.standing or self.messages)

    def __str__(self) -> str:
        status = self.standing.status if self.standing else "no decision"
        if self.is_hidden:
            status = "not shown what was decided, type it under Decision"
        told = "; ".join(map(_say, self.messages)) or "no message"
        return f"{self.reference}  {_where(self.row)}  {status}  {told}"


@dataclass(frozen=True, slots=True)
class Refused:
    """A row (0: letters without a row) that is not believed, and why; the reference if it is one of ours."""

    reference: str
    row: int
    why: str

    def __str__(self) -> str:
        return f"{self.reference or 'no reference'}  {_where(self.row)}  not taken over: {self.why}"


@dataclass(frozen=True, slots=True)
class Adoption:
    """All that would be taken over. `stamp` is the sheet's: the ledger goes on under its id, after its run.

    `settled` are messages that this ledger holds as open, as what became of them. `is_cut_off` where a run was
    sending and had not shown in the sheet what it sent: so says the stamp, or a witness.
    """

    stamp: Stamp | None = None
    adopted: tuple[Adopted, ...] = ()
    settled: tuple[Posted, ...] = ()
    refused: tuple[Refused, ...] = ()
    is_cut_off: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over; rows that are refused do not count."""
        return not (self.adopted or self.settled)

    def lines(self) -> Iterator[str]:
        """Tell everything line by line: one applicant, one open message or one refused row each."""
        yield from map(str, self.adopted)
        for message in self.settled:
            yield f"{message.reference}  {message.kind} of this ledger counts as {message.state}"
        yield from map(str, self.refused)
        if self.refused:
            yield CAUTION
        if self.is_cut_off:
            yield CUT_OFF

    def say(self, taken: str, left: str) -> str:
        """Count it all; what `would be` (or was) taken over, and what `would not`."""
        states = [message.state for person in self.adopted for message in person.messages]
        states += [message.state for message in self.settled]
        standings = sum(person.standing is not None and not person.is_hidden for person in self.adopted)
        said = f"{counted(len(self.adopted), 'applicant')}, {counted(standings, 'decision')}"
        said += f" and {counted(len(states), 'message')} ({states.count(State.IN_DOUBT)} in doubt)"
        return f"{said} {taken} taken over, {counted(len(self.refused), 'row')} {left}."

    def __str__(self) -> str:
        return self.say("would be", "would not")


def _say(message: Posted) -> str:
    sure = "" if message.state is State.ACCEPTED else f", {message.state}"
    return f"{message.kind}, {message.at:%Y-%m-%d %H:%M}{sure}"


def _where(row: int) -> str:
    return f"row {row}" if row else "no row"
