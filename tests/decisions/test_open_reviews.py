"""Places while people wait for a person's word: given only where every outcome of the reviews gives them.

The oracle tries every outcome: each open review out, or in each category, with each answer that is not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from pipeline.audience.conditions import OneOf
from pipeline.decisions.timeline import BY_RANK
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places, Reserved
from pipeline.model.ranks import By, RankKey
from pipeline.planning.plan import Plan
from pipeline.planning.recheck import write_back
from tests.support.build import (
    ANA,
    BEA,
    CALL,
    CLO,
    DAN,
    NEW,
    NOA,
    SELECTION,
    WITH_WORK,
    at,
    carried_out,
    filled,
    plan,
    responses,
    with_places,
)
from tests.support.rounds import LONG, try_often

COUNTRIES = ("Spain", "Italy", "Malta")
WORDS = ("Decline", "Eligible: management", "Eligible: external")
BY_CATEGORY = (RankKey(CATEGORY, ("external", "management")),)
MALTA = OneOf("country", ("Malta",))
REVIEWS_BY = replace(CALL, dates=replace(CALL.dates, reviews_by=SELECTION + timedelta(days=2)))


@dataclass(frozen=True)
class Person:
    """Somebody who applied; a chaplain is for a person to look at, and may have left the country out."""

    country: str
    role: str
    vetos: str = "Yes"
    time: str = "07-10 05:00"

    @property
    def is_open(self) -> bool:
        return self.role == "Chaplain"

    def line(self, nth: int, word: str = "", country: str = "") -> str:
        more = f", decision={word}" if word else ""
        where = self.country or country
        who = f"p{nth}@example.org | P{nth} X | {self.role} | {self.vetos}"
        return f"{self.time}:{nth:02} | {who} > country={where}{more}"

    def outcomes(self, nth: int) -> tuple[str, ...]:
        if not self.is_open:
            return (self.line(nth),)
        countries = (self.country,) if self.country else COUNTRIES
        return tuple(self.line(nth, word, country) for word, country in product(WORDS, countries))


def lines(people: tuple[Person, ...]) -> list[str]:
    return [person.line(nth) for nth, person in enumerate(people)]


def outcomes(people: tuple[Person, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the sheet as it may be once every review is settled."""
    yield from product(*(person.outcomes(nth) for nth, person in enumerate(people)))


def told(made: Plan) -> dict[str, Status]:
    """Return what the ranking tells whom."""
    new = {standing.reference: standing.status for standing in made.standings}
    by_rank = {one.reference for one in made.assessment.verdicts if one.event in BY_RANK}
    return {reference: status for reference, status in new.items() if reference in by_rank}


def final(history: History) -> dict[str, Status]:
    return {reference: standing.status for reference, standing in history.standings.items()}


def waiting(history: History) -> list[str]:
    there = (one for one in history.standings.values() if one.status is Status.WAITING)
    return [one.reference for one in sorted(there, key=lambda one: one.order)]


def assert_a_second_run_does_nothing(
    made: Plan, after: History, people: tuple[Person, ...], call: Call
) -> None:
    snapshot = responses(*lines(people))
    sheet = filled(snapshot, {change.row: change.after for change in write_back(call, made, snapshot, after)})
    assert plan(sheet, SELECTION + timedelta(hours=1), after, call).is_empty


def check(people: tuple[Person, ...], call: Call) -> dict[str, Status]:
    """Compare what is told while reviews are open with what every outcome would tell; return it."""
    at_once = replace(call, dates=replace(call.dates, reviews_by=None))
    made = plan(responses(*lines(people)), SELECTION, NEW, call)
    given, after = told(made), carried_out(made, NEW)
    has_turns = any(key.by is By.TURN for key in call.places.rank_by)
    if not has_turns:
        assert_a_second_run_does_nothing(made, after, people, call)
    for sheet in outcomes(people):
        day = plan(responses(*sheet), SELECTION, NEW, at_once)
        whole = carried_out(day, NEW)
        assert given.items() <= final(whole).items()
        later = carried_out(plan(responses(*sheet), SELECTION + timedelta(days=1), after, call), after)
        if not has_turns:  # turns are counted after those who were told: that is so without reviews, too
            assert (final(later), waiting(later)) == (final(whole), waiting(whole))
    return given


