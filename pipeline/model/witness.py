"""What a witness outside the workspace knows of a ledger, and what that says against sending. Pure.

Sheet and ledger of a workspace that is restored from a backup age together, and a copy of it is as good as the first:
only what lies outside can tell. Compared is how many letters went as far as their final dot.

That of a record which only a kill spares, and no power cut, is the name of the `boot`: where it is still this one,
nothing was lost that the ledger had written.
"""

from collections.abc import Iterator
from enum import StrEnum

from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.said import Said
from pipeline.model.sheet import Stamp
from pipeline.model.short_code import code_of


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a ledger has come: the last run, letters at their final dot, the number of the group announced last.

    `is_open` says that messages of that group may be leaving; `is_on_disk` that all this is on disk.
    """

    run: int
    letters: int
    group: int = 0
    is_open: bool = False
    is_on_disk: bool = True


def reached_by(history: History) -> Reached:
    """Return how far a ledger has come."""
    return Reached(history.run, history.letters, history.group, is_open=bool(history.announced))


@dataclass(frozen=True, slots=True)
class Record:
    """How far a ledger had come: `letters` at their final dot, the last in run `run`, sent from `folder`.

    `group` is the number of the group that was announced last; `boot` since which start of the machine this stands
    here (see above; empty: that is not known).
    """

    ledger: str
    call: str
    folder: str
    run: int
    letters: int
    group: int = 0
    boot: str = ""


class Ended(StrEnum):
    """How the last run ended that left a group open, as far as the ledger and its record tell."""

    KILLED = "killed"  # all that it wrote is here
    UNKNOWN = "unknown"  # power may have failed, or the disk: what it wrote last may be missing
    BEHIND = "behind"  # this is an old copy of the ledger


def how_ended(reached: Reached, record: Record | None, boot: str) -> Ended:
    """Tell a kill from a power cut and from an old copy; `boot` is the machine's last start."""
    if record is None:
        return Ended.UNKNOWN
    if _is_behind(reached, record, boot):
        return Ended.BEHIND
    is_whole = record.boot == boot and record.group <= reached.group
    return Ended.KILLED if is_whole else Ended.UNKNOWN


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found outside: the record of this ledger, or else of an `earlier` ledger of this folder and call.

    `is_elsewhere` says that the folder in the record is another one, which is still there with the same ledger. `here`
    names this machine and folder, `boot` the machine's last start.
    """

    record: Record | None = None
    earlier: Record | None = None
    is_elsewhere: bool = False
    here: str = ""
    boot: str = ""


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
    return (
        *_behind(history, seen.record, seen.boot),
        *_elsewhere(seen.record, is_elsewhere=seen.is_elsewhere),
    )


def _unknown(history: History, seen: Seen) -> Iterator[str]:
    code, earlier = first_code(history, seen), seen.earlier
    by_code = Said("first run here, by code", code=code, control="accept")
    begin = by_code if code else Said("first run here")
    if history.letters:
        yield Said("unwitnessed", number=history.letters, begin=begin)
    elif earlier:
        yield Said("another ledger here", number=earlier.letters, begin=begin)


def _is_behind(reached: Reached, record: Record, boot: str) -> bool:
    """Whether letters left of which the ledger does not know.

    While a group is open, a power cut can have taken its marks along, and not those of the witness.
    """
    may_be_lost = reached.is_open and reached.group == record.group and record.boot != boot
    return reached.letters < record.letters and not may_be_lost


def _behind(history: History, record: Record, boot: str) -> Iterator[str]:
    if _is_behind(reached_by(history), record, boot):
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
