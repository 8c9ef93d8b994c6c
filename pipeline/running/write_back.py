"""Writing back during a run: brings the sheet up to date with the ledger, and looks who moved on meanwhile."""

from collections import Counter

from pipeline.ledger.sqlite import Ledger
from pipeline.model.errors import ConveneError, LeaseLost
from pipeline.model.sheet import Change, Snapshot, Stamp
from pipeline.planning.plan import EVERYTHING, Plan, Scope, moved_on, write_back
from pipeline.running.clock import seconds
from pipeline.running.workspace import Workspace


class WriteBack:
    """Writes what a run did. `changed` names the rows that it changed, `seen` is the sheet as last read by it."""

    def __init__(self, workspace: Workspace, ledger: Ledger, plan: Plan, scope: Scope = EVERYTHING) -> None:
        self.workspace, self.ledger, self.plan, self.scope = workspace, ledger, plan, scope
        self.changed: frozenset[tuple[str, int]] = frozenset()
        self.seen: Snapshot | None = None

    def write(self, closing: Stamp | None = None) -> ConveneError | None:
        """Bring the sheet up to date; a failure is returned: mail may have gone out already.

        With `closing`, the sheet is stamped with it and given back.
        """
        history = self.ledger.history()
        found: frozenset[tuple[str, int]] = frozenset()

        def project(snapshot: Snapshot) -> tuple[Change, ...]:
            nonlocal found
            self.seen = snapshot
            changes = write_back(self.workspace.call, self.plan, snapshot, history, self.scope)
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

    def __init__(self, writer: WriteBack) -> None:
        self.writer = writer
        self.read_at = seconds()
        self.moved: frozenset[str] = frozenset()

    def __call__(self) -> frozenset[str]:
        limit = self.writer.workspace.service.limits.read_again_after.total_seconds()
        if seconds() - self.read_at >= limit:
            self.moved = self._look_again()
            self.read_at = seconds()
        return self.moved

    def _look_again(self) -> frozenset[str]:
        """Write and look at what was read for that; where writing has to wait, sending goes on if reading works."""
        writer = self.writer
        writer.seen = None
        failure = writer.write()
        if isinstance(failure, LeaseLost):
            raise failure
        snapshot = writer.seen or writer.workspace.sheet.read()
        return moved_on(writer.plan, writer.workspace.call, snapshot, writer.ledger.history())
