"""A person's word on messages in doubt or refused: one by one and in bulk, and where the bytes may not go out again."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.mail.base import Handover, Reply
from pipeline.model.errors import UsageError
from pipeline.model.message import State
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.resolve import Order, list_doubts, list_refused, resolve, resolve_doubt
from tests.support.build import ANA, BEA, BEFORE, CLO, LATER, SELECTION
from tests.support.desk import Desk, make_desk

REFUSED = Reply(Handover.REFUSED, "550 5.1.1 no such user")
DOUBT = Reply(Handover.IN_DOUBT, "connection lost")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a workspace where the acknowledgement to Ana was refused, and those to Bea and Clo are in doubt."""
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.mail.replies = {
        "ana@example.org": [REFUSED],
        "bea@example.org": [DOUBT],
        "clo@example.org": [DOUBT],
    }
    desk.run(BEFORE)
    desk.mail.delivered.clear()
    return desk


def references(desk: Desk) -> list[str]:
    return [point.reference for point in desk.status_rows(BEFORE)]


def states(desk: Desk) -> list[State]:
    return [message.state for message in desk.history().posted]


def test_what_was_refused_is_listed_apart_from_what_is_in_doubt(desk: Desk) -> None:
    ana, bea, clo = references(desk)
    assert list_refused(desk.workspace) == (
        f"{ana}  received to ana@example.org  refused 2023-07-15 07:00  last words: 550 5.1.1 no such user",
    )
    assert [line.split()[0] for line in list_doubts(desk.workspace)] == [bea, clo]


def test_a_refused_message_goes_out_again_once_its_cause_is_removed(desk: Desk) -> None:
    ana, *_ = references(desk)
    assert desk.run(BEFORE).tally == Tally()
    said = resolve_doubt(desk.workspace, Clock(LATER), ana, send_again=True)
    assert said == f"{ana}: The next run sends it again, byte for byte."
    assert desk.run(BEFORE).tally == Tally(sent=1)
    assert desk.subjects() == ["ana@example.org received"]
    assert list_refused(desk.workspace) == ()


def test_a_refused_message_counts_as_sent_for_whom_was_told_another_way(desk: Desk) -> None:
    ana, *_ = references(desk)
    resolve_doubt(desk.workspace, Clock(LATER), ana, send_again=False)
    assert (states(desk)[0], len(desk.run(BEFORE).problems)) == (State.ACCEPTED, 2)


def test_a_refused_decision_is_told_again_with_its_place_kept(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    desk.mail.replies["ana@example.org"] = [REFUSED]
    desk.run(SELECTION)
    resolve(desk.workspace, Clock(SELECTION), Order(send_again=True, all_refused=True))
    assert desk.run(SELECTION).tally == Tally(sent=1)
    assert (desk.subjects()[1:], desk.statuses()["ana@example.org"]) == (
        ["ana@example.org invitation"],
        "Offered",
    )


def test_what_was_followed_by_another_message_is_settled(desk: Desk) -> None:
    desk.run(SELECTION)
    assert list_refused(desk.workspace) == ()
    ana, *_ = references(desk)
    with pytest.raises(UsageError, match=f"No message to {ana} is in doubt or refused"):
        resolve_doubt(desk.workspace, Clock(SELECTION), ana, send_again=True)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order(send_again=True, all_refused=True), [State.PREPARED, State.IN_DOUBT, State.IN_DOUBT]),
        (Order(send_again=True, all_in_doubt=True), [State.REFUSED, State.PREPARED, State.PREPARED]),
        (Order(send_again=False, all_in_doubt=True), [State.REFUSED, State.ACCEPTED, State.ACCEPTED]),
        (Order(send_again=True, all_in_doubt=True, all_refused=True), [State.PREPARED] * 3),
    ],
)
def test_one_word_for_many(desk: Desk, order: Order, expected: list[State]) -> None:
    said = resolve(desk.workspace, Clock(LATER), order)
    again = sum(state is State.PREPARED for state in expected)
    assert (states(desk), len(said)) == (
        expected,
        3 - expected.count(State.REFUSED) - expected.count(State.IN_DOUBT),
    )
    assert desk.run(BEFORE).tally == Tally(sent=again)


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (Order(send_again=True, all_refused=True), "No message is refused."),
        (Order(send_again=True, all_in_doubt=True, all_refused=True), "No message is in doubt or refused."),
    ],
)
def test_a_word_about_nothing_is_an_error(tmp_path: Path, order: Order, told: str) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(BEFORE)
    with pytest.raises(UsageError) as raised:
        resolve(desk.workspace, Clock(LATER), order)
    assert str(raised.value) == told


def test_a_row_that_has_to_be_checked_keeps_its_message_and_nobody_elses(desk: Desk) -> None:
    ana, bea, clo = references(desk)
    desk.type_into("bea@example.org", "Email Address", "bea@example.net")
    said = resolve(desk.workspace, Clock(LATER), Order(send_again=True, all_in_doubt=True))
    assert [line.partition(":")[0] for line in said] == [bea, clo]
    assert said[0].startswith(f"{bea}: The row of {bea} is missing or has to be checked first")
    assert states(desk) == [State.REFUSED, State.IN_DOUBT, State.PREPARED]
    with pytest.raises(UsageError, match="write to the person yourself and say --delivered"):
        resolve_doubt(desk.workspace, Clock(LATER), bea, send_again=True)
    resolve_doubt(desk.workspace, Clock(LATER), bea, send_again=False)
    assert (ana in "".join(said), states(desk)[1]) == (False, State.ACCEPTED)


def test_stored_bytes_go_to_the_address_that_they_were_written_for_only(desk: Desk) -> None:
    ana, *_ = references(desk)
    with closing(sqlite3.connect(desk.workspace.state / "ledger.sqlite", isolation_level=None)) as db:
        db.execute("UPDATE messages SET recipient = 'ana@example.net' WHERE id = 1")
    with pytest.raises(UsageError, match=f"The address of {ana} is another one now"):
        resolve_doubt(desk.workspace, Clock(LATER), ana, send_again=True)
    assert states(desk)[0] is State.REFUSED
