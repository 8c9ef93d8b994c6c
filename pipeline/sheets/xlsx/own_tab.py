"""The tab `Convene` in a workbook: found by a hidden name, read, and patched where it differs from what it should be.

People may call it otherwise and move it: the name goes with it. Its looks and charts are compared by a seal, kept as a
custom property; what people change in them stays. Source: ECMA-376 part 1, 18.2.5 (definedName).
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from pipeline.model.frozen import dataclass
from pipeline.model.tab import Look, Tab, TabCell
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.differences import CellAt
from pipeline.sheets.own_tab import NOTHING_YET, PlacedTab, free_title, leads_to, literal, place
from pipeline.sheets.xlsx.charts import count_charts, put_charts, quoted
from pipeline.sheets.xlsx.drop_downs import add_validations, choice, free_of_validations
from pipeline.sheets.xlsx.elements import insert, parse, splice, tag, with_attributes
from pipeline.sheets.xlsx.escapes import escape
from pipeline.sheets.xlsx.frame import DEFAULT_WIDTH, ColumnLook, as_a_page, set_columns
from pipeline.sheets.xlsx.heights import LINE, height_of
from pipeline.sheets.xlsx.new_tab import add_tab
from pipeline.sheets.xlsx.own_tab_as_read import NAME, names_of, read_own_tab
from pipeline.sheets.xlsx.package import WORKBOOK_ORDER, Package
from pipeline.sheets.xlsx.patch import in_frame, patch
from pipeline.sheets.xlsx.places import LAST_ROW
from pipeline.sheets.xlsx.stamp import put_property, read_property
from pipeline.sheets.xlsx.styles import Dress, Styles
from pipeline.sheets.xlsx.values import Values
from pipeline.sheets.xlsx.written_cells import Formula, Stored

SEAL = "Convene tab"
"""The property with a hash of its looks and charts, as written last."""

DRESSES: Mapping[str, Dress] = {
    Look.HEADING: Dress(is_bold=True, size=14, colour="1F3864"),
    Look.LABEL: Dress(is_bold=True),
    Look.TEXT: Dress(is_wrapped=True),
    Look.NUMBER: Dress(is_left=True),
    Look.LINK: Dress(is_underlined=True, colour="0563C1"),
    Look.ALERT: Dress(is_wrapped=True, fill="FCE4D6"),
    Look.QUIET: Dress(is_wrapped=True, colour="7F7F7F"),
    Look.HINT: Dress(colour="7F7F7F"),
    Look.THEIRS: Dress(is_open=True, fill="FFF2CC", edge="BF9000"),
}

HEADING_LINE = 24.0
"""Points that a heading takes."""


@dataclass(frozen=True, slots=True)
class Links:
    """How a cell leads to a person's row: the tab of the responses, and the column of Reference (0: there is none)."""

    tab: str
    column: int

    def formula(self, cell: TabCell) -> Formula:
        """Return what finds the row when it is clicked. A text from outside stands in it only between quotes."""
        letters, shown = column_letters(self.column), str(cell.value)
        there = f"{quoted(self.tab)}!${letters}:${letters}"
        where = f"{literal('#' + quoted(self.tab) + '!A')}&MATCH({literal(cell.to)},{there},0)"
        return Formula(f"IFERROR(HYPERLINK({where},{literal(shown)}),{literal(shown)})", shown)

    def lead(self, cell: TabCell, formula: str) -> bool:
        """Whether a formula leads there, however another program spells it."""
        if not self.column:
            return not formula
        start = literal("#" + quoted(self.tab) + "!A")
        return leads_to(formula, (literal(cell.to), start), column_letters(self.column))


def show(package: Package, values: Values, tab: Tab, links: Links) -> bool:
    """Let the package have the tab as it should be; return whether anything was to be written.

    Nothing of another tab is touched, and no cell of the organisers'.
    """
    there = read_own_tab(package, values)
    standing = there.standing if there else NOTHING_YET
    placed = place(tab, standing)
    seal = sha256(placed.state.encode()).hexdigest()[:16]
    if there and read_property(package, SEAL) == seal:
        standing = replace(standing, state=placed.state)
    cells = placed.to_write(standing, links.lead)
    is_framed = placed.has_kept_frame(standing)
    is_drawn = placed.keeps or (there and count_charts(package, there.part, tab) == len(tab.charts))
    if there and not cells and is_framed and is_drawn:
        return False
    title, part = (there.title, there.part) if there else _make(package, placed)
    _write(package, part, placed, cells, links)
    if not is_framed:
        _furnish(package, part, placed)
    if not placed.keeps:
        put_charts(package, part, title, placed)
    put_property(package, SEAL, seal)
    return True


