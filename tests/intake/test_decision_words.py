from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.decision_forms import (
    ABOUT_WHO,
    ALSO,
    BEFORE_MORE,
    IN_OTHER_LANGUAGES,
    SILENT,
    Word,
    forms,
)
from pipeline.intake.decision_words import (
    Misunderstood,
    Other,
    Override,
    Same,
    all_words,
    drop_down,
    is_same_word,
    read_override,
    read_whose,
)
from pipeline.model.said import tell
from pipeline.model.text import fold
from pipeline.model.written_time import WrittenTime
from tests.support.build import AUDIENCE

OK = Override(Word.OK)
EXTENDED = Override(Word.EXTEND, until=WrittenTime(datetime(2023, 8, 25), timedelta(days=1)))
BY_HAND = Override(Word.CANCEL, silent=True)


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
        ("freigeben", OK),
        ("Eligible: management, ok", Override(Word.ELIGIBLE, "management", also=OK)),
        (
            "eligible: external , OK 4zpnwh",
            Override(Word.ELIGIBLE, "external", also=Override(Word.OK, code="4ZPNWH")),
        ),
        ("Same person: P-ANA222, ok", OK),
        # what a word takes
        ("Invite as external", Override(Word.INVITE, "external")),
        ("einladen als External Practitioners", Override(Word.INVITE, "external")),
        ("Invite: external", Override(Word.INVITE, "external")),
        ("Replace by P-ana222", Override(Word.REPLACE, whom="P-ANA222")),
        ("replaced with: P-ANA222", Override(Word.REPLACE, whom="P-ANA222")),
        ("Ersetzen durch Ana <Ana@Example.org>", Override(Word.REPLACE, whom="ana@example.org")),
        ("verlängern bis 2023-08-25", EXTENDED),
        ("Extend to: 2023-08-25 (on the phone)", replace(EXTENDED, comment="on the phone")),
        # told by hand
        ("Cancel, silent", BY_HAND),
        ("Cancel (silent)", Override(Word.CANCEL, silent=True, comment="silent")),
        ("Cancel - told her, silent", Override(Word.CANCEL, silent=True, comment="told her")),
        ("Cancel (told her), silent", Override(Word.CANCEL, silent=True, comment="told her")),
        ("ausladen, ohne Mail", BY_HAND),
        ("Eligible: external, silent", Override(Word.ELIGIBLE, "external", silent=True)),
        ("Address corrected, silent", Override(Word.ADDRESS_CORRECTED, silent=True)),
        # a comment
        ("Withdrawn - ill", Override(Word.WITHDRAWN, comment="ill")),
        ("Withdrawn – ill", Override(Word.WITHDRAWN, comment="ill")),
        ("Withdrawn (ill)", Override(Word.WITHDRAWN, comment="ill")),
        ("Withdrawn - ill - so she says", Override(Word.WITHDRAWN, comment="ill - so she says")),
        ("Withdrawn (ill (flu))", Override(Word.WITHDRAWN, comment="ill (flu)")),
        ("Replace by P-ANA222 - ill", Override(Word.REPLACE, whom="P-ANA222", comment="ill")),
        ("Eligible: external (fine), ok", Override(Word.ELIGIBLE, "external", also=OK, comment="fine")),
        ("Eligible: external, ok - fine", Override(Word.ELIGIBLE, "external", also=OK, comment="fine")),
        ("Eligible: external - says Bea, ok", Override(Word.ELIGIBLE, "external", comment="says Bea, ok")),
        ("ok (seen)", Override(Word.OK, comment="seen")),
        ("Other person - her daughter", None),
    ],
)
def test_organisers_words_are_understood(typed: str, override: Override | None) -> None:
    assert read_override(typed, AUDIENCE) == override


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Inivte", "Invite"),
        ("Eligible", "Eligible: management"),
        ("Eligible: bosses", "Eligible: management"),
        ("yes", ""),
        ("ask Maria", ""),
        ("Invite?", "Invite"),
        ("Invite (really?)", "Invite"),
        ("Withdrawn - ill?", "Withdrawn"),
        ("Eligible: management, ok?", "Eligible: management"),
        ("Eligible: management, Decline", "Eligible: management"),
        ("Hold, ok", "Hold"),
        ("ask Maria, ok", ""),
        ("Einladen?", "Invite"),
        ("(Decline)", "Decline"),
        ("(Decline), ok", "Decline"),
        ("Withdrawn!", "Withdrawn"),
        ("¿Invite?", "Invite"),
        ("Eligible external", "Eligible: external"),
        ("cancelled", "Cancel"),
        ("Send again, silent", "Send again"),
        ("ok, silent", "ok"),
        ("Eligible: management, ok, silent", "Eligible: management"),
        ("Replace", "Replace by …"),
        ("Replace by Ana", "Replace by …"),
        ("Replace by P-ANA222?", "Replace by …"),
        ("Replace: P-ANA222", "Replace by …"),
        ("Withdrawn ill", "Withdrawn"),
        ("No show: ill", "No show"),
        ("Same person: the one above", "Same person"),
        ("silent", ""),
    ],
)
def test_any_other_word_is_asked_about_by_the_nearest_one_that_is_known(typed: str, near: str) -> None:
    with pytest.raises(Misunderstood) as caught:
        read_override(typed, AUDIENCE)
    assert caught.value.near == near
    assert str(caught.value).startswith(f"Did you mean “{near}”? " if near else "What does the Decision “")


