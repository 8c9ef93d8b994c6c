"""Letters to oneself: through the relay, in its day, and on no record but that."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.mail.base import Handover, Reply
from pipeline.model.errors import LockHeld, MailUnavailable, UsageError
from pipeline.model.message import Kind
from pipeline.model.settings import Rate
from pipeline.running.clock import Clock
from pipeline.running.erasure import erase
from pipeline.running.lock import hold_lock
from pipeline.running.notice_record import NoticeRecord
from pipeline.running.send_test import Trial, send_test
from tests.running.test_erasure import WHO, Folder, RealClock
from tests.support.build import ANA, BEA, BEFORE, CALL, LATER
from tests.support.desk import Desk, make_desk

ME = "me@example.org"


def given(desk: Desk, *kinds: Kind, reference: str = "", language: str = "") -> tuple[int, tuple[str, ...]]:
    return send_test(desk.workspace, Clock(BEFORE), Trial(ME, kinds, reference, language))


def test_a_test_leaves_marked_counts_in_the_day_and_is_on_no_record(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, rate=Rate(per_day=len(CALL.messages) + 1))
    desk.run(BEFORE)
    history, table, writes = desk.history(), [list(row) for row in desk.sheet.table], desk.sheet.writes
    reference = next(iter(history.addresses))
    assert given(desk) == (len(CALL.messages), ())
    assert given(desk, Kind.INVITATION, reference=reference) == (1, ())
    mine = [letter for letter in desk.mail.delivered if letter.to == ME]
    assert len(mine) == len({letter.message_id for letter in mine}) == len(CALL.messages) + 1
    assert all(b"\r\nSubject: [Test] " in letter.data for letter in mine)
    assert (desk.history(), desk.sheet.table, desk.sheet.writes) == (history, table, writes)
    told = NoticeRecord(desk.workspace.state).read()
    assert len(told.left(datetime.now(UTC), desk.workspace.service.mail.via)) == len(mine)
    with pytest.raises(MailUnavailable, match=r"no room for \d+ more letters"):
        given(desk)


def test_what_the_relay_does_not_take_is_told(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA)
    desk.mail.replies[ME] = [Reply(Handover.REFUSED, "550 no")]
    assert given(desk, Kind.RECEIVED, Kind.DELAYED) == (1, ("550 no",))


def test_what_cannot_be_tried_is_refused_and_nothing_leaves(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, call=replace(CALL, messages={Kind.RECEIVED: "received.md"}))
    with pytest.raises(UsageError, match="This call has no letter invitation"):
        given(desk, Kind.INVITATION)
    with pytest.raises(UsageError, match="Letters are in en, not in fr"):
        given(desk, language="fr")
    with hold_lock(desk.workspace.state / "lock", BEFORE), pytest.raises(LockHeld):
        given(desk)
    assert (desk.mail.delivered, NoticeRecord(desk.workspace.state).read().sent) == ([], ())


def test_a_test_in_the_outbox_is_erased_with_whom_it_shows(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.run(BEFORE)
    reference = str(folder.cells()["Reference"])
    send_test(folder.workspace, RealClock(BEFORE), Trial(ME, (Kind.RECEIVED,), reference))
    erase(folder.workspace, RealClock(LATER), WHO)
    assert {name.partition(" ")[0] for name in folder.traces()} == {str(folder.path)}
    with closing(folder.workspace.ledger()) as ledger:
        assert len(ledger.history().posted) == 1
