"""Makes the sheet ready: what is missing of the form is said first, what Convene leans on is tried out."""

from dataclasses import dataclass

from pipeline.intake.columns import find_columns
from pipeline.running.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ready:
    """The sheet's title, whether columns were added, and what was found out about the guards (see `Sheet.prove`)."""

    title: str
    added: bool
    guards: tuple[str, ...]


def set_up(workspace: Workspace) -> Ready:
    """Add the columns that are missing. Raises HeaderError where the form's are not there: then nothing is added."""
    snapshot = workspace.sheet.read()
    find_columns(snapshot, workspace.call.columns)
    return Ready(snapshot.title, workspace.sheet.set_up(), workspace.sheet.prove())
