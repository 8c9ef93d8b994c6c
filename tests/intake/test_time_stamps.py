from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake.rows import Unusable, read_entries, read_timestamp, stamp_problems
from pipeline.intake.time_stamps import Manner, idle_formats, read_moment
from pipeline.model.calendar_names import FORM_LANGUAGES, months
from pipeline.model.problem import Problem
from pipeline.model.sheet import Cell
from tests.support.build import CALL, MADRID, responses

FORMATS = ("%d/%m/%Y %H:%M:%S",)
MANNER = Manner(MADRID, FORMATS)
MAC = datetime(1904, 1, 1)


def east(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        (Cell("x", datetime(2023, 7, 14, 9, 30, 0, 600_000)), datetime(2023, 7, 14, 9, 30, 1)),
        (Cell("45121.5", 45121.5), datetime(2023, 7, 14, 12, 0)),
        (Cell("2023-07-14 09:30:05"), datetime(2023, 7, 14, 9, 30, 5)),
        (Cell("2023-07-14T09:30"), datetime(2023, 7, 14, 9, 30)),
        (Cell("2023-7-4"), datetime(2023, 7, 4)),
        (Cell("05/07/2023 08:00:00"), datetime(2023, 7, 5, 8, 0)),
    ],
)
def test_timestamp_is_read_without_guessing(cell: Cell, moment: datetime) -> None:
    assert read_timestamp(cell, MANNER) == moment


def test_a_serial_number_counts_from_the_day_zero_of_its_sheet() -> None:
    assert read_timestamp(Cell("43659.5", 43659.5), replace(MANNER, day_zero=MAC)) == datetime(
        2023, 7, 14, 12
    )


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        (Cell(""), "no time stamp"),
        (Cell("yesterday evening"), "the time stamp cannot be read"),
        (Cell("7", 7.0), "the time stamp cannot be read"),
        (Cell("2023-13-45"), "the time stamp cannot be read"),
        (Cell("TRUE", True), "the time stamp cannot be read"),
        (Cell("2023-07-14 09:30" + " " * 30_000 + "x"), "the time stamp cannot be read"),
        *((Cell(f"{year:04}-12-31 23:59:59"), f"of the year {year}") for year in (1, 1899, 2200, 9999)),
        *((Cell("x", datetime(year, 12, 31)), f"of the year {year}") for year in (1, 1899, 2200, 9999)),
        (Cell("x", datetime(9999, 12, 31, 23, 59, 59, 999_999)), "of the year 9999"),
    ],
)
def test_unreadable_timestamp_is_said_to_be(cell: Cell, what: str) -> None:
    with pytest.raises(Unusable, match=what):
        read_timestamp(cell, MANNER)


def test_day_and_month_are_never_guessed() -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        read_timestamp(Cell("05/07/2023 08:00:00"), Manner(MADRID))


