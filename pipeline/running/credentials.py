"""Secrets that lie in files of a folder, one each, as systemd and containers hand them over."""

import re
from collections import ChainMap
from collections.abc import Mapping
from pathlib import Path

from pipeline.model.disk import cannot_use
from pipeline.model.errors import StateError

FOLDER = "CREDENTIALS_DIRECTORY"
"""The environment's name for the folder (systemd.io/CREDENTIALS)."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def with_credentials(environ: Mapping[str, str]) -> Mapping[str, str]:
    """Return the environment, and below it what lies in the folder of credentials, by the names of the files.

    A line end at the end of a file is no part of the secret. Raises StateError where one cannot be read.
    """
    if not environ.get(FOLDER):
        return environ
    folder = Path(environ[FOLDER])
    try:
        named = [path for path in sorted(folder.iterdir()) if _NAME.fullmatch(path.name) and path.is_file()]
        found = {path.name: path.read_text(encoding="utf-8").rstrip("\r\n") for path in named}
    except OSError as error:
        raise cannot_use(error.filename, error) from error
    except UnicodeError:
        raise StateError(
            f"{folder}: a secret there is not text (UTF-8). Write it anew, and run again."
        ) from None
    return ChainMap(dict(environ), found)
