"""Whether another run was at a sheet since this one looked: told by the stamp that it left."""

from pipeline.model.errors import LeaseLost, SheetBusy
from pipeline.model.sheet import Snapshot, Stamp


class KnownStamps:
    """The stamps that this run has read or left. Any other one in the sheet is another run's.

    No stamp at all says nothing: some programs drop it when they save.
    """

    def __init__(self) -> None:
        self._stamps: frozenset[Stamp | None] = frozenset()

    def see(self, snapshot: Snapshot) -> None:
        """Begin anew from what was read."""
        self._stamps = frozenset({snapshot.stamp})

    def leave(self, stamp: Stamp) -> None:
        """Know one more: this run leaves it, or may have left it."""
        self._stamps |= {stamp}

    def raise_if_another(self, snapshot: Snapshot, *, held: bool) -> None:
        """Raise LeaseLost if another run was here while this one held the sheet, SheetBusy if before that."""
        if not self._stamps:
            self.see(snapshot)
        if snapshot.stamp is None or snapshot.stamp in self._stamps:
            return
        if held:
            raise lost(snapshot.title)
        raise SheetBusy(
            f"{snapshot.title}: another run of Convene has just written to this sheet. Nothing was sent. Run again."
        )


def lost(title: str) -> LeaseLost:
    """Return the error of a run that no longer has the sheet it took."""
    return LeaseLost(
        f"{title}: another run of Convene took it over while this one was stuck. "
        "Nothing more was sent. See that Convene runs on one machine only; the next run goes on."
    )