PEOPLE = st.lists(
    st.builds(
        Person,
        st.sampled_from(COUNTRIES),
        st.sampled_from(("Manager", "Psychologist")),
        st.sampled_from(("Yes", "Aims to")),
    ),
    min_size=1,
    max_size=6,
)
OPEN = st.lists(
    st.builds(
        Person,
        st.sampled_from((*COUNTRIES, "")),
        st.just("Chaplain"),
        st.sampled_from(("Yes", "Yes", "Aims to")),
        st.sampled_from(("07-10 04:00", "07-10 05:00", "08-02 01:00")),
    ),
    min_size=1,
    max_size=2,
)
PLACES = st.builds(
    Places,
    capacity=st.integers(1, 5),
    overbook=st.sampled_from((0, 0, 1)),
    waiting_list=st.sampled_from((None, None, 0, 1, 2)),
    at_most=st.sampled_from(
        (
            *((), ()),
            (AtMost("country", 1),),
            (AtMost("country", 2), AtMost("role", 2)),
            (AtMost(CATEGORY, 2, value="external"), AtMost("country", 2)),
            (AtMost("vetos", 1, value="Yes", others=("Aims to",), where=MALTA, title="Malta"),),
            (AtMost("vetos", 1, where=MALTA, title="Malta"),),
        )
    ),
    at_least=st.sampled_from(
        (
            *((), ()),
            (AtLeast(CATEGORY, "external", 1),),
            (AtLeast("country", "Malta", 2), AtLeast(CATEGORY, "management", 1)),
            (AtLeast(CATEGORY, "external", 1, where=MALTA, title="external, Malta"),),
            (AtLeast("", "", 1, where=MALTA, title="Malta"),),
        )
    ),
    nice_to_have=st.sampled_from(((), (), (AtLeast("country", "", 1),))),
    held=st.sampled_from(((), (), (Reserved("country", "Malta", 1, at("08-20 23:59:59")),))),
    tiers=st.sampled_from(((), (), (RankKey("vetos", ("Yes",)),))),
    rank_by=st.sampled_from(
        ((), (RankKey("vetos", ("Yes", "Aims to")),), (RankKey("country", by=By.TURN),), BY_CATEGORY)
    ),
    draw=st.sampled_from((False, False, True)),
)


def with_all(places: Places) -> Call:
    return with_places(REVIEWS_BY, **{name: getattr(places, name) for name in places.__slots__})


def shuffled(people: list[Person], unclear: list[Person], order: Random) -> tuple[Person, ...]:
    everybody = [*people, *unclear]
    order.shuffle(everybody)
    return tuple(everybody)


SHEETS = st.builds(shuffled, PEOPLE, OPEN, st.randoms(use_true_random=False))


def test_who_may_be_the_only_one_with_an_answer_may_be_needed_for_a_wish() -> None:
    wish = (AtLeast(group="country", value="", places=1),)
    people = (
        Person("Spain", "Manager", "Yes", "07-10 05:00"),
        Person("Spain", "Manager", "Yes", "07-10 05:00"),
        Person("Spain", "Chaplain", "Yes", "07-10 04:00"),
        Person("", "Chaplain", "Yes", "07-10 05:00"),
    )
    assert check(people, with_all(Places(capacity=2, nice_to_have=wish))) == {}


@settings(max_examples=10, deadline=None)
@given(SHEETS, PLACES)
def test_nothing_is_told_that_an_outcome_of_a_review_would_change(
    people: tuple[Person, ...], places: Places
) -> None:
    given = check(people, with_all(places))
    event(f"told: {', '.join(sorted({status.value for status in given.values()})) or 'nothing'}")


def check_all(people: tuple[Person, ...], places: Places) -> None:
    check(people, with_all(places))


