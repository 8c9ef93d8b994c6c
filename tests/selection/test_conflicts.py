"""Rules that conflict, what would solve it, places that are stuck, and what one more or one less brings."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pipeline.selection.contest import Contest, Method
from pipeline.selection.reasons import remedies
from pipeline.selection.reasons.conflicts import Conflict, find_conflict, places_stuck
from pipeline.selection.reasons.rule_changes import RuleChange, RuleKind, changed, say_change
from pipeline.selection.reasons.what_if import Consequence, RuleEffect, effects, what_if
from pipeline.selection.select import can_meet, select
from pipeline.selection.solver import Model
from tests.selection.case import contest
from tests.selection.contests import contests


def said(conflict: Conflict | None) -> tuple[str, list[str]]:
    """Say a conflict in one line, and its remedies."""
    assert conflict
    rules = ", ".join(name for _, name in conflict.rules)
    return rules, [" and ".join(map(say_change, remedy)) for remedy in conflict.remedies]


CONFLICTS = {
    "too few places for two minimums": (
        contest(2, "a x, b x, c y, d y, e", "", "x 2, y 2"),
        "places, x, y",
        ["lower x from 2 to 0", "raise the places from 2 to 4"],
    ),
    "a limit below a minimum": (
        contest(9, "a DE x, b DE x, c DE x, d FR", "DE 2, FR 1", "x 3"),
        "DE, x",
        ["lower x from 3 to 2", "raise DE from 2 to 3"],
    ),
    "no minimums": (contest(9, "a x, b"), None, []),
    "all can be met": (contest(9, "a x, b", "", "x 1"), None, []),
    "too few people": (contest(9, "a x, b", "", "x 3, y 0"), "x", ["lower x from 3 to 1"]),
    "a limit that the seated exceed": (
        contest(4, "*s DE, *t DE, a DE x, b DE x", "DE 1", "x 1"),
        "DE, x",
        ["lower x from 1 to 0", "raise DE from 1 to 3"],
    ),
    "more seated than places": (
        contest(1, "*s, *t, a x", "", "x 1", unknown=1),
        "places, x",
        ["lower x from 1 to 0", "raise the places from 1 to 4"],
    ),
    "several conflicts": (
        contest(3, "a DE x, b DE x, c DE x, d FR y, e FR y, f FR y", "DE 2, FR 2", "x 3, y 3"),
        "DE, x",
        [
            "lower x from 3 to 1 and lower y from 3 to 2",
            "raise the places from 3 to 6 and raise DE from 2 to 3 and raise FR from 2 to 3",
        ],
    ),
}


@pytest.mark.parametrize(("made", "rules", "remedies"), CONFLICTS.values(), ids=CONFLICTS)
def test_the_smallest_conflict_and_the_smallest_remedies(
    made: Contest, rules: str | None, remedies: list[str]
) -> None:
    conflict = find_conflict(made)

    if rules is None:
        assert conflict is None
    else:
        assert said(conflict) == (rules, remedies)


def test_fewest_people_and_fewest_rules_are_alternatives() -> None:
    made = contest(2, "a p x y z, b y, c p x z, d, e x", "", "x 4, y 2, z 4")

    assert said(find_conflict(made))[1] == [
        "lower x from 4 to 2 and lower y from 2 to 1 and lower z from 4 to 2",
        "raise the places from 2 to 4 and lower x from 4 to 3 and lower z from 4 to 2",
        "lower x from 4 to 1 and lower z from 4 to 1",
    ]


@given(contests(people=7))
@settings(max_examples=40, deadline=None)
def test_each_rule_of_a_conflict_counts_and_each_remedy_solves_it(made: Contest) -> None:
    conflict = find_conflict(made)

    assert (conflict is None) == (can_meet(made) is True)
    for remedy in conflict.remedies if conflict else ():
        assert can_meet(changed(made, remedy))
    for kind, name in conflict.rules if conflict else ():
        others = frozenset(rule for _, rule in conflict.rules if rule != name) if conflict else frozenset()
        assert can_meet(_only(made, others)), (kind, name)
    assert conflict is None or not can_meet(_only(made, frozenset(rule for _, rule in conflict.rules)))


def _only(made: Contest, names: frozenset[str]) -> Contest:
    return replace(
        made,
        capacity=made.capacity if "places" in names else 99,
        limits=tuple(limit for limit in made.limits if limit.name in names),
        minimums=tuple(minimum for minimum in made.minimums if minimum.name in names),
    )


def test_what_takes_too_long_to_know_is_not_said() -> None:
    made = contest(2, "a a x, b a y, c b", "a 1", "x 1, y 1")

    assert find_conflict(made, seconds=0) is None


def test_remedies_that_take_too_long_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made = contest(1, "a x, b y, c z", "", "x 1, y 1")
    assert remedies.find_remedies(made, seconds=0) == ()

    monkeypatch.setattr(Model, "solve", lambda _: None)
    assert remedies.find_remedies(made) == ()


# --- places that are stuck -------------------------------------------------------------------------------


STUCK = {
    "somebody seated is in the way": (contest(2, "*s DE FR, a DE, b FR", "DE 1, FR 1"), 1),
    "moving would not help": (contest(3, "*s DE, a DE, b DE", "DE 1"), 0),
    "nobody is seated": (contest(2, "a, b"), 0),
    "more seated than places": (contest(1, "*s, *t, a"), 0),
    "a minimum needs the seated": (contest(2, "*s DE FR x, a DE, b FR", "DE 1, FR 1", "x 1"), 0),
    "beside unknown people": (contest(3, "*s DE FR, a DE, b FR", "DE 1, FR 1", unknown=1), 1),
}


@pytest.mark.parametrize(("made", "stuck"), STUCK.values(), ids=STUCK)
def test_places_that_only_moving_the_seated_would_fill(made: Contest, stuck: int) -> None:
    assert places_stuck(made, select(made)) == stuck


# --- one more, one less ----------------------------------------------------------------------------------


def brings(
    comes: str, goes: str, filled: int, missing: int = 0, method: Method = Method.GREEDY
) -> Consequence:
    return Consequence(tuple(comes.split()), tuple(goes.split()), filled, missing, method)


def test_what_one_more_or_less_of_each_rule_brings() -> None:
    made = contest(3, "*s DE, a DE, b DE, c FR x, d x w", "DE 2, FR 1, UK 1", "x 1", "w 1", unknown=0)

    assert effects(made, select(made)) == (
        RuleEffect(RuleKind.CAPACITY, "places", 3, 3, brings("c", "", 4), brings("", "a", 2)),
        RuleEffect(RuleKind.LIMIT, "DE", 2, 2, None, brings("c", "a", 3)),
        RuleEffect(RuleKind.LIMIT, "FR", 0, 1, None, None),
        RuleEffect(RuleKind.LIMIT, "UK", 0, 1, None, None),
        RuleEffect(RuleKind.MINIMUM, "x", 1, 1, brings("c", "a", 3, method=Method.EXACT), None),
        RuleEffect(RuleKind.WISH, "w", 1, 1, None, brings("c", "d", 3)),
    )


def test_only_the_rules_that_are_asked_for_are_looked_at() -> None:
    made = contest(1, "a DE, b", "DE 1", "x 0")

    assert effects(made, select(made), names={"DE", "x"}) == (
        RuleEffect(RuleKind.LIMIT, "DE", 1, 1, None, brings("b", "a", 1)),
        RuleEffect(RuleKind.MINIMUM, "x", 0, 0, None, None),
    )


def test_what_if_compares_with_any_other_contest() -> None:
    made = contest(1, "a, b, c", unknown=0)

    assert what_if(select(made), replace(made, capacity=3)) == brings("b c", "", 3)
    assert what_if(select(made), made) is None


@given(contests(people=7))
@settings(max_examples=25, deadline=None)
def test_what_is_said_to_change_nothing_changes_nothing(made: Contest) -> None:
    choice = select(made)
    names = {
        RuleKind.CAPACITY: ["places"],
        RuleKind.LIMIT: [limit.name for limit in made.limits],
        RuleKind.MINIMUM: [minimum.name for minimum in made.minimums],
        RuleKind.WISH: [wish.name for wish in made.wishes],
    }

    for effect in effects(made, choice):
        index = names[effect.kind].index(effect.name)
        for by, outcome in ((1, effect.more), (-1, effect.less)):
            change = RuleChange(effect.kind, effect.name, effect.bound, effect.bound + by, index)
            assert what_if(choice, changed(made, [change])) == outcome


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            RuleChange(RuleKind.MINIMUM, "External practitioners", 10, 8),
            "lower External practitioners from 10 to 8",
        ),
        (RuleChange(RuleKind.LIMIT, "Germany", 4, 5), "raise Germany from 4 to 5"),
        (RuleChange(RuleKind.CAPACITY, "places", 35, 36), "raise the places from 35 to 36"),
    ],
)
def test_a_change_is_said_in_words(change: RuleChange, words: str) -> None:
    assert say_change(change) == words
