"""Cases for places: who comes first, what the quotas make of it, and what people read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.decisions.case import Case
from pipeline.decisions.places.account import give_account
from pipeline.decisions.places.give import Openness, Outcome, Seating, give_places
from pipeline.decisions.places.line_up import line_up, make_contest
from pipeline.decisions.places.ranking import count_turns, own_tier, rank_key
from pipeline.decisions.places.reasons import passed_before
from pipeline.model.applicant import Applicant, Classification, Eligibility, Response, Status
from pipeline.model.call import Call, Question
from pipeline.model.history import Standing
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places, Reserved
from pipeline.model.ranks import By, RankKey
from pipeline.model.reason import Reason, ReasonKind, as_written, because
from pipeline.model.wordings import words
from pipeline.selection.contest import Method
from tests.support.build import CALL, SELECTION, at, with_places


def people(text: str) -> tuple[Case, ...]:
    """Read cases, in the order in which they applied: `ana Spain management, eva Italy external`."""
    words = (person.split() for person in text.split(",") if person.strip())
    return tuple(_case(number, *each) for number, each in enumerate(words))


def _case(number: int, name: str, country: str, category: str, *more: str) -> Case:
    answers = {"country": country.strip("_"), **dict(setting.split("=") for setting in more)}
    submitted = at(f"07-01 10:{number:02}")
    found = Classification(Eligibility.ELIGIBLE, category)
    return Case(
        Applicant(name, Response(name, f"{name}@example.org", submitted, answers)),
        found,
        found,
        None,
        None,
        False,
    )


def told(case: Case, order: int, when: datetime = SELECTION, *reasons: Reason) -> Case:
    """Put somebody on the waiting list."""
    standing = Standing(
        case.reference, Status.WAITING, Eligibility.ELIGIBLE, case.found.category, reasons, "", when, order
    )
    return replace(case, standing=standing)


def seating(
    places: Places,
    queue: str | tuple[Case, ...],
    seated: str = "",
    unknown: int = 0,
    door: Openness = Openness(),  # noqa: B008 - frozen
) -> Seating:
    call = replace(CALL, places=places)
    left = people(queue) if isinstance(queue, str) else queue
    return give_places(call, line_up(call, left, people(seated), unknown), door, SELECTION)


def drawn(made: Seating, lot: Outcome) -> dict[str, str]:
    return {reference: words((each.reason,)) for reference, each in made.lots.items() if each.lot is lot}


COUNTRY = AtMost("country", 1, exempt=("Other",))
EXTERNAL = AtLeast(CATEGORY, "external", 1)
FULL = "On the waiting list: all 2 places are taken; first in line if a place becomes free."
SPAIN = (
    "On the waiting list: the only place for country “Spain” is taken; "
    "first in line if a place for country “Spain” becomes free."
)


PLACES_GIVEN: dict[str, tuple[Places, str, dict[str, str]]] = {
    "in order": (Places(2), "ana Spain m, eva Italy m, leo Spain m → ana eva", {"leo": FULL}),
    "the seated stay": (Places(2), "ana Spain m, eva Italy m | old France m → ana", {"eva": FULL}),
    "a full limit is passed over and named": (
        Places(2, (COUNTRY,)),
        "ana Spain m, eva SPAIN m, leo Italy m → ana leo",
        {"eva": SPAIN},
    ),
    "exempt answers have no limit": (
        Places(2, (COUNTRY,)),
        "ana Other m, eva other m, leo _ m → ana eva",
        {"leo": FULL},
    ),
    "no answer is no country": (Places(3, (COUNTRY,)), "ana _ m, eva - m, leo - m → ana eva leo", {}),
    "a named limit stands in the place of the one on each": (
        Places(3, (AtMost("country", 1), AtMost("country", 2, value="spain"))),
        "ana Spain m, eva Spain m, leo Italy m, max Italy m, ben Spain m → ana eva leo",
        {
            "max": "On the waiting list: the only place for country “Italy” is taken; "
            "first in line if a place for country “Italy” becomes free.",
            "ben": "On the waiting list: all 2 places for country “Spain” are taken; "
            "first in line if a place for country “Spain” becomes free.",
        },
    ),
    "a minimum is met": (
        Places(2, at_least=(EXTERNAL,)),
        "ana Spain m, eva Italy m, leo Spain external → ana leo",
        {"eva": FULL},
    ),
    "nobody to meet it": (Places(2, at_least=(EXTERNAL,)), "ana Spain m, eva Italy m → ana eva", {}),
    "where a limit and a minimum cross, the minimum and all places": (
        Places(2, (COUNTRY,), (EXTERNAL,)),
        "ana Spain m, eva Italy m, leo Spain external → eva leo",
        {"ana": SPAIN},
    ),
    "a minimum for each answer": (
        Places(3, at_least=(AtLeast("country", "", 1),)),
        "ana Spain m, eva Spain m, leo Spain m, max Italy m, ben France m → ana max ben",
        {
            "eva": "On the waiting list: all 3 places are taken; first in line if a place becomes free.",
            "leo": "On the waiting list: all 3 places are taken; 2nd in line if a place becomes free.",
        },
    ),
    "a wish comes before rank": (
        Places(2, nice_to_have=(EXTERNAL,)),
        "ana Spain m, eva Italy m, leo Spain external → ana leo",
        {"eva": FULL},
    ),
    "but not before a tier": (
        Places(2, nice_to_have=(EXTERNAL,), tiers=(RankKey("vetos", ("Yes",)),)),
        "ana Spain m vetos=Yes, eva Italy m vetos=Yes, leo Spain external vetos=No → ana eva",
        {"leo": FULL},
    ),
    "more people than places by the organisers' word": (
        Places(1, at_least=(EXTERNAL,)),
        "ana Spain external | old Spain m, older Spain m →",
        {"ana": "On the waiting list: the only place is taken; first in line if a place becomes free."},
    ),
    "overbooked": (Places(2, overbook=1), "ana Spain m, eva Italy m, leo Spain m → ana eva leo", {}),
}
"""Places, `who competes | who is seated → who is offered one`, and what those who wait are told."""


@pytest.mark.parametrize(("places", "line", "waiting"), PLACES_GIVEN.values(), ids=PLACES_GIVEN)
def test_places_are_given(places: Places, line: str, waiting: dict[str, str]) -> None:
    competing, _, offered = line.partition(" →")
    queue, _, seated = competing.partition(" | ")
    made = seating(places, queue, seated)
    assert (tuple(drawn(made, Outcome.OFFER)), drawn(made, Outcome.WAIT)) == (tuple(offered.split()), waiting)


def test_people_whose_answers_are_unknown_still_take_a_place() -> None:
    assert list(drawn(seating(Places(2), "ana Spain m, eva Italy m", unknown=1), Outcome.OFFER)) == ["ana"]


def test_an_offer_says_the_rank_and_which_rule_needed_it() -> None:
    places = Places(2, at_least=(EXTERNAL,), tiers=(RankKey("vetos", ("Yes",)),))
    queue = "ana Spain m vetos=Yes, eva Italy m vetos=Yes, leo Spain external vetos=No"
    made = seating(places, queue)
    assert drawn(made, Outcome.OFFER) == {
        "ana": "A place is offered: tier 1, rank 1.",
        "leo": "A place is offered: tier 2, rank 3; needed for External practitioners (at least 1).",
    }
    assert words(made.lots["eva"].passed) == (
        "Passed over on 2 August 2023: beside those who rank before, would break External practitioners (at least 1)."
    )


def test_somebody_who_waits_and_is_passed_over_is_told_why() -> None:
    ana, eva = people("ana Spain m, eva Italy m")
    made = seating(Places(2, (COUNTRY,)), (told(ana, 1), told(eva, 2)), "old Spain m")
    assert drawn(made, Outcome.OFFER) == {"eva": "A place is offered: from the waiting list."}
    passed = "Passed over on 2 August 2023: the only place for country “Spain” is taken."
    assert words(made.lots["ana"].passed) == passed
    before = made.lots["ana"].passed[0].but(on="2023-08-01")
    made = seating(Places(2, (COUNTRY,)), (told(ana, 1, SELECTION, before), told(eva, 2)), "old Spain m")
    assert made.lots["ana"].passed == (before,)


PASSED = "Passed over on 1 August 2023: the only place for country “Spain” is taken."


@pytest.mark.parametrize(
    ("sentence", "passed"),
    [
        (f"On the waiting list: x; 1st if a place frees. Role: “m”. {PASSED}", PASSED),
        ("On the waiting list: x; 1st if a place frees. Role: “m”.", ""),
        (f"On the waiting list: x; 1st if a place frees. Role: “{PASSED}”.", ""),
        (f"On the waiting list. Role: “m”. Applied after the deadline. {PASSED}", ""),
        ("Decided by the organisers: Waiting list.", ""),
    ],
)
def test_a_sentence_of_an_earlier_version_still_says_that_somebody_was_passed_over(
    sentence: str, passed: str
) -> None:
    (ana,) = people("ana Spain m")
    case = told(_found(ana, "Role: “m”."), 1, SELECTION, as_written(sentence))
    assert words(passed_before(case)) == passed


def _found(case: Case, text: str) -> Case:
    reasons = (because(ReasonKind.RULE, text=text),)
    return replace(case, classification=replace(case.found, reasons=reasons))


def test_nothing_new_is_said_of_what_an_earlier_version_has_said() -> None:
    ana, eva = people("ana Spain m, eva Italy m")
    old = as_written(f"On the waiting list: x. Role: “m”. {PASSED}")
    waits = told(_found(ana, "Role: “m”."), 1, SELECTION, old)
    made = seating(Places(2, (COUNTRY,)), (waits, told(eva, 2)), "old Spain m")
    assert made.lots["ana"].passed == (as_written(PASSED),)


def test_the_told_order_is_kept_and_those_told_later_or_not_yet_come_behind() -> None:
    ana, eva, leo, max_ = people(
        "ana Spain m vetos=No, eva Italy m vetos=Yes, leo Spain m vetos=Yes, max Italy m vetos=No"
    )
    call = with_places(tiers=(RankKey("vetos", ("Yes",)),), rank_by=())
    queue = (told(max_, 3, at("08-03 07:00")), leo, told(eva, 2), told(ana, 1))
    contest = make_contest(call, line_up(call, queue, ()), at("08-04 07:00"))
    assert [(person.reference, person.tier) for person in contest.contenders] == [
        ("ana", 1),
        ("eva", 1),
        ("max", 3),
        ("leo", 4),
    ]


def test_places_are_held_for_a_group_until_a_date() -> None:
    held = Reserved(CATEGORY, "external", 1, until=at("08-05 23:59:59"))
    call = with_places(capacity=2, held=(held,))
    entrants = line_up(call, people("ana Spain m, eva Italy m"), ())
    made = give_places(call, entrants, Openness(), SELECTION)
    assert drawn(made, Outcome.WAIT) == {
        "eva": "On the waiting list: the only place for everybody but External practitioners is taken; "
        "first in line if a place for everybody but External practitioners becomes free."
    }
    assert list(drawn(give_places(call, entrants, Openness(), at("08-06 07:00")), Outcome.OFFER)) == [
        "ana",
        "eva",
    ]


def test_places_held_for_two_groups_are_held_from_the_others_together() -> None:
    until = at("08-05 23:59:59")
    places = Places(
        3,
        held=(
            Reserved(CATEGORY, "external", 1, until),
            Reserved("country", "Malta", 1, until),
            Reserved(CATEGORY, "m", 1, until),
        ),
    )
    contest = make_contest(
        replace(CALL, places=places),
        line_up(CALL, people("a Spain x, b Spain m, c Malta external"), ()),
        SELECTION,
    )
    assert [(limit.name, sorted(limit.members), limit.most) for limit in contest.limits] == [
        ("everybody but External practitioners", ["a", "b"], 2),
        ("everybody but m", ["a", "c"], 2),
        ("everybody but External practitioners and m", ["a"], 1),
        ("everybody but country “Malta”", ["a", "b"], 2),
    ]


def test_spellings_and_aliases_of_an_answer_are_one_group() -> None:
    question = Question("Country", ("Czechia", "Spain"), aliases={"Czechia": ("Czech Republic",)})
    columns = replace(CALL.columns, questions={**CALL.columns.questions, "country": question})
    call = replace(CALL, columns=columns, places=Places(3, (AtMost("country", 1),)))
    queue = people("a Czechia m, b CZECHIA m, c Spain m")
    queue[1].applicant.response.answers["country"] = "czech  republic"  # type: ignore[index]  # JSON of any shape
    limits = make_contest(call, line_up(call, queue, ()), SELECTION).limits
    assert [(limit.name, sorted(limit.members)) for limit in limits] == [("country “Czechia”", ["a", "b"])]


def test_minimums_for_each_answer_leave_out_the_exempt_and_the_named() -> None:
    quotas = (
        AtLeast(CATEGORY, "", 2),
        AtLeast(CATEGORY, "external", 1),
        AtLeast("country", "", 1, ("Other",)),
    )
    call = with_places(at_least=quotas)
    minimums = make_contest(
        call, line_up(call, people("a Other external, b Spain external"), ()), SELECTION
    ).minimums
    assert [(minimum.name, minimum.least) for minimum in minimums] == [
        ("Management", 2),
        ("External practitioners", 1),
        ("country “Spain”", 1),
    ]


def test_once_people_were_turned_away_a_place_for_a_newcomer_is_asked_about() -> None:
    ana, new, newer = people("ana Spain m, new Italy m, newer Italy m")
    made = seating(Places(2, (COUNTRY,)), (told(ana, 1), new, newer), door=Openness(is_closed=True))
    assert {reference: each.lot for reference, each in made.lots.items()} == {
        "ana": Outcome.OFFER,
        "new": Outcome.ASK,
        "newer": Outcome.TURN_AWAY,
    }
    assert words((made.lots["newer"].reason,)) == "all 2 places are taken"


def test_the_waiting_list_has_room_for_so_many() -> None:
    made = seating(
        Places(1, (COUNTRY,)), "ana Spain m, eva Italy m, leo Spain m, max Italy m", door=Openness(room=1)
    )
    assert list(drawn(made, Outcome.WAIT)) == ["eva"]
    assert drawn(made, Outcome.TURN_AWAY) == {
        "leo": "the only place for country “Spain” is taken",
        "max": "the only place is taken",
    }


def test_large_contests_are_explained_by_counting_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.decisions.places.give.MANY", 2)
    made = seating(
        Places(1, (COUNTRY,), at_least=(EXTERNAL,)),
        "ana Spain m, eva Italy external, leo Italy m",
        door=Openness(room=0),
    )
    assert {reference: words((each.reason,)) for reference, each in made.lots.items()} == {
        "ana": "the only place is taken",
        "eva": "A place is offered: rank 2.",
        "leo": "the only place for country “Italy” is taken",
    }


def test_of_many_people_who_was_passed_over_is_told_the_limits_that_are_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pipeline.decisions.places.give.MANY", 2)
    ana, leo, eva = people("ana Spain m, leo Malta m, eva Italy external")
    queue = (told(ana, 1), told(leo, 2), told(eva, 3))
    made = seating(Places(2, (COUNTRY,), at_least=(EXTERNAL,)), queue, "old Spain m")
    assert {reference: words(each.passed) for reference, each in made.lots.items()} == {
        "ana": "Passed over on 2 August 2023: the only place for country “Spain” is taken.",
        "leo": "",
        "eva": "",
    }


def test_the_method_is_told() -> None:
    selection = seating(Places(1), "ana Spain m").selection
    assert selection
    assert selection.choice.method is Method.GREEDY


# --- the ranking -----------------------------------------------------------------------------------------


def applicant(name: str, submitted: str, vetos: str) -> Case:
    return by_answers(name, submitted, {"vetos": vetos})


def by_answers(name: str, submitted: str, answers: Mapping[str, str], category: str = "m") -> Case:
    found = Classification(Eligibility.ELIGIBLE, category)
    person = Applicant(name, Response(name, f"{name}@example.org", at(submitted), answers))
    return Case(person, found, found, None, None, False)


def test_rank_is_in_time_then_keys_then_earlier() -> None:
    expected = [
        applicant("direct", "07-20 10:00", "YES"),
        applicant("aims-early", "07-01 10:00", "Aims to"),
        applicant("aims-late", "07-02 10:00", "aims to"),
        applicant("strange", "07-01 09:00", "?"),
        applicant("too-late", "08-02 00:00", "Yes"),
    ]
    shuffled = [expected[index] for index in (4, 2, 0, 3, 1)]
    assert sorted(shuffled, key=lambda person: rank_key(CALL, person)) == expected


def test_exact_ties_are_settled_by_the_seed() -> None:
    ann, bea = applicant("ann", "07-01 10:00", "Yes"), applicant("bea", "07-01 10:00", "Yes")
    orders = {
        rank_key(replace(CALL, places=replace(CALL.places, seed=str(seed))), ann)
        < rank_key(replace(CALL, places=replace(CALL.places, seed=str(seed))), bea)
        for seed in range(20)
    }
    assert orders == {True, False}


def with_answers(name: str, minute: int, **answers: str) -> Case:
    return by_answers(name, f"07-01 10:{minute:02}", answers)


def ranked(call: Call, *cases: Case, before: tuple[Case, ...] = ()) -> list[str]:
    turns = count_turns(call, cases, before)
    return [case.reference for case in sorted(cases, key=lambda each: rank_key(call, each, turns))]


def test_numbers_rank_and_what_is_none_comes_last() -> None:
    people = [
        with_answers("two", 1, years="2 years"),
        with_answers("ten", 2, years="10+"),
        with_answers("none", 0, years="many"),
        with_answers("half", 3, years="0,5"),
    ]
    assert ranked(with_places(rank_by=(RankKey("years", by=By.LOWEST),)), *people) == [
        "half",
        "two",
        "ten",
        "none",
    ]
    assert ranked(with_places(rank_by=(RankKey("years", by=By.HIGHEST),)), *people) == [
        "ten",
        "two",
        "half",
        "none",
    ]


def test_numbers_from_human_text_rank_by_the_least_they_say() -> None:
    said = {"seven": "7", "ten": "10+", "some": "5-7", "half": "1,5 years", "since": "since 2015", "none": ""}
    people = [with_answers(name, 0, experience=text) for name, text in said.items()]
    highest = with_places(rank_by=(RankKey("experience", by=By.HIGHEST),))
    lowest = with_places(rank_by=(RankKey("experience", by=By.LOWEST),))
    assert ranked(highest, *people)[:4] == ["ten", "seven", "some", "half"]
    assert ranked(lowest, *people)[:4] == ["half", "some", "seven", "ten"]


def test_the_first_of_each_country_comes_before_the_second() -> None:
    people = [
        with_answers("es1", 1, country="Spain"),
        with_answers("es2", 2, country="spain"),
        with_answers("it1", 3, country="Italy"),
        with_answers("es3", 4, country="Spain"),
        with_answers("it2", 5, country="Italy"),
        with_answers("no", 0, country=""),
    ]
    call = with_places(rank_by=(RankKey("country", by=By.TURN),))
    assert ranked(call, *people) == ["es1", "it1", "es2", "it2", "es3", "no"]
    assert ranked(call, *people[:3], before=(with_answers("old", 0, country="Spain"),)) == [
        "it1",
        "es1",
        "es2",
    ]


def test_tiers_count_by_the_first_key_then_the_second_and_the_late_come_last() -> None:
    call = with_places(tiers=(RankKey("vetos", ("Yes",)), RankKey("role", ("A", "B"))))
    tiers = [
        own_tier(call, with_answers("x", 0, vetos=vetos, role=role))
        for vetos in ("yes", "no")
        for role in ("a", "b", "?")
    ]
    late = by_answers("x", "08-02 10:00", {"vetos": "Yes", "role": "A"})
    assert (tiers, own_tier(call, late)) == ([0, 1, 2, 3, 4, 5], 6)


def test_places_that_no_category_counts_and_those_in_spite_of_a_hold_are_told() -> None:
    (ana,) = people("ana Spain management")
    nowhere = Classification(Eligibility.HELD, "")
    seated = (replace(ana, found=nowhere, classification=nowhere),)
    for quotas, first in (
        (
            (AtLeast(CATEGORY, "management", 0),),
            ("1 place held in no category: no quota by category counts that.",),
        ),
        ((), ()),
    ):
        call = replace(CALL, places=Places(capacity=1, at_least=quotas, seed="seed"))
        selection = give_places(call, line_up(call, (), seated), Openness(), SELECTION).selection
        assert selection is not None
        held = "1 place held by a word, while the rules put the person on hold."
        assert give_account(call, selection).notes() == (*first, held)
