"""Rows to responses: what a form row says, or the problem that keeps it from being used.

A bad row never stops the others: it becomes an entry with a problem that says where, what and what to do.
Who a response belongs to is `people`'s question, what the answers mean `audience`'s.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pipeline.intake.columns import ColumnPositions, find_columns
from pipeline.model.address import Misread, TypedAddress
from pipeline.model.address import read_address as read_typed
from pipeline.model.applicant import Entry, Response
from pipeline.model.call import Call
from pipeline.model.problem import Problem
from pipeline.model.sheet import ORGANISER_COLUMNS, Cell, Row, Snapshot
from pipeline.model.text import one_line, tidy_name

SERIAL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - wall clock of the sheet, its zone is added later
"""Day 0 of spreadsheet serial dates (developers.google.com/workspace/sheets/api/guides/formats)."""

LONGEST_ANSWER = 20_000
"""Characters. A longer answer is for a person to look at: a cell holds more, and all of it would be searched."""

_YEARS = range(1900, 2200)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")


class Unusable(Exception):
    """A cell that cannot be used; caught where the row is read and shown as the row's problem."""

    def __init__(self, key: str, what: str, next_step: str) -> None:
        super().__init__(what)
        self.key, self.what, self.next_step = key, what, next_step


def read_entries(snapshot: Snapshot, call: Call) -> tuple[Entry, ...]:
    """Read every non-blank row, in the order of the sheet. Raises HeaderError when columns are missing.

    A row is blank when all columns that the call knows are: the form's, the organisers' and Convene's.
    """
    positions = find_columns(snapshot, call.columns)
    zone = snapshot.zone or call.zone
    return tuple(_read_entry(row, positions, call, zone) for row in _filled_rows(snapshot, positions))


