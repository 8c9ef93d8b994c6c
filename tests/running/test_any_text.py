"""Whatever stands in the sheet: a run does not raise, and writes nowhere but in its own columns."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.model.sheet import ORGANISER_COLUMNS, Cell, CellValue, Snapshot
from pipeline.running.clock import Clock
from pipeline.running.run import Orders, run
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook
from tests.support.build import HEADERS, SELECTION
from tests.support.desk import DRESSING, make_workspace
from tests.support.fakes import FakeMailer, FakeSheet, shown
from tests.support.odd_cells import ALL, LIKELY, ROWS

FORM = len(HEADERS)


def is_filled(row: list[CellValue]) -> bool:
    return any(shown(value).strip() for value in row)


def padded(row: list[CellValue], width: int) -> list[str]:
    return [repr(value) for value in (*row[:width], *[None] * (width - len(row)))]


def form_of(snapshot: Snapshot) -> list[list[Cell]]:
    return [[row.cell(index) for index in range(FORM)] for row in snapshot.rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_any_value_in_any_cell_gives_a_status_and_changes_nothing_else(rows: list[list[CellValue]]) -> None:
    sheet, mail = FakeSheet([list(ALL), *(list(row) for row in rows)]), FakeMailer()
    filled = [number for number, row in enumerate(rows, 2) if is_filled(row)]
    with TemporaryDirectory() as folder:
        workspace = make_workspace(Path(folder), sheet, lambda: mail)
        result = run(workspace, Clock(SELECTION), Orders(force=True))
        again = run(workspace, Clock(SELECTION), Orders(force=True))
    kept = FORM + len(ORGANISER_COLUMNS)
    assert [padded(row, kept) for row in sheet.table[1:]] == [padded(row, kept) for row in rows]
    status = ALL.index("Status")
    told = {problem.row for problem in result.needs}
    assert [n for n in filled if not shown(sheet.table[n - 1][status]) and n not in told] == []
    assert (again.tally.sent, again.changed, again.run_id) == (0, 0, "")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.sampled_from(LIKELY) | st.text(max_size=20), max_size=FORM), max_size=4))
def test_any_text_in_a_workbook_is_survived(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "responses.xlsx"
        create_workbook(path, tuple(HEADERS.values()), rows)
        sheet = Workbook(path, "", DRESSING)
        before = form_of(sheet.read())
        workspace = make_workspace(Path(folder), sheet, FakeMailer)
        run(workspace, Clock(SELECTION), Orders(force=True))
        assert form_of(sheet.read()) == before
        content = path.read_bytes()
        run(workspace, Clock(SELECTION), Orders(force=True))
        assert path.read_bytes() == content
