"""Taking over what another ledger did: what that would be, and doing it once a person says so."""

from contextlib import closing
from pathlib import Path

from pipeline.ledger.sqlite import Ledger
from pipeline.model.adoption import CUT_OFF, Adoption
from pipeline.model.call import Call
from pipeline.model.errors import UsageError
from pipeline.model.history import Posted
from pipeline.model.witness import reached_by
from pipeline.recovery.found_letters import read_letter
from pipeline.recovery.reconstruct import reconstruct
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.outside import Outside, look_outside
from pipeline.running.workspace import Workspace

NAME_LETTERS = (
    "Name a copy of the letters that it sent with --outbox; an empty folder if you are sure that there were "
    "none."
)


def show_adoption(workspace: Workspace, clock: Clock, outbox: Path | None) -> Adoption:
    """Work out what would be taken over from the sheet and from a copy of the outbox; change nothing."""
    with closing(workspace.ledger()) as ledger:
        return _reconstruct(workspace, ledger, outbox, look_outside(workspace, clock))[0]


def take_over(workspace: Workspace, clock: Clock, outbox: Path | None) -> Adoption:
    """Take it over, and stamp the sheet with the ledger as it is now. Raises LockHeld and what sheets raise."""
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        outside = look_outside(workspace, clock)
        adoption, letters = _reconstruct(workspace, ledger, outbox, outside)
        if adoption.is_cut_off and outbox is None:
            raise UsageError(f"{CUT_OFF} {NAME_LETTERS}")
        with workspace.sheet.lease(set_up=True):  # first see that it can be written, and is as it was read
            stamp = ledger.adopt(adoption, clock.now(), letters)
            workspace.sheet.write(lambda _snapshot: (), stamp)
        # Last, so that it is never ahead of the ledger: from here on this folder is the one that sends.
        outside.record(stamp.ledger, workspace.call.id, reached_by(ledger.history()))
    return adoption


def _reconstruct(
    workspace: Workspace, ledger: Ledger, outbox: Path | None, outside: Outside
) -> tuple[Adoption, int]:
    """Return what would be taken over, and how many letters are known outside to have left."""
    letters = _read_letters(workspace.call, outbox) if outbox else ()
    snapshot, history = workspace.sheet.read(), ledger.history()
    ids = {history.ledger, snapshot.stamp.ledger if snapshot.stamp else history.ledger}
    records = tuple(filter(None, (outside.known(each, workspace.call.id) for each in sorted(ids))))
    adoption = reconstruct(workspace.call, snapshot, history, letters, records)
    return adoption, max((record.letters for record in records), default=0)


def _read_letters(call: Call, folder: Path) -> tuple[Posted, ...]:
    """Read every file below a folder that is a letter of this call; others are passed over."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder. Name a copy of state/outbox, or of the sent letters.")
    # What lies in a Maildir's tmp was never delivered (cr.yp.to/proto/maildir.html).
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "tmp")
    found = (read_letter(call, path.read_bytes()) for path in files)
    return tuple(letter for letter in found if letter)
