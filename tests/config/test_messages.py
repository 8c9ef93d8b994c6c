"""The section `messages` of config/call.yaml: kinds of one's own, when they are due, and each kind of mistake."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.model.applicant import Status
from pipeline.model.kinds import Group, Occasion
from tests.support.build import at
from tests.support.config_case import CALL, load_texts, make_workspace, mistakes, problems_of

LAST = "  not_selected: not_selected.md\n"
STARTS, ENDS = at("09-12 09:00"), at("09-13 12:30")


def with_kind(entry: str, name: str = "visa_letter") -> str:
    return f"{CALL}  {name}: {entry}\n"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2023-09-01", at("09-01 00:00")),
        ("2023-09-01 09:30", at("09-01 09:30")),
        ("starts", STARTS),
        ("deadline", at("08-01 23:59:59")),
        ("3 days before starts", at("09-09 00:00")),
        ("1 day after ends", at("09-14 00:00")),
        ("0 days before starts", at("09-12 00:00")),
        ("200 days after starts", at("2024-03-30 00:00")),  # the night before clocks go forward
        ("201 days after starts", at("2024-03-31 00:00")),
        ("50 days after ends", at("11-02 00:00")),  # clocks went back between
    ],
)
def test_a_kind_of_ones_own_is_due_at_a_date(tmp_path: Path, written: str, moment: datetime) -> None:
    call = load_texts(tmp_path, with_kind(f"{{template: received.md, to: all, at: {written}}}")).call
    until = ENDS if moment < ENDS else None
    assert call.occasions == {"visa_letter": Occasion(Group.ALL, moment, until=until)}
    assert call.messages["visa_letter"] == "received.md"  # type: ignore[index]  # a kind is its name


def test_a_kind_of_ones_own_is_due_when_a_status_is_reached(tmp_path: Path) -> None:
    call = load_texts(tmp_path, with_kind("{template: received.md, when: waiting_list}")).call
    assert call.occasions == {"visa_letter": Occasion(when=Status.WAITING, until=ENDS)}


def test_a_kind_of_ones_own_waits_for_approval_where_the_call_says_so(tmp_path: Path) -> None:
    written = with_kind("{template: received.md, when: confirmed}")
    assert load_texts(tmp_path, f"{written}send: {{visa_letter: approve}}\n").call.approve == {"visa_letter"}
    assert load_texts(
        tmp_path, f"{written}send: {{visa_letter: automatic, default: approve}}\n"
    ).call.approve == {
        "invitation",
        "waiting_list",
        "not_selected",
    }


def test_copies_go_to_the_addresses_that_are_named_each_once(tmp_path: Path) -> None:
    written = with_kind("{template: received.md, copy_to: [team@example.org, team@example.org]}", "received")
    assert load_texts(tmp_path, written).call.copies == {"received": ("team@example.org",)}


def test_more_copies_than_anybody_reads_are_refused(tmp_path: Path) -> None:
    eleven = ", ".join(f"team{number}@example.org" for number in range(11))
    written = with_kind(f"{{template: received.md, copy_to: [{eleven}]}}", "received")
    assert problems_of(make_workspace(tmp_path, written)) == [
        "config/call.yaml:50: “copy_to” has too many addresses. Write 10 at most, or one of a mailing list."
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("confirmed: received.md", Occasion(when=Status.CONFIRMED, until=STARTS)),
        ("withdrawn: received.md", Occasion(when=Status.WITHDRAWN, until=ENDS)),
        ("reply_reminder: received.md", Occasion(Group.OFFERED)),
        ("waiting_list_closed: received.md", Occasion(Group.WAITING, at("09-05 23:59:59"), until=ENDS)),
        ("practical_information: received.md", Occasion(Group.CONFIRMED, at("08-29 00:00"), until=STARTS)),
        ("event_reminder: received.md", Occasion(Group.CONFIRMED, at("09-10 00:00"), until=STARTS)),
        (
            "event_reminder: {template: received.md, at: 1 day before starts}",
            Occasion(Group.CONFIRMED, at("09-11 00:00"), until=STARTS),
        ),
        ("thanks: received.md", Occasion(Group.CONFIRMED, ENDS)),
    ],
)
def test_a_shipped_kind_has_its_occasion(tmp_path: Path, line: str, expected: Occasion) -> None:
    text = CALL.replace("  starts:", "  last_offers: 2023-09-05\n  starts:")
    assert load_texts(tmp_path, f"{text}  {line}\n").call.occasions == {line.partition(":")[0]: expected}


OFFERS = """
remind_before: 3 → remind_before: 0
remind_before: 3 → remind_before: three days
  53: “remind_before” must be a number of days. Write one such as 5 days.
