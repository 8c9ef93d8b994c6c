"""A storm of kills and faults over the sending of mail, for `test_storm` and `benchmarks/storm.py`.

The relay refuses, puts off, hangs up, loses answers and takes fewer connections at random, and the sender tries
again by itself; the sending program is killed (SIGKILL) at random
steps and at random moments, and the power may fail with it; now and then a person says what became of what is in doubt
or refused. In the end everybody must have got their letter, once.

As a program (`python -m tests.support.storm FOLDER PORT CONNECTIONS GROUP CA_FILE`; with a CA_FILE over TLS and with a
login) it is the victim: for each line `ROUND STEP DELAY` it forks a child that sends what is open, and is killed before
its STEP-th step (0: never) or after DELAY seconds.
"""

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.sqlite import Ledger
from pipeline.ledger.witness import Witness
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.history import Posted, Settlement, is_due, is_open
from pipeline.model.message import Kind, Letter, Message, Rendered, State
from pipeline.model.settings import MailSettings, Password, Rate, Sender, SmtpSettings
from pipeline.model.witness import find_untold, reached_by
from pipeline.running.outside import Outside
from pipeline.running.sending import Sending, Watch, recover
from tests.support import power
from tests.support.build import SELECTION
from tests.support.killer import STEPS, TLS_STEPS, kill_before
from tests.support.passing import passing
from tests.support.relay import LOST_REPLY, Certificates, Relay, Trick

CALL = "storm"
BATCH = 40
"""Messages in one ledger."""

GROUP = 8
"""So many letters are announced at once, in most batches; in every third one, each letter is committed by itself."""

LOGIN = Password("convene", "correct horse")

FAULTS = (
    *(Trick(stage, "451 4.3.0 try later") for stage in Stage),
    *(Trick(stage, "550 5.1.1 no such user") for stage in Stage if stage is not Stage.LOGIN),
    *(Trick(stage, drops=True) for stage in Stage),
    *(Trick(stage, "421 4.7.0 too many, not now") for stage in Stage),
    Trick(Stage.LOGIN, "535 5.7.8 not with this password"),
    Trick(Stage.DOT, "432 4.3.2 thread limit"),
    Trick(Stage.DATA, in_body=True),
    Trick(Stage.DOT, raw=b"250 cut o", drops=True, keeps=True),
    Trick(Stage.DOT, "", keeps=True),
    LOST_REPLY,
    LOST_REPLY,
)


@dataclass
class Losses:
    """What a storm left: every number but the first five must be 0."""

    messages: int = 0
    kills: int = 0
    cuts: int = 0
    delivered: int = 0
    in_doubt: int = 0
    doubled: int = 0
    lost: int = 0
    unsettled: int = 0
    too_many_doubts: int = 0
    notes: list[str] = field(default_factory=list)


# --- the victim --------------------------------------------------------------------------------------------


def settings(port: int, connections: int, ca_file: str) -> MailSettings:
    relay = SmtpSettings("127.0.0.1", port, "none", timeout=10, dot_timeout=10)
    if ca_file:
        relay = replace(relay, security="starttls", login=LOGIN, ca_file=ca_file)
    patience = timedelta(days=100_000)
    return MailSettings(
        Sender("team@example.org"), relay, Rate(connections=connections), give_up_after=patience
    )


def send_open(folder: Path, mail: MailSettings, number: int, group: int = 1) -> None:
    """Send what is open in the ledger, an hour after the last time; pauses of the run take no time."""
    clock = passing(SELECTION + number * timedelta(minutes=61))
    assert isinstance(mail.transport, SmtpSettings)
    relay = mail.transport
    outside = Outside(Witness(folder / "witness", folder / "ledger.sqlite"))
    with closing(Ledger(folder / "ledger.sqlite", CALL)) as ledger:
        recover(ledger, SmtpMailer(relay), mail.via, clock, partial(outside.how_ended, ledger))
        history = ledger.history()
        assert outside.witness
        seen = outside.witness.look(history.ledger, CALL)
        assert not find_untold(history, seen, first_run_here=True), (seen, history.letters, history.group)
        witness = partial(outside.record, history.ledger, CALL)
        witness(reached_by(history))
        ledger.be_witnessed(witness, group)
        ids = tuple(message.id for message in history.posted if is_due(message, clock.now()))
        Sending(ledger, lambda: SmtpMailer(relay), mail, clock, Watch()).send(ids)


def main(folder: Path, port: int, connections: int, group: int, ca_file: str) -> None:
    mail = settings(port, connections, ca_file)
    for line in sys.stdin:
        number, step, delay = line.split()
        child = os.fork()
        if child == 0:
            power.watch(folder)
            if int(step):
                kill_before(int(step), STEPS | TLS_STEPS)
            send_open(folder, mail, int(number), group)
            os._exit(0)
        if float(delay):
            threading.Thread(target=_kill_later, args=(child, float(delay)), daemon=True).start()
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else f"done {os.WEXITSTATUS(status)}", flush=True)


def _kill_later(child: int, delay: float) -> None:
    time.sleep(delay)
    try:
        os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        return


# --- the storm ---------------------------------------------------------------------------------------------


