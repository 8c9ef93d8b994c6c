"""A kill, a power cut or a backup between any two steps of sending: what is known of each letter afterwards.

A script is words: `+` announces what leaves next; a letter's name marks it, lets its dot leave, and hears of its end.
"""

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import takewhile
from pathlib import Path
from unittest.mock import patch

import pytest

from pipeline.ledger import boot
from pipeline.ledger.file import LedgerFile
from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.sqlite import Ledger
from pipeline.ledger.witness import Witness
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.model.errors import LedgerError
from pipeline.model.message import OPEN_STATES, Kind, Letter, Message, Rendered, State
from pipeline.model.settings import SmtpSettings
from pipeline.model.witness import Reached, find_untold, reached_by
from pipeline.running.clock import Clock
from pipeline.running.outside import Outside
from pipeline.running.sending import recover
from tests.support import power
from tests.support.build import SELECTION

CALL = "meeting"
LETTERS = "abcdef"
GROUP = 3
ONE = "+ am ad ae bm bd bf cm cd ce + dm dd de em ed ee fm fd fe -"
"""Over one connection; b is put off."""
THREE = "+ am ad bm cm bd cd be + dm ae dd ce + em ed fm de fd fe ee -"
"""Over three at once: when more are announced, two are between their dot and the answer."""


@dataclass
class Place:
    """A folder with a ledger, at one point of a script: how far each letter is, and which were announced last."""

    folder: Path
    marked: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    ended: dict[str, State] = field(default_factory=dict)
    on_disk: dict[str, State] = field(default_factory=dict)
    announced: tuple[str, ...] = ()

    def keep(self, name: str) -> "Place":
        """Return a copy of it, the folder included."""
        folder = shutil.copytree(self.folder, self.folder.with_name(name))
        left, ended, on_disk = set(self.left), dict(self.ended), dict(self.on_disk)
        return Place(folder, set(self.marked), left, ended, on_disk, self.announced)

    @property
    def outside(self) -> Outside:
        return Outside(Witness(self.folder / "witness", self.folder / "ledger.sqlite"))

    def settle(self) -> tuple[dict[str, State], tuple[str, ...]]:
        """Do as the next run does first; return the state of each letter, and why nothing may be sent."""
        mailer, outside = SmtpMailer(SmtpSettings("127.0.0.1", 1, "none")), self.outside
        assert outside.witness
        with (
            patch.object(boot, "_BOOT", self.folder / "boot"),
            closing(Ledger(self.folder / "ledger.sqlite", CALL)) as ledger,
        ):
            recover(ledger, mailer, "smtp", Clock(SELECTION), partial(outside.how_ended, ledger))
            history = ledger.history()
            seen = outside.witness.look(history.ledger, CALL)
        return {one.reference[-1]: one.state for one in history.posted}, find_untold(history, seen)


@pytest.fixture(autouse=True)
def _is_watched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(LedgerFile, "writing", LedgerFile.writing)
    monkeypatch.setattr(boot, "_BOOT", boot._BOOT)
    (tmp_path / "live").mkdir()
    power.watch(tmp_path / "live")


def play(folder: Path, script: str) -> Iterator[Place]:
    """Send as the script says; yield the place as it is after each step."""
    place = Place(folder)
    with closing(Ledger(folder / "ledger.sqlite", CALL)) as ledger:
        ledger.prepare(Records({}, {}, (), tuple(map(_prepared, LETTERS)), ()), SELECTION)
        history = ledger.history()
        witness = partial(place.outside.record, history.ledger, CALL)
        witness(reached_by(history))
        ledger.be_witnessed(witness, GROUP)
        for word in script.split():
            _do(ledger, place, word)
            yield place


def _do(ledger: Ledger, place: Place, word: str) -> None:
    letter, id_ = word[0], LETTERS.find(word[0]) + 1
    match word:
        case "+":
            begun = place.ended.keys() | set(place.announced)
            first = min(LETTERS.find(one) for one in LETTERS if one not in begun)
            ledger.announce(tuple(range(first + 1, len(LETTERS) + 1)), GROUP, "smtp")
            place.announced = tuple(LETTERS[one - 1] for one in ledger.history().announced)
            place.on_disk = dict(place.ended)
        case "-":
            ledger.close_group()
            place.announced, place.on_disk = (), dict(place.ended)
        case _ if word[1] == "m":
            ledger.commit(id_, SELECTION)
            place.marked.add(letter)
        case _ if word[1] == "d":
            place.left.add(letter)
        case _:
            place.ended[letter] = State.ACCEPTED if word[1] == "e" else State.DEFERRED
            ledger.conclude(id_, place.ended[letter], "", SELECTION)


def _prepared(letter: str) -> Prepared:
    to = f"{letter}@example.org"
    message = Message(f"P-{letter}", to, Kind.INVITATION, 1, Rendered("Hello", "", ""), "")
    return Prepared(message, Letter("team@example.org", to, f"<{to}>", b"Hello\r\n"))


def ready(folder: Path) -> tuple[Ledger, list[Reached]]:
    """Return a ledger with letters that were prepared, and what its witness hears."""
    told: list[Reached] = []
    ledger = Ledger(folder / "ledger.sqlite", CALL)
    ledger.prepare(Records({}, {}, (), tuple(map(_prepared, LETTERS)), ()), SELECTION)
    ledger.be_witnessed(told.append, GROUP)
    return ledger, told


