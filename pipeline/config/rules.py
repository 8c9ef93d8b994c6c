"""Conditions as organisers write them, to the predicates of `conditions`; every unknown word is a problem.

A problem never stops the reading: what cannot be read becomes `UNREADABLE`, and since any problem keeps the
whole configuration from being used, that stand-in is never asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from pipeline.conditions import All, Any, Condition, Empty, Mentions, Not, OneOf, OnScale, OwnWords, Words
from pipeline.config.names import Lookup
from pipeline.config.suggest import did_you_mean
from pipeline.config.tree import Block, Path, Plain, Series, Value
from pipeline.config.words import phrase_fault
from pipeline.text import fold, quote

UNREADABLE = All(())
COMBINED = ("all", "any", "not")
"""The words that combine conditions; so no column can have them as its key."""


@dataclass(frozen=True, slots=True)
class _Test:
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
        self.lookup.source.add(self.path, what, next_step)
        return UNREADABLE


def read_condition(lookup: Lookup, path: Path, written: Value) -> Condition:
    """Read the condition that stands at `path`; its entries must all hold."""
    if not isinstance(written, Block) or not written:
        lookup.source.add(
            path, f"{_place(path)} must be a condition", 'Write one such as {vetos: {is: "No"}}.'
        )
        return UNREADABLE
    return _joined([_read_entry(lookup, (*path, key), value) for key, value in written.items()])


def _place(path: Path) -> str:
    return f"an entry of “{path[-2]}”" if isinstance(path[-1], int) else f"“{path[-1]}”"


def _joined(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _read_entry(lookup: Lookup, path: Path, value: Value) -> Condition:
    key = str(path[-1])
    if key == "not":
        return Not(read_condition(lookup, path, value))
    if key == "all":
        return All(_read_list(lookup, path, value))
    if key == "any":
        return Any(_read_list(lookup, path, value))
    if lookup.check_key(path, key, COMBINED):
        return _read_tests(lookup, path, value)
    return UNREADABLE


def _read_list(lookup: Lookup, path: Path, value: Value) -> tuple[Condition, ...]:
    if not isinstance(value, Series) or not value:
        what = f"{_place(path)} must be a list of conditions"
        lookup.source.add(path, what, "Write each on a line of its own behind a “- ”.")
        return ()
    return tuple(read_condition(lookup, (*path, index), each) for index, each in enumerate(value))


def _read_tests(lookup: Lookup, path: Path, value: Value) -> Condition:
    key = str(path[-1])
    if not isinstance(value, Block) or not value:
        what = f"{_place(path)} does not say what the answer is compared with"
        lookup.source.add(path, what, f"Write a test such as {key}: {{is: …}}.")
        return UNREADABLE
    tests = [_Test((*path, name), key, each, lookup) for name, each in value.items()]
    steps = [test for test in tests if test.name in _SCALE_TESTS]
    others = [_read_test(test) for test in tests if test.name not in _SCALE_TESTS]
    return _joined([*others, *([_on_scale(steps)] if steps else [])])


def _read_test(test: _Test) -> Condition:
    read = _TESTS.get(test.name)
    if read is None:
        return test.problem(f"unknown test {quote(test.name)}", did_you_mean(test.name, TESTS))
    return read(test)


def _is(test: _Test) -> Condition:
    if isinstance(test.value, Series):
        return test.problem("“is” takes one text", "Write “one_of” for a list.")
    return _one_of(replace(test, value=Series([(test.value, 0)])))


def _one_of(test: _Test) -> Condition:
    answers = _texts(test)
    test.lookup.check_answers(test.path, test.key, answers)
    return OneOf(test.key, answers, test.lookup.offered(test.key))


def _texts(test: _Test) -> tuple[str, ...]:
    """Return the texts of a list; anything else is noted and left out."""
    if not isinstance(test.value, Series) or not test.value:
        test.problem(f"“{test.name}” must be a list of texts", "Write them as [one, two].")
        return ()
    if not all(isinstance(each, str) and each.strip() and not isinstance(each, Plain) for each in test.value):
        test.problem(f"“{test.name}” must be text", 'Write one, in quotes if it looks like a number: "5".')
        return ()
    return tuple(map(str, test.value))


def _own_words(test: _Test) -> Condition:
    offered = test.lookup.offered(test.key)
    if not offered and not test.lookup.is_broken(test.key):
        what = f"the column “{test.key}” offers no answers, so all are in the applicant's own words"
        return test.problem(what, f"Give “{test.key}” its “options”, or use another test.")
    return _yes_or_no(test, OwnWords(test.key, offered))


def _empty(test: _Test) -> Condition:
    return _yes_or_no(test, Empty(test.key))


def _yes_or_no(test: _Test, condition: Condition) -> Condition:
    if not isinstance(test.value, Plain) or test.value.lower() not in {"true", "false"}:
        return test.problem(f"“{test.name}” must be true or false", "Write true or false, without quotes.")
    return condition if test.value.lower() == "true" else Not(condition)


def _mentions(test: _Test) -> Condition:
    if isinstance(test.value, str):
        return _mentions_named(test, test.value)
    phrases = _texts(test)
    for phrase in phrases:
        if fault := phrase_fault(phrase):
            test.problem(f"{quote(phrase)} {fault[0]}", fault[1])
    return Mentions(test.key, phrases)


def _mentions_named(test: _Test, name: str) -> Condition:
    known = test.lookup.names.vocabulary
    if name not in known:
        next_step = did_you_mean(name, known, "Write a name under “vocabulary”, or the words as [one, two].")
        return test.problem(f"there is no vocabulary {quote(name)}", next_step)
    return Mentions(test.key, test.lookup.vocabulary.get(name, ()))


def _words_at_least(test: _Test) -> Condition:
    if not isinstance(test.value, Plain) or not _NUMBER.fullmatch(test.value):
        return test.problem(
            f"“{test.name}” must be a whole number from 1 to 9999", "Write it without quotes."
        )
    return Words(test.key, int(test.value))


def _on_scale(tests: list[_Test]) -> Condition:
    scale = tests[0].lookup.scale(tests[0].key)
    if not scale:
        return _without_scale(tests[0])
    limits = {test.name: _step(test, scale) for test in tests}
    lowest, highest = limits.get("at_least", 0), limits.get("at_most", len(scale) - 1)
    if lowest > highest:
        return tests[-1].problem("no answer is so high and so low at once", "Swap “at_least” and “at_most”.")
    return OnScale(tests[0].key, scale, scale[lowest], scale[highest])


def _without_scale(test: _Test) -> Condition:
    if test.lookup.is_broken(test.key):
        return UNREADABLE
    what = f"“{test.name}” needs a scale, and the column “{test.key}” has none"
    return test.problem(what, f"Give “{test.key}” a “scale” in place of “options”, lowest first.")


def _step(test: _Test, scale: tuple[str, ...]) -> int:
    """Return the position on the scale; a text that is not on it is noted and counts as every step."""
    step = _texts(replace(test, value=Series([(test.value, 0)])))
    folded = [fold(each) for each in scale]
    if step and fold(step[0]) in folded:
        return folded.index(fold(step[0]))
    test.lookup.check_answers(test.path, test.key, step)
    return 0 if test.name == "at_least" else len(scale) - 1


_NUMBER = re.compile(r"[1-9]\d{0,3}")
_SCALE_TESTS = ("at_least", "at_most")
_TESTS: dict[str, Callable[[_Test], Condition]] = {
    "is": _is,
    "one_of": _one_of,
    "own_words": _own_words,
    "empty": _empty,
    "mentions": _mentions,
    "words_at_least": _words_at_least,
}
TESTS = (*_TESTS, *_SCALE_TESTS)
"""The names of all tests."""
