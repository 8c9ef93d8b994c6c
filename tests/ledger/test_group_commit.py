from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, Event, Thread

import pytest

from pipeline.ledger.group_commit import Together
from pipeline.model.errors import LedgerError


class Disk:
    """Transactions that can be slow; remembers which acts were committed together."""

    def __init__(self) -> None:
        self.commits: list[list[str]] = []
        self.open: list[str] = []
        self.fails = False
        self.go_on = Event()
        self.go_on.set()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.open = []
        yield
        self.go_on.wait(10)
        if self.fails:
            raise LedgerError("disk full")
        self.commits.append(self.open)


def test_one_act_is_one_commit() -> None:
    disk, together = Disk(), Together()
    for name in ("a", "b"):
        together.do(lambda name=name: disk.open.append(name), disk.transaction)  # type: ignore[misc]  # a default binds the loop's value
    assert disk.commits == [["a"], ["b"]]


def test_acts_that_wait_for_the_disk_share_the_next_commit() -> None:
    disk, together = Disk(), Together()
    disk.go_on.clear()
    first = Thread(target=together.do, args=(lambda: disk.open.append("first"), disk.transaction))
    first.start()
    while disk.open != ["first"]:
        pass
    others = [
        Thread(target=together.do, args=(lambda name=name: disk.open.append(name), disk.transaction))
        for name in ("a", "b", "c")
    ]
    for thread in others:
        thread.start()
    while len(together._queue) < 3:
        pass
    disk.go_on.set()
    for thread in (first, *others):
        thread.join()
    assert [sorted(names) for names in disk.commits] == [["first"], ["a", "b", "c"]]


def test_nobody_returns_before_the_commit() -> None:
    disk, together, ready = Disk(), Together(), Barrier(2)
    disk.go_on.clear()
    returned: list[str] = []

    def act() -> None:
        ready.wait(10)
        together.do(lambda: disk.open.append("x"), disk.transaction)
        returned.append("x")

    thread = Thread(target=act)
    thread.start()
    ready.wait(10)
    while not disk.open:
        pass
    assert (returned, disk.commits) == ([], [])
    disk.go_on.set()
    thread.join()
    assert (returned, disk.commits) == (["x"], [["x"]])


def test_what_goes_wrong_with_one_concerns_it_alone() -> None:
    disk, together = Disk(), Together()

    def fail() -> None:
        raise LedgerError("out of turn")

    with pytest.raises(LedgerError, match="out of turn"):
        together.do(fail, disk.transaction)
    together.do(lambda: disk.open.append("a"), disk.transaction)
    assert disk.commits == [[], ["a"]]


def test_a_commit_that_fails_fails_for_everybody_in_it() -> None:
    disk, together = Disk(), Together()
    disk.fails = True
    with pytest.raises(LedgerError, match="disk full"):
        together.do(lambda: None, disk.transaction)


def test_an_act_whose_leader_was_stopped_is_known_not_to_be_on_disk() -> None:
    disk, together = Disk(), Together()
    disk.go_on.clear()
    outcomes: list[str] = []

    class Stopped(BaseException):
        pass

    def stop() -> None:
        raise Stopped

    def attempt(act: Callable[[], None]) -> None:
        try:
            together.do(act, disk.transaction)
            outcomes.append("recorded")
        except Stopped:
            outcomes.append("stopped")
        except LedgerError as error:
            outcomes.append(str(error))

    first = Thread(target=attempt, args=(lambda: disk.open.append("first"),))
    first.start()
    while disk.open != ["first"]:
        pass
    others = [Thread(target=attempt, args=(act,)) for act in (lambda: None, stop)]
    for thread in others:
        thread.start()
    while len(together._queue) < 2:
        pass
    disk.go_on.set()  # one of the two takes both along, and is stopped in the middle
    for thread in (first, *others):
        thread.join()
    assert sorted(outcomes) == [
        "A step was not recorded. Nothing more is sent; run again.",
        "recorded",
        "stopped",
    ]
    assert disk.commits == [["first"]]
