"""Approval through random histories: answers, words, codes, outages, edits of the configuration, and time.

What organisers saw and released is kept beside the play, by other means than the program's: from the rows as they
were written, and from the moment at which a word or a code was typed.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from pipeline.intake.decision_forms import Word
from pipeline.model.effect import Effect
from pipeline.model.kinds import KINDS
from pipeline.model.message import Kind, State
from pipeline.model.places import Places
from pipeline.model.problem import NeedKind
from pipeline.model.reason import WAITS
from pipeline.model.short_code import short_code
from pipeline.planning.plan import Plan
from tests.support.approval_play import APPROVED, Play
from tests.support.build import SELECTION
from tests.support.rounds import LONG, SHORT, play

NAMES = ("ana", "bea", "clo", "dan", "eva", "fay", "gus")
DECIDING = {"Invite": Kind.INVITATION, "Waiting list": Kind.WAITING_LIST, "Decline": Kind.NOT_SELECTED}
WORDS = (*DECIDING, "Hold", "Confirmed", "Withdrawn", "Eligible: external", "", "")
DECISIONS = frozenset(KINDS) - {Kind.RECEIVED}
SOMEBODY = st.integers(0, len(NAMES) - 1)


class Approval(RuleBasedStateMachine):
    """`seen` is what the sheet shows as waiting, by person; `released` what organisers released of that."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(replace(APPROVED, places=Places(2, seed="seed")))
        self.seen: Mapping[str, Effect] = {}
        self.released: set[Effect] = set()
        self.typed: dict[int, str] = {}

    # --- what people do ------------------------------------------------------------------------------

    @initialize(number=st.integers(1, 4), early=st.booleans())
    def people_apply(self, number: int, *, early: bool) -> None:
        for nth in range(number):
            self.somebody_applies(nth % 3 == 2)
        self.play.now = SELECTION - timedelta(days=1) if early else SELECTION

    @precondition(lambda self: len(self.play.rows) < len(NAMES))
    @rule(no_work=st.booleans())
    def somebody_applies(self, no_work: bool) -> None:
        nth = len(self.play.rows)
        name, vetos = NAMES[nth], "No" if no_work else "Yes"
        self.play.rows.append(
            f"07-1{nth} 09:00 | {name}@example.org | {name.title()} Lopez | Manager | {vetos}"
        )

    @rule(nth=SOMEBODY, change=st.sampled_from(["name", "answer", "nothing that counts"]))
    def somebody_corrects_an_answer(self, nth: int, change: str) -> None:
        if nth >= len(self.play.rows):
            return
        row = self.play.rows[nth]
        if change == "name":
            self.play.rows[nth] = re.sub(r" \w+ \|", " Novak |", row, count=1)
        elif change == "answer":
            self.play.rows[nth] = row.replace("Manager", "Psychologist")
        elif ">" not in row:
            self.play.rows[nth] = f"{row} > english=B1"

    @rule(nth=SOMEBODY, word=st.sampled_from(WORDS))
    def organisers_type(self, nth: int, word: str) -> None:
        if nth < len(self.play.rows):
            self.play.words[nth] = word

    @rule(nth=SOMEBODY)
    def organisers_type_ok(self, nth: int) -> None:
        """An `ok` is about what the row shows as it is typed; one that stands there already says nothing new."""
        if nth < len(self.play.rows) and self.play.words.get(nth) != "ok":
            self.play.words[nth] = "ok"
            if effect := self.seen_in(nth):
                self.released.add(effect)

    @rule(nth=SOMEBODY)
    def organisers_type_the_code_in_a_row(self, nth: int) -> None:
        cells = self.play.cells.get(nth + 2)
        found = re.search(r"Type (ok \w{6}) to release it", cells.reason) if cells else None
        if found:
            self.play.words[nth] = found[1]
            self.released |= {each for each in self.seen.values() if short_code(each.digest) == found[1][3:]}

    @rule()
    def organisers_approve_all(self) -> None:
        if self.play.history.proposals:
            shown = self.play.history.proposals[-1]
            if shown.code != self.play.code:
                self.play.code = shown.code
                self.released |= set(shown.effects)

    @rule(
        change=st.sampled_from(
            ["title", "capacity", "no approval", "some approval", "all approval", "settle", "sender", "list"]
        )
    )
    def the_configuration_is_edited(self, change: str) -> None:
        call, service = self.play.call, self.play.service
        if change == "sender":
            mail = replace(service.mail, sender=replace(service.mail.sender, name="Another team"))
            self.play.service = replace(service, mail=mail)
            return
        places = call.places
        changes = {
            "title": {"title": f"{call.title}!"},
            "capacity": {"places": replace(places, capacity=places.capacity % 3 + 1)},
            "list": {"places": replace(places, waiting_list=None if places.waiting_list else 1)},
            "no approval": {"approve": frozenset() if call.approve else DECISIONS},
            "some approval": {"approve": frozenset({Kind.INVITATION})},
            "all approval": {"approve": frozenset(KINDS)},
            "settle": {"settle": timedelta(minutes=10) if not call.settle else timedelta()},
        }
        self.play.call = replace(call, **changes[change])  # type: ignore[arg-type]  # fields by name

    @rule(minutes=st.sampled_from([5, 60, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.play.now += timedelta(minutes=minutes)

    # --- what Convene does ---------------------------------------------------------------------------

    @rule(
        state=st.sampled_from([State.ACCEPTED, State.ACCEPTED, State.DEFERRED, State.HELD]),
        writes=st.sampled_from([True, True, True, False]),
    )
    def convene_runs(self, state: State, *, writes: bool) -> None:
        made = self.run(state, writes=writes)
        if state is not State.HELD and writes:
            self.play.now -= timedelta(minutes=30)
            assert self.play.plan().is_empty or self.play.plan().resumed
            self.play.now += timedelta(minutes=30)
        self.check_that_everybody_who_waits_is_listed(made)

    @rule()
    def nothing_moves_any_more(self) -> None:
        """What was released leaves, and nobody is asked a second time about the same."""
        self.play.now += timedelta(days=2)
        self.play.code = ""
        self.run()
        self.organisers_approve_all()
        asked = set(self.play.history.proposals[-1].effects) if self.play.history.proposals else set()
        self.run()
        for _ in range(3):
            made = self.run()
            assert not asked & {*made.unreleased, *made.effects}
        assert asked <= set(self.play.sent) | self.denied(asked)
        assert self.play.plan().is_empty

    def run(self, state: State = State.ACCEPTED, *, writes: bool = True) -> Plan:
        made = self.play.plan()
        for effect in made.effects:
            self.check_that_it_may_leave(effect, made)
        assert made == self.play.run(state, writes=writes)
        if writes:
            self.seen = {effect.reference: effect for effect in (*made.early, *made.unreleased)}
        return made

    # --- what must hold ------------------------------------------------------------------------------

    def check_that_it_may_leave(self, effect: Effect, made: Plan) -> None:
        """Nothing leaves that was not shown and released, and nothing rests on a word that may still change."""
        verdict = next(each for each in made.assessment.verdicts if each.reference == effect.reference)
        word = self.play.words.get(verdict.case.applicant.row - 2, "")
        assert word != "Hold" or effect.kind == Kind.RECEIVED
        if effect.kind in self.play.call.approve:
            was_written = any(each.effect == effect for each in made.resumed)
            said = DECIDING.get(word) == effect.kind or (was_written and effect in self.by_word())
            assert effect in self.released or said, (word, effect)
        if effect.kind != Kind.RECEIVED:
            assert verdict.case.settles is None

    def by_word(self) -> set[Effect]:
        return {each.effect for each in self.play.history.releases if each.how == "word"}

    def check_that_everybody_who_waits_is_listed(self, made: Plan) -> None:
        told = {standing.reference for standing in made.standings}
        listed = {effect.reference for effect in made.unreleased}
        assert any(need.kind is NeedKind.APPROVAL for need in made.needs) == bool(listed)
        for verdict in made.assessment.verdicts:
            if verdict.now.standing and verdict.reference not in told | listed:
                assert {
                    reason.kind for reason in verdict.reasons
                } & WAITS or verdict.event.name == "PASSED_OVER"  # type: ignore[union-attr]  # with every standing

    def denied(self, effects: set[Effect]) -> set[Effect]:
        """Return the effects of people about whom the organisers said another thing, or who are asked about."""
        last = {verdict.reference: verdict for verdict in self.play.plan().assessment.verdicts}
        return {
            effect
            for effect in effects
            if (verdict := last[effect.reference]).case.override
            and verdict.case.override.word is not Word.ELIGIBLE
        }

    def seen_in(self, nth: int) -> Effect | None:
        address = self.play.rows[nth].split("|")[1].strip()
        return next((effect for effect in self.seen.values() if effect.to == address), None)


def test_nothing_leaves_unreleased_and_nothing_released_stays() -> None:
    play(Approval, 12, SHORT)


@pytest.mark.slow
def test_nothing_leaves_unreleased_and_nothing_released_stays_for_long() -> None:
    play(Approval, 25, LONG)
