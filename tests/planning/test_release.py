"""Letters that a call approves leave once a person released just what they tell; nothing else waits for it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.model.effect import Effect, hash_of
from pipeline.model.errors import EffectsChanged
from pipeline.model.history import How, Proposal, Release, Typed
from pipeline.model.kinds import KINDS, Group, Occasion
from pipeline.model.message import Kind, State
from pipeline.model.offers import Offers
from pipeline.model.problem import NeedKind
from pipeline.model.short_code import short_code
from pipeline.planning.choice import Pick, choose_effects
from pipeline.planning.effects import code_of_set, find_cause
from pipeline.planning.plan import Scope
from tests.support.approval_play import APPROVED, Play, code_of, waiting
from tests.support.build import ANA, BEA, CLO, NOA, at

DAN = "07-13 09:00 | dan@example.org | Dan Novak | Manager | Aims to"
OFFERS = [("ana", "invitation"), ("bea", "invitation")]
ALL = [*OFFERS, ("clo", "waiting_list"), ("noa", "not_selected")]


def play(*rows: str, **changes: object) -> Play:
    """Return a call with two places."""
    return Play(replace(APPROVED, **changes), rows=list(rows or (ANA, BEA, CLO, NOA)))  # type: ignore[arg-type]  # by name


def test_nothing_that_a_call_approves_leaves_before_it_is_released() -> None:
    call = play()
    made = call.run()
    assert (call.sent, made.standings, made.sends) == ([], (), 0)
    assert waiting(made) == [
        ("ana", "Offered"),
        ("bea", "Offered"),
        ("clo", "Waiting list"),
        ("noa", "Ineligible"),
    ]
    assert call.statuses() == {
        "ana": "Proposed: offer",
        "bea": "Proposed: offer",
        "clo": "Proposed: waiting list",
        "noa": "Ineligible",
    }
    assert call.history.proposals == (Proposal(code_of(made), made.unreleased),)
    assert [str(need.problem) for need in made.needs if need.kind is NeedKind.APPROVAL] == [
        f"the letters: 4 letters wait for your approval. Type {code_of(made)} beside “Approve all”, or ok in the rows "
        "whose letters may leave, or run `convene approve`"
    ]
    assert call.plan().is_empty


def test_what_needs_no_approval_leaves_while_the_rest_waits() -> None:
    call = play(approve=frozenset({Kind.WAITING_LIST}))
    call.run()
    assert call.told() == [("ana", "invitation"), ("bea", "invitation"), ("noa", "not_selected")]
    assert waiting(call.plan()) == [("clo", "Waiting list")]


def test_all_leaves_by_the_code_beside_approve_all_and_once() -> None:
    call = play()
    call.run()
    call.approve_all()
    call.run()
    assert call.told() == ALL
    assert [(release.how, release.who) for release in call.history.releases] == [(How.CODE, "")] * 4
    assert call.history.proposals[-1] == Proposal("")  # nothing is left to approve
    assert call.plan().is_empty


def test_ok_releases_just_its_row() -> None:
    call = play()
    call.run()
    call.type(bea="ok")
    call.run()
    assert call.told() == [("bea", "invitation")]
    assert call.statuses()["ana"] == "Proposed: offer"
    assert call.plan().is_empty


def test_ok_that_was_there_before_releases_nothing_and_says_what_does() -> None:
    call = play()
    call.type(ana="ok")
    call.run()
    code = short_code(call.plan().unreleased[0].digest)
    ana = next(effect for effect in call.plan().unreleased if effect.to.startswith("ana"))
    code = short_code(ana.digest)
    assert call.shown()["ana"][1].endswith(
        f"“ok” was typed before this was proposed. Type ok {code} to release it."
    )
    call.run()
    assert call.sent == []
    call.type(ana=f"OK {code.lower()}")
    call.run()
    assert call.told() == [("ana", "invitation")]


def test_ok_releases_what_was_shown_and_nothing_that_came_of_it_later() -> None:
    """Another response took the place meanwhile: the row said another thing when the word was typed."""
    call = play(ANA, BEA, CLO)
    call.run()
    call.type(bea="ok")
    call.rows.append(DAN.replace("Aims to", "Yes").replace("07-13", "07-01"))
    made = call.run()
    assert call.sent == []
    assert waiting(made)[1] == ("bea", "Waiting list")
    code = short_code(next(each for each in made.unreleased if each.to.startswith("bea")).digest)
    assert call.shown()["bea"][0] == "Proposed: waiting list"
    assert call.shown()["bea"][1].endswith(
        "You released “Offered”, and since then the conclusion is another one: it waits for you again. "
        f"Type ok {code} to release it as it is now."
    )
    assert (call.run().sends, call.plan().is_empty) == (0, True)
    call.rows.pop()  # it was a test: what was released is as it was
    del call.cells[5]
    call.run()
    assert call.told() == [("bea", "invitation")]


def test_an_ok_that_is_taken_out_in_time_is_taken_back() -> None:
    call = play(approve=APPROVED.approve)
    call.run()
    call.type(clo="ok")  # stands behind the offers
    call.run()
    call.type(clo="")
    call.run()
    call.type(ana="ok", bea="ok")
    call.run()
    assert call.told() == OFFERS


def test_a_deciding_word_is_its_own_release() -> None:
    call = play()
    call.run()
    call.type(clo="Invite", ana="Decline", bea="Waiting list")
    call.run()
    assert call.told() == [("clo", "invitation"), ("bea", "waiting_list"), ("ana", "not_selected")]
    assert {release.how for release in call.history.releases} == {How.WORD}


@pytest.mark.parametrize("word", ["Hold", "Decline"])
def test_denied_beats_approved(word: str) -> None:
    call = play()
    call.run()
    call.approve_all()
    call.type(ana=word)
    call.run()
    assert ("ana", "invitation") not in call.told()
    assert ("bea", "invitation") in call.told()
    call.type(ana="")
    call.run()
    assert ("ana", "invitation") not in call.told()


def test_nobody_else_loses_a_release_where_one_letter_differs() -> None:
    call = play()
    call.run()
    call.approve_all()
    call.rows[0] = ANA.replace("Ana Lopez", "Anna Lopez")
    call.run()
    assert call.told() == [("bea", "invitation"), ("noa", "not_selected")]
    assert call.shown()["ana"][1].count("since then the text of the letter is another one") == 1
    # Who stands behind is not told before; the release stands.
    assert call.shown()["clo"][1].endswith("Told as soon as everybody who comes before is told, too.")
    call.approve_all()
    call.run()
    assert call.told()[2:] == [("ana", "invitation"), ("clo", "waiting_list")]


def test_the_code_of_an_earlier_set_releases_what_is_still_the_same() -> None:
    call = play(ANA, BEA)
    call.run()
    call.approve_all()
    call.rows.append(NOA)  # applied after the code was read, and before it is followed
    made = call.run()
    assert call.told() == OFFERS
    assert waiting(made) == [("noa", "Ineligible")]


def test_edits_that_change_no_letter_keep_a_release() -> None:
    call = play()
    call.run()
    call.approve_all()
    call.call = replace(call.call, settle=timedelta(), facts={"unused": "x"})
    call.rows[0] += " > english=B1"
    call.rows.reverse()
    call.cells.clear()
    call.run()
    assert sorted(call.told()) == sorted(ALL)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"title": "Another meeting"}, "the text of the letter is another one"),
        ({"reply_to": "else@example.org"}, "the letter comes from another address"),
        ({"id": "other"}, "the sheet, the ledger or the mail server is another one"),
    ],
)
def test_what_is_another_letter_or_goes_elsewhere_asks_again(change: dict[str, str], cause: str) -> None:
    call = play(ANA)
    call.run()
    call.approve_all()
    call.call = replace(call.call, **change)  # type: ignore[arg-type]  # fields by name
    call.run()
    assert call.sent == []
    assert cause in call.shown()["ana"][1]


def test_a_row_that_could_not_be_written_is_not_released_by_ok() -> None:
    call = play(ANA, BEA, CLO)
    call.run()
    call.rows.append(DAN.replace("Aims to", "Yes").replace("07-13", "07-01"))
    call.run(writes=False)
    call.type(bea="ok")  # seen: Proposed: offer
    call.run()
    assert call.sent == []


def test_who_stands_behind_waits_though_released_and_is_told_as_soon_as_may_be() -> None:
    call = play()
    call.run()
    call.type(clo="ok", noa="ok", ana="ok")
    call.run()
    assert call.told() == [("ana", "invitation"), ("noa", "not_selected")]
    assert call.shown()["clo"] == (
        "Proposed: waiting list",
        call.plan().assessment.verdicts[2].reason,
    )
    call.type(bea="ok")
    call.run()
    assert call.told()[2:] == [("bea", "invitation"), ("clo", "waiting_list")]


def test_a_letter_that_the_mail_server_put_off_needs_no_second_release() -> None:
    call = play(ANA)
    call.run()
    call.type(ana="ok")
    call.run(State.DEFERRED)
    call.type(ana="")
    call.run()
    assert call.told() == [("ana", "invitation")]


def test_a_letter_of_before_waits_where_its_kind_is_approved_now() -> None:
    call = play(ANA, approve=frozenset())
    call.run(State.DEFERRED)
    call.call = APPROVED
    made = call.run()
    assert (call.sent, waiting(made)) == ([], [("ana", "Offered")])
    call.type(ana="ok")
    call.run()
    assert call.told() == [("ana", "invitation")]


def test_a_held_letter_is_written_anew_without_another_release() -> None:
    call = play(ANA)
    call.run()
    call.type(ana="ok")
    call.run(State.HELD)
    assert call.run().messages[0].revision == 2
    assert call.told() == [("ana", "invitation")]


def test_send_again_is_a_release() -> None:
    call = play(ANA, approve=frozenset())
    call.run(State.REFUSED)
    call.call = APPROVED
    call.type(ana="Send again")
    call.run()
    assert call.told() == [("ana", "invitation")]
    again = play(ANA.replace("ana@", "anna@"), approve=frozenset())
    again.run(State.REFUSED)
    again.rows = [ANA.replace("ana@", "anna@").replace("Ana Lopez", "Anna Lopez")]
    again.call = APPROVED
    again.history = replace(
        again.history, posted=tuple(replace(one, state=State.REPLACED) for one in again.history.posted)
    )
    assert again.run().sends == 1


def test_a_run_for_one_person_shows_the_others_as_before() -> None:
    call = play()
    call.run()
    shown = call.history.proposals[-1]
    ana = call.plan().assessment.verdicts[0].reference
    call.type(ana="ok")
    call.run(scope=Scope(only=ana))
    assert call.told() == [("ana", "invitation")]
    assert call.history.proposals[-1].effects == tuple(
        effect for effect in shown.effects if effect.reference != ana
    )


def test_ok_says_nothing_where_nothing_is_approved() -> None:
    call = play(ANA, approve=frozenset())
    call.type(ana="ok")
    call.run()
    assert call.told() == [("ana", "invitation")]
    assert call.plan().problems == ()


def test_what_is_proposed_before_selection_day_can_be_released_by_then() -> None:
    call = play(ANA, BEA, CLO)
    call.now = at("07-31 07:00")
    made = call.run()
    assert waiting(made) == []
    assert [effect.conclusion for effect in made.early] == ["Offered", "Offered", "Waiting list"]
    call.type(ana="ok")
    call.run()
    call.rows.append(DAN)
    call.now = at("08-02 07:00")
    call.run()
    assert call.told()[3:] == [("ana", "invitation")]


def test_a_word_for_the_ranking_and_ok_stand_in_one_cell() -> None:
    call = play(ANA, NOA)
    call.type(noa="Eligible: external")
    call.run()
    call.type(noa="Eligible: external, ok")
    call.rows[1] = NOA.replace("Noa", "Nora")
    call.run()
    word = re.search(r"Type (Eligible: external, ok \w{6}) to release it", call.shown()["noa"][1])
    assert word
    call.type(noa=word[1])
    call.run()
    assert call.told() == [("noa", "invitation")]
    call.type(noa="Eligible: external")
    assert call.plan().sends == 0


def early_play(*rows: str) -> Play:
    """Return a call before its selection day in which acknowledgements wait, too; it has run once."""
    call = play(*(rows or (ANA, BEA, CLO)), approve=frozenset(KINDS))
    call.now = at("07-31 07:00")
    call.run()
    return call


def test_ok_releases_what_waits_now_and_the_next_one_what_is_proposed() -> None:
    call = early_play()
    call.type(ana="ok")
    call.run()
    assert call.told() == [("ana", "received")]
    call.run()
    assert len(call.history.releases) == 1  # the same ok says nothing more
    call.type(ana="")
    call.run()
    call.type(ana="ok")
    call.run()
    call.now = at("08-02 07:00")
    call.run()
    assert ("ana", "invitation") in call.told()


def test_the_code_behind_ok_names_what_waits_and_what_is_proposed() -> None:
    call = early_play(ANA)
    made = call.plan()
    for (effect,) in (made.unreleased, made.early):
        call.type(ana=f"ok {short_code(effect.digest)}")
        call.run()
    assert [release.effect.kind for release in call.history.releases] == ["received", "invitation"]
    assert call.told() == [("ana", "received")]


def test_an_acknowledgement_does_not_ask_again_because_another_thing_is_proposed() -> None:
    call = early_play()
    call.approve_all()
    call.rows[1] = BEA.replace("Manager", "Psychologist")
    assert len(call.run().early) == 3
    assert call.told() == [("ana", "received"), ("bea", "received"), ("clo", "received")]


# --- by command --------------------------------------------------------------------------------------------


def test_a_command_chooses_people_a_kind_or_all_under_a_hash() -> None:
    call = play()
    call.run()
    plan = call.plan()
    effects = plan.unreleased
    ana = next(effect for effect in effects if effect.to.startswith("ana"))
    invitations = tuple(effect for effect in effects if effect.kind == "invitation")
    assert choose_effects(plan, Pick()) == effects
    assert choose_effects(plan, Pick((ana.reference,))) == (ana,)
    assert choose_effects(plan, Pick(kind="invitation")) == invitations
    for name in (hash_of(effects), code_of(plan), code_of(plan).lower()):
        assert choose_effects(plan, Pick(effects=name)) == effects
    with pytest.raises(
        EffectsChanged, match=f"has the hash or code 000000: what waits now has the code {code_of(plan)}"
    ):
        choose_effects(plan, Pick(effects="000000"))
    call.rows.append(DAN)
    later = call.plan()
    assert choose_effects(later, Pick(effects=code_of(plan))) == tuple(
        effect for effect in later.unreleased if effect in effects
    )


def test_what_a_command_released_leaves() -> None:
    call = play(ANA)
    (effect,) = call.plan().unreleased
    release = Release(effect, effect.digest, call.now, How.COMMAND, "mo")
    call.history = replace(call.history, releases=(release,))
    call.run()
    assert call.told() == [("ana", "invitation")]


@pytest.mark.parametrize(
    ("field", "cause"),
    [(name, name) for name in ("conclusion", "kind", "to", "sender", "target", "until", "revision", "words")],
)
def test_the_cause_of_another_effect_is_named(field: str, cause: str) -> None:
    effect = Effect("P-AAAAAA", "a@example.org", "invitation", 1, "Offered", "words", "", "us", "here")
    assert find_cause(effect, replace(effect, **{field: "other", "words": "other"})) == cause  # type: ignore[arg-type]  # any other value does


@pytest.mark.parametrize(("is_early", "kind"), [(False, "received"), (True, "invitation")])
def test_a_command_releases_what_waits_now_or_what_is_proposed_and_never_both(
    *, is_early: bool, kind: str
) -> None:
    call = early_play(ANA, BEA)
    made = call.plan()
    (ana, bea) = meant = made.early if is_early else made.unreleased
    assert [effect.kind for effect in meant] == [kind, kind]
    assert choose_effects(made, Pick(early=is_early)) == meant
    assert choose_effects(made, Pick((bea.reference,), early=is_early)) == (bea,)
    assert choose_effects(made, Pick(kind=kind, effects=code_of_set(meant), early=is_early)) == (ana, bea)
    assert choose_effects(made, Pick(kind=kind, early=not is_early)) == ()


# --- words that may still change ---------------------------------------------------------------------------


def test_a_word_waits_until_it_has_settled_and_only_the_last_one_is_mailed() -> None:
    call = play(ANA, BEA, CLO, approve=frozenset(), settle=timedelta(minutes=10))
    call.run()
    call.now = at("08-09 07:00")
    call.type(clo="Invite")
    made = call.run()
    assert (made.sends, made.settling) == (0, (at("08-09 07:10"),))
    assert call.shown()["clo"][1].endswith(
        "Followed from 2023-08-09 07:10 on, unless you change it until then."
    )
    call.now = at("08-09 07:05")
    assert call.plan().is_empty
    call.type(clo="Decline")
    made = call.run()
    assert (made.sends, made.settling) == (0, (at("08-09 07:15"),))
    call.now = at("08-09 07:15")
    call.run()
    assert call.told()[3:] == [("clo", "not_selected")]


def test_send_again_settles_first_too() -> None:
    call = play(ANA, approve=frozenset(), settle=timedelta(minutes=10))
    call.run(State.REFUSED)
    call.type(ana="Send again")
    made = call.run()
    assert (made.sends, len(made.settling), made.settled.settlements) == (0, 1, ())
    assert call.run().sends == 1


def test_a_word_that_a_wrong_clock_saw_in_the_future_is_not_waited_for() -> None:
    call = play(ANA, approve=frozenset(), settle=timedelta(minutes=10))
    call.type(ana="Invite")
    call.now += timedelta(days=300)
    call.plan()
    call.history = replace(
        call.history, words={call.plan().assessment.verdicts[0].reference: Typed("Invite", call.now)}
    )
    call.now -= timedelta(days=300)
    assert call.run().sends == 1


def test_a_place_is_not_given_away_before_the_word_that_frees_it_has_settled() -> None:
    call = play(ANA, BEA, CLO, approve=frozenset(), settle=timedelta(minutes=10))
    call.run()
    call.type(ana="Withdrawn")
    made = call.run()
    assert (made.sends, made.standings) == (0, ())
    assert call.statuses()["ana"] == "Offered"
    call.run()  # half an hour later
    assert call.told()[3:] == [("clo", "invitation")]
    assert call.statuses()["ana"] == "Withdrawn"


def test_a_place_is_kept_for_a_word_that_has_not_settled() -> None:
    call = play(ANA, BEA, CLO, approve=frozenset(), settle=timedelta(minutes=10))
    call.type(clo="Invite")
    call.run()
    assert call.told() == [("ana", "invitation"), ("bea", "waiting_list")]
    call.run()
    assert call.told()[2:] == [("clo", "invitation")]


def test_a_place_that_passes_on_is_released_by_its_word_and_both_are_told() -> None:
    """The word is typed by whom could approve it: neither of the two letters waits."""
    call = play()
    call.run()
    call.approve_all()
    call.run()
    call.sent.clear()
    call.type(ana="Replace by clo@example.org")
    made = call.run()
    assert (waiting(made), sorted(call.told())) == ([], [("ana", "place_withdrawn"), ("clo", "invitation")])
    assert call.statuses() == {"ana": "Cancelled", "bea": "Offered", "clo": "Offered", "noa": "Ineligible"}
    assert call.plan().is_empty


def test_more_time_is_noted_at_once_and_its_reminder_waits_for_approval() -> None:
    offers = Offers(within=timedelta(days=5), remind_before=timedelta(days=2))
    call = play(ANA, offers=offers, occasions={Kind.REPLY_REMINDER: Occasion(Group.OFFERED)})
    call.run()
    call.approve_all()
    call.run()
    call.type(ana="Extend to 2023-08-20")
    made = call.run()
    (standing,) = made.standings
    assert (standing.reply_by, made.sends, waiting(made)) == (at("08-20 23:59:59"), 0, [])
    call.now = at("08-08 07:00")  # the day that the letter named is over
    assert (call.run().sends, call.statuses()) == (0, {"ana": "Offered"})
    call.now = at("08-18 07:00")
    assert [effect.kind for effect in call.run().unreleased] == ["reply_reminder"]
    call.now = at("08-21 07:00")  # nobody released the reminder: nobody loses the place
    assert (call.run().standings, call.statuses()) == ((), {"ana": "Offered"})
