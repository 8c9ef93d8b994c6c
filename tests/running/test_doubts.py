"""The breaker on doubt: a relay that goes silent, or hangs up, at the final dot."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest

from pipeline.mail.base import Handover, Letter, Reply
from pipeline.mail.smtp.replies import Stage
from pipeline.model.errors import LedgerError, TooManyDoubts
from pipeline.model.message import State
from pipeline.model.settings import Limits, Rate
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.doubts import DoubtLimit
from pipeline.running.run import run
from tests.running.test_common_trouble import counts, people, states, through
from tests.support.build import BEFORE
from tests.support.desk import make_desk
from tests.support.fakes import FakeMailer
from tests.support.relay import LOST_REPLY, Relay, Trick


@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize(
    "trick",
    [
        pytest.param(LOST_REPLY, id="reset"),
        pytest.param(Trick(Stage.DOT, delay=60, keeps=True), id="silent"),
        pytest.param(Trick(Stage.DOT, raw=b"250 O", drops=True, keeps=True), id="cut off"),
    ],
)
def test_a_relay_that_fails_at_the_dot_leaves_a_few_doubts(
    tmp_path: Path, trick: Trick, most: int, connections: int
) -> None:
    limits, rate = Limits(doubts_per_run=most), Rate(connections=connections)
    desk = make_desk(tmp_path, *people(12), limits=limits, rate=rate)
    with Relay() as relay:
        relay.play(*[trick] * 12)
        result = through(relay, desk, dot_timeout=0.2)
        assert (counts(result), result.exit_code) == (Tally(in_doubt=most), 1)
        assert (type(result.failure), sorted(states(desk))) == (
            TooManyDoubts,
            [State.IN_DOUBT] * most + [State.PREPARED] * (12 - most),
        )
        relay._book.tricks.clear()
        assert through(relay, desk).tally == Tally(sent=12 - most)
    assert len({letter.recipients for letter in relay.accepted}) == len(relay.accepted)


def test_as_many_doubts_as_allowed_stop_nothing_where_nothing_is_left(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(3))
    desk.mail.replies = {f"p{n}@example.org": [Reply(Handover.IN_DOUBT, "lost")] for n in range(3)}
    result = desk.run(BEFORE)
    assert (result.tally, result.failure) == (Tally(in_doubt=3), None)


def test_answers_give_the_turn_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(9), limits=Limits(doubts_per_run=2), rate=Rate(connections=3))
    desk.mail.replies["p1@example.org"] = [Reply(Handover.IN_DOUBT, "lost")]
    assert desk.run(BEFORE).tally == Tally(sent=8, in_doubt=1)


def test_without_doubts_all_connections_are_at_the_dot_at_once(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(3), rate=Rate(connections=3))
    meeting = Barrier(3)

    class Meeting(FakeMailer):
        def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
            commit()
            meeting.wait(10)
            return Reply(Handover.ACCEPTED, "250 taken")

    result = run(replace(desk.workspace, mailer=Meeting), Clock(BEFORE))
    assert result.tally == Tally(sent=3)


def test_a_commit_that_fails_counts_as_a_doubt() -> None:
    limit = DoubtLimit(1)

    def fail() -> None:
        with limit.turn() as turn:
            turn.begin()
            raise LedgerError("disk full")

    with pytest.raises(LedgerError):
        fail()
    with limit.turn() as turn, pytest.raises(TooManyDoubts, match="for 1 message, and sending stopped"):
        turn.begin()
