"""One answer of the cells that a form has for it: one, one for each branch, or one for each choice."""

from pipeline.model.question import Question
from pipeline.model.sheet import BLANK, Cell
from pipeline.model.text import fold

_TICKED = frozenset({"1", "1.0", "true", "yes", "y", "x", "✓", "✔", "☑", "checked", "selected"})
_NOT_TICKED = frozenset({"", "0", "0.0", "false", "no", "n", "-", "☐", "unchecked", "not selected", "n/a"})
SEVERAL = " / "
"""What stands between answers that differ, where a form has several columns for one answer."""


def is_filled(cell: Cell) -> bool:
    """Whether anything stands in a cell."""
    return bool(cell.fault or cell.text.strip())


def join_cells(cells: tuple[Cell, ...], question: Question) -> Cell:
    """Return what all cells of an answer say together."""
    if len(cells) == 1 and not question.choices:
        return cells[0]
    if question.choices:
        return _join_choices(cells, question)
    filled = [cell for cell in cells if is_filled(cell)]
    if differs(cells):
        text = SEVERAL.join(dict.fromkeys(cell.fault or cell.text.strip() for cell in filled))
        return Cell(text, text)
    return filled[0] if filled else BLANK


def differs(cells: tuple[Cell, ...]) -> bool:
    """Whether several cells of one answer are filled, and not with the same."""
    return len({fold(cell.fault or cell.text) for cell in cells if is_filled(cell)}) > 1


def _join_choices(cells: tuple[Cell, ...], question: Question) -> Cell:
    chosen = []
    for answer, cell in zip(question.choices, cells, strict=True):
        said = cell.text.strip().casefold()
        if cell.fault or (said not in _NOT_TICKED | _TICKED and fold(said) != fold(answer)):
            return Cell(cell.text, None, cell.fault or f"“{cell.text}” where a choice is ticked or not")
        if said not in _NOT_TICKED:
            chosen.append(answer)
    text = ", ".join(chosen)
    return Cell(text, text) if text else BLANK
