"""Killed at every step of a run, the next run completes it: no message twice, none missing.

Some of the steps are tried, other ones each time, as many as there is time for.
"""

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest

from pipeline.commands.demo_call.people import WorkbookHands
from pipeline.intake.rows import read_entries
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.outbox import Outbox
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.kinds import NOTICES
from pipeline.model.message import State
from pipeline.model.settings import SmtpSettings
from pipeline.planning.choice import Pick
from pipeline.running.approve import approve
from pipeline.running.clock import Clock
from pipeline.running.run import plan_run
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.build import ANA, BEA, CALL, CLO, NOA, SELECTION
from tests.support.desk import DRESSING, make_workspace, table
from tests.support.fakes import FakeMailer
from tests.support.killer import COUNT
from tests.support.relay import Relay, Trick
from tests.support.rounds import BRIEFLY_OR_LONG, LONG, places

PEOPLE = {
    "ana@example.org": "Offered",
    "bea@example.org": "Offered",
    "clo@example.org": "Waiting list",
    "noa@example.org": "Ineligible",
}


class Killer:
    """The killing program, and the folder it works in."""

    def __init__(self, folder: Path, program: "subprocess.Popen[str]") -> None:
        self.folder, self.program = folder, program
        headers, *rows = table(ANA, BEA, CLO, NOA)
        self.original, self.witness = folder.parent / "original.xlsx", folder.with_name("witness")
        create_workbook(self.original, tuple(map(str, headers)), rows)

    def start_over(self) -> None:
        """Begin anew: the form's workbook, no ledger, and no witness of one."""
        for there in (self.folder, self.witness):
            shutil.rmtree(there, ignore_errors=True)
        self.folder.mkdir()
        shutil.copy(self.original, self.folder / "responses.xlsx")

    def keep(self) -> None:
        """Keep the folder and its witness as they stand."""
        for there in (self.folder, self.witness):
            shutil.copytree(there, there.with_name(f"{there.name} kept"))

    def go_back(self) -> None:
        """Go back to what was kept."""
        for there in (self.folder, self.witness):
            shutil.rmtree(there)
            shutil.copytree(there.with_name(f"{there.name} kept"), there)

    def run(self, step: int = 0, minutes: int = 0) -> bool:
        """Run once, killed before `step`; return whether it came so far. It is not refused."""
        answer = self.ask(step, minutes)
        assert answer in {"killed", "done"}, step
        return answer == "killed"

    def ask(self, step: int = 0, minutes: int = 0) -> str:
        """Run once, killed before `step`; return how it ended."""
        assert self.program.stdin
        assert self.program.stdout
        self.program.stdin.write(f"{step} {minutes}\n")
        self.program.stdin.flush()
        return self.program.stdout.readline().strip()

    def steps(self) -> int:
        """Run once to the end; return how many steps that took."""
        return int(self.ask(COUNT))

    def in_doubt(self) -> list[str]:
        """Return the addresses whose message is in doubt."""
        with closing(Ledger(self.folder / "state" / "ledger.sqlite", CALL.id)) as ledger:
            posted = ledger.history().posted
        assert {message.state for message in posted} <= {State.ACCEPTED, State.IN_DOUBT}
        return [message.to for message in posted if message.state is State.IN_DOUBT]

    def statuses(self) -> dict[str, str]:
        snapshot = Workbook(self.folder / "responses.xlsx", "", DRESSING).read()
        entries = read_entries(snapshot, CALL)
        return {entry.response.address: entry.own.status for entry in entries if entry.response}

    def is_finished(self) -> bool:
        """Whether another run would do nothing."""
        sheet = Workbook(self.folder / "responses.xlsx", "", DRESSING)
        workspace = make_workspace(self.folder, sheet, FakeMailer)
        with closing(workspace.ledger()) as ledger:
            return plan_run(workspace, ledger, Clock(SELECTION)).is_empty


@contextmanager
def killer(folder: Path, port: int) -> Iterator[Killer]:
    arguments = [sys.executable, "-m", "tests.support.killer", str(folder), str(port)]
    root = Path(__file__).parent.parent.parent
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, cwd=root, stdin=pipe, stdout=pipe, text=True) as program:
        yield Killer(folder, program)


TROUBLE = (
    Trick(Stage.CONNECT, "421 4.3.2 not now"),
    Trick(Stage.RCPT, "450 4.2.0 greylisted"),
    Trick(Stage.DOT, "451 4.3.0 later"),
)
"""What a run gets over by itself, with pauses."""


@BRIEFLY_OR_LONG
@pytest.mark.parametrize("tricks", [TROUBLE, ()], ids=["trouble", "fair weather"])
def test_killed_before_any_step_nothing_is_sent_twice_or_lost_through_a_relay(
    tmp_path: Path, seconds: float, tricks: tuple[Trick, ...]
) -> None:
    with Relay() as relay, killer(tmp_path / "call", relay.port) as run:
        run.start_over()
        relay.play(*tricks)
        for step in places(run.steps(), seconds):
            run.start_over()
            before = len(relay.accepted)
            relay.play(*tricks)
            run.run(step)
            run.run(minutes=60)
            heard = Counter(person for letter in relay.accepted[before:] for person in letter.recipients)
            in_doubt = run.in_doubt()
            assert len(in_doubt) <= 1, step
            assert {person: 1 for person in PEOPLE if person not in in_doubt} | {
                person: heard[person] for person in in_doubt if heard[person]
            } == heard, step
            assert max(heard.values()) == 1, step
            assert run.statuses() == PEOPLE, step
            assert run.is_finished(), step


