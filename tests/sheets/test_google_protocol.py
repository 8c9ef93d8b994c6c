"""What Convene asks Google for: how often, in what order, and what happens in the moment between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from pipeline.model.errors import HeaderError, LeaseLost, SheetBusy, SheetError
from pipeline.model.sheet import ORGANISER_COLUMNS, OWN_COLUMNS, CellValue, OwnCells, Stamp
from pipeline.sheets.google.sheet import GoogleSheet
from pipeline.sheets.stamp_text import write_text
from tests.support.google_case import GoogleCase
from tests.support.google_fake import FakeGoogle, World, make_responses
from tests.support.sheet_suite import (
    ALL,
    ANA,
    BO,
    CY,
    DRESSING,
    FORM,
    NINE,
    OFFERED,
    WAITING,
    change,
    column,
    finding,
    without_own_columns,
)

SENDING, CLOSED = Stamp("ledger", 7, sending=True), Stamp("ledger", 8)
WITH_FORM = replace(DRESSING, form=FORM, moment="Timestamp")
BOTH = finding(change("ana@example.org", OFFERED), change("bo@example.org", WAITING))
NOTHING = finding()


@pytest.fixture
def case(google: FakeGoogle) -> Iterator[GoogleCase]:
    case = GoogleCase(google)
    google.calls.clear()
    yield case
    google.before = lambda _method: None


def in_the_gap(case: GoogleCase, *acts: object) -> None:
    """Let people act right before Convene's updates: one act before each."""
    left = list(acts)

    def act(method: str) -> None:
        if "batchUpdate" in method and left:
            one = left.pop(0)
            assert callable(one)
            one()

    case.google.before = act


def ready(case: GoogleCase, *rows: object) -> GoogleSheet:
    """Make a sheet that was set up, with responses."""
    case.make(FORM, [list(row) for row in rows])  # type: ignore[call-overload]  # cells of any type
    case.open().set_up()
    case.google.calls.clear()
    return case.open()


# --- how often ---------------------------------------------------------------------------------------------

TRIAL = 9
"""Requests by which a spreadsheet is tried out, once; one less where the first guard fails."""


def requests(case: GoogleCase, exchanging: int, stepwise: int) -> int:
    """Return how many requests something takes where numbers can be exchanged in one update, and where not."""
    return stepwise if case.google.world is World.VALIDATES_FIRST else exchanging


@pytest.mark.parametrize(("tabs", "taken"), [(0, 2), (1, 3), (5, 3)])
def test_an_idle_run_reads_once_and_looks_at_the_other_tabs(case: GoogleCase, tabs: int, taken: int) -> None:
    ready(case, ANA, BO)
    for number in range(tabs):
        case.people.add_tab(f"Budget {number}")
    sheet = case.open(setup=WITH_FORM)
    sheet.read()
    assert (sheet.calls, case.google.count()) == (taken, taken)


def test_replies_are_read_with_the_responses_in_no_request_of_their_own(case: GoogleCase) -> None:
    ready(case, ANA, BO)
    case.put_in("RSVP", 1, 1, "Timestamp")
    sheet = case.open(setup=replace(WITH_FORM, replies="RSVP"))
    replies = sheet.read().replies
    assert (replies and replies.headers, sheet.calls, case.google.count()) == (("Timestamp",), 2, 2)


