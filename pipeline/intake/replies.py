"""Answers to an offer from the tab of a reply form: whose each is, and which one counts.

A form is open to anybody: an answer counts for somebody only if their reference and their address are both in it.
Rows are known by what stands in them, never by their place. The newest answer of a person counts, by the form's stamp;
what is older is passed over. What may be somebody's, and is not surely theirs, is for a person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pipeline.intake.answer_cells import is_filled
from pipeline.intake.columns import ColumnPositions, find_answers, guess_column
from pipeline.intake.own_rows import REFERENCE
from pipeline.intake.people import Roll
from pipeline.intake.rows import Unusable, read_address, read_timestamp
from pipeline.intake.time_stamps import AHEAD, Manner, manner_of
from pipeline.model.applicant import Applicant
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.history import History
from pipeline.model.mailbox import mailbox
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.replies import NO_REPLIES, FormReply, Replies, ReplyForm
from pipeline.model.said import Said
from pipeline.model.sheet import Cell, Snapshot
from pipeline.model.text import fold, one_line

WRONG_ADDRESS = Said("reply of wrong address")
WRONG_REFERENCE = Said("reply of wrong reference")
NEITHER = Said("reply neither")
BOTH = Said("reply both")
NO_TIME = Said("reply without time")
STRANGERS = Said("reply of stranger")

_ASK = Said("reply: do")
_WHOSE = Said("reply of stranger: do")
_FEW = 5
_LONGEST = 200
"""Characters of a cell in which a reference or an answer is looked for."""

_NEVER = datetime.max.replace(tzinfo=UTC)
_PIECES = re.compile(r"[A-Z0-9-]+")


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the tab: the reference and the mailbox in it, if any, and the answer (None: neither yes nor no).

    It was sent `at` that time (None: nobody can tell), or as late as `latest`: clocks show one hour twice in autumn.
    """

    number: int
    reference: str
    box: str
    is_yes: bool | None
    at: datetime | None
    latest: datetime


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a reply that may be this person's."""

    reference: str
    what: str
    row: _Row


def read_replies(call: Call, snapshot: Snapshot, roll: Roll, history: History, now: datetime) -> Replies:
    """Read the tab with the replies. Where it or a column of it is missing, one problem says so and none is read."""
    form, tab = call.replies, snapshot.replies
    if form is None:
        return NO_REPLIES
    if tab is None:
        what, advice = Said("no reply tab", tab=form.tab), Said("no reply tab: do")
        return Replies(problems=(Problem(snapshot.title, what, advice),), are_read=False)
    columns = replace(call.columns, questions=form.questions, choices_below=False)
    found, missing, duplicated = find_answers(tab, columns)
    if missing or duplicated:
        return Replies(problems=(_without_columns(tab, missing, duplicated),), are_read=False)
    positions = ColumnPositions(found, {}, {}, form.questions)
    rows = tuple(_rows(form, tab, positions, manner_of(call, tab), now + AHEAD))
    return _sort_out(rows, form, roll, history)


def _without_columns(tab: Snapshot, missing: tuple[str, ...], duplicated: tuple[str, ...]) -> Problem:
    faults = (
        *(Said("no column headed", header=header) for header in missing),
        *(Said("several columns headed", header=header) for header in duplicated),
    )
    guesses = (Said("full stop", text=guess) for header in missing if (guess := guess_column(header, tab)))
    advice = Said("sentences", sentences=(*guesses, Said("reply columns: do")))
    return Problem(tab.title, Said("reply columns", faults=faults), advice)


def _rows(
    form: ReplyForm, tab: Snapshot, positions: ColumnPositions, manner: Manner, end: datetime
) -> Iterator[_Row]:
    """Yield every row in which anything stands under the form's headers."""
    for row in tab.rows:
        cells = positions.answer_cells(row)
        if any(map(is_filled, cells.values())):
            first, last = _moments(cells["timestamp"], manner)
            yield _Row(
                number=row.number,
                reference=_reference(cells["reference"]),
                box=_box(cells["email"]),
                is_yes=_answer(form, cells["answer"]),
                at=first if first <= end else None,
                latest=last,
            )


def _moments(cell: Cell, manner: Manner) -> tuple[datetime, datetime]:
    """Return the first and the last moment at which clocks showed a stamp, in UTC; the end of time for none."""
    try:
        stated = read_timestamp(cell, manner)
    except Unusable:
        return _NEVER, _NEVER
    first = stated if stated.tzinfo else stated.replace(tzinfo=manner.zone)
    return first.astimezone(UTC), max(each.astimezone(UTC) for each in (first, first.replace(fold=1)))


