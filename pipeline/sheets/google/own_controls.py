"""What organisers set in the tab `Convene`, kept while it is written where no guard stops a write if rows moved.

Then rows that are inserted as Convene writes can let a line of its lists come to stand in one of their cells. The next
reading shows it, and what they had set goes back.
"""

from collections.abc import Mapping

from pipeline.model.frozen import dataclass
from pipeline.model.sheet import BLANK, Cell
from pipeline.model.tab import TabCell
from pipeline.sheets.differences import CellAt
from pipeline.sheets.own_tab import CONTROL_COLUMN, PlacedTab, TabAsRead


@dataclass(frozen=True, slots=True)
class Kept:
    """What stood in the organisers' cells before a write, by the control's name; what was written, and where."""

    before: Mapping[str, Cell]
    written: Mapping[CellAt, str]

    def lost(self, placed: PlacedTab, there: TabAsRead) -> Mapping[str, Cell]:
        """Return what was written over, by the control's name; what somebody else set meanwhile stays."""
        return {
            name: self.before[name]
            for name, row in placed.controls.items()
            if self.before.get(name, BLANK) != BLANK
            and (name in placed.new or self._is_over((row, CONTROL_COLUMN), there))
        }

    def _is_over(self, at: CellAt, there: TabAsRead) -> bool:
        return at in self.written and there.cells.get(at, BLANK).text == self.written[at]


NOTHING_KEPT = Kept({}, {})


def keep(placed: PlacedTab, there: TabAsRead, cells: Mapping[CellAt, TabCell | None]) -> Kept:
    """Return what is remembered while these cells are written."""
    stood = {name: there.cells.get((row, CONTROL_COLUMN), BLANK) for name, row in placed.controls.items()}
    before = {name: cell for name, cell in stood.items() if name not in placed.new}
    return Kept(before, {at: str(cell.value) if cell else "" for at, cell in cells.items()})
