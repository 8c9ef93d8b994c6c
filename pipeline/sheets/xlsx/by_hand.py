"""A workbook as forms and people fill it: any value in any cell. What the demonstration plays."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.model.sheet import CellValue
from pipeline.sheets.differences import CellAt
from pipeline.sheets.xlsx.files import read_bytes, replace_file
from pipeline.sheets.xlsx.frame import DEFAULT_WIDTH, ColumnLook, column_looks
from pipeline.sheets.xlsx.heights import height_of
from pipeline.sheets.xlsx.new_tab import with_values
from pipeline.sheets.xlsx.package import Package
from pipeline.sheets.xlsx.patch import without_rows


def type_in(path: Path, values: Mapping[CellAt, CellValue], tab: str = "", wrapped: int = 0) -> None:
    """Put values in cells of a tab (by default the first); None empties one. Raises SheetError, SheetBusy.

    A row is as high as what is put in the column `wrapped` needs, as programs make it that sort rows.
    """
    data = read_bytes(path)
    package = Package(data)
    part = package.tabs[tab] if tab else next(iter(package.tabs.values()))
    xml = package.read_xml(part)
    looks = column_looks(without_rows(xml), wrapped, wrapped) if wrapped else {}
    width = looks.get(wrapped, ColumnLook(DEFAULT_WIDTH)).width
    texts = {row: str(value or "") for (row, column), value in values.items() if column == wrapped}
    heights = {row: height_of(text, width) for row, text in texts.items()}
    package.write(part, with_values(package, xml, values, lambda row, _: heights.get(row, 0.0)))
    replace_file(path, package.build(), data)
