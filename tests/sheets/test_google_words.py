"""`Send again` and `Delivered`, typed under Decision in a Google sheet: each obeyed once, whatever happens."""

from collections import Counter
from collections.abc import Iterator

import pytest

from pipeline.intake.decision_forms import Word
from pipeline.mail.base import Handover, Reply
from pipeline.model.message import State
from pipeline.planning.tally import Tally
from pipeline.running.clock import Clock
from pipeline.running.run import run
from tests.support.google_fake import FakeGoogle
from tests.support.google_fake.acts import Act
from tests.support.google_play import Play

REFUSED, DOUBT = (
    Reply(Handover.REFUSED, "550 5.1.1 no such user"),
    Reply(Handover.IN_DOUBT, "connection lost"),
)


@pytest.fixture
def play(google: FakeGoogle) -> Iterator[Play]:
    """Return a sheet where the message to person0 was refused, and those to person1 and person2 are in doubt."""
    play = Play(google)
    play.open_the_form([Act("submit")] * 3)
    for number, reply in enumerate((REFUSED, DOUBT, DOUBT)):
        play.mail.replies[f"person{number}@example.org"] = [reply]
    assert tally(play) == Tally(refused=1, in_doubt=2)
    type_words(play, {"person0@example.org": Word.SEND_AGAIN, "person1@example.org": Word.DELIVERED})
    yield play
    play.close()


def tally(play: Play) -> Tally:
    return run(play.workspace(), Clock(play.now)).tally


def type_words(play: Play, words: dict[str, Word]) -> None:
    people = play.case.people
    for row in range(1, people.height()):
        if word := words.get(people.said(row, "Email Address")):
            people.type(row, people.column("Decision"), word)


def states(play: Play) -> dict[str, State]:
    return {message.to.partition("@")[0]: message.state for message in play.history().posted}


SETTLED = {"person0": State.ACCEPTED, "person1": State.ACCEPTED, "person2": State.IN_DOUBT}


def test_each_word_is_obeyed_once(play: Play) -> None:
    assert (tally(play), states(play)) == (Tally(sent=1), SETTLED)
    before = play.written()
    assert (tally(play), states(play), play.written()) == (Tally(), SETTLED, before)


def test_the_words_hold_where_rows_are_sorted_as_convene_writes(play: Play) -> None:
    play.gap = [Act("turn over"), Act("insert row"), Act("turn over")]
    assert (tally(play), states(play)) == (Tally(sent=1), SETTLED)
    assert (tally(play), states(play)) == (Tally(), SETTLED)
    assert Counter(letter.to.partition("@")[0] for letter in play.mail.delivered) == dict.fromkeys(SETTLED, 1)


@pytest.mark.parametrize("at", range(8))
def test_a_kill_at_any_request_obeys_no_word_twice_and_loses_none(play: Play, at: int) -> None:
    play.run_meanwhile([], {}, [Act("turn over")], killed_at=at)
    play.now = play.now.replace(day=play.now.day + 1)
    tally(play)
    assert (tally(play), states(play)) == (Tally(), SETTLED)
    assert Counter(letter.to.partition("@")[0] for letter in play.mail.delivered) == dict.fromkeys(SETTLED, 1)
