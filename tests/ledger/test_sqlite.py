import sqlite3
import stat
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.ledger.outgoing import Outgoing
from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.rows import read_reasons, write_reasons
from pipeline.ledger.schema import SCHEMA_VERSION, UPGRADES
from pipeline.ledger.sqlite import Ledger
from pipeline.model.adoption import Adopted, Adoption
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.errors import LedgerError
from pipeline.model.history import NO_NOTES, Heard, History, Posted, Settlement, Standing
from pipeline.model.message import Kind, Letter, Message, Rendered, State
from pipeline.model.reason import ReasonKind, as_written, because
from pipeline.model.said import Said, tell
from pipeline.model.sheet import Stamp
from pipeline.model.wordings import words
from tests.support.build import LATER, SELECTION

STANDING = Standing(
    "P-ANA222",
    Status.WAITING,
    Eligibility.ELIGIBLE,
    "management",
    (
        as_written("Because."),
        because(ReasonKind.OFFERED, rank=3, tier=0, causes=(("needed", (("x", 1),), False),)),
    ),
    "Invite",
    SELECTION,
    order=3,
    found="eligible",
    vacated=True,
)


PRINTED = (("facts.place", "Gent “C”"), ("starts", "2023-09-12"))


def prepared(kind: Kind = Kind.INVITATION, revision: int = 1, reference: str = "P-ANA222") -> Prepared:
    content = Rendered("Hello", "text", "<p>", printed=PRINTED)
    message = Message(reference, "ana@example.org", kind, revision, content, "why")
    letter = Letter(
        "us@example.org", "ana@example.org", f"<{reference}.{kind}.{revision}@example.org>", b"bytes"
    )
    return Prepared(message, letter)


def records(
    *messages: Prepared,
    standings: tuple[Standing, ...] = (),
    cancelled: tuple[int, ...] = (),
    settlements: tuple[Settlement, ...] = (),
    heard: Mapping[str, Heard | None] | None = None,
) -> Records:
    return Records({}, {}, standings, messages, cancelled, {}, settlements, heard or {})


FIRST = Records({"P-ANA222": "ana@example.org"}, {"ana|1": "P-ANA222"}, (STANDING,), (prepared(),), ())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "ledger.sqlite"


def states(ledger: Ledger) -> list[State]:
    return [message.state for message in ledger.history().posted]


