"""Giving a person all that is held of them: gathered from sheet and ledger, written for their eyes only."""

import os
from contextlib import closing
from pathlib import Path

from pipeline.intake.rows import read_entries
from pipeline.model.errors import UsageError
from pipeline.model.personal import Personal, SheetRow
from pipeline.running.clock import Clock
from pipeline.running.erasure import Person, find_person
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
    if folder.resolve().is_relative_to(workspace.root.resolve()):
        raise UsageError(f"{folder} is inside the workspace, where it would stay. Name a folder elsewhere.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = folder / f"{name}.json", folder / f"{name}.html"
    for path, text in zip(files, (data, page), strict=True):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
    return files
