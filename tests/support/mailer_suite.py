"""What every way of sending must do: the outbox and the relay run these same tests.

A module that tests a mailer derives a class from `MailerSuite` and gives it a `post` fixture.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pipeline.mail.base import Handover, Letter, Mailer

HEADERS = b"From: team@example.org\r\nTo: anna@example.com\r\nSubject: Your place\r\n\r\n"


def letter(body: bytes = b"Dear Anna\r\n", number: int = 1, to: str = "anna@example.com") -> Letter:
    return Letter("team@example.org", to, f"<{number}@example.org>", HEADERS + body)


def nothing() -> None:
    """A commit that has nothing to write down."""


class Interrupted(BaseException):
    """Somebody stops the program."""


@dataclass(frozen=True)
class Post:
    """A mailer, and the bytes it has delivered (in any order)."""

    mailer: Mailer
    delivered: Callable[[], tuple[bytes, ...]]


class MailerSuite:
    def test_send_delivers_exactly_the_bytes(self, post: Post) -> None:
        reply = post.mailer.send(letter(), nothing)

        assert (reply.outcome, post.delivered()) == (Handover.ACCEPTED, (letter().data,))

    def test_send_says_so_in_one_line(self, post: Post) -> None:
        reply = post.mailer.send(letter(), nothing)

        assert 0 < len(reply.words) <= 300
        assert reply.words.splitlines() == [reply.words]

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b".\r\n",
            b"..\r\n",
            b"...\r\n.\r\n..\r\n",
            b"\r\n\r\n.\r\n\r\n",
            b".\r\nQUIT\r\nMAIL FROM:<x@example.net>\r\n",
            b"no dot\r\nFrom here\r\n\t.\r\n . \r\n.a\r\n",
            b"x" * 998 + b"\r\n",
            b"." * 998 + b"\r\n",
            b"long\r\n" * 50_000,
            bytes(range(1, 10)) + b"\x0b\x0c" + bytes(range(14, 128)) + b"\r\n",
        ],
        ids=lambda body: repr(body[:20]),
    )
    def test_send_with_hostile_lines_delivers_them_unchanged(self, post: Post, body: bytes) -> None:
        reply = post.mailer.send(letter(body), nothing)

        assert (reply.outcome, post.delivered()) == (Handover.ACCEPTED, (HEADERS + body,))

    def test_send_many_delivers_each_once(self, post: Post) -> None:
        letters = [letter(b"%d\r\n" % number, number) for number in range(5)]

        outcomes = [post.mailer.send(each, nothing).outcome for each in letters]

        assert outcomes == [Handover.ACCEPTED] * 5
        assert sorted(post.delivered()) == [each.data for each in letters]

    def test_send_commits_once_and_before_anything_is_delivered(self, post: Post) -> None:
        delivered_at_commit: list[tuple[bytes, ...]] = []

        post.mailer.send(letter(), lambda: delivered_at_commit.append(post.delivered()))

        assert delivered_at_commit == [()]

    @pytest.mark.parametrize("kind", [RuntimeError, OSError, TimeoutError, KeyboardInterrupt, Interrupted])
    def test_send_whose_commit_fails_delivers_nothing_and_raises_it(
        self, post: Post, kind: type[BaseException]
    ) -> None:
        def fail() -> None:
            raise kind("the ledger's disk is full")

        with pytest.raises(kind, match="the ledger's disk is full"):
            post.mailer.send(letter(), fail)

        assert post.delivered() == ()

    def test_send_after_a_commit_that_failed_works(self, post: Post) -> None:
        def fail() -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            post.mailer.send(letter(), fail)

        assert post.mailer.send(letter(), nothing).outcome == Handover.ACCEPTED
        assert post.delivered() == (letter().data,)

    def test_has_never_denies_what_was_delivered(self, post: Post) -> None:
        post.mailer.send(letter(), nothing)

        assert post.mailer.has(letter().message_id) is not False

    def test_check_delivers_nothing_and_says_one_line(self, post: Post) -> None:
        said = post.mailer.check()

        assert (said.splitlines(), post.delivered()) == ([said], ())

    def test_close_twice_or_unopened_does_nothing(self, post: Post) -> None:
        post.mailer.close()
        post.mailer.close()

        assert post.mailer.send(letter(), nothing).outcome == Handover.ACCEPTED
