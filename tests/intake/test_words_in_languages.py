"""What the drop-down offers and the tab says in any language is understood, whatever language the sheet is in."""

import pytest

from pipeline.intake.controls import read_controls
from pipeline.intake.decision_forms import Word, forms
from pipeline.intake.decision_words import Other, Override, Same, read_override, read_whose
from pipeline.model.said import PHRASES, word, words_of
from pipeline.model.sheet import Cell
from pipeline.model.text import fold
from tests.support.build import AUDIENCE

PLAIN = [
    each
    for each in Word
    if each.value not in {"Eligible", "Same person", "Other person", "Replace", "Extend"}
]


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("each", PLAIN)
def test_a_word_that_is_offered_is_understood(each: Word, language: str) -> None:
    said = word("word", each.value, language)
    for typed in (said, said.upper(), f" {said} "):
        found = read_override(typed, AUDIENCE)
        assert found is not None
        assert found.word is each


@pytest.mark.parametrize("language", PHRASES)
def test_words_that_take_something_are_understood(language: str) -> None:
    eligible, same, other = (
        word("word", each, language) for each in ("Eligible", "Same person", "Other person")
    )
    found = read_override(f"{eligible}: management", AUDIENCE)
    assert isinstance(found, Override)
    assert (found.word, found.category) == (Word.ELIGIBLE, "management")
    assert isinstance(read_whose(f"{same}: P-7K3F9Q"), Same)
    assert isinstance(read_whose(other), Other)


@pytest.mark.parametrize("language", PHRASES)
def test_the_cells_of_the_tab_are_understood(language: str) -> None:
    pause, freeze = (Cell(word("control", each, language)) for each in ("pause", "freeze"))
    yes, no = (Cell(word("switch", each, language)) for each in ("yes", "no"))
    found = read_controls(((pause, yes), (freeze, no)))
    assert (found.pause, found.freeze, found.odd) == (True, False, ())


def test_no_spelling_of_any_language_stands_for_two_words() -> None:
    meant: dict[str, set[Word]] = {}
    for each in Word:
        for form in (*forms(each), *words_of("word", each.value)):
            meant.setdefault(fold(form), set()).add(each)
    assert {form: found for form, found in meant.items() if len(found) > 1} == {}
