"""The witness: a small file a ledger, outside every workspace, that says how far the ledger has come.

It is written when a letter is marked and before its final dot leaves: it is never ahead of its own ledger, unless a
power cut took marks along, and always ahead of an older copy of it. With each record stands which start of the machine
it was written in; that alone is never synced, so whatever loses what was not on disk loses it, too.
"""

import json
import os
import platform
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from platformdirs import user_state_path

from pipeline.ledger.boot import boot
from pipeline.ledger.own_files import open_own
from pipeline.ledger.reading import read_id
from pipeline.model.disk import cannot_use
from pipeline.model.errors import StateError
from pipeline.model.settings import Service
from pipeline.model.witness import Record, Seen

_ROOM = 256  # bytes for what changes in a record, which is written over in place


def witness_folder(service: Service) -> Path:
    """Return where the records are: where the settings say, or in the user's state directory."""
    return Path(service.witness.path) if service.witness.path else user_state_path("convene")


class Witness:
    """The records in `folder`, as the ledger at `path` sees them. Every method raises StateError."""

    def __init__(self, folder: Path, path: Path) -> None:
        self.folder, self._path, self._boot = folder, path, boot()
        self.here = str(path.parent.parent)
        """The workspace that the ledger lies in, as a record names it."""

    def prove_writable(self) -> None:
        """Write a file beside the records, and remove it."""
        self._replace(self.folder / f"proof-{os.getpid()}", b"", keep=False)

    def look(self, ledger: str, call: str) -> Seen:
        """Return what is known of a ledger, and where there is nothing, of an earlier one of this folder."""
        record = self._read(self._place(ledger, call))
        if record:
            return Seen(record, is_elsewhere=self._is_elsewhere(record), boot=self._boot)
        others = [self._read(place) for place in sorted(self.folder.glob("*.json"))]
        of_here = (each for each in others if each and (each.folder, each.call) == (self.here, call))
        sent = (each for each in of_here if each.letters)
        return Seen(earlier=next(sent, None), here=f"{platform.node()} {self.here}")

    def write(self, record: Record) -> None:
        """Put a record on disk, in the place of the one before, whole or not at all; its `boot` only into the file."""
        place = self._place(record.ledger, record.call)
        self._replace(place, _written(record, ""), keep=True, then=_written(record, self._boot))

    def mark(self, record: Record) -> None:
        """Write a record over the last one in place, without waiting for the disk."""
        place = self._place(record.ledger, record.call)
        try:
            file = os.open(place, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.pwrite(file, _written(record, self._boot), 0)
            finally:
                os.close(file)
        except OSError as error:
            raise cannot_use(place, error) from error

    def _place(self, ledger: str, call: str) -> Path:
        return self.folder / f"{sha256(f'{ledger} {call}'.encode()).hexdigest()[:32]}.json"

    def _read(self, place: Path) -> Record | None:
        try:
            return Record(**json.loads(place.read_bytes()))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise cannot_use(place, error) from error
        except (ValueError, TypeError) as error:
            raise StateError(
                f"{place}: cannot be read, though it was written whole. Check the disk, remove the file, and see what "
                "`convene run` says."
            ) from error

    def _replace(self, place: Path, data: bytes, *, keep: bool, then: bytes = b"") -> None:
        draft = place.with_suffix(".tmp")
        try:
            file = open_own(draft)
            try:
                os.ftruncate(file, 0)
                os.write(file, data)
                os.fsync(file)
                os.pwrite(file, then, 0)
            finally:
                os.close(file)
            draft.replace(place) if keep else draft.unlink()
        except OSError as error:
            raise cannot_use(place, error) from error

    def _is_elsewhere(self, record: Record) -> bool:
        """Whether the folder of a record is not this one, and has the same ledger still."""
        other = Path(record.folder) / self._path.relative_to(self.here)
        try:
            return other.exists() and not other.samefile(self._path) and _holds(other, record)
        except OSError:  # it is there, and may not be looked into
            return True


def _written(record: Record, boot: str) -> bytes:
    """Return a record as bytes, as long as every other one of the same ledger, what changes in the first 512."""
    changes = {"run": record.run, "letters": record.letters, "group": record.group, "boot": boot}
    names = {"ledger": record.ledger, "call": record.call, "folder": record.folder}
    return json.dumps({**changes, **names}).ljust(_ROOM + len(json.dumps(names))).encode()


def _holds(path: Path, record: Record) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
            return read_id(db, record.call) == record.ledger
    except sqlite3.Error:
        return True
