"""The form, the organisers and Convene at one Google spreadsheet: what each may do, and what must hold in the end."""

import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from pipeline.intake.own_cells import kind_shown
from pipeline.model.applicant import Status
from pipeline.model.errors import ConveneError
from pipeline.model.history import History
from pipeline.model.message import Kind, State
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, WAITING_LIST
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.run import Orders, plan_run, run
from pipeline.running.workspace import Workspace
from pipeline.sheets.google.sheet import GoogleSheet
from tests.support.build import BEFORE, HEADERS, SELECTION
from tests.support.desk import kind_of, make_workspace, mark_of, reference_of
from tests.support.fakes import FakeMailer
from tests.support.google_case import GoogleCase
from tests.support.google_fake import API, Call, FakeGoogle, Writing
from tests.support.google_fake.acts import ACTS, MUDDLING, Act, Cast
from tests.support.google_fake.people import SHEET_ID
from tests.support.rounds import same_secrets

NEVER = frozenset({"deleteDimension", "sortRange", "pasteData", "appendCells", "findReplace", "deleteSheet"})
"""What Convene must never ask Google for on the responses tab."""

HOUR = timedelta(hours=1)
LEASE = timedelta(minutes=31)

MOVING = ("turn over", "turn over", "sort", "sort part", "move row", "copy row", "insert row")
"""What people do in the moment of a write, above all: what moves rows."""

NEWS = ("submit", "submit again", "edit", "decide")
"""What there is to do for the next run, above all."""


class Killed(BaseException):
    """The program was killed."""


def is_convenes(writing: Writing) -> bool:
    return writing.writer.startswith(API)