def test_a_run_is_remembered_whole_and_survives_reopening(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        assert ledger.prepare(FIRST, SELECTION) == ("run-1", (1,))
        ledger.remember(7, {}, NO_NOTES)
        before = ledger.history()
    with closing(Ledger(path, "meeting")) as ledger:
        to, subject = "ana@example.org", "Hello"
        posted = Posted(
            1, "P-ANA222", Kind.INVITATION, 1, State.PREPARED, SELECTION, to, subject, run=1, printed=PRINTED
        )
        assert ledger.history() == History(
            before.secret,
            {"P-ANA222": "ana@example.org"},
            {"ana|1": "P-ANA222"},
            {"P-ANA222": STANDING},
            (posted,),
            7,
            before.ledger,
            1,
        )
        assert tuple(ledger.outgoing((1,))) == (Outgoing(1, "P-ANA222", Kind.INVITATION, prepared().letter),)


def test_another_call_in_the_same_file_knows_nothing_of_it(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as one, closing(Ledger(path, "other")) as other:
        one.prepare(FIRST, SELECTION)
        one.remember(7, {}, NO_NOTES)
        known = one.history()
        assert other.history() == History(secret=known.secret, ledger=known.ledger)


def test_the_file_is_private_and_every_commit_is_synced(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        assert (modes, stat.S_IMODE(path.parent.stat().st_mode)) == ({0o600}, 0o700)
        assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_the_same_message_cannot_be_prepared_twice(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        with pytest.raises(LedgerError, match="UNIQUE"):
            ledger.prepare(records(prepared()), LATER)
        assert states(ledger) == [State.PREPARED]


def test_preparing_is_all_or_nothing(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        before = ledger.history()
        with pytest.raises(LedgerError):
            ledger.prepare(replace(FIRST, people={"P-NEW222": "new@example.org"}), LATER)
        assert ledger.history() == before


def test_the_protocol_has_one_order(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        with pytest.raises(LedgerError, match="cannot become “committing” now"):
            ledger.commit(1, SELECTION)
        with pytest.raises(LedgerError, match="cannot become “accepted” now"):
            ledger.conclude(1, State.ACCEPTED, "250 ok", SELECTION)
        ledger.start(1, "smtp", SELECTION)
        ledger.commit(1, SELECTION)
        assert ledger.interrupted() == ((1, prepared().letter.message_id, "smtp"),)
        ledger.conclude(1, State.ACCEPTED, "250 ok", LATER)
        with pytest.raises(LedgerError, match="cannot become “sending” now"):
            ledger.start(1, "smtp", LATER)
        (message,) = ledger.history().posted
        assert (message.state, message.at, message.reply) == (State.ACCEPTED, LATER, "250 ok")


def test_a_deferred_message_knows_when_it_is_tried_again(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        ledger.start(1, "smtp", SELECTION)
        ledger.conclude(1, State.DEFERRED, "450 later", SELECTION, SELECTION + timedelta(minutes=30))
        (message,) = ledger.history().posted
        assert message.next_attempt == SELECTION + timedelta(minutes=30)
        ledger.start(1, "smtp", LATER)


def test_a_held_message_takes_its_decision_with_it(path: Path) -> None:
    earlier = replace(STANDING, status=Status.OFFERED, order=0)
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(replace(FIRST, standings=(earlier,)), SELECTION)
        ledger.prepare(records(prepared(Kind.WAITING_LIST), standings=(STANDING,)), LATER)
        assert ledger.history().standings == {"P-ANA222": STANDING}
        ledger.hold(2, LATER)
        assert ledger.history().standings == {"P-ANA222": earlier}


def test_a_contrary_message_is_called_off_in_the_same_breath(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        ledger.prepare(records(prepared(Kind.NOT_SELECTED), cancelled=(1,)), LATER)
        assert states(ledger) == [State.CANCELLED, State.PREPARED]


@pytest.mark.parametrize("state", [State.ACCEPTED, State.PREPARED, State.REPLACED])
@pytest.mark.parametrize("ended", [State.IN_DOUBT, State.REFUSED])
def test_only_what_is_in_doubt_or_refused_can_be_settled(path: Path, state: State, ended: State) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        with pytest.raises(LedgerError):
            ledger.settle((Settlement(1, state),), LATER)
        ledger.start(1, "smtp", SELECTION)
        ledger.commit(1, SELECTION)
        ledger.conclude(1, ended, "said", SELECTION)
        ledger.settle((Settlement(1, state, "moved" if state is State.REPLACED else ""),), LATER)
        assert states(ledger) == [state]
        said = "a new one takes its place: moved" if state is State.REPLACED else "said"
        assert ledger.history().posted[0].reply == said


def test_what_was_heard_is_remembered_with_what_it_settled_or_not_at_all(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        told = {"P-ANA222": Heard("Send again", 1), "P-BEA222": Heard("Delivered")}
        settled = records(settlements=(Settlement(1, State.ACCEPTED),), heard=told)
        with pytest.raises(LedgerError):
            ledger.prepare(settled, LATER)
        assert ledger.history().heard == {}
        ledger.start(1, "smtp", SELECTION)
        ledger.commit(1, SELECTION)
        ledger.conclude(1, State.IN_DOUBT, "", SELECTION)
        ledger.prepare(settled, LATER)
        assert (states(ledger), ledger.history().heard) == ([State.ACCEPTED], told)
        ledger.prepare(records(heard={"P-ANA222": None}), LATER)
        assert ledger.history().heard == {"P-BEA222": Heard("Delivered")}


def test_a_run_is_counted_before_it_records_anything(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger, closing(Ledger(path, "other")) as other:
        assert (ledger.begin(SELECTION), other.begin(SELECTION), ledger.begin(SELECTION)) == (1, 2, 3)
        assert (ledger.history().run, other.history().run) == (3, 2)
        assert ledger.prepare(FIRST, SELECTION, 3) == ("run-3", (1,))
        assert ledger.prepare(records(), LATER) == ("run-4", ())
    with closing(Ledger(path, "meeting")) as ledger:
        assert ledger.history().run == 4


def test_every_ledger_has_an_id_of_its_own(tmp_path: Path) -> None:
    ids = set()
    for name in ("one", "two"):
        with closing(Ledger(tmp_path / name, "meeting")) as ledger:
            ids |= {ledger.history().ledger, ledger.history().ledger}
    assert len(ids) == 2


# --- taking over what another ledger did -------------------------------------------------------------------

PAST = Posted(0, "P-ANA222", Kind.WAITING_LIST, 2, State.IN_DOUBT, SELECTION, "ana@example.org", reply="lost")
ANA = Adopted(
    "P-ANA222",
    "ana@example.org",
    2,
    True,
    ("ana|1",),
    STANDING,
    (replace(PAST, kind=Kind.RECEIVED, state=State.ACCEPTED), PAST),
)

ANA_BEFORE = replace(ANA, is_new=False, keys=(), messages=(PAST,))


def test_a_belief_is_taken_over_whole(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        secret = ledger.history().secret
        assert ledger.adopt(Adoption(Stamp("another", 41), (ANA,)), LATER) == Stamp("another", 42)
        here = replace(PAST, run=42, is_stored=False)
        posted = (replace(here, id=1, kind=Kind.RECEIVED, state=State.ACCEPTED), replace(here, id=2))
        assert ledger.history() == History(
            secret,
            {"P-ANA222": "ana@example.org"},
            {"ana|1": "P-ANA222"},
            {"P-ANA222": STANDING},
            posted,
            0,
            "another",
            42,
        )
        assert ledger.begin(LATER) == 43


def test_taking_over_nothing_still_counts_as_a_run(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        own = ledger.history().ledger
        assert ledger.adopt(Adoption(), LATER) == Stamp(own, 1)
        assert ledger.adopt(Adoption(Stamp(own, 1)), LATER) == Stamp(own, 2)


def test_taking_over_concerns_one_call(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger, closing(Ledger(path, "other")) as other:
        before = other.history()
        ledger.adopt(Adoption(Stamp("another", 41), (ANA,)), LATER)
        assert other.history() == before


def test_taking_over_is_all_or_nothing(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        before = ledger.history()
        with pytest.raises(LedgerError, match="UNIQUE"):
            ledger.adopt(Adoption(Stamp("another", 41), (ANA, ANA)), LATER)
        assert ledger.history() == before


def test_open_messages_are_settled_and_all_others_stay(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(replace(FIRST, messages=(prepared(), prepared(Kind.RECEIVED))), SELECTION)
        ledger.start(2, "outbox", SELECTION)
        ledger.conclude(2, State.ACCEPTED, "250 ok", SELECTION)
        settled = tuple(
            Posted(number, "P-ANA222", Kind.INVITATION, 1, State.IN_DOUBT, LATER, reply="not known")
            for number in (1, 2)
        )
        ledger.adopt(Adoption(settled=settled), LATER)
        assert [(message.state, message.at, message.reply) for message in ledger.history().posted] == [
            (State.IN_DOUBT, LATER, "not known"),
            (State.ACCEPTED, SELECTION, "250 ok"),
        ]


def test_a_file_that_is_no_ledger_is_told_of(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, but long enough to be taken for one" * 100)
    with pytest.raises(LedgerError, match=r"file is not a database.*convene adopt"):
        Ledger(path, "meeting")


def test_after_a_run_that_did_not_end_well_every_page_is_looked_at(path: Path) -> None:
    """Damage that no query meets before it does harm: an index that forgot what is there."""
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
    with closing(sqlite3.connect(path)) as db:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_responses_1'"
        (page,), (size,) = db.execute(query).fetchone(), db.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size + 3)
        file.write(b"\0\0")  # how many entries the page has (sqlite.org/fileformat.html, 1.6)
    with closing(Ledger(path, "meeting")) as ledger:
        assert ledger.history().run == 1
        with pytest.raises(LedgerError, match="damaged"):
            ledger.raise_if_damaged()
    path.with_name("ledger.sqlite-wal").touch()  # left by whoever had it open
    with pytest.raises(LedgerError, match=r"damaged it: .*convene adopt"):
        Ledger(path, "meeting")


def test_a_ledger_of_another_version_is_left_alone(path: Path) -> None:
    Ledger(path, "meeting").close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="another version of Convene"):
        Ledger(path, "meeting")


UNDO = {
    1: "ALTER TABLE standings DROP COLUMN note",
    2: "ALTER TABLE standings RENAME COLUMN reasons TO reason",
    3: "ALTER TABLE messages DROP COLUMN checksum; ALTER TABLE messages DROP COLUMN until",
    4: "DROP TABLE erased",
    5: "ALTER TABLE responses DROP COLUMN answers",
    6: "DELETE FROM meta WHERE key LIKE 'letters of %'",
    7: "ALTER TABLE standings DROP COLUMN cause; DROP TABLE diary; DROP TABLE happenings",
    8: "ALTER TABLE messages DROP COLUMN effect; DROP TABLE releases; DROP TABLE proposals",
    9: "ALTER TABLE messages DROP COLUMN printed",
    10: "ALTER TABLE standings DROP COLUMN heard_until",
    11: "ALTER TABLE messages DROP COLUMN occasion; ALTER TABLE standings DROP COLUMN reply_by;"
    "ALTER TABLE standings DROP COLUMN owed",
    12: "ALTER TABLE messages DROP COLUMN copy_of",
    13: "SELECT 1",
}
"""What takes a ledger back by one version."""


def take_back(path: Path, version: int, *more: str) -> None:
    """Make the ledger one of an earlier version; then do `more` to it."""
    assert UNDO.keys() == UPGRADES.keys()
    steps = (UNDO[step] for step in range(SCHEMA_VERSION - 1, version - 1, -1))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("; ".join((*steps, *more, f"PRAGMA user_version = {version}")))


def shape(path: Path) -> dict[str, set[tuple[object, ...]]]:
    """Return the columns of every table, in no order."""
    with closing(sqlite3.connect(path)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: {row[1:] for row in db.execute(f"PRAGMA table_info({name})")} for name in tables}


@pytest.mark.parametrize("version", UPGRADES)
def test_a_ledger_of_any_version_gets_the_tables_of_this_one(path: Path, version: int) -> None:
    Ledger(path, "meeting").close()
    new = shape(path)
    take_back(path, version)
    Ledger(path, "meeting").close()
    assert shape(path) == new
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_a_ledger_of_the_first_version_is_brought_up_to_date(path: Path) -> None:
    Ledger(path, "meeting").close()
    take_back(path, 1)
    with closing(Ledger(path, "meeting")) as ledger:
        number = ledger.begin(LATER)
        noted = replace(STANDING, note="as agreed by telephone")
        ledger.prepare(Records({}, {}, (noted,), (), ()), LATER, number)
        assert [standing.note for standing in ledger.history().standings.values()] == [
            "as agreed by telephone"
        ]


def test_a_ledger_of_the_second_version_keeps_its_sentences_as_they_stand(path: Path) -> None:
    told = "On the waiting list: “so \\ that”; 1st if a place frees. Passed over on 2 August 2023: x."
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(Records({}, {}, (STANDING,), (), ()), SELECTION)
    take_back(path, 2, f"UPDATE standings SET reason = '{told}'")
    for _ in range(2):  # the second time there is nothing to bring up to date
        with closing(Ledger(path, "meeting")) as ledger:
            kept = replace(STANDING, reasons=(as_written(told),))
            assert ledger.history().standings == {"P-ANA222": kept}


def test_letters_that_left_before_they_were_counted_count(path: Path) -> None:
    """What is in doubt may have left, and what went into the outbox did not."""
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(records(*(prepared(revision=number) for number in range(1, 6))), SELECTION)
        for message, via, state in (
            (1, "smtp", State.ACCEPTED),
            (2, "smtp", State.IN_DOUBT),
            (3, "smtp", State.DEFERRED),
            (4, "outbox", State.ACCEPTED),
        ):
            ledger.start(message, via, SELECTION)
            ledger.commit(message, SELECTION)
            ledger.conclude(message, state, "", SELECTION)
        assert ledger.history().letters == 3  # one came as far as its dot, and was put off
    take_back(path, 6)
    with closing(Ledger(path, "meeting")) as ledger:
        assert ledger.history().letters == 2


def test_letters_from_before_checksums_get_theirs(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        ledger.adopt(Adoption(None, (ANA_BEFORE,)), LATER)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        before = db.execute("SELECT id, checksum FROM messages").fetchall()
    take_back(path, 3)
    with closing(Ledger(path, "meeting")) as ledger:
        assert tuple(ledger.outgoing((1,))) == (Outgoing(1, "P-ANA222", Kind.INVITATION, prepared().letter),)
        assert ledger._db.execute("SELECT id, checksum FROM messages").fetchall() == before
    assert [bool(checksum) for _, checksum in before] == [True, False]


def test_in_a_ledger_from_before_an_address_may_become_that_of_two_people(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
    unique = """
        CREATE TABLE old (
            call TEXT NOT NULL, reference TEXT NOT NULL, address TEXT NOT NULL,
            run INTEGER NOT NULL REFERENCES runs, PRIMARY KEY (call, reference), UNIQUE (call, address)
        ) STRICT;
        INSERT INTO old SELECT * FROM applicants;
        DROP TABLE applicants;
        ALTER TABLE old RENAME TO applicants
    """
    take_back(path, 5, unique)
    second = Records(
        {"P-EVA222": "ana@example.org"}, {"ana|2": "P-EVA222"}, (), (), (), {"ana|1": "1 abc {}"}
    )
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(second, LATER)
        history = ledger.history()
    assert history.addresses == {"P-ANA222": "ana@example.org", "P-EVA222": "ana@example.org"}
    assert history.responses == {"ana|1": "P-ANA222", "ana|2": "P-EVA222"}
    assert history.answers == {"ana|1": "1 abc {}"}


def test_two_applicants_become_one_where_a_person_says_so(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        ledger.prepare(Records({}, {"ana|1": "P-EVA222"}, (), (), ()), LATER)
        assert ledger.history().responses == {"ana|1": "P-EVA222"}


@pytest.mark.parametrize(
    "change",
    [
        "data = x'62797465f3'",
        "data = x''",
        "recipient = 'bna@example.org'",
        "recipient = CAST(x'ff40' AS TEXT)",
        "sender = 'ut@example.org'",
        "message_id = '<other@example.org>'",
        "kind = 'invitatioN'",
        "checksum = ''",
        "call = 'meetinG'",
    ],
)
def test_a_letter_that_is_not_as_it_was_written_is_not_sent(path: Path, change: str) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        ledger.prepare(FIRST, SELECTION)
        ledger._db.execute(f"UPDATE messages SET {change}")
        with pytest.raises(LedgerError, match="the stored letter of message 1 is not as it was written"):
            next(ledger.outgoing((1,)))


def test_a_letter_knows_until_when_it_is_true(path: Path) -> None:
    with closing(Ledger(path, "meeting")) as ledger:
        item = prepared()
        ledger.prepare(records(replace(item, message=replace(item.message, until=LATER))), SELECTION)
        (outgoing,) = ledger.outgoing((1,))
        moments = (SELECTION, LATER, LATER + timedelta(seconds=1))
        assert [outgoing.is_true(moment) for moment in moments] == [True, True, False]


def test_a_group_in_a_reason_is_named_in_any_language_also_when_it_is_read_back() -> None:
    name = Said("answered group", question="country", answers=("Spain", "France"))
    reasons = (because(ReasonKind.WAITING, position=2, places=0, full=((name, 4),)),)
    for each in (reasons, read_reasons(write_reasons(reasons))):
        told = {language: tell(words(each), language).partition(" oder ")[0] for language in ("en", "de")}
        assert (each, told["de"]) == (reasons, "Auf der Warteliste: alle 4 Plätze für country „Spain“")
        assert "country “Spain” or “France”" in told["en"]
