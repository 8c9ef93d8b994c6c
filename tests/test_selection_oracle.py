"""The engine against the definition: small contests at random, each solved a second time by trying everything."""

import pytest
from hypothesis import HealthCheck, event, given, settings

from pipeline.selection.contest import Contender, Contest, Limit, Method, Minimum
from pipeline.selection.recount import Tally
from pipeline.selection.select import select
from pipeline.selection.waiting import Turn, next_if_leaves, waiting_list
from pipeline.selection.why import explain, say_why
from tests import selection_oracle as oracle
from tests.selection_contests import contests
from tests.selection_reasons import Facts

ANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW, MANY = settings(ANY, max_examples=300), settings(ANY, max_examples=5_000)


def check_choice(contest: Contest) -> None:
    choice = select(contest)

    assert choice.chosen == oracle.best(contest)
    assert choice.method in {Method.GREEDY, Method.EXACT}


def check_waiting(contest: Contest) -> None:
    choice = select(contest)

    assert waiting_list(contest, choice) == _expected_turns(contest, choice.chosen)


def check_followers(contest: Contest) -> None:
    choice = select(contest)

    assert next_if_leaves(contest, choice) == oracle.followers(contest, choice.chosen)


def check_reasons(contest: Contest) -> None:
    choice = select(contest)

    explained = explain(contest, choice)

    assert list(explained) == [person.reference for person in contest.contenders]
    for reference, why in explained.items():
        facts = Facts(contest, choice.chosen, reference)
        assert why.is_in == (reference in choice.chosen)
        assert why.reasons, "whoever asks gets an answer"
        for reason in why.reasons:
            event(reason.ground.name)
            assert facts.is_true(reason), (reference, reason)
        said = say_why(why).split()
        assert said
        assert not {person.reference for person in contest.contenders} & set(said)


PRESOLVE_FAILS = Contest(
    5,
    tuple(Contender(f"p{place}", tier) for place, tier in enumerate((0, 0, 0, 1, 1, 1, 2))),
    limits=(
        Limit("first", frozenset({"p0", "p5"}), 1),
        Limit("second", frozenset({"p2", "p4", "p6"}), 2),
        Limit("third", frozenset({"p1", "p3"}), 1),
    ),
    minimums=(
        Minimum("fourth", frozenset({"p3", "p6"}), 1),
        Minimum("fifth", frozenset({"p0", "p5"}), 2),
        Minimum("sixth", frozenset({"p4", "p5", "p6"}), 2),
    ),
)
"""The presolve of HiGHS 1.16.0 ends with “Solve error” at a tier; without it the solver answers, mostly sooner."""


@pytest.mark.parametrize("contest", [pytest.param(PRESOLVE_FAILS, id="the solver's presolve fails")])
def test_select_is_the_best_where_it_once_was_not(contest: Contest) -> None:
    check_choice(contest)


@given(contests())
@FEW
def test_select_is_the_best_of_all_choices(contest: Contest) -> None:
    event(select(contest).method.name)
    check_choice(contest)


@given(contests(people=10))
@FEW
def test_waiting_list_is_what_single_places_would_do(contest: Contest) -> None:
    check_waiting(contest)


@given(contests(people=10))
@FEW
def test_next_if_leaves_is_what_a_choice_without_them_does(contest: Contest) -> None:
    check_followers(contest)


@given(contests(people=8))
@settings(FEW, max_examples=100)
def test_every_reason_is_true(contest: Contest) -> None:
    check_reasons(contest)


@pytest.mark.slow
@given(contests())
@MANY
def test_select_is_the_best_of_all_choices_thousands_of_times(contest: Contest) -> None:
    check_choice(contest)


@pytest.mark.slow
@given(contests())
@MANY
def test_waiting_list_is_right_thousands_of_times(contest: Contest) -> None:
    check_waiting(contest)
    check_followers(contest)


@pytest.mark.slow
@given(contests(people=10))
@settings(MANY, max_examples=2_000)
def test_every_reason_is_true_thousands_of_times(contest: Contest) -> None:
    check_reasons(contest)


def _expected_turns(contest: Contest, chosen: tuple[str, ...]) -> tuple[Turn, ...]:
    left = oracle.after(contest, chosen)
    return tuple(
        Turn(
            person.reference,
            position,
            tuple(
                Tally(limit.name, len(limit.members & left.seated), limit.most)
                for limit in oracle.full_limits(contest, chosen, person.reference)
            ),
            oracle.position_if_freed(contest, chosen, person.reference),
        )
        for position, person in enumerate(left.contenders, start=1)
    )
