"""Choices by counting, what is left out before a search, and the recount of every answer."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pipeline.selection.contest import Choice, Contest, Limit, Method, Minimum
from pipeline.selection.greedy import by_counting, in_order, most
from pipeline.selection.improve import bettered
from pipeline.selection.pruning import MANY, find_hopefuls
from pipeline.selection.reduced import Reduced, ReducedRule, RulesOfOne, reduce_contest
from pipeline.selection.score import RuleCount, Score, broken, exceeded, missed, score
from pipeline.selection.select import select
from tests.selection.case import contest
from tests.selection.contests import contests

Chosen = tuple[int, ...]

NO_RULES = frozenset[int]()


BY_COUNTING = {
    "in rank order": (contest(2, "ana, eva, leo"), "ana eva"),
    "everybody fits": (contest(5, "ana, eva"), "ana eva"),
    "nobody applied": (contest(5, ""), ""),
    "no places": (contest(0, "ana"), ""),
    "more seated than places": (contest(1, "*ana, *eva, leo"), ""),
    "unknown people take places": (contest(3, "*ana, eva, leo", unknown=1), "eva"),
    "a full limit is passed over": (contest(2, "ana DE, eva DE, leo FR", "DE 1"), "ana leo"),
    "the seated fill a limit": (contest(3, "*ana DE, *eva DE, leo DE, mia", "DE 1"), "mia"),
    "nested limits": (
        contest(3, "ana EU DE, eva EU DE, leo EU FR, mia US, tom EU", "EU 2, DE 1"),
        "ana leo mia",
    ),
    "a minimum that is met anyway": (contest(2, "ana, eva x, leo x", "", "x 1"), "ana eva"),
    "a minimum beyond who is there": (contest(2, "ana, leo x", "", "x 5, y 1"), "ana leo"),
    "tiers in order": (contest(2, "ana DE | eva DE, leo", "DE 1"), "ana leo"),
    "a team with its first": (contest(3, "ana, eva +t, leo, mia +t"), "ana eva mia"),
    "a team without room for all is passed over": (contest(2, "ana, eva +t, leo, mia +t"), "ana leo"),
    "a team of too many under a limit": (contest(3, "eva +t DE, mia +t DE, leo", "DE 1"), "leo"),
    "a team of whom one is left": (contest(2, "*ana +t, eva +t, leo"), "eva"),
    "crossing limits": (contest(2, "ana a p, eva b q, leo a q", "a 1, b 1, p 1, q 1"), "ana eva"),
}


@pytest.mark.parametrize(("given", "chosen"), BY_COUNTING.values(), ids=BY_COUNTING)
def test_counting_gives_the_best_choice_where_it_can(given: Contest, chosen: str) -> None:
    assert select(given) == Choice(tuple(chosen.split()), Method.GREEDY)


ONE_FREE_PLACE = {
    "to whom a minimum misses": ("ana, eva x", "eva"),
    "to nobody under a full limit": ("ana DE x, leo x", "leo"),
    "to who is in most of what misses somebody": ("ana y, leo y x", "leo"),
    "by rank": ("ana w, leo", "ana"),
    "to whom a wish misses": ("ana, leo w", "leo"),
    "to the better tier before any wish": ("ana | leo w", "ana"),
    "to nobody if nobody has room": ("ana DE", ""),
}


@pytest.mark.parametrize(("given", "chosen"), ONE_FREE_PLACE.values(), ids=ONE_FREE_PLACE)
def test_one_free_place_goes(given: str, chosen: str) -> None:
    made = contest(2, f"*eve DE, {given}", "DE 1", "x 2, y 1", "w 1")

    assert select(made) == Choice(tuple(chosen.split()), Method.GREEDY)


def test_a_weightier_minimum_gets_the_one_place() -> None:
    assert select(contest(1, "ana x, leo y", "", "x 1 w2, y 1 w3")).chosen == ("leo",)


BEYOND_COUNTING = {
    "a minimum that rank alone would miss": contest(2, "ana, eva, leo x", "", "x 1"),
    "a wish that rank alone would miss": contest(2, "ana, eva, leo x", "", "", "x 1"),
    "places that rank alone leaves empty": contest(2, "ana a p, eva a q, leo b p", "a 1, p 1"),
    "a tier that rank alone has fewer of": contest(2, "ana a p, eva a, leo p | mia, tom", "a 1, p 1"),
}


@pytest.mark.parametrize("given", BEYOND_COUNTING.values(), ids=BEYOND_COUNTING)
def test_counting_claims_nothing_it_cannot_prove(given: Contest) -> None:
    assert by_counting(reduce_contest(given)) is None


def test_the_board_keeps_only_what_can_matter() -> None:
    given = contest(
        4,
        "*sue DE x, ana DE FR x, eva FR, leo UK | mia FR x w",
        "DE 3, FR 1, UK 0, XX 0",
        "x 3, UK 1, y 2",
        "w 1 w0",
    )

    # UK has no room: leo is not on the board. All fit under DE. Of x one is seated; of y there is nobody.
    first, second = (
        RulesOfOne(frozenset({0}), frozenset({0}), NO_RULES),
        RulesOfOne(frozenset({0}), NO_RULES, NO_RULES),
    )
    assert reduce_contest(given) == Reduced(
        free=3,
        references=("ana", "eva", "mia"),
        tiers=(0, 0, 1),
        limits=(ReducedRule(frozenset({0, 1, 2}), 1),),
        minimums=(ReducedRule(frozenset({0, 2}), 2),),
        wishes=(),
        marks=(first, second, first),
    )


def test_of_limits_on_the_same_people_the_tightest_counts() -> None:
    given = contest(3, "ana DE, eva DE, leo DE")
    members = frozenset({"ana", "eva", "leo"})
    twice = replace(given, limits=(Limit("a", members, 2), Limit("b", members, 1)))

    assert reduce_contest(twice).limits == (ReducedRule(frozenset({0, 1, 2}), 1),)


def test_in_order_keeps_those_to_start_with() -> None:
    board = reduce_contest(contest(3, "ana DE, eva DE, leo FR, mia FR, tom", "DE 1, FR 1"))

    assert in_order(board, start=(3,)) == (0, 3, 4)


def test_most_is_what_one_family_of_limits_allows() -> None:
    board = reduce_contest(contest(9, "ana a p, eva a q, leo b p, mia b q", "a 1, b 1, p 1"))

    assert most(board) == (1, 1, 2, 2)


def test_hopefuls_leave_out_whom_enough_others_lead() -> None:
    given = contest(3, "ana DE, eva DE, leo DE, mia DE x, tom DE y, ida, bob, joe, kim", "DE 2", "x 1, y 1")
    board = reduce_contest(given)

    people = find_hopefuls(board).people

    # Two in DE lead leo; two lead kim and four joe, but only where they count under no limit of their own.
    assert [board.references[person] for person in people] == [
        "ana",
        "eva",
        "mia",
        "tom",
        "ida",
        "bob",
        "joe",
    ]


def test_hopefuls_of_very_many_limits_are_compared_with_their_like_only() -> None:
    limits = [f"l{number}" for number in range(MANY + 1)]
    others = ", ".join(f"p{limit} {limit}" for limit in limits)
    given = contest(
        2,
        f"ana, bob, eva {' '.join(limits)}, leo {' '.join(limits)}, {others}",
        ", ".join(f"{limit} 1" for limit in limits),
    )

    # Ana and Bob lead all the others; of Eva, who is under very many limits, that is not seen.
    assert find_hopefuls(reduce_contest(given)).people == (0, 1, 2)


def test_score_counts_what_a_choice_is_worth() -> None:
    given = contest(4, "*sue x, ana DE | eva x, leo w | mia", "", "x 3, y 1 w2", "w 2 w3")

    assert score(given, ("ana", "leo")) == Score(-(2 + 2), 2, (1, 1, 0), -3, (0, -2))


@pytest.mark.parametrize(
    ("chosen", "wrong"),
    [
        (("ana",), ()),
        (("ana", "eva"), ("DE",)),
        (("ana", "leo", "mia"), ("places",)),
        (("nobody",), ("contenders",)),
        (("sue",), ("contenders",)),
        (("ana", "ana"), ("contenders",)),
        (("ana", "tom"), ("teams",)),
    ],
)
def test_broken_names_what_is_wrong_with_a_choice(chosen: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    given = contest(3, "*sue UK, ana DE, eva DE, leo, mia, tom +t, joe +t", "DE 1, UK 0")

    assert broken(given, chosen) == wrong


def test_what_the_seated_exceed_and_what_minimums_miss_is_counted() -> None:
    given = contest(3, "*sue DE x, *tom DE x, ana FR", "DE 1, FR 0", "x 2, y 1, z 0")

    assert exceeded(given) == (RuleCount("DE", 2, 1),)
    assert missed(given.minimums, given.seated) == (RuleCount("y", 0, 1),)


def test_minimums_of_no_weight_change_nothing() -> None:
    given = contest(1, "ana, eva x")

    assert select(replace(given, minimums=(Minimum("x", frozenset({"eva"}), 1, 0),))).chosen == ("ana",)


BETTERED = {
    "who stands first for who stands last": (contest(2, "ana, eva, leo"), (1, 2), (0, 1)),
    "for one under a full limit": (contest(2, "ana DE, eva FR, leo DE", "DE 1"), (1, 2), (0, 1)),
    "for the one under the limit only": (contest(2, "ana DE, eva DE, leo", "DE 1"), (1, 2), (0, 2)),
    "not for one whom a minimum needs": (contest(1, "ana, leo x", "", "x 1"), (1,), (1,)),
    "not for one whom a wish needs": (contest(1, "ana, leo w", "", "", "w 1"), (1,), (1,)),
    "for one who is not needed": (contest(2, "ana, eva x, leo x", "", "x 1"), (1, 2), (0, 1)),
    "like for like": (contest(2, "ana x, leo x, mia y", "", "x 1, y 1"), (1, 2), (0, 2)),
    "not for one of a team, nor one of a team for somebody": (
        contest(3, "ana, bob +t, eva +s, leo +s, mia +t"),
        (2, 3),
        (0, 2, 3),
    ),
    "and fills up": (contest(2, "ana | eva | leo", "", ""), (1,), (0, 1)),
    "from nothing": (contest(2, "ana, eva"), (), (0, 1)),
    "only one of each": (contest(2, "ana DE, bob DE, eva DE, leo DE, mia", "DE 1"), (3, 4), (0, 4)),
}


@pytest.mark.parametrize(("made", "chosen", "better"), BETTERED.values(), ids=BETTERED)
def test_a_choice_is_bettered_at_no_cost(made: Contest, chosen: Chosen, better: Chosen) -> None:
    assert bettered(reduce_contest(made), chosen) == better


@given(contests(people=9))
@settings(max_examples=80, deadline=None)
def test_the_best_choice_cannot_be_bettered_and_others_only_get_better(made: Contest) -> None:
    board = reduce_contest(made)
    best = tuple(board.references.index(reference) for reference in select(made).chosen)

    assert bettered(board, best) == best
    for count in range(len(best)):
        better = bettered(board, best[count:])
        assert board.fits(better)
        assert _score(made, board, better) >= _score(made, board, best[count:])


def _score(made: Contest, board: Reduced, chosen: Chosen) -> Score:
    return score(made, [board.references[person] for person in chosen])
