"""A tab of Convene's own in a workbook: rows of values, and a chart of them where one is wanted; and a new workbook.

Source: ECMA-376 part 1, 18.2.19 (sheets), 20.5 (drawings of spreadsheets), 21.2 (charts).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from pipeline.model.sheet import CellValue
from pipeline.model.text import fold
from pipeline.sheets.cells import plain
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import parse, splice, tag, with_attributes
from pipeline.sheets.xlsx.moments import to_serial
from pipeline.sheets.xlsx.package import MAIN, OFFICE, RELATIONS, TYPES, XML, Package
from pipeline.sheets.xlsx.patch import Stored, patch
from pipeline.sheets.xlsx.places import Area
from pipeline.sheets.xlsx.styles import Styles
from pipeline.sheets.xlsx.zipped import replace_members

TIMESTAMP_FORMAT = "yyyy-mm-dd hh:mm:ss"
LONGEST_TITLE = 31
NOT_IN_TITLES = frozenset("[]:*?/\\")
"""Signs that no title of a tab can have; it is not longer than LONGEST_TITLE, either."""

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of a tab: bars as long as the numbers in `values`, named by the texts in `names`; it covers `place`.

    `values` and `names` are stretches of one column.
    """

    title: str
    names: Area
    values: Area
    place: Area


