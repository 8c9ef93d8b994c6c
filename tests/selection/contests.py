"""Small contests at random in which rules get in each other's way."""

from typing import TypeVar

from hypothesis import strategies as st

from pipeline.selection.contest import Contender, Contest, Limit, Minimum

Draw = st.DrawFn
T = TypeVar("T")

TEAMS = ("", "", "", "a", "b", "c")

ATTRIBUTES = ("country", "organisation", "category")


@st.composite
def contests(
    draw: Draw,
    people: int = 12,
    seats: tuple[int, ...] = (0, 0, 1, 2, 3),
    places: tuple[int, ...] = (3, 4, 5, 2, 6, 7, 1, 12, 0, -1),
    teams: tuple[str, ...] = ("",),
) -> Contest:
    """Draw a contest of up to so many contenders under three crossing attributes, for one of so many `places`.

    Some people are seated (invited, or forced in: more than a limit has places for, too), some that rules
    speak of have left (or were forced out), some places are held by people of whom nothing is known. Some come
    in `teams`. Rules have names of their own.
    """
    contenders = draw(_contenders(people, teams))
    seated = frozenset(f"s{number}" for number in range(draw(st.sampled_from(seats))))
    everybody = (*(person.reference for person in contenders), *sorted(seated), "left")
    limits: list[Limit] = []
    minimums: list[Minimum] = []
    wishes: list[Minimum] = []
    for attribute in ATTRIBUTES[: draw(st.sampled_from((3, 3, 2, 1)))]:
        values = draw(_each(len(everybody), (0, 1, 2, 3)))
        for value in range(4):
            members = frozenset(person for person, its in zip(everybody, values, strict=True) if its == value)
            name, (most, least, wished) = f"{attribute} {value}", draw(NUMBERS)
            limits += [] if most is None else [Limit(f"{name} at most", members, most)]
            minimums += [] if least is None else [Minimum(f"{name} at least", members, *least)]
            wishes += [] if wished is None else [Minimum(f"{name} wished", members, *wished)]
    unknown = draw(st.sampled_from((0, 0, 0, 1, 2)))
    free = draw(st.sampled_from(places))
    capacity = max(0, len(seated) + unknown + free)
    return Contest(
        capacity, contenders, seated, tuple(limits), tuple(minimums), tuple(wishes), unknown=unknown
    )


LEAST = st.none() | st.none() | st.tuples(st.integers(1, 5), st.sampled_from((1, 1, 1, 2, 3)))
NUMBERS = st.tuples(st.sampled_from((1, 2, 1, 2, 0, 3, None, None)), LEAST, LEAST)
"""At most, at least, wished (with weights) for each value; None where there is no such rule."""


@st.composite
def _contenders(draw: Draw, people: int, teams: tuple[str, ...]) -> tuple[Contender, ...]:
    """Draw people in rank order; some tie with those beside them."""
    count = draw(st.sampled_from(range(people, 0, -1)) | st.just(people))
    standing = sorted(
        zip(draw(_each(count, (0, 0, 0, 1, 1, 2))), draw(_each(count, ("", "", "x", "y"))), strict=True)
    )
    named = draw(_each(count, teams)) if len(teams) > 1 else teams * count
    return tuple(
        Contender(f"p{place}", tier, tie, team)
        for place, ((tier, tie), team) in enumerate(zip(standing, named, strict=True))
    )


def _each(count: int, values: tuple[T, ...]) -> st.SearchStrategy[list[T]]:
    return st.lists(st.sampled_from(values), min_size=count, max_size=count)
