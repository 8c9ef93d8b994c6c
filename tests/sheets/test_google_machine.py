"""The form, the organisers and Convene play against each other on one Google spreadsheet, in any order.

People act between runs, and in the gap between Convene's reading again and its writing. Whatever they did:
no status stands in a wrong row, no cell but Convene's was ever written, nobody is written to twice.
"""

import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pipeline.intake.own_cells import kind_shown
from pipeline.model.applicant import Status
from pipeline.model.errors import ConveneError
from pipeline.model.history import History
from pipeline.model.message import Kind
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, WAITING_LIST
from pipeline.planning.result import Result
from pipeline.running.clock import Clock
from pipeline.running.run import Orders, plan_run, run
from pipeline.running.workspace import Workspace
from pipeline.sheets.google.api import Api
from tests.support.build import BEFORE, HEADERS, SELECTION
from tests.support.desk import kind_of, make_workspace, reference_of
from tests.support.fakes import FakeMailer
from tests.support.google_case import GoogleCase
from tests.support.google_fake import API, Call, FakeGoogle, Writing
from tests.support.google_fake.acts import Act, Cast, acts
from tests.support.google_fake.people import SHEET_ID

NEVER = frozenset({"deleteDimension", "sortRange", "pasteData", "appendCells", "findReplace", "deleteSheet"})
"""What Convene must never ask Google for on the responses tab."""

HOUR = timedelta(hours=1)

MEANWHILE = acts() | acts(
    ("turn over", "turn over", "sort", "sort part", "move row", "copy row", "insert row")
)
"""What people do while a run goes on: above all what moves rows."""


MOVES = ("turn over", "turn over", "sort", "move row", "insert row")


class Killed(BaseException):
    """The process died."""