@pytest.mark.slow
def test_nothing_is_told_for_long_that_an_outcome_would_change() -> None:
    try_often(check_all, SHEETS, PLACES, seconds=LONG)


# --- one by one --------------------------------------------------------------------------------------------

ASKED = "07-09 09:00 | cha@example.org | Cha | Chaplain | Yes"
NEXT_DAY, THEN = SELECTION + timedelta(days=1), SELECTION + timedelta(days=3)
CALL_OF_TWO = replace(REVIEWS_BY, places=replace(CALL.places, rank_by=()))


def told_to(made: Plan) -> dict[str, str]:
    return {message.to.partition("@")[0]: message.kind for message in made.messages}


def shown(made: Plan) -> list[tuple[str, str]]:
    return [(change.after.status, change.after.waiting_list) for change in made.changes]


def test_what_a_review_could_change_is_proposed_until_it_is_settled_or_the_day_has_passed() -> None:
    lines = (ANA, BEA, CLO, NOA, ASKED)
    made = plan(responses(*lines), SELECTION, NEW, CALL_OF_TWO)
    assert told_to(made) == {
        "ana": "invitation",
        "noa": "not_selected",
        **dict.fromkeys(("bea", "clo", "cha"), "received"),
    }
    assert shown(made) == [
        ("Offered", ""),
        ("Proposed: offer", ""),
        ("Proposed: waiting list", "1"),
        ("Ineligible", ""),
        ("To review", ""),
    ]
    assert made.changes[1].after.reason == (
        "A place is offered: rank 2. Works with VETOs from outside: answered “Psychologist”. "
        "Told when 1 review is settled, or after 4 August 2023."
    )
    history = carried_out(made, NEW)
    settled = plan(
        responses(*lines[:4], f"{ASKED} > decision=Eligible: external"), NEXT_DAY, history, CALL_OF_TWO
    )
    assert told_to(settled) == {"cha": "invitation", "bea": "waiting_list", "clo": "waiting_list"}
    passed = plan(responses(*lines), THEN, history, CALL_OF_TWO)
    assert told_to(passed) == {"bea": "invitation", "clo": "waiting_list"}
    at_once = replace(CALL_OF_TWO, dates=CALL.dates)
    assert told_to(plan(responses(*lines), SELECTION, NEW, at_once))["bea"] == "invitation"


@pytest.mark.parametrize(
    ("earlier", "today"),
    [
        ((), (f"{ANA} > decision=Eligible: external", BEA)),
        ((ANA,), (f"{ANA} > decision=Confirmed", BEA)),
        ((ANA, DAN), (ANA, DAN, BEA)),  # Dan waits, and is promoted before Bea, who ranks before him
    ],
)
def test_a_proposed_rank_stays_as_it_is_however_others_got_their_place(
    earlier: tuple[str, ...], today: tuple[str, ...]
) -> None:
    one, more = (
        replace(CALL_OF_TWO, places=replace(CALL_OF_TWO.places, capacity=number))
        for number in (1, len(today))
    )
    history = carried_out(plan(responses(*earlier), SELECTION, NEW, one), NEW)
    snapshot = responses(*today, ASKED)
    made = plan(snapshot, NEXT_DAY, history, more)
    after = carried_out(made, history)
    changes = write_back(more, made, snapshot, after)
    assert changes[-2].after.reason.startswith("A place is offered: rank 2.")
    assert plan(filled(snapshot, {each.row: each.after for each in changes}), NEXT_DAY, after, more).is_empty


def test_a_review_of_somebody_who_came_late_puts_nothing_off_for_those_in_time() -> None:
    late = ASKED.replace("07-09 09:00", "08-02 01:00")
    made = plan(responses(ANA, BEA, CLO, late), SELECTION, NEW, CALL_OF_TWO)
    assert told_to(made) == {
        "ana": "invitation",
        "bea": "invitation",
        "clo": "waiting_list",
        "cha": "received",
    }
    full = replace(CALL_OF_TWO, places=replace(CALL_OF_TWO.places, waiting_list=0))
    made = plan(responses(ANA, BEA, CLO, late), SELECTION, NEW, full)  # a no would shut the door to them
    assert (told_to(made)["bea"], shown(made)[2]) == ("invitation", ("Proposed: not selected", ""))


