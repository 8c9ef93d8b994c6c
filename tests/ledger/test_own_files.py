"""Files of our own: made private, never behind a link, and only in a folder that nobody else can write to."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ledger.own_files import open_own
from pipeline.model.errors import StateError

STRANGER = 12345


def test_a_file_and_its_folder_are_made_private(tmp_path: Path) -> None:
    path = tmp_path / "state" / "lock"
    os.close(open_own(path))
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)]
    assert modes == [0o600, 0o700]


def test_a_folder_of_ours_may_lie_behind_a_link_of_ours(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir(mode=0o700)
    (tmp_path / "state").symlink_to(tmp_path / "disk")
    os.close(open_own(tmp_path / "state" / "lock"))
    assert (tmp_path / "disk" / "lock").exists()


def _link_file(folder: Path) -> None:
    (folder.parent / "precious").write_text("keep me")
    (folder / "lock").symlink_to(folder.parent / "precious")


def _dangle(folder: Path) -> None:
    (folder / "lock").symlink_to(folder.parent / "new")


def _give_away(folder: Path) -> None:
    os.chown(folder, STRANGER, -1)


def _link_of_a_stranger(folder: Path) -> None:
    folder.rename(folder.parent / "other")
    folder.symlink_to(folder.parent / "other")
    os.chown(folder, STRANGER, -1, follow_symlinks=False)


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (_link_file, "Remove the link, and run again"),
        (_dangle, "Remove the link, and run again"),
        (lambda folder: folder.chmod(0o770), "others on this machine can write there"),
        (lambda folder: folder.chmod(0o702), "others on this machine can write there"),
        pytest.param(_give_away, "belongs to another user", marks=as_root),
        pytest.param(_link_of_a_stranger, "belongs to another user", marks=as_root),
    ],
)
def test_what_others_could_have_placed_is_refused(
    tmp_path: Path, prepare: Callable[[Path], None], says: str
) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    prepare(folder)
    with pytest.raises(StateError, match=says):
        open_own(folder / "lock")
    assert not (tmp_path / "new").exists()
    precious = tmp_path / "precious"
    assert not precious.exists() or precious.read_text() == "keep me"
