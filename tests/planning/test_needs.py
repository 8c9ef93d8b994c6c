"""What needs a person: one list, by codes that stay, until somebody settles it or has seen it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.decisions.places.give import Selection
from pipeline.decisions.problems import place_problems
from pipeline.model.applicant import Status
from pipeline.model.controls import Controls
from pipeline.model.history import NO_NOTES, History, Noted, Notes
from pipeline.model.history_events import Happening, What
from pipeline.model.places import AtLeast
from pipeline.model.problem import NeedKind, Problem
from pipeline.planning.needs import BY_SHEET, Need, list_needs, mark_seen, newly_seen, note
from pipeline.planning.plan import Plan, foresee
from pipeline.planning.projection import show
from pipeline.selection.contest import Choice, Contest, Method
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    LATER,
    NEW,
    SELECTION,
    carried_out,
    plan,
    responses,
    with_places,
)

ROLE = "07-13 09:00 | cha@example.org | Cha Noir | Chaplain | Yes"
REVIEW = Problem("row 2, P-7K3F9Q", "to review", "Type", 2, "P-7K3F9Q", NeedKind.TO_REVIEW, (("rule", "a"),))
ROW = Problem("row 3", "no time stamp", "Type it", 3, kind=NeedKind.CHECK_ROW)
KEYS = {3: "eva@example.org|2023-07-14 09:30:00"}


def listed(*problems: Problem, notes: Notes = NO_NOTES, marks: tuple[str, ...] = ()) -> tuple[Need, ...]:
    return list_needs(problems, KEYS, notes, LATER, marks)


def code(problem: Problem) -> str:
    return listed(problem)[0].code


def kinds(made: Plan) -> list[NeedKind]:
    return [need.kind for need in made.needs]


# --- codes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"row": 9, "where": "row 9, P-7K3F9Q"}, True),  # the sheet was sorted
        ({"what": "zu prüfen", "next_step": "Tippen"}, True),  # said in other words
        ({"facts": (("rule", "b"),)}, False),  # another reason
        ({"kind": NeedKind.REFUSED}, False),
        ({"reference": "P-222222"}, False),
    ],
)
def test_the_code_is_another_one_as_soon_as_it_is_about_something_else(
    change: dict[str, object], is_same: bool
) -> None:
    changed = replace(REVIEW, **change)  # type: ignore[arg-type]  # fields and values by name
    assert (code(changed) == code(REVIEW)) is is_same


def test_a_row_without_a_reference_is_known_by_its_fingerprint() -> None:
    moved = replace(ROW, row=8, where="row 8")
    assert list_needs((moved,), {8: KEYS[3]}, NO_NOTES, LATER)[0].code == code(ROW)
    assert list_needs((ROW,), {3: "ivo@example.org|2023"}, NO_NOTES, LATER)[0].code != code(ROW)


# --- since when, and seen ----------------------------------------------------------------------------------


def test_the_oldest_comes_first_and_what_is_told_twice_is_listed_once() -> None:
    notes = Notes({code(ROW): Noted(BEFORE)})
    needs = listed(REVIEW, ROW, REVIEW, notes=notes)
    assert [(need.problem, need.since) for need in needs] == [(ROW, BEFORE), (REVIEW, LATER)]
    assert (needs[0].where, needs[0].what, needs[0].next_step, needs[0].row, needs[0].reference) == (
        *("row 3", "no time stamp", "Type it"),
        *(3, ""),
    )


def test_what_is_marked_in_the_tab_by_code_is_seen_for_as_long_as_it_is_the_same() -> None:
    (need,) = listed(ROW, marks=(code(ROW).lower(),))
    assert need.noted == Noted(LATER, LATER, BY_SHEET)
    known = note((need,), (), NO_NOTES, is_whole=True)
    assert listed(ROW, notes=known)[0].is_seen  # the cell was emptied since
    assert not listed(replace(ROW, what="no address"), notes=known)[0].is_seen


def test_a_reference_in_the_tab_means_what_there_is_when_it_is_found_there_first() -> None:
    marks = ("p-7k3f9q",)
    needs = listed(REVIEW, ROW, marks=marks)
    assert [need.is_seen for need in needs] == [True, False]
    notes = note(needs, marks, NO_NOTES, is_whole=True)
    refused = replace(REVIEW, kind=NeedKind.REFUSED)
    assert [need.is_seen for need in listed(REVIEW, refused, notes=notes, marks=marks)] == [True, False]


def test_what_is_settled_is_forgotten_but_by_a_run_for_one_person() -> None:
    notes = note(listed(REVIEW, ROW), (), NO_NOTES, is_whole=True)
    assert set(note(listed(ROW), (), notes, is_whole=True).needs) == {code(ROW)}
    assert set(note(listed(ROW), (), notes, is_whole=False).needs) == {code(ROW), code(REVIEW)}


def test_a_person_marks_by_code_by_reference_or_all() -> None:
    needs = listed(REVIEW, ROW)
    seen = Noted(LATER, LATER, "ana")
    for named in (("p-7k3f9q",), (code(REVIEW),)):
        assert mark_seen(needs, named, LATER, "ana") == (replace(needs[0], noted=seen),)
    marked = mark_seen(needs, (), LATER, "ana")
    assert [need.noted for need in marked] == [seen, seen]
    assert mark_seen(marked, (), LATER + timedelta(days=1), "ben") == marked
    assert mark_seen(needs, ("P-222222",), LATER, "ana") == ()


# --- what a plan asks about --------------------------------------------------------------------------------


def test_people_to_review_are_asked_about_before_and_after_the_selection_date() -> None:
    for now in (BEFORE, SELECTION):
        made = plan(responses(ANA, ROLE), now)
        (need,) = made.needs
        assert (need.kind, need.row, need.reference) == (
            NeedKind.TO_REVIEW,
            3,
            made.assessment.verdicts[1].reference,
        )
    assert plan(responses(ANA, ROLE + " > decision=Invite"), SELECTION).needs == ()


def test_the_same_review_has_the_same_code_on_the_next_day_and_another_for_another_answer() -> None:
    first, later = plan(responses(ANA, ROLE), BEFORE), plan(responses(ROLE, ANA), LATER)
    other = plan(responses(ANA, ROLE.replace("Chaplain", "Priest")), LATER)
    assert first.needs[0].code == later.needs[0].code != other.needs[0].code


def test_an_offer_that_nobody_answered_in_time_is_asked_about_until_the_event_is_over() -> None:
    dated = replace(CALL, dates=replace(CALL.dates, reply_by=LATER))
    history = carried_out(plan(responses(ANA), SELECTION, NEW, dated), NEW)
    late = LATER + timedelta(days=1)
    assert plan(responses(ANA), LATER, history, dated).needs == ()
    (need,) = plan(responses(ANA), late, history, dated).needs
    assert (need.kind, need.what) == (
        NeedKind.UNANSWERED,
        "a place was offered, and there was no answer by 9 August 2023",
    )
    assert plan(responses(ANA + " > decision=Confirmed"), late, history, dated).needs == ()
    assert plan(responses(ANA), CALL.dates.ends + timedelta(days=1), history, dated).needs == ()


def test_an_answer_is_due_on_the_day_that_the_letter_names_whatever_the_call_says_today() -> None:
    dated = replace(CALL, dates=replace(CALL.dates, reply_by=LATER))
    moved = replace(CALL, dates=replace(CALL.dates, reply_by=LATER + timedelta(days=7)))
    late, starts = LATER + timedelta(days=1), CALL.dates.starts
    in_time = carried_out(plan(responses(ANA), SELECTION, NEW, dated), NEW)
    afterwards = carried_out(plan(responses(ANA), late, NEW, dated), NEW)
    (standing,) = in_time.standings.values()
    undated = {standing.reference: replace(standing, reply_by=None)}
    told_by_others = replace(in_time, posted=(), standings=undated)
    for history, call, now, expected in (
        (in_time, moved, late, [NeedKind.UNANSWERED]),
        (afterwards, dated, late + timedelta(hours=1), []),
        (afterwards, dated, starts + timedelta(hours=1), [NeedKind.UNANSWERED]),
        (told_by_others, moved, late, []),
        (told_by_others, dated, late, [NeedKind.UNANSWERED]),
        (told_by_others, CALL, starts + timedelta(hours=1), [NeedKind.UNANSWERED]),
    ):
        assert kinds(plan(responses(ANA), now, history, call)) == expected


def test_places_that_are_not_as_the_rules_want_them_are_asked_about_from_the_selection_on() -> None:
    history = carried_out(plan(responses(ANA, BEA, CLO), SELECTION), NEW)
    small = with_places(capacity=1)
    made = plan(responses(ANA, BEA, CLO), LATER, history, small)
    assert [(need.kind, need.what) for need in made.needs] == [
        (NeedKind.CAPACITY, "2 have a place, and there are 1")
    ]
    frozen = replace(responses(ANA, BEA, CLO), controls=Controls(freeze=True))
    assert [need.what for need in plan(frozen, LATER, history, small).needs] == [made.needs[0].what]
    assert plan(responses(ANA, BEA, CLO), CALL.dates.starts, history, small).asked == ()
    assert plan(responses(ANA, BEA, CLO), BEFORE, NEW, small).needs == ()
    wanted = with_places(at_least=(AtLeast("country", "Malta", 1),))
    need, _ = plan(responses(ANA, BEA), SELECTION, NEW, wanted).needs  # and that the rule counts nobody
    assert (need.kind, need.what) == (NeedKind.QUOTA, "country “Malta” has 0, at least 1 asked for")


def test_a_choice_that_is_not_proved_is_asked_about() -> None:
    choice = Choice(("P-222222",), Method.FALLBACK)
    (problem,) = place_problems(CALL, Selection(Contest(1, ()), choice), SELECTION)
    assert (problem.kind, problem.what) == (NeedKind.NOT_PROVED, f"the choice is {Method.FALLBACK}")
    assert place_problems(CALL, None, SELECTION) == ()


def test_what_speaks_against_a_run_is_listed_with_it() -> None:
    history = History(secret="s", rows=40)
    made = plan(responses(ANA, BEA, CLO), LATER, history)
    assert kinds(made) == [NeedKind.DANGER]
    assert made.needs_after() == ()


def test_what_is_seen_of_a_person_is_part_of_the_story_once() -> None:
    ana = Problem("row 2", "it was refused", "Type a word", reference="P-ANA222", kind=NeedKind.REFUSED)
    nobodys = Problem("the sheet", "a column is missing", "Add it")
    needs = mark_seen(list_needs((ana, nobodys), {}, NO_NOTES, BEFORE), (), LATER, "eva")
    told = (Happening(LATER, "P-ANA222", What.SEEN, "refused", said="eva"),)
    assert newly_seen(needs, NO_NOTES) == told
    assert newly_seen(needs, note(needs, (), NO_NOTES, is_whole=True)) == ()
    assert newly_seen(list_needs((ana,), {}, NO_NOTES, BEFORE), NO_NOTES) == ()


WORDS = ("", "Invite", "Hold", "Waiting list", "Inivte", "Same person", "Withdrawn", "Eligible")
FORMS = (
    ANA,
    BEA,
    CLO,
    ROLE,
    ANA.replace("Ana Lopez", "Ana Petit"),
    ROLE.replace("cha@", "not an address "),
    ANA,
)
WAITS_FOR_A_PERSON = {Status.TO_REVIEW, Status.CHECK_ROW}


@given(st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(WORDS)), max_size=6), st.booleans())
def test_nobody_waits_for_a_person_without_being_listed(filled: list[tuple[str, str]], is_late: bool) -> None:
    lines = [f"{form} > decision={word}" for form, word in filled]
    before = plan(responses(*lines), SELECTION)
    made = plan(responses(*lines), LATER, carried_out(before, NEW)) if is_late else before
    shown = show(CALL, made.assessment, foresee(made))
    waiting = {item.entry.row for item in shown if item.cells.status in WAITS_FOR_A_PERSON}
    assert waiting <= {need.row for need in made.needs}
