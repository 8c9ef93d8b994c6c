"""Files that are Convene's own: opened in a folder that is ours alone, never through a link, read by nobody else.

Whoever could write into the folder, or plant a link in it, could make us empty or send what is not ours.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.model.disk import cannot_use
from pipeline.model.errors import StateError


def open_own(path: Path, flags: int = 0) -> int:
    """Open a file to read and write, or make it (0600), in a folder that is ours alone; return its descriptor.

    The folder is made (0700) where there is none. `flags` are added to those of open(2). Raises StateError.
    """
    try:
        with _own_folder(path.parent) as folder:
            flags |= os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            return os.open(path.name, flags, 0o600, dir_fd=folder)
    except OSError as error:
        raise cannot_use(path, error) from error


@contextmanager
def _own_folder(path: Path) -> Iterator[int]:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        # What is open stays what it was, whatever is put under its name meanwhile.
        _raise_if_not_ours(path, os.fstat(folder), path.lstat())
        yield folder
    finally:
        os.close(folder)


def _raise_if_not_ours(path: Path, folder: os.stat_result, name: os.stat_result) -> None:
    us = os.geteuid()
    if folder.st_uid != us or name.st_uid not in {us, 0}:
        raise StateError(
            f"{path}: belongs to another user (number {folder.st_uid}) than the one that runs Convene ({us}). Run "
            "as its owner, or give the folder and all in it to this user (chown -R)."
        )
    if folder.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StateError(
            f"{path}: others on this machine can write there, and could change what was sent. Look whether "
            f"everything in it is right, then run `chmod -R go= {path}`, and run again."
        )
