"""The pieces that a workbook is patched with: XML edits, rectangles of cells, moments, styles."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import numbers
from openpyxl.utils import datetime as theirs

from pipeline.sheets.cells import Moment
from pipeline.sheets.column_letters import column_letters
from pipeline.sheets.xlsx import frame, styles
from pipeline.sheets.xlsx.elements import as_utf8, insert, parse, rewritten, splice, tag
from pipeline.sheets.xlsx.moments import BUILT_IN, from_iso, from_serial, is_moment, to_serial
from pipeline.sheets.xlsx.package import WORKBOOK_ORDER
from pipeline.sheets.xlsx.places import Rectangle, areas, column_number

ORDERS = (frame.ORDER, styles.ORDER, WORKBOOK_ORDER)


@given(
    st.sampled_from(ORDERS).flatmap(lambda order: st.tuples(st.just(order), st.sets(st.sampled_from(order)))),
    st.data(),
)
def test_a_new_element_stands_where_the_schema_has_it(
    chosen: tuple[tuple[str, ...], set[str]], data: st.DataObject
) -> None:
    order, there = chosen
    name = data.draw(st.sampled_from([one for one in order if one not in there] or [order[0]]))
    if name in there:
        return
    xml = "<a>{}</a>".format("".join(f"<{one}/>" for one in order if one in there)).encode()
    fresh = parse(splice(xml, [insert(xml, parse(xml), order, name, tag("", name, {}))]))
    assert [one.name for one in fresh.children] == [one for one in order if one in {*there, name}]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<a b="1" c="2"/>', '<a c="2" b="&lt;9&gt;"/>'),
        ("<a\n  c = '>' >x</a>", "<a\n  c = '>' b=\"&lt;9&gt;\">x</a>"),
        ('<n:a xmlns:n="n" n:b="1"><c/></n:a>', '<n:a xmlns:n="n" n:b="1" b="&lt;9&gt;"><c/></n:a>'),
        ("<a></a>", '<a b="&lt;9&gt;"/>'),
    ],
)
def test_an_attribute_is_set_and_all_else_stays(xml: str, expected: str) -> None:
    data = xml.encode()
    root = parse(data)
    assert (
        splice(data, [rewritten(data, root, {"b": "<9>"}, data[root.inner : root.stop])]).decode() == expected
    )


@pytest.mark.parametrize("xml", [b"<!DOCTYPE a><a/>", b'<?xml version="1.0" encoding="no-such"?><a/>'])
def test_xml_that_no_workbook_has_is_refused(xml: bytes) -> None:
    with pytest.raises(ValueError, match=r"document type|encoding"):
        parse(as_utf8(xml))


COLUMNS = st.integers(1, 30)


@given(COLUMNS, COLUMNS, COLUMNS, COLUMNS)
def test_a_rectangle_without_some_columns_holds_the_others(
    left: int, right: int, first: int, last: int
) -> None:
    area = Rectangle(min(left, right), 2, max(left, right), 9)
    first, last = min(first, last), max(first, last)
    kept = [
        column for piece in area.without_columns(first, last) for column in range(piece.left, piece.right + 1)
    ]
    assert kept == [column for column in range(area.left, area.right + 1) if not first <= column <= last]
    assert areas(str(area)) == (area,)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("A1", (Rectangle(1, 1, 1, 1),)),
        (
            "$c$3:a1 F:F 2:3",
            (Rectangle(1, 1, 3, 3), Rectangle(6, 1, 6, 1_048_576), Rectangle(1, 2, 16_384, 3)),
        ),
        ("#REF! nowhere1x :", ()),
        ("", ()),
    ],
)
def test_cells_are_read_as_a_file_names_them(said: str, found: tuple[Rectangle, ...]) -> None:
    assert areas(said) == found


@given(st.integers(1, 16_384))
def test_letters_name_their_column(column: int) -> None:
    assert column_number(f"{column_letters(column)}1", 0) == column


@given(st.floats(-2_000_000, 4_000_000), st.booleans(), st.booleans())
def test_serial_numbers_mean_what_another_library_says(
    serial: float, from_1904: bool, is_length: bool
) -> None:
    epoch = theirs.MAC_EPOCH if from_1904 else theirs.WINDOWS_EPOCH
    try:
        expected = theirs.from_excel(serial, epoch, timedelta=is_length)
    except OverflowError:
        with pytest.raises(OverflowError):
            from_serial(serial, from_1904=from_1904, is_length=is_length)
        return
    assert near(from_serial(serial, from_1904=from_1904, is_length=is_length), expected)


def near(found: Moment, expected: Moment) -> bool:
    """Whether two moments of one kind are two thousandths of a second apart at most."""
    assert type(found) is type(expected)
    return abs(seconds(found) - seconds(expected)) <= 0.002


def seconds(moment: Moment) -> float:
    if isinstance(moment, timedelta):
        return moment.total_seconds()
    if isinstance(moment, datetime):
        return (moment - datetime.fromisoformat("1900-01-01")).total_seconds()
    assert isinstance(moment, time)
    return seconds(datetime.combine(datetime.fromisoformat("1900-01-01"), moment))


@given(st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("9999-12-01")))
def test_a_moment_is_stored_to_the_millisecond(moment: datetime) -> None:
    assert near(from_serial(to_serial(moment), from_1904=False, is_length=False), moment)


SIGNS = ("y", "m", "d", "h", "s", "[h]", "[Red]", '"days"', "0", "#", r"\d", ".", ";", "AM/PM", "_h", "@")
CODES = st.lists(st.sampled_from(SIGNS))


@given(CODES.map("".join) | st.sampled_from(sorted(BUILT_IN.values())))
def test_formats_of_moments_are_known_as_another_library_knows_them(code: str) -> None:
    assert is_moment(code)[0] == numbers.is_date_format(code)


def test_the_formats_that_every_program_knows_are_known() -> None:
    known = {int(number): code for number, code in BUILT_IN.items() if number != "47"}
    same = {
        number: code for number, code in numbers.BUILTIN_FORMATS.items() if number in known and number != 44
    }
    assert {number: code for number, code in known.items() if number != 44} == same


@pytest.mark.parametrize(
    "stored",
    ["2023-07-14", "2023-07-14T09:12:33", "2023-07-14T09:12:33.5Z", "09:12:33", "T09:12", "PT36H5M1.5S"],
)
def test_dates_of_iso_8601_mean_what_another_library_says(stored: str) -> None:
    assert from_iso(stored) == theirs.from_ISO8601(stored)  # type: ignore[no-untyped-call]  # not in its stubs
