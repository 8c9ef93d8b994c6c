"""The places and messages in config/call.yaml: each kind of mistake with its line."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from pipeline.audience.conditions import OneOf
from pipeline.model.places import CATEGORY, AtLeast, AtMost, Reserved, number_of
from pipeline.model.question import Question
from pipeline.model.ranks import WHO_FIRST, By, IfMissing, Middle, RankKey
from tests.support.build import MADRID
from tests.support.config_case import CALL, load_texts, make_workspace, mistakes, problems_of

MISTAKES = """
capacity: 10 → # gone
  38: “capacity” is missing in “places”. Add a line “capacity: …”.
not_selected: not_selected.md → # gone
  46: “not_selected” is missing in “messages”. Add a line “not_selected: …”.
{answer: job, places: 2} → {answer: jobb, places: 2}
  41: there is no column “jobb”. Did you mean “job”?
{answer: job, places: 2} → {answer: categry, places: 2}
  41: there is no column “categry”. Did you mean “category”?
{answer: job, places: 2} → {answer: vetos, places: 2, except: [Nope]}
  41: “Nope” is not an answer of “vetos”. Write “Yes”, “Not yet” or “No”.
{answer: job, places: 2} → {answer: category, places: 4, except: [guest]}
  41: “guest” is not an answer of “category”. Did you mean “guests”?
{answer: job, places: 2} → {answer: category, places: 3}
  43: “staff” gets at least 4 places, but at most 3. Lower the one or raise the other.
{answer: job, places: 2} → {answer: job, places: 0}
  41: “places” is too small. Write 1 or more.
{answer: job, places: 2} → {answer: job, places: 2}⏎    - {answer: job, places: 3}
  42: “job” is in “at_most” twice. Keep one of the two.
{category: staff, places: 4} → {category: staf, places: 4}
  43: there is no category “staf”. Did you mean “staff”?
{category: staff, places: 4} → {category: staff, places: 11}
{category: staff, places: 4} → {category: staff, places: 6}⏎    - {category: guests, places: 5}
  42: “at_least” asks for 11 places by “category”, but “capacity” is 10. Lower the one or raise the other.
{category: staff, places: 4} → {category: staff, places: 6}⏎    - {category: staff, places: 2}
  44: “category: staff” is in “at_least” twice. Keep one of the two.
{category: staff, places: 4} → {places: 6}
{category: staff, places: 4} → {category: staff, value: a, places: 6}
  43: an entry of “at_least” must name one group.
    Write a category, or an answer with its value: {answer: country, value: Spain};
    or, with a title, a condition: {where: {role: {is: Leader}}, title: leaders}.
{category: staff, places: 4} → {category: staff, answer: vetos, places: 6}
  43: an entry of “at_least” names a category and an answer; one rule counts one thing.
    For a combination, write one of them, and the other as a condition with a title:
    {answer: country, value: Spain, where: {role: {is: Leader}}, title: leaders}.
{category: staff, places: 4} → {answer: vetos, value: Yess, places: 6}
  43: “Yess” is not an answer of “vetos”. Did you mean “Yes”?
{category: staff, places: 4} → {answer: vetoss, value: 'Yes', places: 6}
  43: there is no column “vetoss”. Did you mean “vetos”?
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: veto, order: ["Yes", "Not yet"]}
  45: there is no column “veto”. Did you mean “vetos”?
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos, order: ["Yes", "Not jet"]}
  45: “Not jet” is not an answer of “vetos”. Did you mean “Not yet”?
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos, order: []}
  45: “order” needs at least one entry. Write one, each on a line behind a “- ”.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos, order: ["Yes"]}⏎    - {answer: vetos, order: ["No"]}
  46: “vetos” is in “rank_by” twice. Keep one of the two.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos, first: highest}
  45: the answers of “vetos” are words, and none of them is the highest.
    Write their order, or give the column a “scale” in place of “options”, lowest first.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos, order: ["Yes"], if_missing: uncounted}
  45: “if_missing” has a value that Convene does not know. Write ask, wait or last.
{answer: job, places: 2} → {answer: job, places: 101 %}
  41: “places” is more than all places. Write a percentage up to 100, or a number of people.
{answer: job, places: 2} → {answer: job, places: many}
  41: “places” must be a whole number. Write digits without quotes, as in 35.
{answer: job, places: 2} → {answer: vetos, value: ["Yes", Nope], places: 2}
  41: “Nope” is not an answer of “vetos”. Write “Yes”, “Not yet” or “No”.
{answer: job, places: 2} → {answer: vetos, value: [], places: 2}
  41: “value” needs at least one entry. Write one, each on a line behind a “- ”.
{answer: job, places: 2} → {category: [staff, guest], places: 2}
  41: there is no category “guest”. Did you mean “guests”?
{answer: job, places: 2} → {where: {vetos: {is: "Yes"}}, places: 2}
  41: an entry of “at_most” has no title. Write who is meant, as people read it: title: leaders.
{answer: job, places: 2} → {where: {veto: {is: "Yes"}}, title: a, places: 2}
  41: there is no column “veto”. Did you mean “vetos”?
{answer: job, places: 2} → {where: {vetos: {is: Yess}}, title: a, places: 2}
  41: “Yess” is not an answer of “vetos”. Did you mean “Yes”?
{answer: job, places: 2} → {where: [], title: a, places: 2}
  41: “where” must be a condition. Write one such as {vetos: {is: "No"}}.
{answer: job, places: 2} → {where: {vetos: {is: "Yes"}}, title: a, places: 2, except: [x]}
  41: an entry of “at_most” has “except” beside one group. Remove it: it is for a number for each answer.
{answer: job, places: 2} → {answer: job, places: 2, if_missing: last}
  41: “if_missing” has a value that Convene does not know. Write ask or uncounted.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: category, order: [staf]}
  45: “staf” is not an answer of “category”. Did you mean “staff”?
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: category, first: highest}
  45: there is no column “category”. Write “timestamp”, “email”, “job”, “vetos” or “english”.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: english, first: earliest}
  45: the answers of “english” are words, and none of them is the earliest.
    Write their order, or give the column a “scale” in place of “options”, lowest first.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: job, first: highest}⏎  like_follows_like: categry
  46: there is no column “categry”. Did you mean “category”?
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: job, first: highest}⏎  team: duo
  46: there is no column “duo”. Write “timestamp”, “email”, “job”, “vetos” or “english”.
{answer: vetos, order: ["Yes", "Not yet"]} → {mean: [job, jobb], first: highest}
  45: there is no column “jobb”. Did you mean “job”?
{answer: vetos, order: ["Yes", "Not yet"]} → {mean: [job, vetos], first: highest}
  45: the answers of “vetos” are words, and none of them is the highest.
    Write their order, or give the column a “scale” in place of “options”, lowest first.
{answer: vetos, order: ["Yes", "Not yet"]} → {mean: [job, english]}
  45: an entry of “rank_by” must say who comes first. WHO
{answer: vetos, order: ["Yes", "Not yet"]} → {mean: [job], median: [job], first: lowest}
  45: an entry of “rank_by” must say who comes first. WHO
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: job, first: highest, range: [20, 0]}
  45: “range” does not go from low to high. Write the lowest first: [0, 20].
{answer: vetos, order: ["Yes", "Not yet"]} → {mean: [job, english], first: highest, spread: -1}
  45: “spread” is too small. Write 0 or more.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: job, first: highest, range: [0, many]}
  45: an entry of “range” must be a number. Write digits without quotes, as in 20 or 1.5.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: job, first: earliest, range: [0, 20]}
  45: an entry of “rank_by” has a range or a spread, and ranks no number.
    Remove it, or write first: highest.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: job, first: highest, spread: 2}
  45: an entry of “rank_by” has a spread, and one mark only. Write mean: [one, two] for several columns.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos, order: ["Yes"]}⏎  draw: true
  46: “draw” has no seed, so that anybody could work out who is drawn. Add one below “places”: seed: any-word.
{answer: job, places: 2} → {category: staff, places: 3}
  43: “staff” gets at least 4 places, but at most 3. Lower the one or raise the other.
{answer: job, places: 2} → {answer: job, value: Nurse, except: [Guard], places: 3}
  41: an entry of “at_most” has “except” beside one group. Remove it: it is for a number for each answer.
{answer: job, places: 2} → {answer: vetos, value: Maybee, places: 2}
  41: “Maybee” is not an answer of “vetos”. Write “Yes”, “Not yet” or “No”.
{answer: job, places: 2} → {answer: job, value: Nurse, places: 2}⏎    - {answer: job, value: NURSE, places: 3}
  42: “job: NURSE” is in “at_most” twice. Keep one of the two.
{category: staff, places: 4} → {category: staff, places: 4}⏎  nice_to_have:⏎    - {answer: jobb, places: 1}
  45: there is no column “jobb”. Did you mean “job”?
{category: staff, places: 4} → {category: staff, places: 4}⏎  nice_to_have:⏎    - {answer: job, places: 3}
  45: “job” gets at least 3 places, but at most 2. Lower the one or raise the other.
