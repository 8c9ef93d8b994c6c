"""`convene places`, from the sheet to the lines that people read."""

from dataclasses import replace

import pytest

from pipeline.audience.conditions import OneOf
from pipeline.decisions.places.account import Account
from pipeline.decisions.places.explain import place_lines
from pipeline.model.call import Call, Question
from pipeline.model.errors import UsageError
from pipeline.model.history import History
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Places
from pipeline.model.sheet import Snapshot
from pipeline.planning.plan import Plan
from pipeline.planning.result import Result
from pipeline.planning.tally import Tally
from pipeline.selection.contest import Choice, Contest, Method
from pipeline.selection.reasons.what_if import Consequence
from pipeline.selection.select import select
from pipeline.views.places import PlacesView, try_numbers, view_places, with_numbers
from pipeline.views.places_text import (
    conflict_json,
    places_footer,
    places_heading,
    places_json,
    places_table,
    say_outcome,
    what_if_json,
    what_if_lines,
)
from pipeline.views.run import account_json, account_lines
from pipeline.views.table import Json
from tests.support.build import BEFORE, LATER, NEW, SELECTION, at, carried_out, plan, responses, with_places

ANA = "07-10 09:00 | ana@example.org | Ana Lopez | Manager | Yes > country=Spain"
EVA = "07-11 09:00 | eva@example.org | Eva Ruiz | Manager | Yes > country=Spain"
MAX = "07-12 09:00 | max@example.org | Max Borg | Manager | Yes > country=Malta"
LEO = "07-13 09:00 | leo@example.org | Leo Neri | Psychologist | Yes > country=Italy"
SHEET = responses(ANA, EVA, MAX, LEO)
QUOTAS = with_places(
    capacity=2,
    at_most=(AtMost("country", 1),),
    at_least=(AtLeast(CATEGORY, "external", 1),),
    nice_to_have=(AtLeast("role", "Manager", 1),),
)


def view(call: Call = QUOTAS, sheet: Snapshot = SHEET, *, every: bool = False) -> PlacesView:
    return view_places(call, sheet, NEW, SELECTION, every=every)


def reference(made: PlacesView, name: str) -> str:
    return next(ref for ref, person in made.people.items() if person.name.startswith(name))


def after_the_selection(*lines: str, call: Call = QUOTAS) -> History:
    return carried_out(plan(responses(*lines), SELECTION, NEW, call), NEW)


def test_places_show_each_rule_and_what_one_more_or_less_would_change() -> None:
    made = view()
    assert places_heading(made) == (
        "2 of 2 places taken, 2 of them by this choice.",
        "The choice was made by a solver, as the best there is.",
        "The seed of the draw is “seed”.",
    )
    assert places_table(made).rows == (
        ("places", "2", "2", "one more: Max Borg in; one less: Ana Lopez out"),
        ("country “Spain”", "1", "at most 1", "one less: Max Borg in, Ana Lopez out"),
        ("External practitioners", "1", "at least 1", "one less: Max Borg in, Leo Neri out"),
        ("role “Manager”", "1", "nice to have 1", "no change"),
    )
    assert places_footer(made) == ("Try other numbers: convene places --capacity 5 --set country=2",)


def test_before_the_selection_places_are_shown_as_if_it_were_today() -> None:
    made = view_places(QUOTAS, SHEET, NEW, BEFORE)
    assert places_heading(made)[0] == "As if the selection were today; nothing was decided yet."
    assert made.account == view().account


def test_once_people_are_told_one_place_less_changes_nothing() -> None:
    history = after_the_selection(ANA, EVA, MAX, LEO)
    made = view_places(QUOTAS, SHEET, history, LATER)
    assert places_table(made).rows[0] == ("places", "2", "2", "one more: Max Borg in")
    assert [made.people[each].name for each in made.if_leaves[reference(made, "Ana")]] == ["Eva Ruiz"]


