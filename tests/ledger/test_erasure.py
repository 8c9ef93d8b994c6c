"""What was erased is in no byte of the ledger's files, also while the ledger is open."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.sqlite import Ledger
from pipeline.model.erased import remember
from pipeline.model.history import History
from pipeline.model.message import Kind, Letter, Message, Rendered
from tests.support.build import LATER, SELECTION

ANA, BEA = "P-ANA222", "P-BEA222"


def letter_to(reference: str, name: str, kind: Kind = Kind.RECEIVED) -> Prepared:
    address = f"{name}@example.org"
    message = Message(reference, address, kind, 1, Rendered(f"For {name}", "", ""), "")
    return Prepared(
        message, Letter("us@example.org", address, f"<{reference}.{kind}@x>", f"Dear {name}".encode() * 900)
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "ledger.sqlite", "meeting")) as made:
        people = {ANA: "ana@example.org", BEA: "bea@example.org"}
        keys = {"ana@example.org|1": ANA, "bea@example.org|1": BEA}
        made.prepare(Records(people, keys, (), (letter_to(ANA, "ana"), letter_to(BEA, "bea")), ()), SELECTION)
        made.hold(1, LATER)
        yield made


def bytes_of(ledger: Ledger) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(ledger.path.parent.iterdir()))


def test_an_erased_person_is_gone_from_file_and_log_and_the_others_stay(ledger: Ledger) -> None:
    before = ledger.history()
    left = remember(before.secret, [ANA], ["ana@example.org"])
    ledger.erase([ANA], left)
    assert b"ana" not in bytes_of(ledger)
    assert b"bea@example.org" in bytes_of(ledger)
    after = ledger.history()
    assert after == History(
        before.secret,
        {BEA: "bea@example.org"},
        {"bea@example.org|1": BEA},
        {},
        before.posted[1:],
        0,
        before.ledger,
        before.run,
        left,
    )
    ledger.erase([ANA], left)
    assert ledger.history() == after


def test_texts_go_once_and_the_rest_of_the_message_stays(ledger: Ledger) -> None:
    assert ledger.drop_letters([1, 2]) == (f"<{ANA}.received@x>", f"<{BEA}.received@x>")
    assert b"Dear" not in bytes_of(ledger)
    assert b"For " not in bytes_of(ledger)
    assert ledger.drop_letters([1, 2]) == ()
    assert [message.to for message in ledger.history().posted] == ["ana@example.org", "bea@example.org"]


def test_thousands_are_erased_at_once(ledger: Ledger) -> None:
    ledger.erase([f"P-{n}" for n in range(1_200)] + [ANA, BEA], remember("s", [], []))
    assert ledger.history().addresses == {}
