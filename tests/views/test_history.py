"""A person's story and the log of runs in words and as data."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model.history_events import Ending, Happening, LoggedRun, SettingChanged, What
from pipeline.model.reason import ReasonKind, because
from pipeline.views.history import (
    history_json,
    history_lines,
    log_json,
    log_lines,
    say_happening,
    say_settings,
)
from tests.support.build import CALL, LATER, SELECTION

ANA = "P-ANA222"
DECIDED = (because(ReasonKind.DECIDED, word="Invite"),)
APPLIED = Happening(SELECTION, ANA, What.APPLIED, "2023-07-10T09:00:00", run=1)
OFFERED = Happening(SELECTION, ANA, What.DECISION, "Offered", "", 12, "typed_invite", DECIDED, "by phone")


def letter(became: str, cause: str = "", said: str = "") -> Happening:
    return Happening(SELECTION, ANA, What.LETTER, "invitation", became, cause=cause, said=said)


def word(about: str, became: str, said: str = "") -> Happening:
    return Happening(SELECTION, ANA, What.WORD, about, became, said=said)


@pytest.mark.parametrize(
    ("happening", "said"),
    [
        (APPLIED, "The response of 2023-07-10 09:00:00 was read."),
        (word("Invite", "typed"), "Decision: “Invite” was typed."),
        (word("Hold", "changed", "Invite"), "Decision: “Invite” became “Hold”."),
        (word("", "removed", "Hold"), "Decision: “Hold” was taken out."),
        (OFFERED, "Offered: Decided by the organisers: Invite. Note: “by phone”."),
        (
            replace(OFFERED, became="not told", cause="adopted", said=""),
            "Offered (not told), taken over from the sheet: Decided by the organisers: Invite.",
        ),
        (letter("prepared"), "Invitation: written."),
        (letter("prepared", "resolve"), "Invitation: not sent yet, `convene resolve`."),
        (letter("prepared", said="421 busy."), "Invitation: not sent yet: 421 busy."),
        (letter("accepted", said="250 ok"), "Invitation: sent: 250 ok."),
        (letter("accepted", "word"), "Invitation: sent, a word in Decision."),
        (
            Happening(SELECTION, ANA, What.SEEN, "refused", said="the sheet"),
            "Marked as seen by the sheet: refused.",
        ),
        (letter("cancelled"), "Invitation: called off before it left."),
    ],
)
def test_what_happened_is_a_sentence(happening: Happening, said: str) -> None:
    assert say_happening(happening) == said


def test_a_story_has_a_line_for_each_thing() -> None:
    assert history_lines(CALL, (APPLIED, replace(APPLIED, run=0))) == (
        "2023-08-02 07:00  run-1     The response of 2023-07-10 09:00:00 was read.",
        "2023-08-02 07:00  no run    The response of 2023-07-10 09:00:00 was read.",
    )


def test_a_story_for_machines() -> None:
    assert history_json((OFFERED, letter("accepted"))) == [
        {
            "at": "2023-08-02T07:00:00+02:00",
            "run": 12,
            "reference": ANA,
            "what": "decision",
            "about": "Offered",
            "became": "",
            "cause": "typed_invite",
            "reason": "Decided by the organisers: Invite.",
            "said": "by phone",
        },
        {
            "at": "2023-08-02T07:00:00+02:00",
            "run": None,
            "reference": ANA,
            "what": "letter",
            "about": "invitation",
            "became": "accepted",
            "cause": "",
            "reason": "",
            "said": "",
        },
    ]


SETTINGS = (SettingChanged("places.capacity", "40", "38"), SettingChanged("service: mail.smtp.password"))
DONE = LoggedRun(
    SELECTION,
    SELECTION,
    3,
    "--force",
    Ending.DONE,
    1,
    {"sent": 4, "held": 0, "changed": 5},
    settings=SETTINGS,
)
NOTHING = LoggedRun(SELECTION, LATER, ending=Ending.NOTHING, times=3)


def test_a_log_has_a_line_a_run() -> None:
    failed = LoggedRun(LATER, LATER, 0, "", Ending.NOT_RUN, said="The workbook is open.")
    assert log_lines(CALL, (DONE, NOTHING, failed, LoggedRun(LATER))) == (
        "2023-08-02 07:00  run-3 (--force) done: sent=4, changed=5. Changed: places.capacity from “40” to “38”; "
        "service: mail.smtp.password.",
        f"2023-08-02 07:00 to {LATER:%Y-%m-%d %H:%M}, 3 times  nothing to do.",
        f"{LATER:%Y-%m-%d %H:%M}  not run: The workbook is open.",
        f"{LATER:%Y-%m-%d %H:%M}  going on, or cut off.",
    )


def test_many_settings_are_counted() -> None:
    said = say_settings(tuple(SettingChanged(f"key{number}") for number in range(8)))
    assert said == "key0; key1; key2; key3; key4; and 3 others"


def test_a_log_for_machines() -> None:
    assert log_json((DONE, LoggedRun(LATER - timedelta(0)))) == [
        {
            "run": 3,
            "started": "2023-08-02T07:00:00+02:00",
            "ended": "2023-08-02T07:00:00+02:00",
            "times": 1,
            "how": "--force",
            "ending": "done",
            "counts": {"sent": 4, "held": 0, "changed": 5},
            "failure": None,
            "settings": [
                {"key": "places.capacity", "before": "40", "after": "38"},
                {"key": "service: mail.smtp.password", "before": "", "after": ""},
            ],
        },
        {
            "run": None,
            "started": LATER.isoformat(),
            "ended": None,
            "times": 1,
            "how": "",
            "ending": None,
            "counts": {},
            "failure": None,
            "settings": [],
        },
    ]
