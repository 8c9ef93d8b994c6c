"""What ranks people: marks of a jury, numbers in their range, days and parts of them, categories, the lot."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decisions.case import Case
from pipeline.decisions.places.measures import measure
from pipeline.decisions.places.ranking import count_turns, rank_key
from pipeline.model.applicant import Applicant, Classification, Eligibility, Response, Status
from pipeline.model.call import Call, Question
from pipeline.model.places import CATEGORY
from pipeline.model.ranks import By, Middle, RankKey
from tests.support.build import CALL, SELECTION, at, plan, responses, with_places

TWENTY = (Fraction(0), Fraction(20))
JURY = RankKey("one", by=By.HIGHEST, beside=("two", "three"), middle=Middle.MEAN, range=TWENTY)
QUESTIONS = {
    "born": Question("Born", date_formats=("%d/%m/%Y",)),
    "level": Question("Level", scale=("A", "B", "C")),
}
ASKING = replace(CALL, columns=replace(CALL.columns, questions={**CALL.columns.questions, **QUESTIONS}))


def response(**answers: str) -> Response:
    return Response("k", "a@example.org", at("07-01 10:00"), answers)


@pytest.mark.parametrize(
    ("rank", "answers", "found"),
    [
        (JURY, {"one": "14/20", "two": "16,5", "three": "13"}, Fraction(-29, 2)),
        (JURY, {"one": "14 / 20", "two": "8/9", "three": "13"}, None),
        (JURY, {"one": "14", "two": "21", "three": "13"}, None),
        (JURY, {"one": "14", "two": "", "three": "13"}, None),
        (JURY, {"one": "14", "two": "12-15", "three": "13"}, None),
        (replace(JURY, middle=Middle.MEDIAN, by=By.LOWEST), {"one": "1", "two": "20", "three": "2"}, 2),
        (replace(JURY, beside=("two",), middle=Middle.MEDIAN), {"one": "1", "two": "2"}, Fraction(-3, 2)),
        (
            RankKey("grade", by=By.LOWEST, range=(Fraction(1), Fraction(5))),
            {"grade": "1,3"},
            Fraction(13, 10),
        ),
        (RankKey("grade", by=By.LOWEST, range=(Fraction(1), Fraction(5))), {"grade": "13"}, None),
        (RankKey("grade", by=By.LOWEST), {"grade": "10+"}, 10),
        (RankKey("grade", by=By.HIGHEST), {"grade": "5-7"}, -5),
        (RankKey("level", by=By.HIGHEST), {"level": "b"}, -1),
        (RankKey("level", by=By.LOWEST), {"level": "D"}, None),
        (RankKey("born", by=By.EARLIEST), {"born": "03/02/2001"}, date(2001, 2, 3).toordinal()),
        (RankKey("born", by=By.EARLIEST), {"born": "2001"}, date(2001, 12, 31).toordinal()),
        (RankKey("born", by=By.LATEST), {"born": "2001"}, -date(2001, 1, 1).toordinal()),
        (RankKey("born", by=By.LATEST), {"born": "soon"}, None),
    ],
)
def test_what_a_rank_sorts_by(
    rank: RankKey, answers: Mapping[str, str], found: Fraction | int | None
) -> None:
    assert measure(ASKING, response(**answers), rank) == found


def test_who_has_no_day_is_asked_or_last() -> None:
    rank = RankKey("country", by=By.EARLIEST)
    lines = (
        f"07-10 09:0{n} | p{n}@example.org | P{n} X | Manager | Yes > country={day}"
        for n, day in enumerate(("Sept 2001", "1.1.2001", "soon", "2000"))
    )
    made = plan(responses(*lines), SELECTION, call=with_places(rank_by=(rank,), capacity=9))
    assert [one.reason.partition(":")[0] for one in made.assessment.verdicts] == [
        "A place is offered",
        "A place is offered",
        "Which answer is meant",
        "A place is offered",
    ]
    assert [one.reason[20:26] for one in made.assessment.verdicts if one.standing] == [
        "rank 3",
        "rank 2",
        "rank 1",
    ]


# --- in order ----------------------------------------------------------------------------------------------


def case(name: str, category: str = "m", **answers: str) -> Case:
    found = Classification(Eligibility.ELIGIBLE, category)
    person = Applicant(name, Response(name, f"{name}@example.org", at("07-01 10:00"), answers))
    return Case(person, found, found, None, None, False)


def ranked(call: Call, *cases: Case) -> list[str]:
    turns = count_turns(call, cases, ())
    return [each.reference for each in sorted(cases, key=lambda one: rank_key(call, one, turns))]


def test_categories_rank_in_an_order_and_by_turns() -> None:
    people = [case("a", "m"), case("b", "external"), case("c", "m"), case("d", "external")]
    order = with_places(rank_by=(RankKey(CATEGORY, ("external", "m")),), seed="s")
    assert {*ranked(order, *people)[:2]} == {"b", "d"}
    turns = ranked(with_places(rank_by=(RankKey(CATEGORY, by=By.TURN),), seed="s"), *people)
    assert [{*turns[:2]} & {"a", "c"} != set(), {*turns[:2]} & {"b", "d"} != set()] == [True, True]


MARKS = st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=2, max_size=6)


@given(MARKS, st.sampled_from(Middle), st.sampled_from((By.HIGHEST, By.LOWEST)))
@settings(max_examples=60)
def test_the_middle_of_marks_ranks_exactly(marks: list[tuple[int, ...]], middle: Middle, by: By) -> None:
    """Compare with halves of marks in whole numbers, in whatever order they stand."""
    call = with_places(rank_by=(replace(JURY, middle=middle, by=by),), seed="s")
    people = [
        case(
            f"p{nth}",
            one=f"{row[0] / 2:g}/20",
            two=f"{row[1] / 2:g}".replace(".", ","),
            three=f"{row[2] / 2:g}",
        )
        for nth, row in enumerate(marks)
    ]
    of = {Middle.MEAN: mean, Middle.MEDIAN: median}[middle]
    middles = {f"p{nth}": of([Fraction(mark, 2) for mark in row]) for nth, row in enumerate(marks)}
    found = [middles[name] for name in ranked(call, *people)]
    assert found == sorted(middles.values(), reverse=by is By.HIGHEST)


def test_the_lot_decides_whoever_applied_first() -> None:
    early, late = case("a"), case("b")
    late = replace(
        late,
        applicant=replace(late.applicant, response=replace(late.applicant.response, submitted=SELECTION)),
    )
    seeds = [with_places(draw=True, seed=str(seed), rank_by=()) for seed in range(20)]
    drawn = [
        ranked(replace(call, dates=replace(call.dates, deadline=SELECTION)), early, late) for call in seeds
    ]
    assert {tuple(order) for order in drawn} == {*permutations("ab")}
    in_order = with_places(seed="1", rank_by=())
    assert ranked(replace(in_order, dates=replace(in_order.dates, deadline=SELECTION)), early, late) == [
        "a",
        "b",
    ]


def test_a_lost_draw_is_told_as_one() -> None:
    lines = (f"07-10 09:0{n} | p{n}@example.org | P{n} X | Manager | Yes" for n in range(3))
    call = with_places(draw=True, seed="s", capacity=2, waiting_list=0, rank_by=())
    reasons = [one.reason for one in plan(responses(*lines), SELECTION, call=call).assessment.verdicts]
    lost = [each for each in reasons if not each.startswith("A place is offered")]
    assert lost == [
        "No place: all 2 places are taken; lost the draw among equals, and the waiting list is full."
    ]


# --- a jury ------------------------------------------------------------------------------------------------


def test_marks_that_lie_far_apart_are_for_a_person() -> None:
    rank = RankKey(
        "country", by=By.HIGHEST, beside=("role_mark",), middle=Middle.MEAN, range=TWENTY, spread=Fraction(5)
    )
    questions = {**CALL.columns.questions, "role_mark": Question("English")}
    call = replace(CALL, columns=replace(CALL.columns, questions=questions))
    audience = replace(call.audience, review=())
    call = with_places(replace(call, audience=audience), rank_by=(rank,), capacity=9)
    lines = (
        f"07-10 09:0{n} | p{n}@example.org | P{n} X | Manager | Yes > country={one}, english={two}"
        for n, (one, two) in enumerate((("14/20", "19"), ("14/20", "19,5"), ("3", "")))
    )
    found = [
        (one.now.status, one.reason)
        for one in plan(responses(*lines), SELECTION, call=call).assessment.verdicts
    ]
    assert [status for status, _ in found] == [Status.OFFERED, Status.TO_REVIEW, Status.TO_REVIEW]
    assert found[1][1].startswith("The marks in “Country” and “English” lie more than 5 apart.")
    assert found[2][1].startswith("No answer to “English”, by which the places are given.")
