"""Whether this ledger may send at all: not when the sheet knows of mail that it knows nothing of.

A ledger restored from a backup, or begun on a new machine, would send again what went out already. So every
run that sends leaves a stamp in the sheet (the ledger's id, the number of the run, that it is sending) before it
records or sends anything, and another one when its rows show what it sent.
Where the stamp is lost, what the sheet shows of earlier messages takes its place.
"""

from pipeline.intake.own_cells import kind_shown, read_status
from pipeline.intake.own_rows import REFERENCE
from pipeline.model.applicant import Entry, Status
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.message import Kind
from pipeline.model.said import Said
from pipeline.model.sheet import Snapshot
from pipeline.model.text import one_line

DEALT_WITH = frozenset(Status) - {Status.CHECK_ROW}
"""The words that tell that a row was dealt with; `Check row` is shown where nothing was done."""

FEW = 3
"""Fewer rows than these with a reference or a status that nobody knows, and no message, are a slip of the hand."""


def find_stale(snapshot: Snapshot, entries: tuple[Entry, ...], history: History) -> tuple[str, ...]:
    """Say why mail must not leave from this ledger; empty where it may. `entries` are the snapshot's rows.

    An older sheet is fine. So is one without any trace of a run in its rows: a new one, or one that organisers
    emptied to begin anew, unless this very ledger has done something that it does not know.
    """
    stamp = snapshot.stamp
    if stamp is None:
        memory = _remember(history)
        unknown = tuple(entry for entry in entries if _is_unknown(entry, memory))
        surely = len(unknown) >= FEW or any(kind_shown(entry.own.last_message) for entry in unknown)
        why = Said("rows unknown", number=len(unknown)) if surely else ""
    elif stamp.ledger != history.ledger and stamp.sending:
        why = Said("another ledger sending", run=stamp.run)
    elif stamp.ledger != history.ledger:
        shown = sum(map(shows_trace, entries))
        why = Said("rows of another ledger", number=shown, run=stamp.run) if shown else ""
    elif stamp.run > history.run:
        why = Said("later run wrote", run=stamp.run, known=history.run)
    else:
        why = ""
    return (Said("ledger behind", title=snapshot.title, why=why),) if why else ()


def is_ahead(snapshot: Snapshot, history: History) -> bool:
    """Whether the sheet's stamp says that it was written by another ledger or by a later run."""
    stamp = snapshot.stamp
    return stamp is not None and (stamp.ledger != history.ledger or stamp.run > history.run)


def is_left_open(snapshot: Snapshot, history: History) -> bool:
    """Whether a run of this very ledger stamped the sheet and could not show there what it sent."""
    stamp = snapshot.stamp
    return stamp is not None and stamp.sending and stamp.ledger == history.ledger


def shows_trace(entry: Entry) -> bool:
    """Whether a row tells of an earlier run: by its reference, its status or its last message."""
    own = entry.own
    return (
        bool(one_line(own.reference))
        or read_status(own) in DEALT_WITH
        or kind_shown(own.last_message) is not None
    )


@dataclass(frozen=True, slots=True)
class _Memory:
    """What a ledger can have written in a sheet."""

    references: frozenset[str]
    addresses: frozenset[str]
    keys: frozenset[str]
    told: frozenset[tuple[str, Kind]]


def _remember(history: History) -> _Memory:
    told = frozenset((message.reference, message.kind) for message in history.posted)
    addresses = frozenset(history.addresses.values())
    references = frozenset(history.addresses) | history.erased.references
    return _Memory(references, addresses, frozenset(history.responses), told)


def _is_unknown(entry: Entry, memory: _Memory) -> bool:
    """Whether a row shows what this ledger cannot have written there."""
    reference, kind = one_line(entry.own.reference), kind_shown(entry.own.last_message)
    if REFERENCE.fullmatch(reference):
        return reference not in memory.references or (
            kind is not None and (reference, kind) not in memory.told
        )
    is_known = entry.key in memory.keys or entry.address in memory.addresses
    return not is_known and (kind is not None or read_status(entry.own) in DEALT_WITH)
