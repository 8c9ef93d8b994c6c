"""When a ledger must not send: the sheet's stamp, and what its rows show where there is none."""

from dataclasses import replace

import pytest

from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import find_stale, is_ahead
from pipeline.model.history import History, Posted
from pipeline.model.message import Kind, State
from pipeline.model.sheet import Snapshot, Stamp
from tests.support.build import CALL, SELECTION, responses

ANA = "07-10 09:00 | ana@example.org | Ana Lopez | Manager | Yes"
CLO = "07-12 09:00 | clo@example.org | Clo Petit | Exit worker | Yes"
DAN = "07-13 09:00 | dan@example.org | Dan Novak | Manager | Aims to"
BEA = "07-11 09:00 | bea@example.org | Bea Rossi | Psychologist | Yes"
TOLD = "reference=P-ANA222; status=Offered; last message=Invitation: not sent yet"
NEW = History(ledger="ours")
LEDGER = History(
    addresses={"P-ANA222": "ana@example.org"},
    responses={"ana@example.org|2023-07-10T09:00:00": "P-ANA222"},
    posted=(Posted(1, "P-ANA222", Kind.INVITATION, 1, State.ACCEPTED, SELECTION),),
    ledger="ours",
    run=3,
)

ADVICE = "Restore the newer ledger (the whole folder state/), or see what `convene adopt` would take over."


def shown(line: str, cells: str = "") -> str:
    """Write a row with cells of ours."""
    return f"{line} > {cells.replace(';', ',')}" if cells else line


def stale(history: History, *lines: str, stamp: Stamp | None = None) -> tuple[str, ...]:
    snapshot = replace(responses(*lines), stamp=stamp)
    found = find_stale(snapshot, read_entries(snapshot, CALL), history)
    assert bool(found) <= (is_ahead(snapshot, history) or stamp is None)
    return found


@pytest.mark.parametrize("stamp", [Stamp("ours", 3), Stamp("ours", 2), None])
@pytest.mark.parametrize(
    "cells", ["", TOLD, "reference=P-ANA222", "status=Offered", "status=Check row; reference=something"]
)
def test_a_ledger_that_knows_all_that_the_sheet_shows_may_send(stamp: Stamp | None, cells: str) -> None:
    assert stale(LEDGER, shown(ANA, cells), BEA, stamp=stamp) == ()


def test_new_ledger_and_new_sheet_may_send() -> None:
    assert stale(NEW, ANA, BEA) == ()
    assert stale(NEW) == ()


def test_a_sheet_whose_own_columns_were_emptied_begins_anew() -> None:
    assert stale(NEW, ANA, BEA, stamp=Stamp("another", 7)) == ()


def test_a_sheet_that_another_ledger_wrote_to() -> None:
    assert stale(LEDGER, shown(ANA, TOLD), BEA, stamp=Stamp("another", 2)) == (
        "test sheet: 1 row shows a reference, a status or a message of another ledger, which wrote here in its "
        f"run 2. {ADVICE}",
    )


def test_a_run_of_another_ledger_that_never_showed_what_it_sent() -> None:
    assert stale(NEW, ANA, BEA, stamp=Stamp("another", 7, sending=True)) == (
        "test sheet: another ledger was sending in its run 7, and has not shown here what it sent. " + ADVICE,
    )
    assert stale(LEDGER, ANA, stamp=Stamp("ours", 3, sending=True)) == ()


@pytest.mark.parametrize("cells", ["", TOLD])
def test_a_sheet_that_a_later_run_wrote_to(cells: str) -> None:
    assert stale(LEDGER, shown(ANA, cells), stamp=Stamp("ours", 4)) == (
        f"test sheet: run 4 of this ledger wrote here, and the file knows of 3 only. {ADVICE}",
    )


@pytest.mark.parametrize(
    "cells",
    [
        "reference=P-BEA222",
        TOLD,
        "status=Received",
        "last message=Invitation",
        "reference=something; status=Offered",
    ],
)
@pytest.mark.parametrize("history", [NEW, replace(LEDGER, posted=())])
def test_without_a_stamp_the_rows_tell(history: History, cells: str) -> None:
    told = cells.replace("Invitation", "Waiting list: not sent yet").replace("P-ANA222", "P-BEA222")
    rows = tuple(shown(row, told) for row in (BEA, CLO, DAN))
    assert stale(history, ANA, *rows) == (
        f"test sheet: 3 rows show a reference, a status or a message that this ledger knows nothing of. {ADVICE}",
    )


def test_without_a_stamp_a_single_message_is_enough() -> None:
    assert stale(NEW, ANA, shown(BEA, "last message=Invitation: not sent yet")) == (
        f"test sheet: 1 row shows a reference, a status or a message that this ledger knows nothing of. {ADVICE}",
    )


@pytest.mark.parametrize("cells", ["reference=P-BEA222", "status=Offered"])
def test_a_slip_of_the_hand_stops_nothing(cells: str) -> None:
    assert stale(NEW, ANA, shown(BEA, cells), CLO) == ()


def test_a_message_that_was_called_off_is_known() -> None:
    posted = (Posted(1, "P-ANA222", Kind.INVITATION, 1, State.CANCELLED, SELECTION),)
    assert stale(replace(LEDGER, posted=posted), shown(ANA, TOLD)) == ()


def test_a_row_that_cannot_be_used_shows_nothing_by_itself() -> None:
    broken = Snapshot("test sheet", responses(ANA).headers, ())
    assert find_stale(broken, (), NEW) == ()
    assert stale(NEW, shown("no time | ana@example.org | Ana | Manager | Yes", "status=Check row")) == ()
