"""Erasing: one person at somebody's word, or whatever is due (`retention`), from every place that is Convene's.

The answers in the sheet are the organisers' to delete. Until then a run shows such a row as Erased.
"""

import os
import re
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from pipeline.intake.erased import part_erased
from pipeline.intake.own_rows import address_of
from pipeline.intake.rows import read_entries
from pipeline.intake.staleness import is_ahead, is_left_open
from pipeline.ledger.own_files import open_own
from pipeline.ledger.sqlite import Ledger
from pipeline.mail.outbox import forget
from pipeline.model.applicant import Eligibility, Entry
from pipeline.model.erased import remember
from pipeline.model.errors import ConveneError, UsageError
from pipeline.model.history import History
from pipeline.model.message import State
from pipeline.model.settings import OutboxSettings, WorkbookSettings
from pipeline.model.sheet import Change, Snapshot, Stamp
from pipeline.planning.plan import Plan
from pipeline.planning.projection import project, show_erased
from pipeline.planning.retention import find_due, say_erased
from pipeline.planning.unkept import without
from pipeline.running.clock import Clock
from pipeline.running.lock import hold_lock
from pipeline.running.preview_file import forget_preview
from pipeline.running.tab import refresh
from pipeline.running.workspace import Workspace

HOUR = 3600
"""Seconds. A draft of the workbook that is older was left behind by a run that was killed."""

_REFERENCE = re.compile(rb"^X-Convene-(?:Ref|Test|Copy): \S+/(P-[0-9A-Z]+)/", re.MULTILINE)
_MESSAGE_ID = re.compile(rb"^Message-ID: (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an erasure is about: what is known of them, and the rows in which they answered."""

    references: frozenset[str]
    texts: frozenset[str]
    rows: tuple[int, ...]
    messages: int


def find_person(entries: tuple[Entry, ...], history: History, who: str) -> Person:
    """Find a person by reference or address. Raises UsageError where nobody is, or more than one."""
    known, reference, address = _addresses(history), who.upper(), who.lower()
    joined = _joined(history)
    found = {joined.get(name, name) for name, of in known.items() if name == reference or address in of}
    found |= {reference} & history.erased.references
    if len(found) > 1:
        raise UsageError(f"{who} is the address of {', '.join(sorted(found))}. Name one of them.")
    found |= {name for name, today in joined.items() if today in found}
    others = set().union(*(theirs for name, theirs in known.items() if name not in found))
    asked = {address} if "@" in address else set()
    addresses = set().union(asked, *(known.get(name, ()) for name in found)) - others
    keys = {key for key, name in history.responses.items() if name in found}
    rows = tuple(entry for entry in entries if _is_theirs(entry, found, addresses, history))
    if not found and not rows:
        raise UsageError(f"Nobody here is known as {who}. `convene status` lists everybody.")
    return Person(
        frozenset(found),
        frozenset(keys | addresses | {entry.key for entry in rows}),
        tuple(entry.row for entry in rows),
        sum(message.reference in found for message in history.posted),
    )


def _addresses(history: History) -> dict[str, set[str]]:
    """Return the addresses of everybody; one may be of several people, and a person may have several."""
    found = {reference: {address} for reference, address in history.addresses.items()}
    for key, reference in history.responses.items():
        found.setdefault(reference, set()).add(address_of(key))
    return found


def _joined(history: History) -> dict[str, str]:
    """Return references under which somebody was known until organisers said who it is, with the one of today."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, reference in history.responses.items():
        owners[address_of(key)].add(reference)
    living = frozenset().union(*owners.values())
    former = (
        (ref, owners.get(address, ())) for ref, address in history.addresses.items() if ref not in living
    )
    return {ref: whose for ref, those in former if len(those) == 1 for whose in those}


def _is_theirs(entry: Entry, found: Collection[str], addresses: Collection[str], history: History) -> bool:
    known = history.responses.get(entry.key)
    return known in found if known else entry.address in addresses or entry.own.reference in found


def look_up(workspace: Workspace, who: str) -> Person:
    """Find a person in sheet and ledger; change nothing."""
    with closing(workspace.ledger()) as ledger:
        return find_person(read_entries(workspace.sheet.read(), workspace.call), ledger.history(), who)


def erase(workspace: Workspace, clock: Clock, who: str) -> ConveneError | None:
    """Erase all that Convene holds of a person; return what kept the sheet from showing it, if anything did.

    Raises UsageError where nobody is known as `who`, LockHeld while a run is going on.
    """
    with hold_lock(workspace.state / "lock", clock.now()), closing(workspace.ledger()) as ledger:
        history, snapshot = ledger.history(), workspace.sheet.read()
        person = find_person(read_entries(snapshot, workspace.call), history, who)
        _erase(workspace, ledger, history, person.references, person.texts, clock.now())
        # A ledger from before the erasure is then behind the sheet, and sends nothing to whom it still knows.
        stamp = (
            Stamp(history.ledger, ledger.begin(clock.now())) if _is_up_to_date(snapshot, history) else None
        )
        return _show(workspace, ledger, clock, stamp)


def _is_up_to_date(snapshot: Snapshot, history: History) -> bool:
    """Whether the sheet has a stamp of this very ledger, of a run that has shown all that it sent."""
    stamp = snapshot.stamp
    return stamp is not None and not (is_ahead(snapshot, history) or is_left_open(snapshot, history))


def _erase(
    workspace: Workspace,
    ledger: Ledger,
    history: History,
    references: Collection[str],
    texts: Collection[str],
    asked: datetime | None = None,
) -> None:
    """Take people out of every file of ours; the ledger last, as it alone knows who is meant."""
    theirs = {reference.encode() for reference in references}
    _forget_letters(workspace, lambda head: any(found in theirs for found in _REFERENCE.findall(head)))
    written = {message.to.lower() for message in history.posted if message.reference in references}
    addresses = written | {text for text in texts if "|" not in text}
    addresses |= {history.addresses[reference] for reference in references if reference in history.addresses}
    _scrub_log(workspace.state / "convene.log", addresses)
    _delete_drafts(workspace)
    ledger.erase(references, remember(history.secret, references, texts), asked)


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


def _delete_drafts(workspace: Workspace) -> None:
    """Delete copies of the workbook that a killed run left beside it."""
    settings = workspace.service.sheet
    if not isinstance(settings, WorkbookSettings):
        return
    for draft in Path(settings.path).resolve().parent.glob(".convene-*.tmp"):
        if time.time() - draft.stat().st_mtime > HOUR:
            draft.unlink(missing_ok=True)


def _show(workspace: Workspace, ledger: Ledger, clock: Clock, stamp: Stamp | None) -> ConveneError | None:
    """Empty Convene's cells in the rows of erased people; the next run does where it cannot be done now."""
    call, history = workspace.call, ledger.history()

    def rows(snapshot: Snapshot) -> tuple[Change, ...]:
        _, erased = part_erased(read_entries(snapshot, call), history)
        return project(call, show_erased(erased), clock.now(), workspace.service.sheet.language)

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
        _erase(workspace, ledger, history, due.people, texts)
    return (*say_erased(len(due.people), len(dropped), reworded), *due.warnings)


def drop_unagreed(ledger: Ledger, plan: Plan) -> None:
    """Keep no text of the letters that people got who did not agree to the use of their answers."""
    verdicts = plan.assessment.verdicts
    held = {one.reference for one in verdicts if one.case.found.eligibility is Eligibility.HELD}
    sent = {one.id for one in plan.history.posted if one.reference in held and one.state is State.ACCEPTED}
    if sent:
        ledger.drop_letters(sent)
