"""Every command against every fault of the disk and the folder: a sentence each time, and never a traceback."""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from openpyxl import load_workbook

from pipeline.commands.named import HELP
from pipeline.model.sheet import CellValue
from pipeline.sheets.xlsx.workbook import create_workbook
from tests.running.test_watched import Monitor
from tests.support.build import write_templates
from tests.support.config_case import SERVICE, make_workspace
from tests.support.one_console import BROKEN, OneConsole, one_console

AUGUST = "2023-08-02T07:00"
HEADERS = ("Timestamp", "Email Address", "Job title", "Do you work with VETOs?", "Level of English")

CALLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "adopt": ((), ("--yes",)),
    "approve": ((), ("--all",)),
    "audience": ((),),
    "check": ((),),
    "erase": (("bea@example.org", "--yes"),),
    "explain": (("--row", "2"),),
    "export": (("ana@example.org", "--json"),),
    "history": (("ana@example.org",),),
    "letters": ((),),
    "log": ((),),
    "places": ((),),
    "plan": ((), ("--json",)),
    "preview": ((),),
    "resolve": ((), ("--all-in-doubt", "--delivered")),
    "run": ((), ("--json",)),
    "schedule": ((),),
    "seen": ((),),
    "send-test": (("--to", "eva@example.org"),),
    "setup": ((),),
    "status": ((),),
}
"""How each command is called here."""

MAKERS = ("init", "demo")
"""Those that make a workspace of their own."""

COMMANDS = tuple((name, *words) for name in sorted(HELP.keys() - set(MAKERS)) for words in CALLS[name])
"""Every command there is: one that has no line above fails here."""


@pytest.fixture(scope="module")
def console() -> Iterator[OneConsole]:
    with one_console() as program:
        yield program


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, console: OneConsole) -> Path:
    """Return a small workspace in which mail went out once, and something is due again."""
    call = make_workspace(
        tmp_path_factory.mktemp("original"), service=SERVICE + 'schedule: {at: ["07:00"]}\n'
    )
    write_templates(call / "templates")
    create_workbook(call / "responses.xlsx", HEADERS, [response("ana"), response("bea")])
    assert console.run("run", "--as-of", AUGUST, folder=call).code == 1  # too few of one category
    book = load_workbook(call / "responses.xlsx")
    book.worksheets[0].append(response("clo"))
    book.save(call / "responses.xlsx")
    return call


def response(name: str) -> list[CellValue]:
    return [datetime(2023, 7, 10, 9), f"{name}@example.org", "nurse", "Yes", "B2"]


@pytest.fixture
def call(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "call")


def in_the_way(name: str, *, is_folder: bool) -> Callable[[Path], None]:
    """Put a file where a folder is wanted, or a folder where a file is."""

    def place(call: Path) -> None:
        path = call / name
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.mkdir() if is_folder else path.write_text("in the way")

    return place


def link(name: str) -> Callable[[Path], None]:
    def place(call: Path) -> None:
        (call / name).unlink(missing_ok=True)
        (call / "precious").write_text("keep me")
        (call / name).symlink_to(call / "precious")

    return place


def damage_pages(call: Path) -> None:
    """Overwrite the last half of the ledger, as a dying disk does."""
    path = call / "state" / "ledger.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))


def garble_values(call: Path) -> None:
    with closing(sqlite3.connect(call / "state" / "ledger.sqlite", isolation_level=None)) as db:
        db.execute("UPDATE messages SET changed_at = 'no time'")
        db.execute("UPDATE diary SET started_at = 'no time'")


def let_others_write(call: Path) -> None:
    (call / "state").chmod(0o777)


def forget_a_secret(call: Path) -> None:
    path = call / "config" / "service.yaml"
    path.write_text(path.read_text().replace("kind: outbox", "kind: smtp"))


def forbid_writing(call: Path) -> None:
    """Take from everybody the right to write in the folder, as on a disk that is there to be read."""
    for path in (call, *call.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)


def nothing(_call: Path) -> None:
    """The fault is none of the folder's."""


