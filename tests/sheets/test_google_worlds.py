"""What is tried out before anything is leaned on, and what holds whatever Google turns out to do."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.model.errors import SheetBusy, SheetError
from pipeline.model.sheet import Stamp
from pipeline.sheets.google.api import Api
from pipeline.sheets.google.patience import Timing
from pipeline.sheets.google.proof import NOTHING, Proof
from pipeline.sheets.google.trial import TabTrial, try_out
from tests.support.google_case import GoogleCase
from tests.support.google_fake import FakeGoogle, World
from tests.support.google_fake.faults import DOWN, DOWN_AFTER, RESET_AFTER
from tests.support.google_fake.requests import KINDS
from tests.support.sheet_suite import ALL, ANA, BO, CY, FORM, OFFERED, WAITING, change, column, finding

BOTH = finding(change("ana@example.org", OFFERED), change("bo@example.org", WAITING))
STATUSES = {"ana@example.org": "Offered", "bo@example.org": "Waiting list", "cy@example.org": ""}
FOUND = {
    World.TRAVELS: Proof(exchanges=True, travels=True, answers=True),
    World.STAYS: Proof(exchanges=True, travels=False, answers=True),
    World.VALIDATES_FIRST: NOTHING,
}


@pytest.fixture(params=World)
def case(request: pytest.FixtureRequest) -> Iterator[GoogleCase]:
    with FakeGoogle(world=request.param) as google:
        yield GoogleCase(google)


def api(case: GoogleCase) -> Api:
    return Api(case.settings(), Timing())


def titles(case: GoogleCase) -> list[str]:
    return [tab.title for tab in case.people.document.tabs]


# --- trying out --------------------------------------------------------------------------------------------


def test_what_holds_is_found_out_and_nothing_is_left_behind(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    before = case.people.document.copy()
    assert try_out(api(case)) == FOUND[case.google.world]
    assert (titles(case), case.people.document.metadata) == (["Form responses 1"], before.metadata)
    assert {writing.tab for writing in case.people.document.writings[len(before.writings) :]}.isdisjoint(
        {case.people.tab.id}
    )


def test_it_is_tried_once_and_again_when_asked(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    case.open().set_up()
    case.google.calls.clear()
    sheet = case.open()
    found = sheet.prove()
    assert (found, sheet.calls) == (FOUND[case.google.world].sentences, 1)
    assert (case.open().prove(again=True), case.open().prove()) == (found, found)


def test_what_is_found_anew_is_kept(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    case.open().set_up()
    case.people.document.world = World.STAYS
    case.open().prove(again=True)
    assert case.open().prove() == FOUND[World.STAYS].sentences


def test_a_tab_that_a_killed_trial_left_is_taken_away_by_the_next(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    TabTrial(api(case)).make()
    assert len(titles(case)) == 2
    try_out(api(case))
    assert titles(case) == ["Form responses 1"]


@pytest.mark.parametrize("fault", [DOWN, DOWN_AFTER, RESET_AFTER])
def test_a_trial_that_google_interrupts_is_begun_anew(case: GoogleCase, fault: Any) -> None:
    case.make(FORM, [ANA])
    for position in range(9):
        case.google.faults.extend([None] * position + [fault])
        assert case.open().prove(again=True) == FOUND[case.google.world].sentences
        case.google.faults.clear()
    try_out(api(case))
    assert titles(case) == ["Form responses 1"]


def test_a_tab_that_somebody_takes_away_meanwhile_proves_nothing(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    case.google.before = lambda method: _drop_the_trial(case) if method == "spreadsheets.get" else None
    with pytest.raises(SheetBusy, match="took the tab away"):
        try_out(api(case))


def _drop_the_trial(case: GoogleCase) -> None:
    for tab in [tab for tab in case.people.document.tabs if tab is not case.people.tab]:
        case.people.document.delete_tab(tab)


def test_where_two_runs_cannot_be_kept_apart_nothing_begins(
    case: GoogleCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = KINDS["createDeveloperMetadata"]

    def create_whatever(document: Any, body: Any) -> Any:
        entry = body["developerMetadata"]
        document.metadata = [one for one in document.metadata if one.id != entry.get("metadataId")]
        return create(document, body)

    monkeypatch.setitem(KINDS, "createDeveloperMetadata", create_whatever)
    case.make(FORM, [ANA])
    case.people.document.world = World.STAYS
    for act in (case.open().set_up, lambda: case.open().lease(Stamp("mine", 1), set_up=True)):
        with pytest.raises(SheetError, match="could not be kept apart"):
            act()
    assert (case.cells()[0], titles(case)) == (FORM, ["Form responses 1"])


def test_an_answer_that_does_not_show_the_state_after_is_not_leaned_on(
    case: GoogleCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = Api.update
    monkeypatch.setattr(
        Api, "update", lambda self, body, fields: {**update(self, body, fields), "updatedSpreadsheet": {}}
    )
    case.make(FORM, [CY, BO, ANA])
    case.open().set_up()
    gap(case, lambda: case.sort("Email address"))
    sheet = case.open()
    assert sheet.prove()[2].startswith("the answer to an update does not show")
    assert (sheet.write(BOTH), shown(case)) == (2, STATUSES)


# --- what holds in every world ------------------------------------------------------------------------------


def gap(case: GoogleCase, *acts: Callable[[], object]) -> None:
    """Let people act right before Convene's writes: one act before each."""
    left = list(acts)
    case.google.before = lambda method: left.pop(0)() if "batchUpdate" in method and left else None  # type: ignore[assignment]  # whatever it returns


