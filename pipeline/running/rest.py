"""A run that finds everything as one left it that had nothing to do is over before it reads the sheet.

Everything is: every byte of the sheet, the settings, templates, vocabularies and attachments, the ledger, what
organisers were told, the witness, the version, and that no moment has come at which anything could be due. Wherever
that cannot be told, the run goes the whole way, which meets whatever is wrong.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path

from pipeline import __version__
from pipeline.ledger.sqlite import Ledger
from pipeline.ledger.witness import Witness, witness_folder
from pipeline.model.errors import ConveneError
from pipeline.model.frozen import dataclass
from pipeline.model.history_events import Ending
from pipeline.model.report import Report, from_text
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.notice_record import places_of
from pipeline.running.workspace import Workspace

log = logging.getLogger("convene")

FOLDERS = ("config", "templates")


@dataclass(frozen=True, slots=True)
class AtRest:
    """That there was nothing to do at `since`, and will not be until `until` where the `mark` is the same.

    `counts` are the diary's, `how` says how the run was asked for, `shown` is its report (see `model.report`).
    """

    mark: str
    since: datetime
    until: datetime
    how: str
    counts: dict[str, int]
    shown: str

    def is_good(self, now: datetime) -> bool:
        """Whether no moment has come since at which anything could be due."""
        return now == self.since or self.since < now < self.until

    def to_text(self) -> str:
        times = self.since.isoformat(), self.until.isoformat()
        return json.dumps([self.mark, *times, self.how, self.counts, self.shown])


def repeat(workspace: Workspace, clock: Clock, tell: Callable[[str], None]) -> Report | None:
    """Do a run at which nothing is due, and tell of it as the last one did; None where that is not sure."""
    path = workspace.ledger_path
    if not path.exists() or path.with_name(f"{path.name}-wal").exists():
        return None  # there is none yet, or a run was cut off: the whole way looks at every page
    try:
        with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
            kept = _read(ledger.rest.read())
            if kept and kept.is_good(clock.now()) and mark_of(workspace, ledger, clock) == kept.mark:
                return _repeat(workspace, ledger, clock, kept, tell)
    except (ConveneError, OSError, ValueError):
        pass  # the whole way meets it, too, and says what to do
    return None


def _read(text: str) -> AtRest | None:
    if not text:
        return None
    mark, since, until, how, counts, shown = json.loads(text)
    return AtRest(mark, datetime.fromisoformat(since), datetime.fromisoformat(until), how, counts, shown)


def _repeat(
    workspace: Workspace, ledger: Ledger, clock: Clock, kept: AtRest, tell: Callable[[str], None]
) -> Report:
    from pipeline.running.heartbeat import START, SUCCESS, beat  # brings the modules of the web along

    report = from_text(kept.shown)
    url = "" if clock.stands_still else workspace.service.notify.heartbeat
    beat(url, START, tell)
    ledger.diary.open(kept.how, clock.now(), None)
    ledger.diary.close(Ending.NOTHING, clock.now(), kept.counts)
    log.info("%s", report.said[0])
    beat(url, SUCCESS, tell)
    since = f"{kept.since.astimezone(workspace.call.zone):%H:%M}"
    note = f"Nothing has changed since the run at {since}, so nothing was read again."
    data = {**report.data, "same_as": kept.since.isoformat()}
    return Report(report.exit_code, (*report.said, note), report.needs, data)


def mark_of(workspace: Workspace, ledger: Ledger, clock: Clock) -> str:
    """Return a mark of all that a run looks at, but for the ledger and the time; nothing where it cannot be told."""
    try:
        sheet = workspace.sheet.mark()
        return (
            ledger.rest.mark(json.dumps([sheet, *_looked_at(workspace, ledger, clock)]).encode())
            if sheet
            else ""
        )
    except (ConveneError, OSError):  # the run meets it where it matters
        return ""


def _looked_at(workspace: Workspace, ledger: Ledger, clock: Clock) -> Iterator[str]:
    service = workspace.service
    yield from (__version__, sys.version, str(workspace.root), str(clock.stands_still))
    yield from (repr(service), *service.secrets, repr(_witnessed(workspace, ledger, clock)))
    yield from map(_hash, places_of(workspace.state))
    yield from (f"{path.relative_to(workspace.root)} {_hash(path)}" for path in _files(workspace))


def _witnessed(workspace: Workspace, ledger: Ledger, clock: Clock) -> object:
    if workspace.service.mail.via == "outbox" or clock.stands_still:
        return None
    witness = Witness(witness_folder(workspace.service), workspace.ledger_path)
    return witness.look(ledger.rest.ledger(workspace.call.id), workspace.call.id)


def _files(workspace: Workspace) -> Iterator[Path]:
    root, attached = workspace.root, workspace.call.attachments.values()
    yield from (path for folder in FOLDERS for path in sorted((root / folder).rglob("*")) if path.is_file())
    yield from (root / name for by_language in attached for name in chain(*by_language.values()))


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.exists() else ""
