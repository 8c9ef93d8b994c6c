from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.call import AtLeast, AtMost, Places
from pipeline.model import Applicant, Response
from pipeline.selection.ranking import rank_key
from pipeline.selection.seats import Candidate, Seating, give_places
from tests.build import CALL, at


def people(text: str) -> tuple[Candidate, ...]:
    """Read candidates: `ana Spain management, eva Italy external`."""
    words = (person.split() for person in text.split(",") if person.strip())
    return tuple(
        Candidate(name, {"country": country.strip("-"), "category": category})
        for name, country, category in words
    )


COUNTRY = AtMost("country", 1, exempt=("Other",))
EXTERNAL = AtLeast("category", "external", 1)
FULL = "all 2 places are taken"


@pytest.mark.parametrize(
    ("places", "queue", "seated", "expected"),
    [
        pytest.param(
            Places(2),
            "ana Spain m, eva Italy m, leo Spain m",
            "",
            Seating(("ana", "eva"), {"leo": FULL}),
            id="in the order of the queue",
        ),
        pytest.param(
            Places(2),
            "ana Spain m, eva Italy m",
            "old France m",
            Seating(("ana",), {"eva": FULL}),
            id="the seated keep their places",
        ),
        pytest.param(
            Places(2, (COUNTRY,)),
            "ana Spain m, eva SPAIN m, leo Italy m",
            "",
            Seating(("ana", "leo"), {"eva": "at most 1 with the same country can come, and “SPAIN” has 1"}),
            id="a full cap is passed over and named",
        ),
        pytest.param(
            Places(2, (COUNTRY,)),
            "ana Other m, eva other m, leo - m",
            "",
            Seating(("ana", "eva"), {"leo": FULL}),
            id="exempt answers are not capped",
        ),
        pytest.param(
            Places(3, (COUNTRY,)),
            "ana - m, eva - m",
            "",
            Seating(("ana", "eva"), {}),
            id="no answer is no common country",
        ),
        pytest.param(
            Places(2, at_least=(EXTERNAL,)),
            "ana Spain m, eva Italy m, leo Spain external",
            "",
            Seating(("ana", "leo"), {"eva": FULL}),
            id="a place is kept for an unmet minimum",
        ),
        pytest.param(
            Places(2, at_least=(EXTERNAL,)),
            "ana Spain m, eva Italy m",
            "",
            Seating(("ana", "eva"), {}),
            id="but not for people who are not there",
        ),
        pytest.param(
            Places(2, (COUNTRY,), (EXTERNAL,)),
            "ana Spain m, eva Italy m, leo Spain external",
            "",
            Seating(("ana", "eva"), {"leo": "at most 1 with the same country can come, and “Spain” has 1"}),
            id="nor for people whom a cap keeps out",
        ),
        pytest.param(
            Places(1, at_least=(EXTERNAL,)),
            "ana Spain external",
            "old Spain m, older Spain m",
            Seating((), {"ana": "all 1 places are taken"}),
            id="more people than places by the organisers' word",
        ),
    ],
)
def test_places_are_given(places: Places, queue: str, seated: str, expected: Seating) -> None:
    assert give_places(places, people(queue), people(seated)) == expected


def test_people_whose_answers_are_unknown_still_take_a_place() -> None:
    assert give_places(Places(2), people("ana Spain m, eva Italy m"), (), unknown=1).offered == ("ana",)


NAMES = st.sampled_from(("Spain", "Italy", "France", ""))
CANDIDATES = st.lists(st.tuples(NAMES, st.sampled_from(("management", "external"))), max_size=14).map(
    lambda rows: tuple(Candidate(f"p{n}", {"country": c, "category": k}) for n, (c, k) in enumerate(rows))
)


@given(CANDIDATES, st.integers(0, 8), st.integers(1, 3), st.integers(0, 4))
def test_caps_hold_nobody_is_lost_and_minimums_are_met(
    queue: tuple[Candidate, ...], capacity: int, cap: int, minimum: int
) -> None:
    places = Places(capacity, (AtMost("country", cap),), (AtLeast("category", "external", minimum),))
    seating = give_places(places, queue, ())
    chosen = [person for person in queue if person.reference in seating.offered]
    assert {*seating.offered, *seating.waiting} == {person.reference for person in queue}
    assert len(chosen) <= capacity
    counts = Counter(person.groups["country"] for person in chosen if person.groups["country"])
    assert all(count <= cap for count in counts.values())
    without_caps = give_places(replace(places, at_most=()), queue, ())
    external = sum(person.groups["category"] == "external" for person in queue)
    met = sum(p.groups["category"] == "external" for p in queue if p.reference in without_caps.offered)
    assert met >= min(minimum, external, capacity)


def applicant(name: str, submitted: str, vetos: str) -> Applicant:
    return Applicant(name, Response(name, f"{name}@example.org", at(submitted), {"vetos": vetos}))


def test_rank_is_in_time_then_keys_then_earlier() -> None:
    expected = [
        applicant("direct", "07-20 10:00", "YES"),
        applicant("aims-early", "07-01 10:00", "Aims to"),
        applicant("aims-late", "07-02 10:00", "aims to"),
        applicant("strange", "07-01 09:00", "?"),
        applicant("too-late", "08-02 00:00", "Yes"),
    ]
    shuffled = [expected[index] for index in (4, 2, 0, 3, 1)]
    assert sorted(shuffled, key=lambda person: rank_key(CALL, person)) == expected


def test_exact_ties_are_settled_by_the_seed() -> None:
    ann, bea = applicant("ann", "07-01 10:00", "Yes"), applicant("bea", "07-01 10:00", "Yes")
    orders = {
        rank_key(replace(CALL, places=replace(CALL.places, seed=str(seed))), ann)
        < rank_key(replace(CALL, places=replace(CALL.places, seed=str(seed))), bea)
        for seed in range(20)
    }
    assert orders == {True, False}