places: 4} → places: 4}⏎  held:⏎    - {category: guest, places: 3, until: 2023-08-10}
  45: there is no category “guest”. Did you mean “guests”?
{category: staff, places: 4} → {category: staff, places: 4}⏎  held:⏎    - {answer: job, places: 3, until: 2023-08-10}
  45: an entry of “held” must say whom for. Add the value: {answer: country, value: Spain, …}.
{category: staff, places: 4} → {category: staff, places: 4}⏎  held:⏎    - {category: staff, places: 3, until: soon}
  45: “until” must be a date. Write 2023-08-01 or, with a time, 2023-08-01 23:59.
places: 4} → places: 4}⏎  held:⏎    - {category: staff, places: 11, until: 2023-08-10}
  44: “held” asks for 11 places by “category”, but “capacity” is 10. Lower the one or raise the other.
capacity: 10 → capacity: 10⏎  overbook: many
  40: “overbook” must be a number or a percentage. Write how many more are invited: 3, or 10 %.
capacity: 10 → capacity: 10⏎  overbook: 999 %
  40: “overbook” is more than the places there are. Write a percentage up to 100, or a number of people.
capacity: 10 → capacity: 10⏎  time_limit: 0
  40: “time_limit” is too small. Write 1 or more.
capacity: 10 → capacity: 10⏎  tiers:⏎    - {answer: vetoes, order: ["Yes"]}
  41: there is no column “vetoes”. Did you mean “vetos”?
