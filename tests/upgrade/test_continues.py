"""A call that an earlier version began goes on with this one: see README.md beside this file.

Only the command line is used. What is expected was written down as the earlier version did it.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

HERE = Path(__file__).parent
CONVENE = (sys.executable, "-c", "from pipeline.cli import main; main()")
SOON, NEXT_DAY, LATER = "2024-04-15T07:10", "2024-04-16T07:00", "2024-04-16T09:00"
SOMEBODY_IS_NEEDED = 1
MARAS = 16
CARLA, GERDA, HUGO, LENA, OLGA = "P-9WPHQS", "P-2GQEJ8", "P-HX82CE", "P-HDBSTP", "P-99DD56"
ANA, BRUNO, ELSA, FILIP = "P-558YJN", "P-RTEAFB", "P-PVRJLP", "P-ANBH9U"

Cells = dict[tuple[str, str], object]
"""What stands in the sheet: the row's e-mail address (and time stamp) and the column's header to the value."""


class Call:
    """The workspace, and what people do with it."""

    def __init__(self, root: Path) -> None:
        self.root, self.sheet = root, root / "responses.xlsx"
        self._seen: set[Path] = set()

    def convene(self, moment: str, *words: str) -> tuple[int, str]:
        """Give one command; return its exit code and what it printed."""
        command = (*CONVENE, "-C", str(self.root), "--as-of", moment, *words)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout

    def ask(self, *words: str) -> Any:
        """Ask for data; return it."""
        return json.loads(self.convene(SOON, *words, "--json")[1])

    def letters(self) -> list[bytes]:
        """Return the letters that are new in the outbox, in the order in which they were written to the ledger."""
        there = set((self.root / "state" / "outbox").glob("new/*"))
        fresh, self._seen = there - self._seen, there
        return sorted((file.read_bytes() for file in fresh), key=self._turn)

    def _turn(self, letter: bytes) -> int:
        return next(number for number, data in self.recorded().items() if data == letter)

    def recorded(self) -> dict[int, bytes]:
        """Return the bytes of every letter in the ledger."""
        return dict(self._rows("SELECT id, data FROM messages"))

    def states(self) -> dict[tuple[str, str], str]:
        """Return how far each letter got: by reference and kind."""
        return {
            (ref, kind): state
            for ref, kind, state in self._rows("SELECT reference, kind, state FROM messages")
        }

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.root / "state" / "ledger.sqlite")) as ledger:
            return ledger.execute(query).fetchall()

    def cells(self) -> Cells:
        """Return every cell; a place on the waiting list, which is a number now, as the text that it was."""
        (headers, *rows) = load_workbook(self.sheet).worksheets[0].iter_rows(values_only=True)
        return {
            (f"{row[1]} {row[0]}", str(header)): str(value) if isinstance(value, int) else value
            for row in rows
            for header, value in zip(headers, row, strict=True)
        }

    def decide(self, words: dict[str, str]) -> None:
        """Type into the Decision column as an organiser does; `words` maps address to word."""
        book = load_workbook(self.sheet)
        tab = book.worksheets[0]
        columns = {str(cell.value): number for number, cell in enumerate(tab[1], 1)}
        for row in range(2, tab.max_row + 1):
            address = str(tab.cell(row, columns["Email Address"]).value)
            if address in words:
                tab.cell(row, columns["Decision"]).value = words[address]
        book.save(self.sheet)


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """The workspace as the earlier version left it: its ledger is put together again from text."""
    for name in ("config", "templates"):
        shutil.copytree(HERE / name, tmp_path / name)
    shutil.copyfile(HERE / "responses.xlsx", tmp_path / "responses.xlsx")
    (tmp_path / "state").mkdir(mode=0o700)
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.sqlite")) as ledger:
        ledger.executescript((HERE / "ledger.sql").read_text(encoding="utf-8"))
    return Call(tmp_path)


def read(letter: bytes) -> EmailMessage:
    return message_from_bytes(letter, policy=default)


def table(letters: list[bytes]) -> list[tuple[str, ...]]:
    """Tell of each letter what tells it from the others."""
    headers = ("X-Convene-Ref", "To", "Subject", "Message-ID")
    return [tuple(str(read(letter)[name]) for name in headers) for letter in letters]


def text_of(letter: bytes) -> str:
    body = read(letter).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def changes(before: Cells, after: Cells) -> Cells:
    """Return the cells that have become other ones."""
    assert before.keys() == after.keys()
    return {where: value for where, value in after.items() if before[where] != value}


def by_person(cells: Cells) -> dict[str, dict[str, object]]:
    """Group cells by the first name in the address."""
    grouped: dict[str, dict[str, object]] = {}
    for (where, header), value in cells.items():
        grouped.setdefault(where.partition("@")[0], {})[header] = value
    return grouped


def test_the_ledger_is_the_one_that_was_stored(call: Call) -> None:
    with closing(sqlite3.connect(call.root / "state" / "ledger.sqlite")) as ledger:
        pragmas = [
            ledger.execute(f"PRAGMA {name}").fetchone()[0] for name in ("user_version", "application_id")
        ]
        assert pragmas == [2, 0]
        assert ledger.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert ledger.execute("PRAGMA foreign_key_check").fetchall() == []
    counts = {state: list(call.states().values()).count(state) for state in set(call.states().values())}
    assert counts == {"accepted": 27, "in doubt": 1, "deferred": 1, "refused": 1}


# --- nothing has happened ----------------------------------------------------------------------------------


def test_a_run_with_nothing_new_does_nothing(call: Call) -> None:
    cells, recorded = call.cells(), call.recorded()
    for nth in range(2):
        code, said = call.convene(SOON, "run")
        assert code == SOMEBODY_IS_NEEDED
        assert said.startswith(
            "1 message waits: 1 put off by the mail server. The next attempt is due on 2024-04-15 at 07:30. "
            "nothing to do: sent=0 deferred=0 refused=0 in_doubt=0 held=0 changed=0 needs=4 waiting=1\n"
        )
        assert call.cells() == cells
        if nth == 0:
            workbook = call.sheet.read_bytes()  # the first run of this version adds its tab
        assert call.sheet.read_bytes() == workbook
        assert call.letters() == []
        assert call.recorded() == {
            **recorded,
            MARAS: b"",
        }  # this version keeps no text of hers: she did not agree


# --- something happens -------------------------------------------------------------------------------------

EVENT = {"bruno@example.com": "Withdrawn", "lena@example.net": "Waiting list"}
SENT = [
    (
        f"bees-2024/{HUGO}/waiting_list/1",  # put off by the mail server before
        "hugo@example.net",
        "You are on the waiting list: Turku",
        "<84d3e86c22c5af88f1fa3fc22e3910b44845cb59@example.org>",
    ),
    (
        f"bees-2024/{CARLA}/invitation/1",  # passed over before, as long as Spain was full
        "carla@example.net",
        "You are invited: Turku",
        "<c988025013944356bb468471d9e3ee20aa6f2491@example.org>",
    ),
    (
        f"bees-2024/{LENA}/waiting_list/1",
        "lena@example.net",
        "You are on the waiting list: Turku",
        "<a2ae20528014bc3f8e6205dada02bc0f78a17983@example.org>",
    ),
]
NOW: dict[str, object] = {"Updated": "2024-04-16 07:00"}
CHANGED: dict[str, dict[str, object]] = {
    "bruno": NOW | {"Status": "Withdrawn", "Reason": "Decided by the organisers: Withdrawn."},
    "carla": NOW
    | {
        "Status": "Offered",
        "Reason": "A place is offered: from the waiting list. Role: “Beekeeper”, hives: “30”. "
        "To be answered until 25 April 2024.",
        "Waiting list": None,
        "Last message": "Invitation, 2024-04-16 07:00",
    },
    "lucia": NOW
    | {
        "Reason": "On the waiting list: all 2 places for country “Spain” are taken; first in line if a place "
        "for country “Spain” becomes free. Role: “Beekeeper”, hives: “29”. Passed over on 15 April 2024: all 2 "
        "places for country “Spain” are taken.",
        "Waiting list": "1",
    },
    "olga": NOW | {"Waiting list": "2"},
    "gerda": NOW | {"Waiting list": "3"},
    "hugo": NOW | {"Waiting list": "4", "Last message": "Waiting list, 2024-04-16 07:00"},
    "lena": NOW
    | {
        "Status": "Waiting list",
        "Reason": "Decided by the organisers: Waiting list.",
        "Waiting list": "5",
        "Last message": "Waiting list, 2024-04-16 07:00",
    },
}
INVITATION = f"""\
Dear Carla Ferrer,

