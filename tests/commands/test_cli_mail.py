"""The whole command with a real relay on loopback: configured in YAML, stopped by signals, put right by a person."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from pipeline.commands.demo_call.people import WorkbookHands, read_responses
from pipeline.mail.smtp.replies import Stage
from pipeline.running.new_workspace import make_workspace
from tests.support.command_line import CONVENE, convene
from tests.support.relay import LOST_REPLY, Relay, Trick

JULY = "2023-07-15T07:00"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Return a workspace with the first twelve responses of the demonstration."""
    make_workspace(tmp_path / "call")
    WorkbookHands(tmp_path / "call" / "responses.xlsx").submit(read_responses()[:12])
    return tmp_path / "call"


def connect(call: Path, relay: Relay, rate: str = "") -> None:
    """Write a configuration that sends through `relay`."""
    (call / "config" / "service.yaml").write_text(
        "sheet: {kind: workbook, path: responses.xlsx}\n"
        "mail:\n"
        "  from: {address: team@example.org, name: The team}\n"
        "  kind: smtp\n"
        f"  smtp: {{host: 127.0.0.1, port: {relay.port}, security: none}}\n"
        f"{rate}"
    )


def test_mail_goes_through_the_relay_once(call: Path) -> None:
    with Relay() as relay:
        connect(call, relay)
        checked = convene("check", "--as-of", JULY, folder=call)
        assert (checked.returncode, f"ok      Mail: 127.0.0.1:{relay.port}" in checked.stdout) == (0, True)
        results = [
            json.loads(convene("run", "--json", "--as-of", JULY, folder=call).stdout) for _ in range(2)
        ]
        assert [result["sent"] for result in results] == [12, 0]
        heard = [letter.recipients for letter in relay.accepted]
    assert len(heard) == len(set(heard)) == 12


def test_the_days_limit_is_a_setting(call: Path) -> None:
    with Relay() as relay:
        connect(call, relay, "  rate: {messages_per_day: 5, connections: 3}\n")
        ran = json.loads(convene("run", "--json", "--as-of", JULY, folder=call).stdout)
        assert (ran["sent"], ran["waiting"], ran["failure"]) == (5, 7, None)
        ran = json.loads(convene("run", "--json", "--as-of", "2023-07-16T07:30", folder=call).stdout)
        assert (ran["sent"], ran["waiting"]) == (5, 2)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_run_between_two_messages(call: Path, number: signal.Signals) -> None:
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    with Relay() as relay:
        relay.play(Trick(Stage.DOT, delay=0.3, times=0))
        connect(call, relay)
        command = [*CONVENE, "run", "--json", "--as-of", JULY]
        with subprocess.Popen(command, cwd=call, env=environ, stdout=subprocess.PIPE, text=True) as run:
            while len(relay.accepted) < 2:
                time.sleep(0.01)
            run.send_signal(number)
            out, _ = run.communicate(timeout=30)
        result = json.loads(out)
        assert (run.returncode, result["in_doubt"], result["sent"]) == (75, 0, len(relay.accepted))
        assert 2 <= result["sent"] <= 4
        relay._book.tricks.clear()
        rest = json.loads(convene("run", "--json", "--as-of", JULY, folder=call).stdout)
        assert rest["sent"] == 12 - result["sent"]
        assert len({letter.recipients for letter in relay.accepted}) == len(relay.accepted) == 12


def test_a_lost_answer_is_put_right_by_a_person(call: Path) -> None:
    with Relay() as relay:
        relay.play(LOST_REPLY)
        connect(call, relay)
        ran = convene("run", "--json", "--as-of", JULY, folder=call)
        assert (ran.returncode, json.loads(ran.stdout)["in_doubt"]) == (1, 1)
        listed = convene("resolve", folder=call)
        assert listed.returncode == 1
        reference, kind, _, address = listed.stdout.split()[:4]
        assert (kind, address) == ("received", relay.accepted[0].recipients[0])
        assert json.loads(convene("run", "--json", "--as-of", JULY, folder=call).stdout)["sent"] == 0
        assert convene("resolve", reference, "--send-again", "--as-of", JULY, folder=call).returncode == 0
        assert json.loads(convene("run", "--json", "--as-of", JULY, folder=call).stdout)["sent"] == 1
        first, again = (letter for letter in relay.accepted if letter.recipients == (address,))
    assert first == again
    assert convene("resolve", folder=call).stdout == "No message is in doubt.\n"


def test_what_was_refused_goes_out_once_the_cause_is_removed(call: Path) -> None:
    with Relay() as relay:
        relay.play(*[Trick(Stage.RCPT, "550 5.7.1 no")] * 2)
        connect(call, relay)
        ran = json.loads(convene("run", "--json", "--as-of", JULY, folder=call).stdout)
        assert (ran["sent"], ran["refused"]) == (10, 2)
        listed = convene("resolve", folder=call)
        assert (listed.returncode, listed.stdout.count("  refused 2023-07-15 ")) == (1, 2)
        settled = convene("resolve", "--all-refused", "--send-again", "--as-of", JULY, folder=call)
        assert (settled.returncode, settled.stdout.count("sends it again, byte for byte.")) == (0, 2)
        assert json.loads(convene("run", "--json", "--as-of", JULY, folder=call).stdout)["sent"] == 2
    assert len({letter.recipients for letter in relay.accepted}) == len(relay.accepted) == 12
