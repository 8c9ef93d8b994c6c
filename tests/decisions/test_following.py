"""Like follows like: who gives up a place is followed by somebody of the same group, where there is one."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History
from pipeline.model.places import CATEGORY, AtMost
from tests.support.build import NEW, SELECTION, carried_out, plan, responses, with_places

ROLES = {"m": "Manager", "e": "Psychologist"}


def sheet(roles: str, words: dict[int, str]) -> tuple[str, ...]:
    return tuple(
        f"07-10 09:{nth:02} | p{nth}@example.org | P{nth} X | {ROLES[role]} | Yes > decision={words.get(nth, '')}"
        for nth, role in enumerate(roles)
    )


class Play:
    """Days of a call: who has a place, by number."""

    def __init__(self, call: Call, roles: str) -> None:
        self.call, self.roles, self.words, self.day = call, roles, dict[int, str](), 0
        self.history: History = NEW
        self.run()

    def run(self, *gone: int, word: str = "Withdrawn") -> set[int]:
        """Let people give up their places; return who newly got one."""
        before = self.seated
        self.words |= dict.fromkeys(gone, word)
        made = plan(
            responses(*sheet(self.roles, self.words)),
            SELECTION + timedelta(days=self.day),
            self.history,
            self.call,
        )
        self.history, self.day = carried_out(made, self.history), self.day + 1
        return self.seated - before

    @property
    def seated(self) -> set[int]:
        numbers = {ref: int(address[1:].partition("@")[0]) for ref, address in self.history.addresses.items()}
        places = (Status.OFFERED, Status.CONFIRMED)
        return {numbers[ref] for ref, one in self.history.standings.items() if one.status in places}


FOLLOWING = with_places(capacity=2, rank_by=(), like_follows_like=CATEGORY)


@pytest.mark.parametrize(
    ("rule", "gone", "next_one"),
    [(CATEGORY, 0, 4), (CATEGORY, 1, 2), ("", 0, 2), ("country", 0, 2)],
)
def test_somebody_of_the_same_group_follows(rule: str, gone: int, next_one: int) -> None:
    play = Play(with_places(FOLLOWING, like_follows_like=rule), "meeem")
    assert play.seated == {0, 1}
    assert play.run(gone) == {next_one}
    assert play.run() == set()


def test_where_there_is_none_the_next_in_line_follows() -> None:
    play = Play(FOLLOWING, "meee")
    assert [play.run(0), play.run(1)] == [{2}, {3}]
    assert play.run() == set()


def test_a_limit_counts_for_more() -> None:
    play = Play(with_places(FOLLOWING, at_most=(AtMost(CATEGORY, 1, value="management"),)), "meem")
    assert [play.run(1), play.run(0)] == [{2}, {3}]


def test_who_was_followed_by_a_word_is_not_followed_again() -> None:
    play = Play(FOLLOWING, "memeem")
    reference = next(ref for ref, address in play.history.addresses.items() if address.startswith("p2@"))
    assert play.run(0, word=f"Replace by {reference}") == {2}
    assert play.run(1) == {3}


@given(
    st.lists(st.sampled_from("me"), min_size=3, max_size=8).map("".join),
    st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=2, unique=True), max_size=3),
)
@settings(max_examples=15, deadline=None)
def test_the_shares_stay_as_long_as_somebody_can_follow(roles: str, days: list[list[int]]) -> None:
    """The oracle counts: each who goes is followed by one of theirs, as long as there is one who was never invited."""
    play = Play(with_places(FOLLOWING, capacity=3), roles)
    invited = set(play.seated)
    for day in days:
        gone = [nth for nth in day if nth in play.seated]
        newly = play.run(*gone)
        waiting = set(range(len(roles))) - invited
        for role in "me":
            left = sum(roles[nth] == role for nth in gone)
            there = sum(roles[nth] == role for nth in waiting)
            came = sum(roles[nth] == role for nth in newly)
            assert came >= min(left, there)
        invited |= newly
        ever_gone = invited - play.seated
        assert len(play.seated) == min(3, len(roles) - len(ever_gone))