def test_statuses_alone_take_four_requests(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    sheet.read()
    assert (sheet.set_up(), sheet.write(BOTH), sheet.calls) == (False, 2, requests(case, 4, 5))


def test_statuses_of_a_response_that_is_new_take_one_more_where_rows_are_held_by_marks(
    case: GoogleCase,
) -> None:
    sheet = ready(case, ANA)
    case.form.submit(*BO)
    sheet.read()
    is_held = case.google.world is World.TRAVELS
    assert (sheet.set_up(), sheet.write(BOTH), sheet.calls) == (False, 2, requests(case, 4, 5) + is_held)


def test_a_run_that_sends_takes_five_requests(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    sheet.read()
    with sheet.lease(SENDING, set_up=True):
        assert case.open().read().stamp == SENDING
        sheet.write(BOTH, CLOSED)
    assert (sheet.calls, case.open().read().stamp) == (requests(case, 5, 9), CLOSED)


def test_the_first_run_tries_out_the_spreadsheet_before(case: GoogleCase) -> None:
    case.make(FORM, [ANA, BO])
    sheet = case.open()
    sheet.read()
    with sheet.lease(SENDING, set_up=True):
        sheet.write(BOTH, CLOSED)
    taken = requests(case, 5 + 1 + TRIAL, 9 + 1 + TRIAL - 1)  # it is read again after the trial
    assert (sheet.calls, column(case, "Status")) == (taken, ("Offered", "Waiting list"))


def test_looking_again_while_sending_takes_two_requests(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    with sheet.lease(SENDING):
        before = sheet.calls
        sheet.write(finding(change("ana@example.org", OFFERED)))
        assert sheet.calls - before == requests(case, 2, 3)
        before = sheet.calls
        sheet.write(finding(change("ana@example.org", OFFERED)))
        assert sheet.calls - before == 1  # nothing to write, and the lease lasts
        case.time.passed += 20 * 60
        before = sheet.calls
        sheet.write(finding(change("ana@example.org", OFFERED)))
        assert sheet.calls - before == requests(case, 2, 3)  # the lease is renewed
        sheet.write(BOTH, CLOSED)


@pytest.mark.parametrize("times", [0, 1, 2, 5])
def test_a_run_takes_at_worst_two_or_three_requests_more_for_each_time_that_people_move_rows(
    case: GoogleCase, times: int
) -> None:
    sheet = ready(case, CY, ANA, BO)
    sheet.read()
    with sheet.lease(SENDING, set_up=True):
        turns = [lambda: case.sort("Email address"), lambda: case.sort("Answer")] * 3
        in_the_gap(case, *turns[:times])
        sheet.write(BOTH, CLOSED)
    assert sheet.calls <= requests(case, 5 + 2 * times, 9 + 3 * times)
    found = dict(zip(column(case, "Email address"), column(case, "Status"), strict=True))
    assert found == {"ana@example.org": "Offered", "bo@example.org": "Waiting list", "cy@example.org": ""}


def test_much_is_written_in_several_updates(case: GoogleCase) -> None:
    many = [(NINE, f"p{number}@example.org", "Yes") for number in range(700)]
    sheet = ready(case, *many)
    long = OwnCells("P-1", "Members", "Offered", "a reason " * 400, "", "", "now")
    assert sheet.write(finding(*(change(address, long) for _, address, _ in many)), CLOSED) == 700
    assert case.google.count(writes=True) == requests(case, 2, 3)
    assert column(case, "Status") == ("Offered",) * 700
    assert case.open().read().stamp == CLOSED


# --- between reading and writing ---------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["Email address", "Timestamp"])
def test_rows_sorted_in_the_gap_are_repaired(case: GoogleCase, header: str) -> None:
    sheet = ready(case, CY, BO, ANA)
    sheet.write(finding(change("cy@example.org", OFFERED)))
    before = {tuple(row[:3]) for row in case.cells()}
    in_the_gap(case, lambda: case.sort(header))
    sheet.write(BOTH)
    headers, *rows = case.cells()
    status = headers.index("Status")
    assert {row[1]: row[status] for row in rows} == {
        "cy@example.org": "Offered",
        "bo@example.org": "Waiting list",
        "ana@example.org": "Offered",
    }
    assert {tuple(row[:3]) for row in case.cells()} == before


def test_what_came_to_stand_in_a_blank_row_is_found_where_blank_rows_are_moved(case: GoogleCase) -> None:
    """They look alike: the answer to an update cannot tell which of them was emptied."""
    sheet = ready(case, ANA, BO)
    case.insert_row(2)
    case.insert_row(2)
    in_the_gap(case, lambda: case.people.move_row(3, 1), lambda: case.people.move_row(3, 2))
    sheet.write(BOTH)
    found = sorted(zip(column(case, "Email address"), column(case, "Status"), strict=True))
    assert found == [("", ""), ("", ""), ("ana@example.org", "Offered"), ("bo@example.org", "Waiting list")]


def test_a_response_that_comes_in_the_gap_gets_nobodys_status(case: GoogleCase) -> None:
    sheet = ready(case, ANA)
    in_the_gap(case, lambda: case.form.submit(*CY), lambda: None)
    sheet.write(finding(change("ana@example.org", OFFERED)))
    assert (
        dict(zip(column(case, "Email address"), column(case, "Status"), strict=True))["cy@example.org"] == ""
    )


def test_columns_moved_in_the_gap_are_never_written_over(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    before = without_own_columns(case)
    in_the_gap(case, lambda: case.people.insert_column(2), lambda: case.people.move_column(12, 0))
    sheet.write(BOTH)
    statuses = [call.status for call in case.google.calls if call.is_write]
    assert statuses == ([200] if case.google.world is World.VALIDATES_FIRST else [400, 400, 200])
    assert column(case, "Status") == ("Offered", "Waiting list")
    assert sorted(map(sorted, without_own_columns(case)))[1:] == sorted(map(sorted, _with_blank(before)))[1:]


def _with_blank(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [[*row, ""] for row in rows]


def test_the_last_column_of_ours_deleted_in_the_gap_spoils_nobody_elses(case: GoogleCase) -> None:
    sheet = ready(case, ANA)
    at = case.people.column("Updated")
    case.people.insert_column(at + 1)
    case.people.type(0, at + 1, "Room")
    case.people.type(1, at + 1, "12")
    sheet.write(finding(change("ana@example.org", WAITING)))
    in_the_gap(case, lambda: case.people.delete_column(at))
    with pytest.raises(HeaderError, match="no column is headed “Updated”"):
        sheet.write(finding(change("ana@example.org", OFFERED)))
    assert column(case, "Room") == ("12",)


def test_people_who_never_leave_the_sheet_alone_are_waited_for_and_then_left_to_the_next_run(
    case: GoogleCase,
) -> None:
    sheet = ready(case, CY, BO, ANA)
    email = case.people.column("Email address")
    sort = partial(case.people.sort, email)
    in_the_gap(case, *[lambda: sort(descending=case.people.said(1, "Email address") < "bo")] * 30)
    refused = case.google.world is World.TRAVELS  # the row is elsewhere by then: nothing is written
    said = "the spreadsheet was changed in the moment of" if refused else "rows were moved whenever"
    with pytest.raises(SheetBusy, match=said):
        sheet.write(BOTH)
    assert case.time.slept[:7] == [1, 2, 4, 8, 16, 32, 32]
    assert 200 < case.time.passed < 300
    assert not (refused and any(column(case, "Status")))
    in_the_gap(case)
    sheet.write(BOTH)


def test_a_form_that_is_sent_in_again_and_again_is_waited_for(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    in_the_gap(case, *[lambda: case.form.submit(*CY)] * 6)
    sheet.write(BOTH)
    assert column(case, "Status")[:2] == ("Offered", "Waiting list")
    assert not any(column(case, "Status")[2:])


def test_what_is_typed_in_other_columns_meanwhile_makes_no_second_write(case: GoogleCase) -> None:
    case.make((*FORM, "Room"), [(*ANA, ""), (*BO, "")])
    case.open(setup=WITH_FORM).set_up()
    case.google.calls.clear()

    def type_here_and_there() -> None:
        case.type_into(2, "Organiser note", "called her")
        case.type_into(3, "Room", "12")

    in_the_gap(case, type_here_and_there)
    case.open(setup=WITH_FORM).write(BOTH)
    assert (case.google.count(writes=True), column(case, "Room")) == (1, ("", "12"))


def test_rows_are_known_by_columns_that_are_headed_otherwise(case: GoogleCase) -> None:
    case.make(FORM, [CY, BO, ANA])
    sheet = case.open(setup=replace(DRESSING, form=("Fecha",), or_headed=FORM))
    sheet.set_up()
    in_the_gap(case, lambda: case.sort("Email address"))
    sheet.write(BOTH)
    assert column(case, "Status") == ("Offered", "Waiting list", "")


def test_an_edit_of_organisers_in_the_gap_stays(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    in_the_gap(case, lambda: case.type_into(2, "Decision", "offer"))
    sheet.write(BOTH)
    assert (column(case, "Decision"), column(case, "Status")) == (("offer", ""), ("Offered", "Waiting list"))


# --- the lease ---------------------------------------------------------------------------------------------


def test_a_second_machine_waits(case: GoogleCase) -> None:
    ready(case, ANA)
    with case.open().lease(SENDING):
        for act in (case.open().lease, lambda: case.open().write(BOTH)):
            with pytest.raises(SheetBusy, match=r"holds it until 07:30 \(CEST\)"):
                act()
    with case.open().lease(SENDING):
        pass


def test_of_two_that_read_before_only_one_gets_it(case: GoogleCase) -> None:
    ready(case, ANA)
    one, other = case.open(), case.open()
    one.read(), other.read()
    with one.lease(SENDING), pytest.raises(SheetBusy, match="another run of Convene holds it"):
        other.lease(Stamp("another", 1, sending=True))
    assert case.open().read().stamp == SENDING


def test_a_run_that_came_and_went_since_the_sheet_was_read_is_noticed(case: GoogleCase) -> None:
    ready(case, ANA)
    one, other = case.open(), case.open()
    one.read(), other.read()
    with one.lease(SENDING):
        one.write(BOTH, CLOSED)
    with pytest.raises(SheetBusy, match="another run of Convene has just written to this sheet"):
        other.lease(Stamp("another", 1, sending=True))
    assert case.open().read().stamp == CLOSED


def test_a_lease_of_a_run_that_was_killed_ends_by_itself(case: GoogleCase) -> None:
    ready(case, ANA)
    case.open().lease(SENDING)
    case.time.passed += 29 * 60
    with pytest.raises(SheetBusy):
        case.open().lease(SENDING)
    case.time.passed += 2 * 60
    with case.open().lease(SENDING):
        pass


def test_a_run_that_slept_too_long_sends_nothing_more(case: GoogleCase) -> None:
    ready(case, ANA)
    asleep = case.open()
    with asleep.lease(SENDING):
        case.time.passed += timedelta(hours=1).total_seconds()
        case.open().lease(Stamp("ledger", 9, sending=True))
        with pytest.raises(LeaseLost, match="took it over while this one was stuck"):
            asleep.write(BOTH)
    assert column(case, "Status") == ("",)
    with pytest.raises(SheetBusy):  # the other one's lease was not given back
        case.open().lease()


def test_rows_are_not_put_right_over_another_run_that_came_after_the_closing_stamp(case: GoogleCase) -> None:
    sheet = ready(case, CY, BO, ANA)
    sheet.read()
    theirs = Stamp("another", 1)

    def let_another_run() -> None:
        (stamp,) = [mark for mark in case.people.document.metadata if mark.key == "convene.stamp"]
        stamp.value = write_text(theirs)

    with sheet.lease(SENDING):
        in_the_gap(case, lambda: case.sort("Email address"), let_another_run)
        with pytest.raises(LeaseLost):
            sheet.write(BOTH, CLOSED)
    statuses = {
        World.TRAVELS: ("", "", ""),  # refused, as the rows were elsewhere
        World.STAYS: ("", "Waiting list", "Offered"),
        World.VALIDATES_FIRST: (
            "Offered",
            "Waiting list",
            "",
        ),  # the lease ends after all stands where it belongs
    }
    assert (case.open().read().stamp, column(case, "Status")) == (theirs, statuses[case.google.world])


@pytest.mark.parametrize("error", [SheetError("no"), KeyboardInterrupt()])
def test_only_a_program_that_goes_on_gives_the_lease_back(case: GoogleCase, error: BaseException) -> None:
    ready(case, ANA)
    with pytest.raises(type(error)), case.open().lease(SENDING):
        raise error
    if isinstance(error, KeyboardInterrupt):
        case.time.passed += 31 * 60
    with case.open().lease(SENDING):
        pass


@pytest.mark.parametrize("value", ["nonsense", "holder never", "a b c"])
def test_a_lease_that_nobody_understands_holds_nobody_up(case: GoogleCase, value: str) -> None:
    ready(case, ANA)
    case.open().lease(SENDING)
    (lease,) = [mark for mark in case.people.document.metadata if mark.key == "convene.lease"]
    lease.value = value
    with case.open().lease(SENDING):
        assert lease.value == value
    assert not [mark for mark in case.people.document.metadata if mark.key == "convene.lease"]


# --- what people rename and protect ------------------------------------------------------------------------


KNOWN = "; Convene goes by its mark, and says so once"


def test_a_renamed_tab_is_found_by_its_mark_and_told_once(case: GoogleCase) -> None:
    ready(case, ANA, BO)
    case.people.rename_tab("Applications")
    case.people.add_tab("Budget")
    sheet = case.open()
    (problem,) = sheet.read().problems
    back = "Give it its name back, or write “Applications” as sheet.tab in config/service.yaml"
    assert (problem.what, problem.next_step) == (
        "the tab “Form responses 1” is called “Applications” now",
        back + KNOWN,
    )
    assert (sheet.calls, sheet.write(BOTH), sheet.calls) == (4, 2, requests(case, 6, 7))
    case.open().read()
    told = case.open()
    told.read()
    told.acknowledge()
    assert (case.open().read().problems, case.open("Applications").read().problems) == ((), ())
    case.people.rename_tab("Applicants")
    assert len(case.open().read().problems) == 1


def test_a_new_tab_under_the_old_name_is_not_the_one_that_is_meant(case: GoogleCase) -> None:
    ready(case, ANA, BO)
    case.people.rename_tab("Applications")
    case.people.add_tab("Form responses 1")
    sheet = case.open()
    (problem,) = sheet.read().problems
    assert (problem.what, problem.next_step) == (
        "the tab “Form responses 1” is called “Applications” now, and another one bears its name",
        "Write “Applications” as sheet.tab in config/service.yaml" + KNOWN,
    )
    with sheet.lease(SENDING, set_up=True):
        sheet.write(BOTH, CLOSED)
    assert column(case, "Status") == ("Offered", "Waiting list")
    assert not any(line.cells for line in case.people.document.tabs[0].rows)
    assert case.open().read().problems == ()


def test_a_tab_that_is_named_in_the_configuration_anew_is_the_one_that_is_meant(case: GoogleCase) -> None:
    ready(case, ANA)
    case.people.add_tab("Another form")
    assert case.open("Another form").read().rows == ()


def second_tab(case: GoogleCase, *rows: Sequence[CellValue]) -> None:
    """Let the form be linked anew: it makes a tab of its own, with these responses."""
    other, _, _ = make_responses("other", FORM, rows)
    (tab,) = other.tabs
    tab.id, tab.title = 99, "Form responses 2"
    case.people.document.tabs.append(tab)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([ANA, BO], ()),  # a copy
        ([], ()),
        ([ANA, BO, CY], ("1 response in the tab “Form responses 2” came after all that are here",)),
        ([CY, CY], ("2 responses in the tab “Form responses 2” came after all that are here",)),
    ],
)
def test_new_responses_in_another_tab_are_told_and_a_copy_of_old_ones_is_not(
    case: GoogleCase, rows: list[Sequence[CellValue]], said: tuple[str, ...]
) -> None:
    ready(case, BO, ANA)
    second_tab(case, *rows)
    case.people.add_tab("Budget")
    problems = case.open(setup=WITH_FORM).read().problems
    assert tuple(problem.what.partition(":")[0] for problem in problems) == said
    assert all("write it as sheet.tab in config/service.yaml" in problem.next_step for problem in problems)


def test_another_tab_that_is_renamed_at_that_moment_holds_nobody_up(case: GoogleCase) -> None:
    ready(case, ANA)
    second_tab(case, CY)
    gets = iter(range(9))

    def rename(method: str) -> None:
        if method == "spreadsheets.get" and next(gets) == 2:
            case.people.document.tabs[-1].title = "Old"

    case.google.before = rename
    assert case.open(setup=WITH_FORM).read().problems == ()


def test_a_tab_that_is_not_there_is_an_error_that_names_the_others(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    with pytest.raises(SheetError, match="has no tab “Answers”; it has 1 tab: “Form responses 1”"):
        case.open("Answers").read()


@pytest.mark.parametrize("header", [*OWN_COLUMNS[::3], ORGANISER_COLUMNS[0]])
def test_a_renamed_header_is_known_by_its_mark_and_reported(case: GoogleCase, header: str) -> None:
    sheet = ready(case, ANA, BO)
    case.rename_header(header, "Something else")
    snapshot = sheet.read()
    assert (snapshot.headers, [problem.what for problem in snapshot.problems]) == (
        ALL,
        [f"the column “{header}” has the header “Something else” now"],
    )
    assert sheet.write(BOTH) == 2
    assert case.cells()[0] == tuple("Something else" if name == header else name for name in ALL)


def test_a_renamed_column_is_told_once_and_a_question_with_both_ways_out(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    case.open(setup=WITH_FORM).set_up()
    case.rename_header("Answer", "Your answer")
    sheet = case.open(setup=WITH_FORM)
    (problem,) = sheet.read().problems
    assert problem.next_step == (
        "Type “Answer” into its first cell again, or write “Your answer” in its place under columns in "
        "config/call.yaml; Convene knows the column either way, and says so once"
    )
    before = sheet.calls
    sheet.acknowledge()
    sheet.acknowledge()
    assert (sheet.calls - before, case.open(setup=WITH_FORM).read().problems) == (1, ())
    assert case.open(setup=WITH_FORM).read().headers == ALL
    case.open(setup=WITH_FORM).write(finding(change("ana@example.org", OFFERED)))
    assert case.open(setup=WITH_FORM).read().problems == ()
    case.rename_header("Your answer", "What do you say?")
    (problem,) = case.open(setup=WITH_FORM).read().problems
    assert problem.what == "the column “Answer” has the header “What do you say?” now"


def test_nothing_is_kept_where_nothing_was_told(case: GoogleCase) -> None:
    sheet = ready(case, ANA)
    sheet.read()
    before = sheet.calls
    sheet.acknowledge()
    case.rename_header("Status", "Where they stand")
    never_set_up = GoogleCase(case.google)
    never_set_up.make(ALL, [ANA])
    other = never_set_up.open()
    other.read()
    other.acknowledge()
    assert (sheet.calls - before, other.calls) == (0, 2)


def test_a_header_that_was_emptied_is_known_by_its_mark(case: GoogleCase) -> None:
    sheet = ready(case, ANA)
    case.rename_header("Updated", "")
    (problem,) = sheet.read().problems
    assert problem.what == "the column “Updated” lost its header"


def test_a_header_in_row_one_counts_more_than_a_mark(case: GoogleCase) -> None:
    sheet = ready(case, ANA)
    case.rename_header("Category", "Notes")
    case.people.type(0, case.people.column("Updated") + 1, "Category")
    assert sheet.read().problems == ()
    sheet.write(finding(change("ana@example.org", OFFERED)))
    assert (column(case, "Notes"), column(case, "Category")) == (("",), ("Members",))


def test_a_protection_that_keeps_convene_out_stops_before_anything_is_sent(case: GoogleCase) -> None:
    sheet = ready(case, ANA)
    at = case.people.column("Status")
    case.people.protect(at, at + 1)
    for act in (lambda: sheet.lease(SENDING), lambda: sheet.write(BOTH)):
        with pytest.raises(SheetError, match="A protected range keeps Convene from writing"):
            act()
    assert case.google.count(writes=True) == 0


def protect_row(case: GoogleCase, row: int) -> None:
    """Let nobody but the owner change a whole row (from 0)."""
    place = {"sheetId": case.people.tab.id, "startRowIndex": row, "endRowIndex": row + 1}
    case.people.tab.protections.append({"protectedRangeId": 99, "range": place})


def test_a_protected_header_row_holds_nobody_up(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    protect_row(case, 0)
    sheet.read()
    with sheet.lease(SENDING, set_up=True):
        sheet.write(BOTH, CLOSED)
    assert column(case, "Status") == ("Offered", "Waiting list")


def test_a_protected_header_row_keeps_set_up_out_and_is_named(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    protect_row(case, 0)
    for act in (case.open().set_up, lambda: case.open().lease(SENDING, set_up=True)):
        with pytest.raises(SheetError, match="A protected range keeps Convene from writing"):
            act()
    assert (case.cells()[0], [tab.title for tab in case.people.document.tabs]) == (FORM, ["Form responses 1"])


def test_a_protected_row_of_a_response_stops_before_anything_is_sent(case: GoogleCase) -> None:
    sheet = ready(case, ANA, BO)
    protect_row(case, 2)
    with pytest.raises(SheetError, match="A protected range keeps Convene from writing"):
        sheet.lease(SENDING)
    assert sheet.write(finding(change("ana@example.org", OFFERED))) == 1


def test_a_protection_that_comes_in_the_gap_is_named_too(case: GoogleCase) -> None:
    sheet = ready(case, ANA)
    at = case.people.column("Status")
    in_the_gap(case, lambda: case.people.protect(at, at + 1))
    with pytest.raises(SheetError, match="A protected range keeps Convene from writing"):
        sheet.write(BOTH)
    assert column(case, "Status") == ("",)


# --- set-up ------------------------------------------------------------------------------------------------


def test_set_up_is_done_once(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    assert (case.open().set_up(), case.open().set_up()) == (True, False)
    assert case.google.count() == requests(case, 4 + TRIAL, 5 + TRIAL - 1)


def test_set_up_dresses_the_columns(case: GoogleCase) -> None:
    ready(case, ANA)
    tab = case.people.tab
    decision, status = case.people.column("Decision"), case.people.column("Status")
    rule = tab.rows[-1].box(decision).rule
    assert [value["userEnteredValue"] for value in rule["condition"]["values"]] == ["offer", "hold"]
    assert [
        (one["ranges"][0]["startColumnIndex"], one["booleanRule"]["condition"]["values"])
        for one in tab.colours
    ] == [(status, [{"userEnteredValue": "Offered"}]), (status, [{"userEnteredValue": "Waiting list"}])]
    (protection,) = tab.protections
    place, first = protection["range"], case.people.column("Reference")
    assert (protection["warningOnly"], place["startColumnIndex"], place["endColumnIndex"]) == (
        True,
        first,
        first + 7,
    )


def test_set_up_where_every_column_of_the_grid_is_used(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    while len(case.people.tab.columns) > 3:
        case.people.delete_column(3)
    assert case.open().set_up()
    assert case.cells()[0] == ALL
    ends = [mark.uid for mark in case.people.document.metadata if mark.key == "convene.end.columns"]
    assert ends == (
        [case.people.tab.columns[-1].uid] if case.google.world is not World.VALIDATES_FIRST else []
    )
    assert case.open().write(finding(change("ana@example.org", OFFERED))) == 1


def test_set_up_into_a_grid_with_room_to_spare(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    case.people.insert_column(3)
    case.people.insert_column(3)
    assert case.open().set_up()
    assert (case.cells()[0], len(case.people.tab.columns)) == (ALL, len(ALL) + 2)


def test_what_people_type_while_the_columns_are_added_stays(case: GoogleCase) -> None:
    case.make(FORM, [ANA])

    def add_a_column() -> None:
        case.people.insert_column(3)
        case.people.type(0, 3, "Phone")

    in_the_gap(case, add_a_column)
    assert case.open().set_up()
    assert sorted(case.cells()[0]) == sorted((*ALL, "Phone"))


def test_columns_typed_by_hand_are_marked(case: GoogleCase) -> None:
    case.make(ALL, [ANA])
    assert not case.open().set_up()
    case.rename_header("Status", "Where they stand")
    assert case.open().write(finding(change("ana@example.org", OFFERED))) == 1
    assert column(case, "Where they stand") == ("Offered",)
