"""What a sheet would be if a write had not gone to wrong rows: worked out from before and after.

Rows that people or the form sort or insert in the moment of a write stand where others stood. The form's answers
tell which row is which; Convene's own cells are then taken for what they were before, and written anew.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from pipeline.intake.form_headers import columns_headed
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, Cell, Row, Snapshot
from pipeline.model.text import fold, one_line
from pipeline.sheets.differences import CellAt, Written

Own: TypeAlias = Mapping[str, int]
Answers: TypeAlias = tuple[tuple[str, str], ...]
OwnTexts: TypeAlias = tuple[str, ...]

_NOTHING: OwnTexts = ("",) * len(OWN_COLUMNS)
_NOT_THE_FORMS = frozenset(map(fold, (*OWN_COLUMNS, *ORGANISER_COLUMNS)))


class RowsBefore:
    """The rows as they were before a write: what Convene's cells said, known by the form's answers.

    `own` says where Convene's columns were, `cells` what was written; `form` are the headers of the form's
    columns (empty: all but Convene's and the organisers').
    """

    def __init__(
        self, before: Snapshot, own: Own, cells: Mapping[CellAt, Written], form: tuple[str, ...]
    ) -> None:
        self._form = form
        self._said: dict[Answers, set[OwnTexts]] = defaultdict(set)
        self._owners: dict[str, Answers] = {}
        reference = own[OWN_COLUMNS[0]]
        for row in before.rows:
            answers = self._answers(row, before)
            self._said[answers].add(_texts(row, own))
            for text in (row.cell(reference).text, str(cells.get((row.number, reference + 1), ""))):
                self._owners[one_line(text)] = answers

    def restore(self, after: Snapshot, own: Own) -> Snapshot:
        """Return `after` with Convene's cells as they were before the write; `own` says where they are now."""
        here = {self._answers(row, after) for row in after.rows}
        return replace(after, rows=tuple(self._restored(row, after, own, here) for row in after.rows))

    def _restored(self, row: Row, after: Snapshot, own: Own, here: set[Answers]) -> Row:
        said = self._said.get(self._answers(row, after), set())
        if len(said) == 1:
            (texts,) = said
            return _with_own(row, own, texts)
        if not said and self._is_by_mistake(_texts(row, own), here):
            return _with_own(row, own, _NOTHING)
        return row

    def _is_by_mistake(self, texts: OwnTexts, here: set[Answers]) -> bool:
        """Whether cells of a row that is new were meant for one that is still there."""
        owner = self._owners.get(one_line(texts[0]))
        return any(texts) and (not texts[0] or owner in here)

    def _answers(self, row: Row, snapshot: Snapshot) -> Answers:
        """Return what the form wrote in a row, whatever the order of the columns."""
        cells = ((fold(snapshot.headers[at]), row.cell(at)) for at in form_columns(snapshot, self._form))
        return tuple(sorted((header, cell.text) for header, cell in cells if cell.text))


def form_columns(snapshot: Snapshot, form: tuple[str, ...]) -> tuple[int, ...]:
    """Return the columns by which a row is known: those that the form writes (all but ours, where none is named)."""
    if form:
        return tuple(sorted({at for header in form for at in columns_headed(header, snapshot.headers)}))
    folded = enumerate(map(fold, snapshot.headers))
    return tuple(at for at, header in folded if header and header not in _NOT_THE_FORMS)


def _texts(row: Row, own: Own) -> OwnTexts:
    return tuple(row.cell(own[header]).text for header in OWN_COLUMNS)


def _with_own(row: Row, own: Own, texts: OwnTexts) -> Row:
    cells = list(row.cells)
    cells.extend([Cell()] * (max(own.values()) + 1 - len(cells)))
    for header, text in zip(OWN_COLUMNS, texts, strict=True):
        cells[own[header]] = Cell(text, text) if text else Cell()
    return Row(row.number, tuple(cells))