LEDGERLESS = {"schedule", "setup"}
TO_READ = {
    "adopt", "approve", "audience", "explain", "export", "history", "letters", "log", "places", "plan", "preview",
    "resolve", "seen", "status",
}  # fmt: skip
"""Commands that, as they are called here, need neither lock, log nor outbox."""


@dataclass(frozen=True)
class Fault:
    """A fault, what everybody who meets it is told, and which commands do not meet it."""

    make: Callable[[Path], None]
    says: str
    spared: frozenset[str] = frozenset()
    is_full: bool = False
    out: str = ""


def fault(make: Callable[[Path], None], says: str, *spared: str, full: bool = False, out: str = "") -> Fault:
    return Fault(make, says, frozenset(spared), full, out)


FAULTS = {
    "a file for the state": fault(
        in_the_way("state", is_folder=False), "/state.*cannot be used.*Move it away"
    ),
    "a folder for the ledger": fault(
        in_the_way("state/ledger.sqlite", is_folder=True), r"ledger\.sqlite: cannot be used", *LEDGERLESS
    ),
    "a link for the ledger": fault(link("state/ledger.sqlite"), "never behind one", *LEDGERLESS),
    "a link for the lock": fault(link("state/lock"), "state/lock.*never behind one", *TO_READ, "schedule"),
    "a folder for the lock": fault(
        in_the_way("state/lock", is_folder=True), "state/lock: cannot be used", *TO_READ, "schedule"
    ),
    "a link for the log": fault(
        link("state/convene.log"), r"convene\.log.*never behind one", *TO_READ, "send-test", "setup"
    ),
    "a folder for the log": fault(
        in_the_way("state/convene.log", is_folder=True),
        r"convene\.log: cannot be used",
        *TO_READ,
        "send-test",
        "setup",
    ),
    "a file for the outbox": fault(
        in_the_way("state/outbox", is_folder=False),
        "outbox cannot be used",
        *TO_READ,
        "setup",
        "schedule",
        "erase",
    ),
    "a damaged page": fault(damage_pages, "ledger cannot be used.*convene adopt", *LEDGERLESS),
    "garbled values": fault(garble_values, "ledger cannot be used.*convene adopt", *LEDGERLESS),
    "others can write": fault(let_others_write, "others on this machine can write there.*chmod"),
    "a folder that cannot be written": fault(
        forbid_writing, r"cannot be (used|written).*(Let the user that runs Convene|chmod)"
    ),
    "a full disk": fault(nothing, "Make room on the disk", "schedule", full=True),
    "a full disk for the output": fault(
        nothing,
        r"The output: cannot be used \(No space left",
        "schedule",
        "resolve",
        "approve",
        out="/dev/full",
    ),
    "a secret that is not set": fault(forget_a_secret, "SMTP_PASSWORD is not set"),
}


def is_told_in_sentences(text: str) -> bool:
    """Whether nothing is a traceback, or a piece of one, and every complaint ends as a sentence does."""
    assert "Traceback" not in text
    assert not re.search(r"^\s+(File \"|raise |\^)|Error: |Exception ignored|Errno", text, re.MULTILINE), text
    return all(line.rstrip().endswith((".", "?", ")")) for line in text.splitlines())


@pytest.mark.parametrize("name", FAULTS)
def test_every_command_tells_a_fault_in_sentences(console: OneConsole, call: Path, name: str) -> None:
    fault = FAULTS[name]
    fault.make(call)
    for command in COMMANDS:
        if command[0] == "schedule" and "schedule" in fault.spared:
            continue  # it would wait for its time
        said = console.run(
            *command,
            *(() if command[0] == "schedule" else ("--as-of", AUGUST)),
            folder=call,
            full=fault.is_full,
            out=fault.out,
        )
        assert is_told_in_sentences(said.err), command
        assert "Traceback" not in said.out, command
        told = said.err + ("" if "--json" not in command else said.out)
        assert command[0] in fault.spared or re.search(fault.says, told, re.DOTALL), (command, said)
        assert said.code in ({0, 1, 2} if command[0] in fault.spared else {1, 2, 75}), (command, said)
    precious = call / "precious"
    assert not precious.exists() or precious.read_text() == "keep me"


