"""What an answer by the reply form makes of its person, over several runs: the newest counts, a typed word wins."""

from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.model.applicant import Status
from pipeline.model.history import History
from pipeline.model.sheet import Snapshot
from pipeline.planning.plan import Plan
from tests.support.build import ANA, BEA, CLO, NEW, SELECTION, at, carried_out, plan, responses
from tests.support.reply_form import CALL_WITH_FORM, answered

CAROL = "07-09 09:00 | carol@example.org | Carol Lind | Manager | Yes"


class Weeks:
    """A call of two places (Carol and Ana get them, Bea waits), its sheet, and one run after another."""

    def __init__(self) -> None:
        self.history: History = NEW
        self.said: list[str] = []
        self.words: dict[str, str] = {}
        self.run(SELECTION)
        assert self.statuses() == {"carol": "Offered", "ana": "Offered", "bea": "Waiting list"}

    def sheet(self, *, with_tab: bool = True) -> Snapshot:
        people = {"carol": CAROL, "ana": ANA, "bea": BEA}
        lines = (f"{line} > decision={self.words.get(name, '')}" for name, line in people.items())
        named = {name: self.reference(name) for name in people} if self.history.addresses else {}
        rows = (
            row.replace(f"@{name}", named[name]) for row in self.said for name in named if f"@{name}" in row
        )
        return replace(responses(*lines), replies=answered(*rows) if with_tab else None)

    def reference(self, name: str) -> str:
        return {address.partition("@")[0]: one for one, address in self.history.addresses.items()}[name]

    def run(self, now: datetime, *, with_tab: bool = True) -> Plan:
        made = plan(self.sheet(with_tab=with_tab), now, self.history, CALL_WITH_FORM)
        self.history = carried_out(made, self.history)
        self.shown = {
            each.case.applicant.response.address.partition("@")[0]: each for each in made.assessment.verdicts
        }
        return made

    def reply(self, day: str, name: str, answer: str) -> None:
        """Let somebody fill in the form at nine."""
        self.said.append(f"{day} 09:00 | {name}@example.org | @{name} | {answer}")

    def statuses(self) -> dict[str, str]:
        return {name: verdict.status.value for name, verdict in self.shown.items()}


def nothing_new(made: Plan) -> bool:
    return not (made.messages or made.standings or made.problems)


def test_a_yes_confirms_and_a_no_after_it_frees_the_place() -> None:
    weeks = Weeks()
    weeks.reply("08-05", "ana", "Yes")
    made = weeks.run(at("08-06 07:00"))
    assert weeks.statuses() == {"carol": "Offered", "ana": "Confirmed", "bea": "Waiting list"}
    assert (made.messages, made.problems) == ((), ())
    assert weeks.shown["ana"].reason == "Offered before; answered yes by the reply form on 2023-08-05 09:00."
    assert nothing_new(weeks.run(at("08-07 07:00")))
    weeks.reply("08-07", "ana", "No")
    made = weeks.run(at("08-08 07:00"))
    assert weeks.statuses() == {"carol": "Offered", "ana": "Withdrawn", "bea": "Offered"}
    assert [(one.reference, one.kind) for one in made.messages] == [(weeks.reference("bea"), "invitation")]
    assert nothing_new(weeks.run(at("08-09 07:00")))


def test_a_second_yes_changes_nothing() -> None:
    weeks = Weeks()
    for day in ("08-05", "08-07"):
        weeks.reply(day, "ana", "Yes")
        made = weeks.run(at(f"{day} 19:00"))
        assert weeks.statuses()["ana"] == "Confirmed"
    assert nothing_new(made)


def test_a_yes_after_a_no_that_was_heard_is_for_a_person() -> None:
    weeks = Weeks()
    weeks.reply("08-05", "ana", "No")
    weeks.run(at("08-06 07:00"))
    weeks.reply("08-07", "ana", "Yes")
    weeks.run(at("08-08 07:00"))
    assert weeks.statuses() == {"carol": "Offered", "ana": "To review", "bea": "Offered"}
    weeks.words["ana"] = "Waiting list"
    weeks.run(at("08-09 07:00"))
    assert weeks.statuses()["ana"] == "Waiting list"
    weeks.words["ana"] = ""
    assert weeks.run(at("08-10 07:00")).problems == ()


