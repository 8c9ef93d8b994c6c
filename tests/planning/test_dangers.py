"""What speaks against a plan before anything is sent, and what is told where nothing is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model.errors import StaleLedger
from pipeline.model.history import History, Posted
from pipeline.model.kinds import Group, Occasion
from pipeline.model.message import Kind, State
from pipeline.model.problem import Problem
from pipeline.model.settings import Service, SmtpSettings
from pipeline.planning.dangers import reached_nobody
from pipeline.planning.make_plan import make_plan
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    NEW,
    SELECTION,
    SERVICE,
    TEMPLATES,
    carried_out,
    plan,
    responses,
)


def by_smtp(host: str) -> Service:
    return replace(SERVICE, mail=replace(SERVICE.mail, transport=SmtpSettings(host, 25, "none")))


@pytest.mark.parametrize(
    ("host", "dangers"),
    [
        ("127.0.0.1", ()),
        (
            "relay.example.org",
            ("--as-of sets a made-up date, and mail would really go out through relay.example.org.",),
        ),
    ],
)
def test_a_rehearsal_that_would_write_to_real_people_is_a_danger(host: str, dangers: tuple[str, ...]) -> None:
    made = make_plan(CALL, by_smtp(host), TEMPLATES, responses(ANA), NEW, BEFORE, is_rehearsal=True)
    assert made.dangers == dangers


def test_a_trial_in_the_outbox_is_not_taken_for_mail() -> None:
    tried = Posted(1, "P-AAAAAA", Kind.RECEIVED, 1, State.ACCEPTED, BEFORE, via="outbox")
    found = reached_nobody(by_smtp("relay.example.org"), History(posted=(tried,)))
    assert found == (
        Problem(
            "mail",
            "1 message went to the local outbox only and reached nobody",
            "To begin anew, delete the folder state/ and Convene's columns in the sheet",
        ),
    )
    assert reached_nobody(SERVICE, History(posted=(tried,))) == ()


@pytest.mark.parametrize("hours", [0, 1])
def test_letters_that_were_meant_for_after_the_event_are_no_danger_then(hours: int) -> None:
    """Thanks, at its very end, and surveys leave when it is over; whatever else would is a mistake."""
    survey, over, after = (
        Kind("survey"),
        CALL.dates.ends + timedelta(hours=hours),
        CALL.dates.ends + timedelta(days=3),
    )
    call = replace(
        CALL,
        messages={**CALL.messages, survey: "survey.md"},
        occasions={survey: Occasion(Group.CONFIRMED, over)},
    )
    templates = replace(
        TEMPLATES, templates={**TEMPLATES.templates, survey: TEMPLATES.templates[Kind.INVITATION]}
    )
    known = carried_out(plan(responses(ANA), BEFORE, call=call), NEW)
    there = responses(f"{ANA} > decision=Confirmed")
    known = carried_out(plan(there, SELECTION, known, call=call), known)
    made = make_plan(call, SERVICE, templates, there, known, after)
    assert ([one.kind for one in made.messages], made.dangers) == ([survey], ())
    late = make_plan(call, SERVICE, templates, responses(ANA, BEA), known, after)
    assert late.dangers == ("The event ended on 13 September 2023, and 1 message would go out.",)


def test_a_ledger_that_is_behind_its_sheet_stops_whatever_is_asked_for() -> None:
    stale = replace(plan(responses(ANA), BEFORE), stale=("responses.xlsx: run 7 wrote here.",))
    with pytest.raises(StaleLedger, match="run 7 wrote here"):
        stale.raise_if_stale()
