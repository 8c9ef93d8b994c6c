from datetime import date

import pytest

from pipeline.audience.periods import Period, read_period


def month(year: int, number: int, last: int) -> Period:
    return Period(date(year, number, 1), date(year, number, last))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023-09-07", Period(date(2023, 9, 7), date(2023, 9, 7))),
        ("2023", Period(date(2023, 1, 1), date(2023, 12, 31))),
        ("2023-09", month(2023, 9, 30)),
        ("9/2023", month(2023, 9, 30)),
        ("02.2024", month(2024, 2, 29)),
        ("Sept 2023", month(2023, 9, 30)),
        ("Sept. 2023", month(2023, 9, 30)),
        ("2023 September", month(2023, 9, 30)),
        ("février 2023", month(2023, 2, 28)),
        ("März 2023", month(2023, 3, 31)),
        ("13/2023", None),
        ("0000", None),
        ("Ma 2023", None),
        ("Room 2023", None),
        ("2022 May 2023", None),
        ("May", None),
        ("", None),
    ],
)
def test_a_part_of_a_date_is_the_days_that_it_may_be(text: str, period: Period | None) -> None:
    assert read_period(text) == period
