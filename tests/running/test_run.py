"""Whole runs on fakes: what is done, what is not done twice, and what is kept when something fails."""

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from pipeline.mail.base import Handover, Letter, Reply
from pipeline.messages.reading import make_templates
from pipeline.model.errors import (
    LeaseLost,
    LedgerError,
    LockHeld,
    MailRejectsUs,
    MailUnavailable,
    SheetBusy,
    SheetError,
    UnsafePlan,
    UsageError,
)
from pipeline.model.kinds import KINDS
from pipeline.model.message import State
from pipeline.model.settings import Limits, Rate, SmtpSettings
from pipeline.model.sheet import Stamp
from pipeline.planning.plan import Scope
from pipeline.planning.tally import Tally
from pipeline.planning.waits import Waits
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.resolve import list_doubts, resolve_doubt
from pipeline.running.run import Orders, plan_run, run
from tests.support.build import ANA, BEA, BEFORE, CALL, CLO, LATER, NOA, SELECTION, at
from tests.support.desk import Desk, make_desk
from tests.support.fakes import FakeMailer, blow_up

HOUR = timedelta(hours=1)
ALL_NEW = Orders(Scope(newcomers=True))


def test_a_run_sends_writes_and_reports(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, NOA)
    result = desk.run(SELECTION)
    assert (result.run_id, result.tally, result.changed, result.needs, result.exit_code) == (
        "run-1",
        Tally(sent=4),
        4,
        (),
        0,
    )
    assert desk.subjects() == [
        "ana@example.org invitation",
        "bea@example.org invitation",
        "clo@example.org waiting_list",
        "noa@example.org not_selected",
    ]
    assert desk.statuses() == {
        "ana@example.org": "Offered",
        "bea@example.org": "Offered",
        "clo@example.org": "Waiting list",
        "noa@example.org": "Ineligible",
    }


def test_running_again_with_nothing_new_does_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, NOA, "07-14 09:00 | no address | X | Manager | Yes")
    for now in (BEFORE, SELECTION):
        desk.run(now)
        before, history = [list(row) for row in desk.sheet.table], desk.history()
        desk.sheet.on_write = desk.mail.on_send = blow_up
        again = desk.run(now + HOUR)
        assert (again.run_id, again.tally, again.changed, again.exit_code) == ("", Tally(), 0, 1)
        assert (desk.sheet.table, desk.history()) == (before, history)
        desk.sheet.on_write, desk.mail.on_send = (lambda: None), (lambda _letter: None)


