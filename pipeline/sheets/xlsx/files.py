"""Files that people have open in other programs: seen to be open, read, and replaced whole or not at all."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from pipeline.model.disk import advice_on
from pipeline.model.errors import SheetBusy, SheetError

HOUR = 3600
"""Seconds. No write of a file takes as long."""

_LOCKS = (("Excel", "~${}"), ("LibreOffice", ".~lock.{}#"))


class ChangedMeanwhile(SheetBusy):
    """The file is not the one that was read: whoever wants to write has to read it again."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} was changed while it was being written. Run again in a minute.")


def refuse_if_open(path: Path) -> None:
    """Raise SheetBusy when the lock file of a spreadsheet program lies beside the file or its link."""
    for place in dict.fromkeys((path, path.resolve())):
        for program, pattern in _LOCKS:
            lock = place.with_name(pattern.format(place.name))
            if os.path.lexists(lock):
                raise SheetBusy(
                    f"{path.name} is open in {program}. Close it there and run again; "
                    f"if nobody has it open, delete the left-over file {lock}."
                )


def read_bytes(path: Path) -> bytes:
    """Read a whole file; also while another program has it open. Raises SheetError."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SheetError(
            f"{path}: there is no such file. Correct the path in config/service.yaml and run again."
        ) from error
    except OSError as error:
        raise SheetError(
            f"{path} cannot be read ({error.strerror or error}). Correct its permissions and run again."
        ) from error


def prove_writable(path: Path, data: bytes) -> None:
    """Write `data` to a file beside `path`, flush it to disk, and remove it. Raises SheetError, SheetBusy."""
    with _translated(path), _beside(path, data):
        pass


def replace_file(path: Path, data: bytes, read: bytes) -> None:
    """Put `data` in the place of `read`, atomically, with the mode and owner that the file had.

    Raises ChangedMeanwhile when the file is no longer what was `read`, SheetBusy when somebody has it
    open, SheetError when it cannot be written. On every failure the old file stays and no other is left.
    """
    real = path.resolve()
    with _translated(path), _beside(path, data) as temporary:
        refuse_if_open(path)
        # Nothing may come between this comparison and the rename: it is all that protects a save made now.
        if real.read_bytes() != read:
            raise ChangedMeanwhile(path)
        temporary.replace(real)
        _flush_folder(real.parent)


def create_file(path: Path, data: bytes) -> None:
    """Make a new file, whole or not at all; raises SheetError if there is one already."""
    try:
        with draft_of(path, data) as temporary:
            _place_new(temporary, path)
            _flush_folder(path.parent)
    except FileExistsError as error:
        raise SheetError(
            f"{path} is there already and is never overwritten. Choose another name, or move it away."
        ) from error
    except OSError as error:
        raise _cannot_write(path, error) from error


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise SheetError(f"{path}: the file was moved or deleted. Put it back and run again.") from error
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> SheetError:
    return SheetError(
        f"{path} cannot be written ({error.strerror or error}). {advice_on(error)}, and run again."
    )


@contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    """Hold `data` in a temporary file in the real folder of `path`, with the same mode and owner."""
    real = path.resolve()
    old = real.stat()
    if not old.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(real, os.W_OK):
        raise SheetError(f"{path} is write-protected. Allow writing to it and run again.")
    with draft_of(real, data) as temporary:
        with suppress(PermissionError):
            os.chown(temporary, old.st_uid, old.st_gid)
        temporary.chmod(stat.S_IMODE(old.st_mode))
        yield temporary


@contextmanager
def draft_of(path: Path, data: bytes) -> Iterator[Path]:
    """Write `data` to a new file beside `path`; it is removed in the end unless it was moved away."""
    handle, name = mkstemp(dir=path.parent, prefix=_begin_of_drafts(path), suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _begin_of_drafts(path: Path) -> str:
    return f".convene-{sha256(os.fsencode(path.name)).hexdigest()[:12]}-"


def delete_drafts(path: Path) -> None:
    """Delete what writes of the file at `path` left beside it that were killed; nothing may be writing it now.

    A draft of another file, which somebody may be writing, is deleted only when it is old.
    """
    real = path.resolve()
    for draft in real.parent.glob(".convene-*.tmp"):
        if draft.name.startswith(_begin_of_drafts(real)) or time.time() - draft.stat().st_mtime > HOUR:
            draft.unlink(missing_ok=True)


def _place_new(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
