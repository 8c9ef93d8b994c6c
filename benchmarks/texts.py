"""How long hostile answers take, against their length.

    python benchmarks/texts.py

One text in every column of a response to the call in config/ that is free, from its cell to the plan with the
letter that is due, at half the bound, at the bound, and at what a cell of a workbook can hold (which is refused).
What is remembered of texts is forgotten before each. CPU time of the fastest of several rounds.
"""

import argparse
import sys
from datetime import timedelta
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.rounds import show_machine
from pipeline.audience.answers import understand
from pipeline.config.load import load
from pipeline.intake.rows import LONGEST_ANSWER
from pipeline.model.call import Call
from pipeline.model.history import History
from pipeline.model.settings import Service
from pipeline.model.sheet import Cell, Row, Snapshot
from pipeline.model.text import fold
from pipeline.planning.make_plan import make_plan
from pipeline.sheets.cells import LONGEST_TEXT
from tests.audience.test_linear import HOSTILE
from tests.support.build import templates

ROOT = Path(__file__).parent.parent
LENGTHS = (LONGEST_ANSWER // 4, LONGEST_ANSWER // 2, LONGEST_ANSWER, LONGEST_TEXT)
ANSWERED = {"timestamp": "2023-07-14 09:30:00", "email": "ana@example.org"}
TEMPLATES = templates("{% for answer in applicant.answers %}{{ applicant.answers[answer] }} {% endfor %}\n\n")


def response(call: Call, text: str) -> Snapshot:
    """Return a sheet with one response that says `text` wherever it can."""
    said = (ANSWERED.get(key, text) for key in call.columns.headers)
    return Snapshot(
        "sheet", tuple(call.columns.headers.values()), (Row(2, tuple(Cell(one, one) for one in said)),)
    )


def timed(call: Call, service: Service, text: str) -> float:
    for remembered in (fold, understand):
        remembered.cache_clear()
    snapshot = response(call, text)
    now = call.dates.selection + timedelta(hours=1)
    start = process_time()
    make_plan(call, service, TEMPLATES, snapshot, History(secret="benchmark"), now)
    return process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    show_machine("Hostile answers, ms a response")
    loaded = load(ROOT, {})
    timed(loaded.call, loaded.service, "warm")
    print(f"{'':30}" + "".join(f"{length:>9,}" for length in LENGTHS))
    for name, piece in HOSTILE.items():
        texts = ((piece * length)[:length] for length in LENGTHS)
        took = [min(timed(loaded.call, loaded.service, text) for _ in range(rounds)) for text in texts]
        print(f"{name:30}" + "".join(f"{1000 * each:9.1f}" for each in took))


if __name__ == "__main__":
    main()