def test_rules_that_conflict_are_named_with_the_smallest_changes() -> None:
    call = with_places(
        QUOTAS, at_least=(AtLeast(CATEGORY, "management", 2), AtLeast(CATEGORY, "external", 1))
    )
    assert places_heading(view(call))[3:] == (
        "External practitioners has 0, at least 1 asked for.",
        "places (capacity 2), Management (at least 2) and External practitioners (at least 1) cannot all hold. "
        "One of these would solve it:",
        "  - lower Management from 2 to 1",
        "  - raise the places from 2 to 3",
    )
    alone = with_places(QUOTAS, at_least=(AtLeast(CATEGORY, "external", 2),))
    assert places_heading(view(alone))[4:] == (
        "External practitioners (at least 2) cannot be met. One of these would solve it:",
        "  - lower External practitioners from 2 to 1",
    )


def test_what_an_organisers_word_costs_is_told() -> None:
    call = with_places(QUOTAS, capacity=3, at_least=())
    lines = (ANA, f"{EVA}, decision=Invite", f"{MAX}, decision=Withdrawn")
    account = view(call, responses(*lines, ANA.replace("ana", "ann"))).account
    assert account.notes() == ("country “Spain” has 1, at most 1 asked for.",)[1:]
    both = (f"{ANA}, decision=Invite", *lines[1:])
    assert view(call, responses(*both)).account.notes() == ("country “Spain” has 2, at most 1 asked for.",)


def test_a_place_that_only_moving_somebody_would_fill_is_told() -> None:
    call = with_places(QUOTAS, capacity=2, at_most=(AtMost("country", 1), AtMost("role", 1)), at_least=())
    sheet = responses(f"{ANA}, decision=Invite", EVA, MAX, LEO.replace("Italy", "Spain"))
    account = view(call, sheet).account
    assert (account.filled, account.stuck) == (1, 1)
    assert account.notes() == ("1 empty place can only be filled by moving somebody who has been invited.",)


def test_many_people_are_tried_only_where_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.views.places.MANY", 2)
    made = view()
    assert [effect.name for effect in made.effects] == ["places", "External practitioners", "role “Manager”"]
    assert places_footer(made)[0].startswith("With so many people, limits are not tried one by one")
    assert len(view(every=True).effects) == 4


def test_after_the_meeting_has_begun_there_is_nothing_to_show() -> None:
    with pytest.raises(UsageError, match="The meeting has begun"):
        view_places(QUOTAS, SHEET, NEW, at("09-12 10:00"))


def test_while_the_quotas_cannot_be_counted_the_rows_come_first() -> None:
    history = after_the_selection(ANA, EVA, MAX, LEO)
    with pytest.raises(UsageError, match="Nobody gets a place by rank while rows"):
        view_places(with_places(QUOTAS, capacity=3), responses(EVA, MAX, LEO), history, LATER)


# --- what if ---------------------------------------------------------------------------------------------


def test_what_if_says_who_would_come_and_changes_nothing() -> None:
    tried = try_numbers(QUOTAS, with_numbers(QUOTAS, None, ("external=0",)), SHEET, NEW, SELECTION)
    people = {person.name: ref for ref, person in tried.people.items()}
    assert what_if_lines(tried) == (
        "2 of 2 places would be taken; in rank order, which is provably the best.",
        f"  in   {people['Max Borg']}  row 4  Max Borg",
        f"  out  {people['Leo Neri']}  row 5  Leo Neri",
        "Nothing was changed: to make it so, write the numbers into config/call.yaml.",
    )
    expected: Json = {
        "selection": account_json(tried.account),
        "outcome": {
            "comes": [people["Max Borg"]],
            "goes": [people["Leo Neri"]],
            "filled": 2,
            "missing": 0,
            "is_proved": True,
        },
    }
    assert what_if_json(tried) == expected


