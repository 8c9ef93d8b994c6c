"""What stands around the rows of a tab: frozen panes, columns, the filter, colours. One edit each.

Every function takes the XML of a tab without its rows (see `patch.in_frame`) and returns it edited. Source: ECMA-376
part 1, 18.3.1.99 (worksheet), .66 (pane), .13 (col), .2 (autoFilter), .33 (dataValidation), .10 (cfRule).
"""

from collections.abc import Iterable, Mapping

from pipeline.model.frozen import dataclass
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.xlsx.elements import (
    Edit,
    Element,
    insert,
    parse,
    rewritten,
    splice,
    tag,
    with_attributes,
)
from pipeline.sheets.xlsx.escapes import escape
from pipeline.sheets.xlsx.places import LAST_ROW, Rectangle, areas

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews",
    "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches",
    "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture",
    "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The children of a tab, in the order of the schema (CT_Worksheet)."""

DEFAULT_WIDTH = 9.0


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """How wide a column is, in characters, and the style of its empty cells (empty: none)."""

    width: float
    style: str = ""


def is_protected(xml: bytes) -> bool:
    """Whether locked cells of the tab cannot be typed in."""
    said = parse(xml).first("sheetProtection")
    return said is not None and said.attributes.get("sheet") in ("1", "true")


def merged(xml: bytes) -> tuple[Rectangle, ...]:
    """Return the rectangles of merged cells."""
    cells = parse(xml).find("mergeCells", "mergeCell")
    return tuple(area for one in cells for area in areas(one.attributes.get("ref", "")))


def column_looks(xml: bytes, first: int, last: int) -> dict[int, ColumnLook]:
    """Return the looks of the columns from `first` to `last`, as far as somebody gave them any."""
    return {
        column: ColumnLook(
            float(said.attributes.get("width", DEFAULT_WIDTH)), said.attributes.get("style", "")
        )
        for said in parse(xml).find("cols", "col")
        for column in range(max(first, _int(said, "min")), min(last, _int(said, "max")) + 1)
    }


def set_columns(xml: bytes, looks: Mapping[int, ColumnLook]) -> bytes:
    """Give columns a look, and show them; a setting of many columns is split around them."""
    if not looks:
        return xml
    root = parse(xml)
    there = root.first("cols")
    pieces = [piece for said in root.find("cols", "col") for piece in _beside(xml, said, looks)]
    for column, look in looks.items():
        said = {"min": str(column), "max": str(column), "width": f"{look.width:g}", "customWidth": "1"}
        said |= {"style": look.style} if look.style else {}
        pieces.append((column, tag(root.prefix, "col", said)))
    inner = "".join(piece for _, piece in sorted(pieces))
    if there is None:
        return splice(xml, [insert(xml, root, ORDER, "cols", tag(root.prefix, "cols", {}, inner))])
    return splice(xml, [(there.start, there.end, tag(root.prefix, "cols", {}, inner).encode())])


def _beside(xml: bytes, said: Element, looks: Mapping[int, ColumnLook]) -> Iterable[tuple[int, str]]:
    """Yield what is left of a setting of columns beside those that get a look of their own."""
    start, last = _int(said, "min"), _int(said, "max")
    inside = sorted(column for column in looks if start <= column <= last)
    for column in (*inside, last + 1):
        if start < column:
            limits = {"min": str(start), "max": str(column - 1)}
            yield start, with_attributes(xml, said, limits)[2].decode()
        start = column + 1


def freeze(xml: bytes, columns: int, header_row: int) -> bytes:
    """Freeze the headers and so many columns, unless somebody froze or split the tab, or shows it as pages."""
    root = parse(xml)
    views = list(root.find("sheetViews", "sheetView"))
    if any(view.first("pane") or view.attributes.get("view", "normal") != "normal" for view in views):
        return xml
    if not views:
        fresh = tag(root.prefix, "sheetView", {"workbookViewId": "0"})
        xml = splice(xml, [_put(xml, root, "sheetViews", fresh)])
    corner, active = (
        f"{column_letters(columns + 1)}{header_row + 1}",
        "bottomRight" if columns else "bottomLeft",
    )
    chosen = (view.find("selection") for view in views[:1])
    xml = splice(xml, [with_attributes(xml, one, {"pane": active}) for some in chosen for one in some])
    (view, *_) = parse(xml).find("sheetViews", "sheetView")
    across = {"xSplit": str(columns)} if columns else {}
    said = {
        **across,
        "ySplit": str(header_row),
        "topLeftCell": corner,
        "activePane": active,
        "state": "frozen",
    }
    # A tab that was scrolled down would have the wrong rows in the pane on top.
    top = {"topLeftCell": "A1"} if "topLeftCell" in view.attributes else {}
    pane = tag(root.prefix, "pane", said).encode()
    return splice(xml, [rewritten(xml, view, top, pane + xml[view.inner : view.stop])])