@pytest.mark.parametrize("is_left", [True, False], ids=["the word stays", "the word is deleted"])
@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        pytest.param(
            [("word", "05", "Confirmed"), ("No", "04")], "Confirmed", id="an older reply, read later"
        ),
        pytest.param([("No", "05"), ("word", "05", "Confirmed")], "Confirmed", id="both in one run"),
        pytest.param([("word", "05", "Confirmed"), ("No", "06")], "Withdrawn", id="a newer reply"),
        pytest.param([("Yes", "05"), ("word", "06", "Withdrawn")], "Withdrawn", id="a newer word"),
        pytest.param([("word", "05", "Withdrawn"), ("Yes", "04")], "Withdrawn", id="an older yes"),
        pytest.param(
            [("word", "05", "Confirmed"), ("No", "06"), ("word", "07", "Invite")],
            "Offered",
            id="offered once more",
        ),
        pytest.param(
            [("word", "05", "Withdrawn"), ("word", "06", "Invite"), ("Yes", "07")],
            "Confirmed",
            id="said yes at last",
        ),
    ],
)
def test_the_newest_of_replies_and_words_counts(
    steps: list[tuple[str, ...]], expected: str, *, is_left: bool
) -> None:
    weeks = Weeks()
    for number, step in enumerate(steps):
        is_word = step[0] == "word"
        day = f"08-{step[1]}"
        if is_word:
            weeks.words["ana"] = step[2]
        else:
            weeks.reply(day, "ana", step[0])
        together = number + 1 < len(steps) and steps[number + 1][1] == step[1]
        if not together:
            weeks.run(at(f"{day} 12:00"))
            if not is_left:
                weeks.words["ana"] = ""
                weeks.run(at(f"{day} 13:00"))
    for hour in (14, 15):
        weeks.run(at(f"08-09 {hour}:00"))
        assert weeks.statuses()["ana"] == expected
    assert weeks.run(at("08-10 07:00")).problems == ()


def test_a_reply_that_is_deleted_after_it_was_heard_is_not_taken_back() -> None:
    weeks = Weeks()
    weeks.words["ana"] = "Confirmed"
    weeks.run(at("08-05 07:00"))
    weeks.reply("08-06", "ana", "No")
    weeks.run(at("08-07 07:00"))
    weeks.said.clear()
    weeks.run(at("08-08 07:00"))
    assert weeks.statuses()["ana"] == "Withdrawn"


def test_a_person_on_hold_is_heard_when_the_hold_ends() -> None:
    weeks = Weeks()
    weeks.words["ana"] = "Hold"
    weeks.run(at("08-04 07:00"))
    weeks.reply("08-05", "ana", "No")
    weeks.run(at("08-06 07:00"))
    assert weeks.statuses()["ana"] == "On hold"
    weeks.words["ana"] = ""
    weeks.run(at("08-07 07:00"))
    assert weeks.statuses()["ana"] == "Withdrawn"


def test_a_word_that_leaves_the_rest_to_the_ranking_is_no_answer() -> None:
    weeks = Weeks()
    weeks.words["ana"] = "Eligible: management"
    weeks.reply("08-05", "ana", "No")
    weeks.run(at("08-06 07:00"))
    assert weeks.statuses()["ana"] == "Withdrawn"
    weeks.run(at("08-07 07:00"))
    assert weeks.statuses()["ana"] == "Withdrawn"


def test_who_waits_may_say_no_and_a_yes_without_an_offer_is_told() -> None:
    weeks = Weeks()
    weeks.reply("08-05", "bea", "Yes")
    made = weeks.run(at("08-06 07:00"))
    assert weeks.statuses()["bea"] == "Waiting list"
    assert [(each.reference, each.what) for each in made.problems] == [
        (
            weeks.reference("bea"),
            "said yes by the reply form, and no place is offered: nothing was decided by it",
        )
    ]
    weeks.reply("08-07", "bea", "No")
    assert weeks.run(at("08-08 07:00")).problems == ()
    assert weeks.statuses()["bea"] == "Withdrawn"


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_an_answer_from_before_the_offer_is_for_a_person(answer: str) -> None:
    weeks = Weeks()
    weeks.reply("08-01", "ana", answer)
    made = weeks.run(at("08-06 07:00"))
    assert weeks.statuses()["ana"] == "Offered"
    assert [each.what[:52] for each in made.problems] == [
        "answered by the reply form before the place was offe"
    ]
    weeks.words["ana"] = "Confirmed"
    assert weeks.run(at("08-07 07:00")).problems == ()
    assert weeks.statuses()["ana"] == "Confirmed"


def test_a_tab_that_is_gone_for_a_run_takes_nothing_back() -> None:
    weeks = Weeks()
    weeks.reply("08-05", "ana", "No")
    weeks.run(at("08-06 07:00"))
    before = weeks.statuses()
    made = weeks.run(at("08-07 07:00"), with_tab=False)
    assert weeks.statuses() == before
    assert [each.what.partition(":")[0] for each in made.problems] == [
        "there is no tab “RSVP” with the replies"
    ]
    assert not made.assessment.replies.are_read


def test_who_has_heard_nothing_yet_may_withdraw() -> None:
    lines = (f"{ANA} > decision=", CLO)
    before = carried_out(plan(responses(*lines), at("07-15 07:00"), NEW, CALL_WITH_FORM), NEW)
    (ana,) = (one for one, address in before.addresses.items() if address.startswith("ana"))
    said = answered(f"07-20 09:00 | ana@example.org | {ana} | No")
    made = plan(replace(responses(*lines), replies=said), at("07-21 07:00"), before, CALL_WITH_FORM)
    assert [each.status for each in made.standings] == [Status.WITHDRAWN]
