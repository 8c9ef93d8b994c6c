"""What a person is told where the ledger's file fails: what SQLite says, and what to do about it."""

from pathlib import Path

from pipeline.model.errors import LedgerError

_DAMAGED = "Check the disk, put the whole folder back from a copy, and run `convene adopt`"
_ADVICE = (
    ("SQLITE_FULL", "Make room on the disk, and run again"),
    ("SQLITE_READONLY", "Let the user that runs Convene write to the file and its folder, and run again"),
    ("SQLITE_CANTOPEN", "Let the user that runs Convene write to the file and its folder, and run again"),
    ("SQLITE_BUSY", "Another program has the file open. Close it, and run again"),
    ("SQLITE_IOERR", "Make room on the disk, or check it, and run again"),
)
"""By the beginning of the result code's name (sqlite.org/rescode.html); every other one is a damaged file."""


def ledger_error(path: Path, error: Exception) -> LedgerError:
    """Return the error that names the file, what is wrong with it, and the next step."""
    name = getattr(error, "sqlite_errorname", "")
    advice = next((advice for start, advice in _ADVICE if name.startswith(start)), _DAMAGED)
    return LedgerError(f"{path}: the ledger cannot be used ({error}). Nothing more is sent. {advice}.")
