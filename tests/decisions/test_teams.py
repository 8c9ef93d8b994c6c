"""Teams: they get places as a whole or not at all; where one is not whole any more, a person decides."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.decisions.places.explain import place_lines
from pipeline.model.call import Call
from pipeline.model.places import AtMost
from pipeline.model.problem import NeedKind
from pipeline.planning.plan import EVERYTHING, Plan, Scope
from tests.support.build import NEW, SELECTION, carried_out, plan, responses, with_places

CALL = with_places(capacity=3, rank_by=(), team="country")
IN = "Eligible: management"
OFFERED, WAITING, TURNED_AWAY, REVIEW = "Offered", "Waiting list", "Not selected", "To review"


class Play:
    """Days of a call, of people with names of three letters; each is in the team behind the name, if any."""

    def __init__(self, people: str, call: Call = CALL) -> None:
        self.call, self.history, self.day = call, NEW, 0
        self.people: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.join(people)

    def join(self, people: str) -> None:
        self.people |= {name[:3]: name[4:] for name in people.split()}

    def look(self, scope: Scope = EVERYTHING, /, **words: str) -> Plan:
        """Plan the day, with some words typed in column Decision."""
        self.words |= words
        rows = (
            f"{'08-03' if name == 'new' else '07-10'} 09:{nth:02} | {name}@example.org | {name} X | "
            f"{ROLES.get(name, 'Manager')} | Yes > decision={self.words.get(name, '')}, country={team}"
            for nth, (name, team) in enumerate(self.people.items())
        )
        return plan(responses(*rows), SELECTION + timedelta(days=self.day), self.history, self.call, scope)

    def run(self, limit: int | None = None, /, **words: str) -> dict[str, str]:
        """Carry out a day, of so many letters; return where everybody stands then."""
        made = self.look(Scope(limit=limit), **words)
        self.history, self.day = carried_out(made, self.history), self.day + 1
        return stands(self.look())


ROLES = {"ron": "Chaplain"}
"""Who is To review, or out."""


def stands(made: Plan) -> dict[str, str]:
    return {one.case.applicant.response.address[:3]: one.status.value for one in made.assessment.verdicts}


def reason(made: Plan, name: str) -> str:
    return next(
        one.reason for one in made.assessment.verdicts if one.case.applicant.response.address[:3] == name
    )


def people(found: Mapping[str, str], status: str) -> str:
    return " ".join(name for name, each in found.items() if each == status)


@pytest.mark.parametrize(
    ("everybody", "offered"),
    [
        ("ana eva/t leo mia/t", "ana eva mia"),
        ("ana eva/t leo mia/T.", "ana eva mia"),
        ("ana leo eva/t mia/t", "ana eva mia"),  # no place stays empty
        ("ana leo eva/t mia/t tom", "ana leo tom"),
        ("ana/none eva/- leo/freelance mia", "ana eva leo"),
    ],
)
def test_a_team_gets_places_as_a_whole_or_not_at_all(everybody: str, offered: str) -> None:
    found = stands(Play(everybody).look())
    assert people(found, "Offered") == offered


def test_a_team_waits_as_a_whole_and_comes_once_there_is_room_for_all() -> None:
    play = Play("ana leo sue eva/t mia/t tom")
    assert people(play.run(), OFFERED) == "ana leo sue"
    assert reason(play.look(), "eva").startswith(
        "On the waiting list: comes with a team of 2, once there is room"
    )
    assert people(play.run(ana="Withdrawn"), OFFERED) == "leo sue tom"
    assert people(play.run(leo="Withdrawn", sue="Withdrawn"), OFFERED) == "eva mia tom"


def test_a_team_is_turned_away_as_a_whole_where_the_waiting_list_has_no_room_for_it() -> None:
    found = Play("ana eva/t mia/t leo", with_places(CALL, capacity=1, waiting_list=1)).run()
    assert found == {"ana": OFFERED, "eva": TURNED_AWAY, "mia": TURNED_AWAY, "leo": WAITING}


@pytest.mark.parametrize("limit", range(1, 5))
def test_a_run_that_stops_half_way_parts_no_team(limit: int) -> None:
    call = with_places(CALL, capacity=2, waiting_list=2)
    whole, play = (
        Play("ana/t leo/s mia/s eva/t tom/u sue/u", call),
        Play("ana/t leo/s mia/s eva/t tom/u sue/u", call),
    )
    once = whole.run()
    assert [people(once, each) for each in (OFFERED, WAITING, TURNED_AWAY)] == [
        "ana eva",
        "leo mia",
        "tom sue",
    ]
    first = play.run(limit)
    assert first == once
    assert play.run() == once


def test_who_is_of_a_team_that_was_turned_away_is_turned_away_though_a_place_is_free() -> None:
    call = with_places(CALL, at_most=(AtMost("country", 1, value="t"),), waiting_list=0)
    play = Play("ana/t leo/none eva/t", call)
    assert people(play.run(2), TURNED_AWAY) == "ana eva"
    assert reason(play.look(), "eva") == (
        "No place: there is no room for the whole team, and the waiting list is closed."
    )
    assert play.run() == {"ana": TURNED_AWAY, "leo": OFFERED, "eva": TURNED_AWAY}
    play.day = 4
    play.join("new/t")
    assert stands(play.look())["new"] == REVIEW


def test_who_is_of_a_team_that_has_its_places_follows_it() -> None:
    play = Play("ana/t leo eva/t", with_places(CALL, capacity=2))
    play.run(1)
    made = play.look()
    assert reason(made, "eva").startswith("A place is offered: the team of P-")
    assert people(stands(made), OFFERED) == "ana eva"


@pytest.mark.parametrize(
    ("everybody", "words", "review", "offered"),
    [
        ("ana/t leo", {}, "ana", "leo"),
        ("ana/t leo", {"ana": IN}, "", "ana leo"),
        ("ana/t ron/t leo eva/t", {}, "ana ron eva", "leo"),
        ("ana/t ron/t leo eva/t", {"ron": IN}, "", "ana ron eva"),
        ("ana/t ron/t leo eva/t", {"ron": "Decline", "ana": IN}, "eva", "ana leo"),
        (
            "ana/t ron/t leo eva/t",
            {"ron": "Decline", "ana": IN, "eva": IN},
            "",
            "ana leo eva",
        ),
        ("ana/t ron/t", {"ron": "Invite"}, "ana", "ron"),
        ("ana/t eva/t", {"eva": "Withdrawn"}, "ana", ""),
    ],
)
def test_a_person_decides_where_a_team_is_not_whole(
    everybody: str, words: dict[str, str], review: str, offered: str
) -> None:
    found = stands(Play(everybody).look(**words))
    assert (people(found, REVIEW), people(found, OFFERED)) == (review, offered)


def test_the_reason_says_of_whom_the_team_waits() -> None:
    made = Play("ana/t ron/t leo/s").look()
    ron = made.assessment.verdicts[1].reference
    assert reason(made, "ana").startswith(
        f"Comes with a team, and nothing can be decided by rank for {ron} of it."
    )
    assert reason(made, "leo").startswith("Nobody else named this team.")


def test_what_was_told_stands_and_a_person_hears_that_a_team_is_not_whole() -> None:
    play = Play("ana/t eva/t leo tom")
    assert people(play.run(), OFFERED) == "ana eva leo"
    found = play.run(ana="Withdrawn")
    assert people(found, OFFERED) == "eva leo tom"
    made = play.look()
    torn = [each for each in made.needs if each.kind is NeedKind.TEAM]
    ana, eva = (one.reference for one in made.assessment.verdicts[:2])
    assert [str(each.problem) for each in torn] == [
        f"places: the team of {eva} has places, and {ana} of it gave theirs up. Nothing is taken back. "
        "Decide whether the others come all the same; then mark this as seen"
    ]
    play.day = 60  # the meeting is over
    assert not [each for each in play.look().needs if each.kind is NeedKind.TEAM]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [({"at_most": (AtMost("country", 1, value="t"),)}, "country “t”"), ({"capacity": 1}, "places"), ({}, "")],
)
def test_a_team_that_could_never_come_is_named(changes: dict[str, object], rules: str) -> None:
    made = Play("ana/t eva/t leo/s mia/s", with_places(CALL, **changes)).look()
    named = [str(each.problem) for each in made.needs if each.kind is NeedKind.TEAM]
    assert len(named) == {"country “t”": 1, "places": 2, "": 0}[rules]
    assert all(
        f" is larger than there can be by {rules}. It waits as long as that is so. " in each for each in named
    )


def test_names_that_are_probably_one_team_are_shown() -> None:
    play = Play("ana/Door eva/Door leo/DOOR_Ltd mia/DOOR_Ltd")
    play.people = {name: team.replace("_", " ") for name, team in play.people.items()}
    (shown,) = (each.problem for each in play.look().needs if each.kind is NeedKind.PROBABLY_ONE)
    assert shown.what == (
        "probably one team under “Country”: “DOOR Ltd” and “Door”. Each is taken for a team of its own"
    )


def test_a_place_that_a_team_has_no_room_for_is_explained() -> None:
    made = Play("ana eva/t mia/t leo", with_places(CALL, capacity=2)).look()
    eva = made.assessment.verdicts[1].reference
    assert place_lines(made.assessment.selection, eva) == (
        "Gets no place now: rank 2 of 4.",
        "Beside those who rank before, there is no room for the whole team. "
        "There is room for some of the team, and not for all of it.",
        "Among those who wait for a place by rank: 1st; comes with a team of 2, once there is room for all.",
    )


def test_those_who_wait_are_asked_about_where_one_of_them_withdraws() -> None:
    play = Play("ana leo sue eva/t mia/t")
    play.run()
    found = play.run(mia="Withdrawn")
    assert (found["eva"], play.history.standings[play.look().assessment.verdicts[3].reference].status) == (
        REVIEW,
        WAITING,
    )
    assert play.run(eva=IN, ana="Withdrawn")["eva"] == OFFERED


def test_whoever_names_a_team_that_has_its_places_is_asked_about() -> None:
    play = Play("ana/t eva/t")
    play.run()
    play.day = 3
    play.join("new/t")
    assert stands(play.look()) == {"ana": OFFERED, "eva": OFFERED, "new": REVIEW}


def test_late_members_of_a_team_that_waits_are_asked_about_once_people_were_turned_away() -> None:
    call = with_places(CALL, capacity=1, waiting_list=2)
    play = Play("ana leo/t eva/t sue", call)
    assert people(play.run(), TURNED_AWAY) == "sue"
    play.day = 3
    play.join("new/t")
    assert people(stands(play.look()), REVIEW) == "leo eva new"


def test_while_a_review_is_open_nobody_hears_of_the_places() -> None:
    dates = replace(CALL.dates, reviews_by=SELECTION + timedelta(days=2))
    for team, told in (("", [True, True]), ("country", [False, False])):
        made = Play("ana leo ron", replace(with_places(CALL, team=team), dates=dates)).look()
        assert [not one.is_early for one in made.assessment.verdicts[:2]] == told
