"""A letter is compared once more before it leaves, and a row in which `ok` was typed meanwhile stays as it was seen."""

from dataclasses import replace

from pipeline.model.settings import Sender
from pipeline.planning.letters import write_letter
from pipeline.planning.recheck import says_as_planned, write_back
from tests.support.approval_play import APPROVED, Play
from tests.support.build import ANA, BEA, CLO, SELECTION, SERVICE, plan, responses


def test_a_letter_is_compared_in_all_that_people_see() -> None:
    made = plan(responses(ANA), SELECTION)
    (message,), (effect,) = made.messages, made.effects
    sender = SERVICE.mail.sender
    letter = write_letter(APPROVED, sender, message, "s", SELECTION)
    assert says_as_planned(effect, letter)
    content = message.content
    others = [
        (APPROVED, sender, replace(message, content=other))
        for other in (
            replace(content, subject="Other"),
            replace(content, text="Other"),
            replace(content, html="Other"),
        )
    ]
    others += [
        (APPROVED, Sender(sender.address, "Somebody"), message),
        (replace(APPROVED, reply_to="else@example.org"), sender, message),
        (replace(APPROVED, reply_to=""), sender, message),
    ]
    assert not any(says_as_planned(effect, write_letter(*each, "s", SELECTION)) for each in others)
    assert not says_as_planned(effect, replace(letter, to="else@example.org"))
    assert not says_as_planned(effect, replace(letter, data=letter.data.replace(b"Dear", b"=FF")))
    assert not says_as_planned(None, letter)
    assert says_as_planned(replace(effect, words="stored message 7"), letter)


def test_a_row_in_which_ok_was_typed_meanwhile_is_left_where_it_would_say_something_else() -> None:
    """Another response takes the place of one of them: what was on the screen was an offer."""
    call = Play(rows=[ANA, BEA, CLO])
    call.run()
    call.rows.append("07-01 09:00 | dan@example.org | Dan Novak | Manager | Yes")
    made = call.plan()
    call.type(ana="ok", bea="ok", clo="Invite")
    changes = write_back(call.call, made, call.snapshot(), call.history)
    assert {change.row for change in changes} & {2, 3, 4} == {4}
    call.call = replace(call.call, approve=frozenset())
    changes = write_back(call.call, made, call.snapshot(), call.history)
    assert {change.row for change in changes} & {2, 3, 4} == {2, 3, 4}