class Play:
    """One spreadsheet, one ledger, and everybody at it."""

    def __init__(self, google: FakeGoogle, number: int = 0) -> None:
        self.secrets = same_secrets(number)
        self.google = google
        self.case = GoogleCase(google)
        self.case.make(tuple(HEADERS.values()), [])
        self.cast = Cast(self.case.form, self.case.people)
        self.folder = Path(tempfile.mkdtemp(prefix="convene-play-"))
        self.mail, self.now = FakeMailer(), BEFORE
        self.early: dict[int, Act] = {}
        self.gap: list[Act] = []
        self.requests, self.interrupted, self.killed, self.runs = 0, False, 0, 0
        self.muddled = False
        google.calls.clear()
        google.gap = self.act_in_the_gap

    def close(self) -> None:
        self.google.gap = lambda _call: None
        del self.google.documents[self.case.id]
        shutil.rmtree(self.folder)
        self.secrets.close()

    # --- what happens ----------------------------------------------------------------------------------

    def open_the_form(self, people: list[Act]) -> None:
        for act in people:
            self.cast.do(act)

    def day_of_selection(self) -> None:
        self.now = max(self.now, SELECTION)

    def run_meanwhile(
        self, news: list[Act], early: dict[int, Act], gap: list[Act], killed_at: int | None = None
    ) -> None:
        """Run when there is something to do, with people acting before some of its requests are carried out.

        `early` acts come before the requests of these numbers, those in the `gap` before one write each.
        """
        for act in news:
            self.cast.do(act)
        self.early, self.gap, self.requests = dict(early), list(gap), 0
        self.run(killed_at=killed_at)
        self.early, self.gap = {}, []

    def act_in_the_gap(self, call: Call) -> None:
        early = self.early.pop(self.requests, None)
        self.requests += 1
        asked = map(str, call.body.get("requests", ()))
        writes = "data" in call.body or any("updateCells" in one and str(SHEET_ID) in one for one in asked)
        late = self.gap.pop(0) if writes and self.gap else None
        for act in (early, late):
            if act is not None:
                self.interrupted = True
                self.muddled = self.muddled or (act.name in MUDDLING and not self.cast.tidy)
                self.cast.do(act)

    # --- Convene ---------------------------------------------------------------------------------------

    def workspace(self, killed_at: int | None = None) -> Workspace:
        """Return what a new process would see."""
        sheet = self.case.open()
        if killed_at is not None:
            _kill(sheet, killed_at)
        return make_workspace(self.folder, sheet, lambda: self.mail)

    def run(self, *, force: bool = False, killed_at: int | None = None) -> Result | None:
        """Run once; None where Convene refused to begin. Then nothing was written and nothing sent.

        `killed_at`: the program dies when Google has answered its request of this number; its lease runs out.
        """
        self.now += HOUR
        self.runs += 1
        document = self.case.people.document
        document.api = f"{API} {self.now}"
        self.interrupted = self.muddled = False
        before = self.written(), len(self.mail.delivered)
        try:
            result = run(self.workspace(killed_at), Clock(self.now), Orders(force=force))
        except Killed:
            self.killed += 1
            self.case.time.passed += LEASE.total_seconds()
            return None
        except ConveneError:
            assert (self.written(), len(self.mail.delivered)) == before
            return None
        if result.failure is None and not self.muddled:  # else people took apart what had just been written
            self.check_rows(document.api if self.interrupted else "")
        return result

    def come_to_rest(self) -> None:
        """Let people put back what keeps Convene from reading the sheet, and let it run until nothing is due."""
        self.cast.put_back()
        self.case.people.rename_tab("Form responses 1")
        if self.case.people.height() < 2:  # a sheet without any row is not gone on with
            self.cast.do(Act("submit"))
        for _ in range(4):
            result = self.run(force=True)
            assert result is not None
            if result.failure is None and not result.run_id:
                break
        else:
            raise AssertionError(f"it does not come to rest: {result}")

    def check(self) -> None:
        """Hold the end against all that must be so."""
        for check in self.checks.values():
            check()

    @property
    def checks(self) -> dict[str, Callable[[], None]]:
        """What is looked at in the end, by what it would be called if it did not hold."""
        return {
            "wrong rows": self.check_rows,
            "to look at in vain": self.check_that_nobody_has_to_look_in_vain,
            "stuck": self.check_that_nothing_is_due,
            "twice": self.check_mail,
            "lost": self.check_what_the_ledger_says,
            "others' cells": self.check_that_no_cell_but_convenes_is_written,
        }

    def history(self) -> History:
        with closing(self.workspace().ledger()) as ledger:
            return ledger.history()

    # --- what must hold --------------------------------------------------------------------------------

    def written(self) -> int:
        writings = self.case.people.document.writings
        return sum(is_convenes(writing) and writing.tab == SHEET_ID for writing in writings)

    def check_that_no_cell_but_convenes_is_written(self) -> None:
        """Only texts and places in the list, in columns that Convene made or that bear its headers."""
        names: dict[int, str] = {}
        for writing in self.case.people.document.writings:
            if is_convenes(writing) and writing.tab == SHEET_ID:  # what it tries, it tries elsewhere
                text = writing.after.get("stringValue", "")
                name = names.setdefault(writing.column, writing.header or text)  # the header comes first
                assert {name, writing.header} & set(OWN_COLUMNS) or text == name in ORGANISER_COLUMNS, writing
                kinds = {"numberValue", "stringValue"} if name == WAITING_LIST else {"stringValue"}
                assert set(writing.after) <= kinds, writing
        here = {column.uid for column in self.case.people.tab.columns}
        assert self.case.people.document.dressed & here <= set(names)

    def check_that_nothing_is_asked_for_that_moves_rows(self) -> None:
        asked = [one for call in self.google.calls for one in call.body.get("requests", ())]
        here = [one for one in asked if str(SHEET_ID) in str(one)]
        assert not {kind for one in here for kind in one} & NEVER
        inserted = [one["insertDimension"]["range"] for one in asked if "insertDimension" in one]
        assert all(place["dimension"] == "COLUMNS" for place in inserted)

    def check_rows(self, writer: str = "") -> None:
        """No row shows what is another person's: by the ledger, and by the mail that really went out.

        With `writer`, of the rows whose status this writer wrote: people may have taken the others apart since.
        """
        known, told = self.history().addresses, self.told()
        people = self.case.people
        if not {"Email Address", *OWN_COLUMNS} <= set(people.headers()):  # renamed in this run
            return
        for number in range(1, people.height()):
            said = {header: people.said(number, header) for header in ("Email Address", *OWN_COLUMNS)}
            status, address = said["Status"], said["Email Address"]
            if writer and people.tab.rows[number].box(people.column("Status")).writer != writer:
                continue
            if status in {"", Status.CHECK_ROW} or said["Reference"] not in known:
                assert status in {"", Status.CHECK_ROW}, said
                continue
            assert known[said["Reference"]] == address, said
            if (
                status != Status.SUPERSEDED
            ):  # a row that people changed meanwhile may show what was told before
                heard = told[said["Reference"]]
                wanted = {*heard, None} if writer else {heard[-1]}
                assert kind_shown(said["Last message"]) in wanted, (said, told)

    def check_that_nobody_has_to_look_in_vain(self) -> None:
        """As long as people took no row apart, Convene did not either."""
        people = self.case.people
        if self.cast.tidy and {"Email Address", "Status"} <= set(people.headers()):
            sound = [row for row in range(1, people.height()) if people.said(row, "Email Address")]
            assert Status.CHECK_ROW not in [people.said(row, "Status") for row in sound], people.texts()

    def check_that_nothing_is_due(self) -> None:
        workspace = self.workspace()
        with closing(workspace.ledger()) as ledger:
            assert plan_run(workspace, ledger, Clock(self.now)).is_empty

    def told(self) -> dict[str, list[Kind | None]]:
        """Return the messages that each reference really got, behind the None of those who got nothing."""
        told: dict[str, list[Kind | None]] = defaultdict(lambda: [None])
        for letter in self.mail.delivered:
            told[reference_of(letter.data)].append(Kind(kind_of(letter.data)))
        return told

    def check_mail(self) -> None:
        """No letter twice, and nothing said twice but an invitation, which organisers may take back and give again."""
        ids = Counter(mark_of(one.data) for one in self.mail.delivered)
        sent = Counter((reference_of(one.data), Kind(kind_of(one.data))) for one in self.mail.delivered)
        assert set(ids.values()) <= {1}, ids
        assert not [one for one, number in sent.items() if number > 1 and one[1] != Kind.INVITATION], sent

    def check_what_the_ledger_says(self) -> None:
        """What it calls sent was sent, and nothing else."""
        posted = (message for message in self.history().posted if message.state is State.ACCEPTED)
        said = Counter((message.reference, message.kind) for message in posted)
        assert said == Counter(
            (reference_of(one.data), Kind(kind_of(one.data))) for one in self.mail.delivered
        )


