import pytest

from pipeline.intake.decision_words import (
    _ALSO,
    _IN_OTHER_LANGUAGES,
    Misunderstood,
    Other,
    Override,
    Same,
    Word,
    drop_down,
    read_override,
    read_whose,
)
from pipeline.model.text import fold
from tests.support.build import AUDIENCE


@pytest.mark.parametrize(
    ("typed", "override"),
    [
        ("", None),
        ("  ", None),
        ("Invite", Override(Word.INVITE)),
        (" INVITED ", Override(Word.INVITE)),
        ("waiting-list", Override(Word.WAITING)),
        ("rejected", Override(Word.DECLINE)),
        ("On hold", Override(Word.HOLD)),
        ("confirmed", Override(Word.CONFIRMED)),
        ("Withdrew", Override(Word.WITHDRAWN)),
        ("Eligible: management", Override(Word.ELIGIBLE, "management")),
        ("eligible: External  Practitioners", Override(Word.ELIGIBLE, "external")),
        ("Einladen", Override(Word.INVITE)),
        ("liste d’attente", Override(Word.WAITING)),
        ("Lista de espera", Override(Word.WAITING)),
        ("ABGELEHNT", Override(Word.DECLINE)),
        ("désisté", Override(Word.WITHDRAWN)),
        ("Éligible: management", Override(Word.ELIGIBLE, "management")),
        ("erneut senden", Override(Word.SEND_AGAIN)),
        ("freigeben", Override(Word.OK)),
        ("Eligible: management, ok", Override(Word.ELIGIBLE, "management", also=Override(Word.OK))),
        (
            "eligible: external , OK 4zpnwh",
            Override(Word.ELIGIBLE, "external", also=Override(Word.OK, code="4ZPNWH")),
        ),
        ("Same person: P-ANA222, ok", Override(Word.OK)),
    ],
)
def test_organisers_words_are_understood(typed: str, override: Override | None) -> None:
    assert read_override(typed, AUDIENCE) == override


@pytest.mark.parametrize(
    "typed",
    [
        "Inivte",
        "Eligible",
        "Eligible: bosses",
        "yes",
        "ask Maria",
        "Invite?",
        "Eligible: management, ok?",
        "Eligible: management, Decline",
        "Hold, ok",
        "ask Maria, ok",
        "(Decline)",
        "Withdrawn!",
        "¿Invite?",
        "Eligible external",
    ],
)
def test_any_other_word_is_asked_about(typed: str) -> None:
    with pytest.raises(Misunderstood, match="is not one of: Invite, Waiting list, Decline"):
        read_override(typed, AUDIENCE)


def test_every_word_of_the_drop_down_is_understood() -> None:
    assert all(read_override(word, AUDIENCE) or read_whose(word) for word in drop_down(AUDIENCE))


def test_no_word_of_any_language_means_two_things() -> None:
    meanings = {
        (fold(form), word)
        for word in Word
        for table in (_ALSO, _IN_OTHER_LANGUAGES)
        for form in (word, *table.get(word, ()))
    }
    assert len(meanings) == len({form for form, _ in meanings})
    assert {word for word in Word if word not in _IN_OTHER_LANGUAGES} == set()


@pytest.mark.parametrize(
    "typed", ["même personne: p-ana222", "Dieselbe Person: P-ANA222", "misma persona: P-ANA222"]
)
def test_who_somebody_is_can_be_said_in_other_languages(typed: str) -> None:
    assert read_whose(typed) == Same("P-ANA222")
    assert read_whose("andere Person") == Other()


def test_who_somebody_is_can_be_said_beside_ok() -> None:
    assert read_whose("Same person: P-ANA222, ok 4ZPNWH") == Same("P-ANA222")
    assert read_whose("Other person, ok") == Other()


@pytest.mark.parametrize("typed", ["'Invite'", "Invite'", "‘Einladen’", "einladen?"])
def test_a_word_in_quotation_marks_is_a_question_among_colleagues(typed: str) -> None:
    with pytest.raises(Misunderstood):
        read_override(typed, AUDIENCE)


def test_a_word_that_is_not_known_is_answered_with_all_that_are() -> None:
    with pytest.raises(Misunderstood, match=r"ok, Invite, .*Send again, Delivered"):
        read_override("ask Maria", AUDIENCE, approves=True)
