"""The embedded mailbox: letters become files of a Maildir that any mail reader opens; no server is needed.

A letter's file is named after its Message-ID, so what was delivered can be known for sure. Writing the file
to `tmp` stands for the body, moving it into `new` for the final dot.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path, PurePath

from pipeline.mail.base import Handover, Letter, Reply
from pipeline.model.disk import advice_on
from pipeline.model.errors import MailUnavailable
from pipeline.model.text import counted

_FOLDERS = ("tmp", "new", "cur")


class Outbox:
    """A `Mailer` that delivers into the Maildir at `path`, for the owner's eyes only (0700, files 0600).

    The files are exactly the letters' bytes: CRLF line ends, nothing added. Whatever the disk refuses before
    `commit` raises `MailUnavailable`, for it would refuse the next letter too.
    """

    def __init__(self, path: PurePath) -> None:
        self._path = Path(path)

    def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
        """Deliver one letter; one that is there already is accepted again, and stays as it is."""
        name = _file_name(letter.message_id)
        draft = self._path / "tmp" / name
        try:
            self._make_folders()
            there = self._is_there(name)
            if not there:
                _write(draft, letter.data)
        except OSError as error:
            raise self._unavailable(error) from error
        try:
            commit()
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return Reply(Handover.ACCEPTED, "is in the outbox already") if there else self._deliver(draft)

    def has(self, message_id: str) -> bool | None:
        """Whether the letter is here, read or unread; None where the Maildir itself is gone."""
        try:
            return self._is_there(_file_name(message_id))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unavailable(error) from error

    def check(self) -> str:
        try:
            self._make_folders()
            _write(self._path / "tmp" / "check", b"")
            (self._path / "tmp" / "check").unlink()
            letters = sum(1 for folder in ("new", "cur") for _ in (self._path / folder).iterdir())
        except OSError as error:
            raise self._unavailable(error) from error
        return f"{self._path} takes letters and has {counted(letters, 'letter')}"

    def close(self) -> None:
        """Do nothing: every letter is on the disk when `send` returns."""

    def _deliver(self, draft: Path) -> Reply:
        try:
            draft.rename(self._path / "new" / draft.name)
            _sync_folder(self._path / "new")
        except OSError as error:
            return Reply(Handover.IN_DOUBT, f"{self._path}: {error.strerror} while the letter was put there")
        return Reply(Handover.ACCEPTED, "put into the outbox")

    def _is_there(self, name: str) -> bool:
        """Look in `new` first, for that is where mail readers take a letter from to `cur` (as “name:2,S”)."""
        if (self._path / "new" / name).exists():
            return True
        return any(file.name.partition(":")[0] == name for file in (self._path / "cur").iterdir())

    def _make_folders(self) -> None:
        for folder in (self._path, *(self._path / name for name in _FOLDERS)):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, parents=folder is self._path)
                _sync_folder(folder.parent)

    def _unavailable(self, error: OSError) -> MailUnavailable:
        return MailUnavailable(
            f"{self._path}: the outbox cannot be used ({error.strerror}). {advice_on(error)}, "
            "or name another path in config/service.yaml, and run again. Every message is kept."
        )


def forget(path: Path, is_wanted: Callable[[bytes], bool]) -> int:
    """Delete the letters of a Maildir whose headers `is_wanted` says yes to, also drafts; return how many."""
    wanted = [
        file for folder in _FOLDERS for file in sorted((path / folder).glob("*")) if is_wanted(_headers(file))
    ]
    for file in wanted:
        file.unlink(missing_ok=True)
    return len(wanted)


def _headers(file: Path) -> bytes:
    return file.read_bytes().partition(b"\r\n\r\n")[0] if file.is_file() else b""


def _file_name(message_id: str) -> str:
    return f"{sha256(message_id.encode()).hexdigest()[:40]}.eml"


def _write(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk; a draft that a crash left behind is written anew."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