on_silence: ask → on_silence: aks
  54: “on_silence” has a value that Convene does not know. Write expire or ask.
confirm_requires: job → confirm_requires: jobb
  55: there is no column “jobb”. Did you mean “job”?
confirm_requires: job → confirm_requires: [job]
  55: “confirm_requires” must be a condition. Write one such as {vetos: {is: "No"}}.
reply_within: 5 days → reply_within: soon
  10: “reply_within” must be a number of days. Write one such as 5 days.
reply_within: 5 days → reply_within: 3
  53: offers would be answered within the days that the reminder comes before.
    Let `remind_before` be shorter than `reply_within`.
"""
WITH_OFFERS = CALL.replace("deadline: 2023-08-01\n", "deadline: 2023-08-01\n  reply_within: 5 days\n") + (
    "  reply_reminder: received.md\noffers:\n  remind_before: 3\n  on_silence: ask\n  confirm_requires: job\n"
)


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(OFFERS))
def test_what_is_wrong_with_offers_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in WITH_OFFERS
    found = problems_of(make_workspace(tmp_path, WITH_OFFERS.replace(old, new)))
    assert found == [f"config/call.yaml:{problem}"]


def test_offers_are_answered_as_the_call_says(tmp_path: Path) -> None:
    paid = WITH_OFFERS.replace("confirm_requires: job", "confirm_requires: {job: {is: paid}}")
    offers = load_texts(tmp_path, paid).call.offers
    assert (offers.within, offers.remind_before, offers.on_silence) == (
        timedelta(days=5),
        timedelta(days=3),
        "ask",
    )
    assert offers.requires is not None
    assert [offers.requires.holds({"job": each}) for each in ("paid", "not yet")] == [True, False]


MISTAKES = """
received: {template: received.md, copy_to: [team]}
  50: an entry of “copy_to” is not an e-mail address. Write one such as team@example.org.
visa_letter: received.md
  50: unknown key in “messages”. For one of your own: visa_letter: {template: …, to: confirmed, at: …}.
delayd: received.md
  50: unknown key “delayd” in “messages”. Did you mean “delayed”?
visa_letter: {template: received.md, to: all}
visa_letter: {template: received.md, at: starts}
visa_letter: {template: received.md, to: all, at: starts, when: confirmed}
  50: “visa_letter” does not say when it is due. Write `to` and `at`, or `when`, and not both.
visa_letter: {template: received.md, to: everybody, at: starts}
  50: “to” has a value that Convene does not know. Write offered, confirmed, waiting or all.
visa_letter: {template: received.md, to: al, at: starts}
  50: “to” is “al”, which Convene does not know. Did you mean “all”?
visa_letter: {template: received.md, when: confirmd}
  50: “when” is “confirmd”, which Convene does not know. Did you mean “confirmed”?
visa_letter: {template: received.md, to: all, at: 2023-13-01}
visa_letter: {template: received.md, to: all, at: two days before}
  50: “…” is no date. Write 2023-09-01, or the name of one: opens,
    deadline, selection, reviews_by, reply_by, last_offers, starts, ends.
visa_letter: {template: received.md, to: all, at: [1, 2]}
  50: “at” must be a date. Write 2023-09-01, 2023-09-01 09:00, starts or 3 days before starts.
visa_letter: {template: received.md, to: all, at: reply_by}
  50: the call has no date “reply_by”. Add it under dates, or write another one.
visa_letter: {template: received.md, to: all, at: 2023-03-26 02:30}
  50: “at” is in an hour that clocks in Europe/Madrid skip. Write an hour earlier or later.
visa_letter: {template: invitatoin.md, to: all, at: starts}
  50: there is no file “invitatoin.md” in templates/. Did you mean “invitation.md”?
visa_letter: {to: all, at: starts}
  50: “template” is missing in “visa_letter”. Add a line “template: …”.
delay_notice: {template: received.md, to: all, at: starts}
  50: “delay_notice” is called like a kind of Convene's. Choose another name.
received: {template: received.md, to: all, at: starts}
received: {template: received.md, at: starts}
  50: to whom “received” goes, and when, is Convene's to say. Write the name of its template only.
"""


@pytest.mark.parametrize(("old", "new", "problem"), mistakes(MISTAKES, LAST))
def test_what_cannot_be_meant_is_told_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    found = problems_of(make_workspace(tmp_path, f"{CALL}  {new}\n"))
    assert [text.replace("2023-13-01", "…").replace("two days before", "…") for text in found] == [
        f"config/call.yaml:{problem}"
    ]
