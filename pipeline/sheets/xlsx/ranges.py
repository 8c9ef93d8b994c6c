"""Tables and the filter of a tab: widened, so that sorting and filtering move whole rows.

Source: ECMA-376 part 1, 18.5.1.2 (table), 18.5.1.3 (tableColumn), 18.2.5 (definedName: `_xlnm._FilterDatabase`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod

from pipeline.model.sheet import Cell
from pipeline.model.text import fold
from pipeline.sheets.cells import escape
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.xlsx.elements import Element, insert, parse, rewritten, splice, tag, with_attributes
from pipeline.sheets.xlsx.escapes import escape as escape_xml
from pipeline.sheets.xlsx.package import WORKBOOK_ORDER, Package
from pipeline.sheets.xlsx.places import Rectangle, areas

_FILTER_NAME = "_xlnm._FilterDatabase"
_MOST_REDRAWN = 60
"""Columns that are kept free for a pivot table that is drawn anew: beyond, nobody would find what stands behind it."""


def table_areas(package: Package, part: str) -> tuple[Rectangle, ...]:
    """Return the rectangles of the tables in a tab."""
    tables = (parse(package.read_xml(table)) for table in package.related(part, "/table"))
    return tuple(area for table in tables for area in areas(table.attributes.get("ref", "")))


def taken_areas(package: Package, part: str) -> tuple[Rectangle, ...]:
    """Return the rectangles of tables and of pivot tables, which fill cells that need not be there yet."""
    pivots = (parse(package.read_xml(pivot)) for pivot in package.related(part, "/pivotTable"))
    return (*table_areas(package, part), *(area for pivot in pivots for area in _reach(pivot)))


def _reach(pivot: Element) -> Iterator[Rectangle]:
    """Yield where a pivot table is, and may be once LibreOffice draws it anew: a column for each field and each value.

    Source: ECMA-376 part 1, 18.10.1.49 (location), 18.10.1.69 (pivotField). Excel puts all fields of rows into one
    column, and leaves out what is filtered.
    """
    fields = tuple(pivot.find("pivotFields", "pivotField"))
    across = (int(one.attributes.get("x", "-2")) for one in pivot.find("colFields", "field"))
    values = prod(
        1 + sum(1 for _ in fields[at].find("items", "item")) for at in across if 0 <= at < len(fields)
    )
    data = max(1, sum(1 for _ in pivot.find("dataFields", "dataField")))
    width = sum(1 for _ in pivot.find("rowFields", "field")) + data * (values + 1)
    for place in pivot.find("location"):
        for area in areas(place.attributes.get("ref", "")):
            yield replace(area, right=max(area.right, area.left + min(width, _MOST_REDRAWN) - 1))


def widen_tables(package: Package, part: str, row: Sequence[Cell], last: int, header_row: int) -> None:
    """Take the columns up to `last` into the table whose headers stand in `header_row`; `row` is what stands there.

    Left as they are: tables without headers, those that a query fills, and those beside which a header is missing.
    """
    for table in package.related(part, "/table"):
        xml = package.read_xml(table)
        root = parse(xml)
        (area, *_) = (*areas(root.attributes.get("ref", "")), Rectangle(1, 0, 1, 0))
        names = _names(root, row[area.right : last])
        if (
            area.top == header_row
            and area.right < last
            and names
            and root.attributes.get("headerRowCount") != "0"
        ):
            package.write(table, _widened(xml, root, replace(area, right=last), names))


def _names(table: Element, cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the names that columns get in a table, as their headers are; none where these are not fit for it."""
    taken = {fold(one.attributes.get("name", "")) for one in table.find("tableColumns", "tableColumn")}
    names = [cell.value for cell in cells if isinstance(cell.value, str) and cell.value]
    is_fit = len(names) == len(cells) and len({*map(fold, names)} - taken) == len(names)
    return tuple(names) if is_fit and table.attributes.get("tableType") != "queryTable" else ()


def _widened(xml: bytes, table: Element, area: Rectangle, names: tuple[str, ...]) -> bytes:
    columns = list(table.find("tableColumns", "tableColumn"))
    number = max((int(one.attributes.get("id", "0")) for one in columns), default=0)
    fresh = "".join(
        tag(
            table.prefix,
            "tableColumn",
            {"id": str(number + at), "name": escape(name).replace("\n", "_x000a_")},
        )
        for at, name in enumerate(names, 1)
    )
    count = {"count": str(len(columns) + len(names))}
    inner = [with_attributes(xml, one, count, fresh) for one in table.find("tableColumns")]
    for one in table.find("autoFilter"):
        (covered, *_) = (*areas(one.attributes.get("ref", "")), area)
        inner.append(with_attributes(xml, one, {"ref": str(replace(covered, right=area.right))}))
    xml = splice(xml, inner)
    root = parse(xml)
    return splice(xml, [rewritten(xml, root, {"ref": str(area)}, xml[root.inner : root.stop])])


def name_filter(package: Package, tab: str, area: Rectangle) -> None:
    """Let the name that programs give to the filtered cells of a tab name `area`."""
    xml = package.read_xml(package.workbook)
    root = parse(xml)
    titles = [one.attributes.get("name") for one in root.find("sheets", "sheet")]
    said = {"name": _FILTER_NAME, "localSheetId": str(titles.index(tab)), "hidden": "1"}
    cells = ":".join(
        f"${column_letters(column)}${row}"
        for column, row in ((area.left, area.top), (area.right, area.bottom))
    )
    text = escape_xml("'{}'!{}".format(tab.replace("'", "''"), cells))
    names = root.first("definedNames")
    same = (
        one
        for one in root.find("definedNames", "definedName")
        if all(one.attributes.get(key) == said[key] for key in ("name", "localSheetId"))
    )
    there = next(same, None)
    fresh = tag(root.prefix, "definedName", said, text)
    if there is not None:
        edit = rewritten(xml, there, {}, text.encode())
    elif names is not None:
        edit = with_attributes(xml, names, {}, fresh)
    else:
        edit = insert(xml, root, WORKBOOK_ORDER, "definedNames", tag(root.prefix, "definedNames", {}, fresh))
    package.write(package.workbook, splice(xml, [edit]))
