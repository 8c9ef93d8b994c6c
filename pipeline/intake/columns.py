"""Finds columns by their header, anywhere and in any order; case and spacing are free."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from difflib import get_close_matches
from itertools import pairwise

from pipeline.intake.answer_cells import differs, join_cells
from pipeline.intake.form_headers import ADDRESSES, TIMES, columns_headed
from pipeline.model.call import Columns
from pipeline.model.errors import HeaderError
from pipeline.model.frozen import dataclass
from pipeline.model.question import Question
from pipeline.model.said import Said
from pipeline.model.sheet import BLANK, ORGANISER_COLUMNS, OWN_COLUMNS, Cell, OwnCells, Row, Snapshot
from pipeline.model.text import fold

LOOKED_AT = 20
"""Rows below the first that are looked through for headers: exports have some lines above them."""

SAMPLE = 50
"""So many rows are looked at to guess which column is meant."""


@dataclass(frozen=True, slots=True)
class ColumnPositions:
    """Where in a row what stands: `answers` maps an answer's key to its columns, the others a header."""

    answers: Mapping[str, tuple[int, ...]]
    own: Mapping[str, int]
    organisers: Mapping[str, int]
    questions: Mapping[str, Question]

    def answer_cells(self, row: Row) -> dict[str, Cell]:
        """Return what stands in `row` for each answer, in one cell each."""
        return {
            key: join_cells(tuple(map(row.cell, at)), self.questions[key]) for key, at in self.answers.items()
        }

    def differing(self, row: Row) -> tuple[str, ...]:
        """Return the keys of answers that have several columns and are not the same in them."""
        return tuple(
            key
            for key, at in self.answers.items()
            if len(at) > 1 and not self.questions[key].choices and differs(tuple(map(row.cell, at)))
        )

    def own_cells(self, row: Row) -> OwnCells:
        """Return the texts of Convene's columns in `row`; blank where the columns are not there yet."""
        return OwnCells(*(row.cell(self.own[header]).text if self.own else "" for header in OWN_COLUMNS))

    def said(self, row: Row, header: str) -> str:
        """Return what organisers typed in one of their columns; a cell that shows an error says that."""
        cell = row.cell(self.organisers[header]) if self.organisers else BLANK
        return cell.fault or cell.text


def typed_under(snapshot: Snapshot, columns: Columns, name: str) -> tuple[str, ...]:
    """Return what stands in a column of the organisers, in whatever rows; nothing where there is no such column."""
    title = fold(columns.title(name))
    at = next((at for at, header in enumerate(snapshot.headers) if fold(header) == title), None)
    cells = (row.cell(at) for row in snapshot.rows) if at is not None else ()
    return tuple(said for cell in cells if (said := cell.fault or cell.text))


def find_columns(snapshot: Snapshot, columns: Columns) -> ColumnPositions:
    """Find every column that the call names, and Convene's and the organisers' if they were made.

    Raises HeaderError for a column that is missing or there twice. Convene's columns may all be missing
    (a new sheet), but not some of them: one was renamed or deleted, and writing on would be a guess.
    """
    answers, missing, duplicated = find_answers(snapshot, columns)
    at = {fold(header): index for index, header in enumerate(snapshot.headers)}
    groups = [{name: columns.title(name) for name in group} for group in (OWN_COLUMNS, ORGANISER_COLUMNS)]
    ours = [group for group in groups if any(fold(title) in at for title in group.values())]
    for group in ours:
        more_missing, more_duplicated = _faults(snapshot, tuple(group.values()))
        missing, duplicated = missing + more_missing, duplicated + more_duplicated
    if missing or duplicated:
        raise HeaderError(snapshot.title, missing, duplicated, _hint(missing, duplicated, snapshot, columns))
    own, organisers = (
        {name: at[fold(title)] for name, title in group.items()} if group in ours else {} for group in groups
    )
    return ColumnPositions(answers, own, organisers, columns.questions)


def find_answers(
    snapshot: Snapshot, columns: Columns
) -> tuple[dict[str, tuple[int, ...]], tuple[str, ...], tuple[str, ...]]:
    """Find the columns of every question; also return the headers that are missing, and those there too often."""
    headers = _with_choices(snapshot, columns) if columns.choices_below else snapshot.headers
    found, missing, duplicated = {}, [], []
    for key, question in columns.questions.items():
        at = []
        for number, header in enumerate(question.columns):
            there = _which(question, number, headers)
            at += there[:1]
            missing += [] if there else [header]
            duplicated += _each_once(headers[place] for place in there) if len(there) > 1 else []
        found[key] = tuple(at)
    return found, tuple(dict.fromkeys(missing)), tuple(dict.fromkeys(duplicated))


def _with_choices(snapshot: Snapshot, columns: Columns) -> tuple[str, ...]:
    """Return the headers, blank ones as `question [choice]`: choices stand in the line below, wherever that is now."""
    headers, stamp = snapshot.headers, columns.questions["timestamp"]
    times = {fold(header) for header in (stamp.header, *stamp.or_headed)}
    dated = [at for at, header in enumerate(headers) if fold(header) in times]
    blank = [at for at, header in enumerate(headers) if not fold(header)]
    for row in snapshot.rows:
        if any(row.cell(at).text for at in blank) and not any(row.cell(at).text for at in dated):
            return _joined(headers, row)
    return headers


def _joined(headers: tuple[str, ...], below: Row) -> tuple[str, ...]:
    joined, question = [], ""
    for at, header in enumerate(headers):
        question = header.strip() or question
        choice = below.cell(at).text.strip()
        joined.append(f"{question} [{choice}]" if choice and not header.strip() else header)
    return tuple(joined)


