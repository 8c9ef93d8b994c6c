"""What the sheet should show: Convene's cells in every row, worked out from the ledger and the answers.

The sheet's status is a projection: it can be worked out again at any time, so a write that failed is
repaired by the next run, and a decision that was not told yet is shown as proposed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.decisions.assess import Assessment
from pipeline.decisions.case import plain_reasons
from pipeline.decisions.timeline import UNTOLD, Event
from pipeline.decisions.verdict import Verdict
from pipeline.intake.own_cells import say_message
from pipeline.model.applicant import PROPOSED, Entry, Status
from pipeline.model.call import Call, when
from pipeline.model.frozen import dataclass
from pipeline.model.history import History, Posted, Standing, by_reference, last_posted
from pipeline.model.locales import ENGLISH
from pipeline.model.reason import Reason, ReasonKind, because, waits_of
from pipeline.model.said import Said, tell
from pipeline.model.sheet import Change, OwnCells
from pipeline.model.text import one_line
from pipeline.model.wordings import formerly, words

NUMBERED = frozenset({Status.WAITING, *PROPOSED.values()})
"""What is shown with the place on the waiting list, where there is one."""

NOTHING = OwnCells()
"""The cells of a row in which nothing is to stand."""

SUPERSEDED_REASON = words((because(ReasonKind.NEWER_RESPONSE),))


@dataclass(frozen=True, slots=True)
class Shown:
    """What Convene's cells in one row should say, apart from when they were updated; in English (see `in_language`)."""

    entry: Entry
    cells: OwnCells


def show(call: Call, assessment: Assessment, history: History) -> tuple[Shown, ...]:
    """Work out Convene's cells of every row, in the order of the sheet.

    A row whose person has no verdict (somebody applied while the run was going on) is left as it is. In one where
    only Convene wrote, by mistake, nothing should stand.
    """
    roll = assessment.roll
    posted, positions = by_reference(history), queue_positions(history.standings, assessment.verdicts)
    people = {
        each.reference: _show(
            call, each, history, posted.get(each.reference, ()), positions.get(each.reference)
        )
        for each in assessment.verdicts
    }
    checks = {entry.row: _check_row(entry) for entry in roll.checks}
    older = {entry.row: _older(roll.references[entry.key]) for entry in roll.superseded}
    erased = {shown.entry.row: shown.cells for shown in show_erased(roll.erased)}
    strays = {entry.row: OwnCells() for entry in roll.strays}
    apart = checks | older | erased | strays
    verdicts = {verdict.reference: verdict for verdict in assessment.verdicts}
    cells = (
        apart.get(entry.row) or _in_words_shown(entry, people.get(ref), verdicts.get(ref))
        for entry in assessment.entries
        for ref in [roll.references.get(entry.key, "")]
    )
    return tuple(Shown(entry, own) for entry, own in zip(assessment.entries, cells, strict=True) if own)


def _in_words_shown(entry: Entry, cells: OwnCells | None, verdict: Verdict | None) -> OwnCells | None:
    """Leave a reason that says the same in an earlier version's words: no cell is rewritten for its words alone."""
    if cells is None or verdict is None or entry.own.reason in ("", cells.reason):
        return cells
    if cells.reason != verdict.reason:
        return cells
    former = formerly(verdict.reasons)
    return replace(cells, reason=former) if entry.own.reason == former else cells


def project(
    call: Call, shown: tuple[Shown, ...], now: datetime, language: str = ENGLISH
) -> tuple[Change, ...]:
    """Return the change of every row whose cells are not what they should be, in the organisers' language.

    A row is stamped as updated only if anything else in it changes: a run with nothing new writes nothing.
    """
    stamp = when(call, now)
    is_as_said = language == ENGLISH and not call.columns.own_columns
    told = ((item, in_language(item.cells, language, call)) for item in shown)
    return tuple(
        Change(
            item.entry.row,
            item.entry.key,
            item.entry.own,
            _stamped(cells, stamp),
            None if is_as_said or cells == in_language(item.cells, ENGLISH) else _stamped(item.cells, stamp),
        )
        for item, cells in told
        if cells.texts()[:-1] != item.entry.own.texts()[:-1] or (cells == NOTHING and item.entry.own.updated)
    )


