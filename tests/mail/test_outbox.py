"""The embedded mailbox: a Maildir that knows for sure what it has."""

import errno
import os
from mailbox import Maildir
from pathlib import Path, PurePath

import pytest

from pipeline.mail.base import Handover, Reply
from pipeline.mail.outbox import Outbox
from pipeline.model.errors import MailUnavailable
from tests.support.mailer_suite import MailerSuite, Post, letter, nothing

NAME = "c0723f335f0367840f98117daed935d3ab304477.eml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "outbox"


@pytest.fixture
def outbox(path: Path) -> Outbox:
    return Outbox(PurePath(path))


def files(path: Path) -> list[str]:
    return sorted(str(file.relative_to(path)) for file in path.rglob("*") if file.is_file())


class TestOutbox(MailerSuite):
    @pytest.fixture
    def post(self, path: Path, outbox: Outbox) -> Post:
        return Post(outbox, lambda: tuple(file.read_bytes() for file in (path / "new").glob("*")))


def test_send_names_the_file_after_the_message_id(outbox: Outbox, path: Path) -> None:
    outbox.send(letter(), nothing)

    assert files(path) == [f"new/{NAME}"]


def test_send_makes_files_for_the_owner_only(outbox: Outbox, path: Path) -> None:
    before = os.umask(0)
    try:
        outbox.send(letter(), nothing)
    finally:
        os.umask(before)

    modes = {str(each.relative_to(path)): each.stat().st_mode & 0o777 for each in path.rglob("*")}
    assert modes == {"tmp": 0o700, "new": 0o700, "cur": 0o700, f"new/{NAME}": 0o600}
    assert path.stat().st_mode & 0o777 == 0o700


def test_send_twice_keeps_one_file_and_commits_each_time(outbox: Outbox, path: Path) -> None:
    commits: list[int] = []
    outbox.send(letter(b"first\r\n"), lambda: commits.append(1))

    reply = outbox.send(letter(b"second\r\n"), lambda: commits.append(2))

    assert reply == Reply(Handover.ACCEPTED, "is in the outbox already")
    assert commits == [1, 2]
    assert [file.read_bytes() for file in (path / "new").iterdir()] == [letter(b"first\r\n").data]


@pytest.mark.parametrize("flags", ["", ":2,", ":2,S", ":2,RS"])
def test_send_again_when_it_was_read_keeps_one_file(outbox: Outbox, path: Path, flags: str) -> None:
    outbox.send(letter(), nothing)
    (path / "new" / NAME).rename(path / "cur" / f"{NAME}{flags}")

    reply = outbox.send(letter(), nothing)

    assert (reply.outcome, files(path)) == (Handover.ACCEPTED, [f"cur/{NAME}{flags}"])
    assert outbox.has(letter().message_id) is True


def test_send_is_readable_for_the_library(outbox: Outbox, path: Path) -> None:
    outbox.send(letter(), nothing)

    box = Maildir(path, create=False)
    assert [each["Subject"] for each in box] == ["Your place"]


def test_send_has_the_whole_letter_on_disk_before_commit(outbox: Outbox, path: Path) -> None:
    seen: list[list[str]] = []

    outbox.send(letter(), lambda: seen.append(files(path)))

    assert seen == [[f"tmp/{NAME}"]]


def test_send_whose_commit_fails_leaves_no_draft(outbox: Outbox, path: Path) -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        outbox.send(letter(), fail)

    assert (files(path), outbox.has(letter().message_id)) == ([], False)


def test_send_over_a_draft_that_a_crash_left_writes_it_anew(outbox: Outbox, path: Path) -> None:
    outbox.check()
    (path / "tmp" / NAME).write_bytes(b"half of a much longer letter than the one that is sent now" * 9)

    outbox.send(letter(), nothing)

    assert (path / "new" / NAME).read_bytes() == letter().data


def test_send_where_a_file_stands_in_the_way_raises_unavailable(outbox: Outbox, path: Path) -> None:
    path.parent.mkdir()
    path.write_text("not a folder")
    commits: list[int] = []

    with pytest.raises(MailUnavailable) as raised:
        outbox.send(letter(), lambda: commits.append(1))

    assert str(raised.value) == (
        f"{path}: the outbox cannot be used (File exists). What stands there is of another sort than is wanted "
        "(a file, a folder). Move it away, or name another path in config/service.yaml, and run again. "
        "Every message is kept."
    )
    assert commits == []


def test_send_with_a_full_disk_raises_unavailable(
    outbox: Outbox, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    outbox.check()
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(MailUnavailable, match="No space left on device"):
        outbox.send(letter(), nothing)

    assert outbox.has(letter().message_id) is False


def test_send_whose_last_step_fails_is_in_doubt(outbox: Outbox, path: Path) -> None:
    def remove_new() -> None:
        (path / "new").rmdir()

    reply = outbox.send(letter(), remove_new)

    assert reply == Reply(
        Handover.IN_DOUBT, f"{path}: No such file or directory while the letter was put there"
    )


def test_has_before_and_after(outbox: Outbox) -> None:
    outbox.check()
    before = outbox.has("<1@example.org>")
    outbox.send(letter(), nothing)

    assert (before, outbox.has("<1@example.org>"), outbox.has("<2@example.org>")) == (False, True, False)


def test_has_where_the_maildir_is_gone_cannot_know(outbox: Outbox) -> None:
    assert outbox.has("<1@example.org>") is None


def test_has_where_a_file_stands_in_the_way_raises_unavailable(outbox: Outbox, path: Path) -> None:
    outbox.check()
    (path / "cur").rmdir()
    (path / "cur").write_text("not a folder")

    with pytest.raises(MailUnavailable, match="Not a directory"):
        outbox.has("<1@example.org>")


def test_check_makes_the_folders_and_counts_the_letters(outbox: Outbox, path: Path) -> None:
    empty = outbox.check()
    for number in range(3):
        outbox.send(letter(number=number), nothing)
    (path / "new" / NAME).rename(path / "cur" / f"{NAME}:2,S")

    assert (empty, outbox.check()) == (
        f"{path} takes letters and has 0 letters",
        f"{path} takes letters and has 3 letters",
    )


def test_check_where_nothing_can_be_written_raises_unavailable(outbox: Outbox, path: Path) -> None:
    outbox.check()
    (path / "tmp").rmdir()
    (path / "tmp").write_text("not a folder")

    with pytest.raises(MailUnavailable, match="outbox cannot be used"):
        outbox.check()