capacity: 10 → capacity: 10⏎  tiers:⏎    - {answer: vetos, order: ["Yess"]}
  41: “Yess” is not an answer of “vetos”. Did you mean “Yes”?
capacity: 10 → capacity: 10⏎  tiers:⏎    - {answer: english, first: highest}
  41: an entry of “tiers” needs an order.
    Write the answers, first ones first: {answer: vetos, order: ["Yes"]}.
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos}
  45: an entry of “rank_by” must say who comes first. WHO
{answer: vetos, order: ["Yes", "Not yet"]} → {answer: vetos, first: most}
  45: “first” has a value that Convene does not know. Write highest, lowest, earliest or latest.
{answer: vetos, order: ["Yes", "Not yet"]} → {turn: jobb}
  45: there is no column “jobb”. Did you mean “job”?
{answer: vetos, order: ["Yes", "Not yet"]} → {turn: job}⏎    - {turn: job}
  46: “turn: job” is in “rank_by” twice. Keep one of the two.
invitation: invitation.md → invitation: invitaton.md
  47: there is no file “invitaton.md” in templates/. Did you mean “invitation.md”?
invitation: invitation.md → invitation: ../secret.md
  47: there is no file “../secret.md” in templates/.
    Write the name of a file in that folder, without a path.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES.replace("WHO", WHO_FIRST)))
def test_load_of_places_with_one_mistake_says_where_what_and_what_to_write(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert problems_of(make_workspace(tmp_path, CALL.replace(old, new, 1))) == [f"config/call.yaml:{problem}"]


def test_quotas_may_name_a_category_or_an_answer(tmp_path: Path) -> None:
    call = CALL.replace("{answer: job, places: 2}", "{answer: category, places: 9, except: [staff]}")
    call = call.replace("{category: staff, places: 4}", "{answer: vetos, value: Not yet, places: 3}")
    places = load_texts(tmp_path, call).call.places
    assert places.at_most == (AtMost(CATEGORY, 9, ("staff",)),)
    assert places.at_least == (AtLeast("vetos", "Not yet", 3),)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("Deutschland", ""),
        ("Germny", " “Germny” is not an answer of “job”. Did you mean “Germany”?"),
        (
            "Atlantis",
            " “Atlantis” is not an answer of “job”. Write a country, or add it to the “aliases” of “job”.",
        ),
    ],
)
def test_a_rule_for_a_country_names_one(tmp_path: Path, value: str, problem: str) -> None:
    call = CALL.replace("job: Job title", "job: {header: Country, countries: true}")
    call = call.replace("{answer: job, places: 2}", f"{{answer: job, value: {value}, places: 2}}")
    expected = [f"config/call.yaml:41:{problem}"] if problem else []
    assert problems_of(make_workspace(tmp_path, call)) == expected


