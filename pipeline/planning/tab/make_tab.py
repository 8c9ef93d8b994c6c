"""Puts the tab together: the organisers' controls and what needs them on the first screen, the lists further down."""

from pipeline.model.tab import Look, Tab, TabCell
from pipeline.planning.tab.facts import Facts, Line, date_of
from pipeline.planning.tab.hints import idle_controls, make_controls
from pipeline.planning.tab.numbers import CHART_COLUMNS, number_rows, response_rows
from pipeline.planning.tab.people import failed_row, need_rows, people_rows
from pipeline.planning.tab.story import last_rows, next_rows

TITLE = "Convene"
WIDTHS = (175, 120, 325, 205, 95, 10, *(90,) * CHART_COLUMNS)
"""Pixels: all together are as wide as a small laptop's window shows, with the charts at the right."""

BLANK: Line = ()


def make_tab(facts: Facts) -> Tab:
    """Make the tab as it should be after a run."""
    parts = (need_rows(facts), last_rows(facts), next_rows(facts))
    top = tuple(row for part in parts for row in (*part, BLANK))
    numbers = number_rows(facts, len(top))
    middle = (*top, *numbers.rows, *people_rows(facts), BLANK)
    days = response_rows(facts, len(middle))
    looked = f"Convene looked here last on {date_of(facts.call, facts.now)}"
    return Tab(
        title=TITLE,
        heading=looked,
        controls=make_controls(facts),
        rows=(*middle, *days.rows),
        charts=(*numbers.charts, *days.charts),
        widths=WIDTHS,
    )


def make_failed_tab(failure: str, on: str) -> Tab:
    """Make the tab where a run could not even look at the responses: what it found before stands on below."""
    return Tab(
        TITLE,
        f"Convene could not do its work on {on}",
        idle_controls(),
        (BLANK, (None, None, TabCell("Nothing was read yet.", Look.QUIET))),
        widths=WIDTHS,
        notice=failed_row(failure),
        keeps=True,
    )
