"""What a write that went astray is taken back to: whatever people did, everybody's cells are their own."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.sheet import OWN_COLUMNS, Cell, Row, Snapshot
from pipeline.sheets.google.repair import RowsBefore
from tests.support.sheet_suite import ALL, FORM

OWN = {header: ALL.index(header) for header in OWN_COLUMNS}
PEOPLE = [f"p{number}" for number in range(6)]


def cell(text: str) -> Cell:
    return Cell(text, text) if text else Cell()


def row(number: int, person: str, reference: str, status: str, note: str = "") -> Row:
    texts = ["2023-07-14", f"{person}@example.org", "Yes", "", note, reference, "", status, "", "", "", ""]
    return Row(number, tuple(map(cell, texts)))


def snapshot(*rows: Row) -> Snapshot:
    return Snapshot("a sheet", ALL, rows)


def own(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    """Return reference and status by address."""
    return {
        one.cell(1).text: (one.cell(OWN["Reference"]).text, one.cell(OWN["Status"]).text)
        for one in snapshot.rows
    }


def moved(rows: list[Row], order: list[int]) -> list[Row]:
    """Return rows in another order: what the form and the organisers wrote, with what stands at the new place."""
    return [
        Row(target.number, (*rows[source].cells[:5], *target.cells[5:]))
        for source, target in zip(order, rows, strict=True)
    ]


@given(st.permutations(range(6)), st.booleans())
def test_rows_in_any_order_get_their_own_cells_back(order: list[int], with_form: bool) -> None:
    before = [row(number, person, f"P-{person}", "Received") for number, person in enumerate(PEOPLE, 2)]
    written = {(one.number, OWN["Status"] + 1): f"Offered {one.number}" for one in before}
    after = [
        row(one.number, person, f"P-{person}", f"Offered {one.number}")
        for one, person in zip(before, PEOPLE, strict=True)
    ]
    memory = RowsBefore(snapshot(*before), OWN, written, FORM if with_form else ())
    assert own(memory.restore(snapshot(*moved(after, order)), OWN)) == own(snapshot(*before))


def test_a_new_row_with_cells_of_somebody_who_is_still_there_is_blank() -> None:
    memory = RowsBefore(
        snapshot(row(2, "ana", "P-A", "Received")), OWN, {(2, OWN["Status"] + 1): "Offered"}, FORM
    )
    after = snapshot(row(2, "new", "P-A", "Offered"), row(3, "ana", "", ""))
    assert own(memory.restore(after, OWN)) == {
        "new@example.org": ("", ""),
        "ana@example.org": ("P-A", "Received"),
    }


def test_a_new_row_with_a_reference_that_was_just_minted_is_blank() -> None:
    written = {(2, OWN["Reference"] + 1): "P-A", (2, OWN["Status"] + 1): "Received"}
    memory = RowsBefore(snapshot(row(2, "ana", "", "")), OWN, written, FORM)
    after = snapshot(row(2, "new", "P-A", "Received"), row(3, "ana", "", ""))
    assert own(memory.restore(after, OWN)) == {"new@example.org": ("", ""), "ana@example.org": ("", "")}


def test_a_status_without_a_reference_in_a_new_row_is_blank() -> None:
    memory = RowsBefore(snapshot(row(2, "ana", "", "")), OWN, {(2, OWN["Status"] + 1): "Check row"}, FORM)
    assert own(memory.restore(snapshot(row(2, "new", "", "Check row")), OWN)) == {"new@example.org": ("", "")}


def test_a_response_edited_meanwhile_keeps_its_cells() -> None:
    memory = RowsBefore(snapshot(row(2, "ana", "P-A", "Received")), OWN, {}, FORM)
    edited = Row(2, (cell("2023-07-20"), *row(2, "ana", "P-A", "Offered").cells[1:]))
    assert own(memory.restore(snapshot(edited), OWN)) == {"ana@example.org": ("P-A", "Offered")}


def test_what_organisers_wrote_meanwhile_makes_no_row_another() -> None:
    memory = RowsBefore(snapshot(row(2, "ana", "P-A", "Received")), OWN, {}, ())
    after = snapshot(row(2, "ana", "P-B", "Offered", note="called her"))
    (found,) = memory.restore(after, OWN).rows
    assert (found.cell(4).text, found.cell(OWN["Reference"]).text) == ("called her", "P-A")


def test_copies_that_differed_before_stay_as_they_are() -> None:
    memory = RowsBefore(
        snapshot(row(2, "ana", "P-A", "Offered"), row(3, "ana", "", "Check row")), OWN, {}, FORM
    )
    after = snapshot(row(2, "ana", "P-A", "Check row"))
    assert memory.restore(after, OWN) == after