def test_everything_that_places_can_ask_for(tmp_path: Path) -> None:
    written = """\
  capacity: 10
  overbook: 15 %
  time_limit: 5
  nice_to_have:
    - {answer: vetos, places: 1, except: ["No"]}
  held:
    - {category: guests, places: 2, until: 2023-08-10}
  tiers:
    - {answer: vetos, order: ["Yes"]}
"""
    call = CALL.replace("  capacity: 10\n", written)
    call = call.replace(
        "    - {answer: job, places: 2}\n",
        "    - {answer: job, places: 2}\n    - {answer: job, value: Nurse, places: 3}\n"
        "    - {category: guests, places: 5}\n",
    )
    call = call.replace(
        '{answer: vetos, order: ["Yes", "Not yet"]}',
        "{answer: english, first: lowest}\n    - {answer: job, first: highest}\n    - {turn: job}",
    )

    places = load_texts(tmp_path, call).call.places

    assert places.at_most == (
        AtMost("job", 2),
        AtMost("job", 3, value="Nurse"),
        AtMost(CATEGORY, 5, value="guests"),
    )
    assert places.nice_to_have == (AtLeast("vetos", "", 1, ("No",)),)
    until = datetime(2023, 8, 10, 23, 59, 59, tzinfo=MADRID)
    assert places.held == (Reserved(CATEGORY, "guests", 2, until),)
    assert places.tiers == (RankKey("vetos", ("Yes",)),)
    assert places.rank_by == (
        RankKey("english", by=By.LOWEST),
        RankKey("job", by=By.HIGHEST),
        RankKey("job", by=By.TURN),
    )
    assert (places.seats, places.time_limit) == (11, 5)


def test_overbooking_is_a_number_or_a_percentage(tmp_path: Path) -> None:
    call = CALL.replace("capacity: 10", "capacity: 10\n  overbook: 3")
    assert load_texts(tmp_path, call).call.places.seats == 13


def test_a_rule_can_count_a_share_several_answers_and_a_combination(tmp_path: Path) -> None:
    call = CALL.replace(
        "    - {answer: job, places: 2}\n",
        "    - {answer: vetos, value: ['Yes', Not yet], places: 35 %}\n"
        "    - {category: [staff, guests], where: {english: {is: B2}}, title: fluent, places: 2}\n"
        "    - {where: {english: {is: A1}}, title: new, places: 1}\n",
    )
    call = call.replace("{category: staff, places: 4}", "{category: staff, places: 35 %}")
    english = Question("Level of English", scale=("A1", "A2", "B1", "B2"))
    places = load_texts(tmp_path, call).call.places
    assert places.at_most == (
        AtMost("vetos", 0, value="Yes", others=("Not yet",), percent=35),
        AtMost(
            CATEGORY,
            2,
            value="staff",
            others=("guests",),
            where=OneOf("english", ("B2",), english),
            title="fluent",
        ),
        AtMost("", 1, where=OneOf("english", ("A1",), english), title="new"),
    )
    assert [number_of(rule, places.seats) for rule in places.quotas] == [3, 2, 1, 4]
    assert [rule.line for rule in places.quotas] == [41, 42, 43, 45]


def test_ranks_can_be_middles_days_and_categories_and_say_what_is_missing(tmp_path: Path) -> None:
    call = CALL.replace(
        '    - {answer: vetos, order: ["Yes", "Not yet"]}\n',
        "    - {mean: [job, email], first: highest, range: [0, 20], spread: 5.5, if_missing: wait}\n"
        "    - {median: [job, english], first: lowest, if_missing: last}\n"
        "    - {answer: job, first: latest}\n"
        "    - {answer: category, order: [guests, staff]}\n"
        "    - {turn: category}\n"
        "  draw: true\n  seed: any\n  like_follows_like: category\n  team: job\n",
    ).replace("{answer: job, places: 2}", "{answer: job, places: 2, if_missing: uncounted}")
    places = load_texts(tmp_path, call).call.places
    assert places.rank_by == (
        RankKey(
            "job",
            by=By.HIGHEST,
            if_missing=IfMissing.WAIT,
            beside=("email",),
            middle=Middle.MEAN,
            range=(Fraction(0), Fraction(20)),
            spread=Fraction(11, 2),
        ),
        RankKey("job", by=By.LOWEST, if_missing=IfMissing.LAST, beside=("english",), middle=Middle.MEDIAN),
        RankKey("job", by=By.LATEST),
        RankKey(CATEGORY, ("guests", "staff")),
        RankKey(CATEGORY, by=By.TURN),
    )
    assert places.at_most == (AtMost("job", 2, if_missing=IfMissing.UNCOUNTED),)
    assert (places.draw, places.like_follows_like, places.team) == (True, CATEGORY, "job")
