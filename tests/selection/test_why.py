"""Why somebody is in or out. That every claim is true is tested against all choices in test_selection_oracle."""

import pytest

from pipeline.selection.contest import Choice, Contest, Method
from pipeline.selection.reasons import counterfactuals
from pipeline.selection.reasons.why import Cause, Ground, Why, find_reason, find_reasons, say_cause
from pipeline.selection.score import RuleCount
from pipeline.selection.select import select
from tests.selection.case import contest


def because(ground: Ground, *rules: str, beside: bool = False) -> Cause:
    """Return a cause with rules as `x 1 2`: the name, how many are counted, and the bound."""
    counts = ((name, int(count), int(bound)) for name, count, bound in map(str.split, rules))
    return Cause(ground, tuple(RuleCount(*each) for each in counts), beside)


def reasons(made: Contest, reference: str) -> tuple[Cause, ...]:
    return find_reason(made, select(made), reference).causes


REASONS = {
    "by rank, without other rules": (contest(2, "bob, ana, eva"), Cause(Ground.RANK)),
    "by rank all the same": (contest(2, "bob, ana x, eva x", "", "x 1"), Cause(Ground.RANK)),
    "for a minimum": (contest(2, "bob, eva, ana x", "", "x 1"), because(Ground.NEEDED, "x 1 1")),
    "for a wish": (contest(2, "bob, eva, ana w", "", "", "w 1"), because(Ground.NEEDED, "w 1 1")),
    "for either of two minimums": (
        contest(2, "bob, eva, ana x y", "", "x 1, y 1"),
        because(Ground.NEEDED_TOGETHER, "x 1 1", "y 1 1"),
    ),
    "beside those who are needed": (
        contest(2, "bob p, eva a, ana, mia a b p", "a 1, p 1", "b 1"),
        Cause(Ground.NEEDED_TOGETHER),
    ),
    "out: taken": (contest(1, "bob DE, ana", "", "x 1"), because(Ground.TAKEN, "places 1 1")),
    "out: no places": (contest(1, "*bob, ana"), because(Ground.NO_PLACES, "places 1 1")),
    "out: a full limit": (contest(9, "bob DE, ana DE", "DE 1, FR 1"), because(Ground.LIMIT, "DE 1 1")),
    "out: a limit that the seated exceed": (
        contest(9, "*bob DE, *eva DE, ana DE", "DE 1"),
        because(Ground.LIMIT, "DE 2 1"),
    ),
    "out: a limit of nobody": (contest(9, "ana DE", "DE 0"), because(Ground.LIMIT, "DE 0 0")),
    "out: would break a minimum": (
        contest(2, "bob x, ana, eva x", "", "x 2"),
        because(Ground.MINIMUM, "x 2 2"),
    ),
    "out: a limit that somebody behind fills is no reason by itself": (
        contest(2, "ana DE, eva DE x, bob", "DE 1", "x 1"),
        because(Ground.MINIMUM, "x 1 1"),
    ),
    "out: would break a minimum, unless someone better gave way": (
        contest(2, "bob, ana, eva x", "", "x 1"),
        because(Ground.MINIMUM, "x 1 1", beside=True),
    ),
    "out: one minimum of several is enough": (
        contest(2, "ana x, bob, eva x y, leo x z", "", "x 2, y 1, z 1"),
        because(Ground.MINIMUM, "y 1 1"),
    ),
    "out: would break two, each enough": (
        contest(1, "bob, leo, ana, eva x y", "", "x 1, y 1"),
        because(Ground.MINIMUM, "x 1 1", "y 1 1"),
    ),
    "out: would leave a place empty": (contest(2, "ana a p, eva a, leo p", "a 1, p 1"), Cause(Ground.EMPTY)),
    "out: would cost a tier": (
        contest(2, "ana a p, eva a, leo p | mia, tom", "a 1, p 1"),
        Cause(Ground.TIER),
    ),
    "out: no room for the whole team": (contest(2, "bob +t, ana +t, eva +t, leo"), Cause(Ground.TEAM)),
    "out: no room for the whole team under a limit": (
        contest(4, "eva +t DE, ana +t DE, leo", "DE 1"),
        Cause(Ground.TEAM),
    ),
    "out: no room for the whole team beside those who rank before": (
        contest(3, "bob, leo, eva +t, mia, ana +t"),
        Cause(Ground.TEAM, beside=True),
    ),
    "out: the team of somebody before takes the places": (
        contest(2, "bob +t, ana, eva +t"),
        because(Ground.TAKEN, "places 2 2"),
    ),
    "out: a minimum, whatever of the team": (
        contest(2, "eva +t, ana +t, leo x", "", "x 1"),
        because(Ground.MINIMUM, "x 1 1"),
    ),
    "out: would cost a wish": (contest(2, "bob w, ana, eva w", "", "", "w 2"), Cause(Ground.WISH)),
}


@pytest.mark.parametrize(("made", "reason"), REASONS.values(), ids=REASONS)
def test_the_reason_is(made: Contest, reason: Cause) -> None:
    assert reasons(made, "ana") == (reason,)


def test_all_true_reasons_are_given() -> None:
    made = contest(1, "bob DE FR, ana DE FR", "DE 1, FR 1")

    assert reasons(made, "ana") == (
        because(Ground.TAKEN, "places 1 1"),
        because(Ground.LIMIT, "DE 1 1"),
        because(Ground.LIMIT, "FR 1 1"),
    )


