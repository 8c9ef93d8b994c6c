"""The decisions of a call over time, told as sheets and what follows from them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decisions.verdict import Verdict
from pipeline.messages.reading import Templates
from pipeline.model.applicant import Status
from pipeline.model.errors import UnsafePlan, UsageError
from pipeline.model.history import SEATED, History, Posted, is_by_hand
from pipeline.model.message import Kind, State
from pipeline.model.places import AtLeast, AtMost
from pipeline.model.problem import NeedKind, Problem
from pipeline.model.reason import ReasonKind
from pipeline.model.settings import Limits
from pipeline.model.sheet import Cell, OwnCells, Row, Snapshot
from pipeline.model.wordings import words
from pipeline.planning.dangers import find_dangers
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import Plan, Scope
from pipeline.planning.recheck import moved_on, write_back
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    DAN,
    LATER,
    NEW,
    NOA,
    SELECTION,
    SERVICE,
    at,
    carried_out,
    plan,
    responses,
    templates,
    with_places,
)


def live(lines: list[str], now: datetime, history: History = NEW, **more: object) -> tuple[Plan, History]:
    """Plan and carry out."""
    made = plan(responses(*lines), now, history, **more)  # type: ignore[arg-type]  # fields and values by name
    return made, carried_out(made, history)


def told(made: Plan) -> dict[str, Kind]:
    """Return which mail goes to whom, by the first name of the address."""
    return {message.to.partition("@")[0]: message.kind for message in made.messages}


def shown(made: Plan) -> dict[int, str]:
    """Return the status of every row that changes."""
    return {change.row: change.after.status for change in made.changes}


def by_name(made: Plan) -> Mapping[str, Verdict]:
    return {verdict.case.applicant.response.first_name: verdict for verdict in made.assessment.verdicts}


def test_before_the_selection_everybody_hears_that_the_form_arrived() -> None:
    made, _ = live([ANA, NOA, "07-14 10:00 | hal@example.org | Hal | Manager | Yes > agreement="], BEFORE)
    assert told(made) == {"ana": Kind.RECEIVED, "noa": Kind.RECEIVED, "hal": Kind.RECEIVED}
    assert [change.after.status for change in made.changes] == ["Proposed: offer", "Ineligible", "On hold"]
    assert (made.standings, made.account) == ((), None)


def test_before_the_selection_the_sheet_shows_what_would_be_told_and_follows_the_answers() -> None:
    call = with_places(capacity=1, waiting_list=1)

    def proposed(*lines: str) -> list[tuple[str, str]]:
        made = plan(responses(*lines), BEFORE, call=call)
        return [
            (change.after.status.removeprefix("Proposed: "), change.after.waiting_list)
            for change in made.changes
        ]

    assert proposed(DAN, BEA) == [("waiting list", "1"), ("offer", "")]
    assert proposed(DAN, BEA, ANA) == [("not selected", ""), ("waiting list", "1"), ("offer", "")]
    assert proposed(DAN, f"{BEA} > decision=Withdrawn", ANA) == [
        ("waiting list", "1"),
        ("Withdrawn", ""),
        ("offer", ""),
    ]
    assert proposed(f"{DAN} > decision=Invite", BEA) == [("offer", ""), ("waiting list", "1")]


@pytest.mark.parametrize("length", [0, None])
def test_a_proposal_is_written_once_as_long_as_nothing_changes_for_its_person(length: int | None) -> None:
    lines = [f"{ANA} > country=Spain", f"{BEA} > country=Spain", f"{CLO} > country=Malta"]
    call = with_places(capacity=2, at_least=(AtLeast("country", "Malta", 1),), waiting_list=length)
    made, history = live(lines, BEFORE, call=call)
    changes = write_back(call, made, responses(*lines), history)
    sheet = written(responses(*lines), {change.row: change.after for change in changes})
    for day in (1, 2, 9):
        assert plan(sheet, BEFORE + timedelta(days=day), history, call).is_empty


def test_a_second_plan_with_nothing_new_is_empty() -> None:
    lines = [ANA, BEA, CLO, DAN, NOA]
    for now in (BEFORE, SELECTION):
        made, history = live(lines, now)
        assert write(responses(*lines), history, made)


def written(snapshot: Snapshot, cells: Mapping[int, OwnCells]) -> Snapshot:
    def fill(row: Row) -> Row:
        if row.number not in cells:
            return row
        kept = row.cells[: len(row.cells) - len(cells[row.number].texts())]
        return Row(row.number, (*kept, *map(Cell, cells[row.number].texts())))

    return replace(snapshot, rows=tuple(map(fill, snapshot.rows)))


def write(snapshot: Snapshot, history: History, made: Plan) -> bool:
    """Write back once, and say whether the next plan is empty."""
    changes = write_back(CALL, made, snapshot, history)
    now_shown = written(snapshot, {change.row: change.after for change in changes})
    return plan(now_shown, made.now + timedelta(hours=1), history).is_empty


def test_at_the_selection_each_person_hears_one_thing() -> None:
    made, _ = live([ANA, BEA, CLO, NOA], SELECTION)
    assert told(made) == {
        "ana": Kind.INVITATION,
        "bea": Kind.INVITATION,
        "clo": Kind.WAITING_LIST,
        "noa": Kind.NOT_SELECTED,
    }
    assert [(change.after.status, change.after.waiting_list) for change in made.changes] == [
        ("Offered", ""),
        ("Offered", ""),
        ("Waiting list", "1"),
        ("Ineligible", ""),
    ]
    assert [change.after.last_message for change in made.changes] == [
        "Invitation: not sent yet",
        "Invitation: not sent yet",
        "Waiting list: not sent yet",
        "Not selected: not sent yet",
    ]


def test_the_deadline_is_the_last_second_in_the_calls_zone() -> None:
    lines = [
        "08-02 00:00 | late@example.org | Late | Manager | Yes",
        "08-01 23:59:59 | time@example.org | Time | Manager | Aims to",
    ]
    made, _ = live(lines, SELECTION, call=with_places(capacity=1))
    assert told(made) == {"time": Kind.INVITATION, "late": Kind.WAITING_LIST}
    assert by_name(made)["Late"].reason.endswith("Applied after the deadline.")


def test_the_waiting_list_has_an_end_where_the_call_says_so() -> None:
    made, _ = live([ANA, BEA, CLO], SELECTION, call=with_places(capacity=1, waiting_list=1))
    assert told(made) == {"ana": Kind.INVITATION, "bea": Kind.WAITING_LIST, "clo": Kind.NOT_SELECTED}
    assert by_name(made)["Clo"].reason == "No place: the only place is taken, and the waiting list is full."


def test_nobody_who_comes_later_overtakes_those_who_were_turned_away() -> None:
    call = with_places(capacity=1, waiting_list=1)
    lines = [ANA, BEA, CLO]
    _, history = live(lines, SELECTION, call=call)
    lines[0] += " > decision=Withdrawn"
    late = "08-05 09:00 | late@example.org | Late | Manager | Yes"
    asked = "08-05 09:01 | asked@example.org | Asked | Chaplain | Yes > decision=Eligible: external"
    made, history = live([*lines, late, asked], LATER, history, call=call)
    assert told(made) == {"bea": Kind.INVITATION, "late": Kind.NOT_SELECTED, "asked": Kind.WAITING_LIST}
    assert (
        by_name(made)["Late"].reason == "No place: the only place is taken, and the waiting list is closed."
    )
    lines[1] += " > decision=Withdrawn"
    later = "08-06 09:00 | later@example.org | Later | Manager | Yes"
    made, _ = live(
        [*lines, late, asked + "", later], LATER, history, call=with_places(capacity=2, waiting_list=1)
    )
    assert told(made) == {"asked": Kind.INVITATION, "later": Kind.RECEIVED}
    assert by_name(made)["Later"].reason.startswith(
        "A place is free, but people who applied before were turned away."
    )


@pytest.mark.parametrize("word", ["Invite", "Eligible: external"])
def test_the_door_opens_on_the_day_when_nobody_is_turned_away_any_more(word: str) -> None:
    call = with_places(capacity=1, waiting_list=0)
    _, history = live([ANA, BEA], SELECTION, call=call)
    late = "08-05 09:00 | late@example.org | Late | Manager | Yes"
    lines, wider = [ANA, f"{BEA} > decision={word}", late], with_places(capacity=3, waiting_list=0)
    made, history = live(lines, LATER, history, call=wider)
    assert told(made) == {"bea": Kind.INVITATION, "late": Kind.INVITATION}
    again = plan(responses(*lines), LATER + timedelta(days=1), history, wider)
    assert (again.messages, again.standings) == ((), ())


def test_what_was_told_is_frozen_whoever_applies_later() -> None:
    _, history = live([DAN, NOA], SELECTION, call=with_places(capacity=1))
    made, _ = live([DAN, NOA, ANA], LATER, history, call=with_places(capacity=1))
    assert told(made) == {"ana": Kind.WAITING_LIST}


def test_a_withdrawal_frees_a_place_for_the_first_who_waits() -> None:
    call = with_places(capacity=1)
    lines = [ANA, BEA, CLO]
    _, history = live(lines, SELECTION, call=call)
    lines[0] += " > decision=Withdrawn"
    made, history = live(lines, LATER, history, call=call)
    assert told(made) == {"bea": Kind.INVITATION}
    assert {name: verdict.status for name, verdict in by_name(made).items()} == {
        "Ana": Status.WITHDRAWN,
        "Bea": Status.OFFERED,
        "Clo": Status.WAITING,
    }
    assert [change.after.waiting_list for change in made.changes if change.row == 4] == ["1"]
    assert plan(responses(*lines), LATER, history, call).messages == ()


def test_an_emptied_cell_takes_nothing_back() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA + " > decision=Withdrawn", BEA], SELECTION, call=call)
    made, _ = live([ANA, BEA], LATER, history, call=call)
    assert by_name(made)["Ana"].status is Status.WITHDRAWN
    assert told(made) == {}


def test_an_organisers_invitation_beats_rules_and_places() -> None:
    call = with_places(capacity=1)
    made, history = live([ANA, NOA + " > decision=Invite"], SELECTION, call=call)
    assert told(made) == {"noa": Kind.INVITATION, "ana": Kind.WAITING_LIST}
    made, _ = live([ANA + " > decision=Invite", NOA + " > decision=Invite"], LATER, history, call=call)
    assert told(made) == {"ana": Kind.INVITATION}


def test_an_early_override_waits_for_the_selection_date() -> None:
    made, history = live([ANA + " > decision=Decline"], BEFORE)
    assert told(made) == {"ana": Kind.RECEIVED}
    assert by_name(made)["Ana"].reason == (
        "Decided by the organisers: Decline. It will be told from 2 August 2023 on."
    )
    made, _ = live([ANA + " > decision=Decline"], SELECTION, history)
    assert told(made) == {"ana": Kind.NOT_SELECTED}


def test_a_decision_that_never_left_can_be_reversed_by_mail() -> None:
    made = plan(responses(ANA), SELECTION)
    history = carried_out(made, NEW, State.PREPARED)
    made = plan(responses(ANA + " > decision=Decline"), LATER, history)
    assert told(made) == {"ana": Kind.NOT_SELECTED}
    assert [message.kind for message in made.cancelled] == [Kind.INVITATION]


def test_somebody_declined_can_be_let_in_later() -> None:
    call = with_places(capacity=1, waiting_list=0)
    _, history = live([ANA, BEA, NOA], SELECTION, call=call)
    made, _ = live([ANA, BEA + " > decision=Invite", NOA], LATER, history, call=call)
    assert told(made) == {"bea": Kind.INVITATION}
    made, history = live(
        [ANA, BEA, NOA + " > decision=Eligible: management"], LATER, history, call=with_places(capacity=1)
    )
    assert told(made) == {"noa": Kind.WAITING_LIST}
    made, _ = live(
        [ANA, BEA, NOA + " > decision=Eligible: management"], LATER, history, call=with_places(capacity=2)
    )
    assert told(made) == {"noa": Kind.INVITATION}


def test_somebody_who_left_is_invited_again_by_a_second_mail() -> None:
    _, history = live([ANA], SELECTION)
    _, history = live([ANA + " > decision=Withdrawn"], LATER, history)
    made, _ = live([ANA + " > decision=Invite"], LATER, history)
    assert [(message.kind, message.revision) for message in made.messages] == [(Kind.INVITATION, 2)]


def test_a_withdrawal_by_mistake_is_put_right_without_a_mail() -> None:
    _, history = live([ANA], SELECTION)
    _, history = live([ANA + " > decision=Withdrawn"], LATER, history)
    made, history = live([ANA + " > decision=Confirmed"], LATER, history)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.CONFIRMED)
    made, _ = live([ANA + " > decision=Invite"], LATER, history)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.CONFIRMED)


def test_people_kept_on_the_waiting_list_by_the_organisers_are_passed_over() -> None:
    call = with_places(capacity=1)
    lines = [ANA, BEA + " > decision=Waiting list", CLO]
    _, history = live(lines, SELECTION, call=call)
    lines[0] += " > decision=Withdrawn"
    made, _ = live(lines, LATER, history, call=call)
    assert told(made) == {"clo": Kind.INVITATION}


def test_hold_silences_everything() -> None:
    made, history = live([ANA + " > decision=Hold"], BEFORE)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.ON_HOLD)
    made, _ = live([ANA + " > decision=Hold"], SELECTION, history)
    assert told(made) == {}


def test_a_place_held_by_somebody_on_hold_stays_taken() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    made, _ = live([ANA + " > decision=Hold", BEA], LATER, history, call=call)
    assert told(made) == {}


def test_a_misspelt_decision_decides_nothing_and_is_asked_about() -> None:
    made, history = live([ANA + " > decision=Inivte"], SELECTION)
    assert told(made) == {"ana": Kind.RECEIVED}
    assert shown(made) == {2: "To review"}
    assert made.problems == (
        Problem(
            "row 2, column “Decision”",
            "Convene does not know the word, and decided nothing by it",
            "Did you mean “Invite”? These can be typed: Invite, Waiting list, Decline, Hold, Confirmed, Withdrawn, "
            "Eligible: management, Eligible: external, Invite as …, Replace by …, Extend to …, Cancel, No show, "
            "Same person, Other person, Send again, Delivered, Address corrected",
            2,
            made.assessment.verdicts[0].reference,
            NeedKind.DECISION,
        ),
    )
    _, history = live([ANA], SELECTION)
    made, _ = live([ANA + " > decision=Inivte"], LATER, history)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.OFFERED)


def test_a_review_is_decided_by_a_person_and_then_by_rank() -> None:
    chaplain = "07-09 09:00 | cha@example.org | Cha | Chaplain | Yes"
    made, history = live([ANA, chaplain], SELECTION, call=with_places(capacity=1))
    assert told(made) == {"ana": Kind.INVITATION, "cha": Kind.RECEIVED}
    made, _ = live(
        [ANA, chaplain + " > decision=Eligible: external"], LATER, history, call=with_places(capacity=1)
    )
    assert told(made) == {"cha": Kind.WAITING_LIST}


def test_an_answer_that_contradicts_what_was_told_is_for_a_person() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    newer = "08-05 09:00 | ana@example.org | Ana Lopez | Manager | No"
    made, _ = live([ANA, BEA, newer], LATER, history, call=call)
    assert told(made) == {}
    assert by_name(made)["Ana"].status is Status.TO_REVIEW
    assert by_name(made)["Ana"].reason == (
        "Stands as “Offered” since 2 August 2023, and the answers or the rules now say otherwise: "
        "Does not work with VETOs: answered “No”. Type what is to happen in the Decision column."
    )
    assert shown(made)[2] == "Superseded"


def test_an_answer_that_changes_nothing_leaves_everything() -> None:
    _, history = live([ANA], SELECTION)
    newer = "08-05 09:00 | ana@example.org | Ana Lopez-Garcia | Manager | Yes"
    made, _ = live([ANA, newer], LATER, history)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.OFFERED)


def test_a_row_to_check_gets_no_mail_and_keeps_its_place() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    ana, bea = (verdict.reference for verdict in plan(responses(ANA, BEA), SELECTION).assessment.verdicts)
    torn = responses(f"{ANA} > reference={bea}, decision=Withdrawn", f"{BEA} > reference={ana}")
    made = plan(torn, LATER, history, call)
    assert (told(made), shown(made)) == ({}, {2: "Check row", 3: "Check row"})
    assert [change.after.reference for change in made.changes] == [bea, ana]


def test_cells_beside_the_wrong_person_are_put_right_and_nobody_is_asked() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    ana, bea = (verdict.reference for verdict in plan(responses(ANA, BEA), SELECTION).assessment.verdicts)
    made = plan(responses(f"{ANA} > reference={bea}", f"{BEA} > reference={ana}"), LATER, history, call)
    assert (told(made), made.problems) == ({}, ())
    assert [change.after.reference for change in made.changes] == [ana, bea]


def test_no_place_is_given_by_rank_while_the_quotas_cannot_be_counted() -> None:
    call = with_places(capacity=2, at_most=(AtMost("country", 1),))
    ana, bea, clo = f"{ANA} > country=Germany", f"{BEA} > country=Italy", f"{CLO} > country=Germany"
    _, history = live([ana, bea, clo], SELECTION, call=call)
    late = "08-05 09:00 | late@example.org | Late | Manager | Yes"
    torn = [ana, ana, f"{bea}, decision=Withdrawn", clo, late]
    made, history = live(torn, LATER, history, call=call)
    assert (told(made), made.account, made.assessment.selection) == ({"late": Kind.RECEIVED}, None, None)
    assert {name: (verdict.status, verdict.reason) for name, verdict in by_name(made).items()} == {
        "Bea": (Status.WITHDRAWN, "Decided by the organisers: Withdrawn."),
        "Clo": (
            Status.WAITING,
            "A place is free, but the quotas cannot be counted: rows of people who have a place are missing or "
            "are to be checked. Works with VETOs from outside: answered “Exit worker”.",
        ),
        "Late": (
            Status.TO_REVIEW,
            "A place is free, but the quotas cannot be counted: rows of people who have a place are missing or "
            "are to be checked. Works in management: answered “Manager”. Applied after the deadline. "
            "Type what is to happen in the Decision column.",
        ),
    }
    repaired = plan(responses(ana, bea, clo, late), LATER, history, call)
    assert told(repaired) == {"late": Kind.INVITATION}


def test_a_row_to_check_stops_no_promotion_where_no_answer_counts() -> None:
    call = with_places(capacity=2)
    _, history = live([ANA, BEA, CLO], SELECTION, call=call)
    made, _ = live([ANA, ANA, f"{BEA} > decision=Withdrawn", CLO], LATER, history, call=call)
    assert told(made) == {"clo": Kind.INVITATION}


def test_a_problem_row_is_shown_in_the_sheet() -> None:
    made, _ = live(["07-10 09:00 | ana at example | Ana | Manager | Yes"], BEFORE)
    assert [(change.after.status, change.after.reason) for change in made.changes] == [
        ("Check row", "Not an e-mail address that mail can be sent to. Correct the address.")
    ]


# --- what an earlier run left ------------------------------------------------------------------------------


def left(state: State, **changes: object) -> History:
    """Return the history after a run that was killed or refused: one invitation in `state`."""
    history = carried_out(plan(responses(ANA), SELECTION), NEW, state)
    return replace(history, posted=tuple(replace(message, **changes) for message in history.posted))  # type: ignore[arg-type]  # fields and values by name


@pytest.mark.parametrize("state", [State.PREPARED, State.SENDING, State.DEFERRED])
def test_an_unsent_message_is_sent_again_as_it_is(state: State) -> None:
    history = left(state)
    made = plan(responses(ANA), LATER, history)
    assert (made.messages, made.resumed) == ((), history.posted)


def test_a_deferred_message_waits_for_its_time() -> None:
    history = left(State.DEFERRED, next_attempt=LATER + timedelta(minutes=1))
    assert plan(responses(ANA), LATER, history).resumed == ()
    assert plan(responses(ANA), LATER + timedelta(minutes=1), history).resumed == history.posted


@pytest.mark.parametrize("state", [State.IN_DOUBT, State.COMMITTING, State.REFUSED])
def test_what_may_have_arrived_is_never_sent_again(state: State) -> None:
    made = plan(responses(ANA), LATER, left(state))
    assert (made.messages, made.resumed, made.cancelled) == ((), (), ())


def test_doubt_and_refusal_need_a_person() -> None:
    doubtful, refused = left(State.IN_DOUBT), left(State.REFUSED)
    reference = doubtful.posted[0].reference
    assert plan(responses(ANA), LATER, doubtful).doubts == (
        Problem(
            f"applicant {reference}, message “invitation”",
            "it may have been delivered, the answer was lost",
            "Ask the person, or look in the mail server's log; then type Delivered or Send again under Decision "
            f"(or `convene resolve {reference} --delivered` or `--send-again`)",
            None,
            reference,
            NeedKind.IN_DOUBT,
            (doubtful.posted[0].id,),
        ),
    )
    assert [problem.what for problem in plan(responses(ANA), LATER, refused).doubts] == ["it was refused"]
    made = plan(responses(ANA + " > decision=Withdrawn"), LATER, refused)
    assert plan(responses(ANA), LATER, carried_out(made, refused)).doubts == ()


@pytest.mark.parametrize("change", [" > decision=Hold", " > decision=Inivte", " > role=Chaplain"])
def test_an_unsent_message_waits_while_its_applicant_is_unsettled(change: str) -> None:
    history = left(State.PREPARED)
    line = ANA + change if "role" not in change else ANA.replace("Manager", "Chaplain")
    made = plan(responses(line), LATER, history)
    assert (made.resumed, made.cancelled, made.messages) == ((), (), ())


def test_an_owed_acknowledgement_gives_way_to_the_decision() -> None:
    history = carried_out(plan(responses(ANA), BEFORE), NEW, State.DEFERRED)
    made = plan(responses(ANA), SELECTION, history)
    assert told(made) == {"ana": Kind.INVITATION}
    assert made.cancelled == history.posted
    still = plan(responses(ANA), BEFORE, history)
    assert still.resumed == history.posted


def test_a_message_for_a_decision_that_is_void_is_called_off() -> None:
    history = replace(left(State.PREPARED), standings={})
    made = plan(responses(ANA.replace("Manager", "Chaplain")), LATER, history)
    assert made.cancelled == history.posted


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State.ACCEPTED, "Invitation, 2023-08-02 07:00"),
        (State.REFUSED, "Invitation: refused by the mail server: 550 no such user"),
        (State.IN_DOUBT, "Invitation: in doubt since 2023-08-02 07:00, it may have been delivered"),
        (State.DEFERRED, "Invitation: put off by the mail server, it will be tried again"),
        (State.SENDING, "Invitation: not sent yet"),
    ],
)
def test_the_sheet_says_what_became_of_a_message(state: State, text: str) -> None:
    history = left(state, reply="550 no such user")
    made = plan(responses(ANA), SELECTION, history)
    (change,) = write_back(CALL, made, responses(ANA), history)
    assert change.after.last_message == text
    assert change.after.updated == "2023-08-02 07:00"


def test_what_takes_the_place_of_an_unsent_message_is_told_once() -> None:
    history = carried_out(plan(responses(NOA), SELECTION), NEW, State.DEFERRED)
    made = plan(responses(NOA + " > decision=Decline"), LATER, history)
    assert (told(made), made.resumed) == ({"noa": Kind.NOT_SELECTED}, ())
    assert made.cancelled == history.posted


def test_a_message_stands_until_what_takes_its_place_is_recorded() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    deferred = tuple(
        replace(message, state=State.DEFERRED) if message.kind == Kind.WAITING_LIST else message
        for message in history.posted
    )
    history = replace(history, posted=deferred)
    lines = [ANA + " > decision=Withdrawn", BEA]
    made = plan(responses(*lines), LATER, history, call, Scope(limit=0))
    assert (made.messages, made.cancelled) == ((), ())


def test_an_acknowledgement_never_follows_a_decision() -> None:
    _, history = live([ANA], BEFORE)
    made = plan(responses(ANA), SELECTION, history)
    history = carried_out(made, history)
    again = tuple(
        replace(message, state=State.PREPARED) if message.kind == Kind.RECEIVED else message
        for message in history.posted
    )
    made = plan(responses(ANA), LATER, replace(history, posted=again))
    assert (made.resumed, [message.kind for message in made.cancelled]) == ((), [Kind.RECEIVED])


# --- what organisers take back, move and mistake -------------------------------------------------------------


def test_a_word_on_answers_that_no_longer_count_is_not_followed() -> None:
    newer = "07-20 09:00 | ana@example.org | Ana Lopez | Manager | No"
    for word in ("Eligible: external", "Invite"):
        made, _ = live([ANA + f" > decision={word}", newer], SELECTION)
        assert told(made) == {"ana": Kind.RECEIVED}
        assert by_name(made)["Ana"].status is Status.TO_REVIEW
        assert by_name(made)["Ana"].reason == (
            f"The Decision “{word}” stands in the row of an older response. "
            "Type it in this row, or delete it there."
        )
        assert [(problem.row, problem.next_step) for problem in made.problems] == [
            (3, "Type it in this row, or delete it there")
        ]
    made, _ = live([ANA + " > decision=Hold", newer], SELECTION)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.ON_HOLD)


def test_a_word_that_was_carried_out_is_history_when_the_person_writes_again() -> None:
    _, history = live([ANA + " > decision=Invite"], SELECTION)
    newer = "08-05 09:00 | ana@example.org | Ana Lopez | Manager | Yes"
    made, history = live([ANA + " > decision=Invite", newer], LATER, history)
    assert (told(made), made.problems, by_name(made)["Ana"].status) == ({}, (), Status.OFFERED)
    made, history = live([ANA + " > decision=Invite", newer + " > decision=Withdrawn"], LATER, history)
    made, history = live([ANA + " > decision=Invite", newer], LATER, history)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.WITHDRAWN)
    assert len(made.problems) == 1


def test_whom_organisers_took_a_place_from_no_machine_invites() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    _, history = live(
        [ANA + " > decision=Waiting list, silent", BEA + " > decision=Withdrawn"], LATER, history, call=call
    )
    made, history = live([ANA, BEA], LATER, history, call=call)
    assert (told(made), by_name(made)["Ana"].status) == ({}, Status.WAITING)
    made, _ = live([ANA + " > decision=Invite", BEA], LATER, history, call=call)
    assert [(message.kind, message.revision) for message in made.messages] == [(Kind.INVITATION, 2)]


def test_an_emptied_eligible_changes_nothing() -> None:
    call = with_places(capacity=1)
    chaplain = "07-09 09:00 | cha@example.org | Cha | Chaplain | Aims to"
    lines = [ANA, chaplain + " > decision=Eligible: external"]
    _, history = live(lines, SELECTION, call=call)
    made, history = live([ANA, chaplain], LATER, history, call=call)
    assert (told(made), by_name(made)["Cha"].status) == ({}, Status.WAITING)
    made, _ = live([ANA + " > decision=Withdrawn", chaplain], LATER, history, call=call)
    assert told(made) == {"cha": Kind.INVITATION}


def test_a_withdrawal_in_the_wrong_row_is_undone_by_eligible() -> None:
    _, history = live([ANA + " > decision=Withdrawn"], BEFORE)
    made, _ = live([ANA + " > decision=Eligible: management"], SELECTION, history)
    assert told(made) == {"ana": Kind.INVITATION}


def test_who_applies_again_after_withdrawing_is_for_a_person() -> None:
    _, history = live([ANA + " > decision=Withdrawn"], BEFORE)
    again = "07-20 09:00 | ana@example.org | Ana Lopez | Manager | Yes"
    made, _ = live([ANA, again], SELECTION, history)
    assert told(made) == {}
    assert by_name(made)["Ana"].reason == (
        "Stands as “Withdrawn” since 15 July 2023, and has applied again. "
        "Type what is to happen in the Decision column."
    )


def test_a_place_counts_in_the_category_it_was_given_for() -> None:
    call = with_places(capacity=2, at_least=(AtLeast("category", "external", 1),))
    _, history = live([BEA], SELECTION, call=call)
    changed = BEA.replace("Psychologist", "Chaplain")
    made, _ = live([changed, ANA, CLO], LATER, history, call=call)
    assert told(made) == {"ana": Kind.INVITATION, "clo": Kind.WAITING_LIST}


def test_when_the_meeting_has_begun_nobody_is_called_up() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    made, _ = live([ANA + " > decision=Withdrawn", BEA, CLO], at("09-12 20:00"), history, call=call)
    assert told(made) == {"clo": Kind.RECEIVED}
    assert {name: verdict.status for name, verdict in by_name(made).items()} == {
        "Ana": Status.WITHDRAWN,
        "Bea": Status.WAITING,
        "Clo": Status.TO_REVIEW,
    }


# --- restricting, refusing ---------------------------------------------------------------------------------


def test_only_one_applicant_on_request() -> None:
    everybody = plan(responses(ANA, BEA), SELECTION)
    bea = everybody.assessment.verdicts[1].reference
    made = plan(responses(ANA, BEA), SELECTION, scope=Scope(only=bea))
    assert told(made) == {"bea": Kind.INVITATION}
    assert [standing.reference for standing in made.standings] == [bea]
    assert [change.row for change in made.changes] == [3]
    assert (dict(made.people), list(made.responses.values())) == ({bea: "bea@example.org"}, [bea])


def test_only_somebody_unknown_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="No applicant in the sheet has the reference P-NOBODY"):
        plan(responses(ANA), SELECTION, scope=Scope(only="P-NOBODY"))


def test_only_somebody_to_check_says_so() -> None:
    with pytest.raises(UsageError, match="The row of P-GUESSED has to be checked first"):
        plan(responses(ANA + " > reference=P-GUESSED"), SELECTION, scope=Scope(only="P-GUESSED"))


def test_only_somebody_who_would_overtake_others_is_put_off() -> None:
    call = with_places(capacity=0)
    everybody = plan(responses(DAN, ANA), SELECTION, call=call)
    dan, ana = (verdict.reference for verdict in everybody.assessment.verdicts)
    made = plan(responses(DAN, ANA), SELECTION, call=call, scope=Scope(only=dan))
    assert (made.messages, made.standings) == ((), ())
    assert [problem.what for problem in made.problems] == ["would be told before others who come first"]
    assert told(plan(responses(DAN, ANA), SELECTION, call=call, scope=Scope(only=ana))) == {
        "ana": Kind.WAITING_LIST
    }


@pytest.mark.parametrize("name", ["Bea", "Clo", "Dan"])
def test_nobody_is_told_to_wait_or_no_alone_before_those_who_come_first(name: str) -> None:
    call = with_places(capacity=1, waiting_list=1)
    lines = [ANA, BEA, CLO, DAN]
    whole = plan(responses(*lines), SELECTION, call=call)
    alone, history = live(lines, SELECTION, call=call, scope=Scope(only=by_name(whole)[name].reference))
    assert (told(alone), alone.standings, len(alone.problems)) == ({}, (), 1)
    assert told(plan(responses(*lines), SELECTION, history, call)) == told(whole)


def test_what_organisers_decide_of_one_person_waits_for_nobody() -> None:
    call = with_places(capacity=1, waiting_list=1)
    lines = [ANA, BEA, CLO, DAN + " > decision=Decline"]
    dan = by_name(plan(responses(*lines), SELECTION, call=call))["Dan"].reference
    alone, history = live(lines, SELECTION, call=call, scope=Scope(only=dan))
    assert (told(alone), alone.problems) == ({"dan": Kind.NOT_SELECTED}, ())
    assert told(plan(responses(*lines), SELECTION, history, call)) == {
        "ana": Kind.INVITATION,
        "bea": Kind.WAITING_LIST,
        "clo": Kind.NOT_SELECTED,
    }


def test_only_somebody_who_gets_a_withdrawn_place_records_the_withdrawal() -> None:
    call = with_places(capacity=1)
    made, history = live([ANA, BEA], SELECTION, call=call)
    bea = made.assessment.verdicts[1].reference
    made = plan(responses(ANA + " > decision=Withdrawn", BEA), LATER, history, call, Scope(only=bea))
    assert told(made) == {"bea": Kind.INVITATION}
    history = carried_out(made, history)
    after = plan(responses(ANA, BEA), LATER, history, call)
    assert {name: verdict.status for name, verdict in by_name(after).items()} == {
        "Ana": Status.WITHDRAWN,
        "Bea": Status.OFFERED,
    }


def test_who_is_passed_over_hears_it_when_the_run_is_about_another() -> None:
    lines = [f"{ANA} > country=Spain", f"{BEA} > country=Spain", f"{CLO} > country=Italy"]
    one, two = (with_places(capacity=number, at_most=(AtMost("country", 1),)) for number in (1, 2))
    _, history = live(lines, SELECTION, call=one)
    whole = plan(responses(*lines), LATER, history, two)
    bea, clo = (by_name(whole)[name].reference for name in ("Bea", "Clo"))
    assert plan(responses(*lines), LATER, history, two, Scope(only=bea)).standings == ()
    limited = plan(responses(*lines), LATER, history, two, Scope(limit=0))
    assert limited.standings == ()
    assert not any("Passed over" in change.after.reason for change in limited.changes)
    made, history = live(lines, LATER, history, call=two, scope=Scope(only=clo))
    assert made.standings == whole.standings
    assert "Passed over on 9 August 2023" in words(history.standings[bea].reasons)
    after = plan(responses(*lines), LATER + timedelta(days=1), history, two)
    assert "Passed over on 9 August 2023" in by_name(after)["Bea"].reason


def test_a_reworded_sentence_changes_no_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{ANA} > country=Spain", f"{BEA} > country=Spain", f"{CLO} > country=Italy", NOA]
    one, two = (with_places(capacity=number, at_most=(AtMost("country", 1),)) for number in (1, 2))
    _, history = live(lines, SELECTION, call=one)
    _, history = live(lines, LATER, history, call=two)  # Clo is offered a place, Bea is passed over
    before = plan(responses(*lines), LATER + timedelta(days=1), history, two)
    others = {kind: lambda kind=kind, **_facts: f"({kind})" for kind in ReasonKind}
    monkeypatch.setattr("pipeline.model.wordings._SAYING", others)
    for reason in (each for standing in history.standings.values() for each in standing.reasons):
        reason.said.clear()  # as it comes out of the ledger
    after = plan(responses(*lines), LATER + timedelta(days=1), history, two)
    assert (after.standings, after.messages, after.cancelled) == ((), (), ())
    assert after.assessment == before.assessment
    assert by_name(after)["Bea"].reason == "(waiting) (rule) (passed over)"


def test_a_limit_keeps_the_order_of_the_waiting_list() -> None:
    call = with_places(capacity=0)
    history, orders = NEW, []
    for _ in range(3):
        made = plan(responses(DAN, ANA, BEA), SELECTION, history, call, Scope(limit=1))
        history = carried_out(made, history)
        orders.append([message.to for message in made.messages])
    assert orders == [["ana@example.org"], ["bea@example.org"], ["dan@example.org"]]
    queue = sorted(history.standings.values(), key=lambda standing: standing.order)
    assert [history.addresses[standing.reference][:3] for standing in queue] == ["ana", "bea", "dan"]


def test_a_limit_records_nobody_as_waiting_before_whom_it_puts_off() -> None:
    call = replace(CALL, messages={Kind.INVITATION: "invitation.md"})
    made, history = live([ANA, BEA, CLO], SELECTION, call=call, scope=Scope(limit=1))
    assert [standing.status for standing in made.standings] == [Status.OFFERED]
    rest = plan(responses(ANA, BEA, CLO), SELECTION, history, call)
    assert told(rest) == {"bea": Kind.INVITATION}
    assert [standing.status for standing in rest.standings] == [Status.OFFERED, Status.WAITING]


def test_a_limit_puts_the_rest_off_and_shows_it_as_proposed() -> None:
    made = plan(responses(ANA, BEA, NOA), SELECTION, scope=Scope(limit=1))
    assert told(made) == {"ana": Kind.INVITATION}
    assert shown(made) == {2: "Offered", 3: "Proposed: offer", 4: "Ineligible"}
    history = carried_out(made, NEW)
    rest = plan(responses(ANA, BEA, NOA), LATER, history)
    assert told(rest) == {"bea": Kind.INVITATION, "noa": Kind.NOT_SELECTED}


def test_a_limit_counts_messages_of_earlier_runs_first() -> None:
    history = left(State.PREPARED)
    made = plan(responses(ANA, BEA), SELECTION, history, scope=Scope(limit=1))
    assert (made.resumed, made.messages) == (history.posted, ())
    assert plan(responses(ANA, BEA), SELECTION, history, scope=Scope(limit=0)).sends == 0


def test_what_is_put_off_is_proposed_with_its_place_on_the_list() -> None:
    call = with_places(capacity=1)
    _, history = live([ANA, BEA], SELECTION, call=call)
    lines = [ANA + " > decision=Withdrawn", BEA, CLO]
    made = plan(responses(*lines), LATER, history, call, Scope(limit=0))
    assert [(change.after.status, change.after.waiting_list) for change in made.changes] == [
        ("Withdrawn", ""),
        ("Proposed: offer", "1"),  # and still waits, by what was told
        ("Proposed: waiting list", "2"),
    ]
    assert made.changes[1].after.reason.startswith("A place is offered: from the waiting list.")


@pytest.mark.parametrize(
    ("rows", "before", "danger"),
    [
        (7, 10, "The sheet has 7 rows; it had 10 at the last run."),
        (1, 4, "The sheet has 1 row; it had 4 at the last run."),
        (8, 10, None),
        (0, 0, None),
        (0, 2, None),
        (2, 4, None),
    ],
)
def test_a_sheet_that_lost_many_rows_is_not_believed(rows: int, before: int, danger: str | None) -> None:
    lines = [f"07-10 09:{n:02} | a{n}@example.org | A | Manager | Yes" for n in range(rows)]
    made = plan(responses(*lines), BEFORE, replace(NEW, rows=before))
    assert made.dangers == ((danger,) if danger else ())


@pytest.mark.parametrize(("before", "lost"), [(0, False), (2, False), (3, True), (100, True)])
def test_a_sheet_that_lost_all_its_rows_is_the_wrong_one_whatever_is_forced(before: int, lost: bool) -> None:
    made = plan(responses(), BEFORE, replace(NEW, rows=before))
    said = (
        f"test sheet: it has no response; at the last run it had {before}. See whether this is the right tab: name the "
        "tab that the form writes to as sheet.tab in config/service.yaml, or bring the rows back."
    )
    assert (made.stale, made.dangers) == ((said,) if lost else (), ())


def test_an_event_that_is_over_and_too_many_mails_stop_the_run() -> None:
    known = replace(carried_out(plan(responses(ANA, BEA), BEFORE), NEW), posted=())
    made = plan(responses(ANA, BEA), at("09-13 12:31"), known, limits=Limits(messages_per_run=1))
    assert made.dangers == (
        "The event ended on 13 September 2023, and 2 messages would go out.",
        "2 messages would go out; limits.messages_per_run in config/service.yaml allows 1.",
    )
    with pytest.raises(UnsafePlan, match="run again with --force"):
        made.raise_if_unsafe()
    replace(made, dangers=()).raise_if_unsafe()


def test_after_the_event_nothing_to_send_is_no_danger() -> None:
    _, history = live([ANA], SELECTION)
    made = plan(responses(ANA), at("09-20 07:00"), history)
    assert find_dangers(made, CALL, SERVICE) == ()


def templates_that_fail(name: str) -> Templates:
    """Return templates that can be filled in for everybody but one person."""
    return templates(f'{{% if applicant.first_name == "{name}" %}}{{{{ missing }}}}{{% endif %}}')


def test_a_message_that_cannot_be_written_concerns_its_applicant_only() -> None:
    made = make_plan(CALL, SERVICE, templates_that_fail("Bea"), responses(ANA, BEA), NEW, SELECTION)
    assert told(made) == {"ana": Kind.INVITATION}
    assert shown(made) == {2: "Offered", 3: "Proposed: offer"}
    assert [str(problem) for problem in made.problems] == [
        "row 3: the message “invitation” cannot be written with these answers. "
        "Run `convene check`; correct the answer or the template"
    ]


@pytest.mark.parametrize(
    ("name", "kinds", "put_off"),
    [
        ("Ana", {}, "3 decisions"),
        ("Bea", {"ana": Kind.INVITATION}, "2 decisions"),
        ("Clo", {"ana": Kind.INVITATION, "bea": Kind.WAITING_LIST}, "1 decision"),
        ("Dan", {"ana": Kind.INVITATION, "bea": Kind.WAITING_LIST, "clo": Kind.WAITING_LIST}, ""),
    ],
)
def test_nobody_is_told_who_comes_after_somebody_who_cannot_be_written_to(
    name: str, kinds: dict[str, Kind], put_off: str
) -> None:
    call = with_places(capacity=1, waiting_list=2)
    lines = [ANA, BEA, CLO, DAN]
    made = make_plan(call, SERVICE, templates_that_fail(name), responses(*lines), NEW, SELECTION)
    assert told(made) == kinds
    assert [problem.what for problem in made.problems[1:]] == (
        [f"{put_off} put off: somebody who comes first cannot be written to"] if put_off else []
    )
    history = carried_out(made, NEW)
    whole = told(plan(responses(*lines), SELECTION, call=call))
    assert kinds | told(plan(responses(*lines), LATER, history, call)) == whole


def test_a_kind_without_a_template_is_not_sent() -> None:
    call = replace(CALL, messages={Kind.INVITATION: "invitation.md"})
    assert told(plan(responses(ANA), BEFORE, call=call)) == {}


# --- during and after sending ------------------------------------------------------------------------------


def test_people_whose_answers_or_decision_changed_meanwhile_have_moved_on() -> None:
    made = plan(responses(ANA, BEA, CLO, DAN), SELECTION)
    names = {
        verdict.case.applicant.response.first_name: verdict.reference for verdict in made.assessment.verdicts
    }
    history = carried_out(made, NEW, State.PREPARED)
    later = responses(DAN, ANA.replace("Manager", "Chaplain"), BEA + " > decision=Hold")
    assert moved_on(made, CALL, later, history) == {names["Ana"], names["Bea"], names["Clo"]}


@pytest.mark.parametrize("word", ["Hold", "Withdrawn", "Invite"])
def test_who_gets_a_word_in_an_older_row_meanwhile_has_moved_on(word: str) -> None:
    again = ANA.replace("07-10", "07-20")
    made = plan(responses(ANA, again, BEA), SELECTION)
    history = carried_out(made, NEW, State.PREPARED)
    later = responses(f"{ANA} > decision={word}", again, BEA)
    assert moved_on(made, CALL, later, history) == {by_name(made)["Ana"].reference}


def test_rows_that_came_during_the_run_are_left_for_the_next() -> None:
    made, history = live([ANA], SELECTION)
    changes = write_back(CALL, made, responses(BEA, ANA), history)
    assert [(change.row, change.after.status) for change in changes] == [(3, "Offered")]


def test_write_back_minds_the_scope() -> None:
    made, history = live([ANA, BEA], SELECTION)
    bea = made.assessment.verdicts[1].reference
    changes = write_back(CALL, replace(made, scope=Scope(only=bea)), responses(ANA, BEA), history)
    assert [change.row for change in changes] == [3]


def test_a_held_message_counts_as_never_made() -> None:
    posted = Posted(1, "P-ANA222", Kind.RECEIVED, 1, State.HELD, BEFORE)
    history = replace(HISTORY_OF_ANA, posted=(posted,))
    made = plan(responses(ANA), BEFORE, history)
    assert [(message.kind, message.revision) for message in made.messages] == [(Kind.RECEIVED, 2)]


WORDS = st.sampled_from(
    (
        "",
        "Invite",
        "Waiting list",
        "Decline",
        "Hold",
        "Confirmed",
        "Withdrawn",
        "Withdrawn - ill",
        "Cancel",
        "Decline, silent",
        "Eligible: external",
        "Inivte",
    )
)
PEOPLE = (ANA, BEA, CLO, DAN, NOA, "07-09 09:00 | cha@example.org | Cha | Chaplain | Yes")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(*(WORDS for _ in PEOPLE)), min_size=1, max_size=6))
def test_nobody_is_told_twice_or_contradicted_whatever_organisers_type(days: list[tuple[str, ...]]) -> None:
    call, history = with_places(capacity=2), NEW
    heard: dict[str, list[Kind]] = {}
    for day, typed in enumerate(days):
        lines = [
            line + (f" > decision={word}" if word else "") for line, word in zip(PEOPLE, typed, strict=True)
        ]
        now = SELECTION + timedelta(days=day)
        made = plan(responses(*lines), now, history, call)
        for message in made.messages:
            before = heard.setdefault(message.reference, [])
            left_in_between = message.kind == Kind.INVITATION and message.revision > 1
            known = history.standings.get(message.reference)
            is_known = known is not None and is_by_hand(known)
            assert not before or before[-1] != message.kind or left_in_between or is_known
            takes_back = known is not None and known.status in SEATED
            assert takes_back is (message.kind == Kind.PLACE_WITHDRAWN)
            before.append(message.kind)
        history = carried_out(made, history)
        again = plan(responses(*lines), now, history, call)
        assert (again.messages, again.standings, again.cancelled) == ((), (), ())
        assert not {r for r, n in by_word(made, "Withdrawn").items() if n.status is not Status.WITHDRAWN}


def by_word(made: Plan, word: str) -> dict[str, Verdict]:
    return {
        verdict.reference: verdict
        for verdict in made.assessment.verdicts
        if verdict.case.applicant.decision == word
    }


def test_what_is_wrong_with_the_sheet_itself_is_told_first() -> None:
    problem = Problem("the sheet", "the column “Status” has the header “State” now", "Type “Status” again")
    made = plan(
        replace(responses(ANA, "07-11 09:00 | no address | X | Manager | Yes"), problems=(problem,)), BEFORE
    )
    assert [one.where for one in made.problems] == ["the sheet", "row 3, column “Email Address”"]


def test_write_back_names_nobody_whom_no_run_has_recorded() -> None:
    history = replace(HISTORY_OF_ANA, secret="s")
    made = plan(responses(ANA), BEFORE, history)
    changes = write_back(
        CALL, made, responses(ANA, BEA, "07-12 09:00 | no address | X | Manager | Yes"), history
    )
    assert [(change.row, change.after.status) for change in changes] == [
        (2, "Proposed: offer"),
        (4, "Check row"),
    ]


def test_write_back_follows_a_response_that_was_edited_meanwhile() -> None:
    made = plan(responses(ANA), BEFORE, HISTORY_OF_ANA)
    edited = ANA.replace("07-10 09:00", "07-20 09:00") + " > reference=P-ANA222"
    (change,) = write_back(CALL, made, responses(edited), HISTORY_OF_ANA)
    assert (change.after.reference, change.after.status) == ("P-ANA222", "Proposed: offer")


HISTORY_OF_ANA = History(
    addresses={"P-ANA222": "ana@example.org"}, responses={"ana@example.org|2023-07-10T09:00:00": "P-ANA222"}
)


def test_the_sheet_shows_the_last_message_and_a_replaced_one_is_due_again() -> None:
    _, history = live([ANA], BEFORE)
    (change,) = plan(responses(ANA), BEFORE, history).changes
    assert change.after.last_message == "Acknowledgement, 2023-07-15 07:00"
    (sent,) = history.posted
    replaced = replace(history, posted=(replace(sent, state=State.REPLACED),))
    (again,) = plan(responses(ANA), BEFORE, replaced).messages
    assert (again.kind, again.revision) == (Kind.RECEIVED, 2)