def test_a_place_that_becomes_free_goes_to_the_next_whatever_newcomers_turn_out_to_be() -> None:
    one = replace(CALL_OF_TWO, places=replace(CALL_OF_TWO.places, capacity=1))
    history = carried_out(plan(responses(ANA, BEA, CLO), SELECTION, NEW, one), NEW)
    withdrawn = (f"{ANA} > decision=Withdrawn", BEA, CLO)
    assert told_to(plan(responses(*withdrawn, ASKED), NEXT_DAY, history, one)) == {
        "bea": "invitation",
        "cha": "received",
    }
    doubted = (withdrawn[0], f"{BEA} > decision=Inivte", CLO)
    made = plan(responses(*doubted), NEXT_DAY, history, one)
    assert (told_to(made), shown(made)[-1]) == ({}, ("Proposed: offer", "2"))


def test_who_may_be_two_people_hears_nothing_of_a_place_nor_a_no() -> None:
    elsewhere = (line.replace("@example.org", "@example.net").replace("07-1", "07-2") for line in (ANA, NOA))
    again = [f"{line} > country=Prison 1" for line in elsewhere]
    first = [f"{line} > country=Prison 1" for line in (ANA, NOA)]
    call = replace(WITH_WORK, dates=REVIEWS_BY.dates)
    made = plan(responses(*first, *again), SELECTION, NEW, call)
    assert set(told_to(made).values()) == {"received"}
    assert shown(made)[:2] == [("Proposed: offer", ""), ("Ineligible", "")]
    assert told_to(plan(responses(*first), SELECTION, NEW, call)) == {
        "ana": "invitation",
        "noa": "not_selected",
    }


@pytest.mark.parametrize(
    ("rank_by", "answer", "is_told"),
    [
        ((RankKey("country", by=By.HIGHEST),), "5", True),
        ((RankKey("country", by=By.HIGHEST),), "9", False),
        ((RankKey("country", by=By.HIGHEST),), "some", False),
        ((RankKey("role", ("Manager", "Chaplain")),), "5", True),
    ],
)
def test_where_somebody_under_review_ranks_is_known_as_far_as_the_answers_tell(
    rank_by: tuple[RankKey, ...], answer: str, is_told: bool
) -> None:
    call = replace(REVIEWS_BY, places=replace(CALL.places, capacity=1, rank_by=rank_by))
    made = plan(responses(f"{ANA} > country=7", f"{ASKED} > country={answer}"), SELECTION, NEW, call)
    assert (told_to(made)["ana"] == "invitation") is is_told


def test_who_is_passed_over_hears_it_when_the_place_is_given() -> None:
    places = replace(CALL.places, capacity=1, at_most=(AtMost("country", 1),), rank_by=())
    one, two = (replace(REVIEWS_BY, places=replace(places, capacity=number)) for number in (1, 2))
    lines = [f"{line} > country={where}" for line, where in ((ANA, "Spain"), (BEA, "Spain"), (CLO, "Italy"))]
    history = carried_out(plan(responses(*lines), SELECTION, NEW, one), NEW)
    bea = next(ref for ref, address in history.addresses.items() if address == "bea@example.org")
    told = plan(responses(*lines), NEXT_DAY, history, two)
    assert (told_to(told), bea in {one.reference for one in told.standings}) == ({"clo": "invitation"}, True)
    # Clo is under review again, and so it is Dan who would get the place that Bea cannot have.
    doubted = [*lines[:2], f"{lines[2]}, decision=What", f"{DAN} > country=Italy"]
    waits = plan(responses(*doubted), NEXT_DAY, history, two)
    assert (told_to(waits), waits.standings) == ({"dan": "received"}, ())
    assert shown(waits)[-1] == ("Proposed: offer", "")
