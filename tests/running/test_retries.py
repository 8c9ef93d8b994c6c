"""It retries by itself: whole runs through a relay that says “not now”, hangs up, or takes fewer connections."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.errors import MailUnavailable, StopRequested
from pipeline.model.message import State
from pipeline.model.settings import Limits, Rate
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.planning.waits import Waits
from pipeline.running.run import Orders, run
from tests.running.test_common_trouble import counts, people, states
from tests.running.test_outdated import STARTS
from tests.support.build import BEFORE, SELECTION
from tests.support.desk import Desk, make_desk
from tests.support.passing import Passing, passing
from tests.support.relay import Relay, Trick

GREYLISTED = Trick(Stage.RCPT, "450 4.2.0 Greylisted")


def through(
    relay: Relay, desk: Desk, clock: Passing, orders: Orders | None = None, **changes: float
) -> Result:
    """Run through a relay, by a clock that waiting moves on."""
    mailer = partial(SmtpMailer, relay.settings(**changes))
    return run(replace(desk.workspace, mailer=mailer), clock, orders or Orders())


def heard(relay: Relay) -> list[str]:
    return [person.partition("@")[0] for letter in relay.accepted for person in letter.recipients]


@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize(
    ("tricks", "minutes"),
    [
        pytest.param([GREYLISTED] * 5, [5], id="greylisting of everybody"),
        pytest.param([GREYLISTED] * 15, [5, 10, 5], id="a long greylist"),
        pytest.param([Trick(Stage.DOT, "451 4.3.0 later")], [5], id="put off at the dot"),
        pytest.param([Trick(Stage.DATA, drops=True)], [5], id="lost before the dot"),
        pytest.param([Trick(Stage.RCPT, drops=True)] * 2, [5], id="lost twice"),
    ],
)
def test_what_the_relay_puts_off_goes_out_within_the_run(
    tmp_path: Path, tricks: list[Trick], minutes: list[int], connections: int
) -> None:
    desk, clock = make_desk(tmp_path, *people(5), rate=Rate(connections=connections)), passing(BEFORE)
    with Relay() as relay:
        relay.play(*tricks)
        result = through(relay, desk, clock)
        assert (result.tally, result.exit_code, clock.waited) == (Tally(sent=5), 0, minutes)
        assert sorted(heard(relay)) == [f"p{n}" for n in range(5)]


@pytest.mark.parametrize(
    ("trick", "patience"),
    [
        pytest.param(Trick(Stage.CONNECT, "421 4.3.2 not now"), 5.0, id="421"),
        pytest.param(Trick(Stage.CONNECT, delay=2.0), 0.2, id="hangs"),
        pytest.param(Trick(Stage.CONNECT, drops=True), 5.0, id="reset"),
        pytest.param(Trick(Stage.MAIL, "421 4.7.0 not now"), 5.0, id="421 at MAIL"),
        pytest.param(Trick(Stage.DOT, "432 4.3.2 thread limit"), 5.0, id="432 at the dot"),
    ],
)
@pytest.mark.parametrize(("connections", "minutes"), [(1, [5]), (3, [])])
def test_a_connections_trouble_is_that_connections(
    tmp_path: Path, trick: Trick, patience: float, connections: int, minutes: list[int]
) -> None:
    """The others go on with what it had; the only one is tried again after a pause."""
    desk, clock = make_desk(tmp_path, *people(9), rate=Rate(connections=connections)), passing(BEFORE)
    with Relay() as relay:
        relay.play(trick)
        result = through(relay, desk, clock, timeout=patience)
        assert (result.tally, clock.waited) == (Tally(sent=9), minutes)
        assert sorted(heard(relay)) == [f"p{n}" for n in range(9)]


@pytest.mark.parametrize("allowed", [1, 2])
def test_fewer_connections_than_configured_are_enough(tmp_path: Path, allowed: int) -> None:
    desk, clock = make_desk(tmp_path, *people(12), rate=Rate(connections=3)), passing(BEFORE)
    with Relay() as relay:
        relay.allow(allowed)
        result = through(relay, desk, clock)
        assert (result.tally, clock.waited) == (Tally(sent=12), [])
        assert sorted(heard(relay)) == sorted(f"p{n}" for n in range(12))


def test_a_run_gives_up_in_the_end_and_the_next_goes_on(tmp_path: Path) -> None:
    told: list[str] = []
    desk, clock = make_desk(tmp_path, *people(3)), passing(BEFORE)
    with Relay() as relay:
        relay.play(Trick(Stage.CONNECT, "421 4.3.2 not now", times=4))
        result = through(relay, desk, clock, Orders(tell=told.append))
        again = BEFORE + timedelta(minutes=50)
        assert (clock.waited, result.waits, result.exit_code) == (
            [5, 10, 5],
            Waits(stopped=3, again=again),
            75,
        )
        assert isinstance(result.failure, MailUnavailable)
        assert [said.partition(" Every message is kept")[2] for said in told] == [
            "; run again later. The next attempt is in 5 minutes; Ctrl-C ends the run and loses nothing.",
            "; run again later. The next attempt is in 10 minutes; Ctrl-C ends the run and loses nothing.",
            "; run again later. The next attempt is in 5 minutes; Ctrl-C ends the run and loses nothing.",
        ]
        assert through(relay, desk, passing(again)).tally == Tally(sent=3)


def test_what_is_put_off_for_good_is_the_next_runs(tmp_path: Path) -> None:
    told: list[str] = []
    desk, clock = make_desk(tmp_path, *people(2)), passing(BEFORE)
    with Relay() as relay:
        relay.play(replace(GREYLISTED, times=0))
        result = through(relay, desk, clock, Orders(tell=told.append))
        again = BEFORE + timedelta(minutes=50)
        assert (result.tally, result.waits) == (Tally(deferred=2), Waits(put_off=2, again=again))
        assert (result.exit_code, told[0]) == (
            75,
            "The mail server put off 2 messages. The next attempt is in 5 minutes; Ctrl-C ends the run and loses "
            "nothing.",
        )
        early = through(relay, desk, passing(again - timedelta(minutes=1)))
        assert (early.tally, early.waits.put_off, early.exit_code) == (Tally(), 2, 75)


@pytest.mark.parametrize(
    ("trick", "retry_for"),
    [
        pytest.param(Trick(Stage.RCPT, "550 5.4.5 daily quota", times=0), 20, id="a quota"),
        pytest.param(Trick(Stage.MAIL, "530 5.7.0 log in", times=0), 20, id="a login"),
        pytest.param(Trick(Stage.CONNECT, "554 5.7.1 go away", times=0), 20, id="turned away"),
        pytest.param(Trick(Stage.CONNECT, "421 4.3.2 not now", times=0), 0, id="not wanted"),
        pytest.param(replace(GREYLISTED, times=0), 0, id="not wanted when put off"),
    ],
)
def test_a_run_waits_only_where_that_can_help(tmp_path: Path, trick: Trick, retry_for: int) -> None:
    desk, clock = make_desk(tmp_path, *people(2)), passing(BEFORE)
    service = desk.workspace.service
    mail = replace(service.mail, retry_for=timedelta(minutes=retry_for))
    desk = replace(desk, workspace=replace(desk.workspace, service=replace(service, mail=mail)))
    with Relay() as relay:
        relay.play(trick)
        result = through(relay, desk, clock)
    assert (result.tally.sent, clock.waited, result.exit_code != 0) == (0, [], True)


def test_who_is_put_off_holds_nobody_up_nor_takes_their_place_under_the_days_limit(tmp_path: Path) -> None:
    desk, clock = make_desk(tmp_path, *people(6), rate=Rate(per_day=4)), passing(BEFORE)
    with Relay() as relay:
        relay.play(GREYLISTED, GREYLISTED)
        result = through(relay, desk, clock)
        assert (heard(relay), clock.waited) == (["p2", "p3", "p4", "p5"], [])
        assert (result.tally, result.waits.put_off, result.exit_code) == (Tally(sent=4, deferred=2), 2, 75)


def test_a_stop_during_a_pause_ends_the_run_at_once_and_keeps_everything(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(3))
    stop: list[int] = []
    clock = passing(BEFORE, lambda: stop.append(1))
    with Relay() as relay:
        relay.play(GREYLISTED)
        result = through(relay, desk, clock, Orders(is_stopped=lambda: bool(stop)))
        assert (counts(result), type(result.failure)) == (Tally(sent=2, deferred=1), StopRequested)
        assert (result.exit_code, result.changed, clock.now()) == (75, 3, BEFORE)
        assert through(relay, desk, passing(BEFORE + timedelta(hours=1))).tally == Tally(sent=1)


def test_after_a_pause_the_sheet_is_looked_at_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(3), limits=Limits(read_again_after=timedelta()))
    clock = passing(BEFORE, lambda: desk.type_into("p0@example.org", "Decision", "Hold"))
    with Relay() as relay:
        relay.play(GREYLISTED)
        result = through(relay, desk, clock)
        assert (result.tally, heard(relay)) == (Tally(sent=2, held=1), ["p1", "p2"])


def test_a_letter_that_became_untrue_during_a_pause_is_held(tmp_path: Path) -> None:
    desk, clock = make_desk(tmp_path, *people(2)), passing(STARTS - timedelta(minutes=3))
    with Relay() as relay:
        relay.play(GREYLISTED)
        result = through(relay, desk, clock)
        assert (result.tally.sent, result.tally.held, len(result.tally.outdated)) == (1, 1, 1)
    assert states(desk) == [State.HELD, State.ACCEPTED]


def test_people_left_waiting_alike_are_put_back_and_tried_after_a_pause(tmp_path: Path) -> None:
    desk, clock = make_desk(tmp_path, *people(5)), passing(SELECTION)
    with Relay() as relay:
        relay.play(Trick(Stage.RCPT, delay=2.0, times=3))
        result = through(relay, desk, clock, timeout=0.2)
        assert (result.tally, clock.waited, result.exit_code) == (Tally(sent=5), [5], 0)
        assert heard(relay)[:2] == ["p3", "p4"]  # who was not tried yet comes first
