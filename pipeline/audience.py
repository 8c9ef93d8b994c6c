"""The target audience: in, out, or ask a person; always with the sentence that quotes what decided.

Asked in this order: rules that hold an application back, rules that surely exclude it, rules that want a
person, what cannot be told, and at last the categories. Only evidence decides: what is missing, contradictory
or understood by no rule is `review`.
"""

import re
from collections.abc import Iterable

from pipeline.answers import explain_slips
from pipeline.call import Audience, Category, Columns, Rule
from pipeline.conditions import Answers, unclear
from pipeline.model import Classification, Eligibility
from pipeline.text import fold, listed, quote

_FIELD = re.compile(r"\{(\w+)\}")


def classify(audience: Audience, columns: Columns, answers: Answers) -> Classification:
    """Say what the rules conclude of one applicant's answers, and why in one sentence."""
    for rules, eligibility in (
        (audience.hold, Eligibility.HELD),
        (audience.ineligible, Eligibility.INELIGIBLE),
        (audience.review, Eligibility.REVIEW),
    ):
        if holding := tuple(rule for rule in rules if rule.when.holds(answers)):
            return Classification(eligibility, reason=_reason(holding, columns, answers))
    if open_keys := _open_keys((*audience.hold, *audience.ineligible, *audience.review), answers):
        return Classification(Eligibility.REVIEW, reason=_unclear(open_keys, columns, answers))
    return _categorise(audience.categories, columns, answers)


def _reason(rules: tuple[Rule | Category, ...], columns: Columns, answers: Answers) -> str:
    """Join the sentences of the rules that decide, and say which answer was misspelt and how it was read."""
    keys = dict.fromkeys(key for rule in rules for key in rule.when.keys)
    slips = explain_slips({key: columns.question(key) for key in keys}, answers)
    return " ".join((*(fill(rule.reason, answers) for rule in rules), *filter(None, [slips])))


def _categorise(categories: tuple[Category, ...], columns: Columns, answers: Answers) -> Classification:
    fitting = tuple(category for category in categories if category.when.holds(answers))
    if len(fitting) == 1:
        return Classification(Eligibility.ELIGIBLE, fitting[0].id, _reason(fitting, columns, answers))
    if fitting:
        titles = listed(tuple(category.title for category in fitting))
        return Classification(Eligibility.REVIEW, reason=f"Fits more than one category: {titles}.")
    if open_keys := _open_keys(categories, answers):
        return Classification(Eligibility.REVIEW, reason=_unclear(open_keys, columns, answers))
    return Classification(Eligibility.REVIEW, reason=_no_rule(categories, columns, answers))


def _open_keys(rules: Iterable[Rule | Category], answers: Answers) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for rule in rules for key in unclear(rule.when, answers)))


def _unclear(keys: tuple[str, ...], columns: Columns, answers: Answers) -> str:
    """Name the answers that leave the rules open: the empty ones first, then those in own words."""
    empty = tuple(f"“{columns.headers[key]}”" for key in keys if not fold(answers.get(key, "")))
    if empty:
        return f"No answer to {listed(empty)}, which the rules need."
    own = tuple(f"{quote(answers[key])} (to “{columns.headers[key]}”)" for key in keys)
    return f"The rules do not know the answer {listed(own)}."


def _no_rule(categories: tuple[Category, ...], columns: Columns, answers: Answers) -> str:
    keys = dict.fromkeys(key for category in categories for key in category.when.keys)
    shown = tuple(
        f"{quote(answers[key], 40)} to “{columns.headers[key]}”" for key in keys if answers.get(key)
    )
    return f"No category fits these answers: {listed(shown[:4])}."


def fill(sentence: str, answers: Answers) -> str:
    """Fill a rule's sentence: `{key}` becomes that answer, quoted; an empty one is said to be empty."""
    return _FIELD.sub(lambda found: _said(answers.get(found[1], "")), sentence)


def _said(answer: str) -> str:
    return quote(answer) if answer.strip() else "nothing"
