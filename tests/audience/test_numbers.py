from datetime import date
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audience.numbers import Number, read_date, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", Number(7, 7)),
        ("1,5", Number(1.5, 1.5)),
        ("1.25", Number(1.25, 1.25)),
        ("10+", Number(10, inf)),
        ("> 15", Number(15, inf)),
        ("more than ten", Number(10, inf)),
        ("über 10 Jahre", Number(10, inf)),
        ("5-7", Number(5, 7)),
        ("5 – 7 years", Number(5, 7)),
        ("five to seven", Number(5, 7)),
        ("2 ans", Number(2, 2)),
        ("ten", Number(10, 10)),
        ("ΔΕΚΑ", Number(10, 10)),
        ("zwölf Jahre", Number(12, 12)),
        ("п'ять", Number(5, 5)),
        ("~5 years of experience", Number(5, 5)),
        ("7-5", None),
        ("at 5", None),
        ("than 5", None),
        ("at least 5", Number(5, inf)),
        ("5-many", None),
        ("5-7 months", None),
        ("6 months", None),
        ("since 2015", None),
        ("less than 5", None),
        ("1.000", None),
        ("12 years and 3 months", None),
        ("3 4", None),
        ("many", None),
        ("", None),
    ],
)
def test_number_is_read_or_honestly_not(text: str, number: Number | None) -> None:
    assert read_number(text) == number


@given(st.integers(0, 999_999_999), st.sampled_from(("{}", " {} ", "{} years", "{} Jahre", "~{}")))
def test_every_whole_number_is_itself(value: int, written: str) -> None:
    assert read_number(written.format(value)) == Number(value, value)


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = read_number(text)
    assert found is None or found.low <= found.high


@pytest.mark.parametrize(
    ("text", "formats", "expected"),
    [
        ("2008-01-31", (), date(2008, 1, 31)),
        ("2008-01-31T00:00:00", (), date(2008, 1, 31)),
        ("31. 1. 2008", (), date(2008, 1, 31)),
        ("01/02/2008", (), None),
        ("01/02/2008", ("%d.%m.%Y", "%d/%m/%Y"), date(2008, 2, 1)),
        ("2008-02-31", (), None),
        ("soon", (), None),
    ],
)
def test_date_is_read_unless_it_could_be_two(
    text: str, formats: tuple[str, ...], expected: date | None
) -> None:
    assert read_date(text, formats) == expected
