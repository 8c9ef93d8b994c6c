import pytest

from pipeline.intake.answer_cells import differs, join_cells
from pipeline.model.question import Question
from pipeline.model.sheet import BLANK, Cell

BRANCHES = Question("Country", branches=("Land",))
CHOICES = Question("Role", choices={"Exit worker": "role/exit", "Police, or the like": "role/police"})
REFERENCE = Cell("#REF!", None, "#REF!")


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, text) if text else BLANK for text in texts)


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (("Spain", ""), "Spain"),
        ((" ", "Spain"), "Spain"),
        (("", ""), ""),
        (("Spain", "SPAIN"), "Spain"),
        (("Spain", "France"), "Spain / France"),
    ],
)
def test_of_several_branches_the_one_that_is_filled_counts(texts: tuple[str, ...], answer: str) -> None:
    assert join_cells(cells(*texts), BRANCHES).text.strip() == answer


def test_two_branches_with_different_answers_are_told() -> None:
    assert [differs(cells(*texts)) for texts in (("a", ""), ("a", "A"), ("a", "b"))] == [False, False, True]
    assert differs((Cell("a"), REFERENCE))


def test_a_single_cell_is_the_answer_as_it_stands() -> None:
    number = Cell("0042", 42.0)
    assert join_cells((number,), Question("Code")) is number


@pytest.mark.parametrize(
    ("texts", "answer"),
    [
        (("1", "0"), "Exit worker"),
        (("TRUE", "FALSE"), "Exit worker"),
        (("x", ""), "Exit worker"),
        (("✓", "✔"), "Exit worker, Police, or the like"),
        (("exit worker", ""), "Exit worker"),
        (("No", "Yes"), "Police, or the like"),
        (("N/A", "☐"), ""),
    ],
)
def test_ticked_choices_are_one_answer(texts: tuple[str, ...], answer: str) -> None:
    assert join_cells(cells(*texts), CHOICES).text == answer


@pytest.mark.parametrize(
    ("cell", "fault"),
    [(Cell("perhaps", "perhaps"), "“perhaps” where a choice is ticked or not"), (REFERENCE, "#REF!")],
)
def test_what_is_neither_ticked_nor_not_is_a_fault_of_the_row(cell: Cell, fault: str) -> None:
    assert join_cells((cell, BLANK), CHOICES).fault == fault
