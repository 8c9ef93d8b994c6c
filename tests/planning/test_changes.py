"""The call changes: who was told otherwise, the letter that says so, and a meeting that is cancelled."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.messages.reading import make_templates
from pipeline.model.call import Call
from pipeline.model.history import History, Noted, Notes
from pipeline.model.kinds import NOTICES, Group, Kind, Occasion
from pipeline.model.message import State
from pipeline.model.printed import CANCELLED, YES, Difference
from pipeline.model.problem import NeedKind
from pipeline.planning.changes import say_difference
from pipeline.planning.make_plan import make_plan
from pipeline.planning.plan import Plan
from tests.support.approval_play import Play
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    LATER,
    NOA,
    SELECTION,
    SERVICE,
    carried_out,
    plan,
    responses,
)

CAL = replace(CALL, approve=NOTICES)
"""Two places, and no letter but notices waits for approval."""

OTHER, THIRD = replace(CAL, title="Another meeting"), replace(CAL, title="A third one")
OFF = replace(CAL, cancelled=True)
CHANGED = [("ana", "changed"), ("bea", "changed"), ("clo", "changed")]
CANCELLATION = [(who, "cancelled") for who, _ in CHANGED]


def play(*rows: str, call: Call = CAL) -> Play:
    """Return a call of which Ana and Bea are invited, Clo waits, Noa was refused; nothing has changed."""
    made = Play(call, rows=list(rows or (ANA, BEA, CLO, NOA)), now=SELECTION)
    made.run()
    made.now = LATER
    made.sent.clear()
    return made


def then(played: Play, call: Call) -> Plan:
    """Let the call be another one, and run."""
    played.call = call
    return played.run()


def released(played: Play) -> list[tuple[str, str]]:
    """Release all that waits, run, and return all that has left."""
    played.approve_all()
    played.run()
    return played.told()


def waiting(made: Plan) -> list[tuple[str, str]]:
    return sorted((effect.to.partition("@")[0], effect.kind) for effect in made.unreleased)


def differing(made: Plan) -> list[str]:
    return [need.what.partition("; told")[0] for need in made.needs if need.kind is NeedKind.TOLD_OTHERWISE]


# --- changed -----------------------------------------------------------------------------------------------


def test_who_was_told_otherwise_is_shown_and_told_once_it_is_released_and_nobody_else() -> None:
    played = play()
    assert played.plan().is_empty
    made = then(played, OTHER)
    assert (made.sends, waiting(made)) == (0, CHANGED)
    (need,) = (each for each in made.needs if each.kind is NeedKind.TOLD_OTHERWISE)
    assert need.what.startswith("“title” is now “Another meeting”, and was “A meeting”; told otherwise: P-")
    assert [ref in need.what for ref, one in made.history.standings.items()] == [True, True, True, False]
    played.approve_all()
    assert played.plan().needs == ()  # it leaves in this very run
    assert released(played) == CHANGED
    assert played.plan().is_empty
    assert (played.plan().needs, played.history.posted[-1].printed) == ((), (("title", "Another meeting"),))


def test_what_is_changed_back_before_it_is_released_is_due_to_nobody() -> None:
    played = play()
    then(played, OTHER)
    assert waiting(then(played, CAL)) == []
    assert (released(played), played.plan().needs) == ([], ())


def test_two_changes_in_a_row_give_one_letter_with_the_newest() -> None:
    played = play()
    then(played, OTHER)
    played.approve_all()
    made = then(played, THIRD)  # before the run that would have sent what was released
    assert (made.sends, waiting(made)) == (0, CHANGED)
    assert released(played) == CHANGED
    assert {posted.printed for posted in played.history.posted[-3:]} == {(("title", "A third one"),)}
    then(played, CAL)  # and back, after it was told
    assert released(played) == CHANGED * 2


REVIEW = "07-09 09:00 | rev@example.org | Rev | Chaplain | Yes"
SILENT = "07-09 10:00 | sil@example.org | Sil Ent | Manager | Yes > agreement="


@pytest.mark.parametrize("call", [OTHER, OFF])
def test_whom_a_change_concerns(call: Call) -> None:
    """Whoever was acknowledged, waits, was offered a place or comes; not who was refused, gave up or is held."""
    rows, nobody = [ANA, BEA, CLO, NOA, REVIEW, SILENT], History(secret="s")
    kind = "cancelled" if call.cancelled else "changed"

    def told(rows: list[str], known: History, now: datetime = LATER) -> list[str]:
        found = waiting(plan(responses(*rows), now, known, call))
        assert {each for _, each in found} <= {kind}
        return [who for who, _ in found]

    known = carried_out(plan(responses(*rows), BEFORE, nobody), nobody)
    assert told(rows, known, BEFORE) == ["ana", "bea", "clo", "noa", "rev"]
    for now in (SELECTION, LATER):
        known = carried_out(plan(responses(*rows), now, known), known)
    assert told(rows, known) == ["ana", "bea", "clo", "rev"]
    assert told([f"{ANA} > decision=What", f"{BEA} > decision=Hold", CLO], known) == ["ana", "clo"]
    promoted = ["ana", "clo"] if call.cancelled else ["ana"]  # an invitation says what holds
    assert told([f"{ANA} > decision=Confirmed", f"{BEA} > decision=Withdrawn", CLO], known) == promoted
    assert told(rows, known, CALL.dates.ends + timedelta(seconds=1)) == []


def test_what_an_earlier_version_printed_is_never_claimed_to_differ() -> None:
    played = play()
    played.history = replace(
        played.history, posted=tuple(replace(each, printed=()) for each in played.history.posted)
    )
    assert then(played, OTHER).is_empty
    assert waiting(then(played, OFF)) == CANCELLATION


def test_another_day_of_selection_is_news_to_whom_nothing_was_told_until_it_comes() -> None:
    played = Play(CAL, rows=[ANA, BEA], now=BEFORE)
    played.run()
    told = tuple(
        replace(each, printed=(("selection", "2023-07-01T00:00:00+00:00"),)) for each in played.history.posted
    )
    played.history = replace(played.history, posted=told)
    assert waiting(played.run()) == [("ana", "changed"), ("bea", "changed")]
    played.now = SELECTION
    assert waiting(played.run()) == []


def test_a_letter_that_is_on_its_way_waits_while_the_meeting_is_cancelled() -> None:
    played = Play(CAL, rows=[ANA], now=BEFORE)
    played.run(State.DEFERRED)
    made = then(played, OFF)
    assert (made.resumed, made.cancelled) == ((), ())


def test_the_newest_letter_that_printed_it_counts() -> None:
    """Who waited when it changed, and is invited after it did, knows it by the invitation."""
    played = play()
    then(played, OTHER)
    played.type(ana="Withdrawn")
    made = played.run()
    assert [(message.to[:3], message.kind) for message in made.messages] == [("clo", "invitation")]
    assert waiting(played.plan()) == [("bea", "changed")]
    assert [waiting(then(played, CAL)), released(played)[1:]] == [[("clo", "changed")], [("clo", "changed")]]


def test_a_letter_that_did_not_arrive_told_nothing_and_one_in_doubt_may_have() -> None:
    for state, found in ((State.REFUSED, []), (State.DEFERRED, []), (State.IN_DOUBT, CHANGED)):
        played = Play(CAL, rows=[ANA, BEA, CLO], now=SELECTION)
        played.run(state)
        assert waiting(then(played, OTHER)) == found


def test_a_notice_that_was_refused_is_not_written_again_before_a_person_says_so() -> None:
    played = play(ANA)
    then(played, OTHER)
    played.approve_all()
    played.run(State.REFUSED)
    assert waiting(played.plan()) == []
    played.type(ana="Send again")
    made = played.plan()
    assert [(each.to[:3], each.kind) for each in made.resumed] == [("ana", "changed")]
    played.call = THIRD
    made = played.plan()  # no longer what was released: another one takes its place, and asks
    assert (made.sends, waiting(made)) == (0, [("ana", "changed")])


def test_while_a_change_waits_nothing_else_leaves_to_whom_it_concerns_unless_it_is_seen() -> None:
    reminder = Kind("news")
    call = replace(
        CAL,
        messages={**CAL.messages, reminder: "received.md"},
        occasions={reminder: Occasion(Group.OFFERED, LATER, until=CALL.dates.ends)},
    )
    sources = {kind: (f"{kind}.md", "---\nsubject: '{{ call.title }}'\n---\nx\n") for kind in call.messages}
    templates = make_templates(sources, "<html><body>{{ body }}</body></html>")

    def planned(history: History, title: str) -> Plan:
        return make_plan(replace(call, title=title), SERVICE, templates, responses(ANA, BEA), history, LATER)

    history = carried_out(
        make_plan(call, SERVICE, templates, responses(ANA, BEA), History(secret="s"), SELECTION),
        History(secret="s"),
    )
    assert [message.kind for message in planned(history, CALL.title).messages] == [reminder] * 2
    made = planned(history, "Another meeting")
    assert (made.messages, waiting(made)) == ((), CHANGED[:2])
    codes = {need.code: Noted(LATER, LATER) for need in made.needs if need.kind is NeedKind.TOLD_OTHERWISE}
    made = planned(replace(history, notes=Notes(codes)), "Another meeting")
    assert [message.kind for message in made.messages] == [reminder] * 2
    assert waiting(made) == CHANGED[:2]


# --- cancelled ---------------------------------------------------------------------------------------------


def test_a_cancelled_meeting_is_told_once_it_is_released_and_nothing_else_is() -> None:
    played = play(ANA, BEA, CLO, NOA)
    played.rows += ["07-20 09:00 | new@example.org | New Comer | Manager | Yes"]
    played.type(clo="Invite")
    made = then(played, OFF)
    assert (made.sends, waiting(made)) == (0, CANCELLATION)
    assert differing(made) == ["the meeting is cancelled"]
    assert played.statuses() == {
        "ana": "Offered",
        "bea": "Offered",
        "clo": "Proposed: offer",
        "noa": "Ineligible",
        "new": "Proposed: waiting list",
    }
    assert played.shown()["new"][1].endswith("Not told: the meeting is cancelled.")
    assert (released(played), played.plan().is_empty, differing(played.plan())) == (CANCELLATION, True, [])
    played.now += timedelta(days=1)
    assert played.plan().is_empty


def test_a_meeting_that_takes_place_after_all_is_told_to_whom_it_was_cancelled() -> None:
    played = play()
    then(played, OFF)
    made = then(played, CAL)  # before anybody was told
    assert (waiting(made), differing(made)) == ([], [])
    then(played, OFF)
    assert released(played) == CANCELLATION
    made = then(played, OTHER)
    assert waiting(made) == CHANGED
    assert sorted(differing(made)) == [
        "the meeting takes place after all",
        "“title” is now “Another meeting”, and was “A meeting”",
    ]
    assert released(played) == CANCELLATION + CHANGED
    assert then(played, OTHER).is_empty
    assert waiting(then(played, replace(OTHER, cancelled=True))) == CANCELLATION


def test_without_a_template_a_person_is_asked_to_tell_it() -> None:
    messages = {kind: name for kind, name in CAL.messages.items() if kind not in NOTICES}
    for call, kind in ((OTHER, "changed"), (OFF, "cancelled")):
        made = then(play(), replace(call, messages=messages))
        assert (made.sends, made.unreleased) == (0, ())
        (need,) = made.needs
        assert need.next_step == (
            f"Write to them yourself, or name a template for {kind} under messages in config/call.yaml"
        )


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Difference("facts.place", "Ghent", "Bruges"), "“place” is now “Bruges”, and was “Ghent”"),
        (Difference("facts.place", "Ghent", ""), "“place” is there no more, and was “Ghent”"),
        (
            Difference(
                "facts.programme", f"{'visits, ' * 9}and talks at noon", f"{'visits, ' * 9}and no talks"
            ),
            "“programme” is now “…visits, visits, visits, visits, and no talks”, and was “…visits, visits, visits, "
            "visits, and talks at noon”",
        ),
        (
            Difference(
                "sessions",
                "2023-09-12T09:00:00+02:00/2023-09-12T17:30:00+02:00, 2023-09-13/2023-09-14",
                "2023-09-12T10:00:00+02:00/2023-09-12T17:30:00+02:00",
            ),
            "“sessions” is now “2023-09-12 10:00–17:30”, and was “2023-09-12 09:00–17:30, 2023-09-13–2023-09-14”",
        ),
        (
            Difference("sessions", "2023-09-13/2023-09-14", ""),
            "“sessions” is there no more, and was “2023-09-13–2023-09-14”",
        ),
        (Difference(CANCELLED, "", YES), "the meeting is cancelled"),
        (Difference(CANCELLED, YES, ""), "the meeting takes place after all"),
    ],
)
def test_a_difference_in_words(difference: Difference, said: str) -> None:
    assert say_difference(difference) == said


# --- whatever changes, and changes back --------------------------------------------------------------------

STEP = st.sampled_from(["A meeting", "Another meeting", "off", "run", "release", "defer", "Withdrawn"])


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, max_size=8))
def test_whatever_changes_and_changes_back_everybody_ends_knowing_what_holds(steps: list[str]) -> None:
    """Nothing leaves unreleased; no notice says what somebody knows already; in the end nobody was told otherwise."""
    played = play()
    known = {who: {"title": CALL.title, "cancelled": ""} for who in ("ana", "bea", "clo")}
    for step in (*steps, "run", "release", "run", "release", "run"):
        if step == "Withdrawn":
            played.type(ana=step)
        elif step == "off":
            played.call = replace(played.call, cancelled=not played.call.cancelled)
        elif step not in ("run", "release", "defer"):
            played.call = replace(played.call, title=step)
        else:
            if step != "run" and played.history.proposals:
                played.approve_all()
            told = len(played.sent)
            played.run(State.DEFERRED if step == "defer" else State.ACCEPTED)
            now = {"title": played.call.title, "cancelled": YES if played.call.cancelled else ""}
            for effect in played.sent[told:]:
                knows = known[effect.to.partition("@")[0]]
                assert effect.kind == "cancelled" or not played.call.cancelled
                assert effect.kind not in NOTICES or knows != now
                knows |= now if effect.kind in NOTICES else {"title": now["title"]}
    assert differing(played.plan()) == []
    lasting = {"cancelled": YES} if played.call.cancelled else {"title": played.call.title, "cancelled": ""}
    for who in ("bea", "clo") if played.history.words else known:
        assert lasting.items() <= known[who].items()
