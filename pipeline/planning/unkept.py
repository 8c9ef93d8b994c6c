"""Answers whose time has come (`retention.answers` in config/service.yaml): no reason of ours quotes them any more.

The answers themselves stand in the sheet and are the organisers'. Which answer a sentence quotes is known by the rule
whose sentence it is; one that no rule of today could have made may quote any.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from pipeline.audience.classify import could_say, names_in
from pipeline.audience.combined import ANY_TEXT
from pipeline.decisions.assess import Assessment
from pipeline.decisions.verdict import Verdict
from pipeline.model.call import Call
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.rules import Category, Rule
from pipeline.model.settings import Retention

Reasons: TypeAlias = tuple[Reason, ...]

NOT_KEPT = because(ReasonKind.NOT_KEPT)


def find_unkept(retention: Retention, call: Call, now: datetime) -> frozenset[str]:
    """Return the keys of the answers of which no copy may be held at `now`."""
    is_due = retention.answers_for is not None and now >= call.dates.ends + retention.answers_for
    return frozenset(retention.answers) if is_due else frozenset()


def without(unkept: frozenset[str], call: Call, reasons: Reasons) -> Reasons:
    """Return reasons that quote none of these answers; the others stay."""
    if not unkept:
        return reasons
    return tuple(dict.fromkeys(each if _is_kept(unkept, call, each) else NOT_KEPT for each in reasons))


def _is_kept(unkept: frozenset[str], call: Call, reason: Reason) -> bool:
    facts = dict(reason.facts)
    match reason.kind:
        case ReasonKind.RULE:
            rules = (rule for rule in _sentences(call) if could_say(rule, str(facts["text"])))
            quoted = [names_in(rule) for rule in rules]
            return bool(quoted) and (unkept | {ANY_TEXT}).isdisjoint(frozenset().union(*quoted))
        case ReasonKind.UNCLEAR | ReasonKind.NO_CATEGORY | ReasonKind.UNKNOWN_ANSWER:
            others = {header for key, header in call.columns.headers.items() if key not in unkept}
            answers = facts["answers"]
            assert isinstance(answers, tuple)  # noqa: S101 - pairs of an answer and its header
            return all(isinstance(pair, tuple) and pair[1] in others for pair in answers)
        case ReasonKind.SLIPS | ReasonKind.AS_WRITTEN:
            return False
        case _:  # what is full names the group that an answer puts somebody in
            return not (facts.get("full") or facts.get("causes"))


def _sentences(call: Call) -> tuple[str, ...]:
    audience = call.audience
    rules: tuple[Rule | Category, ...] = (*audience.hold, *audience.ineligible, *audience.review)
    return tuple(rule.reason for rule in (*rules, *audience.categories))


def keep_out(unkept: frozenset[str], call: Call, assessment: Assessment) -> Assessment:
    """Return what is concluded for everybody, with reasons that quote none of these answers."""
    verdicts = tuple(_without(unkept, call, verdict) for verdict in assessment.verdicts)
    return replace(assessment, verdicts=verdicts) if unkept else assessment


def _without(unkept: frozenset[str], call: Call, verdict: Verdict) -> Verdict:
    standing = verdict.standing
    if standing:
        standing = replace(standing, reasons=without(unkept, call, standing.reasons))
    return replace(verdict, reasons=without(unkept, call, verdict.reasons), standing=standing)
