"""The ledger's diary: runs, and what happened to people, as it is read back."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.ledger.records import Prepared, Records
from pipeline.ledger.sqlite import Ledger
from pipeline.model.adoption import Adopted, Adoption
from pipeline.model.applicant import Eligibility, Status
from pipeline.model.erased import Erased
from pipeline.model.history import NO_NOTES, Posted, Settlement, Standing
from pipeline.model.history_events import Ending, Happening, LoggedRun, SettingChanged, What
from pipeline.model.message import Kind, Letter, Message, Rendered, State
from pipeline.model.reason import as_written
from tests.support.build import LATER, SELECTION

ANA = "P-ANA222"
SOON = SELECTION + timedelta(minutes=5)
OFFERED = Standing(
    ANA,
    Status.OFFERED,
    Eligibility.ELIGIBLE,
    "staff",
    (as_written("Why."),),
    "Invite",
    SELECTION,
    note="by phone",
    cause="typed_invite",
)
INVITATION = Prepared(
    Message(ANA, "ana@example.org", Kind.INVITATION, 1, Rendered("Hello", "text", "<p>"), "why"),
    Letter("us@example.org", "ana@example.org", "<1@example.org>", b"bytes"),
)
TYPED = Happening(SELECTION, ANA, What.WORD, "Invite", "typed")
FIRST = Records(
    {ANA: "ana@example.org"}, {"ana|2023-07-10T09:00:00": ANA}, (OFFERED,), (INVITATION,), (), words=(TYPED,)
)
NOTHING: Mapping[str, str] = {}
SAID = {"places.capacity": "40", "places.seed": "honey"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "state" / "ledger.sqlite", "meeting")) as opened:
        yield opened


def run(
    ledger: Ledger,
    now: datetime = SELECTION,
    ending: Ending = Ending.NOTHING,
    settings: Mapping[str, str] = SAID,
    hidden: Mapping[str, str] = NOTHING,
    said: str = "",
    **counts: int,
) -> None:
    """Leave the page of a run that did nothing else."""
    ledger.diary.open("", now, settings, hidden)
    ledger.diary.close(ending, now, counts, said)


def test_a_persons_story_is_told_in_order(ledger: Ledger) -> None:
    ledger.diary.open("", SELECTION, {}, {})
    ledger.prepare(FIRST, SELECTION)
    ledger.start(1, "smtp", SELECTION)
    ledger.conclude(1, State.DEFERRED, "450 later", SOON)
    ledger.diary.close(Ending.DONE, SOON, {"sent": 0})
    ledger.diary.open("", LATER, {}, {})
    ledger.begin(LATER)
    ledger.start(1, "smtp", LATER)
    ledger.commit(1, LATER)
    ledger.conclude(1, State.IN_DOUBT, "lost", LATER)
    ledger.diary.close(Ending.DONE, LATER, {})
    ledger.settle((Settlement(1, State.ACCEPTED),), LATER + timedelta(hours=1))
    assert ledger.diary.happened([ANA]) == (
        Happening(SELECTION, ANA, What.APPLIED, "2023-07-10T09:00:00", run=1),
        replace(TYPED, run=1),
        Happening(
            SELECTION, ANA, What.DECISION, "Offered", "", 1, "typed_invite", (as_written("Why."),), "by phone"
        ),
        Happening(SELECTION, ANA, What.LETTER, "invitation", "prepared", 1),
        Happening(SOON, ANA, What.LETTER, "invitation", "deferred", 1, said="450 later"),
        Happening(LATER, ANA, What.LETTER, "invitation", "in doubt", 2, said="lost"),
        Happening(LATER + timedelta(hours=1), ANA, What.LETTER, "invitation", "accepted", 0, "resolve"),
    )
    assert ledger.held(ANA).happenings == ledger.diary.happened([ANA])


def test_a_decision_whose_letter_was_called_off_was_not_told(ledger: Ledger) -> None:
    ledger.diary.open("", SELECTION, {}, {})
    ledger.prepare(FIRST, SELECTION)
    ledger.hold(1, LATER)
    told = [(each.what, each.about, each.became) for each in ledger.diary.happened([ANA])]
    assert told[2:] == [
        (What.DECISION, "Offered", "not told"),
        (What.LETTER, "invitation", "prepared"),
        (What.LETTER, "invitation", "held"),
    ]


def test_the_words_of_now_are_remembered(ledger: Ledger) -> None:
    ledger.prepare(FIRST, SELECTION)
    assert {ref: word.text for ref, word in ledger.history().words.items()} == {ANA: "Invite"}
    ledger.remember(1, {}, NO_NOTES, (Happening(LATER, ANA, What.WORD, "", "removed", said="Invite"),))
    assert ledger.history().words == {}


def test_what_is_erased_is_out_of_the_story(ledger: Ledger) -> None:
    ledger.prepare(FIRST, SELECTION)
    ledger.erase([ANA], Erased(frozenset({ANA}), frozenset()), LATER)
    assert (ledger.diary.happened([ANA]), ledger.history().words) == ((), {})
    assert ledger.diary.runs() == (LoggedRun(LATER, LATER, how="erase", ending=Ending.DONE),)


def test_what_was_taken_over_says_so(ledger: Ledger) -> None:
    sent = Posted(0, ANA, Kind.INVITATION, 1, State.ACCEPTED, SOON, "ana@example.org")
    person = Adopted(ANA, "ana@example.org", 2, True, (), OFFERED, (sent,))
    ledger.adopt(Adoption(None, (person,)), LATER)
    assert ledger.diary.runs() == (LoggedRun(LATER, LATER, how="adopt", ending=Ending.DONE),)
    assert [(each.what, each.became, each.cause) for each in ledger.diary.happened([ANA])] == [
        (What.LETTER, "prepared", ""),
        (What.LETTER, "accepted", "adopted"),
        (What.DECISION, "", "adopted"),
    ]


# --- runs --------------------------------------------------------------------------------------------------


def test_a_run_says_how_it_ended_under_its_first_number(ledger: Ledger) -> None:
    ledger.diary.open("--force", SELECTION, SAID, {})
    assert ledger.diary.runs() == (LoggedRun(SELECTION, how="--force"),)
    ledger.begin(SELECTION)
    ledger.begin(SELECTION)
    ledger.diary.close(Ending.UNFINISHED, SOON, {"sent": 3}, "The mail server is away.")
    ended = LoggedRun(
        SELECTION, SOON, 1, "--force", Ending.UNFINISHED, 1, {"sent": 3}, "The mail server is away."
    )
    assert ledger.diary.runs() == (ended,)


def test_a_run_that_never_ended_was_cut_off(ledger: Ledger) -> None:
    ledger.diary.open("", SELECTION, SAID, {})
    run(ledger, LATER)
    assert [each.ending for each in ledger.diary.runs()] == [Ending.CUT_OFF, Ending.NOTHING]


def test_runs_with_nothing_to_tell_of_are_one(ledger: Ledger) -> None:
    for now in (SELECTION, SOON, LATER):
        run(ledger, now)
    assert ledger.diary.runs() == (LoggedRun(SELECTION, LATER, ending=Ending.NOTHING, times=3),)


@pytest.mark.parametrize(
    "other",
    [{"ending": Ending.NOT_RUN}, {"problems": 1}, {"said": "x"}, {"settings": {"a": "b"}}],
)
def test_runs_that_ended_otherwise_are_two(ledger: Ledger, other: dict[str, Any]) -> None:
    run(ledger)
    run(ledger, SOON, **other)
    run(ledger, LATER)
    assert [each.times for each in ledger.diary.runs()] == [1, 1, 1]


def test_a_run_that_heard_a_word_is_not_told_with_others(ledger: Ledger) -> None:
    run(ledger)
    ledger.diary.open("", SOON, SAID, {})
    ledger.remember(1, {}, NO_NOTES, (TYPED,))
    ledger.diary.close(Ending.NOTHING, SOON, {})
    run(ledger, LATER)
    assert [each.times for each in ledger.diary.runs()] == [1, 1, 1]
    assert [each.started for each in ledger.diary.runs(2)] == [SOON, LATER]


def test_another_call_in_the_same_file_has_a_diary_of_its_own(ledger: Ledger) -> None:
    run(ledger)
    with closing(Ledger(ledger.path, "other")) as other:
        run(other, LATER)
        assert [each.started for each in other.diary.runs()] == [LATER]


def test_changed_settings_are_told_and_secrets_are_not(ledger: Ledger) -> None:
    run(ledger, hidden={"service: mail.smtp.password": "letmein", "service: mail.kind": "smtp"})
    settings = {"places.capacity": "38", "places.overbook": "2"}
    run(
        ledger,
        SOON,
        settings=settings,
        hidden={"service: mail.smtp.password": "other", "service: mail.kind": "smtp"},
    )
    first, second = ledger.diary.runs()
    assert (first.settings, second.settings) == (
        (),
        (
            SettingChanged("places.capacity", "40", "38"),
            SettingChanged("places.overbook", "", "2"),
            SettingChanged("places.seed", "honey", ""),
            SettingChanged("service: mail.smtp.password"),
        ),
    )
    with closing(sqlite3.connect(ledger.path)) as db:
        assert "letmein" not in "\n".join(db.iterdump())
