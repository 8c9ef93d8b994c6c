"""A state of the code that is measured, here or as it was at an earlier commit, and what its programs cost."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from benchmarks.people import AS_OF, PASSWORD, Server
from benchmarks.servers import PINNED

HERE = Path(__file__).parent.parent


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock from start to end, seconds of the processor, and the most memory in MiB."""

    seconds: float
    processor: float = 0
    memory: float = 0


def cost_of(command: tuple[str, ...], folder: Path = HERE, **environment: str) -> Cost:
    """Run a program to its end, on the one core of all that is measured; RuntimeError where it fails."""
    begun = perf_counter()
    process = subprocess.Popen(
        [*PINNED, *command],
        cwd=folder,
        env={**os.environ, "PASSWORD": PASSWORD, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = process.stderr.read() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"{command} ended with {process.returncode}: {said[-2000:]}")
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def nothing() -> Cost:
    """What every program in Python costs before it does anything."""
    return cost_of((sys.executable, "-c", "pass"))


@dataclass(frozen=True)
class Tree:
    """The code in a folder, run by this environment's Python; `home` keeps what is made for it."""

    code: Path
    home: Path

    def ask(self, program: str, *arguments: str) -> str:
        """Run a few lines of Python with this code; return what they print."""
        return self.script("-c", program, *arguments)

    def script(self, *arguments: str) -> str:
        """Run Python with this code; return what it prints."""
        command = [*PINNED, sys.executable, *arguments]
        environment = {**os.environ, "PYTHONPATH": str(self.code)}
        done = subprocess.run(
            command, cwd=self.code, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    def convene(self, *arguments: str) -> Cost:
        """Run Convene from its start to its end."""
        program = (sys.executable, "-P", "-c", "from pipeline.cli import main; main()")
        return cost_of((*program, *arguments), self.home, PYTHONPATH=str(self.code))

    def workspace(self, people: int) -> Path:
        """Return a fresh copy of a workspace of so many people; it is made once."""
        made, copy = self.home / f"made-{people}", self.home / f"at-{people}"
        if not made.exists():
            self.ask(_MAKE, str(made), str(people))
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(made, copy)
        return copy

    def run(self, people: int, server: Server | None = None, connections: int = 1) -> Cost:
        """A whole first run in a fresh workspace, to a server or (None) into the local outbox."""
        folder = self.workspace(people)
        if server:
            self.ask(_SEND_TO, str(folder), str(server.port), server.ca_file, str(connections))
        cost = self.again(people)
        sent = self.ask(_COUNT, str(folder / "state" / "ledger.sqlite"))
        if int(sent) != people:
            raise RuntimeError(f"{sent} of {people} letters were sent")
        return cost

    def again(self, people: int) -> Cost:
        """Another run where the last one was."""
        return self.convene("run", "-C", str(self.home / f"at-{people}"), "--as-of", AS_OF)

    def prepared(self, people: int) -> Path:
        """Return a ledger that has a letter for each of so many people, ready to leave; it is made once."""
        ledger = self.home / f"prepared-{people}.sqlite"
        if not ledger.exists():
            self.ask(_PREPARE, str(self.workspace(people)), str(ledger))
        return ledger

    def send(self, people: int, server: Server, connections: int) -> Cost:
        """The sending step alone, from the prepared ledger to the last conclusion written."""
        ledger = self.home / "sending.sqlite"
        for file in self.home.glob("sending.sqlite*"):
            file.unlink()
        shutil.copy(self.prepared(people), ledger)
        return Cost(float(self.ask(_SEND, str(ledger), str(server.port), server.ca_file, str(connections))))


_MAKE = """
import sys; from pathlib import Path; from benchmarks.people import make_workspace
make_workspace(Path(sys.argv[1]), int(sys.argv[2]))"""

_SEND_TO = """
import sys; from pathlib import Path; from benchmarks.people import Server, send_to
send_to(Path(sys.argv[1]), Server(int(sys.argv[2]), sys.argv[3]), int(sys.argv[4]))"""

_PREPARE = """
import sys; from pathlib import Path; from benchmarks.people import prepare
prepare(Path(sys.argv[1]), Path(sys.argv[2]))"""

_SEND = """
import sys; from pathlib import Path; from benchmarks.contestants import convene; from benchmarks.people import Server
print(convene(Path(sys.argv[1]), Server(int(sys.argv[2]), sys.argv[3]), int(sys.argv[4])))"""

_COUNT = """
import sys; from pathlib import Path; from benchmarks.contestants import count_sent
print(count_sent(Path(sys.argv[1])))"""
