"""A new tab in a workbook, with rows of values; and a new workbook.

Source: ECMA-376 part 1, 18.2.19 (sheets).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pipeline.model.sheet import CellValue
from pipeline.model.text import fold
from pipeline.sheets.cells import plain
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.elements import parse, splice, tag, with_attributes
from pipeline.sheets.xlsx.moments import to_serial
from pipeline.sheets.xlsx.package import MAIN, OFFICE, RELATIONS, TYPES, XML, Package
from pipeline.sheets.xlsx.patch import Heights, as_they_are, patch
from pipeline.sheets.xlsx.styles import Styles
from pipeline.sheets.xlsx.written_cells import Stored
from pipeline.sheets.xlsx.zipped import replace_members

TIMESTAMP_FORMAT = "yyyy-mm-dd hh:mm:ss"
LONGEST_TITLE = 31
NOT_IN_TITLES = frozenset("[]:*?/\\")
"""Signs that no title of a tab can have; it is not longer than LONGEST_TITLE, either."""

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


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


def add_tab(package: Package, title: str, rows: Iterable[Sequence[CellValue]] = ()) -> str:
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


def with_values(
    package: Package,
    xml: bytes,
    values: Mapping[CellAt, CellValue],
    heights: Heights = as_they_are,
) -> bytes:
    """Return the XML of a tab with values of any kind in its cells, None empties one; see `patch`."""
    moments = {place: to_serial(value) for place, value in values.items() if isinstance(value, datetime)}
    stored: dict[CellAt, Stored] = {place: _stored(value) for place, value in values.items()}
    style = ""
    if moments:
        styles = Styles(package)
        style = styles.number(styles.look("").formatted(styles.number_format(TIMESTAMP_FORMAT)))
        styles.save()
    return patch(
        xml, stored | moments, lambda place, shown: style if place in moments else shown, heights=heights
    )[0]


def _stored(value: CellValue) -> Stored:
    if value is None or isinstance(value, datetime):
        return ""
    return plain(value) if isinstance(value, str) else value


def _main(package: Package) -> str:
    return parse(package.read_xml(package.workbook)).space
