"""The weeks after the invitation: whatever people do, what was promised holds after every run, to the end.

At random first; then each line of the table of transitions that chance did not meet is walked to, on whatever way the
table itself knows.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from pipeline.decisions.timeline import TRANSITIONS, Event
from pipeline.model.applicant import Status
from pipeline.model.kinds import KINDS, NOTICES
from pipeline.model.message import Kind, State
from pipeline.model.places import CATEGORY, AtMost, Places, Reserved
from pipeline.model.ranks import RankKey
from tests.support.build import BEFORE, SELECTION, at
from tests.support.rounds import LONG, play
from tests.support.weeks import CALL, COUNTRIES, DAY, NAMES, STARTS, Pair, Weeks, on

E = Event
WORDS = (
    *("Invite", "Waiting list", "Decline", "Hold", "Confirmed", "Withdrawn", "Cancel", "No show"),
    *(
        "Eligible: external",
        "Invite as external",
        "Extend to 2023-09-08",
        "Withdrawn - ill",
        "Invit",
        "what?",
    ),
    *("Decline, silent", "Waiting list, silent", "Cancel, silent", "Invite (our speaker)", "", "", ""),
)
PLACES = st.builds(
    Places,
    capacity=st.integers(1, 4),
    overbook=st.sampled_from((0, 0, 1)),
    at_most=st.sampled_from(((), (AtMost("country", 1),), (AtMost(CATEGORY, 2),))),
    held=st.sampled_from(((), (), (Reserved("country", "Malta", 1, SELECTION + 20 * DAY),))),
    waiting_list=st.sampled_from((None, None, 1)),
    rank_by=st.just((RankKey("vetos", ("Yes", "Aims to")),)),
    seed=st.just("seed"),
)
PEOPLE = st.lists(
    st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(("Yes", "Yes", "Aims to", "No"))),
    min_size=2,
    max_size=6,
)
SOMEBODY = st.integers(0, len(NAMES) - 1)
ACT = st.one_of(
    st.tuples(st.just("type"), SOMEBODY, st.sampled_from(WORDS)),
    st.tuples(st.just("type"), SOMEBODY, st.sampled_from(WORDS)),
    st.tuples(st.just("reply"), SOMEBODY, st.booleans()),
    st.tuples(st.just("pass on"), SOMEBODY, SOMEBODY),
    st.tuples(st.just("apply"), SOMEBODY, st.sampled_from(COUNTRIES)),
    st.tuples(st.sampled_from(("correct", "freeze", "approve")), SOMEBODY, st.none()),
    st.tuples(st.sampled_from(("title", "starts", "approval", "cancelled")), SOMEBODY, st.none()),
    st.tuples(st.just("places"), SOMEBODY, PLACES),
)
ALL_ASK = frozenset(KINDS) - {Kind.RECEIVED}


class TheWeeks(RuleBasedStateMachine):
    """People, organisers, form, relay and clock at one call; `covered` are the pairs that any play has met."""

    covered: ClassVar[set[Pair]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.weeks = Weeks(covered=self.covered)

    @initialize(people=PEOPLE, places=PLACES, early=st.booleans())
    def people_apply(self, people: list[tuple[str, str]], places: Places, *, early: bool) -> None:
        self.weeks.call = replace(CALL, places=places)
        for name, (country, vetos) in zip(NAMES, people, strict=False):
            self.weeks.apply(name, country, vetos)
        if early:
            self.weeks.now = BEFORE
            self.weeks.run()
            self.weeks.now = SELECTION
        self.weeks.run()

    @rule(
        acts=st.lists(ACT, max_size=4),
        hours=st.sampled_from((1, 24, 24, 3 * 24, 6 * 24)),
        state=st.sampled_from((*(State.ACCEPTED,) * 4, State.DEFERRED, State.REFUSED)),
        writes=st.sampled_from((True, True, True, False)),
    )
    def time_passes_and_convene_runs(
        self, acts: list[tuple[str, int, Any]], hours: int, state: State, *, writes: bool
    ) -> None:
        for what, who, how in acts:
            happens(self.weeks, what, who, how)
        self.weeks.now += timedelta(hours=hours)
        self.weeks.run(state, writes=writes)

    def teardown(self) -> None:
        if self.weeks.rows:
            self.weeks.end()


def happens(weeks: Weeks, what: str, who: int, how: Any) -> None:
    call, name = weeks.call, weeks.names[who % len(weeks.names)]
    match what:
        case "type":
            weeks.says(name, how)
        case "reply":
            weeks.replies(name, is_yes=how)
        case "pass on":
            weeks.passes_on(name, weeks.names[how % len(weeks.names)])
        case "apply":
            weeks.apply(NAMES[who], how, when=weeks.now)
        case "correct":
            weeks.correct(name)
        case "freeze":
            weeks.is_frozen = not weeks.is_frozen
        case "approve" if weeks.history.proposals:
            weeks.approve_all()
        case "title":
            weeks.call = replace(call, title="Another meeting" if call.title == CALL.title else CALL.title)
        case "starts":
            weeks.call = on(call, STARTS + 7 * DAY if call.dates.starts == STARTS else STARTS)
        case "places":
            weeks.call = replace(call, places=how)
        case "approval":
            weeks.call = replace(call, approve=NOTICES if call.approve == ALL_ASK else ALL_ASK)
        case "cancelled":
            weeks.call = replace(call, cancelled=not call.cancelled)


@pytest.mark.parametrize(
    "seconds", [pytest.param(0.0, id="briefly"), pytest.param(LONG, id="for long", marks=pytest.mark.slow)]
)
def test_what_was_promised_holds_through_the_weeks_and_every_pair_of_the_table_is_met(seconds: float) -> None:
    TheWeeks.covered.clear()
    play(TheWeeks, 10, seconds)
    by_chance = set(TheWeeks.covered)
    walked = {pair for pair in TRANSITIONS.keys() - by_chance if is_walked_to(pair)}
    print(f"pairs met: {len(by_chance)} by chance, {len(walked)} walked to, of {len(TRANSITIONS)}")
    assert by_chance | walked == TRANSITIONS.keys()


@pytest.mark.parametrize("night", ["03-26", "10-29"])
def test_an_offer_lapses_when_its_day_is_over_also_where_clocks_change_on_it(night: str) -> None:
    selection = at(f"{night} 06:00") - 5 * DAY
    dates = replace(CALL.dates, opens=None, deadline=selection - DAY, selection=selection)
    weeks = Weeks(call=on(replace(CALL, dates=dates), selection + 60 * DAY))
    for name in ("ana", "bea", "clo"):
        weeks.apply(name, when=selection - 5 * DAY)

    def told(moment: datetime) -> list[tuple[str, str]]:
        weeks.now, weeks.sent = moment, []
        weeks.run()
        return sorted(weeks.told())

    assert len(told(selection)) == 3
    assert {one.reply_by for one in weeks.history.standings.values()} == {at(f"{night} 23:59:59"), None}
    assert told(at(f"{night} 07:00") - 2 * DAY) == [("ana", "reply_reminder"), ("bea", "reply_reminder")]
    for fold in (0, 1):
        assert told(at(f"{night} 02:30").replace(fold=fold)) == []
    weeks.now = at(f"{night} 23:58")
    weeks.replies("bea", is_yes=True)
    assert told(at(f"{night} 23:59")) == [("bea", "confirmed")]
    after = at(f"{night} 00:01") + DAY
    assert told(after) == [("ana", "offer_expired")]
    assert told(after + timedelta(seconds=20)) == [("clo", "invitation")]
    assert told(after + timedelta(seconds=40)) == []


# --- each line of the table, on the ways that the table knows ----------------------------------------------

TYPING = {
    E.TYPED_INVITE: "Invite",
    E.TYPED_WAITING: "Waiting list",
    E.TYPED_DECLINE: "Decline",
    E.TYPED_HOLD: "Hold",
    E.TYPED_CONFIRMED: "Confirmed",
    E.TYPED_WITHDRAWN: "Withdrawn",
    E.TYPED_CANCEL: "Cancel",
    E.TYPED_NO_SHOW: "No show",
    E.TYPED_EXTEND: "Extend to 2023-09-08",
    E.TYPED_ELIGIBLE: "Eligible: external",
}
LONGEST_WAY = 4


def is_walked_to(pair: Pair) -> bool:
    """Whether somebody can be brought where the pair begins, and then its event happens and leads where it says."""
    status, event = pair
    return any(_goes((*way, event), pair) for way in ways(status))


def ways(status: Status, last: int = LONGEST_WAY) -> Iterator[tuple[Event, ...]]:
    """Yield how somebody gets from nothing to a status by the table, the shortest ways first."""
    reached: list[tuple[Status, tuple[Event, ...]]] = [(Status.RECEIVED, ())]
    for _ in range(last):
        yield from (way for end, way in reached if end is status)
        reached = [
            (to.status, (*way, event))
            for end, way in reached
            for (begin, event), to in TRANSITIONS.items()
            if begin is end and to.status is not end and not to.asks
        ]


def _goes(way: tuple[Event, ...], pair: Pair) -> bool:
    weeks = Weeks(call=replace(CALL, places=replace(CALL.places, capacity=1)), now=BEFORE)
    for name, country in (("ana", "Spain"), ("zoe", "Spain"), ("bea", "Italy")):
        weeks.apply(name, country)
    weeks.says("zoe", "Confirmed")  # the one place is taken
    weeks.says("bea", "Hold")
    weeks.run()
    for event in way:
        happens_to_ana(weeks, event)
    return pair in weeks.covered


def happens_to_ana(weeks: Weeks, event: Event) -> None:
    """Let one thing happen to Ana, and run."""
    if event not in {E.ANSWERS_CHANGED, E.APPLIED, E.SAID_NO}:
        weeks.now = max(weeks.now, SELECTION)
    call, places = weeks.call, weeks.call.places
    match event:
        case E.TYPED_REPLACE:
            weeks.passes_on("ana", "bea")
            weeks.says("bea", "")
        case E.PLACE_PASSED_ON:
            weeks.passes_on("zoe", "ana")
        case E.SAID_YES | E.SAID_NO:
            weeks.replies("ana", is_yes=event is E.SAID_YES)
        case E.REPLY_DATE_PASSED:
            weeks.now += 5 * DAY
            weeks.run()  # the reminder
            weeks.now += 2 * DAY
        case E.MEETING_BEGAN:
            if weeks.now >= call.dates.starts:
                weeks.call = on(call, weeks.now + 8 * DAY)
                weeks.run()
            weeks.now = weeks.call.dates.starts
        case E.RULED_OUT:
            weeks.correct("ana")
        case E.ANSWERS_CHANGED:
            weeks.says("ana", "")  # a word counts for more than any answers
            weeks.correct("ana")
        case E.PLACE_GIVEN:
            weeks.call = replace(call, places=replace(places, capacity=3))
        case E.TURNED_AWAY:
            weeks.call = replace(call, places=replace(places, waiting_list=0))
        case E.PASSED_OVER:
            weeks.call = replace(call, places=replace(places, capacity=2, at_most=(AtMost("country", 1),)))
            weeks.says("bea", "")
        case E.APPLIED_AGAIN:
            weeks.apply("ana", when=weeks.now)
        case E.TYPED_NO_SHOW if weeks.now < call.dates.starts:
            happens_to_ana(weeks, E.MEETING_BEGAN)
            weeks.says("ana", TYPING[event])
        case _ if event in TYPING:
            again = weeks.words.get(0) == TYPING[event]
            weeks.says("ana", f"{TYPING[event]} (as said)" if again else TYPING[event])
    weeks.run()
