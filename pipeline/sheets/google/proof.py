"""What was proved of Google Sheets on this very spreadsheet, and kept in it as a mark: see `trial`."""

from pipeline.model.frozen import dataclass
from pipeline.sheets.google.metadata import PROOF, Mark, Marks


@dataclass(frozen=True, slots=True)
class Proof:
    """Which guards hold. Convene leans on none that was not proved: without any it works, with more requests.

    `exchanges`: one update can take a number away and give it anew, and is refused where the mark has moved.
    `travels`: marks on rows go with them when rows are sorted. `answers`: the answer shows what an update made.
    """

    exchanges: bool = False
    travels: bool = False
    answers: bool = False

    def __str__(self) -> str:
        held = (("exchanges", self.exchanges), ("travels", self.travels), ("answers", self.answers))
        return " ".join(name for name, holds in held if holds) or "nothing"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what follows for what Convene writes."""
        return (
            "Google refuses an update that comes too late" + _WAYS[self.exchanges],
            "when rows are sorted, hidden marks " + _ROWS[self.travels and self.exchanges],
            "the answer to an update " + _ANSWERS[self.answers],
        )


NOTHING = Proof()

_WAYS = {
    True: ": nothing is written beside rows or columns that moved",
    False: " only where a number is given twice: Convene writes column by column, found by their marks, and reads "
    "again after each write (some requests more)",
}
_ROWS = {
    True: "go with their row: what is written cannot land beside another person",
    False: "cannot be leaned on: what a sort misplaces in the moment of a write is found and put right",
}
_ANSWERS = {
    True: "shows what came to stand there",
    False: "does not show what came to stand there: the sheet is read again after each write",
}


def proof_in(marks: Marks) -> Proof | None:
    """Return what was proved of this tab's spreadsheet; None where nothing was tried yet."""
    if PROOF not in marks:
        return None
    words = marks[PROOF].value.split()
    return Proof("exchanges" in words, "travels" in words, "answers" in words)


def proof_mark(proof: Proof) -> Mark:
    """Return a proof as a mark."""
    return Mark(PROOF, str(proof))
