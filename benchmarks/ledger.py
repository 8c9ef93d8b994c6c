"""The ledger and its witness alone: what recording one message costs, beside two commits that wait for the disk."""

import shutil
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.contestants import GROUP, open_witnessed
from benchmarks.people import make_workspace, prepare
from benchmarks.rounds import Contestants
from pipeline.ledger.schema import open_database
from pipeline.ledger.sqlite import Ledger
from pipeline.model.message import State

NOW = datetime(2023, 8, 2, 7, tzinfo=UTC)


def contestants(folder: Path, messages: int) -> Contestants:
    """Return ways to record `messages` messages, each on a copy of the same prepared ledger."""
    home = folder / "ledger"
    make_workspace(home / "workspace", messages)
    prepare(home / "workspace", home / "prepared.sqlite")

    def on_a_copy(record: Callable[[Path], float]) -> Callable[[], float]:
        def timed() -> float:
            for file in home.glob("copy.sqlite*"):
                file.unlink()
            shutil.rmtree(home / "witness", ignore_errors=True)
            shutil.copy(home / "prepared.sqlite", home / "copy.sqlite")
            return record(home / "copy.sqlite")

        return timed

    return {
        "two commits": on_a_copy(two_commits),
        "Convene": on_a_copy(in_turn),
        "Convene, 3 threads": on_a_copy(side_by_side),
        "Convene, group: 1": on_a_copy(partial(in_turn, group=1)),
    }


def two_commits(path: Path) -> float:
    """The common way: a commit on disk before sending, and one after."""
    with closing(open_database(path)) as db:
        ids = [row[0] for row in db.execute("SELECT id FROM messages ORDER BY id")]
        statement = "UPDATE messages SET state = ?, changed_at = ? WHERE id = ?"
        begun = perf_counter()
        for message in ids:
            for state in (State.SENDING, State.ACCEPTED):
                db.execute("BEGIN IMMEDIATE")
                db.execute(statement, (state, NOW.isoformat(), message))
                db.execute("COMMIT")
        return perf_counter() - begun


def in_turn(path: Path, group: int = GROUP) -> float:
    """Record every step of every message, one message after the other."""
    with closing(open_witnessed(path, group)) as ledger:
        ids = tuple(message.id for message in ledger.history().posted)
        begun = perf_counter()
        for number, message in enumerate(ids):
            if group > 1:
                ledger.announce(ids[number:], group, "smtp")
            _record(ledger, message)
        ledger.close_group()
        return perf_counter() - begun


def side_by_side(path: Path) -> float:
    """Record the same from three threads, which share the waits for the disk."""
    with closing(open_witnessed(path, GROUP)) as ledger, ThreadPoolExecutor(3) as threads:
        ids = tuple(message.id for message in ledger.history().posted)
        begun = perf_counter()
        under_way: deque[Future[None]] = deque()
        for number, message in enumerate(ids):
            ledger.announce(ids[number:], GROUP, "smtp")
            under_way.append(threads.submit(_record, ledger, message))
            if len(under_way) == 3:
                under_way.popleft().result()
        for done in under_way:
            done.result()
        ledger.close_group()
        return perf_counter() - begun


def _record(ledger: Ledger, message: int) -> None:
    ledger.start(message, "smtp", NOW)
    ledger.commit(message, NOW)
    ledger.conclude(message, State.ACCEPTED, "250 2.0.0 Ok: queued", NOW)
