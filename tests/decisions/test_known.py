"""What the places are given by is known, or asked about: countries, organisations, marks that are not there yet."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.audience.conditions import OneOf
from pipeline.decisions.places.known import is_no_group
from pipeline.decisions.places.likeness import skeleton
from pipeline.model.applicant import Status
from pipeline.model.call import Call, Question
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Reserved
from pipeline.model.problem import NeedKind
from pipeline.model.ranks import By, IfMissing, RankKey
from pipeline.model.territories import territories
from pipeline.model.text import fold
from pipeline.planning.plan import Plan
from tests.support.build import CALL, ROLE, SELECTION, plan, responses, with_places

OFFERED = ("Germany", "Austria", "Spain", "Netherlands", "United Kingdom", "Other")
COUNTRY = Question("Country", OFFERED, countries=True)


def asking(question: Question, **places: object) -> Call:
    """Return the small call in which what stands under Country is this question."""
    columns = replace(CALL.columns, questions={**CALL.columns.questions, "country": question})
    return with_places(replace(CALL, columns=columns), **{"capacity": 9, "rank_by": (), **places})


def made(call: Call, *answers: str, now: timedelta = timedelta()) -> Plan:
    lines = (
        f"07-10 09:{nth:02} | p{nth}@example.org | {chr(65 + nth)}a Bo | Manager | Yes > country={answer}"
        for nth, answer in enumerate(answers)
    )
    return plan(responses(*lines), SELECTION + now, call=call)


def shown(plan: Plan) -> list[tuple[Status, str]]:
    """Return what is shown of each: the status, and the first sentence that is not the rules'."""
    return [(one.now.status, one.reason.partition(" Works in")[0]) for one in plan.assessment.verdicts]


LIMIT = AtMost("country", 1, exempt=("Other",))
ONE_PLACE = (
    "On the waiting list: the only place for country “{0}” is taken; "
    "first in line if a place for country “{0}” becomes free."
)


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Germany", "Deutschland", "Germany"),
        ("DE", "Германия", "Germany"),
        ("Alemania", "Γερμανία", "Germany"),
        ("Holland", "Niederlande", "Netherlands"),
        ("UK", "Royaume-Uni", "United Kingdom"),
        ("Brasilien", "Brazil", "Brazil"),  # a country that is not offered
        ("Netherlnds", "Les Pays-Bas", "Netherlands"),  # a slip
    ],
)
def test_a_country_is_one_in_every_language(first: str, second: str, name: str) -> None:
    (_, one), (status, two) = shown(made(asking(COUNTRY, at_most=(LIMIT,)), first, second))
    assert (one[:19], status, two) == ("A place is offered:", Status.WAITING, ONE_PLACE.format(name))


def test_every_country_has_a_name_in_every_official_language() -> None:
    languages = {
        "DE": "Германия Německo Tyskland Deutschland Γερμανία Germany Alemania Saksamaa Saksa Allemagne "
        "an+Ghearmáin Njemačka Németország Germania Vokietija Vācija il-Ġermanja Duitsland Niemcy Alemanha "
        "Nemecko Nemčija",
        "GR": "Гърция Řecko Grækenland Griechenland Ελλάδα Greece Grecia Kreeka Kreikka Grèce an+Ghréig Grčka "
        "Görögország Graikija Grieķija il-Greċja Griekenland Grecja Grécia Grécko Grčija Grekland EL",
    }
    known = territories()
    for code, names in languages.items():
        assert {known.get(fold(name.replace("+", " "))) for name in names.split()} == {code}
    assert len(COUNTRY.known) > len(known) > 3500


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("", "No answer to “Country”, by which the places are given."),
        ("Germany, Austria", "Which answer is meant: “Germany, Austria” to “Country”?"),
        ("Europe", "Which answer is meant: “Europe” to “Country”?"),
        ("-", "Which answer is meant: “-” to “Country”?"),
    ],
)
def test_an_answer_that_a_limit_cannot_count_is_asked_about(answer: str, why: str) -> None:
    ((status, reason),) = shown(made(asking(COUNTRY, at_most=(LIMIT,)), answer))
    assert (status, reason.startswith(why)) == (Status.TO_REVIEW, True)