def in_language(cells: OwnCells, language: str, call: Call | None = None) -> OwnCells:
    """Return what a row's cells say in a language, each in one line, with columns called as the call heads them."""
    told = OwnCells(*[one_line(tell(text, language)) if text else "" for text in cells.texts()])
    is_otherwise = call is not None and bool(call.columns.own_columns)
    return replace(told, reason=call.columns.say(told.reason)) if call and is_otherwise else told


def _stamped(cells: OwnCells, stamp: str) -> OwnCells:
    """Stamp the cells of a row; one that is to be empty bears no time."""
    return replace(cells, updated=stamp) if cells != NOTHING else cells


def _check_row(entry: Entry) -> OwnCells:
    """Show what is wrong; a reference that is evidence stays as it stands."""
    assert entry.problem is not None  # noqa: S101 - every row to check has one
    reason = Said("what and advice", what=entry.problem.what, advice=entry.problem.next_step)
    is_evidence = entry.problem.reference == one_line(entry.own.reference)
    reference = entry.own.reference if is_evidence else ""
    return OwnCells(reference=reference, status=Status.CHECK_ROW, reason=reason)


def show_erased(entries: tuple[Entry, ...]) -> tuple[Shown, ...]:
    """Show that nothing is held of a person, and what is to be done about the row."""
    return tuple(
        Shown(entry, replace(_check_row(entry), reference=entry.own.reference, status=Status.ERASED))
        for entry in entries
    )


def _older(reference: str) -> OwnCells:
    return OwnCells(reference=reference, status=Status.SUPERSEDED, reason=SUPERSEDED_REASON)


def _show(
    call: Call, verdict: Verdict, history: History, posted: tuple[Posted, ...], position: int | None
) -> OwnCells:
    status, reasons = verdict.status, verdict.reasons
    known = history.standings.get(verdict.reference)
    if verdict.standing and not is_recorded(verdict.standing, history):
        status, reasons = _untold(verdict, known)
    elif known and verdict.event is Event.PASSED_OVER:
        # The place that somebody behind would get is not offered yet.
        reasons = tuple(
            each for each in reasons if each.kind is not ReasonKind.PASSED_OVER or each in known.reasons
        )
    category = call.audience.title(verdict.case.classification.category)
    place = str(position) if position and status in NUMBERED else ""
    return OwnCells(
        verdict.reference, category, status, words(reasons), place, _tell(call, last_posted(posted))
    )


def is_recorded(standing: Standing, history: History) -> bool:
    """Whether the ledger holds what a verdict concluded."""
    known = history.standings.get(standing.reference)
    return known is not None and (known.status, known.decision) == (standing.status, standing.decision)


def _untold(verdict: Verdict, known: Standing | None) -> tuple[Status, tuple[Reason, ...]]:
    """Show what is concluded as proposed; what organisers report stays as it was until it is on record.

    A proposal names no day on which somebody was passed over: it would be another one every day.
    """
    if verdict.status in PROPOSED:
        undated = (
            each.but(on="") if each.kind is ReasonKind.PASSED_OVER else each for each in verdict.reasons
        )
        return PROPOSED[verdict.status], tuple(undated)
    why = waits_of(verdict.reasons)
    if known:
        return known.status, (*known.reasons, *why)
    found = verdict.case.classification
    return UNTOLD[found.eligibility], (*plain_reasons(verdict.case), *why)


def queue_positions(standings: Mapping[str, Standing], verdicts: tuple[Verdict, ...]) -> dict[str, int]:
    """Number those who wait, from 1, in the frozen order, as far as they are in the sheet; who would wait, last."""
    told = (standings.get(verdict.reference) for verdict in verdicts)
    stand = (
        known if known and known.status is Status.WAITING else verdict.standing
        for known, verdict in zip(told, verdicts, strict=True)
    )
    waiting = (standing for standing in stand if standing and standing.status is Status.WAITING)
    ordered = sorted(waiting, key=lambda standing: (standing.order, standing.reference))
    return {standing.reference: position for position, standing in enumerate(ordered, 1)}


def find_positions(standings: Mapping[str, Standing], verdicts: tuple[Verdict, ...]) -> dict[str, int]:
    """Number those who will wait once everything that is concluded was told: the place that a letter names."""
    concluded = {verdict.reference: verdict.standing for verdict in verdicts if verdict.standing}
    return queue_positions({**standings, **concluded}, verdicts)


def _tell(call: Call, message: Posted | None) -> str:
    """Say which message went out when, or what became of it."""
    if message is None:
        return ""
    return say_message(message.kind, message.state, when(call, message.at), message.reply)
