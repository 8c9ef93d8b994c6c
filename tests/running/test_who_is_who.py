"""People sort, form and organisers write, runs are killed: nobody is taken for another, and all is right in the end.

Every response is by a human whom the test knows. Two may share an address, and one may have two.
"""

import random
import shutil
import tempfile
from collections import Counter
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from pipeline.model.applicant import Status
from pipeline.model.history import History
from pipeline.model.settings import Limits
from pipeline.model.sheet import OWN_COLUMNS, CellValue, Stamp
from pipeline.running.clock import Clock
from pipeline.running.run import Orders, plan_run, run
from pipeline.sheets.base import Project
from pipeline.sheets.cells import plain
from tests.support.build import BEFORE, HEADERS, SELECTION, WITH_WORK
from tests.support.desk import kind_of, make_workspace, table
from tests.support.fakes import FakeMailer, FakeSheet
from tests.support.rounds import LONG, SHORT, play, same_secrets

FORM = len(HEADERS)
ROOM = Limits(applicants_per_mailbox=99)
WORDS = ("Invite", "Waiting list", "Hold", "Withdrawn", "Eligible: external", "perhaps")
SEEDS = st.integers(0, 2**16)


class Killed(BaseException):
    """The process died."""


class RestlessSheet(FakeSheet):
    """A sheet in which somebody may sort between the reading for a write and the write, whereupon the process dies."""

    seed: int | None = None

    def write(self, project: Project, closing: Stamp | None = None) -> int:
        if self.seed is None:
            return super().write(project, closing)
        changes = project(self.look())
        shuffle(self, 0, len(self.table[0]), self.seed)
        for change in changes:
            row = self.table[change.row - 1]
            for header, text in zip(OWN_COLUMNS, map(plain, change.after.texts()), strict=True):
                row[self.table[0].index(header)] = text or None
        self.stamp = closing or self.stamp
        raise Killed


def name_of(number: int) -> str:
    given = "".join("abcdefghij"[int(digit)] for digit in str(number))
    return f"An{given}o Lop{given}z"


def shuffle(sheet: FakeSheet, left: int, right: int, seed: int) -> None:
    """Sort these columns of all rows, and leave the others where they are."""
    rows = sheet.table[1:]
    for row in rows:
        row.extend([None] * (len(sheet.table[0]) - len(row)))
    parts = [row[left:right] for row in rows]
    random.Random(seed).shuffle(parts)
    for row, part in zip(rows, parts, strict=True):
        row[left:right] = part


