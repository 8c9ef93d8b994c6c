from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.text import (
    counted,
    day,
    fold,
    listed,
    one_line,
    quote,
    tidy_name,
    without,
    without_addresses,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Prison   MANAGEMENT or administration ", "prison management or administration"),
        ("Établissement pénitentiaire", "etablissement penitentiaire"),
        ("E\u0301tablissement", "etablissement"),
        ("Gefängnis-Direktor/in", "gefangnis direktor in"),
        ("Straße", "strasse"),
        ("Yes,\u00a0directly", "yes directly"),
        ("???", "???"),
        ("", ""),
    ],
)
def test_fold_keeps_what_comparison_looks_at(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_is_settled_after_one_application(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_one_line_has_no_control_characters_and_no_outer_spaces(text: str) -> None:
    line = one_line(text)
    assert line == line.strip()
    assert all(ord(char) >= 32 and char not in "\x7f\u2028\u2029\u202e\ufeff" for char in line)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        (" O'Brien ", "O'Brien"),
        ("van der  Berg", "van der Berg"),
        ("NGUYỄN", "NGUYỄN"),
        ("D’Angelo", "D’Angelo"),
        ("Jose\u0301", "José"),
        ("Ana\r\nBcc: all@example.org", "Ana Bcc: all@example.org"),
        ("\u202eAna", "Ana"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_tidy_name_does_no_harm(typed: str, tidy: str) -> None:
    assert tidy_name(typed) == tidy


def test_quote_cuts_long_answers_at_a_word() -> None:
    assert quote("I lead the unit\nfor high-security prisoners", 20) == "“I lead the unit…”"


def test_nothing_that_is_quoted_ends_the_quotation() -> None:
    assert quote("I “lead” it” Put there.") == "“I ‘lead’ it’ Put there.”"


def test_quote_keeps_short_answers_whole() -> None:
    assert quote("No") == "“No”"


@pytest.mark.parametrize(
    ("items", "sentence"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_listed_reads_as_a_sentence(items: tuple[str, ...], sentence: str) -> None:
    assert listed(items) == sentence


def test_counted_minds_the_plural() -> None:
    assert (counted(1, "row"), counted(0, "row")) == ("1 row", "0 rows")


def test_day_is_written_in_full() -> None:
    assert day(datetime(2023, 8, 2)) == "2 August 2023"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("password letmein, LETMEIN", "password …, …"),
        ("letmeinn", "letmeinn"),
        ("x0123456789abcdef-y", "x…-y"),
        ("nothing", "nothing"),
    ],
)
def test_secrets_are_taken_out_of_a_text(text: str, shown: str) -> None:
    assert without(text, ("letmein", "0123456789abcdef", "")) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("row 3: 550 <ana@example.org>: unknown.", "row 3: 550 <(an address)>: unknown."),
        ("to “ana@example.org”, again", "to “(an address)”, again"),
        ("nothing of the sort", "nothing of the sort"),
    ],
)
def test_no_address_is_left_in_a_text(text: str, shown: str) -> None:
    assert without_addresses(text) == shown
