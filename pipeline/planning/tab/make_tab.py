"""Puts the tab together: the organisers' controls and what needs them on the first screen, the lists further down."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pipeline.model.locales import ENGLISH
from pipeline.model.said import Said, tell
from pipeline.model.tab import Control, Look, Tab, TabCell, TabChart
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
    tab = Tab(
        title=TITLE,
        heading=Said("looked here", on=date_of(facts.call, facts.now)),
        controls=make_controls(facts),
        rows=(*middle, *days.rows),
        charts=(*numbers.charts, *days.charts),
        widths=WIDTHS,
    )
    return _in_language(tab, facts.service.sheet.language, facts.call.columns.say)


def make_failed_tab(failure: str, on: str, language: str = ENGLISH) -> Tab:
    """Make the tab where a run could not even look at the responses: what it found before stands on below."""
    tab = Tab(
        TITLE,
        Said("could not look", on=on),
        idle_controls(),
        (BLANK, (None, None, TabCell(Said("nothing read"), Look.QUIET))),
        widths=WIDTHS,
        notice=failed_row(failure),
        keeps=True,
    )
    return _in_language(tab, language)


def _in_language(tab: Tab, language: str, say: Callable[[str], str] = str) -> Tab:
    """Tell all that the tab says in a language; `say` calls columns by their headers, but for names of people."""
    line = partial(_line_in, language=language, say=say)
    return replace(
        tab,
        heading=tell(tab.heading, language),
        controls=tuple(_control_in(control, language, say) for control in tab.controls),
        rows=tuple(map(line, tab.rows)),
        charts=tuple(_chart_in(chart, language) for chart in tab.charts),
        notice=line(tab.notice),
    )


def _line_in(line: Line, language: str, say: Callable[[str], str]) -> Line:
    return tuple(
        cell
        and replace(cell, value=_value_in(cell.value, language, say if isinstance(cell.value, Said) else str))
        for cell in line
    )


def _value_in(value: str | int, language: str, say: Callable[[str], str]) -> str | int:
    return say(tell(value, language)) if isinstance(value, str) else value


def _control_in(control: Control, language: str, say: Callable[[str], str]) -> Control:
    choices = tuple(tell(choice, language) for choice in control.choices)
    return Control(control.name, tell(control.label, language), say(tell(control.hint, language)), choices)


def _chart_in(chart: TabChart, language: str) -> TabChart:
    series = tuple((tell(name, language), area) for name, area in chart.series)
    return replace(chart, title=tell(chart.title, language), series=series)
