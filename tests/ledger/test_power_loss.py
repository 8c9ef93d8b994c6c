"""What survives a power cut: that a dot is about to leave is on disk before it leaves, or that it may.

The calls to the operating system are watched with strace, since nothing else shows what was synced when. As a program
(`python -m tests.ledger.test_power_loss FOLDER PORT CONNECTIONS GROUP COMMIT`) it is the sender that is watched.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.ledger.file import LedgerFile
from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.sqlite import Ledger
from pipeline.model.message import Kind, Letter, Message, Rendered, State
from tests.support.build import SELECTION
from tests.support.relay import Relay
from tests.support.storm import CALL, send_open, settings

ROOT = Path(__file__).parent.parent.parent
CALLS = "trace=fsync,fdatasync,pwrite64,sendto,write"
STRACE = ("strace", "-f", "--seccomp-bpf", "-y", "-s", "8192", "-e", CALLS)


def why_not() -> str:
    """Say why nothing can be watched here; nothing where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed (Debian package strace)"
    tried = subprocess.run([*STRACE, "true"], capture_output=True, check=False)
    return "strace may not watch programs here (ptrace is not allowed)" if tried.returncode else ""


pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


@dataclass(frozen=True)
class Call:
    """One call of the operating system; `begun` and `ended` are places in the one order of all."""

    name: str
    file: str
    text: str
    result: int
    begun: int
    ended: int


def read_trace(lines: list[str]) -> Iterator[Call]:
    """Read what `strace -f -y` tells, putting together the calls that another thread's came into."""
    unfinished: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines):
        thread, _, told = line.partition(" ")
        told = told.strip()
        begun = number
        if told.endswith("<unfinished ...>"):
            unfinished[thread] = number, told.removesuffix("<unfinished ...>")
            continue
        if resumed := re.match(r"<\.\.\. \w+ resumed>", told):
            begun, start = unfinished.pop(thread)
            told = start + told[resumed.end() :]
        found = re.fullmatch(r"(\w+)\(\d+<([^>]*(?:->[^>]*)?)>(.*)\)\s+= (-?\d+).*", told)
        if found:
            yield Call(found[1], found[2], found[3], int(found[4]), begun, number)


def has_synced(trace: list[Call], dot: Call, *, is_announced: bool) -> bool:
    """Whether, between the body of a letter and its dot, its commit was written to the ledger, and synced.

    Of one that is announced with others, the group is what was synced before.
    """
    body = max((call for call in trace if call.file == dot.file and call.ended < dot.begun), key=_end)
    found = re.search(r"X-Number: (\d+)", body.text)
    assert found
    record = f"P-{found[1]}{Kind.INVITATION}{State.COMMITTING}"  # two columns between them take no space
    marked = next((call for call in _written(trace, record) if body.ended < call.begun < dot.begun), None)
    if not is_announced:
        return bool(marked and _is_synced_between(trace, marked, dot))
    group = rf'announced of {CALL}\[1, \\"[0-9a-f-]+\\", \\"smtp\\"[0-9, ]*, {int(found[1]) - 100}[],]'
    return bool(marked) and any(_is_synced_between(trace, call, dot) for call in _written(trace, group))


def _written(trace: list[Call], pattern: str) -> list[Call]:
    """Return what was written to the ledger's log with this in it."""
    return [
        call
        for call in trace
        if call.name == "pwrite64" and _is_log(call) and re.search(pattern, call.text, re.DOTALL)
    ]


def _is_synced_between(trace: list[Call], written: Call, dot: Call) -> bool:
    return any(
        written.ended < call.begun and call.ended < dot.begun and call.result == 0
        for call in trace
        if call.name in {"fsync", "fdatasync"} and _is_log(call)
    )


def _end(call: Call) -> int:
    return call.ended


def _is_log(call: Call) -> bool:
    return call.file.endswith("/ledger.sqlite-wal")


def prepare(folder: Path) -> None:
    def one(number: int) -> Prepared:
        reference, to = f"P-{number}", f"person{number}@example.org"
        message = Message(reference, to, Kind.INVITATION, 1, Rendered("Hello", "", ""), "")
        body = f"Subject: Hello\r\nX-Number: {number}\r\n\r\nHello {number}\r\n".encode()
        return Prepared(message, Letter("team@example.org", to, f"<{number}@example.org>", body))

    with closing(Ledger(folder / "ledger.sqlite", CALL)) as ledger:
        run = ledger.begin(SELECTION)
        ledger.prepare(Records({}, {}, (), tuple(map(one, (101, 102, 103))), ()), SELECTION, run)


def watched(folder: Path, connections: int, group: int, commit: str) -> list[Call]:
    """Send three letters, and return all that was written, synced and sent meanwhile."""
    prepare(folder)
    with Relay() as relay:
        sender = (
            sys.executable,
            "-m",
            "tests.ledger.test_power_loss",
            str(folder),
            str(relay.port),
            str(connections),
            str(group),
        )
        command = [*STRACE, "-o", str(folder / "trace"), *sender, commit]
        subprocess.run(command, cwd=ROOT, check=True, timeout=60)
        assert len(relay.accepted) == 3
    return list(read_trace((folder / "trace").read_text().splitlines()))


@pytest.mark.parametrize("connections", [pytest.param(1, marks=pytest.mark.slow), 3])
@pytest.mark.parametrize("group", [pytest.param(1, id="each by itself"), pytest.param(20, id="in a group")])
@pytest.mark.parametrize(
    ("commit", "synced"),
    [
        pytest.param("as it is", True, id="as it is"),
        pytest.param("careless", False, id="careless, to see that it is noticed", marks=pytest.mark.slow),
    ],
)
def test_the_commit_is_on_disk_before_the_dot_leaves(
    tmp_path: Path, connections: int, group: int, commit: str, synced: bool
) -> None:
    trace = watched(tmp_path, connections, group, commit)

    dots = [call for call in trace if call.name == "sendto" and call.text.startswith(r', ".\r\n", 3,')]
    assert [has_synced(trace, dot, is_announced=group > 1) for dot in dots] == [synced] * 3


@pytest.mark.parametrize(
    ("first_error", "left"),
    [pytest.param(1, 0, id="the first group", marks=pytest.mark.slow), pytest.param(4, 2, id="the second")],
)
def test_a_disk_that_cannot_sync_lets_no_letter_of_the_group_leave(
    tmp_path: Path, first_error: int, left: int
) -> None:
    prepare(tmp_path)
    with Relay() as relay:
        command = (
            sys.executable,
            "-m",
            "tests.ledger.test_power_loss",
            str(tmp_path),
            str(relay.port),
            "1",
            "2",
        )
        fault = f"inject=fdatasync:error=EIO:when={first_error}+"
        subprocess.run(
            [*STRACE, "-e", fault, "-o", "/dev/null", *command, ""], cwd=ROOT, check=False, timeout=60
        )
        assert len(relay.accepted) == left
        subprocess.run([*command, ""], cwd=ROOT, check=True, timeout=60)
        assert len(relay.accepted) == 3


def never_wait(self: LedgerFile) -> AbstractContextManager[None]:
    """Commit without waiting for the disk, whatever it is: what must be noticed."""
    return self.unsynced()


if __name__ == "__main__":
    folder, port, connections, group = Path(sys.argv[1]), *map(int, sys.argv[2:5])
    if sys.argv[5] == "careless":
        LedgerFile.writing = never_wait  # type: ignore[assignment,method-assign]  # only in this program
    send_open(folder, settings(port, connections, ""), 1, group)
