"""How long a test goes on that could go on for ever: a time, so that the whole ends in time on every machine.

What it draws hangs on SEED alone, which is 0 unless the environment has another: the same in every run. Each round
has the next seed, and is printed: what failed is repeated at once by the SEED that was printed last.
`make test-slow LONG=600 SEED=random` lets each long one go on for ten minutes, and begins somewhere else.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from os import environ
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

SEED = int(environ.get("SEED") or 0)
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
    """Yield the seeds of as many rounds as there is time for; there is one at least."""
    goes_on = until(seconds)
    for number in count(SEED):
        print(f"SEED={number}")
        yield number
        if not goes_on():
            break


def places(total: int, seconds: float) -> Iterator[int]:
    """Yield numbers from 1 to `total`, each as far from those before as can be, until all were or the time is over."""
    seen = set[int]()
    for number in rounds(seconds):
        place = 1 + int(total * (number * _GOLDEN % 1))
        if place not in seen:
            seen.add(place)
            yield place
        if len(seen) == total:
            break


def try_often(test: Callable[..., None], *drawn: Any, seconds: float = 0.0, cases: int = 100) -> None:
    """Call a test with what hypothesis draws: with so many cases, and as many times as there is time for."""
    draw: Any = given
    for number in rounds(seconds):
        seed(number)(_settings(max_examples=cases)(draw(*drawn)(test)))()


def play(machine: type[RuleBasedStateMachine], steps: int, seconds: float) -> None:
    """Let a machine play: people and Convene at one sheet, with so many steps each time."""
    for number in rounds(seconds):
        run_state_machine_as_test(
            seed(number)(machine), settings=_settings(max_examples=_AT_ONCE, stateful_step_count=steps)
        )


def _settings(**given: Any) -> settings:
    return settings(
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        **given,
    )


def same_secrets(number: int = 0) -> ExitStack:
    """Let what is secret, and so all references, be the same in each play with this number, until it is closed."""
    marks = Random(number)
    stack = ExitStack()
    stack.enter_context(patch("secrets.token_hex", lambda size: marks.randbytes(size).hex()))
    stack.enter_context(patch("secrets.randbelow", marks.randrange))
    return stack
