"""Rows to responses: what a form row says, or the problem that keeps it from being used.

A bad row never stops the others: it becomes an entry with a problem that says where, what and what to do.
Who a response belongs to is `people`'s question, what the answers mean `audience`'s.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.intake.answer_cells import is_filled
from pipeline.intake.columns import ColumnPositions, find_columns
from pipeline.intake.time_stamps import YEARS, Manner, idle_formats, manner_of, read_moment
from pipeline.model.address import Misread, TypedAddress
from pipeline.model.address import read_address as read_typed
from pipeline.model.applicant import Entry, Response
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.said import Said
from pipeline.model.sheet import BLANK, ORGANISER_COLUMNS, Cell, Row, Snapshot
from pipeline.model.text import one_line, tidy_name

LONGEST_ANSWER = 20_000
"""Characters. A longer answer is for a person to look at: a cell holds more, and all of it would be searched."""

_TYPE_IT, _DESCRIBE_IT = Said("stamp: type it"), Said("stamp: describe it")


class Unusable(Exception):
    """A cell that cannot be used; caught where the row is read and shown as the row's problem."""

    def __init__(self, key: str, what: str, next_step: str) -> None:
        super().__init__(what)
        self.key, self.what, self.next_step = key, what, next_step


def read_entries(snapshot: Snapshot, call: Call) -> tuple[Entry, ...]:
    """Read every non-blank row, in the order of the sheet. Raises HeaderError when columns are missing.

    A row is blank when all columns that the call knows are: the form's, the organisers' and Convene's.
    """
    reader = _Reader(call, find_columns(snapshot, call.columns), manner_of(call, snapshot))
    return tuple(reader.entry(row, cells) for row, cells in reader.rows(snapshot))


