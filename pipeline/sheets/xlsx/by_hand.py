"""A workbook as forms and people fill it: any value in any cell. What the demonstration plays."""

import re
from collections.abc import Mapping
from pathlib import Path

from pipeline.model.sheet import CellValue
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.files import read_bytes, replace_file
from pipeline.sheets.xlsx.new_tab import with_values
from pipeline.sheets.xlsx.package import Package

_HEIGHT = re.compile(rb'(<(?:\w+:)?row r="(\d+)"(?![^>]* customHeight)[^>]*?) ht="[^"]*"')


def type_in(path: Path, values: Mapping[CellAt, CellValue], tab: str = "") -> None:
    """Put values in cells of a tab (by default the first); None empties one. Raises SheetError, SheetBusy.

    The rows lose their heights, which a program works out anew where somebody typed or sorted.
    """
    data = read_bytes(path)
    package = Package(data)
    part = package.tabs[tab] if tab else next(iter(package.tabs.values()))
    typed = {row for row, _ in values}
    fresh = with_values(package, package.read_xml(part), values)
    package.write(part, _HEIGHT.sub(lambda row: row[1] if int(row[2]) in typed else row[0], fresh))
    replace_file(path, package.build(), data)
