"""How long reading a workbook and writing statuses back take, beside openpyxl.

    python -m benchmarks.workbook --people 10000 100000

Reading is all that a run reads: the responses, the tab Convene, the stamp. Writing back fills seven columns in
every row; what was written is read again and compared, which openpyxl does not do. CPU seconds, one process a case.
"""

import argparse
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.people import make_rows
from benchmarks.rounds import show_machine
from pipeline.model.sheet import OWN_COLUMNS, Change, OwnCells, Snapshot
from pipeline.sheets.base import SetUp
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook

FILLED = OwnCells(
    "P-ABCDEF", "Prison management", "Received", "Read and counted; nobody is told yet.", "", "", "now"
)


def read(path: Path) -> None:
    _workbook(path).read()


def write_back(path: Path) -> None:
    _workbook(path).write(_filled)


def read_by_openpyxl(path: Path) -> None:
    from openpyxl import load_workbook

    for _ in load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass


def write_back_by_openpyxl(path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(path)
    (tab,) = book.worksheets
    headers = [cell.value for cell in tab[1]]
    columns = [headers.index(name) + 1 for name in OWN_COLUMNS]
    for row in range(2, tab.max_row + 1):
        for column, text in zip(columns, FILLED.texts(), strict=True):
            tab.cell(row, column).value = text
    book.save(path)


CASES = (read, read_by_openpyxl, write_back, write_back_by_openpyxl)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.case:
        _measure_here(arguments.case, arguments.path)
        return
    show_machine("Workbooks")
    print(f"\n{'people':>8}  {'':12}{'Convene':>10}{'openpyxl':>10}{'ratio':>8}{'Convene MiB':>13}")
    for people in arguments.people:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "responses.xlsx"
            headers, rows = make_rows(people)
            create_workbook(path, headers, rows)
            _workbook(path).set_up()
            data = path.read_bytes()
            figures = {}
            for case in CASES:
                path.write_bytes(data)
                figures[case] = _measure(case.__name__, path)
        for name, ours, theirs in (
            ("read", figures[read], figures[read_by_openpyxl]),
            ("write back", figures[write_back], figures[write_back_by_openpyxl]),
        ):
            ratio = f"{theirs[0] / ours[0]:>7.1f}x{ours[1]:>13.0f}"
            print(f"{people:>8}  {name:12}{ours[0]:>8.2f} s{theirs[0]:>8.2f} s{ratio}", flush=True)


def _measure(case: str, path: Path) -> tuple[float, float]:
    """Return the CPU seconds and the peak of memory, in MiB, of a case in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.workbook", "--case", case, "--path", str(path)]
    seconds, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(peak)


def _measure_here(name: str, path: Path) -> None:
    (case,) = (case for case in CASES if case.__name__ == name)
    began = process_time()
    case(path)
    print(process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _workbook(path: Path) -> Workbook:
    return Workbook(path, "", SetUp((), ()))


def _filled(snapshot: Snapshot) -> tuple[Change, ...]:
    return tuple(Change(row.number, "", OwnCells(), FILLED) for row in snapshot.rows)


if __name__ == "__main__":
    main()
