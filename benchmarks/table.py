"""All that speed promises, in one table: this code, beside an earlier commit's and beside what it is measured against.

    python -m benchmarks.table --before 8491df7 --only 6 7 12

The contestants of a line take turns, pinned to one core with their servers; what is shown are medians, and ratios of
medians. What takes long takes few rounds, and `--large` is needed for 100,000 people. Every round goes to a JSON file.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.contestants import get_mailmerge, set_mailmerge_up, timed_mailmerge, whole_mailmerge
from benchmarks.people import AS_OF, Server, make_rows
from benchmarks.rounds import show_machine
from benchmarks.servers import distant, guarded, sink
from benchmarks.throughput import MAILMERGE_HOME
from benchmarks.trees import HERE, Cost, Tree, nothing
from pipeline.sheets.base import SetUp
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook

OURS, BEFORE, BESIDE = "now", "before", "beside"
Ways = Mapping[str, Callable[[], Cost]]
"""Who takes part in a line, by name."""


@dataclass(frozen=True)
class Line:
    """A line of the table: what is measured, against what, and what is wanted at least and at best.

    `faster`: the ratio says how many times as fast as what stands beside it; else, how many times as much it costs.
    `figure` picks what of a cost counts. `ways` makes the contestants, for the trees that take part.
    """

    number: int
    what: str
    against: str
    faster: bool
    floor: float
    goal: float
    ways: Callable[[Mapping[str, Tree]], Ways]
    rounds: int = 3
    figure: str = "seconds"
    large: bool = False


@dataclass(frozen=True)
class Result:
    """The medians of a line, and their ratios; without an earlier commit, or something beside, None."""

    number: int
    what: str
    against: str
    now: float
    before: float | None
    beside: float | None
    ratio: float
    ratio_before: float | None
    floor: float
    goal: float
    load: float


class Bench:
    """What the lines are measured with: servers, mailmerge's environment, a folder for everything."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._servers: dict[str, Server] = {}

    def lines(self) -> Iterator[Line]:
        """Every line, in the order in which they are measured."""
        yield Line(12, "convene --help", "python -c pass", False, 5, 4, _against_nothing(("--help",)), 9)
        for command in (
            ("plan",),
            ("status",),
            ("explain", "--row", "2"),
            ("places",),
            ("check", "--offline"),
        ):
            title = f"{command[0]}, 150 people"
            yield Line(7, title, "python -c pass", False, 35, 18, _against_nothing(command), 5)
        yield Line(8, "run with 150 letters", "python -c pass", False, 75, 40, self._first_run, 5)
        yield Line(6, "nothing to do, 10,000 people", "python -c pass", False, 50, 20, _idle)
        mailmerge = "mailmerge"
        here, guarded_, far = partial(self._whole, "sink"), partial(self._whole, "guarded"), self._far
        yield Line(1, "whole first run, 1,000 people", mailmerge, True, 4, 8, partial(here, 1_000))
        yield Line(1, "whole first run, 10,000 people", mailmerge, True, 4, 8, partial(here, 10_000), 1)
        yield Line(2, "the same, TLS and login, 1,000", mailmerge, True, 25, 45, partial(guarded_, 1_000), 1)
        yield Line(3, "20 ms away, 1,000, 1 connection", mailmerge, True, 5, 7, partial(far, 1), 1)
        yield Line(3, "20 ms away, 1,000, 4 connections", mailmerge, True, 15, 26, partial(far, 4), 1)
        yield Line(9, "ledger, a letter", "two full commits", True, 5, 15, self._ledger, 5)
        yield Line(11, "bytes of a letter", "EmailMessage", True, 20, 50, _letters, 5)
        for people, large in ((10_000, False), (100_000, True)):
            for case, floor, goal in (("read", 5, 10), ("write_back", 8, 20)):
                title = f".xlsx, {people:,}: {case.replace('_', ' ')}"
                ways = partial(self._workbook, people, case)
                yield Line(
                    10, title, "openpyxl", True, floor, goal, ways, 1 if large else 3, "processor", large
                )
        yield Line(
            4, "whole run, 100,000 people", "10,000 people", False, 11, 10, self._growth, 1, large=True
        )

    def _server(self, name: str) -> Server:
        if name not in self._servers:
            starts: dict[str, Callable[[], AbstractContextManager[Server]]] = {
                "sink": sink,
                "distant": distant,
                "guarded": partial(guarded, self._folder),
            }
            self._servers[name] = self._stack.enter_context(starts[name]())
        return self._servers[name]

    def _mailmerge(self, trees: Mapping[str, Tree], people: int, server: Server) -> tuple[str, Path]:
        folder = self._folder / f"mailmerge-{people}-{server.port}"
        if not folder.exists():
            set_mailmerge_up(folder, trees[OURS].prepared(people), server)
        return get_mailmerge(MAILMERGE_HOME), folder

    def _whole(self, name: str, people: int, trees: Mapping[str, Tree]) -> Ways:
        server = self._server(name)
        rival = self._mailmerge(trees, people, server)
        runs = {each: partial(tree.run, people, server) for each, tree in trees.items()}
        return {**runs, BESIDE: lambda: Cost(whole_mailmerge(*rival))}

    def _far(self, connections: int, trees: Mapping[str, Tree], people: int = 1_000) -> Ways:
        server = self._server("distant")
        rival = self._mailmerge(trees, people, server)
        # Three at most, before.
        many = {each: connections if each == OURS else min(connections, 3) for each in trees}
        sends = {each: partial(tree.send, people, server, many[each]) for each, tree in trees.items()}
        return {**sends, BESIDE: lambda: Cost(timed_mailmerge(*rival))}

    def _first_run(self, trees: Mapping[str, Tree]) -> Ways:
        runs = {each: partial(tree.run, 150, self._server("sink")) for each, tree in trees.items()}
        return {**runs, BESIDE: nothing}

    def _ledger(self, trees: Mapping[str, Tree]) -> Ways:
        def record(tree: Tree, way: str) -> Cost:
            with TemporaryDirectory(dir=self._folder) as name:
                return Cost(float(tree.ask(_RECORD, name, way)))

        ours = {each: partial(record, tree, "Convene") for each, tree in trees.items()}
        return {**ours, BESIDE: partial(record, trees[OURS], "two commits")}

    def _workbook(self, people: int, case: str, trees: Mapping[str, Tree]) -> Ways:
        made, path = self._folder / f"made-{people}.xlsx", self._folder / f"{people}.xlsx"
        if not made.exists():
            create_workbook(made, *make_rows(people))
            Workbook(made, "", SetUp((), ())).set_up()

        def timed(tree: Tree, case: str) -> Cost:
            path.write_bytes(made.read_bytes())
            script = str(HERE / "benchmarks" / "workbook.py")
            seconds, memory = tree.script(script, "--case", case, "--path", str(path)).split()
            return Cost(float(seconds), float(seconds), float(memory))

        ours = {each: partial(timed, tree, case) for each, tree in trees.items()}
        return {**ours, BESIDE: partial(timed, trees[OURS], f"{case}_by_openpyxl")}

    def _growth(self, trees: Mapping[str, Tree]) -> Ways:
        """Today's code alone: the earlier one takes twenty minutes and more memory than many machines have."""
        server, tree = self._server("sink"), trees[OURS]
        return {OURS: partial(tree.run, 100_000, server), BESIDE: partial(tree.run, 10_000, server)}