@pytest.mark.parametrize("typed", ["Extend to Friday", "Extend to 2023-02-30"])
def test_a_day_that_is_not_understood_is_asked_for_as_it_is_written(typed: str) -> None:
    with pytest.raises(Misunderstood) as caught:
        read_override(typed, AUDIENCE)
    assert str(caught.value) == (
        f"Until which day? Write it as in “Extend to 2023-08-25”. Nothing was decided by “{typed}”."
    )


COMMENTS = ("", " - ill", " (ill)", " — ill")
TAILS = ("", ", silent")
ARGUMENTS = {
    Word.INVITE: {" as external": Override(Word.INVITE, "external")},
    Word.ELIGIBLE: {": external": Override(Word.ELIGIBLE, "external")},
    Word.REPLACE: {
        " by P-ANA222": Override(Word.REPLACE, whom="P-ANA222"),
        " by ana@example.org": Override(Word.REPLACE, whom="ana@example.org"),
    },
    Word.EXTEND: {
        " to 2023-08-25": EXTENDED,
    },
    Word.SAME_PERSON: {": P-ANA222": Override(Word.SAME_PERSON, whom="P-ANA222")},
}
ALONE = set(Word) - {Word.ELIGIBLE, Word.REPLACE, Word.EXTEND} - ABOUT_WHO
SAID = {form: Override(word) for word in ALONE for form in forms(word)} | {
    f"{form}{more}": override
    for word, takes in ARGUMENTS.items()
    for form in forms(word)
    for more, override in takes.items()
}


def test_every_word_with_what_it_takes_and_every_comment_is_read_back() -> None:
    for (said, override), comment, tail in product(SAID.items(), COMMENTS, TAILS):
        if override.word in ABOUT_WHO:
            assert read_whose(f"{said}{comment}") == Same("P-ANA222")
        elif not tail or override.word not in {Word.OK, Word.SEND_AGAIN}:
            meant = replace(override, silent=bool(tail), comment="ill" if comment else "")
            assert read_override(f"{said}{tail}{comment}", AUDIENCE) == meant, said


SIGNS = (", ", " ", ":", " - ", "(", ")", "ok", "ok 4ZPNWH", "?", "'", "P-ANA222", "\u0000", "ﬁ")
BETWEEN = tuple(each for some in BEFORE_MORE.values() for each in some)
PIECES = st.sampled_from((*SAID, *COMMENTS, *SILENT, *BETWEEN, *SIGNS))


def said(text: str) -> Override | None:
    """Read a cell; None for what is asked about, in every language."""
    try:
        return read_override(text, AUDIENCE)
    except Misunderstood as misunderstood:
        return None if all(tell(misunderstood.args[0], each) for each in ("de", "es", "fr")) else OK


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=6).map("".join)))
def test_no_cell_raises_and_none_that_asks_is_followed(text: str) -> None:
    read_whose(text)
    assert said(text) is None or "?" not in text


def test_every_word_of_the_drop_down_is_understood() -> None:
    assert all(read_override(word, AUDIENCE) or read_whose(word) for word in drop_down(AUDIENCE))
    assert set(drop_down(AUDIENCE)) <= set(all_words(AUDIENCE))


def test_no_word_of_any_language_means_two_things() -> None:
    meanings = {(fold(form), word) for word in Word for form in forms(word)}
    assert len(meanings) == len({form for form, _ in meanings})
    assert set(Word) - IN_OTHER_LANGUAGES.keys() == set()
    assert ALSO.keys() <= set(Word)


@pytest.mark.parametrize(
    "typed", ["même personne: p-ana222", "Dieselbe Person: P-ANA222", "misma persona: P-ANA222"]
)
def test_who_somebody_is_can_be_said_in_other_languages(typed: str) -> None:
    assert read_whose(typed) == Same("P-ANA222")
    assert read_whose("andere Person") == Other()


def test_who_somebody_is_can_be_said_beside_ok_and_by_a_corrected_address() -> None:
    assert read_whose("Same person: P-ANA222, ok 4ZPNWH") == Same("P-ANA222")
    assert read_whose("Other person, ok") == Other()
    assert read_whose("Address corrected - two letters") == Same(is_corrected=True)
    assert read_whose("Invite") is None


@pytest.mark.parametrize("typed", ["'Invite'", "Invite'", "‘Einladen’", "einladen?"])
def test_a_word_in_quotation_marks_is_a_question_among_colleagues(typed: str) -> None:
    with pytest.raises(Misunderstood):
        read_override(typed, AUDIENCE)


def test_a_word_that_is_not_known_is_answered_with_all_that_are() -> None:
    with pytest.raises(Misunderstood, match=r"ok, Invite, .*Replace by …, .*Send again, Delivered"):
        read_override("ask Maria", AUDIENCE, approves=True)


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("Invite", "invited - at last", True),
        ("Eligible: external", "Eligible: External practitioners, ok", True),
        ("Invite", "Invite, silent", False),
        ("Invite", "Invite as external", False),
        ("", "Invite", False),
        ("Inivte", "Inivte", False),
    ],
)
def test_a_comment_or_an_ok_makes_no_other_word(before: str, after: str, is_same: bool) -> None:
    assert is_same_word(before, after, AUDIENCE) is is_same