def read_again(snapshot: Snapshot, call: Call, before: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Read a later snapshot of the same sheet, as `read_entries` does.

    Answers are read only in rows where the form's cells are not, as they stand, those of a row in `before`.
    """
    reader = _Reader(call, find_columns(snapshot, call.columns), manner_of(call, snapshot))
    known = {entry.raw: entry for entry in before if entry.response}
    return tuple(
        reader.around(known[raw], row)
        if (raw := tuple(cells.values())) in known
        else reader.entry(row, cells)
        for row, cells in reader.rows(snapshot)
    )


def stamp_problems(snapshot: Snapshot, call: Call) -> tuple[Problem, ...]:
    """Tell of every format of time stamps that fits none in the sheet, where some cannot be read."""
    manner = manner_of(call, snapshot)
    if not manner.formats:
        return ()
    reader = _Reader(call, find_columns(snapshot, call.columns), manner)
    idle = idle_formats((cells["timestamp"] for _, cells in reader.rows(snapshot)), manner)
    what, advice = Said("format idle"), Said("format idle: do")
    return tuple(Problem(Said("format in call", format=way), what, advice) for way in idle)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the rows of one snapshot."""

    call: Call
    positions: ColumnPositions
    manner: Manner

    def rows(self, snapshot: Snapshot) -> Iterator[tuple[Row, dict[str, Cell]]]:
        """Yield every row that may be a response, with the cell of each answer."""
        beside = (*self.positions.own.values(), *self.positions.organisers.values())
        for row in snapshot.rows:
            cells = self.positions.answer_cells(row)
            if self._is_none(cells):
                # It was taken for a response before organisers said that it is none: what Convene wrote there goes.
                cells = dict.fromkeys(cells, BLANK)
                if not any(self.positions.own_cells(row).texts()):
                    continue
            if any(map(is_filled, (*cells.values(), *map(row.cell, beside)))):
                yield row, cells

    def _is_none(self, cells: dict[str, Cell]) -> bool:
        """Whether organisers said that such a row is no response."""
        condition = self.call.columns.no_response
        return bool(condition and condition.holds({key: cell.text.strip() for key, cell in cells.items()}))

    def around(self, entry: Entry, row: Row) -> Entry:
        """Read what people and Convene wrote beside answers that are known."""
        decision, note = self._words(row)
        own = self.positions.own_cells(row)
        return replace(entry, row=row.number, own=own, decision=decision, note=note)

    def _words(self, row: Row) -> tuple[str, str]:
        """Read what organisers typed: the Decision and their note."""
        decision, note = (one_line(self.positions.said(row, header)) for header in ORGANISER_COLUMNS)
        return decision, note

    def entry(self, row: Row, cells: dict[str, Cell]) -> Entry:
        """Read a row: its response, or the problem that keeps it from being used."""
        own, raw = self.positions.own_cells(row), tuple(cells.values())
        decision, note = self._words(row)
        try:
            response = _read_response(cells, self.call, self.manner)
            response = replace(response, differing=self.positions.differing(row))
        except Unusable as unusable:
            header = self.call.columns.headers[unusable.key]
            where = Said("column of row", row=row.number, header=header)
            problem = Problem(
                where,
                unusable.what,
                unusable.next_step,
                row.number,
                one_line(own.reference),
                NeedKind.CHECK_ROW,
            )
            address, key = _address_in(cells), _digest(raw)
            return Entry(row.number, key, own, decision, note, address, problem=problem, raw=raw)
        return Entry(row.number, response.key, own, decision, note, response.address, response, raw=raw)


def _address_in(cells: Mapping[str, Cell]) -> str:
    """Return the address of a row that cannot be used, if that at least can be read."""
    try:
        return read_address(cells["email"].text).key
    except Unusable:
        return ""


def _read_response(cells: Mapping[str, Cell], call: Call, manner: Manner) -> Response:
    for key, cell in cells.items():
        _raise_if_unfit(key, cell)
    typed = read_address(cells["email"].text)
    stated = read_timestamp(cells["timestamp"], manner)
    answers = {key: cell.text.strip() for key, cell in cells.items()}
    wall = stated.replace(tzinfo=None)
    submitted = stated if stated.tzinfo else wall.replace(tzinfo=manner.zone)
    return Response(
        key=f"{typed.key}|{_mark_of(cells) or wall.isoformat()}",
        address=typed.key,
        submitted=submitted.astimezone(call.zone),
        answers=answers,
        first_name=tidy_name(answers.get("first_name", "")),
        family_name=tidy_name(answers.get("family_name", "")),
        is_ambiguous=_is_twice(submitted),
        spelled="" if typed.spelled == typed.key else typed.spelled,
    )


def _mark_of(cells: Mapping[str, Cell]) -> str:
    """Return what tells a response apart instead of its time, where the form gives each a number of its own."""
    number = one_line(cells["response_id"].text) if "response_id" in cells else ""
    return f"#{number.replace('|', '/')}" if number else ""


def _raise_if_unfit(key: str, cell: Cell) -> None:
    if cell.fault:
        raise Unusable(key, Said("cell shows fault", fault=cell.fault), Said("cell shows fault: do"))
    if len(cell.text) > LONGEST_ANSWER:
        what = Said("answer too long", length=f"{len(cell.text):,}", most=f"{LONGEST_ANSWER:,}")
        raise Unusable(key, what, Said("answer too long: do"))


def _is_twice(moment: datetime) -> bool:
    """Whether the clocks showed this time twice that night: with the first of the two they are further ahead."""
    first, second = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def _digest(raw: tuple[Cell, ...]) -> str:
    """Key a row that has no usable fingerprint by all that the form wrote in it."""
    form = "\x1f".join(cell.text for cell in raw)
    return "row:" + hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def read_address(text: str) -> TypedAddress:
    """Read an e-mail address as people type it. Raises Unusable."""
    try:
        return read_typed(text)
    except Misread as misread:
        raise Unusable("email", misread.what, misread.next_step) from None


def read_timestamp(cell: Cell, manner: Manner) -> datetime:
    """Read a time stamp (see `time_stamps.read_moment`). Raises Unusable."""
    moment = read_moment(cell, manner)
    if moment and moment.year in YEARS:
        return moment
    if moment:
        what, advice = Said("stamp of odd year", year=moment.year), _TYPE_IT
    elif one_line(cell.text):
        what, advice = Said("stamp unreadable"), _DESCRIBE_IT
    else:
        what, advice = Said("no stamp"), _TYPE_IT
    raise Unusable("timestamp", what, advice)