@pytest.mark.parametrize(
    "name", sorted(FAULTS.keys() - {"a full disk for the output", "a file for the outbox"})
)
def test_a_fault_of_a_run_is_not_told_to_the_screen_alone(console: OneConsole, call: Path, name: str) -> None:
    """The monitor hears of it, whatever it is; which of them are mailed, and how often: docs/notices.md."""
    monitor, fault = Monitor(), FAULTS[name]
    settings = call / "config" / "service.yaml"
    settings.write_text(f"{settings.read_text()}notify: {{heartbeat: '{monitor.url}'}}\n")
    fault.make(call)
    said = console.run("run", folder=call, full=fault.is_full)
    monitor.server.shutdown()
    monitor.server.server_close()
    assert (said.code in {1, 2}, is_told_in_sentences(said.err)) == (True, True)
    assert monitor.asked[-1:] == ["/secret-path/fail"]
    assert monitor.url not in said.out + said.err


@pytest.mark.parametrize("command", MAKERS)
@pytest.mark.parametrize("is_full", [True, False])
def test_what_cannot_be_written_leaves_no_half_workspace(
    console: OneConsole, tmp_path: Path, command: str, is_full: bool
) -> None:
    tmp_path.chmod(0o700 if is_full else 0o500)
    said = console.run(command, "new", folder=tmp_path, full=is_full)
    assert (said.code, is_told_in_sentences(said.err)) == (1, True)
    assert said.err.count("\n") == 1
    tmp_path.chmod(0o700)
    assert console.run("init", "new", folder=tmp_path).code == 0


# --- no terminal -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1, 2)])
def test_every_command_works_without_a_terminal(
    console: OneConsole, call: Path, closed: tuple[int, ...]
) -> None:
    """What would be printed is lost; what is done is done, and no file takes the place of a stream."""
    for command in COMMANDS:
        if command[0] == "schedule":
            continue  # it would wait for its time
        said = console.run(*command, "--as-of", AUGUST, folder=call, closed=closed)
        assert "Traceback" not in said.out + said.err, command
        assert said.code in {0, 1, 2}, (command, said)
    assert console.run("status", "--as-of", AUGUST, folder=call).code == 0


def test_every_command_ends_quietly_where_nobody_reads_on(console: OneConsole, call: Path) -> None:
    for command in COMMANDS:
        if command[0] != "schedule":
            said = console.run(*command, "--as-of", AUGUST, folder=call, out=BROKEN)
            assert (said.code in {0, 1, 2}, len(said.err.splitlines()) < 2) == (True, True), (command, said)


def test_a_plain_terminal_is_sent_plain_text(console: OneConsole, call: Path) -> None:
    for command in COMMANDS:
        if command[0] != "schedule":
            assert "\x1b" not in shown_on_a_terminal(console, call, command, "dumb"), command
    assert "\x1b" in shown_on_a_terminal(console, call, ("status",), "xterm")


def shown_on_a_terminal(console: OneConsole, call: Path, command: tuple[str, ...], kind: str) -> str:
    ours, theirs = os.openpty()
    said = []

    def listen() -> None:
        with suppress(OSError):  # nobody has it open any more
            while got := os.read(ours, 4096):
                said.append(got)

    reader = Thread(target=listen)
    reader.start()
    ran = console.run(*command, "--as-of", AUGUST, folder=call, out=os.ttyname(theirs), TERM=kind)
    os.close(theirs)
    reader.join()
    os.close(ours)
    assert "Traceback" not in ran.err
    return b"".join(said).decode()


def test_a_question_that_nobody_answers_changes_nothing(console: OneConsole, call: Path) -> None:
    before = (call / "state" / "ledger.sqlite").read_bytes()
    for closed in ((), (0,)):
        said = console.run("erase", "bea@example.org", "--as-of", AUGUST, folder=call, closed=closed)
        assert (said.code, said.err) == (1, "Nobody answered, so nothing was done. Say --yes beforehand.\n")
    assert (call / "state" / "ledger.sqlite").read_bytes() == before
