"""What concerns everybody stops the run, not the people: whole runs through a relay that has something against us."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from pipeline.mail.base import Handover, Reply
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.errors import MailRejectsUs, MailUnavailable
from pipeline.model.message import State
from pipeline.model.settings import Rate
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.run import run
from tests.support.build import BEFORE
from tests.support.desk import Desk, make_desk
from tests.support.relay import Relay, Trick

HOUR = timedelta(hours=1)


def people(number: int) -> list[str]:
    return [f"07-10 09:{n:02} | p{n}@example.org | P{n} Doe | Manager | Yes" for n in range(number)]


def through(relay: Relay, desk: Desk, hours: int = 0, **changes: float) -> Result:
    """Run through a relay, `hours` after the first time."""
    mailer = partial(SmtpMailer, relay.settings(**changes))
    return run(replace(desk.workspace, mailer=mailer), Clock(BEFORE + hours * HOUR))


def states(desk: Desk) -> list[State]:
    return [message.state for message in desk.history().posted]


def counts(result: Result) -> Tally:
    return replace(result.tally, stopped=None)


@pytest.mark.parametrize("connections", [1, 3])
@pytest.mark.parametrize(
    ("stage", "says"),
    [
        (Stage.DOT, "554 5.7.1 looks like spam"),
        (Stage.RCPT, "550 rejected, 192.0.2.1 is on a block list"),
        (Stage.DOT, "552 5.3.4 message too big"),
        (Stage.DOT, "550 5.7.1 against our policy"),
        (Stage.RCPT, "550 5.1.1 no such user"),
        (Stage.DOT, "554 Transaction failed (id 4F1)"),
    ],
)
def test_what_is_said_of_everybody_is_booked_on_nobody(
    tmp_path: Path, stage: Stage, says: str, connections: int
) -> None:
    desk = make_desk(tmp_path, *people(9), rate=Rate(connections=connections))
    with Relay() as relay:
        relay.play(Trick(stage, says, times=0))
        result = through(relay, desk)
        assert (counts(result), states(desk), result.exit_code) == (Tally(), [State.PREPARED] * 9, 1)
        assert isinstance(result.failure, MailRejectsUs)
        assert says in str(result.failure)
        relay._book.tricks.clear()
        assert through(relay, desk).tally == Tally(sent=9)
    assert len({letter.recipients for letter in relay.accepted}) == len(relay.accepted) == 9


def test_a_relay_that_blocks_hears_one_letter_a_run(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(5))
    with Relay() as relay:
        relay.play(Trick(Stage.DOT, "554 5.7.1 looks like spam", times=0))
        for hour in range(3):
            through(relay, desk, hour)
        assert relay.commands.count("MAIL") == 3


def test_three_people_left_waiting_are_put_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(5))
    with Relay() as relay:
        relay.play(Trick(Stage.RCPT, delay=2.0, times=3))
        result = through(relay, desk, timeout=0.2)
        assert isinstance(result.failure, MailUnavailable)
        assert (counts(result), states(desk), result.exit_code) == (Tally(), [State.PREPARED] * 5, 75)
        assert {message.next_attempt for message in desk.history().posted} == {None}
        assert through(relay, desk).tally == Tally(sent=5)


def test_full_mailboxes_of_a_few_are_theirs(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(6))
    with Relay() as relay:
        for n in (0, 1, 3, 4):
            relay.play(Trick(Stage.RCPT, "552 5.2.2 mailbox full", recipient=f"p{n}@example.org"))
        result = through(relay, desk)
    assert (result.tally, result.exit_code) == (Tally(sent=2, refused=4), 1)


def test_greylisting_of_everybody_is_no_trouble(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(5))
    with Relay() as relay:
        relay.play(Trick(Stage.RCPT, "450 4.2.0 Greylisted", times=5))
        assert through(relay, desk).tally == Tally(deferred=5)
        assert through(relay, desk, 1).tally == Tally(sent=5)


def test_three_bad_addresses_in_a_row_stop_one_run_and_not_the_next(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(6))
    with Relay() as relay:
        for n in range(3):
            relay.play(Trick(Stage.RCPT, "550 5.1.1 no such user", recipient=f"p{n}@example.org", times=0))
        assert counts(through(relay, desk)) == Tally()
        assert through(relay, desk, 1).tally == Tally(sent=3, refused=3)
        assert through(relay, desk, 2).tally == Tally()
    assert states(desk) == [State.REFUSED] * 3 + [State.ACCEPTED] * 3


def test_a_letter_that_alone_looks_like_spam_stops_one_run_and_not_the_next(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(4))
    with Relay() as relay:
        relay.play(Trick(Stage.DOT, "554 5.7.1 spam", recipient="p1@example.org", times=0))
        assert counts(through(relay, desk)) == Tally(sent=1)
        assert through(relay, desk, 1).tally == Tally(sent=2, refused=1)


def test_who_was_put_off_before_waits_no_longer_for_what_was_put_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, *people(3))
    silence = Reply(Handover.DEFERRED, "no answer in time", "no answer in time")
    later = Reply(Handover.DEFERRED, "450 later")
    desk.mail.replies = {
        "p0@example.org": [later, silence, later],
        "p1@example.org": [silence, silence],
        "p2@example.org": [silence, silence],
    }
    desk.run(BEFORE)
    stopped = desk.run(BEFORE + HOUR)
    assert (counts(stopped), stopped.exit_code) == (Tally(), 75)
    # Five days are counted from the first time that it was really put off.
    assert desk.run(BEFORE + timedelta(days=5)).tally == Tally(sent=2, refused=1)


@pytest.mark.parametrize("is_offered", [True, False])
def test_an_address_that_the_relay_cannot_spell_is_one_persons_matter(
    tmp_path: Path, is_offered: bool
) -> None:
    lines = [f"07-10 09:{n:02} | jürgen{n}@example.org | Jürgen Doe | Manager | Yes" for n in range(4)]
    desk = make_desk(tmp_path, *lines[:3], *people(2))
    with Relay(utf8=is_offered) as relay:
        result = through(relay, desk)
        assert result.tally == (Tally(sent=5) if is_offered else Tally(sent=2, refused=3))
        assert (result.exit_code, len(result.needs)) == ((0, 0) if is_offered else (1, 3))
        said = "it was refused: not sent: the address has letters that need a mail server with SMTPUTF8, and this one"
        assert all(problem.what.startswith(said) for problem in result.needs)
    if not is_offered:
        with Relay(utf8=True) as relay:
            desk.type_into("jürgen0@example.org", "Decision", "Send again")
            assert through(relay, desk).tally == Tally(sent=1)
            assert [letter.recipients for letter in relay.accepted] == [("jürgen0@example.org",)]
