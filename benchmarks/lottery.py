"""The sortition-algorithms package as it is measured beside Convene, in a virtual environment of its own.

    python lottery.py ALGORITHM PLACES QUOTAS.csv PEOPLE.csv    prints the CPU seconds that the selection took

It draws a fair lottery over the groups that meet all quotas: another aim than the best choice by rank. What it is
not asked: no more than two of one organisation (it wants a quota for each of thousands), and any order.
"""

import csv
import sys
import time
from importlib import import_module
from pathlib import Path

csv.field_size_limit(1 << 30)


def main(algorithm: str, places: int, quotas: Path, people: Path) -> None:
    sortition = import_module("sortition_algorithms")
    settings = sortition.Settings(
        id_column="reference", columns_to_keep=[], selection_algorithm=algorithm, random_number_seed=1
    )
    head, body = _read(quotas)
    features, *_ = sortition.read_in_features(head, body, places)
    head, body = _read(people)
    pool, _ = sortition.read_in_people(head, body, features, settings)
    begun = time.process_time()
    is_done, groups, report = sortition.run_stratification(features, pool, places, settings)
    seconds = time.process_time() - begun
    if not is_done or len(groups[0]) != places:
        raise SystemExit(f"nobody was selected: {report.as_text()[-2000:]}")
    print(seconds)


def _read(file: Path) -> tuple[list[str], list[dict[str, str]]]:
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.DictReader(text)
        return list(reader.fieldnames or ()), list(reader)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
