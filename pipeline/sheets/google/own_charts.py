"""The charts of the tab `Convene` in a Google spreadsheet, known by their numbers."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, TypeAlias

from pipeline.model.tab import Area, ChartKind, TabChart
from pipeline.sheets.google.metadata import number_of
from pipeline.sheets.own_tab import PlacedTab, Span

Json: TypeAlias = dict[str, Any]

MOST_CHARTS = 9
_CHART_ROW, _WIDTH = 21, 100
"""Pixels: how high a row is, and how wide a column of which nothing is said."""

_PLACE = "anchorCell,widthPixels,heightPixels"


def chart_requests(sheet_id: int, there: Collection[int], placed: PlacedTab, *, is_known: bool) -> list[Json]:
    """Return what draws charts that are not there, tells others anew what they show, takes away those of before."""
    charts = list[Json]()
    for number in range(0 if placed.keeps else MOST_CHARTS):
        chart_id = number_of(sheet_id, f"chart.{number}")
        if number >= len(placed.tab.charts):
            charts += [{"deleteEmbeddedObject": {"objectId": chart_id}}] if chart_id in there else []
            continue
        chart = placed.tab.charts[number]
        spec = _spec(sheet_id, chart, placed)
        position = {"overlayPosition": _position(sheet_id, placed, chart.at)}
        if chart_id not in there:
            charts.append({"addChart": {"chart": {"chartId": chart_id, "spec": spec, "position": position}}})
        elif not is_known:
            # What stands above it may have grown.
            moved = {"objectId": chart_id, "newPosition": position, "fields": _PLACE}
            charts.append({"updateChartSpec": {"chartId": chart_id, "spec": spec}})
            charts.append({"updateEmbeddedObjectPosition": moved})
    return charts


def _position(sheet_id: int, placed: PlacedTab, at: Area) -> Json:
    span = placed.span(at)
    corner = {"sheetId": sheet_id, "rowIndex": span.top - 1, "columnIndex": span.left - 1}
    widths = dict(enumerate(placed.tab.widths, 1))
    width = sum(widths.get(column, _WIDTH) for column in range(span.left, span.right + 1))
    return {
        "anchorCell": corner,
        "widthPixels": width,
        "heightPixels": _CHART_ROW * (span.bottom - span.top + 1),
    }


def _spec(sheet_id: int, chart: TabChart, placed: PlacedTab) -> Json:
    """Describe a chart. The names of what it shows stand in the cells right above: Google takes them from there."""
    lies = chart.kind is ChartKind.BAR
    spans = [placed.span(area) for _, area in chart.series]
    heads = [_above(span, placed) for span in spans]
    has_heads = heads == [name for name, _ in chart.series]
    up = int(has_heads)
    axis = "BOTTOM_AXIS" if lies else "LEFT_AXIS"
    basic = {
        "chartType": chart.kind.name,
        "legendPosition": "BOTTOM_LEGEND" if len(spans) > 1 else "NO_LEGEND",
        "domains": [{"domain": _source(sheet_id, placed.span(chart.names), up)}],
        "series": [{"series": _source(sheet_id, span, up), "targetAxis": axis} for span in spans],
        "headerCount": up,
    }
    return {"title": chart.title, "basicChart": basic}


def _above(span: Span, placed: PlacedTab) -> str:
    cell = placed.cells.get((span.top - 1, span.left))
    return str(cell.value) if cell else ""


def _source(sheet_id: int, span: Span, up: int) -> Json:
    return {"sourceRange": {"sources": [grid_range(sheet_id, replace(span, top=span.top - up))]}}


def grid_range(sheet_id: int, span: Span) -> Json:
    """Return a rectangle of the tab as Google has it."""
    rows = {"startRowIndex": span.top - 1, "endRowIndex": span.bottom}
    return {
        "sheetId": sheet_id,
        **rows,
        "startColumnIndex": span.left - 1,
        "endColumnIndex": span.right,
    }
