"""Cells of a Google spreadsheet as what the person meant."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.sheet import BLANK, Cell
from pipeline.sheets.google.cells import DAY_ZERO, FAULTS, read_cell


def number(value: float, shown: str = "", kind: str = "", pattern: str = "") -> dict[str, Any]:
    """Return a number as Google answers it."""
    style = {name: text for name, text in (("type", kind), ("pattern", pattern)) if text}
    data: dict[str, Any] = {"effectiveValue": {"numberValue": value}}
    return data | {"formattedValue": shown} | ({"effectiveFormat": {"numberFormat": style}} if style else {})


def text(value: str) -> dict[str, Any]:
    return {"formattedValue": value}


@pytest.mark.parametrize(
    "data",
    [{}, {"userEnteredValue": {"formulaValue": "=A1"}}, text(""), {"effectiveFormat": {"numberFormat": {}}}],
)
def test_nothing_is_blank(data: dict[str, Any]) -> None:
    assert read_cell(data) == BLANK


@pytest.mark.parametrize(
    "said",
    [
        "0471",
        "+32 470 00 00 00",
        "#REF!",
        "TRUE",
        "1,5",
        "nan",
        "inf",
        "8085807e40000000",
        " spaced ",
        "=1+1",
    ],
)
def test_text_stays_text(said: str) -> None:
    assert read_cell(text(said)) == Cell(said, said)


def test_line_ends_are_line_feeds() -> None:
    assert read_cell(text("one\r\ntwo\rthree")) == Cell("one\ntwo\nthree", "one\ntwo\nthree")


@pytest.mark.parametrize(
    ("data", "shown", "value"),
    [
        (number(3, "3"), "3", 3.0),
        (number(1.5, "1,5"), "1.5", 1.5),
        (number(32471123456, "32471123456"), "32471123456", 32471123456.0),
        (number(0.1 + 0.2, "0.3"), "0.3", 0.1 + 0.2),
        (number(471, "0471", "NUMBER", "0000"), "0471", 471.0),
        (number(0.25, "25%", "PERCENT", "0%"), "25%", 0.25),
        (number(5, "", "NUMBER", "00"), "05", 5.0),
    ],
)
def test_numbers_are_shown_as_people_see_them(data: dict[str, Any], shown: str, value: float) -> None:
    assert read_cell(data) == Cell(shown, value)


@pytest.mark.parametrize(("truth", "shown"), [(True, "TRUE"), (False, "FALSE")])
def test_truth_is_no_number(truth: bool, shown: str) -> None:
    data = {"effectiveValue": {"boolValue": truth}, "formattedValue": "VRAI" if truth else "FAUX"}
    found = read_cell(data)
    assert found == Cell(shown, truth)
    assert isinstance(found.value, bool)


@pytest.mark.parametrize(
    ("value", "kind", "shown", "expected"),
    [
        (45121.3837152778, "DATE_TIME", "2023-07-14 09:12:33", datetime(2023, 7, 14, 9, 12, 33)),
        (45121, "DATE_TIME", "2023-07-14 00:00:00", datetime(2023, 7, 14)),
        (45121, "DATE", "2023-07-14", datetime(2023, 7, 14)),
        (45121.5, "DATE", "2023-07-14 12:00:00", datetime(2023, 7, 14, 12)),
        (0.5, "TIME", "12:00:00", "12:00:00"),
        (1.5, "TIME", "36:00", "36:00"),
        (-1e9, "DATE", "36:00", "36:00"),
    ],
)
def test_times_are_read_to_the_second(value: float, kind: str, shown: str, expected: object) -> None:
    assert read_cell(number(value, "36:00", kind, "d/M/yyyy")) == Cell(shown, expected)  # type: ignore[arg-type]  # fields and values by name


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_a_serial_of_ten_decimals_gives_the_second_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    serial = round((moment - DAY_ZERO) / timedelta(days=1), 10)
    assert read_cell(number(serial, "x", "DATE_TIME", "d/M/yyyy")).value == moment


def test_a_formula_is_its_result() -> None:
    data = {"userEnteredValue": {"formulaValue": "=A1"}, "formattedValue": "yes"}
    assert read_cell(data) == Cell("yes", "yes")
    assert read_cell({"formattedValue": "spilt from above"}).text == "spilt from above"


@pytest.mark.parametrize("result", [{"numberValue": 32470000000}, {"errorValue": {"type": "ERROR"}}])
def test_a_telephone_number_taken_for_a_formula_is_what_was_typed(result: dict[str, Any]) -> None:
    data = {"userEnteredValue": {"formulaValue": "=+32 470 00-00.00"}, "effectiveValue": result}
    assert read_cell(data) == Cell("+32 470 00-00.00", "+32 470 00-00.00")


@pytest.mark.parametrize(("kind", "shown"), [*FAULTS.items(), ("SOMETHING_NEW", "#ERROR!")])
def test_an_error_is_a_fault_and_no_text(kind: str, shown: str) -> None:
    assert read_cell({"effectiveValue": {"errorValue": {"type": kind}}}) == Cell(shown, None, shown)


def test_a_format_typed_by_people_counts_where_none_is_in_effect() -> None:
    data = {"effectiveValue": {"numberValue": 7}, "userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    assert read_cell(data).value == datetime(1900, 1, 6)
