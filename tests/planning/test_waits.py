"""What a run leaves for a later one, and what it ends with."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model.errors import MailRejectsUs, MailUnavailable, SheetError
from pipeline.model.exit_codes import Exit
from pipeline.model.history import History, Noted, Posted
from pipeline.model.message import Kind, State
from pipeline.model.problem import Problem
from pipeline.planning.needs import Need
from pipeline.planning.plan import Plan, Scope
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.planning.waits import NOTHING, Waits, find_waits
from tests.support.build import BEFORE, plan, responses

HALF_HOUR = timedelta(minutes=30)
LATER = BEFORE + HALF_HOUR
DOWN, BLOCKED = MailUnavailable("down"), MailRejectsUs("spam")


def posted(number: int, state: State, again: bool = False, reference: str = "P-AAAAAA") -> Posted:
    return Posted(number, reference, Kind.RECEIVED, 1, state, BEFORE, next_attempt=LATER if again else None)


def plan_of(*resumed: Posted, scope: Scope = Scope(), left_out: int = 0) -> Plan:  # noqa: B008 - frozen
    """Return a plan that goes on with messages of earlier runs, before which there were ten."""
    history = History(posted=(posted(10, State.ACCEPTED),))
    return replace(
        plan(responses(), BEFORE), history=history, resumed=resumed, scope=scope, left_out=left_out
    )


@pytest.mark.parametrize(
    ("messages", "tally", "waits"),
    [
        pytest.param((posted(11, State.ACCEPTED),), Tally(sent=1), NOTHING, id="nothing"),
        pytest.param(
            (posted(11, State.DEFERRED, again=True),),
            Tally(deferred=1),
            Waits(put_off=1, again=LATER),
            id="put off in this run",
        ),
        pytest.param(
            (posted(3, State.DEFERRED, again=True),), Tally(), Waits(put_off=1, again=LATER), id="earlier"
        ),
        pytest.param((posted(3, State.PREPARED),), Tally(), NOTHING, id="kept back for somebody on hold"),
        pytest.param(
            (posted(11, State.PREPARED), posted(12, State.PREPARED)),
            Tally(stopped=DOWN),
            Waits(stopped=2, again=LATER),
            id="the relay is down",
        ),
        pytest.param(
            (posted(11, State.PREPARED),), Tally(stopped=BLOCKED), Waits(stopped=1), id="a person comes first"
        ),
        pytest.param(
            (posted(11, State.DEFERRED, again=True), posted(12, State.PREPARED), posted(13, State.PREPARED)),
            Tally(deferred=1, waiting=2, room_at=BEFORE + timedelta(hours=1)),
            Waits(put_off=1, day=2, again=LATER),
            id="the day's limit",
        ),
        pytest.param((), Tally(held=1), Waits(held=1, again=LATER), id="the sheet changed"),
        pytest.param(
            (), Tally().hold_back("P-AAAAAA", Kind.RECEIVED, "why"), NOTHING, id="told as a problem already"
        ),
    ],
)
def test_what_waits_and_until_when(messages: tuple[Posted, ...], tally: Tally, waits: Waits) -> None:
    assert find_waits(plan_of(), History(posted=messages), tally, BEFORE, HALF_HOUR) == waits


def test_what_a_person_left_out_waits_and_what_is_about_others_does_not() -> None:
    history = History(posted=(posted(11, State.PREPARED), posted(12, State.PREPARED, reference="P-BBBBBB")))
    made = plan_of(scope=Scope(only="P-BBBBBB"), left_out=3)
    assert find_waits(made, history, Tally(), BEFORE, HALF_HOUR) == Waits(stopped=1, asked=3)


def test_a_message_of_an_earlier_run_that_was_not_reached_waits() -> None:
    message = posted(3, State.PREPARED)
    waits = find_waits(plan_of(message), History(posted=(message,)), Tally(stopped=DOWN), BEFORE, HALF_HOUR)
    assert waits == Waits(stopped=1, again=LATER)


PROBLEM = Problem("row 2", "no e-mail address", "Type it")
OPEN = (Need("0", PROBLEM, Noted(BEFORE)),)
SEEN = (Need("0", PROBLEM, Noted(BEFORE, LATER, "the sheet")),)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (Result("run-1", Tally(sent=1), 1, ()), Exit.DONE),
        (Result("run-1", Tally(), 1, (), waits=Waits(put_off=1)), Exit.LATER),
        (Result("run-1", Tally(), 1, (), DOWN), Exit.LATER),
        (Result("run-1", Tally(), 1, OPEN, DOWN), Exit.PERSON),
        (Result("run-1", Tally(), 1, SEEN), Exit.DONE),
        (Result("run-1", Tally(), 1, OPEN, waits=Waits(day=1)), Exit.PERSON),
        (Result("run-1", Tally(), 1, (), BLOCKED, waits=Waits(stopped=1)), Exit.PERSON),
        (Result("run-1", Tally(), 1, (), SheetError("disk full")), Exit.PERSON),
    ],
)
def test_a_person_comes_before_later_and_nothing_owed_is_success(result: Result, code: Exit) -> None:
    assert result.exit_code is code


def test_the_first_sentence_says_how_many_wait_and_why() -> None:
    assert str(Waits(put_off=1, stopped=2, held=3, day=4, asked=5)) == (
        "15 messages wait: 1 put off by the mail server, 2 because sending stopped, 3 because the sheet changed "
        "meanwhile, 4 for the day's limit (messages_per_day) and 5 for --limit."
    )
    assert str(Waits(put_off=1, again=LATER)) == (
        "1 message waits: 1 put off by the mail server. The next attempt is due on 2023-07-15 at 07:30."
    )
    assert str(NOTHING) == ""


def test_what_was_counted_can_be_taken_back() -> None:
    assert Tally(sent=1).add(State.REFUSED).take_back(State.REFUSED) == Tally(sent=1)


@pytest.mark.parametrize(
    ("result", "is_so"),
    [
        (Result("run-1", Tally(), 0, ()), True),
        (Result("", Tally(in_doubt=1), 0, ()), True),
        (Result("", Tally(), 0, OPEN, waits=Waits(put_off=1)), False),
    ],
)
def test_a_run_did_something_where_it_recorded_or_found_out_something(result: Result, is_so: bool) -> None:
    assert result.did_something == is_so
