"""The life of an offer, run by run: told with its day, reminded, lapsed and told so, and the place goes on."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipeline.audience.combined import Not
from pipeline.audience.conditions import Empty
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.history import History
from pipeline.model.kinds import Group, Kind, Occasion
from pipeline.model.message import State
from pipeline.model.offers import Offers, Silence
from pipeline.model.problem import NeedKind
from pipeline.model.sheet import Snapshot
from pipeline.planning.due import in_order
from pipeline.planning.plan import Plan
from tests.support.build import ANA, BEA, CALL, CLO, NEW, SELECTION, at, carried_out, plan, responses
from tests.support.reply_form import CALL_WITH_FORM, answered

DAN = "07-13 09:00 | dan@example.org | Dan Novak | Manager | Yes"
FIVE = Offers(within=timedelta(days=5), remind_before=timedelta(days=2))
REMINDED = replace(CALL, occasions={Kind.REPLY_REMINDER: Occasion(Group.OFFERED)}, offers=FIVE)
UNREMINDED = replace(
    REMINDED,
    messages={kind: name for kind, name in CALL.messages.items() if kind != Kind.REPLY_REMINDER},
    occasions={},
)
DUE = at("08-07 23:59:59")


class Weeks:
    """A call of two places (Ana and Bea get them, Clo and Dan wait), one run after another."""

    def __init__(
        self, call: Call = REMINDED, now: datetime = SELECTION, state: State = State.ACCEPTED
    ) -> None:
        self.history: History = NEW
        self.call, self.words = call, dict.fromkeys(("ana", "bea", "clo", "dan"), "")
        self.sheet_of: Snapshot | None = None
        self.run(now, state)

    def sheet(self) -> Snapshot:
        people = {"ana": ANA, "bea": BEA, "clo": CLO, "dan": DAN}
        found = responses(*(f"{line} > decision={self.words[name]}" for name, line in people.items()))
        return replace(found, replies=self.sheet_of.replies) if self.sheet_of else found

    def run(
        self, now: datetime, state: State = State.ACCEPTED, *, is_carried_out: bool = True
    ) -> dict[str, list[str]]:
        """Run once; say who was written to, by the first letters of their addresses."""
        self.made: Plan = plan(self.sheet(), now, self.history, self.call)
        if is_carried_out:
            self.history = carried_out(self.made, self.history, state)
        told: dict[str, list[str]] = {}
        addresses = {**self.history.addresses, **self.made.people}
        for message in in_order(self.made.resumed, self.made.messages):
            told.setdefault(addresses[message.reference][:3], []).append(message.kind)
        return told

    def statuses(self) -> dict[str, str]:
        by = {address[:3]: reference for reference, address in self.history.addresses.items()}
        return {name: self.history.standings[reference].status.value for name, reference in by.items()}

    def unanswered(self) -> int:
        return sum(need.kind is NeedKind.UNANSWERED for need in self.made.needs)


def test_silence_is_asked_about_once_more_then_ends_the_offer_and_the_place_goes_on() -> None:
    weeks = Weeks()
    played = {
        day: told
        for day in ("03", "04", "05", "06", "07", "08", "09", "10")
        if (told := weeks.run(at(f"08-{day} 07:00")))
    }
    assert played == {
        "05": {"ana": ["reply_reminder"], "bea": ["reply_reminder"]},
        "08": {"ana": ["offer_expired"], "bea": ["offer_expired"]},
        "09": {"dan": ["invitation"], "clo": ["invitation"]},
    }
    assert weeks.statuses() == {"ana": "Expired", "bea": "Expired", "dan": "Offered", "clo": "Offered"}
    assert weeks.history.standings[weeks.made.assessment.verdicts[2].reference].reply_by == at(
        "08-14 23:59:59"
    )


def test_the_offer_lapses_after_its_last_second_and_says_why() -> None:
    weeks = Weeks()
    weeks.run(at("08-06 07:00"))
    assert weeks.run(DUE) == {}
    assert weeks.run(at("08-08 00:00:00")) == {"ana": ["offer_expired"], "bea": ["offer_expired"]}
    said = {verdict.reason for verdict in weeks.made.assessment.verdicts if verdict.status is Status.EXPIRED}
    assert said == {"No answer came by 2023-08-07 23:59: the offer has lapsed."}


def test_two_runs_in_a_minute_neither_remind_twice_nor_give_a_place_twice() -> None:
    weeks = Weeks()
    for moment, told in (
        ("08-05 23:59:00", {"ana": ["reply_reminder"], "bea": ["reply_reminder"]}),
        ("08-05 23:59:30", {}),
        ("08-06 00:01:00", {}),
        ("08-08 00:01:00", {"ana": ["offer_expired"], "bea": ["offer_expired"]}),
        ("08-08 00:01:30", {"dan": ["invitation"], "clo": ["invitation"]}),
        ("08-08 00:02:00", {}),
    ):
        assert weeks.run(at(moment)) == told


def test_after_a_week_without_runs_who_was_not_reminded_does_not_lose_the_place() -> None:
    weeks = Weeks()
    assert weeks.run(at("08-12 07:00")) == {}
    assert (weeks.unanswered(), weeks.statuses()["ana"]) == (2, "Offered")


def test_without_a_reminder_the_day_alone_counts() -> None:
    weeks = Weeks(UNREMINDED)
    assert weeks.run(at("08-08 07:00")) == {"ana": ["offer_expired"], "bea": ["offer_expired"]}


NO_LETTER = {kind: name for kind, name in CALL.messages.items() if kind != Kind.OFFER_EXPIRED}


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(replace(REMINDED, offers=replace(FIVE, on_silence=Silence.ASK)), id="a person is asked"),
        pytest.param(replace(REMINDED, messages=NO_LETTER), id="nobody could be told"),
    ],
)
def test_a_call_may_ask_a_person_instead(call: Call) -> None:
    weeks = Weeks(call)
    weeks.run(at("08-06 07:00"))
    assert weeks.run(at("08-08 07:00")) == {}
    assert (weeks.unanswered(), weeks.statuses()["ana"]) == (2, "Offered")


@pytest.mark.parametrize("state", [State.IN_DOUBT, State.REFUSED])
def test_an_offer_lapses_only_if_its_letter_was_accepted(state: State) -> None:
    weeks = Weeks(UNREMINDED, state=state)
    assert weeks.run(at("08-08 07:00")) == {}
    assert weeks.statuses()["ana"] == "Offered"


def test_an_offer_lapses_only_if_its_reminder_left() -> None:
    weeks = Weeks()
    weeks.run(at("08-06 07:00"), State.IN_DOUBT)
    assert weeks.run(at("08-08 07:00")) == {}
    assert weeks.statuses()["ana"] == "Offered"


def test_an_offer_of_an_earlier_version_never_lapses() -> None:
    weeks = Weeks(UNREMINDED)
    undated = {ref: replace(each, reply_by=None) for ref, each in weeks.history.standings.items()}
    weeks.history = replace(weeks.history, standings=undated)
    assert weeks.run(at("08-12 07:00")) == {}
    assert (weeks.unanswered(), weeks.statuses()["ana"]) == (2, "Offered")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("Confirmed", {"bea": ["offer_expired"]}),
        ("Hold", {"bea": ["offer_expired"]}),
        (
            "Cnfrmd",
            {"bea": ["offer_expired"]},
        ),  # not understood: nothing is decided by it, nor by its silence
        ("Withdrawn", {"bea": ["offer_expired"], "clo": ["invitation"]}),
    ],
)
def test_a_word_of_the_organisers_comes_first(word: str, told: dict[str, list[str]]) -> None:
    weeks = Weeks(UNREMINDED)
    weeks.words["ana"] = word
    assert weeks.run(at("08-08 07:00")) == told


def test_a_word_that_made_the_offer_does_not_make_it_again_once_it_lapsed() -> None:
    weeks = Weeks(UNREMINDED)
    weeks.words["clo"] = "Invite"
    assert weeks.run(at("08-03 07:00")) == {"clo": ["invitation"]}
    weeks.words |= {"ana": "Confirmed", "bea": "Confirmed"}
    assert weeks.run(at("08-09 07:00")) == {"clo": ["offer_expired"]}
    assert weeks.run(at("08-10 07:00")) == {}
    assert weeks.statuses() == {
        "ana": "Confirmed",
        "bea": "Confirmed",
        "dan": "Waiting list",
        "clo": "Expired",
    }


def test_a_late_yes_is_for_a_person_who_may_give_a_place_or_the_waiting_list() -> None:
    weeks = Weeks(UNREMINDED)
    weeks.words["bea"] = "Confirmed"
    assert weeks.run(at("08-08 07:00")) == {"ana": ["offer_expired"]}
    weeks.words["ana"] = "Waiting list"
    assert weeks.run(at("08-08 09:00")) == {"clo": ["invitation"], "ana": ["waiting_list"]}


def test_where_the_replies_were_not_read_nothing_lapses() -> None:
    with_form = replace(UNREMINDED, replies=CALL_WITH_FORM.replies)
    weeks = Weeks(with_form)  # the tab is missing
    assert weeks.run(at("08-08 07:00")) == {}
    weeks.sheet_of = replace(responses(ANA), replies=answered())
    assert weeks.run(at("08-08 08:00")) == {"ana": ["offer_expired"], "bea": ["offer_expired"]}


PAID = replace(UNREMINDED, offers=replace(FIVE, requires=Not(Empty("country"))))


def test_a_yes_without_what_is_required_is_not_confirmed_yet_and_does_not_lapse() -> None:
    weeks = Weeks(PAID)
    weeks.words |= {"ana": "Confirmed", "bea": "Confirmed"}
    lines = {"ana": f"{ANA} > decision=Confirmed, country=", "bea": f"{BEA} > decision=Confirmed"}
    unpaid = responses(*lines.values(), CLO, DAN)
    made = plan(unpaid, at("08-04 07:00"), weeks.history, PAID)
    statuses = {
        verdict.case.applicant.response.address[:3]: verdict.status for verdict in made.assessment.verdicts
    }
    assert (statuses["ana"], statuses["bea"]) == (Status.OFFERED, Status.CONFIRMED)
    ana = next(one for one in made.assessment.verdicts if one.status is Status.OFFERED)
    assert ana.reason.endswith("what the call requires of “Country” is not there.")
    history = carried_out(made, weeks.history)
    late = plan(unpaid, at("08-12 07:00"), history, PAID)
    assert [each.kind for each in late.messages] == []
    assert [need.what for need in late.needs] == [
        "said yes to an offer, and what the call requires of a yes is not there (offers.confirm_requires)"
    ]
    paid = plan(weeks.sheet(), at("08-12 07:00"), history, PAID)
    assert [each.status for each in paid.standings] == [Status.CONFIRMED]


def test_while_an_offer_waits_for_approval_its_day_stays_and_so_does_its_letter() -> None:
    approving = replace(
        UNREMINDED, approve=frozenset({Kind.INVITATION}), offers=Offers(within=timedelta(days=8))
    )
    weeks = Weeks(approving)
    first = [effect.until for effect in weeks.made.unreleased]
    assert weeks.run(at("08-04 07:00")) == {}
    assert [effect.until for effect in weeks.made.unreleased] == first
    assert weeks.run(at("08-09 07:00")) == {}  # less than half of the time would be left
    assert [effect.until for effect in weeks.made.unreleased] > first


def test_an_offer_that_left_too_late_to_be_answered_is_made_anew() -> None:
    weeks = Weeks(UNREMINDED, state=State.DEFERRED)
    late = at("08-07 07:00")
    assert weeks.run(late).keys() == {"clo", "dan"}
    assert [message.kind for message in weeks.made.cancelled] == [Kind.INVITATION, Kind.INVITATION]


@pytest.mark.parametrize(
    ("now", "told", "shown"),
    [
        ("09-05 23:59:59", {"clo": ["invitation"]}, "Offered"),
        ("09-06 00:00:00", {}, "Waiting list"),
    ],
)
def test_after_the_last_day_for_offers_no_place_is_given_by_rank(
    now: str, told: dict[str, list[str]], shown: str
) -> None:
    call = replace(CALL, dates=replace(CALL.dates, last_offers=at("09-05 23:59:59")))
    weeks = Weeks(call)
    weeks.words["ana"] = "Withdrawn"
    assert weeks.run(at(now)) == told
    assert weeks.statuses()["clo"] == shown
    reasons = {one.reference: one.reason for one in weeks.made.assessment.verdicts}
    clo = next(ref for ref, address in weeks.history.addresses.items() if address.startswith("clo"))
    assert reasons[clo].endswith("The last day for offers is over.") is (not told)


def test_a_place_that_nobody_could_answer_for_in_time_is_for_a_person() -> None:
    weeks = Weeks()
    weeks.words |= {"ana": "Withdrawn", "bea": "Confirmed"}
    assert weeks.run(at("09-11 07:00")) == {}
    clo = next(
        one for one in weeks.made.assessment.verdicts if one.case.applicant.response.address[:3] == "clo"
    )
    assert (clo.status, clo.reason.split(":")[0]) == (
        Status.TO_REVIEW,
        "A place is free, and too little time is left to answer an offer",
    )
    weeks.words["clo"] = "Invite"
    assert weeks.run(at("09-11 09:00")) == {"clo": ["invitation"]}


CLOSING = replace(
    CALL,
    dates=replace(CALL.dates, last_offers=at("09-05 23:59:59")),
    occasions={
        Kind.WAITING_LIST_CLOSED: Occasion(Group.WAITING, at("09-05 23:59:59"), until=CALL.dates.ends)
    },
)


def test_who_was_told_that_the_list_is_closed_gets_no_place_by_rank_whatever_the_dates_say_then() -> None:
    weeks = Weeks(CLOSING)
    assert weeks.run(at("09-06 07:00")) == {"clo": ["waiting_list_closed"], "dan": ["waiting_list_closed"]}
    assert weeks.run(at("09-07 07:00")) == {}
    weeks.call = replace(CLOSING, dates=replace(CALL.dates, last_offers=at("09-11 23:59:59")))
    weeks.words["ana"] = "Withdrawn"
    assert weeks.run(at("09-07 08:00")) == {}
    weeks.words["clo"] = "Invite"
    assert weeks.run(at("09-07 09:00")) == {"clo": ["invitation"]}


def test_the_weeks_after_are_told_each_letter_once() -> None:
    starts, ends = CALL.dates.starts, CALL.dates.ends
    call = replace(
        REMINDED,
        occasions={
            **REMINDED.occasions,
            Kind.CONFIRMED: Occasion(when=Status.CONFIRMED, until=starts),
            Kind.WITHDRAWN: Occasion(when=Status.WITHDRAWN, until=ends),
            Kind.PRACTICAL_INFORMATION: Occasion(Group.CONFIRMED, at("08-29 00:00"), until=starts),
            Kind.EVENT_REMINDER: Occasion(Group.CONFIRMED, at("09-10 00:00"), until=starts),
            Kind.THANKS: Occasion(Group.CONFIRMED, ends),
        },
    )
    weeks = Weeks(call)
    played: dict[str, dict[str, list[str]]] = {}
    words = {"08-03": ("ana", "Confirmed"), "08-04": ("bea", "Withdrawn"), "08-30": ("clo", "Confirmed")}
    for day in range(45):
        now = at("08-03 07:00") + timedelta(days=day)
        name, word = words.get(f"{now:%m-%d}", ("", ""))
        weeks.words |= {name: word} if name else {}
        if told := weeks.run(now):
            played[f"{now:%m-%d}"] = told
    assert played == {
        "08-03": {"ana": ["confirmed"]},
        "08-04": {"clo": ["invitation"], "bea": ["withdrawn"]},
        "08-07": {"clo": ["reply_reminder"]},
        "08-10": {"clo": ["offer_expired"]},
        "08-11": {"dan": ["invitation"]},
        "08-14": {"dan": ["reply_reminder"]},
        "08-17": {"dan": ["offer_expired"]},
        "08-29": {"ana": ["practical_information"]},
        "08-30": {"clo": ["confirmed", "practical_information"]},
        "09-10": {"ana": ["event_reminder"], "clo": ["event_reminder"]},
        "09-14": {"ana": ["thanks"], "clo": ["thanks"]},
    }


def test_a_yes_by_the_form_waits_for_what_is_required_too_and_does_not_lapse() -> None:
    weeks = Weeks(
        replace(UNREMINDED, replies=CALL_WITH_FORM.replies, offers=replace(FIVE, requires=Empty("country")))
    )
    reference = next(ref for ref, address in weeks.history.addresses.items() if address == "ana@example.org")
    weeks.sheet_of = replace(
        responses(ANA), replies=answered(f"08-03 09:00 | ana@example.org | {reference} | Yes")
    )
    assert weeks.run(at("08-04 07:00")) == {}
    assert weeks.statuses()["ana"] == "Offered"
    assert weeks.run(at("08-08 07:00")) == {"bea": ["offer_expired"]}
