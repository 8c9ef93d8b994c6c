"""The tab `Convene` of a workbook as it stands: see `own_tab`, which writes it."""

from pipeline.model.frozen import dataclass
from pipeline.model.sheet import Row
from pipeline.sheets.own_tab import TabAsRead
from pipeline.sheets.xlsx.elements import Element, parse
from pipeline.sheets.xlsx.layout import read_formulas
from pipeline.sheets.xlsx.package import Package
from pipeline.sheets.xlsx.rows import read_rows
from pipeline.sheets.xlsx.values import Values

NAME = "_convene.tab"
"""The hidden name of all cells of the tab."""


@dataclass(frozen=True, slots=True)
class WorkbookTab:
    """The tab as it stands in a package: its title, its part, its cells."""

    title: str
    part: str
    standing: TabAsRead


def read_own_tab(package: Package, values: Values) -> WorkbookTab | None:
    """Return the tab; None where there is none, or where its name has come to mean another."""
    said = [name.text for name in names_of(package)]
    title = said[0].rpartition("!")[0] if len(said) == 1 else ""
    title = title[1:-1].replace("''", "'") if title.startswith("'") else title
    part = package.tabs.get(title)
    if part is None:
        return None
    xml = package.read_xml(part)
    standing = _standing(read_rows(xml, values), xml)
    return WorkbookTab(title, part, standing) if standing.is_ours else None


def names_of(package: Package) -> list[Element]:
    """Return the hidden names of the tab; more than one where somebody copied it."""
    names = parse(package.read_xml(package.workbook)).find("definedNames", "definedName")
    return [one for one in names if one.attributes.get("name", "").casefold() == NAME]


def _standing(rows: tuple[Row, ...], xml: bytes) -> TabAsRead:
    cells = {
        (row.number, column): cell
        for row in rows
        for column, cell in enumerate(row.cells, 1)
        if cell.text or cell.fault
    }
    formulas, last = read_formulas(xml)
    return TabAsRead(cells, formulas, None, last)
