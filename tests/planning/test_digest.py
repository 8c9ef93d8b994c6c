"""What organisers hear after a run: never empty, nothing twice, and no more of anybody than is needed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.applicant import Status
from pipeline.model.history import Noted
from pipeline.model.message import Kind, State
from pipeline.model.notice import NoticeKind, Part
from pipeline.model.problem import NeedKind, Problem
from pipeline.planning.digest import (
    NO_NEWS,
    Digest,
    News,
    cause_of,
    find_news,
    say_failed,
    say_failure,
    write_alert,
    write_digest,
)
from pipeline.planning.needs import Need
from pipeline.planning.waits import NOTHING, Waits
from tests.support.build import ANA, BEA, CALL, CLO, LATER, NEW, SELECTION, carried_out, plan, responses

LINK = "https://docs.google.com/spreadsheets/d/1"
SENT = News(sent=((Kind.INVITATION, 2),))


def need(
    number: int, kind: NeedKind = NeedKind.TO_REVIEW, *, seen: bool = False, reference: bool = True
) -> Need:
    who = f"P-AAAA{number:02}" if reference else ""
    row = number if reference else None
    problem = Problem(f"row {number}", f"what {number}", f"Do {number}", row, who, kind)
    return Need(f"CODE{number:02}", problem, Noted(SELECTION, LATER if seen else None))


def digest(
    news: News = NO_NEWS,
    *needs: Need,
    waits: Waits = NOTHING,
    failure: str = "",
    told: frozenset[str] = frozenset(),
) -> Digest | None:
    return write_digest(CALL, news, needs, waits, failure, told, LINK)


def parts(written: Digest | None) -> dict[str, tuple[str, ...]]:
    assert written is not None
    return {part.title: part.lines for part in written.notice.parts}


# --- when there is one -------------------------------------------------------------------------------------


def test_a_run_with_nothing_to_say_has_no_digest() -> None:
    assert digest() is None
    assert digest(NO_NEWS, need(1, seen=True)) is None
    assert digest(waits=Waits(put_off=2), failure="The sheet is open.") is None


def test_what_needs_a_person_is_news_once() -> None:
    first = digest(NO_NEWS, need(1))
    assert first is not None
    assert digest(NO_NEWS, need(1), told=first.keys) is None
    second = digest(NO_NEWS, need(1), need(2), told=first.keys)
    assert parts(second)["Needs you"] == (
        "2 people to review: P-AAAA01 (row\u00a01) and P-AAAA02 (row\u00a02)",
    )


@given(st.lists(st.lists(st.integers(1, 5), max_size=4, unique=True), max_size=6))
def test_no_digest_is_empty_or_tells_only_what_one_before_told(days: list[list[int]]) -> None:
    told: frozenset[str] = frozenset()
    for day in days:
        written = digest(NO_NEWS, *(need(number) for number in day), told=told)
        assert (written is None) == ({f"CODE{number:02}" for number in day} <= told)
        if written:
            assert written.notice.parts
            assert all(part.lines for part in written.notice.parts)
            assert written.notice.headline
            told = written.keys


# --- what it says ------------------------------------------------------------------------------------------


def test_a_digest_says_what_was_done_and_what_is_to_be_done() -> None:
    news = News(
        ((Status.OFFERED, 2), (Status.ON_HOLD, 1)),
        ((Kind.INVITATION, 2),),
        ("P-AAAA07",),
        CALL.dates.selection,
    )
    written = digest(
        news,
        need(1),
        need(2, NeedKind.OTHER),
        need(3, NeedKind.QUOTA),
        waits=Waits(day=3),
        failure="The sheet is open. Close it.",
    )
    assert written is not None
    assert (written.notice.kind, written.notice.subject, written.notice.link) == (
        NoticeKind.DIGEST,
        "2 letters sent, 3 things need you, 1 offer ends tomorrow (A meeting)",
        LINK,
    )
    assert written.notice.parts == (
        Part(
            "Needs you",
            ("1 person to review: P-AAAA01 (row\u00a01)", "Row 2: what 2. Do 2.", "What 3. Do 3."),
        ),
        Part("Ends tomorrow", ("1 offer to be answered by 2 August 2023: P-AAAA07",)),
        Part("Decided", ("2 offered a place", "1 On hold")),
        Part("Sent", ("2 × invitation",)),
        Part("Waits for a later run", ("3 for the day's limit (messages_per_day).",)),
        Part("The run did not finish", ("The sheet is open. Close it.",)),
    )


@pytest.mark.parametrize(
    ("news", "needs", "headline"),
    [
        (SENT, (), "2 letters sent"),
        (News(((Status.CONFIRMED, 1),)), (), "1 decided"),
        (NO_NEWS, (need(1),), "1 thing needs you"),
        (News(ending=("a", "b"), ends=SELECTION), (), "2 offers end tomorrow"),
    ],
)
def test_the_subject_says_the_most_important_thing(
    news: News, needs: tuple[Need, ...], headline: str
) -> None:
    written = digest(news, *needs)
    assert written is not None
    assert written.notice.headline == headline


def test_of_many_ten_are_named_and_of_nobody_known_where_it_is() -> None:
    written = digest(
        NO_NEWS, *(need(number, NeedKind.CHECK_ROW, reference=False) for number in range(10, 23))
    )
    shown = ", ".join(f"row {number}" for number in range(10, 20))
    assert parts(written)["Needs you"] == (f"13 rows to check: {shown} and 3 more",)


def test_of_letters_it_names_no_server_and_of_people_no_answer() -> None:
    private = Problem(
        "applicant P-AAAA01", "it was refused: <ana@example.org> unknown", "Ask", None, "P-AAAA01"
    )
    kinds = (NeedKind.REFUSED, NeedKind.IN_DOUBT, NeedKind.UNANSWERED, NeedKind.DECISION, NeedKind.TO_REVIEW)
    needs = [Need(kind, replace(private, kind=kind), Noted(LATER)) for kind in kinds]
    written = digest(
        NO_NEWS, *needs, failure=say_failed("SheetError", say_failure("To <ana@example.org>: no"))
    )
    assert written is not None
    assert "ana@" not in str(written.notice)
    assert "unknown" not in str(written.notice)


# --- what is new -------------------------------------------------------------------------------------------


def test_what_is_new_is_counted_from_what_was_carried_out() -> None:
    made = plan(responses(ANA, BEA, CLO), SELECTION)
    after = carried_out(made, NEW)
    assert find_news(CALL, made, after, SELECTION) == News(
        ((Status.OFFERED, 2), (Status.WAITING, 1)), ((Kind.INVITATION, 2), (Kind.WAITING_LIST, 1))
    )
    assert find_news(CALL, made, carried_out(made, NEW, State.DEFERRED), SELECTION).sent == ()
    assert find_news(CALL, plan(responses(ANA, BEA, CLO), LATER, after), after, LATER) == NO_NEWS


def test_offers_that_are_to_be_answered_tomorrow_are_new_on_the_day_before() -> None:
    until = LATER.replace(hour=23, minute=59)
    call = replace(CALL, dates=replace(CALL.dates, reply_by=until))
    after = carried_out(plan(responses(ANA), SELECTION, NEW, call), NEW)
    for today in (call, CALL):  # what was printed in the letter counts, whatever the call says today
        for days, ends in ((0, None), (1, until), (2, None)):
            now = LATER - timedelta(days=days)
            news = find_news(today, plan(responses(ANA), now, after, today), after, now)
            assert (len(news.ending), news.ends) == (int(ends is not None), ends)
    once = digest(News(ending=("P-AAAA01",), ends=LATER))
    assert once is not None
    assert digest(News(ending=("P-AAAA01",), ends=LATER), told=once.keys) is None


# --- alerts ------------------------------------------------------------------------------------------------


def test_an_alert_says_one_thing_to_do() -> None:
    alert = write_alert("A meeting", "responses.xlsx is open. Close it.", LINK, has_run=False)
    assert (alert.subject, alert.headline, alert.parts) == (
        "Convene could not run (A meeting)",
        "Convene could not run",
        (Part("What to do", ("responses.xlsx is open. Close it.",)),),
    )
    assert write_alert("A meeting", "No.", "", has_run=True).headline == "The run did not finish"


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        ("Nothing.\nTry again.", "Nothing. Try again."),
        ("a: no\nb: no\nc: no", "a: no (and 2 more)"),
        ("ana@example.org said no", "(an address) said no"),
        ("", "It is not known why; see state/convene.log."),
    ],
)
def test_a_failure_is_one_short_line_without_an_address(failure: str, said: str) -> None:
    assert say_failure(failure) == said


def test_the_same_cause_is_known_though_numbers_differ() -> None:
    assert cause_of("SheetError", "It has 40 rows.") == cause_of("SheetError", "It has 41 rows.")
    assert cause_of("SheetError", "It has 40 rows.") != cause_of("SheetBusy", "It has 40 rows.")