def _kill(sheet: GoogleSheet, at: int) -> None:
    """Let the program die right after the answer to the request of this number."""
    api = sheet._api
    ask, numbers = api._ask, count()

    def asked(*args: Any, **named: Any) -> Any:
        answer = ask(*args, **named)
        if next(numbers) == at:
            raise Killed
        return answer

    api._ask = asked  # type: ignore[method-assign]  # the program dies


# --- many plays, counted -----------------------------------------------------------------------------------


@dataclass
class Count:
    """What many plays came to; `losses` by what did not hold, with the numbers of the plays."""

    plays: int = 0
    runs: int = 0
    kills: int = 0
    letters: int = 0
    losses: dict[str, list[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list, repr=False)
    """What did not hold, in full."""


def rage(google: FakeGoogle, plays: range, steps: int = 10) -> Count:
    """Let everybody act at random, in as many plays; a play is known by its number, and is always the same."""
    counted = Count()
    for number in plays:
        _play(google, Random(number), steps, counted, number)
    return counted


def _play(google: FakeGoogle, random: Random, steps: int, counted: Count, number: int) -> None:
    stage = Play(google, number)

    def lose(name: str, error: AssertionError) -> None:
        counted.losses.setdefault(name, []).append(number)
        counted.notes.append(f"play {number}, {name}: {error}")

    try:
        stage.open_the_form([_act(random, ("submit",)) for _ in range(random.randint(2, 4))])
        stage.cast.tidy = random.random() < 0.5
        for _ in range(steps):
            _step(stage, random)
        stage.come_to_rest()
        for name, check in stage.checks.items():
            try:
                check()
            except AssertionError as error:
                lose(name, error)
    except AssertionError as error:
        lose("stuck", error)
    finally:
        counted.plays, counted.kills = counted.plays + 1, counted.kills + stage.killed
        counted.runs, counted.letters = counted.runs + stage.runs, counted.letters + len(stage.mail.delivered)
        stage.close()


def _step(stage: Play, random: Random) -> None:
    match random.randrange(5):
        case 0:
            stage.cast.do(_act(random))
        case 1:
            stage.day_of_selection()
        case _:
            news = [_act(random, NEWS) for _ in range(random.randint(0, 2))]
            early = {random.randrange(6): _act(random)} if random.random() < 0.5 else {}
            late = [_act(random, MOVING) for _ in range(random.randint(0, 3))]
            killed = stage.killed
            stage.run_meanwhile(news, early, late, _kill_at(random))
            while stage.killed > killed:  # what stands in wrong rows is the next run's to put right
                killed = stage.killed
                stage.run(killed_at=_kill_at(random))


def _kill_at(random: Random) -> int | None:
    return random.randrange(9) if random.random() < 0.3 else None


def _act(random: Random, names: tuple[str, ...] = tuple(ACTS)) -> Act:
    return Act(random.choice(names), *(random.randrange(31) for _ in range(3)))