def _make(package: Package, placed: PlacedTab) -> tuple[str, str]:
    tab = placed.tab
    title = free_title(tab.title, package.tabs)
    part = add_tab(package, title)
    widths = {column: ColumnLook(_width(pixels)) for column, pixels in enumerate(tab.widths, 1)}
    package.write(part, set_columns(as_a_page(package.read_xml(part)), widths))
    _name(package, f"{quoted(title)}!$1:${LAST_ROW}")
    return title, part


def _name(package: Package, cells: str) -> None:
    """Give the tab its hidden name, in the place of one that means nothing any more."""
    for old in reversed(names_of(package)):
        xml = package.read_xml(package.workbook)
        package.write(package.workbook, splice(xml, [(old.start, old.end, b"")]))
    xml = package.read_xml(package.workbook)
    root = parse(xml)
    name = tag(root.prefix, "definedName", {"name": NAME, "hidden": "1"}, escape(cells))
    there = root.first("definedNames")
    if there is None:
        edit = insert(xml, root, WORKBOOK_ORDER, "definedNames", tag(root.prefix, "definedNames", {}, name))
    else:
        edit = with_attributes(xml, there, {}, name)
    package.write(package.workbook, splice(xml, [edit]))


def _write(
    package: Package, part: str, placed: PlacedTab, cells: Mapping[CellAt, TabCell | None], links: Links
) -> None:
    styles = Styles(package)
    looks = {place: cell.look for place, cell in cells.items() if cell is not None}
    looks |= dict.fromkeys(placed.theirs, Look.THEIRS)
    numbers = {look: styles.dressed(DRESSES[look]) for look in sorted(set(looks.values()))}
    # The organisers' cells get their look and keep what is in them.
    stored: dict[CellAt, Stored] = dict.fromkeys(placed.theirs - cells.keys())
    stored |= {place: _stored(cell, links) for place, cell in cells.items()}

    def restyle(place: CellAt, _: str) -> str:
        return numbers[looks[place]] if place in looks else ""

    heights = _heights(placed, max((row for row, _ in stored), default=0))
    xml, formula_gone = patch(
        package.read_xml(part), stored, restyle, heights=lambda row, _: heights.get(row, 0.0)
    )
    styles.save()
    package.write(part, xml)
    package.have_formulas_computed()
    if formula_gone or any(isinstance(value, Formula) for value in stored.values()):
        package.drop_calculation_chain()


def _heights(placed: PlacedTab, last: int) -> Mapping[int, float]:
    """Return how high every row is to be: that of its tallest cell, and of one line where there is none any more."""
    heights = dict.fromkeys(range(1, last + 1), LINE)
    for (row, column), cell in placed.cells.items():
        width = _width(placed.tab.widths[column - 1]) if column <= len(placed.tab.widths) else DEFAULT_WIDTH
        tall = height_of(str(cell.value), width) if DRESSES[cell.look].is_wrapped else LINE
        tall = HEADING_LINE if cell.look == Look.HEADING else tall
        heights[row] = max(heights.get(row, LINE), tall)
    return heights


def _width(pixels: int) -> float:
    """Return a width in characters (ECMA-376 part 1, 18.3.1.13, with letters of the usual size)."""
    return (pixels - 5) / 7


def _stored(cell: TabCell | None, links: Links) -> Stored:
    if cell is None:
        return ""
    return links.formula(cell) if cell.to and links.column else cell.value


def _furnish(package: Package, part: str, placed: PlacedTab) -> None:
    """Offer words beside the controls that have some, and say what each is for."""

    def edit(xml: bytes) -> bytes:
        prefix = parse(xml).prefix
        fresh = "".join(
            choice(prefix, f"B{placed.controls[one.name]}", one.choices, (one.label, one.hint))
            for one in placed.tab.controls
        )
        return add_validations(free_of_validations(xml, 2, 2), fresh, len(placed.tab.controls))

    package.write(part, in_frame(package.read_xml(part), edit))
