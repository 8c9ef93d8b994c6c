"""The effects of a plan: one hash, the same whenever the same people are told the same."""

from dataclasses import replace

from pipeline.model.effect import Effect
from pipeline.model.kinds import DECISIONS
from pipeline.model.message import Kind, State
from pipeline.model.settings import Limits
from pipeline.planning.effects import effects_hash
from pipeline.planning.letters import true_until
from pipeline.planning.plan import Scope
from tests.support.build import (
    ANA,
    BEA,
    BEFORE,
    CALL,
    CLO,
    LATER,
    SELECTION,
    at,
    carried_out,
    plan,
    responses,
)


def test_effects_say_who_is_told_what_and_until_when() -> None:
    made = plan(responses(ANA), SELECTION)
    (effect,) = made.effects
    assert replace(effect, words="", target="") == Effect(
        made.messages[0].reference,
        "ana@example.org",
        "invitation",
        1,
        "Offered",
        "",
        "2023-09-12T07:00:00+00:00",
        "The team <team@example.org>, organisers@example.org",
    )
    assert (len(effect.words), len(effect.target)) == (64, 64)


def test_the_order_of_rows_and_the_minute_do_not_change_the_hash() -> None:
    one, other = plan(responses(ANA, BEA, CLO), SELECTION), plan(responses(CLO, ANA, BEA), at("08-02 07:01"))
    assert effects_hash(one) == effects_hash(other)


def test_another_word_to_somebody_changes_the_hash() -> None:
    lines = (ANA, BEA, CLO)
    renamed = replace(CALL, title="Another meeting")
    hashes = {
        effects_hash(plan(responses(*lines), SELECTION)),
        effects_hash(plan(responses(*lines), SELECTION, call=renamed)),
        effects_hash(plan(responses(*lines), SELECTION, scope=Scope(limit=1))),
        effects_hash(plan(responses(ANA, BEA), SELECTION)),
        effects_hash(plan(responses(*lines), BEFORE)),
    }
    assert len(hashes) == 5
    assert effects_hash(plan(responses(*lines), SELECTION, limits=Limits(doubts_per_run=1))) in hashes


def test_a_letter_of_an_earlier_run_is_an_effect_too() -> None:
    made = plan(responses(ANA), SELECTION)
    history = carried_out(made, made.history, State.PREPARED)
    assert plan(responses(ANA), LATER, history).effects == made.effects


def test_a_letter_of_an_earlier_version_is_known_by_its_number() -> None:
    made = plan(responses(ANA), SELECTION)
    history = carried_out(made, made.history, State.PREPARED)
    posted = tuple(replace(message, effect=None, until=None) for message in history.posted)
    (effect,) = plan(responses(ANA), LATER, replace(history, posted=posted)).effects
    assert effect == replace(made.effects[0], words="stored message 1", until="")


def test_what_a_message_says_is_true_until_the_date_in_it() -> None:
    dates = CALL.dates
    assert {
        kind: true_until(CALL, kind, None, BEFORE) for kind in (*DECISIONS, Kind.DELAYED, Kind.RECEIVED)
    } == {
        Kind.INVITATION: dates.starts,
        Kind.WAITING_LIST: dates.starts,
        Kind.NOT_SELECTED: None,
        Kind.PLACE_WITHDRAWN: dates.starts,
        Kind.OFFER_EXPIRED: None,
        Kind.DELAYED: dates.starts,
        Kind.RECEIVED: dates.selection,
    }
    assert true_until(CALL, Kind.RECEIVED, None, LATER) is None
    assert true_until(CALL, Kind.INVITATION, None, dates.ends) is None


def test_an_offer_is_true_until_it_is_to_be_answered() -> None:
    due = at("08-20 23:59:59")
    call = replace(CALL, dates=replace(CALL.dates, reply_by=due))
    (standing,) = plan(responses(ANA), SELECTION, call=call).standings
    assert standing.reply_by == due
    assert true_until(call, Kind.INVITATION, standing, LATER) == due
    assert true_until(call, Kind.INVITATION, standing, at("08-21 07:00")) == call.dates.starts
