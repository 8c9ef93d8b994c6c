"""A person's word on messages in doubt or refused: one by one and in bulk, and where the bytes may not go out again."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.mail.base import Handover, Reply
from pipeline.model.errors import UsageError
from pipeline.model.message import State
from pipeline.planning.plan import Scope
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.resolve import Order, list_doubts, list_refused, resolve, resolve_doubt
from pipeline.running.run import Orders, plan_run
from tests.support.build import ANA, BEA, BEFORE, CALL, CLO, LATER, SELECTION, at
from tests.support.desk import Desk, make_desk
from tests.support.fakes import blow_up

REFUSED = Reply(Handover.REFUSED, "550 5.1.1 no such user")
SOON = at("07-16 07:00")
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
        f"{ana}  received to ana@example.org  refused 2023-07-15 07:00  run-1  last words: 550 5.1.1 no such user",
    )
    assert [line.split()[0] for line in list_doubts(desk.workspace)] == [bea, clo]


def test_a_refused_message_goes_out_again_once_its_cause_is_removed(desk: Desk) -> None:
    ana, *_ = references(desk)
    assert desk.run(BEFORE).tally == Tally()
    said = resolve_doubt(desk.workspace, Clock(SOON), ana, send_again=True)
    assert said == f"{ana}: The next run sends it again, byte for byte."
    assert desk.run(BEFORE).tally == Tally(sent=1)
    assert desk.subjects() == ["ana@example.org received"]
    assert list_refused(desk.workspace) == ()


def test_a_refused_message_counts_as_sent_for_whom_was_told_another_way(desk: Desk) -> None:
    ana, *_ = references(desk)
    resolve_doubt(desk.workspace, Clock(SOON), ana, send_again=False)
    assert (states(desk)[0], len(desk.run(BEFORE).needs)) == (State.ACCEPTED, 2)


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
    said = resolve(desk.workspace, Clock(SOON), order)
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
        resolve(desk.workspace, Clock(SOON), order)
    assert str(raised.value) == told


def test_a_row_that_has_to_be_checked_keeps_its_message_and_nobody_elses(desk: Desk) -> None:
    ana, bea, clo = references(desk)
    desk.type_into("bea@example.org", "Email Address", "bea@example.net")
    said = resolve(desk.workspace, Clock(SOON), Order(send_again=True, all_in_doubt=True))
    assert [line.partition(":")[0] for line in said] == [bea, clo]
    assert said[0].startswith(f"{bea}: The row of {bea} is missing or has to be checked first")
    assert states(desk) == [State.REFUSED, State.IN_DOUBT, State.PREPARED]
    with pytest.raises(UsageError, match="write to the person yourself and say --delivered"):
        resolve_doubt(desk.workspace, Clock(SOON), bea, send_again=True)
    resolve_doubt(desk.workspace, Clock(SOON), bea, send_again=False)
    assert (ana in "".join(said), states(desk)[1]) == (False, State.ACCEPTED)


def test_where_the_address_was_corrected_a_new_one_is_written_and_the_ledger_says_why(tmp_path: Path) -> None:
    """The case before the @ mattered to the relay: the same person, spelled otherwise."""
    desk = make_desk(tmp_path, ANA)
    desk.mail.replies["ana@example.org"] = [REFUSED]
    desk.run(BEFORE)
    desk.type_into("ana@example.org", "Email Address", "Ana@example.org")
    (ana,) = references(desk)
    said = resolve_doubt(desk.workspace, Clock(SOON), ana, send_again=True)
    assert said == f"{ana}: The next run writes a new one, for the address is another one now."
    assert desk.run(SOON).tally == Tally(sent=1)
    old, new = desk.history().posted
    assert (old.state, old.reply) == (
        State.REPLACED,
        "a new one takes its place: the address is another one now",
    )
    assert (new.state, new.revision, new.to) == (State.ACCEPTED, 2, "Ana@example.org")
    assert desk.run(SOON).tally == Tally()


DUE = replace(CALL, dates=replace(CALL.dates, reply_by=at("08-08 23:59:59")))


def invited(folder: Path, answer: Reply) -> Desk:
    """Return a workspace where the invitation to Ana ended so, with her place kept."""
    desk = make_desk(folder, ANA, BEA, CLO, call=DUE)
    desk.mail.replies["ana@example.org"] = [answer]
    desk.run(SELECTION)
    desk.mail.delivered.clear()
    return desk


@pytest.mark.parametrize("answer", [REFUSED, DOUBT])
def test_what_is_no_longer_true_is_written_anew_and_the_place_is_kept(tmp_path: Path, answer: Reply) -> None:
    desk = invited(tmp_path, answer)
    resolve(desk.workspace, Clock(LATER), Order(send_again=True, all_refused=True, all_in_doubt=True))
    assert desk.run(LATER).tally == Tally(sent=1)
    assert desk.subjects() == ["ana@example.org invitation"]
    assert [
        (message.state, message.revision) for message in desk.history().posted if message.to[0] == "a"
    ] == [
        (State.REPLACED, 1),
        (State.ACCEPTED, 2),
    ]
    assert desk.statuses() == {
        "ana@example.org": "Offered",
        "bea@example.org": "Offered",
        "clo@example.org": "Waiting list",
    }


def test_a_new_one_waits_while_its_person_is_on_hold_and_ends_with_the_place(tmp_path: Path) -> None:
    desk = invited(tmp_path, REFUSED)
    resolve(desk.workspace, Clock(LATER), Order(send_again=True, all_refused=True))
    desk.type_into("ana@example.org", "Decision", "Hold")
    assert desk.run(LATER).tally == Tally()
    desk.type_into("ana@example.org", "Decision", "Withdrawn")
    assert desk.run(LATER).tally == Tally(sent=1)
    assert desk.subjects() == ["clo@example.org invitation"]


def test_nothing_is_sent_again_once_the_meeting_has_begun(tmp_path: Path) -> None:
    desk = invited(tmp_path, REFUSED)
    (ana, *_), begun = references(desk), Clock(CALL.dates.starts)
    with pytest.raises(UsageError, match=f"Nothing is sent to {ana} again: the meeting has begun"):
        resolve_doubt(desk.workspace, begun, ana, send_again=True)
    assert (
        "the meeting has begun" in resolve(desk.workspace, begun, Order(send_again=True, all_refused=True))[0]
    )
    assert resolve_doubt(desk.workspace, begun, ana, send_again=False) == f"{ana}: It counts as sent."


@pytest.mark.parametrize(
    ("order", "settled"),
    [
        (Order(send_again=True, kind="received"), "rdd"),
        (Order(send_again=True, kind="invitation"), ""),
        (Order(send_again=True, reason="No Such User"), "r"),
        (Order(send_again=True, run=1), "rdd"),
        (Order(send_again=True, run=2), ""),
        (Order(send_again=True, all_in_doubt=True, kind="received"), "dd"),
        (Order(send_again=True, all_in_doubt=True, reason="550"), ""),
        (Order(send_again=False, kind="received"), "dd"),
        (Order(send_again=False, reason="lost", run=1), "dd"),
    ],
)
def test_a_word_for_all_of_a_kind_a_reason_or_a_run(desk: Desk, order: Order, settled: str) -> None:
    if not settled:
        with pytest.raises(UsageError, match="No message that fits is in doubt"):
            resolve(desk.workspace, Clock(SOON), order)
        return
    assert len(resolve(desk.workspace, Clock(SOON), order)) == len(settled)
    kept = {"r": State.REFUSED, "d": State.IN_DOUBT}
    assert sum(state in kept.values() for state in states(desk)) == 3 - len(settled)
    assert {kept[each] in states(desk) for each in settled} == {False}


# --- by a word in the sheet --------------------------------------------------------------------------------


def test_send_again_in_the_sheet_sends_once_and_no_third_time(desk: Desk) -> None:
    """What the cell still says tomorrow sends nothing, also where the message is refused again."""
    desk.type_into("ana@example.org", "Decision", "Send again")
    desk.mail.replies["ana@example.org"] = [REFUSED]
    first = [letter.data for letter in desk.mail.delivered]
    assert desk.run(SOON).tally == Tally(refused=1)
    assert desk.run(SOON).tally == Tally()
    desk.type_into("ana@example.org", "Decision", "")
    desk.run(SOON)
    desk.type_into("ana@example.org", "Decision", "Send again")
    assert desk.run(SOON).tally == Tally(sent=1)
    assert [desk.run(SOON).tally for _ in range(2)] == [Tally()] * 2
    assert (first, len(desk.mail.delivered)) == ([], 1)
    assert desk.run(SELECTION).tally.sent == 3  # the decision is told, and the word stands in its way no more
    assert set(desk.statuses().values()) == {"Offered", "Waiting list"}


def test_a_word_that_still_stands_there_is_not_about_a_later_message(desk: Desk) -> None:
    desk.type_into("ana@example.org", "Decision", "Send again")
    desk.run(SOON)
    desk.mail.replies["ana@example.org"] = [REFUSED]
    desk.run(SELECTION)
    assert desk.run(SELECTION).tally == Tally()
    assert list_refused(desk.workspace)[0].split()[1] == "invitation"
    point = next(point for point in desk.status_rows(SELECTION) if point.email == "ana@example.org")
    assert "“Send again” was there before and is followed once." in point.reason


def test_delivered_in_the_sheet_settles_and_sends_nothing(desk: Desk) -> None:
    for name in ("ana", "bea"):
        desk.type_into(f"{name}@example.org", "Decision", "delivered")
    desk.mail.on_send = blow_up
    result = desk.run(SOON)
    assert (result.tally, len(result.needs)) == (Tally(), 1)
    assert states(desk) == [State.ACCEPTED, State.ACCEPTED, State.IN_DOUBT]
    assert desk.statuses()["ana@example.org"] == "Proposed: offer"


def test_a_word_where_nothing_is_to_be_settled_says_so_and_changes_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(BEFORE)
    desk.type_into("ana@example.org", "Decision", "Send again")
    assert (desk.run(SOON).tally, desk.statuses()) == (Tally(), {"ana@example.org": "Proposed: offer"})
    (point,) = desk.status_rows(SOON)
    assert point.reason.endswith("decides nothing: no message to this person is in doubt or refused.")
    desk.sheet.on_write = blow_up
    assert desk.run(SOON).run_id == ""


def test_a_run_for_one_person_heeds_only_their_word(desk: Desk) -> None:
    ana, *_ = references(desk)
    for name in ("ana", "bea"):
        desk.type_into(f"{name}@example.org", "Decision", "Send again")
    assert desk.run(SOON, Orders(Scope(only=ana))).tally == Tally(sent=1)
    assert desk.run(SOON).tally == Tally(sent=1)


def test_a_plan_shows_what_a_word_would_send_and_settles_nothing(desk: Desk) -> None:
    desk.type_into("ana@example.org", "Decision", "Send again")
    with closing(desk.workspace.ledger()) as ledger:
        plan = plan_run(desk.workspace, ledger, Clock(SOON))
    assert ([message.to for message in plan.resumed], plan.is_empty) == (["ana@example.org"], False)
    assert states(desk)[0] is State.REFUSED
