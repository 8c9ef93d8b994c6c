"""Giving a person all that is held of them: gathered from sheet and ledger, written for their eyes only."""

from contextlib import closing
from pathlib import Path

from pipeline.intake.rows import read_entries
from pipeline.model.personal import Personal, SheetRow
from pipeline.running.clock import Clock
from pipeline.running.handed_out import raise_if_inside, write_for_owner
from pipeline.running.person import Person, find_person
from pipeline.running.workspace import Workspace


def gather(workspace: Workspace, clock: Clock, who: str) -> Personal:
    """Find all of a person; write nothing. Raises UsageError where nobody is known as `who`."""
    snapshot = workspace.sheet.read()
    with closing(workspace.ledger()) as ledger:
        person = find_person(read_entries(snapshot, workspace.call), ledger.history(), who)
        held = tuple(ledger.held(reference) for reference in sorted(person.references))
    rows = tuple(
        SheetRow(row.number, tuple((header, row.cell(at).text) for at, header in enumerate(snapshot.headers)))
        for row in snapshot.rows
        if row.number in person.rows
    )
    return Personal(_name(person), clock.now(), rows, held)


def _name(person: Person) -> str:
    return "-".join(sorted(person.references)) or f"row-{person.rows[0]}"


def write_files(workspace: Workspace, folder: Path, name: str, data: str, page: str) -> tuple[Path, Path]:
    """Write both forms into a folder outside the workspace, readable by their owner; return where."""
    raise_if_inside(workspace, folder)
    given = {f"{name}.json": data.encode(), f"{name}.html": page.encode()}
    write_for_owner(folder, given)
    first, second = (folder / file for file in given)
    return first, second
