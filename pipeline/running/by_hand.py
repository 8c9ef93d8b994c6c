"""A workbook as people and forms change it: what the demonstration plays, and what tests do to a call."""

from pathlib import Path

from pipeline.model.sheet import Snapshot
from pipeline.sheets.base import SetUp
from pipeline.sheets.xlsx.by_hand import type_in
from pipeline.sheets.xlsx.workbook import Workbook, create_workbook

__all__ = ["create_workbook", "read_tab", "type_in"]


def read_tab(path: Path) -> Snapshot:
    """Read the first tab of a workbook."""
    return Workbook(path, "", SetUp((), ())).read()