def new_package(title: str, rows: Iterable[Sequence[CellValue]] = ()) -> bytes:
    """Return a new workbook with one tab."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="application/{kind}"/>'
        for extension, kind in (("rels", "vnd.openxmlformats-package.relationships+xml"), ("xml", "xml"))
    )
    parts = {
        TYPES: f'{XML}<Types xmlns="{types}">{defaults}</Types>'.encode(),
        "_rels/.rels": f'{XML}<Relationships xmlns="{RELATIONS}"/>'.encode(),
    }
    package = Package(replace_members(_EMPTY_ZIP, parts))
    body = '<bookViews><workbookView/></bookViews><sheets/><calcPr fullCalcOnLoad="1"/>'
    workbook = f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{body}</workbook>'
    package.add("", "officeDocument", "xl/workbook.xml", _WORKBOOK, workbook.encode())
    Styles(package).save()
    add_tab(package, title, rows)
    return package.build()


def add_tab(
    package: Package, title: str, rows: Iterable[Sequence[CellValue]] = (), chart: BarChart | None = None
) -> str:
    """Add a tab behind the others; return its part. Raises ValueError for a title that a tab cannot have.

    Texts stay texts, whatever they begin with; times are written as wall-clock times, their zone dropped.
    """
    if not 0 < len(title) <= LONGEST_TITLE or set(title) & NOT_IN_TITLES or title.strip("'") != title:
        raise ValueError(f"no title for a tab: {title}")
    xml = package.read_xml(package.workbook)
    root = parse(xml)
    tabs = list(root.find("sheets", "sheet"))
    if fold(title) in {fold(one.attributes.get("name", "")) for one in tabs}:
        raise ValueError(f"there is a tab with this title: {title}")
    part = package.free("xl/worksheets/sheet{}.xml")
    relation = package.add(package.workbook, "worksheet", part, _SHEET, tab_xml(package, rows))
    number = max((int(one.attributes.get("sheetId", "0")) for one in tabs), default=0) + 1
    said = {"name": title, "sheetId": str(number), "xmlns:r": package.office, "r:id": relation}
    (sheets,) = root.find("sheets")
    package.write(
        package.workbook, splice(xml, [with_attributes(xml, sheets, {}, tag(root.prefix, "sheet", said))])
    )
    if chart is not None:
        _draw(package, title, part, chart)
    return part


def tab_xml(package: Package, rows: Iterable[Sequence[CellValue]]) -> bytes:
    """Return the XML of a tab with these rows and nothing else; styles that it needs are added to the workbook."""
    values = {
        (row, column): value
        for row, cells in enumerate(rows, 1)
        for column, value in enumerate(cells, 1)
        if value is not None
    }
    bare = f'{XML}<worksheet xmlns="{_main(package)}"><sheetData/></worksheet>'
    return with_values(package, bare.encode(), values)


def with_values(package: Package, xml: bytes, values: Mapping[CellAt, CellValue]) -> bytes:
    """Return the XML of a tab with values of any kind in its cells; None empties one."""
    moments = {place: to_serial(value) for place, value in values.items() if isinstance(value, datetime)}
    stored: dict[CellAt, Stored] = {place: _stored(value) for place, value in values.items()}
    style = ""
    if moments:
        styles = Styles(package)
        style = styles.number(styles.look("").formatted(styles.number_format(TIMESTAMP_FORMAT)))
        styles.save()
    return patch(xml, stored | moments, lambda place, shown: style if place in moments else shown)[0]


def _stored(value: CellValue) -> Stored:
    if value is None or isinstance(value, datetime):
        return ""
    return plain(value) if isinstance(value, str) else value


def _draw(package: Package, title: str, part: str, chart: BarChart) -> None:
    drawing = package.free("xl/drawings/drawing{}.xml")
    shown = package.add(part, "drawing", drawing, _DRAWING, b"")
    xml = package.read_xml(part)
    said = {"xmlns:r": package.office, "r:id": shown}
    package.write(part, splice(xml, [with_attributes(xml, parse(xml), {}, tag("", "drawing", said))]))
    relation = package.add(
        drawing, "chart", package.free("xl/charts/chart{}.xml"), _CHART, _chart(title, chart).encode()
    )
    package.write(drawing, _anchor(package, chart, relation).encode())


def _anchor(package: Package, chart: BarChart, relation: str) -> str:
    """Write the drawing: a frame over the cells of the chart's place."""
    place = chart.place
    corners = (
        "".join(
            f"<{name}><col>{column}</col><colOff>0</colOff><row>{row}</row><rowOff>0</rowOff></{name}>"
            for name, column, row in (
                ("from", place.left - 1, place.top - 1),
                ("to", place.right, place.bottom),
            )
        )
        .replace("<", "<xdr:")
        .replace("<xdr:/", "</xdr:")
    )
    kind = f"{_DRAWINGML}/chart"
    shown = f'<c:chart xmlns:c="{kind}" xmlns:r="{package.office}" r:id="{relation}"/>'
    return (
        f'{XML}<xdr:wsDr xmlns:xdr="{_DRAWINGML}/spreadsheetDrawing" xmlns:a="{_DRAWINGML}/main">'
        f'<xdr:twoCellAnchor>{corners}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="2" name={quoteattr(chart.title)}/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{kind}">{shown}</a:graphicData></a:graphic>'
        "</xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )


def _chart(tab: str, chart: BarChart) -> str:
    axes = "".join(
        f'<c:{kind}><c:axId val="{own}"/><c:scaling><c:orientation val="{way}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/><c:crossAx val="{other}"/></c:{kind}>'
        for kind, own, other, side, way in (("catAx", 1, 2, "l", "maxMin"), ("valAx", 2, 1, "b", "minMax"))
    )
    names, values = (escape(_reference(tab, area)) for area in (chart.names, chart.values))
    return (
        f'{XML}<c:chartSpace xmlns:c="{_DRAWINGML}/chart" xmlns:a="{_DRAWINGML}/main"><c:chart><c:title><c:tx>'
        f"<c:rich><a:bodyPr/><a:p><a:r><a:t>{escape(chart.title)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/><c:ser><c:idx val="0"/>'
        f'<c:order val="0"/><c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>{names}</c:f></c:strRef></c:cat>'
        f'<c:val><c:numRef><c:f>{values}</c:f></c:numRef></c:val></c:ser><c:gapWidth val="50"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{axes}</c:plotArea><c:plotVisOnly val="1"/>'
        "</c:chart></c:chartSpace>"
    )


def _reference(tab: str, area: Area) -> str:
    first, last = (f"${column_letters(area.left)}${row}" for row in (area.top, area.bottom))
    return "'{}'!{}:{}".format(tab.replace("'", "''"), first, last)


def _main(package: Package) -> str:
    return parse(package.read_xml(package.workbook)).space
