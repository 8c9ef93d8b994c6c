"""Examples that the rules must get right: answers with the outcome that organisers expect."""

from collections.abc import Mapping

from pipeline.audience.classify import classify, find
from pipeline.model.applicant import Eligibility
from pipeline.model.call import Call
from pipeline.model.frozen import dataclass
from pipeline.model.text import listed, quote


@dataclass(frozen=True, slots=True)
class Example:
    """One example; `place` is where it is written (`file:line`). Empty `category` and `rule` are not compared."""

    where: str
    title: str
    answers: Mapping[str, str]
    outcome: Eligibility
    category: str = ""
    rule: str = ""


def failures(call: Call, examples: tuple[Example, ...]) -> tuple[str, ...]:
    """Say of every example that the rules judge otherwise: where it is, what was expected, what they say."""
    return tuple(filter(None, (_failure(call, example) for example in examples)))


def _failure(call: Call, example: Example) -> str:
    found = classify(call.audience, call.columns, example.answers)
    rules = tuple(rule.id for rule in find(call.audience, example.answers).rules)
    is_right = (
        found.eligibility is example.outcome
        and example.category in ("", found.category)
        and (not example.rule or example.rule in rules)
    )
    if is_right:
        return ""
    expected = _named(example.outcome, example.category, (example.rule,) if example.rule else ())
    said = _named(found.eligibility, found.category, rules)
    what = f"{example.where}: {quote(example.title)} should be {expected}, but the rules say {said}: {found.reason}"
    return f"{what} Correct the rules, or the example."


def _named(outcome: Eligibility, category: str, rules: tuple[str, ...]) -> str:
    by = f" by {listed(rules)}" if rules and rules != (category,) else ""
    return f"{outcome}{f' ({category})' if category else ''}{by}"