@pytest.mark.slow
def test_a_backup_from_any_step_sends_nothing_again_and_refuses_only_then(tmp_path: Path) -> None:
    """The folder as a kill leaves it is the backup; it is put back when the mail has gone out, and before."""
    answers = Counter[str]()
    with Relay() as relay, killer(tmp_path / "call", relay.port) as run:
        run.start_over()
        steps = run.steps()
        for step in chain((1, steps), places(steps, LONG)):
            run.start_over()
            before = len(relay.accepted)
            run.run(step)
            backup = shutil.copytree(run.folder, tmp_path / "backup")
            run.run(minutes=60)
            shutil.rmtree(run.folder)
            backup.rename(run.folder)
            answers[run.ask(minutes=120)] += 1
            heard = Counter(person for letter in relay.accepted[before:] for person in letter.recipients)
            assert max(heard.values()) == 1, step
    assert answers["refused"] > 0
    assert answers["done"] > 0  # nothing had left since


@pytest.mark.slow
def test_killed_before_any_step_nothing_is_in_doubt_in_the_outbox(tmp_path: Path) -> None:
    with killer(tmp_path / "call", 0) as run:
        run.start_over()
        for step in places(run.steps(), LONG):
            run.start_over()
            run.run(step)
            run.run()
            assert run.in_doubt() == [], step
            assert len(list((run.folder / "outbox" / "new").iterdir())) == len(PEOPLE), step
            assert run.statuses() == PEOPLE, step
            assert run.is_finished(), step
    assert Outbox(run.folder / "outbox").check()


@BRIEFLY_OR_LONG
def test_killed_while_an_organisers_word_is_followed_it_is_obeyed_once(
    tmp_path: Path, seconds: float
) -> None:
    """`Send again` after a refusal, and the word stays in the cell."""
    with Relay() as relay, killer(tmp_path / "call", relay.port) as run:
        run.start_over()
        relay.play(Trick(Stage.RCPT, "550 5.1.1 no such user", recipient="ana@example.org"))
        run.run()
        WorkbookHands(run.folder / "responses.xlsx").decide({"ana@example.org": "Send again"})
        run.keep()
        for step in places(run.steps(), seconds):
            run.go_back()
            count = len(relay.accepted)
            run.run(step)
            for hour in (1, 2):
                run.run(minutes=60 * hour)
            heard = [letter.recipients for letter in relay.accepted[count:]]
            assert heard in ([("ana@example.org",)], [] if run.in_doubt() else None), step
            assert run.statuses() == PEOPLE, step
            assert run.is_finished(), step


@pytest.mark.slow
def test_killed_between_the_two_letters_of_a_place_that_passes_on_the_other_one_follows(
    tmp_path: Path,
) -> None:
    """The step is looked for: before it nobody was told, behind it both were. All ends alike."""
    passed = PEOPLE | {"ana@example.org": "Cancelled", "clo@example.org": "Offered"}
    with Relay() as relay, killer(tmp_path / "call", relay.port) as run:
        run.start_over()
        run.run()
        WorkbookHands(run.folder / "responses.xlsx").decide({"ana@example.org": "Replace by clo@example.org"})
        run.keep()
        first, last, told = 1, run.steps(), 0
        while told != 1:
            step = (first + last) // 2
            assert first < step < last, "there is no moment between the two"
            run.go_back()
            count = len(relay.accepted)
            run.run(step)
            told = len(relay.accepted) - count
            first, last = (first, step) if told else (step, last)
            for hour in (1, 2):
                run.run(minutes=60 * hour)
            heard = Counter(person for letter in relay.accepted[count:] for person in letter.recipients)
            assert heard.keys() | set(run.in_doubt()) == {"ana@example.org", "clo@example.org"}, step
            assert max(heard.values(), default=1) == 1, step
            assert run.statuses() == passed, step
            assert run.is_finished(), step


@pytest.mark.slow
def test_killed_while_a_change_is_told_it_is_told_once(tmp_path: Path) -> None:
    """What is released leaves once to each who was told otherwise, or is in doubt; to nobody else."""
    concerned = {person for person, status in PEOPLE.items() if status != "Ineligible"}
    with Relay() as relay, killer(tmp_path / "call", relay.port) as run:
        run.start_over()
        run.run()
        (tmp_path / "title").write_text("Another meeting")
        run.run(minutes=1)
        call = replace(CALL, title="Another meeting", approve=NOTICES)
        sheet, settings = (
            Workbook(run.folder / "responses.xlsx", "", DRESSING),
            SmtpSettings("127.0.0.1", relay.port, "none"),
        )
        workspace = make_workspace(run.folder, sheet, lambda: SmtpMailer(settings), call, witness=run.witness)
        approve(workspace, Clock(SELECTION + timedelta(minutes=2)), Pick())
        run.keep()
        for step in places(run.steps(), LONG):
            run.go_back()
            count = len(relay.accepted)
            run.run(step, minutes=3)
            for hour in (1, 2):
                run.run(minutes=60 * hour)
            heard = Counter(person for letter in relay.accepted[count:] for person in letter.recipients)
            assert heard.keys() | set(run.in_doubt()) == concerned, step
            assert max(heard.values(), default=1) == 1, step
            assert run.statuses() == PEOPLE, step
