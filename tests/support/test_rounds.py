"""What is drawn is the same in every run: it hangs on the seed alone."""

from itertools import islice

import pytest
from hypothesis import strategies as st

from tests.support.rounds import SEED, places, rounds, try_often


def drawn() -> list[object]:
    seen: list[object] = []

    def test(each: object) -> None:
        seen.append(each)

    try_often(test, st.lists(st.text()) | st.integers(), cases=30)
    return seen


def test_what_is_drawn_is_the_same_each_time() -> None:
    assert drawn() == drawn()
    assert list(islice(places(1000, 9), 20)) == list(islice(places(1000, 9), 20))


def test_each_round_has_a_seed_of_its_own_and_says_which(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(islice(rounds(9), 3)) == [SEED, SEED + 1, SEED + 2]
    assert capsys.readouterr().out.split() == [f"SEED={SEED + number}" for number in range(3)]