class Play(RuleBasedStateMachine):
    """One call and everybody at its sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets = same_secrets()
        self.folder = Path(tempfile.mkdtemp(prefix="convene-who-"))
        self.sheet, self.mail, self.now = RestlessSheet(table()), FakeMailer(), BEFORE
        self.humans: list[tuple[str, str]] = []
        self.typed: dict[str, set[str]] = {}
        self.minute = 0
        self.since: set[str] = set()
        self.is_tidy = True
        """No word can have moved from one person to another."""

    def teardown(self) -> None:
        try:
            self.come_to_rest()
        finally:
            shutil.rmtree(self.folder)
            self.secrets.close()

    # --- what people do ------------------------------------------------------------------------------

    def submit(self, name: str, address: str, vetos: str = "Yes") -> None:
        self.minute += 1
        when = f"07-0{1 + self.minute // 600} {9 + self.minute // 60 % 10:02}:{self.minute % 60:02}"
        line = f"{when} | {address} | {name} | Manager | {vetos} > country=Work of {name}"
        self.sheet.table.extend(table(line)[1:])

    @rule(vetos=st.sampled_from(("Yes", "Aims to", "No")))
    def somebody_applies(self, vetos: str) -> None:
        number = len(self.humans)
        self.humans.append((name_of(number), f"p{number}@example.org"))
        self.submit(*self.humans[-1], vetos)

    @precondition(lambda self: self.humans)
    @rule(which=SEEDS)
    def somebody_applies_again(self, which: int) -> None:
        self.submit(*self.humans[which % len(self.humans)])

    @precondition(lambda self: self.humans)
    @rule(which=SEEDS)
    def a_colleague_applies_from_the_same_address(self, which: int) -> None:
        number = len(self.humans)
        self.humans.append((name_of(number), self.humans[which % number][1]))
        self.submit(*self.humans[-1])

    @precondition(lambda self: self.humans)
    @rule(which=SEEDS)
    def somebody_applies_from_home(self, which: int) -> None:
        name = self.humans[which % len(self.humans)][0]
        self.submit(name, f"home-of-{name.split()[0].lower()}@example.net")

    @rule(seed=SEEDS)
    def people_sort_whole_rows(self, seed: int) -> None:
        shuffle(self.sheet, 0, len(self.sheet.table[0]), seed)

    @rule(seed=SEEDS)
    def people_sort_convenes_columns_alone(self, seed: int) -> None:
        if "Reference" in self.sheet.table[0]:
            first = self.sheet.table[0].index("Reference")
            shuffle(self.sheet, first, first + len(OWN_COLUMNS), seed)
            self.since.add("moved")

    @precondition(
        lambda self: "moved" not in self.since
    )  # two sorts could bring a word beside another's cells
    @rule(seed=SEEDS)
    def people_sort_the_forms_columns_alone(self, seed: int) -> None:
        self.is_tidy = self.is_tidy and not any(self.words())
        shuffle(self.sheet, 0, FORM, seed)
        known = self.history().responses
        for row in self.sheet.table[1:]:
            # No run has seen whose word it was, nor whose answers came there: nothing can tell (docs/identity.md).
            is_new = self.name(row) and self.key(row) not in known
            if is_new and self.cell(row, "Decision") and not self.cell(row, "Reference"):
                self.typed.setdefault(self.name(row), set()).add(self.cell(row, "Decision"))
        self.run_until_nobody_is_asked()

    @rule()
    def people_insert_a_row(self) -> None:
        self.sheet.table.insert(1, [])

    @precondition(lambda self: "Decision" in self.sheet.table[0] and self.humans)
    @rule(which=SEEDS, word=st.sampled_from(WORDS))
    def organisers_type_a_word(self, which: int, word: str) -> None:
        rows = [row for row in self.sheet.table[1:] if self.name(row)]
        row = rows[which % len(rows)]
        self.type(row, "Decision", word)
        self.typed.setdefault(self.name(row), set()).add(word)
        self.since.add("typed")

    # --- what Convene does -----------------------------------------------------------------------------

    @rule()
    def convene_runs(self) -> None:
        self.run()

    @rule(seed=SEEDS)
    def convene_is_killed_while_somebody_sorts(self, seed: int) -> None:
        self.sheet.seed = seed
        try:
            self.run()
        except Killed:
            self.sheet.is_held = False
            self.since = {"moved"}
        finally:
            self.sheet.seed = None

    @rule()
    def the_day_of_selection_comes(self) -> None:
        self.now = max(self.now, SELECTION)

    def run(self) -> None:
        self.now += timedelta(hours=1)
        self.is_tidy = self.is_tidy and self.since != {"moved", "typed"}
        run(
            make_workspace(self.folder, self.sheet, lambda: self.mail, WITH_WORK, ROOM),
            Clock(self.now),
            Orders(),
        )
        self.since = (
            {"moved"} if self.check_rows() else set()
        )  # they stay apart until people did what is asked

    def come_to_rest(self) -> None:
        """Let it run until nothing is due; where people took rows apart under a word, let them do as the row says."""
        self.run_until_nobody_is_asked()
        self.run()
        workspace = make_workspace(self.folder, self.sheet, lambda: self.mail, WITH_WORK, ROOM)
        ledger = workspace.ledger()
        made, history = plan_run(workspace, ledger, Clock(self.now)), ledger.history()
        ledger.close()
        assert made.is_empty
        told = Counter((message.reference, message.kind) for message in history.posted)
        assert set(told.values()) <= {1}
        for row in self.sheet.table[1:]:
            if not self.name(row):
                assert not any(self.cell(row, header) for header in OWN_COLUMNS), row
            else:
                assert self.cell(row, "Status") not in {"", Status.CHECK_ROW}, row
                assert history.responses[self.key(row)] == self.cell(row, "Reference"), row
        owners = {
            history.responses[self.key(row)]: self.name(row) for row in self.sheet.table[1:] if self.name(row)
        }
        for reference, standing in history.standings.items():
            assert standing.decision in {"", *self.typed.get(owners[reference], ())}, standing

    def run_until_nobody_is_asked(self) -> None:
        for _ in range(4):
            self.run()
            if not self.answer_check_rows():
                return

    def answer_check_rows(self) -> bool:
        rows = self.check_rows()
        assert not (self.is_tidy and rows), rows
        for row in rows:
            if self.cell(row, "Decision") not in self.typed.get(self.name(row), ()):
                self.type(row, "Decision", "")
            self.type(row, "Reference", "")
        return bool(rows)

    # --- what must hold --------------------------------------------------------------------------------

    @invariant()
    def nobody_is_told_twice_or_under_another_name(self) -> None:
        invited: Counter[str] = Counter()
        for letter in self.mail.delivered:
            mail = message_from_bytes(letter.data)
            parts = (part for part in mail.walk() if part.get_content_type() == "text/plain")
            text = " ".join(str(part.get_payload()) for part in parts)
            (human,) = {name for name, _ in self.humans if f"{name}," in text}
            addresses = {address for name, address in self.humans if name == human}
            assert letter.to in addresses | {f"home-of-{human.split()[0].lower()}@example.net"}
            invited[human] += kind_of(letter.data) == "invitation"
        words = {human for human, typed in self.typed.items() if "Invite" in typed}
        assert {human for human, number in invited.items() if number > 1} <= words

    @invariant()
    def an_address_hears_of_two_people_at_most_unless_they_are_decided(self) -> None:
        heard = Counter(letter.to for letter in self.mail.delivered if kind_of(letter.data) == "received")
        assert max(heard.values(), default=0) <= 2

    # --- helpers ---------------------------------------------------------------------------------------

    def check_rows(self) -> list[list[CellValue]]:
        return [row for row in self.sheet.table[1:] if self.cell(row, "Status") == Status.CHECK_ROW]

    def cell(self, row: list[CellValue], header: str) -> str:
        headers = self.sheet.table[0]
        at = headers.index(header) if header in headers else len(row)
        return str(row[at] or "") if at < len(row) else ""

    def type(self, row: list[CellValue], header: str, text: str) -> None:
        row.extend([None] * (len(self.sheet.table[0]) - len(row)))
        row[self.sheet.table[0].index(header)] = text or None

    def name(self, row: list[CellValue]) -> str:
        return f"{self.cell(row, 'First name')} {self.cell(row, 'Family name')}".strip()

    def key(self, row: list[CellValue]) -> str:
        return f"{self.cell(row, 'Email Address')}|{self.cell(row, 'Timestamp').replace(' ', 'T')}"

    def history(self) -> History:
        with closing(
            make_workspace(self.folder, self.sheet, lambda: self.mail, WITH_WORK, ROOM).ledger()
        ) as it:
            return it.history()

    def words(self) -> list[str]:
        headers = self.sheet.table[0]
        return [self.cell(row, "Decision") for row in self.sheet.table[1:]] if "Decision" in headers else []


def test_everybody_is_who_they_are() -> None:
    play(Play, 14, SHORT)


@pytest.mark.slow
def test_everybody_is_who_they_are_for_long() -> None:
    play(Play, 25, LONG)