def test_what_if_there_were_more_places() -> None:
    tried = try_numbers(QUOTAS, with_numbers(QUOTAS, 3, ()), SHEET, NEW, SELECTION)
    assert (tried.account.places, tried.account.overbooked, tried.account.notes()) == (3, 0, ())


def test_what_if_nothing_changes() -> None:
    tried = try_numbers(QUOTAS, with_numbers(QUOTAS, None, ("country:Italy=3",)), SHEET, NEW, SELECTION)
    assert what_if_lines(tried)[1] == "The same people would come."
    assert what_if_json(tried) == {"selection": account_json(tried.account), "outcome": None}


@pytest.mark.parametrize(
    ("capacity", "settings", "expected"),
    [
        (38, (), {"capacity": 38}),
        (None, ("country=5",), {"at_most": (AtMost("country", 5),)}),
        (None, ("Country = 5",), {"at_most": (AtMost("country", 5),)}),
        (
            None,
            ("country:Spain=6",),
            {"at_most": (AtMost("country", 1), AtMost("country", 6, value="Spain"))},
        ),
        (None, ("external=0",), {"at_least": (AtLeast(CATEGORY, "external", 0),)}),
        (None, ("at_least.external=3",), {"at_least": (AtLeast(CATEGORY, "external", 3),)}),
        (3, ("role:Manager=2",), {"capacity": 3, "nice_to_have": (AtLeast("role", "Manager", 2),)}),
    ],
)
def test_other_numbers_are_named_as_the_rules_are(
    capacity: int | None, settings: tuple[str, ...], expected: dict[str, object]
) -> None:
    assert with_numbers(QUOTAS, capacity, settings) == replace(QUOTAS.places, **expected)  # type: ignore[arg-type]  # fields and values by name