def read_again(snapshot: Snapshot, call: Call, before: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Read a later snapshot of the same sheet, as `read_entries` does.

    Answers are read only in rows where the form's cells are not, as they stand, those of a row in `before`.
    """
    positions = find_columns(snapshot, call.columns)
    zone = snapshot.zone or call.zone
    known = {entry.raw: entry for entry in before if entry.response}
    return tuple(
        _read_around(known[raw], row, positions)
        if (raw := _raw(row, positions)) in known
        else _read_entry(row, positions, call, zone)
        for row in _filled_rows(snapshot, positions)
    )


def _filled_rows(snapshot: Snapshot, positions: ColumnPositions) -> Iterator[Row]:
    known = (*positions.answers.values(), *positions.own.values(), *positions.organisers.values())
    return (row for row in snapshot.rows if any(_is_filled(row.cell(index)) for index in known))


def _raw(row: Row, positions: ColumnPositions) -> tuple[Cell, ...]:
    return tuple(row.cell(index) for index in positions.answers.values())


def _read_around(entry: Entry, row: Row, positions: ColumnPositions) -> Entry:
    """Read what people and Convene wrote beside answers that are known."""
    decision, note = _read_words(row, positions)
    return replace(entry, row=row.number, own=positions.own_cells(row), decision=decision, note=note)


def _read_words(row: Row, positions: ColumnPositions) -> tuple[str, str]:
    """Read what organisers typed: the Decision and their note."""
    decision, note = (one_line(positions.said(row, header)) for header in ORGANISER_COLUMNS)
    return decision, note


def _is_filled(cell: Cell) -> bool:
    return bool(cell.fault or cell.text.strip())


def _read_entry(row: Row, positions: ColumnPositions, call: Call, zone: ZoneInfo) -> Entry:
    own, raw = positions.own_cells(row), _raw(row, positions)
    decision, note = _read_words(row, positions)
    try:
        response = _read_response(row, positions, call, zone)
    except Unusable as unusable:
        where = f"row {row.number}, column “{call.columns.headers[unusable.key]}”"
        problem = Problem(where, unusable.what, unusable.next_step, row.number, one_line(own.reference))
        address = _address_of(row, positions)
        key = _digest(row, positions)
        return Entry(row.number, key, own, decision, note, address, problem=problem, raw=raw)
    return Entry(row.number, response.key, own, decision, note, response.address, response, raw=raw)


def _address_of(row: Row, positions: ColumnPositions) -> str:
    """Return the address of a row that cannot be used, if that at least can be read."""
    try:
        return read_address(row.cell(positions.answers["email"]).text).key
    except Unusable:
        return ""


def _read_response(row: Row, positions: ColumnPositions, call: Call, zone: ZoneInfo) -> Response:
    cells = {key: row.cell(index) for key, index in positions.answers.items()}
    for key, cell in cells.items():
        _raise_if_unfit(key, cell)
    typed = read_address(cells["email"].text)
    wall = read_timestamp(cells["timestamp"], call.columns.timestamp_formats)
    answers = {key: cell.text.strip() for key, cell in cells.items()}
    submitted = wall.replace(tzinfo=zone)
    return Response(
        key=f"{typed.key}|{wall.isoformat()}",
        address=typed.key,
        submitted=submitted.astimezone(call.zone),
        answers=answers,
        first_name=tidy_name(answers.get("first_name", "")),
        family_name=tidy_name(answers.get("family_name", "")),
        is_ambiguous=_is_twice(submitted),
        spelled="" if typed.spelled == typed.key else typed.spelled,
    )


def _raise_if_unfit(key: str, cell: Cell) -> None:
    if cell.fault:
        raise Unusable(
            key, f"the cell shows {cell.fault}", "Correct the cell; the next run reads the row again"
        )
    if len(cell.text) > LONGEST_ANSWER:
        what = f"the answer has {len(cell.text):,} characters, more than {LONGEST_ANSWER:,}"
        raise Unusable(key, what, "Shorten it; the next run reads the row again")


def _is_twice(moment: datetime) -> bool:
    """Whether the clocks showed this time twice that night: with the first of the two they are further ahead."""
    first, second = moment.utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def _digest(row: Row, positions: ColumnPositions) -> str:
    """Key a row that has no usable fingerprint by all that the form wrote in it."""
    form = "\x1f".join(row.cell(index).text for index in positions.answers.values())
    return "row:" + hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def read_address(text: str) -> TypedAddress:
    """Read an e-mail address as people type it. Raises Unusable."""
    try:
        return read_typed(text)
    except Misread as misread:
        raise Unusable("email", misread.what, misread.next_step) from None


def read_timestamp(cell: Cell, formats: tuple[str, ...]) -> datetime:
    """Read a time stamp as wall-clock time, to the second.

    Accepts a date cell, a serial number whose date format was lost, ISO 8601 text, and text in one of
    `formats`. Day and month are never guessed: `05/07/2023` needs a format. Raises Unusable, also for a year in
    which nobody can have answered: at the ends of the calendar no other clock has a time for it.
    """
    moment = _read_moment(cell, formats)
    if moment.year not in _YEARS:
        what = f"a time stamp of the year {moment.year}"
        raise Unusable("timestamp", what, "Type the date and time, as 2023-07-14 09:30:00")
    return moment


def _read_moment(cell: Cell, formats: tuple[str, ...]) -> datetime:
    if isinstance(cell.value, datetime):
        return _to_second(cell.value.replace(tzinfo=None))
    if isinstance(cell.value, float) and 36_526 <= cell.value < 73_051:  # the years 2000 to 2099
        return _to_second(SERIAL_DAY_ZERO + timedelta(days=cell.value))
    text = one_line(cell.text)
    if not text:
        raise Unusable("timestamp", "no time stamp", "Type the date and time, as 2023-07-14 09:30:00")
    for moment in (_read_iso(text), *(_read_format(text, pattern) for pattern in formats)):
        if moment is not None:
            return moment
    advice = (
        "Type it as 2023-07-14 09:30:00, or describe the form's way in timestamp_formats of config/call.yaml"
    )
    raise Unusable("timestamp", "the time stamp cannot be read", advice)


def _to_second(moment: datetime) -> datetime:
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _read_iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    try:
        return datetime(*(int(part or 0) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def _read_format(text: str, pattern: str) -> datetime | None:
    try:
        return datetime.strptime(text, pattern).replace(tzinfo=None, microsecond=0)  # noqa: DTZ007 - wall clock of the sheet
    except ValueError:
        return None