@pytest.mark.parametrize(
    ("text", "pattern", "moment"),
    [
        ("2023-08-01T22:30:00Z", "", datetime(2023, 8, 1, 22, 30, tzinfo=UTC)),
        ("2023-08-01T22:30:00.123+00:00", "", datetime(2023, 8, 1, 22, 30, tzinfo=UTC)),
        ("2023-08-01 22:30 -0430", "", datetime(2023, 8, 1, 22, 30, tzinfo=east(-4.5))),
        ("2023-08-01 22:30:00 UTC", "", datetime(2023, 8, 1, 22, 30, tzinfo=UTC)),
        ("2023-08-01 22:30:00 (CEST)", "", datetime(2023, 8, 1, 22, 30, tzinfo=east(2))),
        ("2023-08-01 22:30 Asia/Tokyo", "", datetime(2023, 8, 1, 22, 30, tzinfo=ZoneInfo("Asia/Tokyo"))),
        ("2023-08-01T22:30:00Z", "%Y-%m-%dT%H:%M:%S%z", datetime(2023, 8, 1, 22, 30, tzinfo=UTC)),
        ("08/01/2023 22:30 +02:00", "%m/%d/%Y %H:%M %z", datetime(2023, 8, 1, 22, 30, tzinfo=east(2))),
        (
            "2023/07/14 9:12:33 AM GMT+2",
            "%Y/%m/%d %I:%M:%S %p",
            datetime(2023, 7, 14, 9, 12, 33, tzinfo=east(2)),
        ),
        (
            "2023/07/14 9:12:33 PM GMT+2",
            "%Y/%m/%d %I:%M:%S %p GMT%z",
            datetime(2023, 7, 14, 21, 12, 33, tzinfo=east(2)),
        ),
        (
            "Tue Aug 01 2023 22:30:00 GMT+0200 (Central European Summer Time)",
            "%a %b %d %Y %H:%M:%S",
            datetime(2023, 8, 1, 22, 30, tzinfo=east(2)),
        ),
        ("01-08-2023", "%d-%m-%Y", datetime(2023, 8, 1)),
    ],
)
def test_a_stated_zone_is_heeded(text: str, pattern: str, moment: datetime) -> None:
    found = read_timestamp(Cell(text, text), Manner(MADRID, (pattern,) if pattern else ()))
    assert (found, found.utcoffset()) == (moment, moment.utcoffset())


@pytest.mark.parametrize(
    "text", ["2023-08-01 22:30 XYZ", "2023-08-01 22:30 Europe/Nowhere", "2023-08-01 22:30 +15"]
)
def test_a_zone_that_nobody_knows_is_not_passed_over(text: str) -> None:
    with pytest.raises(Unusable, match="cannot be read"):
        read_timestamp(Cell(text, text), MANNER)


@pytest.mark.parametrize(
    ("text", "pattern", "language", "moment"),
    [
        ("14. Juli 2023 09:12", "%d. %B %Y %H:%M", "", datetime(2023, 7, 14, 9, 12)),
        ("14-juil.-2023 09:12", "%d-%b-%Y %H:%M", "", datetime(2023, 7, 14, 9, 12)),
        ("14 juil. 23 09:12", "%d %b. %y %H:%M", "", datetime(2023, 7, 14, 9, 12)),
        ("14 de julio de 2023 9:12 p. m.", "%d de %B de %Y %I:%M %p", "", datetime(2023, 7, 14, 21, 12)),
        ("14.07.2023 12:12 μ.μ.", "%d.%m.%Y %I:%M %p", "", datetime(2023, 7, 14, 12, 12)),
        ("2023/07/14 上午12:05:00", "%Y/%m/%d %p%I:%M:%S", "", datetime(2023, 7, 14, 0, 5)),
        ("2023. 7. 14. 오후 9:12", "%Y. %m. %d. %p %I:%M", "", datetime(2023, 7, 14, 21, 12)),
        ("viernes, 14 julio 2023", "%A, %d %B %Y", "", datetime(2023, 7, 14)),
        ("14 Μαΐου 2023 100%", "%d %B %Y 100%%", "", datetime(2023, 5, 14)),
        ("14 lipca 2023", "%d %B %Y", "", datetime(2023, 7, 14)),
        ("14 listopada 2023", "%d %B %Y", "", None),
        ("14 listopada 2023", "%d %B %Y", "pl", datetime(2023, 11, 14)),
        ("14 listopada 2023", "%d %B %Y", "hr", datetime(2023, 10, 14)),
        ("14 Nonsense 2023", "%d %B %Y", "", None),
        ("31 juin 2023", "%d %B %Y", "", None),
        ("14 juillet", "%d %B", "", None),
        ("juillet 2023 9:12 xx", "%B %Y %I:%M %p", "", None),
    ],
)
def test_months_and_halves_of_the_day_are_known_in_every_language(
    text: str, pattern: str, language: str, moment: datetime | None
) -> None:
    manner = Manner(MADRID, (pattern,), language)
    try:
        found = read_timestamp(Cell(text, text), manner)
    except Unusable:
        found = None
    assert found == moment


