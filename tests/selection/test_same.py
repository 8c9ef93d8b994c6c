"""The same input gives the same people: whatever order sets have, whoever is named how, however the solver works."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.contests import make_contest, make_entrants
from pipeline.selection.contest import Contest, Limit, Method, Minimum
from pipeline.selection.reasons.waiting import next_if_leaves, waiting_list
from pipeline.selection.reasons.why import find_reasons
from pipeline.selection.select import select
from tests.selection.contests import contests

Rule = TypeVar("Rule", Limit, Minimum)
ROOT = Path(__file__).parent.parent.parent
SIZES = ((150, 35), (600, 80))
PROGRAM = """
import json, sys
from pipeline.selection import solver
solver.OPTIONS.update(json.loads(sys.argv[1]))
from tests.selection.test_same import said_of_all
print(said_of_all())
"""


def said_of_all() -> str:
    """Say all that is decided of some contests of middling size."""
    lines: list[object] = []
    for people, places in SIZES:
        contest = make_contest(make_entrants(people, places, seed=5), places)
        choice = select(contest)
        lines += [choice.chosen, choice.method]
        lines += waiting_list(contest, choice)
        lines += next_if_leaves(contest, choice).items()
        if people == min(SIZES)[0]:
            lines += find_reasons(contest, choice).values()
    return "\n".join(map(str, lines))


@cache
def said_here() -> str:
    return said_of_all()


PROCESSES = {
    "sets in one order": ("0", {}),
    "sets in another order": ("4711", {}),
    "two threads": ("1", {"threads": 2, "parallel": "on"}),
    "the solver's other ways": ("2", {"random_seed": 99}),
    "another algorithm": ("3", {"threads": 2, "mip_heuristic_effort": 0.5, "simplex_strategy": 4}),
}


@pytest.mark.parametrize(("hash_seed", "options"), PROCESSES.values(), ids=PROCESSES)
def test_another_process_decides_the_same(hash_seed: str, options: dict[str, Any]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(options)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout.strip() == said_here()
    assert said_here().count(Method.EXACT.value) == len(SIZES), "the solver was asked"


@given(contests(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_names_and_the_order_of_rules_decide_nothing(contest: Contest, random: Random) -> None:
    other, names = _disguised(contest, random)

    choice, disguised = select(contest), select(other)

    assert disguised.chosen == tuple(names[reference] for reference in choice.chosen)
    assert {
        names[leaver]: tuple(map(names.__getitem__, comes))
        for leaver, comes in next_if_leaves(contest, choice).items()
    } == (next_if_leaves(other, disguised))


def _disguised(contest: Contest, random: Random) -> tuple[Contest, dict[str, str]]:
    """Give everybody another name, and the rules another order."""
    everybody = {person.reference for person in contest.contenders} | contest.seated
    rules: list[Limit | Minimum] = [*contest.limits, *contest.minimums, *contest.wishes]
    everybody = everybody.union(*(rule.members for rule in rules))
    names = {reference: f"{random.getrandbits(64):x}-{reference}" for reference in sorted(everybody)}

    def renamed(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        told = [replace(rule, members=frozenset(names[member] for member in rule.members)) for rule in rules]
        random.shuffle(told)
        return tuple(told)

    people = tuple(replace(person, reference=names[person.reference]) for person in contest.contenders)
    return replace(
        contest,
        contenders=people,
        seated=frozenset(names[reference] for reference in contest.seated),
        limits=renamed(contest.limits),
        minimums=renamed(contest.minimums),
        wishes=renamed(contest.wishes),
    ), names
