"""How long the best choice takes, whether a second formulation chooses the same people, and what a lottery takes.

    python benchmarks/selection.py --sizes 150/35 2000/200 20000/1000

Needs the extra `bench` (scipy). Each contestant is a process of its own on one core; what is timed is the choice
alone, without reading or importing anything, in seconds of that core: others at work make these little worse.
"""

import argparse
import csv
import os
import subprocess
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path
from resource import RLIMIT_CPU, setrlimit
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.contests import make_contest, make_entrants, quotas
from benchmarks.rounds import show_machine
from benchmarks.servers import PINNED

HERE = Path(__file__).parent
SORTITION = "sortition-algorithms==0.12.15"  # GPL: only run beside us, in an environment of its own
AIMS = {"150/35": 0.05, "2000/200": 3.5, "20000/1000": 150.0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", nargs="+", default=list(AIMS), help="people/places")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1, help="of the first round; each has people of its own")
    parser.add_argument(
        "--lottery", action="store_true", help=f"measure {SORTITION} too (installs it: 0.5 GB)"
    )
    parser.add_argument(
        "--patience", type=int, default=600, help="CPU seconds after which the lottery is stopped"
    )
    parser.add_argument("--alone", choices=("ours", "second"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        _alone(arguments.alone, *_numbers(arguments.sizes[0]), arguments.seed)
        return
    python = _get_sortition(Path("/tmp/convene-benchmark-sortition")) if arguments.lottery else ""
    show_machine("Choices")
    print("\n  people/places  what                   seconds      from        to  x ours   aim")
    for size in arguments.sizes:
        _measure(size, range(arguments.seed, arguments.seed + arguments.rounds), python, arguments.patience)


def _numbers(size: str) -> tuple[int, int]:
    people, places = map(int, size.split("/"))
    return people, places


def _measure(size: str, seeds: range, python: str, patience: int) -> None:
    times: dict[str, list[float]] = {"ours": [], "second formulation": [], "lottery (maximin)": []}
    for seed in seeds:
        ours, method, *chosen = _choice("ours", size, seed)
        second, _, *others = _choice("second", size, seed)
        if chosen != others or "best" not in method or "not" in method:
            sys.exit(f"{size}, seed {seed}: not the same people ({method})")
        times["ours"].append(float(ours))
        times["second formulation"].append(float(second))
        if python:
            times["lottery (maximin)"].append(_lottery(python, *_numbers(size), seed, patience))
    for what, seconds in times.items():
        if seconds:
            aim = f"{AIMS[size]:>6}" if what == "ours" and size in AIMS else ""
            ratio = median(seconds) / median(times["ours"])
            print(
                f"{size:>15}  {what:20}{median(seconds):>10.3f}{min(seconds):>10.3f}{max(seconds):>10.3f}"
                f"{ratio:>8.1f}{aim}",
                flush=True,
            )


# --- each as a process ---------------------------------------------------------------------------------------


def _choice(what: str, size: str, seed: int) -> list[str]:
    """Let a process of its own choose; return seconds, method and everybody chosen."""
    arguments = ["-m", "benchmarks.selection", "--alone", what, "--sizes", size, "--seed", str(seed)]
    done = subprocess.run(
        [*PINNED, sys.executable, *arguments], cwd=HERE.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{what}, {size}, seed {seed}: {done.stderr[-2000:]}")
    return done.stdout.splitlines()


def _alone(what: str, people: int, places: int, seed: int) -> None:
    contest = make_contest(make_entrants(people, places, seed), places)
    if what == "ours":
        import highspy  # noqa: F401 - loaded before the clock starts

        from pipeline.selection.select import select

        begun = process_time()
        choice = select(contest)
        print(process_time() - begun, choice.method.value, *choice.chosen, sep="\n")
    else:
        from benchmarks.opinion import Opinion

        begun = process_time()
        chosen = Opinion(contest).best()
        print(process_time() - begun, "", *chosen, sep="\n")


# --- the lottery ---------------------------------------------------------------------------------------------


def _get_sortition(folder: Path) -> str:
    """Return the Python of a virtual environment with the lottery; it is made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-qq", SORTITION], check=True)
    return str(python)


def _lottery(python: str, people: int, places: int, seed: int, patience: int) -> float:
    """Return the seconds of a draw; infinite if it was stopped or could not meet all quotas."""
    with TemporaryDirectory() as name:
        wanted, pool = Path(name) / "quotas.csv", Path(name) / "people.csv"
        _write(
            wanted,
            [
                {"feature": quota.attribute, "value": quota.value, "min": quota.least, "max": quota.most}
                for quota in quotas(places)
            ],
        )
        _write(pool, [asdict(entrant) for entrant in make_entrants(people, places, seed)])
        command = [*PINNED, python, str(HERE / "lottery.py"), "maximin", str(places), str(wanted), str(pool)]
        environment = {**os.environ, "PYTHONHASHSEED": "0"}  # its seed alone does not make it repeat itself
        stop = partial(setrlimit, RLIMIT_CPU, (patience, patience))
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, preexec_fn=stop
        )
    if done.returncode:
        print(done.stderr[-1000:], file=sys.stderr)
        return float("inf")
    return float(done.stdout.split()[-1])


def _write(file: Path, rows: list[dict[str, object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
