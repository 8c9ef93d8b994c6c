"""Letters that a date calls for, or a status that is reached: each once, to whom it is for, and never as nonsense."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.messages.reading import make_templates
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History
from pipeline.model.kinds import KINDS, Group, Kind, Occasion
from pipeline.model.message import State
from pipeline.planning.due import in_order
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import EVERYTHING, Plan, Scope
from tests.support.build import (
    ANA,
    BEA,
    CALL,
    CLO,
    LATER,
    NEW,
    NOA,
    SELECTION,
    SERVICE,
    TEMPLATE,
    at,
    carried_out,
    responses,
)

VISA, WELCOME, SURVEY = Kind("visa_letter"), Kind("welcome"), Kind("survey")
VISA_DAY, MEETING, END = at("08-20 00:00"), CALL.dates.starts, CALL.dates.ends
TEMPLATES = make_templates(
    {kind: (f"{kind}.md", TEMPLATE.format(kind=kind, first="")) for kind in (*KINDS, VISA, WELCOME, SURVEY)},
    "<html><body>{{ body }}</body></html>",
)


VISA_CALL = replace(
    CALL,
    messages={**CALL.messages, VISA: "visa.md"},
    occasions={VISA: Occasion(Group.OFFERED, VISA_DAY, until=MEETING)},
)
ALL = (ANA, BEA, CLO, NOA)  # two places: Ana and Bea are offered one, Clo waits, Noa is not for this call


def made_at(
    now: datetime, history: History, call: Call = CALL, *lines: str, scope: Scope = EVERYTHING
) -> Plan:
    return make_plan(call, SERVICE, TEMPLATES, responses(*(lines or ALL)), history, now, scope)


def told(made: Plan) -> dict[str, list[str]]:
    """Say who gets which letters, by the first letters of their addresses."""
    found: dict[str, list[str]] = {}
    for message in made.messages:
        found.setdefault(message.to[:3], []).append(message.kind)
    return found


def after(
    now: datetime, history: History, call: Call = CALL, *lines: str, state: State = State.ACCEPTED
) -> History:
    return carried_out(made_at(now, history, call, *lines), history, state)


SELECTED = after(SELECTION, NEW)
CONFIRMED = (f"{ANA} > decision=Confirmed", BEA, CLO, NOA)
COMES = after(LATER, SELECTED, CALL, *CONFIRMED)


@pytest.mark.parametrize(
    ("to", "who"),
    [
        (Group.OFFERED, {"bea"}),
        (Group.CONFIRMED, {"ana"}),
        (Group.WAITING, {"clo"}),
        (Group.ALL, {"ana", "bea", "clo"}),  # never who was turned away
    ],
)
def test_a_date_calls_for_the_people_of_its_group_once(to: Group, who: set[str]) -> None:
    call = replace(VISA_CALL, occasions={VISA: Occasion(to, VISA_DAY, until=MEETING)})
    assert told(made_at(VISA_DAY - timedelta(seconds=1), COMES, call, *CONFIRMED)) == {}
    made = made_at(VISA_DAY, COMES, call, *CONFIRMED)
    assert told(made) == {each: [VISA] for each in who}
    assert {message.occasion for message in made.messages} == {VISA_DAY.isoformat()}
    sent = carried_out(made, COMES)
    for later in (VISA_DAY + timedelta(minutes=1), VISA_DAY + timedelta(days=7)):
        assert told(made_at(later, sent, call, *CONFIRMED)) == {}


def test_what_was_missed_is_caught_up_once_and_late_comers_get_it_at_once() -> None:
    late = VISA_DAY + timedelta(days=9)  # nobody ran it for a week
    call = replace(VISA_CALL, occasions={VISA: Occasion(Group.CONFIRMED, VISA_DAY, until=MEETING)})
    sent = after(late, COMES, call, *CONFIRMED)
    both = (f"{ANA} > decision=Confirmed", f"{BEA} > decision=Confirmed", CLO, NOA)
    made = made_at(late + timedelta(days=1), sent, call, *both)
    assert told(made) == {"bea": [VISA]}


def test_what_would_be_nonsense_is_skipped_with_a_word() -> None:
    made = made_at(MEETING, SELECTED, VISA_CALL)
    assert told(made) == {}
    (problem,) = [each for each in made.asked if each.where == "message “Visa letter”"]
    assert str(problem) == (
        "message “Visa letter”: 2 letters did not leave by 2023-09-12 09:00; now of no use. "
        "Nothing is sent any more; write to these people yourself if they miss something"
    )
    assert not [each for each in made_at(MEETING, after(VISA_DAY, SELECTED, VISA_CALL), VISA_CALL).asked
                if each.where == problem.where]  # fmt: skip


def test_a_decision_leaves_alone_and_what_follows_it_waits_until_it_has_left() -> None:
    early = replace(VISA_CALL, occasions={VISA: Occasion(Group.OFFERED, SELECTION, until=MEETING)})
    made = made_at(SELECTION, NEW, early)
    assert told(made)["ana"] == ["invitation"]
    put_off = carried_out(made, NEW, State.DEFERRED)
    assert "ana" not in told(made_at(SELECTION + timedelta(minutes=5), put_off, early))
    refused = carried_out(made, NEW, State.REFUSED)
    assert told(made_at(LATER, refused, early)) == {}
    assert told(made_at(LATER, carried_out(made, NEW), early)) == {"ana": [VISA], "bea": [VISA]}


@pytest.mark.parametrize(
    ("moved", "again"),
    [
        (VISA_DAY - timedelta(days=3), False),  # a letter that left since serves
        (VISA_DAY + timedelta(days=3), True),  # another day is another occasion
    ],
)
def test_a_date_that_moves_after_the_letter_left(moved: datetime, again: bool) -> None:
    sent = after(VISA_DAY, SELECTED, VISA_CALL)
    call = replace(VISA_CALL, occasions={VISA: Occasion(Group.OFFERED, moved, until=MEETING)})
    made = made_at(VISA_DAY + timedelta(days=4), sent, call)
    assert bool(told(made)) is again


def test_an_open_letter_is_called_off_once_nothing_calls_for_it() -> None:
    prepared = after(VISA_DAY, SELECTED, VISA_CALL, state=State.PREPARED)
    went = (f"{ANA} > decision=Withdrawn", BEA, CLO, NOA)
    made = made_at(VISA_DAY + timedelta(days=1), prepared, VISA_CALL, *went)
    assert [message.to[:3] for message in made.resumed] == ["bea"]
    assert [(message.to[:3], message.kind) for message in made.cancelled] == [("ana", VISA)]


@pytest.mark.parametrize(("word", "who"), [("Hold", {"bea"}), ("Dunno", {"bea"})])
def test_nothing_goes_to_whom_organisers_hold_or_whose_word_is_not_understood(
    word: str, who: set[str]
) -> None:
    lines = (f"{ANA} > decision={word}", BEA, CLO, NOA)
    assert told(made_at(VISA_DAY, SELECTED, VISA_CALL, *lines)).keys() == who


WELCOMING = replace(
    CALL,
    messages={**CALL.messages, WELCOME: "welcome.md"},
    occasions={WELCOME: Occasion(when=Status.CONFIRMED, until=END)},
)


def test_a_status_that_is_reached_calls_for_its_letter_each_time_it_is_reached() -> None:
    history = SELECTED
    played = []
    for day, word in enumerate(("Confirmed", "Confirmed", "Withdrawn", "Confirmed", "Confirmed")):
        lines = (f"{ANA} > decision={word}", BEA, CLO, NOA)
        made = made_at(LATER + timedelta(days=day), history, WELCOMING, *lines)
        played.append(told(made).get("ana", []))
        history = carried_out(made, history)
    assert played == [[WELCOME], [], [], [WELCOME], []]


def test_a_status_that_was_reached_before_the_call_had_the_kind_calls_for_nothing() -> None:
    assert told(made_at(LATER + timedelta(days=1), COMES, WELCOMING, *CONFIRMED)) == {}


def test_what_is_owed_by_a_status_is_caught_up() -> None:
    held = after(LATER, SELECTED, WELCOMING, *CONFIRMED, state=State.HELD)
    assert told(made_at(LATER + timedelta(days=7), held, WELCOMING, *CONFIRMED)) == {"ana": [WELCOME]}


BOTH = replace(
    WELCOMING,
    messages={**WELCOMING.messages, VISA: "visa.md"},
    occasions={**WELCOMING.occasions, VISA: Occasion(Group.CONFIRMED, LATER, until=MEETING)},
)


def test_several_letters_leave_for_a_person_in_one_run_and_each_waits_for_its_own_approval() -> None:
    assert told(made_at(LATER, SELECTED, BOTH, *CONFIRMED)) == {"ana": [VISA, WELCOME]}
    made = made_at(LATER, SELECTED, replace(BOTH, approve=frozenset({VISA})), *CONFIRMED)
    assert told(made) == {"ana": [WELCOME]}
    assert [effect.kind for effect in made.unreleased] == [VISA]
    assert [effect.kind for effect in made.effects] == [WELCOME]
    assert [standing.status for standing in made.standings] == [Status.CONFIRMED]


def test_a_word_that_decides_releases_the_letter_that_it_calls_for() -> None:
    made = made_at(LATER, SELECTED, replace(BOTH, approve=frozenset({VISA, WELCOME})), *CONFIRMED)
    assert told(made) == {"ana": [WELCOME]}


@pytest.mark.parametrize("limit", range(5))
def test_under_a_limit_decisions_go_before_answers_and_reminders(limit: int) -> None:
    reminding = replace(VISA_CALL, occasions={VISA: Occasion(Group.OFFERED, LATER, until=MEETING)})
    prepared = after(LATER, SELECTED, reminding, state=State.PREPARED)  # two reminders of an earlier run
    new = "07-14 09:00 | eve@example.org | Eve Adler | Manager | Yes"
    made = made_at(LATER, prepared, reminding, *ALL, new, scope=Scope(limit=limit))
    order = [message.kind for message in in_order(made.resumed, made.messages)]
    assert order == ["waiting_list", VISA, VISA][:limit]
    assert made.left_out == max(0, 3 - limit)
