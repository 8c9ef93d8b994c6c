"""Charts in `batchUpdate`: added with a number, told anew what they show, taken away."""

from collections.abc import Iterator
from copy import deepcopy

from tests.support.google_fake.document import Document, Tab
from tests.support.google_fake.errors import Refused
from tests.support.google_fake.ranges import grid_range
from tests.support.google_fake.schema import Json


def add_chart(document: Document, body: Json) -> Json:
    """Carry out `addChart`."""
    chart = deepcopy(body.get("chart", {}))
    known = {one["chartId"] for tab in document.tabs for one in tab.charts}
    number = chart.setdefault("chartId", max(known, default=100) + 1)
    if number in known:
        raise Refused(400, f"An embedded object with id {number} already exists.")
    anchor = chart.get("position", {}).get("overlayPosition", {}).get("anchorCell", {})
    tab = document.tab(anchor.get("sheetId", 0))
    if not (anchor.get("rowIndex", 0) < len(tab.rows) and anchor.get("columnIndex", 0) < len(tab.columns)):
        raise Refused(400, "The anchor cell of the chart is beyond the grid.")
    _refuse_wrong_sources(document, chart.get("spec", {}))
    tab.charts.append(chart)
    return {"chart": deepcopy(chart)}


def update_chart_spec(document: Document, body: Json) -> Json:
    """Carry out `updateChartSpec`."""
    _refuse_wrong_sources(document, body.get("spec", {}))
    _, chart = _find(document, body.get("chartId", 0))
    chart["spec"] = deepcopy(body["spec"])
    return {}


def update_position(document: Document, body: Json) -> Json:
    """Carry out `updateEmbeddedObjectPosition`."""
    if not body.get("fields"):
        raise Refused(400, "At least one field must be specified.")
    _, chart = _find(document, body.get("objectId", 0))
    chart["position"] = deepcopy(body["newPosition"])
    return {}


def delete_embedded_object(document: Document, body: Json) -> Json:
    """Carry out `deleteEmbeddedObject`."""
    tab, chart = _find(document, body.get("objectId", 0))
    tab.charts.remove(chart)
    return {}


def _find(document: Document, number: int) -> tuple[Tab, Json]:
    for tab in document.tabs:
        for chart in tab.charts:
            if chart["chartId"] == number:
                return tab, chart
    raise Refused(400, f"No embedded object with id {number}.")


def _refuse_wrong_sources(document: Document, spec: Json) -> None:
    """Raise Refused for cells outside the grid, and where domain and series are not equally long."""
    sizes = set()
    for source in _sources(spec):
        _, area = grid_range(document, source)
        sizes.add((area.bottom - area.top, area.right - area.left))
    if len(sizes) != 1:
        raise Refused(400, f"The domain and the series of a chart have different sizes: {sorted(sizes)}")


def _sources(spec: Json) -> Iterator[Json]:
    basic = spec.get("basicChart", {})
    for kind, name in (("domains", "domain"), ("series", "series")):
        for one in basic.get(kind, ()):
            yield from one[name]["sourceRange"]["sources"]
