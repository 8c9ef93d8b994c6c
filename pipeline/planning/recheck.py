"""The sheet, read again while a plan is carried out: whose row is as the plan found it, and what to show there.

Nothing is decided here. Raw cells and identities are compared, and what the plan concluded is shown as far as
the ledger says that it was told; whatever changed meanwhile is the next run's to judge.
"""

from pipeline.decisions.assess import Assessment
from pipeline.intake.decision_cells import says_ok
from pipeline.intake.people import Roll, identify
from pipeline.intake.rows import read_again
from pipeline.messages.calendar import lasting
from pipeline.messages.opened import open_letter
from pipeline.model.applicant import Entry, Response, Status
from pipeline.model.call import Call
from pipeline.model.effect import Effect, words_of
from pipeline.model.history import History
from pipeline.model.message import Letter
from pipeline.model.settings import Sender
from pipeline.model.sheet import Change, OwnCells, Snapshot
from pipeline.model.text import one_line
from pipeline.planning.effects import STORED, say_sender
from pipeline.planning.plan import Plan
from pipeline.planning.projection import Shown, in_language, project, show

APART = frozenset({Status.CHECK_ROW, Status.ERASED})
"""What rows say that are nobody's."""


def write_back(call: Call, plan: Plan, snapshot: Snapshot, history: History) -> tuple[Change, ...]:
    """Work out what the sheet should show after a run, in a new snapshot, for people whom the ledger knows.

    Only applicants whom a run has recorded are written: who came since the plan was made is the next run's, and what
    Convene wrote beside them by mistake is emptied. A row that contradicts itself is shown as one at once.
    """
    entries = read_again(snapshot, call, plan.assessment.entries)
    seen = Assessment(entries, _roll(plan, entries, history), plan.assessment.verdicts)
    shown = show(call, seen, history)
    known = tuple(
        item
        for item in shown
        if plan.scope.covers(item.cells.reference)
        and (item.cells.status in APART or item.cells.reference in history.addresses)
    )
    strays = {entry.row for entry in seen.roll.strays}
    beside = (entry for entry in entries if _is_nobodys(entry, seen.roll, history) or entry.row in strays)
    astray = (Shown(entry, OwnCells()) for entry in beside)
    return project(call, (*_as_it_was_seen(call, plan, known), *astray), plan.now, plan.language)


def _as_it_was_seen(call: Call, plan: Plan, known: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """Leave the rows out in which somebody typed `ok` meanwhile and which are to say something else than was read."""
    if not call.approve:
        return known
    before = {(entry.key, entry.decision) for entry in plan.assessment.entries}
    return tuple(
        item
        for item in known
        if (item.entry.key, item.entry.decision) in before
        or not says_ok(item.entry.decision)
        or _says(item.entry.own) == _says(in_language(item.cells, plan.language, call))
    )


def _says(cells: OwnCells) -> tuple[str, str]:
    return cells.status, cells.reason


def _is_nobodys(entry: Entry, roll: Roll, history: History) -> bool:
    """Whether a row is by somebody whom no run has recorded: what Convene wrote there was meant for another one."""
    reference = roll.references.get(entry.key)
    return reference is not None and reference not in history.addresses


def moved_on(plan: Plan, call: Call, snapshot: Snapshot, history: History) -> frozenset[str]:
    """Name the applicants of a plan whose answers, row or Decision are no longer what the plan rests on."""
    now = _bases(_roll(plan, read_again(snapshot, call, plan.assessment.entries), history))
    before = _bases(plan.assessment.roll)
    return frozenset(reference for reference, basis in before.items() if now.get(reference) != basis)


def says_as_planned(effect: Effect | None, letter: Letter) -> bool:
    """Whether a letter that is about to leave, read back from its bytes, tells just what the plan tells.

    Of a letter by an earlier version only the address is known.
    """
    if effect is None or letter.to != effect.to:
        return False
    if effect.words.startswith(STORED):
        return True
    try:
        found = open_letter(letter.data)
    except ValueError:
        return False
    attached = ((each.name, lasting(each)) for each in found.files)
    said = words_of(found.subject, found.text, found.html, attached)
    return (said, say_sender(Sender(found.address, found.name), found.reply_to)) == (
        effect.words,
        effect.sender,
    )


def _roll(plan: Plan, entries: tuple[Entry, ...], history: History) -> Roll:
    """Return who is who: as the plan says, unless somebody sorted, typed or sent the form meanwhile."""
    before, roll = plan.assessment.entries, plan.assessment.roll
    is_same = len(entries) == len(before) and all(map(_is_same, before, entries, (roll,) * len(entries)))
    return roll if is_same else identify(entries, history)


def _is_same(before: Entry, entry: Entry, roll: Roll) -> bool:
    """Whether a row is as it was, but for what Convene wrote in it."""
    reference = one_line(entry.own.reference)
    ours = {one_line(before.own.reference), roll.references.get(entry.key, "")}
    return _typed(entry) == _typed(before) and reference in ours


def _typed(entry: Entry) -> tuple[object, ...]:
    return entry.row, entry.key, entry.response, entry.decision, entry.note


def _bases(roll: Roll) -> dict[str, tuple[Response, str, str]]:
    """Return what the decision on each applicant rests on, as far as the sheet holds it."""
    return {each.reference: (each.response, each.decision, each.older_decision) for each in roll.applicants}