def _reference(cell: Cell) -> str:
    """Return the one reference that stands in a cell, also with words around it."""
    pieces = _PIECES.findall(one_line(cell.text[:_LONGEST]).upper())
    found = {piece for piece in pieces if REFERENCE.fullmatch(piece)}
    return found.pop() if len(found) == 1 else ""


def _box(cell: Cell) -> str:
    try:
        return mailbox(read_address(cell.text).key)
    except Unusable:
        return ""


def _answer(form: ReplyForm, cell: Cell) -> bool | None:
    said = fold(cell.text[:_LONGEST])
    return True if said in form.yes else False if said in form.no else None


# --- whose, and which counts -----------------------------------------------------------------------------


def _sort_out(rows: tuple[_Row, ...], form: ReplyForm, roll: Roll, history: History) -> Replies:
    people = {each.reference: each for each in roll.applicants}
    at_box: dict[str, list[str]] = defaultdict(list)
    for each in roll.applicants:
        at_box[mailbox(each.response.address)].append(each.reference)
    theirs: dict[str, list[_Row]] = defaultdict(list)
    faults: list[_Fault] = []
    strangers: list[_Row] = []
    for row in rows:
        here = at_box.get(row.box, [])
        if row.reference in here:
            theirs[row.reference].append(row)
        elif here or row.reference in people:
            faults += (_Fault(name, WRONG_REFERENCE, row) for name in here)
            faults += [_Fault(row.reference, WRONG_ADDRESS, row)] if row.reference in people else []
        else:
            strangers.append(row)
    newest: dict[str, FormReply] = {}
    for reference, own in theirs.items():
        reply, wrong = _newest(reference, own)
        newest |= {reference: reply} if reply else {}
        faults += wrong
    open_faults = [fault for fault in faults if not _is_over(fault, newest, history)]
    problems = (*_problems(open_faults, people, form), *_of_strangers(strangers, form))
    return Replies(newest, frozenset(fault.reference for fault in open_faults), problems)


def _newest(reference: str, rows: list[_Row]) -> tuple[FormReply | None, list[_Fault]]:
    """Return somebody's newest answer, if it can be told which that is and what it says."""
    timed = [(row.at, row) for row in rows if row.at]
    faults = [_Fault(reference, NO_TIME, row) for row in rows if row.at is None]
    if not timed:
        return None, faults
    at, last = max(timed, key=lambda pair: (pair[0], pair[1].number))
    said = {row.is_yes for _, row in timed if row.latest >= at}
    if None in said or len(said) > 1:
        return None, [*faults, _Fault(reference, NEITHER if None in said else BOTH, last)]
    return FormReply(bool(last.is_yes), at), faults


def _is_over(fault: _Fault, newest: Mapping[str, FormReply], history: History) -> bool:
    """Whether the person has answered since, or an organiser has typed what is so."""
    at, reply = fault.row.at, newest.get(fault.reference)
    if at is None:
        return False
    standing, word = history.standings.get(fault.reference), history.words.get(fault.reference)
    typed = (standing.at if standing and standing.decision else None, word.at if word and word.text else None)
    return bool(reply and reply.at >= at) or any(since is not None and since > at for since in typed)


def _problems(
    faults: Iterable[_Fault], people: Mapping[str, Applicant], form: ReplyForm
) -> Iterator[Problem]:
    """Tell of each person's faults, of one sort once."""
    for fault in {(each.reference, each.what): each for each in faults}.values():
        row = people[fault.reference].row
        yield Problem(
            Said("applicant in row", reference=fault.reference, row=row),
            Said("reply in row", what=fault.what, row=fault.row.number, tab=form.tab),
            _ASK,
            row,
            fault.reference,
            NeedKind.REPLY,
            (fault.what, fault.row.at.isoformat() if fault.row.at else ""),
        )


def _of_strangers(rows: list[_Row], form: ReplyForm) -> Iterator[Problem]:
    """Tell of all that is nobody's in one sentence: anybody can fill in a form."""
    if rows:
        numbers = tuple(str(row.number) for row in rows[:_FEW])
        more = (Said("and more", number=len(rows) - _FEW),) if len(rows) > _FEW else ()
        where = Said("rows of tab", number=len(rows), tab=form.tab, rows=(*numbers, *more))
        last = max((row.at.isoformat() for row in rows if row.at), default="")
        yield Problem(where, STRANGERS, _WHOSE, kind=NeedKind.REPLY, facts=(STRANGERS, len(rows), last))
