"""No reason quotes an answer whose time has come; what quotes others stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.audience.classify import could_say, fill
from pipeline.intake.memory import Memory
from pipeline.intake.rows import read_entries
from pipeline.model.reason import Reason, ReasonKind, as_written, because
from pipeline.model.rules import Rule
from pipeline.model.settings import Retention
from pipeline.planning.unkept import NOT_KEPT, find_unkept, keep_out, without
from tests.support.build import ANA, CALL, NEW, SELECTION, plan, responses

ROLE = frozenset({"role"})
AFTER = Retention(answers=("role",), answers_for=timedelta(days=1))
RULE = because(ReasonKind.RULE, text="Works in management: answered “Manager”.")
NO_VETOS = because(ReasonKind.RULE, text="Does not work with VETOs: answered “No”.")


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        (RULE, False),
        (NO_VETOS, True),
        (because(ReasonKind.RULE, text="Did not agree."), True),
        (because(ReasonKind.RULE, text="A rule of last week: answered “Manager”."), False),
        (as_written("Works in management: answered “Manager”."), False),
        (because(ReasonKind.SLIPS, slips=(("Manger", "Manager"),)), False),
        (because(ReasonKind.UNCLEAR, answers=(("perhaps", "VETOs"),)), True),
        (because(ReasonKind.UNCLEAR, answers=(("perhaps", "VETOs"), ("boss", "Role"))), False),
        (because(ReasonKind.NO_CATEGORY, answers=(("boss", "What are you?"),)), False),
        (because(ReasonKind.OFFERED, rank=1, tier=0, causes=()), True),
        (because(ReasonKind.OFFERED, rank=1, tier=0, causes=(("needed", (("Managers", 2),), ()),)), False),
        (because(ReasonKind.WAITING, places=0, full=(("Managers", 2),), position=1), False),
        (because(ReasonKind.DECIDED, word="Invite"), True),
    ],
)
def test_what_quotes_an_answer_or_may_quote_it_goes(reason: Reason, kept: bool) -> None:
    assert without(ROLE, CALL, (reason,)) == ((reason,) if kept else (NOT_KEPT,))


def test_nothing_goes_before_its_time_and_one_sentence_stands_for_all_that_went() -> None:
    assert without(frozenset(), CALL, (RULE,)) == (RULE,)
    assert without(ROLE, CALL, (RULE, as_written("x"), NO_VETOS)) == (NOT_KEPT, NO_VETOS)


@pytest.mark.parametrize(
    ("days", "retention", "unkept"),
    [(0.9, AFTER, frozenset()), (1, AFTER, ROLE), (99, Retention(), frozenset())],
)
def test_the_time_counts_from_the_end_of_the_event(
    days: float, retention: Retention, unkept: frozenset[str]
) -> None:
    assert find_unkept(retention, CALL, CALL.dates.ends + timedelta(days=days)) == unkept


@pytest.mark.parametrize("answer", ["Manager", "", "[x] {y}", "one\nand two"])
def test_a_filled_sentence_is_known_again(answer: str) -> None:
    sentence = "Works in {role}[, namely {other}] (since ever)."
    assert could_say(sentence, fill(sentence, {"role": answer, "other": ""}))
    assert could_say(sentence, fill(sentence, {"role": answer, "other": "that"}))
    assert not could_say(sentence, "Works in that (since never).")


def test_verdicts_and_new_standings_quote_nothing_either() -> None:
    assessment = plan(responses(ANA), SELECTION).assessment
    (verdict,) = keep_out(ROLE, CALL, assessment).verdicts
    assert verdict.standing is not None
    assert (RULE in assessment.verdicts[0].reasons, RULE in verdict.reasons) == (True, False)
    assert (NOT_KEPT in verdict.reasons, NOT_KEPT in verdict.standing.reasons) == (True, True)
    assert keep_out(frozenset(), CALL, assessment) is assessment


def test_no_hash_of_such_an_answer_is_noted() -> None:
    (entry,) = read_entries(responses(ANA), CALL)
    (other,) = read_entries(responses(ANA.replace("Manager", "Psychologist")), CALL)
    assert Memory(NEW).note(entry) != Memory(NEW).note(other)
    assert Memory(NEW, ROLE).note(entry) == Memory(NEW, ROLE).note(other)


def test_a_sentence_that_quotes_any_text_may_quote_such_an_answer() -> None:
    rule = Rule("beside", CALL.audience.review[0].when, "Wrote: {any_text}.")
    call = replace(CALL, audience=replace(CALL.audience, review=(rule,)))
    assert without(ROLE, call, (because(ReasonKind.RULE, text="Wrote: “online”."),)) == (NOT_KEPT,)
