"""A call over simulated weeks: people withdraw, apply late, are let in by hand; the capacity changes.

Whatever happens, nobody who was told “you are in” is displaced, no rule is broken by the machine, no place stays
empty that could be filled, and what was foretold comes true.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decisions.places.give import Selection
from pipeline.decisions.verdict import Verdict
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import SEATED, History
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places
from pipeline.model.ranks import RankKey
from pipeline.model.reason import ReasonKind
from pipeline.model.sheet import Snapshot
from pipeline.planning.plan import Plan
from pipeline.planning.recheck import write_back
from pipeline.selection.contest import Contest
from pipeline.selection.reasons.waiting import next_if_leaves
from tests.selection import oracle as oracle
from tests.support.build import SELECTION, carried_out, filled, plan, responses, with_places

COUNTRIES, ROLES, ANSWERS = ("Spain", "Italy", "Malta"), ("Manager", "Psychologist"), ("Yes", "Aims to")
PEOPLE = st.lists(
    st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(ROLES), st.sampled_from(ANSWERS)), max_size=8
)
UNCLEAR = "Chaplain"
"""A role that a person has to look at."""
MIXED = st.lists(
    st.tuples(st.sampled_from(COUNTRIES), st.sampled_from((*ROLES, UNCLEAR)), st.sampled_from(ANSWERS)),
    max_size=8,
)
PLACES = st.builds(
    Places,
    capacity=st.integers(1, 5),
    at_most=st.sampled_from(((), (AtMost("country", 1),), (AtMost("country", 2), AtMost("role", 2)))),
    at_least=st.sampled_from(((), (AtLeast(CATEGORY, "external", 1),), (AtLeast("country", "Malta", 2),))),
    nice_to_have=st.sampled_from(((), (AtLeast("country", "", 1),))),
    tiers=st.sampled_from(((), (RankKey("vetos", ("Yes",)),))),
    waiting_list=st.sampled_from((None, None, 2)),
)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("leaves"), st.integers(0, 7)),
        st.tuples(st.sampled_from(("Invite", "Decline", "Eligible: external")), st.integers(0, 7)),
        st.tuples(st.just("applies"), st.integers(0, 5)),
        st.tuples(st.just("capacity"), st.integers(0, 6)),
    ),
    max_size=5,
)


@dataclass
class Weeks:
    """A call as it goes on: its rows, what the ledger knows, the sheet as it was written last."""

    call: Call
    history: History = field(default_factory=lambda: History(secret="s"))
    now: datetime = SELECTION
    rows: list[str] = field(default_factory=list)
    words: dict[int, str] = field(default_factory=dict)

    def applies(self, country: str, role: str, vetos: str, day: str) -> None:
        nth = len(self.rows)
        self.rows.append(
            f"{day} 05:{nth:02} | p{nth}@example.org | P{nth} X | {role} | {vetos} > country={country}"
        )

    def snapshot(self) -> Snapshot:
        lines = (
            f"{row}, decision={self.words[nth]}" if nth in self.words else row
            for nth, row in enumerate(self.rows)
        )
        return responses(*lines)

    def plan(self) -> Plan:
        return plan(self.snapshot(), self.now, self.history, self.call)

    def live(self) -> Plan:
        """Run once and check what must hold; then once more, when nothing must happen."""
        made = self.plan()
        check(made, self.history, self.call)
        self.history = carried_out(made, self.history)
        changes = write_back(self.call, made, self.snapshot(), self.history)
        sheet = filled(self.snapshot(), {change.row: change.after for change in changes})
        assert plan(sheet, self.now + timedelta(hours=1), self.history, self.call).is_empty
        self.now += timedelta(days=1)
        return made


def selection_of(made: Plan) -> Selection:
    assert made.assessment.selection is not None
    return made.assessment.selection


def given_by_rank(made: Plan) -> frozenset[str]:
    """Return who newly gets a place that no organiser gave."""
    return frozenset(
        verdict.reference
        for verdict in (one.now for one in made.assessment.verdicts)
        if verdict.standing
        and verdict.standing.status is Status.OFFERED
        and verdict.standing.reasons[0].kind is ReasonKind.OFFERED
    )


def check(made: Plan, history: History, call: Call) -> None:
    selection = selection_of(made)
    contest, chosen = selection.contest, frozenset(selection.choice.chosen)
    verdicts = {verdict.reference: verdict for verdict in made.assessment.verdicts}
    early = {one.reference for one in made.assessment.verdicts if one.is_early}
    assert given_by_rank(made) == chosen - early
    assert not early or is_under_review(made, call)
    assert not displaced(verdicts, history)
    assert told_order(contest, history) == [
        person.reference for person in contest.contenders if waits_in(history, person.reference)
    ]
    assert not over_quota(call, verdicts, contest.seated, chosen)
    for limit in contest.limits:
        before, after = len(limit.members & contest.seated), len(limit.members & (contest.seated | chosen))
        assert after <= max(before, limit.most)
    assert len(chosen) <= max(0, contest.capacity - len(contest.seated))
    if len(contest.contenders) <= 8:  # every filling that displaces nobody was tried: this is the best
        assert selection.choice.chosen == oracle.best(contest)


def is_under_review(made: Plan, call: Call) -> bool:
    """Whether something may wait: the day for reviews has not passed, and there is one."""
    by = call.dates.reviews_by
    asked = any(one.status is Status.TO_REVIEW or one.case.doubt for one in made.assessment.verdicts)
    return by is not None and made.now <= by and asked


def waits_in(history: History, reference: str) -> bool:
    standing = history.standings.get(reference)
    return standing is not None and standing.status is Status.WAITING


def told_order(contest: Contest, history: History) -> list[str]:
    """Return who was told to wait, in the order that was told; they stand before everybody else."""
    people = [person.reference for person in contest.contenders]
    told = [reference for reference in people if waits_in(history, reference)]
    assert people[: len(told)] == told
    return sorted(told, key=lambda reference: history.standings[reference].order)


def over_quota(
    call: Call, verdicts: Mapping[str, Verdict], seated: frozenset[str], chosen: frozenset[str]
) -> list[str]:
    """Return whose place, given by rank, exceeds a limit, counted from the answers themselves."""

    def answer(reference: str, key: str) -> str:
        return verdicts[reference].case.applicant.response.answers[key]

    return [
        one
        for quota in call.places.at_most
        for one in chosen
        if sum(answer(other, quota.group) == answer(one, quota.group) for other in seated | chosen)
        > quota.places
    ]


def displaced(verdicts: Mapping[str, Verdict], history: History) -> list[str]:
    """Return who had a place and has none, although no organiser said so."""
    return [
        reference
        for reference, standing in history.standings.items()
        if standing.status in SEATED
        and not verdicts[reference].holds_place
        and verdicts[reference].case.override is None
    ]


def happens(weeks: Weeks, what: str, number: int) -> None:
    match what:
        case "applies":
            country, role = COUNTRIES[number % 3], ROLES[number % 2]
            weeks.applies(country, role, ANSWERS[number // 3], f"{weeks.now:%m-%d}")
        case "capacity":
            weeks.call = with_places(weeks.call, capacity=number)
        case "leaves":
            here = [
                nth for nth, verdict in enumerate(weeks.plan().assessment.verdicts) if verdict.holds_place
            ]
            if here:
                weeks.words[here[number % len(here)]] = "Withdrawn"
        case word:
            if weeks.rows:
                weeks.words[number % len(weeks.rows)] = word


def begin(people: list[tuple[str, str, str]], places: Places, reviews: timedelta | None = None) -> Weeks:
    call = with_places(**{name: getattr(places, name) for name in places.__slots__})
    if reviews is not None:
        call = replace(call, dates=replace(call.dates, reviews_by=SELECTION + reviews + timedelta(hours=12)))
    weeks = Weeks(call)
    for country, role, vetos in people:
        weeks.applies(country, role, vetos, "07-10")
    return weeks


def replay(
    people: list[tuple[str, str, str]],
    places: Places,
    events: list[tuple[str, int]],
    reviews: timedelta | None = None,
) -> Weeks:
    weeks = begin(people, places, reviews)
    weeks.live()
    for what, number in events:
        happens(weeks, what, number)
        weeks.live()
    return weeks


@settings(max_examples=20, deadline=None)
@given(PEOPLE, PLACES, EVENTS)
def test_nobody_is_displaced_quotas_hold_and_places_are_filled(
    people: list[tuple[str, str, str]], places: Places, events: list[tuple[str, int]]
) -> None:
    replay(people, places, events)


@settings(max_examples=20, deadline=None)
@given(MIXED, PLACES, EVENTS, st.integers(0, 4))
def test_while_people_are_under_review_nobody_is_displaced_and_everybody_is_told_in_the_end(
    people: list[tuple[str, str, str]], places: Places, events: list[tuple[str, int]], days: int
) -> None:
    weeks = replay(people, places, events, timedelta(days=days))
    weeks.now = SELECTION + timedelta(days=days + 1)
    last = weeks.live()
    assert not any(one.is_early for one in last.assessment.verdicts)
    untold = {
        one.reference: one for one in last.assessment.verdicts if one.reference not in weeks.history.standings
    }
    assert {one.status for one in untold.values()} <= {Status.TO_REVIEW}


@settings(max_examples=20, deadline=None)
@given(PEOPLE, PLACES, EVENTS, st.integers(0, 7))
def test_who_comes_if_somebody_leaves_is_known_beforehand(
    people: list[tuple[str, str, str]], places: Places, events: list[tuple[str, int]], number: int
) -> None:
    weeks = begin(people, places)
    for what, nth in [*events, ("", 0)]:
        weeks.live()
        if what:
            happens(weeks, what, nth)
    selection = selection_of(weeks.plan())
    foretold = next_if_leaves(selection.contest, selection.choice)
    rows = weeks.plan().assessment.verdicts
    seated = [nth for nth, verdict in enumerate(rows) if verdict.reference in selection.contest.seated]
    if not seated:
        return
    leaver = seated[number % len(seated)]
    weeks.words[leaver] = "Withdrawn"
    assert given_by_rank(weeks.live()) == frozenset(foretold[rows[leaver].reference])
