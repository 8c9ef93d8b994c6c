"""Cells and rows such as people, forms and programs leave them: any text, anywhere."""

from hypothesis import strategies as st

from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, CellValue
from tests.support.build import HEADERS

ALL = (*HEADERS.values(), *ORGANISER_COLUMNS, *OWN_COLUMNS)
LIKELY = (
    "", "2023-07-14 09:30:00", "ana@example.org", "eva@example.org, leo@example.org", "P-7k3f9q", "Manager",
    "Yes", "No", "B2", "I agree", "Invite", "Withdrawn", "=1+1", "{{ 7 }}", "<b>", "\u202e", "\ud800", "Offered",
)  # fmt: skip

CELLS: st.SearchStrategy[CellValue] = (
    st.sampled_from(LIKELY)
    | st.text(max_size=30)
    | st.none()
    | st.floats(allow_nan=True)
    | st.booleans()
    | st.datetimes()
)
ROWS = st.lists(st.lists(CELLS, max_size=len(ALL)), max_size=6)
