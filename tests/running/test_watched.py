"""Who hears of a run, however it ends: digest, alert, and a heartbeat at a real HTTP server on this machine."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from unittest.mock import Mock

import pytest

from pipeline.ledger.sqlite import Ledger
from pipeline.mail.base import Handover, Reply
from pipeline.model.errors import (
    ConfigError,
    LedgerError,
    LockHeld,
    MailRejectsUs,
    SheetBusy,
    SheetError,
    StaleLedger,
    StopRequested,
    UnsafePlan,
)
from pipeline.model.notify import Notify
from pipeline.model.settings import Rate
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.notice_record import NoticeRecord
from pipeline.running.opening import open_watched
from pipeline.running.run import Orders
from pipeline.running.watched import run_watched
from pipeline.running.workspace import Workspace, open_workspace
from tests.support.build import ANA, BEA, BEFORE, CLO, LATER, SELECTION
from tests.support.config_case import SERVICE, make_workspace
from tests.support.desk import Desk, make_desk

EVA, IVO = "eva@example.org", "ivo@example.org"
CHA = "07-09 09:00 | cha@example.org | Cha Noir | Chaplain | Yes"


class Live(Clock):
    """A clock that is set by the test, and that runs take for the machine's."""

    stands_still = False


class Monitor:
    """A monitor of heartbeats: what was asked of it, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        monitor = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                monitor.asked.append(self.path)
                self.send_response(monitor.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/secret-path"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    started = Monitor()
    yield started
    started.server.shutdown()
    started.server.server_close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))


class Told:
    """A desk whose runs are watched, with what was said on the command line."""

    def __init__(self, desk: Desk, notify: Notify) -> None:
        service = replace(desk.workspace.service, notify=notify)
        self.desk = replace(desk, workspace=replace(desk.workspace, service=service))
        self.said: list[str] = []

    def run(self, now: datetime, **orders: object) -> Result:
        return run_watched(self.desk.workspace, Live(now), Orders(tell=self.said.append, **orders))  # type: ignore[arg-type]  # fields by name

    def notices(self) -> list[tuple[str, str]]:
        """Return to whom which notice went, and its subject."""
        mails = [message_from_bytes(letter.data, policy=default) for letter in self.desk.mail.delivered]
        return [(str(mail["To"]), str(mail["Subject"])) for mail in mails if mail["X-Convene-Notice"]]


def told(folder: Path, *lines: str, rate: Rate = Rate(), **notify: object) -> Told:  # noqa: B008 - frozen
    return Told(make_desk(folder, *lines, rate=rate), Notify(**notify))  # type: ignore[arg-type]  # fields by name


# --- the digest --------------------------------------------------------------------------------------------


def test_a_digest_comes_after_a_run_with_something_to_say_and_never_twice(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, CHA, digest=(EVA, IVO))
    call.run(SELECTION)
    first = [(who, "2 letters sent, 1 thing needs you (A meeting)") for who in (EVA, IVO)]
    assert call.notices() == first
    for hours in (1, 24, 48):
        call.run(SELECTION + timedelta(hours=hours))
    assert call.notices() == first
    call.desk.submit(BEA)
    call.run(LATER)
    assert call.notices()[2:] == [(who, "1 letter sent, 1 thing needs you (A meeting)") for who in (EVA, IVO)]
    assert [letter.to for letter in call.desk.mail.delivered].index(EVA) == 2  # after the applicants'


def test_a_digest_has_nobodys_name_address_or_answer(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, CHA, "someday | x@example.org | Xi Xu | Manager | Yes", digest=(EVA,))
    call.desk.mail.replies["ana@example.org"] = [Reply(Handover.REFUSED, "550 <ana@example.org> unknown")]
    call.run(SELECTION)
    (letter,) = [each for each in call.desk.mail.delivered if each.to == EVA]
    text = letter.data.decode()
    assert "refused" in text
    for private in ("ana@", "cha@", "x@example", "Lopez", "Noir", "Xu", "Chaplain", "unknown"):
        assert private not in text


def test_a_digest_that_fails_harms_nobody_and_is_not_tried_again(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, digest=(EVA, IVO))
    call.desk.mail.replies[EVA] = [Reply(Handover.REFUSED, "550 no")]
    result = call.run(SELECTION)
    assert (result.exit_code, result.tally.sent) == (0, 1)
    assert [who for who, _ in call.notices()] == [IVO]
    assert call.said == ["The digest to 2 addresses did not reach 1: 550 no"]
    call.run(LATER)
    assert len(call.notices()) == 1


def test_notices_count_in_the_days_limit(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, rate=Rate(per_day=2), digest=(EVA,))
    call.run(SELECTION)
    call.desk.submit(BEA)
    result = call.run(SELECTION + timedelta(hours=1))
    assert (len(call.notices()), result.tally.sent, result.waits.day) == (1, 0, 1)
    assert call.said == [
        "The digest to 1 address was not sent: the day's limit (messages_per_day) is reached."
    ]
    call.run(SELECTION + timedelta(hours=25))
    assert len(call.notices()) == 2


# --- alerts ------------------------------------------------------------------------------------------------


def fail(call: Told, now: datetime, error: Exception) -> None:
    """Let a run fail where it reads the sheet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(call.desk.sheet, "read", Mock(side_effect=error))
        with pytest.raises(type(error)):
            call.run(now)


