"""How long a whole run takes, from the start of the program to its end, and how much memory.

    python benchmarks/run.py --people 150 1000 10000

On a workbook and into the local outbox: `plan` alone, then `run`, then `run` again with nothing to do, each in a
process of its own.
"""

import argparse
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.contestants import CONVENE, count_sent
from benchmarks.people import AS_OF, make_workspace
from benchmarks.rounds import show_machine
from benchmarks.servers import PINNED


@dataclass(frozen=True)
class Cost:
    """Seconds from start to end, and the most memory in MiB."""

    seconds: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[150, 1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    show_machine("Whole runs")
    print("\n  people  step                  seconds      from        to   ms a person       MiB")
    for people in arguments.people:
        with TemporaryDirectory() as name:
            _measure(Path(name), people, arguments.rounds)


def _measure(folder: Path, people: int, rounds: int) -> None:
    make_workspace(folder / "made", people)
    costs: dict[str, list[Cost]] = {"plan": [], "run": [], "run, nothing to do": []}
    for _ in range(rounds):
        workspace = folder / "workspace"
        shutil.rmtree(workspace, ignore_errors=True)
        shutil.copytree(folder / "made", workspace)
        for step, found in costs.items():
            found.append(_cost(step.partition(",")[0], workspace))
        if count_sent(workspace / "state" / "ledger.sqlite") != people:
            raise RuntimeError("not everybody was written to")
    for step, found in costs.items():
        _show(people, step, found)


def _cost(command: str, workspace: Path) -> Cost:
    begun = perf_counter()
    arguments = [*PINNED, CONVENE, command, "-C", str(workspace), "--as-of", AS_OF]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    said = process.stderr.read().decode() if process.stderr else ""
    if process.returncode not in {0, 1}:
        sys.exit(f"convene {command} ended with {process.returncode}: {said}")
    return Cost(seconds, used.ru_maxrss / 1024)


def _show(people: int, step: str, costs: list[Cost]) -> None:
    seconds = [cost.seconds for cost in costs]
    print(
        f"{people:>8}  {step:20}{median(seconds):>9.2f}{min(seconds):>10.2f}{max(seconds):>10.2f}"
        f"{median(seconds) * 1000 / people:>14.2f}{max(cost.memory for cost in costs):>10.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
