"""The engineers' page shows the table of transitions as it is."""

from pathlib import Path

from pipeline.decisions.timeline import CONCLUDED, TRANSITIONS, Event
from pipeline.model.applicant import Status

PAGE = Path(__file__).parent.parent.parent / "docs" / "architecture.md"


def cell(status: Status, event: Event) -> str:
    to = TRANSITIONS.get((status, event))
    if to is None:
        return "·"
    where = "?" if to.asks and to.status is status else "=" if to.status is status else to.status.value
    where = f"? {where}" if to.asks and to.status is not status else where
    return f"{where} ✉" if to.message else where


def test_the_page_shows_every_transition() -> None:
    rows = [
        f"| {event.name.lower().replace('_', ' ')} | "
        + " | ".join(cell(status, event) for status in (Status.RECEIVED, *CONCLUDED))
        + " |"
        for event in Event
    ]
    assert "\n".join(rows) in PAGE.read_text(encoding="utf-8")
