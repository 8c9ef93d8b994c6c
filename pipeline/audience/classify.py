"""The target audience: in, out, or ask a person; always with the sentence that quotes what decided.

Asked in this order: rules that hold an application back, rules that surely exclude it, rules that want a
person, what cannot be told, and at last the categories. Only evidence decides: what is missing, contradictory
or understood by no rule is `review`.
"""

import re
from collections.abc import Callable, Iterable

from pipeline.audience.answers import find_slips
from pipeline.audience.combined import ANY_TEXT, leaves_of, quoted, unclear
from pipeline.audience.conditions import NamesAddress
from pipeline.model.applicant import Classification, Eligibility
from pipeline.model.call import Columns
from pipeline.model.frozen import dataclass
from pipeline.model.reason import Reason, ReasonKind, because
from pipeline.model.rules import Answers, Audience, Category, Rule
from pipeline.model.text import fold, quote, shorten

_FIELD = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules found: the `rules` that decide, or the keys of the answers that leave them open.

    Neither means that no rule speaks of these answers. More than one category decides nothing.
    """

    eligibility: Eligibility
    rules: tuple[Rule | Category, ...] = ()
    open_keys: tuple[str, ...] = ()


def find(audience: Audience, answers: Answers) -> Finding:
    """Ask the rules in their order, and stop where some of a kind decide or nothing can be told."""
    left_open: list[Rule] = []
    for rules, eligibility in (
        (audience.hold, Eligibility.HELD),
        (audience.ineligible, Eligibility.INELIGIBLE),
        (audience.review, Eligibility.REVIEW),
    ):
        found = [(rule, rule.when.holds(answers)) for rule in rules]
        if holding := tuple(rule for rule, holds in found if holds):
            return Finding(eligibility, holding)
        left_open += (rule for rule, holds in found if holds is None)
    if open_keys := _open_keys(left_open, answers):
        return Finding(Eligibility.REVIEW, open_keys=open_keys)
    fitting = tuple(category for category in audience.categories if category.when.holds(answers))
    if len(fitting) > 1:
        return Finding(Eligibility.REVIEW, fitting)
    if not fitting:
        return Finding(Eligibility.REVIEW, open_keys=_open_keys(audience.categories, answers))
    if open_keys := _open_besides(fitting[0], audience.categories, answers):
        return Finding(Eligibility.REVIEW, open_keys=open_keys)
    return Finding(Eligibility.ELIGIBLE, fitting)


def _open_besides(fitting: Category, categories: Iterable[Category], answers: Answers) -> tuple[str, ...]:
    """Return the answers that alone keep somebody from fitting a second category for sure.

    What already decided for the first is no such answer: a text that names it is not open any more.
    """
    open_keys = (unclear(other.when, answers) for other in categories if other is not fitting)
    decided = frozenset(fitting.when.keys)
    return tuple(dict.fromkeys(key for keys in open_keys if decided.isdisjoint(keys) for key in keys))


def _open_keys(rules: Iterable[Rule | Category], answers: Answers) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for rule in rules for key in unclear(rule.when, answers)))


Classify = Callable[[Answers], Classification]
"""What says what the rules conclude of one applicant's answers."""


class Classifier:
    """Classifies applicants of one run: those whose answers are equal in all that the rules look at, once.

    Where a text names an address, the rules look at the applicant's own, too. Lives no longer than the run: it holds
    answers.
    """

    def __init__(self, audience: Audience, columns: Columns) -> None:
        self._audience, self._columns = audience, columns
        self._keys, self._own = _looked_at(audience, columns)
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], Classification] = {}

    def __call__(self, answers: Answers) -> Classification:
        """Say what the rules conclude of one applicant's answers, and why."""
        said = tuple([answers.get(key, "") for key in self._keys])
        is_address_named = any("@" in answer for answer in said)
        own = tuple(answers.get(key, "") for key in self._own) if is_address_named else ()
        found = self._known.get((said, own))
        if found is None:
            found = self._known[said, own] = classify(self._audience, self._columns, answers)
        return found


