"""Writing back during a run: brings the sheet up to date with the ledger, and looks who moved on meanwhile."""

from collections import Counter

from pipeline.ledger.sqlite import Ledger
from pipeline.model.errors import ConveneError, LeaseLost
from pipeline.model.sheet import Change, Snapshot, Stamp
from pipeline.planning.plan import Plan
from pipeline.planning.recheck import moved_on, write_back
from pipeline.running.clock import seconds
from pipeline.running.workspace import Workspace


class WriteBack:
    """Writes what a run did. `changed` names the rows that it changed, `seen` is the sheet as last read by it.

    `history` is what the ledger held when it was last asked: when planning, or at the last write.
    """

    def __init__(self, workspace: Workspace, ledger: Ledger, plan: Plan) -> None:
        self.workspace, self.ledger, self.plan = workspace, ledger, plan
        self.history = plan.history
        self.changed: frozenset[tuple[str, int]] = frozenset()
        self.seen: Snapshot | None = None

    def write(self, closing: Stamp | None = None) -> ConveneError | None:
        """Bring the sheet up to date; a failure is returned: mail may have gone out already.

        With `closing`, the sheet is stamped with it and given back.
        """
        self.ledger.sync()  # the sheet shows nothing that a power cut could take back
        self.history = self.ledger.history()
        found: frozenset[tuple[str, int]] = frozenset()

        def project(snapshot: Snapshot) -> tuple[Change, ...]:
            nonlocal found
            self.seen = snapshot
            changes = write_back(self.workspace.call, self.plan, snapshot, self.history)
            found |= _names(changes)
            return changes

        try:
            self.workspace.sheet.write(project, closing)
        except ConveneError as error:
            return error
        self.changed |= found
        return None


def _names(changes: tuple[Change, ...]) -> frozenset[tuple[str, int]]:
    """Name changed rows by their keys, the copies of a response one by one: rows move between two writes."""
    copies = Counter(change.key for change in changes)
    return frozenset((key, nth) for key, number in copies.items() for nth in range(number))


class SheetWatch:
    """When the snapshot has grown old: writes what happened so far, reads again, and tells who moved on."""

    def __init__(self, sheet: WriteBack) -> None:
        self.sheet = sheet
        self.read_at = seconds()
        self.moved: frozenset[str] = frozenset()

    def __call__(self) -> frozenset[str]:
        limit = self.sheet.workspace.service.limits.read_again_after.total_seconds()
        if seconds() - self.read_at >= limit:
            self.moved = self._look_again()
            self.read_at = seconds()
        return self.moved

    def _look_again(self) -> frozenset[str]:
        """Write back and use the snapshot read for it; if the sheet is busy, read it and go on sending."""
        sheet = self.sheet
        sheet.seen = None
        failure = sheet.write()
        if isinstance(failure, LeaseLost):
            raise failure
        snapshot = sheet.seen or sheet.workspace.sheet.read()
        return moved_on(sheet.plan, sheet.workspace.call, snapshot, sheet.history)