def shown(case: GoogleCase) -> dict[str, str]:
    return dict(zip(column(case, "Email address"), column(case, "Status"), strict=True))


ACTS: dict[str, Callable[[GoogleCase], object]] = {
    "sort": lambda case: case.sort("Email address"),
    "insert a row": lambda case: case.insert_row(2),
    "insert a column": lambda case: case.people.insert_column(1),
    "move one of our columns": lambda case: case.move_column("Status"),
    "move a row": lambda case: case.people.move_row(1, 3),
    "send the form in": lambda case: case.form.submit(ANA[0], "dan@example.org", "Yes"),
    "rename our column": lambda case: case.rename_header("Reason", "Why"),
}


@pytest.mark.parametrize("second", ACTS)
@pytest.mark.parametrize("first", ACTS)
def test_whatever_people_do_before_two_writes_every_status_is_its_own_and_nothing_else_is_written(
    case: GoogleCase, first: str, second: str
) -> None:
    case.make(FORM, [CY, BO, ANA])
    case.open().set_up()
    written = len(case.people.document.writings)
    gap(case, lambda: ACTS[first](case), lambda: ACTS[second](case) if second != first else None)
    case.open().write(BOTH)
    assert {person: status for person, status in shown(case).items() if person in STATUSES} == STATUSES
    assert not [status for person, status in shown(case).items() if status and person not in STATUSES]
    ours = [one for one in case.people.document.writings[written:] if one.writer == case.people.document.api]
    assert {one.header for one in ours} <= {*ALL[5:], "Why"}


def test_where_marks_travel_no_sort_ever_lets_a_status_stand_beside_another_person(case: GoogleCase) -> None:
    case.make(FORM, [CY, BO, ANA])
    case.open().set_up()
    wrong: list[dict[str, str]] = []

    def look(method: str) -> None:
        if method == "spreadsheets.get" and any(shown(case).values()):
            wrong.append(shown(case))

    sorts = [lambda: case.sort("Email address"), lambda: case.sort("Answer"), lambda: case.sort("Timestamp")]
    gap(case, *sorts)
    act = case.google.before
    case.google.before = lambda method: (look(method), act(method))[1]  # type: ignore[func-returns-value]  # both
    case.open().write(BOTH)
    assert shown(case) == STATUSES
    assert wrong == [] or case.google.world is not World.TRAVELS


def test_where_a_number_cannot_be_exchanged_two_machines_are_still_kept_apart(case: GoogleCase) -> None:
    case.make(FORM, [ANA])
    case.open().set_up()
    one, other = case.open(), case.open()
    one.read(), other.read()
    with one.lease(Stamp("mine", 1, sending=True)), pytest.raises(SheetBusy):
        other.lease(Stamp("theirs", 1, sending=True))
    with pytest.raises(SheetBusy):  # the stamp is another one by now
        other.lease(Stamp("theirs", 1, sending=True))
    case.open().lease(Stamp("mine", 2, sending=True))  # killed
    case.time.passed += 31 * 60
    with case.open().lease(Stamp("mine", 3, sending=True)):
        assert case.open().read().stamp == Stamp("mine", 3, sending=True)
