"""A call of full size, day by day, through the real sheet, ledger and mail: what people do, outages, kills, changes.

All is drawn from one seed. What must hold is held after every run that came to its end, by `promises`.
"""

import os
import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Protocol
from unittest.mock import patch

from pipeline.intake.rows import read_entries
from pipeline.mail.smtp.client import SmtpMailer
from pipeline.mail.smtp.replies import Stage
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.errors import UnsafePlan
from pipeline.model.history import History
from pipeline.model.kinds import KINDS, NOTICES
from pipeline.model.message import Kind, State
from pipeline.model.offers import Offers
from pipeline.model.places import AtMost, Places, RankKey, Reserved
from pipeline.model.problem import NeedKind
from pipeline.model.settings import Rate
from pipeline.model.sheet import CellValue
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import Plan
from pipeline.planning.result import Result
from pipeline.running.run import run
from pipeline.running.workspace import Workspace
from pipeline.sheets.base import SetUp, Sheet
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.by_hand import type_in
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.build import HEADERS, at
from tests.support.desk import DRESSING, make_workspace, mark_of, table
from tests.support.google_case import GoogleCase
from tests.support.google_fake import FakeGoogle, Organisers
from tests.support.google_fake.people import ORGANISER
from tests.support.google_fake.values import box_of
from tests.support.killer import kill_before
from tests.support.passing import passing
from tests.support.promises import Promises, left_open
from tests.support.relay import LOST_REPLY, Relay, Trick
from tests.support.reply_form import CALL_WITH_FORM, FORM
from tests.support.weeks import SAYING, TEMPLATES, on

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPENS, SELECTION, STARTS = at("09-05 00:00"), at("09-12 06:00"), at("11-20 09:00")
COUNTRIES = ("Spain", "Italy", "Malta", "Greece", "Latvia")
RESPONSES, REPLIES = "Form responses 1", FORM.tab
ALL_ASK = frozenset(KINDS) - {Kind.RECEIVED}

PLACES = Places(
    40,
    overbook=2,
    rank_by=(RankKey("vetos", ("Yes", "Aims to")),),
    at_most=(AtMost("country", 12),),
    held=(Reserved("country", "Latvia", 5, at("10-01 23:59:59")),),
    seed="seed",
)
CALL = on(
    replace(
        CALL_WITH_FORM,
        places=PLACES,
        dates=replace(CALL_WITH_FORM.dates, opens=OPENS, deadline=SELECTION - 6 * HOUR, selection=SELECTION),
        offers=Offers(within=timedelta(days=5), remind_before=timedelta(days=2)),
        approve=NOTICES,
    ),
    STARTS,
)
WORDS = (
    *(
        "Invite",
        "Waiting list",
        "Decline",
        "Hold",
        "Confirmed",
        "Withdrawn",
        "Cancel",
        "Withdrawn - ill",
        "Invit",
    ),
    *("Eligible: external", "Invite as external", "Decline, silent", "Extend to 2023-11-10", "", "", ""),
)
TRICKS = (
    *(Trick(stage, "451 4.3.0 try later", times=2) for stage in (Stage.MAIL, Stage.RCPT, Stage.DOT)),
    *(Trick(stage, drops=True, times=1) for stage in (Stage.MAIL, Stage.DATA, Stage.DOT)),
    replace(LOST_REPLY, times=1),
)


FREEZE, APPROVE, ACCEPT = 3, 4, 5
"""In which row of the tab Convene these controls stand."""


class Paper(Protocol):
    """A spreadsheet with two tabs, as people fill it."""

    def open(self) -> Sheet: ...

    def put(self, tab: str, cells: Mapping[CellAt, CellValue]) -> None: ...

    def after_a_kill(self) -> None: ...


