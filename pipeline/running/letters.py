"""What went out: listed from the ledger, and given out as files that mail programs open, with a page of all of them."""

from contextlib import closing
from pathlib import Path

from pipeline.decisions.assess import assess
from pipeline.model.shown_letter import ShownLetter
from pipeline.planning.preview import show_sent, went_out
from pipeline.running.clock import Clock
from pipeline.running.handed_out import write_for_owner
from pipeline.running.preview_file import PAGE
from pipeline.running.workspace import Workspace


def find_sent(
    workspace: Workspace, clock: Clock, only: str = "", kind: str = "", *, whole: bool = True
) -> tuple[ShownLetter, ...]:
    """Return the letters that went out, by name: to one applicant, or of one kind, where that is asked.

    Where they are not wanted `whole`, they are without their bytes.
    """
    call = workspace.call
    with closing(workspace.ledger()) as ledger:
        history = ledger.history()
        sent = tuple(
            message
            for message in went_out(history)
            if only in ("", message.reference) and kind in ("", message.kind)
        )
        ids = tuple(message.id for message in sent if message.is_stored) if whole else ()
        stored = {outgoing.id: outgoing.letter.data for outgoing in ledger.outgoing(ids)}
    assessment = assess(call, workspace.sheet.read(), history, clock.now(), None)
    return show_sent(call, workspace.templates, assessment, sent, stored)


def write_letters(folder: Path, letters: tuple[ShownLetter, ...], page: str) -> None:
    """Write each letter that is kept as an .eml file into a folder, and a page of all of them."""
    files = {letter.file: letter.data for letter in letters if letter.file}
    write_for_owner(folder, {**files, PAGE: page.encode()})