@pytest.mark.parametrize(
    ("call", "setting", "said"),
    [
        (QUOTAS, "country", "--set country: write a rule and a number, as in country=5."),
        (QUOTAS, "country=x", "--set country=x: write a rule and a number, as in country=5."),
        (QUOTAS, "land=5", "--set land: the call has no such rule. Write country, external or role:Manager."),
        (
            QUOTAS,
            "role:Boss=5",
            "--set role:Boss: the call has no such rule. Write country, external or role:Manager.",
        ),
        (
            with_places(),
            "country=5",
            "--set country: the call has no such rule. Write no --set: the call has no quotas.",
        ),
    ],
)
def test_what_is_no_rule_is_explained(call: Call, setting: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        with_numbers(call, None, (setting,))
    assert str(error.value) == said


OVER = "2 more than there are places; nobody who was invited is displaced."


@pytest.mark.parametrize(
    ("overbook", "filled", "notes"),
    [(0, 2, ()), (1, 3, ("Overbooked by 1: 2 can come.",)), (1, 5, ("Overbooked by 1: 2 can come.", OVER))],
)
def test_places_beyond_the_capacity_are_explained(overbook: int, filled: int, notes: tuple[str, ...]) -> None:
    account = Account("seed", Method.GREEDY, 2 + overbook, filled, 0, overbook)
    assert account.notes() == notes


def test_an_answer_that_the_form_does_not_offer_is_a_mistake() -> None:
    country = Question("Country", ("Spain", "Italy"))
    call = replace(QUOTAS, columns=replace(QUOTAS.columns, questions={"country": country}))
    said = "--set country:Frnace: “Frnace” is not an answer of “country”. Write one of “Spain” or “Italy”."
    with pytest.raises(UsageError) as error:
        with_numbers(call, None, ("country:Frnace=2",))
    assert str(error.value) == said
    assert with_numbers(call, None, ("country:ITALY=2",)) == with_numbers(call, None, ("country:Italy=2",))


def test_an_answer_in_another_spelling_names_the_same_rule() -> None:
    assert with_numbers(QUOTAS, None, ("role:manager=2",)) == with_numbers(QUOTAS, None, ("role:Manager=2",))


# --- what a run says -------------------------------------------------------------------------------------


def account_of(made: Plan) -> str:
    assert made.account is not None
    return str(made.account)


def test_a_run_that_gives_places_names_the_seed_and_the_method() -> None:
    made = plan(SHEET, SELECTION, NEW, QUOTAS)
    said = "2 offered, 2 of 2 places taken; by a solver, as the best there is; seed “seed”"
    assert account_lines(made.account) == (f"Places: {said}.",)
    result = Result("run-1", Tally(), 4, (), account=made.account)
    assert str(result).endswith(f"needs=0; places: {said}")
    assert account_json(made.account) == {
        "seed": "seed",
        "method": "by a solver, as the best there is",
        "is_proved": True,
        "places": 2,
        "overbooked": 0,
        "filled": 2,
        "offered": 2,
        "exceeded": [],
        "missed": [],
        "stuck": 0,
        "one_time": False,
    }


def test_a_run_that_gives_none_says_nothing_of_places() -> None:
    history = after_the_selection(ANA, EVA, MAX, LEO)
    assert plan(SHEET, LATER, history, QUOTAS).account is None
    assert account_lines(plan(SHEET, BEFORE, NEW, QUOTAS).account) == ()
    assert account_json(None) is None


def test_a_choice_that_is_not_proved_is_never_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_time(contest: Contest, seconds: float | None = None) -> Choice:
        return replace(select(contest, seconds), method=Method.FALLBACK)

    monkeypatch.setattr("pipeline.decisions.places.give.select", in_time)
    history = after_the_selection(ANA, EVA, MAX, LEO)
    made = plan(SHEET, LATER, history, with_places(QUOTAS, seed=""))
    assert account_of(made) == (
        "0 offered, 2 of 2 places taken; not proved to be the best: the time limit was reached; no seed"
    )


# --- one person, in full ---------------------------------------------------------------------------------


def explained(name: str, call: Call = QUOTAS, history: History = NEW) -> tuple[str, ...]:
    assessment = plan(SHEET, SELECTION, history, call).assessment
    ref = next(each.reference for each in assessment.verdicts if each.case.applicant.name.startswith(name))
    names = {each.reference: each.case.applicant.name.split()[0] for each in assessment.verdicts}
    lines = place_lines(assessment.selection, ref)
    for each, first in names.items():
        lines = tuple(line.replace(each, first) for line in lines)
    return lines


def test_a_place_is_explained_in_full() -> None:
    assert explained("Leo") == (
        "Gets a place: rank 4 of 4.",
        "Needed for External practitioners (at least 1). "
        "Without this rule, the best choice would not have this person.",
        "Counts for External practitioners (at least 1).",
        "If this place becomes free, Max would come.",
        "The choice was made by a solver, as the best there is.",
    )
    assert explained("Ana")[1] == "Would be chosen by rank alone, without any minimum or wish."


def test_waiting_is_explained_in_full() -> None:
    assert explained("Eva") == (
        "Gets no place now: rank 2 of 4.",
        "Country “Spain” is full (1 of 1). Everybody under this limit has a place already or ranks before.",
        "Counts for country “Spain” (at most 1) and role “Manager” (wished for: 1).",
        "Among those who wait for a place by rank: 1st; first in line if a place for country “Spain” becomes free; "
        "blocked by country “Spain” (1 of 1).",
    )


def test_a_place_that_was_told_is_explained_in_full() -> None:
    history = after_the_selection(ANA, EVA, MAX, LEO)
    assert explained("Ana", history=history) == (
        "Has a place, which nothing takes away by itself.",
        "Counts for country “Spain” (at most 1) and role “Manager” (wished for: 1).",
        "If this place becomes free, Eva would come.",
    )


def test_a_place_that_nobody_could_take_and_tiers_are_explained() -> None:
    assert explained("Leo", with_places(capacity=4)) == (
        "Gets a place: rank 4 of 4.",
        "Would be chosen by rank alone, without any minimum or wish.",
        "If this place becomes free, nobody could come.",
        "The choice was made in rank order, which is provably the best.",
    )
    tiers = Places(capacity=1, tiers=QUOTAS.places.rank_by, seed="seed")
    late = plan(
        responses(ANA, LEO.replace("Yes", "Aims to")), SELECTION, NEW, replace(QUOTAS, places=tiers)
    ).assessment
    lines = place_lines(late.selection, late.verdicts[1].reference)
    assert lines[0] == "Gets no place now: tier 2 of 2, rank 2 of 2."


def test_who_does_not_compete_is_not_explained() -> None:
    selection = plan(responses(f"{ANA}, decision=Decline", EVA), SELECTION, NEW, QUOTAS).assessment.selection
    assert place_lines(selection, "P-OTHER1") == ()
    assert place_lines(None, "P-OTHER1") == ()


def test_a_conflict_and_what_is_not_proved_as_data() -> None:
    made = view(with_places(QUOTAS, at_least=(AtLeast(CATEGORY, "external", 2),)))
    expected: Json = {
        "rules": [{"kind": "minimum", "name": "External practitioners"}],
        "remedies": [[{"kind": "minimum", "name": "External practitioners", "before": 2, "after": 1}]],
    }
    assert made.conflict is not None
    assert conflict_json(made.conflict) == expected
    ana = reference(made, "Ana")
    unproved = Consequence((), (ana,), 1, 0, Method.FALLBACK)
    assert say_outcome(unproved, made.people) == (
        "Ana Lopez out (not proved to be the best: the time limit was reached)"
    )
    many = Consequence((ana,) * 5, (), 1, 0, Method.EXACT)
    assert say_outcome(many, made.people) == "Ana Lopez, Ana Lopez, Ana Lopez and 2 others in"
    assert say_outcome(replace(many, comes=()), made.people) == "others in another order"


def test_places_as_data() -> None:
    made = view()
    ana, eva, max_, leo = (reference(made, name) for name in ("Ana", "Eva", "Max", "Leo"))
    expected: Json = {
        "rehearsed": False,
        "selection": account_json(made.account),
        "rules": [
            {
                "kind": "capacity",
                "name": "places",
                "count": 2,
                "bound": 2,
                "more": {"comes": [max_], "goes": [], "filled": 3, "missing": 0, "is_proved": True},
                "less": {"comes": [], "goes": [ana], "filled": 1, "missing": 0, "is_proved": True},
            },
            {
                "kind": "limit",
                "name": "country “Spain”",
                "count": 1,
                "bound": 1,
                "more": None,
                "less": {"comes": [max_], "goes": [ana], "filled": 2, "missing": 0, "is_proved": True},
            },
            {
                "kind": "minimum",
                "name": "External practitioners",
                "count": 1,
                "bound": 1,
                "more": None,
                "less": {"comes": [max_], "goes": [leo], "filled": 2, "missing": 0, "is_proved": True},
            },
            {"kind": "wish", "name": "role “Manager”", "count": 1, "bound": 1, "more": None, "less": None},
        ],
        "untried": False,
        "conflict": None,
        "if_leaves": {ana: [eva], leo: [max_]},
    }
    assert places_json(made) == expected


def test_a_share_and_a_combination_are_tried_by_their_names() -> None:
    leaders = AtMost("country", 0, where=OneOf("role", ("Manager",)), title="leaders", percent=50)
    nordic = AtMost("country", 2, value="Norway", others=("Iceland",))
    call = with_places(QUOTAS, at_most=(leaders, nordic), at_least=(), nice_to_have=())
    tried = with_numbers(call, None, ("leaders=3", "country:Norway+Iceland=1"))
    assert tried.at_most == (replace(leaders, places=3, percent=0), replace(nordic, places=1))
