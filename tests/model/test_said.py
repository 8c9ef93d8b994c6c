"""Sentences as values: every language says every one of them, with the same facts."""

import pickle
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from string import Formatter

import pytest

from pipeline.model.said import _MANNERS, PHRASES, Phrase, Said, tell, word, words_of
from tests.support.documents import read

OTHERS = [language for language in PHRASES if language != "en"]


def places(phrase: Phrase) -> set[str]:
    """Return the facts that a phrase puts in, in any of its forms; not into commands, which English alone names."""
    forms = [phrase] if isinstance(phrase, str) else phrase.values()
    bare = (re.sub("`[^`]*`", "", form) for form in forms)
    return {name for form in bare for _, name, _, _ in Formatter().parse(form) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_phrase_with_the_same_facts_in_the_same_order_of_the_file(language: str) -> None:
    assert list(PHRASES[language]) == list(PHRASES["en"])
    assert {key: places(phrase) for key, phrase in PHRASES[language].items()} == {
        key: places(phrase) for key, phrase in PHRASES["en"].items()
    }


def _sentences(language: str) -> Iterator[tuple[str, str]]:
    """Yield the phrases that are whole sentences or long enough to be nobody's name."""
    for key, phrase in PHRASES[language].items():
        for form in (phrase,) if isinstance(phrase, str) else phrase.values():
            if len(form.split()) > 3:
                yield key, form


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_of_a_language_is_the_english_one(language: str) -> None:
    assert set(_sentences(language)) & set(_sentences("en")) == set()


@pytest.mark.parametrize("group", ["status", "kind", "word"])
def test_no_word_stands_for_two_things_of_its_group_whatever_the_language(group: str) -> None:
    names = [key.removeprefix(f"{group} ") for key in PHRASES["en"] if key.startswith(f"{group} ")]
    said = {name: set(words_of(group, name)) for name in names}
    assert sum(map(len, said.values())) == len(set().union(*said.values()))


def test_a_sentence_is_its_english_wherever_text_is_wanted() -> None:
    said = Said("told from", on="2023-08-02")
    assert f"{said}" == str(said) == said == "It will be told from 2 August 2023 on."
    assert {str(said): 1}[said] == 1


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "It will be told from 2 August 2023 on."),
        ("fr", "Sera annoncé à partir du 2 août 2023."),
        ("fr-CA", "Sera annoncé à partir du 2 août 2023."),
        ("de", "Wird ab dem 2. August 2023 mitgeteilt."),
        ("es", "Se comunicará a partir del 2 de agosto de 2023."),
        ("hr", "It will be told from 2 August 2023 on."),
    ],
)
def test_days_are_written_as_the_language_does(language: str, expected: str) -> None:
    assert tell(Said("told from", on="2023-08-02"), language) == expected


def test_lists_and_quotation_marks_are_those_of_the_language() -> None:
    said = Said("unanswered", questions=("A", "B"))
    assert [tell(said, language) for language in OTHERS] == [
        "Pas de réponse à « A » et « B », dont les règles ont besoin.",
        "Keine Antwort auf „A“ und „B“; die Regeln brauchen sie.",
        "Sin respuesta a «A» y «B», que las reglas necesitan.",
    ]


def test_no_mark_in_an_answer_ends_its_quotation() -> None:
    said = Said("slips", slips=(Said("slip", said="a» “b“", meant="c"),))
    assert tell(said, "fr") == "« a› ‘b‘ » a été lu comme « c »."
    assert said == "“a» ‘b‘” was read as “c”."


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [(0, "other", "one"), (1, "one", "one"), (2, "other", "other"), (1_000_000, "other", "other")],
)
def test_a_number_chooses_the_plural_form_of_the_language(number: int, english: str, french: str) -> None:
    said = Said("reviews", number=number, until="2023-08-02")
    filled = {"number": number, "until": date(2023, 8, 2)}
    del filled["until"]
    forms = PHRASES["en"]["reviews"], PHRASES["fr"]["reviews"]
    begins = [form.partition(",")[0].format(**filled) for form in (forms[0][english], forms[1][french])]  # type: ignore[index]  # forms by their number
    assert str(said).startswith(begins[0])
    assert tell(said, "fr").startswith(begins[1])


def test_a_sentence_survives_being_copied_and_stored() -> None:
    said = Said("late")
    for copy in (deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert (copy, tell(copy, "es")) == (said, "Solicitud recibida después de la fecha límite.")


def test_a_text_of_somebody_stays_as_it_is() -> None:
    assert tell("Late", "fr") == "Late"


def test_the_words_in_four_languages_are_documented() -> None:
    table = [line for line in read("docs/sheet.md").splitlines() if line.count(" | ") == len(PHRASES) - 1]
    names = [
        key.partition(" ")
        for key in PHRASES["en"]
        if key.startswith(("status ", "word ", "control ", "switch "))
    ]
    rows = (f"| {' | '.join(word(group, name, each) for each in PHRASES)} |" for group, _, name in names)
    assert [row for row in rows if row not in table] == []


@pytest.mark.parametrize("language", PHRASES)
def test_every_phrase_writes_its_facts_in_a_manner_that_there_is(language: str) -> None:
    forms = [
        form
        for phrase in PHRASES[language].values()
        for form in ([phrase] if isinstance(phrase, str) else phrase.values())
    ]
    manners = {manner for form in forms for _, _, manner, _ in Formatter().parse(form) if manner is not None}
    assert manners - _MANNERS.keys() == set()


def test_names_are_joined_by_or_where_one_of_them_will_do() -> None:
    said = Said("keys taken", number=2, columns=("Time", "Address"))
    assert tell(said, "es").startswith("2 filas tienen «Time» o «Address» de otra respuesta")
