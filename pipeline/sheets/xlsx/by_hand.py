"""A workbook as forms and people fill it: any value in any cell. What the demonstration plays."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.model.sheet import CellValue
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.files import read_bytes, replace_file
from pipeline.sheets.xlsx.new_tab import with_values
from pipeline.sheets.xlsx.package import Package


def type_in(path: Path, values: Mapping[CellAt, CellValue], tab: str = "") -> None:
    """Put values in cells of a tab (by default the first); None empties one. Raises SheetError, SheetBusy."""
    data = read_bytes(path)
    package = Package(data)
    part = package.tabs[tab] if tab else next(iter(package.tabs.values()))
    package.write(part, with_values(package, package.read_xml(part), values))
    replace_file(path, package.build(), data)