def _looked_at(audience: Audience, columns: Columns) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys of all answers that a classification rests on, and of people's own addresses."""
    rules: list[Rule | Category] = [
        *audience.hold,
        *audience.ineligible,
        *audience.review,
        *audience.categories,
    ]
    leaves = [leaf for rule in rules for leaf in leaves_of(rule.when)]
    own = dict.fromkeys(leaf.own for leaf in leaves if isinstance(leaf, NamesAddress))
    looked = (
        key for leaf in leaves for key in ((leaf.key,) if isinstance(leaf, NamesAddress) else leaf.keys)
    )
    quotes = (key for rule in rules for key in names_in(rule.reason))
    misspelt = (key for key, question in columns.questions.items() if question.offered)
    return tuple(dict.fromkeys((*looked, *quotes, *misspelt))), tuple(own)


def classify(audience: Audience, columns: Columns, answers: Answers) -> Classification:
    """Say what the rules conclude of one applicant's answers, and why."""
    found = find(audience, answers)
    if found.open_keys:
        return Classification(found.eligibility, reasons=(_unclear(found.open_keys, columns, answers),))
    if not found.rules:
        return Classification(found.eligibility, reasons=(_no_rule(audience.categories, columns, answers),))
    if found.eligibility is Eligibility.ELIGIBLE:
        reasons = _reasons(found.rules, columns, answers, asked=tuple(columns.questions))
        return Classification(found.eligibility, found.rules[0].id, reasons)
    fitting = tuple(category.title for category in found.rules if isinstance(category, Category))
    if fitting:
        several = because(ReasonKind.SEVERAL_CATEGORIES, titles=fitting)
        return Classification(found.eligibility, reasons=(several,))
    return Classification(found.eligibility, reasons=_reasons(found.rules, columns, answers))


def _reasons(
    rules: tuple[Rule | Category, ...], columns: Columns, answers: Answers, asked: tuple[str, ...] = ()
) -> tuple[Reason, ...]:
    """Give the sentences of the rules that decide, and which answer was misspelt and how it was read.

    Told are slips in the answers that these rules look at, and in those that were `asked` besides.
    """
    keys = dict.fromkeys((*(key for rule in rules for key in rule.when.keys), *asked))
    slips = find_slips({key: columns.question(key) for key in keys}, answers)
    said = (fill(rule.reason, {**answers, ANY_TEXT: quoted(rule.when, answers)}) for rule in rules)
    return (*(because(ReasonKind.RULE, text=text) for text in said), *slips)


def _unclear(keys: tuple[str, ...], columns: Columns, answers: Answers) -> Reason:
    """Name the answers that leave the rules open: the empty ones, or else those in own words."""
    empty = tuple(columns.headers[key] for key in keys if not fold(answers.get(key, "")))
    if empty:
        return because(ReasonKind.UNANSWERED, questions=empty)
    own = tuple((shorten(answers[key]), columns.headers[key]) for key in keys)
    return because(ReasonKind.UNCLEAR, answers=own)


def _no_rule(categories: tuple[Category, ...], columns: Columns, answers: Answers) -> Reason:
    keys = dict.fromkeys(key for category in categories for key in category.when.keys)
    shown = tuple((shorten(answers[key], 40), columns.headers[key]) for key in keys if answers.get(key))
    return because(ReasonKind.NO_CATEGORY, answers=shown[:4])


def fill(sentence: str, answers: Answers) -> str:
    """Fill a rule's sentence: `{key}` becomes that answer, quoted; an empty one is said to be empty.

    A part in square brackets is left out where an answer in it is empty.
    """
    sentence = _OPTIONAL.sub(lambda part: _if_said(part[1], answers), sentence)
    return _FIELD.sub(lambda found: _said(answers.get(found[1], "")), sentence)


def could_say(sentence: str, text: str) -> bool:
    """Whether a text can be a rule's sentence, filled with any answers."""
    parts = re.split(r"(\{\w+\}|\[|\])", sentence)
    marks = {"[": "(?:", "]": ")?"}
    pattern = (marks.get(part) or (".*" if _FIELD.fullmatch(part) else re.escape(part)) for part in parts)
    return re.fullmatch("".join(pattern), text, re.DOTALL) is not None


def names_in(sentence: str) -> frozenset[str]:
    """Return the keys of the answers that a rule's sentence quotes."""
    return frozenset(_FIELD.findall(sentence))


def _if_said(part: str, answers: Answers) -> str:
    return part if all(answers.get(key, "").strip() for key in _FIELD.findall(part)) else ""


def _said(answer: str) -> str:
    return quote(answer) if answer.strip() else "nothing"
