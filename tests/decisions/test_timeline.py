"""The table of transitions, walked pair by pair."""

from itertools import product

import pytest

from pipeline.decisions.timeline import CONCLUDED, REPORTED, TELLS, TRANSITIONS, TYPED, UNTOLD, Event, To
from pipeline.intake.decision_forms import ABOUT_WHO, SETTLING, Word
from pipeline.model.applicant import PROPOSED, Eligibility, Status
from pipeline.model.history import LEFT, SEATED
from pipeline.model.message import Kind

STATUSES = (Status.RECEIVED, *CONCLUDED)
RANKED = {Event.RULED_OUT, Event.PLACE_GIVEN, Event.LISTED, Event.TURNED_AWAY}
COMPETING = {Status.RECEIVED, Status.WAITING}


def why_impossible(status: Status, event: Event) -> str:
    """Say why an event cannot meet somebody of that status; empty where it can."""
    if event is Event.SAID_YES and status not in SEATED | LEFT:
        return "there is no offer to agree to"
    ended = {Status.NOT_SELECTED, Status.INELIGIBLE, Status.NO_SHOW, Status.CANCELLED}
    if event is Event.SAID_NO and status in ended:
        return "there is nothing to give up"
    if event is Event.REPLY_DATE_PASSED and status is not Status.OFFERED:
        return "no answer is awaited"
    if event in RANKED and status not in COMPETING:
        return "only who competes is ranked; `Eligible` lets a person compete again"
    if event in RANKED - {Event.PLACE_GIVEN} and status is Status.WAITING:
        return "who waits was told so; only a place or a person's word ends it"
    if event is Event.PASSED_OVER and status is not Status.WAITING:
        return "nobody else stands in line"
    if event is Event.PLACE_PASSED_ON and status in SEATED | {Status.NO_SHOW}:
        return "who has a place, or had one, gets no other"
    if event is Event.APPLIED and status is not Status.RECEIVED:
        return "the first response of a person is there already"
    if event is Event.APPLIED_AGAIN and status not in LEFT:
        return "a newer response of somebody who did not give up is a change of answers"
    return ""


@pytest.mark.parametrize(("status", "event"), tuple(product(STATUSES, Event)), ids=str)
def test_every_pair_leads_somewhere_or_is_impossible(status: Status, event: Event) -> None:
    assert ((status, event) in TRANSITIONS) is not bool(why_impossible(status, event))


def test_only_what_is_in_the_sheet_is_a_status() -> None:
    reached = {to.status for to in TRANSITIONS.values()}
    assert reached == {*STATUSES, Status.TO_REVIEW, Status.ON_HOLD}
    assert set(Status) - reached - set(PROPOSED.values()) == {
        Status.SUPERSEDED,
        Status.CHECK_ROW,
        Status.ERASED,
    }  # of rows, not of people


def test_a_message_always_tells_the_same_status() -> None:
    assert TELLS == {
        Status.OFFERED: Kind.INVITATION,
        Status.WAITING: Kind.WAITING_LIST,
        Status.NOT_SELECTED: Kind.NOT_SELECTED,
        Status.INELIGIBLE: Kind.NOT_SELECTED,
        Status.CANCELLED: Kind.PLACE_WITHDRAWN,
        Status.EXPIRED: Kind.OFFER_EXPIRED,
    }


def test_nobody_is_written_to_about_what_they_or_the_organisers_report() -> None:
    assert {to.message for (_, event), to in TRANSITIONS.items() if event in REPORTED} == {None}


def test_a_place_is_never_lost_by_what_a_machine_finds() -> None:
    by_people = {*TYPED.values(), Event.SAID_NO, Event.REPLY_DATE_PASSED}
    lost = {
        (status, event)
        for (status, event), to in TRANSITIONS.items()
        if status in SEATED and event not in by_people and to.status not in SEATED
    }
    assert {TRANSITIONS[pair] for pair in lost} == {To(Status.TO_REVIEW)}  # shown; the place is kept


def test_every_word_and_every_finding_has_its_line() -> None:
    assert TYPED.keys() == set(Word) - SETTLING - ABOUT_WHO - {Word.OK}
    assert UNTOLD.keys() == set(Eligibility)
    assert all((status, event) in TRANSITIONS for status, event in product(STATUSES, TYPED.values()))


def test_a_word_that_takes_back_what_is_known_asks_unless_it_has_a_letter_for_it() -> None:
    lost = {
        (status, event)
        for (status, event), to in TRANSITIONS.items()
        if status in SEATED and event in TYPED.values() and to.status not in SEATED | {Status.ON_HOLD}
    }
    asking = {pair for pair in lost if TRANSITIONS[pair].asks}
    assert {event for _, event in asking} == {Event.TYPED_WAITING, Event.TYPED_DECLINE}
    assert {to.message for pair, to in TRANSITIONS.items() if pair in lost - asking} == {
        None,
        Kind.PLACE_WITHDRAWN,
    }
