import pytest

from pipeline.intake.columns import find_columns
from pipeline.model.errors import HeaderError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell, OwnCells, Row, Snapshot
from tests.support.build import columns_of

FORM = columns_of({"email": "Email Address", "timestamp": "Timestamp"})


def headed(*headers: str) -> Snapshot:
    return Snapshot("test sheet", headers, ())


def test_columns_are_found_anywhere_and_in_any_order() -> None:
    positions = find_columns(headed("Notes", "  email   ADDRESS", "Timestamp"), FORM)
    assert (dict(positions.answers), dict(positions.own), dict(positions.organisers)) == (
        {"email": 1, "timestamp": 2},
        {},
        {},
    )


def test_convenes_and_the_organisers_columns_are_found_too() -> None:
    positions = find_columns(
        headed(*reversed(OWN_COLUMNS), "Timestamp", *ORGANISER_COLUMNS, "Email Address"), FORM
    )
    row = Row(2, tuple(Cell(text) for text in ("7", "6", "5", "4", "3", "2", "1", "", "Invite", "a note")))
    assert positions.own_cells(row) == OwnCells("1", "2", "3", "4", "5", "6", "7")
    assert [positions.said(row, header) for header in ORGANISER_COLUMNS] == ["Invite", "a note"]


def test_a_new_sheet_has_nothing_of_ours_to_read() -> None:
    positions = find_columns(headed("Timestamp", "Email Address"), FORM)
    row = Row(2, (Cell("x"), Cell("y")))
    assert (positions.own_cells(row), positions.said(row, "Decision")) == (OwnCells(), "")


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        (
            ("Timestamp",),
            "test sheet: no column is headed “Email Address”. "
            "Correct the header row (or the headers in config/call.yaml) and run again.",
        ),
        (
            ("Timestamp", "E-mail Address"),
            "test sheet: no column is headed “Email Address”. “E-mail Address” may be the column "
            "“Email Address”, renamed. "
            "Put the header back (or correct it in config/call.yaml) and run again.",
        ),
        (
            ("Timestamp", "Email Address", "email address"),
            "test sheet: more than one column is headed “Email Address”. "
            "Correct the header row (or the headers in config/call.yaml) and run again.",
        ),
    ],
)
def test_a_missing_or_duplicated_header_stops_and_is_named(headers: tuple[str, ...], message: str) -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(headed(*headers), FORM)
    assert str(caught.value) == message


def test_some_of_our_columns_missing_is_not_taken_for_a_new_sheet() -> None:
    with pytest.raises(HeaderError) as caught:
        find_columns(headed("Timestamp", "Email Address", *OWN_COLUMNS[1:], OWN_COLUMNS[1]), FORM)
    assert (caught.value.missing, caught.value.duplicated) == (("Reference",), ("Category",))