def _put(xml: bytes, root: Element, name: str, inner: str) -> Edit:
    """Return the edit that puts `inner` last in a child of the tab, which is made where it is not there."""
    there = root.first(name)
    if there is not None:
        return with_attributes(xml, there, {}, inner)
    return insert(xml, root, ORDER, name, tag(root.prefix, name, {}, inner))


def widen_dimension(xml: bytes, last: int, header_row: int) -> bytes:
    """Let the hint of how far the tab reaches say column `last` and the row of the headers, too."""
    root = parse(xml)
    said = root.first("dimension")
    if said is None:
        return xml
    (area, *_) = (*areas(said.attributes.get("ref", "")), Rectangle(1, 1, 1, 1))
    wide = Rectangle(
        area.left, min(area.top, header_row), max(area.right, last), max(area.bottom, header_row)
    )
    return splice(xml, [with_attributes(xml, said, {"ref": str(wide)})])


def filter_area(xml: bytes) -> Rectangle | None:
    """Return the rectangle that the filter of the tab covers."""
    said = parse(xml).first("autoFilter")
    found = areas(said.attributes.get("ref", "")) if said is not None else ()
    return found[0] if found else None


def set_filter(xml: bytes, area: Rectangle) -> bytes:
    """Let the filter of the tab cover `area`; what it filters by stays."""
    root = parse(xml)
    said = root.first("autoFilter")
    if said is not None:
        return splice(xml, [with_attributes(xml, said, {"ref": str(area)})])
    return splice(
        xml, [insert(xml, root, ORDER, "autoFilter", tag(root.prefix, "autoFilter", {"ref": str(area)}))]
    )


def colour(xml: bytes, cells: str, looks: Iterable[tuple[str, str]]) -> bytes:
    """Colour cells by the text in them: pairs of a text and the number of a look; rules that are there come first."""
    root = parse(xml)
    rules = root.find("conditionalFormatting", "cfRule")
    last = max((int(rule.attributes.get("priority", "0")) for rule in rules), default=0)
    fresh = "".join(
        tag(
            root.prefix,
            "cfRule",
            {"type": "cellIs", "dxfId": look, "priority": str(last + at), "operator": "equal"},
            tag(root.prefix, "formula", {}, escape('"{}"'.format(text.replace('"', '""')))),
        )
        for at, (text, look) in enumerate(looks, 1)
    )
    group = tag(root.prefix, "conditionalFormatting", {"sqref": cells}, fresh)
    return splice(xml, [insert(xml, root, ORDER, "conditionalFormatting", group)])


def coloured(xml: bytes) -> frozenset[str]:
    """Return the texts that have a colour of their own."""
    rules = parse(xml).find("conditionalFormatting", "cfRule")
    texts = (formula.text for rule in rules for formula in rule.find("formula"))
    return frozenset(text.strip('"') for text in texts)


def below_header(column: int, header_row: int) -> str:
    """Name all cells of a column but the header."""
    return f"{column_letters(column)}{header_row + 1}:{column_letters(column)}{LAST_ROW}"


def _int(element: Element, name: str) -> int:
    return int(element.attributes.get(name, "0"))


def as_a_page(xml: bytes) -> bytes:
    """Show a new tab without lines between its cells, and print it across one page."""
    root = parse(xml)
    fits = tag(root.prefix, "sheetPr", {}, tag(root.prefix, "pageSetUpPr", {"fitToPage": "1"}))
    view = tag(root.prefix, "sheetView", {"showGridLines": "0", "workbookViewId": "0"})
    views = tag(root.prefix, "sheetViews", {}, view)
    page = tag(root.prefix, "pageSetup", {"orientation": "landscape", "fitToHeight": "0"})
    parts = {"sheetPr": fits, "sheetViews": views, "pageSetup": page}
    return splice(xml, [insert(xml, root, ORDER, name, part) for name, part in parts.items()])