def test_the_witness_hears_of_a_group_on_disk_and_of_each_mark_in_the_file(tmp_path: Path) -> None:
    ledger, told = ready(tmp_path)
    with closing(ledger):
        ledger.sync()  # nothing is announced yet
        ledger.close_group()
        ledger.announce((1, 2, 3, 4), GROUP, "smtp")
        ledger.announce((2, 3, 4), GROUP, "smtp")  # is among them
        ledger.commit(1, SELECTION)
        ledger.hold(2, SELECTION)
        ledger.sync()
        ledger.announce((4, 5, 6), GROUP, "smtp")
        assert ledger.history().announced == (1, 3, 4)  # neither 5, for there are three, nor 2, which stays
        ledger.close_group()
    assert told == [
        Reached(1, 0, 1),
        Reached(1, 1, 1, is_on_disk=False),
        Reached(1, 1, 2),
        Reached(1, 1, 3),
        Reached(1, 1, 4),
    ]


@pytest.fixture
def no_room() -> Iterator[Callable[[Path], None]]:
    """Return what keeps files from growing beyond what this one has."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda file: resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


STEPS: dict[str, Callable[[Ledger], None]] = {
    "announce": lambda ledger: ledger.announce((1, 2), GROUP, "smtp"),
    "commit": lambda ledger: ledger.commit(1, SELECTION),
    "conclude": lambda ledger: ledger.conclude(1, State.ACCEPTED, "", SELECTION),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_finds_no_room_on_the_disk_is_told_and_the_dot_stays(
    tmp_path: Path, no_room: Callable[[Path], None], step: str
) -> None:
    ledger, _ = ready(tmp_path)
    with closing(ledger):
        for before in takewhile(lambda name: name != step, STEPS):
            STEPS[before](ledger)
        no_room(tmp_path / "ledger.sqlite-wal")
        with pytest.raises(LedgerError, match="Make room on the disk"):
            STEPS[step](ledger)
        history = ledger.history()
        first = State.COMMITTING if step == "conclude" else State.PREPARED
        assert ([one.state for one in history.posted[:2]], history.announced) == (
            [first, State.PREPARED],
            () if step == "announce" else (1, 2),
        )


BOTH = pytest.mark.parametrize(
    "script",
    [
        pytest.param(ONE, id="one connection", marks=pytest.mark.slow),
        pytest.param(THREE, id="three connections"),
    ],
)


@BOTH
def test_a_kill_leaves_in_doubt_what_is_marked_and_has_no_end(tmp_path: Path, script: str) -> None:
    for number, place in enumerate(play(tmp_path / "live", script)):
        killed = place.keep(f"killed-{number}")
        unknown = dict.fromkeys(place.marked, State.IN_DOUBT)
        expected = dict.fromkeys(LETTERS, State.PREPARED) | unknown | place.ended
        assert killed.settle() == (expected, ()), script.split()[number]


@BOTH
def test_a_power_cut_leaves_in_doubt_at_most_a_group_and_all_of_it_where_nothing_of_it_was_synced(
    tmp_path: Path, script: str
) -> None:
    for number, place in enumerate(play(tmp_path / "live", script)):
        for lost, share in enumerate((0, 0.3, 0.6, 1)):
            cut = place.keep(f"cut-{number}-{lost}")
            power.cut(cut.folder, lambda synced, size, share=share: synced + int((size - synced) * share))  # type: ignore[misc]  # a default binds the loop's value
            states, untold = cut.settle()
            in_doubt = {one for one, state in states.items() if state is State.IN_DOUBT}
            assert (untold, in_doubt <= set(place.announced)) == ((), True)
            assert len(place.announced) <= GROUP
            known = {one: state for one, state in states.items() if one not in in_doubt}
            assert known == {
                one: place.ended.get(one, State.PREPARED) for one in LETTERS if one not in in_doubt
            }
            assert not {one for one in place.left if states[one] in OPEN_STATES} - place.ended.keys()
            if share == 0:
                assert in_doubt == set(place.announced) - place.on_disk.keys()


@BOTH
@pytest.mark.parametrize("is_same_boot", [True, False], ids=["running on", "started anew"])
def test_no_backup_from_the_middle_of_a_run_sends_what_left_after_it(
    tmp_path: Path, script: str, is_same_boot: bool
) -> None:
    """The folder is put back later in the run, or after it; the witness is as it is then."""
    backups = [place.keep(f"backup-{n}") for n, place in enumerate(play(tmp_path / "live", script))]
    refused, last = 0, len(backups) - 1
    for then, backup in enumerate(backups):
        for now in {then, min(then + 1, last), min(then + 5, last), last}:
            back = backup.keep(f"back-{then}-{now}")
            shutil.copytree(backups[now].folder / "witness", back.folder / "witness", dirs_exist_ok=True)
            if not is_same_boot:
                power.cut(back.folder, lambda _synced, size: size)
            states, untold = back.settle()
            refused += bool(untold)
            twice = {one for one in backups[now].left if states[one] in OPEN_STATES} - backup.ended.keys()
            assert untold or not twice, (then, now)
            shutil.rmtree(back.folder)
    assert refused > 0