@pytest.mark.parametrize(
    "rule",
    [
        {"at_least": (AtLeast("country", "Spain", 1),)},
        {"nice_to_have": (AtLeast("country", "Spain", 1),)},
        {"tiers": (RankKey("country", ("Spain",)),)},
        {"rank_by": (RankKey("country", by=By.TURN),)},
    ],
)
def test_every_rule_of_the_places_asks(rule: Mapping[str, object]) -> None:
    ((status, _),) = shown(made(asking(COUNTRY, **rule), ""))
    assert status is Status.TO_REVIEW


def test_a_rule_can_leave_out_whom_it_cannot_count() -> None:
    uncounted = replace(LIMIT, if_missing=IfMissing.UNCOUNTED)
    assert [status for status, _ in shown(made(asking(COUNTRY, at_most=(uncounted,)), "", "Spain"))] == [
        Status.OFFERED,
        Status.OFFERED,
    ]


def test_whoever_is_not_in_the_target_audience_is_not_asked() -> None:
    call = asking(COUNTRY, at_most=(LIMIT,))
    out = responses("07-10 09:00 | p@example.org | Ana Bo | Manager | No > country=")
    assert [one.status for one in plan(out, SELECTION, call=call).assessment.verdicts] == [Status.INELIGIBLE]


def test_ticked_boxes_count_in_every_group() -> None:
    call = asking(Question("Country", ("A", "B", "C"), several=True), at_most=(AtMost("country", 1),))
    assert [status for status, _ in shown(made(call, "A, B", "B, C", "C"))] == [
        Status.OFFERED,
        Status.WAITING,
        Status.OFFERED,
    ]


# --- organisations -----------------------------------------------------------------------------------------

WORK = Question("Country")


def test_no_organisation_is_an_answer_and_shares_no_limit() -> None:
    call = asking(WORK, at_most=(AtMost("country", 1),))
    plain = ("none", "N/A", "Freelance", "self-employed", "freiberuflich", "indépendante", "-", "none")
    statuses = [status for status, _ in shown(made(call, *plain, "Acme", "ACME", ""))]
    assert statuses == [*[Status.OFFERED] * 9, Status.WAITING, Status.TO_REVIEW]
    assert not is_no_group(COUNTRY, "none")  # no country is no answer


def test_each_without_an_organisation_is_the_first_of_it() -> None:
    call = replace(asking(WORK, rank_by=(RankKey("country", by=By.TURN),)))
    call = with_places(call, capacity=3, waiting_list=None)
    assert [status for status, _ in shown(made(call, "Acme", "Acme", "none", "none"))] == [
        Status.OFFERED,
        Status.WAITING,
        Status.OFFERED,
        Status.OFFERED,
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme GmbH", "ACME", True),
        ("Acme S.A.", "The Acme (Bilbao)", True),
        ("Acme Sp. z o.o.", "Acme", False),
        ("University of Ghent", "University of Gent", False),
        ("Justice Ltd", "Justice e.V.", True),
        ("(Bilbao)", "(Madrid)", False),
        ("AS", "ag", False),
    ],
)
def test_names_without_their_legal_form_and_city(one: str, other: str, same: bool) -> None:
    assert (skeleton(one) == skeleton(other)) is same


def needs(made: Plan, kind: NeedKind) -> list[str]:
    return [f"{need.what}" for need in made.needs if need.kind is kind]


