"""Charts in a tab of Convene's own: drawn once, and later told anew which cells they show and where they lie.

Source: ECMA-376 part 1, 20.5 (drawings of spreadsheets), 21.2 (charts).
"""

from collections.abc import Iterator
from itertools import cycle

from pipeline.model.tab import Area, ChartKind, Tab, TabChart
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.own_tab import PlacedTab, Span
from pipeline.sheets.xlsx.elements import Element, append, parse, splice, tag, with_attributes
from pipeline.sheets.xlsx.escapes import escape, quoteattr
from pipeline.sheets.xlsx.package import XML, Package, Relation
from pipeline.sheets.xlsx.patch import in_frame

_DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_NAME = "Convene {}"
"""The names of Convene's own charts, by which they are known again; nobody sees them."""

_COLOURS = ("4472C4", "ED7D31", "A5A5A5", "70AD47")
_LABELS = "".join(
    f'<c:{name} val="{int(name == "showVal")}"/>'
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
)


def put_charts(package: Package, part: str, title: str, placed: PlacedTab) -> None:
    """Draw the charts of a tab, and take away those of Convene's that are no longer among them."""
    drawing = next(iter(package.related(part, "/drawing")), "") or _new_drawing(package, part)
    there = _frames(package, drawing, placed.tab)
    for number, chart in enumerate(placed.tab.charts, 1):
        xml = _chart(title, chart, placed).encode()
        if relation := there.pop(_NAME.format(number), None):
            package.write(relation.target, xml)
            _place(package, drawing, relation, _NAME.format(number), placed.span(chart.at))
        else:
            _add(package, drawing, _NAME.format(number), placed.span(chart.at), xml)
    for relation in there.values():
        _take_away(package, drawing, relation)


def count_charts(package: Package, part: str, tab: Tab) -> int:
    """Return how many of Convene's charts are in a tab."""
    return sum(len(_frames(package, drawing, tab)) for drawing in package.related(part, "/drawing"))


def _new_drawing(package: Package, part: str) -> str:
    drawing = package.free("xl/drawings/drawing{}.xml")
    empty = f'{XML}<xdr:wsDr xmlns:xdr="{_DRAWINGML}/spreadsheetDrawing" xmlns:a="{_DRAWINGML}/main"/>'
    said = {
        "xmlns:r": package.office,
        "r:id": package.add(part, "drawing", drawing, _DRAWING, empty.encode()),
    }

    def edit(bare: bytes) -> bytes:
        return splice(bare, [with_attributes(bare, parse(bare), {}, tag("", "drawing", said))])

    package.write(part, in_frame(package.read_xml(part), edit))
    return drawing


def _frames(package: Package, drawing: str, tab: Tab) -> dict[str, Relation]:
    """Map the names of Convene's charts in a drawing to the relationships with them.

    Some programs give charts names of their own; then they are known by their titles.
    """
    relations = {relation.id: relation for relation in package.relations(drawing)}
    titles = {chart.title: _NAME.format(number) for number, chart in enumerate(tab.charts, 1)}
    frames: dict[str, Relation] = {}
    for anchor in parse(package.read_xml(drawing)).children:
        name, to = _frame(anchor)
        if to in relations:
            known = name.startswith(_NAME.format(""))
            name = name if known else titles.get(_title(package, relations[to].target), "")
            frames |= {name: relations[to]} if name else {}
    return frames


def _title(package: Package, chart: str) -> str:
    title = parse(package.read_xml(chart)).first("chart", "title") if package.has(chart) else None
    return "".join(one.text for one in _below(title) if one.name == "t") if title else ""


def _frame(anchor: Element) -> tuple[str, str]:
    """Return the name of what an anchor holds, and the id of the relationship with its chart."""
    inside = list(_below(anchor))
    names = (one.attributes.get("name", "") for one in inside if one.name == "cNvPr")
    charts = (one.office("id") for one in inside if one.name == "chart")
    return next(names, ""), next(charts, "")


def _below(element: Element) -> Iterator[Element]:
    for child in element.children:
        yield child
        yield from _below(child)


def _add(package: Package, drawing: str, name: str, place: Span, chart: bytes) -> None:
    relation = package.add(drawing, "chart", package.free("xl/charts/chart{}.xml"), _CHART, chart)
    xml = package.read_xml(drawing)
    root = parse(xml)
    anchor = _anchor(package, name, len(root.children) + 2, place, relation)
    package.write(drawing, splice(xml, [append(xml, root, anchor)]))