A place at “Winter school for beekeepers” is yours. Please answer by
Thursday 25 April 2024. Bring a hat.

Your reference: {CARLA}
"""


def test_a_place_becomes_free_and_somebody_is_put_on_the_list(call: Call) -> None:
    call.decide(EVENT)
    before = call.cells()
    code, said = call.convene(NEXT_DAY, "run")
    assert code == SOMEBODY_IS_NEEDED
    assert said.startswith(
        "run-9: sent=3 deferred=0 refused=0 in_doubt=0 held=0 changed=7 needs=3; places: 1 offered, "
        "4 of 4 places taken; in rank order, which is provably the best; seed “honey”\n"
    )
    letters = call.letters()
    assert table(letters) == SENT
    assert text_of(letters[1]) == INVITATION
    assert by_person(changes(before, call.cells())) == CHANGED


def test_the_same_run_again_does_nothing(call: Call) -> None:
    call.decide(EVENT)
    call.convene(NEXT_DAY, "run")
    workbook = call.sheet.read_bytes()
    call.letters()
    code, said = call.convene(NEXT_DAY, "run")
    assert code == SOMEBODY_IS_NEEDED
    assert said.startswith("nothing to do: sent=0 ")
    assert call.letters() == []
    assert call.sheet.read_bytes() == workbook


def test_a_letter_of_the_earlier_version_leaves_byte_for_byte(call: Call) -> None:
    recorded = call.recorded()
    call.convene(NEXT_DAY, "run")
    (put_off,) = call.letters()
    assert put_off in recorded.values()
    assert call.states()[HUGO, "waiting_list"] == "accepted"

    code, said = call.convene(NEXT_DAY, "resolve")
    doubt = f"{GERDA}  waiting_list to gerda@example.com  since 2024-04-12 07:00"
    assert code == SOMEBODY_IS_NEEDED
    assert said.splitlines()[0] == f"{doubt}  run-5  last words: the connection was lost"
    assert said.splitlines()[1].endswith(
        "refused 2024-04-12 07:00  run-5  last words: 550 5.1.1 no such user"
    )
    assert call.convene(NEXT_DAY, "resolve", GERDA, "--send-again")[0] == 0
    before = call.cells()
    call.convene(LATER, "run")
    (in_doubt,) = call.letters()
    assert in_doubt in recorded.values()
    shown = {"Last message": "Waiting list, 2024-04-16 09:00", "Updated": "2024-04-16 09:00"}
    assert by_person(changes(before, call.cells())) == {"gerda": shown}


# --- questions ---------------------------------------------------------------------------------------------

STATUSES = [
    ("ana@example.org", "Superseded", None),
    ("bruno@example.com", "Offered", None),
    ("carla@example.net", "Waiting list", 1),
    ("dmitri@example.org", "Withdrawn", None),
    ("elsa@example.com", "Offered", None),
    ("kurt@example.org", "Ineligible", None),
    ("lena@example.net", "To review", None),
    ("nils@example.org", "On hold", None),
    ("olga@example.com", "Waiting list", 3),
    ("piet@example.net", "Not selected", None),
    ("", "Check row", None),
    ("ana@example.org", "Confirmed", None),
    ("filip@example.org", "Offered", None),
    ("gerda@example.com", "Waiting list", 4),
    ("hugo@example.net", "Waiting list", 5),
    ("jan@example.org", "Not selected", None),
    ("lucia@example.com", "Waiting list", 2),
    ("mara@example.net", "On hold", None),
]


def test_status_says_where_everybody_stands(call: Call) -> None:
    points = call.ask("status")
    assert [(point["email"] or "", point["status"], point["waiting_list"]) for point in points] == STATUSES
    sheet = [value for (_, header), value in call.cells().items() if header == "Reason"]
    assert [point["reason"] for point in points] == sheet


def test_plan_says_that_nothing_is_due(call: Call) -> None:
    plan = call.ask("plan")
    assert (plan["changes"], plan["messages"], plan["cancelled"], plan["reclassified"]) == ([], [], [], [])
    assert (plan["dangers"], len(plan["problems"])) == ([], 4)
    code, said = call.convene(SOON, "plan")
    assert code == SOMEBODY_IS_NEEDED
    assert "no message would go out; 0 rows of the sheet would change." in said


def test_explain_says_why_somebody_was_passed_over(call: Call) -> None:
    code, said = call.convene(SOON, "explain", CARLA)
    assert code == 0
    for sentence in (
        f"{CARLA}, row 4: Waiting list",
        "Passed over on 15 April 2024: all 2 places for country “Spain” are taken.",
        "Gets no place now: rank 1 of 5.",
        "Country “Spain” is full (2 of 2). Everybody under this limit has a place already or ranks before.",
        "Eligible, category “Beekeepers”: Role: “Beekeeper”, hives: “30”.",
    ):
        assert sentence in said


def test_places_says_who_would_come(call: Call) -> None:
    view = call.ask("places")
    assert view["if_leaves"] == {ANA: [CARLA], BRUNO: [CARLA], ELSA: [OLGA], FILIP: [OLGA]}
    rules = [(rule["kind"], rule["name"], rule["count"], rule["bound"]) for rule in view["rules"]]
    assert rules == [
        ("capacity", "places", 4, 4),
        ("limit", "country “Spain”", 2, 2),
        ("minimum", "Teachers", 1, 1),
    ]
    assert call.convene(SOON, "places")[1].startswith("4 of 4 places taken, 0 of them by this choice.\n")


def test_history_and_log_tell_what_was_kept(call: Call) -> None:
    code, said = call.convene(SOON, "history", HUGO)
    assert (code, said.splitlines()) == (
        0,
        [
            "2024-04-08 07:00  run-3     The response of 2024-04-04 10:30:00 was read.",
            "2024-04-08 07:00  run-3     Acknowledgement: written.",
            "2024-04-08 07:00  run-3     Acknowledgement: sent: put into the outbox.",
            "2024-04-12 07:00  run-5     Waiting list: On the waiting list: all 4 places are taken; 4th if a place "
            "frees. Role: “Beekeeper”, hives: “6”.",
            "2024-04-12 07:00  run-5     Waiting list: written.",
            "2024-04-15 07:00  run-5     Waiting list: put off by the mail server: 450 4.2.1 mailbox is busy.",
        ],
    )
    olga = [(each["what"], each["about"]) for each in call.ask("history", OLGA)]
    assert ("word", "Eligible: teacher") in olga
    assert [(each["run"], each["counts"]) for each in call.ask("log")] == [
        (1, {"sent": 10}),
        (3, {"sent": 6}),
        (5, {"sent": 10}),
        (7, {"sent": 1}),
    ]


def test_check_says_what_is_new_to_a_call_of_before(call: Call) -> None:
    said = " ".join(call.convene(SOON, "check", "--offline")[1].split())
    assert "nobody is told that a decision is late" in said
    assert "add delayed: delayed.md under messages" in said


@pytest.mark.parametrize("question", ["status", "plan", "places", "audience", "resolve", "check"])
def test_a_question_changes_nothing(call: Call, question: str) -> None:
    workbook, recorded = call.sheet.read_bytes(), call.recorded()
    code, said = call.convene(SOON, question)
    assert code in {0, SOMEBODY_IS_NEEDED}
    assert said
    assert call.sheet.read_bytes() == workbook
    assert call.recorded() == recorded
