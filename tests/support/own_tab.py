"""A tab `Convene` as a test wants it: every look, links, three charts."""

from dataclasses import replace

from pipeline.model.controls import LABELS
from pipeline.model.said import word
from pipeline.model.tab import Area, ChartKind, Control, Look, Tab, TabCell, TabChart

SWITCHES = ("pause", "freeze")
CONTROLS = tuple(
    Control(name, label, f"What “{label}” is for.", ("yes", "no") if name in SWITCHES else ())
    for name, label in LABELS.items()
)
IN_FRENCH = tuple(replace(each, label=word("control", each.name, "fr")) for each in CONTROLS)
STATUSES = (("Offered", 35), ("Waiting list", 12), ("Not selected", 40))
DAYS = (("2023-07-14", 3), ("2023-07-15", 9), ("2023-07-16", 6))


def own_tab(people: tuple[tuple[str, str, str], ...] = (), said: str = "3 letters were sent.") -> Tab:
    """Return a tab with the statuses in B, days in E, and people (name, reference, status) at the end."""
    rows: list[tuple[TabCell | None, ...]] = [
        (TabCell("What happened last", Look.HEADING),),
        (TabCell(said), None, TabCell("Two people are in doubt", Look.ALERT), None, None),
        (
            TabCell("Status", Look.LABEL),
            TabCell("People", Look.LABEL),
            None,
            TabCell("Day", Look.LABEL),
            TabCell("Responses", Look.LABEL),
        ),
    ]
    for (status, number), (day, responses) in zip(STATUSES, DAYS, strict=True):
        rows.append(
            (
                TabCell(status),
                TabCell(number, Look.NUMBER),
                None,
                TabCell(day),
                TabCell(responses, Look.NUMBER),
            )
        )
    rows.append((TabCell("Everybody", Look.HEADING),))
    rows += [(TabCell(name, Look.LINK, reference), TabCell(status)) for name, reference, status in people]
    bars = TabChart("Status", ChartKind.BAR, Area(3, 0, 3), (("People", Area(3, 1, 3)),), Area(0, 6, 8, 4))
    pairs = (("People", Area(3, 1, 3)), ("Responses", Area(3, 4, 3)))
    columns = TabChart("Places by <quota>", ChartKind.COLUMN, Area(3, 0, 3), pairs, Area(9, 6, 8, 4))
    line = TabChart("Responses a day", ChartKind.LINE, Area(3, 3, 3), pairs[1:], Area(18, 6, 8, 4))
    widths = (180, 120, 300, 90, 90)
    return Tab("Convene", "Convene: the call", CONTROLS, tuple(rows), (bars, columns, line), widths)


def moved(tab: Tab, down: int) -> Tab:
    """Return the tab with blank rows on top of its own, as if more had happened."""
    charts = tuple(
        replace(
            chart,
            names=_moved(chart.names, down),
            at=_moved(chart.at, down),
            series=tuple((name, _moved(area, down)) for name, area in chart.series),
        )
        for chart in tab.charts
    )
    return replace(tab, rows=((),) * down + tab.rows, charts=charts)


def _moved(area: Area, down: int) -> Area:
    return replace(area, row=area.row + down)
