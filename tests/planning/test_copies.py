"""Organisers' copies: when they are due, what they are, and what is told of those that did not arrive."""

from dataclasses import replace

import pytest

from pipeline.model.history import History, Posted, due_copies
from pipeline.model.kinds import Kind
from pipeline.model.message import State
from pipeline.model.settings import Sender
from pipeline.planning.letters import write_copies
from pipeline.planning.mail_problems import mail_problems
from tests.support.build import ANA, CALL, LATER, NEW, SELECTION, plan, responses

SENDER = Sender("team@example.org", "The team")
LETTER = Posted(1, "P-ANA222", Kind.INVITATION, 1, State.ACCEPTED, SELECTION)
COPY = replace(LETTER, id=2, revision=-11, state=State.PREPARED, copy_of=1)


@pytest.mark.parametrize(
    ("letter", "copy", "is_due"),
    [
        (LETTER, COPY, True),
        (LETTER, replace(COPY, state=State.DEFERRED, next_attempt=LATER), False),
        (LETTER, replace(COPY, state=State.ACCEPTED), False),
        (LETTER, replace(COPY, state=State.IN_DOUBT), False),
        (LETTER, replace(COPY, is_stored=False), False),
        (replace(LETTER, state=State.IN_DOUBT), COPY, False),
        (replace(LETTER, id=3), COPY, False),
    ],
)
def test_a_copy_is_due_once_its_letter_was_taken(letter: Posted, copy: Posted, is_due: bool) -> None:
    history = History(posted=(letter,), copies=(copy,))
    assert due_copies(history, LATER.replace(hour=6)) == ((copy,) if is_due else ())


def test_each_organiser_gets_a_letter_of_their_own() -> None:
    call = replace(CALL, copies={Kind.INVITATION: ("a@example.org", "b@example.org")})
    (message,) = plan(responses(ANA), SELECTION, NEW, call).messages
    first, second = write_copies(call, SENDER, message, "s", SELECTION)
    assert (first.to, second.to, first.sender) == ("a@example.org", "b@example.org", SENDER.address)
    assert first.message_id != second.message_id
    assert first == write_copies(call, SENDER, message, "s", SELECTION)[0]
    assert b"\r\nX-Convene-Copy: meeting/" in first.data
    assert write_copies(CALL, SENDER, message, "s", SELECTION) == ()


def test_copies_that_did_not_arrive_are_told_by_kind() -> None:
    lost = replace(COPY, id=4, state=State.REFUSED, reply="550 no such user.")
    doubt = replace(COPY, id=5, state=State.IN_DOUBT)
    copies = (COPY, lost, doubt, replace(lost, id=6, kind=Kind.RECEIVED))
    assert [(str(problem), problem.facts) for problem in mail_problems(History(copies=copies))] == [
        (
            "copies of “invitation” for organisers: 2 were refused, or their answers were lost (?). Look at `copy_to` "
            "in config/call.yaml; they are not sent again, so mark this as seen",
            (4, 5),
        ),
        (
            "copies of “received” for organisers: one was refused, or its answer was lost (550 no such user). Look at "
            "`copy_to` in config/call.yaml; they are not sent again, so mark this as seen",
            (6,),
        ),
    ]
