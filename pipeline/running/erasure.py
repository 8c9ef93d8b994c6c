"""Erasing: one person at somebody's word, or whatever is due (`retention`), from every place that is Convene's.

The answers in the sheet are the organisers' to delete. Until then a run shows such a row as Erased.
"""

import os
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.intake.erased import without_erased
from pipeline.intake.naming import Naming
from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import is_ahead, is_left_open
from pipeline.ledger.erasure import Rewrite
from pipeline.ledger.own_files import open_own
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.outbox import forget
from pipeline.model.applicant import Eligibility, Entry, Status
from pipeline.model.erased import remember, token
from pipeline.model.errors import ConveneError
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.history_events import LONGEST_WORD
from pipeline.model.message import State
from pipeline.model.settings import OutboxSettings, WorkbookSettings
from pipeline.model.sheet import Change, Snapshot, Stamp
from pipeline.model.text import shorten
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import Plan
from pipeline.planning.projection import project, show
from pipeline.planning.retention import find_due, say_erased
from pipeline.planning.unkept import without
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.person import Person, find_named, name, named_in
from pipeline.running.preview_file import forget_preview
from pipeline.running.tab import refresh
from pipeline.running.workspace import Workspace
from pipeline.sheets.xlsx.files import delete_drafts

_REFERENCE = re.compile(rb"^X-Convene-(?:Ref|Test|Copy): \S+/(P-[0-9A-Z]+)/", re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Traces:
    """Whom an erasure is about, by what they are named, and where the sheet names them beside others.

    `entries` are the sheet's rows; `beside` has the rows of each column or tab.
    """

    person: Person
    naming: Naming
    entries: tuple[Entry, ...]
    beside: tuple[tuple[str, tuple[int, ...]], ...]


def look_up(workspace: Workspace, who: str) -> Traces:
    """Find a person in sheet and ledger; change nothing. Raises UsageError where nobody is known as `who`."""
    with closing(workspace.ledger()) as ledger:
        return _look_up(workspace, workspace.sheet.read(), ledger.history(), who)


def _look_up(workspace: Workspace, snapshot: Snapshot, history: History, who: str) -> Traces:
    entries = read_entries(snapshot, workspace.call)
    person = find_named(entries, history, who)
    naming = name(workspace.call, entries, history, person)
    return Traces(person, naming, entries, named_in(workspace.call, snapshot, entries, person, naming))


def erase(workspace: Workspace, clock: Clock, who: str) -> ConveneError | None:
    """Erase all that Convene holds of a person; return what kept the sheet from showing it, if anything did.

    Raises UsageError where nobody is known as `who`, LockHeld while a run is going on.
    """
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        history, snapshot = ledger.history(), workspace.sheet.read()
        traces = _look_up(workspace, snapshot, history, who)
        _erase(workspace, ledger, history, traces, clock.now())
        # A ledger from before the erasure is then behind the sheet, and sends nothing to whom it still knows.
        stamp = (
            Stamp(history.ledger, ledger.begin(clock.now())) if _is_up_to_date(snapshot, history) else None
        )
        return _show(workspace, ledger, clock, stamp, traces.naming)


def _is_up_to_date(snapshot: Snapshot, history: History) -> bool:
    """Whether the sheet has a stamp of this very ledger, of a run that has shown all that it sent."""
    stamp = snapshot.stamp
    return stamp is not None and not (is_ahead(snapshot, history) or is_left_open(snapshot, history))


def _erase(workspace: Workspace, ledger: Ledger, history: History, traces: Traces, asked: datetime) -> None:
    """Take a person out of every file of ours, also out of what is kept of others."""
    person, naming = traces.person, traces.naming
    references = person.references or {naming.reference}
    _erase_files(workspace, history, references, person.texts)
    cells, typed = _rewrite(traces, history)
    left = replace(remember(history.secret, references, person.texts), cells=cells)
    ledger.erase(references, left, asked, Rewrite(typed, naming.reasons_without))


def _rewrite(traces: Traces, history: History) -> tuple[Mapping[str, str], Callable[[str], str]]:
    """Return what is read instead of cells that name the person or somebody erased before, by their hashes.

    And what the ledger keeps instead of such texts, which it may have cut where they were long.
    """
    without, secret = traces.naming.without, history.secret
    cells = {mark: without(said) for mark, said in history.erased.cells.items()}
    known: dict[str, str] = {}
    for text in {text for entry in traces.entries for text in (entry.decision, entry.note)}:
        before = without_erased(text, history)
        said = without(before)
        if said != before:
            cells[token(secret, text)] = said
            known |= {before: said, shorten(before, LONGEST_WORD): shorten(said, LONGEST_WORD)}
    return cells, lambda text: known.get(text) or without(text)


def _erase_files(
    workspace: Workspace, history: History, references: Collection[str], texts: Collection[str]
) -> None:
    """Take people out of every file but the ledger, which alone knows who is meant, and goes last."""
    theirs = {reference.encode() for reference in references}
    _forget_letters(workspace, lambda head: any(found in theirs for found in _REFERENCE.findall(head)))
    written = {message.to.lower() for message in history.posted if message.reference in references}
    addresses = written | {text for text in texts if "|" not in text}
    addresses |= {history.addresses[reference] for reference in references if reference in history.addresses}
    _scrub_log(workspace.state / "convene.log", addresses)
    if isinstance(sheet := workspace.service.sheet, WorkbookSettings):
        delete_drafts(Path(sheet.path))


def _forget_letters(workspace: Workspace, is_wanted: Callable[[bytes], bool]) -> None:
    forget_preview(workspace.state)
    transport = workspace.service.mail.transport
    chosen = (Path(transport.path),) if isinstance(transport, OutboxSettings) else ()
    # A call that was tried into the outbox may have been sent by a relay since.
    for folder in {*chosen, workspace.state / "outbox"}:
        forget(folder, is_wanted)


def _scrub_log(path: Path, addresses: Collection[str]) -> None:
    """Take out the lines in which a mail server's answer names an address."""
    if not path.exists():
        return
    with os.fdopen(open_own(path), "r+", encoding="utf-8", errors="surrogateescape") as file:
        lines = file.readlines()
        kept = [line for line in lines if not any(address in line.lower() for address in addresses)]
        if kept != lines:
            file.seek(0)
            file.writelines(kept)
            file.truncate()


def _show(
    workspace: Workspace, ledger: Ledger, clock: Clock, stamp: Stamp | None, naming: Naming
) -> ConveneError | None:
    """Empty Convene's cells in the rows of erased people, and bring those up to date that name them.

    The next run does where it cannot be done now.
    """
    call, service, history = workspace.call, workspace.service, ledger.history()

    def rows(snapshot: Snapshot) -> tuple[Change, ...]:
        plan = make_plan(call, service, workspace.templates, snapshot, history, clock.now())
        concerned = (
            each
            for each in show(call, plan.assessment, history)
            if each.cells.status == Status.ERASED or naming.is_in(each.entry.own.reason)
        )
        return project(call, tuple(concerned), clock.now(), service.sheet.language)

    try:
        workspace.sheet.set_up()
        workspace.sheet.write(rows, stamp)
        refresh(workspace, ledger, clock)
    except ConveneError as error:
        return error
    return None


# --- what is due -------------------------------------------------------------------------------------------


def erase_due(workspace: Workspace, ledger: Ledger, clock: Clock, *, force: bool) -> tuple[str, ...]:
    """Erase what is due, and say so, or what is due soon. With a made-up date nothing is erased, unless forced."""
    retention = workspace.service.retention
    if not (retention.letters or retention.everything or retention.answers):
        return ()
    history = ledger.history()
    due = find_due(retention, workspace.call, history, clock.now())
    if clock.stands_still and not force:
        would = say_erased(len(due.people), 0)
        return (
            *(f"Not with --as-of, unless --force: {said}" for said in would),
            *due.warnings,
        )
    reworded = ledger.rewrite_reasons(partial(without, due.answers, workspace.call)) if due.answers else 0
    dropped = ledger.drop_letters(due.letters) if due.letters else ()
    if reworded:
        forget_preview(workspace.state)
    if dropped:
        named = {message_id.encode() for message_id in dropped}
        _forget_letters(workspace, lambda head: any(found in named for found in _MESSAGE_ID.findall(head)))
    if due.people:
        texts = {*history.addresses.values(), *history.responses}
        _erase_files(workspace, history, due.people, texts)
        ledger.erase(due.people, remember(history.secret, due.people, texts))
    return (*say_erased(len(due.people), len(dropped), reworded), *due.warnings)


def drop_unagreed(ledger: Ledger, plan: Plan) -> None:
    """Keep no text of the letters that people got who did not agree to the use of their answers."""
    verdicts = plan.assessment.verdicts
    held = {one.reference for one in verdicts if one.case.found.eligibility is Eligibility.HELD}
    sent = {one.id for one in plan.history.posted if one.reference in held and one.state is State.ACCEPTED}
    if sent:
        ledger.drop_letters(sent)