def test_an_alert_comes_once_a_day_for_one_cause(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, digest=(IVO,), alert=(EVA,))
    for hours in (0, 1, 2, 24):
        fail(call, BEFORE + timedelta(hours=hours), SheetError(f"It has {hours} rows. Look."))
    fail(call, BEFORE, SheetError("Something else."))
    assert call.notices() == [(EVA, "Convene could not run (A meeting)")] * 3
    assert b"It has 0 rows. Look." in call.desk.mail.delivered[0].data


def test_an_unsafe_plan_and_a_mistake_of_ours_are_alerted_too(tmp_path: Path) -> None:
    call = told(tmp_path, *(ANA.replace("ana@", f"a{n}@") for n in range(9)), BEA, CLO, digest=(EVA,))
    call.run(BEFORE)
    call.desk.sheet.table[2:9] = []
    with pytest.raises(UnsafePlan):
        call.run(SELECTION)
    fail(call, LATER, ZeroDivisionError("secret"))
    assert [subject for _, subject in call.notices()[1:]] == ["Convene could not run (A meeting)"] * 2
    assert b"secret" not in call.desk.mail.delivered[-1].data


def test_a_full_disk_and_an_old_copy_of_the_ledger_are_mailed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself runs out of room, and finds the folder of the day before yesterday."""
    call = told(tmp_path, ANA, alert=(EVA,))
    state = call.desk.workspace.state
    call.run(BEFORE)
    shutil.copytree(state, tmp_path / "backup")
    call.desk.submit(*(BEA.replace("bea@", f"b{number}@") for number in range(30)))

    def full(workspace: Workspace) -> Ledger:
        ledger = Ledger(workspace.ledger_path, workspace.call.id)
        ledger._db.execute("PRAGMA max_page_count = 1")  # what it has, and no page more
        return ledger

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "ledger", full)
        with pytest.raises(LedgerError):
            call.run(SELECTION, force=True)
    call.run(SELECTION, force=True)
    shutil.rmtree(state)
    shutil.copytree(tmp_path / "backup", state)
    with pytest.raises(StaleLedger):
        call.run(LATER)
    alerts = [letter.data.decode() for letter in call.desk.mail.delivered if letter.to == EVA]
    assert ["Make room on the disk" in alerts[0], "convene adopt" in alerts[1]] == [True, True]
    assert len(alerts) == 2


def test_that_mail_failed_is_not_mailed(tmp_path: Path, monitor: Monitor) -> None:
    call = told(tmp_path, ANA, digest=(EVA,), heartbeat=monitor.url)
    call.desk.mail.replies["ana@example.org"] = [MailRejectsUs("The relay wants another password.")]
    assert isinstance(call.run(SELECTION).failure, MailRejectsUs)
    assert call.notices() == []
    assert monitor.asked == ["/secret-path/start", "/secret-path/fail"]


def test_a_run_that_did_not_finish_is_alerted_besides_its_digest(tmp_path: Path, monitor: Monitor) -> None:
    call = told(tmp_path, ANA, digest=(EVA,), heartbeat=monitor.url)
    busy = SheetBusy("The workbook is open. Close it.")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(call.desk.sheet, "write", Mock(side_effect=busy))
        assert call.run(SELECTION).failure is busy
    assert [subject for _, subject in call.notices()] == [
        "1 letter sent (A meeting)",
        "The run did not finish (A meeting)",
    ]
    assert monitor.asked == ["/secret-path/start", "/secret-path/fail"]


def test_nobody_is_alerted_of_another_run_or_of_a_stop(tmp_path: Path, monitor: Monitor) -> None:
    call = told(tmp_path, ANA, alert=(EVA,), heartbeat=monitor.url)
    with hold_lock(call.desk.workspace.state / "lock", BEFORE), pytest.raises(LockHeld):
        call.run(BEFORE)
    assert monitor.asked == []
    assert isinstance(call.run(BEFORE, is_stopped=lambda: True).failure, StopRequested)
    assert (call.notices(), monitor.asked) == ([], ["/secret-path/start"])


def test_what_keeps_a_workspace_from_opening_is_alerted_as_far_as_its_files_can_be_read(
    tmp_path: Path, monitor: Monitor
) -> None:
    notify = f"notify:\n  alert: [{EVA}]\n  heartbeat: {monitor.url}\n"
    make_workspace(tmp_path, call="call: 5\n", service=SERVICE + notify)
    said: list[str] = []
    for _ in range(2):
        with pytest.raises(ConfigError):
            open_watched(tmp_path, {}, lambda: (open_workspace(tmp_path, {}), Clock()), said.append)
    letters = [path.read_bytes() for path in (tmp_path / "state" / "outbox" / "new").iterdir()]
    (mail,) = [message_from_bytes(each, policy=default) for each in letters]
    assert (mail["To"], mail["Subject"]) == (EVA, f"Convene could not run ({tmp_path.name})")
    assert monitor.asked == ["/secret-path/fail"] * 2
    assert said == []


def test_a_missing_secret_of_the_mail_is_told_by_the_heartbeat(tmp_path: Path, monitor: Monitor) -> None:
    service = SERVICE.replace("kind: outbox", "kind: smtp")
    make_workspace(tmp_path, service=f"{service}notify:\n  alert: [{EVA}]\n  heartbeat: {monitor.url}\n")
    said: list[str] = []
    with pytest.raises(ConfigError, match="SMTP_PASSWORD is not set"):
        open_watched(tmp_path, {}, lambda: (open_workspace(tmp_path, {}), Clock()), said.append)
    assert monitor.asked == ["/secret-path/fail"]
    assert said == ["The alert to 1 address was not sent: the mail settings are not right."]


# --- the heartbeat -----------------------------------------------------------------------------------------


def test_a_run_that_needs_a_person_is_a_success_and_its_address_stays_secret(
    tmp_path: Path, monitor: Monitor
) -> None:
    call = told(tmp_path, CHA, heartbeat=monitor.url)
    assert call.run(SELECTION).exit_code == 1
    assert monitor.asked == ["/secret-path/start", "/secret-path"]
    monitor.status = 500
    assert call.run(LATER).failure is None
    assert (
        call.said == ["The heartbeat was not taken: the monitor answered 500. The run is not affected."] * 2
    )
    assert monitor.url in call.desk.workspace.service.secrets
    assert monitor.url not in repr(call.desk.workspace.service)


def test_a_monitor_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, heartbeat="http://127.0.0.1:1/secret-path")
    assert call.run(SELECTION).exit_code == 0
    assert (
        call.said
        == ["The heartbeat could not be sent (ConnectionRefusedError). The run is not affected."] * 2
    )


def test_a_rehearsal_has_no_heartbeat_and_its_digest_goes_to_the_outbox_only(
    tmp_path: Path, monitor: Monitor
) -> None:
    for witness in (None, tmp_path / "witness"):
        desk = make_desk(tmp_path / str(bool(witness)), ANA, witness=witness)
        call = Told(desk, Notify((EVA,), heartbeat=monitor.url))
        run_watched(call.desk.workspace, Clock(SELECTION), Orders(force=True))
        assert len(call.notices()) == (0 if witness else 1)
    assert monitor.asked == []


# --- the record --------------------------------------------------------------------------------------------


def test_where_the_folder_cannot_be_written_the_users_own_has_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    record = NoticeRecord(state)
    alert = replace(record.read(), alerts={"cause": BEFORE.date()}, sent=((BEFORE, "smtp"),))
    state.write_text("a file where a folder should be")
    record.write(alert)
    state.unlink()
    assert NoticeRecord(state).read() == replace(alert, keys=frozenset())
    assert alert.left(BEFORE + timedelta(hours=1), "smtp") == (BEFORE,)
    assert (alert.left(LATER, "smtp"), alert.left(BEFORE, "outbox")) == ((), ())


def test_where_nothing_can_be_recorded_nothing_leaves(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, digest=(EVA,))
    (tmp_path / "home").write_text("no folder")
    record = call.desk.workspace.state / "notices.json"
    record.mkdir(parents=True)
    call.desk.workspace.state.chmod(0o700)
    assert call.run(SELECTION).tally.sent == 1
    assert call.notices() == []
    assert len(call.said) == 1
    assert call.said[0].startswith("The digest to 1 address was not sent: ")


def test_a_record_that_was_cut_off_counts_as_none(tmp_path: Path) -> None:
    call = told(tmp_path, ANA, digest=(EVA,))
    call.run(SELECTION)
    (call.desk.workspace.state / "notices.json").write_text('{"keys": [')
    call.run(LATER)
    assert len(call.notices()) == 1
