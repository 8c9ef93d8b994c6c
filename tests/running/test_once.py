"""What a run works out, it works out once."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.audience import classify
from pipeline.decisions import assess
from pipeline.decisions.places import give
from pipeline.intake import rows
from pipeline.ledger.sqlite import Ledger
from pipeline.planning import recheck
from tests.support.build import ANA, BEA, CLO, DAN, NOA, SELECTION
from tests.support.desk import make_desk


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count the calls of all that decides, wherever it is called from."""
    counted: Counter[str] = Counter()

    def count(owner: object, name: str) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        def counting(*values: Any, **named: Any) -> Any:
            counted[name] += 1
            return real(*values, **named)

        monkeypatch.setattr(owner, name, counting)

    for owner, name in (
        (assess, "read_entries"),
        (assess, "identify"),
        (recheck, "identify"),
        (rows, "_read_response"),
        (classify, "classify"),
        (give, "select"),
        (Ledger, "history"),
    ):
        count(owner, name)
    return counted


def test_on_selection_day_everything_is_decided_once(tmp_path: Path, counts: Counter[str]) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, DAN, NOA)
    assert desk.run(SELECTION).tally.sent == 5
    assert counts == {
        "read_entries": 1,
        "identify": 1,
        "_read_response": 5,  # a row, once
        "classify": 5,  # each who answered otherwise, once
        "select": 1,
        "history": 2,  # to plan, and to show what became of it
    }


def test_an_idle_run_asks_for_the_history_once(tmp_path: Path, counts: Counter[str]) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    desk.run(SELECTION)
    counts.clear()
    assert desk.run(SELECTION).tally.sent == 0
    assert (counts["history"], counts["identify"], counts["select"]) == (1, 1, 1)
