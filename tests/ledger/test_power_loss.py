"""What survives a power cut: that a dot is about to leave is on disk before it leaves.

The calls to the operating system are watched with strace, since nothing else shows what was synced when. As a
program (`python -m tests.ledger.test_power_loss FOLDER PORT CONNECTIONS COMMIT`) it is the sender that is watched.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

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


def has_synced(trace: list[Call], dot: Call) -> bool:
    """Whether, between the body of a letter and its dot, its commit was written to the ledger and synced."""
    body = max((call for call in trace if call.file == dot.file and call.ended < dot.begun), key=_end)
    found = re.search(r"X-Number: (\d+)", body.text)
    assert found
    record = f"P-{found[1]}{Kind.INVITATION}{State.COMMITTING}"  # two columns between them take no space
    writes = (call for call in trace if call.name == "pwrite64" and _is_log(call) and record in call.text)
    written = min((call.ended for call in writes if call.begun > body.ended), default=dot.begun)
    return any(
        written < call.begun and call.ended < dot.begun and call.result == 0
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


def watched(folder: Path, connections: int, commit: str) -> list[Call]:
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
        )
        command = [*STRACE, "-o", str(folder / "trace"), *sender, commit]
        subprocess.run(command, cwd=ROOT, check=True, timeout=60)
        assert len(relay.accepted) == 3
    return list(read_trace((folder / "trace").read_text().splitlines()))


@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize(
    ("commit", "synced"),
    [
        pytest.param("as it is", True, id="as it is"),
        pytest.param("careless", False, id="careless, to see that it is noticed", marks=pytest.mark.slow),
    ],
)
def test_the_commit_is_on_disk_before_the_dot_leaves(
    tmp_path: Path, connections: int, commit: str, synced: bool
) -> None:
    trace = watched(tmp_path, connections, commit)

    dots = [call for call in trace if call.name == "sendto" and call.text.startswith(r', ".\r\n", 3,')]
    assert [has_synced(trace, dot) for dot in dots] == [synced] * 3


def commit_carelessly(self: Ledger, message: int, now: datetime) -> None:
    """Record that the dot is about to leave without waiting for the disk: what must be noticed."""
    with self._file.unsynced():
        self._states.move(message, State.COMMITTING, {State.SENDING}, now)


if __name__ == "__main__":
    if sys.argv[4] == "careless":
        Ledger.commit = commit_carelessly  # type: ignore[method-assign]  # only in this program
    send_open(Path(sys.argv[1]), settings(int(sys.argv[2]), int(sys.argv[3]), ""), 1)
