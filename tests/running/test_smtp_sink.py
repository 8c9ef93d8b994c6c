"""Whole runs against Postfix's own test server, `smtp-sink`, in every bad mood that it knows."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from socket import create_connection

import pytest

from pipeline.model.errors import ConveneError, MailRejectsUs, MailUnavailable
from pipeline.model.history import Posted
from pipeline.model.message import Letter, State
from pipeline.model.settings import Rate, SmtpSettings
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.resolve import list_doubts, resolve_doubt
from pipeline.running.run import run
from pipeline.running.workspace import Workspace, open_mailer
from tests.support.build import ANA, BEA, LATER, NOA, SELECTION, at
from tests.support.desk import make_workspace, table
from tests.support.fakes import FakeMailer, FakeSheet
from tests.support.postfix import free_ports, open_folder, wait_for

pytestmark = pytest.mark.skipif(
    shutil.which("smtp-sink") is None, reason="smtp-sink is not installed (Debian package postfix)"
)

MUCH_LATER = at("08-20 07:00")


@dataclass(frozen=True)
class Sink:
    """What an `smtp-sink` was given."""

    folder: Path

    def heard(self) -> list[tuple[str, bytes]]:
        """Return the address and the bytes of every letter that came, in order of the address."""
        return sorted(map(_read_dump, self.folder.iterdir()))


def _read_dump(file: Path) -> tuple[str, bytes]:
    """Undo what `smtp-sink` adds (see its manual): headers on top, a line end below, and LF for CRLF."""
    dump = re.fullmatch(
        rb".*^X-Rcpt-Args: <([^>]*)>\nReceived: [^\n]*\n(?:\t[^\n]*\n)*(.*)\n",
        file.read_bytes(),
        re.DOTALL | re.MULTILINE,
    )
    assert dump
    return dump[1].decode(), dump[2].replace(b"\n", b"\r\n")


@dataclass(frozen=True)
class Town:
    """A call with three people, and a mail server in front of it."""

    folder: Path
    port: int
    workspace: Workspace

    @contextmanager
    def weather(self, *options: str) -> Iterator[Sink]:
        """Run `smtp-sink` with these options."""
        folder = self.folder / f"dumps-{time.monotonic_ns()}"
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
            options = ("-u", "nobody", *options)
        command = ["smtp-sink", *options, "-d", f"{folder}/%s.", f"127.0.0.1:{self.port}", "10"]
        with subprocess.Popen(command) as process:
            try:
                wait_for(self._is_up)
                yield Sink(folder)
            finally:
                process.terminate()

    def _is_up(self) -> bool:
        try:
            create_connection(("127.0.0.1", self.port), 5).close()
        except ConnectionRefusedError:
            return False
        return True

    def run(self, now: datetime, connections: int = 1, dot_timeout: float = 5.0) -> Result:
        """Run once, at a given time and with these settings of the relay."""
        relay = SmtpSettings("127.0.0.1", self.port, "none", timeout=5, dot_timeout=dot_timeout)
        service = self.workspace.service
        mail = replace(service.mail, transport=relay, rate=Rate(connections=connections))
        service = replace(service, mail=mail)
        return run(replace(self.workspace, service=service, mailer=partial(open_mailer, mail)), Clock(now))

    def posted(self) -> tuple[Posted, ...]:
        with closing(self.workspace.ledger()) as ledger:
            return ledger.history().posted

    def states(self) -> list[State]:
        return [message.state for message in self.posted()]

    def letters(self) -> list[tuple[str, bytes]]:
        """Return what `Sink.heard` is when every letter came once."""
        with closing(self.workspace.ledger()) as ledger:
            ids = tuple(message.id for message in ledger.history().posted)
            return sorted(_told(outgoing.letter) for outgoing in ledger.outgoing(ids))


def _told(letter: Letter) -> tuple[str, bytes]:
    return letter.to, letter.data


@pytest.fixture
def town() -> Iterator[Town]:
    with open_folder() as folder:
        workspace = make_workspace(folder / "call", FakeSheet(table(ANA, BEA, NOA)), FakeMailer)
        yield Town(folder, free_ports(1)[0], workspace)


def test_fair_weather_takes_every_letter_as_it_was_composed(town: Town) -> None:
    with town.weather() as sink:
        result = town.run(SELECTION)
        heard = sink.heard()

    assert (result.tally, heard) == (Tally(sent=3), town.letters())


# --- the answer to the final dot is lost ------------------------------------------------------------------


@pytest.mark.parametrize("connections", [1, 3])
def test_a_lost_answer_is_in_doubt_and_no_run_sends_it_again(town: Town, connections: int) -> None:
    with town.weather("-q", ".") as sink:
        result = town.run(SELECTION, connections)
        heard = sink.heard()
    with town.weather() as later:
        tallies = [town.run(now, connections).tally for now in (SELECTION, LATER, MUCH_LATER)]
        heard_later = later.heard()

    assert (result.tally, result.exit_code) == (Tally(in_doubt=3), 1)
    assert (heard, heard_later) == (town.letters(), [])
    assert (tallies, town.states()) == ([Tally()] * 3, [State.IN_DOUBT] * 3)


def test_a_person_who_says_send_again_has_the_same_bytes_sent_and_nothing_else(town: Town) -> None:
    with town.weather("-q", "."):
        town.run(SELECTION)
    ana, bea, noa = town.posted()
    before = town.letters()

    resolve_doubt(town.workspace, Clock(LATER), bea.reference, send_again=True)
    resolve_doubt(town.workspace, Clock(LATER), noa.reference, send_again=False)
    with town.weather() as sink:
        tallies = [town.run(now).tally for now in (LATER, MUCH_LATER)]
        heard = sink.heard()

    assert heard == [told for told in before if told[0] == bea.to]
    assert tallies == [Tally(sent=1), Tally()]
    assert town.states() == [State.IN_DOUBT, State.ACCEPTED, State.ACCEPTED]
    assert [line.partition(" ")[0] for line in list_doubts(town.workspace)] == [ana.reference]


def test_an_answer_that_comes_too_late_is_none(town: Town) -> None:
    with town.weather("-W", ".:1"):
        result = town.run(SELECTION, connections=3, dot_timeout=0.2)
    with town.weather() as later:
        tally = town.run(LATER).tally
        heard_later = later.heard()

    assert (result.tally, tally, heard_later) == (Tally(in_doubt=3), Tally(), [])
    assert {message.reply for message in town.posted()} == {"no answer in time after the final dot"}


# --- the relay surely does not have it --------------------------------------------------------------------

DEFERRED = (Tally(deferred=3), State.DEFERRED, type(None))
STOPPED = (Tally(), State.PREPARED, MailUnavailable)


@pytest.mark.parametrize(
    ("options", "ended"),
    [
        ("-r RCPT", DEFERRED),
        ("-r DATA", DEFERRED),
        ("-r .", DEFERRED),
        ("-q MAIL", DEFERRED),
        ("-q RCPT", DEFERRED),
        ("-q DATA", DEFERRED),
        ("-Q MAIL", STOPPED),
        ("-Q .", STOPPED),
        ("-f MAIL", STOPPED),
        ("-f .", STOPPED),
        ("-q CONNECT", STOPPED),
        ("-Q CONNECT", STOPPED),
        ("-q EHLO", STOPPED),
        ("-f CONNECT", (Tally(), State.PREPARED, MailRejectsUs)),
    ],
)
def test_what_was_surely_not_taken_goes_out_once_in_fair_weather(
    town: Town, options: str, ended: tuple[Tally, State, type[ConveneError | None]]
) -> None:
    with town.weather(*options.split()):
        result = town.run(SELECTION)
        states = town.states()
    with town.weather() as sink:
        tallies = [town.run(now).tally for now in (LATER, MUCH_LATER)]
        heard = sink.heard()

    assert (replace(result.tally, stopped=None), *set(states), type(result.failure)) == ended
    assert (tallies, heard) == ([Tally(sent=3), Tally()], town.letters())


@pytest.mark.parametrize("stage", ["RCPT", "."])
def test_what_every_person_was_refused_alike_goes_out_in_fair_weather(town: Town, stage: str) -> None:
    with town.weather("-B", "550 5.1.1 no such user", "-f", stage):
        result = town.run(SELECTION)
    with town.weather() as later:
        tally = town.run(LATER).tally
        heard_later = later.heard()

    assert (replace(result.tally, stopped=None), type(result.failure)) == (Tally(), MailRejectsUs)
    assert (tally, heard_later) == (Tally(sent=3), town.letters())


# --- the relay is slow ------------------------------------------------------------------------------------


def test_slow_answers_are_waited_for_on_all_connections_at_once(town: Town) -> None:
    with town.weather("-w", "1") as sink:
        begun = time.monotonic()
        result = town.run(SELECTION, connections=3)
        seconds = time.monotonic() - begun
        heard = sink.heard()

    assert (result.tally, heard) == (Tally(sent=3), town.letters())
    assert 1 <= seconds < 2