def _which(question: Question, number: int, headers: tuple[str, ...]) -> list[int]:
    """Return where the column `number` of a question can be."""
    header = question.columns[number]
    names = {fold(each) for each in (header, *(question.or_headed if number == 0 else ()))}
    exact = [place for place, text in enumerate(headers) if fold(text) in names]
    there = exact or list(columns_headed(header, headers))
    same = [each for each in question.columns if fold(each) == fold(header)]
    if len(same) > 1:
        nth = sum(fold(each) == fold(header) for each in question.columns[:number])
        return there[nth : nth + 1]
    if question.nth and number == 0:
        return there[question.nth - 1 : question.nth]
    return [place for place in there if headers[place].strip() == header] if question.exact else there


def _each_once(headers: Iterable[str]) -> list[str]:
    once: dict[str, str] = {}
    for header in headers:
        once.setdefault(fold(header), header.strip())
    return list(once.values())


def _faults(snapshot: Snapshot, wanted: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    there = [fold(header) for header in snapshot.headers]
    missing = tuple(header for header in wanted if fold(header) not in there)
    duplicated = tuple(header for header in wanted if there.count(fold(header)) > 1)
    return missing, duplicated


def _hint(missing: tuple[str, ...], duplicated: tuple[str, ...], snapshot: Snapshot, columns: Columns) -> str:
    ours = set(map(columns.title, (*OWN_COLUMNS, *ORGANISER_COLUMNS)))
    if _is_ready_made(snapshot):
        return (
            "This header row is Convene's own, of another config/call.yaml, and no response is below it. Delete "
            f"row {snapshot.header_row} in the file, save, and run convene setup: it writes the headers of now."
        )
    if yours := _not_ours(snapshot, columns):
        return (
            f"If the column “{yours}” is your own, give Convene's another name: add the line "
            f"“own_columns: {{{yours}: Convene {yours.lower()}}}” to config/call.yaml. "
            "Else put back what is missing: Convene fills its columns again."
        )
    if set(missing) & ours:
        return "Put the header back, or type it into a free cell of the same row: Convene fills its columns again."
    if lower := _header_row(missing, snapshot.rows[:LOOKED_AT]):
        return f"Row {lower} has more of them: add the line “header_row: {lower}” to config/call.yaml and run again."
    if not any(snapshot.headers):
        return (
            "The tab is empty. In a workbook, convene setup writes the headers. Else link the form to this spreadsheet "
            "(in Google Forms: Responses, “Link to Sheets”), or name the tab that it writes to as sheet.tab in "
            "config/service.yaml, and run again."
        )
    if duplicated and not {*missing, *duplicated} & ours:
        return (
            "Rename one of the columns, or say in config/call.yaml which is meant: “nth: 2”, “exact: true” for the one "
            "that is spelt so, or “branches” where each row fills one of them (docs/form.md)."
        )
    said = "; ".join(guess for name in missing if (guess := guess_column(name, snapshot)))
    return f"{said}. Put the header back (or correct it in config/call.yaml) and run again." if said else ""


def _is_ready_made(snapshot: Snapshot) -> bool:
    """Whether nothing but a header row is there, as Convene writes it into an empty tab: Status beside Decision."""
    beside = set(pairwise(snapshot.headers))
    return ("Decision", "Status") in beside and not any(
        cell.text for row in snapshot.rows for cell in row.cells
    )


def _not_ours(snapshot: Snapshot, columns: Columns) -> str | None:
    """Return the header of a column that looks like one of ours and is not: only few of them are there, or two alike.

    Convene adds all at once, and never loses the Reference alone.
    """
    there = [fold(header) for header in snapshot.headers]
    for group in (OWN_COLUMNS, ORGANISER_COLUMNS):
        found = [name for name in group if fold(columns.title(name)) in there]
        twice = [name for name in found if there.count(fold(columns.title(name))) > 1]
        if twice or (found and 2 * len(found) <= len(group) and group[0] not in found):
            return (twice or found)[0]
    return None


def _header_row(missing: tuple[str, ...], rows: tuple[Row, ...]) -> int | None:
    """Return the number of the row that looks like the headers: it has most of those that are missing."""
    wanted = set(map(fold, missing))
    for row in rows:
        if 2 * len(wanted & {fold(cell.text) for cell in row.cells}) > len(wanted):
            return row.number
    return None


def guess_column(name: str, snapshot: Snapshot) -> str:
    """Say which column may be meant: by a header that is nearly the same, or by what stands in it."""
    if there := [header.strip() for header in snapshot.headers].count(name):
        return Said("too few columns", number=there, name=name)
    close = get_close_matches(name, snapshot.headers, n=1, cutoff=0.75)
    if close:
        return Said("column perhaps renamed", header=close[0], name=name)
    for words, holds in ((TIMES, _holds_times), (ADDRESSES, _holds_addresses)):
        if fold(name) in words:
            found = (header for at, header in enumerate(snapshot.headers) if header and holds(snapshot, at))
            header = next(found, "")
            return Said("column by its content", header=header, name=name) if header else ""
    return ""


def _holds_times(snapshot: Snapshot, at: int) -> bool:
    cells = [row.cell(at) for row in snapshot.rows[:SAMPLE] if row.cell(at).text]
    return bool(cells) and all(isinstance(cell.value, datetime) for cell in cells)


def _holds_addresses(snapshot: Snapshot, at: int) -> bool:
    texts = [row.cell(at).text for row in snapshot.rows[:SAMPLE] if row.cell(at).text]
    return bool(texts) and all("@" in text for text in texts)
