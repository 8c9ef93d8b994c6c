"""Counts the steps that text operations take, so that a test can say how they grow without a clock.

A call costs one step and the length of every text that it is given; so does a method of a text. What a regular
expression costs is counted by a model of the library's matcher, which goes back as that does. A normalisation
costs the square of its text: it sorts accents by changing neighbours.
"""

import re
import re._constants as op  # type: ignore[import-not-found]  # the matcher's own, not in the stubs
import re._parser as parser  # type: ignore[import-not-found]  # as above
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import CO_GENERATOR
from types import FrameType, ModuleType
from typing import Any

Then = Callable[[int], int | None]


class Steps:
    """A count that many counters share."""

    def __init__(self) -> None:
        self.number = 0


def count_steps(act: Callable[[], object], modules: tuple[ModuleType, ...]) -> int:
    """Return how many steps `act` takes; `modules` are those whose regular expressions are counted."""
    steps = Steps()
    with _counted_patterns(modules, steps), _counted_normalisation(steps), _counted_calls(steps):
        act()
    return steps.number


@contextmanager
def _counted_patterns(modules: tuple[ModuleType, ...], steps: Steps) -> Iterator[None]:
    places = [(at, name, it) for at in modules for name, it in vars(at).items() if isinstance(it, re.Pattern)]
    for module, name, pattern in places:
        setattr(module, name, CountedPattern(pattern, steps))
    try:
        yield
    finally:
        for module, name, pattern in places:
            setattr(module, name, pattern)


@contextmanager
def _counted_normalisation(steps: Steps) -> Iterator[None]:
    plain = unicodedata.normalize

    def normalize(form: Any, text: str) -> str:
        steps.number += len(text) ** 2
        return plain(form, text)

    unicodedata.normalize = normalize
    try:
        yield
    finally:
        unicodedata.normalize = plain


@contextmanager
def _counted_calls(steps: Steps) -> Iterator[None]:
    def count(frame: FrameType, event: str, called: object) -> None:
        if frame.f_globals.get("__name__") == __name__:
            return  # the counting itself
        if event == "c_call":
            owner = getattr(called, "__self__", None)
            steps.number += 1 + (len(owner) if isinstance(owner, str) else 0)
        elif event == "call":
            is_resumed = frame.f_code.co_flags & CO_GENERATOR
            given = () if is_resumed else frame.f_locals.values()
            steps.number += 1 + sum(len(value) for value in given if isinstance(value, str))

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


class CountedPattern:
    """A regular expression that counts the steps of its matcher and answers as it always does."""

    def __init__(self, pattern: re.Pattern[str], steps: Steps) -> None:
        self._pattern, self._model = pattern, Model(pattern, steps)

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self._pattern, name)
        if name not in {"search", "match", "fullmatch", "sub", "split", "findall", "finditer"}:
            return ask

        def counted(*given: Any) -> Any:
            self._model.count(name, given[1] if name == "sub" else given[0])
            return ask(*given)

        return counted


