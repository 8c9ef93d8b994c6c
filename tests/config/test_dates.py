"""The dates in config/call.yaml: which second each of them means."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.model.appointment import Session
from pipeline.model.call import Dates
from pipeline.model.errors import ConfigError
from tests.support.build import MADRID
from tests.support.config_case import CALL, load_texts


def dates_of(tmp_path: Path, written: str) -> Dates:
    start, end = CALL.index("dates:"), CALL.index("columns:")
    config = load_texts(tmp_path, CALL[:start] + f"dates: {{{written}}}\n" + CALL[end:])
    return config.call.dates


def test_dates_include_their_last_second_where_something_is_due(tmp_path: Path) -> None:
    dates = dates_of(
        tmp_path,
        "opens: 2023-06-19, deadline: 2023-08-01, selection: 2023-08-03, reply_by: 2023-08-20 12:00, "
        "starts: 2023-09-12, ends: 2023-09-13",
    )
    assert dates == Dates(
        opens=datetime(2023, 6, 19, tzinfo=MADRID),
        deadline=datetime(2023, 8, 1, 23, 59, 59, tzinfo=MADRID),
        selection=datetime(2023, 8, 3, tzinfo=MADRID),
        reply_by=datetime(2023, 8, 20, 12, 0, 59, tzinfo=MADRID),
        starts=datetime(2023, 9, 12, tzinfo=MADRID),
        ends=datetime(2023, 9, 13, 23, 59, 59, tzinfo=MADRID),
        reviews_by=datetime(2023, 8, 5, tzinfo=MADRID),
        sessions=(Session(dates.starts, dates.ends, is_whole_day=True),),
    )


@pytest.mark.parametrize(
    ("written", "reviews_by"),
    [
        ("", "2023-08-04T06:00:00+02:00"),
        (", reviews_by: 2023-08-03", "2023-08-03T23:59:59+02:00"),
        (", reviews_by: 2023-08-03 12:00", "2023-08-03T12:00:59+02:00"),
        (", reviews_by: at_once", None),
    ],
)
def test_open_reviews_put_things_off_for_two_days_unless_it_is_written(
    tmp_path: Path, written: str, reviews_by: str | None
) -> None:
    days = "deadline: 2023-08-01, selection: 2023-08-02 06:00, starts: 2023-09-12, ends: 2023-09-13"
    found = dates_of(tmp_path, days + written).reviews_by
    assert (found and found.isoformat()) == reviews_by


def test_reviews_put_nothing_off_beyond_the_meeting(tmp_path: Path) -> None:
    days = "deadline: 2023-08-01, selection: 2023-08-02, starts: 2023-08-03, ends: 2023-08-03"
    dates = dates_of(tmp_path, days)
    assert dates.reviews_by == dates.starts


@pytest.mark.parametrize(
    ("written", "deadline", "selection"),
    [
        ("2023-08-01 23:59", "2023-08-01T23:59:59+02:00", "2023-08-02T00:00:00+02:00"),
        ("2023-08-01T12:00", "2023-08-01T12:00:59+02:00", "2023-08-01T12:01:00+02:00"),
        ("2023-08-01 12:00:30", "2023-08-01T12:00:30+02:00", "2023-08-01T12:00:31+02:00"),
        ('"2023-08-01"', "2023-08-01T23:59:59+02:00", "2023-08-02T00:00:00+02:00"),
    ],
)
def test_selection_is_one_second_after_the_deadline_if_not_written(
    tmp_path: Path, written: str, deadline: str, selection: str
) -> None:
    dates = dates_of(tmp_path, f"deadline: {written}, starts: 2023-09-12 09:00, ends: 2023-09-13 12:30")
    assert (dates.deadline.isoformat(), dates.selection.isoformat()) == (deadline, selection)


def test_deadline_in_the_hour_that_comes_twice_is_the_later_one(tmp_path: Path) -> None:
    dates = dates_of(tmp_path, "deadline: 2023-10-29 02:30, starts: 2023-11-12, ends: 2023-11-12")
    assert dates.deadline.astimezone(UTC) == datetime(2023, 10, 29, 1, 30, 59, tzinfo=UTC)
    assert dates.selection.astimezone(UTC) == datetime(2023, 10, 29, 1, 31, tzinfo=UTC)


WRITTEN = "deadline: 2023-08-01, starts: {starts}, ends: {ends}, sessions: [{sessions}]"


@pytest.mark.parametrize(
    ("starts", "ends", "is_whole_day"),
    [
        ("2023-09-12 09:00", "2023-09-13 12:30", False),
        ("2023-09-12", "2023-09-13 12:30", True),
        ("2023-09-12 09:00", "2023-09-13", True),
    ],
)
def test_a_meeting_without_sessions_is_one_of_whole_days_where_a_time_is_not_known(
    tmp_path: Path, starts: str, ends: str, is_whole_day: bool
) -> None:
    dates = dates_of(tmp_path, WRITTEN.format(starts=starts, ends=ends, sessions=""))
    assert dates.sessions == (Session(dates.starts, dates.ends, is_whole_day),)


def test_sessions_have_titles_and_places_in_one_language_or_several(tmp_path: Path) -> None:
    sessions = (
        "{starts: 2023-09-12 09:00, ends: 2023-09-12 17:30, title: Visit, place: {pt-br: Prisão}},"
        "{starts: 2023-09-13, ends: 2023-09-13, title: {en: Talks, fr: Débats}}"
    )
    found = dates_of(tmp_path, WRITTEN.format(starts="2023-09-12", ends="2023-09-13", sessions=sessions))
    visit, talks = found.sessions
    assert visit == Session(
        datetime(2023, 9, 12, 9, tzinfo=MADRID),
        datetime(2023, 9, 12, 17, 30, tzinfo=MADRID),
        titles={"": "Visit"},
        places={"pt-BR": "Prisão"},
    )
    assert talks == Session(
        datetime(2023, 9, 13, tzinfo=MADRID),
        datetime(2023, 9, 13, 23, 59, 59, tzinfo=MADRID),
        is_whole_day=True,
        titles={"en": "Talks", "fr": "Débats"},
    )


IN_ORDER = (
    "Write sessions in order, from `starts` to `ends` of `dates`; correct those, too, if the meeting moves."
)


@pytest.mark.parametrize(
    ("session", "said"),
    [
        (
            "starts: 2023-10-28 11:00, ends: 2023-10-28 10:00",
            "a session ends before it begins. Correct one of",
        ),
        (
            "starts: 2023-10-28, ends: 2023-10-28 10:00",
            "a session has a time at one end only. Write a time at",
        ),
        ("starts: 2023-10-27 08:00, ends: 2023-10-28 10:00", f"or before the last one ends. {IN_ORDER}"),
        ("starts: 2023-10-28 10:00, ends: 2023-10-31 18:01", f"a session ends after the meeting. {IN_ORDER}"),
        (
            "starts: 2023-10-28 10:00, ends: 2023-10-28 12:00}, {starts: 2023-10-28 11:59, ends: 2023-10-28 13:00",
            f"a session begins before the meeting, or before the last one ends. {IN_ORDER}",
        ),
        ("starts: 2023-10-28 10:00, ends: 2023-10-28 12:00, title: {xx: a}", "is not the code of a language"),
    ],
)
def test_sessions_that_cannot_be_are_named_with_what_to_do(tmp_path: Path, session: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        dates_of(
            tmp_path,
            WRITTEN.format(starts="2023-10-27 09:00", ends="2023-10-31 18:00", sessions=f"{{{session}}}"),
        )
    (problem,) = raised.value.problems
    assert said in problem
    assert problem.startswith("config/call.yaml:8: ")


def test_a_session_in_the_hour_that_clocks_skip_is_refused(tmp_path: Path) -> None:
    session = "{starts: 2023-03-26 02:30, ends: 2023-03-26 05:00}"
    days = WRITTEN.format(starts="2023-03-26", ends="2023-03-26", sessions=session).replace("08-01", "03-01")
    with pytest.raises(ConfigError, match="in the hour that clocks in Europe/Madrid skip on that day"):
        dates_of(tmp_path, days)
