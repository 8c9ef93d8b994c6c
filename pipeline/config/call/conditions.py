"""Conditions as organisers write them, to the predicates of `conditions`; every unknown word is a problem.

A problem never stops the reading: what cannot be read becomes `UNREADABLE`, and since any problem keeps the
whole configuration from being used, that stand-in is never asked.
"""

from pipeline.audience.combined import ANY_TEXT, All, Any, AnyText, Contradict, Not
from pipeline.config.call.names import Lookup
from pipeline.config.call.tests import BOUNDS, UNREADABLE, Test, read_test
from pipeline.config.reading.nodes import Path, Value
from pipeline.model.question import Question
from pipeline.model.rules import Condition

_ALL_ALONG = frozenset({"timestamp", "email", "first_name", "family_name", "response_id"})
COMBINED = ("all", "any", "not", "contradicts")
"""The words that combine conditions; so no column can have them as its key."""


def read_condition(lookup: Lookup, path: Path, written: Value) -> Condition:
    """Read the condition that stands at `path`; its entries must all hold."""
    if not isinstance(written, dict) or not written:
        lookup.file.add(path, f"{_place(path)} must be a condition", 'Write one such as {vetos: {is: "No"}}.')
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
    if key == "contradicts":
        return _contradict(lookup, path, value)
    if key == ANY_TEXT:
        return AnyText(_free_texts(lookup), _read_tests(lookup, path, value))
    if lookup.check_key(path, key, (*COMBINED, ANY_TEXT)):
        return _read_tests(lookup, path, value)
    return UNREADABLE


def _free_texts(lookup: Lookup) -> dict[str, Question]:
    """Return the questions that people answer in words of their own, or can: not who they are, and when they wrote."""
    return {key: lookup.question(key) for key in lookup.columns if key not in _ALL_ALONG}


def _contradict(lookup: Lookup, path: Path, value: Value) -> Condition:
    condition = Contradict(_read_list(lookup, path, value))
    if condition.parts and UNREADABLE not in condition.parts and len(condition.keys) < 2:
        what = "“contradicts” compares different answers, and this looks at one"
        lookup.file.add(path, what, "Name two answers or more, each behind a “- ”.")
    return condition


def _read_list(lookup: Lookup, path: Path, value: Value) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        what = f"{_place(path)} must be a list of conditions"
        lookup.file.add(path, what, "Write each on a line of its own behind a “- ”.")
        return ()
    return tuple(read_condition(lookup, (*path, index), each) for index, each in enumerate(value))


def _read_tests(lookup: Lookup, path: Path, value: Value) -> Condition:
    key = str(path[-1])
    if not isinstance(value, dict) or not value:
        what = f"{_place(path)} does not say what the answer is compared with"
        lookup.file.add(path, what, f"Write a test such as {key}: {{is: …}}.")
        return UNREADABLE
    tests = [Test((*path, name), key, each, lookup) for name, each in value.items()]
    bounds = [test for test in tests if test.name in BOUNDS]
    parts = [read_test(test) for test in tests if test.name not in BOUNDS]
    kinds = dict.fromkeys(BOUNDS[test.name] for test in bounds)
    parts += [kind([test for test in bounds if BOUNDS[test.name] is kind]) for kind in kinds]
    return _joined(parts)
