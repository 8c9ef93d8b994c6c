"""Copies for organisers: each a letter of its own, once, after the applicant's, and nobody's letter waits for one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from pipeline.mail.base import Handover, Letter, Reply
from pipeline.mail.outbox import Outbox
from pipeline.model.errors import MailUnavailable
from pipeline.model.kinds import Kind
from pipeline.model.message import State
from pipeline.model.settings import Rate
from pipeline.planning.plan import Scope
from pipeline.running.clock import Clock
from pipeline.running.erasure import erase
from pipeline.running.run import Orders
from tests.support.build import ANA, BEA, CALL, LATER, NOA, SELECTION
from tests.support.desk import Desk, make_desk
from tests.support.fakes import FakeMailer, blow_up

TEAM, BOSS = "team@example.org", "boss@example.org"
COPIED = replace(CALL, copies={Kind.INVITATION: (TEAM, BOSS)})
HOUR = timedelta(hours=1)
REFUSED, DEFERRED = Reply(Handover.REFUSED, "550 no such user"), Reply(Handover.DEFERRED, "450 busy")
IN_DOUBT = Reply(Handover.IN_DOUBT, "lost")


def recipients(desk: Desk) -> list[str]:
    return [letter.to.partition("@")[0] for letter in desk.mail.delivered]


def states(desk: Desk) -> list[State]:
    return [copy.state for copy in desk.history().copies]


def test_organisers_get_a_copy_of_each_letter_of_a_kind_after_all_letters(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, NOA, call=COPIED)
    result = desk.run(SELECTION)
    assert recipients(desk) == ["ana", "bea", "noa", "team", "boss", "team", "boss"]
    assert (result.tally.sent, result.notes, result.exit_code) == (3, (), 0)
    letter, copy = (message_from_bytes(desk.mail.delivered[at].data, policy=default) for at in (0, 3))
    assert copy["Subject"] == f"Copy for {desk.history().posted[0].reference}: {letter['Subject']}"
    assert copy["X-Convene-Copy"] == letter["X-Convene-Ref"]
    assert (copy["X-Convene-Ref"], copy["Reply-To"]) == (None, None)
    assert [part.get_payload() for part in copy.walk() if not part.is_multipart()] == [
        part.get_payload() for part in letter.walk() if not part.is_multipart()
    ]
    assert len({letter.message_id for letter in desk.mail.delivered}) == 7

    desk.mail.on_send = desk.sheet.on_write = blow_up
    assert desk.run(SELECTION + HOUR).run_id == ""


@pytest.mark.parametrize(
    ("reply", "becomes", "needs"),
    [(REFUSED, State.REFUSED, 1), (IN_DOUBT, State.IN_DOUBT, 1), (DEFERRED, State.DEFERRED, 0)],
)
def test_a_copy_that_does_not_arrive_costs_no_letter_and_is_told(
    tmp_path: Path, reply: Reply, becomes: State, needs: int
) -> None:
    desk = make_desk(tmp_path, ANA, BEA, call=replace(COPIED, copies={Kind.INVITATION: (TEAM,)}))
    desk.mail.replies = {TEAM: [reply]}
    result = desk.run(SELECTION)
    assert (result.tally.sent, result.tally.refused, result.tally.in_doubt) == (2, 0, 0)
    assert states(desk) == [becomes, State.ACCEPTED]
    assert [status for _, status in sorted(desk.statuses().items())] == ["Offered", "Offered"]
    assert len(result.notes) == (becomes is State.DEFERRED)
    again = desk.run(SELECTION + HOUR)
    assert [str(need.problem.where) for need in again.needs] == [
        "copies of “invitation” for organisers"
    ] * needs
    assert states(desk) == [State.ACCEPTED if becomes is State.DEFERRED else becomes, State.ACCEPTED]
    assert len(desk.mail.delivered) == len({letter.message_id for letter in desk.mail.delivered})


@pytest.mark.parametrize("reply", [REFUSED, DEFERRED, IN_DOUBT, MailUnavailable("away")])
def test_no_copy_leaves_of_a_letter_that_was_not_taken(tmp_path: Path, reply: Reply | Exception) -> None:
    desk = make_desk(tmp_path, ANA, BEA, call=COPIED)
    desk.mail.replies = {"bea@example.org": [reply]}
    desk.run(SELECTION)
    taken = isinstance(reply, MailUnavailable)  # then no connection works, and copies wait, too
    assert recipients(desk).count("team") == (0 if taken else 1)
    desk.run(SELECTION + HOUR)
    later = {State.ACCEPTED} if reply == DEFERRED or taken else {State.ACCEPTED, State.PREPARED}
    assert {*states(desk)} == later


def test_a_run_that_is_killed_before_its_copies_is_completed_by_the_next(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, call=COPIED)

    def die(letter: Letter) -> None:
        if letter.to == BOSS:
            raise KeyboardInterrupt

    desk.mail.on_send = die
    with pytest.raises(KeyboardInterrupt):
        desk.run(SELECTION)
    desk.mail.on_send = lambda _letter: None
    desk.run(SELECTION + HOUR)
    assert sorted(recipients(desk)) == ["ana", "boss", "team"]


class DyingMailer(FakeMailer):
    """A way of sending that ends the program between the final dot of a copy and the answer."""

    def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
        if letter.to == TEAM:
            commit()
            raise KeyboardInterrupt
        return super().send(letter, commit)


def test_a_copy_whose_answer_a_kill_lost_never_leaves_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, call=COPIED)
    dying = replace(desk, workspace=replace(desk.workspace, mailer=DyingMailer))
    with pytest.raises(KeyboardInterrupt):
        dying.run(SELECTION)
    for _ in range(2):
        desk.run(SELECTION + HOUR)
    assert recipients(desk) == ["boss"]
    assert states(desk) == [State.IN_DOUBT, State.ACCEPTED]
    assert [message.state for message in desk.history().posted] == [State.ACCEPTED]


def test_copies_count_in_the_relays_day_and_leave_after_everybody(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, NOA, call=COPIED, rate=Rate(per_day=4))
    result = desk.run(SELECTION)
    assert recipients(desk) == ["ana", "bea", "noa", "team"]
    assert result.notes == ("3 of the copies for organisers did not leave yet. The next run tries again.",)
    desk.run(SELECTION + timedelta(hours=25))
    assert recipients(desk)[4:] == ["boss", "team", "boss"]


def test_copies_are_of_those_whom_a_run_is_about(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, call=COPIED)
    desk.mail.replies = {TEAM: [DEFERRED, DEFERRED], BOSS: [DEFERRED, DEFERRED]}
    desk.run(SELECTION)
    ana, _ = (message.reference for message in desk.history().posted)
    desk.run(LATER, Orders(Scope(only=ana)))
    assert {copy.reference for copy in desk.history().copies if copy.state is State.ACCEPTED} == {ana}


def test_erasing_somebody_takes_the_copies_of_their_letters_along(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, call=COPIED)
    outbox = Outbox(tmp_path / "outbox")
    desk = replace(desk, workspace=replace(desk.workspace, mailer=lambda: outbox))
    desk.run(SELECTION)
    letters: Callable[[], list[Path]] = lambda: [*(tmp_path / "outbox").glob("new/*")]  # noqa: E731 - asked twice
    assert len(letters()) == 6
    ana, bea = (message.reference for message in desk.history().posted)
    erase(desk.workspace, Clock(LATER), ana)
    assert {copy.reference for copy in desk.history().copies} == {bea}
    assert len(letters()) == 3
    assert ana.encode() not in b"".join(path.read_bytes() for path in letters())


def test_of_whom_did_not_agree_the_text_of_no_copy_is_kept(tmp_path: Path) -> None:
    desk = make_desk(
        tmp_path, f"{ANA} > agreement=", BEA, call=replace(CALL, copies={Kind.RECEIVED: (TEAM,)})
    )
    for _ in range(2):
        desk.run(SELECTION - timedelta(days=5))
    assert [copy.is_stored for copy in desk.history().copies] == [False, True]
