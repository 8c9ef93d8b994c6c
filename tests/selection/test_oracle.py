"""The engine against the definition: small contests at random, each solved a second time by trying everything."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis.strategies import SearchStrategy

from pipeline.selection.contest import Contender, Contest, Limit, Method, Minimum
from pipeline.selection.reasons.conflicts import find_conflict, places_stuck
from pipeline.selection.reasons.rule_changes import RuleChange, RuleKind
from pipeline.selection.reasons.waiting import PlaceInLine, next_if_leaves, waiting_list
from pipeline.selection.reasons.what_if import effects
from pipeline.selection.reasons.why import find_reasons, say_cause
from pipeline.selection.score import RuleCount
from pipeline.selection.select import select
from tests.selection import oracle as oracle
from tests.selection.contests import TEAMS, contests
from tests.selection.reasons_oracle import Facts
from tests.support.rounds import LONG, try_often

ANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEWER = settings(ANY, max_examples=50)
FEW = settings(ANY, max_examples=120)


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

    explained = find_reasons(contest, choice)

    assert list(explained) == [person.reference for person in contest.contenders]
    for reference, why in explained.items():
        facts = Facts(contest, choice.chosen, reference)
        assert why.is_in == (reference in choice.chosen)
        assert why.causes, "whoever asks gets an answer"
        for reason in why.causes:
            event(reason.ground.name)
            assert facts.is_true(reason), (reference, reason)
        said = " ".join(map(say_cause, why.causes)).split()
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


def check_conflict(contest: Contest) -> None:
    conflict = find_conflict(contest)

    assert (conflict is None) == oracle.can_meet(contest)
    if conflict is None:
        return
    for rule in ((), *conflict.rules):
        others = [other for other in conflict.rules if other != rule]
        assert oracle.can_meet(_only(contest, others)) == bool(rule), "all of it conflicts, and no less"
    for remedy in conflict.remedies:
        assert oracle.can_meet(_with(contest, remedy))
    lowered = [
        remedy for remedy in conflict.remedies if {change.kind for change in remedy} == {RuleKind.MINIMUM}
    ]
    assert min(_given(contest, remedy) for remedy in lowered) == oracle.least_giving(contest, True)
    assert min(_given(contest, remedy) for remedy in conflict.remedies) == oracle.least_giving(contest, False)


def check_effects(contest: Contest) -> None:
    choice = select(contest)

    rules = effects(contest, choice)

    assert len(rules) == 1 + len(contest.limits) + len(contest.minimums) + len(contest.wishes)
    for rule in rules:
        for outcome, by in ((rule.more, 1), (rule.less, -1)):
            then = oracle.best(
                _with(contest, (RuleChange(rule.kind, rule.name, rule.bound, rule.bound + by),))
            )
            comes = tuple(reference for reference in then if reference not in choice.chosen)
            goes = tuple(reference for reference in choice.chosen if reference not in then)
            assert ((outcome.comes, outcome.goes) if outcome else ((), ())) == (comes, goes), (rule, by)
            if outcome:
                assert outcome.filled == len(contest.seated) + contest.unknown + len(then)


def check_stuck(contest: Contest) -> None:
    choice = select(contest)

    assert places_stuck(contest, choice) == oracle.stuck(contest, choice.chosen)


def _only(contest: Contest, rules: list[tuple[RuleKind, str]]) -> Contest:
    """Return the contest with only some of its rules, by names."""
    names = {name for _, name in rules}
    return replace(
        contest,
        capacity=contest.capacity if "places" in names else 1000,
        limits=tuple(rule for rule in contest.limits if rule.name in names),
        minimums=tuple(rule for rule in contest.minimums if rule.name in names),
    )


def _with(contest: Contest, changes: tuple[RuleChange, ...]) -> Contest:
    """Return the contest with other numbers for some rules, by names."""
    now = {change.name: change.after for change in changes}
    return replace(
        contest,
        capacity=now.get("places", contest.capacity),
        limits=tuple(replace(rule, most=now.get(rule.name, rule.most)) for rule in contest.limits),
        minimums=tuple(replace(rule, least=now.get(rule.name, rule.least)) for rule in contest.minimums),
        wishes=tuple(replace(rule, least=now.get(rule.name, rule.least)) for rule in contest.wishes),
    )


def _given(contest: Contest, remedy: tuple[RuleChange, ...]) -> int:
    """Count by how much numbers give way, from what binds now: the seated may exceed what is asked for."""
    bound = {rule.name: len(rule.members & contest.seated) for rule in contest.limits}
    bound["places"] = len(contest.seated) + contest.unknown
    return sum(abs(change.after - max(change.before, bound.get(change.name, 0))) for change in remedy)


@given(contests() | contests(teams=TEAMS))
@FEW
def test_select_is_the_best_of_all_choices(contest: Contest) -> None:
    event(select(contest).method.name)
    check_choice(contest)


@given(contests(people=10, teams=TEAMS))
@FEW
def test_waiting_list_is_what_single_places_would_do(contest: Contest) -> None:
    check_waiting(contest)


@given(contests(people=10, teams=TEAMS))
@FEW
def test_next_if_leaves_is_what_a_choice_without_them_does(contest: Contest) -> None:
    check_followers(contest)


@given(contests(people=8, teams=TEAMS))
@FEWER
def test_every_reason_is_true(contest: Contest) -> None:
    check_reasons(contest)


@given(contests(people=7))
@FEWER
def test_a_conflict_is_the_smallest_and_its_remedies_help(contest: Contest) -> None:
    check_conflict(contest)


@given(contests(people=7, teams=TEAMS))
@FEWER
def test_one_more_or_less_brings_what_is_said(contest: Contest) -> None:
    check_effects(contest)


MOVING_BREAKS = Contest(
    2,
    (Contender("p0"), Contender("p1")),
    frozenset({"s0"}),
    limits=(Limit("first", frozenset({"s0", "p0"}), 1), Limit("second", frozenset({"s0", "p1"}), 1)),
    minimums=(Minimum("third", frozenset({"s0"}), 1),),
)
"""Without the seated, two could come; but a minimum would miss somebody then."""


@given(contests(people=6, seats=(4, 5), places=(6, 5), teams=TEAMS))
@example(MOVING_BREAKS)
@FEW
def test_places_are_stuck_only_where_the_seated_hold_them(contest: Contest) -> None:
    check_stuck(contest)


def check_line(contest: Contest) -> None:
    check_waiting(contest)
    check_followers(contest)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("check", "drawn"),
    [
        pytest.param(check_choice, contests() | contests(teams=TEAMS), id="the choice"),
        pytest.param(check_line, contests(teams=TEAMS), id="the waiting list"),
        pytest.param(check_reasons, contests(people=10, teams=TEAMS), id="reasons"),
        pytest.param(check_conflict, contests(people=9), id="conflicts"),
        pytest.param(check_effects, contests(people=9, teams=TEAMS), id="effects"),
        pytest.param(
            check_stuck,
            contests(people=8, seats=(4, 5, 3), places=(8, 7, 6, 5), teams=TEAMS),
            id="stuck places",
        ),
    ],
)
def test_what_is_said_is_right_thousands_of_times(
    check: Callable[[Contest], None], drawn: SearchStrategy[Contest]
) -> None:
    try_often(check, drawn, seconds=LONG / 2)


def _expected_turns(contest: Contest, chosen: tuple[str, ...]) -> tuple[PlaceInLine, ...]:
    left = oracle.after(contest, chosen)
    return tuple(
        PlaceInLine(
            person.reference,
            position,
            tuple(
                RuleCount(limit.name, len(limit.members & left.seated), limit.most)
                for limit in oracle.full_limits(contest, chosen, person.reference)
            ),
            0 if team > 1 else oracle.position_if_freed(contest, chosen, person.reference),
            team,
        )
        for position, person in enumerate(left.contenders, start=1)
        for team in [[other.team for other in left.contenders].count(person.team) if person.team else 1]
    )
