"""What must never be shown is in no output, no log, no cell, no letter and no traceback, whatever a relay repeats."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.commands import console
from pipeline.mail.smtp.replies import Stage
from pipeline.sheets.xlsx.workbook import create_workbook
from tests.commands.test_faults import COMMANDS, HEADERS, response
from tests.support.build import write_templates
from tests.support.config_case import SERVICE, make_workspace
from tests.support.one_console import OneConsole, one_console
from tests.support.relay import Relay, Trick

SECRET = 'Tr0ub4dor-"Geheim"-&-3'
FORMS = (b"Tr0ub4dor", b"Geheim")


@pytest.fixture(scope="module")
def program() -> Iterator[OneConsole]:
    with one_console() as started:
        yield started


def make_call(folder: Path, port: int) -> Path:
    service = SERVICE.replace("kind: outbox", "kind: smtp").replace("smtp.example.org", "127.0.0.1")
    service = service.replace("port: 587", f"port: {port}").replace("starttls", "none")
    call = make_workspace(folder, service=service + 'schedule: {at: ["07:00"]}\nwitness: {path: witness}\n')
    write_templates(call / "templates")
    create_workbook(call / "responses.xlsx", HEADERS, [response("ana"), response("bea")])
    return call


TRICKS = (
    Trick(Stage.LOGIN, f"535 5.7.8 wrong: {SECRET}", times=2),
    Trick(Stage.RCPT, f"550 5.1.1 nobody here has {SECRET}"),
    Trick(Stage.DOT, f"451 4.3.0 later, {SECRET}"),
)


def test_a_secret_is_never_shown_logged_or_mailed(program: OneConsole, tmp_path: Path) -> None:
    said: list[str] = []
    with Relay(login=("team", SECRET)) as relay:
        call = make_call(tmp_path, relay.port)
        relay.play(*TRICKS)
        that_end = (command for command in COMMANDS if command[0] != "schedule")
        for command in (("check",), *that_end, ("status", "--json"), ("run",)):
            told = program.run(
                *command, folder=call, SMTP_USER="team", SMTP_PASSWORD=SECRET, TZ="UTC", PYTHONUTF8="1"
            )
            said += [told.out, told.err]
        letters = [letter.data for letter in relay.accepted]
    kept = [path.read_bytes() for path in call.rglob("*") if path.is_file()]
    everything = b"\n".join(["".join(said).encode(), *letters, *kept])
    assert b"535" in everything
    assert not any(form in everything for form in FORMS)


def test_a_traceback_has_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down() -> None:
        raise RuntimeError(f"the login team {SECRET} was not expected")

    monkeypatch.setattr(console, "_SECRETS", set())
    console.hide((SECRET,))
    monkeypatch.setattr(cli, "cli", break_down)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "RuntimeError: the login team … was not expected" in said
    assert SECRET not in said
