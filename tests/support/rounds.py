"""How long a test goes on that could go on for ever: a time, so that the whole ends in time on every machine.

Each begins somewhere else every time. `make test-slow LONG=600` lets each long one go on for ten minutes.
"""

import time
from collections.abc import Callable, Iterator
from itertools import count, takewhile
from os import environ
from random import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

SHORT = 5.0
LONG = float(environ.get("LONG") or 8)
"""Seconds that a short and a long one goes on, whatever it has begun aside."""

BRIEFLY_OR_LONG = pytest.mark.parametrize(
    "seconds",
    [pytest.param(SHORT, id="briefly"), pytest.param(LONG, id="for long", marks=pytest.mark.slow)],
)
_AT_ONCE = 10
_GOLDEN = (5**0.5 - 1) / 2


def until(seconds: float) -> Callable[..., bool]:
    """Return what says whether the time is not over."""
    end = time.monotonic() + seconds
    return lambda *_: time.monotonic() < end


def rounds(seconds: float) -> Iterator[int]:
    """Count rounds from 0 until the time is over; there is one at least."""
    goes_on = until(seconds)
    yield 0
    yield from takewhile(goes_on, count(1))


def places(total: int, seconds: float) -> Iterator[int]:
    """Yield numbers from 1 to `total`, each as far from those before as can be, until all were or the time is over."""
    start, seen = random(), set[int]()
    for number in rounds(seconds):
        place = 1 + int(total * ((start + number * _GOLDEN) % 1))
        if place not in seen:
            seen.add(place)
            yield place
        if len(seen) == total:
            break


def try_often(test: Callable[..., None], *drawn: Any, seconds: float = 0.0, cases: int = 100) -> None:
    """Call a test with what hypothesis draws: with so many cases, and as many times as there is time for."""
    draw: Any = given
    drawing = _settings(max_examples=cases)(draw(*drawn)(test))
    for _ in rounds(seconds):
        drawing()


def play(machine: type[RuleBasedStateMachine], steps: int, seconds: float) -> None:
    """Let a machine play: people and Convene at one sheet, with so many steps each time."""
    for _ in rounds(seconds):
        run_state_machine_as_test(
            machine, settings=_settings(max_examples=_AT_ONCE, stateful_step_count=steps)
        )


def _settings(**given: Any) -> settings:
    return settings(
        deadline=None,
        derandomize=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        **given,
    )
