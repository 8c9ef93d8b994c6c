"""The waiting list, and who comes if somebody leaves."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pipeline.model.text import ordinal
from pipeline.selection.contest import Choice, Contest
from pipeline.selection.reasons.waiting import PlaceInLine, next_if_leaves, say_turn, seat, waiting_list
from pipeline.selection.score import RuleCount
from pipeline.selection.select import select
from tests.selection.case import contest
from tests.selection.contests import contests


def test_the_waiting_stand_in_rank_order_with_the_full_limits_that_keep_them_back() -> None:
    made = contest(3, "*sue DE, ana DE, eva FR, leo FR B, mia, tom DE B", "DE 2, FR 1, B 0")

    turns = waiting_list(made, select(made))

    germany, france, bank = RuleCount("DE", 2, 2), RuleCount("FR", 1, 1), RuleCount("B", 0, 0)
    assert turns == (
        PlaceInLine("leo", 1, (france, bank), 1),
        PlaceInLine("mia", 2, (), 1),
        PlaceInLine("tom", 3, (germany, bank), 2),
    )


def test_a_team_waits_for_room_for_all_and_whoever_comes_alone_is_next() -> None:
    made = contest(2, "*sue DE, ana, eva +t DE, leo +t, mia", "DE 1")

    turns = waiting_list(made, select(made))

    assert turns == (
        PlaceInLine("eva", 1, (RuleCount("DE", 1, 1),), 0, 2),
        PlaceInLine("leo", 2, (), 0, 2),
        PlaceInLine("mia", 3, (), 1),
    )
    assert say_turn(turns[1]) == "2nd; comes with a team of 2, once there is room for all"
    assert next_if_leaves(made, select(made)) == {"ana": ("mia",), "sue": ("mia",)}


def test_whoever_a_minimum_misses_is_next() -> None:
    made = contest(2, "ana y, eva, leo, mia x y", "y 1", "x 1 w2")
    choice = Choice(("ana", "eva"))

    assert waiting_list(made, choice) == (
        PlaceInLine("leo", 1, (), 1),
        PlaceInLine("mia", 2, (RuleCount("y", 1, 1),), 1),
    )


def test_many_full_limits_are_looked_through_as_they_come() -> None:
    names = [f"l{number}" for number in range(6)]
    made = contest(
        9, f"*sue {' '.join(names)}, ana l0, eva {' '.join(names)}", ", ".join(f"{n} 1" for n in names)
    )

    ana, eva = waiting_list(made, select(made))

    assert (ana.position_if_freed, eva.position_if_freed, len(eva.blocked_by)) == (1, 2, 6)


LEAVERS = {
    "the next by rank": (contest(2, "*sue, ana, eva, leo"), {"ana": "eva", "sue": "eva"}),
    "who has room then": (contest(2, "*sue DE, ana, eva DE, leo", "DE 1"), {"ana": "leo", "sue": "eva"}),
    "like for like": (contest(2, "*sue x, ana, eva, leo x", "", "x 1"), {"ana": "eva", "sue": "leo"}),
    "nobody while there are too many": (contest(1, "*sue, *tom, eva"), {"sue": "", "tom": ""}),
    "nobody for a place of the unknown": (contest(3, "*sue, eva", unknown=9), {"sue": ""}),
    "nobody has room": (contest(2, "*sue DE, *tom, eva DE", "DE 0"), {"sue": "", "tom": ""}),
    "several at once": (contest(3, "*sue DE FR, eva DE, leo FR, mia DE", "DE 1, FR 1"), {"sue": "eva leo"}),
    "nobody waits": (contest(3, "ana, eva"), {"ana": "", "eva": ""}),
    "a wish": (contest(2, "*sue w, ana, eva, leo w", "", "", "w 1"), {"ana": "eva", "sue": "leo"}),
}


@pytest.mark.parametrize(("made", "comes"), LEAVERS.values(), ids=LEAVERS)
def test_who_comes_if_somebody_leaves(made: Contest, comes: dict[str, str]) -> None:
    expected = {leaver: tuple(names.split()) for leaver, names in comes.items()}

    assert next_if_leaves(made, select(made)) == expected


@given(contests(people=8))
@settings(max_examples=60, deadline=None)
def test_who_comes_is_whom_select_takes_afterwards(made: Contest) -> None:
    choice = select(made)

    comes = next_if_leaves(made, choice)

    assert comes == {leaver: select(seat(made, choice, {leaver})).chosen for leaver in comes}
    assert comes.keys() == made.seated | set(choice.chosen)


@given(contests(people=8))
@settings(max_examples=60, deadline=None)
def test_the_first_once_a_place_frees_is_whom_select_takes_then(made: Contest) -> None:
    after = seat(made, choice := select(made))

    for turn in waiting_list(made, choice):
        freed = {tally.name for tally in turn.blocked_by}
        limits = tuple(
            replace(limit, most=len(limit.members & after.seated) + 1) if limit.name in freed else limit
            for limit in after.limits
        )
        one_more = replace(after, limits=limits, capacity=len(after.seated) + after.unknown + 1)
        assert (select(one_more).chosen == (turn.reference,)) == (turn.position_if_freed == 1)


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (PlaceInLine("ana", 3, (), 3), "3rd"),
        (
            PlaceInLine("ana", 3, (RuleCount("Country: Germany", 4, 4),), 1),
            "3rd; first in line if a place for Country: Germany becomes free; blocked by Country: Germany (4 of 4)",
        ),
        (
            PlaceInLine("ana", 12, (RuleCount("A", 5, 4), RuleCount("B", 2, 2)), 2),
            "12th; 2nd in line if a place for A and B becomes free; blocked by A (5 of 4) and B (2 of 2)",
        ),
    ],
)
def test_a_turn_is_said_in_words(turn: PlaceInLine, said: str) -> None:
    assert say_turn(turn) == said


def test_ordinals() -> None:
    numbers = (1, 2, 3, 4, 10, 11, 12, 13, 21, 101, 111)

    assert " ".join(map(ordinal, numbers)) == "1st 2nd 3rd 4th 10th 11th 12th 13th 21st 101st 111th"