def _against_nothing(command: tuple[str, ...]) -> Callable[[Mapping[str, Tree]], Ways]:
    def ways(trees: Mapping[str, Tree]) -> Ways:
        calm = ("--as-of", AS_OF) if command[0] in {"plan", "status", "places"} else ()
        where = () if command[0] == "--help" else ("-C",)
        return {
            **{
                each: partial(
                    tree.convene, *command, *where, *(str(tree.workspace(150)) for _ in where), *calm
                )
                for each, tree in trees.items()
            },
            BESIDE: nothing,
        }

    return ways


def _idle(trees: Mapping[str, Tree]) -> Ways:
    for tree in trees.values():
        tree.run(10_000)
        tree.again(10_000)  # what a first run leaves to the next, it has done
    return {**{each: partial(tree.again, 10_000) for each, tree in trees.items()}, BESIDE: nothing}


def _letters(trees: Mapping[str, Tree]) -> Ways:
    def timed(tree: Tree, row: int) -> Cost:
        figures = tree.script(str(HERE / "benchmarks" / "letters.py"), "300").split()
        return Cost(float(figures[row]) / 1e6)

    return {
        **{each: partial(timed, tree, 0) for each, tree in trees.items()},
        BESIDE: partial(timed, trees[OURS], 1),
    }


