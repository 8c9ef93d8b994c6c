"""What a command tells of a run: lines for people, data for machines, and what it ends with."""

import json
from datetime import datetime
from typing import Any

from pipeline.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """`said` is told first, then the `needs` of a person under their heading (its first line), and a `failure`.

    `again` is when the next attempt is due, if one is.
    """

    exit_code: int
    said: tuple[str, ...]
    needs: tuple[str, ...]
    data: dict[str, Any]
    failure: str = ""
    again: datetime | None = None


def to_text(report: Report) -> str:
    """Write the report of a run that had nothing to do, to be told again."""
    return json.dumps([report.exit_code, report.said, report.needs, report.data], ensure_ascii=False)


def from_text(text: str) -> Report:
    """Read such a report. Raises ValueError where it was never written so."""
    exit_code, said, needs, data = json.loads(text)
    return Report(int(exit_code), tuple(said), tuple(needs), dict(data))
