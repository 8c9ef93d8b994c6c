"""What a witness outside the workspace knows of a ledger, and what that says against sending. Pure.

Sheet and ledger of a workspace that is restored from a backup age together, and a copy of it is as good as the first:
only what lies outside can tell. Compared is how many letters went as far as their final dot.
"""

from collections.abc import Iterator

from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.said import Said
from pipeline.model.sheet import Stamp
from pipeline.model.short_code import code_of


@dataclass(frozen=True, slots=True)
class Record:
    """How far a ledger had come: `letters` at their final dot, the last in run `run`, sent from `folder`."""

    ledger: str
    call: str
    folder: str
    run: int
    letters: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found outside: the record of this ledger, or else of an `earlier` ledger of this folder and call.

    `is_elsewhere` says that the folder in the record is another one, which is still there with the same ledger. `here`
    names this machine and folder.
    """

    record: Record | None = None
    earlier: Record | None = None
    is_elsewhere: bool = False
    here: str = ""


def first_code(history: History, seen: Seen) -> str:
    """Return what organisers type to say that this ledger is the newest; empty where it may be a lost one.

    Good for this machine and folder and the next run only: a copy of the folder, with what was typed in the sheet, asks
    anew. A sheet that both share tells of what the other has sent.
    """
    known = (history.ledger, str(history.run), str(history.letters), seen.here)
    return code_of("first run here", *known) if history.letters and seen.record is None else ""


def find_untold(history: History, seen: Seen, *, first_run_here: bool = False) -> tuple[str, ...]:
    """Say why this ledger must not send; empty where it may.

    With `first_run_here` a person says that it is the newest, though nothing here knows it.
    """
    if seen.record is None:
        return () if first_run_here else tuple(_unknown(history, seen))
    return (*_behind(history, seen.record), *_elsewhere(seen.record, is_elsewhere=seen.is_elsewhere))


def _unknown(history: History, seen: Seen) -> Iterator[str]:
    code, earlier = first_code(history, seen), seen.earlier
    by_code = Said("first run here, by code", code=code, control="accept")
    begin = by_code if code else Said("first run here")
    if history.letters:
        yield Said("unwitnessed", number=history.letters, begin=begin)
    elif earlier:
        yield Said("another ledger here", number=earlier.letters, begin=begin)


def _behind(history: History, record: Record) -> Iterator[str]:
    if history.letters < record.letters:
        yield Said("ledger is an old copy", number=history.letters, sent=record.letters, run=record.run)


def _elsewhere(record: Record, *, is_elsewhere: bool) -> Iterator[str]:
    if is_elsewhere:
        yield Said("folder is a copy", folder=str(record.folder))


def is_unshown(history: History, record: Record, stamp: Stamp | None) -> bool:
    """Whether letters left of which neither the ledger knows nor the rows of the sheet tell.

    They tell once they carry the closing stamp of the run that sent last: its number is larger than that run's.
    """
    if history.letters >= record.letters:
        return False
    if stamp is None or stamp.ledger != record.ledger or stamp.sending:
        return True
    return stamp.run <= record.run
