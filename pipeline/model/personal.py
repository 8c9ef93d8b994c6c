"""All that is held of one person, as values: what a person may ask for."""

from datetime import datetime

from pipeline.model.frozen import dataclass
from pipeline.model.history import Posted, Standing
from pipeline.model.history_events import Happening


@dataclass(frozen=True, slots=True)
class Held:
    """What the ledger holds under one reference: responses by key, conclusions, messages with their bytes, a story."""

    reference: str
    addresses: tuple[str, ...]
    keys: tuple[str, ...]
    standings: tuple[Standing, ...]
    messages: tuple[tuple[Posted, bytes], ...]
    happenings: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet as it stands, each cell with its header."""

    number: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Personal:
    """What sheet and ledger hold of one person at a time."""

    name: str
    at: datetime
    rows: tuple[SheetRow, ...]
    held: tuple[Held, ...]
