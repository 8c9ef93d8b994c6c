import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from pipeline.running.clock import Clock
from tests.support.build import BEFORE


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Let only sleeping move the machine's clock on."""
    naps: list[float] = []
    monkeypatch.setattr(time, "clock_gettime", lambda _clock: sum(naps))
    monkeypatch.setattr(time, "sleep", naps.append)
    yield naps
    monkeypatch.undo()


def test_waiting_lasts_as_long_as_asked(slept: list[float]) -> None:
    Clock().wait(timedelta(seconds=3), lambda: False)
    assert sum(slept) == pytest.approx(3)


def test_waiting_ends_as_soon_as_somebody_asks_for_it(slept: list[float]) -> None:
    Clock().wait(timedelta(minutes=5), lambda: sum(slept) >= 1)
    assert 1 <= sum(slept) <= 1.2


def test_a_clock_of_a_rehearsal_stands_still() -> None:
    assert (Clock(BEFORE).stands_still, Clock().stands_still) == (True, False)
