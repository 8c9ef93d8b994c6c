"""One letter says that a decision is late: to whom news was promised, once, and never after a decision."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.model.history import History
from pipeline.model.message import Kind, State
from pipeline.planning.plan import Plan
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    LATER,
    NEW,
    NOA,
    SELECTION,
    at,
    carried_out,
    plan,
    responses,
)

ASKED = "07-09 09:00 | cha@example.org | Cha | Chaplain | Yes"
NEXT_DAY = at("08-03 00:00")


def told(made: Plan) -> dict[str, str]:
    return {message.to.partition("@")[0]: message.kind for message in made.messages}


def acknowledged(*lines: str, state: State = State.ACCEPTED, on: datetime = BEFORE) -> History:
    return carried_out(plan(responses(*lines), on), NEW, state)


def test_who_was_promised_news_and_heard_nothing_is_told_once_when_the_day_is_over() -> None:
    history = acknowledged(ANA, ASKED)
    for moment in (SELECTION, at("08-02 23:59:59")):
        assert told(plan(responses(ANA, ASKED), moment, history)) == {"ana": "invitation"}
    history = carried_out(plan(responses(ANA, ASKED), SELECTION, history), history)
    made = plan(responses(ANA, ASKED), NEXT_DAY, history)
    assert told(made) == {"cha": "delayed"}
    assert made.changes[-1].after.last_message == "Delay notice: not sent yet"
    history = carried_out(made, history)
    assert told(plan(responses(ANA, ASKED), LATER, history)) == {}
    decided = plan(responses(ANA, f"{ASKED} > decision=Decline"), LATER, history)
    assert told(decided) == {"cha": "not_selected"}
    history = carried_out(decided, history)
    assert told(plan(responses(ANA, f"{ASKED} > decision=What"), LATER, history)) == {}


@pytest.mark.parametrize(
    ("line", "history"),
    [
        pytest.param(ASKED, NEW, id="heard of nothing yet: an acknowledgement that promises nothing"),
        pytest.param(ASKED, acknowledged(ASKED, on=SELECTION), id="was promised no day"),
        pytest.param(ASKED, acknowledged(ASKED, state=State.REFUSED), id="never read the promise"),
        pytest.param(
            ASKED.replace("07-09 09:00", "08-02 05:00"),
            acknowledged(ASKED.replace("07-09 09:00", "08-02 05:00"), on=at("08-02 05:01")),
            id="came late",
        ),
        pytest.param(
            f"{ASKED} > agreement=",
            acknowledged(f"{ASKED} > agreement="),
            id="did not agree, and was asked to",
        ),
        pytest.param(f"{ASKED} > decision=Hold", acknowledged(ASKED), id="is silenced by the organisers"),
    ],
)
def test_nobody_else_is_told_that_it_takes_longer(line: str, history: History) -> None:
    assert Kind.DELAYED not in told(plan(responses(line), LATER, history)).values()


def test_nobody_is_told_when_the_meeting_has_begun_or_the_call_has_no_such_letter() -> None:
    history = acknowledged(ASKED)
    assert told(plan(responses(ASKED), CALL.dates.starts, history)) == {}
    without = replace(
        CALL, messages={kind: name for kind, name in CALL.messages.items() if kind != Kind.DELAYED}
    )
    assert told(plan(responses(ASKED), LATER, history, without)) == {}


def test_a_notice_that_could_not_leave_goes_on_for_those_under_review_and_is_called_off_by_a_decision() -> (
    None
):
    history = acknowledged(ASKED)
    history = carried_out(plan(responses(ASKED), NEXT_DAY, history), history, State.PREPARED)
    later = NEXT_DAY + timedelta(hours=7)
    assert [message.kind for message in plan(responses(ASKED), later, history).resumed] == [Kind.DELAYED]
    decided = plan(responses(f"{ASKED} > decision=Invite"), later, history)
    assert [message.kind for message in decided.cancelled] == [Kind.DELAYED]
    assert told(decided) == {"cha": "invitation"}


def test_who_waits_for_an_approval_alone_is_told_too_unless_that_letter_waits_as_well() -> None:
    history = acknowledged(ANA, BEA, CLO)
    lines = responses(ANA, f"{BEA} > decision=Decline", CLO)
    call = replace(CALL, approve=frozenset({Kind.INVITATION}))
    made = plan(lines, SELECTION, history, call)
    assert told(made) == {"bea": "not_selected"}
    history = carried_out(made, history)
    made = plan(lines, NEXT_DAY, history, call)
    assert told(made) == {"ana": "delayed", "clo": "delayed"}  # behind Ana, and told nothing either
    assert {(each.kind, each.conclusion) for each in made.effects} == {("delayed", "Received")}
    assert [effect.kind for effect in made.unreleased] == ["invitation"] * len(made.unreleased) != []
    put_off = carried_out(made, history, State.PREPARED)
    assert [one.kind for one in plan(lines, LATER, put_off, call).resumed] == [Kind.DELAYED] * 2
    assert told(plan(lines, LATER, carried_out(made, history), call)) == {}
    both = replace(CALL, approve=frozenset({Kind.INVITATION, Kind.DELAYED}))
    assert told(plan(lines, NEXT_DAY, history, both)) == {}


def test_a_person_who_is_ineligible_was_told_so() -> None:
    history = acknowledged(NOA)
    history = carried_out(plan(responses(NOA), SELECTION, history), history)
    assert told(plan(responses(NOA), NEXT_DAY, history)) == {}
