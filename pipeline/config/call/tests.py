"""One test of a rule as organisers write it (`is: "No"`), to the predicate that it means."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import inf

from pipeline.audience.bounds import Amount, Between, OnScale, Words
from pipeline.audience.combined import All, Not
from pipeline.audience.conditions import (
    Asks,
    Empty,
    Includes,
    LooksLikeCode,
    Mentions,
    NamesAddress,
    OneOf,
    OwnWords,
    SaysOnly,
)
from pipeline.audience.numbers import read_date
from pipeline.audience.vocabulary import Vocabularies, Vocabulary
from pipeline.config.call.names import Lookup
from pipeline.config.reading.nodes import Path, Value
from pipeline.config.reading.words import phrase_fault
from pipeline.model.fields import Plain
from pipeline.model.frozen import dataclass
from pipeline.model.rules import Condition
from pipeline.model.suggest import did_you_mean
from pipeline.model.text import fold, quote

UNREADABLE = All(())


@dataclass(frozen=True, slots=True)
class Test:
    """One test as written: where it stands, the key of the answer, and what stands behind its name."""

    path: Path
    key: str
    value: Value
    lookup: Lookup

    @property
    def name(self) -> str:
        return str(self.path[-1])

    def problem(self, what: str, next_step: str) -> Condition:
        """Note what is wrong with this test."""
        self.lookup.file.add(self.path, what, next_step)
        return UNREADABLE


def read_test(test: Test) -> Condition:
    """Read a test that stands for itself; an unknown one is noted."""
    read = _TESTS.get(test.name)
    if read is None:
        next_step = did_you_mean(
            test.name, TESTS, "Write one such as is, one_of or mentions (docs/audience.md)."
        )
        return test.problem(f"unknown test {quote(test.name)}", next_step)
    return read(test)


def _is(test: Test) -> Condition:
    if isinstance(test.value, list):
        return test.problem("“is” takes one text", "Write “one_of” for a list.")
    return _one_of(replace(test, value=[test.value]))


def _one_of(test: Test) -> Condition:
    answers = _texts(test)
    test.lookup.check_answers(test.path, test.key, answers)
    return OneOf(test.key, answers, test.lookup.question(test.key))


def _includes(test: Test) -> Condition:
    if not test.lookup.question(test.key).offered and not test.lookup.is_broken(test.key):
        what = f"“includes” needs options, and the column “{test.key}” has none"
        return test.problem(what, f"Give “{test.key}” its “options”, or use “mentions”.")
    written: Value = test.value if isinstance(test.value, list) else [test.value]
    answers = _texts(replace(test, value=written))
    test.lookup.check_answers(test.path, test.key, answers)
    return Includes(test.key, answers, test.lookup.question(test.key))


def _texts(test: Test) -> tuple[str, ...]:
    """Return the texts of a list; anything else is noted and left out."""
    if not isinstance(test.value, list) or not test.value:
        test.problem(f"“{test.name}” must be a list of texts", "Write them as [one, two].")
        return ()
    if not all(isinstance(each, str) and each.strip() and not isinstance(each, Plain) for each in test.value):
        test.problem(f"“{test.name}” must be text", 'Write one, in quotes if it looks like a number: "5".')
        return ()
    return tuple(map(str, test.value))


def _own_words(test: Test) -> Condition:
    offered = test.lookup.question(test.key).offered
    if not offered and not test.lookup.is_broken(test.key):
        what = f"the column “{test.key}” offers no answers, so all are in the applicant's own words"
        return test.problem(what, f"Give “{test.key}” its “options”, or use another test.")
    return _yes_or_no(test, OwnWords(test.key, test.lookup.question(test.key)))


def _empty(test: Test) -> Condition:
    return _yes_or_no(test, Empty(test.key))


def _looks_like_code(test: Test) -> Condition:
    return _yes_or_no(test, LooksLikeCode(test.key))


def _yes_or_no(test: Test, condition: Condition) -> Condition:
    if not isinstance(test.value, Plain) or test.value.lower() not in {"true", "false"}:
        return test.problem(f"“{test.name}” must be true or false", "Write true or false, without quotes.")
    return condition if test.value.lower() == "true" else Not(condition)


def _mentions(test: Test) -> Condition:
    return Mentions(test.key, _vocabulary(test))


def _mentions_one_of(test: Test) -> Condition:
    names = _texts(test)
    return Mentions(test.key, Vocabularies(tuple(_named_vocabulary(test, name) for name in names)))


def _mentions_surely(test: Test) -> Condition:
    return Mentions(test.key, _vocabulary(test), surely=True)


def _asks(test: Test) -> Condition:
    return _yes_or_no(test, Asks(test.key))


def _names_address(test: Test) -> Condition:
    return _yes_or_no(test, NamesAddress(test.key, "email"))


def _says_only(test: Test) -> Condition:
    return SaysOnly(test.key, _vocabulary(test))


def _vocabulary(test: Test) -> Vocabulary:
    """Return the vocabulary that is named, or written out."""
    if isinstance(test.value, str):
        return _named_vocabulary(test, test.value)
    phrases = _texts(test)
    for phrase in phrases:
        if fault := phrase_fault(phrase):
            test.problem(f"{quote(phrase)} {fault[0]}", fault[1])
    return Vocabulary(phrases)


def _named_vocabulary(test: Test, name: str) -> Vocabulary:
    known = test.lookup.names.vocabulary
    if name not in known:
        next_step = did_you_mean(
            name, known, "Write the name of a file in config/vocabulary/, or the words as [one, two]."
        )
        test.problem(f"there is no vocabulary {quote(name)}", next_step)
    return test.lookup.vocabulary.get(name, Vocabulary((), title=name))


# --- from here to there ------------------------------------------------------------------------------------


def _words(tests: list[Test]) -> Condition:
    limits = {test.name: _count(test) for test in tests}
    return Words(tests[0].key, limits.get("words_at_least") or 0, limits.get("words_at_most"))


def _count(test: Test) -> int | None:
    if isinstance(test.value, Plain) and _COUNT.fullmatch(test.value):
        return int(test.value)
    test.problem(f"“{test.name}” must be a whole number from 1 to 9999", "Write it without quotes.")
    return None


def _between(tests: list[Test]) -> Condition:
    days = {test.name: _day(test) for test in tests}
    after, before = days.get("after") or date.min, days.get("before") or date.max
    if after >= before:
        return tests[-1].problem("no day is both after and before", "Swap “after” and “before”.")
    return Between(tests[0].key, after, before, tests[0].lookup.question(tests[0].key).date_formats)


def _day(test: Test) -> date | None:
    written = test.value if isinstance(test.value, str) else ""
    found = read_date(written)
    if found is None:
        test.problem(f"“{test.name}” must be a date", "Write one as 2023-08-01.")
    return found


def _on_scale(tests: list[Test]) -> Condition:
    """Read bounds on a scale where the column has one, of a number where it offers nothing."""
    test = tests[0]
    question = test.lookup.question(test.key)
    if not question.scale:
        return _without_scale(test) if question.options else _amount(tests)
    limits = {test.name: _step(test, question.scale) for test in tests}
    lowest, highest = limits.get("at_least", 0), limits.get("at_most", len(question.scale) - 1)
    if lowest > highest:
        return tests[-1].problem(*_CROSSED)
    return OnScale(test.key, question, question.scale[lowest], question.scale[highest])


def _amount(tests: list[Test]) -> Condition:
    if tests[0].lookup.is_broken(tests[0].key):
        return UNREADABLE
    limits = {test.name: _number(test) for test in tests}
    low, high = limits.get("at_least", -inf), limits.get("at_most", inf)
    return Amount(tests[0].key, low, high) if low <= high else tests[-1].problem(*_CROSSED)


def _number(test: Test) -> float:
    if isinstance(test.value, Plain) and _NUMBER.fullmatch(test.value):
        return float(test.value)
    what = f"“{test.name}” must be a number, since the column “{test.key}” has no scale"
    test.problem(what, "Write digits without quotes, as in 18 or 1.5.")
    return 0.0


def _without_scale(test: Test) -> Condition:
    if test.lookup.is_broken(test.key):
        return UNREADABLE
    what = f"“{test.name}” needs a scale, and the column “{test.key}” has none"
    return test.problem(what, f"Give “{test.key}” a “scale” in place of “options”, lowest first.")


def _step(test: Test, scale: tuple[str, ...]) -> int:
    """Return the position on the scale; a text that is not on it is noted and counts as every step."""
    step = _texts(replace(test, value=[test.value]))
    folded = [fold(each) for each in scale]
    if step and fold(step[0]) in folded:
        return folded.index(fold(step[0]))
    test.lookup.check_answers(test.path, test.key, step)
    return 0 if test.name == "at_least" else len(scale) - 1


_COUNT = re.compile(r"[1-9]\d{0,3}")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,4})?")
_CROSSED = ("no answer is so high and so low at once", "Swap “at_least” and “at_most”.")
_TESTS: dict[str, Callable[[Test], Condition]] = {
    "is": _is,
    "one_of": _one_of,
    "includes": _includes,
    "own_words": _own_words,
    "empty": _empty,
    "looks_like_code": _looks_like_code,
    "mentions": _mentions,
    "mentions_one_of": _mentions_one_of,
    "mentions_surely": _mentions_surely,
    "says_only": _says_only,
    "asks": _asks,
    "names_address": _names_address,
}
BOUNDS: dict[str, Callable[[list[Test]], Condition]] = {
    "words_at_least": _words,
    "words_at_most": _words,
    "at_least": _on_scale,
    "at_most": _on_scale,
    "after": _between,
    "before": _between,
}
TESTS = (*_TESTS, *BOUNDS)
"""The names of all tests."""
