"""What a witness outside the workspace knows of a ledger, and what that says against sending. Pure.

Sheet and ledger of a workspace that is restored from a backup age together, and a copy of it is as good as the first:
only what lies outside can tell. Compared is how many letters went as far as their final dot.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model.controls import LABELS
from pipeline.model.history import History
from pipeline.model.sheet import Stamp
from pipeline.model.short_code import code_of
from pipeline.model.text import counted


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


RESTORE = "Put the newest copy of the whole folder back, or see what `convene adopt` would take over"
_BEGIN = "If that is right, say so once: `convene run --first-run-here`{or_type}. If not"


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
    begin = _BEGIN.format(or_type=f", or type {code} beside “{LABELS['accept']}”" if code else "")
    if history.letters:
        sent = f"This ledger has sent {counted(history.letters, 'letter')}, and nothing on this machine witnessed it"
        newest = "put the newest copy of the whole folder here"
        yield f"{sent}: it may be an old copy, or another machine goes on with it. {begin}, {newest}."
    elif earlier:
        sent = f"Another ledger sent {counted(earlier.letters, 'letter')} of this call from this folder"
        yield f"{sent}, and this one begins as if nothing had been sent. {begin}, put the folder state/ back."


def _behind(history: History, record: Record) -> Iterator[str]:
    if history.letters < record.letters:
        known = f"it knows of {counted(history.letters, 'letter')}"
        yield f"This ledger is an old copy: {known}, and {record.letters} were sent by run {record.run}. {RESTORE}."


def _elsewhere(record: Record, *, is_elsewhere: bool) -> Iterator[str]:
    if is_elsewhere:
        yield (
            f"This folder is a second copy: the same ledger sends from {record.folder}, which is still there. Run "
            "Convene there. To go on here for good, delete that folder, or use `convene adopt --yes`."
        )


def is_unshown(history: History, record: Record, stamp: Stamp | None) -> bool:
    """Whether letters left of which neither the ledger knows nor the rows of the sheet tell.

    They tell once they carry the closing stamp of the run that sent last: its number is larger than that run's.
    """
    if history.letters >= record.letters:
        return False
    if stamp is None or stamp.ledger != record.ledger or stamp.sending:
        return True
    return stamp.run <= record.run
