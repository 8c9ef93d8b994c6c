"""Rounds of measuring, and tables of what came out: medians and ratios, never single figures."""

import os
import platform
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from statistics import median

from benchmarks.servers import PINNED

Contestants = Mapping[str, Callable[[], float]]


def measure(contestants: Contestants, rounds: int) -> dict[str, list[float]]:
    """Time every contestant once in each round; each round begins with another one, so that none is favoured."""
    names = list(contestants)
    times: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            times[name].append(contestants[name]())
    return times


def show(
    title: str, times: Mapping[str, list[float]], count: int, scale: float, unit: str, beside: tuple[str, ...]
) -> None:
    """Print each contestant's median, its range, and how many times as fast as those `beside` it is.

    `times` are seconds for `count` things; shown is one of them, in a `unit` of which a second has `scale`.
    """
    ratios = "".join(f"{f'x {name}':>14}" for name in beside)
    print(f"\n{title} ({unit})")
    print(f"  {'':18}{'median':>9}{'from':>9}{'to':>9}{ratios}")
    middle = {name: median(values) for name, values in times.items()}
    for name, values in times.items():
        shown = [figure * scale / count for figure in (middle[name], min(values), max(values))]
        figures = "".join(f"{figure:>9.{_digits(figure)}f}" for figure in shown)
        faster = "".join(f"{middle[other] / middle[name]:>14.2f}" for other in beside)
        print(f"  {name:18}{figures}{faster}", flush=True)


def _digits(figure: float) -> int:
    return 0 if figure >= 100 else 1 if figure >= 10 else 2


def show_machine(what: str) -> None:
    """Print what was measured, on what, and when."""
    pinned = "everything that is measured on one core" if PINNED else "not pinned: taskset is missing"
    print(f"{what}, {datetime.now(UTC):%d %b %Y %H:%M} UTC")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {pinned}")
    print(f"load before: {os.getloadavg()[0]:.1f} (others at work make every figure worse)")
