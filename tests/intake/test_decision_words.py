import pytest

from pipeline.intake.decision_words import Misunderstood, Override, Word, drop_down, read_override, read_whose
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
