"""One person's story, from sheet and ledger."""

from contextlib import closing

from pipeline.intake.rows import read_entries
from pipeline.model.history_events import Happening
from pipeline.running.person import find_person
from pipeline.running.workspace import Workspace


def find_story(workspace: Workspace, who: str) -> tuple[Happening, ...]:
    """Tell what happened to a person, under every reference. Raises UsageError where nobody is known as `who`."""
    with closing(workspace.ledger()) as ledger:
        person = find_person(read_entries(workspace.sheet.read(), workspace.call), ledger.history(), who)
        return ledger.diary.happened(person.references)
