"""Makes the sheet ready: what is missing of the form is said first, what Convene leans on is tried out."""

from pipeline.intake.columns import find_columns
from pipeline.model.frozen import dataclass
from pipeline.model.settings import WorkbookSettings
from pipeline.model.sheet import Snapshot
from pipeline.running.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ready:
    """The sheet's title, whether columns were added, and what was found out about the guards (see `Sheet.prove`)."""

    title: str
    added: bool
    guards: tuple[str, ...]


def set_up(workspace: Workspace) -> Ready:
    """Add the columns that are missing; in an empty workbook, the form's as well.

    Raises HeaderError where the form's are not there: then nothing is added.
    """
    snapshot, sheet = workspace.sheet.read(), workspace.service.sheet
    if not (isinstance(sheet, WorkbookSettings) and _is_empty(snapshot)):
        find_columns(snapshot, workspace.call.columns)
    return Ready(snapshot.title, workspace.sheet.set_up(), workspace.sheet.prove())


def _is_empty(snapshot: Snapshot) -> bool:
    return not any(snapshot.headers) and not any(cell.text for row in snapshot.rows for cell in row.cells)