def _place(package: Package, drawing: str, relation: Relation, name: str, place: Span) -> None:
    """Lay a chart where it belongs: what stands above it may have grown."""
    xml = package.read_xml(drawing)
    anchors = enumerate(parse(xml).children, 2)
    fresh = (
        (one.start, one.end, _anchor(package, name, number, place, relation.id).encode())
        for number, one in anchors
        if _frame(one)[1] == relation.id
    )
    package.write(drawing, splice(xml, fresh))


def _take_away(package: Package, drawing: str, relation: Relation) -> None:
    package.remove(drawing, relation)
    xml = package.read_xml(drawing)
    gone = [(one.start, one.end, b"") for one in parse(xml).children if _frame(one)[1] == relation.id]
    package.write(drawing, splice(xml, gone))


def _anchor(package: Package, name: str, number: int, place: Span, relation: str) -> str:
    """Write a frame over the cells of the chart's place."""
    corners = "".join(
        f"<xdr:{corner}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{corner}>"
        for corner, column, row in (
            ("from", place.left - 1, place.top - 1),
            ("to", place.right, place.bottom),
        )
    )
    kind = f"{_DRAWINGML}/chart"
    shown = f'<c:chart xmlns:c="{kind}" xmlns:r="{package.office}" r:id="{relation}"/>'
    spaces = f'xmlns:xdr="{_DRAWINGML}/spreadsheetDrawing" xmlns:a="{_DRAWINGML}/main"'
    return (
        f'<xdr:twoCellAnchor {spaces} editAs="oneCell">{corners}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="{number}" name={quoteattr(name)}/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{kind}">{shown}</a:graphicData></a:graphic>'
        "</xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
    )


def _chart(title: str, chart: TabChart, placed: PlacedTab) -> str:
    is_line = chart.kind is ChartKind.LINE
    colours = cycle(_COLOURS)
    named = _reference(title, placed, chart.names)
    series = "".join(
        _series(number, name, next(colours), named, _reference(title, placed, area), is_line=is_line)
        for number, (name, area) in enumerate(chart.series)
    )
    axes = '<c:axId val="1"/><c:axId val="2"/>'
    if is_line:
        head, kind = '<c:grouping val="standard"/>', "lineChart"
        plot = f'{head}<c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}'
    else:
        way, kind = "bar" if chart.kind is ChartKind.BAR else "col", "barChart"
        head = f'<c:barDir val="{way}"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        plot = f'{head}{series}<c:gapWidth val="50"/>{axes}'
    legend = (
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    )
    return (
        f'{XML}<c:chartSpace xmlns:c="{_DRAWINGML}/chart" xmlns:a="{_DRAWINGML}/main"><c:roundedCorners val="0"/>'
        f'<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="en" sz="1200" b="1"/>'
        f"<a:t>{escape(chart.title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        f"<c:{kind}>{plot}</c:{kind}>{_axes(chart.kind)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    )


def _series(number: int, name: str, colour: str, names: str, values: str, *, is_line: bool) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    look = f'<a:ln w="28575">{fill}</a:ln>' if is_line else fill
    smooth = '<c:smooth val="0"/>' if is_line else ""
    shown = (
        '<c:marker><c:symbol val="none"/></c:marker>'
        if is_line
        else f'<c:invertIfNegative val="0"/><c:dLbls>{_LABELS}</c:dLbls>'
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:v>{escape(name)}</c:v></c:tx>'
        f"<c:spPr>{look}</c:spPr>{shown}<c:cat><c:strRef><c:f>{escape(names)}</c:f></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{escape(values)}</c:f></c:numRef></c:val>"
        f"{smooth}</c:ser>"
    )


def _axes(kind: ChartKind) -> str:
    """Write the axes; lying bars begin on top, with the numbers below them."""
    lies = kind is ChartKind.BAR
    sides = ("l", "b") if lies else ("b", "l")
    crosses = "max" if lies else "autoZero"
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"maxMin" if lies else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{sides[0]}"/><c:crossAx val="2"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{sides[1]}"/><c:numFmt formatCode="0" sourceLinked="0"/>'
        f'<c:crossAx val="1"/><c:crosses val="{crosses}"/></c:valAx>'
    )


def _reference(title: str, placed: PlacedTab, area: Area) -> str:
    span = placed.span(area)
    first, last = f"${column_letters(span.left)}${span.top}", f"${column_letters(span.right)}${span.bottom}"
    return f"{quoted(title)}!{first}:{last}"


def quoted(title: str) -> str:
    """Write a tab's title as formulas name it."""
    return "'{}'".format(title.replace("'", "''"))
