"""A run that finds everything as the last one left it does not read the sheet; whatever changes, it does."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

import pipeline.running.rest as rest
from pipeline.ledger.sqlite import Ledger
from pipeline.model.history_events import Ending
from pipeline.model.sheet import CellValue
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.rest import repeat
from pipeline.running.workspace import open_workspace
from pipeline.sheets.xlsx.workbook import create_workbook
from tests.support.build import write_templates
from tests.support.config_case import make_workspace
from tests.support.one_console import OneConsole, one_console

EARLIER, AUGUST = "2023-08-02T07:00", "2023-08-02T07:10"
HEADERS = ("Timestamp", "Email Address", "Job title", "Do you work with VETOs?", "Level of English")
NOTE = "Nothing has changed since the run at 07:10, so nothing was read again.\n"


def response(name: str) -> list[CellValue]:
    return [datetime(2023, 7, 10, 9), f"{name}@example.org", "nurse", "Yes", "B2"]


@pytest.fixture(scope="module")
def console() -> Iterator[OneConsole]:
    with one_console() as program:
        yield program


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, console: OneConsole) -> Path:
    """Return a workspace in which one run did all, and a second one had nothing to do."""
    call = tmp_path_factory.mktemp("rest") / "call"
    call.mkdir()
    make_workspace(call)
    write_templates(call / "templates")
    create_workbook(call / "responses.xlsx", HEADERS, [response("ana"), response("bea")])
    first, second = (console.run("run", "--as-of", now, folder=call) for now in (EARLIER, AUGUST))
    assert "sent=2" in first.out
    assert "nothing to do" in second.out
    assert NOTE not in second.out
    return shutil.copytree(call, call.parent / "kept")


@pytest.fixture
def call(original: Path) -> Path:
    """Return it as it was, in the same place: where a workspace lies is a part of it."""
    place = original.parent / "call"
    shutil.rmtree(place)
    return shutil.copytree(original, place)


def is_short(call: Path, now: str = AUGUST) -> bool:
    """Whether a run at a time would repeat the last one."""
    clock = Clock(datetime.fromisoformat(f"{now}+02:00"))
    return repeat(open_workspace(call, {}), clock, pytest.fail) is not None


def test_it_tells_what_the_whole_way_tells_and_ends_with_the_same(call: Path, console: OneConsole) -> None:
    def files() -> dict[str, bytes]:
        return {
            str(path): path.read_bytes()
            for path in sorted(call.rglob("*"))
            if path.suffix in {".xlsx", ".json"}
        }

    before = files()
    short = console.run("run", "--as-of", AUGUST, folder=call)
    data = console.run("run", "--as-of", AUGUST, "--json", folder=call)
    with closing(sqlite3.connect(call / "state" / "ledger.sqlite", isolation_level=None)) as db:
        db.execute("DELETE FROM meta WHERE key = 'rest'")
    whole = console.run("run", "--as-of", AUGUST, folder=call)
    said = short.out.splitlines(keepends=True)
    assert NOTE in said
    said.remove(NOTE)
    assert ("".join(said), short.code, short.err) == (whole.out, whole.code, whole.err)
    again = console.run("run", "--as-of", AUGUST, "--json", folder=call)
    assert (again.out, again.code) == (data.out, whole.code)
    assert '"same_as": "2023-08-02T07:10:00+02:00"' in data.out
    assert files() == before
    with closing(Ledger(call / "state" / "ledger.sqlite", "demo")) as ledger:
        (_, quiet) = ledger.diary.runs()
    assert (quiet.ending, quiet.times) == (Ending.NOTHING, 5)
    assert (call / "state" / "convene.log").read_text().count("nothing to do") == 5


def more(name: str) -> Callable[[Path], None]:
    """Add a byte to a file."""

    def change(call: Path) -> None:
        with (call / name).open("a") as file:
            file.write("\n")

    return change


def edit(call: Path) -> None:
    book = load_workbook(call / "responses.xlsx")
    book.worksheets[0]["C2"] = "psychologist"
    book.save(call / "responses.xlsx")


def in_ledger(act: Callable[[Ledger], None]) -> Callable[[Path], None]:
    def change(call: Path) -> None:
        with closing(Ledger(call / "state" / "ledger.sqlite", "demo")) as ledger:
            act(ledger)

    return change


NOW = datetime.fromisoformat(f"{AUGUST}+02:00")
CHANGES: dict[str, Callable[[Path], None]] = {
    "the call": more("config/call.yaml"),
    "the service": more("config/service.yaml"),
    "a template": more("templates/invitation.md"),
    "the layout": more("templates/layout.html"),
    "another file beside the templates": more("templates/new.md"),
    "a vocabulary": lambda call: _vocabulary(call),
    "what organisers were told": more("state/notices.json"),
    "an edited cell": edit,
    "a byte of the workbook": lambda call: _touch_zip(call / "responses.xlsx"),
    "a run that was counted": in_ledger(lambda ledger: _drop(ledger.begin(NOW))),
    "a message": in_ledger(lambda ledger: _drop(ledger.drop_letters({1}))),
    "what a run that was cut off leaves": lambda call: _drop(
        (call / "state" / "ledger.sqlite-wal").write_bytes(b"")
    ),
    "what was asked": in_ledger(lambda ledger: ledger.serve("other")),
}


def _drop(_value: object) -> None:
    """What an act returns is of no interest."""


def _vocabulary(call: Path) -> None:
    (call / "config" / "vocabulary").mkdir(exist_ok=True)
    (call / "config" / "vocabulary" / "new.yaml").write_text("words: {en: [new]}\n")


def _touch_zip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    path.write_bytes(data[: end + 20] + b"\x01\x00" + b"!")  # a comment behind the archive


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_takes_the_whole_way(name: str, call: Path) -> None:
    assert is_short(call)
    CHANGES[name](call)
    assert not is_short(call)


@pytest.mark.parametrize(
    ("now", "short"),
    [
        ("2023-08-02T07:09:59", False),
        ("2023-08-02T07:10:01", True),
        ("2023-08-02T23:58", True),
        ("2023-08-02T23:59", False),
        ("2023-08-03T07:10", False),
    ],
)
def test_a_day_later_it_takes_the_whole_way(now: str, short: bool, call: Path) -> None:
    assert is_short(call, now) is short


@pytest.mark.parametrize("word", ["--limit=9", "--newcomers", "--force", "--first-run-here"])
def test_with_a_word_beside_it_a_run_goes_the_whole_way(word: str, call: Path, console: OneConsole) -> None:
    assert NOTE not in console.run("run", word, "--as-of", AUGUST, folder=call).out


def test_a_run_that_nobody_can_begin_is_met_by_the_whole_way(call: Path, console: OneConsole) -> None:
    with hold_lock(call / "state" / "lock", NOW):
        told = console.run("run", "--as-of", AUGUST, folder=call)
    assert (told.code, told.out) == (75, "")
    assert "held by" in told.err


def test_a_clock_that_stands_still_is_at_no_other_moment() -> None:
    """A rehearsal at the very moment from which something is due is the same each time."""
    kept = rest.AtRest("mark", NOW, NOW, "--as-of", {}, "")
    assert (kept.is_good(NOW), kept.is_good(NOW + timedelta(seconds=1))) == (True, False)


def test_what_lies_outside_the_files_counts_too(call: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The version, settings that come from the environment, and whether the clock is the machine's."""
    clock = Clock(NOW)
    workspace = open_workspace(call, {})

    def mark(clock: Clock = clock) -> str:
        with closing(workspace.ledger()) as ledger:
            return rest.mark_of(workspace, ledger, clock)

    marks = [mark(), mark(Clock())]
    monkeypatch.setattr(rest, "__version__", "another")
    marks.append(mark())
    workspace = replace(workspace, service=replace(workspace.service, look_every=timedelta(minutes=9)))
    marks.append(mark())
    assert len(set(marks)) == 4


def test_a_ledger_that_changes_while_a_run_goes_on_keeps_nothing(call: Path) -> None:
    path = call / "state" / "ledger.sqlite"
    with closing(Ledger(path, "demo")) as ours, closing(Ledger(path, "demo")) as theirs:
        kept = ours.rest.read()
        assert kept
        theirs.serve("other")
        ours.rest.keep("ours")
        assert ours.rest.read() == ""
        theirs.rest.keep("theirs")
        assert theirs.rest.read() == ""


def test_a_value_that_is_kept_already_is_no_change(call: Path) -> None:
    path = call / "state" / "ledger.sqlite"
    with closing(Ledger(path, "demo")) as ledger:
        ledger.serve(ledger.served())
        assert ledger.rest.read()
