"""The form, the organisers and Convene play against each other on one Google spreadsheet, in any order.

People act between runs, and in the gap between Convene's reading again and its writing. Whatever they did:
no status stands in a wrong row, no cell but Convene's was ever written, nobody is written to twice.
"""

from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.google_fake import FakeGoogle
from tests.support.google_fake.acts import MUDDLING, Act, acts
from tests.support.google_play import MOVING, Play
from tests.support.rounds import LONG, SHORT, play

MEANWHILE = acts() | acts(MOVING)
"""What people do while a run goes on: above all what moves rows."""

MOVES = tuple(name for name in MOVING if name not in MUDDLING)


class Machine(RuleBasedStateMachine):
    """A play, drawn by hypothesis."""

    google: ClassVar[FakeGoogle]

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(self.google)

    def teardown(self) -> None:
        try:
            self.play.come_to_rest()
            self.play.check()
        finally:
            self.play.close()

    @initialize(
        people=st.lists(acts(("submit",)), min_size=2, max_size=4), tidy=st.booleans(), is_new=st.booleans()
    )
    def open_the_form(self, people: list[Act], *, tidy: bool, is_new: bool) -> None:
        self.play.cast.tidy = tidy
        self.play.open_the_form(people)
        if not is_new:
            self.play.run()

    @rule(act=acts())
    def somebody_acts(self, act: Act) -> None:
        self.play.cast.do(act)

    @rule()
    def convene_runs(self) -> None:
        self.play.run()

    @rule(
        news=st.lists(acts(("submit", "submit", "edit", "decide")), min_size=1, max_size=2),
        early=st.dictionaries(st.integers(0, 4), MEANWHILE, max_size=1),
        gap=st.lists(MEANWHILE, min_size=1, max_size=2),
    )
    def convene_runs_while_people_act(self, news: list[Act], early: dict[int, Act], gap: list[Act]) -> None:
        self.play.run_meanwhile(news, early, gap)

    @rule(
        news=st.lists(acts(("submit", "submit again", "edit")), min_size=1, max_size=2),
        gap=st.lists(acts(MOVES), min_size=1, max_size=2),
        killed_at=st.integers(0, 9),
    )
    def convene_is_killed_while_people_act(self, news: list[Act], gap: list[Act], killed_at: int) -> None:
        """Die before an answer is looked at; what stands in wrong rows is the next run's to put right."""
        self.play.run_meanwhile(news, {}, gap, killed_at)
        self.play.run()

    @rule()
    def the_day_of_selection_comes(self) -> None:
        self.play.day_of_selection()

    @invariant()
    def no_cell_but_convenes_is_written(self) -> None:
        self.play.check_that_no_cell_but_convenes_is_written()

    @invariant()
    def nothing_is_asked_for_that_moves_rows(self) -> None:
        self.play.check_that_nothing_is_asked_for_that_moves_rows()


def test_everybody_edits_at_once(google: FakeGoogle) -> None:
    Machine.google = google
    play(Machine, 8, SHORT)


@pytest.mark.slow
def test_everybody_edits_at_once_for_long(google: FakeGoogle) -> None:
    Machine.google = google
    play(Machine, 20, LONG)
