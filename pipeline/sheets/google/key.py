"""The service account's key: a file that only its owner may read, and what it is used as."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from google.auth.credentials import AnonymousCredentials
from google.auth.exceptions import GoogleAuthError
from google.oauth2.service_account import Credentials

from pipeline.model.errors import SheetError
from pipeline.model.google_account import parse_key

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
"""The right to read and write the spreadsheets that are shared with the account, and nothing else."""

_read_key: Callable[..., Any] = Credentials.from_service_account_info
_anonymous: Callable[[], Any] = AnonymousCredentials


def read_key(path: Path) -> Mapping[str, object]:
    """Read a key file. Raises SheetError where it is missing, no key, or open to others on the machine."""
    where = f"The key file {path.name} (key_file under sheet in config/service.yaml)"
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise SheetError(
            f"{where} cannot be read ({error.strerror}). Put it there as docs/google.md says and run again."
        ) from error
    if mode & 0o077:
        raise SheetError(
            f"{where} can be read by others on this machine. Run `chmod 600 {path.name}`, and run again."
        )
    info = parse_key(text)
    if info is None:
        raise SheetError(
            f"{where} is not the key of a service account. Download one as JSON, as docs/google.md says, and run again."
        )
    return info


def make_credentials(info: Mapping[str, object]) -> Any:
    """Return what signs requests. Raises SheetError for a key that is damaged."""
    try:
        return _read_key(info, scopes=(SCOPE,))
    except (GoogleAuthError, ValueError, TypeError, AttributeError) as error:
        raise SheetError(
            "The key file (key_file under sheet in config/service.yaml) is damaged. Download a new key as "
            "docs/google.md says, and run again."
        ) from error


def no_credentials() -> Any:
    """Return what a stand-in on this machine is asked with."""
    return _anonymous()