class OnWorkbook:
    """It is a file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "responses.xlsx"
        headers = tuple(question.header for question in FORM.questions.values())
        create_workbook(self.path, tuple(HEADERS.values()), (), {REPLIES: headers})

    def open(self) -> Sheet:
        return Workbook(self.path, "", _set_up())

    def put(self, tab: str, cells: Mapping[CellAt, CellValue]) -> None:
        type_in(self.path, cells, tab)

    def after_a_kill(self) -> None:
        """Nothing is left behind that has to run out."""


class OnGoogle:
    """It is on the stand-in for Google."""

    def __init__(self, google: FakeGoogle) -> None:
        self.case = GoogleCase(google)
        self.case.make(tuple(HEADERS.values()), [])
        for column, question in enumerate(FORM.questions.values(), 1):
            self.case.put_in(REPLIES, 1, column, question.header)

    def open(self) -> Sheet:
        return self.case.open(setup=_set_up())

    def put(self, tab: str, cells: Mapping[CellAt, CellValue]) -> None:
        document = self.case.people.document
        found = document.titled(tab)
        assert found
        people = Organisers(document, found)
        for (row, column), value in cells.items():
            while len(found.rows) < row:
                people.insert_row(len(found.rows))
            people.put(row - 1, column - 1, box_of(value, ORGANISER))

    def after_a_kill(self) -> None:
        self.case.time.passed += timedelta(minutes=31).total_seconds()


def _set_up() -> SetUp:
    return replace(DRESSING, replies=REPLIES)


@dataclass
class Town:
    """150 people, their call, and the days."""

    folder: Path
    paper: Paper
    relay: Relay
    random: Random
    call: Call = CALL
    promises: Promises = field(default_factory=Promises)
    names: list[str] = field(default_factory=list)
    answered: dict[str, datetime] = field(default_factory=dict)
    replies: int = 1
    kills: int = 0
    made: Plan | None = None

    # --- what people do ------------------------------------------------------------------------------

    def apply(self, number: int, now: datetime) -> None:
        """Let so many people fill in the form, a few of them without working with anybody, or in words of their own."""
        rows = []
        for _ in range(number):
            nth = len(self.names)
            self.names.append(f"p{nth}")
            role = self.random.choice(("Manager", "Psychologist", "Exit worker", "Manager", "Chaplain"))
            vetos = self.random.choice(("Yes", "Yes", "Aims to", "No"))
            more = f"country={self.random.choice(COUNTRIES)}"
            rows.append(f"{now:%m-%d %H:%M} | p{nth}@example.org | P{nth} Lind | {role} | {vetos} > {more}")
        first = len(self.names) - number + 2
        cells: dict[CellAt, CellValue] = {}
        for row, answers in enumerate(table(*rows)[1:], first):
            for column, answer in enumerate(answers, 1):
                cells[row, column] = answer
        self.paper.put(RESPONSES, cells)

    def type(self, words: Mapping[str, str]) -> None:
        """Let organisers type words, by the beginning of the address."""
        snapshot = self.paper.open().read()
        if "Decision" not in snapshot.headers:
            return
        column = snapshot.headers.index("Decision") + 1
        rows = {one.address.partition("@")[0]: one.row for one in read_entries(snapshot, self.call)}
        cells: dict[CellAt, CellValue] = {(rows[name], column): word or None for name, word in words.items()}
        self.paper.put(RESPONSES, cells)

    def reply(self, answers: Mapping[str, bool], now: datetime) -> None:
        known = {
            address.partition("@")[0]: (one, address) for one, address in self.history().addresses.items()
        }
        cells: dict[CellAt, CellValue] = {}
        for name, is_yes in answers.items():
            self.replies += 1
            reference, address = known[name]
            moment = now.replace(tzinfo=None)
            said: tuple[CellValue, ...] = (moment, address, reference, "Yes" if is_yes else "No")
            cells |= {(self.replies, column): value for column, value in enumerate(said, 1)}
        self.paper.put(REPLIES, cells)

    def people_answer(self, now: datetime) -> None:
        """Let whoever has an offer answer within a week: most with a yes; each fourth never says a word."""
        history, answers = self.history(), {}
        for reference, standing in sorted(history.standings.items()):
            name = history.addresses[reference].partition("@")[0]
            is_new = standing.status is Status.OFFERED and self.answered.get(name) != standing.at
            chance = self.random.random()
            if is_new and chance < 0.4:
                self.answered[name] = standing.at
                if int(name[1:]) % 4:
                    answers[name] = chance < 0.33
            elif standing.status is Status.CONFIRMED and chance < 0.01:
                answers[name] = False
        if answers:
            self.reply(answers, now)

    # --- what Convene does ---------------------------------------------------------------------------

    def workspace(self) -> Workspace:
        settings = self.relay.settings()
        made = make_workspace(
            self.folder, self.paper.open(), lambda: SmtpMailer(settings), self.call, rate=Rate(connections=1)
        )
        return replace(made, read_templates=lambda: TEMPLATES)

    def history(self) -> History:
        with closing(self.workspace().ledger()) as ledger:
            return ledger.history()

    def run(self, now: datetime) -> Result:
        """Run to the end, and hold all that was promised against it."""
        before = self.history()
        with _noting() as noted:
            try:
                result = run(self.workspace(), passing(now))
            except UnsafePlan:  # the event is over, say; they mean it
                self.control(ACCEPT, noted[-1].danger_code)
                result = run(self.workspace(), passing(now))
        self.made, after = noted[-1], self.history()
        self.promises.see(self.call, self.made, before, after)
        return result

    def run_killed(self, now: datetime, step: int) -> None:
        """Let a run of its own be killed before a step."""
        child = os.fork()
        if child == 0:
            kill_before(step)
            run(self.workspace(), passing(now))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        self.kills += os.waitstatus_to_exitcode(status) == -signal.SIGKILL
        self.paper.after_a_kill()

    def approve(self) -> None:
        """Type the code of what waits beside Approve all."""
        if proposals := self.history().proposals:
            self.control(APPROVE, proposals[-1].code)

    def control(self, row: int, text: str) -> None:
        """Let organisers set one of their cells in the tab Convene."""
        self.paper.put("Convene", {(row, 2): text or None})

    # --- a day ---------------------------------------------------------------------------------------

    def day(self, now: datetime) -> Result:
        """Let people answer, organisers type and approve, the relay be upset and a run be killed; then run."""
        draw = self.random.random
        self.people_answer(now - HOUR)
        if draw() < 0.5:
            self.type({name: self.random.choice(WORDS) for name in self.random.sample(self.names, 2)})
        if draw() < 0.1:
            one, other = self.random.sample(self.names, 2)
            self.type({one: f"Replace by {other}@example.org"})
        if draw() < 0.3:
            self.relay.play(*self.random.sample(TRICKS, 2))
        if draw() < 0.15:
            self.run_killed(now - timedelta(minutes=5), self.random.randint(20, 900))
        result = self.run(now)
        self.relay._book.tricks.clear()
        return result

    def end(self, now: datetime) -> None:
        """Let organisers see to all that they are asked until nobody is asked any more, and look at everybody."""
        for _ in range(6):
            self.run(now)
            self.approve()
            assert self.made
            asked = {need.reference: need.kind for need in self.made.needs if need.reference}
            held = {one.reference for one in self.made.assessment.verdicts if one.status is Status.ON_HOLD}
            words = {}
            for verdict in self.made.assessment.verdicts:
                if verdict.reference in asked.keys() | held:
                    known = verdict.case.standing
                    is_lost = asked.get(verdict.reference) in {NeedKind.IN_DOUBT, NeedKind.REFUSED}
                    said = SAYING.get(known.status, "Withdrawn") if known else "Decline"
                    words[verdict.case.applicant.response.address.partition("@")[0]] = (
                        "Delivered" if is_lost else said
                    )
            if not words:
                break
            self.type(words)
            now += HOUR

    def check_the_end(self) -> None:
        """Everybody ended somewhere and was told; what the ledger calls sent was sent once, and nothing else."""
        history = self.history()
        assert self.made
        left = list(left_open(self.made, history))
        assert not left, left
        heard = Counter(mark_of(letter.data) for letter in self.relay.accepted)
        assert set(heard.values()) == {1}, heard.most_common(3)
        sent = {
            f"X-Convene-Ref: {self.call.id}/{each.reference}/{each.kind}/{each.revision}": each.reply
            for each in history.posted
            if each.state is State.ACCEPTED
        }
        assert heard.keys() <= sent.keys()
        unheard = sent.keys() - heard.keys()  # a person said so, of what was in doubt
        assert not [mark for mark in unheard if sent[mark].startswith("250")]


@contextmanager
def _noting() -> Iterator[list[Plan]]:
    """Note each plan that a run makes."""
    made: list[Plan] = []

    def noted(*given: object, **named: object) -> Plan:
        made.append(make_plan(*given, **named))  # type: ignore[arg-type]  # as the run gives them
        return made[-1]

    with patch("pipeline.running.run.make_plan", noted):
        yield made