DRAWS = {
    "drawn second": ("bob =a, ana =a", True),
    "without a draw": ("bob, ana", False),
    "another draw": ("bob =a, ana =b", False),
    "another tier": ("bob =a | ana =a", False),
    "would not have come anyway": ("bob =a, ana =a DE", False),
    "nobody of the draw was chosen": ("bob, eva =a, ana =a", False),
}


@pytest.mark.parametrize(("people", "has_lost"), DRAWS.values(), ids=DRAWS)
def test_a_lost_draw_is_named_where_it_decided(people: str, has_lost: bool) -> None:
    made = contest(2, f"*sue DE, {people}", "DE 1")

    assert (Cause(Ground.TIE) in reasons(made, "ana")) is has_lost


def test_everybody_is_explained_with_rank_and_tier() -> None:
    made = contest(2, "ana | eva, leo")

    taken = because(Ground.TAKEN, "places 2 2")
    assert find_reasons(made, select(made)) == {
        "ana": Why("ana", True, 1, 1, 2, (Cause(Ground.RANK),)),
        "eva": Why("eva", True, 2, 2, 2, (Cause(Ground.RANK),)),
        "leo": Why("leo", False, 3, 2, 2, (taken,)),
    }


def test_only_those_asked_for_are_explained() -> None:
    made = contest(2, "ana, eva, leo x", "", "x 1")
    choice = select(made)

    first = find_reasons(made, choice, only={"leo"})

    assert first == {"leo": Why("leo", True, 3, 1, 1, (because(Ground.NEEDED, "x 1 1"),))}


def test_nobody_else_can_be_explained() -> None:
    with pytest.raises(KeyError):
        find_reason(contest(1, "ana"), Choice(("ana",)), "nobody")


@pytest.mark.parametrize("reference", ["ana", "eva"])
def test_without_time_nothing_is_claimed_that_takes_a_solver(reference: str) -> None:
    made = contest(3, "bob x, ana, mia, eva x, leo y", "", "x 2, y 1")

    explained = find_reason(made, select(made), reference, seconds=0)

    assert explained.causes == (Cause(Ground.UNPROVED),)


def test_people_under_the_same_rules_have_the_same_reason() -> None:
    made = contest(2, "bob x, ana, mia, eva x", "", "x 2")

    explained = find_reasons(made, select(made))

    assert explained["ana"].causes == explained["mia"].causes == (because(Ground.MINIMUM, "x 2 2"),)


def test_of_a_choice_that_may_not_be_the_best_only_what_counts_is_claimed() -> None:
    made = contest(2, "bob DE, ana, eva x, leo DE", "DE 1", "x 1")
    choice = Choice(("bob", "eva"), Method.FALLBACK)

    explained = find_reasons(made, choice)

    assert explained["ana"].causes == (Cause(Ground.UNPROVED),)
    taken, limit = (because(Ground.TAKEN, "places 2 2"), because(Ground.LIMIT, "DE 1 1"))
    assert explained["leo"].causes == (taken, limit)


def test_a_blame_that_takes_too_long_to_find_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = contest(2, "bob x, ana, eva x", "", "x 2")
    choice = select(made)
    monkeypatch.setattr(counterfactuals, "least_missing", lambda *_: None)

    assert find_reason(made, choice, "ana").causes == (Cause(Ground.UNPROVED),)


def test_a_choice_that_is_not_the_best_after_all_is_explained_by_nothing() -> None:
    made = contest(2, "bob, ana, eva, leo")

    assert find_reason(made, Choice(("bob", "leo")), "ana").causes == (Cause(Ground.UNPROVED),)


X, Y = RuleCount("External", 10, 10), RuleCount("Management", 15, 15)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Cause(Ground.RANK), ""),
        (Cause(Ground.NEEDED, (X,)), "needed for External (at least 10)"),
        (
            Cause(Ground.NEEDED_TOGETHER, (X, Y)),
            "needed for External (at least 10) and Management (at least 15), taken together",
        ),
        (Cause(Ground.NEEDED_TOGETHER), "comes in beside those who are needed for minimums"),
        (Cause(Ground.UNPROVED), "no time was left to work out more"),
        (Cause(Ground.NO_PLACES, (X,)), "all places were taken before"),
        (Cause(Ground.TAKEN, (X,)), "all places are taken by those who rank before"),
        (Cause(Ground.LIMIT, (RuleCount("Country: Germany", 4, 4),)), "Country: Germany is full (4 of 4)"),
        (Cause(Ground.MINIMUM, (X, Y)), "would break External (at least 10) or Management (at least 15)"),
        (
            Cause(Ground.MINIMUM, (Y,), beside=True),
            "beside those who rank before, would break Management (at least 15)",
        ),
        (Cause(Ground.EMPTY), "would leave a place empty"),
        (Cause(Ground.TIER), "would leave fewer places to better tiers"),
        (Cause(Ground.WISH), "would make the group less balanced than was asked for"),
        (Cause(Ground.TEAM), "there is no room for the whole team"),
        (Cause(Ground.TIE), "lost the draw among equals"),
    ],
)
def test_a_reason_is_said_in_words(reason: Cause, said: str) -> None:
    assert say_cause(reason) == said