_RECORD = """
import sys; from pathlib import Path; from benchmarks.ledger import contestants
print(contestants(Path(sys.argv[1]), 1000)[sys.argv[2]]() / 1000)"""


def measure(line: Line, trees: Mapping[str, Tree]) -> tuple[Result, dict[str, list[Cost]]]:
    """Let all who take part in a line take turns, each round beginning with another."""
    ways = line.ways(trees)
    names = list(ways)
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    for number in range(line.rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            costs[name].append(ways[name]())
    middle = {
        name: float(median(getattr(cost, line.figure) for cost in found)) for name, found in costs.items()
    }

    def ratio(name: str) -> float | None:
        if name not in middle:
            return None
        return middle[BESIDE] / middle[name] if line.faster else middle[name] / middle[BESIDE]

    result = Result(
        line.number,
        line.what,
        line.against,
        middle[OURS],
        middle.get(BEFORE),
        middle[BESIDE],
        ratio(OURS) or 0,
        ratio(BEFORE),
        line.floor,
        line.goal,
        os.getloadavg()[0],
    )
    return result, costs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", help="a commit to measure beside this code")
    parser.add_argument("--only", type=int, nargs="+", help="numbers of lines")
    parser.add_argument(
        "--large", action="store_true", help="the lines of 100,000 people, too: half an hour more"
    )
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"))
    arguments = parser.parse_args()
    show_machine("Speed")
    print(
        f"\n{'':37}{'before':>9}{'now':>9}{'beside':>9}   ratio: {'before':>7}{'now':>7}{'floor':>7}{'goal':>6}"
    )
    results = []
    with TemporaryDirectory() as name, ExitStack() as stack:
        trees = _trees(Path(name), arguments.before)
        for line in Bench(Path(name), stack).lines():
            if (not arguments.only or line.number in arguments.only) and (arguments.large or not line.large):
                result, costs = measure(line, trees)
                _show(result)
                rounds = {who: [asdict(cost) for cost in found] for who, found in costs.items()}
                results.append({**asdict(result), "rounds": rounds})
                arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(f"\nload after: {os.getloadavg()[0]:.1f}; every round stands in {arguments.json}")


def _trees(folder: Path, commit: str | None) -> dict[str, Tree]:
    """Return the code here, and that of an earlier commit in a checkout of its own."""
    trees = {OURS: Tree(HERE, folder / "now")}
    if commit:
        code = folder / "code-before"
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", str(HERE), str(code)], check=True)
        subprocess.run(["git", "checkout", "--quiet", commit], cwd=code, check=True)
        trees[BEFORE] = Tree(code, folder / "before")
    for tree in trees.values():
        tree.home.mkdir()
    return trees


def _show(result: Result) -> None:
    seconds = "".join(f"{_seconds(figure):>9}" for figure in (result.before, result.now, result.beside))
    ratios = "".join(
        f"{'–' if ratio is None else f'{ratio:.1f}':>7}" for ratio in (result.ratio_before, result.ratio)
    )
    wanted = f"{result.floor:>7g}{result.goal:>6g}"
    print(
        f"{result.number:>2} {result.what:34}{seconds}{'':11}{ratios}{wanted}  {result.against}", flush=True
    )


def _seconds(figure: float | None) -> str:
    """Show seconds in the unit that suits them."""
    if figure is None:
        return "–"
    if figure >= 1:
        return f"{figure:.1f} s"
    return f"{figure * 1e3:.1f} ms" if figure >= 1e-3 else f"{figure * 1e6:.0f} µs"


if __name__ == "__main__":
    main()
