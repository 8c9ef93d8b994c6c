"""The tab `Convene` in a Google spreadsheet: how often Google is asked, and what people do in the moment between."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.model.controls import Controls, Glance
from tests.support.google_case import GoogleCase
from tests.support.google_fake import FakeGoogle
from tests.support.google_fake.people import RESPONSES_TAB
from tests.support.google_fake.schema import Json
from tests.support.own_tab import moved, own_tab
from tests.support.sheet_suite import ALL, ANA, OFFERED, PEOPLE, STAMP, change, expected, finding


@pytest.fixture
def case(google: FakeGoogle) -> GoogleCase:
    case = GoogleCase(google)
    case.make(ALL, [ANA])
    sheet = case.open()
    with sheet.lease(STAMP, set_up=True):
        sheet.write(finding(change("ana@example.org", OFFERED)), STAMP)
    sheet.show(own_tab(PEOPLE))
    return case


def charts(case: GoogleCase) -> list[Json]:
    tab = case.people.document.titled("Convene")
    assert tab is not None
    return tab.charts


def anchor(chart: Json) -> int:
    return int(chart["position"]["overlayPosition"]["anchorCell"]["rowIndex"])


def test_a_tab_that_is_as_it_should_be_costs_no_request(case: GoogleCase) -> None:
    sheet = case.open()
    sheet.read()
    before = sheet.calls
    assert (sheet.show(own_tab(PEOPLE)), sheet.calls - before) == (False, 0)
    assert before == 2


def test_what_organisers_set_is_looked_for_with_one_request(case: GoogleCase) -> None:
    sheet = case.open()
    sheet.read()
    case.put_in("Convene", 6, 2, "now")
    before = sheet.calls
    assert sheet.glance() == Glance(Controls(run_now="now"))
    assert sheet.calls - before == 1
    case.rename_tab("Convene", "For us")
    assert [sheet.glance(), sheet.glance()] == [Glance(Controls(run_now="now"))] * 2


def test_words_are_looked_for_in_the_same_request_wherever_their_column_is(case: GoogleCase) -> None:
    sheet = case.open()
    case.put_in("Convene", 6, 2, "now")
    case.type_into(2, "Decision", "Invite")
    seen = Glance(Controls(run_now="now"), words=("Invite",))

    def glance() -> tuple[Glance, int]:
        before = sheet.calls
        return sheet.glance(words=True), sheet.calls - before

    assert (glance()[0], glance(), glance()) == (seen, (seen, 1), (seen, 1))
    changes: tuple[tuple[Callable[..., None], tuple[str, ...]], ...] = (
        (case.move_column, ("Decision",)),
        (case.rename_header, ("Decision", "What we say")),
        (case.rename_tab, (RESPONSES_TAB, "Answers")),
        (case.rename_tab, ("Convene", "For us")),
    )
    for change_it, names in changes:
        change_it(*names)
        found, requests = glance()
        assert (found, requests > 1, glance()) == (seen, True, (seen, 1))
    case.type_into(2, "What we say", "Hold")
    assert glance() == (replace(seen, words=("Hold",)), 1)


@pytest.mark.parametrize("at", [1, 4, 7])
def test_rows_that_are_inserted_in_the_moment_of_a_write_harm_no_control(case: GoogleCase, at: int) -> None:
    case.put_in("Convene", 2, 2, "yes")
    case.put_in("Convene", 7, 2, "P-ABCDEF")
    sheet = case.open()
    sheet.read()
    left = [at, at]

    def act(method: str) -> None:
        while "batchUpdate" in method and left:
            case.insert_row_in("Convene", left.pop())

    case.google.before = act
    try:
        assert sheet.show(moved(own_tab(), 2))
    finally:
        case.google.before = lambda _method: None
    assert case.open().read().controls == Controls(pause=True, seen=("P-ABCDEF",))
    case.open().show(moved(own_tab(), 2))
    rows = case.cells_of("Convene")
    below = max(number for number, row in enumerate(rows, 1) if row[:1] == ("Seen",))
    assert rows[below:] == expected(moved(own_tab(), 2))


def test_charts_show_their_cells_and_lie_beside_them(case: GoogleCase) -> None:
    first, second, third = charts(case)
    assert [one["spec"]["basicChart"]["chartType"] for one in (first, second, third)] == [
        "BAR",
        "COLUMN",
        "LINE",
    ]
    charts(case).remove(third)
    before = [anchor(one) for one in (first, second, third)]
    case.open().show(moved(own_tab(PEOPLE), 2))
    drawn = {one["spec"]["title"]: one for one in charts(case)}
    assert list(drawn) == ["Status", "Places by <quota>", "Responses a day"]
    assert [anchor(one) for one in drawn.values()] == [row + 2 for row in before]
    sources = [
        one["domains"][0]["domain"]["sourceRange"]["sources"][0]["startRowIndex"]
        for one in (each["spec"]["basicChart"] for each in drawn.values())
    ]
    assert sources == [12, 12, 12]  # the names of what is shown stand right above it
    case.open().show(replace(own_tab(), charts=()))
    assert charts(case) == []


def test_every_link_finds_its_person_by_the_reference(case: GoogleCase) -> None:
    tab = case.people.document.titled("Convene")
    assert tab is not None
    formulas = [
        box.entered["formulaValue"]
        for line in tab.rows
        for box in line.cells
        if "formulaValue" in box.entered
    ]
    own = case.people.tab
    letters = "F"
    start = f'=IFERROR(HYPERLINK("#gid={own.id}&range=A"&MATCH("P-1";\'{own.title}\'!{letters}:{letters};0);'
    assert formulas[0] == f'{start}"Ana Fernández");"Ana Fernández")'