def test_what_is_probably_one_organisation_is_shown_where_a_limit_would_be_exceeded() -> None:
    call = asking(WORK, at_most=(AtMost("country", 2), AtMost("country", 1, value="Other")))
    assert needs(made(call, "Acme GmbH", "ACME (Bonn)", "none", "none"), NeedKind.PROBABLY_ONE) == []
    assert needs(made(call, "Acme GmbH", "ACME (Bonn)", "ACME (Bonn)", ""), NeedKind.PROBABLY_ONE) == [
        "probably one under “Country”: “ACME (Bonn)” and “Acme GmbH”. "
        "Each is counted by itself, and together they would be more than 2"
    ]
    assert needs(made(call, *["Acme GmbH", "Acme"] * 2, now=timedelta(days=60)), NeedKind.PROBABLY_ONE) == []


def test_a_rule_for_an_answer_that_nobody_gave_is_told_with_its_line() -> None:
    rules = (AtMost("country", 1, value="Acme", line=41), AtMost("country", 2))
    call = asking(WORK, at_most=rules)
    assert [
        (need.where, need.what) for need in made(call, "Other").needs if need.kind is NeedKind.IDLE_RULE
    ] == [("config/call.yaml:41", "nobody answered “Acme” to “Country”, so that the rule counts nobody")]
    assert needs(made(call, "acme"), NeedKind.IDLE_RULE) == []
    assert needs(made(call, "Other", now=-timedelta(days=5)), NeedKind.IDLE_RULE) == []
    assert (
        needs(
            made(asking(COUNTRY, at_most=(AtMost("country", 1, value="Spain"),)), "Other"), NeedKind.IDLE_RULE
        )
        == []
    )


# --- ranks -------------------------------------------------------------------------------------------------


def ranked_by(question: Question, if_missing: IfMissing, by: By = By.HIGHEST) -> Call:
    return asking(question, rank_by=(RankKey("country", by=by, if_missing=if_missing),))


def test_a_mark_that_is_not_there_is_asked_about_or_waited_for_or_comes_last() -> None:
    marks = ("7", "8/9", "9")
    asked = shown(made(ranked_by(WORK, IfMissing.ASK), *marks))
    assert [status for status, _ in asked] == [Status.OFFERED, Status.TO_REVIEW, Status.OFFERED]
    assert asked[1][1].startswith("Which answer is meant: “8/9” to “Country”?")
    last = shown(made(ranked_by(WORK, IfMissing.LAST), *marks))
    assert [reason for _, reason in last] == [f"A place is offered: rank {n}." for n in (2, 3, 1)]
    waited = made(ranked_by(WORK, IfMissing.WAIT), "7", "not scored yet", "9")
    gate = "Told when 1 application that still waits for an answer has it."
    assert [status for status, _ in shown(waited)] == [Status.RECEIVED] * 3
    assert [one.status for one in waited.assessment.verdicts] == [
        Status.OFFERED,
        Status.RECEIVED,
        Status.OFFERED,
    ]
    assert [gate in one.reason for one in waited.assessment.verdicts] == [True, False, True]
    assert waited.assessment.verdicts[1].reason.startswith("Waits for “Country”:")
    assert needs(waited, NeedKind.TO_REVIEW) == []
    assert needs(waited, NeedKind.AWAITED) == [
        "nobody hears about the places: 1 application waits for an answer to “Country”"
    ]
    early = made(ranked_by(WORK, IfMissing.WAIT), "", now=-timedelta(days=5))
    assert (
        needs(early, NeedKind.AWAITED),
        needs(made(ranked_by(WORK, IfMissing.LAST), ""), NeedKind.AWAITED),
    ) == ([], [])
    odd = made(ranked_by(WORK, IfMissing.WAIT), *marks)
    assert [status for status, _ in shown(odd)] == [Status.RECEIVED, Status.TO_REVIEW, Status.RECEIVED]
    assert needs(odd, NeedKind.TO_REVIEW) == ["to review"]


def test_a_scale_has_an_order() -> None:
    scale = Question("Country", scale=("A1", "B1", "C1"))
    for by, places in ((By.HIGHEST, (3, 1, 2)), (By.LOWEST, (1, 3, 2))):
        found = shown(made(ranked_by(scale, IfMissing.LAST, by), "A1", "c1", "B1", "?"))
        assert [reason for _, reason in found] == [f"A place is offered: rank {n}." for n in (*places, 4)]


