"""Between two runs: whether organisers set anything in their sheet since the last run looked."""

from contextlib import closing

from pipeline.intake.controls import asks
from pipeline.model.controls import NO_CONTROLS
from pipeline.running.workspace import Workspace


def is_asked(workspace: Workspace) -> bool:
    """Whether a run is asked for: any control, or a word that is to settle, is another than the last run saw.

    What is asked for is served by any run that has looked at it, whatever became of it. Raises what reading the sheet
    or the ledger raises.
    """
    asked = _asked(workspace)
    with closing(workspace.ledger()) as ledger:
        return asked != (ledger.served() or asks(NO_CONTROLS))


def _asked(workspace: Workspace) -> str:
    """Read the controls alone, which is little; the words with them where one counts as soon as it has settled."""
    glance = workspace.sheet.glance(words=bool(workspace.call.settle))
    return asks(glance.controls, glance.words)
