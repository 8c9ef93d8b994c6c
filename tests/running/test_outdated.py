"""Letters that are no longer true do not leave, and texts that promise a date are true when they leave."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipeline.mail.base import Handover, Reply
from pipeline.messages.reading import make_templates
from pipeline.model.call import Call
from pipeline.model.errors import MailUnavailable
from pipeline.model.kinds import KINDS
from pipeline.model.message import State
from pipeline.model.problem import NeedKind
from pipeline.model.settings import Rate
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.run import run
from tests.support.build import ANA, BEA, BEFORE, CALL, SELECTION, at
from tests.support.desk import Desk, make_desk

DUE = replace(CALL, dates=replace(CALL.dates, reply_by=at("08-20 23:59:59")))
STARTS = CALL.dates.starts
BODY = """
{% if call.reply_by %}Reply by {{ call.reply_by }}.{% endif %}
{% if call.selection %}We write on {{ call.selection }}.{% endif %}
"""
TEMPLATES = make_templates(
    {kind: (f"{kind}.md", f"---\nsubject: x\n---\n{BODY}") for kind in KINDS}, "<html>{{ body }}</html>"
)


def dated(folder: Path, *lines: str, call: Call = DUE, connections: int = 1) -> Desk:
    """Return a workspace whose templates name dates."""
    desk = make_desk(folder, *lines, call=call, rate=Rate(connections=connections))
    return replace(desk, workspace=replace(desk.workspace, read_templates=lambda: TEMPLATES))


def states(desk: Desk) -> list[State]:
    return [message.state for message in desk.history().posted]


@pytest.mark.parametrize("connections", [1, 3])
def test_an_invitation_that_could_not_be_answered_in_time_is_called_off_and_written_anew(
    tmp_path: Path, connections: int
) -> None:
    desk = dated(tmp_path, ANA, BEA, connections=connections)
    desk.mail.replies["ana@example.org"] = [Reply(Handover.DEFERRED, "450 later")]
    assert desk.run(SELECTION).tally == Tally(sent=1, deferred=1)
    late = desk.run(at("08-21 07:00"))
    (silence,) = late.needs
    assert (late.tally, late.exit_code) == (Tally(), 1)
    assert (silence.kind, silence.reference) == (NeedKind.UNANSWERED, desk.history().posted[1].reference)
    assert desk.run(at("08-21 07:30")).tally == Tally(sent=1)
    assert states(desk) == [State.CANCELLED, State.ACCEPTED, State.ACCEPTED]
    assert b"Reply by" in desk.mail.delivered[0].data
    assert b"Reply by" not in desk.mail.delivered[1].data


def test_a_letter_that_became_untrue_while_it_waited_for_its_turn_is_held(tmp_path: Path) -> None:
    class Passing:
        """A clock on which the meeting begins while the first letter is being sent."""

        as_of: datetime | None = None
        stands_still = False

        def now(self) -> datetime:
            return STARTS + timedelta(minutes=5 if desk.mail.delivered else -5)

    desk = dated(tmp_path, ANA, BEA)
    clock: Callable[[], Clock] = Passing  # type: ignore[assignment]  # it tells the time, which is all
    result = run(desk.workspace, clock())
    assert replace(result.tally, outdated=()) == Tally(sent=1, held=1)
    assert [need.what for need in result.needs if need.kind is NeedKind.OTHER] == [
        "not sent, because the day until which it is true has passed"
    ]
    assert desk.subjects() == ["ana@example.org invitation"]


def test_an_acknowledgement_promises_no_day_that_has_passed(tmp_path: Path) -> None:
    desk = dated(tmp_path, ANA)
    desk.run(BEFORE)
    desk.submit("08-20 08:00 | new@example.org | New | Chaplain | Yes")
    desk.run(at("08-20 09:00"))
    texts = {letter.to: letter.data for letter in desk.mail.delivered if b"/received/" in letter.data}
    assert {to: b"We write on" in text for to, text in texts.items()} == {
        "ana@example.org": True,
        "new@example.org": False,
    }


def test_an_acknowledgement_that_waited_past_the_selection_is_not_sent_as_it_was(tmp_path: Path) -> None:
    desk = dated(tmp_path, "07-10 09:00 | new@example.org | New | Chaplain | Yes")
    desk.mail.replies["new@example.org"] = [MailUnavailable("down")]
    desk.run(BEFORE)
    first = desk.run(SELECTION + timedelta(hours=1)).tally
    assert (first.held, first.sent) == (1, 0)
    assert desk.run(SELECTION + timedelta(hours=2)).tally == Tally(sent=1)
    assert b"We write on" not in desk.mail.delivered[0].data


def test_nobody_is_invited_to_a_meeting_that_has_begun(tmp_path: Path) -> None:
    desk = dated(tmp_path, ANA)
    desk.mail.replies["ana@example.org"] = [Reply(Handover.STOPPED, "421 not now")]
    desk.run(CALL.dates.starts - timedelta(hours=1))
    begun = CALL.dates.starts + timedelta(hours=9)
    assert desk.run(begun).tally.held == 1
    desk.run(begun)
    assert desk.statuses() == {"ana@example.org": "To review"}
    assert "ana@example.org invitation" not in desk.subjects()