def test_one_line_is_logged_per_run_without_personal_data(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk(tmp_path, ANA)
    with caplog.at_level(logging.INFO, "convene"):
        desk.run(BEFORE)
        desk.run(BEFORE)
    assert caplog.messages == [
        "run-1: sent=1 deferred=0 refused=0 in_doubt=0 held=0 changed=1 needs=0",
        "nothing to do: sent=0 deferred=0 refused=0 in_doubt=0 held=0 changed=0 needs=0",
    ]


def test_only_one_run_at_a_time(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    with hold_lock(tmp_path / "state" / "lock", BEFORE), pytest.raises(LockHeld):
        desk.run(BEFORE)
    assert desk.subjects() == []


def test_an_unsafe_plan_stops_everything_until_forced(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, limits=Limits(messages_per_run=1))
    assert desk.run(BEFORE, ALL_NEW).tally.sent == 2
    desk.sheet.on_write = blow_up
    with pytest.raises(UnsafePlan, match="2 messages would go out"):
        desk.run(SELECTION)
    assert len(desk.history().posted) == 2
    desk.sheet.on_write = lambda: None
    assert desk.run(SELECTION, Orders(force=True)).tally.sent == 2


def test_a_sheet_that_lost_its_rows_is_noticed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, NOA)
    desk.run(BEFORE)
    del desk.sheet.table[2:]
    with pytest.raises(UnsafePlan, match="The sheet has 1 row; it had 4 at the last run"):
        desk.run(BEFORE)
    desk.run(BEFORE, Orders(force=True))
    assert desk.run(BEFORE).exit_code == 0


def test_a_rehearsal_does_not_write_to_real_people(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    for host, dangers in (("smtp.example.org", 1), ("127.0.0.1", 0)):
        transport = SmtpSettings(host, 25)
        mail = replace(desk.workspace.service.mail, transport=transport)
        workspace = replace(desk.workspace, service=replace(desk.workspace.service, mail=mail))
        ledger = workspace.ledger()
        assert len(plan_run(workspace, ledger, Clock(BEFORE)).dangers) == dangers
        ledger.close()


def test_start_small_and_go_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    assert desk.run(SELECTION, Orders(Scope(limit=1))).tally == Tally(sent=1)
    assert desk.statuses() == {
        "ana@example.org": "Offered",
        "bea@example.org": "Proposed: offer",
        "clo@example.org": "Proposed: waiting list",
    }
    assert desk.run(SELECTION).tally == Tally(sent=2)
    assert desk.subjects() == [
        "ana@example.org invitation",
        "bea@example.org invitation",
        "clo@example.org waiting_list",
    ]


def test_a_late_decision_for_one(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.run(BEFORE)
    reference = next(
        point.reference for point in desk.status_rows(BEFORE) if point.email == "clo@example.org"
    )
    desk.type_into("clo@example.org", "Decision", "Invite")
    result = desk.run(LATER, Orders(Scope(only=reference)))
    assert (result.tally, result.changed) == (Tally(sent=1), 1)
    assert desk.statuses() == {
        "ana@example.org": "Proposed: offer",
        "bea@example.org": "Proposed: offer",
        "clo@example.org": "Offered",
    }


# --- when something fails ----------------------------------------------------------------------------------


def test_a_sheet_that_cannot_be_written_stops_before_anything_is_recorded(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)

    def busy() -> None:
        raise SheetBusy("open in Excel")

    desk.sheet.on_write = busy
    with pytest.raises(SheetBusy):
        desk.run(BEFORE)
    assert (desk.subjects(), desk.history().posted) == ([], ())


def test_a_write_back_that_fails_is_repaired_by_the_next_run(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    calls: list[int] = []

    def fail_later() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise SheetError("disk full")

    desk.sheet.on_write = fail_later
    result = desk.run(BEFORE)
    assert (result.tally, result.changed, str(result.failure), result.exit_code) == (
        Tally(sent=1),
        0,
        "disk full",
        1,
    )
    desk.mail.on_send = blow_up
    assert desk.run(BEFORE).changed == 1
    assert desk.statuses() == {"ana@example.org": "Proposed: offer"}


@pytest.mark.parametrize(
    ("reply", "state", "tally", "exit_code"),
    [
        (Reply(Handover.DEFERRED, "450 4.2.0 later"), State.DEFERRED, Tally(sent=1, deferred=1), 75),
        (Reply(Handover.REFUSED, "550 5.1.1 no such user"), State.REFUSED, Tally(sent=1, refused=1), 1),
        (Reply(Handover.IN_DOUBT, "lost"), State.IN_DOUBT, Tally(sent=1, in_doubt=1), 1),
    ],
)
def test_one_bad_address_never_stops_the_rest(
    tmp_path: Path, reply: Reply, state: State, tally: Tally, exit_code: int
) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    desk.mail.replies["ana@example.org"] = [reply]
    result = desk.run(BEFORE)
    assert (result.tally, result.exit_code) == (tally, exit_code)
    assert [message.state for message in desk.history().posted] == [state, State.ACCEPTED]
    desk.mail.on_send = blow_up
    assert desk.run(BEFORE).tally == Tally()


def test_a_deferred_message_is_tried_again_after_half_an_hour_for_five_days(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.mail.replies["ana@example.org"] = [Reply(Handover.DEFERRED, "450 later")] * 9
    moments = [
        timedelta(),
        timedelta(minutes=29),
        timedelta(minutes=30),
        timedelta(days=4, hours=23, minutes=31),
    ]
    tallies = [desk.run(BEFORE + moment).tally for moment in moments]
    assert tallies == [Tally(deferred=1), Tally(), Tally(deferred=1), Tally(refused=1)]
    (message,) = desk.history().posted
    assert (message.state, message.reply) == (State.REFUSED, "given up, the last answer was: 450 later")
    assert desk.run(BEFORE + timedelta(days=9)).tally == Tally()


def test_letters_go_to_the_address_as_it_was_typed_and_its_spelling_makes_no_other_person(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, "07-10 09:00 | (Ana.L@Example.org) | Ana | Manager | Yes", BEA)
    desk.run(BEFORE)
    assert [letter.to for letter in desk.mail.delivered] == ["Ana.L@example.org", "bea@example.org"]
    desk.type_into("bea@example.org", "Email Address", "mailto:Bea@example.org.")
    assert desk.run(SELECTION).tally == Tally(sent=2)
    assert [letter.to for letter in desk.mail.delivered[2:]] == ["Ana.L@example.org", "Bea@example.org"]
    assert set(desk.statuses().values()) == {"Offered"}
    assert sorted(desk.history().addresses.values()) == ["ana.l@example.org", "bea@example.org"]


def test_a_deferred_message_goes_out_as_the_same_bytes(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    tried: list[Letter] = []
    desk.mail.replies["ana@example.org"] = [Reply(Handover.DEFERRED, "450 later")]
    desk.mail.on_send = tried.append
    desk.run(BEFORE)
    desk.run(BEFORE + HOUR)
    assert (len(tried), tried[0]) == (2, tried[1])


@pytest.mark.parametrize(
    ("answer", "exit_code"),
    [
        (Reply(Handover.STOPPED, "550 5.4.5 daily quota"), 75),
        (MailUnavailable("no connection"), 75),
        (MailRejectsUs("login refused"), 1),
    ],
)
def test_what_the_relay_has_against_us_stops_sending_and_keeps_everything(
    tmp_path: Path, answer: Reply | Exception, exit_code: int
) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.mail.replies["bea@example.org"] = [answer]
    result = desk.run(BEFORE)
    assert (result.tally.sent, result.exit_code, result.changed) == (1, exit_code, 3)
    assert [message.state for message in desk.history().posted] == [
        State.ACCEPTED,
        State.PREPARED,
        State.PREPARED,
    ]
    assert desk.run(BEFORE + HOUR).tally == Tally(sent=2)
    assert len(desk.subjects()) == 3


def test_a_run_can_be_stopped_between_two_messages(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    result = desk.run(BEFORE, Orders(is_stopped=lambda: len(desk.mail.delivered) == 2))
    assert (result.tally.sent, result.exit_code, result.changed) == (2, 75, 3)
    assert desk.run(BEFORE).tally == Tally(sent=1)


def test_who_changed_while_mail_was_being_sent_is_held_and_decided_anew(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, limits=Limits(read_again_after=timedelta()))

    def meddle(letter: Letter) -> None:
        if letter.to == "ana@example.org":
            desk.type_into("bea@example.org", "Decision", "Decline")

    desk.mail.on_send = meddle
    result = desk.run(SELECTION)
    assert result.tally == Tally(sent=2, held=1)
    assert desk.subjects() == ["ana@example.org invitation", "clo@example.org waiting_list"]
    assert desk.statuses()["bea@example.org"] == "Proposed: offer"
    assert desk.run(SELECTION).tally == Tally(sent=2)
    assert desk.subjects()[2:] == ["clo@example.org invitation", "bea@example.org not_selected"]


def test_a_machine_that_slept_looks_again_before_the_next_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    real, slept = time.clock_gettime, [0.0]
    monkeypatch.setattr(time, "clock_gettime", lambda clock: real(clock) + slept[0])

    def sleep(_letter: Letter) -> None:  # what time.monotonic reads stands still meanwhile
        slept[0] = 3 * 3600
        desk.type_into("bea@example.org", "Decision", "Decline")

    desk.mail.on_send = sleep
    assert desk.run(SELECTION).tally == Tally(sent=1, held=1)
    assert desk.subjects() == ["ana@example.org invitation"]


def test_a_machine_that_slept_while_another_one_ran_sends_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    theirs = Stamp("another", 5)
    real, slept = time.clock_gettime, [0.0]
    monkeypatch.setattr(time, "clock_gettime", lambda clock: real(clock) + slept[0])

    def sleep(_letter: Letter) -> None:
        slept[0] = 3 * 3600
        desk.sheet.stamp = theirs

    desk.mail.on_send = sleep
    result = desk.run(SELECTION)
    assert (result.tally.sent, type(result.failure), desk.sheet.stamp) == (1, LeaseLost, theirs)
    assert desk.subjects() == ["ana@example.org invitation"]


def test_rows_sorted_while_mail_was_being_sent_get_their_own_status(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, NOA)

    def sort(letter: Letter) -> None:
        headers, *rows = desk.sheet.table
        desk.sheet.table[:] = [headers, *reversed(rows)] if letter.to.startswith("bea") else [headers, *rows]

    desk.mail.on_send = sort
    desk.run(SELECTION)
    assert desk.statuses() == {
        "noa@example.org": "Ineligible",
        "clo@example.org": "Waiting list",
        "bea@example.org": "Offered",
        "ana@example.org": "Offered",
    }


def test_a_doubt_is_settled_by_a_person_only(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    doubt = Reply(Handover.IN_DOUBT, "connection lost")
    desk.mail.replies = {"ana@example.org": [doubt], "bea@example.org": [doubt]}
    desk.run(BEFORE)
    ana, bea = (point.reference for point in desk.status_rows(BEFORE))
    assert list_doubts(desk.workspace) == (
        f"{ana}  received to ana@example.org  since 2023-07-15 07:00  run-1  last words: connection lost",
        f"{bea}  received to bea@example.org  since 2023-07-15 07:00  run-1  last words: connection lost",
    )
    clock = Clock(BEFORE + HOUR)
    assert resolve_doubt(desk.workspace, clock, ana, send_again=False) == f"{ana}: It counts as sent."
    assert (
        resolve_doubt(desk.workspace, clock, bea, send_again=True)
        == f"{bea}: The next run sends it again, byte for byte."
    )
    with pytest.raises(UsageError, match="No message to P-NOBODY is in doubt"):
        resolve_doubt(desk.workspace, clock, "P-NOBODY", send_again=True)
    desk.run(BEFORE)
    assert desk.subjects() == [
        "ana@example.org received",
        "bea@example.org received",
        "bea@example.org received",
    ]
    assert desk.mail.delivered[1] == desk.mail.delivered[2]
    assert list_doubts(desk.workspace) == ()


class Killed(BaseException):
    """The machine lost its power."""


def _run_without_showing(desk: Desk, *orders: Orders) -> None:
    """Run and let every write after the lease fail; then let the sheet be reached again."""
    answers = iter([None])

    def fail_later() -> None:
        if next(answers, 0) == 0:
            raise SheetBusy("the sheet cannot be reached")

    desk.sheet.on_write = fail_later
    assert desk.run(SELECTION, *orders).exit_code == 75
    desk.sheet.on_write = lambda: None


@pytest.mark.parametrize("are_rows_shown", [True, False])
def test_a_stamp_that_could_not_be_closed_is_closed_by_the_next_run(
    tmp_path: Path, are_rows_shown: bool
) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    if are_rows_shown:  # the last write got as far as the rows
        desk.run(SELECTION)
        desk.sheet.stamp = Stamp(desk.history().ledger, 1, sending=True)
    else:
        _run_without_showing(desk)
    result = desk.run(LATER)
    assert (result.tally.sent, result.exit_code, result.changed) == (0, 0, 0 if are_rows_shown else 2)
    assert desk.sheet.stamp == Stamp(desk.history().ledger, desk.history().run)
    desk.sheet.on_write = blow_up
    assert desk.run(LATER).changed == 0


def test_a_stamp_stays_open_while_a_run_shows_one_person_only(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA)
    _run_without_showing(desk)
    reference = next(point.reference for point in desk.status_rows(LATER) if point.email == "ana@example.org")
    assert desk.run(LATER, Orders(Scope(only=reference))).changed == 1
    assert desk.sheet.stamp == Stamp(desk.history().ledger, 1, sending=True)


@pytest.mark.parametrize("delivered", [True, False])
def test_what_was_between_the_dot_and_the_answer_is_settled_by_evidence_only(
    tmp_path: Path, delivered: bool
) -> None:
    desk = make_desk(tmp_path, ANA, BEA)

    class DyingMailer(FakeMailer):
        def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
            commit()
            if delivered:
                desk.mail.delivered.append(letter)
            raise Killed

    dying = replace(desk.workspace, mailer=DyingMailer)
    with pytest.raises(Killed):
        run(dying, Clock(BEFORE))
    result = desk.run(BEFORE)
    first = desk.history().posted[0].state
    if delivered:  # the fake knows what it delivered
        assert (result.tally, first, result.exit_code) == (Tally(sent=1), State.ACCEPTED, 0)
    else:
        assert (result.tally, first, result.exit_code) == (Tally(sent=1, in_doubt=1), State.IN_DOUBT, 1)
    assert len(desk.subjects()) == 1 + delivered


def test_a_ledger_with_flipped_bits_sends_nothing_altered(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.mail.replies["ana@example.org"] = [MailUnavailable("down")]
    desk.run(BEFORE)
    ledger = tmp_path / "state" / "ledger.sqlite"
    with closing(sqlite3.connect(ledger, isolation_level=None)) as db:
        altered = "CAST(replace(CAST(data AS TEXT), 'Bea', 'Bee') AS BLOB)"
        db.execute(f"UPDATE messages SET data = {altered} WHERE id = 2")
    with pytest.raises(LedgerError, match="the stored letter of message 2 is not as it was written"):
        desk.run(BEFORE)
    assert "bea@example.org received" not in desk.subjects()


# --- within what the relay allows --------------------------------------------------------------------------


def test_the_days_limit_ends_a_run_well_and_the_next_goes_on_oldest_first(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, NOA, rate=Rate(per_day=3))
    first = desk.run(SELECTION)
    assert (first.tally, first.exit_code) == (Tally(sent=3, waiting=1), 75)
    assert first.waits == Waits(day=1, again=SELECTION + 24 * HOUR)
    desk.submit("08-02 08:00 | new@example.org | New | Chaplain | Yes")
    assert desk.run(SELECTION + 23 * HOUR).tally == Tally(waiting=2)
    assert desk.run(SELECTION + 25 * HOUR).tally == Tally(sent=2)
    assert desk.subjects()[3:] == ["noa@example.org not_selected", "new@example.org received"]


def test_what_is_in_doubt_counts_towards_the_days_limit(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, rate=Rate(per_day=1))
    desk.mail.replies["ana@example.org"] = [Reply(Handover.IN_DOUBT, "lost")]
    assert desk.run(BEFORE).tally == Tally(in_doubt=1, waiting=1)
    assert desk.run(BEFORE + HOUR).tally == Tally(waiting=1)


@pytest.mark.parametrize("connections", [2, 3])
def test_several_connections_send_each_message_once(tmp_path: Path, connections: int) -> None:
    lines = [f"07-10 09:{n:02} | p{n}@example.org | P{n} Doe | Manager | Yes" for n in range(30)]
    desk = make_desk(tmp_path, *lines, rate=Rate(connections=connections))
    result = desk.run(SELECTION)
    assert result.tally == Tally(sent=30)
    assert len({letter.to for letter in desk.mail.delivered}) == len(desk.mail.delivered) == 30
    assert {message.state for message in desk.history().posted} == {State.ACCEPTED}


def test_a_relay_that_stops_one_connection_stops_them_all(tmp_path: Path) -> None:
    lines = [f"07-10 09:{n:02} | p{n}@example.org | P{n} Doe | Manager | Yes" for n in range(30)]
    desk = make_desk(tmp_path, *lines, rate=Rate(connections=3))
    desk.mail.replies["p5@example.org"] = [Reply(Handover.STOPPED, "421 too much")]
    result = desk.run(SELECTION)
    assert (result.exit_code, 5 <= result.tally.sent < 20) == (75, True)
    assert desk.run(SELECTION + HOUR).tally == Tally(sent=30 - result.tally.sent)


def test_a_trial_into_the_outbox_is_not_taken_for_mail(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(BEFORE)
    desk.submit(BEA)
    mail = replace(desk.workspace.service.mail, transport=SmtpSettings("127.0.0.1", 25))
    real = replace(desk.workspace, service=replace(desk.workspace.service, mail=mail))
    with pytest.raises(UnsafePlan, match="1 message went to the local outbox only and reached nobody"):
        run(real, Clock(BEFORE))
    assert run(real, Clock(BEFORE), Orders(force=True)).tally == Tally(sent=1)
    desk.submit(CLO)
    assert run(real, Clock(BEFORE)).tally == Tally(sent=1)


def test_evidence_of_another_way_of_sending_is_none(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    mail = replace(desk.workspace.service.mail, transport=SmtpSettings("127.0.0.1", 25))

    class DyingMailer(FakeMailer):
        def send(self, letter: Letter, commit: Callable[[], None]) -> Reply:
            commit()
            raise Killed

    service = replace(desk.workspace.service, mail=mail)
    with pytest.raises(Killed):
        run(replace(desk.workspace, service=service, mailer=DyingMailer), Clock(BEFORE))

    class KnowingMailer(FakeMailer):
        def has(self, message_id: str) -> bool | None:
            return False

    result = run(replace(desk.workspace, mailer=KnowingMailer), Clock(BEFORE))
    assert result.tally == Tally(in_doubt=1)


def test_a_reply_by_date_that_has_passed_is_not_named(tmp_path: Path) -> None:
    call = replace(CALL, dates=replace(CALL.dates, reply_by=at("08-20 23:59:59")))
    body = "{% if call.reply_by %}Reply by {{ call.reply_by }}.{% else %}Please reply.{% endif %}"
    source = f"---\nsubject: x\n---\n{body}\n"
    templates = make_templates({kind: (f"{kind}.md", source) for kind in KINDS}, "<html>{{ body }}</html>")
    for now, text in ((SELECTION, b"Reply by Sunday 20 August 2023."), (at("08-25 07:00"), b"Please reply.")):
        desk = make_desk(tmp_path / text.decode()[:7], ANA, call=call)
        run(replace(desk.workspace, read_templates=lambda: templates), Clock(now))
        assert text in desk.mail.delivered[0].data


def test_while_a_run_sends_the_sheet_says_so(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    stamps: list[Stamp | None] = []
    desk.mail.on_send = lambda _letter: stamps.append(desk.sheet.stamp)
    desk.run(BEFORE)
    ledger = desk.history().ledger
    assert (stamps, desk.sheet.stamp) == ([Stamp(ledger, 1, sending=True)], Stamp(ledger, 2))


def test_where_nothing_is_sent_the_stamp_stays(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.run(SELECTION)
    before = desk.sheet.stamp
    desk.type_into("clo@example.org", "Status", "typed over")
    assert (desk.run(SELECTION).changed, desk.sheet.stamp) == (1, before)


def test_a_row_that_came_while_the_run_went_on_is_the_next_runs(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.mail.on_send = lambda _letter: desk.submit(BEA)
    desk.run(BEFORE)
    assert desk.statuses() == {"ana@example.org": "Proposed: offer", "bea@example.org": ""}
    desk.mail.on_send = lambda _letter: None
    assert desk.run(BEFORE).tally == Tally(sent=1)


def test_a_relay_that_asked_for_a_pause_gets_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.mail.replies["bea@example.org"] = [Reply(Handover.STOPPED, "550 5.4.5 daily quota")]
    assert desk.run(BEFORE).exit_code == 75
    desk.mail.on_send = blow_up
    paused = desk.run(BEFORE + timedelta(minutes=29))
    again = BEFORE + timedelta(minutes=30)
    assert (paused.tally, paused.waits, paused.exit_code) == (Tally(), Waits(stopped=2, again=again), 75)
    desk.mail.on_send = lambda _letter: None
    assert desk.run(BEFORE + HOUR).tally == Tally(sent=2)


def test_an_address_that_stops_every_run_stops_nobody_else(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO)
    desk.mail.replies["ana@example.org"] = [Reply(Handover.STOPPED, "421 too many errors")] * 9
    for day in range(3):
        desk.run(BEFORE + timedelta(days=day))
    assert desk.subjects() == ["bea@example.org received", "clo@example.org received"]


def test_five_days_are_counted_from_the_first_refusal(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.mail.replies["ana@example.org"] = [
        MailUnavailable("down"),
        Reply(Handover.DEFERRED, "450 greylisted"),
    ]
    desk.run(BEFORE)
    assert desk.run(BEFORE + timedelta(days=6)).tally == Tally(deferred=1)


def test_what_was_let_through_once_needs_no_force_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, limits=Limits(messages_per_run=1), rate=Rate(per_day=1))
    assert desk.run(BEFORE, ALL_NEW).tally == Tally(sent=1, waiting=2)
    assert desk.run(BEFORE + timedelta(days=2)).tally == Tally(sent=1, waiting=1)


def test_a_clock_that_went_wrong_blocks_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.mail.replies["ana@example.org"] = [Reply(Handover.DEFERRED, "450 later")]
    desk.run(BEFORE + timedelta(days=15))
    assert desk.run(BEFORE).tally == Tally(sent=1)


def test_a_trial_into_the_outbox_is_told_of_where_nothing_is_due(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.run(BEFORE)
    mail = replace(desk.workspace.service.mail, transport=SmtpSettings("127.0.0.1", 25))
    real = replace(desk.workspace, service=replace(desk.workspace.service, mail=mail))
    result = run(real, Clock(BEFORE))
    assert (result.exit_code, [problem.where for problem in result.needs]) == (1, ["mail"])


def test_every_doubt_stays_in_the_report(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.mail.replies["ana@example.org"] = [Reply(Handover.IN_DOUBT, "lost")]
    desk.run(BEFORE)
    result = desk.run(SELECTION)
    assert (result.tally, len(result.needs)) == (Tally(sent=1), 1)


def test_nothing_starts_after_a_stop_however_long_a_connection_was_waited_for(tmp_path: Path) -> None:
    lines = [f"07-10 09:{n:02} | p{n}@example.org | P{n} Doe | Manager | Yes" for n in range(12)]
    desk = make_desk(tmp_path, *lines, rate=Rate(connections=3))
    started, stop = [], Event()

    def slow(letter: Letter) -> None:
        started.append(stop.is_set())
        if len(started) == 3:
            stop.set()
        stop.wait(10)

    desk.mail.on_send = slow
    result = desk.run(SELECTION, Orders(is_stopped=stop.is_set))
    assert (started, result.tally.sent, result.exit_code) == ([False] * 3, 3, 75)
