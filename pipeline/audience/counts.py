"""Counts what the rules make of everybody, and the answers that no rule and no quota understood."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.audience.answers import How, understand
from pipeline.audience.classify import find
from pipeline.audience.trace import GROUPS
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.places import AtLeast, AtMost
from pipeline.model.rules import Answers, Audience, Rule
from pipeline.model.text import fold, one_line

OPEN, SEVERAL, NO_RULE = "not understood", "more than one category", "no category fits"
"""What stands for a rule where none decides."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that no rule understood, as it was first written, and how many people gave it."""

    key: str
    header: str
    answer: str
    times: int


@dataclass(frozen=True, slots=True)
class AudienceCounts:
    """How many applicants there are by category, outcome and rule, and what was not understood.

    `rules` counts every rule that decided, by group and id; one application can count for several.
    """

    outcomes: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, str, int], ...]
    unknown: tuple[Unknown, ...]


def count_audience(call: Call, everybody: Iterable[Answers]) -> AudienceCounts:
    """Count what the rules say of the newest answers of everybody, whatever organisers decided since."""
    outcomes: Counter[str] = Counter({outcome.value: 0 for outcome in Eligibility})
    rules: Counter[tuple[str, str]] = Counter(dict.fromkeys(_all_rules(call.audience), 0))
    unknown: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    for answers in everybody:
        found = find(call.audience, answers)
        outcomes[found.eligibility] += 1
        decided = found.eligibility is Eligibility.ELIGIBLE or any(
            isinstance(rule, Rule) for rule in found.rules
        )
        if decided:
            rules.update(_name(call.audience, rule.id) for rule in found.rules)
        else:
            rules["review", OPEN if found.open_keys else SEVERAL if found.rules else NO_RULE] += 1
        for key in dict.fromkeys((*found.open_keys, *_unread_by_quotas(call, answers))):
            seen = (key, fold(answers.get(key, "")))
            unknown[seen] += 1
            written.setdefault(seen, one_line(answers.get(key, "")))
    return AudienceCounts(
        tuple(outcomes.items()),
        tuple((category.title, rules["categories", category.id]) for category in call.audience.categories),
        tuple((group, name, number) for (group, name), number in rules.items()),
        tuple(
            Unknown(key, call.columns.question(key).header, written[key, folded], times)
            for (key, folded), times in sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _unread_by_quotas(call: Call, answers: Answers) -> Iterator[str]:
    """Yield the answers that places are counted by and that are none of those offered: “Italia” beside “Italy”."""
    places = call.places
    quotas: tuple[AtMost | AtLeast, ...] = (*places.at_most, *places.at_least, *places.nice_to_have)
    for key in dict.fromkeys(quota.group for quota in quotas):
        question = call.columns.question(key)
        if question.offered and understand(question, answers.get(key, "")).how is How.OWN:
            yield key


def _all_rules(audience: Audience) -> tuple[tuple[str, str], ...]:
    return tuple((group, rule.id) for group in GROUPS for rule in getattr(audience, group))


def _name(audience: Audience, wanted: str) -> tuple[str, str]:
    return next((group, name) for group, name in _all_rules(audience) if name == wanted)