@pytest.mark.parametrize("language", FORM_LANGUAGES)
def test_every_month_of_a_language_is_its_own(language: str) -> None:
    names = Locale.parse(language).months["format"]["wide"].items()
    spoken = {
        name: month for month, name in names if not any(map(str.isdigit, name))
    }  # “tháng 7” is “tháng %m”
    manner = Manner(MADRID, ("%d %B %Y",), language)
    assert {name: read_timestamp(Cell(f"1 {name} 2023"), manner).month for name in spoken} == spoken


def test_words_that_languages_use_for_different_months_stand_for_none() -> None:
    assert {"listopad", "lip"} & months("").keys() == set()
    assert (months("hr")["listopad"], months("pl")["listopad"]) == (10, 11)


@given(st.text(max_size=120), st.sampled_from(["%d %B %Y", "%A %d/%m/%y %I:%M %p %z", "%H:%M %d-%b-%Y"]))
def test_any_text_is_a_time_or_none(text: str, pattern: str) -> None:
    found = read_moment(Cell(text, text), Manner(MADRID, (pattern,)))
    assert found is None or found.microsecond == 0


def test_a_stated_offset_decides_who_was_late_and_the_key_stays_what_is_written() -> None:
    snapshot = responses("08-01 22:30 | ana@example.org | Ana Lopez | Manager | Yes")
    (entry,) = read_entries(snapshot, CALL)
    stamp = Cell("2023-08-01T22:30:00Z", "2023-08-01T22:30:00Z")
    (row,) = snapshot.rows
    at = snapshot.headers.index("Timestamp")
    stated = replace(snapshot, rows=(replace(row, cells=(*row.cells[:at], stamp, *row.cells[at + 1 :])),))
    (same,) = read_entries(stated, CALL)
    assert entry.response
    assert same.response
    assert same.key == entry.key
    assert same.response.submitted - entry.response.submitted == timedelta(hours=2)


def test_the_clock_of_the_stamps_can_be_another_than_the_calls() -> None:
    snapshot = responses("08-01 22:30 | ana@example.org | Ana Lopez | Manager | Yes")
    call = replace(CALL, columns=replace(CALL.columns, timestamp_zone=ZoneInfo("UTC")))
    (entry,) = read_entries(replace(snapshot, zone=MADRID), call)
    assert entry.response
    assert entry.response.submitted == datetime(2023, 8, 1, 22, 30, tzinfo=UTC)


def test_a_format_that_fits_nothing_is_named_where_something_cannot_be_read() -> None:
    texts = [Cell(text, text) for text in ("14/07/2023 09:00:00", "14. Juli 2023")]
    both = replace(MANNER, formats=(*FORMATS, "%Y/%m/%d"))
    assert idle_formats(texts, both) == ("%Y/%m/%d",)
    assert idle_formats(texts[:1], both) == ()
    assert idle_formats([Cell("x", datetime(2023, 7, 14))], both) == ()


def test_it_is_told_as_a_problem_of_the_configuration() -> None:
    snapshot = responses("07-14 09:30 | ana@example.org | Ana Lopez | Manager | Yes")
    (row,) = snapshot.rows
    odd = replace(
        snapshot, rows=(replace(row, cells=tuple(cell._replace(text="x", value="x") for cell in row.cells)),)
    )
    call = replace(CALL, columns=replace(CALL.columns, timestamp_formats=("%d.%m.%Y",)))
    assert stamp_problems(snapshot, call) == ()
    assert stamp_problems(odd, call) == (
        Problem(
            "config/call.yaml, timestamp_formats “%d.%m.%Y”",
            "fits no time stamp in the sheet, and some there cannot be read",
            "Correct it, or take it out; docs/form.md shows how it is written",
        ),
    )