def die_after_writing(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Let the process die as soon as Google has carried out a write of cells."""

    def asking(api: Api, method: str, what: str, **named: Any) -> Any:
        answer, asked = ask(api, method, what, **named), str(named.get("json", ""))
        if "updateCells" in asked or "dataFilter" in asked:
            raise Killed
        return answer

    return asking


def is_convenes(writing: Writing) -> bool:
    return writing.writer.startswith(API)


class Play(RuleBasedStateMachine):
    """One spreadsheet, one ledger, and everybody at it."""

    google: ClassVar[FakeGoogle]

    def __init__(self) -> None:
        super().__init__()
        self.case = GoogleCase(self.google)
        self.case.make(tuple(HEADERS.values()), [])
        self.cast = Cast(self.case.form, self.case.people)
        self.folder = Path(tempfile.mkdtemp(prefix="convene-play-"))
        self.mail, self.now = FakeMailer(), BEFORE
        self.early: dict[int, Act] = {}
        self.gap: list[Act] = []
        self.requests, self.interrupted = 0, False
        self.google.calls.clear()
        self.google.gap = self.act_in_the_gap

    def teardown(self) -> None:
        try:
            self.come_to_rest()
        finally:
            self.google.gap = lambda _call: None
            del self.google.documents[self.case.id]
            shutil.rmtree(self.folder)

    # --- what happens ----------------------------------------------------------------------------------

    @initialize(
        people=st.lists(acts(("submit",)), min_size=2, max_size=4), tidy=st.booleans(), is_new=st.booleans()
    )
    def open_the_form(self, people: list[Act], *, tidy: bool, is_new: bool) -> None:
        self.cast.tidy = tidy
        for act in people:
            self.cast.do(act)
        if not is_new:
            self.run()

    @rule(act=acts())
    def somebody_acts(self, act: Act) -> None:
        self.cast.do(act)

    @rule()
    def convene_runs(self) -> None:
        self.run()

    @rule(
        news=st.lists(acts(("submit", "submit", "edit", "decide")), min_size=1, max_size=2),
        early=st.dictionaries(st.integers(0, 3), MEANWHILE, max_size=1),
        gap=st.lists(MEANWHILE, min_size=1, max_size=2),
    )
    def convene_runs_while_people_act(self, news: list[Act], early: dict[int, Act], gap: list[Act]) -> None:
        """Run when there is something to do, with people acting before some of its requests are carried out.

        `early` acts come before the requests of these numbers, those in the `gap` before one write each.
        """
        for act in news:
            self.cast.do(act)
        self.early, self.gap, self.requests = dict(early), list(gap), 0
        self.run()
        self.early, self.gap = {}, []

    @rule(
        news=st.lists(acts(("submit", "submit again", "edit")), min_size=1, max_size=2),
        gap=st.lists(acts(MOVES), min_size=1, max_size=2),
    )
    def convene_is_killed_right_after_it_wrote(self, news: list[Act], gap: list[Act]) -> None:
        """Die before the answer to a write is looked at; what stands in wrong rows is the next run's to put right."""
        for act in news:
            self.cast.do(act)
        self.gap = list(gap)
        with pytest.MonkeyPatch.context() as patch, suppress(Killed, ConveneError):
            patch.setattr(Api, "_ask", die_after_writing(Api._ask))
            self.now += HOUR
            run(self.workspace(), Clock(self.now), Orders())
        self.gap = []
        self.case.time.passed += 3600  # until the lease has run out
        self.run()

    @rule()
    def the_day_of_selection_comes(self) -> None:
        self.now = max(self.now, SELECTION)

    def act_in_the_gap(self, call: Call) -> None:
        early = self.early.pop(self.requests, None)
        self.requests += 1
        asked = map(str, call.body.get("requests", ()))
        writes = "data" in call.body or any("updateCells" in one and str(SHEET_ID) in one for one in asked)
        late = self.gap.pop(0) if writes and self.gap else None
        for act in (early, late):
            if act is not None:
                self.interrupted = True
                self.cast.do(act)

    # --- Convene ---------------------------------------------------------------------------------------

    def workspace(self) -> Workspace:
        """Return what a new process would see."""
        return make_workspace(self.folder, self.case.open(), lambda: self.mail)

    def run(self, *, force: bool = False) -> Result | None:
        """Run once; None where Convene refused to begin. Then nothing was written and nothing sent."""
        self.now += HOUR
        document = self.case.people.document
        document.api = f"{API} {self.now}"
        self.interrupted = False
        before = self.written(), len(self.mail.delivered)
        try:
            result = run(self.workspace(), Clock(self.now), Orders(force=force))
        except ConveneError:
            assert (self.written(), len(self.mail.delivered)) == before
            return None
        if result.failure is None:
            self.check_rows(document.api if self.interrupted else "")
        return result

    def come_to_rest(self) -> None:
        """Let people put back what keeps Convene from reading the sheet, and let it run until nothing is due."""
        self.cast.put_back()
        self.case.people.rename_tab("Form responses 1")
        for _ in range(4):
            result = self.run(force=True)
            assert result is not None
            if result.failure is None and not result.run_id:
                break
        else:
            raise AssertionError(f"it does not come to rest: {result}")
        self.check_rows()
        self.check_that_nobody_has_to_look_in_vain()
        self.check_that_nothing_is_due()
        self.check_mail()

    def history(self) -> History:
        with closing(self.workspace().ledger()) as ledger:
            return ledger.history()

    # --- what must hold --------------------------------------------------------------------------------

    def written(self) -> int:
        writings = self.case.people.document.writings
        return sum(is_convenes(writing) and writing.tab == SHEET_ID for writing in writings)

    @invariant()
    def no_cell_but_convenes_is_written(self) -> None:
        """Only texts and places in the list, in columns that Convene made or that bear its headers."""
        names: dict[int, str] = {}
        for writing in self.case.people.document.writings:
            if is_convenes(writing) and writing.tab == SHEET_ID:  # what it tries, it tries elsewhere
                text = writing.after.get("stringValue", "")
                name = names.setdefault(writing.column, writing.header or text)  # the header comes first
                assert {name, writing.header} & set(OWN_COLUMNS) or text == name in ORGANISER_COLUMNS, writing
                kinds = {"numberValue", "stringValue"} if name == WAITING_LIST else {"stringValue"}
                assert set(writing.after) <= kinds, writing
        assert self.case.people.document.dressed <= set(names)

    @invariant()
    def nothing_is_asked_for_that_moves_rows(self) -> None:
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
        sent = Counter((reference_of(one.data), kind_of(one.data)) for one in self.mail.delivered)
        assert not [one for one, number in sent.items() if number > 1], sent


def play(google: FakeGoogle, examples: int, steps: int) -> None:
    Play.google = google
    run_state_machine_as_test(
        Play,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_everybody_edits_at_once(google: FakeGoogle) -> None:
    play(google, 25, 8)


@pytest.mark.slow
def test_everybody_edits_at_once_for_long(google: FakeGoogle) -> None:
    play(google, 200, 20)
