"""What the best choice is sure to be while it is open who competes: by plain contests."""

import pytest

from pipeline.selection.proof import Field, stays_out, sure_to_come
from tests.selection.case import contest


def field(capacity: int, people: str, limits: str = "", unclear: str = "") -> Field:
    """Read a field of people in rank order, of whom the `unclear` may drop out; only they move others."""
    made = contest(capacity, people, limits)
    depths = tuple(range(len(made.contenders)))
    return Field(made, frozenset(unclear.split()), frozenset(), depths)


@pytest.mark.parametrize(
    ("made", "sure"),
    [
        (field(2, "ana, bea, clo"), "ana bea"),
        (field(2, "ana, bea, clo", unclear="ana"), "bea"),
        (field(9, "ana, bea"), "ana bea"),
        # One of the two from Malta has a place at most, whoever it is: there is room for clo behind both.
        (field(2, "ana MT, bea MT, clo", "MT 1"), "ana clo"),
        (field(2, "ana MT x, bea MT x, clo", "MT 1, x 1"), "ana clo"),
        (field(2, "ana MT, bea MT, clo", "MT 1", unclear="ana"), "clo"),
    ],
)
def test_who_comes_however_what_is_open_turns_out(made: Field, sure: str) -> None:
    assert sure_to_come(made) == frozenset(sure.split())


@pytest.mark.parametrize(
    ("made", "out"),
    [
        (field(1, "ana, bea"), "bea"),
        (field(1, "ana, bea", unclear="ana"), ""),
        (field(2, "ana MT, bea MT", "MT 1"), "bea"),
        (field(2, "ana MT, bea MT", "MT 1", unclear="ana"), ""),
        (field(1, "ana MT, bea, clo MT", "MT 1", unclear="bea"), "bea clo"),
    ],
)
def test_who_stays_out_however_what_is_open_turns_out(made: Field, out: str) -> None:
    sure = sure_to_come(made)
    assert {one for one in made.people if stays_out(made, one, sure)} == frozenset(out.split())