class Model:
    """A backtracking matcher as the library's, slow, that counts every character it looks at."""

    def __init__(self, pattern: re.Pattern[str], steps: Steps) -> None:
        self._tree = list(parser.parse(pattern.pattern, pattern.flags))
        self._steps, self._flags = steps, pattern.flags
        self._text = ""
        self._groups: dict[int, str] = {}

    def count(self, asked: str, text: str) -> None:
        """Do what `asked` asks, for the sake of its steps."""
        self._text = text
        if asked in {"match", "fullmatch"}:
            whole = asked == "fullmatch"
            self._all(self._tree, 0, lambda end: end if not whole or end == len(text) else None)
            return
        at = 0
        while at <= len(text):
            end = next(
                (e for s in range(at, len(text) + 1) if (e := self._all(self._tree, s, _done)) is not None),
                None,
            )
            if end is None or asked == "search":
                return
            at = max(end, at + 1)

    def _all(self, nodes: list[Any], at: int, then: Then) -> int | None:
        if not nodes:
            return then(at)
        return self._one(nodes[0], at, lambda end: self._all(nodes[1:], end, then))

    def _one(self, node: Any, at: int, then: Then) -> int | None:
        self._steps.number += 1
        kind, given = node
        if kind in _SINGLE:
            return then(at + 1) if self._fits(node, at) else None
        if kind is op.SUBPATTERN:
            number, _, _, inner = given
            return self._all(list(inner), at, lambda end: self._group(number, at, end, then))
        if kind is op.BRANCH:
            ends = (self._all(list(branch), at, then) for branch in given[1])
            return next((end for end in ends if end is not None), None)
        if kind in {op.MAX_REPEAT, op.MIN_REPEAT}:
            return self._repeat(given, at, then, is_lazy=kind is op.MIN_REPEAT)
        if kind in {op.ASSERT, op.ASSERT_NOT}:
            return self._look(kind, given, at, then)
        if kind is op.GROUPREF:
            return self._again(given, at, then)
        assert kind is op.AT, f"the model does not know {kind}"
        return then(at) if self._stands(given, at) else None

    def _group(self, number: int, start: int, end: int, then: Then) -> int | None:
        self._groups[number] = self._text[start:end]
        return then(end)

    def _again(self, number: int, at: int, then: Then) -> int | None:
        said = self._groups[number]
        self._steps.number += len(said)
        return then(at + len(said)) if self._text.startswith(said, at) else None

    def _repeat(self, given: Any, at: int, then: Then, *, is_lazy: bool) -> int | None:
        least, most, inner = given[0], given[1], list(given[2])
        if len(inner) == 1 and inner[0][0] in _SINGLE and not is_lazy:
            end = at
            while (most is op.MAXREPEAT or end - at < most) and self._fits(inner[0], end):
                self._steps.number += 1
                end += 1
            ends = (then(back) for back in range(end, at + least - 1, -1))
            return next((found for found in ends if found is not None), None)
        return self._rounds(inner, (least, most, is_lazy), at, then)

    def _rounds(
        self, inner: list[Any], rule: tuple[int, Any, bool], at: int, then: Then, done: int = 0
    ) -> int | None:
        least, most, is_lazy = rule

        def more(end: int) -> int | None:
            return None if end == at else self._rounds(inner, rule, end, then, done + 1)

        ways: list[Callable[[], int | None]] = [lambda: then(at)] if done >= least else []
        if most is op.MAXREPEAT or done < most:
            ways.insert(1 if is_lazy else 0, lambda: self._all(inner, at, more))
        return next((found for way in ways if (found := way()) is not None), None)

    def _look(self, kind: Any, given: Any, at: int, then: Then) -> int | None:
        direction, inner = given
        start = at if direction > 0 else at - _width(inner)
        found = self._all(list(inner), start, _done) if start >= 0 else None
        return then(at) if (found is not None) is (kind is op.ASSERT) else None

    def _stands(self, where: Any, at: int) -> bool:
        if where in {op.AT_BOUNDARY, op.AT_NON_BOUNDARY}:
            sides = [0 <= place < len(self._text) and _is_word(self._text[place]) for place in (at - 1, at)]
            return (sides[0] != sides[1]) is (where is op.AT_BOUNDARY)
        return at == 0 if where in {op.AT_BEGINNING, op.AT_BEGINNING_STRING} else at == len(self._text)

    def _fits(self, node: Any, at: int) -> bool:
        self._steps.number += 1
        if at >= len(self._text):
            return False
        char = self._text[at]
        cases = {char, char.lower(), char.upper()} if self._flags & re.IGNORECASE else {char}
        return any(self._fits_char(node, one) for one in cases if len(one) == 1)

    def _fits_char(self, node: Any, char: str) -> bool:
        kind, given = node
        match kind:
            case op.ANY:
                return char != "\n" or bool(self._flags & re.DOTALL)
            case op.LITERAL:
                return bool(ord(char) == given)
            case op.NOT_LITERAL:
                return bool(ord(char) != given)
            case op.RANGE:
                return bool(given[0] <= ord(char) <= given[1])
            case op.CATEGORY:
                return _CATEGORIES[given](char)
        is_negated = given[0][0] is op.NEGATE
        return any(self._fits_char(one, char) for one in given if one[0] is not op.NEGATE) is not is_negated


_SINGLE = frozenset({op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN})


def _width(inner: Any) -> int:
    return int(inner.getwidth()[0])


def _done(end: int) -> int:
    return end


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_WORD: _is_word,
    op.CATEGORY_NOT_WORD: lambda char: not _is_word(char),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
}
