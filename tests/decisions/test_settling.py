"""A person's word on a message in doubt or refused: what becomes of it, and that it is obeyed once."""

from dataclasses import replace
from datetime import datetime

import pytest

from pipeline.decisions.assess import assess
from pipeline.decisions.settling import Settled, after_settling, settle, settle_by_words
from pipeline.intake.decision_forms import Word
from pipeline.model.history import Heard, History, Posted, Settlement
from pipeline.model.message import Kind, State
from tests.support.build import ANA, BEFORE, CALL, LATER, SELECTION, carried_out, plan, responses

BEGUN = CALL.dates.starts
TO = "ana@example.org"
AGAIN, DELIVERED = Word.SEND_AGAIN, Word.DELIVERED
NOTHING = "“{}” decides nothing: no message to this person is in doubt or refused."
BEFORE_THAT = "“{}” was there before and is followed once. Delete it, and type it anew after the next run."


def posted(
    number: int = 1, state: State = State.REFUSED, kind: Kind = Kind.INVITATION, to: str = TO
) -> Posted:
    return Posted(number, "P-ANA222", kind, number, state, SELECTION, to)


@pytest.mark.parametrize(
    ("word", "message", "now", "settled"),
    [
        (DELIVERED, posted(), BEGUN, (Settlement(1, State.ACCEPTED),)),
        (AGAIN, posted(), LATER, (Settlement(1, State.PREPARED),)),
        (AGAIN, replace(posted(), until=LATER), LATER, (Settlement(1, State.PREPARED),)),
        (
            AGAIN,
            replace(posted(), until=SELECTION),
            LATER,
            (Settlement(1, State.REPLACED, "the day until which it was true has passed"),),
        ),
        (
            AGAIN,
            posted(to="ana@example.net"),
            LATER,
            (Settlement(1, State.REPLACED, "the address is another one now"),),
        ),
        (
            AGAIN,
            replace(posted(), is_stored=False),
            LATER,
            (Settlement(1, State.REPLACED, "its text is not here, it was taken over from the sheet"),),
        ),
        (AGAIN, replace(posted(), printed=(("title", CALL.title),)), LATER, (Settlement(1, State.PREPARED),)),
        (
            AGAIN,
            replace(posted(), printed=(("title", "Another meeting"),)),
            LATER,
            (Settlement(1, State.REPLACED, "what it says of the meeting has changed"),),
        ),
        (AGAIN, posted(), BEGUN, ()),
        (AGAIN, posted(kind=Kind.NOT_SELECTED), BEGUN, (Settlement(1, State.PREPARED),)),
    ],
)
def test_what_a_word_makes_of_a_message(
    word: Word, message: Posted, now: datetime, settled: tuple[Settlement, ...]
) -> None:
    assert settle(CALL, word, (message,), TO, now) == settled


def test_of_several_of_a_kind_a_word_is_about_the_newest() -> None:
    messages = (posted(1), posted(2, kind=Kind.RECEIVED), posted(3))
    assert settle(CALL, AGAIN, messages, TO, LATER) == (
        Settlement(1, State.CANCELLED),
        Settlement(2, State.PREPARED),
        Settlement(3, State.PREPARED),
    )


def refused(state: State = State.REFUSED) -> History:
    """Return what the ledger knows once the acknowledgement to Ana ended so."""
    history = History(secret="s")
    return carried_out(plan(responses(ANA), BEFORE, history), history, state)


def follow(history: History, word: str, now: datetime = BEFORE) -> tuple[Settled, str]:
    """Return what a word in Ana's cell settles, and what its Reason says of it."""
    assessment = assess(CALL, responses(f"{ANA} > decision={word}"), history, now)
    plain = assess(CALL, responses(ANA), history, now).verdicts[0].reason
    (verdict,) = assessment.verdicts
    assert verdict.standing is None or verdict.standing.decision == ""
    settled = settle_by_words(CALL, (verdict.case,), history, now)
    return settled, verdict.reason.removeprefix(plain).strip()


@pytest.mark.parametrize("word", [AGAIN, DELIVERED])
def test_a_word_is_obeyed_once_and_again_only_after_it_was_gone(word: Word) -> None:
    """It stands there for days; the message is refused again, and later another one."""
    ended = State.PREPARED if word is AGAIN else State.ACCEPTED
    history, reference = refused(), next(iter(refused().addresses))
    settled, said = follow(history, word)
    assert (settled, said) == (
        Settled((Settlement(1, ended),), {reference: Heard(word, 1)}),
        "",
    )
    after = after_settling(history, settled)
    assert [message.state for message in after.posted] == [ended]
    assert follow(after, word) == (Settled(), "")
    refused_again = replace(after, posted=(replace(after.posted[0], state=State.REFUSED),))
    assert follow(refused_again, word) == (Settled(), BEFORE_THAT.format(word))
    cleared = after_settling(refused_again, follow(refused_again, "")[0])
    assert cleared.heard == {}
    assert follow(cleared, word)[0].settlements == (Settlement(1, ended),)


@pytest.mark.parametrize("word", [AGAIN, DELIVERED])
def test_a_word_where_nothing_is_to_be_settled_decides_nothing_then_or_later(word: Word) -> None:
    fine = refused(State.ACCEPTED)
    settled, said = follow(fine, word)
    assert (settled.settlements, said) == ((), NOTHING.format(word))
    after = after_settling(fine, settled)
    assert follow(after, word) == (Settled(), NOTHING.format(word))
    refused_later = replace(after, posted=(replace(after.posted[0], state=State.IN_DOUBT),))
    assert follow(refused_later, word) == (Settled(), BEFORE_THAT.format(word))


def test_another_word_in_the_cell_is_another_word() -> None:
    history = refused()
    after = after_settling(history, follow(history, AGAIN)[0])
    again = replace(after, posted=(replace(after.posted[0], state=State.REFUSED),))
    assert follow(again, DELIVERED)[0].settlements == (Settlement(1, State.ACCEPTED),)


def test_a_word_in_the_row_of_an_older_response_counts_too() -> None:
    lines = f"{ANA} > decision=Send again", ANA.replace("07-10", "07-11")
    (verdict,) = assess(CALL, responses(*lines), refused(), BEFORE).verdicts
    assert (verdict.case.settling, verdict.case.doubt) == (AGAIN, None)


def test_what_is_over_is_not_sent_again_and_the_reason_says_so() -> None:
    history = History(secret="s")
    invited = carried_out(plan(responses(ANA), SELECTION, history), history, State.REFUSED)
    settled, said = follow(invited, AGAIN, BEGUN)
    assert (settled.settlements, said) == (
        (),
        "“Send again” is not followed: the meeting has begun. Write to this person yourself, then type Delivered.",
    )
    after = after_settling(invited, settled)
    assert follow(after, DELIVERED, BEGUN)[0].settlements == (Settlement(1, State.ACCEPTED),)
