"""Whether responses come to stand in another tab than the one that Convene reads: a form that was linked anew."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, TypeAlias

from pipeline.intake.form_headers import columns_headed
from pipeline.model.problem import Problem
from pipeline.model.said import Said
from pipeline.model.sheet import Row
from pipeline.sheets.base import SetUp
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.failures import Refusal
from pipeline.sheets.google.grid import CELL, Grid, read_rows
from pipeline.sheets.google.requests import a1_title

Json: TypeAlias = dict[str, Any]

MOST_TABS = 50
"""So many other tabs are looked at."""

_FIELDS = f"sheets(properties(title),data(startRow,{CELL}))"


def newer_elsewhere(api: Api, grid: Grid, others: tuple[str, ...], setup: SetUp) -> tuple[Problem, ...]:
    """Tell of responses in other tabs that are newer than any in this one: a copy of old ones is none of ours."""
    if not others or not setup.moment:
        return ()
    try:
        return tuple(_problems(api, grid, others[:MOST_TABS], setup))
    except Refusal:  # one of them was renamed this moment: the next run looks again
        return ()


def _problems(api: Api, grid: Grid, others: tuple[str, ...], setup: SetUp) -> Iterator[Problem]:
    here = columns_headed(setup.moment, grid.snapshot.headers)
    newest = max(_moments(grid.snapshot.rows, here[0]), default=datetime.min) if here else datetime.min  # noqa: DTZ901 - wall clock
    top = setup.ours.header_row
    firsts = _read(api, [f"{a1_title(title)}!{top}:{top}" for title in others])
    for title, rows in firsts.items():
        headers = tuple(cell.text for cell in rows[0].cells) if rows else ()
        if not all(columns_headed(header, headers) for header in setup.form):
            continue
        column = column_letters(columns_headed(setup.moment, headers)[0] + 1)
        there = _read(api, [f"{a1_title(title)}!{column}:{column}"]).get(title, ())
        newer = sum(moment > newest for moment in _moments(there, 0))
        if newer:
            yield _elsewhere(grid, title, newer)


def _read(api: Api, ranges: list[str]) -> dict[str, tuple[Row, ...]]:
    sheets = api.get({"ranges": ranges, "fields": _FIELDS}).get("sheets", ())
    return {
        str(sheet["properties"]["title"]): tuple(read_rows(sheet.get("data", ())).values())
        for sheet in sheets
    }


def _moments(rows: tuple[Row, ...], column: int) -> Iterator[datetime]:
    values = (row.cell(column).value for row in rows)
    yield from (value for value in values if isinstance(value, datetime))


def _elsewhere(grid: Grid, title: str, newer: int) -> Problem:
    what = Said("responses elsewhere", number=newer, tab=title)
    return Problem(grid.snapshot.title, what, Said("responses elsewhere: do", tab=title, here=grid.tab))
