"""Files with personal data that somebody asked for: outside the workspace, readable by their owner only."""

import os
from collections.abc import Mapping
from pathlib import Path

from pipeline.model.errors import UsageError
from pipeline.running.workspace import Workspace


def raise_if_inside(workspace: Workspace, folder: Path) -> None:
    """Raise UsageError for a folder in the workspace: what lies there would stay when somebody is erased."""
    if folder.resolve().is_relative_to(workspace.root.resolve()):
        raise UsageError(f"{folder} is inside the workspace, where it would stay. Name a folder elsewhere.")


def write_for_owner(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names; a folder that is not there is made for the owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, data in files.items():
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        with os.fdopen(os.open(folder / name, flags, 0o600), "wb") as file:
            file.write(data)