def rage(
    folder: Path,
    goes_on: Callable[[Losses], bool],
    seed: int,
    connections: int = 1,
    certificates: Certificates | None = None,
) -> Losses:
    """Let the storm rage over one batch, and as long as it `goes_on`; return what it left.

    With `certificates` the relay wants TLS and a login. Every other relay offers PIPELINING.
    """
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # the relay is upset, as it should be
    dice, losses = random.Random(seed), Losses()
    while not losses.messages or goes_on(losses):
        place = folder / f"batch-{losses.messages}"
        place.mkdir(parents=True)
        security, login = ("starttls", (LOGIN.username, LOGIN.secret)) if certificates else ("none", ("", ""))
        batch = losses.messages // BATCH
        pipelining, group = batch % 2 == 0, 1 if batch % 3 == 2 else GROUP
        ca_file = certificates.ca_file if certificates else ""
        with (
            Relay(security, certificates, login, pipelining=pipelining) as relay,
            victim(place, relay.port, connections, group, ca_file) as program,
        ):
            _batch(place, relay, program, dice, connections, group, losses, 2 if certificates else 1)
    return losses


def _batch(
    folder: Path,
    relay: Relay,
    program: "Program",
    dice: random.Random,
    connections: int,
    group: int,
    losses: Losses,
    depth: int,
) -> None:
    """Prepare a batch, send it through the storm, then in fair weather, and count.

    With TLS, as many letters lie `depth` times as many steps from the start.
    """
    _prepare(folder)
    known: frozenset[int] = frozenset()
    number, most = 0, connections
    while any(map(is_open, _posted(folder))) and number < 60:
        number += 1
        if dice.random() < 0.3:
            known = _say_what_became(folder, relay, losses, known)
        relay.play(*dice.sample(FAULTS, dice.randint(1, 4)))
        relay.allow(dice.randint(0, connections))
        by_step = dice.random() < 0.6
        step, delay = (
            (dice.randint(1, 400 * depth), 0.0) if by_step else (0, depth * dice.uniform(0.001, 0.2))
        )
        answer = program.send(number, step, delay)
        assert answer in {"killed", "done 0"}, answer
        losses.kills += answer == "killed"
        most = connections if answer == "done 0" else most
        if answer == "killed" and dice.random() < 0.4:
            power.cut(folder, lambda synced, size: dice.choice((synced, dice.randint(synced, size))))
            losses.cuts += 1
            most = max(
                group, connections
            )  # and still as many where the next run is killed before it settled them
        losses.too_many_doubts += _unknown(folder, most != connections) > most
    relay._book.tricks.clear()
    relay.allow(0)
    for _ in range(3):
        number += 1
        assert program.send(number, 0, 0.0) == "done 0"
        known = _say_what_became(folder, relay, losses, known)
    _count(folder, relay, losses)


def _unknown(folder: Path, is_cut: bool) -> int:
    """Count the messages of which nobody can tell whether they left."""
    with closing(Ledger(folder / "ledger.sqlite", CALL)) as ledger:
        history = ledger.history()
    announced = history.announced if is_cut else ()
    return sum(
        message.state is State.COMMITTING or (message.id in announced and is_open(message))
        for message in history.posted
    )


def _say_what_became(folder: Path, relay: Relay, losses: Losses, known: frozenset[int]) -> frozenset[int]:
    """Let a person look at the relay and say the truth of what is in doubt, and have what was refused sent again.

    They look at what was in doubt when they looked last (`known`), for the relay may hear of it this very moment.
    """
    heard = Counter(person for letter in relay.accepted for person in letter.recipients)
    owed = [message for message in _posted(folder) if message.state in {State.IN_DOUBT, State.REFUSED}]
    looked = [message for message in owed if message.state is State.REFUSED or message.id in known]
    losses.lost += sum(message.state is State.REFUSED and heard[message.to] > 0 for message in looked)
    losses.in_doubt += sum(message.state is State.IN_DOUBT for message in looked)
    said = (
        Settlement(message.id, State.ACCEPTED if heard[message.to] else State.PREPARED) for message in looked
    )
    with closing(Ledger(folder / "ledger.sqlite", CALL)) as ledger:
        ledger.settle(tuple(said), SELECTION)
    return frozenset(message.id for message in owed if message not in looked)


def _prepare(folder: Path) -> None:
    def one(number: int) -> Prepared:
        reference, to = f"P-{number:06}", f"person{number}@example.org"
        message = Message(reference, to, Kind.INVITATION, 1, Rendered("Hello", "", ""), "")
        body = f"Subject: Hello\r\nX-Number: {number}\r\n\r\nHello {number}\r\n".encode()
        return Prepared(message, Letter("team@example.org", to, f"<{number}@example.org>", body))

    with closing(Ledger(folder / "ledger.sqlite", CALL)) as ledger:
        run = ledger.begin(SELECTION)
        ledger.prepare(Records({}, {}, (), tuple(map(one, range(BATCH))), ()), SELECTION, run)


def _posted(folder: Path) -> tuple[Posted, ...]:
    with closing(Ledger(folder / "ledger.sqlite", CALL)) as ledger:
        return ledger.history().posted


def _count(folder: Path, relay: Relay, losses: Losses) -> None:
    heard = Counter(person for letter in relay.accepted for person in letter.recipients)
    posted = _posted(folder)
    losses.messages += len(posted)
    losses.delivered += sum(heard.values())
    losses.doubled += sum(count > 1 for count in heard.values())
    losses.lost += sum(message.state is State.ACCEPTED and not heard[message.to] for message in posted)
    losses.unsettled += sum(message.state is not State.ACCEPTED for message in posted)


class Program:
    """The victim, as its tormentor sees it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def send(self, number: int, step: int, delay: float) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{number} {step} {delay}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def victim(folder: Path, port: int, connections: int, group: int, ca_file: str) -> Iterator[Program]:
    told = (str(folder), str(port), str(connections), str(group), ca_file)
    arguments = [sys.executable, "-m", "tests.support.storm", *told]
    root, pipe = Path(__file__).parent.parent.parent, subprocess.PIPE
    with subprocess.Popen(arguments, cwd=root, stdin=pipe, stdout=pipe, text=True) as process:
        yield Program(process)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