def test_a_rank_by_numbers_where_there_are_words_is_told_with_its_line() -> None:
    rank = RankKey("country", by=By.HIGHEST, line=45)
    call = asking(WORK, rank_by=(rank, RankKey("role", by=By.TURN)))
    idle = [need for need in made(call, "good", "").needs if need.kind is NeedKind.IDLE_RULE]
    assert [(need.where, need.what) for need in idle] == [
        ("config/call.yaml:45", "no answer to “Country” is a number or a day, so that the rank orders nobody")
    ]
    for answers in (("good", "7"), ("",)):
        assert needs(made(call, *answers), NeedKind.IDLE_RULE) == []


# --- combinations ------------------------------------------------------------------------------------------

IN_SPAIN = OneOf("country", ("Spain",), COUNTRY)
EXTERNAL = AtLeast(CATEGORY, "external", 1, title="external in Spain")
LEADERS = AtMost("country", 1, where=OneOf("role", ("Manager",), ROLE), title="leaders")


def test_a_combination_is_told_by_its_title_and_asks_only_for_what_it_needs() -> None:
    call = with_places(asking(COUNTRY, at_most=(LEADERS,)), at_least=(replace(EXTERNAL, where=IN_SPAIN),))
    lines = (
        "Manager | Yes > country=Spain",
        "Manager | Yes > country=ES",
        "Psychologist | Yes > country=Spain",
    )
    snapshot = responses(
        *(f"07-10 09:0{n} | p{n}@example.org | P{n} X | {line}" for n, line in enumerate(lines))
    )
    found = plan(snapshot, SELECTION, call=with_places(call, capacity=2))
    assert shown(found) == [
        (Status.OFFERED, "A place is offered: rank 1."),
        (
            Status.WAITING,
            "On the waiting list: the only place for leaders, country “Spain” is taken; "
            "first in line if a place for leaders, country “Spain” becomes free.",
        ),
        (
            Status.OFFERED,
            "A place is offered: rank 3. Works with VETOs from outside: answered “Psychologist”.",
        ),
    ]


def test_a_condition_that_cannot_tell_is_asked_about() -> None:
    whole = AtMost("", 1, where=OneOf("country", ("Spain",), COUNTRY), title="Spaniards")
    assert [
        status for status, _ in shown(made(asking(COUNTRY, at_most=(whole,)), "", "Spain", "Other", "ES"))
    ] == [
        Status.TO_REVIEW,
        Status.OFFERED,
        Status.OFFERED,
        Status.WAITING,
    ]
    uncounted = replace(whole, if_missing=IfMissing.UNCOUNTED)
    assert [status for status, _ in shown(made(asking(COUNTRY, at_most=(uncounted,)), "", "Spain"))] == [
        Status.OFFERED,
        Status.OFFERED,
    ]


def test_a_condition_that_fits_nobody_is_told() -> None:
    whole = AtMost("", 1, where=OneOf("country", ("Spain",), COUNTRY), title="Spaniards")
    call = asking(COUNTRY, at_most=(whole,))
    assert needs(made(call, "Other"), NeedKind.IDLE_RULE) == [
        "“Spaniards” fits nobody, so that the rule counts nobody"
    ]
    assert needs(made(call, "Spain"), NeedKind.IDLE_RULE) == []


def test_places_are_held_for_a_combination() -> None:
    until = SELECTION + timedelta(days=9)
    held = Reserved("", "", 1, until, where=OneOf("country", ("Spain",), COUNTRY), title="Spaniards")
    call = asking(COUNTRY, held=(held,), capacity=2)
    assert [status for status, _ in shown(made(call, "Other", "Other", "Spain"))] == [
        Status.OFFERED,
        Status.WAITING,
        Status.OFFERED,
    ]
