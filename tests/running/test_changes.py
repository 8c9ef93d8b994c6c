"""The call changes between runs: what had not left is written anew, what was told is put right once released."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.mail.base import Handover, Reply
from pipeline.model.applicant import Status
from pipeline.model.call import Call
from pipeline.model.kinds import NOTICES
from pipeline.model.message import State
from pipeline.planning.choice import Pick
from pipeline.planning.tally import Tally
from pipeline.running.approve import approve
from pipeline.running.clock import Clock
from tests.support.build import ANA, BEA, CALL, CLO, SELECTION, at
from tests.support.desk import Desk, make_desk

CAL = replace(CALL, approve=NOTICES)
OTHER, OFF = replace(CAL, title="Another meeting"), replace(CAL, cancelled=True)


def then(desk: Desk, call: Call) -> Desk:
    return replace(desk, workspace=replace(desk.workspace, call=call))


def titles(desk: Desk) -> Sequence[tuple[str, str]]:
    """Return to whom each letter went, and which title it had."""
    return [
        (letter.to[:3], "Another" if b"Another meeting" in letter.data else "A")
        for letter in desk.mail.delivered
    ]


def test_a_letter_that_had_not_left_is_called_off_and_written_anew_with_what_holds(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, ANA, BEA, CLO, call=CAL)
    later = Reply(Handover.DEFERRED, "450 later")
    desk.mail.replies |= {"ana@example.org": [later], "clo@example.org": [later]}
    assert desk.run(SELECTION).tally == Tally(sent=1, deferred=2)
    desk = then(desk, OTHER)
    assert desk.run(at("08-03 07:00")).tally == Tally()
    assert desk.run(at("08-03 08:00")).tally == Tally(sent=2)
    assert titles(desk) == [("bea", "A"), ("ana", "Another"), ("clo", "Another")]
    assert desk.statuses() == {
        "ana@example.org": Status.OFFERED,
        "bea@example.org": Status.OFFERED,
        "clo@example.org": Status.WAITING,
    }
    approve(desk.workspace, Clock(at("08-03 09:00")), Pick())
    assert desk.run(at("08-03 09:00")).tally == Tally(sent=1)
    assert titles(desk)[3:] == [("bea", "Another")]
    assert desk.run(at("08-04 07:00")).exit_code == 0


def test_what_had_not_left_when_the_meeting_was_cancelled_is_written_anew_when_it_takes_place(
    tmp_path: Path,
) -> None:
    desk = make_desk(tmp_path, ANA, BEA, call=CAL)
    desk.mail.replies["ana@example.org"] = [Reply(Handover.DEFERRED, "450 later")]
    desk.run(SELECTION)
    off = then(desk, OFF)
    assert off.run(at("08-03 07:00")).tally == Tally()
    approve(off.workspace, Clock(at("08-03 08:00")), Pick())
    off.mail.replies["bea@example.org"] = [Reply(Handover.DEFERRED, "450 later")]
    assert off.run(at("08-03 08:00")).tally == Tally(sent=1, deferred=1)
    deferred, accepted = State.DEFERRED, State.ACCEPTED
    assert [each.state for each in off.history().posted] == [deferred, accepted, accepted, deferred]
    assert desk.run(at("08-03 09:00")).tally == Tally()  # neither of the two says what holds
    assert desk.run(at("08-03 10:00")).tally == Tally(sent=1)
    assert desk.subjects() == [
        *("bea@example.org invitation", "ana@example.org cancelled", "ana@example.org invitation")
    ]
    approve(desk.workspace, Clock(at("08-03 11:00")), Pick())
    assert desk.run(at("08-03 11:00")).tally == Tally(sent=1)
    assert desk.subjects()[3:] == ["ana@example.org changed"]
    assert desk.run(at("08-04 07:00")).exit_code == 0
